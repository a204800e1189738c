use crate::{ObjectId, Randomness, Read, StoreFault, Vault, database::fault, journal};
use chrono::{DateTime, Utc};
use gb_model::Id;
use rusqlite::{Params, TransactionBehavior};
use std::ops::Deref;

/// Who does what, and when: what the journal's row says besides what was touched.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// Who does it.
    pub actor: &'a str,
    /// What is done, such as `add_document`. A word of the program's own, so that no content gets in.
    pub action: &'static str,
    /// The request it concerns, if one. [`Tx::add_request`] fills it in for a request that is just being made.
    pub request: Option<Id>,
    /// The moment.
    pub at: DateTime<Utc>,
}

/// A write under way. It reads whatever [`Read`] reads, and it alone writes.
pub struct Tx<'v> {
    read: Read<'v>,
    pub(crate) random: &'v mut dyn Randomness,
    pub(crate) request: Option<Id>,
    touched: Vec<String>,
    /// Objects that may have lost the last row that spoke of them.
    pub(crate) loosened: Vec<ObjectId>,
    broken: bool,
}

impl<'v> Deref for Tx<'v> {
    type Target = Read<'v>;
    fn deref(&self) -> &Read<'v> {
        &self.read
    }
}

impl Vault {
    /// Does one thing: begins, runs `work`, appends one row to the journal, commits. If `work` fails, or the
    /// commit does, nothing of it remains.
    pub fn act<T, E: From<StoreFault>>(
        &mut self,
        act: &Act<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (done, loosened) = self.run(act, work)?;
        // After the commit, so that a file is only removed when nothing can bring its row back. A file that
        // stays is swept at a later opening; without its row it has no key.
        for object in &loosened {
            self.read().remove_file_without_row(object);
        }
        if !loosened.is_empty() {
            // What was removed still stands in the log; this takes it out. If the disk is too full for it now,
            // locking does it.
            let _ = self.checkpoint();
        }
        Ok(done)
    }

    fn run<T, E: From<StoreFault>>(
        &mut self,
        act: &Act<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Vec<ObjectId>), E> {
        let begun = self.database.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(StoreFault::from)?;
        let mut tx = Tx {
            read: Read { database: &transaction, keys: &self.keys, folder: &self.folder },
            random: self.random.as_mut(),
            request: act.request,
            touched: Vec::new(),
            loosened: Vec::new(),
            broken: false,
        };
        let done = work(&mut tx)?;
        tx.remove_loosened_objects()?;
        journal::append(&mut tx, act)?;
        let loosened = std::mem::take(&mut tx.loosened);
        let ended = transaction.commit();
        ended.map_err(|error| fault(&self.database, error))?;
        Ok((done, loosened))
    }
}

impl Tx<'_> {
    /// Notes for the journal what was touched: a kind of row, its number, and what became of it or which field
    /// changed. All words are the program's own, so content cannot get in. Every writing method does this.
    pub fn touched(&mut self, what: &'static str, id: Id, how: &'static str) {
        self.touched_note(format!("{what} {id} {how}"));
    }

    /// Notes what was touched, as keys and field names.
    pub(crate) fn touched_note(&mut self, note: String) {
        if self.touched.last() != Some(&note) {
            self.touched.push(note);
        }
    }

    /// Everything touched, as the journal keeps it.
    pub(crate) fn touched_text(&self) -> String {
        self.touched.join("; ")
    }

    /// Writes. One failure ends the whole act: SQLite may already have rolled back, and a later statement
    /// would then stand alone, outside the journal.
    pub(crate) fn write(&mut self, statement: &str, params: impl Params) -> Result<usize, StoreFault> {
        if self.broken || self.read.database.is_autocommit() {
            return Err(StoreFault::Abandoned);
        }
        let written =
            self.read.database.prepare_cached(statement).and_then(|mut prepared| prepared.execute(params));
        written.map_err(|error| {
            self.broken = true;
            fault(self.read.database, error)
        })
    }

    /// Writes to the row with this number, which must be there.
    pub(crate) fn write_one(
        &mut self,
        what: &'static str,
        id: Id,
        statement: &str,
        params: impl Params,
    ) -> Result<(), StoreFault> {
        match self.write(statement, params)? {
            0 => Err(StoreFault::NotFound { what, id }),
            _ => Ok(()),
        }
    }

    /// The number the database gave the row just added.
    pub(crate) fn last_id(&self) -> Id {
        self.read.database.last_insert_rowid()
    }
}
