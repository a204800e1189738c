//! One page, from the source's drawing to what is written of it.

use super::encode::{Encoded, encode};
use super::label;
use super::plan::{PagePlan, Px, plan};
use super::write::TextItem;
use crate::Fault;
use crate::marks::Placed;
use crate::read::layout::{PageWords, Word};
use crate::read::picture::{Artist, Picture, scale_within};
use crate::redact::{Options, Widths};

/// Dots an inch of a page turned into a picture.
const DPI: f64 = 200.0;
const BOX: [u8; 3] = [0, 0, 0];
const LETTERS: [u8; 3] = [255, 255, 255];

/// A box as drawn, in points, for the prover.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DrawnBox {
    pub(crate) rect: [f32; 4],
    pub(crate) label: Option<[f32; 4]>,
    pub(crate) codes: Vec<String>,
}

/// A page ready to be written.
pub(crate) struct Painted {
    pub(crate) size: (f32, f32),
    pub(crate) picture: Encoded,
    pub(crate) text: Vec<TextItem>,
    pub(crate) boxes: Vec<DrawnBox>,
    pub(crate) removed: Vec<String>,
    pub(crate) swallowed: u32,
    /// Words that were in the file but could not be seen.
    pub(crate) hidden: u32,
    /// Areas, in points, set again: here source and output differ by intent.
    pub(crate) changed: Vec<[f32; 4]>,
    pub(crate) grown: bool,
    pub(crate) dpi: u32,
}

/// Draws a page, takes the marks away, encodes it.
pub(crate) fn paint(
    artist: &Artist<'_>,
    words: &PageWords,
    placed: &[&Placed],
    options: &Options,
    pixels: u64,
) -> Result<Painted, Fault> {
    let index = words.page as usize - 1;
    let size = (words.width, words.height);
    let scale = scale_within(size, DPI, pixels);
    let mut picture = artist.page(index, scale);
    let hidden: Vec<bool> = words.words.iter().map(|w| unseen(&picture, w, scale as f32)).collect();
    let plan = if placed.is_empty() {
        PagePlan { removed: vec![false; words.words.len()], ..Default::default() }
    } else {
        plan(words, placed, &picture, scale as f32, options.widths == Widths::Hidden)
    };
    let mut places: Vec<[f32; 4]> = words.words.iter().map(|w| w.rect).collect();
    let points = |r: Px| r.map(|v| v as f32 / scale as f32);
    let mut changed = Vec::new();
    for reset in &plan.resets {
        changed.push(points(reset.strip));
        label::fill(&mut picture, reset.strip, reset.paper);
        for (index_of_word, x) in &reset.moves {
            let rect = &mut places[*index_of_word];
            let width = f64::from(rect[2] - rect[0]) * scale;
            let high = reset.strip[3] - reset.strip[1];
            // Drawn anew with its left edge on a whole pixel: the fraction of a pixel it stood at in the
            // source would tell the width of what stood before it.
            let from = (words.words[*index_of_word].left * scale, f64::from(reset.strip[1]));
            let piece = artist.window(index, scale, from, (width.round() as u32 + 1, high));
            blit(&mut picture, &piece, *x, reset.strip[1]);
            let left = *x as f32 / scale as f32;
            let right = (*x + width.round() as u32 + 1) as f32 / scale as f32;
            *rect = [left, rect[1], right, rect[3]];
        }
    }
    let mut boxes = Vec::new();
    for b in &plan.boxes {
        label::fill(&mut picture, b.rect, BOX);
        let code = b.codes.iter().filter(|c| !c.is_empty()).cloned().collect::<Vec<_>>().join("-");
        let largest = (scale as f32 * 1.3).round().max(1.0) as u32;
        let spot = label::spot(&code, b.rect, largest);
        let at = spot.map(|s| {
            label::draw(&mut picture, &code, s, LETTERS);
            let cells = code.chars().count() as u32 * label::CELL.0;
            points([s.x, s.y, s.x + cells * s.dot, s.y + label::CELL.1 * s.dot])
        });
        boxes.push(DrawnBox { rect: points(b.rect), label: at, codes: b.codes.clone() });
    }
    let mut text = Vec::new();
    let mut removed = Vec::new();
    let mut unseen_count = 0;
    for (i, word) in words.words.iter().enumerate() {
        if plan.removed[i] {
            removed.push(word.text.clone());
        } else if hidden[i] {
            unseen_count += 1;
        } else {
            let item =
                TextItem { text: word.text.clone(), rect: places[i], angle: word.angle, line: word.line };
            text.push(item);
        }
    }
    Ok(Painted {
        size,
        picture: encode(&picture, options.jpeg_quality)?,
        text,
        boxes,
        removed,
        swallowed: plan.swallowed,
        hidden: unseen_count,
        changed,
        grown: plan.grown,
        dpi: (scale * 72.0).round() as u32,
    })
}

/// Whether a word's place is one flat colour: whatever the file says stands there, nobody can see it.
/// It may lie under an earlier redactor's box, or be white on white.
pub(crate) fn unseen(picture: &Picture, word: &Word, scale: f32) -> bool {
    let side = |v: f32, most: u32| ((v * scale).round().max(0.0) as u32).min(most);
    let r = word.rect;
    let (x0, x1) = (side(r[0], picture.width), side(r[2], picture.width));
    let (y0, y1) = (side(r[1], picture.height), side(r[3], picture.height));
    if x0 >= x1 || y0 >= y1 {
        return true;
    }
    let (mut low, mut high) = ([255u8; 3], [0u8; 3]);
    for y in y0..y1 {
        for x in x0..x1 {
            let p = picture.at(x, y);
            for i in 0..3 {
                low[i] = low[i].min(p[i]);
                high[i] = high[i].max(p[i]);
            }
        }
        if (0..3).any(|i| high[i] - low[i] > 24) {
            return false;
        }
    }
    true
}

fn blit(onto: &mut Picture, piece: &Picture, left: u32, top: u32) {
    for y in 0..piece.height {
        for x in 0..piece.width {
            if left + x < onto.width && top + y < onto.height {
                onto.set(left + x, top + y, piece.at(x, y));
            }
        }
    }
}
