//! The clock of a request (UK GDPR Art 12(3), 12A and 4A; Reg 1182/71 Art 3).
//!
//! The count follows `SAR-10` to `SAR-19`. What comes out carries the sentences that explain it, each with the
//! rule it rests on, so that the answer can be re-explained on paper years later.

mod told;

use crate::Calendar;
use crate::rules::RULES;
use chrono::{Days, Months, NaiveDate};
use gb_model::{Clarification, ClockEvents, Nation, Right};
use serde::{Deserialize, Serialize};
use told::{Told, needs};
use ts_rs::TS;

/// What a request's clock turns on.
#[derive(Clone, Copy, Debug)]
pub struct ClockFacts<'a> {
    /// The controller's nation; used for words, the calendar decides.
    pub nation: Nation,
    /// The right relied on. Only access requests pause (`SAR-15`).
    pub right: Right,
    /// The day anybody in the organisation received the request (`SAR-2`).
    pub received: NaiveDate,
    /// What has moved the clock since.
    pub events: &'a ClockEvents,
    /// The day it is, for what is still open; none when only the dates are asked for.
    pub today: Option<NaiveDate>,
}

/// The rule version a request is counted under (SI 2026/82 reg 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Rule {
    /// Art 12A, for requests received on or after 5 February 2026.
    #[serde(rename = "ART12A")]
    Art12A,
    /// The old Art 12(3), for requests received before.
    #[serde(rename = "PRE-DUAA")]
    PreDuaa,
}

impl Rule {
    /// The rule version's name as it is recorded (SI 2026/82 reg 4).
    pub fn code(self) -> &'static str {
        match self {
            Rule::Art12A => "ART12A",
            Rule::PreDuaa => "PRE-DUAA",
        }
    }
}

/// Whether the clock runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ClockState {
    /// Not started: something asked for has not arrived (`SAR-13`, `SAR-14`). There is no due date.
    Waiting {
        /// What it waits for, such as `proof of identity`.
        #[serde(rename = "for")]
        waits_for: Vec<String>,
    },
    /// Running.
    Running {
        /// Days left to the cautious due date, that day included as zero; none without a day to count from.
        #[ts(type = "number | null")]
        days_left: Option<i64>,
    },
    /// Stopped by an open clarification (`SAR-17`). There is no due date until it is answered.
    Paused {
        /// The day the open question was asked.
        since: NaiveDate,
        /// The last lawful day, were the answer to come today.
        if_answered_today: Option<NaiveDate>,
        /// The working deadline, were the answer to come today.
        cautious_if_answered_today: Option<NaiveDate>,
        /// Days of the period still unused when the clock stopped.
        #[ts(type = "number")]
        unused: i64,
    },
    /// The last lawful day has passed.
    Overdue {
        /// By how many days.
        #[ts(type = "number")]
        days: i64,
    },
}

/// A run of days that does not count (Art 12A(5)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Excluded {
    /// First day left out.
    pub from: NaiveDate,
    /// Last day left out.
    pub to: NaiveDate,
    /// How many, both ends included.
    #[ts(type = "number")]
    pub days: i64,
}

/// One sentence of an explanation, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Step {
    /// A plain sentence that can be printed.
    pub text: String,
    /// The provision, or `practice` where no law asks for it.
    pub rule: String,
}

/// The dates of a request and how they were worked out (`SAR-10`). Every date is the end of that day, UK time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Clock {
    /// The day the period is counted from; none while something is outstanding.
    pub relevant: Option<NaiveDate>,
    /// The same day one month on, or three.
    pub base: Option<NaiveDate>,
    /// The base with the excluded days added, before weekends and bank holidays.
    pub end_before_roll: Option<NaiveDate>,
    /// The last lawful day; none while waiting or paused.
    pub statutory_due: Option<NaiveDate>,
    /// The working deadline, one day earlier for each pause (`SAR-12`); none while waiting or paused.
    pub cautious_due: Option<NaiveDate>,
    /// The last day an extension can be notified (Art 12A(4)); while paused, as if answered today.
    pub extension_notice_by: Option<NaiveDate>,
    /// Twenty-eight days from the relevant day, a working target.
    pub target_28: Option<NaiveDate>,
    /// The last day to post a paper answer (`SAR-41`).
    pub post_by: Option<NaiveDate>,
    /// The rule version.
    pub rule: Rule,
    /// Whether it runs.
    pub state: ClockState,
    /// Whether an extension counts.
    pub extended: bool,
    /// The days left out.
    pub excluded: Vec<Excluded>,
    /// How this was worked out.
    pub how: Vec<Step>,
    /// What the DPO should know, such as a question asked too late to count.
    pub warnings: Vec<Step>,
}

/// Works out a request's dates (UK GDPR Art 12(3) and 12A; `SAR-10` to `SAR-19`).
///
/// Facts that break a rule are refused by [`crate::validate_events`] before they are kept; given them all the
/// same, this counts them as the law would: a clarification on another right than access, or asked after the
/// deadline, leaves out no days, and an extension notified too late does not extend.
pub fn clock(facts: &ClockFacts<'_>, calendar: &Calendar) -> Clock {
    let rule = if facts.received < RULES.request.art12a_from { Rule::PreDuaa } else { Rule::Art12A };
    let mut told = Told { rule, how: Vec::new(), warnings: Vec::new() };
    told.receipt(facts, calendar);
    match relevant_day(facts) {
        Err(waits_for) => told.not_started(waits_for),
        Ok(relevant) => started(facts, relevant, calendar, told),
    }
}

/// The same day `n` months on, or the last day of that month if it has no such day (Reg 1182/71 Art 3(2)(c)).
/// Count once from the day itself, never month by month.
pub fn add_months(date: NaiveDate, n: u32) -> NaiveDate {
    date.checked_add_months(Months::new(n)).unwrap_or(NaiveDate::MAX)
}

