//! Words, places and searching.

use crate::paper::*;
use gb_redact::{Fault, Mark, MarkKind, find, place};

#[test]
fn words_in_reading_order_with_lines() {
    let doc = open(&letter("Dana Whitlock"));
    let words = doc.words(1).unwrap();
    assert_eq!(words.text().lines().next(), Some("Dear Ms Okafor,"));
    assert_eq!((words.width, words.height), (595.0, 842.0));
    let dear = &words.words[0];
    assert!((dear.rect[0] - 72.0).abs() < 1.5, "left edge: {:?}", dear.rect);
    assert!(dear.rect[1] > 111.0 && dear.rect[3] < 126.0, "y runs down from the top: {:?}", dear.rect);
    assert_eq!(words.unreadable, 0);
}

/// The same line drawn on pages turned and cropped stands upright where it is displayed.
#[test]
fn turned_and_cropped_pages() {
    let content = "BT /F1 11 Tf 1 0 0 1 100 700 Tm (Dana) Tj ET";
    let check = |keys: &str, size: (f32, f32), near: (f32, f32), upright: bool| {
        let doc = open(&page(content, keys, &[]));
        assert_eq!(doc.page_size(1).unwrap(), size, "{keys}");
        let words = doc.words(1).unwrap();
        let r = words.words[0].rect;
        let (x, y) = ((r[0] + r[2]) / 2.0, (r[1] + r[3]) / 2.0);
        assert!((x - near.0).abs() < 20.0 && (y - near.1).abs() < 20.0, "{keys}: {r:?}");
        assert_eq!(r[2] - r[0] > r[3] - r[1], upright, "{keys}: {r:?}");
        // What is drawn there is ink.
        let picture = doc.render(1, 72.0).unwrap();
        let mut ink = 0;
        for py in r[1] as u32..r[3] as u32 {
            for px in r[0] as u32..r[2] as u32 {
                ink += u32::from(picture.rgb[((py * picture.width + px) * 3) as usize] < 128);
            }
        }
        assert!(ink > 10, "{keys}: ink where the word is said to be");
    };
    check("", (595.0, 842.0), (112.0, 138.0), true);
    check("/CropBox[50 400 500 800]", (450.0, 400.0), (62.0, 96.0), true);
    check("/Rotate 90", (842.0, 595.0), (704.0, 112.0), false);
    check("/Rotate 180", (595.0, 842.0), (483.0, 704.0), true);
    check("/Rotate 270", (842.0, 595.0), (138.0, 483.0), false);
}

#[test]
fn phrases_are_found_however_they_are_set() {
    let check = |content: &str, phrase: &str, hits: usize, why: &str| {
        let doc = open(&page(content, "", &[]));
        let found = find(&doc, phrase, None, true).unwrap();
        assert_eq!(found.len(), hits, "{why}: {:?}", doc.words(1).unwrap().text());
    };
    check(&lines(&["Dana Whitlock called."]), "dana whitlock", 1, "another case");
    check(&lines(&["We met Dana", "Whitlock today."]), "Dana Whitlock", 1, "over a line end");
    check(&lines(&["We met Dana Whit-", "lock today."]), "Dana Whitlock", 1, "broken at a line end");
    check(
        &lines(&["We met Ann Smith-", "Jones today."]),
        "Ann Smith-Jones",
        1,
        "a real hyphen at a line end",
    );
    check(&lines(&["We met Dana Whit\\255", "lock today."]), "Whitlock", 1, "a soft hyphen at a line end");
    check(&lines(&["Dana\\240Whitlock"]), "Dana Whitlock", 1, "a hard space");
    check(&lines(&["Call 07700 900 123 now"]), "07700900123", 1, "grouped digits");
    check(&lines(&["Call 07700900123 now"]), "07700 900123", 1, "digits not grouped");
    check(&lines(&["Joanne and Ann"]), "ann", 1, "a whole word only");
    check("BT /F1 11 Tf 72 700 Td [(Whit) -30 (lock)] TJ ET", "Whitlock", 1, "in pieces");
    check("BT /F1 11 Tf 3 Tc 72 700 Td (Whitlock) Tj ET", "Whitlock", 1, "spaced out");
    check(
        "BT /F1 11 Tf 72 700 Td (Dana) Tj 40 0 Td (Whitlock) Tj ET",
        "Dana Whitlock",
        1,
        "placed word by word",
    );
    check("BT /F1 11 Tf 72 700 Td (lock) Tj -21 0 Td (Whit) Tj ET", "Whitlock", 1, "drawn backwards");
    check(&lines(&["nothing here"]), "Whitlock", 0, "not there");
}

