//! The clock of a request: the case file, the acceptance examples, and what must hold for every date.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use chrono::{Datelike, Weekday};
use common::{Case, d};
use gb_law::{Calendar, Change, ClockState, DayChange, Rule, clock};
use gb_model::{Nation, Right};
use serde_json::Value;

#[test]
fn every_worked_example_comes_out() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("data/sar_date_cases.json")).unwrap();
    assert!(cases.len() >= 35, "the case file is whole");
    let mut wrong = Vec::new();
    for case in &cases {
        let text = |key: &str| case[key].as_str();
        let mut made = Case::new(text("nation").unwrap(), text("received").unwrap());
        made.right = Right::from_code(text("right").unwrap()).unwrap();
        made.identity(text("id_received"));
        made.authority(text("authority_received"));
        made.fee(text("fee_paid"));
        for pause in case["clarifications"].as_array().unwrap() {
            made = made.asked(pause[0].as_str().unwrap(), pause[1].as_str());
        }
        if case["extended"].as_bool().unwrap() {
            made = made.extended(text("received").unwrap());
        }
        let clock = made.clock(None);
        for (name, got) in [
            ("relevant_date", clock.relevant),
            ("base_date", clock.base),
            ("end_before_roll", clock.end_before_roll),
            ("statutory_due", clock.statutory_due),
            ("cautious_due", clock.cautious_due),
            ("extension_notice_by", clock.extension_notice_by),
        ] {
            let got = got.map(|d| d.to_string());
            if got.as_deref() != text(name) {
                wrong.push(format!("{} {name}: wanted {:?}, got {got:?}", case["id"], text(name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `nation received → statutory due` for the acceptance examples that need no events.
fn due(nation: &str, received: &str) -> String {
    Case::new(nation, received).clock(None).statutory_due.unwrap().to_string()
}

#[test]
fn ac_01_christmas_is_explained() {
    let clock = Case::new("EW", "2026-11-25").clock(Some("2026-11-30"));
    assert_eq!(
        clock.statutory_due,
        Some(d("2026-12-29")),
        "rolls over Christmas, a weekend and a substitute"
    );
    let how: Vec<&str> = clock.how.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(
        how,
        [
            "The request was received on Wednesday 25 November 2026.",
            "One month counted from Wednesday 25 November 2026 ends on Friday 25 December 2026.",
            "Friday 25 December is a bank holiday (Christmas Day), Saturday 26 December and Sunday 27 December are \
             a weekend and Monday 28 December is a bank holiday (Boxing Day, substitute day), so the last day to \
             answer is Tuesday 29 December 2026.",
        ],
        "the sentences a DPO can print"
    );
    assert!(clock.how.iter().all(|s| !s.rule.is_empty()), "each names its rule");
    assert_eq!(clock.post_by, Some(d("2026-12-23")), "two working days before the 29th");
    assert_eq!(clock.state, ClockState::Running { days_left: Some(29) }, "from 30 November");
}

#[test]
fn ac_02_months_without_the_day_end_on_their_last() {
    assert_eq!(due("EW", "2028-01-31"), "2028-02-29", "leap year");
    let clock = Case::new("EW", "2027-01-31").clock(None);
    assert_eq!(clock.base, Some(d("2027-02-28")), "a Sunday");
    assert_eq!(clock.statutory_due, Some(d("2027-03-01")), "rolls to Monday");
    assert!(clock.how.iter().any(|s| s.text.contains("has no day 31")), "and says why");
}

#[test]
fn ac_03_new_year_in_scotland_is_longer() {
    assert_eq!(
        (due("EW", "2026-12-01"), due("SCT", "2026-12-01")),
        ("2027-01-04".into(), "2027-01-05".into())
    );
}

#[test]
fn ac_04_the_twelfth_in_northern_ireland() {
    assert_eq!(
        (due("NI", "2026-06-12"), due("EW", "2026-06-12")),
        ("2026-07-14".into(), "2026-07-13".into())
    );
}

#[test]
fn ac_05_a_one_off_holiday_in_scotland() {
    assert_eq!(
        (due("SCT", "2026-05-15"), due("EW", "2026-05-15")),
        ("2026-06-16".into(), "2026-06-15".into())
    );
}

#[test]
fn ac_06_identity_starts_the_clock() {
    let mut waiting = Case::new("EW", "2026-10-01");
    waiting.identity_asked("2026-10-02", None);
    let clock = waiting.clock(Some("2026-10-05"));
    assert_eq!(
        clock.state,
        ClockState::Waiting { waits_for: vec!["proof of identity".into()] },
        "not started"
    );
    assert_eq!(
        (clock.statutory_due, clock.cautious_due, clock.relevant),
        (None, None, None),
        "no due date to print"
    );
    let mut arrived = Case::new("EW", "2026-10-01");
    arrived.identity_asked("2026-10-02", Some("2026-10-12"));
    let clock = arrived.clock(None);
    assert_eq!(
        (clock.relevant, clock.statutory_due),
        (Some(d("2026-10-12")), Some(d("2026-11-12"))),
        "from ID"
    );
    let mut late = Case::new("EW", "2026-10-01");
    late.identity_asked("2026-10-09", None);
    assert_eq!(late.clock(None).warnings.len(), 1, "asked on the sixth working day");
}

#[test]
fn ac_07_a_clarification_stops_the_clock() {
    let clock = Case::new("EW", "2026-10-01").asked("2026-10-05", Some("2026-10-14")).clock(None);
    assert_eq!(clock.statutory_due, Some(d("2026-11-11")), "ten days by the statute");
    assert_eq!(clock.cautious_due, Some(d("2026-11-10")), "nine on the stricter reading");
    let [out] = &clock.excluded[..] else { panic!("one run of days is left out") };
    assert_eq!((out.from, out.to, out.days), (d("2026-10-05"), d("2026-10-14"), 10), "both ends");
}

#[test]
fn ac_08_only_access_requests_pause() {
    let mut erasure = Case::new("EW", "2026-10-01").asked("2026-10-05", Some("2026-10-14"));
    erasure.right = Right::Erasure;
    let clock = erasure.clock(None);
    assert_eq!((clock.statutory_due, clock.excluded.len()), (Some(d("2026-11-02")), 0), "the clock runs on");
    assert_eq!(erasure.refusals(None)[0].field, "clarifications.0", "and the app refuses to record a pause");
}

#[test]
fn ac_09_an_extension_counts_three_months_from_the_day_itself() {
    let clock = Case::new("EW", "2027-01-31").extended("2027-02-10").clock(None);
    assert_eq!(clock.statutory_due, Some(d("2027-04-30")), "not 28 April");
    assert!(clock.extended);
}

#[test]
fn ac_10_an_extension_needs_reasons_and_time() {
    let late = Case::new("EW", "2026-09-30").extended("2026-10-31");
    let refusals = late.refusals(Some("2026-10-31"));
    assert_eq!(refusals.len(), 1, "one thing is wrong");
    assert!(
        refusals[0].says.contains("Friday 30 October 2026"),
        "it names the last day: {}",
        refusals[0].says
    );
    let clock = late.clock(None);
    assert_eq!(
        (clock.extended, clock.warnings.len()),
        (false, 1),
        "recorded all the same, it does not extend"
    );
    let in_time = Case::new("EW", "2026-09-30").extended("2026-10-30");
    assert!(in_time.refusals(None).is_empty(), "the last day is in time");
    let mut bare = Case::new("EW", "2026-09-30").extended("2026-10-02");
    bare.events.extension.as_mut().unwrap().reasons = "  ".into();
    assert_eq!(bare.refusals(None)[0].field, "extension.reasons", "no reasons, no extension, at any date");
}

#[test]
fn ac_11_the_rule_version_turns_on_5_february_2026() {
    assert_eq!(Case::new("EW", "2026-02-04").clock(None).rule, Rule::PreDuaa);
    assert_eq!(Case::new("EW", "2026-02-05").clock(None).rule, Rule::Art12A);
}

#[test]
fn ac_12_a_question_after_the_deadline_changes_nothing() {
    let clock =
        Case::new("EW", "2026-10-01").asked("2026-11-09", Some("2026-11-20")).clock(Some("2026-11-21"));
    assert_eq!((clock.statutory_due, clock.excluded.len()), (Some(d("2026-11-02")), 0), "no days left out");
    assert_eq!(clock.state, ClockState::Overdue { days: 19 }, "still overdue");
    assert_eq!(clock.warnings.len(), 1, "and it is said");
}

#[test]
fn ac_13_an_added_holiday_moves_the_day() {
    let case = Case::new("EW", "2026-10-20");
    let note = "Day of mourning".to_owned();
    let added = DayChange { date: d("2026-11-20"), change: Change::Add, note };
    let calendar = Calendar::new(Nation::EW, vec![added.clone()]);
    let moved = clock(&case.facts(None), &calendar);
    assert_eq!(moved.statutory_due, Some(d("2026-11-23")), "one working day on");
    assert!(moved.how.iter().any(|s| s.text.contains("Day of mourning")), "the note is the reason printed");
    let removed = DayChange { change: Change::Remove, ..added.clone() };
    let calendar = Calendar::new(Nation::EW, vec![added, removed]);
    assert_eq!(
        clock(&case.facts(None), &calendar).statutory_due,
        Some(d("2026-11-20")),
        "the later change wins"
    );
}

#[test]
fn sar_17_while_a_question_is_open_there_is_no_deadline() {
    let open = Case::new("EW", "2026-10-01").asked("2026-10-05", None);
    let clock = open.clock(Some("2026-10-14"));
    assert_eq!((clock.statutory_due, clock.post_by), (None, None), "nothing to promise");
    let ClockState::Paused { since, if_answered_today, unused, .. } = clock.state else { panic!("paused") };
    assert_eq!((since, if_answered_today), (d("2026-10-05"), Some(d("2026-11-11"))), "as in AC-07");
    assert_eq!(unused, 28, "5 October to 1 November are still unused");
    let silent = open.clock(Some("2026-11-06"));
    assert_eq!(silent.warnings.len(), 1, "SAR-16: a month without an answer asks for a decision");
}

#[test]
fn pauses_that_touch_or_overlap_count_each_day_once() {
    for (pauses, statutory, cautious) in [
        (vec![("2026-10-05", "2026-10-14"), ("2026-10-14", "2026-10-20")], "2026-11-17", "2026-11-16"),
        (vec![("2026-10-05", "2026-10-14"), ("2026-10-10", "2026-10-20")], "2026-11-17", "2026-11-16"),
        (vec![("2026-10-05", "2026-10-20"), ("2026-10-08", "2026-10-10")], "2026-11-17", "2026-11-16"),
        (vec![("2026-10-05", "2026-10-05")], "2026-11-02", "2026-11-02"),
        (vec![("2026-10-01", "2026-10-01")], "2026-11-02", "2026-11-02"),
    ] {
        let mut case = Case::new("EW", "2026-10-01");
        for (asked, answered) in &pauses {
            case = case.asked(asked, Some(answered));
        }
        let clock = case.clock(None);
        let got = (clock.statutory_due.unwrap().to_string(), clock.cautious_due.unwrap().to_string());
        assert_eq!(got, (statutory.to_owned(), cautious.to_owned()), "{pauses:?}");
    }
}

#[test]
fn events_that_cannot_be() {
    for (what, field, case) in [
        (
            "asked before the request came",
            "clarifications.0.asked",
            Case::new("EW", "2026-10-05").asked("2026-10-01", None),
        ),
        (
            "answered before asked",
            "clarifications.0.answered",
            Case::new("EW", "2026-10-01").asked("2026-10-05", Some("2026-10-04")),
        ),
        (
            "answered tomorrow",
            "clarifications.0.answered",
            Case::new("EW", "2026-10-01").asked("2026-10-05", Some("2026-11-22")),
        ),
        ("received tomorrow", "received", Case::new("EW", "2026-11-22")),
        ("received a thousand years ago", "received", Case::new("EW", "1026-10-01")),
        (
            "extended before it came",
            "extension.notified",
            Case::new("EW", "2026-10-05").extended("2026-10-01"),
        ),
    ] {
        let refusals = case.refusals(Some("2026-11-21"));
        assert!(refusals.iter().any(|r| r.field == field), "{what}: {refusals:?}");
    }
    let mut early = Case::new("EW", "2026-10-05");
    early.identity_asked("2026-10-06", Some("2026-10-05"));
    assert_eq!(
        early.refusals(None)[0].field,
        "identity.received",
        "identity arrived before it was asked for"
    );
    let mut mute = Case::new("EW", "2026-10-05").asked("2026-10-06", None);
    mute.events.clarifications[0].why.clear();
    assert_eq!(mute.refusals(None)[0].field, "clarifications.0.why", "SAR-15: why is mandatory");
    assert!(Case::new("EW", "2026-10-05").refusals(Some("2026-11-21")).is_empty(), "a plain case is kept");
}

#[test]
fn absurd_dates_do_not_break_the_count() {
    for received in ["0001-01-01", "1026-02-29", "9999-12-31"] {
        if let Ok(day) = received.parse() {
            let mut case = Case::new("SCT", "2026-01-01").asked("9999-12-31", Some("9999-12-31"));
            case.received = day;
            assert!(case.clock(Some("2026-11-21")).statutory_due.is_some(), "{received}");
        }
    }
}

mod always {
    use super::*;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    fn day() -> impl Strategy<Value = NaiveDate> {
        (0u64..4000).prop_map(|n| d("2026-02-05") + Days::new(n))
    }

    fn nation() -> impl Strategy<Value = Nation> {
        prop::sample::select(&Nation::ALL[..])
    }

    fn case(nation: Nation, received: NaiveDate, pauses: &[(u64, u64)]) -> Case {
        let mut case = Case::new(nation.code(), &received.to_string());
        for (after, length) in pauses {
            let asked = received + Days::new(*after);
            let answered = (asked + Days::new(*length)).to_string();
            case = case.asked(&asked.to_string(), Some(&answered));
        }
        case
    }

    proptest! {
        #[test]
        fn the_last_day_is_a_working_day_on_or_after_the_base(n in nation(), r in day()) {
            let clock = case(n, r, &[]).clock(None);
            let due = clock.statutory_due.unwrap();
            prop_assert!(due >= clock.base.unwrap());
            prop_assert!(!matches!(due.weekday(), Weekday::Sat | Weekday::Sun));
            prop_assert!(Calendar::shipped(n).is_working_day(due));
        }

        #[test]
        fn a_later_receipt_is_never_due_earlier(n in nation(), r in day()) {
            let first = case(n, r, &[]).clock(None).statutory_due;
            let next = case(n, r + Days::new(1), &[]).clock(None).statutory_due;
            prop_assert!(next >= first);
        }

        #[test]
        fn pauses_never_shorten(
            n in nation(), r in day(), pauses in prop::collection::vec((0u64..25, 0u64..40), 1..4),
        ) {
            let without = case(n, r, &[]).clock(None);
            let with = case(n, r, &pauses).clock(None);
            prop_assert!(with.statutory_due >= without.statutory_due);
            prop_assert!(with.cautious_due >= without.cautious_due);
            prop_assert!(with.cautious_due <= with.statutory_due, "the cautious day is never the later one");
            let left_out: i64 = with.excluded.iter().map(|e| e.days).sum();
            prop_assert_eq!((with.end_before_roll.unwrap() - with.base.unwrap()).num_days(), left_out);
        }

        #[test]
        fn an_extension_never_shortens(n in nation(), r in day()) {
            let plain = case(n, r, &[]).clock(None);
            let extended = case(n, r, &[]).extended(&r.to_string()).clock(None);
            prop_assert!(extended.statutory_due > plain.statutory_due);
            prop_assert_eq!(extended.extension_notice_by, plain.statutory_due);
        }
    }
}
