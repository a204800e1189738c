//! Showing glyphs: one `Td` or `Tm` for a stretch set in one way, then strings and whole-number moves.

use super::canvas::{Canvas, Part};
use super::font::{HANG, SPACE};
use super::numbers::{self, How, Slot};
use super::ops::{Ops, quantum};
use crate::scene::{Glyph, Ink, Mode, NONE, Rule, Run, Shape};
use hayro::kurbo::Point;

/// A glyph further from the pen than this, in thousandths of an em, begins a new stretch.
const LEAP: f64 = 4000.0;
/// How far from its place a glyph may be shown, in points.
const NEAR: f64 = 0.007;

/// How glyphs are painted, and what they are part of.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    part: Part,
    ink: Ink,
    mode: Mode,
    /// From the glyph's frame to the page, for its line's width; ten-millionths.
    scale: i64,
    font: (u8, bool, i64),
}

/// Where text is being shown.
#[derive(Debug, Clone)]
pub(super) struct Pen {
    look: Option<Look>,
    /// An em along and an em up, in points of the page, as the glyphs ask for and as written.
    asked: [f64; 4],
    frame: [f64; 4],
    em: f64,
    vertical: bool,
    /// The text matrix but for its place, in hundred-thousandths.
    turn: [i64; 4],
    /// Where the stretch begins, in thousandths of a point.
    start: (i64, i64),
    /// How far along the stretch the next glyph would be shown, in thousandths of an em.
    at: f64,
    /// The strings and moves not yet written.
    shown: Vec<u8>,
    open: bool,
    moved: bool,
}

/// A hundred-thousandth: what a text matrix is true to.
const TURN: usize = 5;
const UPRIGHT: [i64; 4] = [100_000, 0, 0, 100_000];

impl Default for Pen {
    /// The pen at the start of a text object.
    fn default() -> Self {
        Self {
            look: None,
            asked: [0.0; 4],
            frame: [0.0; 4],
            em: 0.0,
            vertical: false,
            turn: UPRIGHT,
            start: (0, 0),
            at: 0.0,
            shown: Vec::new(),
            open: false,
            moved: false,
        }
    }
}

impl Pen {
    /// How far along and up from the start of the stretch a place is, in thousandths of an em.
    fn measure(&self, p: Point) -> (f64, f64) {
        let [a, b, c, d] = self.frame;
        let (x, y) = (p.x - self.start.0 as f64 / 1000.0, p.y - self.start.1 as f64 / 1000.0);
        let det = a * d - b * c;
        (1000.0 * (x * d - y * c) / det, 1000.0 * (a * y - b * x) / det)
    }

    /// Whether a glyph can be shown from here by a move along the line, and where along it.
    fn reaches(&self, frame: [f64; 4], p: Point) -> Option<f64> {
        let same = frame.iter().zip(self.asked).all(|(a, b)| (a - b).abs() < 2e-5 * self.em);
        if !same || self.frame == [0.0; 4] {
            return None;
        }
        let (x, y) = self.measure(p);
        let (along, aside) = if self.vertical { (y, x) } else { (x, y) };
        let fits = (along - self.at).abs() < LEAP && aside.abs() * self.em < 1000.0 * NEAR;
        fits.then_some(along)
    }

    /// Moves along if the glyph would be shown too far from its place.
    fn go(&mut self, along: f64) {
        let back = self.at - along;
        let places = if self.em <= 20.0 { 0 } else { 1 };
        let back = quantum(back, places);
        if back == 0 || (self.at - along).abs() * self.em < 1000.0 * NEAR {
            return;
        }
        self.close();
        self.moved = true;
        let mut ops = Ops(std::mem::take(&mut self.shown));
        ops.scaled(back, places);
        self.shown = ops.0;
        self.at -= back as f64 / if places == 0 { 1.0 } else { 10.0 };
    }

    fn close(&mut self) {
        if self.open {
            self.shown.push(b')');
            self.open = false;
        }
    }

    fn show(&mut self, glyph: u16, advance: i32) {
        if !self.open {
            self.shown.push(b'(');
            self.open = true;
        }
        for byte in glyph.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.shown.extend([b'\\', byte]),
                // A bare return would be read as a new line.
                b'\r' => self.shown.extend(*b"\\r"),
                _ => self.shown.push(byte),
            }
        }
        self.at += f64::from(advance);
    }
}

impl Canvas<'_, '_> {
    /// Shows a run of glyphs.
    pub(super) fn run(&mut self, run: &Run) {
        for glyph in &run.glyphs {
            let slot = self.shared.slot();
            if slot.how == How::Not {
                continue;
            }
            if slot.how == How::Path {
                self.shape(&Shape {
                    path: glyph.outline.path.clone(),
                    place: glyph.place,
                    ink: run.ink,
                    mode: match &run.mode {
                        Mode::Fill(_) => Mode::Fill(Rule::NonZero),
                        other => other.clone(),
                    },
                });
            }
            self.glyph(glyph, &slot, run);
        }
    }

