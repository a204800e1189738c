//! Pictures: the secret is a field of squares in the middle of each, and every encoding, mask and way of placing is met.

use super::encoders::*;
use super::*;

/// Where a picture placed by [`PLACE`] has its secret, in points.
const RECT: [f32; 4] = [60.0, 96.0, 108.0, 120.0];
const PLACE: &str = "q 128 0 0 64 20 60 cm /X1 Do Q\n";
/// Away from [`TWIN`], never marked.
const ASIDE: &str = "q 64 0 0 32 220 60 cm /X1 Do Q\n";

/// An image object.
fn image(keys: &str, data: &[u8]) -> Vec<u8> {
    stream(&format!("/Type/XObject/Subtype/Image/Width {W}/Height {H}{keys}"), data)
}

const GREY: &str = "/ColorSpace/DeviceGray/BitsPerComponent 8";
const RGB: &str = "/ColorSpace/DeviceRGB/BitsPerComponent 8";

fn with(content: &str, more: &[Vec<u8>]) -> Vec<u8> {
    Sheet { content, resources: "/XObject<</X1 10 0 R/X2 11 0 R>>", more, ..Sheet::default() }.pdf()
}

/// A picture whose secret is marked.
fn shown(name: &str, more: &[Vec<u8>]) -> Channel {
    drawn(name, with(PLACE, more), RECT)
}

fn encodings() -> Vec<Channel> {
    let jp2 = include_bytes!("../../fixtures/channels/pattern.jp2");
    let jp2_colour = include_bytes!("../../fixtures/channels/pattern-rgb.jp2");
    let cmyk_jpeg = include_bytes!("../../fixtures/channels/cmyk.jpg");
    let cmyk: Vec<u8> = grey().iter().flat_map(|g| [0, 0, 0, 255 - g]).collect();
    let wide: Vec<u8> = grey().iter().flat_map(|g| [*g, *g]).collect();
    let fax = format!("/ColorSpace{FAX}");
    let bit = "/ColorSpace/DeviceGray/BitsPerComponent 1";
    let indices = each(|x, y| u8::from(black(x, y)));
    vec![
        shown("image: grey samples", &[image(GREY, &grey())]),
        shown(
            "image: colour samples, deflated",
            &[image(&format!("{RGB}/Filter/FlateDecode"), &deflate(&rgb()))],
        ),
        shown("image: CMYK samples", &[image("/ColorSpace/DeviceCMYK/BitsPerComponent 8", &cmyk)]),
        shown("image: sixteen bits a sample", &[image("/ColorSpace/DeviceGray/BitsPerComponent 16", &wide)]),
        shown("image: one bit a sample", &[image(bit, &bits(false))]),
        shown("image: one bit turned over", &[image(&format!("{bit}/Decode[1 0]"), &bits(true))]),
        shown(
            "image: a palette",
            &[image("/ColorSpace[/Indexed/DeviceRGB 1<FFFFE0000050>]/BitsPerComponent 8", &indices)],
        ),
        shown(
            "image: a calibrated colour",
            &[image(
                "/ColorSpace[/CalGray<</WhitePoint[0.95 1 1.09]/Gamma 2.2>>]\
    /BitsPerComponent 8",
                &grey(),
            )],
        ),
        shown(
            "image: a spot colour",
            &[image(
                "/ColorSpace[/Separation/Spot/DeviceGray<</FunctionType 2/Domain[0 1]/C0\
    [1]/C1[0]/N 1>>]/BitsPerComponent 8",
                &grey().iter().map(|g| 255 - g).collect::<Vec<_>>(),
            )],
        ),
        shown("image: a stencil", &[image("/ImageMask true/BitsPerComponent 1", &bits(false))]),
        shown(
            "image: a stencil turned over",
            &[image("/ImageMask true/BitsPerComponent 1/Decode[1 0]", &bits(true))],
        ),
        shown("image: JPEG", &[image(&format!("{RGB}/Filter/DCTDecode"), &jpeg(90))]),
        shown(
            "image: JPEG in CMYK",
            &[image(
                "/ColorSpace/DeviceCMYK/BitsPerComponent 8/Decode[1 0 1 0 1 0 1 0]/Filter\
    /DCTDecode",
                cmyk_jpeg,
            )],
        ),
        shown(
            "image: JPEG deflated",
            &[image(&format!("{RGB}/Filter[/FlateDecode/DCTDecode]"), &deflate(&jpeg(90)))],
        ),
        shown("image: JPX", &[image("/Filter/JPXDecode", jp2)]),
        shown("image: JPX in colour", &[image("/Filter/JPXDecode", jp2_colour)]),
        shown("image: CCITT", &[image(&fax, &ccitt())]),
        shown("image: JBIG2", &[image(&format!("{bit}/Filter/JBIG2Decode"), &jbig2())]),
        shown(
            "image: JBIG2 with globals",
            &[
                image(
                    &format!("{bit}/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 11 0 R>>"),
                    &set_symbol(),
                ),
                stream("", &symbols()),
            ],
        ),
        shared_globals(),
    ]
}

