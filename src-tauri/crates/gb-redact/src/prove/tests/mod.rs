//! The proof can fail: leaks planted in a page built from its parts, one by one, are each refused.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod made;

use super::{Plan, PlanPage, Secrets, examine};
use crate::redact::Quiet;
use crate::{Document, Fault, Limits};
use made::{Made, OUTPUT, SOURCE};

fn plan() -> Plan {
    let page = PlanPage {
        page: 1,
        boxes: vec![([123.0, 111.0, 173.0, 123.0], None), ([300.0, 60.0, 320.0, 70.0], None)],
        removed: vec!["Whitlock".into()],
        ..PlanPage::default()
    };
    let secrets = Secrets(vec!["Whitlock".into()]);
    let phrases = vec![("Whitlock".into(), None, false)];
    Plan { pages: vec![page], secrets, phrases, labels: ["3P".to_owned()].into() }
}

struct Case {
    source: Document,
    plan: Plan,
}

impl Case {
    fn new() -> Self {
        let bytes = Made::new(&SOURCE).file();
        let source = Document::open(bytes, None, &Limits::default()).unwrap();
        Self { source, plan: plan() }
    }

    fn examine(&self, pdf: &[u8]) -> Result<Vec<(u32, &'static str)>, Fault> {
        examine(&self.source, pdf, &self.plan, &Quiet).map(|(_, unlike)| unlike)
    }

    fn refused(&self, pdf: &[u8], place: &str, why: &str) {
        let said = match self.examine(pdf) {
            Ok(unlike) if unlike.is_empty() => panic!("{why}: the proof held"),
            Ok(unlike) => unlike[0].1.to_owned(),
            Err(fault @ Fault::NotProved { .. }) => fault.to_string(),
            Err(other) => panic!("{why}: {other:?}"),
        };
        assert!(said.contains(place), "{why}: refused because {said}");
        assert!(!said.contains("hitlock"), "{why}: the fault names the word");
    }
}

/// A clean file, changed by `plant`.
fn with(plant: impl FnOnce(&mut Made)) -> Vec<u8> {
    let mut made = Made::new(&OUTPUT);
    plant(&mut made);
    made.file()
}

const KIND: &str = "of a kind or has a part that does not belong";
const CONTENT: &str = "content holds something";

#[test]
fn a_clean_file_passes() {
    let case = Case::new();
    assert_eq!(case.examine(&Made::new(&OUTPUT).file()), Ok(Vec::new()));
    let plain = Made::new(&OUTPUT).plain();
    assert_eq!(case.examine(&plain), Ok(Vec::new()), "with a plain table and no object streams as well");
}

#[test]
fn leaks_in_the_structure_are_refused() {
    let case = Case::new();
    let dict = |n: u32, from: &'static str, to: &'static str, place: &str, why: &str| {
        case.refused(&with(|m| m.swap(n, from, to)), place, why);
    };
    dict(18, "/ca 1", "/ca 1/Name/Whitlock", KIND, "a key of its own in a graphics state");
    dict(3, "/Type/Page", "/Type/Page/Annots[]", KIND, "annotations");
    dict(3, "/Type/Page", "/Type/Page/Metadata 13 0 R", KIND, "metadata of a page");
    dict(1, "/Lang(en-GB)", "/Lang(en-GB)/Outlines 20 0 R", KIND, "bookmarks");
    dict(1, "/Lang(en-GB)", "/Lang(Whitlock)", "a removed word", "the word as a language");
    dict(17, "(Removed: 3P)", "(Dana Whitlock)", KIND, "words in a figure's text");
    dict(17, "(Removed: 3P)", "(Removed: WHITLOCK)", "no box is called", "the word as a code");
    dict(17, "(Removed: 3P)", "(Removed: LPP)", "no box is called", "a code no box has");
    dict(1, "/Lang(en-GB)", "/Lang(hitl)", "a piece of one", "a piece of the word as a language");
    dict(16, "/S/P", "/S/P/ActualText(Whitlock)", KIND, "replaced text in the structure");
    dict(16, "/S/P", "/S/P/E(Whitlock)", KIND, "an expansion in the structure");
    dict(16, "/S/P", "/S/P/T(Whitlock)", KIND, "a title in the structure");
    dict(7, "/FontName/Guardbook", "/FontName/Whitlock", KIND, "the font's name");
    dict(3, "/F0 5 0 R", "/Whitlock 5 0 R", KIND, "the name of a resource");
    dict(10, "/Subtype/Image", "/Subtype/Image/Alternates[]", KIND, "another picture in its place");
    dict(2, "/Kids[3 0 R]", "/Kids[3 0 R 3 0 R]", "twice", "a page twice");
    dict(2, "/Count 1", "/Count 2", "not whole", "a page more than there is");
    dict(3, "/Type/Page", "/Type/Page % Whitlock\n", "object stream", "a comment in an object");
    let orphan = |m: &mut Made| m.dict(30, "<</Type/Page/Whitlock 1>>");
    case.refused(&with(orphan), "nothing points at", "an orphan in an object stream");
    let orphan = |m: &mut Made| m.stream(30, "", b"Whitlock");
    case.refused(&with(orphan), "nothing points at", "an orphan stream");
    let unshown = |m: &mut Made| {
        m.stream(30, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"BT ET");
        m.swap(3, "/X0 10 0 R", "/X0 10 0 R/X9 30 0 R");
    };
    case.refused(&with(unshown), "drawn on no page", "a form that is named and never drawn");
}

