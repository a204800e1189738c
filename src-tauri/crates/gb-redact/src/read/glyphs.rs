//! The glyphs of a page as they are drawn, with what each says and where it stands.

use hayro::hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, InterpreterWarning, Paint, SoftMask, TransformExt, interpret_page,
    pattern::Pattern,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape};
use super::unicode::{How, Meanings};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// One glyph, in points from the top left of the page as displayed.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// What it says; empty if it has no Unicode.
    pub(crate) text: String,
    pub(crate) origin: Point,
    /// Where the next glyph would begin.
    pub(crate) end: Point,
    /// Height of the em, in points.
    pub(crate) em: f64,
    /// Box of the ink, where the glyph has an outline.
    pub(crate) ink: Option<Rect>,
    /// Not painted (render mode 3, or only a clip), or painted and then covered by a picture.
    pub(crate) invisible: bool,
    /// Covered by an opaque shape drawn later.
    pub(crate) covered: bool,
    pub(crate) vertical: bool,
    /// The file does not say what it says; it was recognised by its look.
    pub(crate) recognised: bool,
}

/// What reading a page gave.
#[derive(Debug, Default)]
pub(crate) struct PageGlyphs {
    pub(crate) glyphs: Vec<Glyph>,
    /// Glyphs outside the page or clipped away whole.
    pub(crate) outside: u32,
    /// Pictures drawn.
    pub(crate) images: u32,
    /// Upright rules: a line of text does not run through the wall of a table's cell.
    pub(crate) rules: Vec<Rect>,
    /// Warnings of the interpreter: a font, a picture or an appearance it could not read.
    pub(crate) warnings: u32,
}

/// Reads the glyphs of a page, its form fields and its annotations.
pub(crate) fn read(pdf: &Pdf, page: &Page<'_>, meanings: &Meanings) -> PageGlyphs {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let warnings = Arc::new(AtomicU32::new(0));
    let counter = warnings.clone();
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |_: InterpreterWarning| {
            counter.fetch_add(1, Ordering::Relaxed);
        }),
        ..Default::default()
    };
    let mut context =
        Context::new(page.initial_transform(true).to_kurbo(), bounds, &cache, pdf.xref(), settings);
    let mut reader = Reader {
        pdf,
        meanings,
        page: bounds,
        clips: vec![bounds],
        opacity: vec![1.0],
        read: PageGlyphs::default(),
        covers: Vec::new(),
        inks: HashMap::new(),
        masks: HashSet::new(),
        speaks: HashMap::new(),
        depth: 0,
    };
    interpret_page(page, &mut context, &mut reader);
    let mut read = reader.finish();
    read.warnings = warnings.load(Ordering::Relaxed);
    read
}

struct Cover {
    /// Glyphs drawn before it.
    after: usize,
    rect: Rect,
    image: bool,
}

/// Covers looked at per page. Beyond it a page is an engineering drawing, and hidden words are still
/// found when the page is drawn.
const MOST_COVERS: usize = 4096;

struct Reader<'m> {
    pdf: &'m Pdf,
    meanings: &'m Meanings,
    page: Rect,
    clips: Vec<Rect>,
    opacity: Vec<f32>,
    read: PageGlyphs,
    covers: Vec<Cover>,
    inks: HashMap<u128, Option<Rect>>,
    /// Soft masks already read: one mask may shape many things.
    masks: HashSet<u128>,
    /// Drawn glyphs tried, and whether words were found in them.
    speaks: HashMap<u128, bool>,
    /// How deep in patterns, masks and drawn glyphs we are.
    depth: u32,
}

/// Patterns in masks in patterns: deeper than this nobody draws text.
const DEEPEST: u32 = 4;
/// Copies of a tile read. A tile with words in it is a page printed by a browser, drawn once or a few times.
const MOST_TILES: i32 = 64;

