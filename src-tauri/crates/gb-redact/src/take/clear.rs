//! The scene walked once more: what goes is left out, what moves is moved, what a box meets is cut.

use super::frame::{meet, narrow, snap};
use super::pixels::{Flat, flatten};
use super::plan::Plan;
use super::seats::{Paint, Seats, seat};
use super::shapes::{self, Left};
use crate::scene::{Glyph, Item, Mask, Mode, NONE, Rule, Run, Scene, Shape};
use hayro::kurbo::{Affine, Point, Rect, Shape as _};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub(super) struct Clear<'a> {
    pub(super) seats: &'a Seats,
    pub(super) plan: &'a Plan,
    /// For each glyph of the page, whether it is left out.
    pub(super) out: Vec<bool>,
    pub(super) numbers: Vec<(u32, u32)>,
    /// Numbers of glyphs left out, for masks.
    pub(super) gone_numbers: BTreeSet<u32>,
    pub(super) boxes: Vec<Rect>,
    /// Areas of the page whose pixels changed.
    pub(super) changed: Vec<[f32; 4]>,
    /// Boxes on pictures not decoded yet.
    pub(super) touched: Vec<Rect>,
    masks: HashMap<*const Mask, Arc<Mask>>,
    next: usize,
}

impl<'a> Clear<'a> {
    pub(super) fn new(seats: &'a Seats, plan: &'a Plan, out: Vec<bool>, numbers: Vec<(u32, u32)>) -> Self {
        let gone_numbers =
            seats.all.iter().zip(&out).filter(|(_, gone)| **gone).map(|(s, _)| s.number).collect();
        Self {
            seats,
            plan,
            out,
            numbers,
            gone_numbers,
            boxes: plan.boxes.iter().map(|b| b.rect).collect(),
            changed: Vec::new(),
            touched: Vec::new(),
            masks: HashMap::new(),
            next: 0,
        }
    }

    /// The scene without what goes.
    pub(super) fn scene(&mut self, scene: Scene) -> Scene {
        let mut tidy = Tidy::default();
        for (place, item) in scene.items.into_iter().enumerate() {
            match item {
                Item::Glyphs(run) => tidy.put(Item::Glyphs(self.run(run))),
                Item::Path(shape) => match self.plan.edits.get(&place) {
                    Some(None) => {}
                    Some(Some(rect)) => self.other(Item::Path(underline(&shape, *rect)), &mut tidy),
                    None => self.other(Item::Path(shape), &mut tidy),
                },
                item => self.other(item, &mut tidy),
            }
        }
        Scene { size: scene.size, items: tidy.items }
    }

    /// Glyphs of the page itself.
    fn run(&mut self, run: Run) -> Run {
        let glyphs = run.glyphs.into_iter().filter_map(|glyph| {
            let index = self.next;
            self.next += 1;
            self.glyph(glyph, index)
        });
        Run { ink: run.ink, mode: run.mode, glyphs: glyphs.collect() }
    }

    fn glyph(&self, mut glyph: Glyph, index: usize) -> Option<Glyph> {
        let seat = self.seats.all.get(index)?;
        if self.out[index] || seat.blank() {
            return None;
        }
        (glyph.word, glyph.block) = self.numbers[index];
        let lead = seat.leader.unwrap_or(index as u32);
        if let Some(to) = self.plan.moved.get(&lead) {
            let by = seat.origin - self.seats.all[lead as usize].origin;
            glyph.place = moved(glyph.place, Point::new(to.x + snap(by.x), to.y + snap(by.y)));
        }
        Some(glyph)
    }

    /// Anything but text of the page itself.
    fn other(&mut self, item: Item, tidy: &mut Tidy) {
        match item {
            Item::Path(shape) => match shapes::shape(&shape, &self.boxes) {
                Left::Whole => tidy.put(Item::Path(shape)),
                Left::Part(part) => tidy.put(Item::Path(part)),
                Left::Nothing => {}
            },
            Item::Image(image) => match flatten(&image, &self.boxes) {
                Flat::Whole => tidy.put(Item::Image(image)),
                Flat::Part(image, area) => {
                    self.changed.push(narrow(area));
                    tidy.put(Item::Image(image));
                }
                Flat::Nothing => {}
                // Its pixels are still what they were: it is not handed on.
                Flat::Locked(rects) => self.touched.extend(rects),
            },
            Item::PushClip(clip) => match shapes::clip(&clip, &self.boxes) {
                Left::Whole => tidy.put(Item::PushClip(clip)),
                Left::Part(part) => tidy.put(Item::PushClip(part)),
                Left::Nothing => tidy.shut(),
            },
            Item::PushGroup(mut group) => {
                if let Some(mask) = &group.mask {
                    group.mask = Some(self.mask(mask));
                }
                tidy.put(Item::PushGroup(group));
            }
            Item::Glyphs(run) => {
                let glyphs = run.glyphs.into_iter().filter(|g| !self.in_mask(g, &run.mode)).collect();
                tidy.put(Item::Glyphs(Run { ink: run.ink, mode: run.mode, glyphs }));
            }
            item @ (Item::PopClip | Item::PopGroup) => tidy.put(item),
        }
    }

