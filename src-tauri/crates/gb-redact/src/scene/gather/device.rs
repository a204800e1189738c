//! The walk as the interpreter's device: each call handed to the part that knows about it.

use super::super::{Mode, Rule, Stroke};
use super::FINE;
use super::paint::Laid;
use super::walk::Walk;
use super::weigh::{self, Hidden};
use crate::meter::cost;
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, SoftMask, StrokeProps,
};
use hayro::hayro_syntax::object::Dict;
use hayro::kurbo::{Affine, BezPath, Cap, Join, Rect, Shape};

/// From the interpreter's grid to points.
pub(super) fn points(transform: Affine) -> Affine {
    Affine::scale(1.0 / FINE) * transform
}

pub(super) fn rule(rule: FillRule) -> Rule {
    match rule {
        FillRule::NonZero => Rule::NonZero,
        FillRule::EvenOdd => Rule::EvenOdd,
    }
}

pub(super) fn stroke(props: &StrokeProps) -> Stroke {
    let dashes: Vec<f64> = props.dash_array.iter().map(|d| f64::from(d.abs())).collect();
    // Dashes of no length at all are no dashes.
    let dashes = if dashes.iter().sum::<f64>() > 1e-6 { dashes } else { Vec::new() };
    Stroke {
        width: f64::from(props.line_width.abs()),
        cap: match props.line_cap {
            Cap::Butt => 0,
            Cap::Round => 1,
            Cap::Square => 2,
        },
        join: match props.line_join {
            Join::Miter => 0,
            Join::Round => 1,
            Join::Bevel => 2,
        },
        miter: f64::from(props.miter_limit),
        dashes,
        offset: f64::from(props.dash_offset),
    }
}

/// The ways a thing is drawn, one after the other.
pub(super) fn modes(mode: &DrawMode) -> Vec<Mode> {
    match mode {
        DrawMode::Fill(f) => vec![Mode::Fill(rule(*f))],
        DrawMode::Stroke(s) => vec![Mode::Stroke(stroke(s))],
        DrawMode::FillAndStroke(f, s) => vec![Mode::Fill(rule(*f)), Mode::Stroke(stroke(s))],
        DrawMode::Invisible => vec![Mode::Invisible],
    }
}

impl<'p> Walk<'_, 'p> {
    /// What a path tells the words: a rule between cells, or a cover over what was drawn before.
    fn notice(&mut self, path: &BezPath, props: &DrawProps<'p>, place: Affine, fills: bool) {
        if self.quiet > 0 {
            return;
        }
        self.read.rule(place.transform_rect_bbox(path.bounding_box()), fills);
        // Only shapes that are boxes: the bounding box of a curve covers what the curve does not.
        if fills && path.elements().len() <= 6 && super::paint::solid(props) {
            let path = place * path.clone();
            let bounds = path.bounding_box();
            if path.area().abs() > bounds.area() * 0.97 {
                self.cover(bounds, false);
            }
        }
    }

    pub(super) fn cover(&mut self, rect: Rect, image: bool) {
        // Through a clip that is no box it may cover less than its box.
        if self.solid() && !self.aside() && self.quiet == 0 && self.outlines().is_empty() {
            self.covers.add(self.read.glyphs.len(), rect.intersect(self.seen()), image);
        }
    }
}

impl<'p> Device<'p> for Walk<'_, 'p> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'p>, mode: &DrawMode) {
        weigh::path(&mut self.reader.meter, path, mode);
        weigh::paint(&mut self.reader.meter, &props.paint, self.depth);
        let wrapped = self.wrap(props.soft_mask.as_ref(), props.blend_mode);
        let place = points(props.transform);
        let fills = matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        self.notice(path, &props, place, fills);
        match self.laid(&props.paint) {
            Laid::Ink(ink) if self.whole => {
                for mode in modes(mode) {
                    if mode != Mode::Invisible {
                        self.put_shape(path, place, ink, mode);
                    }
                }
            }
            Laid::Ink(_) => {}
            Laid::Pattern => {
                for mode in modes(mode) {
                    self.paint_in(path, place, &mode, &props.paint);
                }
            }
        }
        self.unwrap(wrapped);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let corners = clip.path.elements().len();
        self.reader.meter.spend(cost::FORM + corners as u64);
        // A form begins with its box.
        if corners == 5 {
            self.reader.weigh_stream(Hidden::Form);
        }
        self.open_clip(points(Affine::IDENTITY) * clip.path.clone(), rule(clip.fill));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.reader.meter.spend(cost::CLIP);
        self.open_clip(points(Affine::IDENTITY) * rect.to_path(0.1), Rule::NonZero);
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'p>>, blend: BlendMode) {
        self.reader.meter.spend(cost::GROUP);
        let read = mask.as_ref().and_then(|m| self.mask(m));
        self.open_group(opacity, read, mask.is_some(), blend);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'p>, props: DrawProps<'p>, mode: &DrawMode) {
        self.reader.meter.spend(cost::GLYPH * run.glyphs().len() as u64);
        weigh::paint(&mut self.reader.meter, &props.paint, self.depth);
        let wrapped = self.wrap(props.soft_mask.as_ref(), props.blend_mode);
        self.run(run, &props, mode);
        self.unwrap(wrapped);
    }

    fn draw_image(&mut self, image: Image<'p, '_>, props: ImageDrawProps<'p>) {
        self.reader.meter.spend(cost::IMAGE + weigh::pixels(&image) / cost::PIXELS);
        let wrapped = self.wrap(props.soft_mask.as_ref(), props.blend_mode);
        self.picture(&image, &props);
        self.unwrap(wrapped);
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.span_begins(properties);
    }

    fn end_marked_content(&mut self) {
        self.span_ends();
    }

    fn pop_clip(&mut self) {
        self.close_clip();
    }

    fn pop_transparency_group(&mut self) {
        self.close_group();
    }
}
