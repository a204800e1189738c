//! Pages made by hand, and what is gathered of them.

use super::super::{Item, Mode, Pixels};
use super::{Gathered, Reader};
use crate::Limits;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Rect, Shape};
use std::sync::Arc;

/// A page of 200 by 100 points with Helvetica as /F1 and objects from 6 on as given.
fn file(content: &str, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>"
        )
        .into_bytes(),
        stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (n, body) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
    for o in &offsets {
        out.extend(format!("{o:010} 00000 n \n").bytes());
    }
    let size = offsets.len() + 1;
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// Gathers the page, and holds the two ways of reading it against each other.
fn gather_with(content: &str, resources: &str, more: &[Vec<u8>], touched: &[Rect]) -> Gathered {
    let pdf = Pdf::new(file(content, resources, more)).unwrap();
    let mut reader = Reader::new(&pdf, &Limits::default());
    let words = reader.glyphs(0);
    let gathered = reader.scene(0, touched);
    assert_eq!(
        format!("{:?}", words.glyphs),
        format!("{:?}", gathered.glyphs.glyphs),
        "the two readings agree"
    );
    assert_eq!(words.outside, gathered.glyphs.outside, "and drop the same");
    balanced(&gathered.scene.items);
    gathered
}

fn gather(content: &str, resources: &str, more: &[Vec<u8>]) -> Gathered {
    gather_with(content, resources, more, &[])
}

