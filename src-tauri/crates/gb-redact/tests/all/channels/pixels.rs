//! Looks at what is drawn: by our own reading, by poppler where it is installed, and at the samples of every picture.

use gb_redact::{Document, Picture};
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Affine, BezPath, Point, Rect};
use std::io::Write;
use std::process::{Command, Stdio};

/// Darkest and lightest luminance found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span(pub u8, pub u8);

impl Span {
    pub const NOTHING: Self = Self(255, 0);

    fn see(&mut self, v: u8) {
        *self = Self(self.0.min(v), self.1.max(v));
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0.min(other.0), self.1.max(other.1))
    }

    /// One colour, as near as a lossy picture keeps it.
    pub fn flat(self) -> bool {
        self == Self::NOTHING || self.1 - self.0 <= 48
    }
}

fn luma(p: &[u8]) -> u8 {
    ((u32::from(p[0]) * 3 + u32::from(p[1]) * 6 + u32::from(p[2])) / 10) as u8
}

/// Dots an inch.
const DPI: f32 = 100.0;

/// The span of each column of pixels under `rect` (points) in our drawing of page 1.
pub fn ours(doc: &Document, rect: [f32; 4]) -> Vec<Span> {
    under(&doc.render(1, DPI).expect("the page is drawn"), rect)
}

/// The same in poppler's drawing, where it is installed.
pub fn popplers(pdf: &[u8], rect: [f32; 4]) -> Option<Vec<Span>> {
    let dots = DPI.to_string();
    let out = piped("pdftoppm", &["-r", &dots, "-f", "1", "-l", "1", "-cropbox", "-"], pdf)?;
    let mut words = out.splitn(4, |b| b.is_ascii_whitespace());
    let mut number = || String::from_utf8_lossy(words.next()?).parse::<u32>().ok();
    // P6, width, height, 255, then pixels.
    let _ = number();
    let (width, height) = (number()?, number()?);
    let rgb = out[out.len() - (width * height * 3) as usize..].to_vec();
    Some(under(&Picture { width, height, rgb }, rect))
}

/// What poppler's text reader says.
pub fn popplers_text(pdf: &[u8]) -> Option<String> {
    let said = piped("pdftotext", &["-", "-"], pdf)?;
    Some(String::from_utf8_lossy(&said).into_owned())
}

/// Runs a tool with the file on its standard input.
fn piped(tool: &str, args: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut child = Command::new(tool)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut door = child.stdin.take()?;
    let bytes = input.to_vec();
    let feeding = std::thread::spawn(move || {
        let _ = door.write_all(&bytes);
    });
    let out = child.wait_with_output().ok()?;
    let _ = feeding.join();
    assert!(out.status.success(), "{tool} could not read the file");
    Some(out.stdout)
}

fn under(picture: &Picture, rect: [f32; 4]) -> Vec<Span> {
    let px = |v: f32| v * DPI / 72.0;
    let rows = (px(rect[1]) + 2.0) as u32..((px(rect[3]) - 2.0) as u32).min(picture.height);
    let columns = (px(rect[0]) + 2.0) as u32..((px(rect[2]) - 2.0) as u32).min(picture.width);
    assert!(!rows.is_empty() && !columns.is_empty(), "there is something to look at");
    columns
        .map(|x| {
            let mut span = Span::NOTHING;
            for y in rows.clone() {
                let i = ((y * picture.width + x) * 3) as usize;
                span.see(luma(&picture.rgb[i..i + 3]));
            }
            span
        })
        .collect()
}

/// The spans of the samples that lie under `rect`: for each picture drawn on page 1, its colours, then its
/// alpha or its stencil.
pub fn samples(pdf: &[u8], rect: [f32; 4]) -> Vec<(String, Span)> {
    let pdf = Pdf::new(pdf.to_vec()).expect("it opens");
    let page = &pdf.pages()[0];
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let place = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(place, bounds, &cache, pdf.xref(), InterpreterSettings::default());
    let [l, t, r, b] = rect.map(f64::from);
    let mut looker = Looker { rect: Rect::new(l, t, r, b), spans: Vec::new() };
    interpret_page(page, &mut context, &mut looker);
    looker.spans
}

struct Looker {
    rect: Rect,
    spans: Vec<(String, Span)>,
}

impl Looker {
    fn look(
        &mut self,
        what: &str,
        size: (u32, u32),
        factors: (f32, f32),
        place: Affine,
        at: impl Fn(usize) -> u8,
    ) {
        let mut span = Span::NOTHING;
        let pixel = place * Affine::scale_non_uniform(factors.0.into(), factors.1.into());
        // A sample counts when the whole of it lies inside.
        let inner = self.rect;
        for y in 0..size.1 {
            for x in 0..size.0 {
                let (x0, y0) = (f64::from(x), f64::from(y));
                let corners =
                    [(x0 - 0.5, y0 - 0.5), (x0 + 1.5, y0 - 0.5), (x0 - 0.5, y0 + 1.5), (x0 + 1.5, y0 + 1.5)];
                if corners.iter().all(|c| inner.contains(pixel * Point::from(*c))) {
                    span.see(at((y * size.0 + x) as usize));
                }
            }
        }
        self.spans.push((what.to_owned(), span));
    }
}

impl<'a> Device<'a> for Looker {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let place = props.transform;
        match &image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |l, _| self.look("a stencil", (l.width, l.height), l.scale_factors, place, |i| l.data[i]),
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let size = (data.width(), data.height());
                    let factors = data.scale_factors();
                    match &data {
                        ImageData::Rgb(d) => {
                            self.look("colours", size, factors, place, |i| luma(&d.data[i * 3..i * 3 + 3]));
                        }
                        ImageData::Luma(d) => self.look("greys", size, factors, place, |i| d.data[i]),
                    }
                    if let Some(a) = alpha {
                        // A mask has its own size and covers the same place.
                        let stretch = |n: u32, m: u32| n as f32 / m.max(1) as f32;
                        let factors =
                            (factors.0 * stretch(size.0, a.width), factors.1 * stretch(size.1, a.height));
                        self.look("a mask", (a.width, a.height), factors, place, |i| a.data[i]);
                    }
                },
                None,
            ),
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