/// Read across, the next cell stands between the halves of a name.
#[test]
fn a_name_broken_inside_a_cell_is_found() {
    let cell = |x: i32, y: i32, t: &str| format!("BT /F1 10 Tf {x} {y} Td ({t}) Tj ET\n");
    let content = [
        cell(72, 700, "1"),
        cell(100, 700, "reported by Dana"),
        cell(300, 700, "Loud music until"),
        cell(100, 688, "Whitlock, no. 12"),
        cell(300, 688, "after midnight"),
    ]
    .concat();
    let found = find(&open(&page(&content, "", &[])), "Dana Whitlock", None, true).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rects.len(), 2, "a box on each line");
}

/// The wall of a table's cell parts its neighbours, however close they stand.
#[test]
fn a_rule_parts_cells() {
    let content = "BT /F1 10 Tf 72 700 Td (03/04) Tj 34 0 Td (Okafor) Tj ET 0.5 w 102 690 m 102 715 l S";
    let bytes = page(content, "", &[]);
    let made = done(&bytes, &[phrase("Okafor")], &gb_redact::Options::default());
    assert_eq!((made.certificate.words_swallowed, text(&made.pdf).trim()), (0, "03/04"));
}

#[test]
fn ligatures_are_opened() {
    let font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/fi/fl]>>>>".to_vec();
    let content = "BT /F9 11 Tf 72 700 Td (A) Tj /F1 11 Tf (nch) Tj ET";
    let bytes = page(content, "/Resources<</Font<</F1 5 0 R/F9 7 0 R>>>>", &[font]);
    assert_eq!(find(&open(&bytes), "finch", None, true).unwrap().len(), 1, "{}", text(&bytes));
}

#[test]
fn form_fields_and_notes_are_words_too() {
    let look = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>",
        b"BT /F1 11 Tf 2 5 Td (Whitlock) Tj ET",
    );
    let widget =
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Whitlock)/Rect[100 600 300 620]/AP<</N 7 0 R>>/F 4>>"
            .to_vec();
    let bytes = page("", "/Annots[8 0 R]", &[look, widget]);
    let words = open(&bytes).words(1).unwrap();
    assert_eq!(words.words[0].text, "Whitlock");
    assert!(
        (words.words[0].rect[0] - 102.0).abs() < 2.0 && (words.words[0].rect[3] - 239.0).abs() < 4.0,
        "{:?}",
        words.words[0].rect
    );
}

#[test]
fn an_ocr_layer_is_found_and_said_to_be_one() {
    let doc = open(&page("BT 3 Tr /F1 11 Tf 72 700 Td (Whitlock) Tj ET", "", &[]));
    let words = doc.words(1).unwrap();
    assert!(words.has_invisible && words.words[0].invisible);
}

#[test]
fn columns_are_read_one_after_the_other_and_tables_across() {
    let mut content = String::new();
    for i in 0..6 {
        let y = 700 - i * 14;
        content.push_str(&format!("BT /F1 10 Tf 72 {y} Td (left column line {i} of text) Tj ET\n"));
        content.push_str(&format!("BT /F1 10 Tf 320 {y} Td (right column line {i} of text) Tj ET\n"));
    }
    let said = text(&page(&content, "", &[]));
    assert!(said.find("left column line 5") < said.find("right column line 0"), "{said}");
    let mut content = String::new();
    for i in 0..6 {
        let y = 700 - i * 14;
        content.push_str(&format!(
            "BT /F1 10 Tf 72 {y} Td (Name {i}) Tj ET BT /F1 10 Tf 320 {y} Td (Value {i}) Tj ET\n"
        ));
    }
    let said = text(&page(&content, "", &[]));
    assert!(said.starts_with("Name 0 Value 0"), "{said}");
}

