//! Where a test stands in for the person at a native dialog, and shortens the wait for the idle lock.
//!
//! It exists in development builds only, and only when `GUARDBOOK_SEAM` names a file; `GUARDBOOK_CALLED` names another,
//! made at the page's first call, so that a start can be timed with nobody driving the window. The file is a list of answers,
//! `[{"open":["/a.pdf"]},{"save":"/out.pdf"}]`, taken in order and read again at each question, so that a journey can
//! add to it as it goes. An answer of the wrong kind, or none, is a person who thought better of it.

use std::path::PathBuf;
use std::time::Duration;

/// What the seam says to a dialog.
pub enum Seam {
    /// There is no seam: ask the person.
    None,
    /// The files to open; empty for none.
    Open(Vec<PathBuf>),
    /// The place to save at.
    Save(Option<PathBuf>),
}

#[cfg(not(debug_assertions))]
mod closed {
    use super::{Duration, Seam};

    pub fn files_to_open() -> Seam {
        Seam::None
    }
    pub fn file_to_save() -> Seam {
        Seam::None
    }
    pub fn standing() -> bool {
        false
    }
    pub fn called() {}
    pub fn lock_after() -> Option<Duration> {
        None
    }
}

#[cfg(debug_assertions)]
mod open {
    use super::{Duration, PathBuf, Seam};
    use serde_json::Value;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::{env, fs};

    static TAKEN: AtomicUsize = AtomicUsize::new(0);

    pub fn files_to_open() -> Seam {
        next().map_or(Seam::None, |answer| Seam::Open(paths(&answer["open"])))
    }

    pub fn file_to_save() -> Seam {
        next().map_or(Seam::None, |answer| Seam::Save(answer["save"].as_str().map(PathBuf::from)))
    }

    pub fn standing() -> bool {
        env::var_os("GUARDBOOK_SEAM").is_some()
    }

    pub fn called() {
        if let Some(sign) = env::var_os("GUARDBOOK_CALLED") {
            // The test that waits for it will say that it never came.
            let _ = fs::write(sign, "");
        }
    }

    pub fn lock_after() -> Option<Duration> {
        let seconds = env::var("GUARDBOOK_LOCK_AFTER_SECONDS").ok()?.parse().ok()?;
        Some(Duration::from_secs(seconds))
    }

    fn next() -> Option<Value> {
        let file = env::var_os("GUARDBOOK_SEAM")?;
        let answers: Vec<Value> =
            fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Some(answers.into_iter().nth(TAKEN.fetch_add(1, Ordering::Relaxed)).unwrap_or_default())
    }

    fn paths(list: &Value) -> Vec<PathBuf> {
        list.as_array().into_iter().flatten().filter_map(Value::as_str).map(PathBuf::from).collect()
    }
}

#[cfg(not(debug_assertions))]
pub use closed::{called, file_to_save, files_to_open, lock_after, standing};
#[cfg(debug_assertions)]
pub use open::{called, file_to_save, files_to_open, lock_after, standing};
