//! Pages made by hand, and what is gathered of them.

use super::super::{Item, Mode, Pixels};
use super::{Gathered, Reader};
use crate::Limits;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Rect, Shape};

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
fn balanced(items: &[Item]) {
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
