//! Marks that cannot be meant, and promises that hold whatever is marked.

use crate::paper::*;
use crate::redacting::many;
use gb_redact::{Fault, Mark, MarkKind, Options, Quiet, redact, redact_page};

/// A mark with a number of its own, so that a fault can name it.
fn mark(kind: MarkKind) -> Mark {
    Mark { id: 41, kind, code: "3P".into() }
}

fn words(find: &str, page: Option<u32>, whole_word: bool) -> MarkKind {
    MarkKind::Phrase { find: find.into(), page, whole_word }
}

fn rect(page: u32, rect: [f32; 4]) -> MarkKind {
    MarkKind::Rect { page, rect }
}

/// A page of words without Unicode: nobody can say what they are.
fn blind() -> Vec<u8> {
    let glyph = stream("", b"500 0 0 0 400 600 d1 0 0 400 600 re f");
    let font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</g1 7 0 R>>\
        /Encoding<</Differences[1/g1]>>/FirstChar 1/LastChar 1/Widths[500]>>";
    let content = format!("BT /T3 12 Tf 72 700 Td ({}) Tj ET", "\\001".repeat(40));
    page(&content, "/Resources<</Font<</T3 8 0 R>>>>", &[glyph, font.to_vec()])
}

/// A page that is a picture: its words are not text.
fn scanned() -> Vec<u8> {
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray\
    /BitsPerComponent 8",
        &[9, 200, 90, 30],
    );
    page("q 595 0 0 842 0 0 cm /X1 Do Q", "", &[image])
}

/// Every mark that cannot be meant is a fault that names it and never repeats its words.
#[test]
fn marks_that_cannot_be_meant() {
    type Is = fn(&Fault) -> bool;
    let off: Is = |f| matches!(f, Fault::MarkOffPage { mark: 41, .. });
    let no_page: Is = |f| matches!(f, Fault::NoSuchPage { mark: Some(41), .. });
    let not_found: Is = |f| matches!(f, Fault::PhraseNotFound { mark: 41, unreadable: false });
    let unsure: Is = |f| matches!(f, Fault::PhraseNotFound { mark: 41, unreadable: true });
    let two = many(2);
    let inside = [10.0, 10.0, 90.0, 90.0];
    let cases: Vec<(&str, &[u8], MarkKind, Is)> = vec![
        ("right of the page", &two, rect(1, [700.0, 10.0, 800.0, 90.0]), off),
        ("above the page", &two, rect(1, [10.0, -90.0, 90.0, -10.0]), off),
        ("below the page", &two, rect(2, [10.0, 900.0, 90.0, 990.0]), off),
        ("without width", &two, rect(1, [10.0, 10.0, 10.0, 90.0]), off),
        ("turned inside out", &two, rect(1, [90.0, 90.0, 10.0, 10.0]), off),
        ("no number", &two, rect(1, [f32::NAN, 10.0, 90.0, 90.0]), off),
        ("without end", &two, rect(1, [10.0, 10.0, f32::INFINITY, 90.0]), off),
        ("no rectangles", &two, MarkKind::Rects { page: 1, rects: Vec::new() }, off),
        (
            "one of two off the page",
            &two,
            MarkKind::Rects { page: 1, rects: vec![inside, [900.0, 0.0, 990.0, 9.0]] },
            off,
        ),
        ("page nought", &two, rect(0, inside), no_page),
        ("page three of two", &two, rect(3, inside), no_page),
        ("words on page three of two", &two, MarkKind::Rects { page: 3, rects: vec![inside] }, no_page),
        ("page three as a whole", &two, MarkKind::WholePage { page: 3 }, no_page),
        ("a phrase on page three", &two, words("Whitlock", Some(3), false), no_page),
        ("a phrase that stands nowhere", &two, words("Zebedee", None, false), not_found),
        ("a phrase that stands on another page", &two, words("Page 0", Some(2), false), not_found),
        ("a phrase only inside words", &two, words("hitloc", None, true), not_found),
        ("no phrase at all", &two, words("", None, false), not_found),
        ("a phrase of spaces", &two, words(" \u{A0}\u{AD} ", None, false), not_found),
        ("a phrase where letters mean nothing", &blind(), words("Zebedee", None, false), unsure),
        ("a phrase on a picture", &scanned(), words("Zebedee", None, false), unsure),
    ]
    .into_iter()
    .map(|(why, bytes, kind, is)| (why, bytes.to_vec().leak() as &[u8], kind, is))
    .collect();
    for (why, bytes, kind, is) in cases {
        let doc = open(bytes);
        let good = Mark { id: 1, ..phrase("Page") };
        let marks = if bytes == two.as_slice() { vec![good, mark(kind)] } else { vec![mark(kind)] };
        let fault = redact(&doc, &marks, &Options::default(), &Quiet).map(|_| ()).unwrap_err();
        assert!(is(&fault), "{why}: {fault:?}");
        assert!(
            fault.to_string().contains("41") || matches!(fault, Fault::NoSuchPage { .. }),
            "{why}: it is named: {fault}"
        );
        assert!(!fault.to_string().contains("Zebedee"), "{why}: its words are not repeated");
        assert_eq!(doc.bytes(), bytes, "{why}: the source is as it was");
    }
}

/// A page of faults beside good ones: the mark at fault is named, whatever stands before it.
#[test]
fn codes_that_cannot_be_written() {
    let doc = open(&letter("Dana Whitlock"));
    for code in ["far too long a code", "nought/2", "Ünï", "a b"] {
        let bad = Mark { id: 9, code: code.into(), ..phrase("Whitlock") };
        let fault =
            redact(&doc, &[phrase("Dana"), bad], &Options::default(), &Quiet).map(|_| ()).unwrap_err();
        assert_eq!(fault, Fault::BadCode { mark: 9 }, "{code}");
    }
}

/// Same input, same marks, same bytes: twice, on one thread, on two and on all, in both widths; marks of every kind.
#[test]
fn the_same_marks_give_the_same_bytes() {
    let bytes = many(9);
    let marks = [
        phrase("Whitlock"),
        area(2, [60.0, 100.0, 200.0, 140.0]),
        Mark { id: 3, kind: MarkKind::WholePage { page: 4 }, code: "LPP".into() },
        Mark {
            id: 4,
            kind: MarkKind::Rects { page: 5, rects: vec![[70.0, 110.0, 120.0, 125.0]] },
            code: String::new(),
        },
    ];
    for base in [Options::default(), as_drawn()] {
        let made = |threads| done(&bytes, &marks, &Options { threads, ..base.clone() });
        let first = made(1);
        for threads in [1, 2, 3, 0] {
            let again = made(threads);
            assert!(again.pdf == first.pdf, "{threads} threads, {:?}: the same bytes", base.widths);
            assert_eq!(again.certificate, first.certificate, "{threads} threads: the same certificate");
        }
    }
    let doc = open(&bytes);
    let look = || redact_page(&doc, &marks, 2, &Options::default()).unwrap();
    assert!(look() == look(), "and a page looked at twice is the same");
    assert_eq!(doc.bytes(), bytes, "the source is as it was");
}
