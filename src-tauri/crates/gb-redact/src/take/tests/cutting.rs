//! Paths, clips, masks and pixels under boxes.

use super::*;
use hayro::kurbo::{Point, Rect};

const BOX: [f32; 4] = [100.0, 100.0, 200.0, 200.0];

fn taken(fill: impl FnOnce(&mut Paper)) -> Taken {
    let mut paper = Paper::new();
    fill(&mut paper);
    paper.take(&[&area(BOX)], Widths::Hidden)
}

fn shapes(taken: &Taken) -> Vec<&crate::scene::Shape> {
    taken.scene.items.iter().filter_map(|i| if let Item::Path(s) = i { Some(s) } else { None }).collect()
}

fn stroke(width: f64, dashes: Vec<f64>) -> Mode {
    Mode::Stroke(Stroke { width, cap: 0, join: 0, miter: 10.0, dashes, offset: 0.0 })
}

fn line(points: &[(f64, f64)]) -> BezPath {
    let mut out = BezPath::new();
    out.move_to(points[0]);
    points[1..].iter().for_each(|p| out.line_to(*p));
    out
}

fn ink(shape: &crate::scene::Shape) -> BezPath {
    shape.place * shape.path.clone()
}

#[test]
fn filled_paths_are_cut() {
    let circle = |x, y, r| hayro::kurbo::Circle::new((x, y), r).to_path(0.01);
    let fill = Mode::Fill(Rule::NonZero);
    let away = taken(|p| p.shape(circle(50.0, 50.0, 20.0), fill.clone()));
    assert_eq!(shapes(&away)[0].path, circle(50.0, 50.0, 20.0), "not met: not touched");
    assert!(shapes(&taken(|p| p.shape(circle(150.0, 150.0, 20.0), fill.clone()))).is_empty(), "inside: gone");
    let part = taken(|p| p.shape(circle(100.0, 150.0, 20.0), fill.clone()));
    let left = ink(shapes(&part)[0]);
    assert!(left.bounding_box().x1 <= 100.001, "nothing is left in the box");
    let half = circle(100.0, 150.0, 20.0).area().abs() / 2.0;
    assert!((left.area().abs() - half).abs() < 1.0, "and all that lies outside is: {}", left.area());
    let paper = taken(|p| p.rect([0.0, 0.0, 595.0, 842.0]));
    assert_eq!(shapes(&paper)[0].path.bounding_box().width(), 595.0, "a page's paper says nothing: it stays");
    let frame = taken(|p| {
        let mut path = Rect::new(50.0, 50.0, 250.0, 250.0).to_path(0.1);
        path.extend(Rect::new(110.0, 110.0, 190.0, 190.0).to_path(0.1).iter());
        p.shape(path, Mode::Fill(Rule::EvenOdd));
    });
    let area = ink(shapes(&frame)[0]).area().abs();
    assert!((area - (40_000.0 - 10_000.0)).abs() < 1.0, "a hole in a shape ends at the box too: {area}");
}

