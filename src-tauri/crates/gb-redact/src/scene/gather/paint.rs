//! What things are painted with: colours, tiles, shadings, and the masks they show through.

use super::super::{Image, Ink, Mask, Mode, Origin, Pixels, Raster, Rule, Stroke, Unfit};
use super::device::points;
use super::images::raster;
use super::walk::{DEEPEST, Walk, reach};
use super::{FINE, frame};
use crate::meter::cost;
use hayro::hayro_interpret::pattern::{Pattern, ShadingPattern, TilingPattern};
use hayro::hayro_interpret::shading::ShadingType;
use hayro::hayro_interpret::{BlendMode, CacheKey, DrawProps, MaskType, Paint, SoftMask};
use hayro::kurbo::{self, Affine, BezPath, Cap, Join, Point, Rect, Shape};
use std::sync::Arc;

pub(super) const BLACK: Ink = Ink { rgb: [0, 0, 0], alpha: 1.0 };

/// Copies of a tile carried on one page; a hatching of a chart has some hundreds.
const MOST_TILES: u32 = 4_000;
/// Pixels of a shading: it is smooth, so few do.
const SHADING_PIXELS: f64 = 250_000.0;
/// Pixels to a point where a shading is small.
const SHADING_SCALE: f64 = 150.0 / 72.0;

/// What a thing is painted with.
pub(super) enum Laid {
    Ink(Ink),
    /// Tiles or a shading: they show inside of the thing's outline.
    Pattern,
}

/// An opaque colour with no blending and no mask.
pub(super) fn solid(props: &DrawProps<'_>) -> bool {
    matches!(&props.paint, Paint::Color(c) if c.to_rgba().to_rgba8()[3] == 255)
        && props.soft_mask.is_none()
        && props.blend_mode == BlendMode::Normal
}

