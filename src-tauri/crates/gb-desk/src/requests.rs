//! Requests: logging, correcting, their clocks, their lists.

use crate::session::{Desk, Open};
use crate::undo::{Change, Stamp};
use crate::{clock, faults, history, marks};
use chrono::{DateTime, NaiveDate};
use gb_law::{Calendar, ClockFacts, Refusal, validate, validate_events};
use gb_model::{Clarification, ClockEvents, Id, NewRequest, Pack, Personal, Request, RequestState};
use gb_store::RequestSummary;
use gb_wire::{
    ClockDraft, ClockEvent, ClockView, Fault, HistoryRow, PackView, RecordClockEvent, RequestFilter,
    RequestRow, RequestView, SearchHit, Sending, Surroundings, Today, Undone,
};
use std::collections::BTreeMap;

/// The setting that keeps how packs of a request were sent, by pack.
pub(crate) fn sendings_of(request: Id) -> String {
    format!("sendings/{request}")
}

impl Desk {
    pub(crate) fn log_request(
        &self,
        facts: &NewRequest,
        at: &dyn Surroundings,
    ) -> Result<RequestView, Fault> {
        let facts = tidy(facts);
        refuse(validate(&facts, at.today()))?;
        let id = self.with(|open| {
            let request = open.act("log_request", None, at, |tx| Ok(tx.add_request(&facts, at.today())?))?;
            Ok(request.id)
        })?;
        self.request_view(id, at)
    }

    pub(crate) fn correct_request(
        &self,
        id: Id,
        facts: &NewRequest,
        at: &dyn Surroundings,
    ) -> Result<RequestView, Fault> {
        let facts = tidy(facts);
        refuse(validate(&facts, at.today()))?;
        self.with(|open| {
            let before = open.read().request(id).map_err(faults::store)?;
            if before.facts == facts {
                return Ok(());
            }
            check_events(open, &facts, &before.clock, at.today())?;
            open.act("change_request", Some(id), at, |tx| Ok(tx.change_request(id, &facts)?))?;
            open.undo.note(id, Change::Facts { request: id, before: before.facts, after: facts });
            Ok(())
        })?;
        self.request_view(id, at)
    }

    pub(crate) fn preview_clock(
        &self,
        draft: &ClockDraft,
        at: &dyn Surroundings,
    ) -> Result<ClockView, Fault> {
        let nation = self.with(|open| open.organisation())?.nation;
        Ok(clock::view(nation, draft.right, draft.received, &ClockEvents::default(), at.today()))
    }

    pub(crate) fn record_clock_event(
        &self,
        input: &RecordClockEvent,
        at: &dyn Surroundings,
    ) -> Result<RequestView, Fault> {
        let id = input.request;
        self.with(|open| {
            let request = open.read().request(id).map_err(faults::store)?;
            let after = apply(&request.clock, &input.event)?;
            check_events(open, &request.facts, &after, at.today())?;
            open.act("record_clock_event", Some(id), at, |tx| Ok(tx.set_clock(id, &after)?))?;
            open.undo.note(id, Change::Clock { request: id, before: request.clock, after });
            Ok(())
        })?;
        self.request_view(id, at)
    }

    pub(crate) fn request_view(&self, id: Id, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        let (request, nation, packs, can_undo, can_redo) = self.with(|open| {
            let read = open.read();
            let request = read.request(id).map_err(faults::store)?;
            let nation = open.organisation()?.nation;
            let packs = packs(open, id)?;
            let undo = open.undo.to_undo(id).map(|c| c.says().to_owned());
            let redo = open.undo.to_redo(id).map(|c| c.says().to_owned());
            Ok((request, nation, packs, undo, redo))
        })?;
        let clock = clock::of(&request, nation, at.today());
        let documents = self.document_rows(id)?;
        Ok(RequestView { request, clock, documents, packs, can_undo, can_redo })
    }

