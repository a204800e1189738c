//! Paints text as pixels, the way a scanner sees paper: a little crooked, a little dirty.
//!
//! Whole-number noise and our own edges, so that the pictures are the same on every machine.

use crate::faces::open;
use ttf_parser::OutlineBuilder;

/// Sine and cosine of one and a half degrees, written out: libraries differ in the last digit.
pub const CROOKED: (f64, f64) = (0.026_176_948_307_873_15, 0.999_657_324_975_557_3);

/// A straight piece of an outline.
type Edge = ((f64, f64), (f64, f64));

/// A grey sheet: 255 is white.
pub struct Sheet {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
    /// Pixels a point.
    scale: f64,
    /// Sine and cosine of the angle the paper lay at.
    angle: (f64, f64),
    seed: u64,
}

impl Sheet {
    /// An empty A4 sheet.
    pub fn new(dpi: f64, angle: (f64, f64), seed: u64) -> Self {
        let scale = dpi / 72.0;
        let (width, height) = ((595.28 * scale).round() as usize, (841.89 * scale).round() as usize);
        Self { width, height, grey: vec![255; width * height], scale, angle, seed }
    }

    /// The next number of a plain generator, below `below`.
    pub fn chance(&mut self, below: u32) -> u32 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.seed >> 33) % u64::from(below)) as u32
    }

    /// Where a point of the paper falls, in pixels.
    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let (sin, cos) = self.angle;
        let (dx, dy) = (x - 297.64, y - 420.945);
        ((297.64 + dx * cos - dy * sin) * self.scale, (420.945 + dx * sin + dy * cos) * self.scale)
    }

    /// Sets a line; `wobble` in thousandths of the size moves each letter. Gives where it ends.
    pub fn text(&mut self, font: &[u8], size: f64, x: f64, y: f64, wobble: u32, text: &str) -> f64 {
        let face = open(font);
        let unit = size / f64::from(face.units_per_em());
        let mut x = x;
        for c in text.chars() {
            let glyph = face.glyph_index(c).expect("the samples use only letters the face has");
            let mut up = 0.0;
            if wobble > 0 {
                up = (f64::from(self.chance(2 * wobble)) - f64::from(wobble)) / 1000.0 * size;
            }
            let mut edges = Edges { lines: vec![], at: (0.0, 0.0), from: (0.0, 0.0) };
            face.outline_glyph(glyph, &mut edges);
            let lines: Vec<_> = edges
                .lines
                .iter()
                .map(|(a, b)| {
                    (
                        self.place(x + a.0 * unit, y - up - a.1 * unit),
                        self.place(x + b.0 * unit, y - up - b.1 * unit),
                    )
                })
                .collect();
            self.fill(&lines, 30);
            x += f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * unit;
        }
        x
    }

    /// A rule of the paper.
    pub fn rule(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, weight: f64) {
        let (dx, dy) = (x2 - x1, y2 - y1);
        let long = (dx * dx + dy * dy).sqrt();
        let (nx, ny) = (-dy / long * weight / 2.0, dx / long * weight / 2.0);
        let corners = [(x1 + nx, y1 + ny), (x2 + nx, y2 + ny), (x2 - nx, y2 - ny), (x1 - nx, y1 - ny)]
            .map(|p| self.place(p.0, p.1));
        let lines: Vec<_> = (0..4).map(|i| (corners[i], corners[(i + 1) % 4])).collect();
        self.fill(&lines, 40);
    }

    /// Fills a shape, non-zero winding, four lines of samples a pixel and exact across.
    fn fill(&mut self, lines: &[Edge], ink: u8) {
        const ROWS: usize = 4;
        let low = lines.iter().flat_map(|(a, b)| [a.1, b.1]).fold(f64::MAX, f64::min);
        let high = lines.iter().flat_map(|(a, b)| [a.1, b.1]).fold(f64::MIN, f64::max);
        if lines.is_empty() || high < 0.0 || low >= self.height as f64 {
            return;
        }
        let rows = (low.max(0.0) as usize)..=((high as usize).min(self.height - 1));
        let mut cover = vec![0.0_f64; self.width];
        for row in rows {
            cover.fill(0.0);
            for sub in 0..ROWS {
                let y = row as f64 + (sub as f64 + 0.5) / ROWS as f64;
                let mut cuts: Vec<(f64, i32)> = lines
                    .iter()
                    .filter(|(a, b)| (a.1 <= y) != (b.1 <= y))
                    .map(|(a, b)| {
                        let x = a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0);
                        (x, if b.1 > a.1 { 1 } else { -1 })
                    })
                    .collect();
                cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
                let mut winding = 0;
                for pair in cuts.windows(2) {
                    winding += pair[0].1;
                    if winding != 0 {
                        span(&mut cover, pair[0].0, pair[1].0, 1.0 / ROWS as f64);
                    }
                }
            }
            for (x, c) in cover.iter().enumerate().filter(|(_, c)| **c > 0.0) {
                let at = &mut self.grey[row * self.width + x];
                let paper = f64::from(*at);
                *at = (paper + (f64::from(ink) - paper) * c.min(1.0)).round() as u8;
            }
        }
    }

    /// Specks of dust.
    pub fn specks(&mut self, count: u32) {
        for _ in 0..count {
            let (x, y) = (self.chance(self.width as u32) as usize, self.chance(self.height as u32) as usize);
            let size = 1 + self.chance(10) as usize / 7;
            for dy in 0..size {
                for dx in 0..size {
                    if x + dx < self.width && y + dy < self.height {
                        self.grey[(y + dy) * self.width + x + dx] = 60;
                    }
                }
            }
        }
    }

    /// The shadow of the lid along the left edge, `reach` pixels deep, uneven.
    pub fn shadow(&mut self, reach: usize, darkest: u32) {
        for y in 0..self.height {
            let here = reach + (y * 7 / self.height) * reach / 20 + self.chance(3) as usize;
            for x in 0..here.min(self.width) {
                let dark = darkest * (here - x) as u32 / here as u32;
                let at = &mut self.grey[y * self.width + x];
                *at = at.saturating_sub(dark.min(255) as u8);
            }
        }
    }

    /// The grain of the paper: a few levels up or down, in little patches so that it squeezes.
    pub fn grain(&mut self, level: u8) {
        for y in (0..self.height).step_by(8) {
            for x in (0..self.width).step_by(8) {
                let less = level + self.chance(5) as u8;
                for yy in y..(y + 8).min(self.height) {
                    for at in &mut self.grey[yy * self.width + x..yy * self.width + (x + 8).min(self.width)] {
                        *at = at.saturating_sub(less);
                    }
                }
            }
        }
    }

    /// As a fax sees it: CCITT group 4, and the stream's dictionary.
    pub fn group4(&self, threshold: u8) -> (String, Vec<u8>) {
        let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
        for row in self.grey.chunks(self.width) {
            let dots = row.iter().map(|g| if *g < threshold { fax::Color::Black } else { fax::Color::White });
            encoder.encode_line(dots, self.width as u32).expect("memory never refuses");
        }
        let data = encoder.finish().expect("memory never refuses").finish();
        let dict = format!(
            "/Type /XObject /Subtype /Image /Width {0} /Height {1} /ColorSpace /DeviceGray /BitsPerComponent 1 \
             /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns {0} /Rows {1} >>",
            self.width, self.height
        );
        (dict, data)
    }

    /// As a copier sees it: a grey JPEG, and the stream's dictionary.
    pub fn jpeg(&self, quality: u16) -> (String, Vec<u8>) {
        let data = crate::jpeg::encode(&self.grey, self.width, self.height, quality);
        let dict = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /Filter /DCTDecode",
            self.width, self.height
        );
        (dict, data)
    }
}

