//! A line set again around boxes of fixed width.

use super::frame::snap;
use super::lines::{Line, set_piece};
use super::seats::Seats;
use super::strip::Room;

/// Gaps between words tried, in ems: our own, and narrower ones where a line would not fit.
const GAPS: [f64; 3] = [0.28, 0.24, 0.20];
/// The gap between a box and what stood against the marked word: a comma, a bracket.
const GLUE: f64 = 0.05;
/// The points of the grid a line begins on when nothing else on the page begins or ends where it does.
const START_GRID: f64 = 12.0;

/// How far apart, in points, the beginnings of lines that begin at one place may be: little, or a name could by its
/// width seem to begin where others do.
pub(super) const SHARED: f64 = 0.3;

/// What a line is set against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Anchor {
    Left(f64),
    Right(f64),
    Centre(f64),
}

/// A box in a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) codes: Vec<u32>,
}

/// A line as it will be, in its turned frame.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// For each piece where it begins; nothing for one that goes.
    pub(super) pens: Vec<Option<f64>>,
    /// For each piece that goes, the box it went into.
    pub(super) slots: Vec<Slot>,
    pub(super) slot_of: Vec<Option<usize>>,
    pub(super) u: (f64, f64),
    /// Whether it did not fit and a box took the rest of the line.
    pub(super) full: bool,
}

/// The fixed width of a box for its codes, in ems.
fn ems(codes: &[u32], names: &[String]) -> f64 {
    let letters: usize = codes.iter().map(|c| names[*c as usize].chars().count() + 1).sum();
    1.2 + 0.62 * letters.saturating_sub(1).max(2) as f64
}

/// Pieces one after the other from 0.
fn lay(seats: &Seats, line: &Line, names: &[String], gap: f64) -> Setting {
    let em =
        snap(line.first_gone().and_then(|p| p.seats.first()).map_or(line.em, |s| seats.all[*s as usize].em));
    let mut out = Setting {
        pens: vec![None; line.pieces.len()],
        slots: Vec::new(),
        slot_of: vec![None; line.pieces.len()],
        u: (0.0, 0.0),
        full: false,
    };
    let mut end: Option<f64> = None;
    let mut open = false;
    for (index, piece) in line.pieces.iter().enumerate() {
        let space = if piece.glued { GLUE } else { gap };
        let pen = end.map_or(0.0, |e| snap(e + space * em));
        match (piece.code, open) {
            (Some(code), true) => {
                if let Some(slot) = out.slots.last_mut() {
                    if !slot.codes.contains(&code) {
                        // Another code beside the first: the box is as wide as both need.
                        slot.codes.push(code);
                        slot.to = snap(slot.from + em * ems(&slot.codes, names));
                    }
                    end = Some(slot.to);
                }
            }
            (Some(code), false) => {
                let codes = vec![code];
                let to = snap(pen + em * ems(&codes, names));
                out.slots.push(Slot { from: pen, to, codes });
                end = Some(to);
                open = true;
            }
            (None, _) => {
                out.pens[index] = Some(pen);
                end = Some(snap(pen + set_piece(seats, line.turn, piece).1));
                open = false;
            }
        }
        if piece.code.is_some() {
            out.slot_of[index] = Some(out.slots.len() - 1);
        }
    }
    out.u.1 = end.unwrap_or(0.0);
    out
}

impl Setting {
    fn shift(&mut self, by: f64) {
        self.pens.iter_mut().flatten().for_each(|p| *p = snap(*p + by));
        for slot in &mut self.slots {
            (slot.from, slot.to) = (snap(slot.from + by), snap(slot.to + by));
        }
        self.u = (snap(self.u.0 + by), snap(self.u.1 + by));
    }

    /// One box from `from` to `to` takes the pieces from `first` on.
    fn fill(&mut self, line: &Line, first: usize, from: f64, to: f64) {
        let mut codes: Vec<u32> = Vec::new();
        for piece in &line.pieces[first..] {
            codes.extend(piece.code.filter(|c| !codes.contains(c)));
        }
        self.slots = vec![Slot { from, to, codes }];
        for index in first..line.pieces.len() {
            self.pens[index] = None;
            self.slot_of[index] = Some(0);
        }
        self.u.1 = to;
        self.full = true;
    }
}

