//! Pictures that lie about their size, and structures that bite their own tail.

use super::*;

#[test]
fn pictures_that_lie_about_their_size_are_refused() {
    let image = |keys: &str, data: &[u8]| {
        let object = stream(
            &format!("/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray{keys}"),
            data,
        );
        with("q 100 0 0 100 20 20 cm /X Do Q", "/XObject<</X 6 0 R>>", &[object])
    };
    let mut jpx = include_bytes!("../../fixtures/channels/pattern.jp2").to_vec();
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
            "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray\
    /BitsPerComponent 8/SMask 7 0 R",
            &[9; 16],
        );
        let mask = stream(
            "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray\
    /Filter/JPXDecode",
            &jpx,
        );
        with("q 100 0 0 100 20 20 cm /X Do Q", "/XObject<</X 6 0 R>>", &[object, mask])
    };
    let again = stream(
        "/Type/XObject/Subtype/Image/Width 6000/Height 6000/ColorSpace/DeviceGray\
    /BitsPerComponent 8/Filter/FlateDecode",
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
                "/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns \
    2000000000/Rows 2000000000>>",
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
                        "/Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray\
    /BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms 7 0 R",
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
        let mut all = vec![
            format!("<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[7 0 R]{keys}>>").into_bytes(),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)\
    /Ordering(B)/Supplement 0>>>>"
                .to_vec(),
        ];
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
                "/ShadingType 1/ColorSpace/DeviceGray/Function 6 0 R/FunctionType 0\
    /Domain[0 1 0 1]/Range[0 1]/Size[60000 60000]/BitsPerSample 32",
                b"x",
            ),
            End::Any,
        ),
        case(
            "a mesh of noise",
            shading(
                "/ShadingType 7/ColorSpace/DeviceRGB/BitsPerCoordinate 8\
    /BitsPerComponent 8/BitsPerFlag 8/Decode[0 300 0 200 0 1 0 1 0 1]",
                &(0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
            ),
            End::Any,
        ),
        case(
            "functions stitched to themselves",
            with(
                "/S sh",
                "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 300 200]\
    /Function 6 0 R>>>>",
                &[b"<</FunctionType 3/Domain[0 1]/Functions[6 0 R 6 0 R]/Bounds[0.5]/Encode\
    [0 1 0 1]>>"
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
                    "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode/DecodeParms<\
    </Predictor 12/Columns 4000000000>>",
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
                        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode/DecodeParms \
    7 0 R",
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
