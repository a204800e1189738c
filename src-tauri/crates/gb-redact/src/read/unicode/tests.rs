//! Each way a glyph's meaning can be recovered, on a small file that leaves only that way.

use super::measure::glyphs;
use super::*;
use crate::{Document, Fault, Limits, Mark, MarkKind, Options, Quiet, redact};
use hayro::hayro_syntax::object::{Dict, FromBytes};
use hayro::kurbo::{BezPath, PathEl, flatten};
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{GlyfLocaBuilder, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::post::Post;

/// A letter as one of the standard faces draws it, in straight lines.
fn drawn(face: &str, letter: char) -> BezPath {
    let settings = InterpreterSettings::default();
    let dict = format!("<</Type/Font/Subtype/Type1/BaseFont/{face}/Encoding/WinAnsiEncoding>>");
    let dict = Dict::from_bytes(dict.as_bytes()).unwrap();
    let font = FontCache::new().font(&dict, &settings.font_resolver, &settings.cmap_resolver).unwrap();
    let code = u32::from(letter);
    let FontGlyph::Outline(glyph) = font.glyph(font.map_code(code), code) else { panic!("an outline") };
    let mut path = BezPath::new();
    flatten(glyph.outline().elements().iter().copied(), 1.0, |el: PathEl| path.push(el));
    path
}

/// A TrueType program whose glyphs 1, 2, … look like `letters` in `face`. A blank draws nothing.
fn program(face: &str, letters: &str, map: Option<&[(char, u16)]>, names: Option<&[&str]>) -> Vec<u8> {
    let mut glyf = GlyfLocaBuilder::new();
    glyf.add_glyph(&SimpleGlyph::default()).unwrap();
    for letter in letters.chars() {
        let path = if letter == ' ' { BezPath::new() } else { drawn(face, letter) };
        let glyph =
            if path.is_empty() { SimpleGlyph::default() } else { SimpleGlyph::from_bezpath(&path).unwrap() };
        glyf.add_glyph(&glyph).unwrap();
    }
    let count = letters.chars().count() as u16 + 1;
    let (glyf, loca, format) = glyf.build();
    let mut font = FontBuilder::new();
    let head = Head { units_per_em: 1000, index_to_loc_format: format as i16, ..Head::default() };
    font.add_table(&head).unwrap();
    font.add_table(&Hhea { number_of_h_metrics: count, ..Hhea::default() }).unwrap();
    let none = Some(0);
    let maxp = Maxp {
        num_glyphs: count,
        max_points: Some(4000),
        max_contours: Some(100),
        max_composite_points: none,
        max_composite_contours: none,
        max_zones: Some(1),
        max_twilight_points: none,
        max_storage: none,
        max_function_defs: none,
        max_instruction_defs: none,
        max_stack_elements: none,
        max_size_of_instructions: none,
        max_component_elements: none,
        max_component_depth: none,
    };
    font.add_table(&maxp).unwrap();
    let metrics = (0..count).map(|_| LongMetric { advance: 600, side_bearing: 0 }).collect();
    font.add_table(&Hmtx::new(metrics, vec![])).unwrap();
    font.add_table(&glyf).unwrap();
    font.add_table(&loca).unwrap();
    if let Some(map) = map {
        let map = map.iter().map(|(c, glyph)| (*c, write_fonts::types::GlyphId::new(u32::from(*glyph))));
        font.add_table(&Cmap::from_mappings(map).unwrap()).unwrap();
    }
    if let Some(names) = names {
        font.add_table(&Post::new_v2(names.iter().copied())).unwrap();
    }
    font.build()
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{dict}/Length {}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// One page that shows `shown` (a string operand) in /F1, objects from 5 on as given; object 5 is the font.
fn page(shown: &str, objects: &[Vec<u8>]) -> Vec<u8> {
    let content = format!("BT /F1 20 Tf 60 700 Td {shown} Tj ET");
    let mut all = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_vec(),
        stream("", content.as_bytes()),
    ];
    all.extend(objects.iter().cloned());
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut at = Vec::new();
    for (number, object) in (1..).zip(&all) {
        at.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1).bytes());
    out.extend(at.iter().flat_map(|at| format!("{at:010} 00000 n \n").into_bytes()));
    out.extend(
        format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", all.len() + 1).bytes(),
    );
    out
}