/// Sets a line within `soft`, or if need be `hard` room; where even that is too narrow, one box takes all from the
/// first marked word to the end of the room. Where it stands depends on what is not marked and on nothing else.
pub(super) fn set(
    seats: &Seats,
    line: &Line,
    names: &[String],
    anchor: Anchor,
    soft: Room,
    hard: Room,
) -> Option<Setting> {
    let tries = GAPS.iter().map(|g| (*g, soft)).chain([(GAPS[2], hard)]);
    for (gap, room) in tries {
        let mut out = lay(seats, line, names, gap);
        let wide = out.u.1;
        let start = match anchor {
            Anchor::Left(x) => x,
            Anchor::Right(x) => x - wide,
            Anchor::Centre(x) => x - wide / 2.0,
        };
        out.shift(snap(start));
        if out.u.0 >= room.from - 0.05 && out.u.1 <= room.to + 0.05 {
            return Some(out);
        }
    }
    let first = line.pieces.iter().position(|p| p.code.is_some())?;
    let mut out = lay(seats, line, names, GAPS[2]);
    let least = out.slots.first().map(|s| s.to - s.from)?;
    let from = match anchor {
        Anchor::Left(x) => snap(x.max(hard.from)),
        _ => snap(hard.from),
    };
    let to = snap(hard.to);
    out.shift(from);
    let slot = out.slots.first().map(|s| s.from)?;
    if slot + least <= to {
        out.fill(line, first, slot, to);
    } else if from + 0.3 * line.em < to {
        out.fill(line, 0, from, to);
    } else {
        return None;
    }
    Some(out)
}

/// What a line is set against. One that begins where others do, or at the edge of the text, keeps its beginning;
/// one that ends where others do keeps its end; one in the middle its middle. The place of any other tells its
/// width, and is made coarse.
pub(super) fn anchor(line: &Line, lines: &[Line], page: (f64, f64)) -> Anchor {
    let others: Vec<&Line> =
        lines.iter().filter(|l| l.angle == line.angle && l.segment != line.segment).collect();
    let steady = |l: &&&Line| !l.marked;
    let x = line.u.0;
    let held = Held::by(line, &others);
    if held.left {
        return Anchor::Left(snap(x));
    }
    if let Some(end) = held.right {
        return Anchor::Right(snap(end));
    }
    let margin = others.iter().filter(steady).map(|l| l.u.0).reduce(f64::min);
    if held.indented || (margin.is_none_or(|m| x - m < SHARED) && !middle(line.u, (page.0 + page.1) / 2.0)) {
        return Anchor::Left(snap(x));
    }
    let above = others.iter().filter(|l| !l.beside(line));
    let widest = above.filter(|l| !l.marked).map(|l| l.u.1).fold(f64::MIN, f64::max);
    let text = margin.map(|m| (m + widest) / 2.0);
    for centre in [Some((page.0 + page.1) / 2.0), text].into_iter().flatten() {
        if middle(line.u, centre) {
            return Anchor::Centre(snap(centre));
        }
    }
    let before =
        others.iter().filter(|l| l.beside(line) && l.u.0 < x).map(|l| l.u.1).fold(f64::MIN, f64::max);
    let coarse = (x / START_GRID).floor() * START_GRID;
    Anchor::Left(if coarse > before + line.em * 0.5 { coarse } else { snap(x) })
}

/// Where the lines around a line hold it.
struct Held {
    /// It begins where others begin.
    left: bool,
    /// It ends where others end, which begin here and there.
    right: Option<f64>,
    /// It ends where the lines of a justified paragraph end, but begins elsewhere: its first line.
    indented: bool,
}

impl Held {
    fn by(line: &Line, others: &[&Line]) -> Self {
        // Lines with marks in them move with what was marked, unless they begin or end at the very same place.
        let near = |l: &Line, a: f64, b: f64| (a - b).abs() < if l.marked { 0.05 } else { SHARED };
        let left = |l: &Line| near(l, l.u.0, line.u.0);
        let right = |l: &Line| near(l, l.u.1, line.u.1) && !l.beside(line);
        let begins = others.iter().filter(|l| left(l) && !right(l)).count();
        let both = others.iter().filter(|l| left(l) && right(l)).count();
        let mut ends: Vec<f64> = others.iter().filter(|l| right(l) && !left(l)).map(|l| l.u.0).collect();
        let count = ends.len();
        ends.sort_by(f64::total_cmp);
        ends.dedup_by(|a, b| (*a - *b).abs() < SHARED);
        // A line set to the right may be as wide as another by chance and seem to begin where that begins; so it
        // counts on which side more lines agree. Lines of a justified paragraph agree on both.
        let ragged = ends.len();
        let flush = ragged > 0 && ragged > begins && ragged >= both;
        let justified = count > ragged;
        let to_the_right = flush && !justified;
        let end = others.iter().find(|l| right(l)).map(|l| l.u.1);
        let held = begins + both > 0;
        Self {
            left: held && !to_the_right,
            right: end.filter(|_| to_the_right),
            indented: !held && justified,
        }
    }
}

fn middle(u: (f64, f64), centre: f64) -> bool {
    ((u.0 + u.1) / 2.0 - centre).abs() < 1.0
}
