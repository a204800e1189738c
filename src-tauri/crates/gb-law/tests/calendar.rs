//! The computed bank holidays against the list of an independent library, 2024 to 2036.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use gb_law::{Calendar, HolidayOrigin, easter_sunday};
use gb_model::Nation;
use std::collections::BTreeMap;

#[test]
fn the_table_agrees_with_the_list() {
    type List = BTreeMap<String, BTreeMap<String, Vec<String>>>;
    let list: List = serde_json::from_str(include_str!("data/bank_holidays_2024_2036.json")).unwrap();
    for nation in Nation::ALL {
        let calendar = Calendar::shipped(nation);
        let years = &list[nation.code()];
        assert_eq!(years.len(), 13, "2024 to 2036");
        for (year, days) in years {
            let held: Vec<String> =
                calendar.holidays(year.parse().unwrap()).iter().map(|h| h.date.to_string()).collect();
            assert_eq!(&held, days, "{} {year}", nation.code());
        }
    }
}

#[test]
fn the_one_offs_of_the_past_are_there() {
    for (day, on) in [
        ("2011-04-29", true),
        ("2012-05-28", false),
        ("2012-06-04", true),
        ("2012-06-05", true),
        ("2020-05-04", false),
        ("2020-05-08", true),
        ("2022-05-30", false),
        ("2022-06-02", true),
        ("2022-06-03", true),
        ("2022-09-19", true),
        ("2023-05-08", true),
    ] {
        for nation in Nation::ALL {
            assert_eq!(
                Calendar::shipped(nation).holiday(day.parse().unwrap()).is_some(),
                on,
                "{day} {nation:?}"
            );
        }
    }
}

#[test]
fn easter_falls_where_it_falls() {
    for day in [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2031-04-13",
        "2032-03-28",
        "2033-04-17",
        "2034-04-09",
        "2035-03-25",
    ] {
        assert_eq!(easter_sunday(day[..4].parse().unwrap()).to_string(), day);
    }
}

#[test]
fn days_not_yet_proclaimed_say_so() {
    let calendar = Calendar::shipped(Nation::EW);
    assert!(calendar.holidays(2027).iter().all(|h| h.origin == HolidayOrigin::Published), "published");
    assert!(calendar.holidays(2028).iter().all(|h| h.origin == HolidayOrigin::Computed), "computed");
}
