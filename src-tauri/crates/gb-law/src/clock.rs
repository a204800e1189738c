//! The clock of a request (UK GDPR Art 12(3), 12A and 4A; Reg 1182/71 Art 3).
//!
//! The count follows `SAR-10` to `SAR-19`. What comes out carries the sentences that explain it, each with the
//! rule it rests on, so that the answer can be re-explained on paper years later.

use crate::Calendar;
use crate::rules::RULES;
use crate::words::{days, listed, long_date, month, short_date};
use chrono::{Datelike, Days, Months, NaiveDate};
use gb_model::{Clarification, ClockEvents, Evidence, Nation, Right};
use serde::{Deserialize, Serialize};
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
    told.pauses(facts, &count, calendar);
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

/// Something Art 12A(2) waits for.
struct Need<'a> {
    what: &'static str,
    asked: &'static str,
    arrived: &'static str,
    rule: &'static str,
    evidence: &'a Evidence,
}

fn needs(events: &ClockEvents) -> Vec<Need<'_>> {
    let mut needs = Vec::new();
    if let Some(evidence) = &events.identity {
        needs.push(Need {
            what: "proof of identity",
            asked: "Proof of identity was asked for",
            arrived: "and arrived",
            rule: "UK GDPR Art 12A(2)(b) and 12(6)",
            evidence,
        });
    }
    if let Some(evidence) = &events.authority {
        needs.push(Need {
            what: "the representative’s authority",
            asked: "Proof that the representative may act was asked for",
            arrived: "and arrived",
            rule: "UK GDPR Art 12(6); ICO guidance on requests made for another person",
            evidence,
        });
    }
    if let Some(evidence) = &events.fee {
        needs.push(Need {
            what: "the fee",
            asked: "A fee was asked for",
            arrived: "and was paid",
            rule: "UK GDPR Art 12A(2)(c) and 12(5)",
            evidence,
        });
    }
    needs
}

/// The explanation as it grows.
struct Told {
    rule: Rule,
    how: Vec<Step>,
    warnings: Vec<Step>,
}

impl Told {
    fn say(&mut self, text: String, rule: &str) {
        self.how.push(Step { text, rule: rule.to_owned() });
    }

    fn warn(&mut self, text: String, rule: &str) {
        self.warnings.push(Step { text, rule: rule.to_owned() });
    }

