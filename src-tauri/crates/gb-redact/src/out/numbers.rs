//! What a page needs to know of the rest of the file before it can be written by itself: the numbers of
//! its glyphs, and which pictures it is the first to show. Given out page by page in order, so that the
//! file is the same whatever the number of threads that write pages.

use super::font::{Alphabet, Id};
use super::ops::quantum;
use super::paint::DrawnBox;
use super::truetype;
use crate::scene::{Glyph, Item, Mask, Mode, NONE, Raster, Scene};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A page ready to be written: what is left on it, and the boxes drawn over the gaps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// Width and height in points.
    pub(crate) size: (f64, f64),
    pub(crate) scene: Scene,
    pub(crate) boxes: Vec<DrawnBox>,
}

/// What is written of a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) id: Id,
    /// How far its font says it advances, in thousandths of an em.
    pub(super) advance: i32,
    pub(super) vertical: bool,
    /// The space to be shown after it.
    pub(super) space: Option<u16>,
    pub(super) how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Shown as a glyph.
    Glyph,
    /// Too large or too intricate for a font: drawn as a path, and its glyph only says what it says.
    Path,
    /// Left out: a space of the source. We set our own.
    Not,
}

/// The numbers of one page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    /// One for each glyph, in the order of [`Walk`].
    pub(super) slots: Vec<Slot>,
    /// Pictures this page is the first to show, and so the one to encode.
    pub(super) pictures: HashSet<u128>,
}

/// A glyph larger than this on the page, in points of its em, is drawn as a path: the grid of the font
/// would show.
const LARGEST: f64 = 300.0;

/// The size a glyph is set in, in thousandths of a point; nothing if it is flattened to a line or a point,
/// and cannot be shown.
pub(super) fn size(glyph: &Glyph) -> Option<i64> {
    let [a, b, c, d, e, f] = glyph.place.as_coeffs();
    let size = quantum(c.hypot(d) * 1000.0, 3);
    let round = (a * d - b * c).abs() * 1e6 > 1e-6;
    (size > 0 && round && e.is_finite() && f.is_finite()).then_some(size)
}

/// Walks what a page draws in the order it is written: a mask before what it shapes, and only once a page.
pub(super) trait Walk {
    fn glyph(&mut self, glyph: &Glyph, mode: &Mode);
    fn picture(&mut self, raster: &Arc<Raster>);
    /// Whether this mask has not been met on this page.
    fn mask(&mut self, mask: &Arc<Mask>) -> bool;

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Glyphs(run) => run.glyphs.iter().for_each(|g| self.glyph(g, &run.mode)),
                Item::Image(image) => self.picture(&image.raster),
                Item::PushGroup(group) => {
                    if let Some(mask) = group.mask.as_ref().filter(|m| self.mask(m)) {
                        self.items(&mask.items);
                    }
                }
                Item::Path(_) | Item::PushClip(_) | Item::PopClip | Item::PopGroup => {}
            }
        }
    }
}

/// Gives out numbers.
pub(super) struct Numberer<'a> {
    alphabet: &'a mut Alphabet,
    /// Pictures of earlier pages.
    known: &'a mut HashSet<u128>,
    numbers: Numbers,
    masks: HashSet<*const Mask>,
    /// The last glyph shown, by its slot, and its word.
    last: Option<(usize, u32)>,
    /// Numbers of glyphs met on this page: most letters come again, and as the same one.
    met: HashMap<(u128, *const u8, i32, bool), (Id, How)>,
}

impl<'a> Numberer<'a> {
    pub(super) fn new(alphabet: &'a mut Alphabet, known: &'a mut HashSet<u128>) -> Self {
        Self {
            alphabet,
            known,
            numbers: Numbers::default(),
            masks: HashSet::new(),
            last: None,
            met: HashMap::new(),
        }
    }

    pub(super) fn number(mut self, sheet: &Sheet) -> Numbers {
        self.items(&sheet.scene.items);
        self.numbers
    }

    /// A space after the last glyph: between two words, or where a space of the source is left out of text
    /// that has no words.
    fn space(&mut self) {
        if let Some((slot, _)) = self.last.take() {
            let slot = &mut self.numbers.slots[slot];
            slot.space = Some(self.alphabet.space(slot.id.font));
        }
    }
}

impl Walk for Numberer<'_> {
    fn glyph(&mut self, glyph: &Glyph, mode: &Mode) {
        let vertical = glyph.vertical;
        let Some(size) = size(glyph) else {
            let id = Id { font: 0, glyph: 0 };
            self.numbers.slots.push(Slot { id, advance: 0, vertical, space: None, how: How::Not });
            return;
        };
        let seen = matches!(mode, Mode::Fill(_) | Mode::Stroke(_)) && glyph.outline.bounds.is_some();
        let most = if vertical { -10_000.0 } else { 0.0 };
        let advance = if glyph.advance.is_finite() { glyph.advance } else { 0.0 };
        let advance = advance.round().clamp(most, 10_000.0) as i32;
        if !seen && !glyph.text.is_empty() && glyph.text.chars().all(char::is_whitespace) {
            if self.last.is_some_and(|(_, word)| word == NONE) {
                self.space();
            }
            let id = Id { font: 0, glyph: 0 };
            self.numbers.slots.push(Slot { id, advance, vertical, space: None, how: How::Not });
            return;
        }
        if self.last.is_some_and(|(_, word)| word != NONE && word != glyph.word) {
            self.space();
        }
        let outline = seen.then_some(&glyph.outline);
        let large = seen && size as f64 > LARGEST * 1000.0;
        let key = (outline.map_or(0, |o| o.key), glyph.text.as_ptr(), advance, vertical);
        let alphabet = &mut *self.alphabet;
        let mut find = || match outline {
            Some(o) if large || !truetype::fits(o) => {
                (alphabet.id(None, &glyph.text, advance, vertical), How::Path)
            }
            _ => (alphabet.id(outline, &glyph.text, advance, vertical), How::Glyph),
        };
        // A large glyph may stand beside a small one of the same shape.
        let (id, how) = if large { find() } else { *self.met.entry(key).or_insert_with(find) };
        self.last = Some((self.numbers.slots.len(), glyph.word));
        self.numbers.slots.push(Slot { id, advance, vertical, space: None, how });
    }

    fn picture(&mut self, raster: &Arc<Raster>) {
        if self.known.insert(raster.key) {
            self.numbers.pictures.insert(raster.key);
        }
    }

    fn mask(&mut self, mask: &Arc<Mask>) -> bool {
        self.masks.insert(Arc::as_ptr(mask))
    }
}
