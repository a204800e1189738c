//! Pages that ask for more drawing than there is time, or for drawing where no paper is.

use super::*;

/// Drawings that draw the next one twice, `levels` deep: object 6 is the first.
fn doubling(levels: u32, one: impl Fn(u32, u32) -> Vec<u8>) -> Vec<Vec<u8>> {
    (0..levels).map(|i| one(6 + i, if i + 1 == levels { 5 } else { 7 + i })).collect()
}

fn form(keys: &str, data: &str) -> Vec<u8> {
    stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 300 200]{keys}"), data.as_bytes())
}

fn tile(keys: &str, data: &str) -> Vec<u8> {
    stream(
        &format!(
            "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 300 200]\
    /XStep 300/YStep 200{keys}"
        ),
        data.as_bytes(),
    )
}

fn type3(glyph: &str, next: u32) -> Vec<u8> {
    format!(
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<</A {glyph}>>\
         /Encoding<</Differences[65/A]>>/FirstChar 65/LastChar 65/Widths[500]/Resources<</Font<</T {next} 0 R>>>>>>"
    )
    .into_bytes()
}

#[test]
fn drawings_that_double_are_refused() {
    let x = "/XObject<</X 6 0 R>>";
    let forms =
        doubling(40, |_, next| form(&format!("/Resources<</XObject<</X {next} 0 R>>>>"), "/X Do /X Do"));
    let groups = doubling(40, |_, next| {
        form(&format!("/Group<</S/Transparency>>/Resources<</XObject<</X {next} 0 R>>>>"), "/X Do /X Do")
    });
    let tiles = doubling(40, |_, next| {
        tile(
            &format!("/Resources<</Pattern<</P {next} 0 R>>>>"),
            "/Pattern cs /P scn 0 0 100 100 re f 50 50 100 100 re f",
        )
    });
    let letters: Vec<Vec<u8>> = (0..30u32)
        .flat_map(|i| {
            [
                type3(&format!("{} 0 R", 7 + i * 2), 8 + i * 2),
                stream("", b"500 0 d0 BT /T 1000 Tf (AA) Tj ET"),
            ]
        })
        .collect();
    let masks = doubling(40, |n, next| {
        if n.is_multiple_of(2) {
            format!("<</Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G {next} 0 R>>>>").into_bytes()
        } else {
            form(
                &format!(
                    "/Group<</S/Transparency/CS/DeviceGray>>/Resources<</ExtGState<</G \
    {next} 0 R>>>>"
                ),
                "q /G gs 0 0 90 90 re f Q q /G gs 9 9 99 99 re f Q",
            )
        }
    });
    let own = form("/Resources<</XObject<</X 6 0 R>>>>", "/X Do /X Do");
    let own_tile =
        tile("/Resources<</Pattern<</P 6 0 R>>>>", "/Pattern cs /P scn 0 0 100 100 re f 50 50 100 100 re f");
    let own_letter = [type3("7 0 R", 6), stream("", b"500 0 d0 BT /T 1000 Tf (AA) Tj ET")];
    let spaces = " ".repeat(60_000);
    let padded = doubling(20, |_, next| {
        form(&format!("/Resources<</XObject<</X {next} 0 R>>>>"), &format!("/X Do {spaces} /X Do"))
    });
    let fill = "/Pattern cs /P scn 0 0 300 200 re f";
    all_end(vec![
        case("forms", with("/X Do", x, &forms), HEAVY),
        case("forms with spaces", with("/X Do", x, &padded), HEAVY),
        case("groups", with("/X Do", x, &groups), HEAVY),
        case("tiles", with(fill, "/Pattern<</P 6 0 R>>", &tiles), HEAVY),
        case(
            "drawn letters",
            with("BT /T 12 Tf 20 100 Td (AAAA) Tj ET", "/Font<</T 6 0 R>>", &letters),
            HEAVY,
        ),
        case("masks", with("/G gs 0 0 300 200 re f", "/ExtGState<</G 6 0 R>>", &masks), End::Any),
        case("a form that draws itself", with("/X Do", x, &[own]), End::Done),
        case("a tile that paints with itself", with(fill, "/Pattern<</P 6 0 R>>", &[own_tile]), End::Done),
        case(
            "a letter drawn with itself",
            with("BT /T 12 Tf 20 100 Td (AA) Tj ET", "/Font<</T 6 0 R>>", &own_letter),
            End::Any,
        ),
    ]);
}

