//! Cutting away what of a path lies outside what is seen.

use super::frame::{inside, loops, rectangle};
use hayro::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// How far a path may stick out before it is cut: what a line join or a curve's overshoot needs.
const LEAVE: f64 = 4.0;

/// What is left of a path.
pub(super) enum Left {
    /// All of it, as it is.
    Whole,
    /// Another path, in points of the page.
    Part(BezPath),
    Nothing,
}

/// What of a filled path (with its place) lies in `seen`.
pub(super) fn filled(path: &BezPath, place: Affine, bounds: Rect, seen: Rect) -> Left {
    if holds(seen.inflate(LEAVE, LEAVE), bounds) {
        return Left::Whole;
    }
    let path = place * path.clone();
    if let Some(rect) = rectangle(&path) {
        return Left::Part(rect.intersect(seen.inflate(1.0, 1.0)).to_path(0.1));
    }
    // A closed loop that lies wholly outside turns around no point inside.
    let kept = keep(&path, |b| b.overlaps(seen));
    if kept.elements().is_empty() {
        return Left::Nothing;
    }
    if holds(seen.inflate(LEAVE, LEAVE), kept.bounding_box()) {
        return Left::Part(kept);
    }
    let mut out = BezPath::new();
    for points in loops(&kept, 0.02) {
        let points = cropped(points, seen.inflate(1.0, 1.0));
        let mut points = points.into_iter();
        if let Some(first) = points.next() {
            out.move_to(first);
            points.for_each(|p| out.line_to(p));
            out.close_path();
        }
    }
    if out.elements().is_empty() { Left::Nothing } else { Left::Part(out) }
}

/// What of a stroked path lies in `seen`; `reach` is how far its ink reaches from it. Dashed lines are
/// dropped where a whole line lies outside, and never cut: their dashes would start anew.
pub(super) fn stroked(
    path: &BezPath,
    place: Affine,
    bounds: Rect,
    seen: Rect,
    reach: f64,
    dashed: bool,
) -> Left {
    let room = seen.inflate(reach + LEAVE, reach + LEAVE);
    if holds(room, bounds) {
        return Left::Whole;
    }
    let path = place * path.clone();
    let kept = keep(&path, |b| b.inflate(1e-3, 1e-3).overlaps(room));
    if kept.elements().is_empty() {
        return Left::Nothing;
    }
    if dashed || holds(room, kept.bounding_box()) {
        return Left::Part(kept);
    }
    let mut out = BezPath::new();
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    let mut joined = false;
    let mut line = |a: Point, b: Point, joined: &mut bool| match inside(room, a, b) {
        Some((from, to)) => {
            if !(*joined && from == 0.0) {
                out.move_to(a.lerp(b, from));
            }
            out.line_to(a.lerp(b, to));
            *joined = to == 1.0;
        }
        None => *joined = false,
    };
    hayro::kurbo::flatten(kept.elements().iter().copied(), 0.02, |el| match el {
        PathEl::MoveTo(p) => {
            (start, last) = (p, p);
            joined = false;
        }
        PathEl::LineTo(p) => {
            line(last, p, &mut joined);
            last = p;
        }
        PathEl::ClosePath => {
            line(last, start, &mut joined);
            last = start;
            joined = false;
        }
        _ => {}
    });
    if out.elements().is_empty() { Left::Nothing } else { Left::Part(out) }
}

fn holds(outer: Rect, inner: Rect) -> bool {
    inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 && inner.y1 <= outer.y1
}

/// The subpaths whose box passes.
fn keep(path: &BezPath, passes: impl Fn(Rect) -> bool) -> BezPath {
    let mut out = BezPath::new();
    let mut part = BezPath::new();
    let mut start = Point::ZERO;
    let mut flush = |part: &mut BezPath| {
        if part.elements().len() > 1 && passes(part.bounding_box()) {
            out.extend(part.elements().iter().copied());
        }
        part.truncate(0);
    };
    for el in path.elements() {
        match *el {
            PathEl::MoveTo(p) => {
                flush(&mut part);
                start = p;
                part.push(*el);
            }
            PathEl::ClosePath => {
                part.push(*el);
                flush(&mut part);
                part.push(PathEl::MoveTo(start));
            }
            _ => part.push(*el),
        }
    }
    flush(&mut part);
    out
}

/// A loop cut to a rectangle, side by side. The lines it gains run along the rectangle's edge, outside
/// of what is seen, and leave the inside as it was under both rules.
fn cropped(mut points: Vec<Point>, rect: Rect) -> Vec<Point> {
    let sides: [(bool, f64, f64); 4] =
        [(true, rect.x0, 1.0), (true, rect.x1, -1.0), (false, rect.y0, 1.0), (false, rect.y1, -1.0)];
    for (upright, edge, sign) in sides {
        let depth = |p: Point| (if upright { p.x - edge } else { p.y - edge }) * sign;
        let mut out = Vec::with_capacity(points.len() + 4);
        for (i, b) in points.iter().enumerate() {
            let a = points[(i + points.len() - 1) % points.len()];
            let (da, db) = (depth(a), depth(*b));
            if (da < 0.0) != (db < 0.0) {
                out.push(a.lerp(*b, da / (da - db)));
            }
            if db >= 0.0 {
                out.push(*b);
            }
        }
        points = out;
        if points.is_empty() {
            break;
        }
    }
    points
}
