use serde::{Deserialize, Serialize};
use std::fmt;

/// Text about a person, in a coat: it prints as `‹personal›` in `Debug` and so in logs and panics.
///
/// Reading it is a deliberate act, [`Personal::reveal`]. Serialising reveals it too: that is how it reaches
/// the vault and the screen, both of which are meant to hold it.
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, PartialOrd, Ord)]
#[serde(transparent)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Puts the coat on.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Takes the coat off, to show or to store.
    pub fn reveal(&self) -> &T {
        &self.0
    }

    /// Takes the coat off for good.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl Personal<String> {
    /// The text without its coat.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹personal›")
    }
}

impl From<&str> for Personal<String> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Personal<String> {
    fn from(text: String) -> Self {
        Self(text)
    }
}

// On the screen's side a personal text is a text.
impl<T: ts_rs::TS> ts_rs::TS for Personal<T> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(cfg: &ts_rs::Config) -> String {
        T::name(cfg)
    }
    fn inline(cfg: &ts_rs::Config) -> String {
        T::inline(cfg)
    }
    fn decl(_: &ts_rs::Config) -> String {
        String::new()
    }
    fn decl_concrete(_: &ts_rs::Config) -> String {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_text_does_not_print() {
        let name = Personal::from("Dana Whitlock");
        assert_eq!(format!("{name:?}"), "‹personal›", "a log line must not name anybody");
        assert_eq!(name.as_str(), "Dana Whitlock");
    }
}
