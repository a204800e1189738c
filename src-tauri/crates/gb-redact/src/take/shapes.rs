//! Paths taken out of an area.

use super::frame::{holds, meet};
use crate::scene::{Clip, Mode, Rule, Shape, Stroke};
use hayro::kurbo::{self, Affine, BezPath, PathEl, Point, Rect, Shape as _};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::single::SingleFloatOverlay;

/// How far a flattened curve may lie from the curve, in points.
const FLAT: f64 = 0.02;

/// What is left of something.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Left<T> {
    /// All of it, to the byte.
    Whole,
    Part(T),
    Nothing,
}

/// A path's box, if it is one rectangle that stands straight on the page.
pub(super) fn rectangle(path: &BezPath, place: Affine) -> Option<Rect> {
    let mut points: Vec<Point> = Vec::with_capacity(5);
    for (i, el) in path.elements().iter().enumerate() {
        match el {
            PathEl::MoveTo(p) if i == 0 => points.push(place * *p),
            PathEl::LineTo(p) if points.len() < 5 => points.push(place * *p),
            PathEl::ClosePath if i + 1 == path.elements().len() => {}
            _ => return None,
        }
    }
    if points.len() == 5 && (points[4] - points[0]).hypot() < 1e-6 {
        points.pop();
    }
    if points.len() != 4 {
        return None;
    }
    let straight = |a: Point, b: Point| {
        let level = (a.y - b.y).abs() < 1e-6;
        let upright = (a.x - b.x).abs() < 1e-6;
        (level != upright).then_some(level)
    };
    let turns: Option<Vec<bool>> = (0..4).map(|i| straight(points[i], points[(i + 1) % 4])).collect();
    let turns = turns?;
    (turns[0] != turns[1] && turns[0] == turns[2] && turns[1] == turns[3])
        .then(|| Rect::from_points(points[0], points[2]))
}

/// Whether a shape is a single line that is level or upright on the page.
pub(super) fn level(shape: &Shape) -> bool {
    let mut points = shape.path.elements().iter();
    match (points.next(), points.next(), points.next()) {
        (Some(PathEl::MoveTo(a)), Some(PathEl::LineTo(b)), None | Some(PathEl::ClosePath)) => {
            let (a, b) = (shape.place * *a, shape.place * *b);
            (a.y - b.y).abs() < 0.05 || (a.x - b.x).abs() < 0.05
        }
        _ => false,
    }
}

/// How far a shape's ink may reach beyond its path, in points; corners stretched to a point left out.
pub(super) fn reach(shape: &Shape) -> f64 {
    match &shape.mode {
        Mode::Stroke(s) => s.width * 0.5 * stretch(shape.place),
        _ => 0.0,
    }
}

/// The most a transform lengthens anything.
fn stretch(place: Affine) -> f64 {
    let [a, b, c, d, _, _] = place.as_coeffs();
    let (p, q) = (a * a + b * b + c * c + d * d, (a * d - b * c).abs());
    let s = ((p + 2.0 * q).max(0.0).sqrt() + (p - 2.0 * q).max(0.0).sqrt()) / 2.0;
    if s.is_finite() { s } else { 0.0 }
}

/// The straight pieces of a path on the page, loops closed.
pub(super) fn lines(path: &BezPath, place: Affine) -> impl Iterator<Item = (Point, Point)> + use<> {
    let mut out = Vec::new();
    for points in loops(path, place) {
        out.extend(points.windows(2).map(|p| (p[0], p[1])));
    }
    out.into_iter()
}

/// The loops of a path on the page, flattened; a closed one ends where it began.
fn loops(path: &BezPath, place: Affine) -> Vec<Vec<Point>> {
    let mut out: Vec<Vec<Point>> = Vec::new();
    kurbo::flatten((place * path.clone()).iter(), FLAT, |el| match el {
        PathEl::MoveTo(p) => out.push(vec![p]),
        PathEl::LineTo(p) => {
            if let Some(points) = out.last_mut() {
                points.push(p);
            }
        }
        PathEl::ClosePath => {
            if let Some(points) = out.last_mut() {
                points.extend(points.first().copied());
                let again = points.first().copied();
                out.extend(again.map(|p| vec![p]));
            }
        }
        _ => {}
    });
    out.retain(|points| points.len() > 1);
    out
}

