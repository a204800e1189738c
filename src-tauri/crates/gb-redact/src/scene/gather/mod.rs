//! A page walked once: what is drawn on it as a [`Scene`], and its glyphs as words are made of them.
//!
//! There is one walk for both, so that a glyph of the scene and a glyph of a word can never be two
//! different things. [`Reader::glyphs`] is the same walk without pixels and without items.
//!
//! Only what is seen goes into the scene: what lies off the page or outside its clip is dropped, or cut
//! away where it sticks out, and counted.

#[cfg(test)]
mod corpus;
mod cut;
mod device;
mod drawn;
#[cfg(test)]
mod easel;
mod fonts;
mod frame;
mod hidden;
mod images;
mod jpeg;
mod outlines;
mod paint;
mod probe;
mod profile;
mod says;
mod spoken;
#[cfg(test)]
mod tests;
mod text;
mod walk;
pub(crate) mod weigh;

use super::{Scene, Unfit};
use crate::Limits;
use crate::meter::Meter;
use crate::read::glyphs::PageGlyphs;
use crate::read::unicode::Meanings;
use hayro::hayro_interpret::font::{FontQuery, Glyph};
use hayro::hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Affine, Rect};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What reading a page gave.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) scene: Scene,
    pub(crate) glyphs: PageGlyphs,
    /// Why the page cannot be built from its parts; its scene is then of no use.
    pub(crate) unfit: Option<Unfit>,
    /// What a person should look at beside the source, in sentences without any word of the page.
    pub(crate) concerns: Vec<String>,
    pub(crate) dropped: Dropped,
}

/// What was on the page and is not carried, for the hygiene report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Dropped {
    /// Glyphs off the page or clipped away.
    pub(crate) outside_glyphs: u32,
    /// Shapes and pictures off the page or clipped away.
    pub(crate) outside_shapes: u32,
    /// Shapes cut at the edge of the page or of their clip.
    pub(crate) cut_shapes: u32,
    /// Pixels of pictures off the page or clipped away.
    pub(crate) hidden_pixels: u64,
    /// Glyphs not painted: a text layer, or hidden text.
    pub(crate) invisible_glyphs: u32,
    /// Shapes and pictures that are wholly transparent or have no extent.
    pub(crate) empty: u32,
}

impl Dropped {
    pub(crate) fn add(&mut self, other: Self) {
        self.outside_glyphs += other.outside_glyphs;
        self.outside_shapes += other.outside_shapes;
        self.cut_shapes += other.cut_shapes;
        self.hidden_pixels += other.hidden_pixels;
        self.invisible_glyphs += other.invisible_glyphs;
        self.empty += other.empty;
    }

    /// What there was, in words.
    pub(crate) fn said(&self) -> Vec<(&'static str, u32)> {
        let all = [
            ("letters off the page or clipped away", self.outside_glyphs),
            ("shapes off the page or clipped away", self.outside_shapes + self.cut_shapes),
            ("thousand pixels of pictures that were clipped away", (self.hidden_pixels / 1000) as u32),
        ];
        all.into_iter().filter(|(_, count)| *count > 0).collect()
    }
}

/// Told once for a document: nearly every old file does it, and who is warned of each page looks at none.
pub(crate) const USUAL_FONT: &str = "A usual font is not in the file; letters may look slightly different.";

/// The interpreter draws on a finer grid than points: it turns fills without extent into lines of one
/// unit, which must stay hairlines.
const FINE: f64 = 16.0;

/// Reads the pages of one reading of a file. Not to be shared between threads: one for each.
pub(crate) struct Reader<'p> {
    pdf: &'p Pdf,
    limits: Limits,
    cache: InterpreterCache<'p>,
    /// How much work each page makes.
    meter: Meter,
    streams: weigh::Streams,
    /// Whether any font of the file was ever drawn with another. From then on each scene is read with
    /// fonts looked up anew, for the interpreter asks once per font and we must know it per page.
    substitutes: Arc<Noted>,
    outlines: outlines::Outlines,
    words: says::Sayings,
    meanings: Arc<Meanings>,
    pictures: images::Pictures,
    letters: drawn::Letters,
}

/// What the interpreter said while it read.
#[derive(Default)]
struct Noted {
    /// One of the fourteen fonts every reader has.
    standard: AtomicU32,
    /// A font that should be in the file and is not.
    other: AtomicU32,
    fonts: AtomicU32,
    images: AtomicU32,
    appearances: AtomicU32,
}

impl Noted {
    fn all(&self) -> [u32; 5] {
        [&self.standard, &self.other, &self.fonts, &self.images, &self.appearances]
            .map(|n| n.load(Ordering::Relaxed))
    }
}

