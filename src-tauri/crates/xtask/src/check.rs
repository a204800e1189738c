//! What must hold before anything is merged.

use crate::hands::{self, Outcome, Stop, cargo, content, say};
use crate::{bindings, licences, setup, ui};

/// A part of a chore: its name, and how it is done.
pub type Part = (&'static str, fn() -> Outcome);

/// Each can be asked for by name: `cargo xtask check licences`.
const PARTS: &[Part] = &[
    ("format", format),
    ("bindings", bindings::check),
    ("licences", licences::check),
    ("deny", deny),
    ("arrows", arrows),
    ("clippy", clippy),
    ("window", ui::check),
];

/// All of it, or the parts that are named.
pub fn check(named: &[String]) -> Outcome {
    if let Some(unknown) = named.iter().find(|name| PARTS.iter().all(|(part, _)| part != name)) {
        let parts: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
        return Err(Stop::new(format!("There is no part “{unknown}”. There are: {}.", parts.join(", "))));
    }
    setup::system(setup::For::Window)?;
    ui::build()?;
    parts(|part| named.is_empty() || named.iter().any(|name| name == part))
}

/// The parts somebody chooses. One that fails does not keep the others from being looked at.
fn parts(chosen: impl Fn(&str) -> bool) -> Outcome {
    let mut failed = Vec::new();
    for (part, look) in PARTS.iter().filter(|(part, _)| chosen(part)) {
        if let Err(stop) = look() {
            say(&stop.to_string());
            failed.push(*part);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Stop::new(format!("These parts of the check failed: {}.", failed.join(", "))))
}

fn format() -> Outcome {
    if !content("cargo", &["fmt", "--version"]) {
        return Err(Stop::new("rustfmt is not installed. Run: rustup component add rustfmt clippy"));
    }
    hands::run("Reading the format", cargo(&["fmt", "--all", "--quiet", "--check"]))
}

fn arrows() -> Outcome {
    hands::run(
        "Holding the house against its plan",
        cargo(&["test", "--quiet", "-p", "guardbook-tests", "architecture"]),
    )
}

fn clippy() -> Outcome {
    hands::run(
        "Clippy",
        cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )
}

/// The same questions, and advisories, from a tool that many know. It is not fetched for this.
fn deny() -> Outcome {
    if !content("cargo", &["deny", "--version"]) {
        say(
            "cargo-deny is not installed, so deny.toml was not read; our own check covers its licences and bans.",
        );
        return Ok(());
    }
    hands::run("cargo-deny", cargo(&["deny", "--offline", "check", "bans", "licenses", "sources"]))
}