#[test]
fn leaks_in_the_file_are_refused() {
    let case = Case::new();
    let clean = Made::new(&OUTPUT).file();
    let mut later = clean.clone();
    later.extend(
        b"40 0 obj\n(Whitlock)\nendobj\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 5>>\nstartxref\n9\n%%EOF\n",
    );
    case.refused(&later, "earlier revision", "a second table");
    let mut tail = clean.clone();
    tail.extend(b"Whitlock");
    case.refused(&tail, "after the last object", "bytes after the end");
    let at = crate::raw::file::find(&clean, b"endobj\n").unwrap() + 7;
    let mut between = clean.clone();
    between.splice(at..at, *b"Whitlock\n");
    case.refused(&between, "", "bytes between objects");
    let mut comment = clean.clone();
    comment.splice(at..at, *b"%Whitlock\n");
    case.refused(&comment, "", "a comment between objects");
    let mut moved = Made::new(&OUTPUT);
    moved.holder_tail = b" (Whitlock)".to_vec();
    case.refused(&moved.file(), "object stream holds more", "bytes behind the members of an object stream");
    let mut unlisted = Made::new(&OUTPUT);
    unlisted.unlisted = true;
    case.refused(&unlisted.file(), "", "an object the table does not name");
    for n in [4, 8, 9, 10, 11, 13] {
        let behind = with(|m| m.behind(n, b"Whitlock"));
        case.refused(&behind, "", &format!("bytes behind the deflated data of object {n}"));
    }
}

#[test]
fn leaks_in_fonts_are_refused() {
    let case = Case::new();
    let font = "the font in object 5 holds more";
    case.refused(&with(|m| m.letters("Q")), "a glyph that no page shows", "an outline nobody shows");
    let map = |from: &'static str, to: &'static str| with(|m| m.edit(9, |s| s.replace(from, to)));
    case.refused(
        &map("endbfchar", "<0000> <0051>\nendbfchar"),
        "map of characters",
        "a character nobody shows",
    );
    case.refused(&map("endbfchar", "<00F0> <0051>\nendbfchar"), font, "a character of no glyph");
    case.refused(&map("endcmap", "(Whitlock) pop endcmap"), font, "a string in the map");
    case.refused(&map("endcmap", "% Whitlock\nendcmap"), font, "a comment in the map");
    case.refused(&with(|m| m.swap(6, "]]", "] 200 [600]]")), font, "a width of no glyph");
    let behind = |m: &mut Made| m.bytes(8, |b| b.extend(b"Whitlock"));
    case.refused(&with(behind), "", "bytes behind the tables");
    let renamed = |m: &mut Made| m.bytes(8, |b| b[12..16].copy_from_slice(b"name"));
    case.refused(&with(renamed), font, "a table of names");
    let dated = |m: &mut Made| m.bytes(8, |b| made::table(b, b"head")[22] = 7);
    case.refused(&with(dated), font, "a date");
    let longer = |m: &mut Made| m.tail_of_glyph = b"Whitlock".to_vec();
    case.refused(&with(longer), "", "bytes behind a glyph's points");
    let programmed = |m: &mut Made| m.program = vec![0xB0, 0x57, 0xB0, 0x68];
    case.refused(&with(programmed), font, "a program in a glyph");
}

