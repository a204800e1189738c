//! The lines of a page as they are set: each cut into pieces that stay and pieces that go.

use super::choose::Choice;
use super::frame::{quarter, turned};
use super::seats::{Paint, Seats};
use crate::read::layout::PageWords;
use hayro::kurbo::{Affine, Rect};
use std::collections::BTreeMap;

/// How far a box reaches above and below the line its type stands on, in ems. From the type, never from the ink:
/// a name with a deep or an accented letter must leave the same box as one without.
pub(super) const ABOVE: f64 = 0.78;
pub(super) const BELOW: f64 = 0.24;

/// A stretch of a word that stays or goes as one.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) word: u32,
    /// Its glyphs, from left to right in the turned frame.
    pub(super) seats: Vec<u32>,
    pub(super) gone: bool,
    /// The code of the mark that takes it.
    pub(super) code: Option<u32>,
    /// No space stands before it.
    pub(super) glued: bool,
    /// Where it begins and ends in the source.
    pub(super) u: (f64, f64),
}

/// A segment: a line, or a cell of one, in its turned frame.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) segment: u32,
    pub(super) angle: u16,
    pub(super) turn: Affine,
    pub(super) pieces: Vec<Piece>,
    /// Where its text begins and ends, by advance: ink overhangs by what letter it is.
    pub(super) u: (f64, f64),
    /// The line its type stands on.
    pub(super) v: f64,
    pub(super) em: f64,
    /// Whether marks of words take a part of it.
    pub(super) marked: bool,
    /// Whether it can be set again as far as its glyphs go: all painted, on one level, of sane advances.
    pub(super) sound: bool,
    /// What its clips leave of the page, in the turned frame.
    pub(super) clip: Rect,
}

impl Line {
    /// Upper and lower edge of its type.
    pub(super) fn rows(&self) -> (f64, f64) {
        (self.v - ABOVE * self.em, self.v + BELOW * self.em)
    }

    /// Whether another line stands beside it.
    pub(super) fn beside(&self, other: &Line) -> bool {
        let (a, b) = (self.rows(), other.rows());
        let both = a.1.min(b.1) - a.0.max(b.0);
        self.angle == other.angle && both > 0.25 * self.em.min(other.em)
    }

    /// The first piece that goes.
    pub(super) fn first_gone(&self) -> Option<&Piece> {
        self.pieces.iter().find(|p| p.gone)
    }
}

/// The lines of a page by segment, hidden words left out unless a mark takes them.
pub(super) fn lines(seats: &Seats, words: &PageWords, choice: &Choice, hidden: &[bool]) -> Vec<Line> {
    let mut segments: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (index, word) in (0u32..).zip(&words.words) {
        segments.entry(word.segment).or_default().push(index);
    }
    segments
        .into_iter()
        .filter_map(|(segment, list)| line(seats, words, choice, hidden, segment, &list))
        .collect()
}

fn line(
    seats: &Seats,
    words: &PageWords,
    choice: &Choice,
    hidden: &[bool],
    segment: u32,
    list: &[u32],
) -> Option<Line> {
    let angle = words.words[*list.first()? as usize].angle;
    let exact = quarter(angle);
    let turn = exact.unwrap_or_else(|| Affine::rotate(-f64::from(angle).to_radians()));
    let mut sound = exact.is_some();
    let mut pieces = Vec::new();
    for word in list {
        let at = *word as usize;
        let all = &seats.of_word[at];
        let any = all.iter().any(|s| choice.gone[*s as usize]);
        if hidden[at] && !any {
            continue;
        }
        sound &= seats.complete[at] && !hidden[at] && !words.words[at].covered;
        cut(seats, choice, turn, *word, &mut pieces);
    }
    pieces.sort_by(|a: &Piece, b| a.u.0.total_cmp(&b.u.0));
    let kept: Vec<u32> = pieces.iter().filter(|p| !p.gone).flat_map(|p| p.seats.iter().copied()).collect();
    // What stands there whatever is marked says where the line is; the marked words only if nothing else does.
    let measure =
        if kept.is_empty() { pieces.iter().flat_map(|p| p.seats.iter().copied()).collect() } else { kept };
    let mut levels: Vec<f64> = measure.iter().map(|s| (turn * seats.all[*s as usize].origin).y).collect();
    levels.sort_by(f64::total_cmp);
    let v = *levels.get(levels.len() / 2)?;
    let em = measure.iter().map(|s| seats.all[*s as usize].em).fold(0.0, f64::max);
    let u = pieces.iter().fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.u.0), b.max(p.u.1)));
    let mut clip: Option<Rect> = None;
    for seat in pieces.iter().flat_map(|p| &p.seats) {
        let s = &seats.all[*seat as usize];
        let c = turned(turn, s.clip);
        clip = Some(clip.map_or(c, |k| k.intersect(c)));
        let (at, step) = (turn * s.origin, turned_step(turn, s.step));
        sound &= s.paint == Paint::Painted && (at.y - v).abs() < 0.45 * em;
        sound &= step.0 > -0.02 * s.em && step.1.abs() < 0.03 * s.em && s.em > 0.5;
    }
    sound &= pieces.iter().all(|p| (p.gone == p.code.is_some()) && sane(seats, turn, p));
    let marked = pieces.iter().any(|p| p.code.is_some());
    Some(Line { segment, angle, turn, u, v, em, marked, sound, clip: clip?, pieces })
}