/// Every push has its pop, also in masks, and every glyph its number.
pub(super) fn balanced(items: &[Item]) {
    let mut open = Vec::new();
    for item in items {
        match item {
            Item::PushClip(_) => open.push('c'),
            Item::PushGroup(g) => {
                open.push('g');
                if let Some(mask) = &g.mask {
                    balanced(&mask.items);
                }
            }
            Item::PopClip => assert_eq!(open.pop(), Some('c'), "a clip is closed where one is open"),
            Item::PopGroup => assert_eq!(open.pop(), Some('g'), "a group is closed where one is open"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "nothing is left open");
}

/// The items in a word each: `clip{ path }clip`.
fn said(items: &[Item]) -> String {
    let word = |item: &Item| match item {
        Item::Glyphs(run) => {
            let text: String = run.glyphs.iter().map(|g| &*g.text).collect();
            match &run.mode {
                Mode::Fill(_) => format!("text({text})"),
                Mode::Stroke(_) => format!("outlined({text})"),
                Mode::Invisible => format!("unseen({text})"),
                Mode::Shown => format!("shown({text})"),
            }
        }
        Item::Path(shape) => match &shape.mode {
            Mode::Stroke(_) => "line".to_owned(),
            _ => "fill".to_owned(),
        },
        Item::Image(image) => match &image.raster.pixels {
            Pixels::Grey(_) => "grey".to_owned(),
            Pixels::Rgb(_) => "rgb".to_owned(),
            Pixels::Stencil(..) => "stencil".to_owned(),
            Pixels::Jpeg { .. } => "jpeg".to_owned(),
        },
        Item::PushClip(_) => "clip{".to_owned(),
        Item::PopClip => "}clip".to_owned(),
        Item::PushGroup(g) => match &g.mask {
            Some(mask) => format!("group[{}]{{", said(&mask.items)),
            None => format!("group({} {:.2}){{", g.blend, g.alpha),
        },
        Item::PopGroup => "}group".to_owned(),
    };
    items.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn bounds(item: &Item) -> Rect {
    match item {
        Item::Path(s) => s.place.transform_rect_bbox(s.path.bounding_box()),
        Item::Image(i) => i.place.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)),
        Item::PushClip(c) => c.path.bounding_box(),
        _ => Rect::ZERO,
    }
}

fn close(a: Rect, b: Rect) -> bool {
    [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1].iter().all(|d| d.abs() < 0.02)
}

/// A grey picture of two by two.
fn picture(keys: &str) -> Vec<u8> {
    stream(
        &format!(
            "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray{keys}"
        ),
        &[0, 80, 160, 240],
    )
}

#[test]
fn text_and_paths_in_their_places() {
    let g = gather("0.5 g 10 20 30 40 re f BT /F1 10 Tf 20 50 Td (Hi) Tj ET 2 w 0 0 m 50 50 l S", "", &[]);
    assert_eq!(said(&g.scene.items), "fill text(Hi) line", "in the order they are painted");
    assert!(close(bounds(&g.scene.items[0]), Rect::new(10.0, 40.0, 40.0, 80.0)), "y runs down");
    let Item::Path(shape) = &g.scene.items[0] else { panic!("a path") };
    assert_eq!((shape.ink.rgb, shape.ink.alpha), ([128, 128, 128], 1.0), "half grey");
    let Item::Glyphs(run) = &g.scene.items[1] else { panic!("a run") };
    assert_eq!(run.glyphs.iter().map(|g| g.number).collect::<Vec<_>>(), [0, 1], "numbers are places");
    let origin = run.glyphs[0].place * hayro::kurbo::Point::ZERO;
    assert!((origin.x - 20.0).abs() < 1e-6 && (origin.y - 50.0).abs() < 1e-6, "origin on the page");
    assert!((run.glyphs[0].advance - 722.0).abs() < 0.5, "an H of Helvetica is 722 wide");
    assert!(g.unfit.is_none(), "a plain page");
}

#[test]
fn what_cannot_be_seen_is_not_carried() {
    let off = gather("BT /F1 10 Tf 500 50 Td (off) Tj ET 300 300 20 20 re f 10 10 5 5 re f", "", &[]);
    assert_eq!(said(&off.scene.items), "fill", "off the page");
    assert_eq!((off.dropped.outside_glyphs, off.dropped.outside_shapes), (3, 1), "and counted");
    let clipped =
        gather("q 0 0 20 20 re W n BT /F1 10 Tf 100 50 Td (no) Tj ET 50 50 9 9 re f Q 9 9 re f", "", &[]);
    assert_eq!(said(&clipped.scene.items), "", "outside of the clip, and the clip is not needed");
    // A triangle whose box holds the text, and whose inside does not.
    let corner = gather(
        "q 0 0 m 100 0 l 0 90 l h W n BT /F1 6 Tf 80 80 Td (no) Tj ET BT /F1 6 Tf 5 9 Td (yes) Tj ET Q",
        "",
        &[],
    );
    assert_eq!(said(&corner.scene.items), "clip{ text(yes) }clip", "beside a clip that is no box");
    let layer = gather("BT 3 Tr /F1 10 Tf 10 50 Td (ocr) Tj ET", "", &[]);
    assert_eq!(said(&layer.scene.items), "unseen(ocr)", "a text layer is kept apart");
    assert_eq!(layer.dropped.invisible_glyphs, 3, "and counted");
    let faint =
        gather("/G gs BT /F1 10 Tf 10 50 Td (ghost) Tj ET 5 5 9 9 re f", "/ExtGState<</G<</ca 0>>>>", &[]);
    assert_eq!(said(&faint.scene.items), "unseen(ghost)", "wholly transparent is not painted");
}

#[test]
fn paths_are_cut_at_the_edge() {
    let rect = gather("150 50 500 500 re f", "", &[]);
    assert!(close(bounds(&rect.scene.items[0]), Rect::new(150.0, -1.0, 201.0, 50.0)), "a box is cut");
    let two = gather("10 10 20 20 re 900 900 20 20 re f", "", &[]);
    assert!(close(bounds(&two.scene.items[0]), Rect::new(10.0, 70.0, 30.0, 90.0)), "a loop outside is gone");
    let curve = gather("100 50 m 100 900 l 900 900 l 900 50 l 500 -400 300 -400 100 50 c f", "", &[]);
    let b = bounds(&curve.scene.items[0]);
    assert!(b.x1 <= 201.1 && b.y0 >= -1.1 && b.y1 <= 101.1, "a curve is cut: {b:?}");
    let line = gather("1 w -500 50 m 700 50 l S", "", &[]);
    let b = bounds(&line.scene.items[0]);
    assert!(b.x0 > -20.0 && b.x1 < 220.0 && b.width() > 200.0, "a line is cut: {b:?}");
    assert_eq!(line.dropped.cut_shapes, 1, "and counted");
}

#[test]
fn clips_stand_where_they_are_needed() {
    let needed = gather("q 10 10 50 50 re W n 0 0 100 40 re f Q 80 80 5 5 re f", "", &[]);
    assert_eq!(said(&needed.scene.items), "clip{ fill }clip fill", "what reaches over it needs it");
    let idle = gather("q 10 10 50 50 re W n 20 20 10 10 re f Q", "", &[]);
    assert_eq!(said(&idle.scene.items), "fill", "what lies inside does not");
    let empty = gather("q 300 300 5 5 re W n 20 20 10 10 re f Q", "", &[]);
    assert_eq!(said(&empty.scene.items), "", "nothing shows in a clip off the page");
}

#[test]
fn groups_stand_where_they_do_something() {
    let form = |group: &str| {
        stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 200 100]{group}"), b"10 10 20 20 re f")
    };
    let xobject = "/XObject<</X 6 0 R>>/ExtGState<</H<</ca 0.5>>/M<</BM/Multiply>>>>";
    let plain = gather("/X Do", xobject, &[form("/Group<</S/Transparency>>")]);
    assert_eq!(said(&plain.scene.items), "fill", "an opaque plain group does nothing");
    let half = gather("/H gs /X Do", xobject, &[form("/Group<</S/Transparency>>")]);
    assert_eq!(said(&half.scene.items), "group(Normal 0.50){ fill }group", "half of it shows");
    let blend = gather("/M gs /X Do", xobject, &[form("/Group<</S/Transparency>>")]);
    assert_eq!(said(&blend.scene.items), "group(Multiply 1.00){ fill }group", "blended as a whole");
    let single = gather("/M gs 10 10 20 20 re f", xobject, &[form("")]);
    assert_eq!(said(&single.scene.items), "group(Multiply 1.00){ fill }group", "blended alone");
}

