use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// What went wrong, in three parts a person can act on. Never personal data, never the text that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fault {
    /// What happened.
    pub what: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
    /// Set only where the screen or a script acts on it.
    pub code: Option<FaultCode>,
    /// The field of a form the fault belongs to.
    pub field: Option<String>,
}

/// Faults that the screen or a script tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// The vault is locked or was never opened.
    Locked,
    /// The passphrase or recovery key does not open the vault.
    WrongPhrase,
    /// The vault could not be opened for another reason.
    VaultUnopened,
    /// A rule, a gate or a failed proof stands in the way.
    Refused,
    /// A file could not be read.
    Unreadable,
    /// The person stopped the work.
    Cancelled,
    /// What was asked for is not there.
    NotFound,
    /// The call itself was not understood.
    Misused,
}

impl Fault {
    /// A fault in three sentences.
    pub fn new(what: impl Into<String>, safe: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), safe: safe.into(), next: next.into(), code: None, field: None }
    }

    /// A rule stands in the way; nothing was changed.
    pub fn refused(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self::new(what, "Nothing was changed.", next).with_code(FaultCode::Refused)
    }

    /// The vault is locked.
    pub fn locked() -> Self {
        Self::new(
            "The vault is locked.",
            "Everything saved is safe in it.",
            "Unlock it with your passphrase.",
        )
        .with_code(FaultCode::Locked)
    }

    /// The person stopped the work.
    pub fn cancelled(what: impl Into<String>) -> Self {
        Self::new(what, "Nothing was changed.", "Start it again when you are ready.")
            .with_code(FaultCode::Cancelled)
    }

    /// Marks the fault with a code.
    pub fn with_code(mut self, code: FaultCode) -> Self {
        self.code = Some(code);
        self
    }

    /// Ties the fault to a field of the form.
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.what, self.safe, self.next)
    }
}

impl std::error::Error for Fault {}
