//! What cannot be recorded, and why, in words a DPO can act on.

use crate::clock::{ClockFacts, add_months, clock};
use crate::rules::RULES;
use crate::words::long_date;
use crate::{Calendar, ClockState};
use chrono::NaiveDate;
use gb_model::{Clarification, Evidence, Extension, NewRequest, Right};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that cannot be recorded as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// The field it is about, such as `received` or `clarifications.0.answered`.
    pub field: String,
    /// What is wrong and what to do, in plain words.
    pub says: String,
}

/// What is wrong with a request as it is logged (`SAR-2`: the day received starts the clock, so it must be a
/// real day). An empty list means it can be kept.
pub fn validate(request: &NewRequest, today: NaiveDate) -> Vec<Refusal> {
    let mut wrong = Wrong::default();
    wrong.receipt(request.received, today);
    wrong.0
}

/// What is wrong with the events of a request's clock (UK GDPR Art 12, 12A; `SAR-13` to `SAR-18`). An empty
/// list means they can be kept. Without `today` in the facts nothing is held to be in the future.
pub fn validate_events(facts: &ClockFacts<'_>, calendar: &Calendar) -> Vec<Refusal> {
    let mut wrong = Wrong::default();
    if let Some(today) = facts.today {
        wrong.receipt(facts.received, today);
    }
    let events = facts.events;
    wrong.evidence(
        "identity",
        facts,
        events.identity.as_ref(),
        "Say why there are reasonable doubts about who is asking (Art 12(6)).",
    );
    wrong.evidence("authority", facts, events.authority.as_ref(), "Say why proof of authority was needed.");
    wrong.evidence("fee", facts, events.fee.as_ref(), "Say why a fee may be charged: the request is manifestly unfounded or excessive, or asks for further copies (Art 12(5), 15(3)).");
    for (at, question) in events.clarifications.iter().enumerate() {
        wrong.clarification(&format!("clarifications.{at}"), facts, question);
    }
    if let Some(extension) = &events.extension {
        wrong.extension(facts, extension, calendar);
    }
    wrong.0
}

#[derive(Default)]
struct Wrong(Vec<Refusal>);

impl Wrong {
    fn refuse(&mut self, field: impl Into<String>, says: impl Into<String>) {
        self.0.push(Refusal { field: field.into(), says: says.into() });
    }

    fn receipt(&mut self, received: NaiveDate, today: NaiveDate) {
        let years = RULES.request.oldest_years;
        if received > today {
            let says = format!(
                "{} has not come yet. Give the day the request reached anybody in the organisation.",
                long_date(received)
            );
            self.refuse("received", says);
        } else if add_months(received, 12 * years) < today {
            let says = format!("{} is more than {years} years ago. Check the year.", long_date(received));
            self.refuse("received", says);
        }
    }

    /// A later event: on or after `floor`, and not in the future.
    fn day(&mut self, field: String, day: NaiveDate, floor: (NaiveDate, &str), today: Option<NaiveDate>) {
        if day < floor.0 {
            let says = format!("{} is before {} {}.", long_date(day), floor.1, long_date(floor.0));
            self.refuse(field, says);
        } else if today.is_some_and(|today| day > today) {
            self.refuse(field, format!("{} has not come yet.", long_date(day)));
        }
    }

    fn evidence(&mut self, field: &str, facts: &ClockFacts<'_>, evidence: Option<&Evidence>, why: &str) {
        let Some(evidence) = evidence else { return };
        let received = (facts.received, "the request was received,");
        self.day(format!("{field}.asked"), evidence.asked, received, facts.today);
        if let Some(day) = evidence.received {
            self.day(format!("{field}.received"), day, (evidence.asked, "it was asked for,"), facts.today);
        }
        if evidence.why.trim().is_empty() {
            self.refuse(format!("{field}.why"), why);
        }
        if evidence.what.trim().is_empty() {
            let says = if field == "fee" { "Say how much was asked for." } else { "Say what was asked for." };
            self.refuse(format!("{field}.what"), says);
        }
    }

    fn clarification(&mut self, field: &str, facts: &ClockFacts<'_>, question: &Clarification) {
        if facts.right != Right::Access {
            self.refuse(
                field,
                "Only a request for access can be paused by a question (Art 12A(5)). You may ask all the same; \
                 the clock runs on.",
            );
            return;
        }
        let received = (facts.received, "the request was received,");
        self.day(format!("{field}.asked"), question.asked, received, facts.today);
        if let Some(day) = question.answered {
            self.day(
                format!("{field}.answered"),
                day,
                (question.asked, "the question was asked,"),
                facts.today,
            );
        }
        if question.why.trim().is_empty() {
            self.refuse(
                format!("{field}.why"),
                "Say why the question is reasonably required to find the information (Art 12A(5)).",
            );
        }
        if question.what.trim().is_empty() {
            self.refuse(format!("{field}.what"), "Say what was asked.");
        }
    }

    fn extension(&mut self, facts: &ClockFacts<'_>, extension: &Extension, calendar: &Calendar) {
        if extension.reasons.trim().is_empty() {
            self.refuse(
                "extension.reasons",
                "An extension needs its reasons: why the request is complex, or which other requests there are \
                 (Art 12A(3) and (4)).",
            );
        }
        let received = (facts.received, "the request was received,");
        self.day("extension.notified".into(), extension.notified, received, facts.today);
        // While a question is open the last day moves on; what counts is where it stood on the day of notice.
        let mut events = facts.events.clone();
        events.extension = None;
        let on_the_day = ClockFacts { events: &events, today: Some(extension.notified), ..*facts };
        let clock = clock(&on_the_day, calendar);
        let Some(by) = clock.extension_notice_by else { return };
        let paused = matches!(clock.state, ClockState::Paused { .. });
        if extension.notified > by && !paused {
            let says = format!(
                "The last day to tell the person of an extension was {}. After it the time can no longer be \
                 extended (Art 12A(4)).",
                long_date(by)
            );
            self.refuse("extension.notified", says);
        }
    }
}
