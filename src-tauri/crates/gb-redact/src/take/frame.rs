//! The frame text is set in: turned so that it runs to the right, on a grid of our own.

use hayro::kurbo::{Affine, Point, Rect};

/// Points of our own grid: every place a mark moves is a multiple of it, so that what differs by less than
/// anybody sees comes out the same.
const STEP: f64 = 0.05;

/// The nearest point of our grid.
pub(super) fn snap(v: f64) -> f64 {
    // Dividing by a whole number gives the same nearest number for every multiple; multiplying by 0.05 does not.
    (v / STEP).round() / 20.0
}

/// A rectangle on our grid.
pub(super) fn snap_rect(r: Rect) -> Rect {
    Rect::new(snap(r.x0), snap(r.y0), snap(r.x1), snap(r.y1))
}

/// Turns the page so that text at `angle` runs to the right. Only quarter turns, which lose nothing; text at
/// any other angle is boxed where it stands.
pub(super) fn quarter(angle: u16) -> Option<Affine> {
    match angle {
        0 => Some(Affine::IDENTITY),
        90 => Some(Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, 0.0])),
        180 => Some(Affine::new([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0])),
        270 => Some(Affine::new([0.0, 1.0, -1.0, 0.0, 0.0, 0.0])),
        _ => None,
    }
}

/// A rectangle in another frame; quarter turns keep it one.
pub(super) fn turned(turn: Affine, rect: Rect) -> Rect {
    Rect::from_points(turn * Point::new(rect.x0, rect.y0), turn * Point::new(rect.x1, rect.y1))
}

/// A rectangle of `f32`s as one of `f64`s.
pub(super) fn wide(r: [f32; 4]) -> Rect {
    Rect::new(f64::from(r[0]), f64::from(r[1]), f64::from(r[2]), f64::from(r[3]))
}

/// A rectangle as the rest of the crate writes it.
pub(super) fn narrow(r: Rect) -> [f32; 4] {
    [r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32]
}

/// Whether two rectangles share more than an edge.
pub(super) fn meet(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// Whether `outer` holds all of `inner`.
pub(super) fn holds(outer: Rect, inner: Rect) -> bool {
    outer.x0 <= inner.x0 && outer.y0 <= inner.y0 && outer.x1 >= inner.x1 && outer.y1 >= inner.y1
}

/// The share of `thing` that lies in `rect`; a thing without an area lies in it by its middle.
pub(super) fn share(thing: Rect, rect: Rect) -> f64 {
    if thing.area() <= 0.0 {
        return f64::from(u8::from(rect.contains(thing.center())));
    }
    if meet(thing, rect) { thing.intersect(rect).area() / thing.area() } else { 0.0 }
}
