//! Sheets made by hand, written, and read again: by our own reader, and by others where they are at hand.

use super::paint::DrawnBox;
use super::write::{Sheet, TextItem, Writer};
use crate::raw::{RawFile, filter};
use crate::scene::{
    Clip, Glyph, Group, Image, Ink, Item, Mask, Mode, NONE, Outline, Pixels, Raster, Rule, Run, Scene, Shape,
    Stroke,
};
use crate::{Document, Limits, Picture};
use hayro::kurbo::{Affine, BezPath, Circle, Rect, Shape as _};
use std::process::Command;
use std::sync::Arc;

pub(super) const BLACK: Ink = Ink { rgb: [0, 0, 0], alpha: 1.0 };
const RED: Ink = Ink { rgb: [200, 0, 0], alpha: 1.0 };

pub(super) fn outline(path: BezPath, key: u128) -> Arc<Outline> {
    let bounds = (!path.elements().is_empty()).then(|| path.bounding_box());
    Arc::new(Outline { path, bounds, key })
}

/// A letter: a block with a round hole, wound the other way.
fn block() -> Arc<Outline> {
    let mut path = Rect::new(50.0, 0.0, 550.0, 700.0).to_path(0.1);
    let hole = Circle::new((300.0, 350.0), 150.0).to_path(0.01).reverse_subpaths();
    path.extend(hole.elements().iter().copied());
    outline(path, 7)
}

/// A word of blocks at a place (x, and y of the line it stands on), `em` points high.
fn word(text: &[&str], at: (f64, f64), em: f64, number: u32, block_of: u32) -> Vec<Glyph> {
    let shape = block();
    let s = em / 1000.0;
    (0u32..)
        .zip(text)
        .map(|(i, t)| Glyph {
            outline: shape.clone(),
            text: (*t).into(),
            place: Affine::new([s, 0.0, 0.0, -s, at.0 + f64::from(i) * 0.6 * em, at.1]),
            advance: 600.0,
            vertical: false,
            number: 0,
            word: number,
            block: block_of,
        })
        .collect()
}

fn run(glyphs: Vec<Glyph>) -> Item {
    Item::Glyphs(Run { ink: BLACK, mode: Mode::Fill(Rule::NonZero), glyphs })
}

fn filled(path: BezPath, ink: Ink) -> Item {
    Item::Path(Shape { path, place: Affine::IDENTITY, ink, mode: Mode::Fill(Rule::NonZero) })
}

fn sheet(items: Vec<Item>) -> Sheet {
    let size = (300.0, 200.0);
    Sheet { size, scene: Scene { size, items }, boxes: Vec::new() }
}

pub(super) fn write(sheets: &[Sheet]) -> Vec<u8> {
    let mut writer = Writer::new("en-GB");
    let numbers: Vec<_> = sheets.iter().map(|s| writer.number(s)).collect();
    for (sheet, numbers) in sheets.iter().zip(&numbers) {
        writer.page(Writer::content(sheet, numbers));
    }
    writer.finish().unwrap()
}

pub(super) fn open(pdf: &[u8]) -> Document {
    Document::open(pdf.to_vec(), None, &Limits::default()).unwrap()
}

fn draw(items: Vec<Item>) -> Picture {
    open(&write(&[sheet(items)])).render(1, 72.0).unwrap()
}