/// A composite font with glyph numbers for codes and no ToUnicode.
fn composite(encoding: &str, ordering: &str, program: &[u8]) -> Vec<Vec<u8>> {
    vec![
        format!("<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/{encoding}/DescendantFonts[6 0 R]>>").into(),
        format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDToGIDMap/Identity/DW 600/CIDSystemInfo\
             <</Registry(Adobe)/Ordering({ordering})/Supplement 0>>/FontDescriptor 7 0 R>>"
        )
        .into(),
        b"<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 8 0 R>>".to_vec(),
        stream("", program),
    ]
}

/// Glyph numbers of `text` where glyphs 1, 2, … show `letters`, as a string operand.
fn codes(text: &str, letters: &str) -> String {
    let code = |c| format!("{:04X}", letters.chars().position(|l| l == c).unwrap() + 1);
    format!("<{}>", text.chars().map(code).collect::<String>())
}

fn said(file: &[u8]) -> String {
    let glyphs = glyphs(file, Meanings::default(), 1);
    glyphs.iter().map(|g| if g.unknown { "\u{FFFD}" } else { &g.text }).collect()
}

#[track_caller]
fn check(file: &[u8], says: &str, why: &str) {
    let silent: String = glyphs(file, Meanings::mute(), 1).iter().map(|g| g.text.to_string()).collect();
    assert_eq!(silent, "", "the interpreter alone reads nothing here, or the test shows nothing");
    assert_eq!(said(file), says, "{why}");
}

const MIXED: &str = "gHtrObaeWkdinsymAfo lIu";

#[test]
fn the_programs_own_map_is_turned_around() {
    let map: Vec<(char, u16)> = MIXED.chars().zip(1..).collect();
    let font = program("Helvetica", MIXED, Some(&map), None);
    let file = page(&codes("Harriet Okafor", MIXED), &composite("Identity-H", "Identity", &font));
    check(&file, "Harriet Okafor", "by the font's cmap");
}

#[test]
fn the_programs_names_are_read() {
    let names = ["\u{2e}notdef", "H", "a.alt", "uni0072", "t_e", "g77"];
    let font = program("Helvetica", "Hartl", None, Some(&names));
    let file = page("<00010002000300040005>", &composite("Identity-H", "Identity", &font));
    check(&file, "Harte\u{FFFD}", "names are read as the list has them; a number is none");
}

#[test]
fn a_map_that_lies_is_not_believed() {
    // Every letter is said to be another one.
    let map: Vec<(char, u16)> = MIXED.chars().filter(|c| *c != ' ').rev().zip(1..).collect();
    let font = program("Helvetica", MIXED, Some(&map), None);
    let file = page(&codes("Harriet Okafor", MIXED), &composite("Identity-H", "Identity", &font));
    check(&file, "Harriet Okafor", "by the look of its letters");
}

#[test]
fn letters_are_recognised_and_those_that_look_alike_are_not() {
    for face in ["Helvetica", "Times-Roman", "Courier-Bold"] {
        let font = program(face, MIXED, None, None);
        let file = page(
            &codes("Harriet Wood", MIXED).replace("0000", ""),
            &composite("Identity-H", "Identity", &font),
        );
        check(&file, "Harriet Wood", face);
    }
    let font = program("Helvetica", MIXED, None, None);
    let file = page(&codes("I", MIXED), &composite("Identity-H", "Identity", &font));
    check(&file, "\u{FFFD}", "I and l look alike: nobody may say which it is");
    let read = glyphs(
        &page(&codes("Ha", MIXED), &composite("Identity-H", "Identity", &font)),
        Meanings::default(),
        1,
    );
    assert!(read.iter().all(|g| g.recognised), "and it is told that it was the look that said so");
}

#[test]
fn letters_in_a_row_are_told_by_their_number() {
    let alphabet: String = ('!'..='~').collect();
    let font = program("Helvetica", &alphabet, None, None);
    let file = page(&codes("IlliamO", &alphabet), &composite("Identity-H", "Identity", &font));
    check(&file, "IlliamO", "I and l are told by where they stand among the characters of ASCII");
}

