//! Looks for removed words, and pieces of them, in everything of a finished file that is not drawn text.

use super::Plan;
use super::fonts::Font;
use super::structure::{Parts, not};
use super::words::clean;
use crate::raw::Obj;
use crate::raw::search::{Hay, Needles};
use crate::{Document, Fault};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The words of the file format itself. A removed word that is one of these stands in every PDF.
const FORMAT: &str = "catalog pages page parent mediabox contents resources xobject type subtype image form width \
    height colorspace bitspercomponent filter decodeparms length length1 columns rows ccittfaxdecode dctdecode \
    flatedecode devicegray devicergb font basefont encoding identity-h identity descendantfonts tounicode \
    cidsysteminfo fontdescriptor cidtogidmap fontname flags fontbbox italicangle ascent descent capheight stemv \
    fontfile2 guardbook registry ordering supplement adobe ucs count kids lang size root predictor colors \
    cidfonttype2 type0 markinfo marked structtreeroot structelem document figure removed parenttree \
    parenttreenextkey structparents tabs nums limits mcid alt extgstate smask mask luminosity alpha group \
    transparency bbox matrix normal multiply screen overlay darken lighten colordodge colorburn hardlight softlight \
    difference exclusion hue saturation color interpolate imagemask decode functiontype domain range \
    bitspersample order encode compatible jfif adobe";

/// The shortest piece of a removed word that is looked for.
const PIECE: usize = 4;

pub(super) struct Hunt {
    words: Needles,
    pieces: Needles,
    /// Removed words that stand nowhere else, long enough to know by the order of their letters.
    long: Vec<String>,
    /// The words that stay.
    stays: HashSet<String>,
}

impl Hunt {
    /// Only what stands nowhere among the words that stay is looked for in pieces.
    pub(super) fn new(plan: &Plan, source: &Document) -> Result<Self, Fault> {
        let mut list: Vec<String> = plan.secrets.0.iter().map(|s| bare(s)).collect();
        list.sort();
        list.dedup();
        list.retain(|s| !FORMAT.contains(s));
        let stays = stays(plan, source)?;
        let grams = |w: &str| -> Vec<String> {
            let letters: Vec<char> = w.chars().collect();
            letters.windows(PIECE).map(|g| g.iter().collect()).collect()
        };
        let said: HashSet<String> = stays.iter().flat_map(|w| grams(w)).collect();
        let mut pieces: Vec<String> = list.iter().flat_map(|w| grams(w)).collect();
        pieces.sort();
        pieces.dedup();
        pieces.retain(|p| !said.contains(p) && !FORMAT.contains(p));
        let long = list.iter().filter(|w| w.chars().count() >= 6 && !stays.contains(*w)).cloned().collect();
        Ok(Self { words: Needles::new(&list), pieces: Needles::new(&pieces), long, stays })
    }

    /// Whether a removed word stands in bytes that are numbers, outlines or samples.
    pub(super) fn in_bytes(&self, bytes: &[u8]) -> bool {
        self.words.any(Hay::Pixels, bytes)
    }

    /// Looks through every name and string of every object. Gives how many there were.
    pub(super) fn objects(&self, parts: &Parts<'_, '_>, labels: &BTreeSet<String>) -> Result<u64, Fault> {
        let mut looked = 0;
        for (number, part) in &parts.file.parts {
            // What a figure is called are the codes of a box; a person chose them, and they are printed on it.
            if let Some(Obj::Str(says)) = part.dict().and_then(|d| d.get(b"Alt")) {
                let says = String::from_utf8_lossy(says);
                let label = says.strip_prefix("Removed: ");
                if label.is_some_and(|l| !labels.contains(l)) || (label.is_none() && says != "Removed") {
                    return Err(not(&format!("object {number} says what no box is called")));
                }
                looked += 1;
                continue;
            }
            let mut found = false;
            let tells = |text: &[u8]| self.words.any(Hay::Text, text) || self.pieces.any(Hay::Text, text);
            part.value.walk(&mut |o| match o {
                // The colours of a picture are no text, though they stand in a string.
                Obj::Str(s) if !s.iter().all(|b| (b' '..=b'~').contains(b)) => found |= self.in_bytes(s),
                Obj::Str(s) | Obj::Name(s) => {
                    looked += 1;
                    found |= tells(s);
                }
                Obj::Dict(d) => {
                    looked += d.0.len() as u64;
                    found |= d.0.iter().any(|(k, _)| tells(k));
                }
                _ => {}
            });
            if found {
                return Err(not(&format!("a removed word, or a piece of one, stands in object {number}")));
            }
        }
        Ok(looked)
    }

    /// Glyphs are numbered as they are first needed: were a removed word among the first, the order of the
    /// letters would spell it.
    pub(super) fn fonts(&self, fonts: &BTreeMap<u32, Font>) -> Result<(), Fault> {
        for (number, font) in fonts {
            let order: String = font.says.values().map(|s| s.to_lowercase()).collect();
            // A word that is part of one that stays may well be spelled.
            let told = |w: &&String| order.contains(w.as_str()) && !self.stays.iter().any(|s| s.contains(*w));
            if self.long.iter().any(|w| told(&w)) {
                return Err(not(&format!(
                    "the order of the glyphs in object {number} spells a removed word"
                )));
            }
        }
        Ok(())
    }
}

/// A word without the marks around it: `en-` is no find in the name of a language.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The words of the source that stay, each once.
fn stays(plan: &Plan, source: &Document) -> Result<HashSet<String>, Fault> {
    let mut left: HashMap<String, i64> = HashMap::new();
    if plan.secrets.0.is_empty() {
        return Ok(HashSet::new());
    }
    for page in &plan.pages {
        for word in &source.words(page.page)?.words {
            match left.get_mut(&word.text) {
                Some(n) => *n += 1,
                None => {
                    left.insert(word.text.clone(), 1);
                }
            }
        }
        for word in page.removed.iter().chain(page.cut.iter().map(|(was, _)| was)) {
            *left.entry(word.clone()).or_default() -= 1;
        }
        for part in page.cut.iter().flat_map(|(_, remains)| remains.split_whitespace()) {
            *left.entry(part.to_owned()).or_default() += 1;
        }
    }
    Ok(left.into_iter().filter(|(_, n)| *n > 0).map(|(w, _)| clean(&w).to_lowercase()).collect())
}
