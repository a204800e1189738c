//! The proof can fail: leaks planted in a file that was really made, one by one, are each refused. (Plants of
//! every kind, in a file made by hand for them, stand beside the prover.)

use crate::paper::*;
use gb_redact::{Document, Fault, Options, Quiet, Redacted, check, prove, redact, sweep};

/// A finished file taken apart: its objects, those of object streams too, and its catalog's number.
fn apart(pdf: &[u8]) -> (Vec<(u32, Vec<u8>)>, u32) {
    let (mut objects, mut root, mut at) = (Vec::new(), 0, find(pdf, b"\n%").unwrap() + 7);
    let whole = |text: &str| text.trim().parse::<usize>().unwrap();
    while !pdf[at..].starts_with(b"startxref") {
        let head = find(&pdf[at..], b" 0 obj\n").unwrap();
        let n = whole(&String::from_utf8_lossy(&pdf[at..at + head])) as u32;
        let start = at + head + 7;
        let dict_end = start + find(&pdf[start..], b"\nstream\n").unwrap();
        let dict = String::from_utf8_lossy(&pdf[start..dict_end]).into_owned();
        let length = whole(dict.rsplit("/Length ").next().unwrap().trim_end_matches(">>"));
        let end = dict_end + 8 + length + "\nendstream".len();
        let body = pdf[start..end].to_vec();
        at = end + "\nendobj\n".len();
        if dict.contains("/Type/XRef") {
            root = after(&dict, "/Root ");
        } else if dict.contains("/Type/ObjStm") {
            objects.extend(members(&inflate(&data(&body).1), after(&dict, "/First ") as usize));
        } else {
            objects.push((n, body));
        }
    }
    objects.sort_by_key(|(n, _)| *n);
    (objects, root)
}

/// The number after a key.
fn after(dict: &str, key: &str) -> u32 {
    let rest = dict.split(key).nth(1).unwrap();
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn members(held: &[u8], first: usize) -> Vec<(u32, Vec<u8>)> {
    let list = String::from_utf8_lossy(&held[..first]).into_owned();
    let list: Vec<usize> = list.split_whitespace().map(|t| t.parse().unwrap()).collect();
    let ends = list.iter().skip(3).step_by(2).copied().chain([held.len() - first]);
    list.chunks(2)
        .zip(ends)
        .map(|(p, end)| (p[0] as u32, held[first + p[1]..first + end].trim_ascii().to_vec()))
        .collect()
}

/// What a stream's dictionary says but its length, and its data.
fn data(body: &[u8]) -> (String, Vec<u8>) {
    let at = find(body, b"\nstream\n").unwrap();
    let dict = String::from_utf8_lossy(&body[..at]).into_owned();
    let dict = dict[2..dict.rfind("/Length ").unwrap()].to_owned();
    (dict, body[at + 8..body.len() - "\nendstream".len()].to_vec())
}

fn swapped(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = find(bytes, from).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(bytes)));
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

struct Case {
    source: Document,
    made: Redacted,
    untouched: Redacted,
    objects: Vec<(u32, Vec<u8>)>,
    root: u32,
}

impl Case {
    fn new(bytes: &[u8]) -> Self {
        let source = open(bytes);
        let options = as_drawn();
        let made = redact(&source, &[phrase("Whitlock")], &options, &Quiet).unwrap();
        let untouched = redact(&source, &[], &options, &Quiet).unwrap();
        let (objects, root) = apart(&made.pdf);
        Self { source, made, untouched, objects, root }
    }

    /// The object in which something stands.
    fn which(&self, marker: &str) -> u32 {
        self.objects.iter().find(|(_, b)| find(b, marker.as_bytes()).is_some()).unwrap().0
    }

    /// The object that another's key points at.
    fn at(&self, key: &str) -> u32 {
        after(&String::from_utf8_lossy(&self.body(self.which(key))), key)
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
        numbered(&objects, &format!("/Root {} 0 R", self.root))
    }

    fn swap(&self, from: &str, to: &str) -> Vec<u8> {
        let n = self.which(from);
        self.with(n, swapped(&self.body(n), from.as_bytes(), to.as_bytes()))
    }

    /// The file with a stream changed before it is deflated.
    fn inside(&self, n: u32, from: &[u8], to: &[u8]) -> Vec<u8> {
        let (dict, packed) = data(&self.body(n));
        self.with(n, stream(&dict, &deflate(&swapped(&inflate(&packed), from, to))))
    }

    fn refused(&self, pdf: &[u8], why: &str) {
        let result = prove(&self.source, pdf, &self.made.plan, &Quiet);
        assert!(result.is_err(), "{why}: the proof held");
        let said = result.unwrap_err();
        let known = matches!(said, Fault::NotProved { .. } | Fault::LooksDifferent { .. });
        assert!(known, "{why}: {said:?}");
        assert!(!said.to_string().contains("Whitlock"), "{why}: the fault names the word");
    }
}

