//! Notes, fields and everything else that lies on a page.

use super::*;

/// Every kind of annotation there is.
const KINDS: &[&str] = &[
    "Text",
    "Link",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Stamp",
    "Caret",
    "Ink",
    "Popup",
    "FileAttachment",
    "Sound",
    "Movie",
    "Screen",
    "Widget",
    "PrinterMark",
    "TrapNet",
    "Watermark",
    "3D",
    "Redact",
    "Projection",
    "RichMedia",
];

fn look(say: &str) -> Vec<u8> {
    stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 160 20]/Resources<</Font<</F1 5 0 R>\
    >>>",
        say.as_bytes(),
    )
}

const SAY: &str = "BT /F1 12 Tf 2 5 Td (Quillfeather) Tj ET";

fn with(content: &str, catalog: &str, more: &[Vec<u8>]) -> Vec<u8> {
    Sheet { content, page: "/Annots[10 0 R]", catalog, more, ..Sheet::default() }.pdf()
}

/// An annotation over 20, 95 to 180, 115, below is what it looks like (object 11).
fn annotation(kind: &str, keys: &str) -> Vec<u8> {
    format!("<</Type/Annot/Subtype/{kind}/Rect[20 95 180 115]/P 3 0 R{keys}>>").into_bytes()
}

/// One file for each kind, with everything a note can say and a popup that says it again.
fn kinds() -> Vec<Channel> {
    KINDS
        .iter()
        .map(|kind| {
            let keys = "/F 2/Contents(Quillfeather)/T(Quillfeather)/Subj(Quillfeather)/NM(Quillfeather)/RC(<p>Quillfeather</p>)\
                /DS(font: Quillfeather)/OverlayText(Quillfeather)/Popup 11 0 R/Vertices[20 95 60 110]/L[20 95 60 110]\
                /QuadPoints[20 95 180 95 20 115 180 115]/InkList[[20 95 60 110]]/Lang(Quillfeather)\
                /A<</S/URI/URI(http://example.test/?Quillfeather)>>";
            let popup = b"<</Type/Annot/Subtype/Popup/Parent 10 0 R/Rect[1 1 9 9]/Contents\
    (Quillfeather)>>".to_vec();
            hidden(&format!("annotation: {kind}"), with(TWIN, "", &[annotation(kind, keys), popup]))
        })
        .collect()
}

fn channels() -> Vec<Channel> {
    let ap = "/F 4/AP<</N 11 0 R>>";
    let states = "/F 4/AS/Off/AP<</N<</On 11 0 R/Off 12 0 R>>/D 11 0 R/R 11 0 R>>";
    let mut out = vec![
        spoken("a note's appearance", with("", "", &[annotation("FreeText", ap), look(SAY)])),
        spoken(
            "a stamp's appearance, turned",
            with(
                "",
                "",
                &[
                    annotation("Stamp", ap),
                    stream(
                        "/Type/XObject/Subtype/Form/BBox[0 0 160 20]/Matrix[0.98 0.17 -0.17 0.98 \
    0 0]/Resources<</Font<</F1 5 0 R>>>>",
                        SAY.as_bytes(),
                    ),
                ],
            ),
        ),
        spoken("a watermark", with("", "", &[annotation("Watermark", ap), look(SAY)])),
        spoken(
            "a highlighted name",
            with(
                TWIN,
                "",
                &[annotation(
                    "Highlight",
                    "/F 4/QuadPoints[20 95 100 95 20 115 100 115]/C[1 1 0]/Contents\
    (Quillfeather)",
                )],
            ),
        ),
        hidden(
            "an appearance not chosen",
            with(TWIN, "", &[annotation("Stamp", states), look(SAY), look("0 0 4 4 re f")]),
        ),
        hidden(
            "an appearance nobody sees",
            with(TWIN, "", &[annotation("FreeText", "/F 2/AP<</N 11 0 R>>"), look(SAY)]),
        ),
        hidden(
            "a reply to a note",
            with(
                TWIN,
                "",
                &[
                    annotation("Text", "/F 2"),
                    b"<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/IRT 10 0 R/RT/R/Contents\
    (Quillfeather)>>"
                        .to_vec(),
                ],
            ),
        ),
        hidden(
            "a link to a name",
            with(
                TWIN,
                "/Dests<</Quillfeather[3 0 R/Fit]>>",
                &[annotation("Link", "/Dest/Quillfeather/PA<</S/URI/URI(http://x.test/Quillfeather)>>")],
            ),
        ),
        hidden(
            "a link that opens a file",
            with(
                TWIN,
                "",
                &[annotation(
                    "Link",
                    "/A<</S/Launch/F<</Type/Filespec/F(Quillfeather.doc)/UF\
    (Quillfeather.doc)>>/Next<</S/GoToR/F(Quillfeather.pdf)/D(Quillfeather)>\
    >>>",
                )],
            ),
        ),
        hidden(
            "a file pinned to a page",
            with(
                TWIN,
                "",
                &[
                    annotation(
                        "FileAttachment",
                        "/F 2/FS<</Type/Filespec/F(Quillfeather.txt)/EF<</F 11 0 R>>>>",
                    ),
                    stream("/Type/EmbeddedFile/Filter/FlateDecode", &deflate(b"about Quillfeather")),
                ],
            ),
        ),
        hidden(
            "a redaction marked and never applied",
            with(
                TWIN,
                "",
                &[
                    annotation(
                        "Redact",
                        "/F 4/QuadPoints[20 95 100 95 20 115 100 115]/OverlayText(Quillfeather)\
    /RO 11 0 R",
                    ),
                    look(SAY),
                ],
            ),
        ),
        hidden(
            "a sound",
            with(
                TWIN,
                "",
                &[
                    annotation("Sound", "/F 2/Sound 11 0 R"),
                    stream("/Type/Sound/R 8000", b"Quillfeather spoken"),
                ],
            ),
        ),
        hidden(
            "a film and its data",
            with(
                TWIN,
                "",
                &[
                    annotation(
                        "RichMedia",
                        "/F 2/RichMediaContent<</Assets<</Names[(Quillfeather.mp4) 11 0 R]>>>>",
                    ),
                    stream("", b"Quillfeather filmed"),
                ],
            ),
        ),
        hidden(
            "a page's own notes array",
            Sheet {
                content: TWIN,
                page: "/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/F 2/Contents\
    (Quillfeather)>>]",
                ..Sheet::default()
            }
            .pdf(),
        ),
    ];
    out.extend(kinds());
    out.extend(fields());
    out
}

