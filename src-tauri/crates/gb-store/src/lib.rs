//! The vault: where everything a Data Protection Officer is trusted with lies, encrypted, on one computer.
//!
//! A vault is a folder. [`Vault::create`] and [`Vault::unlock`] are the only ways to one that is open, and
//! [`Vault::act`] is the only way to change what is in it: it begins, runs, writes one row of the journal in
//! the same transaction, and commits. Whoever holds a [`Tx`] can write; nobody else can get one.
//!
//! This crate refuses rules (what the law asks stands in `gb-law`), PDFs, anything made for the screen, clocks
//! and randomness of its own: the moment and the [`Randomness`] come in as arguments.
//!
//! ```text
//! vault.json, vault.json.bak   key slots: which phrase opens the vault, and how hard that is to guess
//! guardbook.db                 one SQLCipher database, opened with a raw key that is never a SQL text
//! objects/aa/<id>.gbo          documents over 256 KiB, each under its own key, never changed once written
//! lock                         held through the operating system while the vault is open
//! ```
//!
//! # Keys
//!
//! A phrase goes through Argon2id, a recovery key through HKDF; either opens a slot that wraps the same random
//! vault key with XChaCha20-Poly1305. From the vault key HKDF-SHA256 draws one key for each purpose: the
//! database, the wrapping of object keys, the naming of objects, the journal's seals, the header's seal.
//! Changing the phrase rewraps the vault key and rewrites nothing else.
//!
//! # Where SQLCipher takes its cipher from
//!
//! On Linux from the system's libcrypto (`libssl-dev` to build), so that it is patched with the system. On
//! Windows from OpenSSL built in, because Windows has none. On macOS from CommonCrypto, which the build script
//! of `libsqlite3-sys` picks by itself when no OpenSSL is pointed at. Every opening asserts that
//! `PRAGMA cipher_version` answers: a build without the cipher would silently keep a plain database.
//!
//! # What this cannot do
//!
//! Somebody who has both the folder and the phrase can put back an older copy of the whole folder, or write a
//! new history; only an [`Anchor`] kept elsewhere (printed on a letter or a pack) shows that. Overwriting does
//! not erase on a solid-state disk: what is removed is made unreadable by removing its key.

mod act;
mod check;
mod columns;
mod database;
mod faults;
mod folder;
mod header;
mod hex;
mod journal;
mod keys;
mod lock;
mod migrations;
mod objects;
mod randomness;
mod raw;
mod read;
mod recovery;
mod remember;
mod stream;
mod tables;
#[cfg(test)]
mod tests;
mod vault;

pub use act::{Act, Tx};
pub use check::Trouble;
pub use faults::{OpenFault, StoreFault};
pub use header::SlotKind;
pub use journal::{Anchor, JournalBreak, JournalProof};
pub use keys::KdfCost;
pub use objects::ObjectId;
pub use randomness::{NoRandomness, OsRandom, Randomness};
pub use read::Read;
pub use recovery::{RecoveryKey, RecoveryKeyFault};
pub use remember::Cache;
pub use tables::{NewPack, RequestSummary};
pub use vault::{Description, Secret, Store, Vault};
