//! What a drawn glyph (Type 3) is made of: looked at once, in its own frame, to see if it is a letter.

use super::super::{Ink, Rule};
use super::device::{rule, stroke};
use super::frame::{self, loops};
use super::paint::pen;
use crate::meter::{Meter, cost};
use hayro::hayro_interpret::color::{AlphaColor, Color};
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, LumaData, Paint, SoftMask,
};
use hayro::kurbo::{self, Affine, BezPath, Point, Rect, Shape};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::float::simplify::SimplifyShape;
use std::collections::HashMap;

/// Pixels of the bitmap of a letter: 600 dots an inch at a height of an inch and a half.
const MOST_PIXELS: usize = 1_000_000;
/// Corners of a letter. More is a drawing.
const MOST_CORNERS: usize = 20_000;

/// A colour nobody draws with: what comes back in it was painted in the text's own colour.
const OWN: [u8; 4] = [31, 195, 80, 147];

/// What a drawn glyph is.
#[derive(Debug, Clone)]
pub(super) enum Letter {
    /// It shows text itself: that text is what is read.
    Speaks,
    /// A shape in the text's own colour (nothing), or in a colour of its own.
    Shape { path: BezPath, ink: Option<Ink> },
    /// A drawing, with the box of its ink in thousandths of an em.
    Drawing(Rect),
    /// It draws nothing.
    Nothing,
}

/// What was found of a glyph, and whether its lines depend on the pen that was in hand.
pub(super) struct Found {
    pub(super) letter: Letter,
    pub(super) strokes: bool,
}

/// The paint to draw a glyph with that is being probed.
pub(super) fn own<'p>() -> Paint<'p> {
    let [r, g, b, alpha] = OWN;
    Paint::Color(Color::from_rgba(AlphaColor::from_rgba8(r, g, b, alpha)))
}

pub(super) struct Probe {
    parts: Vec<(BezPath, Rule)>,
    inks: Vec<Option<Ink>>,
    clips: Vec<Rect>,
    bounds: Option<Rect>,
    speaks: bool,
    drawing: bool,
    strokes: bool,
    corners: usize,
    meter: Meter,
}

impl Probe {
    /// A probe that stops when a letter makes more work than a page may.
    pub(super) fn new(limit: u64) -> Self {
        Self {
            parts: Vec::new(),
            inks: Vec::new(),
            clips: Vec::new(),
            bounds: None,
            speaks: false,
            drawing: false,
            strokes: false,
            corners: 0,
            meter: Meter::new(limit),
        }
    }

    /// What drawing the letter once costs.
    pub(super) fn work(&self) -> u64 {
        self.meter.spent()
    }

    pub(super) fn found(self) -> Found {
        let strokes = self.strokes;
        let one = self.inks.first().copied().filter(|first| self.inks.iter().all(|ink| ink == first));
        let letter = match (self.speaks, self.bounds, one) {
            (true, ..) => Letter::Speaks,
            (_, None, _) => Letter::Nothing,
            (_, Some(_), Some(ink)) if !self.drawing && see_through(ink, self.parts.len()) => {
                Letter::Shape { path: joined(self.parts), ink }
            }
            (_, Some(bounds), _) => Letter::Drawing(bounds),
        };
        Found { letter, strokes }
    }

    fn add(&mut self, path: BezPath, rule: Rule, paint: &Paint<'_>) {
        let bounds = path.bounding_box();
        if path.elements().is_empty() || !bounds.is_finite() {
            return;
        }
        self.corners += path.elements().len();
        self.drawing |= self.corners > MOST_CORNERS;
        let bounds = match self.clips.last() {
            Some(clip) => match frame::meet(bounds, *clip) {
                Some(left) => {
                    self.drawing |= left != bounds;
                    left
                }
                None => return,
            },
            None => bounds,
        };
        self.bounds = Some(self.bounds.map_or(bounds, |b| b.union(bounds)));
        self.ink(paint);
        if !self.drawing {
            self.parts.push((path, rule));
        }
    }