#[test]
fn pictures_are_decoded_in_their_places() {
    let xobject = "/XObject<</X 6 0 R>>";
    let g = gather("q 40 0 0 20 10 30 cm /X Do Q", xobject, &[picture("")]);
    assert_eq!(said(&g.scene.items), "grey", "no group for an opaque picture");
    assert!(close(bounds(&g.scene.items[0]), Rect::new(10.0, 50.0, 50.0, 70.0)), "unit square on the page");
    let Item::Image(image) = &g.scene.items[0] else { panic!("a picture") };
    let Pixels::Grey(data) = &image.raster.pixels else { panic!("grey") };
    assert_eq!(data.as_slice(), [0, 80, 160, 240], "rows from the top");
    let mask =
        stream("/Type/XObject/Subtype/Image/ImageMask true/Width 8/Height 1/BitsPerComponent 1", &[0x0F]);
    let g = gather("1 0 0 rg q 40 0 0 20 10 30 cm /X Do Q", xobject, &[mask]);
    let Item::Image(image) = &g.scene.items[0] else { panic!("a picture") };
    let Pixels::Stencil(data, ink) = &image.raster.pixels else { panic!("a stencil") };
    assert_eq!((data.as_slice(), ink.rgb), (&[255, 255, 255, 255, 0, 0, 0, 0][..], [255, 0, 0]), "0 paints");
}