impl<'p> Reader<'p> {
    pub(crate) fn new(pdf: &'p Pdf, limits: &Limits) -> Self {
        Self {
            pdf,
            limits: *limits,
            cache: InterpreterCache::new(),
            meter: Meter::new(limits.page_work),
            streams: weigh::Streams::default(),
            substitutes: Arc::new(Noted::default()),
            outlines: outlines::Outlines::default(),
            words: says::Sayings::default(),
            meanings: Arc::default(),
            pictures: images::Pictures::default(),
            letters: drawn::Letters::default(),
        }
    }

    /// Shares what is known of the document's letters with its other readers.
    pub(crate) fn with(self, meanings: Arc<Meanings>) -> Self {
        Self { meanings, ..self }
    }

    /// What a glyph says: as the interpreter has it, or recovered.
    fn said(&mut self, glyph: &Glyph<'_>) -> says::Said {
        let said = self.words.of(glyph);
        match glyph {
            Glyph::Outline(outline) if said.unknown => {
                self.words.recovered(outline, || self.meanings.of(self.pdf, outline))
            }
            _ => said,
        }
    }

    /// Width and height of a page in points, as displayed.
    pub(crate) fn size(&self, index: usize) -> (f32, f32) {
        self.pdf.pages().get(index).map_or((0.0, 0.0), |page| page.render_dimensions())
    }

    /// The glyphs of a page (counted from 0), its form fields and its annotations: the same as
    /// [`Reader::scene`] finds, in the same order, without decoding a pixel.
    pub(crate) fn glyphs(&mut self, index: usize) -> PageGlyphs {
        self.walk(index, false, &[]).glyphs
    }

    /// All that is drawn on a page. Pictures that meet a rectangle of `touched` come decoded; others may
    /// stay as they were encoded.
    pub(crate) fn scene(&mut self, index: usize, touched: &[Rect]) -> Gathered {
        let noted = &self.substitutes;
        if noted.standard.load(Ordering::Relaxed) + noted.other.load(Ordering::Relaxed) > 0 {
            self.cache = InterpreterCache::new();
        }
        self.walk(index, true, touched)
    }

    fn walk(&mut self, index: usize, whole: bool, touched: &[Rect]) -> Gathered {
        let pdf = self.pdf;
        let Some(page) = pdf.pages().get(index) else { return Gathered::default() };
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let before = self.substitutes.all();
        let fine = Affine::scale(FINE);
        let mut context = Context::new(
            fine * page.initial_transform(true).to_kurbo(),
            fine.transform_rect_bbox(bounds),
            &self.cache,
            pdf.xref(),
            settings(self.substitutes.clone()),
        );
        let mut walk = walk::Walk::new(self, bounds, whole, touched);
        interpret_page(page, &mut context, &mut walk);
        let mut gathered = walk.finish();
        let after = self.substitutes.all();
        let [standard, mut other, fonts, images, appearances] = std::array::from_fn(|i| after[i] - before[i]);
        let mut usual = 0;
        if standard > 0 && whole {
            let missing = fonts::missing(page);
            // If all fonts named are in the file, one of them could not be read.
            other += missing.other + u32::from(missing.usual == 0);
            usual = missing.usual;
        }
        // Pictures are not tried when only words are read.
        gathered.glyphs.warnings = fonts + appearances;
        let told = [
            (fonts, "A font could not be read; its letters may look different or be missing."),
            (images, "A picture could not be read and is missing."),
            (appearances, "The look of a note or of a form field could not be read, so it is missing."),
            (other, "A font is not in the file; another was drawn in its place."),
            (usual, USUAL_FONT),
        ];
        gathered.concerns.splice(0..0, told.iter().filter(|t| t.0 > 0).map(|t| t.1.to_owned()));
        gathered
    }
}

fn settings(noted: Arc<Noted>) -> InterpreterSettings {
    let usual = InterpreterSettings::default();
    let (resolve, asked) = (usual.font_resolver.clone(), noted.clone());
    InterpreterSettings {
        font_resolver: Arc::new(move |query| {
            let count = match query {
                FontQuery::Standard(_) => &asked.standard,
                FontQuery::Fallback(_) => &asked.other,
            };
            count.fetch_add(1, Ordering::Relaxed);
            resolve(query)
        }),
        warning_sink: Arc::new(move |warning| {
            let count = match warning {
                InterpreterWarning::UnsupportedFont => &noted.fonts,
                InterpreterWarning::UnresolvedAnnotationAppearance => &noted.appearances,
                _ => &noted.images,
            };
            count.fetch_add(1, Ordering::Relaxed);
        }),
        ..usual
    }
}
