//! Pictures of pages.

use crate::{Document, Fault, guard};
use hayro::hayro_interpret::{InterpreterSettings, TransformExt};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

/// A picture: rows from the top, three bytes a pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue.
    pub rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} by {})", self.width, self.height)
    }
}

impl Picture {
    /// As a PNG, compressed fast: for the screen, not for keeping.
    pub fn png(&self) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        let fault = |_| Fault::Internal { what: "writing a PNG" };
        let mut encoder = png::Encoder::new(&mut out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fastest);
        let mut writer = encoder.write_header().map_err(fault)?;
        writer.write_image_data(&self.rgb).map_err(fault)?;
        writer.finish().map_err(fault)?;
        Ok(out)
    }

    /// As a JPEG of the given quality, 1 to 100.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, Fault> {
        crate::out::encode::jpeg(&self.rgb, self.width, self.height, true, quality)
    }

    pub(crate) fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let i = (y as usize * self.width as usize + x as usize) * 3;
        [self.rgb[i], self.rgb[i + 1], self.rgb[i + 2]]
    }

    pub(crate) fn set(&mut self, x: u32, y: u32, colour: [u8; 3]) {
        let i = (y as usize * self.width as usize + x as usize) * 3;
        self.rgb[i..i + 3].copy_from_slice(&colour);
    }
}

/// Draws pages of one reading of a file; fonts and glyphs drawn are kept between pages.
pub(crate) struct Artist<'p> {
    pdf: &'p Pdf,
    cache: RenderCache<'p>,
    settings: InterpreterSettings,
    hinting: bool,
}

impl<'p> Artist<'p> {
    /// `hinting` is for the screen; a picture that will be taken apart and set again is drawn without.
    pub(crate) fn new(pdf: &'p Pdf, hinting: bool) -> Self {
        Self { pdf, cache: RenderCache::new(), settings: InterpreterSettings::default(), hinting }
    }

    /// Pixels a page takes at a scale of pixels per point.
    pub(crate) fn pixels(&self, index: usize, scale: f64) -> (u32, u32) {
        let (w, h) = self.pdf.pages()[index].render_dimensions();
        let side = |s: f32| (f64::from(s) * scale).round().clamp(1.0, 65_000.0) as u32;
        (side(w), side(h))
    }

    /// Draws the whole page.
    pub(crate) fn page(&self, index: usize, scale: f64) -> Picture {
        let (width, height) = self.pixels(index, scale);
        self.window(index, scale, (0.0, 0.0), (width, height))
    }

    /// Draws a window of the page: `from` is its top left in pixels of the page at `scale`, and may lie
    /// between pixels.
    pub(crate) fn window(&self, index: usize, scale: f64, from: (f64, f64), size: (u32, u32)) -> Picture {
        let page = &self.pdf.pages()[index];
        let mut ctx = RenderContext::new(size.0 as u16, size.1 as u16);
        let transform = Affine::translate((-from.0, -from.1))
            * Affine::scale(scale)
            * page.initial_transform(true).to_kurbo();
        let settings = RenderSettings { hinting: self.hinting, ..Default::default() };
        render_into(page, &self.cache, &self.settings, &settings, &mut ctx, transform);
        ctx.flush();
        let mut pixmap = Pixmap::new(ctx.width(), ctx.height());
        let raster = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() };
        ctx.render_with(&mut pixmap, &mut Resources::default(), raster);
        let rgba = pixmap.data_as_u8_slice();
        let mut rgb = vec![0; rgba.len() / 4 * 3];
        for (to, from) in rgb.chunks_exact_mut(3).zip(rgba.chunks_exact(4)) {
            to.copy_from_slice(&from[..3]);
        }
        Picture { width: size.0, height: size.1, rgb }
    }
}

/// The scale nearest to `dpi` at which a page stays within the limit of pixels.
pub(crate) fn scale_within(size: (f32, f32), dpi: f64, pixels: u64) -> f64 {
    let scale = dpi / 72.0;
    let (w, h) = (f64::from(size.0).max(1.0), f64::from(size.1).max(1.0));
    let most = (pixels as f64 / (w * h)).sqrt().min(65_000.0 / w.max(h));
    scale.min(most)
}

impl Document {
    /// A picture of a page at `dpi` dots an inch (less, if the page would pass the limit of pixels).
    pub fn render(&self, page: u32, dpi: f32) -> Result<Picture, Fault> {
        let index = self.index(page)?;
        let dpi = f64::from(dpi).clamp(4.0, 1200.0);
        let scale = scale_within(self.page_size(page)?, dpi, self.limits().pixels);
        // Reading the words counts the work a page makes; one that makes too much is not drawn.
        self.words(page)?;
        guard::run(Fault::PageUnreadable { page }, || Artist::new(self.pdf(), true).page(index, scale))
    }
}
