//! The words of a finished page, put together from where its glyphs stand, and held against its source.

use super::PlanPage;
use super::content::{Drawn, Shown};
use super::fonts::Font;
use crate::read::layout::PageWords;
use crate::read::rtl;
use std::collections::{BTreeMap, HashMap};

/// A word as the finished page says it.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) text: String,
    /// Left, top, right, bottom, in points from the top left.
    pub(super) rect: [f32; 4],
    /// The box of all of its ink and of `rect`.
    pub(super) ink: [f32; 4],
    pub(super) em: f32,
}

struct Letter<'t> {
    text: &'t str,
    shown: Shown,
}

/// Puts glyphs together. A space ends a word; so does a leap to elsewhere.
pub(super) fn said(drawn: &Drawn, fonts: &BTreeMap<u32, Font>) -> Vec<Said> {
    let mut out = Vec::new();
    let mut word: Vec<Letter<'_>> = Vec::new();
    // The same letter again in nearly the same place is bold by drawing twice, or a shadow: one letter.
    let mut before: HashMap<&str, Vec<(f64, f64)>> = HashMap::new();
    for shown in &drawn.glyphs {
        let text = fonts.get(&shown.font).and_then(|f| f.says.get(&shown.glyph)).map_or("\u{FFFD}", |s| s);
        if text.chars().all(char::is_whitespace) {
            close(&mut word, &mut out);
            continue;
        }
        let places = before.entry(text).or_default();
        let ((x, y), near) = (shown.origin, 0.15 * shown.em);
        if places.iter().rev().any(|p| (p.0 - x).abs() < near && (p.1 - y).abs() < near) {
            continue;
        }
        places.push((x, y));
        if word.last().is_some_and(|before| leaps(&before.shown, shown)) {
            close(&mut word, &mut out);
        }
        word.push(Letter { text, shown: *shown });
    }
    close(&mut word, &mut out);
    out
}

/// The direction a glyph is written in.
fn along(s: &Shown) -> (f64, f64) {
    let (dx, dy) = (s.end.0 - s.origin.0, s.end.1 - s.origin.1);
    let long = dx.hypot(dy);
    if long > 1e-6 { (dx / long, dy / long) } else { (1.0, 0.0) }
}

fn leaps(before: &Shown, next: &Shown) -> bool {
    let (ux, uy) = along(before);
    let (dx, dy) = (next.origin.0 - before.end.0, next.origin.1 - before.end.1);
    let (ahead, aside) = (dx * ux + dy * uy, dy * ux - dx * uy);
    let em = before.em.max(next.em).max(0.1);
    aside.abs() > 0.6 * em || ahead > 1.5 * em || ahead < -4.0 * em
}

fn close(word: &mut Vec<Letter<'_>>, out: &mut Vec<Said>) {
    let mut letters = std::mem::take(word);
    let Some(first) = letters.first() else { return };
    let (ux, uy) = along(&first.shown);
    let place = |l: &Letter<'_>| l.shown.origin.0.mul_add(ux, l.shown.origin.1 * uy);
    // From left to right, whichever way they are written; and then as they are read.
    letters.sort_by(|a, b| place(a).total_cmp(&place(b)));
    let mut text = String::new();
    let mut rect = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    let mut em = 0.0f64;
    let mut ink = rect;
    for letter in &letters {
        let s = &letter.shown;
        ink = [ink[0].min(s.ink[0]), ink[1].min(s.ink[1]), ink[2].max(s.ink[2]), ink[3].max(s.ink[3])];
        em = em.max(s.em);
        // A sign of a formula may hang far below the line it is set on: its ink is where it is.
        let (cx, cy) = s.centre;
        rect = [rect[0].min(cx), rect[1].min(cy), rect[2].max(cx), rect[3].max(cy)];
        for (x, y) in [s.origin, s.end] {
            for up in [0.75, -0.22] {
                let (px, py) = (x + uy * up * s.em, y - ux * up * s.em);
                rect = [rect[0].min(px), rect[1].min(py), rect[2].max(px), rect[3].max(py)];
            }
        }
    }
    match rtl::order(letters.iter().map(|l| l.text)) {
        Some(read) => read.into_iter().for_each(|i| text.push_str(letters[i].text)),
        None => letters.iter().for_each(|l| text.push_str(l.text)),
    }
    let text = clean(&text);
    if !text.is_empty() {
        let ink = [ink[0].min(rect[0]), ink[1].min(rect[1]), ink[2].max(rect[2]), ink[3].max(rect[3])];
        out.push(Said { text, rect: rect.map(|v| v as f32), ink: ink.map(|v| v as f32), em: em as f32 });
    }
}

