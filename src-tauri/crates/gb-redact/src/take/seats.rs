//! The glyphs of a scene, each found by its place: what it is part of, what it covers, how it advances.

use super::frame::{self, holds};
use crate::read::layout::PageWords;
use crate::scene::{Glyph, Item, Mode, NONE, Scene};
use hayro::kurbo::{Affine, Point, Rect, Vec2};
use std::sync::Arc;
use unicode_normalization::char::is_combining_mark;

/// A glyph of the page itself (not of a mask), in points of the page.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) number: u32,
    /// The word it belongs to; [`NONE`] for none.
    pub(super) word: u32,
    /// The glyph it only repeats (bold by drawing twice, filled and then stroked); it goes where that goes.
    pub(super) leader: Option<u32>,
    pub(super) origin: Point,
    /// From its origin to where the next begins.
    pub(super) step: Vec2,
    pub(super) em: f64,
    /// Its advance by a usual height.
    pub(super) body: Rect,
    pub(super) ink: Option<Rect>,
    /// The middle of its ink, or of its advance if it has none: under a box there may be none.
    pub(super) centre: Point,
    pub(super) paint: Paint,
    /// What of the page the clips around it leave.
    pub(super) clip: Rect,
    pub(super) text: Arc<str>,
    /// A mark set on the letter before it.
    pub(super) mark: bool,
}

/// Whether a glyph is itself what is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Painted,
    /// Something else drawn at its place shows it.
    Shown,
    Unpainted,
}

impl Seat {
    /// Whether more than a tenth of its ink or of its advance box lies in `rect`.
    pub(super) fn meets(&self, rect: Rect) -> bool {
        let tenth = f64::from(crate::marks::TOUCH);
        frame::share(self.body, rect) > tenth || self.ink.is_some_and(|i| frame::share(i, rect) > tenth)
    }

    /// Whether it may not stay when a box is drawn at `rect`: a tall sign has its middle in a box that covers less
    /// than a tenth of it.
    pub(super) fn lies_under(&self, rect: Rect) -> bool {
        self.meets(rect) || rect.inflate(0.02, 0.02).contains(self.centre)
    }

    /// All it covers.
    pub(super) fn extent(&self) -> Rect {
        self.ink.map_or(self.body, |i| i.union(self.body))
    }

    /// Whether it says and shows nothing but a space.
    pub(super) fn blank(&self) -> bool {
        self.ink.is_none() && self.text.chars().all(char::is_whitespace)
    }
}

/// The glyphs of a page, in the order they are painted.
#[derive(Debug, Default)]
pub(super) struct Seats {
    pub(super) all: Vec<Seat>,
    /// For each word its glyphs, as places in `all`, in the order of its text.
    pub(super) of_word: Vec<Vec<u32>>,
    /// For each word, whether every glyph of it stands on the page itself.
    pub(super) complete: Vec<bool>,
}

/// For each glyph number, the word it belongs to.
pub(super) fn words_by_number(words: &PageWords) -> Vec<u32> {
    let most = words.words.iter().flat_map(|w| &w.glyphs).max().map_or(0, |m| *m as usize + 1);
    let mut out = vec![NONE; most];
    for (index, word) in (0u32..).zip(&words.words) {
        for number in &word.glyphs {
            out[*number as usize] = index;
        }
    }
    out
}

/// Ink of wild size is a broken outline, not a letter.
fn sane(ink: Rect, em: f64) -> bool {
    ink.width() < em * 4.0 && ink.height() < em * 4.0
}

/// A glyph where it stands.
pub(super) fn seat(glyph: &Glyph, mode: &Mode, clip: Rect, word: u32) -> Seat {
    let origin = glyph.place * Point::ZERO;
    let em = (glyph.place * Point::new(0.0, 1000.0) - origin).hypot();
    let (end, body) = if glyph.vertical {
        (Point::new(0.0, glyph.advance), Rect::new(-500.0, glyph.advance, 500.0, 0.0))
    } else {
        (Point::new(glyph.advance, 0.0), Rect::new(0.0, -220.0, glyph.advance, 750.0))
    };
    let bounds = |r: Rect| glyph.place.transform_rect_bbox(r);
    let drawn = glyph.outline.bounds.map(bounds);
    let ink = drawn.filter(|i| sane(*i, em));
    let middle = glyph.place * Point::new(end.x / 2.0, if glyph.vertical { end.y / 2.0 } else { 280.0 });
    let body = bounds(body.abs());
    // A sign that hangs below its line is where its ink is, and no part of the line it hangs from.
    let hangs = |i: &Rect| i.height() > 0.9 * em && i.intersect(body).height().max(0.0) < 0.5 * i.height();
    Seat {
        number: glyph.number,
        word,
        leader: None,
        origin,
        step: glyph.place * end - origin,
        em,
        body: if glyph.vertical { body } else { ink.filter(hangs).unwrap_or(body) },
        ink,
        centre: drawn.map_or(middle, |i| i.center()),
        paint: match mode {
            Mode::Fill(_) | Mode::Stroke(_) => Paint::Painted,
            Mode::Shown => Paint::Shown,
            Mode::Invisible => Paint::Unpainted,
        },
        clip,
        mark: !glyph.text.is_empty() && glyph.text.chars().all(is_combining_mark),
        text: glyph.text.clone(),
    }
}

