//! What is open: the vault, the documents on the shelf, what can be undone.

use crate::shelf::Shelf;
use crate::undo::UndoBook;
use crate::{documents::Waiting, faults};
use gb_model::{Id, Organisation};
use gb_store::{Act, Read, StoreFault, Tx, Vault};
use gb_wire::{Fault, Surroundings, Which};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// The desk of one Data Protection Officer on one laptop.
pub struct Desk {
    own: PathBuf,
    practice: PathBuf,
    session: Mutex<Session>,
    pub(crate) shelf: Shelf,
    pub(crate) reader: gb_worker::Worker,
}

/// Locked, or open with everything that is only known while open.
pub(crate) enum Session {
    Locked(Locked),
    Open(Box<Open>),
}

/// What is remembered while locked: nothing of what the vault holds.
#[derive(Clone, Copy)]
pub(crate) struct Locked {
    /// The vault that was open last.
    pub which: Which,
    /// Wrong phrases in a row.
    pub wrong: u32,
    /// No phrase is tried before this moment.
    pub not_before: Option<chrono::DateTime<chrono::Utc>>,
}

/// What is known while open.
pub(crate) struct Open {
    pub vault: Vault,
    pub which: Which,
    pub undo: UndoBook,
    pub waiting: HashMap<String, Waiting>,
    pub recovery: Option<gb_store::RecoveryKey>,
    pub lock_after_minutes: u32,
    pub tokens: u32,
}

impl Desk {
    /// A desk whose vaults lie in `home`: the organisation's own, and the practice vault.
    pub fn new(home: PathBuf) -> Self {
        Self::at(home.join("vault"), home.join("practice"))
    }

    /// A desk on one vault, wherever it lies; for scripts.
    pub fn for_vault(vault: &Path) -> Self {
        Self::at(vault.to_owned(), vault.join("practice"))
    }

    fn at(own: PathBuf, practice: PathBuf) -> Self {
        let which = if !own.exists() && practice.exists() { Which::Practice } else { Which::Own };
        let locked = Locked { which, wrong: 0, not_before: None };
        Self {
            own,
            practice,
            session: Mutex::new(Session::Locked(locked)),
            shelf: Shelf::default(),
            reader: gb_worker::Worker::this_program(),
        }
    }

    /// The same desk, with another program as the reader of foreign bytes; it must call
    /// [`crate::serve_reader_if_asked`] first thing.
    pub fn reading_with(mut self, program: PathBuf) -> Self {
        self.reader = gb_worker::Worker::program(program);
        self
    }

    /// The folder of a vault.
    pub(crate) fn folder(&self, which: Which) -> &Path {
        match which {
            Which::Own => &self.own,
            Which::Practice => &self.practice,
        }
    }

    /// The session, whoever held it last. A panic while it was held has rolled its act back, so it is sound.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Does something with the open vault, or says that it is locked.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, Fault>) -> Result<T, Fault> {
        match &mut *self.session() {
            Session::Open(open) => work(open),
            Session::Locked(_) => Err(Fault::locked()),
        }
    }

    /// Locks: closes the vault, forgets documents, words and what could be undone.
    pub(crate) fn close(&self) {
        let mut session = self.session();
        if let Session::Open(open) = &*session {
            *session = Session::Locked(Locked { which: open.which, wrong: 0, not_before: None });
        }
        drop(session);
        self.shelf.clear();
    }

    /// Whether a vault is open.
    pub fn open_now(&self) -> bool {
        matches!(*self.session(), Session::Open(_))
    }
}

impl Open {
    /// A number that no waiting file of this session has had.
    pub(crate) fn next_token(&mut self) -> u32 {
        self.tokens += 1;
        self.tokens
    }

    /// The vault for reading.
    pub(crate) fn read(&self) -> Read<'_> {
        self.vault.read()
    }

    /// The controller; a vault always has one, from the act that made it.
    pub(crate) fn organisation(&self) -> Result<Organisation, Fault> {
        self.read().organisation().map_err(faults::store)?.ok_or_else(|| {
            Fault::new(
                "The vault does not say whose it is.",
                "Everything else in it is as it was.",
                "Open Settings and save the organisation’s particulars.",
            )
        })
    }

    /// One change and its journal row.
    pub(crate) fn act<T>(
        &mut self,
        action: &'static str,
        request: Option<Id>,
        at: &dyn Surroundings,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, ActFault>,
    ) -> Result<T, Fault> {
        let actor = self.actor();
        let act = Act { actor: &actor, action, request, at: at.now() };
        self.vault.act(&act, work).map_err(|fault| match fault {
            ActFault::Store(fault) => faults::store(fault),
            ActFault::Desk(fault) => fault,
        })
    }

    /// Who is named in the journal: the officer of the organisation.
    pub(crate) fn actor(&self) -> String {
        match self.read().organisation() {
            Ok(Some(organisation)) if !organisation.officer.name.is_blank() => {
                organisation.officer.name.as_str().to_owned()
            }
            _ => "Data protection officer".to_owned(),
        }
    }
}

/// What stops an act: the vault, or the desk's own second thoughts.
pub(crate) enum ActFault {
    Store(StoreFault),
    Desk(Fault),
}

impl From<StoreFault> for ActFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<Fault> for ActFault {
    fn from(fault: Fault) -> Self {
        Self::Desk(fault)
    }
}
