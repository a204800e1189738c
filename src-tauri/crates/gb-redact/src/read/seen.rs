//! Which words of a page nobody can see.
//!
//! Most words need no look: dark letters on plain paper. A word is looked at when it may be hidden: never
//! painted, covered, tiny, faint, or in the colour of what lies under it. Then the page is drawn, and a word
//! whose place is one flat colour is unseen, whatever the file says stands there.

use super::glyphs;
use super::layout::{PageWords, Word};
use super::picture::Picture;
use crate::scene::{Glyph, Ink, Item, Mode, Scene};
use crate::take::Unseen;
use hayro::kurbo::{Point, Rect, Shape as _};

/// Dots an inch at which suspicious words are looked at.
pub(crate) const DPI: f64 = 100.0;
/// Backdrops remembered per page; beyond it a page is a drawing, and each of its words is looked at.
const MOST: usize = 2_000;

/// For each glyph of the page, by its number, whether it may be hidden.
pub(crate) fn suspicious(scene: &Scene, glyphs: usize) -> Vec<bool> {
    let mut look = Look { backdrops: Vec::new(), doubt: vec![false; glyphs], dim: 0, groups: Vec::new() };
    for item in &scene.items {
        look.item(item);
    }
    look.doubt
}

/// What was painted before, and how like an ink it is.
struct Backdrop {
    rect: Rect,
    /// Nothing for a picture: it may have any colour anywhere.
    rgb: Option<[u8; 3]>,
}

struct Look {
    backdrops: Vec<Backdrop>,
    doubt: Vec<bool>,
    /// Groups we are in that may hide what is in them.
    dim: u32,
    groups: Vec<bool>,
}

impl Look {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Glyphs(run) => {
                let hidden = !matches!(run.mode, Mode::Fill(_) | Mode::Stroke(_)) || faint(run.ink);
                for glyph in &run.glyphs {
                    let doubt = hidden || self.dim > 0 || tiny(glyph) || self.alike(glyph, run.ink);
                    if let Some(flag) = self.doubt.get_mut(glyph.number as usize) {
                        *flag = doubt;
                    }
                }
            }
            Item::Path(shape) if matches!(shape.mode, Mode::Fill(_)) => {
                let rect = shape.place.transform_rect_bbox(shape.path.bounding_box());
                self.backdrop(rect, Some(shape.ink.rgb));
            }
            Item::Image(image) => {
                self.backdrop(image.place.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)), None);
            }
            Item::PushGroup(group) => {
                let dim = group.alpha < 0.5 || group.mask.is_some() || group.blend != "Normal";
                self.groups.push(dim);
                self.dim += u32::from(dim);
            }
            Item::PopGroup => {
                let dim = self.groups.pop().unwrap_or(false);
                self.dim -= u32::from(dim);
            }
            Item::Path(_) | Item::PushClip(_) | Item::PopClip => {}
        }
    }

    fn backdrop(&mut self, rect: Rect, rgb: Option<[u8; 3]>) {
        if self.backdrops.len() < MOST {
            self.backdrops.push(Backdrop { rect, rgb });
        }
    }

    /// Whether a glyph stands on something of its own colour, or on a picture.
    fn alike(&self, glyph: &Glyph, ink: Ink) -> bool {
        if self.backdrops.len() >= MOST {
            return true;
        }
        let middle = glyph.outline.bounds.map_or(Point::new(250.0, 250.0), |b| b.center());
        let at = glyph.place * middle;
        let under = self.backdrops.iter().rev().find(|b| b.rect.contains(at));
        under.is_some_and(|b| b.rgb.is_none_or(|rgb| (0..3).all(|i| rgb[i].abs_diff(ink.rgb[i]) < 48)))
    }
}

fn faint(ink: Ink) -> bool {
    ink.alpha < 0.25 || ink.rgb.iter().all(|c| *c > 215)
}

fn tiny(glyph: &Glyph) -> bool {
    let [a, b, c, d, _, _] = glyph.place.as_coeffs();
    1000.0 * (a * d - b * c).abs().sqrt() < 2.0
}

/// What nobody can see: words, and glyphs of words that are covered in part. `draw` draws the page at [`DPI`] (or, if it is very large, at
/// the scale it says) and is asked only if some word may be hidden. `covered` and `invisible` words are
/// always looked at.
pub(crate) fn unseen(
    scene: &Scene,
    words: &PageWords,
    glyphs: &[glyphs::Glyph],
    draw: &dyn Fn() -> (Picture, f64),
) -> Unseen {
    let covered = (0u32..).zip(glyphs).filter(|(_, g)| g.covered).map(|(number, _)| number).collect();
    Unseen { words: unseen_words(scene, words, glyphs.len(), draw), glyphs: covered }
}

fn unseen_words(
    scene: &Scene,
    words: &PageWords,
    glyphs: usize,
    draw: &dyn Fn() -> (Picture, f64),
) -> Vec<bool> {
    let doubt = suspicious(scene, glyphs);
    let doubtful = |w: &Word| {
        w.invisible || w.covered || w.glyphs.iter().any(|g| doubt.get(*g as usize).copied().unwrap_or(true))
    };
    let doubts: Vec<bool> = words.words.iter().map(doubtful).collect();
    if !doubts.contains(&true) {
        return doubts;
    }
    let (picture, scale) = draw();
    let flat = |w: &Word| crate::out::paint::unseen(&picture, w, scale as f32);
    words.words.iter().zip(doubts).map(|(w, doubt)| doubt && flat(w)).collect()
}