impl Seats {
    pub(super) fn new(scene: &Scene, words: &PageWords, by_number: &[u32]) -> Self {
        let page = Rect::new(0.0, 0.0, scene.size.0, scene.size.1);
        let mut clips = vec![page];
        let mut out = Self::default();
        for item in &scene.items {
            let clip = clips.last().copied().unwrap_or(page);
            match item {
                Item::PushClip(c) => clips.push(clip.intersect(hayro::kurbo::Shape::bounding_box(&c.path))),
                Item::PopClip if clips.len() > 1 => drop(clips.pop()),
                Item::Glyphs(run) => out.all.extend(run.glyphs.iter().map(|g| {
                    let word = by_number.get(g.number as usize).copied().unwrap_or(NONE);
                    seat(g, &run.mode, clip, word)
                })),
                _ => {}
            }
        }
        out.sort_into_words(words, by_number.len());
        out.find_twins();
        out
    }

    /// Finds the glyphs of each word, and those that repeat one under the same number.
    fn sort_into_words(&mut self, words: &PageWords, numbers: usize) {
        let mut first = vec![NONE; numbers];
        for (index, seat) in (0u32..).zip(&mut self.all) {
            match first.get_mut(seat.number as usize) {
                Some(slot) if *slot == NONE => *slot = index,
                Some(slot) => seat.leader = Some(*slot),
                None => {}
            }
        }
        for word in &words.words {
            let found: Vec<u32> =
                word.glyphs.iter().map(|n| first[*n as usize]).filter(|s| *s != NONE).collect();
            self.complete.push(found.len() == word.glyphs.len() && !found.is_empty());
            // The repeats of a word's letters are listed before the letters.
            let mut once: Vec<u32> = Vec::with_capacity(found.len());
            for seat in found.into_iter().rev() {
                match once.iter().find(|s| self.twins(**s, seat)) {
                    Some(leader) => self.all[seat as usize].leader = Some(*leader),
                    None => once.push(seat),
                }
            }
            once.reverse();
            self.of_word.push(once);
        }
    }

    /// Whether one glyph only repeats another.
    fn twins(&self, one: u32, other: u32) -> bool {
        let (a, b) = (&self.all[one as usize], &self.all[other as usize]);
        let by = b.origin - a.origin;
        a.text == b.text && by.x.abs() < 0.15 * a.em && by.y.abs() < 0.15 * a.em
    }

    /// Glyphs of no word that say and stand where one of a word does: drawn again to look bold.
    fn find_twins(&mut self) {
        let lone: Vec<usize> = (0..self.all.len())
            .filter(|i| self.all[*i].word == NONE && self.all[*i].leader.is_none() && !self.all[*i].blank())
            .collect();
        for index in lone {
            let leads =
                |s: &u32| self.all[*s as usize].word != NONE && self.all[*s as usize].leader.is_none();
            let twin = (0..self.all.len() as u32).find(|s| leads(s) && self.twins(*s, index as u32));
            if let Some(twin) = twin {
                self.all[index].word = self.all[twin as usize].word;
                self.all[index].leader = Some(twin);
            }
        }
    }

    /// For each character of a word (as its text counts them) its glyph; nothing if they do not agree, and
    /// then a part of the word cannot be told from the rest.
    pub(super) fn characters(&self, words: &PageWords, word: u32) -> Option<Vec<u32>> {
        let text: Vec<char> = words.words[word as usize].text.chars().collect();
        let list = &self.of_word[word as usize];
        let spell = |order: &mut dyn Iterator<Item = &u32>| {
            let mut out: Vec<(char, u32)> = Vec::with_capacity(text.len());
            for seat in order {
                let said = &self.all[*seat as usize].text;
                if said.is_empty() {
                    out.push(('\u{FFFD}', *seat));
                }
                out.extend(said.chars().map(|c| (c, *seat)));
            }
            let blank = |c: &(char, u32)| c.0.is_whitespace();
            let from = out.iter().position(|c| !blank(c)).unwrap_or(out.len());
            let to = out.iter().rposition(|c| !blank(c)).map_or(from, |p| p + 1);
            out[from..to].to_vec()
        };
        let same =
            |said: &[(char, u32)]| said.len() == text.len() && said.iter().zip(&text).all(|(s, t)| s.0 == *t);
        let forward = spell(&mut list.iter());
        let backward = spell(&mut list.iter().rev());
        let chosen = if same(&forward) {
            forward
        } else if same(&backward) {
            backward
        } else {
            return None;
        };
        Some(chosen.into_iter().map(|(_, seat)| seat).collect())
    }
}

/// Where the pictures of a page lie.
pub(super) fn pictures(scene: &Scene) -> Vec<(Affine, Rect)> {
    let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
    let place = |item: &Item| match item {
        Item::Image(i) => Some((i.place, i.place.transform_rect_bbox(unit))),
        _ => None,
    };
    scene.items.iter().filter_map(place).collect()
}

/// Whether a glyph stands on a picture.
pub(super) fn on_picture(seat: &Seat, pictures: &[(Affine, Rect)]) -> bool {
    let at = seat.ink.unwrap_or(seat.body).center();
    let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
    let under = |(place, bounds): &(Affine, Rect)| {
        bounds.contains(at) && place.determinant().abs() > 1e-9 && unit.contains(place.inverse() * at)
    };
    pictures.iter().any(under) || pictures.iter().any(|(_, b)| holds(*b, seat.body))
}