    fn period_rule(&self) -> &'static str {
        match self.rule {
            Rule::Art12A => "UK GDPR Art 12A(1)",
            Rule::PreDuaa => "UK GDPR Art 12(3) as it stood before 5 February 2026",
        }
    }

    fn receipt(&mut self, facts: &ClockFacts<'_>, calendar: &Calendar) {
        let rule = match self.rule {
            Rule::Art12A => "UK GDPR Art 12A(2)(a)",
            Rule::PreDuaa => "UK GDPR Art 12(3); SI 2026/82 reg 4",
        };
        self.say(format!("The request was received on {}.", long_date(facts.received)), rule);
        if self.rule == Rule::PreDuaa {
            let text = format!(
                "That is before {}, so it is counted under the rules in force before then.",
                short_date(RULES.request.art12a_from)
            );
            self.say(text, "SI 2026/82 reg 4");
        }
        for need in needs(facts.events) {
            let asked = long_date(need.evidence.asked);
            let text = match need.evidence.received {
                Some(day) => format!("{} on {asked} {} on {}.", need.asked, need.arrived, long_date(day)),
                None => format!("{} on {asked} and is still outstanding.", need.asked),
            };
            self.say(text, need.rule);
            let prompt_by =
                calendar.forward_working_days(facts.received, RULES.request.identity_prompt_days);
            if need.evidence.asked > prompt_by {
                let text = format!(
                    "{} only on {asked}. Asking more than {} working days after the request came is hard to \
                     justify.",
                    need.asked, RULES.request.identity_prompt_days
                );
                self.warn(text, "UK GDPR Art 12(2) and 12(6); practice");
            }
            self.silence(facts, need.evidence.asked, need.evidence.received, need.what);
        }
    }

    /// `SAR-16`: a question nobody answers is decided by a person, never closed by the program.
    fn silence(
        &mut self,
        facts: &ClockFacts<'_>,
        asked: NaiveDate,
        answered: Option<NaiveDate>,
        what: &str,
    ) {
        let wait = add_months(asked, RULES.request.silence_months);
        if answered.is_none() && facts.today.is_some_and(|today| today > wait) {
            let text = format!(
                "We asked for {what} on {} and have had no answer. Decide whether to close the request with a \
                 letter or to search on a reasonable reading of it.",
                long_date(asked)
            );
            self.warn(text, "practice (SAR-16)");
        }
    }

    fn not_started(mut self, waits_for: Vec<String>) -> Clock {
        let text = format!("The clock has not started. It waits for {}.", listed(&waits_for));
        let rule = self.period_rule();
        self.say(text, rule);
        Clock {
            relevant: None,
            base: None,
            end_before_roll: None,
            statutory_due: None,
            cautious_due: None,
            extension_notice_by: None,
            target_28: None,
            post_by: None,
            rule: self.rule,
            state: ClockState::Waiting { waits_for },
            extended: false,
            excluded: Vec::new(),
            how: self.how,
            warnings: self.warnings,
        }
    }

    /// Whether the extension counts, and the sentence about it (Art 12A(3), (4)).
    fn extension(&mut self, facts: &ClockFacts<'_>, notice_by: Option<NaiveDate>) -> bool {
        let Some(extension) = &facts.events.extension else { return false };
        if notice_by.is_some_and(|by| extension.notified > by) {
            let by = notice_by.map(long_date).unwrap_or_default();
            let text = format!(
                "An extension was notified on {}, after the last day for it, {by}. It does not extend the time.",
                long_date(extension.notified)
            );
            self.warn(text.clone(), "UK GDPR Art 12A(4)");
            self.say(text, "UK GDPR Art 12A(4)");
            return false;
        }
        true
    }

    fn period(&mut self, relevant: NaiveDate, months: u32, base: NaiveDate) {
        let rule = self.period_rule();
        let start = long_date(relevant);
        if months == RULES.request.months {
            self.say(format!("One month counted from {start} ends on {}.", long_date(base)), rule);
        } else {
            let text = format!(
                "The time was extended by two further months. Three months counted from {start} end on {}.",
                long_date(base)
            );
            self.say(text, "UK GDPR Art 12A(3)");
        }
        if base.day() != relevant.day() {
            let text = format!(
                "{} {} has no day {}, so the month’s last day is taken.",
                month(base),
                base.year(),
                relevant.day()
            );
            self.say(text, "UK GDPR Art 4A; Reg 1182/71 Art 3(2)(c)");
        }
    }

    fn pauses(&mut self, facts: &ClockFacts<'_>, count: &Count, calendar: &Calendar) {
        let rule = match self.rule {
            Rule::Art12A => "UK GDPR Art 12A(5)",
            Rule::PreDuaa => "ICO practice before 5 February 2026",
        };
        if facts.right != Right::Access && !facts.events.clarifications.is_empty() {
            let text = "A question was asked to clarify the request. Only a request for access pauses while \
                        such a question is open, so no days are left out.";
            self.say(text.into(), "UK GDPR Art 12A(5)");
        }
        for (question, left_out, end) in &count.heard {
            let Some(answer) = question.answered else { continue };
            let (asked, answered) = (long_date(question.asked), long_date(answer));
            let text = match left_out {
                Some(out) if out.days == 1 => format!(
                    "We asked a question on {asked} and had the answer on {answered}. {} does not count, so the \
                     period ends on {}.",
                    short_date(out.from),
                    long_date(*end)
                ),
                Some(out) => format!(
                    "We asked a question on {asked} and had the answer on {answered}. The {} from {} to {} do not \
                     count, so the period ends on {}.",
                    days(out.days),
                    short_date(out.from),
                    short_date(out.to),
                    long_date(*end)
                ),
                None => format!(
                    "We asked a question on {asked} and had the answer on {answered}. No further days are left \
                     out for it."
                ),
            };
            self.say(text, rule);
        }
        for question in &count.late {
            let text = format!(
                "A question was asked on {}, after the period had ended. It leaves out no days.",
                long_date(question.asked)
            );
            self.warn(text.clone(), rule);
            self.say(text, rule);
        }
        if let Some(open) = &count.open {
            let text = format!(
                "We asked a question on {} and wait for the answer. The clock is stopped until it comes.",
                long_date(open.asked)
            );
            self.say(text, rule);
            self.silence(facts, open.asked, None, "clarification");
        }
        let _ = calendar;
    }

    fn roll(
        &mut self,
        count: &Count,
        due: Option<NaiveDate>,
        cautious: Option<NaiveDate>,
        state: &ClockState,
        calendar: &Calendar,
    ) {
        if let ClockState::Paused { if_answered_today: Some(day), .. } = state {
            self.say(
                format!("Were the answer to come today, the last day would be {}.", long_date(*day)),
                "UK GDPR Art 12A(5)",
            );
        }
        let (Some(due), Some(cautious)) = (due, cautious) else { return };
        let reasons = calendar.reasons_to_roll(count.end);
        if reasons.is_empty() {
            let text = format!("That is a working day, so the last day to answer is {}.", long_date(due));
            self.say(text, "UK GDPR Art 4A; Reg 1182/71 Art 3");
        } else {
            let text = format!("{}, so the last day to answer is {}.", listed(&reasons), long_date(due));
            self.say(text, "UK GDPR Art 4A; Reg 1182/71 Art 3(4); Banking and Financial Dealings Act 1971");
        }
        if cautious != due {
            let text = format!(
                "A stricter reading leaves out one day fewer for each question. We work to that day: {}.",
                long_date(cautious)
            );
            self.say(text, "UK GDPR Art 12A(5); practice (SAR-12)");
        }
        if due.year() > calendar.last_published_year() {
            let text = format!(
                "The bank holidays of {} are worked out from the usual rules and have not yet been proclaimed.",
                due.year()
            );
            self.say(text, "Banking and Financial Dealings Act 1971");
        }
    }
}
