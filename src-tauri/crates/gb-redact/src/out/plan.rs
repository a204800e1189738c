//! Where boxes go on a page and what moves to make room for them.
//!
//! With hidden widths a box says nothing by its size: in running text it has a fixed width for its code
//! and the rest of its segment is set again around it, on our own grid of gaps. Where that cannot be
//! done (a form, a scan with specks, no room) the box grows to a coarse grid and swallows the words it
//! then touches. All sums are in whole pixels, so that two documents which differ only in what was
//! marked come out the same.

use crate::marks::{Placed, Shape, share};
use crate::read::layout::{PageWords, Word};
use crate::read::picture::Picture;
use std::collections::BTreeMap;

/// Points of the coarse grid.
const GRID: f32 = 24.0;
/// Points of the grid a segment begins on when nothing else on the page begins where it does.
const START_GRID: f32 = 12.0;

/// How far a box reaches above and below the line its type stands on, in ems.
const ABOVE: f32 = 0.78;
const BELOW: f32 = 0.24;

/// A box in pixels: left, top, right, bottom.
pub(crate) type Px = [u32; 4];

/// A box to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Boxed {
    pub(crate) rect: Px,
    pub(crate) codes: Vec<String>,
}

/// A segment set again: its strip is cleared and its words put where `moves` say.
#[derive(Debug, Clone)]
pub(crate) struct Reset {
    pub(crate) strip: Px,
    pub(crate) paper: [u8; 3],
    /// Word, and the pixel its left edge goes to.
    pub(crate) moves: Vec<(usize, u32)>,
}

/// What happens to a page.
#[derive(Debug, Default)]
pub(crate) struct PagePlan {
    pub(crate) boxes: Vec<Boxed>,
    pub(crate) resets: Vec<Reset>,
    /// Words taken away, by their place.
    pub(crate) removed: Vec<bool>,
    /// Words taken away only because a box grew over them.
    pub(crate) swallowed: u32,
    /// Whether a box could not be given a width that says nothing.
    pub(crate) grown: bool,
}

pub(super) struct Planner<'a> {
    pub(super) words: &'a PageWords,
    picture: &'a Picture,
    pub(super) scale: f32,
    pub(super) plan: PagePlan,
}

/// Plans a page.
pub(crate) fn plan(
    words: &PageWords,
    placed: &[&Placed],
    picture: &Picture,
    scale: f32,
    hidden_widths: bool,
) -> PagePlan {
    let removed = vec![false; words.words.len()];
    let mut p = Planner { words, picture, scale, plan: PagePlan { removed, ..Default::default() } };
    if let Some(whole) = placed.iter().find(|m| m.shape == Shape::Page) {
        p.plan.removed.fill(true);
        let rect = [0, 0, picture.width, picture.height];
        p.plan.boxes.push(Boxed { rect, codes: vec![whole.code.clone()] });
        return p.plan;
    }
    // Which words go, and under which code; and which areas are boxed as they are.
    let mut runs: BTreeMap<usize, String> = BTreeMap::new();
    let mut areas: Vec<&Placed> = Vec::new();
    for mark in placed {
        let as_words = match mark.shape {
            Shape::Words => !mark.words.is_empty(),
            _ => hidden_widths && p.is_run(mark),
        };
        if !as_words {
            areas.push(mark);
        }
        for word in &mark.words {
            p.plan.removed[*word as usize] = true;
            if as_words {
                runs.entry(*word as usize).or_insert_with(|| mark.code.clone());
            }
        }
    }
    let mut segments: BTreeMap<u32, BTreeMap<usize, String>> = BTreeMap::new();
    for (word, code) in runs {
        segments.entry(words.words[word].segment).or_default().insert(word, code);
    }
    for (segment, marked) in &segments {
        match (hidden_widths, p.reset(*segment, marked, &segments)) {
            (true, Some((reset, boxes))) => {
                p.plan.resets.push(reset);
                p.plan.boxes.extend(boxes);
            }
            _ => p.grow(*segment, marked, hidden_widths),
        }
    }
    for mark in areas {
        p.area(mark, hidden_widths);
    }
    p.merge();
    p.swallow();
    p.plan
}

