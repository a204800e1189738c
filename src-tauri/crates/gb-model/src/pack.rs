use crate::Id;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sealed pack. It never changes; a new one supersedes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pack {
    /// Row key.
    #[ts(type = "number")]
    pub id: Id,
    /// The request it answers.
    #[ts(type = "number")]
    pub request: Id,
    /// Its number within the request, from one.
    pub number: u32,
    /// The moment it was sealed, RFC 3339, UTC.
    pub sealed_at: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// How many pages it has, cover letter and schedule included.
    pub pages: u32,
    /// The certificate, as one JSON text.
    pub certificate: String,
}

/// Where a page of a pack came from; the schedule and the stamps are made from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackPage {
    /// Page of the pack, from 1.
    pub page: u32,
    /// Position of the document it belongs to, none for the letter, schedule and key.
    pub document: Option<u32>,
}
