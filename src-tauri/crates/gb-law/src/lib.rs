//! What data-protection law asks of a controller, as pure functions.
//!
//! Every public function names the provision it carries out, and `ledger/*.md` beside this file lists the
//! duties one by one, with the function or test that sees to each. Dates come in as arguments and go out with
//! the sentences that explain them ([`Step`]), so that an answer can be checked on paper.
//!
//! This crate refuses clocks (it never asks what day it is), files, the vault, and any rule without a
//! citation. The figures stand in `assets/law/*.toml`, built in. It is not legal advice, and says so.

mod answer;
mod breach;
mod calendar;
mod clock;
mod complaint;
mod exemptions;
mod health;
mod rules;
mod validate;
mod words;

pub use answer::{
    ChecklistItem, CoverFacts, Covered, RefusalFacts, RefusalGround, cover_letter_gaps, refusal_gaps,
    sar34_checklist,
};
pub use breach::{BreachClock, BreachFault, Season, breach_due, uk_local};
pub use calendar::{Calendar, Change, DayChange, Holiday, HolidayOrigin, easter_sunday};
pub use clock::{Clock, ClockFacts, ClockState, Excluded, Rule, Step, add_months, clock};
pub use complaint::{ComplaintClock, complaint_due};
pub use exemptions::{Catalogue, Choice, Code, Group, Kind, Question, Tell, catalogue};
pub use health::{HealthFacts, HealthOpinion, health_gate, oldest_health_opinion};
pub use validate::{Refusal, validate, validate_events};
pub use words::{long_date, short_date};
