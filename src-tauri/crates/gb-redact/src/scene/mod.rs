//! A page as the list of what is drawn on it: owned, in points from the top left of the page as
//! displayed (y down), in the order it is painted.
//!
//! Everything between reading and writing is said with these types: *gather* makes a [`Scene`] of a
//! page, *take* takes the marks out of it, *out* writes what is left. What cannot be said with them
//! (a mesh we do not trust ourselves to carry, an undecodable picture) is an [`Unfit`], and its page
//! goes the picture way.

pub(crate) mod gather;

use hayro::kurbo::{Affine, BezPath, Rect};
use std::sync::Arc;

/// What a part of a letter says: no letter of its own, and no gap either.
pub(crate) const JOINS: &str = "\u{200D}";
/// No word, no block: text that belongs to nothing a reader would read.
pub(crate) const NONE: u32 = u32::MAX;

/// What is drawn on one page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scene {
    /// Width and height in points.
    pub(crate) size: (f64, f64),
    pub(crate) items: Vec<Item>,
}

/// One thing drawn, or the beginning or end of something that shapes what is drawn until then.
/// `Push…` and `Pop…` always pair, also inside a mask.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    Glyphs(Run),
    Path(Shape),
    Image(Image),
    PushClip(Clip),
    PopClip,
    PushGroup(Group),
    PopGroup,
}

/// Glyphs drawn with one ink.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) ink: Ink,
    pub(crate) mode: Mode,
    pub(crate) glyphs: Vec<Glyph>,
}

/// A glyph in its place.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// What it looks like; shared by all glyphs of the document that look the same.
    pub(crate) outline: Arc<Outline>,
    /// What it says, ligatures opened (`fi` is two characters); empty if nobody can know.
    pub(crate) text: Arc<str>,
    /// From the outline's own frame (a thousandth of an em, y up) to points of the page (y down).
    pub(crate) place: Affine,
    /// Where the next glyph would begin, in the outline's frame: along x, or for vertical text along y.
    pub(crate) advance: f64,
    pub(crate) vertical: bool,
    /// Its place in [`crate::read::glyphs::PageGlyphs::glyphs`]; words refer to it.
    pub(crate) number: u32,
    /// The word it belongs to, a place in [`crate::PageWords::words`]; [`NONE`] for none. Set by *take*.
    pub(crate) word: u32,
    /// The paragraph it belongs to, counted in reading order from 0; [`NONE`] for none. Set by *take*.
    pub(crate) block: u32,
}

/// The outline of a glyph: a thousandth of an em is one unit, y up, filled by the non-zero rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outline {
    pub(crate) path: BezPath,
    /// Box of the ink; nothing for a glyph that draws nothing.
    pub(crate) bounds: Option<Rect>,
    /// Of the outline's shape alone, the same in every document: equal keys look equal.
    pub(crate) key: u128,
}

/// A colour of the screen, and how much of what lies under it it hides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ink {
    /// Red, green, blue.
    pub(crate) rgb: [u8; 3],
    /// 0 for nothing, 1 for opaque.
    pub(crate) alpha: f32,
}

/// How an outline or a path is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mode {
    Fill(Rule),
    Stroke(Stroke),
    /// Not painted: the text of a picture. It is carried only over a picture that shows it.
    Invisible,
    /// Painted by other items at the same place (letters filled with a pattern, letters that are
    /// drawings): text that is seen, and is to be carried unpainted.
    Shown,
}

/// What counts as inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    NonZero,
    EvenOdd,
}

/// A line's look. Lengths are in the frame of the path or the glyph (before its `place`).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) width: f64,
    /// As PDF counts them: 0 butt, 1 round, 2 square.
    pub(crate) cap: u8,
    /// As PDF counts them: 0 miter, 1 round, 2 bevel.
    pub(crate) join: u8,
    pub(crate) miter: f64,
    pub(crate) dashes: Vec<f64>,
    pub(crate) offset: f64,
}

/// A path.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) path: BezPath,
    /// From the path's frame to points of the page; strokes are stretched by it too.
    pub(crate) place: Affine,
    pub(crate) ink: Ink,
    pub(crate) mode: Mode,
}

/// A picture in its place.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    pub(crate) raster: Arc<Raster>,
    /// From the unit square (0,0 top left of the picture, 1,1 bottom right) to points of the page.
    pub(crate) place: Affine,
}

/// Pixels, rows from the top.
#[derive(Debug, Clone)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Pixels,
    /// How much each pixel hides, one byte each, of its own size (width, height, bytes).
    pub(crate) alpha: Option<(u32, u32, Arc<Vec<u8>>)>,
    /// Whether a viewer should smooth it when it is drawn large.
    pub(crate) smooth: bool,
    /// Of all of the above: equal keys are equal pictures.
    pub(crate) key: u128,
    pub(crate) origin: Origin,
}

/// Where the pixels of a picture come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A picture of the source.
    Picture,
    /// A JPEG of the source, decoded, and about what quality it had.
    Jpeg(u8),
    /// A shading that changes in one direction only: one row, each of its pixels a band across all it fills.
    Bands,
}

/// The pixels of a picture.
#[derive(Debug, Clone)]
pub(crate) enum Pixels {
    /// One byte a pixel.
    Grey(Arc<Vec<u8>>),
    /// Three bytes a pixel.
    Rgb(Arc<Vec<u8>>),
    /// One byte a pixel: how much of `ink` is laid there (255 for all; stencils).
    Stencil(Arc<Vec<u8>>, Ink),
    /// A JPEG stream proved to hold nothing but its picture (segments whitelisted, cut at its end), in
    /// grey or RGB as `colour` says. Never of a picture a mark touches or a clip hides a part of.
    Jpeg { data: Arc<Vec<u8>>, colour: bool },
}

/// What is drawn until the matching `PopClip` shows only inside.
#[derive(Debug, Clone)]
pub(crate) struct Clip {
    /// In points of the page.
    pub(crate) path: BezPath,
    pub(crate) rule: Rule,
}

/// What is drawn until the matching `PopGroup` is drawn together first.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) alpha: f32,
    /// As PDF names it: `Normal`, `Multiply`, …
    pub(crate) blend: &'static str,
    pub(crate) mask: Option<Arc<Mask>>,
}

/// A soft mask: a drawing whose light or whose opacity lets a group through.
#[derive(Debug, Clone)]
pub(crate) struct Mask {
    /// Light (true) or opacity (false).
    pub(crate) luminosity: bool,
    /// What lies under the drawing, for light.
    pub(crate) backdrop: [u8; 3],
    /// What the mask's value becomes, for each of 256 values; nothing for itself.
    pub(crate) transfer: Option<Arc<Vec<u8>>>,
    /// In points of the page.
    pub(crate) items: Vec<Item>,
}

/// Why a page cannot be built from its parts and becomes a picture. Printed in the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unfit {
    /// More things than a page of paper has.
    TooMuch,
    /// A pattern of so many tiles that writing each out is no longer a page.
    Pattern,
    /// A shading that could not be sampled.
    Shading,
    /// Drawings inside drawings, deeper than anybody draws.
    TooDeep,
    /// Built again it did not look like its source.
    Different,
}

impl Unfit {
    /// As the certificate says it.
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::TooMuch => "it holds more shapes than can be carried one by one",
            Self::Pattern => "a pattern on it repeats too often to be carried tile by tile",
            Self::Shading => "a shading on it could not be carried",
            Self::TooDeep => "drawings on it lie inside each other too deep to be carried",
            Self::Different => "built from its parts it did not look like its source",
        }
    }
}
