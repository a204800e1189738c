//! The stamp: `GB-2026-0001 · page 3 of 17`, small, in the middle of the foot.

use super::adopt::Adopter;
use crate::fonts::Face;
use crate::sheet::{Ink, Sheets};
use crate::wrap::clean;
use crate::{PaperFault, StampHow};
use lopdf::{Document, Object, ObjectId};
use printpdf::ParsedFont;

/// The height of the strip the stamp stands in, on a page of ordinary size.
pub(crate) const STRIP: f32 = 26.0;
const SIZE: f32 = 8.5;
/// How far the base line stands above the lower edge: in the strip, and in a margin that is free, where the
/// papers' own footer would stand. Both clear what home printers cannot reach.
const FOOT_IN_STRIP: f32 = 13.0;
const FOOT_IN_MARGIN: f32 = 31.0;

pub(crate) struct Stamper {
    /// The font in the pack.
    pub font: ObjectId,
    subset: ParsedFont,
    reference: String,
    face: Face,
}

impl Stamper {
    /// Puts the font into the pack, cut down to the letters a stamp can need.
    pub fn new(out: &mut Document, reference: &str, face: Face) -> Result<Self, PaperFault> {
        let reference = clean(reference)?;
        let letters = format!("{reference} · page of 0123456789");
        let mut sheets = Sheets::default();
        sheets.text(0.0, 0.0, face, SIZE, Ink::Quiet, &letters);
        let source = sheets.into_objects()?;
        let font = font_of(&source, face)?;
        let font = Adopter::new(source).adopt(font, out);
        let subset = face.subset(&letters.chars().collect())?;
        Ok(Self { font, subset, reference, face })
    }

    /// The operators that draw it.
    pub fn draw(&self, page: u32, of: u32, (width, height): (f32, f32), how: StampHow) -> String {
        let text = format!("{} · page {page} of {of}", self.reference);
        let strip = strip(height, STRIP);
        // A narrow or low page has a smaller stamp.
        let natural = self.face.width(&text, SIZE);
        let size = SIZE * (strip / STRIP).min((width - 4.0) / natural).min(1.0);
        let x = (width - natural * size / SIZE) / 2.0;
        let foot = if how == StampHow::InMargin { FOOT_IN_MARGIN } else { FOOT_IN_STRIP };
        let y = foot * strip / STRIP;
        let glyphs: String = text
            .chars()
            .map(|c| format!("{:04X}", self.subset.lookup_glyph_index(c as u32).unwrap_or(0)))
            .collect();
        let place = super::numbers(&[x, y]);
        format!("BT 0.36 g /S {} Tf {place} Td <{glyphs}> Tj ET\n", super::numbers(&[size]))
    }
}

/// The strip on a page this high: never more than a twentieth of it.
pub(crate) fn strip(height: f32, wanted: f32) -> f32 {
    wanted.min(height / 20.0)
}

fn font_of(source: &Document, face: Face) -> Result<ObjectId, PaperFault> {
    let broken = |e: lopdf::Error| PaperFault::Writing(e.to_string());
    let page = source.page_iter().next().ok_or(PaperFault::Empty)?;
    let resolve = |object: &Object| source.dereference(object).map(|(_, o)| o.clone()).map_err(broken);
    let page = source.get_dictionary(page).map_err(broken)?;
    let resources = resolve(page.get(b"Resources").map_err(broken)?)?;
    let fonts = resolve(resources.as_dict().and_then(|d| d.get(b"Font")).map_err(broken)?)?;
    fonts
        .as_dict()
        .and_then(|d| d.get(face.resource().as_bytes()))
        .and_then(Object::as_reference)
        .map_err(broken)
}
