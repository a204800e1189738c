//! The explanation of a clock, sentence by sentence.

use super::{Clock, ClockFacts, ClockState, Count, Rule, Step, add_months};
use crate::Calendar;
use crate::rules::RULES;
use crate::words::{days, listed, long_date, month, short_date};
use chrono::{Datelike, NaiveDate};
use gb_model::{ClockEvents, Evidence, Right};

/// Something Art 12A(2) waits for.
pub(super) struct Need<'a> {
    pub what: &'static str,
    asked: &'static str,
    arrived: &'static str,
    rule: &'static str,
    pub evidence: &'a Evidence,
}

pub(super) fn needs(events: &ClockEvents) -> Vec<Need<'_>> {
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
pub(super) struct Told {
    pub rule: Rule,
    pub how: Vec<Step>,
    pub warnings: Vec<Step>,
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

    pub(super) fn receipt(&mut self, facts: &ClockFacts<'_>, calendar: &Calendar) {
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
            let prompt_by = calendar.forward_working_days(facts.received, RULES.request.identity_prompt_days);
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
    fn silence(&mut self, facts: &ClockFacts<'_>, asked: NaiveDate, answered: Option<NaiveDate>, what: &str) {
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

    pub(super) fn not_started(mut self, waits_for: Vec<String>) -> Clock {
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
    pub(super) fn extension(&mut self, facts: &ClockFacts<'_>, notice_by: Option<NaiveDate>) -> bool {
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

    pub(super) fn period(&mut self, relevant: NaiveDate, months: u32, base: NaiveDate) {
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

    pub(super) fn pauses(&mut self, facts: &ClockFacts<'_>, count: &Count) {
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
    }

    pub(super) fn roll(
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
