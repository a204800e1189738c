//! What Ctrl+Z undoes: the last committed actions of this session, request by request.
//!
//! An undo is an act of its own, journalled like any other; nothing is unwritten. Taking a document off, sealing
//! and sending are not undone here.

use gb_model::{ClockEvents, Document, Id, Mark, NewMark, NewRequest};
use gb_store::{StoreFault, Tx};
use std::collections::HashMap;

/// How many actions are remembered for each request.
const DEPTH: usize = 200;

/// An action that can be undone and done again.
#[derive(Clone)]
pub(crate) enum Change {
    MarkMade(Mark),
    MarkTaken(Mark),
    MarkChanged { id: Id, document: Id, before: NewMark, after: NewMark },
    Facts { request: Id, before: NewRequest, after: NewRequest },
    Clock { request: Id, before: ClockEvents, after: ClockEvents },
    Document { before: Document, after: Document },
}

/// The actions of a session.
#[derive(Default)]
pub(crate) struct UndoBook {
    by_request: HashMap<Id, Pages>,
}

#[derive(Default)]
struct Pages {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl UndoBook {
    /// Notes an action; whatever had been undone can no longer be done again.
    pub fn note(&mut self, request: Id, change: Change) {
        let pages = self.by_request.entry(request).or_default();
        pages.undone.clear();
        pages.done.push(change);
        if pages.done.len() > DEPTH {
            pages.done.remove(0);
        }
    }

    /// Forgets a request's actions, after something that cannot be undone.
    pub fn forget(&mut self, request: Id) {
        self.by_request.remove(&request);
    }

    /// The action that would be undone.
    pub fn to_undo(&self, request: Id) -> Option<&Change> {
        self.by_request.get(&request)?.done.last()
    }

    /// The action that would be done again.
    pub fn to_redo(&self, request: Id) -> Option<&Change> {
        self.by_request.get(&request)?.undone.last()
    }

    /// The last action was undone.
    pub fn undone(&mut self, request: Id) {
        if let Some(pages) = self.by_request.get_mut(&request) {
            pages.undone.extend(pages.done.pop());
        }
    }

    /// The last undone action was done again.
    pub fn redone(&mut self, request: Id) {
        if let Some(pages) = self.by_request.get_mut(&request) {
            pages.done.extend(pages.undone.pop());
        }
    }
}

impl Change {
    /// What it was, in words.
    pub fn says(&self) -> &'static str {
        match self {
            Change::MarkMade(_) => "Marking",
            Change::MarkTaken(_) => "Taking a mark away",
            Change::MarkChanged { .. } => "Changing a mark",
            Change::Facts { .. } => "Correcting the request",
            Change::Clock { .. } => "Recording a clock event",
            Change::Document { .. } => "Changing a document’s entry",
        }
    }

    /// The document it happened on.
    pub fn document(&self) -> Option<Id> {
        match self {
            Change::MarkMade(mark) | Change::MarkTaken(mark) => Some(mark.document),
            Change::MarkChanged { document, .. } => Some(*document),
            Change::Document { after, .. } => Some(after.id),
            Change::Facts { .. } | Change::Clock { .. } => None,
        }
    }

    /// Undoes it inside an act.
    pub fn undo(&self, tx: &mut Tx<'_>, by: &Stamp) -> Result<(), StoreFault> {
        match self {
            Change::MarkMade(mark) => tx.remove_mark(mark.id).map(drop),
            Change::MarkTaken(mark) => tx.restore_mark(mark),
            Change::MarkChanged { id, before, .. } => tx.change_mark(*id, before, &by.who, by.on),
            Change::Facts { request, before, .. } => tx.change_request(*request, before),
            Change::Clock { request, before, .. } => tx.set_clock(*request, before),
            Change::Document { before, after } => set_document(tx, after, before),
        }
    }

    /// Does it again inside an act.
    pub fn redo(&self, tx: &mut Tx<'_>, by: &Stamp) -> Result<(), StoreFault> {
        match self {
            Change::MarkMade(mark) => tx.restore_mark(mark),
            Change::MarkTaken(mark) => tx.remove_mark(mark.id).map(drop),
            Change::MarkChanged { id, after, .. } => tx.change_mark(*id, after, &by.who, by.on),
            Change::Facts { request, after, .. } => tx.change_request(*request, after),
            Change::Clock { request, after, .. } => tx.set_clock(*request, after),
            Change::Document { before, after } => set_document(tx, before, after),
        }
    }
}

/// Who changes a mark, and when.
pub(crate) struct Stamp {
    pub who: gb_model::Personal<String>,
    pub on: chrono::NaiveDate,
}

/// Writes what differs between two states of a document's entry.
pub(crate) fn set_document(tx: &mut Tx<'_>, from: &Document, to: &Document) -> Result<(), StoreFault> {
    if from.title != to.title {
        tx.rename_document(to.id, &to.title)?;
    }
    if from.dated != to.dated {
        tx.date_document(to.id, to.dated)?;
    }
    if (from.disclosure, &from.withheld_code) != (to.disclosure, &to.withheld_code) {
        tx.set_disclosure(to.id, to.disclosure, to.withheld_code.as_deref())?;
    }
    if from.position != to.position {
        tx.move_document(to.id, to.position)?;
    }
    Ok(())
}