/// The latest of the days Art 12A(2) names, or what is still outstanding.
fn relevant_day(facts: &ClockFacts<'_>) -> Result<NaiveDate, Vec<String>> {
    let needs = needs(facts.events);
    let open: Vec<String> =
        needs.iter().filter(|n| n.evidence.received.is_none()).map(|n| n.what.to_owned()).collect();
    if !open.is_empty() {
        return Err(open);
    }
    Ok(needs.iter().filter_map(|n| n.evidence.received).fold(facts.received, NaiveDate::max))
}

fn started(facts: &ClockFacts<'_>, relevant: NaiveDate, calendar: &Calendar, mut told: Told) -> Clock {
    let figures = &RULES.request;
    let one = Count::of(facts, relevant, figures.months, None);
    let answered_today = facts.today.map(|today| Count::of(facts, relevant, figures.months, Some(today)));
    let notice_by = match (&one.open, &answered_today) {
        (None, _) => Some(calendar.roll_forward(one.end)),
        (Some(_), as_if) => as_if.as_ref().map(|c| calendar.roll_forward(c.end)),
    };
    let extended = told.extension(facts, notice_by);
    let months = if extended { figures.extended_months } else { figures.months };
    let count = Count::of(facts, relevant, months, None);

    told.period(relevant, months, count.base);
    told.pauses(facts, &count);
    let state = match &count.open {
        Some(open) => paused(facts, relevant, months, open.asked, &count, calendar),
        None => running(facts, &count, calendar),
    };
    let due = count.open.is_none().then(|| calendar.roll_forward(count.end));
    let cautious = count.open.is_none().then(|| calendar.roll_forward(count.cautious_end));
    told.roll(&count, due, cautious, &state, calendar);

    Clock {
        relevant: Some(relevant),
        base: Some(count.base),
        end_before_roll: count.open.is_none().then_some(count.end),
        statutory_due: due,
        cautious_due: cautious,
        extension_notice_by: notice_by,
        target_28: relevant.checked_add_days(Days::new(u64::from(figures.target_days))),
        post_by: cautious.map(|d| calendar.back_working_days(d, figures.post_working_days)),
        rule: told.rule,
        state,
        extended,
        excluded: count.excluded,
        how: told.how,
        warnings: told.warnings,
    }
}

/// A period counted: where it ends, and what was left out of it.
struct Count {
    base: NaiveDate,
    end: NaiveDate,
    cautious_end: NaiveDate,
    excluded: Vec<Excluded>,
    /// Each clarification that was heard, with what it left out and the end it led to.
    heard: Vec<(Clarification, Option<Excluded>, NaiveDate)>,
    late: Vec<Clarification>,
    open: Option<Clarification>,
}

impl Count {
    /// `SAR-15`: both the day of asking and the day of the answer are left out; never the relevant day itself,
    /// never a day twice. `answered` answers what is still open, for "if answered today".
    fn of(facts: &ClockFacts<'_>, relevant: NaiveDate, months: u32, answered: Option<NaiveDate>) -> Self {
        let base = add_months(relevant, months);
        let mut count = Self {
            base,
            end: base,
            cautious_end: base,
            excluded: Vec::new(),
            heard: Vec::new(),
            late: Vec::new(),
            open: None,
        };
        if facts.right != Right::Access {
            return count;
        }
        let mut asked: Vec<&Clarification> = facts.events.clarifications.iter().collect();
        asked.sort_by_key(|c| (c.asked, c.answered));
        let mut before = relevant;
        for question in asked {
            if question.asked > count.end {
                count.late.push(question.clone());
                continue;
            }
            let Some(answer) = question.answered.or(answered) else {
                count.open.get_or_insert_with(|| question.clone());
                continue;
            };
            let from = question.asked.max(before + Days::new(1));
            let left_out = (answer >= from).then(|| {
                let excluded = Excluded { from, to: answer, days: (answer - from).num_days() + 1 };
                // The stricter reading counts the day of asking: one day fewer for each pause (`SAR-12`).
                let cautious = (answer - question.asked.max(before)).num_days();
                count.end = later(count.end, excluded.days);
                count.cautious_end = later(count.cautious_end, cautious);
                before = answer;
                excluded
            });
            count.excluded.extend(left_out.clone());
            count.heard.push((question.clone(), left_out, count.end));
        }
        count
    }
}

fn paused(
    facts: &ClockFacts<'_>,
    relevant: NaiveDate,
    months: u32,
    since: NaiveDate,
    count: &Count,
    calendar: &Calendar,
) -> ClockState {
    let today = facts.today.filter(|today| *today >= since);
    let as_if = today.map(|today| Count::of(facts, relevant, months, Some(today)));
    ClockState::Paused {
        since,
        if_answered_today: as_if.as_ref().map(|c| calendar.roll_forward(c.end)),
        cautious_if_answered_today: as_if.as_ref().map(|c| calendar.roll_forward(c.cautious_end)),
        unused: (count.end - since.max(relevant)).num_days() + i64::from(since > relevant),
    }
}

fn running(facts: &ClockFacts<'_>, count: &Count, calendar: &Calendar) -> ClockState {
    let due = calendar.roll_forward(count.end);
    match facts.today {
        Some(today) if today > due => ClockState::Overdue { days: (today - due).num_days() },
        today => ClockState::Running {
            days_left: today.map(|t| (calendar.roll_forward(count.cautious_end) - t).num_days()),
        },
    }
}

fn later(date: NaiveDate, n: i64) -> NaiveDate {
    date.checked_add_days(Days::new(n.max(0) as u64)).unwrap_or(NaiveDate::MAX)
}
