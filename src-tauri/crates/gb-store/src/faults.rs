use crate::{NoRandomness, RecoveryKeyFault};
use chrono::{DateTime, Utc};
use std::io;

/// Why a vault did not open, was not made, or did not change its keys.
///
/// Each says what happened, what is safe, and what to do next. None carries a phrase, a name or a path.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// No header in the folder.
    #[error(
        "This folder is not a Guardbook vault. Nothing in it has been read or changed. Choose the folder that \
         holds the file vault.json, or make a new vault."
    )]
    NotAVault,
    /// Written by a later version.
    #[error(
        "This vault was last opened by a newer Guardbook (format {found}). Nothing in it has been changed. \
         Install the newest Guardbook on this computer and open it again."
    )]
    NewerThanMe {
        /// The format or schema number found.
        found: u32,
    },
    /// The phrase opens no slot. A damaged slot looks the same from outside, and reads the same here.
    #[error(
        "That passphrase does not open this vault. Everything in it is safe and unchanged. Try again, with an \
         eye on capitals and spaces, or use the recovery key."
    )]
    WrongPhrase,
    /// The recovery key opens no slot.
    #[error(
        "That recovery key does not open this vault. Everything in it is safe and unchanged. Check that the \
         key was issued for this vault and is the latest one, or use the passphrase."
    )]
    WrongRecoveryKey,
    /// The recovery key was not typed as it was printed.
    #[error(transparent)]
    Recovery(#[from] RecoveryKeyFault),
    /// Part of the vault cannot be read.
    #[error(
        "Part of this vault is damaged: {what}. Nothing has been changed, and no document has been deleted. \
         Copy the whole folder somewhere safe as it is, then restore the latest backup."
    )]
    Damaged {
        /// Which part, in words a person can act on.
        what: &'static str,
    },
    /// Another window or user has it open.
    #[error(
        "This vault is already open{}. Nothing has been changed. Close it there, then open it here.",
        since.map(|at| format!(", since {} UTC", at.format("%-d %B %Y %H:%M"))).unwrap_or_default()
    )]
    InUse {
        /// Since when, where the lock says.
        since: Option<DateTime<Utc>>,
    },
    /// No room for a new vault.
    #[error(
        "There is no room left on the disk. Everything already saved is safe. Free some space, then try again."
    )]
    DiskFull,
    /// Something already stands where the vault should go.
    #[error(
        "There is already something in this folder. Nothing in it has been changed. Choose an empty folder for \
         the new vault, or open the vault that is there."
    )]
    Exists,
    /// The phrase would be, or has been made, too cheap to guess.
    #[error(
        "The guard against guessing the passphrase is set outside what Guardbook accepts. Nothing has been \
         opened or changed. If you did not change vault.json yourself, restore it from the latest backup."
    )]
    WeakKdf,
    /// The phrase is empty.
    #[error(
        "The passphrase is empty. Nothing has been changed. Type a passphrase, or let Guardbook make one of \
         five words."
    )]
    EmptyPhrase,
    /// Too little memory to stretch the phrase.
    #[error(
        "This computer has not enough free memory to check the passphrase. Everything in the vault is safe and \
         unchanged. Close other programs and try again."
    )]
    NoMemory,
    /// SQLCipher is missing from this build.
    #[error(
        "This copy of Guardbook was built without its cipher, so it will not touch a vault. Nothing has been \
         changed. Install Guardbook again from where it was issued."
    )]
    NoCipher,
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The folder could not be read or written.
    #[error(
        "The vault's folder could not be read or written ({kind}). What was saved before is unchanged. Check \
         that the disk is connected and that you may write to the folder, then try again."
    )]
    Io {
        /// What the system said, as a kind; never a path.
        kind: io::ErrorKind,
    },
    /// What went wrong inside the open database.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why something was not read from, or written to, an open vault.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// No such row.
    #[error(
        "There is no {what} with number {id} in this vault. Nothing has been changed. Go back to the list and choose again."
    )]
    NotFound {
        /// What was looked for: `request`, `document`, `mark`, `pack`.
        what: &'static str,
        /// Its number.
        id: i64,
    },
    /// A row speaks of an object that is not there.
    #[error(
        "The stored file {id} is missing from the vault. Nothing else is affected. Restore the vault from the \
         latest backup, or put the file back into the objects folder."
    )]
    MissingObject {
        /// The object's id.
        id: String,
    },
    /// An object does not decrypt, or is not what its name says.
    #[error(
        "The stored file {id} is damaged and was not shown. Nothing else is affected. Restore the vault from \
         the latest backup."
    )]
    DamagedObject {
        /// The object's id.
        id: String,
    },
    /// Part of the database cannot be read.
    #[error(
        "Part of this vault is damaged: {what}. Nothing has been changed. Copy the whole folder somewhere safe \
         as it is, then restore the latest backup."
    )]
    Damaged {
        /// Which part, in words a person can act on.
        what: &'static str,
    },
    /// No room.
    #[error(
        "There is no room left on the disk, so this was not saved. Everything saved before is safe. Free some \
         space, then do it again."
    )]
    DiskFull,
    /// The database would have broken one of its own rules.
    #[error(
        "The vault refused this because it would contradict what is already kept (rule {code}). Nothing has \
         been changed. Close and open the request, then try again; if it is refused again, report the number."
    )]
    Refused {
        /// SQLite's extended result code.
        code: i32,
    },
    /// The transaction ended before its time, so nothing more may be written in it.
    #[error(
        "This could not be saved because an earlier step of it failed. Nothing has been changed. Do it again \
         from the start."
    )]
    Abandoned,
    /// No randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The folder could not be read or written.
    #[error(
        "The vault's folder could not be read or written ({kind}). What was saved before is unchanged. Check \
         that the disk is connected, then do it again."
    )]
    Io {
        /// What the system said, as a kind; never a path.
        kind: io::ErrorKind,
    },
    /// Anything else the database said.
    #[error(
        "The vault's database could not do this (code {code}). What was saved before is unchanged. Lock the \
         vault, open it and try again; if it happens again, report the number."
    )]
    Database {
        /// SQLite's extended result code, 0 where it was not SQLite's.
        code: i32,
    },
}