#[test]
fn marks_that_cannot_be_placed_are_named() {
    let doc = open(&letter("Dana Whitlock"));
    let fault = |kind| place(&doc, &[Mark { id: 7, kind, code: "3P".into() }]).unwrap_err();
    let rect = [10.0, 10.0, 50.0, 50.0];
    assert!(matches!(
        fault(MarkKind::Rect { page: 2, rect }),
        Fault::NoSuchPage { page: 2, mark: Some(7), .. }
    ));
    let off = [700.0, 10.0, 750.0, 50.0];
    assert_eq!(fault(MarkKind::Rect { page: 1, rect: off }), Fault::MarkOffPage { mark: 7, page: 1 });
    let nothing = MarkKind::Phrase { find: "Zebedee".into(), page: None, whole_word: true };
    let printed = format!("{nothing:?}");
    let fault = fault(nothing);
    assert!(matches!(fault, Fault::PhraseNotFound { mark: 7, .. }));
    assert!(
        !printed.contains("Zebedee") && !fault.to_string().contains("Zebedee"),
        "phrases are not printed"
    );
}

/// Words drawn through a pattern (as browsers print), a mask or a drawn glyph stand on the page as well.
#[test]
fn words_inside_patterns_masks_and_drawn_glyphs() {
    let fonts = "/Resources<</Font<</F1 5 0 R>>>>";
    let tile = stream(
        &format!(
            "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 595 842]/XStep 595/YStep 842{fonts}"
        ),
        b"BT /F1 11 Tf 100 600 Td (Whitlock) Tj ET",
    );
    let keys = "/Resources<</Font<</F1 5 0 R>>/Pattern<</P1 7 0 R>>>>";
    let bytes = page("/Pattern cs /P1 scn 0 0 595 842 re f", keys, &[tile]);
    let words = open(&bytes).words(1).unwrap();
    assert_eq!(words.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["Whitlock"]);
    assert!((words.words[0].rect[0] - 100.0).abs() < 2.0, "{:?}", words.words[0].rect);

    let group = stream(
        &format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>{fonts}"
        ),
        b"1 g BT /F1 11 Tf 100 600 Td (Whitlock) Tj ET",
    );
    let state = b"<</Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G 7 0 R>>>>".to_vec();
    let keys = "/Resources<</ExtGState<</G1 8 0 R>>>>";
    let bytes = page("/G1 gs 0 0 595 842 re f", keys, &[group, state]);
    assert!(text(&bytes).contains("Whitlock"), "in a mask: {}", text(&bytes));

    let glyph = stream("", b"1000 0 d0 BT /F1 1000 Tf (Whitlock) Tj ET");
    let font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 5000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</x 7 0 R>>\
        /Encoding<</Differences[1/x]>>/FirstChar 1/LastChar 1/Widths[4000]/Resources<</Font<</F1 5 0 R>>>>>>".to_vec();
    let keys = "/Resources<</Font<</T3 8 0 R>>>>";
    let bytes = page("BT /T3 11 Tf 100 600 Td (\\001) Tj ET", keys, &[glyph, font]);
    assert!(text(&bytes).contains("Whitlock"), "in a drawn glyph: {}", text(&bytes));
}

/// A scan lies a degree and a half askew: the end of each line stands as low as the start of the next.
#[test]
fn the_lines_of_a_crooked_scan_stay_apart() {
    let lines = [
        "We spoke about the readings at the kitchen window with Dana Whitlock",
        "on 3 March, who told us that the workshop next door had closed. Then",
        "our officer came a second time and signed the sheet with T. Osei.",
    ];
    let mut content = "BT /F1 14 Tf\n".to_owned();
    for (i, line) in lines.iter().enumerate() {
        let (x, y) = (40.0 - 0.35 * i as f64, 700.0 - 12.5 * i as f64);
        content.push_str(&format!("0.99961 -0.02792 0.02792 0.99961 {x} {y} Tm ({line}) Tj\n"));
    }
    let doc = open(&page(&(content + "ET"), "", &[]));
    assert_eq!(doc.words(1).unwrap().text(), lines.join("\n"), "each line as it was written");
    assert_eq!(find(&doc, "Dana Whitlock", None, true).unwrap().len(), 1, "and a name at its end is found");
}