/// Two pictures of one dictionary: one is marked, and the other may not keep it.
fn shared_globals() -> Channel {
    let keys = "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode/DecodeParms\
    <</JBIG2Globals 12 0 R>>";
    let more = [image(keys, &set_symbol()), image(keys, &set_symbol()), stream("", &symbols())];
    let content = format!("{PLACE}q 64 0 0 32 220 60 cm /X2 Do Q\n");
    let mut channel = drawn("image: JBIG2 globals shared by two", with(&content, &more), RECT);
    channel.marks.push(marked(1, [218.0, 106.0, 286.0, 142.0]));
    let symbols = symbols();
    channel.trace(&symbols[symbols.len() - 40..])
}

fn inline() -> Vec<Channel> {
    let put = |dict: &str, data: &[u8]| {
        let mut content =
            b"BT /F1 12 Tf 20 170 Td (Harbour lights) Tj ET BT /F1 12 Tf 20 30 Td (Lantern below) Tj ET\n\
            q 128 0 0 64 20 60 cm BI /W 64 /H 32 "
                .to_vec();
        content.extend(dict.bytes());
        content.extend(b" ID ");
        content.extend(data);
        content.extend(b"\nEI Q\n");
        let mut objects = Sheet::default().objects();
        objects[3].1 = stream("", &content);
        numbered(&objects, "/Root 1 0 R")
    };
    let hex: String = bits(false).iter().map(|b| format!("{b:02X}")).collect();
    vec![
        drawn("inline image: samples", put("/CS /G /BPC 8", &grey()), RECT),
        drawn("inline image: hex", put("/CS /G /BPC 1 /F /AHx", format!("{hex}>").as_bytes()), RECT),
        drawn("inline image: deflated", put("/CS /RGB /BPC 8 /F [/Fl]", &deflate(&rgb())), RECT),
        drawn("inline image: JPEG", put("/CS /RGB /BPC 8 /F /DCT", &jpeg(90)), RECT),
        drawn(
            "inline image: CCITT",
            put("/CS /G /BPC 1 /F /CCF /DP <</K -1 /Columns 64 /Rows 32>>", &ccitt()),
            RECT,
        ),
        drawn("inline image: a stencil", put("/IM true /BPC 1", &bits(false)), RECT),
        drawn(
            "inline image: a palette",
            put("/CS [/I /RGB 1 <FFFFE0000050>] /BPC 8", &each(|x, y| u8::from(black(x, y)))),
            RECT,
        ),
    ]
}

fn masks() -> Vec<Channel> {
    let alpha = include_bytes!("../../fixtures/channels/alpha.jp2");
    let blue: Vec<u8> = [0u8, 0, 120].repeat((W * H) as usize);
    let shape = each(|x, y| if black(x, y) { 255 } else { 0 });
    let ink = bits(true);
    let big: Vec<u8> = (0..64 * 4u32)
        .flat_map(|i| (0..128u32).map(move |j| if black(j / 2, i / 8) { 255 } else { 0 }))
        .collect();
    vec![
        shown(
            "image: the secret is in its soft mask",
            &[image(&format!("{RGB}/SMask 11 0 R"), &blue), image(GREY, &shape)],
        ),
        shown(
            "image: a soft mask larger than it",
            &[
                image(&format!("{RGB}/SMask 11 0 R"), &blue),
                stream(&format!("/Type/XObject/Subtype/Image/Width 128/Height 256{GREY}"), &big),
            ],
        ),
        shown(
            "image: a soft mask with a matte",
            &[image(&format!("{RGB}/SMask 11 0 R"), &rgb()), image(&format!("{GREY}/Matte[0 0 0]"), &shape)],
        ),
        shown(
            "image: the secret is in its stencil",
            &[
                image(&format!("{RGB}/Mask 11 0 R"), &blue),
                image("/ImageMask true/BitsPerComponent 1", &bits(false)),
            ],
        ),
        shown(
            "image: a stencil turned over as a mask",
            &[
                image(&format!("{RGB}/Mask 11 0 R"), &blue),
                image("/ImageMask true/BitsPerComponent 1/Decode[1 0]", &ink),
            ],
        ),
        shown("image: a colour that is left out", &[image(&format!("{GREY}/Mask[250 255]"), &grey())]),
        shown("image: JPX with its own transparency", &[image("/Filter/JPXDecode/SMaskInData 1", alpha)]),
        shown(
            "image: JPEG with a soft mask",
            &[
                image(&format!("{RGB}/Filter/DCTDecode/SMask 11 0 R"), &jpeg(90)),
                image(GREY, &each(|x, _| 255 - x as u8)),
            ],
        ),
        // Only a corner is let through; the secret under the clip may not come over either.
        hidden(
            "image: hidden by its mask",
            with(
                &format!("{TWIN}{ASIDE}"),
                &[
                    image(
                        &format!("{GREY}/SMask 11 0 R"),
                        &each(|x, y| if y < 3 { b"Quillfeather"[x as usize % 12] } else { 200 }),
                    ),
                    image(GREY, &each(|_, y| if y < 4 { 0 } else { 255 })),
                ],
            ),
        ),
        hidden(
            "image: hidden by a clip",
            with(
                &format!("{TWIN}q 220 60 64 20 re W n {ASIDE}Q"),
                &[image(GREY, &each(|x, y| if y < 3 { b"Quillfeather"[x as usize % 12] } else { 200 }))],
            ),
        ),
    ]
}

