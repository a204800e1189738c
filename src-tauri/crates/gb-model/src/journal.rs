use crate::Id;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One row of the journal: what was done, to what, never the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JournalRow {
    /// Its number, from 1, without gaps.
    #[ts(type = "number")]
    pub seq: i64,
    /// When, RFC 3339, UTC.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What was done, such as `add_document`.
    pub action: String,
    /// The request it concerns, if one.
    #[ts(type = "number | null")]
    pub request: Option<Id>,
    /// What was touched, as keys and field names; no content.
    pub touched: String,
    /// SHA-256 of the row and the row before it, in hex.
    pub hash: String,
}
