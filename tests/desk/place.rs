//! A desk in a folder of its own, on a day that stands still until it is told to move.

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use gb_desk::gb_model::Id;
use gb_desk::gb_wire::{
    Added, Commands, FileKind, IdRef, Nothing, Progress, RequestFilter, RequestRow, RequestView, Surroundings,
};
use gb_desk::{Desk, script};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use tempfile::TempDir;

/// The program that reads foreign bytes for the desks of these tests.
pub fn reader() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_desk-child"))
}

/// The passphrase of every vault made here.
pub const PHRASE: &str = "practice makes perfect";

/// Surroundings that a test holds the strings of.
pub struct Around {
    seconds: AtomicI64,
    pub open: Mutex<Vec<PathBuf>>,
    pub save: Mutex<Option<PathBuf>>,
    pub stop: AtomicBool,
    /// Stop once this many reports of progress have come; zero for never.
    pub stop_after: AtomicU32,
    reports: AtomicU32,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            seconds: AtomicI64::new(0),
            open: Mutex::default(),
            save: Mutex::default(),
            stop: AtomicBool::new(false),
            stop_after: AtomicU32::new(0),
            reports: AtomicU32::new(0),
        }
    }
}

impl Around {
    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Surroundings for Around {
    fn now(&self) -> DateTime<Utc> {
        let noon = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).single().expect("a real moment");
        noon + Duration::seconds(self.seconds.load(Ordering::SeqCst))
    }
    fn today(&self) -> NaiveDate {
        gb_desk::london_day(self.now())
    }
    fn files_to_open(&self, _: FileKind) -> Vec<PathBuf> {
        self.open.lock().expect("no panic holds it").clone()
    }
    fn file_to_save(&self, _: FileKind, _: &str) -> Option<PathBuf> {
        self.save.lock().expect("no panic holds it").clone()
    }
    fn show(&self, _: &Path) {}
    fn progress(&self, _: Progress) {
        let so_far = self.reports.fetch_add(1, Ordering::SeqCst) + 1;
        let after = self.stop_after.load(Ordering::SeqCst);
        if after > 0 && so_far >= after {
            self.stop.store(true, Ordering::SeqCst);
        }
    }
    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

/// A desk, its folder and its surroundings.
pub struct Place {
    pub desk: Desk,
    pub at: Around,
    pub folder: TempDir,
}

impl Place {
    /// A desk without a vault.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let desk = Desk::for_vault(&folder.path().join("vault")).reading_with(reader());
        Self { desk, at: Around::default(), folder }
    }

    /// A desk open on the practice cases.
    pub fn practice() -> Self {
        let place = Self::empty();
        script::practice(&place.desk, PHRASE, &place.at).expect("the practice vault is made");
        place
    }

    /// The vault's folder.
    pub fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    /// Every request.
    pub fn requests(&self) -> Vec<RequestRow> {
        let all = RequestFilter { text: String::new(), state: None };
        self.desk.requests(all, &self.at).expect("the list")
    }

    /// The key of a case.
    pub fn case(&self, reference: &str) -> Id {
        self.requests().into_iter().find(|r| r.reference.to_string() == reference).expect("the case").id
    }

    /// A case, whole.
    pub fn view(&self, reference: &str) -> RequestView {
        self.desk.request(IdRef { id: self.case(reference) }, &self.at).expect("the case")
    }

    /// Offers files to a case, as a dialog would.
    pub fn offer(&self, reference: &str, files: &[(&str, Vec<u8>)]) -> Added {
        let paths = files
            .iter()
            .map(|(name, bytes)| {
                let path = self.folder.path().join(name);
                fs::write(&path, bytes).expect("writes a file to offer");
                path
            })
            .collect();
        *self.at.open.lock().expect("no panic holds it") = paths;
        self.desk
            .documents_add(IdRef { id: self.case(reference) }, &self.at)
            .expect("offering files is no fault")
    }

    /// Locks and opens again.
    pub fn reopen(&self) {
        self.desk.vault_lock(Nothing {}, &self.at).expect("locks");
        script::unlock(&self.desk, PHRASE, &self.at).expect("the vault opens");
    }

    /// The vault verifies.
    pub fn is_sound(&self) -> bool {
        let report = script::check_vault(&self.desk).expect("the vault can be checked");
        assert_eq!(report["troubles"], serde_json::json!([]), "the vault must verify");
        report["sound"] == true
    }
}