#[test]
fn names_that_are_numbers_count_when_letters_bear_them_out() {
    // A simple font whose codes are in order of use, and whose names are `a` and the code of the letter.
    let letters = "Harietsng l";
    let names: Vec<String> = letters.chars().map(|c| format!("g{}", u32::from(c))).collect();
    let all: Vec<&str> = [".notdef"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let font = program("Times-Roman", letters, None, Some(&all));
    let differences: String = names.iter().map(|n| format!("/{n}")).collect();
    let objects = vec![
        format!(
            "<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 1/LastChar 11/Widths[{}]/FontDescriptor 6 0 R\
             /Encoding<</Differences[1{differences}]>>>>",
            "600 ".repeat(11)
        )
        .into(),
        b"<</Type/FontDescriptor/FontName/A/Flags 32/FontFile2 7 0 R>>".to_vec(),
        stream("", &font),
    ];
    let file = page("<0B020306>", &objects);
    check(&file, "lart", "l by its number, for the others bear the numbers out");
}

#[test]
fn collections_know_their_characters() {
    let font = program("Helvetica", "abc", None, None);
    // Adobe-GB1 numbers 4559 and 1: what a font of that collection shows for 中 and a space.
    let mut objects = composite("Identity-H", "GB1", &font);
    objects[1] = String::from_utf8_lossy(&objects[1]).replace("/CIDToGIDMap/Identity", "").into_bytes();
    let file = page("<11CF>", &objects);
    check(&file, "中", "by its number in Adobe-GB1");
    let file = page("<4E2D>", &composite("UniGB-UCS2-H", "GB1", &font));
    check(&file, "中", "also by a code of a predefined map");
}

#[test]
fn a_letter_that_is_known_elsewhere_in_the_document_is_known_here() {
    // Greek letters, which the other font calls something that no face could.
    let font = program("Symbol", "abc", None, None);
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> \
               endcodespacerange 2 beginbfchar <0001> <0416> <0002> <05D0> endbfchar endcmap end";
    let mut objects = composite("Identity-H", "Identity", &font);
    objects.push(
        b"<</Type/Font/Subtype/Type0/BaseFont/B/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 10 0 R>>"
            .to_vec(),
    );
    objects.push(stream("", map.as_bytes()));
    let file = page("<000100020003>", &objects);
    check(
        &file,
        "\u{416}\u{5D0}\u{FFFD}",
        "as the other font, which is not even shown, says of the same outlines",
    );
}

#[test]
fn what_cannot_be_read_is_told_with_its_page() {
    let font = program("Helvetica", MIXED, None, None);
    let file = page(&codes("lll Harriet", MIXED), &composite("Identity-H", "Identity", &font));
    let doc = Document::open(file, None, &Limits::default()).unwrap();
    let told = crate::blind(&doc, 1..=1);
    assert_eq!(told, ["Search cannot see 3 characters on page 1; read it."]);
    let mark = |find: &str| Mark {
        id: 4,
        kind: MarkKind::Phrase { find: find.into(), page: None, whole_word: false },
        code: "3P".into(),
    };
    let made = redact(&doc, &[mark("Harriet")], &Options::default(), &Quiet).unwrap();
    let warned = made.certificate.warnings.join("\n");
    assert!(warned.contains(&told[0]), "the certificate says so too: {warned}");
    assert!(warned.contains("may stand unmarked"), "also of a phrase that was found: {warned}");
    assert!(
        warned.contains("7 characters are; recognised"),
        "and which letters only looked like it: {warned}"
    );
    let fault = redact(&doc, &[mark("Okafor")], &Options::default(), &Quiet).unwrap_err();
    assert!(matches!(fault, Fault::PhraseNotFound { mark: 4, unreadable: true }), "{fault}");
}

#[test]
fn pictures_without_words_are_told() {
    let picture = |place: &str, words: &str| {
        let pixel = "BI /W 1 /H 1 /CS /G /BPC 8 ID \u{7f} EI";
        let helvetica = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec();
        let file = page(&format!("{words} Tj ET q {place} cm {pixel} Q BT ()"), &[helvetica]);
        let doc = Document::open(file, None, &Limits::default()).unwrap();
        crate::blind(&doc, 1..=1).join(" ")
    };
    let whole = picture("595 0 0 842 0 0", "()");
    assert_eq!(whole, "Page 1 is a picture: search cannot see its text; read it.");
    let large = picture("400 0 0 300 60 200", "(Dear Ms Okafor)");
    assert!(large.starts_with("Page 1 has a large picture without any text over it"), "{large}");
    assert_eq!(picture("60 0 0 60 60 200", "(Dear Ms Okafor)"), "", "a small one is a crest or a stamp");
    assert_eq!(picture("595 0 0 842 0 0", "(Dear Ms Okafor)"), "", "words over it: somebody recognised it");
}

#[test]
fn meanings_do_not_depend_on_what_is_asked_first() {
    let font = program("Helvetica", MIXED, None, None);
    let objects = composite("Identity-H", "Identity", &font);
    let (one, two) = (page(&codes("Harriet", MIXED), &objects), page(&codes("teirraH", MIXED), &objects));
    let turned: String = said(&two).chars().rev().collect();
    assert_eq!(said(&one), turned);
}
