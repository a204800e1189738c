//! Letters recognised by their look, against the faces that come with the interpreter and a table of others.
//!
//! `looks.bin` holds small pictures (not outlines) of the letters of faces that documents are often set in:
//! Carlito (as Calibri), Caladea (as Cambria), Liberation (as Arial, Times New Roman, Courier New), Latin Modern
//! (as Computer Modern), DejaVu (as Verdana) and Noto. The test `unicode::measure::table` writes it from fonts that Debian packages.

use super::names::text;
use super::shapes::Look;
use flate2::read::ZlibDecoder;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::{Dict, FromBytes};
use hayro::kurbo::BezPath;
use hayro_font::{FontCache, FontGlyph};
use std::collections::BTreeSet;
use std::io::Read;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Nearer than this is the same letter …
const NEAR: f64 = 0.15;
/// … nearer still where little tells letters apart, …
const NEAR_MARKED: f64 = 0.08;
/// … if every other letter is at least this much farther away, or we do not say.
const CLEAR: f64 = 0.05;

/// Letters of other scripts that look like Latin ones.
const CYRILLIC_TWINS: &str = "aceopxyABCEHKMOPTX3";
const GREEK_TWINS: &str = "ABEHIKMNOPTXYZouv";

/// The Latin letters that may be something else in a font of which `seen` were recognised: one that has letters
/// only Cyrillic or Greek has, or hardly any that only Latin has.
pub(crate) fn twins(seen: &[char]) -> Vec<char> {
    let seen: BTreeSet<char> = seen.iter().copied().collect();
    let count = |range: RangeInclusive<char>, twin: bool| {
        seen.range(range).filter(|c| CYRILLIC_TWINS.contains(**c) == twin).count()
    };
    let doubtful = count('a'..='z', true) > count('a'..='z', false);
    let cyrillic = doubtful || seen.range('\u{400}'..='\u{4FF}').count() >= 2;
    let greek = doubtful || seen.range('\u{370}'..='\u{3FF}').count() >= 2;
    let twins = |are: bool, twins: &'static str| if are { twins } else { "" }.chars();
    twins(cyrillic, CYRILLIC_TWINS).chain(twins(greek, GREEK_TWINS)).collect()
}

/// The faces of the twelve standard text fonts.
const FACES: [&str; 12] = [
    "Helvetica",
    "Helvetica-Bold",
    "Helvetica-Oblique",
    "Helvetica-BoldOblique",
    "Times-Roman",
    "Times-Bold",
    "Times-Italic",
    "Times-BoldItalic",
    "Courier",
    "Courier-Bold",
    "Courier-Oblique",
    "Courier-BoldOblique",
];

struct Letter {
    says: char,
    look: Look,
}

/// The letter an outline (thousandths of an em, y up) shows. Nothing where two letters look alike (`l`, `I`, `|`), or none is near.
pub(crate) fn recognise(path: &BezPath) -> Option<char> {
    let look = Look::of(path)?;
    let (mut best, mut distance, mut second) = (None, f64::MAX, f64::MAX);
    for letter in letters() {
        let d = look.distance(&letter.look);
        if Some(letter.says) == best {
            distance = distance.min(d);
        } else if d < distance {
            (second, distance, best) = (distance, d, Some(letter.says));
        } else {
            second = second.min(d);
        }
    }
    let plain = |c: char| c.is_ascii() && !"0O1lI|".contains(c);
    let near = |says: &char| distance < if plain(*says) { NEAR } else { NEAR_MARKED };
    best.filter(|says| near(says) && second - distance > CLEAR)
}

/// Made when first asked for: some thousand looks, a few milliseconds.
fn letters() -> &'static [Letter] {
    static LETTERS: OnceLock<Vec<Letter>> = OnceLock::new();
    LETTERS.get_or_init(|| FACES.iter().flat_map(|face| face_of(face)).chain(table()).collect())
}

/// The letters of the table.
fn table() -> Vec<Letter> {
    let mut bytes = Vec::new();
    // The table is ours: if it could not be inflated, fewer letters would be recognised and nothing else.
    let _ = ZlibDecoder::new(include_bytes!("looks.bin").as_slice()).read_to_end(&mut bytes);
    let letter = |record: &[u8]| {
        let (says, look) = record.split_first_chunk::<4>()?;
        Some(Letter { says: char::from_u32(u32::from_le_bytes(*says))?, look: Look::from_bytes(look)? })
    };
    bytes.chunks(4 + Look::BYTES).filter_map(letter).collect()
}

fn face_of(name: &str) -> Vec<Letter> {
    let settings = InterpreterSettings::default();
    let dict = format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
    let font = Dict::from_bytes(dict.as_bytes())
        .and_then(|d| FontCache::new().font(&d, &settings.font_resolver, &settings.cmap_resolver));
    let Some(font) = font else { return Vec::new() };
    let letter = |code: u32| {
        let FontGlyph::Outline(glyph) = font.glyph(font.map_code(code), code) else { return None };
        let said = text(glyph.as_unicode()?);
        let mut chars = said.chars();
        let (Some(says), None) = (chars.next(), chars.next()) else { return None };
        // A soft hyphen shows as a hyphen, and is one to everybody who reads it.
        (says != '\u{AD}').then_some(())?;
        Some(Letter { says, look: Look::of(&glyph.outline())? })
    };
    (33..=255).filter_map(letter).collect()
}
