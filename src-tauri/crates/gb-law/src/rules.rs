//! The figures of `assets/law/law_rules.toml`.

use crate::calendar::naive;
use chrono::NaiveDate;
use serde::Deserialize;
use std::sync::LazyLock;
use toml::value::Datetime;

/// The figures, parsed once.
pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/law/law_rules.toml"))
        .expect("law_rules.toml is built in, and a test reads it")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    pub request: RequestRules,
    pub complaint: ComplaintRules,
    pub breach: BreachRules,
    pub health: HealthRules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestRules {
    pub months: u32,
    pub extended_months: u32,
    pub target_days: u32,
    #[serde(deserialize_with = "date")]
    pub art12a_from: NaiveDate,
    pub post_working_days: u32,
    pub identity_prompt_days: u32,
    pub silence_months: u32,
    pub oldest_years: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComplaintRules {
    pub acknowledge_days: u32,
    #[serde(deserialize_with = "date")]
    pub from: NaiveDate,
    pub working_target_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BreachRules {
    pub hours: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HealthRules {
    pub opinion_months: u32,
}

fn date<'de, D: serde::Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    naive(Datetime::deserialize(from)?).ok_or_else(|| serde::de::Error::custom("a date was expected"))
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn the_figures_are_those_of_the_law() {
        let r = &RULES.request;
        assert_eq!((r.months, r.extended_months, r.target_days), (1, 3, 28), "Art 12A(1), (3)");
        assert_eq!(r.art12a_from.to_string(), "2026-02-05", "SI 2026/82 reg 4");
        assert_eq!((RULES.complaint.acknowledge_days, RULES.breach.hours), (30, 72), "s.164A; Art 33(1)");
        assert_eq!(RULES.health.opinion_months, 6, "DPA 2018 Sch 3 para 6");
    }
}
