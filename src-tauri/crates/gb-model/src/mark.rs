use crate::{Id, Personal};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a mark covers. Points, origin at the top left of the page as displayed, y down; pages from 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "shape")]
pub enum MarkShape {
    /// A dragged rectangle.
    Rect {
        /// Page, from 1.
        page: u32,
        /// Left, top, right, bottom.
        rect: [f32; 4],
    },
    /// A run of words, as one rectangle a line.
    Words {
        /// Page, from 1.
        page: u32,
        /// Left, top, right, bottom of each line of the run.
        rects: Vec<[f32; 4]>,
        /// The words themselves, for the DPO's list; never leaves the vault.
        text: Personal<String>,
    },
    /// A phrase wherever it stands in the document.
    Phrase {
        /// What to look for.
        find: Personal<String>,
        /// Only on this page.
        page: Option<u32>,
        /// Only where it stands as a word of its own.
        whole_word: bool,
    },
    /// A whole page.
    WholePage {
        /// Page, from 1.
        page: u32,
    },
}

/// The answer to one question a code asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Answer {
    /// The question's key in the catalogue.
    pub question: String,
    /// What the DPO answered.
    pub answer: Personal<String>,
}

/// A mark as the DPO makes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct NewMark {
    /// What it covers.
    pub shape: MarkShape,
    /// Code from the catalogue; a mark without one stops the pack (`RED-1`).
    pub code: Option<String>,
    /// A note for the file; never printed in the resident's pack (`RED-3`).
    pub note: Personal<String>,
    /// Answers to the questions the code asks.
    pub answers: Vec<Answer>,
    /// The day to reconsider an expiring ground (`RED-4`).
    pub review_on: Option<NaiveDate>,
}

/// A mark as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Mark {
    /// Row key.
    #[ts(type = "number")]
    pub id: Id,
    /// The document it stands on.
    #[ts(type = "number")]
    pub document: Id,
    /// As the DPO made it.
    #[serde(flatten)]
    pub facts: NewMark,
    /// Who made it (`SAR-39`).
    pub decided_by: Personal<String>,
    /// The day it was made.
    pub decided_on: NaiveDate,
}