#[test]
fn strokes_are_cut() {
    let across = taken(|p| p.shape(line(&[(50.0, 150.0), (250.0, 150.0)]), stroke(2.0, vec![])));
    let shape = shapes(&across)[0];
    assert!(matches!(shape.mode, Mode::Stroke(_)), "a straight line stays a line");
    assert_eq!(shape.path.segments().count(), 2, "on both sides of the box");
    assert!(shape.path.segments().all(|s| s.bounding_box().x1 <= 100.0 || s.bounding_box().x0 >= 200.0));
    let inside = taken(|p| p.shape(line(&[(120.0, 150.0), (180.0, 150.0)]), stroke(2.0, vec![])));
    assert!(shapes(&inside).is_empty(), "inside: gone");
    let near = line(&[(50.0, 95.0), (250.0, 95.0)]);
    let beside = taken(|p| p.shape(near.clone(), stroke(2.0, vec![])));
    assert_eq!(shapes(&beside)[0].path, near, "one that passes by is not touched");
    let thick = taken(|p| p.shape(near.clone(), stroke(20.0, vec![])));
    let reaches = shapes(&thick)
        .iter()
        .any(|s| ink(s).segments().any(|g| g.bounding_box().x0 < 150.0 && g.bounding_box().x1 > 150.0));
    assert!(!reaches, "a thick one whose ink reaches in is cut");
    for (why, dashes) in [("dashed", vec![3.0, 2.0]), ("curved", vec![])] {
        let mut path = BezPath::new();
        path.move_to((50.0, 150.0));
        path.curve_to((120.0, 60.0), (180.0, 240.0), (250.0, 150.0));
        let cut = taken(|p| p.shape(path, stroke(2.0, dashes)));
        let shape = shapes(&cut)[0];
        assert!(matches!(shape.mode, Mode::Fill(_)), "{why}: cut as what it covers");
        let centre = Rect::new(100.1, 100.1, 199.9, 199.9);
        let hit = |p: Point| centre.contains(p);
        assert!(
            !ink(shape).segments().any(|s| hit(hayro::kurbo::ParamCurve::start(&s))),
            "{why}: none in the box"
        );
    }
    let frame = taken(|p| p.shape(Rect::new(90.0, 90.0, 210.0, 210.0).to_path(0.1), stroke(1.0, vec![])));
    assert_eq!(ink(shapes(&frame)[0]).bounding_box().width(), 120.0, "a frame around the box stays");
}

#[test]
fn clips_masks_and_empty_groups() {
    let letter = hayro::kurbo::Circle::new((150.0, 150.0), 20.0).to_path(0.01);
    let group = |mask| Group { alpha: 1.0, blend: "Normal", mask };
    let clipped = taken(|p| {
        p.scene.items.push(Item::PushClip(Clip { path: letter.clone(), rule: Rule::NonZero }));
        p.rect([0.0, 0.0, 595.0, 842.0]);
        p.scene.items.push(Item::PopClip);
    });
    assert!(
        clipped.scene.items.is_empty(),
        "a clip of the shape of a letter under the box, and all it shaped"
    );
    for (radius, turns, why) in [
        (60.0, false, "the box is cut out of a clip whose edge runs through it"),
        (
            90.0,
            true,
            "a clip with no edge in the box says nothing there, and a hole in it would show as a seam",
        ),
    ] {
        let wide = taken(|p| {
            let path = hayro::kurbo::Circle::new((150.0, 150.0), radius).to_path(0.01);
            p.scene.items.push(Item::PushClip(Clip { path, rule: Rule::NonZero }));
            p.rect([0.0, 0.0, 595.0, 842.0]);
            p.scene.items.push(Item::PopClip);
        });
        let Some(Item::PushClip(clip)) = wide.scene.items.first() else { unreachable!("the clip stays") };
        assert_eq!(clip.path.winding(Point::new(150.0, 150.0)) != 0, turns, "{why}");
    }
    let mask = Mask {
        luminosity: true,
        backdrop: [0; 3],
        transfer: None,
        items: vec![
            Item::Path(crate::scene::Shape {
                path: letter.clone(),
                place: Affine::IDENTITY,
                ink: BLACK,
                mode: Mode::Fill(Rule::NonZero),
            }),
            Item::Path(crate::scene::Shape {
                path: Rect::new(10.0, 10.0, 20.0, 20.0).to_path(0.1),
                place: Affine::IDENTITY,
                ink: BLACK,
                mode: Mode::Fill(Rule::NonZero),
            }),
        ],
    };
    let masked = taken(|p| {
        p.scene.items.push(Item::PushGroup(group(Some(Arc::new(mask)))));
        p.rect([10.0, 10.0, 20.0, 20.0]);
        p.scene.items.push(Item::PopGroup);
    });
    let Some(Item::PushGroup(Group { mask: Some(mask), .. })) = masked.scene.items.first() else {
        unreachable!("the group stays")
    };
    assert_eq!(mask.items.len(), 1, "a letter in a mask goes as one on the page does");
    let empty = taken(|p| {
        p.scene.items.push(Item::PushClip(Clip {
            path: Rect::new(0.0, 0.0, 300.0, 300.0).to_path(0.1),
            rule: Rule::NonZero,
        }));
        p.scene.items.push(Item::PushGroup(group(None)));
        p.rect([120.0, 120.0, 130.0, 130.0]);
        p.scene.items.push(Item::PopGroup);
        p.scene.items.push(Item::PopClip);
    });
    assert!(empty.scene.items.is_empty(), "nothing is left of a group with nothing in it");
}