#[test]
fn leaks_in_content_are_refused() {
    let case = Case::new();
    let page = |from: &str, to: &str| {
        let change = |s: &str| {
            assert!(s.contains(from), "{s}");
            s.replacen(from, to, 1)
        };
        with(|m| m.edit(4, change))
    };
    case.refused(&page("EMC", "% Whitlock\nEMC"), CONTENT, "a comment");
    case.refused(&page("/P <</MCID 0>>", "/P <</MCID 0/ActualText(Whitlock)>>"), CONTENT, "replaced text");
    case.refused(&page("/P <</MCID 0>>", "/Span <</MCID 0>>"), CONTENT, "a tag of another kind");
    case.refused(&page("EMC", "EMC BI /W 1 /H 1 ID Whitlock EI"), CONTENT, "an inline picture");
    case.refused(&page("ET", "(Whitlock) Tj ET"), CONTENT, "plain text: it names glyphs that are not there");
    let spell = |text: &str| Made::new(&OUTPUT).spell(text);
    let word = |at: &str, text: &str| format!("1 0 0 1 {at} Tm {} Tj ET", spell(text));
    case.refused(&page("ET", &word("40 500", "with")), "no kept word has", "a word said twice");
    case.refused(
        &page("ET", &format!("3 Tr {}", word("40 500", "on"))),
        "no kept word has",
        "an invisible word",
    );
    case.refused(&page("ET", &word("126 722", "o")), "under a box", "a letter under a box");
    let spaced = "W h i t l o c k".split(' ').enumerate();
    let spaced: String =
        spaced.map(|(i, c)| format!("1 0 0 1 {} 500 Tm {} Tj ", 40 + i * 12, spell(c))).collect();
    case.refused(&page("ET", &format!("{spaced} ET")), "read", "the word, its letters spaced out");
    let split = format!("1 0 0 1 40 500 Tm [{} 0 {}] TJ ET", spell("Whit"), spell("lock"));
    case.refused(&page("ET", &split), "read", "the word in two pieces of an array");
    let split = format!("1 0 0 1 40 500 Tm {} Tj 1 0 0 1 300 400 Tm {} Tj ET", spell("Whit"), spell("lock"));
    case.refused(&page("ET", &split), "read", "the word in two places");
    case.refused(&page("1 0 0 1 40 742 Tm", "1 0 0 1 40 -742 Tm"), "outside", "a line off the page");
    case.refused(&page("BT", "1 g BT"), "nothing is to be seen", "white on white");
    let gone = format!("{} Tj", spell("on "));
    case.refused(&page(&gone, "() Tj"), "missing", "a word that was not marked is lost");
    case.refused(&page("0 g 123 ", "0 g 133 "), "", "a box beside its place");
    case.refused(&page("0 g 123 ", "0.9 g 123 "), "", "a box one can see through");
    case.refused(
        &page("\n0 g 123 ", "\n130 725 m 133 729 l 136 725 l f 0 g 123 "),
        "shape lies under",
        "a shape under it",
    );
    let clip = "\nq 130 725 m 133 729 l 136 725 l 137 726 l 136 724 l 135 723 l W n Q 0 g 123 ";
    case.refused(&page("\n0 g 123 ", clip), "shape lies under", "the outline of a letter as a clip under it");
    case.refused(&page("EMC", "EMC 400 300 100 100 re f"), "look like", "a shape that was not there");
}

