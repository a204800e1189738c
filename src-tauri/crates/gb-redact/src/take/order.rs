//! What is left in reading order: words numbered, lines gathered into paragraphs.

use super::choose::Choice;
use super::frame::{quarter, turned, wide};
use super::lines::Line;
use super::plan::Plan;
use super::seats::Seats;
use crate::read::layout::{PageWords, Segment};
use crate::read::order::reading_order;
use crate::scene::NONE;
use hayro::kurbo::Rect;
use std::collections::BTreeMap;

/// A line as paragraphs are made of it, in its turned frame.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) segment: u32,
    pub(super) angle: u16,
    pub(super) left: f64,
    pub(super) v: f64,
    pub(super) em: f64,
}

/// For each row the paragraph it belongs to: lines that follow each other closely, of one size, and begin at one
/// place. The first line of a paragraph may be indented or hang out.
pub(super) fn blocks(rows: &[Row]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(rows.len());
    let (mut first, mut leading) = (0, None::<f64>);
    for (i, row) in rows.iter().enumerate() {
        let joins = i > 0 && {
            let above = &rows[i - 1];
            let lead = row.v - above.v;
            let indent = if i - 1 == first { 3.0 } else { 0.6 };
            above.angle == row.angle
                && lead > 0.6 * row.em
                && lead < 1.75 * row.em
                && leading.is_none_or(|l| (lead - l).abs() < 0.15 * l)
                && (above.em - row.em).abs() < 0.1 * row.em
                && (above.left - row.left).abs() < indent * row.em
        };
        if joins {
            leading = leading.or(Some(row.v - rows[i - 1].v));
        } else {
            (first, leading) = (i, None);
        }
        let last = out.last().copied();
        out.push(match (last, joins) {
            (Some(block), true) => block,
            (Some(block), false) => block + 1,
            (None, _) => 0,
        });
    }
    out
}

/// The rows of a page nothing was taken from.
pub(super) fn rows_of(words: &PageWords) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for word in &words.words {
        if out.last().is_some_and(|r| r.segment == word.segment) {
            continue;
        }
        let left = match quarter(word.angle) {
            Some(turn) => turned(turn, wide(word.rect)).x0,
            None => f64::from(word.rect[0]),
        };
        let (v, em) = (f64::from(word.baseline), f64::from(word.em));
        out.push(Row { segment: word.segment, angle: word.angle, left, v, em });
    }
    out
}

/// The rows of a page as it is after the marks were taken, in reading order. The order is worked out anew from where
/// things stand now: as the source had it, it could depend on how long a name was.
pub(super) fn rows_now(words: &PageWords, lines: &[Line], plan: &Plan) -> Vec<Row> {
    let mut groups: Vec<(u16, Vec<&Line>)> = Vec::new();
    let mut listed: Vec<u32> = words.words.iter().map(|w| w.segment).collect();
    listed.dedup();
    for line in listed.iter().filter_map(|s| lines.iter().find(|l| l.segment == *s)) {
        match groups.iter_mut().find(|(angle, _)| *angle == line.angle) {
            Some((_, group)) => group.push(line),
            None => groups.push((line.angle, vec![line])),
        }
    }
    let mut out = Vec::new();
    for (angle, group) in groups {
        let order: Vec<usize> = if plan.settings.is_empty() {
            (0..group.len()).collect()
        } else {
            let segments: Vec<Segment> = group.iter().filter_map(|l| as_set(words, l, plan)).collect();
            reading_order(&segments)
        };
        out.extend(order.into_iter().map(|i| {
            let line = group[i];
            let left = plan.settings.get(&line.segment).map_or(line.u.0, |s| s.u.0);
            Row { segment: line.segment, angle, left, v: line.v, em: line.em }
        }));
    }
    out
}

/// A line as the reading order sees it.
fn as_set(words: &PageWords, line: &Line, plan: &Plan) -> Option<Segment> {
    let word = words.words.iter().find(|w| w.segment == line.segment)?;
    let setting = plan.settings.get(&line.segment);
    let u = setting.map_or(line.u, |s| s.u);
    let count = match setting {
        Some(s) => s.pens.iter().flatten().count() + s.slots.len(),
        None => line.pieces.len(),
    };
    let rows = (line.v - 0.75 * line.em, line.v + 0.22 * line.em);
    Some(Segment {
        words: vec![word.clone(); count],
        frame: Rect::new(u.0, rows.0, u.1, rows.1),
        baseline: line.v,
        em: line.em,
    })
}

/// For each glyph its word and its paragraph. Words count anew from 0 in reading order; what a box parted is two.
pub(super) fn number(
    seats: &Seats,
    words: &PageWords,
    lines: &[Line],
    rows: &[Row],
    choice: &Choice,
) -> Vec<(u32, u32)> {
    let by_segment: BTreeMap<u32, &Line> = lines.iter().map(|l| (l.segment, l)).collect();
    let mut out = vec![(NONE, NONE); seats.all.len()];
    let mut next = 0;
    for (row, block) in rows.iter().zip(blocks(rows)) {
        let Some(line) = by_segment.get(&row.segment) else { continue };
        let mut pieces: Vec<(u32, usize, &Vec<u32>)> = Vec::with_capacity(line.pieces.len());
        for piece in &line.pieces {
            let list = &seats.of_word[piece.word as usize];
            let at = piece.seats.iter().filter_map(|s| list.iter().position(|l| l == s)).min();
            pieces.push((piece.word, at.unwrap_or(0), &piece.seats));
        }
        // As the words of the line are read, which need not be from left to right.
        pieces.sort_by_key(|(word, at, _)| (*word, *at));
        for (_, _, list) in pieces {
            let left: Vec<u32> = list.iter().copied().filter(|s| !choice.gone[*s as usize]).collect();
            if !left.is_empty() {
                left.iter().for_each(|s| out[*s as usize] = (next, block));
                next += 1;
            }
        }
    }
    for (index, seat) in seats.all.iter().enumerate() {
        if let Some(leader) = seat.leader {
            out[index] = out[leader as usize];
        }
    }
    debug_assert!(words.words.len() == seats.of_word.len());
    out
}

/// How many marked words stand first or last on a line of a paragraph of several: where the source broke its lines
/// may have depended on them.
pub(super) fn at_breaks(lines: &[Line], rows: &[Row]) -> u32 {
    let blocks = blocks(rows);
    let same = |a: usize, b: usize| blocks.get(a).is_some_and(|x| blocks.get(b) == Some(x));
    let mut count = 0;
    for (i, row) in rows.iter().enumerate() {
        let Some(line) = lines.iter().find(|l| l.segment == row.segment && l.marked) else { continue };
        let goes = |p: Option<&super::lines::Piece>| p.is_some_and(|p| p.code.is_some());
        let first = i > 0 && same(i - 1, i) && goes(line.pieces.first());
        let last = same(i, i + 1) && goes(line.pieces.last());
        count += u32::from(first) + u32::from(last && (line.pieces.len() > 1 || !first));
    }
    count
}
