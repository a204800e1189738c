//! Documents taken out of the vault to be read, kept open in memory while they are in use.

use crate::ahead::Foreseen;
use gb_model::Id;
use gb_redact::{Document, PageRecord};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Documents kept open. A DPO turns between a few; each holds its file's bytes.
const DOCUMENTS: usize = 6;
/// Rebuilt pages kept for the After view.
const AFTER_PAGES: usize = 12;
/// Documents of which is remembered how their pages will go: a large case, and room to turn to another.
const FORESEEN: usize = 512;

/// What is open. Forgotten whole when the vault locks.
#[derive(Default)]
pub(crate) struct Shelf {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    documents: VecDeque<(Key, Document)>,
    after: VecDeque<(Id, u32, Built)>,
    foreseen: VecDeque<(String, Foreseen)>,
}

/// A page built alone: the file, and what the engine says of it.
pub(crate) type Built = (Document, PageRecord);

/// A document of a request, or a sealed pack: their keys are counted apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Source(Id),
    Pack(Id),
}

impl Shelf {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An open document, moved to the front.
    pub fn get(&self, key: Key) -> Option<Document> {
        let mut kept = self.kept();
        let at = kept.documents.iter().position(|(k, _)| *k == key)?;
        let entry = kept.documents.remove(at)?;
        let document = entry.1.clone();
        kept.documents.push_front(entry);
        Some(document)
    }

    /// Keeps a document open.
    pub fn put(&self, key: Key, document: Document) {
        let mut kept = self.kept();
        kept.documents.retain(|(k, _)| *k != key);
        kept.documents.push_front((key, document));
        kept.documents.truncate(DOCUMENTS);
    }

    /// A rebuilt page.
    pub fn after(&self, document: Id, page: u32) -> Option<Built> {
        self.kept()
            .after
            .iter()
            .find(|(d, p, _)| (*d, *p) == (document, page))
            .map(|(_, _, built)| built.clone())
    }

    /// Keeps a rebuilt page.
    pub fn put_after(&self, document: Id, page: u32, built: Built) {
        let mut kept = self.kept();
        kept.after.push_front((document, page, built));
        kept.after.truncate(AFTER_PAGES);
    }

    /// A document's marks have changed: its rebuilt pages are no longer true.
    pub fn forget_after(&self, document: Id) {
        self.kept().after.retain(|(d, _, _)| *d != document);
    }

    /// What was foreseen, under the fingerprint of what it depends on.
    pub fn foreseen(&self, key: &str) -> Option<Foreseen> {
        self.kept().foreseen.iter().find(|(k, _)| k == key).map(|(_, f)| f.clone())
    }

    /// Keeps what was foreseen.
    pub fn put_foreseen(&self, key: String, foreseen: Foreseen) {
        let mut kept = self.kept();
        kept.foreseen.retain(|(k, _)| *k != key);
        kept.foreseen.push_front((key, foreseen));
        kept.foreseen.truncate(FORESEEN);
    }

    /// A document was taken off.
    pub fn forget(&self, document: Id) {
        self.kept().documents.retain(|(k, _)| *k != Key::Source(document));
        self.forget_after(document);
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.kept() = Kept::default();
    }
}
