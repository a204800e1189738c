//! A content stream in the making: what colour, line and clip are in force, so that nothing is said twice.

use super::font;
use super::ops::{Ops, places_for, quantum};
use super::outline::{self, For};
use super::page::Shared;
use super::text::Pen;
use crate::scene::{Clip, Image, Ink, Mode, Pixels, Rule, Shape, Stroke};
use hayro::kurbo::Affine;
use std::sync::Arc;

/// What a stream refers to. Each has a list of its own: some readers lose their way in shared ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Resources {
    /// Font, and whether it is for vertical writing.
    pub(super) fonts: Vec<(u8, bool)>,
    /// Pictures by their key, named by their place here.
    pub(super) pictures: Vec<u128>,
    /// Forms of this page.
    pub(super) forms: Vec<usize>,
    pub(super) states: Vec<Extra>,
}

/// A graphics state that operators cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extra {
    /// Thousandths.
    pub(super) alpha: u16,
    pub(super) blend: Option<&'static str>,
    pub(super) mask: Option<SoftMask>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SoftMask {
    /// The form it is drawn by.
    pub(super) form: usize,
    pub(super) luminosity: bool,
    pub(super) backdrop: [u8; 3],
    pub(super) transfer: Option<Arc<Vec<u8>>>,
}

/// What is in force; nothing where it is not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct State {
    fill: Option<[u8; 3]>,
    line: Option<[u8; 3]>,
    alpha: Option<u16>,
    stroke: Option<Stroke>,
    pub(super) render: Option<u8>,
    pub(super) font: Option<(u8, bool, i64)>,
}

impl State {
    /// How a page begins.
    fn fresh() -> Self {
        let stroke = Stroke { width: 1.0, cap: 0, join: 0, miter: 10.0, dashes: Vec::new(), offset: 0.0 };
        Self {
            fill: Some([0; 3]),
            line: Some([0; 3]),
            alpha: Some(1000),
            stroke: Some(stroke),
            render: Some(0),
            font: None,
        }
    }
}

/// What the stretch of a stream being written is for, to a reader who goes by the tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Paragraph(u32),
    /// A box of the page, by its place in the list.
    Figure(usize),
    Artifact,
}

/// A content stream in the making.
pub(super) struct Canvas<'s, 'a> {
    pub(super) shared: &'s mut Shared<'a>,
    pub(super) ops: Ops,
    pub(super) state: State,
    saved: Vec<State>,
    pub(super) resources: Resources,
    /// Text being shown, between `BT` and `ET`.
    pub(super) pen: Option<Pen>,
    /// Whether parts are marked here: not inside a mask, which nobody reads.
    marks: bool,
    part: Option<Part>,
    /// The parts marked so far that are not decoration, by their number.
    pub(super) parts: Vec<Part>,
}

impl<'s, 'a> Canvas<'s, 'a> {
    /// The stream of a page.
    pub(super) fn page(shared: &'s mut Shared<'a>) -> Self {
        Self { state: State::fresh(), ..Self::form(shared, true) }
    }

    /// The stream of a form, which begins in the state of whoever draws it.
    pub(super) fn form(shared: &'s mut Shared<'a>, marks: bool) -> Self {
        Self {
            shared,
            ops: Ops::default(),
            state: State::default(),
            saved: Vec::new(),
            resources: Resources::default(),
            pen: None,
            marks,
            part: None,
            parts: Vec::new(),
        }
    }

    pub(super) fn marked(&self) -> bool {
        self.marks
    }

    /// Says what comes next is part of. Text must have been ended if it is not text.
    pub(super) fn part(&mut self, part: Part) {
        if !self.marks || self.part == Some(part) {
            return;
        }
        self.end_part();
        match part {
            Part::Artifact => self.ops.word("/Artifact BMC\n"),
            Part::Paragraph(_) | Part::Figure(_) => {
                let name = if matches!(part, Part::Figure(_)) { "Figure" } else { "P" };
                self.ops.word(&format!("/{name}<</MCID {}>>BDC\n", self.parts.len()));
                self.parts.push(part);
            }
        }
        self.part = Some(part);
    }

