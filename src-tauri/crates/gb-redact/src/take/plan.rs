//! Where boxes go and what moves to make room for them. The sums of `out::plan` in points, on glyphs.

use super::choose::{Area, Choice};
use super::frame::{narrow, snap, snap_rect, turned};
use super::lines::{Line, set_piece};
use super::seats::{Paint, Seats};
use super::set::{Anchor, SHARED, Setting, anchor, set};
use super::strip::{Room, Strip, Things, covers};
use hayro::kurbo::{Point, Rect};
use std::collections::BTreeMap;

/// Points of the coarse grid.
const GRID: f64 = 24.0;
/// What is left free at the edge of the page, in points, where a line has to run into its margin.
const EDGE: f64 = 18.0;

/// A box to be drawn, in points of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Boxed {
    pub(super) rect: Rect,
    pub(super) codes: Vec<String>,
    /// The line it was set into.
    pub(super) line: Option<u32>,
}

/// What happens to a page.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) boxes: Vec<Boxed>,
    /// For each glyph that moves, where its origin goes.
    pub(super) moved: BTreeMap<u32, Point>,
    /// Underlines and markings, by their place in the scene: their new box, or nothing.
    pub(super) edits: BTreeMap<usize, Option<Rect>>,
    /// Areas set again.
    pub(super) changed: Vec<[f32; 4]>,
    pub(super) swallowed: u32,
    pub(super) grown: bool,
    /// Lines as they are now, by segment.
    pub(super) settings: BTreeMap<u32, Setting>,
}

pub(super) struct Planner<'a> {
    pub(super) seats: &'a Seats,
    pub(super) things: &'a Things<'a>,
    pub(super) lines: &'a [Line],
    pub(super) page: (f64, f64),
    pub(super) hide: bool,
}

