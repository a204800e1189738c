//! The seventy-two hours of a personal data breach (UK GDPR Art 33(1)).
//!
//! A period in hours runs on through nights, weekends and bank holidays (Reg 1182/71 Art 3(4) leaves periods
//! in hours out), and the clocks going forward or back do not change its length.

use crate::Step;
use crate::rules::RULES;
use crate::words::long_date;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which time the clocks of the United Kingdom show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Season {
    /// Greenwich Mean Time.
    GMT,
    /// British Summer Time, an hour ahead.
    BST,
}

/// When the regulator must be told at the latest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachClock {
    /// When the controller became aware, RFC 3339, UTC.
    pub aware_utc: String,
    /// Seventy-two hours later, RFC 3339, UTC.
    pub due_utc: String,
    /// The same on UK clocks, `2026-10-26T15:30:00`.
    pub due_local: String,
    /// Whether those clocks show summer time.
    pub due_season: Season,
    /// The same in words: `Monday 26 October 2026, 15:30 GMT`.
    pub due_words: String,
    /// How this was worked out.
    pub how: Vec<Step>,
}

/// A moment that could not be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a moment in time. Write the day, the time and the zone, such as 2026-10-23T16:30:00+01:00."
)]
pub struct BreachFault(pub String);

/// When a breach must be reported: 72 hours after the controller became aware (UK GDPR Art 33(1)). `aware` is
/// RFC 3339 with its zone.
///
/// # Errors
/// When `aware` is not a moment, or so far off that 72 hours later is none.
pub fn breach_due(aware: &str) -> Result<BreachClock, BreachFault> {
    let fault = || BreachFault(aware.chars().take(40).collect());
    let moment = DateTime::parse_from_rfc3339(aware.trim()).map_err(|_| fault())?.with_timezone(&Utc);
    let hours = RULES.breach.hours;
    let due = moment.checked_add_signed(TimeDelta::hours(i64::from(hours))).ok_or_else(fault)?;
    let (local, due_season) = uk_local(due);
    let how = [
        format!("We became aware on {}.", in_words(moment)),
        format!(
            "{hours} hours later is {}. Nights, weekends and bank holidays count, and the clocks changing makes no \
             difference.",
            in_words(due)
        ),
    ];
    let rules = ["UK GDPR Art 33(1)", "UK GDPR Art 33(1); Reg 1182/71 Art 3(4)"];
    Ok(BreachClock {
        aware_utc: moment.to_rfc3339_opts(SecondsFormat::Secs, true),
        due_utc: due.to_rfc3339_opts(SecondsFormat::Secs, true),
        due_local: local.format("%Y-%m-%dT%H:%M:%S").to_string(),
        due_season,
        due_words: in_words(due),
        how: how.into_iter().zip(rules).map(|(text, rule)| Step { text, rule: rule.into() }).collect(),
    })
}

/// A moment on UK clocks: summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last
/// Sunday of October (Summer Time Act 1972 as amended by SI 2002/262).
pub fn uk_local(moment: DateTime<Utc>) -> (NaiveDateTime, Season) {
    let utc = moment.naive_utc();
    let year = utc.date().year();
    let summer = last_sunday_at_one(year, 3)
        .zip(last_sunday_at_one(year, 10))
        .is_some_and(|(from, to)| utc >= from && utc < to);
    match utc.checked_add_signed(TimeDelta::hours(1)) {
        Some(local) if summer => (local, Season::BST),
        _ => (utc, Season::GMT),
    }
}

fn last_sunday_at_one(year: i32, month: u32) -> Option<NaiveDateTime> {
    // March and October, the only months asked for, have 31 days.
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    let sunday = last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday())))?;
    sunday.and_hms_opt(1, 0, 0)
}

fn in_words(moment: DateTime<Utc>) -> String {
    let (local, season) = uk_local(moment);
    format!("{}, {} {season:?}", long_date(local.date()), local.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac_34_a_breach_has_seventy_two_hours() {
        for (aware, due, words) in [
            ("2026-10-23T16:30:00+01:00", "2026-10-26T15:30:00Z", "Monday 26 October 2026, 15:30 GMT"),
            ("2026-12-24T09:00:00Z", "2026-12-27T09:00:00Z", "Sunday 27 December 2026, 09:00 GMT"),
            ("2027-03-27T12:00:00Z", "2027-03-30T12:00:00Z", "Tuesday 30 March 2027, 13:00 BST"),
        ] {
            let clock = breach_due(aware).unwrap();
            assert_eq!((clock.due_utc.as_str(), clock.due_words.as_str()), (due, words), "aware {aware}");
        }
        assert!(breach_due("2026-10-23 16:30").is_err(), "a time without its zone is not a moment");
        assert!(breach_due("").is_err(), "nothing is not a moment");
    }

    #[test]
    fn summer_time_begins_and_ends_at_one_utc() {
        for (utc, season) in [
            ("2026-03-29T00:59:59Z", Season::GMT),
            ("2026-03-29T01:00:00Z", Season::BST),
            ("2026-10-25T00:59:59Z", Season::BST),
            ("2026-10-25T01:00:00Z", Season::GMT),
            ("2028-03-26T01:00:00Z", Season::BST),
        ] {
            let moment = DateTime::parse_from_rfc3339(utc).unwrap().with_timezone(&Utc);
            assert_eq!(uk_local(moment).1, season, "{utc}");
        }
    }
}
