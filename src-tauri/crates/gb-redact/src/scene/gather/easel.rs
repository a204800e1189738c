//! Draws a scene, to hold what was gathered against the interpreter's own drawing of the page. For tests.

use crate::read::picture::Picture;
use crate::scene::{Image, Ink, Item, Mask, Mode, Pixels, Rule, Scene, Stroke};
use hayro::kurbo::{self, Affine, BezPath, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::color::{AlphaColor, Srgb};
use hayro::vello_cpu::peniko::{self, Fill, ImageQuality, ImageSampler, Mix};
use hayro::vello_cpu::{
    self, ImageSource, PixelMetadata, Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit,
};
use std::sync::Arc;

/// The page at a scale of pixels to a point.
pub(super) fn draw(scene: &Scene, scale: f64, (width, height): (u32, u32)) -> Picture {
    let mut ctx = RenderContext::new(width as u16, height as u16);
    items(&mut ctx, &scene.items, scale);
    ctx.flush();
    let mut pixmap = Pixmap::new(width as u16, height as u16);
    let raster = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() };
    ctx.render_with(&mut pixmap, &mut Resources::default(), raster);
    let rgb = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    Picture { width, height, rgb }
}

fn items(ctx: &mut RenderContext, items: &[Item], scale: f64) {
    let page = Affine::scale(scale);
    for item in items {
        match item {
            Item::Glyphs(run) => {
                for glyph in &run.glyphs {
                    path(ctx, &glyph.outline.path, page * glyph.place, run.ink, &run.mode, 0.25);
                }
            }
            Item::Path(shape) => path(ctx, &shape.path, page * shape.place, shape.ink, &shape.mode, 1.0),
            Item::Image(image) => picture(ctx, image, page),
            Item::PushClip(clip) => {
                ctx.set_transform(page);
                ctx.set_fill_rule(fill(clip.rule));
                ctx.push_clip_path(&clip.path);
            }
            Item::PopClip => ctx.pop_clip(),
            Item::PushGroup(group) => {
                let mask = group.mask.as_ref().map(|m| mask(m, scale, (ctx.width(), ctx.height())));
                let blend = peniko::BlendMode::new(mix(group.blend), peniko::Compose::SrcOver);
                ctx.push_layer(None, Some(blend), Some(group.alpha), mask, None);
            }
            Item::PopGroup => ctx.pop_layer(),
        }
    }
}

fn path(ctx: &mut RenderContext, path: &BezPath, place: Affine, ink: Ink, mode: &Mode, least: f64) {
    let [r, g, b] = ink.rgb;
    ctx.set_paint(AlphaColor::<Srgb>::from_rgba8(r, g, b, (ink.alpha * 255.0).round() as u8));
    ctx.set_transform(place);
    match mode {
        Mode::Fill(rule) => {
            ctx.set_fill_rule(fill(*rule));
            ctx.fill_path(path);
        }
        Mode::Stroke(stroke) => {
            let [a, b, c, d, ..] = place.as_coeffs();
            let thin = least / a.hypot(b).max(c.hypot(d)).max(1e-9);
            let pen = Stroke { width: stroke.width.max(thin), ..stroke.clone() };
            ctx.set_fill_rule(Fill::NonZero);
            ctx.set_stroke(kurbo::Stroke { width: pen.width, ..super::paint::pen(&pen) });
            ctx.stroke_path(path);
        }
        Mode::Invisible | Mode::Shown => {}
    }
}

