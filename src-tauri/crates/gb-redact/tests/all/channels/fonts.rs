//! What fonts know: their glyphs, widths, names and maps; and text that has no map at all.

use super::face::Face;
use super::*;

const LETTERS: &str = "Quilfeathr";

fn face<'f>(name: &'f str) -> Face<'f> {
    Face { chars: LETTERS, name, glyph_names: None, map: false }
}

/// A page that draws `content` with the parts from 10 on as font /F3.
fn with(content: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    Sheet { content, fonts: "/F3 10 0 R", more: parts, ..Sheet::default() }.pdf()
}

/// Where twelve letters of 12 points stand that begin at 20, 100.
const PLACE: [f32; 4] = [21.0, 92.0, 104.0, 99.5];

fn channels() -> Vec<Channel> {
    let f = face("ABCDEF+Blocks");
    let codes = f.codes(CANARY);
    let say = format!("BT /F3 12 Tf 20 100 Td {codes} Tj ET\n");
    let same = |c: char| c.to_string();
    let down = format!("BT /F3 10 Tf 150 160 Td {codes} Tj ET\n");
    // The text of the page says one thing and its look another.
    let lie = |c: char| {
        "Harboursnow".chars().nth(LETTERS.find(c).unwrap_or(0)).map(String::from).unwrap_or_default()
    };
    let word = Face { chars: "\u{E000}", name: "Word", glyph_names: None, map: false };
    let one = format!("BT /F3 12 Tf 20 100 Td {} Tj ET", word.codes("\u{E000}"));
    let simple = |more: &str| {
        format!(
            "<</Type/Font/Subtype/TrueType/BaseFont/Blocks/FirstChar 81/LastChar 117/Widths[{}]/Encoding/WinAnsiEncoding\
             /FontDescriptor 11 0 R{more}>>",
            "600 ".repeat(37)
        )
        .into_bytes()
    };
    let descriptor = |more: &str| {
        format!(
            "<</Type/FontDescriptor/FontName/Blocks/Flags 32/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200\
             /CapHeight 700/StemV 80/FontFile2 12 0 R{more}>>"
        )
        .into_bytes()
    };
    let file = |face: &Face<'_>| {
        let data = face.file();
        stream(&format!("/Filter/FlateDecode/Length1 {}", data.len()), &deflate(&data))
    };
    let mapped = Face { map: true, ..face("Blocks") };
    let named = Face {
        glyph_names: Some(&["Quillfeather", "u", "i", "l", "f", "e", "a", "t", "h"]),
        ..face("Quillfeather")
    };
    let spelled = "BT /F3 12 Tf 20 100 Td (Quillfeather) Tj ET";
    let twin_and = |more: &str| format!("{TWIN}{more}");
    let small = "BT /F3 12 Tf 20 60 Td (u) Tj ET";
    vec![
        drawn("a CID font without a map", with(&say, &f.composite(10, false, None)), PLACE).set_again(),
        spoken("a CID font with a map", with(&say, &f.composite(10, false, Some(f.to_unicode(same)))))
            .sealed(),
        spoken("vertical writing", with(&down, &f.composite(10, true, Some(f.to_unicode(same))))).sealed(),
        drawn(
            "vertical writing without a map",
            with(&down, &f.composite(10, true, None)),
            [146.0, 45.0, 154.0, 150.0],
        ),
        drawn(
            "a map that says something else",
            with(&say, &f.composite(10, false, Some(f.to_unicode(lie)))),
            PLACE,
        )
        .set_again(),
        spoken(
            "one glyph that says a word",
            with(&one, &word.composite(10, false, Some(word.to_unicode(|_| CANARY.to_owned())))),
        )
        .sealed(),
        spoken(
            "a glyph set of the word's letters",
            with(spelled, &[simple(""), descriptor(""), file(&mapped)]),
        ),
        spoken(
            "a map with strings in it",
            with(
                spelled,
                &[
                    simple("/ToUnicode 13 0 R"),
                    descriptor(""),
                    file(&mapped),
                    stream(
                        "",
                        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 \
    beginbfrange <51> <75> <0051> endbfrange (Quillfeather) pop % \
    Quillfeather\nendcmap",
                    ),
                ],
            ),
        ),
        hidden(
            "the name of a font",
            with(
                &twin_and(small),
                &[
                    simple("")
                        .iter()
                        .map(|b| *b as char)
                        .collect::<String>()
                        .replace("/BaseFont/Blocks", "/BaseFont/ABCDEF+Quillfeather")
                        .into_bytes(),
                    descriptor("")
                        .iter()
                        .map(|b| *b as char)
                        .collect::<String>()
                        .replace("/FontName/Blocks", "/FontName/ABCDEF+Quillfeather")
                        .into_bytes(),
                    file(&mapped),
                ],
            ),
        ),
        hidden(
            "a font's character set, family and style",
            with(
                &twin_and(small),
                &[
                    simple(""),
                    descriptor(
                        "/CharSet(/Quillfeather/u)/FontFamily(Quillfeather)/Style<</Panose\
    <517569>>>",
                    ),
                    file(&mapped),
                ],
            ),
        ),
        hidden(
            "names inside a font file",
            with(&twin_and(small), &[simple(""), descriptor(""), file(&named)]),
        ),
        hidden(
            "differences of an encoding",
            with(
                &twin_and(small),
                &[
                    simple("")
                        .iter()
                        .map(|b| *b as char)
                        .collect::<String>()
                        .replace("/WinAnsiEncoding", "<</Type/Encoding/Differences[81/Quillfeather 117/u]>>")
                        .into_bytes(),
                    descriptor(""),
                    file(&mapped),
                ],
            ),
        ),
        hidden(
            "metadata of a font",
            with(
                &twin_and(small),
                &[
                    simple(""),
                    descriptor("/Metadata 13 0 R"),
                    file(&mapped),
                    stream("/Type/Metadata/Subtype/XML", b"<x>Quillfeather</x>"),
                ],
            ),
        ),
        hidden("a font nobody uses", with(TWIN, &[simple("/Quillfeather 1"), descriptor(""), file(&mapped)])),
        spoken(
            "the name of a font resource",
            Sheet {
                content: "BT /Quillfeather 12 Tf 20 100 Td (Quillfeather) Tj ET",
                fonts: "/Quillfeather 5 0 R",
                ..Sheet::default()
            }
            .pdf(),
        ),
        drawn("text drawn as paths", plain(&outlined(20.0, 100.0)), [21.0, 92.0, 75.0, 99.0]),
        drawn(
            "text drawn as one path",
            plain(&format!("{} f", outlined(20.0, 100.0).replace(" f\n", "\n"))),
            [21.0, 92.0, 75.0, 99.0],
        ),
        drawn("text drawn with strokes", plain(&strokes()), [21.0, 92.0, 75.0, 99.0]),
        ligature(),
        combining(),
    ]
}