#[test]
fn planted_leaks_are_refused() {
    let case = Case::new(&letter("Dana Whitlock"));
    // Taken apart and put together it still proves: the plants are what is refused.
    let root = format!("/Root {} 0 R", case.root);
    let same = numbered(&case.objects, &root);
    prove(&case.source, &same, &case.made.plan, &Quiet).expect("nothing planted, nothing found");

    case.refused(&case.untouched.pdf, "the text still has the word");
    let mut later = case.made.pdf.clone();
    later.extend(b"20 0 obj\n(Whitlock)\nendobj\ntrailer\n<</Root 1 0 R/Prev 5>>\nstartxref\n9\n%%EOF\n");
    case.refused(&later, "a second revision");
    case.refused(&case.with(90, b"(Whitlock)".to_vec()), "an orphan string");
    case.refused(&case.with(90, stream("/Filter/FlateDecode", &deflate(b"Whitlock"))), "an orphan stream");
    case.refused(&case.swap("/Lang(en-GB)", "/Lang(Whitlock)"), "the word as a language");
    case.refused(&case.swap("/Type/Catalog", "/Type/Catalog/OpenAction[8 0 R]"), "an action");
    case.refused(&case.swap("/Type/Page/", "/Type/Page/Annots[]/"), "annotations");
    case.refused(&case.swap("/Type/Page/", "/Type/Page/Whitlock 1/"), "a key of its own");
    case.refused(&case.swap("/BaseFont/Guardbook", "/BaseFont/Whitlock"), "the font's name");
    case.refused(&case.swap("/Alt(Removed: 3P)", "/Alt(Removed: Whitlock)"), "what a figure says");
    case.refused(&case.swap("/S/P/", "/S/P/ActualText(Whitlock)/"), "what a paragraph says instead");
    case.refused(
        &numbered(&case.objects, &format!("{root}/Info<</Title(Whitlock)>>")),
        "document information",
    );

    let content = case.at("/Contents ");
    let plant = |from: &str, to: &str, why: &str| {
        case.refused(&case.inside(content, from.as_bytes(), to.as_bytes()), why);
    };
    plant("BT", "% Whitlock\nBT", "a comment in the content");
    plant("BT", "/Span<</ActualText(Whitlock)>>BDC\nEMC\nBT", "actual text");
    plant("BT", "BT\n3 Tr", "words nobody sees painted");
    plant("BT", "BT\n(Whitlock) Tj", "plain text beside the glyphs");
    plant(" re\nf", " re\nn", "a box that is not drawn");
    let (_, packed) = data(&case.body(content));
    let ops = inflate(&packed);
    let first = find(&ops, b"(").unwrap();
    let shown = ops[first..first + find(&ops[first..], b")").unwrap() + 1].to_vec();
    case.refused(&case.inside(content, &shown, b"()"), "words that were not marked are lost");
    let twice = [&shown[..], b"Tj\n0 -200 Td\n", &shown[..]].concat();
    if find(&ops, &[&shown[..], b"Tj"].concat()).is_some() {
        case.refused(&case.inside(content, &shown, &twice), "words said twice");
    }

    let map = case.at("/ToUnicode ");
    case.refused(&case.inside(map, b"endbfchar", b"<00F0> <005A>\nendbfchar"), "a character nobody uses");
    case.refused(&case.inside(map, b"endcmap", b"(Whitlock) pop endcmap"), "a string in the map");
    case.refused(&case.inside(map, b"endcmap", b"% whitlock\nendcmap"), "a comment in the map");
    let file = case.at("/FontFile2 ");
    let (dict, font) = data(&case.body(file));
    let font = [inflate(&font), b"Whitlock".to_vec()].concat();
    case.refused(&case.with(file, stream(&dict, &deflate(&font))), "bytes behind the font");
    let page = format!("/Kids[{} 0 R]", case.which("/Type/Page/"));
    case.refused(&case.swap(&page, &format!("/Kids[{0} {0}]", &page[6..page.len() - 1])), "a page twice");
}

#[test]
fn a_comment_in_a_photograph_is_refused() {
    let mut jpeg = Vec::new();
    let pixels: Vec<u8> =
        (0..64u32 * 64).flat_map(|i| [(i * 7) as u8, (i * 3) as u8, (i / 64) as u8]).collect();
    jpeg_encoder::Encoder::new(&mut jpeg, 90).encode(&pixels, 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let photograph = stream(
        "/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
        &jpeg,
    );
    let content = "q 200 0 0 200 100 300 cm /X1 Do Q BT /F1 11 Tf 72 720 Td (Dana Whitlock kept) Tj ET";
    let case = Case::new(&page(content, "", &[photograph]));
    let picture = case.which("/DCTDecode");
    let (dict, jpeg) = data(&case.body(picture));
    let noted = [&jpeg[..2], b"\xFF\xFE\x00\x0AWhitlock", &jpeg[2..]].concat();
    case.refused(&case.with(picture, stream(&dict, &noted)), "a comment segment");
    let behind = [&jpeg[..], b"Whitlock"].concat();
    case.refused(&case.with(picture, stream(&dict, &behind)), "bytes after the end");
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