/// Forms and what their fields hold.
fn fields() -> Vec<Channel> {
    let form = "/AcroForm<</Fields[10 0 R]/DA(/F1 12 Tf)/DR<</Font<</F1 5 0 R>>>>>>";
    let field = |keys: &str| annotation("Widget", &format!("/FT/Tx/T(name){keys}"));
    let hide = |name: &str, keys: &str| hidden(name, with(TWIN, form, &[field(keys)]));
    let mut out = vec![
        spoken(
            "field: its appearance",
            with(
                "",
                form,
                &[field("/V(Quillfeather)/F 4/AP<</N 11 0 R>>"), look(&format!("/Tx BMC {SAY} EMC"))],
            ),
        ),
        hidden(
            "field: a value with no appearance",
            with(TWIN, &form.replace("/DA", "/NeedAppearances true/DA"), &[field("/F 2/V(Quillfeather)")]),
        ),
        hide("field: its value", "/F 2/V(Quillfeather)"),
        hide("field: its default", "/F 2/DV(Quillfeather)"),
        hide("field: rich text", "/F 2/RV(<body>Quillfeather</body>)"),
        hide("field: names and tips", "/F 2/TU(Quillfeather)/TM(Quillfeather)"),
        hide("field: choices", "/F 2/FT/Ch/Opt[(Quillfeather)[(q)(Quillfeather)]]/I[0]/TI 0"),
        hide("field: captions of a button", "/F 2/MK<</CA(Quillfeather)/RC(Quillfeather)/AC(Quillfeather)>>"),
        hide("field: a value as a name", "/F 2/FT/Btn/V/Quillfeather/AS/Quillfeather"),
        hide(
            "field: actions",
            "/F 2/AA<</K<</S/JavaScript/JS(var n = 'Quillfeather')>>/F<</S/JavaScript\
    /JS 11 0 R>>>>",
        ),
        hidden(
            "field: a value in a stream",
            with(TWIN, form, &[field("/F 2/V 11 0 R"), stream("", b"Quillfeather")]),
        ),
        hidden(
            "field: a parent",
            with(
                TWIN,
                &form.replace("10 0 R", "11 0 R"),
                &[
                    annotation("Widget", "/F 2/Parent 11 0 R"),
                    b"<</FT/Tx/T(Quillfeather)/V(Quillfeather)/DV(Quillfeather)/Kids[10 0 R]>>".to_vec(),
                ],
            ),
        ),
        hidden(
            "field: a signature",
            with(
                TWIN,
                form,
                &[
                    annotation("Widget", "/F 2/FT/Sig/T(s)/V 11 0 R/Lock<</Fields[(Quillfeather)]>>"),
                    b"<</Type/Sig/Filter/Adobe.PPKLite/Name(Quillfeather)/Reason(Quillfeather)\
    /Location(x)/ContactInfo(Quillfeather)/ByteRange[0 1 2 3]/Contents\
    <3082517569 6C6C66656174686572>>>"
                        .to_vec(),
                ],
            ),
        ),
    ];
    let packet = b"<xdp><form><name>Quillfeather</name></form></xdp>";
    out.push(hidden(
        "XFA in one stream",
        with(TWIN, "/AcroForm<</Fields[]/XFA 11 0 R>>", &[annotation("Text", "/F 2"), stream("", packet)]),
    ));
    out.push(hidden(
        "XFA in packets",
        with(
            TWIN,
            "/AcroForm<</Fields[]/XFA[(Quillfeather) 11 0 R(datasets) 12 0 R]>>",
            &[
                annotation("Text", "/F 2"),
                stream("", b"<xdp>"),
                stream("/Filter/FlateDecode", &deflate(packet)),
            ],
        ),
    ));
    out.push(hidden(
        "the form's calculation order and defaults",
        with(
            TWIN,
            "/AcroForm<</Fields[]/CO[10 0 R]/DA(/Quillfeather 0 Tf)/DR<</Font<<\
    /Quillfeather 5 0 R>>>>>>",
            &[annotation("Text", "/F 2")],
        ),
    ));
    out
}

#[test]
fn notes_and_fields_are_gone() {
    all_gone(channels());
}
