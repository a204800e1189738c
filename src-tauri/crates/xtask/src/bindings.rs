//! `ui/src/backend/wire.gen.ts`: the contract with the window, as the window reads it.

use crate::hands::{Outcome, Stop, say};
use crate::place;
use std::fs;
use std::path::PathBuf;

/// Writes it.
pub fn write() -> Outcome {
    if fs::read_to_string(file()).is_ok_and(|there| there == gb_wire::typescript()) {
        return Ok(());
    }
    fs::write(file(), gb_wire::typescript())?;
    say("ui/src/backend/wire.gen.ts is written anew.");
    Ok(())
}

/// Whether it is what gb-wire says today.
pub fn check() -> Outcome {
    if fs::read_to_string(file()).is_ok_and(|there| there == gb_wire::typescript()) {
        say("The bindings are as gb-wire says.");
        return Ok(());
    }
    Err(Stop::new("ui/src/backend/wire.gen.ts is stale. Run: cargo xtask fix"))
}

fn file() -> PathBuf {
    place::ui().join("src/backend/wire.gen.ts")
}