    fn glyph(&mut self, glyph: &Glyph, slot: &Slot, run: &Run) {
        let place = self.shared.flip * glyph.place;
        let [a, b, c, d, ..] = place.as_coeffs();
        let frame = [a, b, c, d].map(|v| v * 1000.0);
        let origin = place * if slot.vertical { Point::new(HANG.0, HANG.1) } else { Point::ZERO };
        let Some(size) = numbers::size(glyph) else { return };
        let look = Look {
            part: if glyph.block == NONE { Part::Artifact } else { Part::Paragraph(glyph.block) },
            ink: run.ink,
            mode: if slot.how == How::Path { Mode::Invisible } else { run.mode.clone() },
            scale: quantum(place.determinant().abs().sqrt(), 7),
            font: (slot.id.font, slot.vertical, size),
        };
        self.look(look, slot);
        let along = self.pen.as_ref().and_then(|p| p.reaches(frame, origin));
        if along.is_none() {
            self.stretch(frame, size, origin);
        }
        let Some(pen) = self.pen.as_mut() else { return };
        if let Some(along) = along {
            pen.go(along);
        }
        pen.show(slot.id.glyph, slot.advance);
        if let Some(space) = slot.space {
            pen.show(space, if slot.vertical { -1000 } else { SPACE });
        }
    }

    /// Sees to it that glyphs are painted as they should be, and counted to the right part.
    fn look(&mut self, look: Look, slot: &Slot) {
        if self.pen.as_ref().is_some_and(|p| p.look.as_ref() == Some(&look)) {
            return;
        }
        self.flush();
        if self.pen.is_none() {
            self.end_part();
            self.ops.op("BT");
            self.pen = Some(Pen::default());
        }
        self.part(look.part);
        let render = match &look.mode {
            Mode::Fill(_) => {
                self.fill(look.ink);
                0
            }
            Mode::Stroke(stroke) => {
                // The width of a line is measured on the page, not in the frame of the text.
                self.stroke(look.ink, stroke, look.scale as f64 / 1e7);
                1
            }
            Mode::Shown | Mode::Invisible => 3,
        };
        if self.state.render.replace(render) != Some(render) {
            self.ops.scaled(i64::from(render), 0).op("Tr");
        }
        self.font(slot.id, slot.vertical, look.font.2);
        if let Some(pen) = self.pen.as_mut() {
            // Another font or size: what was measured in the old one is void.
            if pen.look.as_ref().is_none_or(|l| l.font != look.font) {
                pen.frame = [0.0; 4];
            }
            pen.vertical = slot.vertical;
            pen.look = Some(look);
        }
    }

    /// Begins a stretch at a place.
    fn stretch(&mut self, frame: [f64; 4], size: i64, origin: Point) {
        self.flush();
        let Some(pen) = self.pen.as_mut() else { return };
        let em = size as f64 / 1000.0;
        let mut turn = frame.map(|v| quantum(v / em, TURN));
        // A ten-thousandth of an em is less than is seen of a letter.
        if turn.iter().zip(UPRIGHT).all(|(t, u)| (t - u).abs() < 10) {
            turn = UPRIGHT;
        }
        let start = (quantum(origin.x, 3), quantum(origin.y, 3));
        if turn == UPRIGHT && pen.turn == UPRIGHT {
            self.ops.scaled(start.0 - pen.start.0, 3).scaled(start.1 - pen.start.1, 3).op("Td");
        } else {
            for v in turn {
                self.ops.scaled(v, TURN);
            }
            self.ops.scaled(start.0, 3).scaled(start.1, 3).op("Tm");
        }
        (pen.asked, pen.em) = (frame, em);
        pen.frame = turn.map(|v| v as f64 / 100_000.0 * em);
        (pen.turn, pen.start, pen.at) = (turn, start, 0.0);
    }

    /// Writes the strings that wait.
    fn flush(&mut self) {
        let Some(pen) = self.pen.as_mut() else { return };
        if pen.shown.is_empty() {
            return;
        }
        pen.close();
        let (from, to) = if pen.moved { ("[", "]TJ\n") } else { ("", "Tj\n") };
        self.ops.word(from);
        self.ops.0.append(&mut pen.shown);
        self.ops.word(to);
        pen.moved = false;
    }

    pub(super) fn end_text(&mut self) {
        if self.pen.is_some() {
            self.flush();
            self.end_part();
            self.ops.op("ET");
            self.pen = None;
        }
    }
}