/// A vector in the turned frame.
pub(super) fn turned_step(turn: Affine, step: hayro::kurbo::Vec2) -> (f64, f64) {
    let [a, b, c, d, _, _] = turn.as_coeffs();
    (a * step.x + c * step.y, b * step.x + d * step.y)
}

/// Cuts a word into pieces that stay and pieces that go.
fn cut(seats: &Seats, choice: &Choice, turn: Affine, word: u32, out: &mut Vec<Piece>) {
    let mut list: Vec<(f64, u32)> =
        seats.of_word[word as usize].iter().map(|s| ((turn * seats.all[*s as usize].origin).x, *s)).collect();
    list.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut open: Option<Piece> = None;
    for (x, seat) in list {
        let s = &seats.all[seat as usize];
        let (gone, code) = (choice.gone[seat as usize], choice.code[seat as usize]);
        let end = x + turned_step(turn, s.step).0.max(0.0);
        match &mut open {
            Some(piece) if piece.gone == gone => {
                piece.seats.push(seat);
                piece.u.1 = piece.u.1.max(end);
                piece.code = piece.code.or(code);
            }
            _ => {
                let glued = open.is_some();
                out.extend(open.take());
                open = Some(Piece { word, seats: vec![seat], gone, code, glued, u: (x, end) });
            }
        }
    }
    out.extend(open);
}

/// Whether the advances of a piece that stays agree with where its glyphs stand: some files place every glyph by
/// hand and give it an advance of nothing.
fn sane(seats: &Seats, turn: Affine, piece: &Piece) -> bool {
    if piece.gone || piece.seats.len() < 2 {
        return true;
    }
    let told: f64 = piece.seats.iter().map(|s| turned_step(turn, seats.all[*s as usize].step).0).sum();
    let real = piece.u.1 - piece.u.0;
    told > 0.5 * real && told < 2.0 * real
}

/// Where each glyph of a piece stands from the piece's left edge when it is set anew, and how wide the piece is
/// then: by advances alone, never by the source's kerning or spacing. A mark keeps its place over its letter.
pub(super) fn set_piece(seats: &Seats, turn: Affine, piece: &Piece) -> (Vec<f64>, f64) {
    let mut pens = Vec::with_capacity(piece.seats.len());
    let (mut pen, mut base) = (0.0f64, None::<(f64, f64)>);
    for seat in &piece.seats {
        let s = &seats.all[*seat as usize];
        let at = (turn * s.origin).x;
        let step = turned_step(turn, s.step).0;
        match base {
            Some((from, to)) if s.mark || step < 0.01 * s.em => {
                pens.push(to + super::frame::snap(at - from));
                if !s.mark {
                    pen += step.max(0.0);
                }
            }
            _ => {
                pens.push(pen);
                base = Some((at, pen));
                // The interpreter's own sums differ in the last digits.
                pen += (step * 1000.0).round() / 1000.0;
            }
        }
    }
    (pens, pen)
}
