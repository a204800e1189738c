//! The proof can fail: leaks planted in a finished file, one by one, are each refused.

use crate::paper::*;
use gb_redact::{Document, Fault, Options, Quiet, Redacted, check, prove, redact, sweep};

/// A finished file taken apart into its objects.
fn apart(pdf: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let last = pdf.windows(9).rposition(|w| w == b"startxref").unwrap();
    let start: usize =
        String::from_utf8_lossy(&pdf[last + 9..]).split_whitespace().next().unwrap().parse().unwrap();
    let table = String::from_utf8_lossy(&pdf[start..]).into_owned();
    let offsets: Vec<(u32, usize)> = table
        .lines()
        .skip(2)
        .take_while(|l| !l.starts_with("trailer"))
        .enumerate()
        .filter(|(_, l)| l.trim_end().ends_with('n'))
        .map(|(i, l)| (i as u32, l[..10].parse().unwrap()))
        .collect();
    let mut sorted = offsets.clone();
    sorted.sort_by_key(|(_, o)| *o);
    sorted
        .iter()
        .enumerate()
        .map(|(i, (n, o))| {
            let end = sorted.get(i + 1).map_or(start, |(_, o)| *o);
            let head = format!("{n} 0 obj\n").len();
            (*n, pdf[o + head..end - "\nendobj\n".len()].to_vec())
        })
        .collect()
}

fn data(body: &[u8]) -> (String, Vec<u8>) {
    let at = find(body, b"stream\n").unwrap();
    let dict = String::from_utf8_lossy(&body[..at]).into_owned();
    let dict = dict[2..dict.find("/Length ").unwrap()].to_owned();
    (dict, body[at + 7..body.len() - "\nendstream".len()].to_vec())
}

struct Case {
    source: Document,
    made: Redacted,
    untouched: Redacted,
    objects: Vec<(u32, Vec<u8>)>,
}

impl Case {
    fn new(bytes: &[u8]) -> Self {
        let source = open(bytes);
        let options = as_drawn();
        let made = redact(&source, &[phrase("Whitlock")], &options, &Quiet).unwrap();
        let untouched = redact(&source, &[], &options, &Quiet).unwrap();
        let objects = apart(&made.pdf);
        Self { source, made, untouched, objects }
    }

    fn body(&self, n: u32) -> Vec<u8> {
        self.objects.iter().find(|(m, _)| *m == n).unwrap().1.clone()
    }

    fn with(&self, n: u32, body: Vec<u8>) -> Vec<u8> {
        let mut objects = self.objects.clone();
        match objects.iter_mut().find(|(m, _)| *m == n) {
            Some(o) => o.1 = body,
            None => objects.push((n, body)),
        }
        numbered(&objects, "/Root 1 0 R")
    }

    fn swap(&self, n: u32, from: &str, to: &str) -> Vec<u8> {
        let body = String::from_utf8(self.body(n)).unwrap();
        assert!(body.contains(from), "{body}");
        self.with(n, body.replace(from, to).into_bytes())
    }

    fn refused(&self, pdf: &[u8], why: &str) {
        let result = prove(&self.source, pdf, &self.made.plan, &Quiet);
        assert!(result.is_err(), "{why}: the proof held");
        let said = result.unwrap_err();
        assert!(matches!(said, Fault::NotProved { .. }), "{why}: {said:?}");
        assert!(!said.to_string().contains("Whitlock"), "{why}: the fault names the word");
    }
}