/// The part of a line inside a rectangle, as shares of its length.
pub(super) fn part_inside(a: Point, b: Point, rect: Rect) -> Option<(f64, f64)> {
    let d = b - a;
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (start, run, low, high) in [(a.x, d.x, rect.x0, rect.x1), (a.y, d.y, rect.y0, rect.y1)] {
        if run.abs() < 1e-12 {
            if start <= low || start >= high {
                return None;
            }
            continue;
        }
        let (p, q) = ((low - start) / run, (high - start) / run);
        from = from.max(p.min(q));
        to = to.min(p.max(q));
    }
    (from < to).then_some((from, to))
}

/// What of a filled area lies outside the boxes, in points of the page.
fn outside(path: &BezPath, place: Affine, rule: Rule, boxes: &[Rect]) -> BezPath {
    let subject: Vec<Vec<[f64; 2]>> = loops(path, place)
        .into_iter()
        .map(|points| points.into_iter().filter(|p| p.is_finite()).map(|p| [p.x, p.y]).collect())
        .collect();
    let clip: Vec<Vec<[f64; 2]>> =
        boxes.iter().map(|b| vec![[b.x0, b.y0], [b.x1, b.y0], [b.x1, b.y1], [b.x0, b.y1]]).collect();
    // One rule serves both; overlapping boxes must stay boxes under the even-odd rule, so they are taken one
    // after the other there.
    let shapes = match rule {
        Rule::NonZero => subject.overlay_as::<i64>(&clip, OverlayRule::Difference, FillRule::NonZero),
        Rule::EvenOdd => {
            let mut left =
                subject.overlay_as::<i64>(&clip[..1].to_vec(), OverlayRule::Difference, FillRule::EvenOdd);
            for one in &clip[1..] {
                left = left.overlay_as::<i64>(&vec![one.clone()], OverlayRule::Difference, FillRule::EvenOdd);
            }
            left
        }
    };
    let mut out = BezPath::new();
    for contour in shapes.iter().flatten() {
        let mut points = contour.iter().map(|p| Point::new(p[0], p[1]));
        if let Some(first) = points.next() {
            out.move_to(first);
            points.for_each(|p| out.line_to(p));
            out.close_path();
        }
    }
    out
}

/// What is left of a filled area.
fn filled(path: &BezPath, place: Affine, rule: Rule, boxes: &[Rect]) -> Left<BezPath> {
    let bounds = place.transform_rect_bbox(path.bounding_box());
    if !bounds.is_finite() {
        return Left::Nothing;
    }
    let touched: Vec<Rect> = boxes.iter().copied().filter(|b| meet(*b, bounds)).collect();
    if touched.is_empty() {
        return Left::Whole;
    }
    if touched.iter().any(|b| holds(*b, bounds)) {
        return Left::Nothing;
    }
    // One straight rectangle around a whole box says nothing about what stands in the box: a page's paper, a
    // table's cell. It stays as it is.
    if let Some(rect) = rectangle(path, place)
        && touched.iter().all(|b| holds(rect, *b))
    {
        return Left::Whole;
    }
    let left = outside(path, place, rule, &touched);
    if left.elements().is_empty() { Left::Nothing } else { Left::Part(left) }
}

/// What is left of a shape outside the boxes.
pub(super) fn shape(shape: &Shape, boxes: &[Rect]) -> Left<Shape> {
    let part =
        |path: BezPath, mode: Mode| Left::Part(Shape { path, place: Affine::IDENTITY, ink: shape.ink, mode });
    match &shape.mode {
        Mode::Fill(rule) => match filled(&shape.path, shape.place, *rule, boxes) {
            Left::Whole => Left::Whole,
            Left::Nothing => Left::Nothing,
            Left::Part(path) => part(path, Mode::Fill(Rule::NonZero)),
        },
        Mode::Stroke(stroke) => {
            // A corner may be stretched to a point as far as its miter limit lets it.
            let r = reach(shape) * if stroke.join == 0 { stroke.miter.clamp(1.0, 20.0) } else { 1.5 };
            let bounds = shape.place.transform_rect_bbox(shape.path.bounding_box()).inflate(r, r);
            if !bounds.is_finite() {
                return Left::Nothing;
            }
            if !boxes.iter().any(|b| meet(*b, bounds)) {
                return Left::Whole;
            }
            if let Some(left) = stroked_straight(shape, stroke, boxes) {
                return left;
            }
            let ink = outline(&shape.path, stroke);
            match filled(&ink, shape.place, Rule::NonZero, boxes) {
                Left::Whole => Left::Whole,
                Left::Nothing => Left::Nothing,
                Left::Part(path) => part(path, Mode::Fill(Rule::NonZero)),
            }
        }
        // Unpainted paths draw nothing.
        Mode::Invisible | Mode::Shown => Left::Nothing,
    }
}

