//! What an embedded font program says of its own glyphs.

use super::names::{readable, say};
use skrifa::Font;
use std::collections::HashMap;

/// The tables of a font program that tell what glyphs mean, by glyph number.
#[derive(Default)]
pub(crate) struct Program {
    pub(crate) glyphs: u32,
    /// Turned around from its map of characters.
    pub(crate) chars: HashMap<u32, String>,
    /// As `post`, the charset of CFF, or the charstrings of Type 1 name them.
    pub(crate) names: HashMap<u32, String>,
    /// What those names say.
    pub(crate) named: HashMap<u32, String>,
}

impl Program {
    /// Reads a program of any kind; nothing if it is of none.
    pub(crate) fn read(data: Vec<u8>) -> Option<Self> {
        let font = Font::new(data, 0)?;
        let mut program = Self { glyphs: font.num_glyphs(), ..Self::default() };
        let map = font.charmap();
        // A map of symbols or of Macintosh codes in a subset says which code shows a glyph, not what it means.
        if !map.unicode_is_symbol() && !map.unicode_is_mac_roman() {
            for (code, glyph) in map.unicodes() {
                let text = char::from_u32(code).map(String::from).filter(|t| readable(t));
                let Some(text) = text else { continue };
                // One glyph for several characters: the lowest is the plain one (space, hyphen, Greek).
                let kept = program.chars.entry(glyph.to_u32()).or_insert_with(|| text.clone());
                if text < *kept {
                    *kept = text;
                }
            }
        }
        let mut listed: Vec<(u32, String)> = font
            .glyph_names()
            .filter(|(_, name)| !name.is_synthesized())
            .map(|(glyph, name)| (glyph.to_u32(), name.as_str().to_owned()))
            .collect();
        listed.sort();
        let asked: Vec<&str> = listed.iter().map(|(_, name)| name.as_str()).collect();
        let said = say(&asked);
        for ((glyph, name), said) in listed.into_iter().zip(said) {
            if let Some(said) = said {
                program.named.insert(glyph, said);
            }
            program.names.insert(glyph, name);
        }
        Some(program)
    }
}
