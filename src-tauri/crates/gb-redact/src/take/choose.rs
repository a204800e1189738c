//! Which glyphs the marks take.

use super::frame::{meet, wide};
use super::seats::{Paint, Seats};
use super::strip::Things;
use crate::marks::{Placed, Shape};
use crate::read::layout::PageWords;
use crate::scene::NONE;
use hayro::kurbo::Rect;
use std::collections::BTreeSet;

/// An area boxed as it was drawn.
#[derive(Debug)]
pub(super) struct Area {
    pub(super) rect: Rect,
    pub(super) code: String,
    /// Glyphs it takes.
    pub(super) seats: Vec<u32>,
}

/// What the marks take.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// For each glyph, whether it goes.
    pub(super) gone: Vec<bool>,
    /// For each glyph a mark of words takes, the mark's code (a place in `codes`).
    pub(super) code: Vec<Option<u32>>,
    pub(super) codes: Vec<String>,
    pub(super) areas: Vec<Area>,
    /// For each word, whether an area took a part of it and left the rest: that rest stays.
    pub(super) parted: Vec<bool>,
    /// Marked words whose glyphs do not stand on the page itself.
    pub(super) elsewhere: BTreeSet<u32>,
}

impl Choice {
    fn code_number(&mut self, code: &str) -> u32 {
        let known = self.codes.iter().position(|c| c == code);
        known.unwrap_or_else(|| {
            self.codes.push(code.to_owned());
            self.codes.len() - 1
        }) as u32
    }

    fn take(&mut self, seat: u32, code: Option<u32>) {
        let at = seat as usize;
        self.gone[at] = true;
        if self.code[at].is_none() {
            self.code[at] = code;
        }
    }
}

/// Chooses the glyphs that go. With `hidden` widths an area that is words of one line counts as these words.
pub(super) fn choose(
    seats: &Seats,
    words: &PageWords,
    placed: &[&Placed],
    things: &Things,
    hidden: bool,
) -> Choice {
    let count = seats.all.len();
    let mut out = Choice {
        gone: vec![false; count],
        code: vec![None; count],
        parted: vec![false; words.words.len()],
        ..Default::default()
    };
    for mark in placed.iter().filter(|m| m.shape == Shape::Words) {
        let code = out.code_number(&mark.code);
        of_words(seats, words, mark, code, &mut out);
        if !mark.words.iter().any(|w| any_gone(seats, &out, *w)) {
            // The words' glyphs are not on the page itself (a mask's, perhaps): their place is boxed.
            out.elsewhere.extend(&mark.words);
            let rects = mark.rects.iter().map(|r| wide(*r));
            out.areas.extend(rects.map(|rect| Area { rect, code: mark.code.clone(), seats: Vec::new() }));
        }
    }
    for mark in placed.iter().filter(|m| m.shape == Shape::Area) {
        for rect in mark.rects.iter().map(|r| wide(*r)) {
            of_area(seats, words, mark, rect, things, hidden, &mut out);
        }
    }
    followers(seats, &mut out);
    out
}

fn any_gone(seats: &Seats, out: &Choice, word: u32) -> bool {
    seats.of_word[word as usize].iter().any(|s| out.gone[*s as usize])
}

/// What repeats a glyph goes with it.
fn followers(seats: &Seats, out: &mut Choice) {
    for (index, seat) in seats.all.iter().enumerate() {
        if let Some(leader) = seat.leader {
            let goes = out.gone[leader as usize] || out.gone[index];
            out.gone[index] = goes;
            out.gone[leader as usize] = goes;
        }
    }
}

fn of_words(seats: &Seats, words: &PageWords, mark: &Placed, code: u32, out: &mut Choice) {
    for word in &mark.words {
        let list = &seats.of_word[*word as usize];
        let parts: Vec<_> = mark.parts.iter().filter(|(w, _)| w == word).map(|(_, p)| p.clone()).collect();
        let all = words.words[*word as usize].text.chars().count() as u32;
        let whole = parts.is_empty() || parts.iter().any(|p| p.start == 0 && p.end >= all);
        let spelt = if whole { None } else { seats.characters(words, *word) };
        let Some(spelt) = spelt else {
            // A part that cannot be told from the rest takes the whole word.
            list.iter().for_each(|s| out.take(*s, Some(code)));
            continue;
        };
        for part in parts {
            let end = (part.end as usize).min(spelt.len());
            for seat in &spelt[(part.start as usize).min(end)..end] {
                out.take(*seat, Some(code));
            }
        }
        // A mark set on a letter that goes would name it.
        for pair in list.windows(2) {
            if out.gone[pair[0] as usize] && seats.all[pair[1] as usize].mark {
                out.take(pair[1], Some(code));
            }
        }
    }
}

fn of_area(
    seats: &Seats,
    words: &PageWords,
    mark: &Placed,
    rect: Rect,
    things: &Things,
    hidden: bool,
    out: &mut Choice,
) {
    let mut met: Vec<u32> = (0u32..).zip(&seats.all).filter(|(_, s)| s.meets(rect)).map(|(i, _)| i).collect();
    // A word that loses more than half goes whole, or its rest would name it.
    let mut touched: Vec<u32> =
        met.iter().map(|s| seats.all[*s as usize].word).filter(|w| *w != NONE).collect();
    touched.sort_unstable();
    touched.dedup();
    for word in &touched {
        let list = &seats.of_word[*word as usize];
        let lost = list.iter().filter(|s| met.binary_search(s).is_ok()).count();
        if lost * 2 > list.len() {
            met.extend(list);
        } else {
            out.parted[*word as usize] = true;
        }
        met.sort_unstable();
        met.dedup();
    }
    let run = hidden && is_run(seats, words, rect, &touched, things);
    let code = run.then(|| out.code_number(&mark.code));
    met.iter().for_each(|s| out.take(*s, code));
    if !run {
        out.areas.push(Area { rect, code: mark.code.clone(), seats: met });
    }
}

/// Whether an area drawn by hand is words of one line and nothing else.
fn is_run(seats: &Seats, words: &PageWords, rect: Rect, touched: &[u32], things: &Things) -> bool {
    let Some(first) = touched.first().map(|w| &words.words[*w as usize]) else { return false };
    let painted = |w: &u32| {
        let list = &seats.of_word[*w as usize];
        seats.complete[*w as usize] && list.iter().all(|s| seats.all[*s as usize].paint == Paint::Painted)
    };
    first.angle == 0
        && touched.iter().all(|w| words.words[*w as usize].segment == first.segment)
        && touched.iter().all(painted)
        && rect.height() < f64::from(first.em) * 2.2
        && !seats.all.iter().any(|s| s.word == NONE && !s.text.trim().is_empty() && meet(s.extent(), rect))
        && things.plain(rect)
}
