//! The end of planning: boxes that meet become one, and what they have come to lie on goes.

use super::choose::Choice;
use super::plan::{Boxed, Plan};
use super::seats::{Seat, Seats};
use crate::scene::NONE;
use hayro::kurbo::Rect;
use std::collections::BTreeSet;

/// Points between boxes that become one: the seam between them says how many there were.
const NEAR: f64 = 3.0;

/// Whether two boxes are to be one.
fn one(a: &Boxed, b: &Boxed) -> bool {
    // Two boxes of a line set again have words between them.
    let near = if a.line.is_some() && a.line == b.line { 0.0 } else { NEAR };
    let rows = a.rect.y1.min(b.rect.y1) - a.rect.y0.max(b.rect.y0);
    let beside = a.rect.x0 < b.rect.x1 + near && b.rect.x0 < a.rect.x1 + near;
    beside && rows * 2.0 > a.rect.height().min(b.rect.height())
}

/// Makes one of boxes that meet, or nearly.
pub(super) fn merge(boxes: &mut Vec<Boxed>) {
    let mut todo = std::mem::take(boxes);
    todo.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.rect.x0.total_cmp(&b.rect.x0)));
    let mut todo: std::collections::VecDeque<Boxed> = todo.into();
    while let Some(next) = todo.pop_front() {
        match boxes.iter().position(|b| one(b, &next)) {
            Some(place) => {
                // The union may meet a third: look again.
                let mut both = boxes.remove(place);
                both.rect = both.rect.union(next.rect);
                both.line = both.line.filter(|l| next.line == Some(*l));
                both.codes
                    .extend(next.codes.into_iter().filter(|c| !both.codes.contains(c)).collect::<Vec<_>>());
                todo.push_front(both);
            }
            None => boxes.push(next),
        }
    }
    boxes.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.rect.x0.total_cmp(&b.rect.x0)));
}

/// Words a box has come to lie on go whole; of a word an area has parted, only what lies in it.
pub(super) fn swallow(seats: &Seats, choice: &mut Choice, hidden: &[bool], plan: &mut Plan) {
    follow(seats, choice);
    let mut words: BTreeSet<u32> = BTreeSet::new();
    for (index, seat) in seats.all.iter().enumerate() {
        if choice.gone[index] {
            continue;
        }
        let seat = here(seats, plan, index as u32, seat);
        if !plan.boxes.iter().any(|b| seat.lies_under(b.rect)) {
            continue;
        }
        choice.gone[index] = true;
        if seat.word != NONE && !choice.parted[seat.word as usize] {
            words.insert(seat.word);
        }
    }
    for word in words {
        for seat in &seats.of_word[word as usize] {
            choice.gone[*seat as usize] = true;
        }
        plan.swallowed += u32::from(!hidden[word as usize]);
    }
    follow(seats, choice);
}

/// What repeats a glyph goes with it.
fn follow(seats: &Seats, choice: &mut Choice) {
    for (index, seat) in seats.all.iter().enumerate() {
        if let Some(leader) = seat.leader {
            choice.gone[index] |= choice.gone[leader as usize];
        }
    }
}

/// A glyph as it stands after the lines were set again.
fn here(seats: &Seats, plan: &Plan, index: u32, seat: &Seat) -> Seat {
    let mut seat = seat.clone();
    let lead = seat.leader.unwrap_or(index);
    if let Some(to) = plan.moved.get(&lead) {
        let by = *to - seats.all[lead as usize].origin;
        let shift = |r: Rect| r + by;
        (seat.body, seat.ink) = (shift(seat.body), seat.ink.map(shift));
        seat.centre += by;
    }
    seat
}