impl Reader<'_> {
    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    /// Notes the upright edges of a shape: a rule drawn as a line, a thin box, or the frame of a cell.
    fn rule(&mut self, rect: Rect, filled: bool) {
        if rect.height() < 6.0 || self.read.rules.len() + 2 > MOST_COVERS {
            return;
        }
        if rect.width() < 1.6 {
            self.read.rules.push(rect);
        } else if !filled {
            for x in [rect.x0, rect.x1] {
                self.read.rules.push(Rect::new(x, rect.y0, x, rect.y1));
            }
        }
    }

    fn cover(&mut self, rect: Rect, image: bool) {
        let rect = rect.intersect(self.clip());
        let solid = self.opacity.iter().all(|o| *o >= 0.999);
        if solid && rect.width() > 1.0 && rect.height() > 1.0 && self.covers.len() < MOST_COVERS {
            self.covers.push(Cover { after: self.read.glyphs.len(), rect, image });
        }
    }

    fn ink(&mut self, glyph: &Drawn<'_>) -> Option<Rect> {
        match glyph {
            Drawn::Outline(o) => *self.inks.entry(o.identifier().cache_key()).or_insert_with(|| {
                let outline = o.outline();
                (!outline.elements().is_empty()).then(|| outline.bounding_box()).filter(|r| r.area() > 0.0)
            }),
            Drawn::Type3(_) => None,
        }
    }

    /// What a glyph says, and whether that is known only by its look.
    fn says(&self, glyph: &Drawn<'_>) -> (String, bool) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(s)) => s,
            None => String::new(),
        };
        match glyph {
            Drawn::Outline(outline) if super::layout::says(&text).is_none() => {
                match self.meanings.of(self.pdf, outline) {
                    Some(meaning) => (meaning.text.to_string(), meaning.how == How::Recognised),
                    None => (text, false),
                }
            }
            _ => (text, false),
        }
    }

    /// Reads what a mask is made of: text can be seen as the shape of a colour.
    fn mask<'a>(&mut self, mask: Option<&SoftMask<'a>>)
    where
        Self: Device<'a>,
    {
        let Some(mask) = mask.filter(|m| self.depth < DEEPEST && self.masks.insert(m.cache_key())) else {
            return;
        };
        self.inside(|r| mask.interpret(r));
    }

    /// Reads the tiles of a pattern where they fall on `area`: browsers print whole pages as one tile.
    fn tiles<'a>(&mut self, paint: &Paint<'a>, area: Rect, stroke: bool)
    where
        Self: Device<'a>,
    {
        let Paint::Pattern(pattern) = paint else { return };
        let Pattern::Tiling(tile) = pattern.as_ref() else { return };
        let area = area.intersect(self.clip());
        if self.depth >= DEEPEST || area.area() <= 0.0 || tile.matrix.determinant().abs() < 1e-12 {
            return;
        }
        let span = tile.matrix.inverse().transform_rect_bbox(area);
        let steps = |from: f64, to: f64, low: f64, high: f64, step: f32| {
            let step = f64::from(step.abs()).max(1e-3);
            (((from - high) / step).ceil() as i32, ((to - low) / step).floor() as i32)
        };
        let (x0, x1) = steps(span.x0, span.x1, tile.bbox.x0, tile.bbox.x1, tile.x_step);
        let (y0, y1) = steps(span.y0, span.y1, tile.bbox.y0, tile.bbox.y1, tile.y_step);
        let mut left = MOST_TILES;
        self.clips.push(area);
        for y in y0..=y1 {
            for x in x0..=x1 {
                left -= 1;
                if left < 0 {
                    break;
                }
                let step = (
                    f64::from(x) * f64::from(tile.x_step.abs()),
                    f64::from(y) * f64::from(tile.y_step.abs()),
                );
                self.inside(|r| {
                    let _ = tile.interpret(r, tile.matrix * Affine::translate(step), stroke);
                });
            }
            if left < 0 {
                break;
            }
        }
        self.clips.pop();
    }

    /// Runs a nested drawing; what it leaves on our stacks is taken off again.
    fn inside(&mut self, work: impl FnOnce(&mut Self)) {
        let (clips, groups) = (self.clips.len(), self.opacity.len());
        self.depth += 1;
        work(self);
        self.depth -= 1;
        self.clips.truncate(clips.max(1));
        self.opacity.truncate(groups.max(1));
    }

    fn finish(mut self) -> PageGlyphs {
        for cover in &self.covers {
            for glyph in self.read.glyphs.iter_mut().take(cover.after) {
                let centre = glyph.ink.map_or_else(|| middle(glyph), |r| r.center());
                if cover.rect.contains(centre) {
                    if cover.image {
                        glyph.invisible = true;
                    } else {
                        glyph.covered = true;
                    }
                }
            }
        }
        self.read
    }
}

