//! Paths as operators.

use super::ops::{Ops, quantum};
use hayro::kurbo::{Affine, BezPath, PathEl, Point};

/// Decimals of a path's points: a large shape is true to half a hundredth of a point, a small one (a
/// letter drawn as a path) ten times better.
pub(super) fn places(path: &BezPath, to: Affine) -> usize {
    let scale = to.determinant().abs().sqrt();
    let b = path.control_box();
    if b.width().max(b.height()) * scale < 32.0 { 3 } else { 2 }
}

/// What a path is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// Only the inside counts.
    Inside,
    /// Its line counts too: where it begins, whether it is closed.
    Line,
}

struct Writer<'o> {
    ops: &'o mut Ops,
    to: Affine,
    places: usize,
    at: (i64, i64),
    start: (i64, i64),
}

/// Writes a path's construction through `to`, without painting it. False if there was nothing.
pub(super) fn construct(ops: &mut Ops, path: &BezPath, to: Affine, places: usize, what: For) -> bool {
    let mut w = Writer { ops, to, places, at: (0, 0), start: (0, 0) };
    let elements = path.elements();
    let mut at = 0;
    let mut any = false;
    while at < elements.len() {
        any = true;
        if let Some(used) = w.rectangle(&elements[at..], what) {
            at += used;
            continue;
        }
        let last = elements.get(at + 1).is_none_or(|e| matches!(e, PathEl::MoveTo(_)));
        w.element(elements[at], what, last);
        at += 1;
    }
    any
}

impl Writer<'_> {
    fn snap(&self, p: Point) -> (i64, i64) {
        let p = self.to * p;
        (quantum(p.x, self.places), quantum(p.y, self.places))
    }

    fn point(&mut self, p: (i64, i64)) {
        self.ops.scaled(p.0, self.places).scaled(p.1, self.places);
    }

    fn element(&mut self, element: PathEl, what: For, last: bool) {
        match element {
            PathEl::MoveTo(p) => {
                let p = self.snap(p);
                self.point(p);
                self.ops.op("m");
                (self.at, self.start) = (p, p);
            }
            PathEl::LineTo(p) => {
                let p = self.snap(p);
                // A line of no length draws a dot when stroked with round ends, and nothing inside.
                if p != self.at || what == For::Line {
                    self.point(p);
                    self.ops.op("l");
                    self.at = p;
                }
            }
            PathEl::QuadTo(c, p) => {
                // The same curve by two thirds; the place it starts from is known to the last place only,
                // which is all that is written of it.
                let unit = 10f64.powi(self.places as i32);
                let from = Point::new(self.at.0 as f64 / unit, self.at.1 as f64 / unit);
                let (c, p) = (self.to * c, self.to * p);
                let third = |a: Point| a + (c - a) * (2.0 / 3.0);
                let snap = |q: Point| (quantum(q.x, self.places), quantum(q.y, self.places));
                self.curve(snap(third(from)), snap(third(p)), snap(p));
            }
            PathEl::CurveTo(a, b, p) => self.curve(self.snap(a), self.snap(b), self.snap(p)),
            PathEl::ClosePath => {
                // Filling closes by itself.
                if what == For::Line || !last {
                    self.ops.op("h");
                }
                self.at = self.start;
            }
        }
    }

    fn curve(&mut self, a: (i64, i64), b: (i64, i64), p: (i64, i64)) {
        if a == self.at {
            self.point(b);
            self.point(p);
            self.ops.op("v");
        } else if b == p {
            self.point(a);
            self.point(p);
            self.ops.op("y");
        } else {
            self.point(a);
            self.point(b);
            self.point(p);
            self.ops.op("c");
        }
        self.at = p;
    }

    /// Writes an upright rectangle as one; how many elements it took.
    fn rectangle(&mut self, elements: &[PathEl], what: For) -> Option<usize> {
        let &[PathEl::MoveTo(a), PathEl::LineTo(b), PathEl::LineTo(c), PathEl::LineTo(d), ref rest @ ..] =
            elements
        else {
            return None;
        };
        let mut used = 4;
        let mut rest = rest;
        if let [PathEl::LineTo(e), more @ ..] = rest {
            if *e != a {
                return None;
            }
            (rest, used) = (more, used + 1);
        }
        match rest {
            [PathEl::ClosePath, more @ ..] => {
                // A line may go on from the corner of a closed figure.
                if !matches!(more, [] | [PathEl::MoveTo(_), ..]) {
                    return None;
                }
                used += 1;
            }
            [] | [PathEl::MoveTo(_), ..] if what == For::Inside => {}
            _ => return None,
        }
        // Three places always: a rule is thin, and its width is what one sees of it.
        let fine = |p: Point| {
            let p = self.to * p;
            (quantum(p.x, 3), quantum(p.y, 3))
        };
        let mut q = [a, b, c, d].map(fine);
        if q[0].0 == q[1].0 && q[1].1 == q[2].1 {
            // `re` goes along first, then up: begin a corner later to keep the direction.
            q.rotate_left(1);
        }
        let upright = q[0].1 == q[1].1 && q[1].0 == q[2].0 && q[2].1 == q[3].1 && q[3].0 == q[0].0;
        if !upright {
            return None;
        }
        let sides = [q[0].0, q[0].1, q[1].0 - q[0].0, q[2].1 - q[1].1];
        for v in sides {
            self.ops.scaled(v, 3);
        }
        self.ops.op("re");
        Some(used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(svg: &str, what: For, says: &str, why: &str) {
        let mut ops = Ops::default();
        let path = BezPath::from_svg(svg).unwrap();
        construct(&mut ops, &path, Affine::IDENTITY, 2, what);
        let text = String::from_utf8(ops.0).unwrap().replace('\n', " ");
        assert_eq!(text.trim(), says, "{why}");
    }

    #[test]
    fn paths_are_short() {
        check("M1 1H5V4H1Z", For::Inside, "1 1 4 3 re", "a rectangle is one");
        check("M1 1V4H5V1Z", For::Inside, "1 4 4 -3 re", "the other way round it keeps its direction");
        check("M1 1H5V4H1", For::Line, "1 1 m 5 1 l 5 4 l 1 4 l", "an open line is not closed");
        check("M1 1L5 2V4H1Z", For::Inside, "1 1 m 5 2 l 5 4 l 1 4 l", "filling closes by itself");
        check("M0 0C0 0 1 1 2 0", For::Line, "0 0 m 1 1 2 0 v", "a handle on the start is not said");
        check("M0 0Q3 3 6 0", For::Line, "0 0 m 2 2 4 2 6 0 c", "quadratic curves are raised");
        check("M0 0H5V5Z", For::Line, "0 0 m 5 0 l 5 5 l h", "a line that is closed is closed");
    }
}
