//! What goes out: text, JSON, files, and the reason for stopping.

use gb_wire::{Fault, FaultCode};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::{fmt, fs};

/// Why a call stopped short.
#[derive(Debug)]
pub struct Stop {
    code: u8,
    says: String,
}

/// Done, or why not.
pub type Outcome = Result<(), Stop>;

impl Stop {
    /// Wrong usage.
    pub fn usage(says: impl Into<String>) -> Self {
        Self { code: 2, says: says.into() }
    }

    /// An input could not be read.
    pub fn unreadable(says: impl Into<String>) -> Self {
        Self { code: 3, says: says.into() }
    }

    /// A rule or a proof refused.
    pub fn refused(says: impl Into<String>) -> Self {
        Self { code: 4, says: says.into() }
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        let code = match fault.code {
            Some(FaultCode::Misused) => 2,
            Some(FaultCode::Unreadable | FaultCode::NotFound) => 3,
            Some(FaultCode::Locked | FaultCode::WrongPhrase | FaultCode::VaultUnopened) => 5,
            Some(FaultCode::Refused | FaultCode::Cancelled) | None => 4,
        };
        Self { code, says: fault.to_string() }
    }
}

/// Reads a file whole.
pub fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    fs::read(path).map_err(|why| {
        Stop::unreadable(format!(
            "{} could not be read: {why}. Nothing was written. Check the path and try again.",
            path.display()
        ))
    })
}

/// Reads a text file whole.
pub fn read_text(path: &Path) -> Result<String, Stop> {
    String::from_utf8(read(path)?).map_err(|_| {
        Stop::unreadable(format!("{} is not a text in UTF-8. Nothing was written.", path.display()))
    })
}

/// Writes a file so that it is there whole or not at all.
pub fn write(path: &Path, bytes: &[u8]) -> Outcome {
    gb_desk::write_whole(path, bytes).map_err(Stop::from)
}

/// Prints one JSON document.
pub fn json(value: &Value) {
    say(format!("{value:#}"));
}

/// Prints a line. A reader that has gone away, such as `head`, wants no more: that is no fault.
pub fn say(text: impl fmt::Display) {
    if writeln!(std::io::stdout().lock(), "{text}").is_err() {
        std::process::exit(0);
    }
}