#[test]
fn hidden_pixels_stay_behind() {
    let xobject = "/XObject<</X 6 0 R>>";
    let wide = stream(
        "/Type/XObject/Subtype/Image/Width 10/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        &[10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
    );
    // Ten pixels of ten points each; the clip shows the fourth.
    let g = gather("q 30 0 10 100 re W n 100 0 0 50 0 0 cm /X Do Q", xobject, std::slice::from_ref(&wide));
    let Some(Item::Image(image)) = g.scene.items.iter().find(|i| matches!(i, Item::Image(_))) else {
        panic!()
    };
    let Pixels::Grey(data) = &image.raster.pixels else { panic!("grey") };
    assert_eq!(data.as_slice(), [30, 40, 50], "the one that is seen and those beside it");
    assert!(close(bounds(&Item::Image(image.clone())), Rect::new(20.0, 50.0, 50.0, 100.0)), "still in place");
    assert_eq!(g.dropped.hidden_pixels, 7, "and counted");
    // A triangle shows none of the far corner.
    let corner = stream(
        "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray",
        &[7; 64],
    );
    let g = gather("q 0 0 m 80 0 l 0 80 l h W n 80 0 0 80 0 0 cm /X Do Q", xobject, &[corner]);
    let Some(Item::Image(image)) = g.scene.items.iter().find(|i| matches!(i, Item::Image(_))) else {
        panic!()
    };
    let Pixels::Grey(data) = &image.raster.pixels else { panic!("grey") };
    assert_eq!((data[7], data[0], data[56], data[63]), (255, 7, 7, 7), "blank only where nothing is seen");
    let off = gather("q 100 0 0 50 150 20 cm /X Do Q", xobject, &[wide]);
    let Item::Image(image) = &off.scene.items[0] else { panic!("a picture") };
    assert_eq!(image.raster.width, 6, "off the page is cropped");
}

fn jpeg(width: u16, height: u16, grey: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 80);
    encoder.add_app_segment(1, b"Exif\0\0CANARY".to_vec()).unwrap();
    let (bytes, kind) =
        if grey { (1, jpeg_encoder::ColorType::Luma) } else { (3, jpeg_encoder::ColorType::Rgb) };
    let pixels: Vec<u8> =
        (0..usize::from(width) * usize::from(height) * bytes).map(|i| (i * 7) as u8).collect();
    encoder.encode(&pixels, width, height, kind).unwrap();
    out
}

fn photo(keys: &str, data: &[u8]) -> Vec<u8> {
    stream(
        &format!("/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/Filter/DCTDecode{keys}"),
        data,
    )
}

#[test]
fn a_jpeg_goes_on_only_when_clean() {
    let xobject = "/XObject<</X 6 0 R>>";
    let draw = "q 40 0 0 40 10 10 cm /X Do Q";
    let mut dirty = jpeg(16, 16, false);
    dirty.extend(b"CANARY after the end");
    let g = gather(draw, xobject, &[photo("/ColorSpace/DeviceRGB", &dirty)]);
    assert_eq!(said(&g.scene.items), "jpeg", "passed on");
    let Item::Image(image) = &g.scene.items[0] else { panic!("a picture") };
    let Pixels::Jpeg { data, colour: true } = &image.raster.pixels else { panic!("in colour") };
    assert!(!data.windows(6).any(|w| w == b"CANARY"), "EXIF and what follows the end are cut");
    assert!(data.starts_with(&[0xFF, 0xD8]) && data.ends_with(&[0xFF, 0xD9]), "a whole file");
    let grey = gather(draw, xobject, &[photo("/ColorSpace/DeviceGray", &jpeg(16, 16, true))]);
    assert_eq!(said(&grey.scene.items), "jpeg", "grey too");
    let clean = jpeg(16, 16, false);
    for (what, keys) in [
        ("a mapping of values", "/ColorSpace/DeviceRGB/Decode[1 0 1 0 1 0]"),
        ("a colour key", "/ColorSpace/DeviceRGB/Mask[0 1 0 1 0 1]"),
        ("another colour space", "/ColorSpace[/CalRGB<</WhitePoint[0.95 1 1.08]>>]"),
    ] {
        let g = gather(draw, xobject, &[photo(keys, &clean)]);
        assert_eq!(said(&g.scene.items), "rgb", "{what} is decoded");
    }
    let rgb = [photo("/ColorSpace/DeviceRGB", &clean)];
    let touched = gather_with(draw, xobject, &rgb, &[Rect::new(45.0, 45.0, 60.0, 60.0)]);
    assert_eq!(said(&touched.scene.items), "rgb", "a mark touches it");
    let beside = gather_with(draw, xobject, &rgb, &[Rect::new(145.0, 45.0, 160.0, 60.0)]);
    assert_eq!(said(&beside.scene.items), "jpeg", "a mark beside it does not");
    let cut = gather("q 0 0 30 100 re W n 40 0 0 40 10 10 cm /X Do Q", xobject, &rgb);
    assert!(said(&cut.scene.items).contains("rgb"), "a clip hides a part");
    let wrong = gather(draw, xobject, &[photo("/ColorSpace/DeviceRGB", &jpeg(8, 8, false))]);
    assert_eq!(said(&wrong.scene.items), "rgb", "another size than promised");
}

