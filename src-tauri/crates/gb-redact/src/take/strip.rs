//! What lies in the way of a line that is to be set again.

use super::frame::{holds, meet, turned};
use super::shapes::{level, lines, reach, rectangle};
use crate::scene::{Item, Mode, Scene, Shape};
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape as _};

enum Kind<'s> {
    Shape(&'s Shape),
    Picture,
    /// A clip that is not a plain box: it may have the shape of letters.
    Clip(&'s BezPath),
}

struct Thing<'s> {
    /// Its place among the items of the scene.
    item: usize,
    kind: Kind<'s>,
    bounds: Rect,
}

/// Everything on a page that is not text.
pub(super) struct Things<'s>(Vec<Thing<'s>>);

/// A line of text, in its turned frame.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    pub(super) turn: Affine,
    /// Upper and lower edge of the type.
    pub(super) rows: (f64, f64),
    /// Where its text begins and ends in the source.
    pub(super) text: (f64, f64),
    /// Where each piece of it begins and ends.
    pub(super) pieces: Vec<(f64, f64)>,
    pub(super) em: f64,
}

/// How far a line may reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    pub(super) from: f64,
    pub(super) to: f64,
}

impl<'s> Things<'s> {
    pub(super) fn new(scene: &'s Scene) -> Self {
        let page = Rect::new(0.0, 0.0, scene.size.0, scene.size.1);
        let mut clips = vec![page];
        let mut out = Vec::new();
        for (item, what) in scene.items.iter().enumerate() {
            let clip = clips.last().copied().unwrap_or(page);
            let (kind, bounds) = match what {
                Item::Path(shape) => (Kind::Shape(shape), extent(shape)),
                Item::Image(image) => {
                    (Kind::Picture, image.place.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)))
                }
                Item::PushClip(c) => {
                    let bounds = c.path.bounding_box();
                    clips.push(clip.intersect(bounds));
                    if rectangle(&c.path, Affine::IDENTITY).is_some() {
                        continue;
                    }
                    (Kind::Clip(&c.path), bounds)
                }
                Item::PopClip => {
                    if clips.len() > 1 {
                        clips.pop();
                    }
                    continue;
                }
                _ => continue,
            };
            if bounds.x0 <= clip.x1 && bounds.x1 >= clip.x0 && bounds.y0 <= clip.y1 && bounds.y1 >= clip.y0 {
                out.push(Thing { item, kind, bounds: bounds.intersect(clip) });
            }
        }
        Self(out)
    }

    /// Whether nothing but plain paper and level rules lies under an area.
    pub(super) fn plain(&self, rect: Rect) -> bool {
        self.0.iter().filter(|t| meet(t.bounds.inflate(1e-6, 1e-6), rect)).all(|t| match &t.kind {
            Kind::Shape(shape) => {
                background(shape).is_some_and(|b| holds(b, rect)) || t.bounds.height() < rect.height() * 0.12
            }
            Kind::Clip(path) => {
                holds(path.bounding_box(), rect) && !crosses(lines(path, Affine::IDENTITY), rect)
            }
            Kind::Picture => false,
        })
    }

    /// Underlines, strikes and markings that belong to words of the line: level, no longer than its text. They
    /// go and move with the words they are set to.
    pub(super) fn decorations(&self, strip: &Strip) -> Vec<(usize, Rect)> {
        let near = 0.3 * strip.em;
        let within = |t: &&Thing<'_>| {
            let b = turned(strip.turn, t.bounds);
            let level = b.y0 > strip.rows.0 - 0.5 * strip.em && b.y1 < strip.rows.1 + 0.4 * strip.em;
            level && b.x0 > strip.text.0 - near && b.x1 < strip.text.1 + near
        };
        let simple = |t: &&Thing<'_>| match &t.kind {
            Kind::Shape(s) => background(s).is_some() || (level(s) && matches!(s.mode, Mode::Stroke(_))),
            _ => false,
        };
        let found = self.0.iter().filter(within).filter(simple);
        found
            .map(|t| (t.item, turned(strip.turn, t.bounds)))
            .filter(|(_, b)| strip.pieces.iter().any(|p| covers(*b, *p)))
            .collect()
    }

    /// How far the line may reach in `most`; nothing if something crosses its text, so that it cannot be moved.
    pub(super) fn room(&self, strip: &Strip, most: Room) -> Option<Room> {
        let decorations: Vec<usize> = self.decorations(strip).into_iter().map(|(item, _)| item).collect();
        let mut room = most;
        let slack = 0.05 * strip.em;
        for thing in self.0.iter().filter(|t| !decorations.contains(&t.item)) {
            let b = turned(strip.turn, thing.bounds);
            if b.y1 <= strip.rows.0 + slack || b.y0 >= strip.rows.1 - slack {
                continue;
            }
            if b.x1 < room.from - 2.0 * strip.em || b.x0 > room.to {
                continue;
            }
            let clear = match &thing.kind {
                Kind::Picture => strip.picture(b, &mut room),
                Kind::Shape(shape) => strip.shape(shape, b, &mut room),
                Kind::Clip(path) => strip.edges(lines(path, strip.turn), 0.0, &mut room),
            };
            if !clear {
                return None;
            }
        }
        Some(room)
    }
}