impl Planner<'_> {
    fn px(&self, rect: [f32; 4]) -> Px {
        let down = |v: f32, most: u32| ((v * self.scale + 0.01).floor().max(0.0) as u32).min(most);
        let up = |v: f32, most: u32| ((v * self.scale - 0.01).ceil().max(0.0) as u32).min(most);
        let (w, h) = (self.picture.width, self.picture.height);
        [down(rect[0], w), down(rect[1], h), up(rect[2], w), up(rect[3], h)]
    }

    /// The pixels a word's ink may reach: its box and one more all round, because a renderer softens the edge of a
    /// letter into the pixel beside it, and the foot of a `g` left over names the place of a `g`.
    pub(super) fn word_px(&self, word: &Word) -> Px {
        self.around(word.rect)
    }

    fn around(&self, rect: [f32; 4]) -> Px {
        let r = self.px(rect);
        let (w, h) = (self.picture.width, self.picture.height);
        [r[0].saturating_sub(1), r[1].saturating_sub(1), (r[2] + 1).min(w), (r[3] + 1).min(h)]
    }

    /// Whether an area drawn by hand is words of one line and nothing else.
    fn is_run(&self, mark: &Placed) -> bool {
        let (Some(first), [rect]) = (mark.words.first(), mark.rects.as_slice()) else { return false };
        let first = &self.words.words[*first as usize];
        let one = mark.words.iter().all(|w| self.words.words[*w as usize].segment == first.segment);
        one && first.angle == 0
            && rect[3] - rect[1] < first.em * 2.2
            && self.paper(self.px(*rect), &|w| mark.words.contains(&(w as u32))).is_some()
    }

    /// The one colour of a strip outside the given words; nothing if it has more than one.
    fn paper(&self, strip: Px, of: &dyn Fn(usize) -> bool) -> Option<[u8; 3]> {
        let inside: Vec<Px> = self
            .words
            .words
            .iter()
            .enumerate()
            .filter(|(i, _)| of(*i))
            .map(|(_, w)| self.word_px(w))
            .map(|r| [r[0].saturating_sub(1), r[1].saturating_sub(1), r[2] + 1, r[3] + 1])
            .filter(|r| r[0] < strip[2] && r[2] > strip[0] && r[1] < strip[3] && r[3] > strip[1])
            .collect();
        let mut paper: Option<[u8; 3]> = None;
        for y in strip[1]..strip[3].min(self.picture.height) {
            let mut x = strip[0];
            while x < strip[2].min(self.picture.width) {
                if let Some(r) = inside.iter().find(|r| x >= r[0] && x < r[2] && y >= r[1] && y < r[3]) {
                    x = r[2];
                    continue;
                }
                let here = self.picture.at(x, y);
                match paper {
                    None => paper = Some(here),
                    Some(p) if (0..3).any(|i| p[i].abs_diff(here[i]) > 6) => return None,
                    _ => {}
                }
                x += 1;
            }
        }
        paper
    }

    /// Sets a segment again around boxes of fixed width, if it has room and lies on plain paper.
    fn reset(
        &self,
        segment: u32,
        marked: &BTreeMap<usize, String>,
        all: &BTreeMap<u32, BTreeMap<usize, String>>,
    ) -> Option<(Reset, Vec<Boxed>)> {
        let list: Vec<(usize, &Word)> =
            self.words.words.iter().enumerate().filter(|(_, w)| w.segment == segment).collect();
        let (_, first) = *list.first()?;
        // A scan's words stand only roughly where its pixels are, and its paper is never plain.
        if list.iter().any(|(_, w)| w.angle != 0 || w.invisible || w.covered) {
            return None;
        }
        let rect = list.iter().map(|(_, w)| w.rect).reduce(crate::find::union)?;
        let (_, named) = list.iter().find(|(i, _)| marked.contains_key(i))?;
        let em = named.em * self.scale;
        let cleared = self.around(rect);
        // A box is as high as the type is, not as what stood there: a name with a deep or an accented letter must
        // leave the same box as one without.
        let high = [0.0, named.baseline - named.em * ABOVE, 0.0, named.baseline + named.em * BELOW];
        let rows = self.around(high);
        let start = self.start(segment, first, rect, all);
        let gap = (em * 0.28).round() as u32;
        let mut pen = start;
        let mut moves = Vec::new();
        let mut boxes: Vec<Boxed> = Vec::new();
        let mut open = false;
        for (index, word) in &list {
            match marked.get(index) {
                Some(code) if open => {
                    let last = boxes.last_mut()?;
                    if !last.codes.contains(code) {
                        // Another code beside the first: the box is as wide as both need.
                        last.codes.push(code.clone());
                        pen = last.rect[0] + width(&last.codes, em);
                        last.rect[2] = pen;
                        pen += gap;
                    }
                }
                Some(code) => {
                    let codes = vec![code.clone()];
                    let right = pen + width(&codes, em);
                    boxes.push(Boxed { rect: [pen, rows[1], right, rows[3]], codes });
                    pen = right + gap;
                    open = true;
                }
                None => {
                    moves.push((*index, pen));
                    let r = self.word_width(word);
                    pen += r + gap;
                    open = false;
                }
            }
        }
        let end = pen - gap;
        if end > self.limit(segment, rect, all) {
            return None;
        }
        let strip = [
            start.min(cleared[0]).saturating_sub(2),
            rows[1].min(cleared[1]),
            (end.max(cleared[2]) + 2).min(self.picture.width),
            rows[3].max(cleared[3]),
        ];
        let paper = self.paper(strip, &|w| self.words.words[w].segment == segment)?;
        Some((Reset { strip, paper, moves }, boxes))
    }

    pub(super) fn word_width(&self, word: &Word) -> u32 {
        ((word.rect[2] - word.rect[0]) * self.scale).round() as u32 + 1
    }

    /// Where a segment begins. One that begins where others do keeps its place; one that does not may be
    /// centred or set to the right, and then its place tells its width: it goes to a coarse grid.
    fn start(
        &self,
        segment: u32,
        first: &Word,
        rect: [f32; 4],
        all: &BTreeMap<u32, BTreeMap<usize, String>>,
    ) -> u32 {
        let x = rect[0];
        let begins = |w: &Word, i: usize| {
            w.segment != segment
                && !all.contains_key(&w.segment)
                && (i == 0 || self.words.words[i - 1].segment != w.segment)
                && (w.rect[0] - x).abs() < 1.5
        };
        let words = &self.words.words;
        let shared = words.iter().enumerate().any(|(i, w)| begins(w, i));
        // At the left edge of the text nothing is centred.
        let margin = words.iter().filter(|w| w.angle == 0).map(|w| w.rect[0]).fold(f32::MAX, f32::min);
        if shared || x - margin < 1.5 {
            return (x * self.scale).round() as u32;
        }
        let before = words
            .iter()
            .filter(|w| w.segment != segment && w.rect[1] < rect[3] && w.rect[3] > rect[1] && w.rect[0] < x)
            .map(|w| w.rect[2])
            .fold(0.0, f32::max);
        let snapped = (x / START_GRID).floor() * START_GRID;
        let at = if snapped > before + first.em * 0.5 { snapped } else { x };
        (at * self.scale).round() as u32
    }

    /// How far to the right a segment may reach.
    fn limit(&self, segment: u32, rect: [f32; 4], all: &BTreeMap<u32, BTreeMap<usize, String>>) -> u32 {
        let words = &self.words.words;
        let left = words.iter().map(|w| w.rect[0]).fold(self.words.width, f32::min);
        let widest =
            words.iter().filter(|w| !all.contains_key(&w.segment)).map(|w| w.rect[2]).fold(0.0, f32::max);
        let margin = (self.words.width - left).max(widest);
        let next = words
            .iter()
            .filter(|w| {
                w.segment != segment && w.rect[1] < rect[3] && w.rect[3] > rect[1] && w.rect[0] > rect[0]
            })
            .map(|w| w.rect[0] - 6.0)
            .fold(margin, f32::min);
        (next * self.scale) as u32
    }

    /// Boxes over the words where they stand. With hidden widths they grow to the coarse grid and over
    /// the words of their segment they then touch.
    fn grow(&mut self, segment: u32, marked: &BTreeMap<usize, String>, hidden_widths: bool) {
        self.plan.grown |= hidden_widths;
        let mut runs: Vec<(Px, usize, usize, Vec<String>)> = Vec::new();
        for (index, code) in marked {
            let word = &self.words.words[*index];
            // Boxes of an OCR layer are rough: take a little more.
            let slack = if word.invisible { word.em * 0.12 } else { 0.0 };
            let r = word.rect;
            let rect = self.around([r[0] - slack, r[1] - slack, r[2] + slack, r[3] + slack]);
            match runs.last_mut() {
                Some((area, _, last, codes)) if *last + 1 == *index => {
                    *area = join(*area, rect);
                    *last = *index;
                    if !codes.contains(code) {
                        codes.push(code.clone());
                    }
                }
                _ => runs.push((rect, *index, *index, vec![code.clone()])),
            }
        }
        for (rect, first, _, codes) in runs {
            let upright = self.words.words[first].angle.is_multiple_of(180);
            let rect = if hidden_widths { self.coarse(rect, &[segment], upright) } else { rect };
            self.plan.boxes.push(Boxed { rect, codes });
        }
    }

    /// A box drawn by hand.
    fn area(&mut self, mark: &Placed, hidden_widths: bool) {
        let mut segments: Vec<u32> =
            mark.words.iter().map(|w| self.words.words[*w as usize].segment).collect();
        segments.dedup();
        for rect in &mark.rects {
            let mut area = self.px(*rect);
            // A word more than half inside goes whole, or its rest would name it.
            for index in &mark.words {
                let word = &self.words.words[*index as usize];
                if share(word.rect, *rect) > 0.5 {
                    area = join(area, self.word_px(word));
                }
            }
            if hidden_widths && !segments.is_empty() {
                self.plan.grown = true;
                area = self.coarse(area, &segments, true);
            }
            self.plan.boxes.push(Boxed { rect: area, codes: vec![mark.code.clone()] });
        }
    }

    /// Grows a box to the coarse grid along its text. It swallows words of its own segments, and stops
    /// short of other segments: their place does not depend on what was marked.
    fn coarse(&self, rect: Px, segments: &[u32], upright: bool) -> Px {
        let grid = GRID * self.scale;
        let (lo, hi) = if upright { (0, 2) } else { (1, 3) };
        let most = if upright { self.picture.width } else { self.picture.height };
        let mut out = rect;
        out[lo] = ((rect[lo] as f32 / grid).floor() * grid) as u32;
        out[hi] = (((rect[hi] as f32 / grid).ceil() * grid) as u32).min(most);
        for word in self.words.words.iter().filter(|w| !segments.contains(&w.segment)) {
            let r = self.word_px(word);
            let beside =
                if upright { r[1] < rect[3] && r[3] > rect[1] } else { r[0] < rect[2] && r[2] > rect[0] };
            if beside && r[lo] >= rect[hi] {
                out[hi] = out[hi].min(r[lo].saturating_sub(2).max(rect[hi]));
            }
            if beside && r[hi] <= rect[lo] {
                out[lo] = out[lo].max((r[hi] + 2).min(rect[lo]));
            }
        }
        let grown = out;
        for word in self.words.words.iter().filter(|w| segments.contains(&w.segment)) {
            let r = self.word_px(word);
            if r[0] < grown[2] && r[2] > grown[0] && r[1] < grown[3] && r[3] > grown[1] {
                out[lo] = out[lo].min(r[lo]);
                out[hi] = out[hi].max(r[hi]);
            }
        }
        out
    }
}

/// The fixed width of a box for its codes, in pixels.
fn width(codes: &[String], em: f32) -> u32 {
    let letters: usize = codes.iter().map(|c| c.chars().count() + 1).sum::<usize>().saturating_sub(1);
    (em * (1.2 + 0.62 * letters.max(2) as f32)).round() as u32
}

pub(crate) fn join(a: Px, b: Px) -> Px {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