#[test]
fn masks_are_drawings() {
    let resources = "/XObject<</X 6 0 R>>/ExtGState<</S<</SMask<</S/Luminosity/G 7 0 R>>>>>>";
    let form =
        stream("/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Group<</S/Transparency>>", b"0 0 90 90 re f");
    let mask = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</Font<</F1 5 0 R>>>>",
        b"1 g BT /F1 20 Tf 20 20 Td (seen) Tj ET",
    );
    let g = gather("/S gs /X Do", resources, &[form, mask]);
    assert_eq!(said(&g.scene.items), "group[text(seen)]{ fill }group", "text can be the shape of a colour");
    assert_eq!(g.glyphs.glyphs.len(), 4, "and its glyphs are read");
    let Item::PushGroup(group) = &g.scene.items[0] else { panic!("a group") };
    let Some(mask) = &group.mask else { panic!("a mask") };
    assert!(mask.luminosity && mask.backdrop == [0, 0, 0] && mask.transfer.is_none(), "light on black");
}

#[test]
fn tiles_are_drawn_one_by_one() {
    let tile = |body: &str, step: u32| {
        stream(
            &format!(
                "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 20 20]/XStep {step}/YStep {step}\
                      /Resources<</Font<</F1 5 0 R>>>>"
            ),
            body.as_bytes(),
        )
    };
    let resources = "/Pattern<</P 6 0 R>>";
    let g = gather("/Pattern cs /P scn 0 0 40 40 re f", resources, &[tile("5 5 9 9 re f", 20)]);
    let fills = said(&g.scene.items).matches("fill").count();
    assert_eq!(fills, 4, "two by two: {}", said(&g.scene.items));
    let text =
        gather("/Pattern cs /P scn 0 0 19 19 re f", resources, &[tile("BT /F1 6 Tf 2 5 Td (in) Tj ET", 20)]);
    assert!(said(&text.scene.items).contains("text(in)"), "text in a tile is text");
    let dense = gather("/Pattern cs /P scn 0 0 200 100 re f", resources, &[tile("0 0 1 1 re f", 1)]);
    assert!(dense.unfit.is_some(), "20,000 tiles are no longer a page");
    let lettered =
        gather("/Pattern cs /P scn BT /F1 60 Tf 10 20 Td (A) Tj ET", resources, &[tile("5 5 9 9 re f", 20)]);
    let order = said(&lettered.scene.items);
    assert!(
        order.starts_with("clip{ fill") && order.ends_with("}clip shown(A)"),
        "seen and still text: {order}"
    );
}