    fn ink(&mut self, paint: &Paint<'_>) {
        match paint {
            Paint::Color(color) => {
                let rgba = color.to_rgba();
                let [r, g, b, alpha] = rgba.to_rgba8();
                let ink = Ink { rgb: [r, g, b], alpha: rgba.components()[3].clamp(0.0, 1.0) };
                self.inks.push(([r, g, b, alpha] != OWN).then_some(ink));
            }
            Paint::Pattern(_) => self.drawing = true,
        }
    }
}

/// Parts that lie over each other in a colour that lets light through are seen one through the other.
fn see_through(ink: Option<Ink>, parts: usize) -> bool {
    parts == 1 || ink.is_none_or(|ink| ink.alpha >= 0.999)
}

impl<'p> Device<'p> for Probe {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'p>, mode: &DrawMode) {
        super::weigh::path(&mut self.meter, path, mode);
        self.drawing |= props.soft_mask.is_some() || props.blend_mode != BlendMode::Normal;
        if let DrawMode::Fill(f) | DrawMode::FillAndStroke(f, _) = mode {
            self.add(props.transform * path.clone(), rule(*f), &props.paint);
        }
        if let DrawMode::Stroke(s) | DrawMode::FillAndStroke(_, s) = mode {
            self.strokes = true;
            let [a, b, c, d, ..] = props.transform.as_coeffs();
            let scale = a.hypot(b).max(c.hypot(d)).max(1e-9);
            let lines = kurbo::stroke(path, &pen(&stroke(s)), &Default::default(), 0.2 / scale);
            self.add(props.transform * lines, Rule::NonZero, &props.paint);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.meter.spend(cost::FORM + clip.path.elements().len() as u64);
        let rect = frame::rectangle(&clip.path);
        // Through a clip that is no box a letter may show in part.
        self.drawing |= rect.is_none();
        let rect = rect.unwrap_or_else(|| clip.path.bounding_box());
        let before = self.clips.last().copied().unwrap_or(Rect::new(-1e9, -1e9, 1e9, 1e9));
        self.clips.push(frame::meet(before, rect).unwrap_or(Rect::new(-1e9, -1e9, -1e9, -1e9)));
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'p>>, blend: BlendMode) {
        self.meter.spend(cost::GROUP);
        self.drawing |= opacity < 0.999 || mask.is_some() || blend != BlendMode::Normal;
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'p>, _: DrawProps<'p>, _: &DrawMode) {
        self.meter.spend(cost::GLYPH * run.glyphs().len() as u64);
        self.speaks |= !run.glyphs().is_empty();
    }

