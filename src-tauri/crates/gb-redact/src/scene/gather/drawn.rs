//! Glyphs that are drawings (Type 3): made letters where they are shapes, drawn where they stand where not.

use super::super::{Glyph, Ink, Mode, NONE, Outline, Rule, Run, Unfit};
use super::outlines::{ByKey, Outlines};
use super::paint::{BLACK, Laid};
use super::probe::{self, Letter, Probe};
use super::text::{Seen, Way, read};
use super::walk::{DEEPEST, Walk};
use super::weigh::Hidden;
use crate::meter::cost;
use crate::read::glyphs::middle;
use hayro::hayro_interpret::font::{PositionedGlyph, Type3Glyph};
use hayro::hayro_interpret::{CacheKey, DrawProps};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};
use std::sync::Arc;

/// Drawn glyphs looked at already.
#[derive(Default)]
pub(super) struct Letters {
    /// Those in the text's own colour, and those that show text.
    own: ByKey<Known>,
    /// Those in a colour that came from outside of them, by it too.
    coloured: ByKey<Known>,
}

#[derive(Clone)]
pub(super) enum Known {
    Speaks,
    Shape(Scaled, Option<Ink>),
    /// Drawn where it stands; the outline has its box and no path.
    Drawing(Scaled),
}

/// An outline, and how many thousandths of the font's em its unit is: letters of a font whose em is a
/// pixel would be hundreds of ems high.
#[derive(Clone)]
pub(super) struct Scaled {
    outline: Arc<Outline>,
    /// The same upside down.
    turned: Arc<Outline>,
    unit: f64,
}

impl Scaled {
    fn new(outline: Arc<Outline>, unit: f64, outlines: &mut Outlines) -> Self {
        let over = Affine::FLIP_Y;
        let turned = match outline.bounds {
            Some(bounds) if outline.path.elements().is_empty() => {
                outlines.box_of(over.transform_rect_bbox(bounds))
            }
            _ => outlines.shape(over * outline.path.clone()),
        };
        Self { outline, turned, unit }
    }
}

/// By which unit a letter of this box is about an em high.
fn unit(bounds: Rect) -> f64 {
    let extent = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].iter().fold(0.0f64, |e, v| e.max(v.abs()));
    let mut unit = 1.0;
    while extent > 8000.0 * unit && unit < 1e9 {
        unit *= 16.0;
    }
    while extent < 40.0 * unit && unit > 1e-6 {
        unit /= 16.0;
    }
    unit
}