    /// Whether a glyph of a mask goes.
    fn in_mask(&self, glyph: &Glyph, mode: &Mode) -> bool {
        let here = seat(glyph, mode, Rect::ZERO, NONE);
        here.paint == Paint::Unpainted
            || self.gone_numbers.contains(&glyph.number)
            || self.boxes.iter().any(|b| here.meets(*b))
    }

    fn mask(&mut self, mask: &Arc<Mask>) -> Arc<Mask> {
        if let Some(done) = self.masks.get(&Arc::as_ptr(mask)) {
            return done.clone();
        }
        let done = if self.touches(&mask.items) {
            let mut tidy = Tidy::default();
            for item in mask.items.iter().cloned() {
                self.other(item, &mut tidy);
            }
            Arc::new(Mask { items: tidy.items, ..Mask::clone(mask) })
        } else {
            mask.clone()
        };
        self.masks.insert(Arc::as_ptr(mask), done.clone());
        done
    }

    /// Whether anything in a mask could go. A mask nothing goes from stays the one it is, and is written once.
    fn touches(&self, items: &[Item]) -> bool {
        let near = |r: Rect| self.boxes.iter().any(|b| meet(*b, r.inflate(0.01, 0.01)));
        items.iter().any(|item| match item {
            Item::Glyphs(run) => run.glyphs.iter().any(|g| self.in_mask(g, &run.mode)),
            Item::Path(shape) => near(super::strip::extent(shape).inflate(4.0, 4.0)),
            Item::Image(i) => near(i.place.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0))),
            Item::PushClip(c) => near(c.path.bounding_box()),
            Item::PushGroup(g) => g.mask.as_ref().is_some_and(|m| self.touches(&m.items)),
            Item::PopClip | Item::PopGroup => false,
        })
    }
}

/// A glyph's place with its origin moved, its other numbers rounded: the interpreter's differ in the last digits by
/// what it added up before.
fn moved(place: Affine, to: Point) -> Affine {
    let [a, b, c, d, _, _] = place.as_coeffs();
    let round = |v: f64| (v * 1e9).round() / 1e9;
    Affine::new([round(a), round(b), round(c), round(d), to.x, to.y])
}

fn underline(shape: &Shape, rect: Rect) -> Shape {
    Shape {
        path: rect.to_path(0.1),
        place: Affine::IDENTITY,
        ink: shape.ink,
        mode: Mode::Fill(Rule::NonZero),
    }
}

/// Puts items one after the other, without what is empty: a clip around nothing would still tell where something was.
#[derive(Default)]
pub(super) struct Tidy {
    pub(super) items: Vec<Item>,
    /// How deep we are in something that shows nothing.
    shut: u32,
}

impl Tidy {
    fn shut(&mut self) {
        self.shut += 1;
    }

    pub(super) fn put(&mut self, item: Item) {
        if self.shut > 0 {
            match item {
                Item::PushClip(_) | Item::PushGroup(_) => self.shut += 1,
                Item::PopClip | Item::PopGroup => self.shut -= 1,
                _ => {}
            }
            return;
        }
        match (&item, self.items.last_mut()) {
            (Item::Glyphs(run), _) if run.glyphs.is_empty() => return,
            (Item::Path(shape), _) if shape.path.elements().is_empty() => return,
            (Item::PopClip, Some(Item::PushClip(_))) | (Item::PopGroup, Some(Item::PushGroup(_))) => {
                self.items.pop();
                return;
            }
            // How the source cut its text into runs may come from the kerning of what was marked.
            (Item::Glyphs(run), Some(Item::Glyphs(last))) if last.ink == run.ink && last.mode == run.mode => {
                last.glyphs.extend(run.glyphs.iter().cloned());
                return;
            }
            _ => {}
        }
        self.items.push(item);
    }
}
