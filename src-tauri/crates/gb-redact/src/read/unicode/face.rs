//! One font of a document: everything that can tell what its glyphs say, and how far it is believed.

use super::collection::Collection;
use super::fonts;
use super::known::{recognise, twins};
use super::names;
use super::numbering::{Numbered, Numbering};
use super::program::Program;
use super::shapes;
use crate::fold::fold;
use hayro::hayro_syntax::object::Dict;
use hayro_font::{Font, FontGlyph, GlyphId, OutlineGlyph};
use std::collections::{BTreeMap, HashMap};

/// Glyphs of a font looked at to see whether its tables can be believed.
const MOST_WITNESSES: usize = 300;
/// Glyph numbers tried to find them: subsets keep the numbers of the whole font, with gaps.
const MOST_GLYPHS: u32 = 8192;

#[derive(Default)]
pub(crate) struct Face {
    /// Texts by code, from names of the dictionary that the interpreter could not read.
    spelt: HashMap<u32, String>,
    /// Names by code.
    names: HashMap<u32, String>,
    collection: Option<Collection>,
    program: Option<Program>,
    numbering: Option<Numbering>,
    /// Letters recognised, by the key of their outline.
    letters: HashMap<u128, char>,
    believe_collection: bool,
    believe_chars: bool,
    believe_names: bool,
}

impl Face {
    /// Reads what a font has to say. Only where there is `doubt` are its letters looked at.
    pub(crate) fn read(dict: &Dict<'_>, font: &Font<'_>, doubt: bool) -> Self {
        let composite = fonts::composite(dict);
        let names = if composite { HashMap::new() } else { fonts::differences(dict) };
        let mut listed: Vec<(&u32, &String)> = names.iter().collect();
        listed.sort();
        let said = names::say(&listed.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>());
        let spelt = listed.iter().zip(said).filter_map(|((code, _), said)| Some((**code, said?))).collect();
        let mut face = Self {
            spelt,
            collection: if composite { Collection::of(dict) } else { None },
            program: fonts::program(dict).and_then(Program::read),
            believe_collection: true,
            believe_chars: true,
            believe_names: true,
            names,
            ..Self::default()
        };
        if doubt {
            face.look(font, composite);
        }
        face
    }

    /// What the font's own tables say.
    pub(crate) fn told(&self, code: u32, glyph: u32) -> Option<String> {
        let program = self.program.as_ref();
        let spelt = || self.spelt.get(&code).filter(|_| self.believe_names).cloned();
        let collected =
            || self.collection.as_ref().filter(|_| self.believe_collection).and_then(|c| c.says(code));
        let chars = || program.filter(|_| self.believe_chars)?.chars.get(&glyph).cloned();
        let named = || program.filter(|_| self.believe_names)?.named.get(&glyph).cloned();
        spelt().or_else(collected).or_else(chars).or_else(named)
    }

    /// What the glyph's number says, where the font is numbered as characters are.
    pub(crate) fn numbered(&self, code: u32, glyph: u32) -> Option<String> {
        self.numbering.as_ref()?.says(&self.numbers(Some(code), glyph)).map(String::from)
    }

    /// The letter an outline of this font was recognised as.
    pub(crate) fn recognised(&self, shape: u128) -> Option<String> {
        self.letters.get(&shape).copied().map(String::from)
    }

    /// Whether the font's program has a glyph of this number.
    pub(crate) fn has(&self, glyph: u32) -> bool {
        self.program.as_ref().is_some_and(|p| glyph < p.glyphs)
    }

    fn numbers(&self, code: Option<u32>, glyph: u32) -> Numbered {
        let own = code.and_then(|code| self.names.get(&code));
        let name = own.or_else(|| self.program.as_ref()?.names.get(&glyph));
        Numbered { code, glyph, name: name.cloned() }
    }

    /// Looks at the font's letters: which can be recognised, and what that says of its tables.
    fn look(&mut self, font: &Font<'_>, composite: bool) {
        let (mut shaped, mut seen) = (0usize, Vec::new());
        for (code, glyph) in self.sample(font, composite) {
            let outline = glyph.outline();
            let Some(shape) = shapes::key(&outline) else { continue };
            shaped += 1;
            if let Some(letter) = recognise(&outline) {
                let number = glyph.glyph_id().to_u32();
                seen.push(Witness { code, number, shape, letter });
            }
            if shaped >= MOST_WITNESSES {
                break;
            }
        }
        let letters: Vec<char> = seen.iter().map(|w: &Witness| w.letter).collect();
        let twins = twins(&letters);
        let numbered: Vec<(Numbered, char)> =
            seen.iter().map(|w| (self.numbers(w.code, w.number), w.letter)).collect();
        self.numbering = Numbering::find(&numbered);
        seen.retain(|w| !twins.contains(&w.letter));
        // A font of which we know few letters is of another script: the look of its letters misleads.
        if seen.len() < 3 || seen.len() * 5 < shaped * 2 {
            return;
        }
        let speaks = |says: &dyn Fn(&Witness) -> Option<String>| believed(&seen, says);
        self.believe_collection = speaks(&|w| self.collection.as_ref()?.says(w.code?));
        self.believe_chars = speaks(&|w| self.program.as_ref()?.chars.get(&w.number).cloned());
        self.believe_names = speaks(&|w| {
            let spelt = w.code.and_then(|code| self.spelt.get(&code));
            spelt.or_else(|| self.program.as_ref()?.named.get(&w.number)).cloned()
        });
        self.letters = alone(&seen);
    }

    /// Glyphs of the font with the codes that show them.
    fn sample(&self, font: &Font<'_>, composite: bool) -> impl Iterator<Item = (Option<u32>, OutlineGlyph)> {
        let outline = |glyph: FontGlyph<'_>| match glyph {
            FontGlyph::Outline(outline) => Some(outline),
            FontGlyph::Type3(_) => None,
        };
        let last =
            if composite { self.program.as_ref().map_or(0, |p| p.glyphs).min(MOST_GLYPHS) } else { 256 };
        let first = u32::from(composite);
        let font = font.clone();
        (first..last).filter_map(move |n| {
            if composite {
                return Some((None, outline(font.glyph(GlyphId::new(n), n))?));
            }
            let glyph = outline(font.glyph(font.map_code(n), n))?;
            (glyph.glyph_id().to_u32() != 0).then_some((Some(n), glyph))
        })
    }
}

/// A letter recognised in a font.
struct Witness {
    code: Option<u32>,
    number: u32,
    shape: u128,
    letter: char,
}

/// A table is believed unless the letters it speaks of look like others.
fn believed(seen: &[Witness], says: &dyn Fn(&Witness) -> Option<String>) -> bool {
    let (mut agree, mut differ) = (0, 0);
    for witness in seen {
        if let Some(text) = says(witness) {
            let same = fold(&text) == fold(&witness.letter.to_string());
            *(if same { &mut agree } else { &mut differ }) += 1;
        }
    }
    differ < 3 || agree > differ
}

/// Letters that only one glyph of the font was recognised as: of two, one is something else, if only the
/// same letter of another script.
fn alone(seen: &[Witness]) -> HashMap<u128, char> {
    let mut by_letter: BTreeMap<char, Vec<&Witness>> = BTreeMap::new();
    for witness in seen {
        by_letter.entry(witness.letter).or_default().push(witness);
    }
    let mut letters = HashMap::new();
    for (letter, shown) in by_letter {
        if shown.iter().all(|w| w.number == shown[0].number) {
            letters.insert(shown[0].shape, letter);
        }
    }
    letters
}
