//! The desk: one function for each thing a Data Protection Officer does, and the only door for writes.
//!
//! [`Desk`] implements the contract of `gb-wire` on top of the vault, the law, the engine and the paper. It keeps
//! what is open, hands every change to `Vault::act` so that it lands in the journal, and turns every fault of the
//! crates below into three sentences a person can act on. [`script`] and [`tools`] are the same desk for the
//! terminal.
//!
//! This crate refuses Tauri, clocks and dialogs: the day, the choice of files and the listener for progress come
//! in as [`gb_wire::Surroundings`].

mod ahead;
mod clock;
mod commands;
mod documents;
mod faults;
mod file_copy;
mod files;
mod handbook;
mod history;
mod letter;
mod marks;
mod opening;
mod pages;
mod paper;
mod plan;
mod practice;
mod requests;
mod seal;
mod session;
mod settings;
mod shelf;
mod strength;
mod today;
mod undo;

pub mod script;
pub mod tools;

// What the desk's own signatures are made of, for callers that know nothing else.
pub use {gb_model, gb_wire};

pub use files::write_whole;
pub use session::Desk;

use chrono::{DateTime, NaiveDate, Utc};

/// The day in London at a moment.
pub fn london_day(moment: DateTime<Utc>) -> NaiveDate {
    gb_law::uk_local(moment).0.date()
}

/// Becomes the reader of foreign bytes, and never returns, when this process was started as one.
pub fn serve_reader_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|a| a == gb_worker::CHILD_ARGUMENT) {
        gb_worker::child_main();
    }
}