/// A text as both sides compare it: what says nothing left out, a soft hyphen as the hyphen it shows.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| {
            let silent = matches!(c, '\u{FFFD}' | '\u{FFFF}' | '\u{E000}'..='\u{F8FF}')
                || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
                || c.is_control();
            !silent
        })
        .map(|c| if c == '\u{AD}' { '-' } else { c })
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// What came of holding a page's words against its source's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Fine,
    /// A word that was taken away can be read.
    Removed,
    /// The page does not say what its source says less what was taken.
    Unlike(&'static str),
}

/// Every word said must be a word of the source that was not taken away, as many times as it stood there
/// less the times it was taken; and what was not taken must be said.
///
/// Where words are parted otherwise than in the source, letters are counted instead: no letter may be
/// said that no kept word has left.
pub(super) fn hold(plan: &PlanPage, source: &PageWords, said: &[Said]) -> Held {
    let mut left: HashMap<String, i64> = HashMap::new();
    let mut silent = 0i64;
    for word in &source.words {
        let text = clean(&word.text);
        silent += i64::from(text.is_empty());
        *left.entry(text).or_default() += 1;
    }
    let gone = plan.removed.iter().chain(plan.cut.iter().map(|(was, _)| was));
    for word in gone {
        *left.entry(clean(word)).or_default() -= 1;
    }
    for part in plan.cut.iter().flat_map(|(_, remains)| remains.split_whitespace()) {
        *left.entry(clean(part)).or_default() += 1;
    }
    let mut strange: Vec<&str> = Vec::new();
    for word in said {
        match left.get_mut(&word.text) {
            Some(n) if *n > 0 => *n -= 1,
            _ => strange.push(&word.text),
        }
    }
    left.remove("");
    left.retain(|_, n| *n != 0);
    if strange.is_empty() {
        let lost: i64 = left.values().filter(|n| **n > 0).sum();
        let unseen = i64::from(plan.unseen);
        if lost > unseen {
            return Held::Unlike("words that were not marked are missing");
        }
        if lost + silent < unseen {
            return Held::Unlike("a word nobody could see is still there");
        }
        return Held::Fine;
    }
    by_letters(plan, &left, &strange)
}

fn by_letters(plan: &PlanPage, left: &HashMap<String, i64>, strange: &[&str]) -> Held {
    let mut letters: HashMap<char, i64> = HashMap::new();
    for (word, n) in left.iter().filter(|(_, n)| **n > 0) {
        for c in word.chars() {
            *letters.entry(c).or_default() += n;
        }
    }
    for c in strange.iter().flat_map(|w| w.chars()) {
        *letters.entry(c).or_default() -= 1;
    }
    if letters.values().any(|n| *n < 0) {
        return if tells(plan, left, strange) {
            Held::Removed
        } else {
            Held::Unlike("letters stand on the page that no kept word has")
        };
    }
    // What nobody could see was left out: as many letters as that many words can have had.
    let mut long: Vec<i64> = left
        .iter()
        .flat_map(|(w, n)| std::iter::repeat_n(w.chars().count() as i64, (*n).max(0) as usize))
        .collect();
    long.sort_unstable_by(|a, b| b.cmp(a));
    let unseen: i64 = long.iter().take(plan.unseen as usize).sum();
    if letters.values().sum::<i64>() > unseen {
        return Held::Unlike("words that were not marked are missing");
    }
    Held::Fine
}

/// Whether what is said too much spells a word that was taken away, in one piece or in several.
fn tells(plan: &PlanPage, left: &HashMap<String, i64>, strange: &[&str]) -> bool {
    let run = strange.concat().to_lowercase();
    let kept: Vec<String> = left.iter().filter(|(_, n)| **n > 0).map(|(w, _)| w.to_lowercase()).collect();
    let gone = plan.removed.iter().chain(plan.cut.iter().map(|(was, _)| was));
    gone.map(|w| clean(w).to_lowercase()).any(|word| {
        word.chars().count() > 1 && run.contains(&word) && !kept.iter().any(|k| k.contains(&word))
    })
}