fn placings() -> Vec<Channel> {
    let plain = || image(GREY, &grey());
    let place = |name: &str, content: &str, rect: [f32; 4]| drawn(name, with(content, &[plain()]), rect);
    let form = |data: &[u8]| {
        stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 300 200]/Resources<</XObject<</X1 \
    11 0 R>>>>",
            data,
        )
    };
    let tile = stream(
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 300 200]\
    /XStep 300/YStep 200/Resources<</XObject<</X1 11 0 R>>>>",
        PLACE.as_bytes(),
    );
    let tiled = Sheet {
        content: "/Pattern cs /P1 scn 0 50 300 90 re f",
        resources: "/Pattern<</P1 10 0 R>>",
        more: &[tile, plain()],
        ..Sheet::default()
    }
    .pdf();
    vec![
        place("image: upside down", "q 128 0 0 -64 20 124 cm /X1 Do Q", [60.0, 80.0, 108.0, 104.0]),
        place("image: mirrored", "q -128 0 0 64 148 60 cm /X1 Do Q", [60.0, 96.0, 108.0, 120.0]),
        place("image: on its side", "q 0 128 -64 0 150 40 cm /X1 Do Q", [106.0, 72.0, 130.0, 120.0]),
        place("image: leaning", "q 128 0 30 64 20 60 cm /X1 Do Q", [76.0, 97.0, 116.0, 119.0]),
        place("image: turned", "q 110 30 -15 55 40 60 cm /X1 Do Q", [80.0, 90.0, 98.0, 104.0]),
        place("image: drawn twice, marked once", &format!("{PLACE}q 64 0 0 32 220 60 cm /X1 Do Q"), RECT),
        place("image: drawn twice in one place", &format!("{PLACE}{PLACE}"), RECT),
        place("image: half clipped", &format!("q 40 60 60 64 re W n {PLACE}Q"), [62.0, 98.0, 98.0, 118.0]),
        place(
            "image: under a white box",
            &format!("{PLACE}1 g 84 60 60 64 re f"),
            [60.0, 96.0, 108.0, 120.0],
        ),
        drawn("image: in a form", with("/X1 Do", &[form(PLACE.as_bytes()), plain()]), RECT),
        drawn("image: in a tile", tiled, RECT),
        drawn(
            "image: an interpolated one",
            with(PLACE, &[image(&format!("{GREY}/Interpolate true"), &grey())]),
            RECT,
        ),
        scan(),
    ]
}

/// A picture of a page with the words a reader of pictures found, drawn so that nobody sees them.
fn scan() -> Channel {
    let content = format!(
        "{PLACE}BT 3 Tr /F1 12 Tf 46 86 Td (Quillfeather) Tj ET BT 3 Tr /F1 12 \
    Tf 22 64 Td (bars) Tj ET"
    );
    let mut channel = drawn("image: a scan with its text", with(&content, &[image(GREY, &grey())]), RECT);
    channel.marks.push(unlabelled(phrase(CANARY)));
    channel.planted = 1;
    channel
}

