//! One page's streams, written by itself: nothing here looks at the rest of the file.

use super::canvas::{Canvas, Extra, Part, Resources, SoftMask, place_of, thousandths};
use super::file::deflate;
use super::font::Id;
use super::label;
use super::numbers::{How, Numbers, Sheet, Slot};
use super::paint::DrawnBox;
use super::raster::{self, Written};
use crate::scene::{Group, Ink, Item, Mask, Raster};
use hayro::kurbo::Affine;
use std::collections::HashMap;
use std::sync::Arc;

/// A page written but for the numbers of its objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageBytes {
    /// Thousandths of a point.
    pub(super) size: (i64, i64),
    pub(super) content: Vec<u8>,
    pub(super) resources: Resources,
    pub(super) forms: Vec<FormBytes>,
    /// Pictures this page is the first to show.
    pub(super) pictures: Vec<(u128, Written)>,
    /// What its marked stretches are part of, by their number.
    pub(super) parts: Vec<Part>,
    /// What the boxes are called.
    pub(super) boxes: Vec<String>,
}

/// A drawing in a stream of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormBytes {
    pub(super) data: Vec<u8>,
    pub(super) resources: Resources,
    pub(super) parts: Vec<Part>,
}

/// What all streams of a page share.
pub(super) struct Shared<'a> {
    numbers: &'a Numbers,
    next: usize,
    /// From points of the page (y down) to points of the file (y up).
    pub(super) flip: Affine,
    forms: Vec<FormBytes>,
    masks: HashMap<*const Mask, usize>,
    /// In the order first shown.
    pictures: Vec<Arc<Raster>>,
}

impl Shared<'_> {
    /// The next glyph's slot.
    pub(super) fn slot(&mut self) -> Slot {
        let none =
            Slot { id: Id { font: 0, glyph: 0 }, advance: 0, vertical: false, space: None, how: How::Not };
        let slot = self.numbers.slots.get(self.next).copied();
        self.next += 1;
        debug_assert!(slot.is_some(), "numbers were given for another page");
        slot.unwrap_or(none)
    }

    pub(super) fn picture(&mut self, raster: &Arc<Raster>) {
        let mine = self.numbers.pictures.contains(&raster.key);
        if mine && self.pictures.iter().all(|p| p.key != raster.key) {
            self.pictures.push(raster.clone());
        }
    }

    fn form(&mut self, (ops, resources, parts): (Vec<u8>, Resources, Vec<Part>)) -> usize {
        self.forms.push(FormBytes { data: deflate(&ops), resources, parts });
        self.forms.len() - 1
    }
}

/// Writes a page.
pub(super) fn content(sheet: &Sheet, numbers: &Numbers) -> PageBytes {
    let size = sheet.size;
    let mut shared = Shared {
        numbers,
        next: 0,
        flip: Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, size.1]),
        forms: Vec::new(),
        masks: HashMap::new(),
        pictures: Vec::new(),
    };
    let mut canvas = Canvas::page(&mut shared);
    canvas.items(&sheet.scene.items, &mut 0);
    while canvas.restore() {}
    for (i, b) in sheet.boxes.iter().enumerate() {
        canvas.boxed(i, b);
    }
    let (ops, resources, parts) = canvas.finish();
    debug_assert_eq!(shared.next, numbers.slots.len(), "every glyph was met");
    PageBytes {
        size: (super::ops::quantum(size.0, 3), super::ops::quantum(size.1, 3)),
        content: deflate(&ops),
        resources,
        forms: shared.forms,
        pictures: shared.pictures.iter().map(|p| (p.key, raster::write(p))).collect(),
        parts,
        boxes: sheet.boxes.iter().map(|b| label::code(&b.codes)).collect(),
    }
}

impl Canvas<'_, '_> {
    /// Draws items from `at` on, until the group they are in ends.
    fn items(&mut self, items: &[Item], at: &mut usize) {
        while let Some(item) = items.get(*at) {
            *at += 1;
            match item {
                Item::Glyphs(run) => self.run(run),
                Item::Path(shape) => self.shape(shape),
                Item::Image(image) => self.image(image),
                Item::PushClip(clip) => self.clip(clip),
                Item::PopClip => {
                    self.restore();
                }
                Item::PushGroup(group) => self.group(group, items, at),
                Item::PopGroup => return,
            }
        }
    }

    fn group(&mut self, group: &Group, items: &[Item], at: &mut usize) {
        let mask = group.mask.as_ref().map(|mask| SoftMask {
            form: self.mask(mask),
            luminosity: mask.luminosity,
            backdrop: mask.backdrop,
            transfer: mask.transfer.clone(),
        });
        let mut inner = Canvas::form(self.shared, self.marked());
        inner.items(items, at);
        let drawn = inner.finish();
        // With a mask it is drawn all the same: what the mask shows has its numbers, and is in the file.
        if drawn.0.is_empty() && mask.is_none() {
            return;
        }
        let speaks = !drawn.2.is_empty();
        let form = self.shared.form(drawn);
        if speaks {
            // What is in it is marked in its own stream.
            self.end_text();
            self.end_part();
        } else {
            self.drawing();
        }
        let plain = group.blend == "Normal" && mask.is_none();
        self.save();
        if plain {
            self.alpha(group.alpha);
        } else {
            let blend = Some(group.blend).filter(|b| *b != "Normal");
            self.extra(Extra { alpha: thousandths(group.alpha), blend, mask });
        }
        let place = place_of(&mut self.resources.forms, form);
        self.ops.word(&format!("/X{place}"));
        self.ops.op("Do");
        self.restore();
    }

    /// The form of a mask, written once a page.
    fn mask(&mut self, mask: &Arc<Mask>) -> usize {
        let known = Arc::as_ptr(mask);
        if let Some(form) = self.shared.masks.get(&known) {
            return *form;
        }
        let mut inner = Canvas::form(self.shared, false);
        inner.items(&mask.items, &mut 0);
        let drawn = inner.finish();
        let form = self.shared.form(drawn);
        self.shared.masks.insert(known, form);
        form
    }

    /// A box: what lay under it has been taken out, and this says so.
    fn boxed(&mut self, index: usize, drawn: &DrawnBox) {
        self.end_text();
        self.part(Part::Figure(index));
        let flip = self.shared.flip;
        let rectangle = |canvas: &mut Self, r: [f64; 4]| {
            let [.., e, f] = (flip * Affine::translate((r[0], r[3]))).as_coeffs();
            canvas.ops.fixed(e, 3).fixed(f, 3).fixed(r[2] - r[0], 3).fixed(r[3] - r[1], 3).op("re");
        };
        self.fill(Ink { rgb: [0; 3], alpha: 1.0 });
        rectangle(self, drawn.rect.map(f64::from));
        self.ops.op("f");
        if let Some(place) = drawn.label {
            let dots = label::dots(&label::code(&drawn.codes), place.map(f64::from));
            if !dots.is_empty() {
                self.fill(Ink { rgb: [255; 3], alpha: 1.0 });
                dots.into_iter().for_each(|d| rectangle(self, d));
                self.ops.op("f");
            }
        }
    }
}