    pub(crate) fn list_requests(
        &self,
        filter: &RequestFilter,
        at: &dyn Surroundings,
    ) -> Result<Vec<RequestRow>, Fault> {
        let (summaries, nation) = self.with(|open| {
            let found = open.read().find_requests(filter.text.trim()).map_err(faults::store)?;
            Ok((found, open.organisation()?.nation))
        })?;
        let mut rows: Vec<RequestRow> = summaries
            .into_iter()
            .filter(|s| filter.state.is_none_or(|state| s.state == state))
            .map(|s| row(s, nation, at.today()))
            .collect();
        let closed = |r: &RequestRow| r.state == RequestState::Closed;
        rows.sort_by(|a, b| {
            let due = |r: &RequestRow| (closed(r), r.clock.cautious_due.is_none(), r.clock.cautious_due);
            due(a).cmp(&due(b)).then_with(|| b.reference.cmp(&a.reference))
        });
        Ok(rows)
    }

    pub(crate) fn today_screen(&self, at: &dyn Surroundings) -> Result<Today, Fault> {
        let rows = self.list_requests(&RequestFilter { text: String::new(), state: None }, at)?;
        Ok(crate::today::screen(&rows, at.today()))
    }

    pub(crate) fn search_everything(&self, text: &str) -> Result<Vec<SearchHit>, Fault> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let found = self.with(|open| open.read().find_requests(text.trim()).map_err(faults::store))?;
        Ok(found
            .into_iter()
            .take(30)
            .map(|s| SearchHit {
                title: s.name,
                detail: format!("{} · received {}", s.reference, gb_law::short_date(s.received)),
                request: s.id,
            })
            .collect())
    }

    pub(crate) fn history_of(&self, id: Id) -> Result<Vec<HistoryRow>, Fault> {
        let rows = self.with(|open| open.read().journal_of(id).map_err(faults::store))?;
        Ok(rows.iter().rev().map(history::in_words).collect())
    }

    pub(crate) fn undo_last(&self, id: Id, at: &dyn Surroundings) -> Result<Undone, Fault> {
        self.turn_back(id, at, false)
    }

    pub(crate) fn redo_last(&self, id: Id, at: &dyn Surroundings) -> Result<Undone, Fault> {
        self.turn_back(id, at, true)
    }

    fn turn_back(&self, id: Id, at: &dyn Surroundings, again: bool) -> Result<Undone, Fault> {
        let undone = self.with(|open| {
            let change = if again { open.undo.to_redo(id) } else { open.undo.to_undo(id) };
            let Some(change) = change.cloned() else { return Ok(Undone { says: None, document: None }) };
            let stamp = Stamp { who: Personal::new(open.actor()), on: at.today() };
            let action = if again { "redo" } else { "undo" };
            open.act(action, Some(id), at, |tx| {
                let turned = if again { change.redo(tx, &stamp) } else { change.undo(tx, &stamp) };
                Ok(turned?)
            })?;
            if again {
                open.undo.redone(id);
            } else {
                open.undo.undone(id);
            }
            let says = format!("{}: {}", change.says(), if again { "done again" } else { "undone" });
            Ok(Undone { says: Some(says), document: change.document() })
        })?;
        if let Some(document) = undone.document {
            self.shelf.forget_after(document);
            marks::keep_places(self, document)?;
        }
        Ok(undone)
    }
}

fn row(s: RequestSummary, nation: gb_model::Nation, today: NaiveDate) -> RequestRow {
    let mut view = clock::view(nation, s.right, s.received, &s.clock, today);
    if s.state == RequestState::Closed {
        view.state = gb_wire::ClockState::Stopped;
        view.days_left = None;
        view.says = s.closed.map_or("Answered".into(), |day| format!("Answered {}", gb_law::short_date(day)));
    }
    RequestRow {
        id: s.id,
        reference: s.reference,
        person: s.name,
        right: s.right,
        received: s.received,
        state: s.state,
        clock: view,
        documents: s.documents,
        marks: s.marks,
    }
}