/// What pictures say besides their pixels; the picture itself is not marked, so its bytes may come over.
fn said() -> Vec<Channel> {
    let small = jpeg(40);
    let trace = small[small.len() - 40..small.len() - 4].to_vec();
    let beside = |name: &str, more: &[Vec<u8>]| hidden(name, with(&format!("{TWIN}{ASIDE}"), more));
    let photo = |segments: &[(u8, Vec<u8>)], after: &[u8]| {
        image(&format!("{RGB}/Filter/DCTDecode"), &noted(segments, after))
    };
    let mut jp2 = include_bytes!("../../fixtures/channels/pattern.jp2").to_vec();
    let note = b"<x>Quillfeather</x>";
    jp2.extend((note.len() as u32 + 8).to_be_bytes());
    jp2.extend(b"xml ");
    jp2.extend(note);
    let profile = format!("{:\0<128}desc Quillfeather", "");
    let mut fax = ccitt();
    fax.extend(b"Quillfeather");
    let mut padded = deflate(&grey());
    padded.extend(b"Quillfeather");
    let mut region = jbig2();
    region.extend(segment(3, 62, &[], 1, b"\x20\0\0\0Author\0Quillfeather\0\0"));
    let more_rows = [grey(), b"Quillfeather".to_vec()].concat();
    let bit = "/ColorSpace/DeviceGray/BitsPerComponent 1";
    vec![
        beside("image: EXIF and its thumbnail", &[photo(&[(0xE1, exif(&small))], b"")]).trace(&trace),
        beside(
            "image: XMP in a JPEG",
            &[photo(&[(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>Quillfeather</x>".to_vec())], b"")],
        ),
        beside("image: a comment in a JPEG", &[photo(&[(0xFE, b"Quillfeather".to_vec())], b"")]),
        beside(
            "image: other programs' segments in a JPEG",
            &[photo(
                &[
                    (0xED, b"Photoshop 3.0\0 8BIM Quillfeather".to_vec()),
                    (0xE2, b"ICC_PROFILE\0\x01\x01 Quillfeather".to_vec()),
                    (0xEF, b"Quillfeather".to_vec()),
                ],
                b"",
            )],
        ),
        beside("image: bytes after a JPEG's end", &[photo(&[], b"Quillfeather")]),
        beside("image: a second JPEG after the first", &[photo(&[], &small)]).sealed().trace(&trace),
        beside(
            "image: a JFIF thumbnail",
            &[photo(&[(0xE0, b"JFXX\0\x13\x04\x01QuillfeatherQuillfeather".to_vec())], b"")],
        ),
        beside("image: a box of text in a JPX", &[image("/Filter/JPXDecode", &jp2)]),
        beside("image: bytes after a fax's end", &[image(&format!("/ColorSpace{FAX}"), &fax)]),
        beside(
            "image: bytes after deflated samples",
            &[image(&format!("{GREY}/Filter/FlateDecode"), &padded)],
        ),
        beside("image: more samples than it has pixels", &[image(GREY, &more_rows)]),
        beside("image: a comment in JBIG2", &[image(&format!("{bit}/Filter/JBIG2Decode"), &region)]),
        beside(
            "image: a colour profile",
            &[
                image("/ColorSpace[/ICCBased 11 0 R]/BitsPerComponent 8", &grey()),
                stream("/N 1/Alternate/DeviceGray", profile.as_bytes()),
            ],
        ),
        beside(
            "image: a palette that spells",
            &[image(
                "/ColorSpace[/Indexed/DeviceRGB 5(Quillfeather......)]/BitsPerComponent 8",
                &each(|x, y| u8::from(black(x, y))),
            )],
        ),
        beside(
            "image: a colour's name",
            &[image(
                "/ColorSpace[/Separation/Quillfeather/DeviceGray<</FunctionType 2/Domain\
    [0 1]/C0[1]/C1[0]/N 1>>]/BitsPerComponent 8",
                &grey(),
            )],
        ),
        beside(
            "image: alternates",
            &[
                image(
                    &format!("{GREY}/Alternates[<</Image 11 0 R/DefaultForPrinting true>>]"),
                    &each(|_, _| 200),
                ),
                image(GREY, &each(|x, _| b"Quillfeather"[x as usize % 12])),
            ],
        ),
        beside(
            "image: its own keys",
            &[image(
                &format!(
                    "{GREY}/Name/Quillfeather/ID(Quillfeather)/OPI<</2.0<</Type/OPI/F\
    (Quillfeather.tif)>>>>/Measure<</R(Quillfeather)>>"
                ),
                &grey(),
            )],
        ),
    ]
}

#[test]
fn pictures_in_every_encoding_are_blanked() {
    all_gone(encodings());
}

#[test]
fn inline_pictures_are_blanked() {
    all_gone(inline());
}

#[test]
fn masks_of_pictures_are_blanked() {
    all_gone(masks());
}

#[test]
fn pictures_are_blanked_however_they_lie() {
    all_gone(placings());
}

#[test]
fn what_pictures_say_is_gone() {
    all_gone(said());
}