impl<'p> Walk<'_, 'p> {
    /// A glyph that is a drawing. What it is made into goes into `seen`, or is put down at once.
    pub(super) fn drawn(
        &mut self,
        glyph: &PositionedGlyph<'p>,
        drawn: &Type3Glyph<'p>,
        props: &DrawProps<'p>,
        way: &Way,
        laid: &Laid,
        seen: &mut Seen,
    ) {
        let invisible = way.mode == Mode::Invisible;
        self.reader.meter.spend(cost::DRAWN);
        self.reader.weigh_stream(Hidden::Letter);
        self.reader.meter.again(drawn.cache_key());
        let (scaled, ink, drawing) = match self.known(drawn, props) {
            Known::Speaks => {
                self.flush(seen, way, laid, props);
                if self.depth >= DEEPEST {
                    // It is still looked into: what it costs to draw must be known.
                    self.unfit(Unfit::TooDeep);
                }
                if !invisible {
                    self.inside(|w| drawn.interpret(w, props.transform, glyph.transform(), &props.paint));
                }
                return;
            }
            Known::Shape(outline, ink) => (outline, ink, false),
            Known::Drawing(outline) => (outline, None, true),
        };
        let em = way.base * glyph.transform();
        // Some programs write such a font upside down and turn its text over: a letter's head is up.
        let over = em.determinant() > 0.0;
        let unit = scaled.unit;
        let (outline, turn) =
            if over { (scaled.turned, Affine::FLIP_Y) } else { (scaled.outline, Affine::IDENTITY) };
        let place = em * Affine::scale(unit) * turn;
        let advance = f64::from(drawn.advance_width().unwrap_or(500.0));
        let said = self.reader.words.of(glyph);
        self.met += 1;
        let bounds = outline.bounds.map(|b| place.transform_rect_bbox(b));
        let Some(mut read) = read(em, advance, way, bounds, &said) else { return };
        // The em of such a font may say nothing: some are a point high and scaled elsewhere.
        if read.em < way.em {
            read.em = way.em * 1.3;
        }
        let centre = bounds.map_or_else(|| middle(&read), |r| r.center());
        let (whole, part) = self.sees(centre, bounds);
        let number = self.read.glyphs.len() as u32;
        if whole {
            self.read.glyphs.push(read);
            self.dropped.invisible_glyphs += u32::from(invisible);
        } else {
            self.read.outside += 1;
        }
        let says_more = !drawing && ink.is_none() && matches!(laid, Laid::Pattern);
        if !(self.whole || says_more) || !part && !whole {
            return;
        }
        if (drawing || (ink.is_none() && !whole)) && part && !invisible {
            self.flush(seen, way, laid, props);
            if self.depth >= DEEPEST {
                self.unfit(Unfit::TooDeep);
                return;
            }
            self.quiet += 1;
            self.inside(|w| drawn.interpret(w, props.transform, glyph.transform(), &props.paint));
            self.quiet -= 1;
        }
        let advance = if way.vertical { -1000.0 } else { advance } / unit;
        let vertical = way.vertical;
        let placed =
            Glyph { outline, text: said.text, place, advance, vertical, number, word: NONE, block: NONE };
        let room = bounds.unwrap_or_else(|| Rect::from_center_size(centre, (0.0, 0.0)));
        let fill = Mode::Fill(Rule::NonZero);
        match ink {
            Some(ink) if !whole => self.put_stub(&placed, ink, &fill),
            _ if !whole => {}
            // A drawn glyph is painted whatever way text is painted, unless it is not painted at all.
            None if !drawing && (way.mode == fill || invisible) => seen.add(placed, room),
            _ => {
                self.flush(seen, way, laid, props);
                let (ink, mode) = match (ink, laid) {
                    _ if invisible => (BLACK, Mode::Invisible),
                    _ if drawing => (BLACK, Mode::Shown),
                    (Some(ink), _) => (ink, fill),
                    (None, Laid::Ink(ink)) => (*ink, fill),
                    (None, Laid::Pattern) => {
                        let path = placed.place * placed.outline.path.clone();
                        self.paint_in(&path, Affine::IDENTITY, &fill, &props.paint);
                        (BLACK, Mode::Shown)
                    }
                };
                self.put_run(Run { ink, mode, glyphs: vec![placed] }, room);
            }
        }
    }

    /// What a drawn glyph is, looked at once.
    fn known(&mut self, drawn: &Type3Glyph<'p>, props: &DrawProps<'p>) -> Known {
        let key = drawn.cache_key();
        if let Some(known) = self.reader.letters.own.get(&key) {
            return known.clone();
        }
        let colours = key ^ props.paint.cache_key();
        if let Some(known) = self.reader.letters.coloured.get(&colours) {
            return known.clone();
        }
        let mut probe = Probe::new(self.reader.limits.page_work);
        drawn.interpret(&mut probe, Affine::IDENTITY, Affine::IDENTITY, &probe::own());
        self.reader.meter.spend(probe.work());
        self.reader.meter.learn(key, probe.work());
        let found = probe.found();
        let (known, own) = match found.letter {
            Letter::Speaks => (Known::Speaks, true),
            Letter::Nothing => {
                let outline = self.reader.outlines.shape(BezPath::new());
                (Known::Shape(Scaled::new(outline, 1.0, &mut self.reader.outlines), None), true)
            }
            Letter::Shape { path, ink } => {
                let unit = unit(path.bounding_box());
                let outline = self.reader.outlines.shape(Affine::scale(1.0 / unit) * path);
                (Known::Shape(Scaled::new(outline, unit, &mut self.reader.outlines), ink), ink.is_none())
            }
            Letter::Drawing(bounds) => {
                let unit = unit(bounds);
                let outline = self.reader.outlines.box_of(bounds.scale_from_origin(1.0 / unit));
                (Known::Drawing(Scaled::new(outline, unit, &mut self.reader.outlines)), false)
            }
        };
        // The pen in hand may be another the next time.
        if !found.strokes {
            let letters = &mut self.reader.letters;
            if own {
                letters.own.insert(key, known.clone())
            } else {
                letters.coloured.insert(colours, known.clone())
            };
        }
        known
    }

    /// How tall the tallest drawn letter of a run is, in points.
    pub(super) fn em_of(&mut self, run: &[PositionedGlyph<'p>], props: &DrawProps<'p>, base: Affine) -> f64 {
        use hayro::hayro_interpret::font::Glyph as Kind;
        let mut tallest = 0.0f64;
        for glyph in run {
            // A run is of one font.
            let Kind::Type3(drawn) = &**glyph else { return 0.0 };
            let place = base * glyph.transform();
            let (Known::Shape(Scaled { outline, unit, .. }, _)
            | Known::Drawing(Scaled { outline, unit, .. })) = self.known(drawn, props)
            else {
                continue;
            };
            if let Some(bounds) = outline.bounds {
                let [_, _, c, d, ..] = place.as_coeffs();
                tallest = tallest.max(bounds.height() * unit * c.hypot(d));
            }
        }
        tallest
    }
}