// The writer's numbers: 1 catalog, 2 pages, 3 font, 6 font file, 7 map, 8 page, 9 content, 10 picture.
#[test]
fn planted_leaks_are_refused() {
    let case = Case::new(&letter("Dana Whitlock"));
    // Taken apart and put together it still proves: the plants are what is refused.
    let same = numbered(&case.objects, "/Root 1 0 R");
    prove(&case.source, &same, &case.made.plan, &Quiet).expect("nothing planted, nothing found");

    case.refused(&case.untouched.pdf, "the text layer still has the word");
    let mut later = case.made.pdf.clone();
    later.extend(b"20 0 obj\n(Whitlock)\nendobj\ntrailer\n<</Root 1 0 R/Prev 5>>\nstartxref\n9\n%%EOF\n");
    case.refused(&later, "a second revision");
    case.refused(&case.with(20, b"(Whitlock)".to_vec()), "an orphan string");
    case.refused(&case.with(20, stream("/Filter/FlateDecode", &deflate(b"Whitlock"))), "an orphan stream");
    case.refused(&case.swap(1, "/Lang(en-GB)", "/Lang(Whitlock)"), "the word as a language");
    case.refused(&case.swap(1, "/Type/Catalog", "/Type/Catalog/OpenAction[8 0 R]"), "an action");
    case.refused(&case.swap(8, "/Type/Page", "/Type/Page/Annots[]"), "annotations");
    case.refused(&case.swap(8, "/Type/Page", "/Type/Page/Whitlock 1"), "a key of its own");
    case.refused(&case.swap(3, "/BaseFont/Guardbook", "/BaseFont/Whitlock"), "the font's name");
    case.refused(&numbered(&case.objects, "/Root 1 0 R/Info<</Title(Whitlock)>>"), "document information");

    let (dict, content) = data(&case.body(9));
    let content = String::from_utf8(inflate(&content)).unwrap();
    let write = |text: String| case.with(9, stream(&dict, &deflate(text.as_bytes())));
    case.refused(&write(format!("{content}% Whitlock\n")), "a comment in the content");
    case.refused(&write(content.replace("BT\n", "/Span<</ActualText(Whitlock)>>BDC\nBT\n")), "actual text");
    case.refused(&write(content.replace("3 Tr", "0 Tr")), "text that is painted");
    case.refused(&write(content.replace("/P Do\n", "")), "a page without its picture");
    let first = content.find("> Tj").unwrap();
    case.refused(&write(content.replacen("> Tj", "> Tj\n(Whitlock) Tj", 1)), "plain text beside the glyphs");
    let open_at = content[..first].rfind('<').unwrap();
    let dear = &content[open_at..first + 4];
    case.refused(&write(content.replace(dear, "")), "a word that was not marked is lost");
    case.refused(&write(content.replacen(dear, &format!("{dear} {dear}"), 1)), "a word said twice");

    let (dict, picture) = data(&case.body(10));
    let mut tail = picture.clone();
    tail.extend(b"Whitlock");
    case.refused(&case.with(10, stream(&dict, &tail)), "bytes after a picture's end");
    let old = apart(&case.untouched.pdf);
    let whole = old.iter().find(|(n, _)| *n == 10).unwrap().1.clone();
    case.refused(&case.with(10, whole), "the picture as it was");

    let (dict, map) = data(&case.body(7));
    let map = String::from_utf8(inflate(&map)).unwrap();
    let write = |text: String| case.with(7, stream(&dict, &deflate(text.as_bytes())));
    case.refused(&write(map.replace("endbfchar", "<00F0> <005A>\nendbfchar")), "a character nobody uses");
    case.refused(&write(map.replace("endcmap", "(Whitlock) pop endcmap")), "a string in the map");
    case.refused(&write(map.replace("endcmap", "% whitlock\nendcmap")), "a comment in the map");
    let (dict, font) = data(&case.body(6));
    let mut font = inflate(&font);
    font.extend(b"Whitlock");
    case.refused(&case.with(6, stream(&dict, &deflate(&font))), "bytes behind the font");
    case.refused(&case.swap(2, "/Kids[8 0 R]", "/Kids[8 0 R 8 0 R]"), "a page twice");
}

#[test]
fn a_comment_in_a_photograph_is_refused() {
    let colour = "1 0 0 rg 100 300 200 200 re f 0 g BT /F1 11 Tf 72 720 Td (Dana Whitlock kept) Tj ET";
    let case = Case::new(&page(colour, "", &[]));
    let (dict, jpeg) = data(&case.body(10));
    assert!(dict.contains("DCTDecode"), "a red page is a JPEG: {dict}");
    let mut noted = jpeg[..2].to_vec();
    noted.extend(b"\xFF\xFE\x00\x0AWhitlock");
    noted.extend(&jpeg[2..]);
    case.refused(&case.with(10, stream(&dict, &noted)), "a comment segment");
    let mut behind = jpeg;
    behind.extend(b"Whitlock");
    case.refused(&case.with(10, stream(&dict, &behind)), "bytes after the end");
}