#[test]
fn shadings_are_sampled() {
    let resources = "/Pattern<</P<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 100 0]\
                     /Function<</FunctionType 2/Domain[0 1]/C0[1 0 0]/C1[0 0 1]/N 1>>/Extend[true true]>>>>>>";
    let g = gather("/Pattern cs /P scn 0 0 m 100 0 l 50 80 l f", resources, &[]);
    assert_eq!(said(&g.scene.items), "clip{ rgb }clip", "shows in the path");
    let Item::Image(image) = &g.scene.items[1] else { panic!("a picture") };
    let Pixels::Rgb(data) = &image.raster.pixels else { panic!("colour") };
    assert_eq!(image.raster.height, 1, "one row says all");
    assert!(data[0] > 250 && data[2] < 5 && data[data.len() - 1] > 250, "from red to blue");
    assert!(bounds(&g.scene.items[1]).contains_rect(Rect::new(0.1, 20.1, 99.9, 99.9)), "covers the path");
    let radial =
        resources.replace("ShadingType 2", "ShadingType 3").replace("[0 0 100 0]", "[50 50 0 50 50 40]");
    let g = gather("/Pattern cs /P scn 0 0 100 100 re f", &radial, &[]);
    let Some(Item::Image(image)) = g.scene.items.iter().find(|i| matches!(i, Item::Image(_))) else {
        panic!()
    };
    let Pixels::Rgb(data) = &image.raster.pixels else { panic!("colour") };
    let (w, h) = (image.raster.width as usize, image.raster.height as usize);
    let middle = &data[(h / 2 * w + w / 2) * 3..][..3];
    assert!(middle[0] > 230 && data[2] > 250, "red in the middle, blue outside: {middle:?}");
}

/// A page with a Type 3 font as /T: `a` draws what is given.
fn typed(content: &str, body: &[u8], matrix: &str) -> Gathered {
    let font = format!(
        "<</Type/Font/Subtype/Type3/FontMatrix[{matrix}]/FontBBox[0 0 1000 1000]/FirstChar 97/LastChar 97/Widths[600]\
         /CharProcs<</a 7 0 R>>/Encoding<</Differences[97/a]>>/Resources<</Font<</F1 5 0 R>>>>>>"
    );
    let content = content.to_owned();
    let font = vec![font.into_bytes(), stream("", body)];
    // The font is reached by a form, so that the page's own fonts stay as they are.
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</Font<</T 6 0 R>>>>",
        content.as_bytes(),
    );
    let mut more = font;
    more.push(form);
    gather("/X Do", "/XObject<</X 8 0 R>>", &more)
}

#[test]
fn drawn_letters() {
    let show = "1 0 0 rg BT /T 20 Tf 10 10 Td (aa) Tj ET";
    let usual = "0.001 0 0 0.001 0 0";
    let shape = typed(show, b"600 0 0 0 500 700 d1 0 0 500 700 re f", usual);
    assert_eq!(said(&shape.scene.items), "text(aa)", "a shape is a letter");
    let Item::Glyphs(run) = &shape.scene.items[0] else { panic!("a run") };
    assert_eq!(run.ink.rgb, [255, 0, 0], "in the text's colour");
    assert_eq!(run.glyphs[0].outline.bounds, Some(Rect::new(0.0, 0.0, 500.0, 700.0)), "in thousandths");
    assert!(Arc::ptr_eq(&run.glyphs[0].outline, &run.glyphs[1].outline), "one outline for both");

    let bitmap = b"600 0 0 0 300 200 d1 300 0 0 200 0 0 cm BI /W 3 /H 2 /IM true /BPC 1 ID \x40\xA0 EI";
    let traced = typed(show, bitmap, usual);
    assert_eq!(said(&traced.scene.items), "text(aa)", "a bitmap is a letter");
    let Item::Glyphs(run) = &traced.scene.items[0] else { panic!("a run") };
    // Rows 101 and 010: three pixels of 100 by 100 that touch at corners only.
    assert!((run.glyphs[0].outline.path.area().abs() - 30_000.0).abs() < 1.0, "exactly its pixels");
    assert_eq!(run.glyphs[0].outline.bounds, Some(Rect::new(0.0, 0.0, 300.0, 200.0)), "in their places");

    let coloured = typed(show, b"600 0 d0 0 0 1 rg 0 0 500 700 re f", usual);
    assert_eq!(said(&coloured.scene.items), "text(a) text(a)", "one colour of its own");
    let Item::Glyphs(run) = &coloured.scene.items[0] else { panic!("a run") };
    assert_eq!(run.ink.rgb, [0, 0, 255], "is kept");

    let drawing = typed(show, b"600 0 d0 0 0 1 rg 0 0 500 700 re f 0 1 0 rg 0 0 90 90 re f", usual);
    assert_eq!(said(&drawing.scene.items), "fill fill shown(a) fill fill shown(a)", "a drawing is drawn");

    let nested = typed(show, b"600 0 d0 BT /F1 900 Tf (n) Tj ET", usual);
    assert_eq!(said(&nested.scene.items), "text(n) text(n)", "the text in a glyph is what is read");

    let twice = typed(show, b"600 0 0 0 500 700 d1 0 0 300 300 re f 500 100 m 100 100 l 100 500 l f", usual);
    let Item::Glyphs(run) = &twice.scene.items[0] else { panic!("a run") };
    // 300 by 300, and a triangle of 80,000 of which the corner from 100 to 300 lies in it.
    let area = run.glyphs[0].outline.path.area().abs();
    assert!(run.glyphs[0].outline.path.elements().len() > 6 && area > 90_000.0, "parts add up: {area}");

    let huge =
        typed("BT /T 0.02 Tf 10 10 Td (aa) Tj ET", b"600 0 0 0 500 700 d1 0 0 500 700 re f", "1 0 0 1 0 0");
    let Item::Glyphs(run) = &huge.scene.items[0] else { panic!("a run") };
    let size = run.glyphs[0].outline.bounds.unwrap();
    assert!(size.height() < 8000.0 && size.height() > 40.0, "scaled to a letter's size: {size:?}");
    let place = run.glyphs[0].place.transform_rect_bbox(size);
    assert!(close(place, Rect::new(10.0, 76.0, 20.0, 90.0)), "in its place: {place:?}");
    assert!(huge.glyphs.glyphs[0].em > 10.0, "an em that is of use");
}