/// What another program says of a file, if it is here.
pub(super) fn foreign(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> Option<(bool, String)> {
    let dir = std::env::temp_dir().join(format!("gb-write-{}-{program}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let hash = {
        use sha2::Digest;
        sha2::Sha256::digest(pdf)[..6].iter().map(|b| format!("{b:02x}")).collect::<String>()
    };
    let file = dir.join(format!("{hash}.pdf"));
    std::fs::write(&file, pdf).unwrap();
    let out = Command::new(program).args(before).arg(&file).args(after).output().ok();
    std::fs::remove_file(&file).ok();
    std::fs::remove_dir(&dir).ok();
    let out = out?;
    let said = [out.stdout, out.stderr].concat();
    Some((out.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

fn whole(pdf: &[u8]) {
    if let Some((fine, said)) = foreign("qpdf", &["--check"], pdf, &[]) {
        assert!(fine, "a foreign checker finds nothing wrong: {said}");
    }
}

fn text_of(pdf: &[u8]) -> Option<String> {
    foreign("pdftotext", &[], pdf, &["-"]).map(|(_, said)| said)
}

/// All streams of a file inflated, and all its dictionaries, in a row.
pub(super) fn inside(pdf: &[u8]) -> String {
    let limits = Limits::default();
    let file = RawFile::read(pdf, &limits).unwrap();
    let mut out = String::new();
    for object in &file.objects {
        out.push_str(&format!("\n{} 0 obj {:?}\n", object.number, object.value));
        if let (Some(range), Some(dict)) = (&object.stream, object.dict())
            && let Ok(decoded) = filter::decode(dict, &pdf[range.clone()], 1 << 24)
        {
            out.push_str(&String::from_utf8_lossy(&decoded.data));
        }
    }
    out
}

#[test]
fn words_are_drawn_where_they_stand_and_read_apart() {
    let mut glyphs = word(&["a", "b"], (20.0, 50.0), 20.0, 0, 0);
    // Nearer to its neighbour than a space is wide: only the space between tells them apart.
    glyphs.extend(word(&["c", "ffi"], (46.5, 50.0), 20.0, 1, 0));
    glyphs.extend(word(&["d"], (20.0, 80.0), 20.0, 2, 1));
    let pdf = write(&[sheet(vec![run(glyphs)])]);
    whole(&pdf);
    let doc = open(&pdf);
    let words: Vec<String> = doc.words(1).unwrap().words.iter().map(|w| w.text.clone()).collect();
    assert_eq!(words, ["ab", "cffi", "d"], "our own reader finds the words");
    if let Some(text) = text_of(&pdf) {
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words, ["ab", "cffi", "d"], "and so does another");
    }
    let picture = doc.render(1, 72.0).unwrap();
    assert!(picture.at(22, 40)[0] < 60, "ink where the letter is");
    assert!(picture.at(26, 43)[0] > 200, "its hole is a hole");
    assert!(picture.at(49, 40)[0] < 60, "the second word stands where it should");
    assert!(picture.at(45, 40)[0] > 200, "and not before");
}

#[test]
fn turned_stretched_and_vertical_text_stands_where_it_should() {
    let mut all = Vec::new();
    let mut turned = word(&["a", "b", "c"], (0.0, 0.0), 20.0, 0, 0);
    for g in &mut turned {
        g.place = Affine::translate((40.0, 180.0)) * Affine::rotate(-std::f64::consts::FRAC_PI_2) * g.place;
    }
    all.extend(turned);
    let mut wide = word(&["d", "e"], (0.0, 0.0), 20.0, 1, 1);
    for g in &mut wide {
        g.place = Affine::translate((100.0, 50.0)) * Affine::scale_non_uniform(2.0, 1.0) * g.place;
    }
    all.extend(wide);
    let mut down = word(&["f", "g", "h"], (0.0, 0.0), 20.0, 2, 2);
    for (i, g) in down.iter_mut().enumerate() {
        (g.vertical, g.advance) = (true, -1000.0);
        g.place = Affine::new([0.02, 0.0, 0.0, -0.02, 200.0, 60.0 + 20.0 * i as f64]);
    }
    all.extend(down);
    let pdf = write(&[sheet(vec![run(all)])]);
    whole(&pdf);
    let p = open(&pdf).render(1, 72.0).unwrap();
    assert!(p.at(30, 177)[0] < 60, "upwards: the foot of the first letter");
    assert!(p.at(30, 153)[0] < 60, "and of the third, two letters up");
    assert!(p.at(103, 45)[0] < 60 && p.at(127, 45)[0] < 60, "stretched: both letters, twice as far apart");
    assert!(p.at(202, 50)[0] < 60 && p.at(202, 90)[0] < 60, "downwards: the first and the third");
    assert!(p.at(202, 110)[0] > 200, "and no more");
    let inside = inside(&pdf);
    assert!(inside.contains("Identity-V"), "vertical text is vertical to whoever selects it");
}

#[test]
fn text_over_pictures_is_not_seen_but_found() {
    let mut glyphs = word(&["s", "e", "e"], (20.0, 50.0), 20.0, 0, 0);
    glyphs.push(Glyph { text: "".into(), ..glyphs[0].clone() });
    let pdf = write(&[sheet(vec![Item::Glyphs(Run { ink: BLACK, mode: Mode::Invisible, glyphs })])]);
    whole(&pdf);
    assert!(open(&pdf).render(1, 72.0).unwrap().rgb.iter().all(|v| *v == 255), "nothing is seen");
    if let Some(text) = text_of(&pdf) {
        assert_eq!(text.trim(), "see");
    }
    let font = font_of(&pdf);
    assert!(font.len() < 700, "no outline is in the font: {} bytes", font.len());
}

fn font_of(pdf: &[u8]) -> Vec<u8> {
    let file = RawFile::read(pdf, &Limits::default()).unwrap();
    let object = file.objects.iter().find(|o| o.dict().is_some_and(|d| d.get(b"Length1").is_some())).unwrap();
    let range = object.stream.clone().unwrap();
    filter::decode(object.dict().unwrap(), &pdf[range], 1 << 24).ok().unwrap().data
}

#[test]
fn a_glyph_that_is_not_shown_is_not_in_the_font() {
    let one = write(&[sheet(vec![run(word(&["a"], (20.0, 50.0), 20.0, 0, 0))])]);
    let inside = inside(&one);
    assert!(inside.contains("1 beginbfchar\n<0001> <0061>\nendbfchar"), "one character, and it is a");
    let glyphs = |pdf: &[u8]| {
        let font = font_of(pdf);
        let maxp = font.windows(4).position(|w| w == b"maxp").unwrap();
        let at = u32::from_be_bytes(font[maxp + 8..maxp + 12].try_into().unwrap()) as usize;
        u16::from_be_bytes([font[at + 4], font[at + 5]])
    };
    assert_eq!(glyphs(&one), 2, "the letter and the empty glyph every font begins with");
    let spaced = {
        let mut g = word(&["a"], (20.0, 50.0), 20.0, NONE, NONE);
        g.push(Glyph { outline: outline(BezPath::new(), 0), text: " ".into(), ..g[0].clone() });
        g.extend(word(&["a"], (60.0, 50.0), 20.0, NONE, NONE));
        write(&[sheet(vec![run(g)])])
    };
    assert_eq!(glyphs(&spaced), 3, "a space of the source is not carried: ours is");
    assert!(!String::from_utf8_lossy(&one).contains("Producer"), "nobody's name is in the file");
}

#[test]
fn letters_too_large_for_a_font_are_paths_and_still_say_what_they_say() {
    let pdf = write(&[sheet(vec![run(word(&["X"], (20.0, 180.0), 310.0, 0, 0))])]);
    whole(&pdf);
    let p = open(&pdf).render(1, 72.0).unwrap();
    assert!(p.at(50, 100)[0] < 60 && p.at(113, 72)[0] > 200, "the block is drawn, and its hole");
    if let Some(text) = text_of(&pdf) {
        assert_eq!(text.trim(), "X");
    }
}

#[test]
fn paths_lines_and_clips() {
    let line = |width: f64, place: Affine, path: BezPath| {
        let stroke = Stroke { width, cap: 0, join: 0, miter: 10.0, dashes: Vec::new(), offset: 0.0 };
        Item::Path(Shape { path, place, ink: BLACK, mode: Mode::Stroke(stroke) })
    };
    let mut level = BezPath::new();
    level.move_to((0.0, 0.0));
    level.line_to((10.0, 0.0));
    let clip = Clip { path: Rect::new(100.0, 100.0, 120.0, 120.0).to_path(0.1), rule: Rule::NonZero };
    let p = draw(vec![
        filled(Rect::new(10.0, 10.0, 30.0, 20.0).to_path(0.1), RED),
        // Twenty long and six high: what was one unit wide is six points high here.
        line(1.0, Affine::new([2.0, 0.0, 0.0, 6.0, 10.0, 40.0]), level.clone()),
        line(6.0, Affine::new([1.0, 0.0, 0.0, 1.0, 10.0, 60.0]), level),
        Item::PushClip(clip),
        filled(Rect::new(90.0, 90.0, 140.0, 140.0).to_path(0.1), BLACK),
        Item::PopClip,
        Item::PushClip(Clip { path: BezPath::new(), rule: Rule::NonZero }),
        filled(Rect::new(200.0, 90.0, 240.0, 140.0).to_path(0.1), BLACK),
        Item::PopClip,
        filled(Rect::new(200.0, 10.0, 240.0, 20.0).to_path(0.1), Ink { rgb: [0, 0, 0], alpha: 0.5 }),
    ]);
    assert_eq!(p.at(20, 15), [200, 0, 0], "a rectangle of its colour");
    assert!(p.at(20, 38)[0] < 60 && p.at(20, 45)[0] > 200, "a stretched line is stretched");
    assert!(p.at(15, 58)[0] < 60 && p.at(25, 60)[0] > 200, "a line is as long and as wide as it is");
    assert!(p.at(110, 110)[0] < 60 && p.at(95, 110)[0] > 200, "only what is inside a clip shows");
    assert!(p.at(220, 110)[0] > 200, "inside of nothing, nothing shows");
    assert!((120..136).contains(&p.at(220, 15)[0]), "half hidden is half seen");
}

#[test]
fn groups_blend_and_masks_let_through() {
    let path = |x: f64| Rect::new(x, 10.0, x + 40.0, 50.0).to_path(0.1);
    let group = |alpha, blend, mask| Item::PushGroup(Group { alpha, blend, mask });
    let white = Ink { rgb: [255; 3], alpha: 1.0 };
    let mask = |luminosity, transfer| {
        let items = vec![filled(Rect::new(0.0, 0.0, 300.0, 30.0).to_path(0.1), white)];
        Some(Arc::new(Mask { luminosity, backdrop: [0; 3], transfer, items }))
    };
    let turned: Vec<u8> = (0..=255).rev().collect();
    let items = vec![
        filled(path(10.0), RED),
        group(1.0, "Multiply", None),
        filled(path(10.0), Ink { rgb: [255, 255, 0], alpha: 1.0 }),
        filled(path(20.0), Ink { rgb: [0, 255, 255], alpha: 1.0 }),
        Item::PopGroup,
        group(0.5, "Normal", None),
        filled(path(70.0), BLACK),
        filled(path(80.0), BLACK),
        Item::PopGroup,
        group(1.0, "Normal", mask(true, None)),
        filled(path(140.0), BLACK),
        Item::PopGroup,
        group(1.0, "Normal", mask(true, Some(Arc::new(turned)))),
        filled(path(190.0), BLACK),
        Item::PopGroup,
        group(1.0, "Normal", mask(false, None)),
        filled(path(240.0), BLACK),
        Item::PopGroup,
    ];
    let pdf = write(&[sheet(items.clone()), sheet(items)]);
    whole(&pdf);
    let p = open(&pdf).render(1, 72.0).unwrap();
    assert_eq!(p.at(15, 30), [200, 0, 0], "red times yellow is red");
    assert_eq!(p.at(30, 30), [0, 0, 0], "red times cyan is black");
    assert!((120..136).contains(&p.at(90, 30)[0]), "what overlaps in a group is one");
    assert!(p.at(150, 20)[0] < 60 && p.at(150, 40)[0] > 200, "light lets through");
    assert!(p.at(200, 20)[0] > 200 && p.at(200, 40)[0] < 60, "dark does where the mask is turned round");
    assert!(p.at(250, 20)[0] < 60 && p.at(250, 40)[0] > 200, "what is opaque lets through");
    // Five groups and one drawing for the three masks, which are alike; the second page brings no more.
    assert_eq!(String::from_utf8_lossy(&pdf).matches("/Subtype/Form").count(), 6);
}

#[test]
fn text_in_a_group_is_tagged_where_it_stands() {
    let mut items = vec![Item::PushGroup(Group { alpha: 0.5, blend: "Normal", mask: None })];
    items.push(run(word(&["i", "n"], (20.0, 50.0), 20.0, 1, 1)));
    items.push(Item::PopGroup);
    items.push(run(word(&["o", "n"], (20.0, 90.0), 20.0, 0, 0)));
    let pdf = write(&[sheet(items)]);
    whole(&pdf);
    if let Some((_, said)) = foreign("pdfinfo", &["-struct-text"], &pdf, &[]) {
        let (on, within) = (said.find("\"on"), said.find("\"in"));
        assert!(on.is_some() && on < within, "both are read, in reading order: {said}");
    }
}

#[test]
fn lines_of_glyphs_are_kept_on_their_place() {
    // Advances that do not add up to where glyphs stand: letter-spacing and kerning.
    let mut glyphs = word(&["a"; 60], (10.0, 50.0), 7.3, 0, 0);
    for (i, g) in glyphs.iter_mut().enumerate() {
        let x = 10.0 + i as f64 * 4.567 + f64::from(i as u32 % 3) * 0.123;
        g.place = Affine::new([0.0073, 0.0, 0.0, -0.0073, x, 50.0]);
    }
    let wanted: Vec<f64> = glyphs.iter().map(|g| g.place.as_coeffs()[4]).collect();
    let pdf = write(&[sheet(vec![run(glyphs)])]);
    let doc = open(&pdf);
    let mut reader = crate::scene::gather::Reader::new(doc.pdf(), &Limits::default());
    let scene = reader.scene(0, &[]).scene;
    let stand: Vec<f64> = scene
        .items
        .iter()
        .flat_map(|i| match i {
            Item::Glyphs(run) => run.glyphs.iter().map(|g| g.place.as_coeffs()[4]).collect(),
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(stand.len(), wanted.len(), "every glyph is shown once");
    let off = stand.iter().zip(&wanted).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(off < 0.01, "none is further off than a hundredth of a point: {off}");
}

fn picture(width: u32, height: u32, pixels: Pixels, key: u128, at: (f64, f64)) -> Item {
    let raster = Arc::new(Raster {
        width,
        height,
        pixels,
        alpha: None,
        smooth: false,
        key,
        origin: crate::scene::Origin::Picture,
    });
    Item::Image(Image { raster, place: Affine::new([40.0, 0.0, 0.0, 40.0, at.0, at.1]) })
}

#[test]
fn pictures_of_every_kind_come_out_as_they_went_in() {
    let size = 40usize;
    let at = |f: &dyn Fn(usize, usize) -> Vec<u8>| -> Arc<Vec<u8>> {
        Arc::new((0..size * size).flat_map(|i| f(i % size, i / size)).collect())
    };
    let two = at(&|x, y| vec![if x < 20 && y < 10 { 0 } else { 255 }]);
    let tones = at(&|x, _| vec![(x * 6) as u8]);
    let flag = at(&|x, y| if x < 20 { vec![0, 0, 200] } else { vec![200, (y / 20 * 100) as u8, 0] });
    let many = at(&|x, y| vec![(x * 6) as u8, (y * 6) as u8, ((x + y) * 3) as u8]);
    let stencil = at(&|x, y| vec![if x == y || x + y > 60 { 255 } else { 0 }]);
    let soft = at(&|x, _| vec![(x * 6) as u8]);
    let items = vec![
        picture(40, 40, Pixels::Grey(two), 1, (10.0, 10.0)),
        picture(40, 40, Pixels::Grey(tones), 2, (60.0, 10.0)),
        picture(40, 40, Pixels::Rgb(flag), 3, (110.0, 10.0)),
        picture(40, 40, Pixels::Rgb(many), 4, (160.0, 10.0)),
        picture(40, 40, Pixels::Stencil(stencil, RED), 5, (210.0, 10.0)),
        picture(40, 40, Pixels::Stencil(soft, RED), 6, (10.0, 60.0)),
    ];
    let pdf = write(&[sheet(items)]);
    whole(&pdf);
    let p = open(&pdf).render(1, 72.0).unwrap();
    let near = |x: u32, y: u32, want: [u8; 3], why: &str| {
        let got = p.at(x, y);
        assert!(got.iter().zip(want).all(|(g, w)| g.abs_diff(w) < 8), "{why}: {got:?} for {want:?}");
    };
    near(15, 15, [0; 3], "black is at the top left, as its rows say");
    near(15, 35, [255; 3], "and white below");
    near(80, 30, [120; 3], "tones are what they were");
    near(120, 30, [0, 0, 200], "few colours");
    near(140, 45, [200, 100, 0], "the lower ones");
    near(180, 20, [120, 60, 90], "many colours");
    near(245, 45, [200, 0, 0], "a stencil lays its colour");
    near(240, 20, [255; 3], "and leaves the rest");
    near(30, 80, [229, 135, 135], "a soft one lays it thinly");
}

#[test]
fn a_photograph_becomes_a_jpeg_and_a_drawing_does_not() {
    let noise = |i: usize| {
        let mut v = i as u32 + 1;
        for _ in 0..3 {
            v ^= v << 13;
            v ^= v >> 17;
            v ^= v << 5;
        }
        v
    };
    let rgb = |f: &dyn Fn(usize) -> u8| Arc::new((0..200 * 200 * 3).map(f).collect::<Vec<u8>>());
    let photo = write(&[sheet(vec![picture(
        200,
        200,
        Pixels::Rgb(rgb(&|i| (i / 600) as u8 / 2 + (noise(i) % 24) as u8)),
        1,
        (0.0, 0.0),
    )])]);
    let slope = rgb(&|i| {
        let (x, y) = (i / 3 % 200, i / 600);
        [x, y, (x + y) / 2][i % 3] as u8
    });
    let drawing = write(&[sheet(vec![picture(200, 200, Pixels::Rgb(slope), 1, (0.0, 0.0))])]);
    let holds = |pdf: &[u8], what: &str| String::from_utf8_lossy(pdf).contains(what);
    assert!(holds(&photo, "DCTDecode"), "grain does not deflate");
    assert!(holds(&drawing, "/Predictor 15"), "an even slope does");
    assert!(drawing.len() < 12_000, "and well: {}", drawing.len());
}

#[test]
fn the_same_picture_is_written_once() {
    let grey = Arc::new(vec![128u8; 40 * 40]);
    let items = || vec![picture(40, 40, Pixels::Grey(grey.clone()), 9, (10.0, 10.0))];
    let pdf = write(&[sheet(items()), sheet(items())]);
    assert_eq!(String::from_utf8_lossy(&pdf).matches("/Subtype/Image").count(), 1);
    assert!(open(&pdf).render(2, 72.0).unwrap().at(20, 20)[0] < 140, "and shown twice");
}

#[test]
fn boxes_are_black_with_their_code_in_white_dots_and_no_text() {
    let boxes = vec![DrawnBox {
        rect: [50.0, 40.0, 120.0, 60.0],
        label: Some([60.0, 43.0, 108.0, 57.0]),
        codes: vec!["S40".into(), "(x)\\".into()],
    }];
    let pdf = write(&[Sheet { boxes, ..sheet(Vec::new()) }]);
    whole(&pdf);
    let p = open(&pdf).render(1, 72.0).unwrap();
    assert_eq!(p.at(52, 42), [0, 0, 0], "a box is black");
    assert_eq!(p.at(63, 43), [255, 255, 255], "the top bar of the S");
    assert_eq!(p.at(48, 50), [255, 255, 255], "and ends where it should");
    assert!(open(&pdf).words(1).unwrap().words.is_empty(), "its code is no text");
    let inside = inside(&pdf);
    assert!(inside.contains("Removed: S40-x"), "but those who cannot see it are told: {inside}");
}

#[test]
fn paragraphs_are_tagged_in_reading_order() {
    // Painted last paragraph first, and the first in two pieces.
    let mut items = vec![run(word(&["z"], (20.0, 90.0), 20.0, 5, 1))];
    items.push(run(word(&["a"], (20.0, 50.0), 20.0, 0, 0)));
    items.push(filled(Rect::new(10.0, 10.0, 30.0, 20.0).to_path(0.1), RED));
    items.push(run(word(&["b"], (60.0, 50.0), 20.0, 1, 0)));
    items.push(run(word(&["x"], (60.0, 150.0), 20.0, NONE, NONE)));
    let pdf = write(&[sheet(items)]);
    whole(&pdf);
    if let Some((_, said)) = foreign("pdfinfo", &["-struct-text"], &pdf, &[]) {
        let said: Vec<&str> = said.split_whitespace().collect();
        let at = |w: &str| said.iter().position(|s| s.trim_matches('"') == w);
        assert!(at("a") < at("b") && at("b") < at("z") && at("a").is_some(), "{said:?}");
        assert_eq!(at("x"), None, "what belongs to no paragraph is decoration");
    }
}

#[test]
fn the_same_pages_are_the_same_bytes_however_they_are_written() {
    let page = |t: &str| {
        sheet(vec![
            run(word(&[t, "b"], (20.0, 50.0), 20.0, 0, 0)),
            picture(2, 2, Pixels::Grey(Arc::new(vec![0, 50, 100, 200])), 3, (10.0, 10.0)),
        ])
    };
    let sheets = [page("a"), page("c"), page("d")];
    let all_first = write(&sheets);
    let mut writer = Writer::new("en-GB");
    for s in &sheets {
        let numbers = writer.number(s);
        writer.page(Writer::content(s, &numbers));
    }
    assert!(writer.finish().unwrap() == all_first, "numbering ahead changes nothing");
}

#[test]
fn rebuilt_and_pictured_pages_stand_in_one_file() {
    let rebuilt = sheet(vec![run(word(&["a"], (20.0, 50.0), 20.0, 0, 0))]);
    let picture = Picture { width: 100, height: 50, rgb: vec![255; 15_000] };
    let encoded = super::encode::encode(&picture, 80).unwrap();
    let item = |t: &str, line: u32| {
        let top = 10.0 + 16.0 * line as f32;
        TextItem { text: t.into(), rect: [10.0, top, 60.0, top + 12.0], angle: 0, line }
    };
    let mut writer = Writer::new("cy");
    let numbers = writer.number(&rebuilt);
    writer.picture((100.0, 50.0), &encoded, &[item("gair", 0), item("arall", 1)]);
    writer.page(Writer::content(&rebuilt, &numbers));
    let pdf = writer.finish().unwrap();
    whole(&pdf);
    let doc = open(&pdf);
    let words = |page| doc.words(page).unwrap().words.iter().map(|w| w.text.clone()).collect::<Vec<_>>();
    assert_eq!((words(1).len(), words(2)), (2, vec!["a".to_owned()]));
    if let Some(text) = text_of(&pdf) {
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["gair", "arall", "a"]);
    }
}