/// What is left of a clip. Its shape can be that of letters.
pub(super) fn clip(clip: &Clip, boxes: &[Rect]) -> Left<Clip> {
    // None of its shape lies in a box: a hole cut for it would only show as a seam around the box.
    if !lines(&clip.path, Affine::IDENTITY)
        .any(|(a, b)| boxes.iter().any(|r| part_inside(a, b, *r).is_some()))
    {
        return Left::Whole;
    }
    match filled(&clip.path, Affine::IDENTITY, clip.rule, boxes) {
        Left::Whole => Left::Whole,
        Left::Nothing => Left::Nothing,
        Left::Part(path) => Left::Part(Clip { path, rule: Rule::NonZero }),
    }
}

/// The ink of a stroke, in the path's own frame.
fn outline(path: &BezPath, stroke: &Stroke) -> BezPath {
    let cap = match stroke.cap {
        0 => kurbo::Cap::Butt,
        1 => kurbo::Cap::Round,
        _ => kurbo::Cap::Square,
    };
    let join = match stroke.join {
        0 => kurbo::Join::Miter,
        1 => kurbo::Join::Round,
        _ => kurbo::Join::Bevel,
    };
    let mut style =
        kurbo::Stroke::new(stroke.width).with_caps(cap).with_join(join).with_miter_limit(stroke.miter);
    if !stroke.dashes.is_empty() {
        style = style.with_dashes(stroke.offset, stroke.dashes.iter().copied());
    }
    kurbo::stroke(path.iter(), &style, &kurbo::StrokeOpts::default(), FLAT)
}

/// A plain stroke of straight lines, cut along its lines; nothing if it is not one.
fn stroked_straight(shape: &Shape, stroke: &Stroke, boxes: &[Rect]) -> Option<Left<Shape>> {
    let curved = |el: &PathEl| matches!(el, PathEl::QuadTo(..) | PathEl::CurveTo(..));
    let [a, b, c, d, _, _] = shape.place.as_coeffs();
    let even = (a * c + b * d).abs() < 1e-6 && (a.hypot(b) - c.hypot(d)).abs() < 1e-6 * (a.hypot(b) + 1e-9);
    if !stroke.dashes.is_empty() || shape.path.elements().iter().any(curved) || !even {
        return None;
    }
    // What a line's end adds to it; a sharp corner's point lies within its miter.
    let wide = reach(shape) * if stroke.cap == 0 { 1.0 } else { 2.0 };
    let corners = shape.path.elements().len() > 3 && stroke.join == 0;
    let wide = if corners { wide * 2.0 } else { wide };
    let wide = wide.max(0.01);
    let grown: Vec<Rect> = boxes.iter().map(|b| b.inflate(wide, wide)).collect();
    let mut whole = true;
    let mut out = BezPath::new();
    for points in loops(&shape.path, shape.place) {
        let closed = points.len() > 2 && points.first() == points.last();
        let kept = runs(&points, &grown);
        if kept.len() == 1 && kept[0].len() == points.len() && kept[0] == points {
            add(&mut out, &points, closed);
            continue;
        }
        whole = false;
        kept.iter().for_each(|run| add(&mut out, run, false));
    }
    if whole {
        return Some(Left::Whole);
    }
    if out.elements().is_empty() {
        return Some(Left::Nothing);
    }
    let back = shape.place.inverse();
    if !back.is_finite() {
        return None;
    }
    Some(Left::Part(Shape { path: back * out, ..shape.clone() }))
}

fn add(out: &mut BezPath, points: &[Point], closed: bool) {
    let end = if closed { points.len() - 1 } else { points.len() };
    out.move_to(points[0]);
    points[1..end].iter().for_each(|p| out.line_to(*p));
    if closed {
        out.close_path();
    }
}

/// The stretches of a line that lie outside all boxes.
fn runs(points: &[Point], boxes: &[Rect]) -> Vec<Vec<Point>> {
    let mut out: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let mut kept = vec![(0.0, 1.0)];
        for (from, to) in boxes.iter().filter_map(|r| part_inside(a, b, *r)) {
            let cut = |(s, e): (f64, f64)| [(s, e.min(from)), (s.max(to), e)];
            kept = kept.into_iter().flat_map(cut).filter(|(s, e)| e - s > 1e-9).collect();
        }
        for (s, e) in kept {
            let at = |t: f64| {
                if t == 0.0 {
                    a
                } else if t == 1.0 {
                    b
                } else {
                    a.lerp(b, t)
                }
            };
            match out.last_mut() {
                Some(run) if s == 0.0 && run.last() == Some(&a) => run.push(at(e)),
                _ => out.push(vec![at(s), at(e)]),
            }
        }
    }
    out
}