#[test]
fn pages_of_too_many_things_are_refused() {
    let many = |what: &str, times: usize| {
        with(
            &what.repeat(times),
            "/ExtGState<</G 6 0 R>>/XObject<</X 7 0 R>>",
            &[
                b"<</Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G 7 0 R>>>>".to_vec(),
                form("/Group<</S/Transparency/CS/DeviceGray>>", "1 g 0 0 90 90 re f"),
            ],
        )
    };
    let tiny = |x: &str| {
        let tile = format!(
            "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]\
    /XStep {x}/YStep {x}"
        );
        with("/Pattern cs /P scn 0 0 300 200 re f", "/Pattern<</P 6 0 R>>", &[stream(&tile, b"0 0 1 1 re f")])
    };
    let words = format!("BT /F1 1 Tf 20 100 Td {} ET", format!("({}) Tj ", "x".repeat(10_000)).repeat(200));
    all_end(vec![
        case("two million letters", with(&words, "", &[]), HEAVY),
        case("three million rectangles", many("1 1 5 5 re f ", 3_100_000), HEAVY),
        case("ten thousand soft masks", many("q /G gs 0 0 9 9 re f Q ", 10_000), HEAVY),
        case("a hundred thousand groups", many("/X Do ", 100_000), HEAVY),
        case(
            "dashes of a hair on a line of miles",
            with("[0.0001 0.0001] 0 d 0 0 m 100000000 0 l S", "", &[]),
            HEAVY,
        ),
        case("many dashes on a page", with(&"[0.001] 0 d 0 0 m 300 200 l S ".repeat(200), "", &[]), HEAVY),
        case("tiles of a thousandth", tiny("0.001"), End::Any),
        case("tiles of nothing", tiny("0"), End::Any),
        case("tiles that run backwards", tiny("-0.01"), End::Any),
        case("tiles beyond number", tiny("1e-30"), End::Any),
        case("states saved a million times", with(&"q ".repeat(1_000_000), "", &[]), End::Done),
        case("states given back a million times", with(&"Q ".repeat(1_000_000), "", &[]), End::Done),
        case("clips in clips", with(&"q 1 1 290 190 re W n ".repeat(20_000), "", &[]), End::Any),
        case("content marked a hundred thousand deep", with(&"/P BMC ".repeat(100_000), "", &[]), End::Done),
        case("text begun a hundred thousand times", with(&"BT ".repeat(100_000), "", &[]), End::Done),
    ]);
}

#[test]
fn numbers_beyond_paper_do_no_harm() {
    let page = |content: &str| with(content, "", &[]);
    let media = |keys: &str| {
        let text = String::from_utf8_lossy(&page("0 0 100 100 re f")).replace("/MediaBox[0 0 300 200]", keys);
        text.into_bytes()
    };
    let contents = [
        ("a line to the moon", "0 0 m 1e30 1e30 l S 0 0 m 999999999999 3 l S"),
        ("a rectangle without end", "-1e9 -1e9 3e9 3e9 re f -1e38 -1e38 3e38 3e38 re S"),
        ("curves without end", "0 0 m 1e20 0 -1e20 1e20 50 50 c S 0 0 m 1e9 5 -1e9 7 50 50 c f"),
        ("a frame blown up", "1e20 0 0 1e20 0 0 cm 0 0 1 1 re f 1e20 0 0 1e20 0 0 cm 0 0 m 1 1 l S"),
        (
            "a frame without area",
            "0 0 0 0 0 0 cm 0 0 1 1 re f BT /F1 12 Tf (x) Tj ET 1e-30 0 0 1e-30 0 0 \
    cm 0 0 1 1 re S",
        ),
        ("letters a mile high", "BT /F1 1e9 Tf 20 100 Td (abc) Tj 1e30 Tz (abc) Tj 1e30 Tc (abc) Tj ET"),
        ("a line a mile wide", "1e12 w 0 0 m 300 200 l S 1 j 1 J 1e9 w 0 0 m 9 9 50 50 3 3 c S 1e30 M S"),
        (
            "numbers that are none",
            "1e999 0 m --5 +-3 l nan inf l 0 0 m . - l S 99999999999999999999 0 0 1 \
    0 0 cm 0 0 1 1 re f",
        ),
    ];
    let mut cases: Vec<Case> =
        contents.iter().map(|(name, content)| case(name, page(content), End::Any)).collect();
    for (name, keys) in [
        ("a page of a million miles", "/MediaBox[0 0 1e12 1e12]"),
        ("a page a mile high", "/MediaBox[0 0 1 1000000]"),
        ("a page of no size", "/MediaBox[0 0 0 0]"),
        ("a page that is no page", "/MediaBox[0 0 nan (x)]"),
        ("a page of a hair", "/MediaBox[0 0 0.00001 0.00001]"),
        ("units of a million", "/MediaBox[0 0 300 200]/UserUnit 1e9"),
        ("a crop outside the page", "/MediaBox[0 0 300 200]/CropBox[900 900 990 990]"),
    ] {
        cases.push(case(name, media(keys), End::Any));
    }
    all_end(cases);
}
