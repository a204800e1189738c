//! What the vault promises, tried on real folders: real wrong phrases, real full disks, real kills.

mod at_rest;
mod checking;
mod cuts;
mod door;
mod full_disk;
mod history;
#[cfg(target_os = "linux")]
mod injected;
mod kept;
mod nouns;
mod opening;
mod speed;

use crate::*;
use chrono::{DateTime, NaiveDate, Utc};
use gb_model::*;
use std::path::PathBuf;

pub(crate) const PHRASE: &str = "correct horse battery staple quay";

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("the tests write moments as RFC 3339")
}

pub(crate) fn now() -> DateTime<Utc> {
    at("2026-11-21T09:30:00Z")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("the tests write days as YYYY-MM-DD")
}

pub(crate) fn act(action: &'static str) -> Act<'static> {
    Act { actor: "Dana Whitlock", action, request: None, at: now() }
}

/// A vault in a folder that goes away with it.
pub(crate) struct Practice {
    pub vault: Option<Vault>,
    pub recovery: RecoveryKey,
    home: tempfile::TempDir,
}

impl Practice {
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("there is a temporary folder");
        let made =
            Vault::create(&home.path().join("vault"), PHRASE, KdfCost::FLOOR, now(), Box::new(OsRandom));
        let (vault, recovery) = made.expect("a vault can be made");
        Self { vault: Some(vault), recovery, home }
    }

    pub fn path(&self) -> PathBuf {
        self.home.path().join("vault")
    }

    pub fn vault(&mut self) -> &mut Vault {
        self.vault.as_mut().expect("the test has it open")
    }

    pub fn lock(&mut self) {
        self.vault = None;
    }

    /// Opens it with the recovery key, which costs no stretching, and so no time.
    pub fn try_open(&self) -> Result<Vault, OpenFault> {
        let key = self.recovery.printed();
        Vault::unlock(&self.path(), Secret::Recovery(&key), now(), Box::new(OsRandom))
    }

    pub fn try_phrase(&self, phrase: &str) -> Result<Vault, OpenFault> {
        Vault::unlock(&self.path(), Secret::Phrase(phrase), now(), Box::new(OsRandom))
    }

    pub fn reopen(&mut self) -> &mut Vault {
        self.lock();
        self.vault = Some(self.try_open().expect("it opens again"));
        self.vault()
    }

    /// Logs a request and gives its number.
    pub fn request(&mut self) -> Id {
        let logged = self
            .vault()
            .act(&act("log_request"), |tx| tx.add_request(&a_request("Ada Byron"), day("2026-11-20")));
        done(logged).id
    }

    /// Adds a document to a request.
    pub fn document(&mut self, request: Id, bytes: &[u8]) -> Id {
        let new = a_document(bytes);
        done(self.vault().act(&act("add_document"), |tx| tx.add_document(request, &new, day("2026-11-20"))))
    }
}

/// The closures of tests fail with the store's own faults, or not at all.
pub(crate) fn done<T>(result: Result<T, StoreFault>) -> T {
    result.expect("the vault does this")
}

pub(crate) fn a_request(name: &str) -> NewRequest {
    NewRequest {
        right: Right::Access,
        subject: Subject {
            name: name.into(),
            address: vec!["1 Quay Row".into(), "Hull".into()],
            email: "ada@example.org".into(),
            also_known_as: vec!["Augusta".into()],
        },
        channel: Channel::Email,
        taken_by: "Sam at the desk".into(),
        received: day("2026-11-19"),
        words: "Please send me everything you hold about 100% of my repairs.".into(),
        entity: "Harbour Homes".to_owned(),
    }
}

pub(crate) fn a_document(bytes: &[u8]) -> NewDocument {
    NewDocument { title: "repairs.pdf".into(), bytes: bytes.to_vec(), password: None, pages: 3 }
}

pub(crate) fn a_mark(note: &str) -> NewMark {
    NewMark {
        shape: MarkShape::Rect { page: 1, rect: [10.0, 20.0, 30.5, 40.25] },
        code: Some("third_party".to_owned()),
        note: note.into(),
        answers: vec![Answer { question: "consent".to_owned(), answer: "no".into() }],
        review_on: Some(day("2027-01-04")),
    }
}

/// Bytes that differ for each seed and do not compress.
pub(crate) fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    (0..length.div_ceil(8)).flat_map(|_| step()).take(length).collect()
}

/// Every file in a folder and below.
pub(crate) fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        match entry.path() {
            below if below.is_dir() => found.extend(files(&below)),
            file => found.push(file),
        }
    }
    found
}

pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