fn raster(pixels: Pixels, alpha: bool) -> Raster {
    let alpha = alpha.then(|| (10, 10, Arc::new(vec![7; 100])));
    Raster {
        width: 20,
        height: 20,
        pixels,
        alpha,
        smooth: true,
        key: 5,
        origin: crate::scene::Origin::Picture,
    }
}

#[test]
fn pixels_under_a_box_are_flat() {
    // Pixels of 10 points from 50 to 250; the box lies on those from the 6th to the 15th.
    let place = Affine::new([200.0, 0.0, 0.0, 200.0, 50.0, 50.0]);
    let put = |pixels: Pixels, alpha, place| {
        taken(|p| p.scene.items.push(Item::Image(Image { raster: Arc::new(raster(pixels, alpha)), place })))
    };
    let grey = put(Pixels::Grey(Arc::new(vec![9; 400])), true, place);
    let Some(Item::Image(image)) = grey.scene.items.first() else { unreachable!("the picture stays") };
    let Pixels::Grey(data) = &image.raster.pixels else { unreachable!("as it was") };
    for (i, v) in data.iter().enumerate() {
        let inside = (5..15).contains(&(i % 20)) && (5..15).contains(&(i / 20));
        assert_eq!(*v, if inside { 0 } else { 9 }, "pixel {i}");
    }
    let Some((10, 10, alpha)) = &image.raster.alpha else { unreachable!("its alpha too") };
    // Its own pixels are of 20 points: the box ends inside some of them.
    assert_eq!(alpha.iter().filter(|a| **a == 255).count(), 36, "every one the box meets is opaque");
    assert_ne!(image.raster.key, 5, "another picture has another key");
    let turned = place * Affine::rotate_about(0.4, (0.5, 0.5));
    let turned_picture = put(Pixels::Rgb(Arc::new(vec![9; 1200])), false, turned);
    let Some(Item::Image(image)) = turned_picture.scene.items.first() else { unreachable!("it stays") };
    let Pixels::Rgb(data) = &image.raster.pixels else { unreachable!("as it was") };
    for at in 0..400usize {
        let (x, y) = ((at % 20) as f64, (at / 20) as f64);
        let middle = turned * Point::new((x + 0.5) / 20.0, (y + 0.5) / 20.0);
        if Rect::new(100.0, 100.0, 200.0, 200.0).contains(middle) {
            assert_eq!(data[at * 3..at * 3 + 3], [0, 0, 0], "turned: pixel {at} lies in the box");
        }
        if !Rect::new(85.0, 85.0, 215.0, 215.0).contains(middle) {
            assert_eq!(data[at * 3..at * 3 + 3], [9, 9, 9], "turned: pixel {at} lies away from it");
        }
    }
    let stencil = put(Pixels::Stencil(Arc::new(vec![255; 400]), BLACK), false, place);
    let Some(Item::Image(image)) = stencil.scene.items.first() else { unreachable!("it stays") };
    let Pixels::Stencil(data, _) = &image.raster.pixels else { unreachable!("as it was") };
    assert_eq!(data.iter().filter(|v| **v == 0).count(), 100, "a stencil's ink is taken away");
    let small = Affine::new([50.0, 0.0, 0.0, 50.0, 120.0, 120.0]);
    assert!(put(Pixels::Grey(Arc::new(vec![9; 400])), false, small).scene.items.is_empty(), "inside: gone");
    let jpeg = Pixels::Jpeg { data: Arc::new(vec![1]), colour: false };
    let locked = put(jpeg.clone(), false, place);
    assert_eq!(locked.touched.len(), 1, "a picture not decoded is asked for");
    assert!(locked.scene.items.is_empty(), "and not handed on");
    let away = put(jpeg, false, Affine::new([50.0, 0.0, 0.0, 50.0, 300.0, 300.0]));
    assert!(
        away.touched.is_empty() && away.scene.items.len() == 1,
        "one the box does not meet keeps its bytes"
    );
}