#[test]
fn notes_and_fields_are_drawn() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 50 20]/Resources<</Font<</F1 5 0 R>>>>",
        b"BT /F1 9 Tf 2 5 Td (note) Tj ET",
    );
    let note = b"<</Type/Annot/Subtype/FreeText/Rect[100 50 150 70]/AP<</N 6 0 R>>>>".to_vec();
    let hidden = b"<</Type/Annot/Subtype/FreeText/F 2/Rect[10 50 60 70]/AP<</N 6 0 R>>>>".to_vec();
    let g = gather("", ">>/Annots[7 0 R 8 0 R]/X<<", &[form, note, hidden]);
    assert_eq!(said(&g.scene.items), "text(note)", "as seen, where it stands, and not the hidden one");
    assert!((g.glyphs.glyphs[0].origin.x - 102.0).abs() < 0.01, "in its rectangle");
}

#[test]
fn concerns_are_told() {
    let usual = gather("BT /F1 10 Tf 20 50 Td (Hi) Tj ET", "", &[]);
    assert_eq!(usual.concerns, ["A usual font is not in the file; letters may look slightly different."]);
    let font = b"<</Type/Font/Subtype/TrueType/BaseFont/Frutiger/FirstChar 65/LastChar 65/Widths[600]\
                 /FontDescriptor<</Type/FontDescriptor/FontName/Frutiger/Flags 32>>>>";
    let other = gather("BT /F2 10 Tf 20 50 Td (A) Tj ET", ">>/X<<", &[]);
    assert!(other.glyphs.glyphs.len() < 2, "no font, no more than a guess");
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</Font<</F2 6 0 R>>>>",
        b"BT /F2 10 Tf 20 50 Td (A) Tj ET",
    );
    let other = gather("/X Do", "/XObject<</X 7 0 R>>", &[font.to_vec(), form]);
    assert!(
        other.concerns.iter().any(|c| c.starts_with("A font is not in the file")),
        "{:?}",
        other.concerns
    );
    let broken = stream(
        "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode",
        b"junk",
    );
    let broken = gather("q 20 0 0 20 0 0 cm /X Do Q", "/XObject<</X 6 0 R>>", &[broken]);
    assert!(broken.concerns.iter().any(|c| c.starts_with("A picture")), "{:?}", broken.concerns);
}
