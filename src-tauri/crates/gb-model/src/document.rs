use crate::{Id, Personal};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the resident gets of a document (`RED-5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// The document goes into the pack, less what is marked.
    Disclosed,
    /// The document stays out; the schedule says so, with a code.
    Withheld,
}

/// A document as it is added to a request, once it has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    /// What the DPO calls it; at first the file's name.
    pub title: Personal<String>,
    /// The file's own bytes, or the bytes opened with its password.
    pub bytes: Vec<u8>,
    /// The password that opens the file, kept in the vault beside it.
    pub password: Option<Personal<String>>,
    /// How many pages it has.
    pub pages: u32,
}

/// A document of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Document {
    /// Row key.
    #[ts(type = "number")]
    pub id: Id,
    /// The request it belongs to.
    #[ts(type = "number")]
    pub request: Id,
    /// Its place in the pack, from one.
    pub position: u32,
    /// What the DPO calls it; printed in the schedule.
    pub title: Personal<String>,
    /// The date the document bears, if the DPO recorded it.
    pub dated: Option<NaiveDate>,
    /// How many pages it has.
    pub pages: u32,
    /// Size of the original in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of the original, in hex.
    pub sha256: String,
    /// Whether it goes into the pack.
    pub disclosure: Disclosure,
    /// The code under which a withheld document stays out.
    pub withheld_code: Option<String>,
    /// The day it was added.
    pub added: NaiveDate,
    /// Pages somebody has looked at, in order.
    pub seen: Vec<u32>,
}
