//! Takes marks out of a page's scene, and plans boxes whose widths say nothing.
//!
//! What goes, goes from the scene: glyph by glyph, path by path, pixel by pixel. The boxes drawn afterwards only show
//! where something was. With hidden widths a line of running text is set again around boxes of fixed width, so that
//! two documents which differ only in what was marked come out the same; where that cannot be done a box takes the
//! room there is, or grows to a coarse grid.

mod choose;
mod clear;
mod frame;
mod guess;
mod lines;
mod order;
mod pixels;
mod plan;
mod seats;
mod set;
mod settle;
mod shapes;
mod strip;
#[cfg(test)]
mod tests;

use crate::marks::{Placed, Shape};
use crate::out::label;
use crate::out::paint::DrawnBox;
use crate::read::layout::PageWords;
use crate::redact::{Options, Widths};
use crate::scene::{Item, Mode, NONE, Scene};
use choose::Choice;
use hayro::kurbo::Rect;
use seats::{Paint, Seats};
use std::collections::BTreeSet;

#[cfg(test)]
use guess::guessability;

/// A page without what was marked.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) scene: Scene,
    /// Boxes to be drawn over it, in points.
    pub(crate) boxes: Vec<DrawnBox>,
    /// What was taken out of each word, whole words and parts.
    pub(crate) removed: Vec<String>,
    /// Words of which a part was taken: as they were, and what remains.
    pub(crate) cut: Vec<(String, String)>,
    /// Areas that differ from the source by intent.
    pub(crate) changed: Vec<[f32; 4]>,
    /// Words taken only because a box came to lie on them.
    pub(crate) swallowed: u32,
    /// Whether a box could not simply be set into its line.
    pub(crate) grown: bool,
    /// Words nobody could see, left out.
    pub(crate) hidden: u32,
    /// What a person should know, in sentences without any word of the page.
    pub(crate) told: Vec<String>,
    /// Boxes on pictures that were not decoded. If there are any the scene is not to be used: the page is to be
    /// gathered again with these areas, and taken again.
    pub(crate) touched: Vec<Rect>,
    /// For each box that keeps the width of what it covers, how many of 3,000 invented names would fit.
    pub(crate) fitting: Vec<Option<u32>>,
}

/// What of a page nobody can see.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unseen {
    /// For each word, whether none of it is seen.
    pub(crate) words: Vec<bool>,
    /// Numbers of glyphs under a shape drawn over them, though the rest of their word may be seen.
    pub(crate) glyphs: BTreeSet<u32>,
}

/// Takes the marks out of a page, and what nobody can see.
pub(crate) fn take(
    scene: Scene,
    words: &PageWords,
    placed: &[&Placed],
    options: &Options,
    unseen: &Unseen,
) -> Taken {
    if let Some(whole) = placed.iter().find(|m| m.shape == Shape::Page) {
        return whole_page(&scene, words, whole);
    }
    let by_number = seats::words_by_number(words);
    if placed.is_empty() && !unseen.any() && !has_unpainted(&scene) {
        return untouched(scene, words, &by_number);
    }
    let seats = Seats::new(&scene, words, &by_number);
    let (hidden, left_out) = nobody_sees(&scene, &seats, words, unseen);
    let hide = options.widths == Widths::Hidden;
    let things = strip::Things::new(&scene);
    let mut choice = choose::choose(&seats, words, placed, &things, hide);
    let lines = lines::lines(&seats, words, &choice, &hidden);
    let marked = choice.gone.clone();
    let page = scene.size;
    let planner = plan::Planner { seats: &seats, things: &things, lines: &lines, page, hide };
    let plan = planner.plan(&mut choice, &hidden);
    drop(things);
    let rows = order::rows_now(words, &lines, &plan);
    let numbers = order::number(&seats, words, &lines, &rows, &choice);
    let mut out = Taken { swallowed: plan.swallowed, grown: plan.grown, ..Default::default() };
    account(&seats, words, &choice, (&hidden, &left_out), &mut out);
    match order::at_breaks(&lines, &rows) {
        0 => {}
        1 => out.told.push(format!("Page {}: a marked word stands at the beginning or the end of a line of a paragraph; where the source broke its lines may have depended on it.", words.page)),
        n => out.told.push(format!("Page {}: {n} marked words stand at the beginning or the end of a line of a paragraph; where the source broke its lines may have depended on them.", words.page)),
    }
    if !hide {
        out.fitting = guess::fitting(&seats, &lines, &marked, &plan);
    }
    let without = choice.gone.iter().zip(&left_out).map(|(gone, hidden)| *gone || *hidden).collect();
    let mut clear = clear::Clear::new(&seats, &plan, without, numbers);
    out.scene = clear.scene(scene);
    (out.changed, out.touched) = (clear.changed, clear.touched);
    out.changed.extend(plan.changed);
    out.boxes = plan.boxes.into_iter().map(|b| drawn(b.rect, b.codes)).collect();
    out
}

impl Unseen {
    fn any(&self) -> bool {
        !self.glyphs.is_empty() || self.words.contains(&true)
    }
}