    fn draw_image(&mut self, image: Image<'p, '_>, props: ImageDrawProps<'p>) {
        self.meter.spend(cost::IMAGE + super::weigh::pixels(&image) / cost::PIXELS);
        let size = (f64::from(image.width()), f64::from(image.height()));
        let bounds = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, size.0, size.1));
        let Image::Stencil(stencil) = image else {
            self.drawing = true;
            self.bounds = Some(self.bounds.map_or(bounds, |b| b.union(bounds)));
            return;
        };
        let mut read: Option<(LumaData, Paint<'p>)> = None;
        if size.0 * size.1 <= MOST_PIXELS as f64 {
            stencil.with_stencil(|luma, paint| read = Some((luma, paint.clone())), None);
        }
        match read.and_then(|(luma, paint)| Some((traced(&luma)?, luma.scale_factors, paint))) {
            Some((path, (sx, sy), paint)) => {
                let place = props.transform * Affine::scale_non_uniform(f64::from(sx), f64::from(sy));
                self.add(place * path, Rule::NonZero, &paint);
            }
            None => {
                self.drawing = true;
                self.bounds = Some(self.bounds.map_or(bounds, |b| b.union(bounds)));
            }
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}

/// One path, filled by the non-zero rule, of all the parts.
fn joined(parts: Vec<(BezPath, Rule)>) -> BezPath {
    let boxes: Vec<Rect> = parts.iter().map(|(p, _)| p.bounding_box()).collect();
    let apart = boxes.iter().enumerate().all(|(i, a)| boxes[..i].iter().all(|b| !a.overlaps(*b)));
    let plain = parts.iter().all(|(path, rule)| *rule == Rule::NonZero || loops(path, 1.0).len() < 2);
    let mut out = BezPath::new();
    if apart && plain {
        parts.iter().for_each(|(path, _)| out.extend(path.elements().iter().copied()));
        return out;
    }
    // Each part alone turned the same way round: laid together they add up and never cancel out.
    for (path, rule) in parts {
        let loops: Vec<Vec<[f64; 2]>> =
            loops(&path, 0.3).into_iter().map(|l| l.into_iter().map(|p| [p.x, p.y]).collect()).collect();
        let rule = match rule {
            Rule::NonZero => FillRule::NonZero,
            Rule::EvenOdd => FillRule::EvenOdd,
        };
        for contour in loops.simplify_shape(rule).into_iter().flatten() {
            let mut points = contour.into_iter().map(|p| Point::new(p[0], p[1]));
            if let Some(first) = points.next() {
                out.move_to(first);
                points.for_each(|p| out.line_to(p));
                out.close_path();
            }
        }
    }
    out
}

/// The outline of a bitmap, along the edges of its pixels: rows from the top, y down, ink to the right of
/// each line. Nothing for a bitmap that has shades.
fn traced(luma: &LumaData) -> Option<BezPath> {
    let (width, height) = (luma.width as usize, luma.height as usize);
    if luma.data.len() < width * height || luma.data.iter().any(|v| !matches!(v, 0 | 255)) {
        return None;
    }
    let set = |x: usize, y: usize| x < width && y < height && luma.data[y * width + x] == 255;
    // The lines that leave each corner, by where they go: right, down, left, up.
    let mut leaving: HashMap<(usize, usize), [bool; 4]> = HashMap::new();
    let mut line = |from: (usize, usize), way: usize| leaving.entry(from).or_default()[way] = true;
    for y in 0..=height {
        for x in 0..=width {
            let (here, left, above) = (set(x, y), x > 0 && set(x - 1, y), y > 0 && set(x, y - 1));
            match (above, here) {
                (false, true) => line((x, y), 0),
                (true, false) => line((x + 1, y), 2),
                _ => {}
            }
            match (left, here) {
                (false, true) => line((x, y + 1), 3),
                (true, false) => line((x, y), 1),
                _ => {}
            }
        }
    }
    let mut starts: Vec<(usize, usize)> = leaving.keys().copied().collect();
    starts.sort_unstable();
    let mut out = BezPath::new();
    for start in starts {
        while let Some(way) = leaving.get(&start).and_then(|ways| ways.iter().position(|w| *w)) {
            trace(start, way, &mut leaving, &mut out)?;
        }
    }
    (out.elements().len() <= MOST_CORNERS).then_some(out)
}

/// Follows the lines from a corner until they come back to it, turning right where two ways part, so that
/// pixels that touch only at a corner stay apart.
fn trace(
    start: (usize, usize),
    way: usize,
    leaving: &mut HashMap<(usize, usize), [bool; 4]>,
    out: &mut BezPath,
) -> Option<()> {
    let (mut at, mut way) = (start, way);
    out.move_to((start.0 as f64, start.1 as f64));
    loop {
        leaving.get_mut(&at)?[way] = false;
        match way {
            0 => at.0 += 1,
            1 => at.1 += 1,
            2 => at.0 -= 1,
            _ => at.1 -= 1,
        }
        if at == start {
            out.close_path();
            return Some(());
        }
        let ways = leaving.get(&at)?;
        let next = [(way + 1) % 4, way, (way + 3) % 4].into_iter().find(|w| ways[*w])?;
        if next != way {
            out.line_to((at.0 as f64, at.1 as f64));
        }
        way = next;
    }
}
