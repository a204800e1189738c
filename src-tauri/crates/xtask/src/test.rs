//! Every test there is.

use crate::hands::{self, Outcome, Stop, cargo, say};
use crate::{check, place, setup, ui};
use std::process::Command;

/// Sets up, checks, and runs them all. A part that fails does not keep the others from running.
pub fn test() -> Outcome {
    setup::system(setup::For::Tests)?;
    let parts: [check::Part; 3] =
        [("the check", everything), ("the crates", crates), ("the journeys", journeys)];
    let mut failed = Vec::new();
    for (part, run) in parts {
        if let Err(stop) = run() {
            say(&stop.to_string());
            failed.push(part);
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(Stop::new(format!("Not everything passed: {}.", failed.join(", "))))
}

fn everything() -> Outcome {
    check::check(&[])
}

fn crates() -> Outcome {
    hands::show(
        "Running the tests of every crate",
        cargo(&["test", "--workspace", "--no-fail-fast", "--quiet"]),
    )
}

/// Drives the real window.
fn journeys() -> Outcome {
    if !cfg!(target_os = "linux") {
        say("The window is driven by tests on Linux only; here those journeys were not run.");
        return Ok(());
    }
    ui::build()?;
    hands::run("Building the window", cargo(&["build", "--quiet", "-p", "guardbook", "-p", "gb-cli"]))?;
    hands::show("Journeys through the real window", driven())?;
    say(&format!("Pictures of every screen lie in {}.", place::root().join("target/screens").display()));
    Ok(())
}

/// One at a time: each has a display of its own, but they share the processor, and patience is measured.
fn driven() -> Command {
    let mut command = cargo(&[
        "test",
        "--quiet",
        "-p",
        "guardbook-tests",
        "--",
        "--ignored",
        "--test-threads=1",
        "--nocapture",
    ]);
    command.env("GUARDBOOK_APP", place::program("debug", "guardbook"));
    command.env("GUARDBOOK_CLI", place::program("debug", "guardbook-cli"));
    command.env("GUARDBOOK_SCREENS", place::root().join("target/screens"));
    command
}