    pub(super) fn end_part(&mut self) {
        if self.part.take().is_some() {
            self.ops.op("EMC");
        }
    }

    /// Ends what is open, before something that is not text.
    pub(super) fn drawing(&mut self) {
        self.end_text();
        self.part(Part::Artifact);
    }

    /// Ends the stream.
    pub(super) fn finish(mut self) -> (Vec<u8>, Resources, Vec<Part>) {
        self.end_text();
        self.end_part();
        while self.restore() {}
        (self.ops.0, self.resources, self.parts)
    }

    pub(super) fn save(&mut self) {
        self.ops.op("q");
        self.saved.push(self.state.clone());
    }

    pub(super) fn restore(&mut self) -> bool {
        let Some(state) = self.saved.pop() else { return false };
        self.end_text();
        self.ops.op("Q");
        self.state = state;
        true
    }

    fn colour(&mut self, rgb: [u8; 3], line: bool) {
        let now = if line { &mut self.state.line } else { &mut self.state.fill };
        if now.replace(rgb) == Some(rgb) {
            return;
        }
        let grey = rgb[0] == rgb[1] && rgb[1] == rgb[2];
        for v in if grey { &rgb[..1] } else { &rgb[..] } {
            self.ops.fixed(f64::from(*v) / 255.0, 3);
        }
        self.ops.op(match (grey, line) {
            (true, false) => "g",
            (true, true) => "G",
            (false, false) => "rg",
            (false, true) => "RG",
        });
    }

    pub(super) fn alpha(&mut self, alpha: f32) {
        let alpha = thousandths(alpha);
        if self.state.alpha.replace(alpha) != Some(alpha) {
            self.extra(Extra { alpha, blend: None, mask: None });
        }
    }

    /// Puts a graphics state in force.
    pub(super) fn extra(&mut self, extra: Extra) {
        let place = place_of(&mut self.resources.states, extra);
        self.ops.word(&format!("/G{place}"));
        self.ops.op("gs");
    }

    pub(super) fn fill(&mut self, ink: Ink) {
        self.colour(ink.rgb, false);
        self.alpha(ink.alpha);
    }

    /// Puts a line's look in force, its lengths `scale` times what `stroke` says.
    pub(super) fn stroke(&mut self, ink: Ink, stroke: &Stroke, scale: f64) {
        self.colour(ink.rgb, true);
        self.alpha(ink.alpha);
        let wanted = Stroke {
            width: stroke.width * scale,
            dashes: stroke.dashes.iter().map(|d| d * scale).collect(),
            offset: stroke.offset * scale,
            ..*stroke
        };
        let now = self.state.stroke.take();
        let differs = |f: fn(&Stroke) -> f64| now.as_ref().is_none_or(|n| f(n) != f(&wanted));
        if differs(|s| s.width) {
            self.ops.significant(wanted.width, 4).op("w");
        }
        if differs(|s| f64::from(s.cap)) {
            self.ops.scaled(i64::from(wanted.cap.min(2)), 0).op("J");
        }
        if differs(|s| f64::from(s.join)) {
            self.ops.scaled(i64::from(wanted.join.min(2)), 0).op("j");
        }
        if differs(|s| s.miter) {
            self.ops.significant(wanted.miter.max(1.0), 4).op("M");
        }
        if now.as_ref().is_none_or(|n| n.dashes != wanted.dashes || n.offset != wanted.offset) {
            self.dashes(&wanted);
        }
        self.state.stroke = Some(wanted);
    }

    fn dashes(&mut self, stroke: &Stroke) {
        let places = stroke.dashes.iter().copied().fold(0.0, f64::max);
        let places = places_for(places, 4);
        let said: Vec<i64> = stroke.dashes.iter().map(|d| quantum(d.max(0.0), places)).collect();
        self.ops.word("[");
        // Nothing but gaps of no length is no pattern, and readers stumble over it.
        if said.iter().any(|d| *d > 0) {
            for d in said {
                self.ops.scaled(d, places);
            }
        }
        self.ops.word("]");
        self.ops.significant(stroke.offset, 4).op("d");
    }