/// A page nothing is taken from; only its words and paragraphs are set down.
fn untouched(mut scene: Scene, words: &PageWords, by_number: &[u32]) -> Taken {
    let rows = order::rows_of(words);
    let blocks = order::blocks(&rows);
    let most = rows.iter().map(|r| r.segment as usize + 1).max().unwrap_or(0);
    let mut of_segment = vec![NONE; most];
    for (row, block) in rows.iter().zip(&blocks) {
        of_segment[row.segment as usize] = *block;
    }
    let mut tidy = clear::Tidy::default();
    for mut item in std::mem::take(&mut scene.items) {
        if let Item::Glyphs(run) = &mut item {
            run.glyphs.retain(|g| g.outline.bounds.is_some() || !g.text.chars().all(char::is_whitespace));
            for glyph in &mut run.glyphs {
                glyph.word = by_number.get(glyph.number as usize).copied().unwrap_or(NONE);
                let word = words.words.get(glyph.word as usize);
                glyph.block = word.map_or(NONE, |w| of_segment[w.segment as usize]);
            }
        }
        tidy.put(item);
    }
    scene.items = tidy.items;
    Taken { scene, ..Default::default() }
}

fn has_unpainted(scene: &Scene) -> bool {
    scene.items.iter().any(|i| matches!(i, Item::Glyphs(run) if run.mode == Mode::Invisible))
}

fn whole_page(scene: &Scene, words: &PageWords, mark: &Placed) -> Taken {
    let rect = Rect::new(0.0, 0.0, scene.size.0, scene.size.1);
    Taken {
        scene: Scene { size: scene.size, items: Vec::new() },
        boxes: vec![drawn(rect, vec![mark.code.clone()])],
        removed: words.words.iter().map(|w| w.text.clone()).collect(),
        ..Default::default()
    }
}

/// The largest dot of a code's letters, in points.
const DOT: f64 = 1.4;

/// A box with a place for its code: in the middle, no larger than needed to read it; nowhere if the box is too small.
fn drawn(rect: Rect, codes: Vec<String>) -> DrawnBox {
    let count = label::code(&codes).chars().count() as f64;
    let (across, down) = (f64::from(label::CELL.0), f64::from(label::CELL.1));
    let cells = count * across - 1.0;
    let dot = ((rect.width() - 1.5) / cells).min((rect.height() - 1.5) / down).min(DOT);
    let label = (count > 0.0 && dot > 0.25).then(|| {
        let dot = (dot * 20.0).floor() / 20.0;
        let x = frame::snap(rect.x0 + (rect.width() - cells * dot) / 2.0);
        let y = frame::snap(rect.y0 + (rect.height() - down * dot) / 2.0);
        frame::narrow(Rect::new(x, y, x + count * across * dot, y + down * dot))
    });
    DrawnBox { rect: frame::narrow(rect), label, codes }
}

/// Which words, and which glyphs, nobody can see. A layer of text over a picture that shows it is not painted, and
/// still no secret: it is kept.
fn nobody_sees(scene: &Scene, seats: &Seats, words: &PageWords, unseen: &Unseen) -> (Vec<bool>, Vec<bool>) {
    let pictures = seats::pictures(scene);
    let mut out: Vec<bool> = seats
        .all
        .iter()
        .map(|s| {
            let word = unseen.words.get(s.word as usize).copied().unwrap_or(false);
            let covered = unseen.glyphs.contains(&s.number);
            word || covered
                || (s.paint == Paint::Unpainted && (s.word == NONE || !seats::on_picture(s, &pictures)))
        })
        .collect();
    let hidden: Vec<bool> = (0..words.words.len())
        .map(|w| {
            let list = &seats.of_word[w];
            let none = !list.is_empty() && list.iter().all(|s| out[*s as usize]);
            none || unseen.words.get(w).copied().unwrap_or(false)
        })
        .collect();
    for (index, seat) in seats.all.iter().enumerate() {
        out[index] |= hidden.get(seat.word as usize).copied().unwrap_or(false);
    }
    (hidden, out)
}

/// Sets down what was taken of each word.
fn account(
    seats: &Seats,
    words: &PageWords,
    choice: &Choice,
    (hidden, left_out): (&[bool], &[bool]),
    out: &mut Taken,
) {
    for (index, word) in words.words.iter().enumerate() {
        let list = &seats.of_word[index];
        let say = |gone: bool| -> String {
            let here = |s: &&u32| choice.gone[**s as usize] == gone && (gone || !left_out[**s as usize]);
            let kept = list.iter().filter(here);
            kept.map(|s| &*seats.all[*s as usize].text).collect()
        };
        if choice.elsewhere.contains(&(index as u32)) {
            out.removed.push(word.text.clone());
        } else if !list.iter().any(|s| choice.gone[*s as usize]) {
            out.hidden += u32::from(hidden[index]);
            // Of a word that somebody covered in part only the part that is seen is carried.
            if !hidden[index] && list.iter().any(|s| left_out[*s as usize]) {
                out.cut.push((word.text.clone(), say(false).trim().to_owned()));
            }
        } else if list.iter().all(|s| choice.gone[*s as usize]) {
            out.removed.push(word.text.clone());
        } else if hidden[index] {
            // What the mark left of it nobody sees.
            out.removed.push(word.text.clone());
        } else {
            out.removed.push(say(true).trim().to_owned());
            out.cut.push((word.text.clone(), say(false).trim().to_owned()));
        }
    }
}
