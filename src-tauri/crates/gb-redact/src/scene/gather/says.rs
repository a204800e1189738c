//! What glyphs say: the one place where the text of a glyph is decided.

use crate::read::unicode::{How, Meaning};
use hayro::hayro_interpret::font::{Glyph, OutlineGlyph};
use hayro::hayro_interpret::hayro_cmap::BfString;
use std::collections::HashMap;
use std::sync::Arc;

/// What a glyph says.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// Ligatures opened, blanks as spaces; empty if it cannot be known or takes no room.
    pub(crate) text: Arc<str>,
    /// Nobody can know what it says.
    pub(crate) unknown: bool,
    /// The file does not say it; it was recognised by its look.
    pub(crate) recognised: bool,
}

/// Texts met, shared by all glyphs that say the same.
#[derive(Default)]
pub(super) struct Sayings {
    characters: HashMap<char, Said>,
    strings: HashMap<String, Said>,
    nothing: Option<Said>,
    recovered: HashMap<(u128, u32), Said>,
}

impl Sayings {
    /// What a glyph says by its font.
    pub(super) fn of(&mut self, glyph: &Glyph<'_>) -> Said {
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => {
                self.characters.entry(c).or_insert_with(|| said(c.encode_utf8(&mut [0; 4]))).clone()
            }
            Some(BfString::String(s)) => match self.strings.get(&s) {
                Some(known) => known.clone(),
                None => {
                    let new = said(&s);
                    self.strings.insert(s, new.clone());
                    new
                }
            },
            None => self.nothing.get_or_insert_with(|| said("")).clone(),
        }
    }

    /// What a glyph says that says nothing by its font.
    pub(super) fn recovered(
        &mut self,
        glyph: &OutlineGlyph,
        meaning: impl FnOnce() -> Option<Meaning>,
    ) -> Said {
        let key = (glyph.identifier().cache_key(), glyph.char_code());
        let new = || match meaning() {
            Some(m) => Said { recognised: m.how == How::Recognised, ..said(&m.text) },
            None => said(""),
        };
        self.recovered.entry(key).or_insert_with(new).clone()
    }
}

pub(super) fn said(text: &str) -> Said {
    match opened(text) {
        Some(text) => Said { text: text.into(), unknown: false, recognised: false },
        None => Said { text: "".into(), unknown: true, recognised: false },
    }
}

/// What a text says, ligatures opened; `None` if it cannot be known; empty for what takes no room.
fn opened(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{FFFD}' | '\u{FFFF}' | '\u{E000}'..='\u{F8FF}' => return None,
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => return None,
            c => out.push(c),
        }
    }
    Some(out)
}