/// Whether the system's complaint means there is no room: full, over quota, or over a limit on file size.
pub(crate) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

impl From<io::Error> for OpenFault {
    fn from(error: io::Error) -> Self {
        if is_full(&error) { Self::DiskFull } else { Self::Io { kind: error.kind() } }
    }
}

impl From<io::Error> for StoreFault {
    fn from(error: io::Error) -> Self {
        if is_full(&error) { Self::DiskFull } else { Self::Io { kind: error.kind() } }
    }
}

// The message of a rusqlite error is dropped on purpose: only its number is sure to hold nobody's data.
impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let Some(failure) = error.sqlite_error() else {
            return match error {
                rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
                    Self::Damaged { what: "a row that does not read as it was written" }
                }
                _ => Self::Database { code: 0 },
            };
        };
        match failure.code {
            Code::DiskFull => Self::DiskFull,
            Code::NotADatabase | Code::DatabaseCorrupt => Self::Damaged { what: "the database guardbook.db" },
            Code::ConstraintViolation => Self::Refused { code: failure.extended_code },
            _ => Self::Database { code: failure.extended_code },
        }
    }
}

impl From<rusqlite::Error> for OpenFault {
    fn from(error: rusqlite::Error) -> Self {
        StoreFault::from(error).into_open()
    }
}

impl StoreFault {
    /// The same fault, met while opening.
    pub(crate) fn into_open(self) -> OpenFault {
        match self {
            Self::DiskFull => OpenFault::DiskFull,
            Self::Damaged { what } => OpenFault::Damaged { what },
            Self::Io { kind } => OpenFault::Io { kind },
            Self::NoRandomness(none) => OpenFault::NoRandomness(none),
            other => OpenFault::Store(other),
        }
    }
}
