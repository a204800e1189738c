//! The clock of a data protection complaint (DPA 2018 s.164A, in force 19 June 2026).

use crate::rules::RULES;
use crate::words::{listed, long_date, short_date};
use crate::{Calendar, Step};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The dates of a complaint and how they were worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComplaintClock {
    /// Whether the law asks for an acknowledgement: complaints received on or after 19 June 2026 (`CMP-5`).
    pub duty: bool,
    /// The last day to acknowledge, weekends and bank holidays rolled over; none without the duty.
    pub ack_due: Option<NaiveDate>,
    /// Day thirty itself, before rolling.
    pub day_30: Option<NaiveDate>,
    /// Five working days from receipt: a working target, not law.
    pub working_target: NaiveDate,
    /// How this was worked out.
    pub how: Vec<Step>,
}

/// When a complaint must be acknowledged (DPA 2018 s.164A(3); `CMP-1`, `CMP-5`). An outcome sent by then needs
/// no separate acknowledgement (`CMP-2`).
pub fn complaint_due(received: NaiveDate, calendar: &Calendar) -> ComplaintClock {
    let figures = &RULES.complaint;
    let mut how = Vec::new();
    let mut say = |text: String, rule: &str| how.push(Step { text, rule: rule.to_owned() });
    say(format!("The complaint was received on {}.", long_date(received)), "DPA 2018 s.164A");
    let working_target = calendar.forward_working_days(received, figures.working_target_days);
    let duty = received >= figures.from;
    let day_30 = received.checked_add_days(Days::new(u64::from(figures.acknowledge_days))).filter(|_| duty);
    let ack_due = day_30.map(|day| calendar.roll_forward(day));
    if let (Some(day), Some(due)) = (day_30, ack_due) {
        say(
            format!(
                "It must be acknowledged within {} days, counted from the day after. Day {} is {}.",
                figures.acknowledge_days,
                figures.acknowledge_days,
                long_date(day)
            ),
            "DPA 2018 s.164A; ICO guidance on complaints",
        );
        let reasons = calendar.reasons_to_roll(day);
        if !reasons.is_empty() {
            say(
                format!("{}, so the last day is {}.", listed(&reasons), long_date(due)),
                "DPA 2018 s.205(2); Reg 1182/71 Art 3(4)",
            );
        }
        say(
            "An outcome sent by then needs no separate acknowledgement.".into(),
            "ICO guidance on complaints",
        );
    } else {
        say(
            format!(
                "Complaints received before {} carry no duty to acknowledge by a set day.",
                short_date(figures.from)
            ),
            "SI 2026/82 reg 7",
        );
    }
    ComplaintClock { duty, ack_due, day_30, working_target, how }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gb_model::Nation;

    #[test]
    fn ac_26_complaints_are_acknowledged_in_thirty_days() {
        let calendar = Calendar::shipped(Nation::EW);
        for (received, due) in [
            ("2026-06-19", Some("2026-07-20")),
            ("2026-06-18", None),
            ("2026-11-25", Some("2026-12-29")),
            ("2026-11-21", Some("2026-12-21")),
        ] {
            let clock = complaint_due(received.parse().unwrap(), &calendar);
            assert_eq!(clock.ack_due.map(|d| d.to_string()).as_deref(), due, "received {received}");
            assert_eq!(clock.duty, due.is_some(), "the duty began on 19 June 2026");
        }
    }
}