fn middle(glyph: &Glyph) -> Point {
    let along = glyph.origin.midpoint(glyph.end);
    // A quarter em above the baseline, whichever way up is.
    let run = glyph.end - glyph.origin;
    let length = run.hypot().max(1e-6);
    Point::new(along.x + run.y / length * glyph.em * 0.25, along.y - run.x / length * glyph.em * 0.25)
}

/// An opaque colour with no blending and no mask.
fn solid(props: &DrawProps<'_>) -> bool {
    matches!(&props.paint, Paint::Color(c) if c.to_rgba().to_rgba8()[3] == 255)
        && props.soft_mask.is_none()
        && props.blend_mode == BlendMode::Normal
}

impl<'a> Device<'a> for Reader<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let fills = matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        self.mask(props.soft_mask.as_ref());
        if matches!(props.paint, Paint::Pattern(_)) {
            let area = props.transform.transform_rect_bbox(path.bounding_box());
            self.tiles(&props.paint, area, matches!(mode, DrawMode::Stroke(_)));
        }
        self.rule(props.transform.transform_rect_bbox(path.bounding_box()), fills);
        // Only shapes that are boxes: the bounding box of a curve covers what the curve does not.
        if fills && path.elements().len() <= 6 && solid(&props) {
            let path = props.transform * path.clone();
            let bounds = path.bounding_box();
            if path.area().abs() > bounds.area() * 0.97 {
                self.cover(bounds, false);
            }
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let rect = self.clip().intersect(clip.path.bounding_box());
        self.clips.push(rect);
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.mask(mask.as_ref());
        let plain = mask.is_none() && blend == BlendMode::Normal;
        self.opacity.push(if plain { opacity } else { 0.0 });
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.mask(props.soft_mask.as_ref());
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for positioned in run.glyphs() {
            let place: Affine = props.transform * positioned.transform();
            let (text, recognised) = self.says(positioned);
            if let Drawn::Type3(drawn) = &**positioned
                && self.depth < DEEPEST
                && self.speaks.get(&drawn.cache_key()) != Some(&false)
            {
                // A glyph that is a drawing may have words in it; each is tried once.
                let before = self.read.glyphs.len();
                self.inside(|r| drawn.interpret(r, props.transform, positioned.transform(), &props.paint));
                let speaks = self.read.glyphs.len() > before;
                self.speaks.insert(drawn.cache_key(), speaks);
                if speaks {
                    continue;
                }
            }
            let advance = match &**positioned {
                Drawn::Outline(o) => o.advance_width(),
                Drawn::Type3(t) => t.advance_width(),
            };
            let advance = f64::from(advance.unwrap_or(500.0));
            let origin = place * Point::ZERO;
            let em = (place * Point::new(0.0, 1000.0) - origin).hypot();
            let end =
                if vertical { place * Point::new(0.0, -1000.0) } else { place * Point::new(advance, 0.0) };
            if !(origin.is_finite() && end.is_finite() && em.is_finite()) {
                continue;
            }
            let ink = self.ink(positioned).map(|r| place.transform_rect_bbox(r));
            let glyph = Glyph {
                text,
                origin,
                end,
                em,
                ink,
                invisible: matches!(mode, DrawMode::Invisible),
                covered: false,
                vertical,
                recognised,
            };
            let centre = ink.map_or_else(|| middle(&glyph), |r| r.center());
            if self.clip().inflate(0.5, 0.5).contains(centre) {
                self.read.glyphs.push(glyph);
            } else {
                self.read.outside += 1;
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.mask(props.soft_mask.as_ref());
        self.read.images += 1;
        if let Image::Raster(raster) = &image {
            let dict = raster.stream().dict();
            let see_through =
                [&b"SMask"[..], b"Mask", b"SMaskInData"].iter().any(|key| dict.contains_key(*key));
            if !see_through && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal {
                let rect = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
                self.cover(props.transform.transform_rect_bbox(rect), true);
            }
        }
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {
        if self.opacity.len() > 1 {
            self.opacity.pop();
        }
    }
}
