//! The same desk from a terminal: `guardbook-cli`.
//!
//! For scripts, tests and support. This crate reads arguments and files, calls `gb-desk`, prints, and chooses the
//! exit code: 0 done, 2 wrong usage, 3 an input could not be read, 4 refused, 5 the vault did not open. It refuses
//! business rules and SQL, and writes nothing at an output path unless the call succeeded.

mod args;
mod clocks;
mod output;
mod pdfs;
mod terminal;
mod vaults;

use args::{Args, Call};
use clap::Parser;
use output::Outcome;
use std::process::ExitCode;

fn main() -> ExitCode {
    // A reader of foreign bytes is this same program, started again by the desk.
    gb_desk::serve_reader_if_asked();
    match run(Args::parse().call) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("{stop}");
            ExitCode::from(stop.code())
        }
    }
}

fn run(call: Call) -> Outcome {
    match call {
        Call::Redact(a) => pdfs::redact(&a),
        Call::Check(a) => pdfs::check(&a),
        Call::Text(a) => pdfs::text(&a),
        Call::Render(a) => pdfs::render(&a),
        Call::Find(a) => pdfs::find(&a),
        Call::Due(a) => clocks::due(&a),
        Call::ComplaintDue(a) => clocks::complaint_due(&a),
        Call::BreachDue(a) => clocks::breach_due(&a),
        Call::New(a) => vaults::new(&a),
        Call::Info(a) => vaults::info(&a),
        Call::CheckVault(a) => vaults::check(&a),
        Call::Practice(a) => vaults::practice(&a),
        Call::CaseAdd(a) => vaults::case_add(&a),
        Call::DocAdd(a) => vaults::doc_add(&a),
        Call::MarksSet(a) => vaults::marks_set(&a),
        Call::Pack(a) => vaults::pack(&a),
        Call::FileCopy(a) => vaults::file_copy(&a),
        Call::Journal(a) => vaults::journal(&a),
    }
}
