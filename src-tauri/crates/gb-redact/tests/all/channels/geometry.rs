//! Pages that are turned, moved, scaled or larger than what is shown of them.

use super::*;

fn page(keys: &str, content: &str) -> Vec<u8> {
    Sheet { content, page: keys, ..Sheet::default() }.pdf()
}

/// A field of squares, 48 by 24 points, from 60, 80.
const SQUARES: &str = "60 80 6 6 re 72 80 6 6 re 84 80 6 6 re 96 80 6 6 re 66 86 6 6 re 78 86 6 6 re 90 86 6 6 re \
    60 92 6 6 re 72 92 6 6 re 84 92 6 6 re 66 98 6 6 re 78 98 6 6 re 90 98 6 6 re f\n";

fn channels() -> Vec<Channel> {
    let turned = |matrix: &str| format!("BT /F1 12 Tf {matrix} Tm (Quillfeather) Tj ET\n");
    let mut out: Vec<Channel> = [90, 180, 270, -90, 450]
        .iter()
        .flat_map(|angle| {
            let keys = format!("/Rotate {angle}");
            let text = spoken(&format!("page turned {angle}: text"), page(&keys, TWIN));
            // The squares lie at 60..102 by 80..104 of a page 300 by 200, y up.
            let rect = match (angle + 360) % 360 {
                90 => [80.0, 60.0, 104.0, 102.0],
                180 => [198.0, 80.0, 240.0, 104.0],
                _ => [96.0, 198.0, 120.0, 240.0],
            };
            let drawing = drawn(&format!("page turned {angle}: a drawing"), page(&keys, SQUARES), rect);
            [text, drawing]
        })
        .collect();
    out.extend([
        spoken("text leaning", plain(&turned("1 0.2 0.1 1 20 90"))),
        spoken("text on its side", plain(&turned("0 1 -1 0 150 70"))),
        spoken("text upside down", plain(&turned("-1 0 0 -1 200 100"))),
        spoken("text mirrored", plain(&turned("-1 0 0 1 200 100"))),
        spoken("text turned by a few degrees", plain(&turned("0.996 0.087 -0.087 0.996 20 90"))),
        spoken(
            "large type made small",
            plain("q 0.001 0 0 0.001 20 100 cm BT /F1 12000 Tf (Quillfeather) Tj ET Q"),
        ),
        spoken(
            "small type made large",
            plain("q 120 0 0 120 20 100 cm BT /F1 0.1 Tf (Quillfeather) Tj ET Q"),
        ),
        spoken("a crop box", page("/CropBox[10 10 290 190]", TWIN)),
        drawn("a crop box: a drawing", page("/CropBox[10 10 290 190]", SQUARES), [50.0, 86.0, 92.0, 110.0]),
        spoken("a crop box, turned", page("/CropBox[10 10 290 190]/Rotate 90", TWIN)),
        drawn(
            "a crop box, turned: a drawing",
            page("/CropBox[10 10 290 190]/Rotate 90", SQUARES),
            [70.0, 50.0, 94.0, 92.0],
        ),
        hidden(
            "outside the crop box",
            page("/CropBox[0 0 150 200]", &format!("{TWIN}BT /F1 12 Tf 180 100 Td (Quillfeather) Tj ET")),
        ),
        hidden(
            "outside the media box",
            page(
                "/CropBox[-500 -500 900 900]",
                &format!("{TWIN}BT /F1 12 Tf 400 100 Td (Quillfeather) Tj ET"),
            ),
        ),
        spoken("a page that begins elsewhere", page("/MediaBox[-50 -60 300 200]", TWIN)),
        drawn(
            "a page that begins elsewhere: a drawing",
            page("/MediaBox[-50 -60 300 200]", SQUARES),
            [110.0, 96.0, 152.0, 120.0],
        ),
        spoken("a page given backwards", page("/MediaBox[300 200 0 0]", TWIN)),
        spoken("user units", page("/UserUnit 2", TWIN)),
        hidden(
            "trim, bleed and art boxes",
            page(
                "/TrimBox[10 10 90 90]/BleedBox[5 5 95 95]/ArtBox[20 20 80 80]\
    /BoxColorInfo<</CropBox<</S/Quillfeather>>>>",
                TWIN,
            ),
        ),
        over_the_edge(),
        inherited(),
        pages(),
    ]);
    out
}

/// Half of the word is seen, and only that half can be marked; the other half is not carried.
fn over_the_edge() -> Channel {
    let content = "BT /F1 12 Tf 250 100 Td (Quillfeather) Tj ET";
    let mut channel = spoken("over the edge of the page", plain(content)).hunting(&["Quill", "feather"]);
    channel.marks = vec![unlabelled(phrase("Quillf"))];
    channel
}

/// Boxes, turn and fonts come from above the page.
fn inherited() -> Channel {
    let mut objects = Sheet { content: TWIN, ..Sheet::default() }.objects();
    objects[1].1 = b"<</Type/Pages/Kids[10 0 R]/Count 1/MediaBox[0 0 300 200]/Rotate 90>>".to_vec();
    objects[2].1 = b"<</Type/Page/Parent 10 0 R/Contents 4 0 R>>".to_vec();
    objects.push((
        10,
        b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1/CropBox[5 5 295 195]\
    /Resources<</Font<</F1 5 0 R>>>>>>"
            .to_vec(),
    ));
    spoken("boxes from above", numbered(&objects, "/Root 1 0 R"))
}

/// One form on two pages of different turns: both are marked by the phrase.
fn pages() -> Channel {
    let mut objects =
        Sheet { content: "/X1 Do", resources: "/XObject<</X1 11 0 R>>", ..Sheet::default() }.objects();
    objects[1].1 = b"<</Type/Pages/Kids[3 0 R 10 0 R]/Count 2>>".to_vec();
    let page = String::from_utf8_lossy(&objects[2].1).replace("/Type/Page/", "/Type/Page/Rotate 180/");
    objects.push((10, page.into_bytes()));
    objects.push((11, stream("/Type/XObject/Subtype/Form/BBox[0 0 300 200]", TWIN.as_bytes())));
    spoken("one form on two pages", numbered(&objects, "/Root 1 0 R"))
}

#[test]
fn pages_of_every_shape_come_out_clean() {
    all_gone(channels());
}