#[test]
fn leaks_inside_forms_and_pictures_are_refused() {
    let case = Case::new();
    let inside = |n: u32, text: &str| {
        let shown = format!("BT /F0 10 Tf {text} ET ");
        with(move |m| {
            m.swap(n, "/Resources<<>>", "/Resources<</Font<</F0 5 0 R>>>>");
            m.edit(n, |s| shown.clone() + s);
        })
    };
    let spell = |text: &str| Made::new(&OUTPUT).spell(text);
    // The group stands at 400, 700: the first box begins 277 to its left and 19 above.
    let under = format!("1 0 0 1 -272 22 Tm {} Tj", spell("o"));
    case.refused(&inside(11, &under), "under a box", "a letter under a box, in a group");
    case.refused(&inside(12, &under), "under a box", "a letter under a box, in a soft mask");
    let word = format!("1 0 0 1 2 2 Tm {} Tj", spell("Whitlock"));
    case.refused(&inside(11, &word), "read", "the word in a group");
    case.refused(&inside(12, &word), "read", "the word in a soft mask");
    let whole = Made::new(&SOURCE).data(10);
    case.refused(&with(|m| m.bytes(10, |b| *b = whole)), "picture lies under", "samples under a box");
    let picture = "the picture in object 10 carries more";
    let row = |m: &mut Made| m.bytes(10, |b| b.extend([0; 41]));
    case.refused(&with(row), picture, "a row more than the picture has");
    let odd = |m: &mut Made| m.bytes(10, |b| b.push(0));
    case.refused(&with(odd), picture, "a byte more than its rows");
    let strange = |m: &mut Made| m.bytes(10, |b| b[0] = 9);
    case.refused(&with(strange), picture, "a row of a kind there is not");
    let long = |m: &mut Made| m.bytes(13, |b| b.extend(b"Whitlock"));
    case.refused(&with(long), "more samples", "a function of more samples than it says");
}

#[test]
fn what_a_page_says_is_held_against_its_source() {
    use super::words::{Held, Said, hold};
    let page = |words: &[&str]| {
        let mut text = String::from("BT /F1 11 Tf 72 700 Td ");
        words.iter().for_each(|w| text.push_str(&format!("({w}) Tj 0 -20 Td ")));
        let bytes = made::plain_page(&(text + "ET"));
        Document::open(bytes, None, &Limits::default()).unwrap().words(1).unwrap()
    };
    let check =
        |source: &[&str], gone: &[&str], cut: &[(&str, &str)], said: &[&str], held: Held, why: &str| {
            let plan = PlanPage {
                page: 1,
                removed: gone.iter().map(|w| (*w).to_owned()).collect(),
                cut: cut.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
                ..PlanPage::default()
            };
            let said: Vec<Said> = said
                .iter()
                .map(|w| Said { text: (*w).to_owned(), rect: [0.0; 4], ink: [0.0; 4], em: 10.0 })
                .collect();
            assert_eq!(hold(&plan, &page(source), &said), held, "{why}");
        };
    let missing = Held::Unlike("words that were not marked are missing");
    check(&["Dana", "Ann"], &["Dana"], &[], &["Ann"], Held::Fine, "what was not taken is said");
    check(&["Dana", "Dana"], &["Dana"], &[], &["Dana"], Held::Fine, "one of two was taken");
    check(&["Dana", "Dana"], &["Dana"], &[], &["Dana", "Dana"], Held::Removed, "and both are said");
    check(&["Dana", "Ann"], &["Dana"], &[], &["Ann", "Da", "na"], Held::Removed, "in two pieces");
    check(&["Dana", "Ann"], &["Dana"], &[], &[], missing, "a word less");
    check(
        &["mother"],
        &[],
        &[("mother", "mo r")],
        &["mo", "r"],
        Held::Fine,
        "a word of which a part was taken",
    );
    check(&["mother"], &[], &[("mother", "mo r")], &["mor"], Held::Fine, "its parts close together");
    check(&["mother"], &[], &[("mother", "mo r")], &["mother"], Held::Removed, "nothing of it was taken");
    check(&["the-house"], &[], &[], &["the-", "house"], Held::Fine, "parted otherwise than in the source");
}
