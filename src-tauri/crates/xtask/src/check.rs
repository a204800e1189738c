//! What must hold before anything is merged.

use crate::hands::{self, Outcome, cargo, content, say};
use crate::{bindings, licences, setup, ui};

/// All of it.
pub fn check() -> Outcome {
    setup::system(setup::For::Window)?;
    ui::build()?;
    quick()?;
    ui::check()
}

/// The parts that are not the window's own.
pub fn quick() -> Outcome {
    hands::run("Reading the format", cargo(&["fmt", "--all", "--check"]))?;
    bindings::check()?;
    licences::check()?;
    deny()?;
    hands::run(
        "Holding the house against its plan",
        cargo(&["test", "--quiet", "-p", "guardbook-tests", "architecture"]),
    )?;
    hands::run(
        "Clippy",
        cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )
}

/// The same questions, and advisories, from a tool that many know. It is not fetched for this.
fn deny() -> Outcome {
    if !content("cargo", &["deny", "--version"]) {
        say(
            "cargo-deny is not installed, so deny.toml was not read; the check above covers its licences and bans.",
        );
        return Ok(());
    }
    hands::run("cargo-deny", cargo(&["deny", "--offline", "check", "bans", "licenses", "sources"]))
}
