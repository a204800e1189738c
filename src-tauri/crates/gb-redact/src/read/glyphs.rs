//! The glyphs of a page as they are drawn, with what each says and where it stands.
//!
//! They are found by the walk that gathers a page's [`crate::scene::Scene`]; here is what words need of them.

use hayro::kurbo::{Point, Rect};
use std::sync::Arc;

/// One glyph, in points from the top left of the page as displayed.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// What it says, ligatures opened, blanks as spaces; empty if it cannot be known or takes no room.
    pub(crate) text: Arc<str>,
    /// Nobody can know what it says.
    pub(crate) unknown: bool,
    /// The file does not say what it says; it was recognised by its look.
    pub(crate) recognised: bool,
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
    /// Drawn as part of another glyph, which says what both say; its place in [`PageGlyphs::glyphs`].
    pub(crate) with: Option<u32>,
}

/// What reading a page gave.
#[derive(Debug, Default)]
pub(crate) struct PageGlyphs {
    pub(crate) glyphs: Vec<Glyph>,
    /// Glyphs outside the page or clipped away whole.
    pub(crate) outside: u32,
    /// Pictures drawn.
    pub(crate) images: u32,
    /// Where they are, as far as they are seen; the first few thousand.
    pub(crate) pictures: Vec<Rect>,
    /// Upright rules: a line of text does not run through the wall of a table's cell.
    pub(crate) rules: Vec<Rect>,
    /// Warnings of the interpreter: a font, a picture or an appearance it could not read.
    pub(crate) warnings: u32,
}

impl PageGlyphs {
    /// Notes a picture.
    pub(crate) fn picture(&mut self, rect: Rect) {
        self.images += 1;
        if self.pictures.len() < MOST_COVERS {
            self.pictures.push(rect);
        }
    }

    /// Notes the upright edges of a shape: a rule drawn as a line, a thin box, or the frame of a cell.
    pub(crate) fn rule(&mut self, rect: Rect, filled: bool) {
        if rect.height() < 6.0 || self.rules.len() + 2 > MOST_COVERS {
            return;
        }
        if rect.width() < 1.6 {
            self.rules.push(rect);
        } else if !filled {
            for x in [rect.x0, rect.x1] {
                self.rules.push(Rect::new(x, rect.y0, x, rect.y1));
            }
        }
    }
}

/// Covers looked at per page. Beyond it a page is an engineering drawing, and hidden words are still
/// found when the page is drawn.
const MOST_COVERS: usize = 4096;

/// Opaque boxes drawn over a page.
#[derive(Debug, Default)]
pub(crate) struct Covers(Vec<Cover>);

#[derive(Debug)]
struct Cover {
    /// Glyphs drawn before it.
    after: usize,
    rect: Rect,
    image: bool,
}

impl Covers {
    /// Notes a box drawn over the first `after` glyphs.
    pub(crate) fn add(&mut self, after: usize, rect: Rect, image: bool) {
        if rect.width() > 1.0 && rect.height() > 1.0 && self.0.len() < MOST_COVERS {
            self.0.push(Cover { after, rect, image });
        }
    }

    /// Marks the glyphs that lie under a cover.
    pub(crate) fn settle(&self, glyphs: &mut [Glyph]) {
        for cover in &self.0 {
            for glyph in glyphs.iter_mut().take(cover.after) {
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
    }
}

/// Where a glyph without ink has its middle.
pub(crate) fn middle(glyph: &Glyph) -> Point {
    let along = glyph.origin.midpoint(glyph.end);
    // A quarter em above the baseline, whichever way up is.
    let run = glyph.end - glyph.origin;
    let length = run.hypot().max(1e-6);
    Point::new(along.x + run.y / length * glyph.em * 0.25, along.y - run.x / length * glyph.em * 0.25)
}
