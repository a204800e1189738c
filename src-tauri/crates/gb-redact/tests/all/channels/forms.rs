//! Drawings inside drawings: forms, patterns, masks, drawn glyphs, layers.

use super::*;

const SAY: &[u8] = b"BT /F1 12 Tf 20 100 Td (Quillfeather) Tj ET";
const FONTS: &str = "/Resources<</Font<</F1 5 0 R>>>>";

fn form(keys: &str, data: &[u8]) -> Vec<u8> {
    stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 300 200]{keys}"), data)
}

fn tile(paint: u8, keys: &str, data: &[u8]) -> Vec<u8> {
    let step = "/BBox[0 0 300 200]/XStep 300/YStep 200";
    stream(&format!("/Type/Pattern/PatternType 1/PaintType {paint}/TilingType 1{step}{keys}"), data)
}

fn with(content: &str, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    Sheet { content, resources, more, ..Sheet::default() }.pdf()
}

/// A glyph that is a drawing: the canary written in Helvetica.
fn drawn_font(procs: &str, resources: &str) -> Vec<u8> {
    format!(
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 9000 1000]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<<{procs}>>\
         /Encoding<</Type/Encoding/Differences[65/A/B]>>/FirstChar 65/LastChar 66/Widths[6000 6000]\
         /Resources<<{resources}>>>>"
    )
    .into_bytes()
}

fn channels() -> Vec<Channel> {
    let x = "/XObject<</X1 10 0 R/X2 11 0 R>>";
    let nested = format!("/Resources<<{x}/Font<</F1 5 0 R>>>>");
    let pattern = "/Pattern<</P1 10 0 R>>";
    let fill = "0 80 300 60 re f";
    let mut out = vec![
        spoken("a form", with("/X1 Do", x, &[form(FONTS, SAY)])),
        spoken("a form that takes the page's fonts", with("/X1 Do", x, &[form("", SAY)])),
        spoken("a form in a form", with("/X1 Do", x, &[form(&nested, b"q /X2 Do Q"), form(FONTS, SAY)])),
        spoken(
            "a form moved and turned",
            with(
                "q 0.9 0.2 -0.2 0.9 40 -10 cm /X1 Do Q",
                x,
                &[form(&format!("/Matrix[1 0 0 1 5 5]{FONTS}"), SAY)],
            ),
        ),
        spoken("a form drawn twice", with("/X1 Do q 1 0 0 1 100 -40 cm /X1 Do Q", x, &[form(FONTS, SAY)])),
        spoken(
            "a form that is a group",
            with("/X1 Do", x, &[form(&format!("/Group<</S/Transparency/I true/K true>>{FONTS}"), SAY)]),
        ),
        spoken(
            "a deflated form",
            with(
                "/X1 Do",
                x,
                &[stream(
                    &format!("/Type/XObject/Subtype/Form/BBox[0 0 300 200]/Filter/FlateDecode{FONTS}"),
                    &deflate(SAY),
                )],
            ),
        ),
        hidden("a form never drawn", with(TWIN, x, &[form(FONTS, SAY)])),
        hidden(
            "a form's own data",
            with(
                &format!("{TWIN}/X1 Do"),
                x,
                &[form(
                    "/Name/Quillfeather/PieceInfo<</Maker<</Private(Quillfeather)>>>>\
    /LastModified(D:2026)",
                    b"0 0 5 5 re f",
                )],
            ),
        ),
        hidden(
            "a form that stands for another file",
            with(
                &format!("{TWIN}/X1 Do"),
                x,
                &[form("/Ref<</F(Quillfeather.pdf)/Page 1>>", b"0 0 5 5 re f")],
            ),
        ),
        hidden(
            "a PostScript object",
            with(&format!("{TWIN}/X1 Do"), x, &[stream("/Type/XObject/Subtype/PS", b"(Quillfeather) show")]),
        ),
        hidden(
            "the name of a resource",
            with(
                &format!("{TWIN}/Quillfeather Do"),
                "/XObject<</Quillfeather 10 0 R>>",
                &[form("", b"0 0 5 5 re f")],
            ),
        ),
        hidden(
            "a form outside its box",
            with(
                &format!("{TWIN}/X1 Do"),
                x,
                &[stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]{FONTS}"), SAY)],
            ),
        ),
        spoken(
            "a coloured tile",
            with(&format!("/Pattern cs /P1 scn {fill}"), pattern, &[tile(1, FONTS, SAY)]),
        ),
        spoken(
            "a tile without colour",
            with(
                &format!("/CS1 cs 0.1 0.1 0.6 /P1 scn {fill}"),
                &format!("{pattern}/ColorSpace<</CS1[/Pattern/DeviceRGB]>>"),
                &[tile(2, FONTS, SAY)],
            ),
        ),
        spoken(
            "a tile in a tile",
            with(
                &format!("/Pattern cs /P1 scn {fill}"),
                pattern,
                &[
                    tile(1, "/Resources<</Pattern<</P1 11 0 R>>>>", b"/Pattern cs /P1 scn 0 80 300 60 re f"),
                    tile(1, FONTS, SAY),
                ],
            ),
        ),
        spoken(
            "a tile for strokes",
            with("/Pattern CS /P1 SCN 40 w 0 105 m 300 105 l S", pattern, &[tile(1, FONTS, SAY)]),
        ),
        // Words show in parts through the letters they fill.
        drawn(
            "a tile for text",
            with("/Pattern cs /P1 scn BT /F1 40 Tf 18 90 Td (MMM) Tj ET", pattern, &[tile(1, FONTS, SAY)]),
            [22.0, 83.0, 110.0, 106.0],
        )
        .set_again(),
        hidden("a tile never used", with(TWIN, pattern, &[tile(1, FONTS, SAY)])),
        hidden(
            "a tile that is not on the page",
            with(&format!("{TWIN}/Pattern cs /P1 scn 0 0 3 3 re f"), pattern, &[tile(1, FONTS, SAY)]),
        ),
    ];
    out.extend(masks());
    out.extend(drawn_glyphs());
    out.extend(layers());
    out
}