/// The sealed packs of a request, newest first, with how each was sent.
pub(crate) fn packs(open: &Open, id: Id) -> Result<Vec<PackView>, Fault> {
    let read = open.read();
    let sent: BTreeMap<Id, Sending> =
        read.setting(&sendings_of(id)).map_err(faults::store)?.unwrap_or_default();
    let mut packs = read.packs(id).map_err(faults::store)?;
    packs.sort_by_key(|p| std::cmp::Reverse(p.number));
    let newest = packs.first().map(|p| p.id);
    Ok(packs
        .into_iter()
        .map(|pack| PackView {
            superseded: Some(pack.id) != newest,
            sealed_on: sealed_on(&pack),
            sent: sent.get(&pack.id).cloned(),
            pack,
        })
        .collect())
}

/// The day in London on which a pack was sealed.
pub(crate) fn sealed_on(pack: &Pack) -> NaiveDate {
    // The vault wrote this moment itself; a day long past is shown rather than none.
    DateTime::parse_from_rfc3339(&pack.sealed_at)
        .map_or(NaiveDate::MIN, |moment| crate::london_day(moment.into()))
}

fn check_events(
    open: &Open,
    facts: &NewRequest,
    events: &ClockEvents,
    today: NaiveDate,
) -> Result<(), Fault> {
    let nation = open.organisation()?.nation;
    let facts =
        ClockFacts { nation, right: facts.right, received: facts.received, events, today: Some(today) };
    refuse(validate_events(&facts, &Calendar::shipped(nation)))
}

/// Turns the law's refusals into one fault: the first in its field, the others told with it.
fn refuse(refusals: Vec<Refusal>) -> Result<(), Fault> {
    let Some(first) = refusals.first() else { return Ok(()) };
    let all = refusals.iter().map(|r| r.says.as_str()).collect::<Vec<_>>().join(" ");
    Err(Fault::refused(all, "Put it right and save again.").in_field(first.field.clone()))
}

/// The events after one more.
fn apply(before: &ClockEvents, event: &ClockEvent) -> Result<ClockEvents, Fault> {
    let mut after = before.clone();
    match event {
        ClockEvent::Identity(evidence) => after.identity = evidence.clone(),
        ClockEvent::Authority(evidence) => after.authority = evidence.clone(),
        ClockEvent::Fee(evidence) => after.fee = evidence.clone(),
        ClockEvent::Extension(extension) => after.extension = extension.clone(),
        ClockEvent::ClarificationAsked { asked, why, what } => {
            if after.clarifications.last().is_some_and(|c| c.answered.is_none()) {
                return Err(Fault::refused(
                    "A clarification is already open.",
                    "Record its answer first, then ask the next one.",
                ));
            }
            let (why, what) = (why.trim().to_owned(), what.trim().to_owned());
            after.clarifications.push(Clarification { asked: *asked, why, what, answered: None });
        }
        ClockEvent::ClarificationAnswered { answered } => match after.clarifications.last_mut() {
            Some(last) if last.answered.is_none() => last.answered = Some(*answered),
            _ => return Err(Fault::refused("No clarification is open.", "Record the question first.")),
        },
        ClockEvent::ClarificationRemoved => {
            if after.clarifications.pop().is_none() {
                return Err(Fault::refused("There is no clarification to remove.", "Nothing needs doing."));
            }
        }
    }
    Ok(after)
}

/// Takes white space off what people type.
fn tidy(facts: &NewRequest) -> NewRequest {
    let trim = |p: &Personal<String>| Personal::new(p.as_str().trim().to_owned());
    let lines = |l: &[Personal<String>]| l.iter().map(trim).filter(|l| !l.is_blank()).collect::<Vec<_>>();
    let mut out = facts.clone();
    out.subject.name = trim(&facts.subject.name);
    out.subject.email = trim(&facts.subject.email);
    out.subject.address = lines(&facts.subject.address);
    out.subject.also_known_as = lines(&facts.subject.also_known_as);
    out.taken_by = trim(&facts.taken_by);
    out.words = trim(&facts.words);
    out.entity = facts.entity.trim().to_owned();
    out
}

/// The request a document belongs to.
pub(crate) fn request_of(open: &Open, document: Id) -> Result<Request, Fault> {
    let read = open.read();
    let document = read.document(document).map_err(faults::store)?;
    read.request(document.request).map_err(faults::store)
}
