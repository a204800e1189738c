//! Files made to do harm: each ends, in seconds and in bounded memory, with a fault or a finished file.

use crate::paper::*;
use gb_redact::{Document, Fault, Limits, Mark, MarkKind, Options, Quiet, redact};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Seconds a hostile file may take in all: opened, read, drawn, redacted and proved (a release build is faster).
const SECONDS: u64 = 20;
/// Kilobytes it may make us grow by.
const GROWS: u64 = 900_000;

/// What a case should come to.
enum End {
    /// A fault of this kind.
    Refused(fn(&Fault) -> bool),
    /// A finished file.
    Done,
    /// Either; only time and memory matter.
    Any,
}

struct Case {
    name: &'static str,
    pdf: Vec<u8>,
    end: End,
}

fn case(name: &'static str, pdf: Vec<u8>, end: End) -> Case {
    Case { name, pdf, end }
}

const HEAVY: End = End::Refused(|f| matches!(f, Fault::PageTooHeavy { page: 1 }));
const LARGE: End = End::Refused(|f| matches!(f, Fault::PictureTooLarge { .. } | Fault::PageTooHeavy { .. }));

/// Everything the desk does with a file.
fn work(pdf: Vec<u8>) -> Result<(), Fault> {
    let doc = Document::open(pdf, None, &Limits::default())?;
    let words = doc.words(1);
    let drawn = doc.render(1, 72.0);
    let mark =
        Mark { id: 1, kind: MarkKind::Rect { page: 1, rect: [0.0, 0.0, 60.0, 60.0] }, code: "3P".into() };
    redact(&doc, &[mark], &Options::default(), &Quiet)?;
    words?;
    drawn?;
    Ok(())
}

