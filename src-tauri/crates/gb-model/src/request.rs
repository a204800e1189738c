use crate::{Id, Personal, Reference};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A right under Chapter III of the UK GDPR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Article 15.
    Access,
    /// Article 16.
    Rectification,
    /// Article 17.
    Erasure,
    /// Article 18.
    Restriction,
    /// Article 20.
    Portability,
    /// Article 21(1).
    Objection,
    /// Article 21(2).
    Marketing,
    /// Articles 22A to 22D.
    AutomatedDecision,
    /// Article 7(3).
    ConsentWithdrawal,
}

impl Right {
    /// All of them, in the order of the articles.
    pub const ALL: [Right; 9] = [
        Right::Access,
        Right::Rectification,
        Right::Erasure,
        Right::Restriction,
        Right::Portability,
        Right::Objection,
        Right::Marketing,
        Right::AutomatedDecision,
        Right::ConsentWithdrawal,
    ];

    /// The word scripts use.
    pub fn code(self) -> &'static str {
        match self {
            Right::Access => "access",
            Right::Rectification => "rectification",
            Right::Erasure => "erasure",
            Right::Restriction => "restriction",
            Right::Portability => "portability",
            Right::Objection => "objection",
            Right::Marketing => "marketing",
            Right::AutomatedDecision => "automated_decision",
            Right::ConsentWithdrawal => "consent_withdrawal",
        }
    }

    /// Reads the word scripts use; hyphens and underscores are one.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase().replace('-', "_");
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// How a request reached the organisation (`SAR-1`: no form is required).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By post.
    Letter,
    /// By e-mail.
    Email,
    /// By telephone.
    Phone,
    /// Said to a member of staff.
    InPerson,
    /// Through a web form or tenant portal.
    WebForm,
    /// Through social media.
    SocialMedia,
    /// Through somebody acting for the person.
    Representative,
}

/// The person the request is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Subject {
    /// Full name.
    pub name: Personal<String>,
    /// Postal address for the answer, one line an entry.
    pub address: Vec<Personal<String>>,
    /// E-mail address, if known.
    pub email: Personal<String>,
    /// Other names the person goes by: never proposed for redaction.
    pub also_known_as: Vec<Personal<String>>,
}

/// Something asked for that holds the clock until it arrives: identity, authority, a fee (`SAR-13`, `SAR-14`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// The day it was asked for.
    pub asked: NaiveDate,
    /// Why it was needed.
    pub why: String,
    /// What exactly was asked for (or the amount of a fee).
    pub what: String,
    /// The day it arrived; none while it is outstanding.
    pub received: Option<NaiveDate>,
}

/// A clarification under Article 12A(5); stops the clock of access requests only (`SAR-15`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Clarification {
    /// The day it was asked.
    pub asked: NaiveDate,
    /// Why it was reasonably required.
    pub why: String,
    /// What was asked.
    pub what: String,
    /// The day the person answered.
    pub answered: Option<NaiveDate>,
}

/// An extension by notice under Article 12A(3) (`SAR-18`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Extension {
    /// The day the person was told.
    pub notified: NaiveDate,
    /// Why the request is complex, or which other requests there are.
    pub reasons: String,
}

/// Everything that moves a request's clock.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ClockEvents {
    /// Identity evidence, where there were reasonable doubts.
    pub identity: Option<Evidence>,
    /// A representative's authority.
    pub authority: Option<Evidence>,
    /// A fee.
    pub fee: Option<Evidence>,
    /// Clarifications, in the order asked.
    pub clarifications: Vec<Clarification>,
    /// The extension.
    pub extension: Option<Extension>,
}

/// A request as it is logged. Nine fields and no tenancy number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewRequest {
    /// Which right.
    pub right: Right,
    /// Who it is about.
    pub subject: Subject,
    /// How it came.
    pub channel: Channel,
    /// Who took it, in any part of the organisation.
    pub taken_by: Personal<String>,
    /// The day anybody in the organisation received it (`SAR-2`): the clock's day.
    pub received: NaiveDate,
    /// What the person said or wrote, word for word.
    pub words: Personal<String>,
    /// The company or member of the group the request is addressed to.
    pub entity: String,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Being worked on.
    Open,
    /// Its pack has been sealed and not yet sent.
    Sealed,
    /// Answered and closed.
    Closed,
}

/// A request as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Request {
    /// Row key.
    #[ts(type = "number")]
    pub id: Id,
    /// Reference printed on everything.
    pub reference: Reference,
    /// As logged, and as corrected since.
    #[serde(flatten)]
    pub facts: NewRequest,
    /// The day it was entered; never starts a clock.
    pub logged: NaiveDate,
    /// What has moved its clock.
    pub clock: ClockEvents,
    /// Where it stands.
    pub state: RequestState,
    /// The day it was closed.
    pub closed: Option<NaiveDate>,
}
