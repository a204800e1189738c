//! A request's clock, as the screen shows it: the law's dates with a sentence on how it stands.

use chrono::NaiveDate;
use gb_law::{Calendar, ClockFacts, Step};
use gb_model::{ClockEvents, Nation, Request, RequestState, Right};
use gb_wire::{ClockState, ClockView, ExcludedDays, Sentence};

/// The clock of a logged request on a given day.
pub(crate) fn of(request: &Request, nation: Nation, today: NaiveDate) -> ClockView {
    let mut view = view(nation, request.facts.right, request.facts.received, &request.clock, today);
    if request.state == RequestState::Closed {
        view.state = ClockState::Stopped;
        view.days_left = None;
        view.says = match request.closed {
            Some(day) => format!("Answered {}", gb_law::short_date(day)),
            None => "Answered".into(),
        };
    }
    view
}

/// The clock of a right received on a day, with what has moved it since.
pub(crate) fn view(
    nation: Nation,
    right: Right,
    received: NaiveDate,
    events: &ClockEvents,
    today: NaiveDate,
) -> ClockView {
    let facts = ClockFacts { nation, right, received, events, today: Some(today) };
    let clock = gb_law::clock(&facts, &Calendar::shipped(nation));
    let days_left = clock.cautious_due.map(|due| (due - today).num_days() as i32);
    let (state, says, if_answered_today) = match &clock.state {
        gb_law::ClockState::Waiting { waits_for } => {
            (ClockState::NotStarted, format!("Not started: waiting for {}", join(waits_for)), None)
        }
        gb_law::ClockState::Paused { cautious_if_answered_today, .. } => {
            let says = match cautious_if_answered_today {
                Some(due) => format!("Paused. If answered today, due {}", gb_law::short_date(*due)),
                None => "Paused".to_owned(),
            };
            (ClockState::Paused, says, *cautious_if_answered_today)
        }
        gb_law::ClockState::Overdue { days } => {
            (ClockState::Overdue, format!("{} overdue", count(*days)), None)
        }
        gb_law::ClockState::Running { .. } => (ClockState::Running, left(days_left.unwrap_or(0)), None),
    };
    ClockView {
        state,
        says,
        relevant: clock.relevant,
        base: clock.base,
        statutory_due: clock.statutory_due,
        cautious_due: clock.cautious_due,
        extension_notice_by: clock.extension_notice_by,
        target: clock.target_28,
        post_by: clock.post_by,
        if_answered_today,
        days_left,
        used: used(clock.relevant, clock.cautious_due.or(if_answered_today), today),
        excluded: clock
            .excluded
            .iter()
            .map(|e| ExcludedDays { from: e.from, to: e.to, days: e.days.max(0) as u32 })
            .collect(),
        rule: clock.rule.code().to_owned(),
        how: clock.how.iter().chain(&clock.warnings).map(sentence).collect(),
    }
}

fn sentence(step: &Step) -> Sentence {
    Sentence { text: step.text.clone(), rule: step.rule.clone() }
}

fn left(days: i32) -> String {
    match days {
        0 => "Due today".to_owned(),
        d if d < 0 => "Past the working deadline, today is the last lawful day".to_owned(),
        d => format!("{} left", count(d.into())),
    }
}

fn count(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn join(things: &[String]) -> String {
    match things {
        [] => "something asked for".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The share of the period that has gone by, for the bar.
fn used(from: Option<NaiveDate>, to: Option<NaiveDate>, today: NaiveDate) -> f32 {
    match (from, to) {
        (Some(from), Some(to)) if to > from => {
            ((today - from).num_days() as f32 / (to - from).num_days() as f32).clamp(0.0, 1.0)
        }
        (Some(_), Some(_)) => 1.0,
        _ => 0.0,
    }
}