impl Planner<'_> {
    /// Plans a page. What boxes take on their way is marked as gone in `choice`.
    pub(super) fn plan(&self, choice: &mut Choice, hidden: &[bool]) -> Plan {
        let mut plan = Plan::default();
        let mut order: Vec<&Line> = self.lines.iter().collect();
        order.sort_by(|a, b| a.v.total_cmp(&b.v).then(a.u.0.total_cmp(&b.u.0)));
        for line in order {
            let follows = self.hide && !line.marked && line.sound && self.pushed(line);
            if line.marked {
                let done = self.hide && line.sound && self.reset(line, choice, &mut plan);
                if !done {
                    self.stand(line, choice, &mut plan);
                }
            } else if follows {
                self.reset(line, choice, &mut plan);
            }
        }
        for area in &choice.areas {
            self.area(area, choice, &mut plan);
        }
        super::settle::merge(&mut plan.boxes);
        super::settle::swallow(self.seats, choice, hidden, &mut plan);
        plan
    }

    /// Whether a line stands to the right of a marked one with nothing to hold it there: it may be as far to the
    /// right as it is because of the name before it.
    fn pushed(&self, line: &Line) -> bool {
        let after = |l: &Line| l.marked && l.sound && l.beside(line) && l.u.0 < line.u.0;
        let held = |l: &Line| {
            !l.marked
                && l.segment != line.segment
                && !l.beside(line)
                && ((l.u.0 - line.u.0).abs() < SHARED || (l.u.1 - line.u.1).abs() < SHARED)
        };
        self.lines.iter().any(after) && !self.lines.iter().any(held)
    }

    /// Sets a line again, if it lies on plain paper.
    fn reset(&self, line: &Line, choice: &mut Choice, plan: &mut Plan) -> bool {
        let rows = line.rows();
        let pieces = line.pieces.iter().map(|p| p.u).collect();
        let strip = Strip { turn: line.turn, rows, text: line.u, pieces, em: line.em };
        let anchor = anchor(line, self.lines, self.turned_page(line));
        let Some((soft, hard)) = self.most(line, anchor, plan) else { return false };
        let Some(hard) = self.things.room(&strip, hard) else { return false };
        let soft = Room { from: soft.from.max(hard.from), to: soft.to.min(hard.to) };
        let Some(setting) = set(self.seats, line, &choice.codes, anchor, soft, hard) else { return false };
        self.carry_out(line, &setting, choice, plan);
        self.carry_along(&strip, line, &setting, plan);
        let area = Rect::new(
            line.u.0.min(setting.u.0) - 0.3 * line.em,
            rows.0 - 0.5 * line.em,
            line.u.1.max(setting.u.1) + 0.3 * line.em,
            rows.1 + 0.5 * line.em,
        );
        plan.changed.push(narrow(turned(line.turn.inverse(), area)));
        plan.grown |= setting.full;
        plan.settings.insert(line.segment, setting);
        true
    }

    /// The page in a line's frame: from left to right.
    fn turned_page(&self, line: &Line) -> (f64, f64) {
        let page = turned(line.turn, Rect::new(0.0, 0.0, self.page.0, self.page.1));
        (page.x0, page.x1)
    }

    /// How far a line may reach between its neighbours: within the page's margins, and at most. Nothing if another
    /// line stands on it.
    fn most(&self, line: &Line, own: Anchor, plan: &Plan) -> Option<(Room, Room)> {
        let page = self.turned_page(line);
        let same = || self.lines.iter().filter(|l| l.angle == line.angle && l.segment != line.segment);
        let steady = || same().filter(|l| !l.marked);
        let left = steady().map(|l| l.u.0).reduce(f64::min).unwrap_or(line.u.0);
        let widest = steady().map(|l| l.u.1).fold(f64::MIN, f64::max);
        let mut hard =
            Room { from: (page.0 + EDGE).max(line.clip.x0), to: (page.1 - EDGE).min(line.clip.x1) };
        if let Anchor::Left(x) = own {
            hard.from = hard.from.min(x);
        }
        for other in same().filter(|l| l.beside(line)) {
            if other.u.0 >= line.u.1 - 0.3 * line.em {
                hard.to = hard.to.min(self.begins(other) - 6.0);
            } else if other.u.1 <= line.u.0 + 0.3 * line.em {
                let end = plan.settings.get(&other.segment).map_or(other.u.1, |s| s.u.1);
                hard.from = hard.from.max(end + 0.5 * line.em);
            } else {
                return None;
            }
        }
        let margin = (page.1 - (left - page.0)).max(widest);
        Some((Room { from: hard.from, to: hard.to.min(margin) }, hard))
    }

    /// Where a line that is set after this one will begin.
    fn begins(&self, line: &Line) -> f64 {
        let moves = self.hide && line.sound && (line.marked || self.pushed(line));
        match moves.then(|| anchor(line, self.lines, self.turned_page(line))) {
            Some(Anchor::Left(x)) => x.min(line.u.0),
            _ => line.u.0,
        }
    }

    /// Moves the glyphs of a line, draws its boxes.
    fn carry_out(&self, line: &Line, setting: &Setting, choice: &mut Choice, plan: &mut Plan) {
        let back = line.turn.inverse();
        for (piece, pen) in line.pieces.iter().zip(&setting.pens) {
            let Some(pen) = pen else {
                // Glyphs that repeat others are found by the settling afterwards.
                for seat in &piece.seats {
                    choice.gone[*seat as usize] = true;
                }
                plan.swallowed += u32::from(!piece.gone);
                continue;
            };
            for (seat, at) in piece.seats.iter().zip(set_piece(self.seats, line.turn, piece).0) {
                let v = (line.turn * self.seats.all[*seat as usize].origin).y;
                let place = back * Point::new(snap(pen + at), (v * 100.0).round() / 100.0);
                plan.moved.insert(*seat, place);
            }
        }
        let em = line
            .first_gone()
            .map_or(line.em, |p| p.seats.first().map_or(line.em, |s| self.seats.all[*s as usize].em));
        let v = line
            .first_gone()
            .and_then(|p| p.seats.first())
            .map_or(line.v, |s| (line.turn * self.seats.all[*s as usize].origin).y);
        for slot in &setting.slots {
            let area =
                Rect::new(slot.from, v - super::lines::ABOVE * em, slot.to, v + super::lines::BELOW * em);
            let codes = slot.codes.iter().map(|c| choice.codes[*c as usize].clone()).collect();
            plan.boxes.push(Boxed { rect: snap_rect(turned(back, area)), codes, line: Some(line.segment) });
        }
    }

    /// Underlines go with the words they are set to, and end where these end now.
    fn carry_along(&self, strip: &Strip, line: &Line, setting: &Setting, plan: &mut Plan) {
        let ends = |index: usize| match (setting.pens[index], setting.slot_of[index]) {
            (Some(pen), _) => (pen, pen + set_piece(self.seats, line.turn, &line.pieces[index]).1),
            (None, Some(slot)) => (setting.slots[slot].from, setting.slots[slot].to),
            (None, None) => (0.0, 0.0),
        };
        for (item, b) in self.things.decorations(strip) {
            let under: Vec<usize> = (0..line.pieces.len()).filter(|i| covers(b, line.pieces[*i].u)).collect();
            let kept = under.iter().any(|i| setting.pens[*i].is_some());
            let new = match (under.first(), under.last()) {
                (Some(first), Some(last)) if kept => {
                    let area = Rect::new(snap(ends(*first).0), b.y0, snap(ends(*last).1), b.y1);
                    Some(turned(line.turn.inverse(), area))
                }
                _ => None,
            };
            plan.edits.insert(item, new);
        }
    }

    /// Boxes over the words where they stand. With hidden widths they grow to the coarse grid and over the words of
    /// their line they then touch.
    fn stand(&self, line: &Line, choice: &Choice, plan: &mut Plan) {
        plan.grown |= self.hide;
        let mut runs: Vec<(Rect, Vec<String>, bool)> = Vec::new();
        let mut open = false;
        for piece in &line.pieces {
            let Some(code) = piece.code.filter(|_| piece.gone) else {
                open = false;
                continue;
            };
            let area = self.over(line, piece.u, &piece.seats);
            let name = &choice.codes[code as usize];
            match runs.last_mut() {
                Some((rect, codes, _)) if open => {
                    *rect = rect.union(area);
                    if !codes.contains(name) {
                        codes.push(name.clone());
                    }
                }
                _ => runs.push((area, vec![name.clone()], true)),
            }
            open = true;
        }
        for (rect, codes, _) in runs {
            let rect = if self.hide { self.coarse(rect, line, &[line.segment]) } else { rect };
            let page = line.turn.inverse().transform_rect_bbox(rect);
            plan.boxes.push(Boxed { rect: self.on_page(page), codes, line: None });
        }
    }

    /// The area of glyphs that go, in the turned frame. Where something else draws them (a picture under a layer of
    /// text, letters that are drawings) their places are rough, and a little more is taken.
    fn over(&self, line: &Line, u: (f64, f64), seats: &[u32]) -> Rect {
        let (em, rows) = (line.em, line.rows());
        let all = || seats.iter().map(|s| &self.seats.all[*s as usize]);
        let rough = all().any(|s| s.paint != Paint::Painted) || self.hide;
        let mut area = if rough {
            Rect::new(u.0 - 0.12 * em, rows.0 - 0.17 * em, u.1 + 0.12 * em, rows.1 + 0.06 * em)
        } else {
            Rect::new(u.0, rows.0, u.1, rows.1)
        };
        if !self.hide {
            for ink in all().filter_map(|s| s.ink) {
                area = area.union(line.turn.transform_rect_bbox(ink));
            }
        }
        area
    }

    fn on_page(&self, rect: Rect) -> Rect {
        snap_rect(rect.intersect(Rect::new(0.0, 0.0, self.page.0, self.page.1)))
    }

    /// A box drawn by hand.
    fn area(&self, area: &Area, choice: &Choice, plan: &mut Plan) {
        let mut rect = area.rect;
        let mut segments: Vec<u32> = Vec::new();
        for line in self.lines {
            for piece in line.pieces.iter().filter(|p| p.seats.iter().any(|s| area.seats.contains(s))) {
                segments.push(line.segment);
                if !choice.parted[piece.word as usize] {
                    let over = self.over(line, piece.u, &piece.seats);
                    rect = rect.union(line.turn.inverse().transform_rect_bbox(over));
                }
            }
        }
        let upright = self.lines.iter().find(|l| segments.contains(&l.segment) && l.angle == 0);
        if let (true, Some(line)) = (self.hide, upright) {
            plan.grown = true;
            rect = self.coarse(rect, line, &segments);
        }
        let rect = if segments.is_empty() { rect } else { self.on_page(rect) };
        plan.boxes.push(Boxed { rect, codes: vec![area.code.clone()], line: None });
    }

    /// Grows a box to the coarse grid along its text. It swallows words of its own segments, and stops short of
    /// others: their place does not depend on what was marked.
    fn coarse(&self, rect: Rect, line: &Line, segments: &[u32]) -> Rect {
        let page = self.turned_page(line);
        let mut out = rect;
        out.x0 = ((rect.x0 / GRID).floor() * GRID).max(page.0);
        out.x1 = ((rect.x1 / GRID).ceil() * GRID).min(page.1);
        let beside = |l: &&Line| {
            let rows = l.rows();
            l.angle == line.angle && rows.1.min(rect.y1) - rows.0.max(rect.y0) > 0.25 * l.em
        };
        for other in self.lines.iter().filter(beside).filter(|l| !segments.contains(&l.segment)) {
            if other.u.0 >= rect.x1 {
                out.x1 = out.x1.min((other.u.0 - 2.0).max(rect.x1));
            }
            if other.u.1 <= rect.x0 {
                out.x0 = out.x0.max((other.u.1 + 2.0).min(rect.x0));
            }
        }
        let grown = out;
        for own in self.lines.iter().filter(beside).filter(|l| segments.contains(&l.segment)) {
            for piece in own.pieces.iter().filter(|p| p.u.0 < grown.x1 && p.u.1 > grown.x0) {
                out.x0 = out.x0.min(piece.u.0);
                out.x1 = out.x1.max(piece.u.1);
            }
        }
        out
    }
}
