//! Looks at what is drawn: by our own reading, by poppler where it is installed, and at the samples of every picture.

use gb_redact::{Document, Picture};
use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, flatten};
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
    let (width, height) = (number().expect("a picture came out"), number().expect("with its size"));
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

/// What page 1 draws under `rect`, whatever is laid over it.
pub struct Under {
    /// The spans of samples: for each picture its colours, then its alpha; or its stencil.
    pub samples: Vec<(String, Span)>,
    /// Paths with an edge there, and letters.
    pub things: Vec<String>,
}

/// Looks under `rect` on page 1.
pub fn beneath(pdf: &[u8], rect: [f32; 4]) -> Under {
    let pdf = Pdf::new(pdf.to_vec()).expect("it opens");
    let page = &pdf.pages()[0];
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let place = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(place, bounds, &cache, pdf.xref(), InterpreterSettings::default());
    let [l, t, r, b] = rect.map(f64::from);
    let mut looker = Looker { rect: Rect::new(l, t, r, b), spans: Vec::new(), things: Vec::new() };
    interpret_page(page, &mut context, &mut looker);
    Under { samples: looker.spans, things: looker.things }
}

struct Looker {
    rect: Rect,
    spans: Vec<(String, Span)>,
    things: Vec<String>,
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

    /// The box itself has its edges outside; anything else that has one inside is what was to be taken away. Clips
    /// do not count: what they hide is in the file.
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        let inside = self.rect.inflate(-0.5, -0.5);
        let path = props.transform * path.clone();
        let crosses =
            |a: Point, b: Point| (0..=200).any(|i| inside.contains(a.lerp(b, f64::from(i) / 200.0)));
        let (mut at, mut start, mut met) = (Point::ZERO, Point::ZERO, false);
        flatten(path.iter(), 0.1, |el| match el {
            PathEl::MoveTo(p) => (at, start) = (p, p),
            PathEl::LineTo(p) => {
                met |= crosses(at, p);
                at = p;
            }
            _ => met |= crosses(at, start),
        });
        if met {
            self.things.push(format!("a path with an edge there, {:?}", path.bounding_box()));
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let ink = match &**glyph {
                Glyph::Outline(o) if !o.outline().elements().is_empty() => {
                    o.outline().bounding_box().center()
                }
                Glyph::Outline(_) => continue,
                Glyph::Type3(_) => Point::new(250.0, 300.0),
            };
            if self.rect.contains(place * ink) {
                self.things.push("a letter".to_owned());
            }
        }
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// A box drawn over what stays in the file is no redaction: this reader sees through it.
#[test]
fn what_lies_under_a_box_is_seen() {
    let rect = [60.0, 96.0, 108.0, 120.0];
    let under = |content: &str| beneath(&super::plain(&format!("{content} 0 g 58 78 52 28 re f")), rect);
    assert!(under("").things.is_empty(), "the box itself is nothing");
    assert!(!under("70 90 m 90 95 l S").things.is_empty(), "a line under it");
    assert!(!under("62 82 5 5 re f").things.is_empty(), "a shape under it");
    assert!(
        !under("q 70 90 1 1 re W n 62 82 30 15 re f Q").things.is_empty(),
        "a shape hidden by a clip too"
    );
    assert!(!under("BT /F1 12 Tf 65 85 Td (Q) Tj ET").things.is_empty(), "a letter under it");
    let image = "q 48 0 0 24 60 80 cm BI /W 8 /H 4 /CS /G /BPC 8 ID \
    !~!~!~!~~!~!~!~!!~!~!~!~~!~!~!~!\nEI Q";
    assert!(under(image).samples.iter().any(|(_, span)| !span.flat()), "samples under it");
}