fn picture(ctx: &mut RenderContext, image: &Image, page: Affine) {
    let raster = &image.raster;
    let (pw, ph) = (raster.width as usize, raster.height as usize);
    // Alpha may be finer than the picture it belongs to.
    let (aw, ah) = raster.alpha.as_ref().map_or((0, 0), |a| (a.0 as usize, a.1 as usize));
    let (w, h) = (pw.max(aw), ph.max(ah));
    let alpha = |x: usize, y: usize| match &raster.alpha {
        Some((_, _, data)) => data[(y * ah / h) * aw + x * aw / w],
        None => 255,
    };
    let pixel = |x: usize, y: usize| -> [u8; 4] {
        let i = (y * ph / h) * pw + x * pw / w;
        match &raster.pixels {
            Pixels::Grey(d) => [d[i], d[i], d[i], alpha(x, y)],
            Pixels::Rgb(d) => [d[i * 3], d[i * 3 + 1], d[i * 3 + 2], alpha(x, y)],
            Pixels::Stencil(d, ink) => {
                [ink.rgb[0], ink.rgb[1], ink.rgb[2], (f32::from(d[i]) * ink.alpha) as u8]
            }
            Pixels::Jpeg { .. } => [255, 0, 255, 255],
        }
    };
    // Made small by averaging, as the interpreter's own drawing does.
    let size = page * image.place;
    let [a, b, c, d, ..] = size.as_coeffs();
    let (nw, nh) = ((a.hypot(b).ceil() as usize).clamp(1, w), (c.hypot(d).ceil() as usize).clamp(1, h));
    let mut data = Vec::with_capacity(nw * nh * 4);
    for y in 0..nh {
        for x in 0..nw {
            let (x0, x1) = (x * w / nw, ((x + 1) * w / nw).max(x * w / nw + 1));
            let (y0, y1) = (y * h / nh, ((y + 1) * h / nh).max(y * h / nh + 1));
            let mut sum = [0u64; 4];
            for y in y0..y1 {
                for x in x0..x1 {
                    let p = pixel(x, y);
                    (0..3).for_each(|i| sum[i] += u64::from(p[i]) * u64::from(p[3]) / 255);
                    sum[3] += u64::from(p[3]);
                }
            }
            let count = ((x1 - x0) * (y1 - y0)) as u64;
            data.extend(sum.map(|s| (s / count) as u8));
        }
    }
    let meta = PixelMetadata { may_have_transparency: true, ..Default::default() };
    let pixmap = Pixmap::from_parts(data, nw as u16, nh as u16, meta);
    let quality = if raster.smooth { ImageQuality::Medium } else { ImageQuality::Low };
    ctx.set_transform(size * Affine::scale_non_uniform(1.0 / nw as f64, 1.0 / nh as f64));
    ctx.set_paint_transform(Affine::IDENTITY);
    ctx.set_paint(vello_cpu::Image {
        image: ImageSource::Pixmap(Arc::new(pixmap)),
        sampler: ImageSampler {
            x_extend: peniko::Extend::Pad,
            y_extend: peniko::Extend::Pad,
            quality,
            alpha: 1.0,
        },
    });
    ctx.set_fill_rule(Fill::NonZero);
    ctx.fill_rect(&Rect::new(0.0, 0.0, nw as f64, nh as f64));
}

fn mask(mask: &Mask, scale: f64, (width, height): (u16, u16)) -> vello_cpu::Mask {
    let mut ctx = RenderContext::new(width, height);
    if mask.luminosity {
        let [r, g, b] = mask.backdrop;
        ctx.set_paint(AlphaColor::<Srgb>::from_rgba8(r, g, b, 255));
        ctx.fill_rect(&Rect::new(0.0, 0.0, f64::from(width), f64::from(height)));
    }
    items(&mut ctx, &mask.items, scale);
    ctx.flush();
    let mut pixmap = Pixmap::new(width, height);
    ctx.render(&mut pixmap, &mut Resources::default());
    let made = if mask.luminosity {
        vello_cpu::Mask::new_luminance(&pixmap)
    } else {
        vello_cpu::Mask::new_alpha(&pixmap)
    };
    let Some(transfer) = &mask.transfer else { return made };
    let values = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let values = values.map(|(x, y)| transfer[usize::from(made.sample(x, y))]).collect();
    vello_cpu::Mask::from_parts(values, width, height)
}

fn fill(rule: Rule) -> Fill {
    match rule {
        Rule::NonZero => Fill::NonZero,
        Rule::EvenOdd => Fill::EvenOdd,
    }
}

fn mix(name: &str) -> Mix {
    match name {
        "Multiply" => Mix::Multiply,
        "Screen" => Mix::Screen,
        "Overlay" => Mix::Overlay,
        "Darken" => Mix::Darken,
        "Lighten" => Mix::Lighten,
        "ColorDodge" => Mix::ColorDodge,
        "ColorBurn" => Mix::ColorBurn,
        "HardLight" => Mix::HardLight,
        "SoftLight" => Mix::SoftLight,
        "Difference" => Mix::Difference,
        "Exclusion" => Mix::Exclusion,
        "Hue" => Mix::Hue,
        "Saturation" => Mix::Saturation,
        "Color" => Mix::Color,
        "Luminosity" => Mix::Luminosity,
        _ => Mix::Normal,
    }
}

/// The share of pixels that differ clearly, also from what lies a pixel beside.
pub(super) fn differ(a: &Picture, b: &Picture) -> f64 {
    let far = |p: [u8; 3], q: [u8; 3]| p.iter().zip(q).any(|(p, q)| p.abs_diff(q) > 64);
    let near = |a: &Picture, b: &Picture, x: u32, y: u32| {
        let (x0, x1) = (x.saturating_sub(1), (x + 1).min(b.width - 1));
        let (y0, y1) = (y.saturating_sub(1), (y + 1).min(b.height - 1));
        (y0..=y1).any(|v| (x0..=x1).any(|u| !far(a.at(x, y), b.at(u, v))))
    };
    let mut wrong = 0u32;
    for y in 0..a.height {
        for x in 0..a.width {
            if far(a.at(x, y), b.at(x, y)) && !(near(a, b, x, y) && near(b, a, x, y)) {
                wrong += 1;
            }
        }
    }
    f64::from(wrong) / f64::from(a.width * a.height)
}