fn all_end(cases: Vec<Case>) {
    let mut wrong = Vec::new();
    for Case { name, pdf, end } in cases {
        let (send, receive) = channel();
        let (start, before) = (Instant::now(), rss());
        std::thread::spawn(move || {
            let _ = send.send(work(pdf));
        });
        let came = receive.recv_timeout(Duration::from_secs(SECONDS));
        let took = start.elapsed();
        let grown = peak().saturating_sub(before);
        let fine = match (&came, end) {
            (Ok(Err(fault)), End::Refused(kind)) => kind(fault),
            (Ok(Ok(())), End::Done) => true,
            (Ok(result), End::Any) => !matches!(result, Err(Fault::Internal { .. })),
            _ => false,
        };
        println!("{name}: {came:?} in {took:?}, {grown} kB");
        if !fine || grown > GROWS {
            wrong.push(format!("{name}: {came:?} after {took:?}, grown by {grown} kB"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn status(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn rss() -> u64 {
    // Peaks are counted from here.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    status("VmRSS")
}

fn peak() -> u64 {
    status("VmHWM")
}

fn with(content: &str, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>").into_bytes(),
        stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    file(&objects)
}

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
            "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 300 200]/XStep 300/YStep 200{keys}"
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
                &format!("/Group<</S/Transparency/CS/DeviceGray>>/Resources<</ExtGState<</G {next} 0 R>>>>"),
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
        let tile =
            format!("/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep {x}/YStep {x}");
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
            "0 0 0 0 0 0 cm 0 0 1 1 re f BT /F1 12 Tf (x) Tj ET 1e-30 0 0 1e-30 0 0 cm 0 0 1 1 re S",
        ),
        ("letters a mile high", "BT /F1 1e9 Tf 20 100 Td (abc) Tj 1e30 Tz (abc) Tj 1e30 Tc (abc) Tj ET"),
        ("a line a mile wide", "1e12 w 0 0 m 300 200 l S 1 j 1 J 1e9 w 0 0 m 9 9 50 50 3 3 c S 1e30 M S"),
        (
            "numbers that are none",
            "1e999 0 m --5 +-3 l nan inf l 0 0 m . - l S 99999999999999999999 0 0 1 0 0 cm 0 0 1 1 re f",
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

#[test]
fn pictures_that_lie_about_their_size_are_refused() {
    let image = |keys: &str, data: &[u8]| {
        let object = stream(
            &format!("/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray{keys}"),
            data,
        );
        with("q 100 0 0 100 20 20 cm /X Do Q", "/XObject<</X 6 0 R>>", &[object])
    };
    let mut jpx = include_bytes!("../fixtures/channels/pattern.jp2").to_vec();
    let size = find(&jpx, b"\xFF\x51").unwrap() + 6;
    jpx[size..size + 8].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 50);
    encoder.encode(&[0; 64], 8, 8, jpeg_encoder::ColorType::Luma).unwrap();
    let frame = find(&jpeg, b"\xFF\xC0").unwrap() + 5;
    jpeg[frame..frame + 4].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    let mut jbig2 = vec![0, 0, 0, 1, 48, 0, 1, 0, 0, 0, 19];
    jbig2.extend([60_000u32, 60_000, 0, 0].iter().flat_map(|v| v.to_be_bytes()));
    jbig2.extend([0, 0, 0]);
    let one = "/BitsPerComponent 1/Filter/JBIG2Decode";
    let inline = |dict: &str| with(&format!("q 100 0 0 100 20 20 cm BI {dict} ID xxxxxxxx\nEI Q"), "", &[]);
    let masked = {
        let object = stream(
            "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8/SMask 7 0 R",
            &[9; 16],
        );
        let mask = stream(
            "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray/Filter/JPXDecode",
            &jpx,
        );
        with("q 100 0 0 100 20 20 cm /X Do Q", "/XObject<</X 6 0 R>>", &[object, mask])
    };
    let again = stream(
        "/Type/XObject/Subtype/Image/Width 6000/Height 6000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
        &deflate(&vec![7; 36_000_000]),
    );
    all_end(vec![
        case("JPX", image("/Filter/JPXDecode", &jpx), LARGE),
        case("JPX behind deflate", image("/Filter[/FlateDecode/JPXDecode]", &deflate(&jpx)), LARGE),
        case("JPX as a soft mask", masked, LARGE),
        case("JPEG", image("/BitsPerComponent 8/Filter/DCTDecode", &jpeg), LARGE),
        case("JBIG2", image(one, &jbig2), LARGE),
        case(
            "a fax of endless columns",
            image(
                "/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000/Rows 2000000000>>",
                &[0; 64],
            ),
            LARGE,
        ),
        case(
            "a fax of endless columns, said elsewhere",
            with(
                "q 100 0 0 100 20 20 cm /X Do Q",
                "/XObject<</X 6 0 R>>",
                &[
                    stream(
                        "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms 7 0 R",
                        &[0; 64],
                    ),
                    b"<</K -1/Columns 60000/Rows 60000>>".to_vec(),
                ],
            ),
            LARGE,
        ),
        case("an inline picture", inline("/W 60000 /H 60000 /CS /G /BPC 8"), HEAVY),
        case("an inline stencil", inline("/W 60000 /H 60000 /IM true"), HEAVY),
        case("an inline picture of too many bits", inline("/W 4 /H 4 /CS /G /BPC 2000000000"), End::Any),
        case(
            "a large picture drawn a hundred times",
            with(&"q 1 0 0 1 20 20 cm /X Do Q ".repeat(100), "/XObject<</X 6 0 R>>", &[again]),
            HEAVY,
        ),
    ]);
}

#[test]
fn structures_that_bite_their_tail_do_no_harm() {
    let swap = |from: &str, to: &str| {
        String::from_utf8_lossy(&with("BT /F1 12 Tf 20 100 Td (kept) Tj ET", "", &[]))
            .replace(from, to)
            .into_bytes()
    };
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange \
        1 beginbfrange <0000> <FFFF> <0041> endbfrange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange endcmap";
    let font = |keys: &str, more: &[Vec<u8>]| {
        let mut all = vec![format!("<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[7 0 R]{keys}>>").into_bytes(), b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>".to_vec()];
        all.extend(more.iter().cloned());
        with("BT /T 12 Tf 20 100 Td <00410042> Tj ET", "/Font<</T 6 0 R>>", &all)
    };
    let shading = |dict: &str, data: &[u8]| with("/S sh", "/Shading<</S 6 0 R>>", &[stream(dict, data)]);
    let deep: Vec<Vec<u8>> = (0..30_000u32)
        .map(|i| format!("<</Type/Pages/Kids[{} 0 R]/Count 1/Parent {} 0 R>>", 7 + i, 5 + i).into_bytes())
        .collect();
    let mut tree = with("", "", &deep);
    let text = String::from_utf8_lossy(&tree).replacen("/Kids[3 0 R]", "/Kids[6 0 R]", 1);
    tree = text.into_bytes();
    all_end(vec![
        case("pages that are their own kids", swap("/Kids[3 0 R]", "/Kids[2 0 R 3 0 R]"), End::Any),
        case(
            "one page many times",
            swap("/Kids[3 0 R]", &format!("/Kids[{}]", "3 0 R ".repeat(3_000))),
            End::Any,
        ),
        case("a deep tree of pages", tree, End::Any),
        case(
            "a page that is its own parent",
            swap("/Type/Page/Parent 2 0 R", "/Type/Page/Parent 3 0 R"),
            End::Any,
        ),
        case("a length that is itself", swap("/Length 35", "/Length 4 0 R"), End::Any),
        case(
            "resources that are the page",
            swap("/Resources<</Font<</F1 5 0 R>>>>", "/Resources 3 0 R"),
            End::Any,
        ),
        case("a table that follows itself", swap("/Root 1 0 R", "/Root 1 0 R/Prev 9"), End::Any),
        case("a count of a thousand million", swap("/Count 1", "/Count 1000000000"), End::Any),
        case(
            "a map of every code",
            font("/Encoding 8 0 R/ToUnicode 8 0 R", &[stream("", map.as_bytes())]),
            End::Any,
        ),
        case(
            "a map that uses itself",
            font("/Encoding 8 0 R", &[stream("/Type/CMap/CMapName/X/UseCMap 8 0 R", map.as_bytes())]),
            End::Any,
        ),
        case(
            "a shading of endless samples",
            shading(
                "/ShadingType 1/ColorSpace/DeviceGray/Function 6 0 R/FunctionType 0/Domain[0 1 0 1]/Range[0 1]/Size[60000 60000]/BitsPerSample 32",
                b"x",
            ),
            End::Any,
        ),
        case(
            "a mesh of noise",
            shading(
                "/ShadingType 7/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 300 0 200 0 1 0 1 0 1]",
                &(0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
            ),
            End::Any,
        ),
        case(
            "functions stitched to themselves",
            with(
                "/S sh",
                "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 300 200]/Function 6 0 R>>>>",
                &[b"<</FunctionType 3/Domain[0 1]/Functions[6 0 R 6 0 R]/Bounds[0.5]/Encode[0 1 0 1]>>"
                    .to_vec()],
            ),
            End::Any,
        ),
        case(
            "rows of endless columns",
            with(
                "/X Do",
                "/XObject<</X 6 0 R>>",
                &[stream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4000000000>>",
                    &deflate(b"0 0 9 9 re f"),
                )],
            ),
            End::Refused(|f| matches!(f, Fault::StreamTooLarge { .. })),
        ),
        case(
            "rows of endless columns, said elsewhere",
            with(
                "/X Do",
                "/XObject<</X 6 0 R>>",
                &[
                    stream(
                        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode/DecodeParms 7 0 R",
                        &deflate(b"0 0 9 9 re f"),
                    ),
                    b"<</Predictor 12/Columns 2000000000/Colors 4>>".to_vec(),
                ],
            ),
            End::Any,
        ),
        case(
            "a colour space of itself",
            with(
                "/C cs 1 sc 0 0 9 9 re f",
                "/ColorSpace<</C 6 0 R>>",
                &[b"[/Indexed 6 0 R 1 6 0 R]".to_vec()],
            ),
            End::Any,
        ),
        case(
            "a colour function of a million steps",
            with(
                "/C cs 1 sc 0 0 300 200 re f",
                "/ColorSpace<</C[/Separation/X/DeviceGray 6 0 R]>>",
                &[stream(
                    "/FunctionType 4/Domain[0 1]/Range[0 1]",
                    format!("{{ {} }}", "dup mul ".repeat(500_000)).as_bytes(),
                )],
            ),
            End::Refused(|f| matches!(f, Fault::StreamTooLarge { .. })),
        ),
    ]);
}

/// A locked file's streams are measured as soon as they can be unlocked.
#[test]
fn a_bomb_behind_a_cipher_is_refused() {
    let bomb = include_bytes!("../fixtures/channels/locked-bomb.pdf").to_vec();
    assert!(bomb.len() < 20_000, "it is small: {}", bomb.len());
    all_end(vec![case("a locked bomb", bomb, End::Refused(|f| matches!(f, Fault::StreamTooLarge { .. })))]);
}
