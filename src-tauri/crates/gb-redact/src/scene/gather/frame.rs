//! What of the page can be seen where we are: the clips in force.

use super::super::Rule;
use hayro::kurbo::{BezPath, PathEl, Point, Rect, Shape};

/// How far a flattened curve may lie from the curve, in points.
const FLAT: f64 = 0.05;

/// A clip as straight lines.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    /// Closed loops.
    pub(super) loops: Vec<Vec<Point>>,
    pub(super) rule: Rule,
    pub(super) bounds: Rect,
}

impl Outline {
    pub(super) fn new(path: &BezPath, rule: Rule) -> Self {
        Self { loops: loops(path, FLAT), rule, bounds: path.bounding_box() }
    }

    /// How many lines it has.
    pub(super) fn len(&self) -> usize {
        self.loops.iter().map(Vec::len).sum()
    }

    /// Whether a point lies inside.
    pub(super) fn holds(&self, at: Point) -> bool {
        let mut winding = 0;
        for line in self.lines() {
            let (a, b) = line;
            if (a.y <= at.y) == (b.y <= at.y) {
                continue;
            }
            let x = a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x);
            if x > at.x {
                winding += if b.y > a.y { 1 } else { -1 };
            }
        }
        match self.rule {
            Rule::NonZero => winding != 0,
            Rule::EvenOdd => winding % 2 != 0,
        }
    }

    /// Whether no part of the rectangle lies inside.
    pub(super) fn hides(&self, rect: Rect) -> bool {
        let apart = rect.x1 < self.bounds.x0
            || rect.x0 > self.bounds.x1
            || rect.y1 < self.bounds.y0
            || rect.y0 > self.bounds.y1;
        apart || (!self.lines().any(|(a, b)| crosses(rect, a, b)) && !self.holds(rect.center()))
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.loops.iter().flat_map(|points| {
            let next = points.iter().skip(1).chain(points.first());
            points.iter().copied().zip(next.copied())
        })
    }
}

/// Whether a line runs through a rectangle.
fn crosses(rect: Rect, a: Point, b: Point) -> bool {
    inside(rect, a, b).is_some()
}

/// From where to where, in shares of its length, a line lies in a rectangle.
pub(super) fn inside(rect: Rect, a: Point, b: Point) -> Option<(f64, f64)> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (step, room) in [(-dx, a.x - rect.x0), (dx, rect.x1 - a.x), (-dy, a.y - rect.y0), (dy, rect.y1 - a.y)]
    {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            from = from.max(room / step);
        } else {
            to = to.min(room / step);
        }
    }
    (from <= to).then_some((from, to))
}

/// The subpaths of a path as points, curves flattened; closed or not.
pub(super) fn loops(path: &BezPath, tolerance: f64) -> Vec<Vec<Point>> {
    let mut out: Vec<Vec<Point>> = Vec::new();
    hayro::kurbo::flatten(path.elements().iter().copied(), tolerance, |el| match el {
        PathEl::MoveTo(p) => out.push(vec![p]),
        PathEl::LineTo(p) => {
            if let Some(points) = out.last_mut() {
                points.push(p);
            }
        }
        PathEl::ClosePath => {
            // What follows a close without a move begins where the closed one began.
            if let Some(first) = out.last().and_then(|l| l.first().copied()) {
                out.push(vec![first]);
            }
        }
        _ => {}
    });
    out.retain(|points| points.len() > 1);
    out
}

/// The rectangle a path is, if it is one, upright.
pub(super) fn rectangle(path: &BezPath) -> Option<Rect> {
    let points: Vec<Point> = match path.elements() {
        [PathEl::MoveTo(a), PathEl::LineTo(b), PathEl::LineTo(c), PathEl::LineTo(d)]
        | [PathEl::MoveTo(a), PathEl::LineTo(b), PathEl::LineTo(c), PathEl::LineTo(d), PathEl::ClosePath] => {
            vec![*a, *b, *c, *d]
        }
        [
            PathEl::MoveTo(a),
            PathEl::LineTo(b),
            PathEl::LineTo(c),
            PathEl::LineTo(d),
            PathEl::LineTo(e),
            rest @ ..,
        ] if near(a.x, e.x) && near(a.y, e.y) && matches!(rest, [] | [PathEl::ClosePath]) => {
            vec![*a, *b, *c, *d]
        }
        _ => return None,
    };
    let [a, b, c, d] = points.as_slice() else { return None };
    let upright = near(a.x, b.x) && near(b.y, c.y) && near(c.x, d.x) && near(d.y, a.y);
    let lying = near(a.y, b.y) && near(b.x, c.x) && near(c.y, d.y) && near(d.x, a.x);
    (upright || lying).then(|| Rect::from_points(*a, *c))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-3
}

/// Where two rectangles meet; nothing if they do not.
pub(super) fn meet(a: Rect, b: Rect) -> Option<Rect> {
    let r = Rect::new(a.x0.max(b.x0), a.y0.max(b.y0), a.x1.min(b.x1), a.y1.min(b.y1));
    (r.x0 <= r.x1 && r.y0 <= r.y1).then_some(r)
}