/// Text that is the shape of a colour.
fn masks() -> Vec<Channel> {
    let group = |say: &[u8]| form(&format!("/Group<</S/Transparency/CS/DeviceGray>>{FONTS}"), say);
    let state =
        |kind: &str, more: &str| format!("/ExtGState<</G1<</SMask<</Type/Mask/S/{kind}/G 10 0 R{more}>>>>>>");
    let fill = "/G1 gs 0.6 0 0 rg 0 80 300 60 re f";
    let light: &[u8] = b"1 g BT /F1 12 Tf 20 100 Td (Quillfeather) Tj ET";
    let x = "/XObject<</X1 11 0 R>>";
    vec![
        spoken("a soft mask of light", with(fill, &state("Luminosity", ""), &[group(light)])),
        spoken("a soft mask of opacity", with(fill, &state("Alpha", ""), &[group(SAY)])),
        spoken(
            "a soft mask turned over",
            with(
                fill,
                &state("Luminosity", "/BC[1]/TR<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1>>"),
                &[group(SAY)],
            ),
        ),
        spoken(
            "a soft mask on a form",
            with(
                "/G1 gs /X1 Do",
                &format!("{}{x}", state("Alpha", "")),
                &[group(SAY), form("", b"0 0.4 0 rg 0 80 300 60 re f")],
            ),
        ),
        hidden("a soft mask never used", with(TWIN, &state("Alpha", ""), &[group(SAY)])),
        hidden(
            "text that a mask hides whole",
            with(
                &format!("{TWIN}/G1 gs BT /F1 12 Tf 20 60 Td (Quillfeather) Tj ET"),
                &state("Luminosity", ""),
                &[group(b"0 g 0 0 300 200 re f")],
            ),
        ),
    ]
}

