//! The nouns of a Data Protection Officer's work, as values that cannot be built wrong.
//!
//! A reference is a reference only if it reads `GB-2026-0001`; a nation is one of three; text about a
//! person wears a coat ([`Personal`]) so that it never prints by accident. This crate refuses IO, clocks,
//! SQL and rules: what the law asks stands in `gb-law`, what is kept stands in `gb-store`.

mod document;
mod journal;
mod mark;
mod organisation;
mod pack;
mod personal;
mod reference;
mod request;

pub use document::{Disclosure, Document, NewDocument};
pub use journal::JournalRow;
pub use mark::{Answer, Mark, MarkShape, NewMark};
pub use organisation::{ControllerKind, Nation, Officer, Organisation, Regulator};
pub use pack::{Pack, PackPage};
pub use personal::Personal;
pub use reference::{Reference, ReferenceFault};
pub use request::{
    Channel, Clarification, ClockEvents, Evidence, Extension, NewRequest, Request, RequestState, Right,
    Subject,
};

/// The key of a row in the vault. Screens and scripts pass it back; they never read meaning into it.
pub type Id = i64;