/// Blocks that stand for letters: eleven little towers.
fn outlined(x: f64, y: f64) -> String {
    (0..11)
        .map(|i| {
            let (left, high) = (x + f64::from(i) * 5.0, 4.0 + f64::from(i * 7 % 5));
            format!(
                "{left} {y} 3 {high} re {left} {y} m {} {} l {} {y} l h f\n",
                left + 1.5,
                y + high,
                left + 4.0
            )
        })
        .collect()
}

fn strokes() -> String {
    (0..11).map(|i| format!("1.4 w {} 100 m {} 108 l S\n", 22 + i * 5, 20 + i * 5 + i % 3 * 3)).collect()
}

/// A mark that takes only the second letter of a glyph that says two: the glyph goes whole.
fn ligature() -> Channel {
    let f = Face { chars: "Qu\u{E000}feathr", name: "Joined", glyph_names: None, map: false };
    let says = |c: char| if c == '\u{E000}' { "ill".to_owned() } else { c.to_string() };
    let content = format!("BT /F3 12 Tf 20 100 Td {} Tj ET\n", f.codes("Qu\u{E000}feather"));
    let mut channel = spoken(
        "a mark that splits a ligature",
        with(&content, &f.composite(10, false, Some(f.to_unicode(says)))),
    )
    .sealed();
    channel.words = vec!["illfeather", "feather"];
    channel.marks = vec![unlabelled(phrase("lfeather")), marked(1, [20.0, 90.0, 45.0, 101.0])];
    channel
}

/// A letter and its accent are two glyphs; the phrase has them as one character.
fn combining() -> Channel {
    let f = Face { chars: "Quil\u{308}feathr", name: "Accents", glyph_names: None, map: false };
    let content = format!("BT /F3 12 Tf 20 100 Td {} Tj ET\n", f.codes("Qu\u{308}illfea\u{308}ther"));
    let mut channel = spoken(
        "a combining sequence",
        with(&content, &f.composite(10, false, Some(f.to_unicode(|c| c.to_string())))),
    )
    .sealed();
    channel.words = vec!["illfe", "Quill"];
    channel.marks = vec![unlabelled(phrase("Q\u{FC}illfe\u{E4}ther"))];
    channel
}

#[test]
fn what_fonts_know_is_gone() {
    all_gone(channels());
}
