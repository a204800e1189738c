//! The fonts of a document: their dictionaries, wherever they hang.

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use std::collections::{HashMap, HashSet};

/// Fonts looked at in one document.
const MOST: usize = 4096;

/// The font dictionaries of a document, in the order of its objects, each once.
pub(crate) fn all(pdf: &Pdf) -> Vec<Dict<'_>> {
    let mut found = Found { seen: HashSet::new(), fonts: Vec::new() };
    for object in pdf.objects() {
        match object {
            Object::Dict(dict) => found.look(&dict, 0),
            Object::Stream(stream) => found.look(stream.dict(), 0),
            _ => {}
        }
        if found.fonts.len() >= MOST {
            break;
        }
    }
    found.fonts
}

struct Found<'a> {
    seen: HashSet<&'a [u8]>,
    fonts: Vec<Dict<'a>>,
}

impl<'a> Found<'a> {
    fn look(&mut self, dict: &Dict<'a>, depth: u32) {
        if is_font(dict) {
            if self.seen.insert(dict.data()) {
                self.fonts.push(dict.clone());
            }
            return;
        }
        // What is an object of its own is met as one; only what is written inside others is looked for.
        for key in ["Resources", "Font", "DR"] {
            if depth < 3
                && let Some(MaybeRef::NotRef(inner)) = dict.get_raw::<Dict<'_>>(key)
            {
                self.look(&inner, depth + 1);
                if key == "Font" {
                    for (_, font) in inner.entries() {
                        if let MaybeRef::NotRef(Object::Dict(font)) = font {
                            self.look(&font, 3);
                        }
                    }
                }
            }
        }
    }
}

fn is_font(dict: &Dict<'_>) -> bool {
    dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| {
        matches!(subtype.as_ref(), b"Type0" | b"Type1" | b"MMType1" | b"TrueType" | b"OpenType" | b"Type3")
    })
}

/// Whether character codes are more than one byte.
pub(crate) fn composite(font: &Dict<'_>) -> bool {
    font.get::<Name<'_>>("Subtype").is_some_and(|s| s.as_ref() == b"Type0")
}

/// The font below a composite font, or the font itself.
pub(crate) fn descendant<'a>(font: &Dict<'a>) -> Option<Dict<'a>> {
    if !composite(font) {
        return Some(font.clone());
    }
    font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()
}

/// The embedded program of a font.
pub(crate) fn program(font: &Dict<'_>) -> Option<Vec<u8>> {
    let descriptor = descendant(font)?.get::<Dict<'_>>("FontDescriptor")?;
    let stream =
        ["FontFile3", "FontFile2", "FontFile"].iter().find_map(|k| descriptor.get::<Stream<'_>>(k))?;
    Some(stream.decoded().ok()?.into_owned())
}

/// The names a simple font's dictionary gives its codes.
pub(crate) fn differences(font: &Dict<'_>) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    let list = font.get::<Dict<'_>>("Encoding").and_then(|e| e.get::<Array<'_>>("Differences"));
    let mut code = 0i64;
    for object in list.iter().flat_map(|l| l.iter::<Object<'_>>()) {
        match object {
            Object::Number(number) => code = number.as_i64(),
            Object::Name(name) => {
                if let Ok(code @ 0..=255) = u32::try_from(code) {
                    names.insert(code, name.as_str().to_owned());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}