fn span(cover: &mut [f64], from: f64, to: f64, weight: f64) {
    let from = from.max(0.0);
    let to = to.min(cover.len() as f64);
    let mut x = from;
    while x < to {
        let cell = x.floor();
        let end = (cell + 1.0).min(to);
        cover[cell as usize] += (end - x) * weight;
        x = end;
    }
}

/// Collects an outline as short straight lines.
struct Edges {
    lines: Vec<Edge>,
    at: (f64, f64),
    from: (f64, f64),
}

impl Edges {
    fn to(&mut self, p: (f64, f64)) {
        self.lines.push((self.at, p));
        self.at = p;
    }
}

impl OutlineBuilder for Edges {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (f64::from(x), f64::from(y));
        self.from = self.at;
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.to((f64::from(x), f64::from(y)));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (a, b, c) = (self.at, (f64::from(x1), f64::from(y1)), (f64::from(x), f64::from(y)));
        for i in 1..=6 {
            let t = f64::from(i) / 6.0;
            let s = 1.0 - t;
            self.to((
                s * s * a.0 + 2.0 * s * t * b.0 + t * t * c.0,
                s * s * a.1 + 2.0 * s * t * b.1 + t * t * c.1,
            ));
        }
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (a, b) = (self.at, (f64::from(x1), f64::from(y1)));
        let (c, d) = ((f64::from(x2), f64::from(y2)), (f64::from(x), f64::from(y)));
        let mix = |a: f64, b: f64, c: f64, d: f64, t: f64| {
            let s = 1.0 - t;
            s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
        };
        for i in 1..=8 {
            let t = f64::from(i) / 8.0;
            self.to((mix(a.0, b.0, c.0, d.0, t), mix(a.1, b.1, c.1, d.1, t)));
        }
    }
    fn close(&mut self) {
        let from = self.from;
        self.to(from);
    }
}
