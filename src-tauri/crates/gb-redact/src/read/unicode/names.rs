//! What a glyph's name says, beyond what the interpreter makes of it.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_syntax::object::{Dict, FromBytes};
use hayro_font::{FontCache, FontGlyph};
use std::fmt::Write;

/// Endings that tell how a letter is drawn, not which letter it is (`Aacutesmall`, `oneoldstyle`).
const DRESS: [&str; 6] = ["small", "oldstyle", "fitted", "superior", "inferior", "alt"];

/// What each of `names` says; nothing where that cannot be known.
///
/// The Adobe Glyph List Specification, with its spelling rules read generously (`uni20ac`, `U+20AC`), and
/// without its leave to skip components nobody knows: half a ligature would be found by no search.
pub(crate) fn say(names: &[&str]) -> Vec<Option<String>> {
    let mut asked: Vec<String> = Vec::new();
    let mut parts: Vec<Vec<(usize, String)>> = Vec::new();
    for name in names {
        // A name that begins with a point (`.notdef`) has no base.
        let base = name.split('.').next().unwrap_or_default();
        let mut of = Vec::new();
        if !base.is_empty() {
            for part in base.split('_') {
                of.push((asked.len(), part.to_owned()));
                asked.push(part.to_owned());
                asked.push(undressed(part).unwrap_or_default().to_owned());
            }
        }
        parts.push(of);
    }
    let listed = listed(&asked);
    let one = |(place, part): &(usize, String)| {
        let plain = listed[*place].clone().filter(|t| readable(t));
        plain.or_else(|| listed[place + 1].clone().filter(|t| readable(t))).or_else(|| spelt(part))
    };
    let said = |of: Vec<(usize, String)>| -> Option<String> {
        let parts: Option<Vec<String>> = of.iter().map(one).collect();
        parts.filter(|p| !p.is_empty()).map(|p| p.concat())
    };
    parts.into_iter().map(said).collect()
}

/// Whether a text can be searched for: not the private letters of one maker, nor a control.
pub(crate) fn readable(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| {
            !matches!(c, '\u{FFF0}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) && !c.is_control()
        })
}

/// The number in a name that is letters and then a number: `g131` is (`g`, 131).
pub(crate) fn number(name: &str) -> Option<(&str, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (word, digits) = name.split_at(digits);
    let plain = word.len() <= 6 && word.bytes().all(|b| b.is_ascii_alphabetic());
    (plain && digits.len() <= 6).then(|| digits.parse().ok().map(|n| (word, n)))?
}

/// The number in a name that is one letter and a code in hexadecimal, as old distillers wrote: `G4A` is 0x4A.
pub(crate) fn hexadecimal(name: &str) -> Option<u32> {
    let digits = name.strip_prefix(['G', 'g', 'C', 'c', 'x'])?;
    (digits.len() == 2).then(|| u32::from_str_radix(digits, 16).ok())?
}

fn undressed(part: &str) -> Option<&str> {
    DRESS.iter().find_map(|dress| part.strip_suffix(dress)).filter(|p| !p.is_empty())
}

/// A code point spelt out in a way the list's specification does not foresee.
fn spelt(part: &str) -> Option<String> {
    let digits = ["uni", "U+", "u+", "Uni", "UNI", "u", "U"].iter().find_map(|p| part.strip_prefix(p))?;
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    let text = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?.to_string();
    readable(&text).then_some(text)
}

/// Names looked up in the Adobe Glyph List. The interpreter has the list but keeps it to itself; a font made
/// up of the names asked for makes it tell.
fn listed(names: &[String]) -> Vec<Option<String>> {
    let settings = InterpreterSettings::default();
    let mut out = Vec::new();
    for some in names.chunks(250) {
        let mut dict = "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/CharProcs<<>>\
                        /Encoding<</Differences[1"
            .to_owned();
        for name in some {
            dict.push('/');
            for byte in name.bytes() {
                let _ = write!(dict, "#{byte:02x}");
            }
        }
        dict.push_str("]>>>>");
        let font = Dict::from_bytes(dict.as_bytes())
            .and_then(|d| FontCache::new().font(&d, &settings.font_resolver, &settings.cmap_resolver));
        for code in (1..).take(some.len()) {
            let glyph = font.as_ref().map(|f| f.glyph(f.map_code(code), code));
            out.push(match glyph {
                Some(FontGlyph::Type3(glyph)) => glyph.as_unicode().map(text),
                _ => None,
            });
        }
    }
    out
}

/// A text as the interpreter gives it.
pub(crate) fn text(string: BfString) -> String {
    match string {
        BfString::Char(c) => c.to_string(),
        BfString::String(s) => s,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, says: Option<&str>, why: &str) {
        assert_eq!(say(&[name])[0].as_deref(), says, "{name}: {why}");
    }

    #[test]
    fn names_say_what_they_mean() {
        check("Lcommaaccent", Some("\u{13B}"), "a name of the list");
        check("one.oldstyle", Some("1"), "what follows a point is only its look");
        check("oneoldstyle", Some("1"), "the list gives a private letter; the digit is meant");
        check("Aacutesmall", Some("\u{C1}"), "small capitals are letters");
        check("f_i", Some("fi"), "ligatures are opened");
        check("T_h.alt", Some("Th"), "also when they are dressed");
        check("f_g102", None, "half a ligature would be found by no search");
        check("uni20ac", Some("\u{20AC}"), "the list wants capitals; fonts do not always");
        check("U+20AC", Some("\u{20AC}"), "as people write it");
        check("uni0041030A", Some("A\u{30A}"), "more than one letter");
        check("uniE123", None, "a private letter says nothing");
        check("alphaomega", None, "not a name of the list");
        check(".notdef", None, "no glyph");
        check("g131", None, "a number is not a meaning");
        check("", None, "nothing says nothing");
    }

    #[test]
    fn numbers_in_names() {
        assert_eq!(number("g131"), Some(("g", 131)));
        assert_eq!(number("glyph45"), Some(("glyph", 45)));
        assert_eq!(number("C0032"), Some(("C", 32)), "leading noughts count for nothing");
        assert_eq!(number("a1b"), None, "a number ends the name");
        assert_eq!(number("one"), None, "no number");
        assert_eq!(hexadecimal("G4A"), Some(0x4A));
        assert_eq!(hexadecimal("G4"), None, "two digits, or it may be decimal");
    }
}
