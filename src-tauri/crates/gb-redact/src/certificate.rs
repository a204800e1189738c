//! What is said about a finished file. Never a word that was taken away.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The certificate of a redacted file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// SHA-256 of the source, in hex.
    pub source_sha256: String,
    /// SHA-256 of the file written, in hex.
    pub output_sha256: String,
    /// Name and version of the engine.
    pub engine: String,
    /// Pages in source and output.
    pub pages: u32,
    /// Pages turned into pictures.
    pub pages_pictured: u32,
    /// Pages built again from their glyphs and shapes.
    pub pages_rebuilt: u32,
    /// What was done to each page.
    pub page_records: Vec<PageRecord>,
    /// Boxes drawn, by code. A box of two codes counts under both.
    pub boxes_by_code: BTreeMap<String, u32>,
    /// Boxes drawn.
    pub boxes: u32,
    /// Words taken away.
    pub words_removed: u32,
    /// Of those, words nobody marked that a box had to grow over.
    pub words_swallowed: u32,
    /// `hidden` or `as_drawn`.
    pub widths: String,
    /// The checks run on the finished file, all passed.
    pub checks: Vec<Check>,
    /// What the reader of the certificate should know.
    pub warnings: Vec<String>,
    /// What the source held besides its pages, none of which was carried over.
    pub left_behind: BTreeMap<String, u32>,
}

/// What was done to a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageRecord {
    /// From 1.
    pub page: u32,
    /// `picture` or `rebuilt`.
    pub how: String,
    /// Why, for a picture.
    pub why: String,
    /// Boxes on it.
    pub boxes: u32,
    /// Words of the source nobody could see, left out.
    pub unseen_words: u32,
    /// Glyphs of the source that say nothing: searching cannot find them.
    pub unreadable_glyphs: u32,
    /// What a person should compare with the source with their own eyes, in whole sentences; usually none.
    #[serde(default)]
    pub concerns: Vec<String>,
    /// For each box as wide as what it covers, how many of 3,000 invented names of that many words would fit it;
    /// nothing where that cannot be told. Empty where widths are hidden.
    #[serde(default)]
    pub guessability: Vec<Option<u32>>,
}

/// A check of the proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was looked for, in words.
    pub what: String,
    /// How many things were looked at.
    pub looked_at: u64,
}

/// SHA-256 in hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
