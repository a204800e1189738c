//! Glyphs that are numbered in the order of their characters, though nothing says so.
//!
//! Old drivers name glyphs `G41` or `a65`, most TrueType fonts keep `A` to `Z` in one row. Whether a font
//! does is not guessed: letters recognised by their look must bear it out, and none may speak against it.

use super::names::{hexadecimal, number};
use std::collections::{BTreeMap, BTreeSet};

/// A glyph as it can be numbered.
#[derive(Debug, Clone)]
pub(crate) struct Numbered {
    pub(crate) code: Option<u32>,
    pub(crate) glyph: u32,
    pub(crate) name: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Code,
    Hexadecimal,
    Name,
    Glyph,
}

/// How a font's numbers become characters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Numbering {
    by: By,
    /// The letters that stand before the number, where names are numbered.
    word: String,
    offset: i64,
    /// The lowest and the highest character that bore it out; it is believed between them.
    range: (u32, u32),
}

/// Different letters that must agree.
const WITNESSES: usize = 5;

impl Numbering {
    /// The numbering that the recognised letters of a font bear out.
    pub(crate) fn find(witnesses: &[(Numbered, char)]) -> Option<Self> {
        [By::Code, By::Hexadecimal, By::Name, By::Glyph].into_iter().find_map(|by| {
            let word = match by {
                By::Name => most_common_word(witnesses)?,
                _ => String::new(),
            };
            let numbered = |g: &Numbered| value(by, &word, g);
            let seen: Vec<(u32, char)> =
                witnesses.iter().filter_map(|(glyph, says)| Some((numbered(glyph)?, *says))).collect();
            let mut votes: BTreeMap<i64, BTreeSet<char>> = BTreeMap::new();
            for (number, says) in &seen {
                votes.entry(i64::from(u32::from(*says)) - i64::from(*number)).or_default().insert(*says);
            }
            let (offset, letters) = votes.into_iter().max_by_key(|(_, letters)| letters.len())?;
            let agree =
                seen.iter().filter(|(n, c)| i64::from(u32::from(*c)) - i64::from(*n) == offset).count();
            let borne_out = letters.len() >= WITNESSES && agree * 10 >= seen.len() * 9;
            let range = (u32::from(*letters.first()?), u32::from(*letters.last()?));
            borne_out.then_some(Self { by, word, offset, range })
        })
    }

    /// What a glyph says by it.
    pub(crate) fn says(&self, glyph: &Numbered) -> Option<char> {
        let number = i64::from(value(self.by, &self.word, glyph)?);
        let code = u32::try_from(number + self.offset).ok()?;
        (self.range.0..=self.range.1).contains(&code).then(|| char::from_u32(code))?
    }
}

fn value(by: By, word: &str, glyph: &Numbered) -> Option<u32> {
    match by {
        By::Code => glyph.code,
        By::Glyph => Some(glyph.glyph),
        By::Hexadecimal => hexadecimal(glyph.name.as_deref()?),
        By::Name => number(glyph.name.as_deref()?).filter(|(w, _)| *w == word).map(|(_, n)| n),
    }
}

fn most_common_word(witnesses: &[(Numbered, char)]) -> Option<String> {
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for name in witnesses.iter().filter_map(|(glyph, _)| glyph.name.as_deref()) {
        *words.entry(number(name)?.0).or_default() += 1;
    }
    words.into_iter().max_by_key(|(_, count)| *count).map(|(word, _)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(code: u32, number: u32, name: &str) -> Numbered {
        Numbered { code: Some(code), glyph: number, name: Some(name.to_owned()) }
    }

    #[test]
    fn numbers_are_believed_when_letters_bear_them_out() {
        let seen: Vec<(Numbered, char)> = ('a'..='z')
            .zip(1..)
            .filter(|(c, _)| "aeghst".contains(*c))
            .map(|(c, n)| (glyph(n, 200 - n, &format!("g{}", u32::from(c))), c))
            .collect();
        let found = Numbering::find(&seen[..]).unwrap();
        assert_eq!(
            found.says(&glyph(12, 1, "g108")),
            Some('l'),
            "a letter that its look alone does not tell"
        );
        assert_eq!(found.says(&glyph(26, 1, "g122")), None, "z lies beyond what was borne out");
        assert_eq!(Numbering::find(&seen[..4]), None, "four letters are too few");
    }

    #[test]
    fn numbers_in_the_order_of_first_use_are_not_believed() {
        let seen: Vec<(Numbered, char)> =
            "hello, wrd".chars().zip(1..).map(|(c, n)| (glyph(n, n, &format!("g{n}")), c)).collect();
        assert_eq!(Numbering::find(&seen), None);
    }
}