    /// Draws a path.
    pub(super) fn shape(&mut self, shape: &Shape) {
        let to = self.shared.flip * shape.place;
        match &shape.mode {
            Mode::Fill(rule) => {
                self.drawing();
                self.fill(shape.ink);
                let places = outline::places(&shape.path, to);
                if outline::construct(&mut self.ops, &shape.path, to, places, For::Inside) {
                    self.ops.op(if *rule == Rule::EvenOdd { "f*" } else { "f" });
                }
            }
            Mode::Stroke(stroke) => {
                self.drawing();
                self.line(shape, stroke, to);
            }
            Mode::Shown | Mode::Invisible => {}
        }
    }

    fn line(&mut self, shape: &Shape, stroke: &Stroke, to: Affine) {
        let [a, b, c, d, ..] = to.as_coeffs();
        let (scale, along) = (to.determinant().abs().sqrt(), a.hypot(b));
        if scale < 1e-6 {
            // Flattened to nothing; and a matrix that cannot be undone stops some readers.
            return;
        }
        // Turned, mirrored and made larger, a line stays as wide all round.
        let even = (a * c + b * d).abs() < 1e-3 * scale * scale && (along - c.hypot(d)).abs() < 1e-3 * scale;
        if even || stroke.width == 0.0 {
            self.stroke(shape.ink, stroke, scale);
            let places = outline::places(&shape.path, to);
            if outline::construct(&mut self.ops, &shape.path, to, places, For::Line) {
                self.ops.op("S");
            }
            return;
        }
        self.save();
        self.stroke(shape.ink, stroke, 1.0);
        self.ops.matrix(to).op("cm");
        // As fine as on the page, in the path's own frame.
        let places = places_for(1.0 / along.max(c.hypot(d)).max(1e-9), 4);
        if outline::construct(&mut self.ops, &shape.path, Affine::IDENTITY, places, For::Line) {
            self.ops.op("S");
        }
        self.restore();
    }

    pub(super) fn clip(&mut self, clip: &Clip) {
        self.end_text();
        self.save();
        let places = outline::places(&clip.path, Affine::IDENTITY);
        if !outline::construct(&mut self.ops, &clip.path, self.shared.flip, places, For::Inside) {
            // Inside of nothing, nothing shows.
            self.ops.word("0 0 0 0 re\n");
        }
        self.ops.op(if clip.rule == Rule::EvenOdd { "W*" } else { "W" });
        self.ops.op("n");
    }

    pub(super) fn image(&mut self, image: &Image) {
        if image.raster.width == 0 || image.raster.height == 0 {
            return;
        }
        self.drawing();
        self.shared.picture(&image.raster);
        match &image.raster.pixels {
            Pixels::Stencil(_, ink) => self.fill(*ink),
            _ => self.alpha(1.0),
        }
        let place = place_of(&mut self.resources.pictures, image.raster.key);
        // A picture's own frame has its first row at the top, and y up.
        let upright = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 1.0]);
        self.ops.op("q");
        self.ops.matrix(self.shared.flip * image.place * upright).op("cm");
        self.ops.word(&format!("/I{place}"));
        self.ops.op("Do");
        self.ops.op("Q");
    }

    /// Puts a font in force; the size is in thousandths of a point.
    pub(super) fn font(&mut self, id: font::Id, vertical: bool, size: i64) {
        if self.state.font.replace((id.font, vertical, size)) == Some((id.font, vertical, size)) {
            return;
        }
        place_of(&mut self.resources.fonts, (id.font, vertical));
        self.ops.word(&format!("/{}{}", if vertical { 'V' } else { 'F' }, id.font));
        self.ops.word(" ");
        self.ops.scaled(size, 3).op("Tf");
    }
}

pub(super) fn thousandths(alpha: f32) -> u16 {
    (alpha.clamp(0.0, 1.0) * 1000.0).round() as u16
}

/// The place of a thing in a list, put there if need be.
pub(super) fn place_of<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    list.iter().position(|t| *t == thing).unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    })
}
