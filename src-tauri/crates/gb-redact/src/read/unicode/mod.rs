//! What glyphs say when the file does not: Unicode recovered, and nothing invented.
//!
//! The interpreter knows a glyph's text from its font's ToUnicode map or from its name. Where it knows
//! nothing, [`Meanings`] asks, in this order:
//!
//! 1. the font dictionary: names spelt in ways the interpreter does not read, and Adobe's collections of
//!    Chinese, Japanese and Korean characters;
//! 2. the embedded font program: its map of characters turned around, its glyph names;
//! 3. glyphs of the same document with the same outline and a text;
//! 4. numbers (of names, codes or glyphs) that run as characters do, if recognised letters bear it out;
//! 5. the look of the outline, against the standard faces; where two letters look alike it says nothing.
//!
//! What 1 and 2 say is not believed of a font whose letters look like something else. What is recovered is
//! used for search and written into the output's ToUnicode: all five routes answer only when they are sure,
//! and a text that can be searched but not copied would help nobody. Every answer is a function of the
//! document alone, whatever page asks first.

mod collection;
mod face;
mod fonts;
mod known;
mod names;
mod numbering;
mod program;
mod shapes;

use crate::{Fault, guard};
use face::Face;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Dict;
use hayro_font::{Font, FontCache, FontGlyph, GlyphId, OutlineGlyph};
use names::readable;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How a glyph's text came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// The file says so, in one way or another.
    Told,
    /// By its look.
    Recognised,
}

/// What a glyph says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) text: Arc<str>,
    pub(crate) how: How,
}

/// The recovered texts of a document's glyphs. Costs nothing until a glyph without Unicode is met.
#[derive(Default)]
pub(crate) struct Meanings {
    fonts: OnceLock<Fonts>,
    said: Mutex<HashMap<(u128, u32), Option<Meaning>>>,
}

impl Meanings {
    /// What a glyph says of which the interpreter knows no text that can be read. `pdf` is the document
    /// the glyph is of, in any reading of it.
    pub(crate) fn of(&self, pdf: &Pdf, glyph: &OutlineGlyph) -> Option<Meaning> {
        let key = (glyph.identifier().cache_key(), glyph.char_code());
        if let Some(said) = self.said.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return said.clone();
        }
        let said = self.fonts.get_or_init(|| Fonts::read(pdf)).says(key, glyph);
        self.said.lock().unwrap_or_else(PoisonError::into_inner).insert(key, said.clone());
        said
    }
}

/// The fonts of a document, as far as their glyphs' meanings go.
struct Fonts {
    faces: Vec<Face>,
    /// Faces of simple fonts, by glyph and code.
    simple: HashMap<(u128, u32), Vec<usize>>,
    /// Faces of composite fonts, by font program.
    composite: HashMap<u128, Vec<usize>>,
    /// Texts of outlines; nothing where two texts have one outline.
    same: HashMap<u128, Option<Arc<str>>>,
}

/// Outlines remembered for glyphs that look the same.
const MOST_OUTLINES: usize = 100_000;
/// Composite fonts whose every code is looked up.
const MOST_COMPOSITE: usize = 256;

impl Fonts {
    fn read(pdf: &Pdf) -> Self {
        let settings = InterpreterSettings::default();
        let cache = FontCache::new();
        let mut read = Self {
            faces: Vec::new(),
            simple: HashMap::new(),
            composite: HashMap::new(),
            same: HashMap::new(),
        };
        for dict in fonts::all(pdf) {
            // A font that breaks its reader is one that tells nothing; others still do.
            let face = guard::catch(Fault::Unreadable, || {
                let font = cache.font(&dict, &settings.font_resolver, &settings.cmap_resolver)?;
                Some(read.font(&dict, &font))
            });
            read.faces.push(face.ok().flatten().unwrap_or_default());
        }
        read
    }

    /// Notes what a font says of its glyphs. Its face is then to be the next.
    fn font(&mut self, dict: &Dict<'_>, font: &Font<'_>) -> Face {
        let index = self.faces.len();
        let told = dict.contains_key("ToUnicode");
        if fonts::composite(dict) {
            let FontGlyph::Outline(glyph) = font.glyph(GlyphId::new(1), 1) else { return Face::default() };
            let Some(data) = glyph.font_data() else { return Face::default() };
            self.composite.entry(data.cache_key).or_default().push(index);
            if told && self.composite.len() <= MOST_COMPOSITE {
                for code in 0..=0xFFFF {
                    let FontGlyph::Outline(glyph) = font.glyph(font.map_code(code), code) else { break };
                    self.remember(&glyph);
                }
            }
            return Face::read(dict, font, !told);
        }
        let mut doubt = false;
        for code in 0..=0xFF {
            let FontGlyph::Outline(glyph) = font.glyph(font.map_code(code), code) else { break };
            self.simple.entry((glyph.identifier().cache_key(), code)).or_default().push(index);
            doubt |= !self.remember(&glyph) && glyph.glyph_id().to_u32() != 0;
        }
        if doubt { Face::read(dict, font, true) } else { Face::default() }
    }

    /// Remembers what a glyph's outline says; false if the interpreter does not know.
    fn remember(&mut self, glyph: &OutlineGlyph) -> bool {
        let Some(text) = glyph.as_unicode().map(names::text).filter(|t| readable(t)) else { return false };
        if self.same.len() >= MOST_OUTLINES {
            return true;
        }
        let Some(key) = shapes::key(&glyph.outline()) else { return true };
        match self.same.get_mut(&key) {
            Some(kept) if kept.as_deref() == Some(text.as_str()) => {}
            // Two texts, one look: neither can be told by looking.
            Some(kept) => *kept = None,
            None => {
                self.same.insert(key, Some(text.into()));
            }
        }
        true
    }

    fn says(&self, key: (u128, u32), glyph: &OutlineGlyph) -> Option<Meaning> {
        let faces = match self.simple.get(&key) {
            Some(faces) => faces,
            None => self.composite.get(&glyph.font_data()?.cache_key)?,
        };
        let (code, number) = (glyph.char_code(), glyph.glyph_id().to_u32());
        let told = |text: &str| Meaning { text: text.into(), how: How::Told };
        let faces = || faces.iter().filter_map(|f| self.faces.get(*f));
        if let Some(text) = agreed(faces().filter_map(|f| f.told(code, number))) {
            return Some(told(&text));
        }
        let outline = glyph.outline();
        let Some(shape) = shapes::key(&outline) else {
            // A glyph of the font that draws nothing is a space to everybody who reads it.
            let blank = number != 0 && faces().any(|f| f.has(number));
            return blank.then(|| told(" "));
        };
        if let Some(Some(text)) = self.same.get(&shape) {
            return Some(Meaning { text: text.clone(), how: How::Recognised });
        }
        let text = agreed(faces().filter_map(|f| f.numbered(code, number)))
            .or_else(|| agreed(faces().filter_map(|f| f.recognised(shape))));
        text.map(|text| Meaning { text: text.as_str().into(), how: How::Recognised })
    }
}

/// What all say that say anything; nothing if they differ.
fn agreed(mut texts: impl Iterator<Item = String>) -> Option<String> {
    let first = texts.next()?;
    texts.all(|t| t == first).then_some(first)
}

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;
