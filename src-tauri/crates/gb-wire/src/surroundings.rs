use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// How far long work has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// What is being done now, in words.
    pub stage: String,
    /// Steps done in this stage.
    pub done: u32,
    /// Steps in this stage.
    pub total: u32,
}

/// What kind of file is asked for; the dialog filters by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Documents for a request.
    Documents,
    /// A sealed pack or a letter.
    Pdf,
    /// A certificate.
    Json,
    /// A folder that holds, or will hold, a vault.
    VaultFolder,
}

/// What a command may ask of the place it runs in: the day, the person's choice of files, a listener.
///
/// The window answers with native dialogs, a script with what it was given. No path ever crosses to the screen.
pub trait Surroundings: Sync {
    /// The moment, UTC.
    fn now(&self) -> DateTime<Utc>;
    /// The day in London.
    fn today(&self) -> NaiveDate;
    /// Files to read; empty when the person thought better of it.
    fn files_to_open(&self, kind: FileKind) -> Vec<PathBuf>;
    /// Where to write; none when the person thought better of it.
    fn file_to_save(&self, kind: FileKind, suggested: &str) -> Option<PathBuf>;
    /// Shows a written file in the system's file manager, where there is one.
    fn show(&self, file: &Path);
    /// Hears how far the work has come.
    fn progress(&self, progress: Progress);
    /// Whether the person has asked to stop.
    fn cancelled(&self) -> bool;
}
