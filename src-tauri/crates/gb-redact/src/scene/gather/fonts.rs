//! Which fonts a page names that are not in the file, so that a person is told when letters are guessed.

use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro::hayro_syntax::page::Page;

/// Fonts, forms and notes looked at on one page.
const MOST: u32 = 2_000;
/// Forms in forms.
const DEEPEST: u32 = 6;

/// Fonts every reader has, by how their names begin: the fourteen of the format and those that are the
/// same with another name.
const USUAL: [&str; 10] = [
    "Helvetica",
    "Courier",
    "Times",
    "Symbol",
    "ZapfDingbats",
    "Arial",
    "CourierNew",
    "TimesNewRoman",
    "Nimbus",
    "Liberation",
];

/// Fonts that are not in the file: usual ones, and others.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) usual: u32,
    pub(super) other: u32,
    left: u32,
}

/// Looks at the fonts a page, its forms, its notes and its fields name.
pub(super) fn missing(page: &Page<'_>) -> Missing {
    let mut found = Missing { left: MOST, ..Missing::default() };
    let resources = page.resources();
    fonts(&resources.fonts, &mut found);
    forms(&resources.x_objects, 0, &mut found);
    for note in page.raw().get::<Array<'_>>(b"Annots").iter().flat_map(|a| a.iter::<Dict<'_>>()) {
        let Some(look) = note.get::<Dict<'_>>(b"AP") else { continue };
        match look.get::<Object<'_>>(b"N") {
            Some(Object::Stream(form)) => inside(&form, 0, &mut found),
            Some(Object::Dict(states)) => forms(&states, 0, &mut found),
            _ => {}
        }
    }
    found
}

fn forms(named: &Dict<'_>, depth: u32, found: &mut Missing) {
    for key in named.keys() {
        if let Some(form) = named.get::<Stream<'_>>(key.as_ref()) {
            inside(&form, depth, found);
        }
    }
}

fn inside(form: &Stream<'_>, depth: u32, found: &mut Missing) {
    let Some(resources) = form.dict().get::<Dict<'_>>(b"Resources") else { return };
    if depth >= DEEPEST || found.left == 0 {
        return;
    }
    found.left -= 1;
    if let Some(named) = resources.get::<Dict<'_>>(b"Font") {
        fonts(&named, found);
    }
    if let Some(named) = resources.get::<Dict<'_>>(b"XObject") {
        forms(&named, depth + 1, found);
    }
}

fn fonts(named: &Dict<'_>, found: &mut Missing) {
    for key in named.keys() {
        if found.left == 0 {
            return;
        }
        found.left -= 1;
        if let Some(font) = named.get::<Dict<'_>>(key.as_ref()) {
            match absent(&font) {
                Some(true) => found.usual += 1,
                Some(false) => found.other += 1,
                None => {}
            }
        }
    }
}

/// Whether a font that is not in the file is a usual one; nothing for a font that is in it.
fn absent(font: &Dict<'_>) -> Option<bool> {
    let is_drawn = font.get::<Name<'_>>(b"Subtype").is_some_and(|n| n.as_ref() == b"Type3");
    let below = font.get::<Array<'_>>(b"DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let owner = below.as_ref().unwrap_or(font);
    let kept = owner.get::<Dict<'_>>(b"FontDescriptor").is_some_and(|d| {
        [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| d.contains_key(*key))
    });
    if is_drawn || kept {
        return None;
    }
    let name = font.get::<Name<'_>>(b"BaseFont");
    let name = name.as_ref().map_or("", |n| n.as_str());
    let name = name.split_once('+').map_or(name, |(_, rest)| rest);
    Some(below.is_none() && USUAL.iter().any(|usual| name.starts_with(usual)))
}