/// Glyphs that are drawings with words in them.
fn drawn_glyphs() -> Vec<Channel> {
    let say = stream("", b"6000 0 d0 BT /F1 1000 Tf (Quillfeather) Tj ET");
    let shape = stream("", b"6000 0 0 0 6000 900 d1 0 0 6000 800 re f");
    let draw = "BT /T3 12 Tf 20 100 Td (A) Tj ET";
    let outer = stream("", b"6000 0 d0 BT /T4 1000 Tf (B) Tj ET");
    let fonts = |draw: &str, more: &[Vec<u8>]| {
        Sheet { content: draw, fonts: "/T3 10 0 R", more, ..Sheet::default() }.pdf()
    };
    let f1 = "/Font<</F1 5 0 R>>";
    let path = stream(
        "",
        b"6000 0 0 0 6000 900 d1 0 0 900 800 re 1200 100 1500 300 re 3000 0 200 \
    900 re f",
    );
    vec![
        spoken("a drawn glyph with words in it", fonts(draw, &[drawn_font("/A 11 0 R", f1), say.clone()])),
        spoken(
            "a drawn glyph in a drawn glyph",
            fonts(
                draw,
                &[
                    drawn_font("/A 12 0 R", "/Font<</T4 11 0 R>>"),
                    drawn_font("/B 13 0 R", f1),
                    outer,
                    say.clone(),
                ],
            ),
        ),
        hidden(
            "a drawn glyph never drawn",
            fonts(
                &format!("{TWIN}BT /T3 12 Tf 20 60 Td (A) Tj ET"),
                &[drawn_font("/A 12 0 R/B 11 0 R", f1), say, shape.clone()],
            ),
        ),
        hidden(
            "the name of a drawn glyph",
            fonts(
                &format!("{TWIN}BT /T3 12 Tf 20 60 Td (A) Tj ET"),
                &[drawn_font("/A 11 0 R/Quillfeather 11 0 R", ""), shape],
            ),
        ),
        // 12 points: the drawing stands from 20 to 92, and the first bar is no letter of any alphabet.
        drawn(
            "a drawn glyph that is a drawing",
            fonts(draw, &[drawn_font("/A 11 0 R", ""), path]),
            [22.0, 91.5, 60.0, 99.0],
        )
        .set_again(),
    ]
}

/// Content that is on or off.
fn layers() -> Vec<Channel> {
    let ocg = |name: &str| format!("<</Type/OCG/Name({name})>>").into_bytes();
    let layer = |content: &str, config: &str, more: &[Vec<u8>]| {
        Sheet {
            content,
            catalog: &format!("/OCProperties<</OCGs[10 0 R]/D<<{config}>>>>"),
            resources: "/Properties<</L1 10 0 R/L2 11 0 R>>/XObject<</X1 11 0 R>>",
            more,
            ..Sheet::default()
        }
        .pdf()
    };
    let on = format!("/OC/L1 BDC {TWIN}EMC");
    let off = format!("{TWIN}/OC/L1 BDC BT /F1 12 Tf 20 60 Td (Quillfeather) Tj ET EMC");
    let member = b"<</Type/OCMD/OCGs[10 0 R]/P/AllOff>>".to_vec();
    vec![
        spoken("a layer that is on", layer(&on, "/ON[10 0 R]", &[ocg("Words")])),
        hidden("a layer that is off", layer(&off, "/OFF[10 0 R]", &[ocg("Words")])),
        hidden(
            "a layer's name",
            layer(
                &on,
                "/ON[10 0 R]/Order[(Quillfeather)[10 0 R]]/Name(Quillfeather)",
                &[ocg("Quillfeather")],
            ),
        ),
        hidden(
            "a membership that is off",
            layer(&off.replace("/L1", "/L2"), "/ON[10 0 R]", &[ocg("Words"), member]),
        ),
        hidden(
            "a form in a layer that is off",
            layer(
                &format!("{TWIN}/X1 Do"),
                "/OFF[10 0 R]",
                &[ocg("Words"), form(&format!("/OC 10 0 R{FONTS}"), SAY)],
            ),
        ),
        hidden(
            "a layer only for printing",
            layer(
                &off,
                "/BaseState/OFF/AS[<</Event/Print/Category[/Print]/OCGs[10 0 R]>>]",
                &[b"<</Type/OCG/Name(Print)/Usage<</Print<</PrintState/ON>>/CreatorInfo<<\
    /Creator(Quillfeather)>>>>>>"
                    .to_vec()],
            ),
        ),
    ]
}

#[test]
fn drawings_in_drawings_are_gone() {
    all_gone(channels());
}
