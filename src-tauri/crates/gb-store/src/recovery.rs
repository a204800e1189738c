use crate::{NoRandomness, Randomness};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Crockford's alphabet: no I, L, O or U, so that a key written by hand reads back.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEY_BYTES: usize = 20;
const KEY_CHARS: usize = 32;
const CHECK_CHARS: usize = 4;

/// The key in the sealed envelope: 160 random bits that open the vault when the phrase is forgotten.
///
/// Printed as eight groups of four and a check of four. It prints as `‹recovery key›` in `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryKey([u8; KEY_BYTES]);

/// What is wrong with a typed recovery key. Never holds what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryKeyFault {
    /// Not 36 characters.
    #[error(
        "A recovery key has nine groups of four characters; {found} characters were typed. Nothing has been \
         changed. Compare with the printed key and type it again."
    )]
    Length {
        /// How many letters and digits were typed.
        found: usize,
    },
    /// A character no recovery key has.
    #[error(
        "Group {group} holds a character that no recovery key has. Nothing has been changed. Compare with the \
         printed key and type it again."
    )]
    Character {
        /// Which group of four, from 1.
        group: usize,
    },
    /// The check at the end does not fit.
    #[error(
        "There is a typing mistake in the recovery key: its last group does not fit the others. Nothing has \
         been changed. Compare with the printed key and type it again."
    )]
    Check,
}

impl RecoveryKey {
    /// A new key.
    pub fn generate(source: &mut dyn Randomness) -> Result<Self, NoRandomness> {
        let mut key = Self([0; KEY_BYTES]);
        source.fill(&mut key.0)?;
        Ok(key)
    }

    /// Reads a key as a person types it: any case, spaces or hyphens anywhere, O for 0, I and L for 1.
    pub fn parse(typed: &str) -> Result<Self, RecoveryKeyFault> {
        let mut values = Zeroizing::new(Vec::with_capacity(KEY_CHARS + CHECK_CHARS + 1));
        let mut found = 0;
        for character in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‑'))
        {
            if found < KEY_CHARS + CHECK_CHARS {
                let value =
                    value_of(character).ok_or(RecoveryKeyFault::Character { group: found / 4 + 1 })?;
                values.push(value);
            }
            found += 1;
        }
        if found != KEY_CHARS + CHECK_CHARS {
            return Err(RecoveryKeyFault::Length { found });
        }
        let mut key = Self([0; KEY_BYTES]);
        for (eight, five) in values[..KEY_CHARS].chunks_exact(8).zip(key.0.chunks_exact_mut(5)) {
            let bits = eight.iter().fold(0u64, |bits, value| bits << 5 | u64::from(*value));
            five.copy_from_slice(&bits.to_be_bytes()[3..]);
        }
        if key.check() == values[KEY_CHARS..] { Ok(key) } else { Err(RecoveryKeyFault::Check) }
    }

    /// The key as it is printed: `XXXX-XXXX-…`, nine groups, the last one the check.
    pub fn printed(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(44));
        let mut values = Zeroizing::new(Vec::with_capacity(KEY_CHARS + CHECK_CHARS));
        for five in self.0.chunks_exact(5) {
            let bits = five.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
            values.extend((0..8).rev().map(|place| (bits >> (place * 5) & 31) as u8));
        }
        values.extend(self.check());
        for (place, value) in values.iter().enumerate() {
            if place > 0 && place.is_multiple_of(4) {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(*value)]));
        }
        text
    }

    /// The bytes themselves, to draw the slot's key from.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    // Twenty bits of a hash: one mistyped key in a million passes, and then opens nothing.
    fn check(&self) -> [u8; CHECK_CHARS] {
        let hash = Sha256::new().chain_update(b"guardbook/recovery-check/v1").chain_update(self.0).finalize();
        let bits = u32::from_be_bytes([0, hash[0], hash[1], hash[2]]) >> 4;
        [15, 10, 5, 0].map(|shift| (bits >> shift & 31) as u8)
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹recovery key›")
    }
}

fn value_of(character: char) -> Option<u8> {
    let folded = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|a| char::from(*a) == folded).and_then(|place| u8::try_from(place).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsRandom;

    #[test]
    fn a_key_reads_back_however_it_is_typed() {
        for _ in 0..200 {
            let key = RecoveryKey::generate(&mut OsRandom).expect("the system has randomness");
            let printed = key.printed();
            assert_eq!(printed.len(), 44, "nine groups of four and eight hyphens");
            for (typed, how) in [
                (printed.to_string(), "as printed"),
                (printed.to_lowercase(), "in small letters"),
                (printed.replace('-', " "), "with spaces"),
                (printed.replace('-', ""), "run together"),
                (printed.replace('0', "O"), "O for nought"),
                (printed.replace('1', "l"), "l for one"),
                (printed.replace('1', "I"), "I for one"),
                (format!("  {}\n", &*printed), "with white space around it"),
            ] {
                assert_eq!(RecoveryKey::parse(&typed), Ok(key.clone()), "{how}");
            }
        }
    }

    #[test]
    fn typing_mistakes_are_caught() {
        let mut tried = 0;
        let mut missed = 0;
        for _ in 0..10 {
            let key = RecoveryKey::generate(&mut OsRandom).expect("the system has randomness");
            let printed = key.printed();
            for (place, right) in printed.char_indices().filter(|(_, c)| *c != '-') {
                for wrong in ALPHABET.iter().map(|a| char::from(*a)).filter(|a| *a != right) {
                    let mut typed = printed.to_string();
                    typed.replace_range(place..=place, &wrong.to_string());
                    tried += 1;
                    missed += usize::from(RecoveryKey::parse(&typed).is_ok());
                }
            }
        }
        assert!(tried >= 10_000 && missed * 1000 < tried, "{missed} of {tried} slips went through");
    }

    #[test]
    fn what_is_not_a_key_says_why() {
        let key = RecoveryKey([7; KEY_BYTES]).printed();
        for (typed, fault) in [
            (String::new(), RecoveryKeyFault::Length { found: 0 }),
            (key[..43].to_owned(), RecoveryKeyFault::Length { found: 35 }),
            (format!("{}0", &*key), RecoveryKeyFault::Length { found: 37 }),
            (
                key.replacen(&key[5..6], "U", 1).replacen(&key[0..1], "u", 1),
                RecoveryKeyFault::Character { group: 1 },
            ),
            (format!("{}U{}", &key[..5], &key[6..]), RecoveryKeyFault::Character { group: 2 }),
        ] {
            assert_eq!(RecoveryKey::parse(&typed), Err(fault));
        }
        assert_eq!(format!("{:?}", RecoveryKey([7; KEY_BYTES])), "‹recovery key›", "a log never shows a key");
    }
}
