//! Health information and the professional's opinion (DPA 2018 Sch 3 para 6).

use crate::rules::RULES;
use crate::validate::Refusal;
use crate::words::{long_date, short_date};
use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a health professional said about the serious-harm test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HealthOpinion {
    /// Who gave it, and in what role (DPA 2018 s.204).
    pub professional: String,
    /// The day it was given.
    pub dated: NaiveDate,
    /// Whether disclosure would be likely to cause serious harm.
    pub serious_harm: bool,
}

/// What the health gate turns on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HealthFacts {
    /// Whether the pack holds information about health.
    pub holds_health_data: bool,
    /// Whether the controller is itself a health professional.
    pub controller_is_health_professional: bool,
    /// The opinion, if one was had.
    pub opinion: Option<HealthOpinion>,
    /// Why the person already knows or has seen the information, if they have; blank when not.
    pub already_known: String,
}

/// Whether health information may go out on the day (DPA 2018 Sch 3 para 6; AC-14): only with an opinion of the
/// last six months that the serious-harm test is not met, or when the person already knows it (para 6(2)).
///
/// # Errors
/// What is missing.
pub fn health_gate(facts: &HealthFacts, relied_on: NaiveDate) -> Result<(), Refusal> {
    if !facts.holds_health_data
        || facts.controller_is_health_professional
        || !facts.already_known.trim().is_empty()
    {
        return Ok(());
    }
    let says = match &facts.opinion {
        None => "The pack holds health information. It may go out only with a health professional’s opinion that it \
                 would not cause serious harm, or when the person already knows it (DPA 2018 Sch 3 para 6)."
            .to_owned(),
        Some(o) if o.professional.trim().is_empty() => {
            "Say who gave the opinion and in what role (DPA 2018 s.204).".to_owned()
        }
        Some(o) if o.dated > relied_on => {
            format!("The opinion is dated {}, which has not come yet.", long_date(o.dated))
        }
        Some(o) if o.dated < oldest_health_opinion(relied_on) => format!(
            "The opinion of {} is too old. To be relied on today it must be dated {} or later (DPA 2018 Sch 3 \
             para 6).",
            short_date(o.dated),
            short_date(oldest_health_opinion(relied_on))
        ),
        Some(o) if o.serious_harm => {
            "The opinion is that serious harm is likely. Withhold the information under HLTH (DPA 2018 Sch 3 para \
             5)."
                .to_owned()
        }
        Some(_) => return Ok(()),
    };
    Err(Refusal { field: "opinion".into(), says })
}

/// The earliest date an opinion may bear to be relied on that day: the six months end with it, counted plainly
/// (DPA 2018 Sch 3 paras 5(2), 6(1); s.205(2)(j) switches Reg 1182/71 off).
pub fn oldest_health_opinion(relied_on: NaiveDate) -> NaiveDate {
    relied_on
        .checked_sub_months(Months::new(RULES.health.opinion_months))
        .and_then(|d| d.checked_add_days(Days::new(1)))
        .unwrap_or(relied_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac_14_health_information_waits_for_an_opinion() {
        let relied_on = "2026-11-21".parse().unwrap();
        let with = |dated: &str, serious_harm| HealthFacts {
            holds_health_data: true,
            opinion: Some(HealthOpinion {
                professional: "Dr A Example, GP".into(),
                dated: dated.parse().unwrap(),
                serious_harm,
            }),
            ..HealthFacts::default()
        };
        let none = HealthFacts { holds_health_data: true, ..HealthFacts::default() };
        let said = health_gate(&none, relied_on).unwrap_err().says;
        assert!(said.contains("Sch 3 para 6"), "the refusal cites the law: {said}");
        assert!(health_gate(&with("2026-05-21", false), relied_on).is_err(), "a day too old");
        assert!(health_gate(&with("2026-05-22", false), relied_on).is_ok(), "the first day that counts");
        assert!(health_gate(&with("2026-11-22", false), relied_on).is_err(), "tomorrow’s opinion");
        assert!(health_gate(&with("2026-11-01", true), relied_on).is_err(), "serious harm is likely");
        let known = HealthFacts { already_known: "She sent us the letter herself.".into(), ..none };
        assert!(health_gate(&known, relied_on).is_ok(), "para 6(2): already known");
        assert!(health_gate(&HealthFacts::default(), relied_on).is_ok(), "no health information, no gate");
    }
}