impl<'p> Walk<'_, 'p> {
    pub(super) fn laid(&self, paint: &Paint<'p>) -> Laid {
        match paint {
            Paint::Color(color) => {
                let rgba = color.to_rgba();
                let [r, g, b, _] = rgba.to_rgba8();
                Laid::Ink(Ink { rgb: [r, g, b], alpha: rgba.components()[3].clamp(0.0, 1.0) })
            }
            Paint::Pattern(_) => Laid::Pattern,
        }
    }

    /// Opens the group that a mask or a blend mode of a single thing makes; tells whether it did.
    pub(super) fn wrap(&mut self, mask: Option<&SoftMask<'p>>, blend: BlendMode) -> bool {
        if mask.is_none() && blend == BlendMode::Normal {
            return false;
        }
        let read = mask.and_then(|m| self.mask(m));
        self.open_group(1.0, read, mask.is_some(), blend);
        true
    }

    pub(super) fn unwrap(&mut self, wrapped: bool) {
        if wrapped {
            self.close_group();
        }
    }

    /// Reads what a mask is made of, once for a page: one mask may shape many things, and text can be
    /// seen as the shape of a colour.
    pub(super) fn mask(&mut self, mask: &SoftMask<'p>) -> Option<Arc<Mask>> {
        let key = mask.cache_key();
        self.reader.meter.spend(cost::MASK);
        if let Some(known) = self.masks.get(&key) {
            let known = known.clone();
            self.reader.meter.again(key);
            return known;
        }
        if self.depth >= DEEPEST {
            // It is still looked into: what it costs to draw must be known.
            self.unfit(Unfit::TooDeep);
        }
        // A mask that is met again inside itself is not read again.
        self.masks.insert(key, None);
        let before = self.reader.meter.spent();
        let items = self.apart(self.page(), |walk| mask.interpret(walk));
        let cost = self.reader.meter.spent() - before;
        self.reader.meter.learn(key, cost);
        if !self.whole {
            return None;
        }
        let transfer = mask.transfer_function().map(|function| {
            let mut values: Vec<u8> = (0..=255).collect();
            function.apply_to(&mut values);
            Arc::new(values)
        });
        let [r, g, b, _] = mask.background_color().to_rgba().to_rgba8();
        let luminosity = mask.mask_type() == MaskType::Luminosity;
        let made = Some(Arc::new(Mask { luminosity, backdrop: [r, g, b], transfer, items }));
        self.masks.insert(key, made.clone());
        made
    }

    /// Paints a pattern where a path (with its place) is filled or stroked.
    pub(super) fn paint_in(&mut self, path: &BezPath, place: Affine, mode: &Mode, paint: &Paint<'p>) {
        let Paint::Pattern(pattern) = paint else { return };
        let (outline, rule, stroked) = match mode {
            Mode::Fill(rule) => (place * path.clone(), *rule, false),
            Mode::Stroke(s) => {
                (place * kurbo::stroke(path, &pen(s), &Default::default(), 0.01), Rule::NonZero, true)
            }
            Mode::Invisible | Mode::Shown => return,
        };
        let bounds = match mode {
            Mode::Stroke(s) => {
                let reach = reach(s, place);
                place.transform_rect_bbox(path.bounding_box()).inflate(reach, reach)
            }
            _ => outline.bounding_box(),
        };
        // Seen or not: another copy of a tile may show what this one does not.
        self.met += 1;
        if !self.shows(bounds) {
            self.dropped.outside_shapes += 1;
            self.missed += 1;
            return;
        }
        let Some(area) = frame::meet(bounds, self.seen()).filter(|a| a.area() > 0.0) else {
            self.missed += 1;
            return;
        };
        if self.depth >= DEEPEST {
            self.unfit(Unfit::TooDeep);
        }
        self.open_clip(outline, rule);
        match pattern.as_ref() {
            Pattern::Tiling(tile) => self.tiles(tile, area, stroked),
            Pattern::Shading(shading) if self.whole => self.shading(shading, area),
            Pattern::Shading(_) => {}
        }
        self.close_clip();
    }

    /// Draws the tiles of a pattern where they fall on `area`: browsers print whole pages as one tile.
    fn tiles(&mut self, tile: &TilingPattern<'p>, area: Rect, stroked: bool) {
        if tile.matrix.determinant().abs() < 1e-12 {
            return;
        }
        let span = points(tile.matrix).inverse().transform_rect_bbox(area);
        let steps = |from: f64, to: f64, low: f64, high: f64, step: f32| {
            let step = f64::from(step.abs()).max(1e-3);
            (((from - high) / step).ceil() as i64, ((to - low) / step).floor() as i64)
        };
        let (x0, x1) = steps(span.x0, span.x1, tile.bbox.x0, tile.bbox.x1, tile.x_step);
        let (y0, y1) = steps(span.y0, span.y1, tile.bbox.y0, tile.bbox.y1, tile.y_step);
        let faint = tile.opacity < 0.999;
        if faint {
            self.open_group(tile.opacity, None, false, BlendMode::Normal);
        }
        let (met, missed) = (self.met, self.missed);
        'all: for y in y0..=y1 {
            for x in x0..=x1 {
                self.tiles += 1;
                self.reader.meter.spend(cost::CLIP);
                if self.tiles > MOST_TILES {
                    self.unfit(Unfit::Pattern);
                    break 'all;
                }
                let step = (x as f64 * f64::from(tile.x_step.abs()), y as f64 * f64::from(tile.y_step.abs()));
                self.inside(|walk| {
                    let _ = tile.interpret(walk, tile.matrix * Affine::translate(step), stroked);
                });
                // All tiles are the same: without a glyph in one there is none in the next, unless a pattern
                // in it did not show where this one lies.
                if !self.whole && self.met == met && self.missed == missed {
                    self.tiles += ((y1 - y0 + 1) * (x1 - x0 + 1) - 1).clamp(0, i64::from(MOST_TILES)) as u32;
                    break 'all;
                }
            }
        }
        if faint {
            self.close_group();
        }
    }

    /// Samples a shading where it falls on `area`.
    fn shading(&mut self, pattern: &ShadingPattern, area: Rect) {
        let clipped = pattern.shading.clip_path.clone();
        if let Some(path) = &clipped {
            self.open_clip(points(Affine::IDENTITY) * path.clone(), Rule::NonZero);
        }
        let matrix = points(pattern.matrix);
        let image = match pattern.shading.shading_type.as_ref() {
            ShadingType::Dummy if pattern.shading.background.is_none() => None,
            ShadingType::RadialAxial { coords, axial: true, .. } => {
                let [x0, y0, x1, y1, ..] = coords.map(f64::from);
                axial(pattern, matrix, Point::new(x0, y0), Point::new(x1, y1), area)
            }
            _ => sampled(pattern, matrix, area),
        };
        match image {
            Some(image) => self.put_image(image),
            None if matches!(pattern.shading.shading_type.as_ref(), ShadingType::Dummy) => {}
            None => self.unfit(Unfit::Shading),
        }
        if clipped.is_some() {
            self.close_clip();
        }
    }
}

