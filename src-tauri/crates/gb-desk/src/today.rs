//! The first screen: what is due, overdue or waiting, and why. Pure: rows in, screen out.

use chrono::{Datelike, Days, NaiveDate};
use gb_model::RequestState;
use gb_wire::{ClockState, DueGroup, DueRow, Figure, RequestRow, StripDay, Today};
use std::collections::BTreeMap;

/// How far the strip looks ahead, in days.
const STRIP_DAYS: u64 = 365;

/// Makes the first screen from the requests that are not closed, and those closed this year.
pub(crate) fn screen(rows: &[RequestRow], date: NaiveDate) -> Today {
    let open: Vec<&RequestRow> = rows.iter().filter(|r| r.state != RequestState::Closed).collect();
    Today {
        date,
        groups: groups(&open, date),
        figures: figures(rows, &open, date),
        strip: strip(&open, date),
    }
}

fn groups(open: &[&RequestRow], date: NaiveDate) -> Vec<DueGroup> {
    let mut by_group: [(&str, Vec<DueRow>); 6] = [
        ("Overdue", vec![]),
        ("Today", vec![]),
        ("This week", vec![]),
        ("Waiting on someone", vec![]),
        ("Next thirty days", vec![]),
        ("Later", vec![]),
    ];
    for row in open {
        let (group, why, tab) = place(row, date);
        by_group[group].1.push(DueRow {
            request: row.id,
            reference: row.reference.clone(),
            person: row.person.clone(),
            why,
            tab: tab.to_owned(),
            clock: row.clock.clone(),
        });
    }
    by_group
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(heading, mut rows)| {
            rows.sort_by_key(|r| (r.clock.cautious_due, r.reference.clone()));
            DueGroup { heading: heading.to_owned(), rows }
        })
        .collect()
}

/// The group, the reason and the tab of a request.
fn place(row: &RequestRow, date: NaiveDate) -> (usize, String, &'static str) {
    let work = || match (row.state, row.documents, row.marks) {
        (RequestState::Sealed, ..) => ("The pack is sealed: send it and record how".to_owned(), "pack"),
        (_, 0, _) => ("No documents yet: search, and add what is found".to_owned(), "documents"),
        (_, n, 0) => (format!("{} to read and redact", documents(n)), "redact"),
        (_, n, m) => (format!("{}, {}: finish and seal", documents(n), marks(m)), "redact"),
    };
    match row.clock.state {
        ClockState::Overdue => {
            let (what, tab) = work();
            (0, what, tab)
        }
        ClockState::NotStarted => {
            (3, "Chase what was asked for, or record that it has come".to_owned(), "clock")
        }
        ClockState::Paused => (3, "A question is open: chase the answer, or record it".to_owned(), "clock"),
        ClockState::Running | ClockState::Stopped => {
            let (what, tab) = work();
            let week_end = date + Days::new(u64::from(6 - date.weekday().num_days_from_monday()));
            let group = match row.clock.cautious_due {
                Some(due) if due <= date => 1,
                Some(due) if due <= week_end => 2,
                Some(due) if due <= date + Days::new(30) => 4,
                _ => 5,
            };
            (group, what, tab)
        }
    }
}

fn figures(rows: &[RequestRow], open: &[&RequestRow], date: NaiveDate) -> Vec<Figure> {
    let count = |f: &dyn Fn(&RequestRow) -> bool| open.iter().filter(|r| f(r)).count() as u32;
    let overdue = count(&|r| r.clock.state == ClockState::Overdue);
    let soon = count(&|r| r.clock.days_left.is_some_and(|d| (0..=7).contains(&d)));
    let waiting = count(&|r| matches!(r.clock.state, ClockState::NotStarted | ClockState::Paused));
    let received = rows.iter().filter(|r| r.received.year() == date.year()).count() as u32;
    let figure = |label: &str, value, note: &str| Figure { label: label.into(), value, note: note.into() };
    vec![
        figure("Open requests", open.len() as u32, "not yet answered"),
        figure("Overdue", overdue, "past the last lawful day"),
        figure("Due within a week", soon, "by the working deadline"),
        figure("Waiting on someone", waiting, "no clock running"),
        figure("Received this year", received, "all rights"),
    ]
}

fn strip(open: &[&RequestRow], date: NaiveDate) -> Vec<StripDay> {
    let mut days: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    let end = date + Days::new(STRIP_DAYS);
    for row in open {
        if let Some(due) = row.clock.cautious_due.filter(|d| (date..=end).contains(d)) {
            days.entry(due).or_default().push(row.reference.to_string());
        }
    }
    days.into_iter()
        .map(|(on, who)| StripDay { on, due: who.len() as u32, says: format!("Due: {}", who.join(", ")) })
        .collect()
}

fn documents(n: u32) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{n} documents") }
}

fn marks(n: u32) -> String {
    if n == 1 { "1 mark".to_owned() } else { format!("{n} marks") }
}