#[test]
fn a_stranger_finds_what_others_left() {
    let check = |bytes: &[u8], kind: &str, why: &str| {
        let found = check(bytes, &["Whitlock".to_owned()]).unwrap();
        let json = serde_json::to_string(&found).unwrap();
        assert!(json.contains(&format!("\"{kind}\"")), "{why}: {json}");
    };
    let under = page("BT /F1 11 Tf 72 700 Td (Whitlock) Tj ET 0 g 70 695 60 16 re f", "", &[]);
    check(&under, "text_under_box", "a box drawn over a word");
    check(&under, "secret", "and the word with it");
    let marked = b"<</Type/Annot/Subtype/Redact/Rect[70 690 140 710]>>".to_vec();
    check(&page("", "/Annots[7 0 R]", &[marked]), "unapplied_redaction", "a mark never applied");
    let mut later = letter("Dana Whitlock");
    later.extend(b"4 0 obj\n<</Length 0>>stream\n\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 7>>\nstartxref\n0\n%%EOF\n");
    check(&later, "old_revision", "an earlier state");
    check(&later, "secret", "and what it says");
    check(&page("", "", &[b"(Whitlock)".to_vec(), b"(x)".to_vec()]), "orphan", "an orphan");
    check(&page("1 g BT /F1 11 Tf 72 700 Td (Whitlock) Tj ET", "", &[]), "hidden_text", "white on white");
    check(&page("BT 3 Tr /F1 11 Tf 72 700 Td (Whitlock) Tj ET", "", &[]), "hidden_text", "never painted");
    let js = b"<</S/JavaScript/JS(app.alert\\(1\\))>>".to_vec();
    check(&page("", "/AA<</O 7 0 R>>", &[js]), "script", "a script");
    let link = b"<</Type/Annot/Subtype/Text/Contents(see Whitlock)/Rect[1 1 9 9]>>".to_vec();
    check(&page("", "/Annots[7 0 R]", &[link]), "annotation", "a note");
    let field = b"<</Type/Annot/Subtype/Widget/T(n)/V(Whitlock)/Rect[1 1 9 9]>>".to_vec();
    check(&page("", "/Annots[7 0 R]", &[field]), "form_value", "a form's value");
    let before = page("0 g 70 695 60 16 re f BT /F1 11 Tf 72 700 Td (Whitlock) Tj ET", "", &[]);
    check(&before, "text_under_box", "black words on a black box");
    check(&page("BT /F1 1 Tf 72 700 Td (Whitlock) Tj ET", "", &[]), "hidden_text", "too small to be seen");
    check(&page("BT /F1 11 Tf 72 -700 Td (Whitlock) Tj ET", "", &[]), "hidden_text", "off the page");
    let of_page = |keys: &str, more: &[&str]| {
        let more: Vec<Vec<u8>> = more.iter().map(|m| m.as_bytes().to_vec()).collect();
        page("BT /F1 11 Tf 72 700 Td (Nothing) Tj ET", keys, &more)
    };
    let xmp = String::from_utf8(stream("/Type/Metadata/Subtype/XML", b"<x>Whitlock</x>")).unwrap();
    check(&of_page("/Metadata 7 0 R", &[&xmp]), "metadata", "metadata of a page");
    let layer = ["<</Type/OCG/Name(Draft)>>", "<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>"];
    check(&of_page("/PieceInfo<</X 8 0 R>>", &layer), "layer", "a layer");
    check(&of_page("/PieceInfo<</X<<>>>>", &[]), "private_data", "what a program left");
    check(&of_page("/Thumb 7 0 R", &["<<>>"]), "private_data", "a small picture of the page");
    let file = ["<</Type/Filespec/F(a.txt)/EF<</F 8 0 R>>>>", "null"];
    check(&of_page("/AF[7 0 R]", &file), "attachment", "a file inside the file");
    let signed = [
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/Rect[0 0 1 1]/V<</Type/Sig/Name(Dana Whitlock)/Contents<00>>>>>",
    ];
    check(&of_page("/Annots[7 0 R]", &signed), "signature", "who signed");
    let places = numbered(
        &[
            (1, b"<</Type/Catalog/Pages 2 0 R/Names<</Dests<</Names[(Whitlock)[3 0 R/Fit]]>>>>/Outlines 5 0 R>>".to_vec()),
            (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()),
            (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<>>>>".to_vec()),
            (4, stream("", b"0 0 9 9 re f")),
            (5, b"<</Type/Outlines/First 6 0 R/Last 6 0 R>>".to_vec()),
            (6, b"<</Title(Whitlock)/Parent 5 0 R>>".to_vec()),
        ],
        "/Root 1 0 R/Info<</Author(Dana Whitlock)>>",
    );
    check(&places, "destination", "a named place");
    check(&places, "bookmark", "a bookmark without a target");
    check(&places, "metadata", "the author");
    let photograph = b"\xFF\xD8\xFF\xFE\0\x0AWhitlock\xFF\xD9";
    let photograph = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
        photograph,
    );
    check(&page("", "", &[photograph]), "metadata", "a comment in a photograph");
    let told = gb_redact::check(&places, &[]).unwrap();
    assert!(told.findings.iter().all(|f| f.means.ends_with('.')), "each says what a stranger could do");
    let clean = done(&letter("Dana Whitlock"), &[phrase("Whitlock")], &Options::default());
    assert_eq!(gb_redact::check(&clean.pdf, &[]).unwrap().findings, Vec::new(), "ours is clean");
    assert!(sweep(&clean.pdf, clean.secrets().reveal()).is_ok());
    assert!(sweep(&letter("Dana Whitlock"), clean.secrets().reveal()).is_err());
}