/// Samples a shading on a grid of pixels.
fn sampled(pattern: &ShadingPattern, matrix: Affine, area: Rect) -> Option<Image> {
    let scale = SHADING_SCALE.min((SHADING_PIXELS / area.area()).sqrt());
    if !(scale.is_finite() && scale > 0.0) {
        return None;
    }
    // Meshes are laid out on whole units of their frame, so the frame is made of pixels.
    let to_pixels = Affine::scale(scale) * Affine::translate((-area.x0, -area.y0));
    let mut pattern = pattern.clone();
    pattern.matrix = to_pixels * matrix;
    let bbox =
        Rect::new(0.0, 0.0, (area.width() * scale).ceil().max(1.0), (area.height() * scale).ceil().max(1.0));
    let mut samples = Vec::new();
    let (width, height, _) = pattern.encode().sample_texture(bbox, 1.0, |s| samples.push(s));
    let place = to_pixels.inverse() * Affine::scale_non_uniform(f64::from(width), f64::from(height));
    Some(Image { raster: Arc::new(pixels(&samples, width, height)?), place })
}

/// Samples a shading that only changes in one direction: one row of pixels, laid along it.
fn axial(pattern: &ShadingPattern, matrix: Affine, from: Point, to: Point, area: Rect) -> Option<Image> {
    let inverse = (matrix.determinant().abs() > 1e-12).then(|| matrix.inverse())?;
    let along = to - from;
    let length = along.hypot();
    if !(length.is_finite() && length > 1e-9) {
        return None;
    }
    // The shading's own frame: 0 at its beginning, 1 at its end, and as far across.
    let own = matrix * Affine::new([along.x, along.y, -along.y, along.x, from.x, from.y]);
    let span = (own.inverse() * area.to_path(0.1)).bounding_box();
    let points_long = (own * Point::new(1.0, 0.0) - own * Point::ZERO).hypot() * span.width();
    let count = (points_long * SHADING_SCALE * 2.0).ceil().clamp(2.0, 4096.0) as u32;
    let encoded = {
        let mut plain = pattern.clone();
        plain.matrix = Affine::IDENTITY;
        plain.encode()
    };
    let _ = inverse;
    let samples: Vec<[f32; 4]> = (0..count)
        .map(|i| {
            let u = span.x0 + (f64::from(i) + 0.5) / f64::from(count) * span.width();
            let at = from + along * u;
            encoded.sample(encoded.base_transform * at)
        })
        .collect();
    let place = own * Affine::new([span.width(), 0.0, 0.0, span.height(), span.x0, span.y0]);
    let row = Raster { origin: Origin::Bands, ..pixels(&samples, count, 1)? };
    Some(Image { raster: Arc::new(row), place })
}

fn pixels(samples: &[[f32; 4]], width: u32, height: u32) -> Option<Raster> {
    if samples.len() != width as usize * height as usize || samples.is_empty() {
        return None;
    }
    let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
    let rgb: Vec<u8> = samples.iter().flat_map(|s| [byte(s[0]), byte(s[1]), byte(s[2])]).collect();
    let alpha: Vec<u8> = samples.iter().map(|s| byte(s[3])).collect();
    let alpha = alpha.iter().any(|a| *a != 255).then(|| (width, height, Arc::new(alpha)));
    Some(raster(width, height, Pixels::Rgb(Arc::new(rgb)), alpha, true))
}

/// A stroke as the geometry library says it.
pub(super) fn pen(stroke: &Stroke) -> kurbo::Stroke {
    let cap = match stroke.cap {
        1 => Cap::Round,
        2 => Cap::Square,
        _ => Cap::Butt,
    };
    let join = match stroke.join {
        1 => Join::Round,
        2 => Join::Bevel,
        _ => Join::Miter,
    };
    // A line of no width is the thinnest line there is.
    kurbo::Stroke::new(stroke.width.max(1.0 / FINE))
        .with_caps(cap)
        .with_join(join)
        .with_miter_limit(stroke.miter)
        .with_dashes(stroke.offset, stroke.dashes.iter().copied())
}
