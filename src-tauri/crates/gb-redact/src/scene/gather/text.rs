//! Runs of glyphs.

use super::super::{Glyph, Mode, NONE, Run, Stroke};
use super::device::{modes, points};
use super::paint::Laid;
use super::walk::{Walk, reach};
use crate::read::glyphs::{self, middle};
use hayro::hayro_interpret::font::{Glyph as Drawn, GlyphRun, OutlineGlyph, PositionedGlyph};
use hayro::hayro_interpret::hayro_cmap::WritingMode;
use hayro::hayro_interpret::{DrawMode, DrawProps};
use hayro::kurbo::{Affine, BezPath, Point, Rect};

/// A run as it is drawn.
pub(super) struct Way {
    /// From the text's frame to points of the page.
    pub(super) base: Affine,
    pub(super) vertical: bool,
    /// How its glyphs are painted, as far as they are.
    pub(super) mode: Mode,
    /// How far ink reaches from the outlines, in points.
    reach: f64,
    /// The tallest drawn letter, in points.
    pub(super) em: f64,
}

/// Glyphs found seen, on their way into a run.
#[derive(Default)]
pub(super) struct Seen {
    glyphs: Vec<Glyph>,
    bounds: Option<Rect>,
}

impl Seen {
    pub(super) fn add(&mut self, glyph: Glyph, room: Rect) {
        self.bounds = Some(self.bounds.map_or(room, |b| b.union(room)));
        self.glyphs.push(glyph);
    }
}

impl<'p> Walk<'_, 'p> {
    pub(super) fn run(&mut self, run: &GlyphRun<'_, 'p>, props: &DrawProps<'p>, mode: &DrawMode) {
        let laid = self.laid(&props.paint);
        let base = points(props.transform);
        let unseen = self.unseen() || matches!(laid, Laid::Ink(ink) if ink.alpha < 0.002);
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for mode in modes(mode) {
            let mode = if unseen { Mode::Invisible } else { mode };
            let way = Way { em: self.em_of(run.glyphs(), props, base), ..way(run, base, vertical, mode) };
            let mut seen = Seen::default();
            for glyph in run.glyphs() {
                match &**glyph {
                    Drawn::Outline(outline) => self.outline(glyph, outline, &way, &laid, &mut seen),
                    Drawn::Type3(drawn) => self.drawn(glyph, drawn, props, &way, &laid, &mut seen),
                }
            }
            self.flush(&mut seen, &way, &laid, props);
        }
    }

    fn outline(
        &mut self,
        glyph: &PositionedGlyph<'p>,
        drawn: &OutlineGlyph,
        way: &Way,
        laid: &Laid,
        seen: &mut Seen,
    ) {
        let place = way.base * glyph.transform();
        let outline = self.reader.outlines.of(drawn);
        let advance = f64::from(drawn.advance_width().unwrap_or(500.0));
        let said = self.reader.said(glyph);
        let bounds = outline.bounds.map(|b| place.transform_rect_bbox(b).inflate(way.reach, way.reach));
        self.met += 1;
        let Some(read) = read(place, advance, way, bounds, &said) else { return };
        let centre = bounds.map_or_else(|| middle(&read), |r| r.center());
        let (whole, part) = self.sees(centre, bounds);
        if outline.bounds.is_none()
            && !said.text.trim().is_empty()
            && advance > 1.0
            && way.mode != Mode::Invisible
        {
            self.concerns.insert("A letter has no shape in its font and is not seen.");
        }
        let number = self.read.glyphs.len() as u32;
        let advance = if way.vertical { -1000.0 } else { advance };
        let vertical = way.vertical;
        let placed =
            Glyph { outline, text: said.text, place, advance, vertical, number, word: NONE, block: NONE };
        if !whole {
            self.read.outside += 1;
            if part && let Laid::Ink(ink) = laid {
                self.put_stub(&placed, *ink, &way.mode);
            }
            return;
        }
        self.read.glyphs.push(read);
        self.dropped.invisible_glyphs += u32::from(way.mode == Mode::Invisible);
        // A pattern may say words of its own, which show in the shape of these.
        if self.whole || matches!(laid, Laid::Pattern) {
            seen.add(placed, bounds.unwrap_or_else(|| Rect::from_center_size(centre, (0.0, 0.0))));
        }
    }

    /// Puts down what was seen so far: painted with its ink, or as the shape a pattern shows in.
    pub(super) fn flush(&mut self, seen: &mut Seen, way: &Way, laid: &Laid, props: &DrawProps<'p>) {
        let Seen { glyphs, bounds } = std::mem::take(seen);
        let Some(bounds) = bounds else { return };
        match laid {
            Laid::Ink(ink) => self.put_run(Run { ink: *ink, mode: way.mode.clone(), glyphs }, bounds),
            Laid::Pattern if way.mode == Mode::Invisible => {
                self.put_run(Run { ink: super::paint::BLACK, mode: Mode::Invisible, glyphs }, bounds);
            }
            Laid::Pattern => {
                let mut path = BezPath::new();
                for glyph in &glyphs {
                    path.extend(glyph.place * glyph.outline.path.clone());
                }
                let mode = match &way.mode {
                    Mode::Stroke(s) => {
                        let scale = way.reach_scale();
                        Mode::Stroke(Stroke { width: s.width * scale, ..s.clone() })
                    }
                    other => other.clone(),
                };
                self.paint_in(&path, Affine::IDENTITY, &mode, &props.paint);
                self.put_run(Run { ink: super::paint::BLACK, mode: Mode::Shown, glyphs }, bounds);
            }
        }
    }
}

impl Way {
    /// Points to a unit of the glyphs' frame: reach is half a pen's width.
    fn reach_scale(&self) -> f64 {
        match &self.mode {
            Mode::Stroke(s) if s.width > 0.0 => self.reach * 2.0 / s.width,
            _ => 1.0,
        }
    }
}

/// A pen is given in the text's frame; the glyphs of a run have their own, the same for all of them.
fn way(run: &GlyphRun<'_, '_>, base: Affine, vertical: bool, mode: Mode) -> Way {
    let Mode::Stroke(pen) = mode else { return Way { base, vertical, mode, reach: 0.0, em: 0.0 } };
    let own = run.glyphs().first().map_or(1.0, |g| g.transform().determinant().abs().sqrt()).max(1e-9);
    let reach = reach(&Stroke { join: 2, ..pen.clone() }, base) / std::f64::consts::SQRT_2;
    let pen = Stroke {
        width: pen.width / own,
        dashes: pen.dashes.iter().map(|d| d / own).collect(),
        offset: pen.offset / own,
        ..pen
    };
    Way { base, vertical, mode: Mode::Stroke(pen), reach, em: 0.0 }
}

/// A glyph as words need it; nothing if it stands nowhere.
pub(super) fn read(
    place: Affine,
    advance: f64,
    way: &Way,
    ink: Option<Rect>,
    said: &super::says::Said,
) -> Option<glyphs::Glyph> {
    let origin = place * Point::ZERO;
    let em = (place * Point::new(0.0, 1000.0) - origin).hypot();
    let end = if way.vertical { place * Point::new(0.0, -1000.0) } else { place * Point::new(advance, 0.0) };
    (origin.is_finite() && end.is_finite() && em.is_finite()).then(|| glyphs::Glyph {
        text: said.text.clone(),
        unknown: said.unknown,
        recognised: said.recognised,
        origin,
        end,
        em,
        ink,
        invisible: way.mode == Mode::Invisible,
        covered: false,
        vertical: way.vertical,
    })
}
