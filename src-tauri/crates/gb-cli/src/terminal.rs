//! What a command may ask of the place it runs in, when that place is a terminal.

use chrono::{DateTime, NaiveDate, Utc};
use gb_wire::{FileKind, Progress, Surroundings};
use std::path::{Path, PathBuf};

/// A terminal: files were named on the command line, and nobody cancels but by ending the process.
#[derive(Default)]
pub struct Terminal {
    /// Files to open when asked.
    pub open: Vec<PathBuf>,
}

impl Surroundings for Terminal {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
    fn today(&self) -> NaiveDate {
        gb_desk::london_day(self.now())
    }
    fn files_to_open(&self, _: FileKind) -> Vec<PathBuf> {
        self.open.clone()
    }
    fn file_to_save(&self, _: FileKind, _: &str) -> Option<PathBuf> {
        None
    }
    fn show(&self, _: &Path) {}
    fn progress(&self, _: Progress) {}
    fn cancelled(&self) -> bool {
        false
    }
}