/// Whether a marking lies on a piece: over half of it, or on it wholly.
pub(super) fn covers(marking: Rect, piece: (f64, f64)) -> bool {
    let both = marking.x1.min(piece.1) - marking.x0.max(piece.0);
    both > 0.5 * (piece.1 - piece.0) || both > 0.9 * marking.width()
}

impl Strip {
    /// A picture under the whole text is paper; one beside it is a wall; one under a part of it is in the way.
    fn picture(&self, b: Rect, room: &mut Room) -> bool {
        let type_ = Rect::new(self.text.0, self.rows.0, self.text.1, self.rows.1);
        if holds(b, type_) {
            room.to = room.to.min(b.x1);
            return true;
        }
        self.wall(b.x0, b.x1, room)
    }

    fn shape(&self, shape: &Shape, b: Rect, room: &mut Room) -> bool {
        let thin = b.height() < 0.16 * self.em;
        if thin && level_in(shape, self.turn) {
            // A rule of a form: where it ends does not come from the words on it.
            return true;
        }
        self.edges(lines(&shape.path, self.turn * shape.place), reach(shape), room)
    }

    /// Meets the edges of a shape that run through the line.
    fn edges(&self, edges: impl Iterator<Item = (Point, Point)>, reach: f64, room: &mut Room) -> bool {
        let (top, bottom) = (self.rows.0 - reach, self.rows.1 + reach);
        let near = 0.3 * self.em;
        for (a, b) in edges {
            let (y0, y1) = (a.y.min(b.y), a.y.max(b.y));
            if y1 <= top || y0 >= bottom {
                continue;
            }
            let (x0, x1) = (a.x.min(b.x), a.x.max(b.x));
            if y1 - y0 < 0.05 {
                // Level: only its ends could tell anything, and only if they come from this text.
                let own = x0 > self.text.0 - near && x1 < self.text.1 + near && x1 - x0 > near;
                if own && y0 > self.rows.0 && y1 < self.rows.1 {
                    return false;
                }
                continue;
            }
            let at = |y: f64| a.x + (y.clamp(y0, y1) - a.y) / (b.y - a.y) * (b.x - a.x);
            let (p, q) = (at(top), at(bottom));
            if !self.wall(p.min(q) - reach, p.max(q) + reach, room) {
                return false;
            }
        }
        true
    }

    /// Something between `x0` and `x1` in the line's way.
    fn wall(&self, x0: f64, x1: f64, room: &mut Room) -> bool {
        let into = 0.1 * self.em;
        if x1 <= self.text.0 + into {
            room.from = room.from.max(x1 + into);
        } else if x0 >= self.text.1 - into {
            room.to = room.to.min(x0 - 1.5 * into);
        } else {
            return false;
        }
        true
    }
}

/// The box of a filled shape that is one.
fn background(shape: &Shape) -> Option<Rect> {
    matches!(shape.mode, Mode::Fill(_)).then(|| rectangle(&shape.path, shape.place)).flatten()
}

/// Whether all lines of a shape are level in a frame.
fn level_in(shape: &Shape, turn: Affine) -> bool {
    let mut all = lines(&shape.path, turn * shape.place);
    match shape.mode {
        Mode::Stroke(_) => all.all(|(a, b)| (a.y - b.y).abs() < 0.05),
        _ => rectangle(&shape.path, turn * shape.place).is_some(),
    }
}

/// What a shape covers on the page, its line's width included.
pub(super) fn extent(shape: &Shape) -> Rect {
    let r = reach(shape);
    shape.place.transform_rect_bbox(shape.path.bounding_box()).inflate(r, r)
}

fn crosses(mut edges: impl Iterator<Item = (Point, Point)>, rect: Rect) -> bool {
    edges.any(|(a, b)| super::shapes::part_inside(a, b, rect).is_some())
}
