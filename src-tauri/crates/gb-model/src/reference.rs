use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A case reference as printed on letters and packs: `GB-2026-0001`.
///
/// The year is that of the day the case was logged; the number counts from one within the year and grows past
/// four digits rather than wrapping.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Reference {
    year: i32,
    number: u32,
}

/// What is wrong with a text that should be a reference.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” is not a case reference. A reference looks like GB-2026-0001.")]
pub struct ReferenceFault(pub String);

impl Reference {
    /// The reference of the `number`th case logged in `year`.
    pub fn new(year: i32, number: u32) -> Self {
        Self { year, number }
    }

    /// The year the case was logged.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The case's number within its year, from one.
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GB-{:04}-{:04}", self.year, self.number)
    }
}

impl FromStr for Reference {
    type Err = ReferenceFault;

    fn from_str(text: &str) -> Result<Self, ReferenceFault> {
        let fault = || ReferenceFault(text.chars().take(40).collect());
        let rest = text.trim().strip_prefix("GB-").ok_or_else(fault)?;
        let (year, number) = rest.split_once('-').ok_or_else(fault)?;
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || number.len() < 4 || !digits(year) || !digits(number) {
            return Err(fault());
        }
        match (year.parse(), number.parse()) {
            (Ok(year), Ok(number)) if number > 0 => Ok(Self { year, number }),
            _ => Err(fault()),
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceFault;
    fn try_from(text: String) -> Result<Self, ReferenceFault> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_read_as_they_print() {
        for (text, expected) in [
            ("GB-2026-0001", Some((2026, 1))),
            (" GB-2026-0042 ", Some((2026, 42))),
            ("GB-2026-12345", Some((2026, 12345))),
            ("GB-2026-0000", None),
            ("GB-26-0001", None),
            ("WM-2026-0001", None),
            ("GB-2026-01", None),
            ("GB-2026-00x1", None),
            ("", None),
        ] {
            let read = text.parse::<Reference>().ok().map(|r| (r.year(), r.number()));
            assert_eq!(read, expected, "{text:?}");
            if let Some((year, number)) = expected {
                assert_eq!(Reference::new(year, number).to_string(), text.trim(), "round trip");
            }
        }
    }
}
