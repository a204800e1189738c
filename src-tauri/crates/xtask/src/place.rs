//! Where things lie.

use std::env;
use std::path::{Path, PathBuf};

/// The workspace.
pub fn root() -> PathBuf {
    // This crate lies at src-tauri/crates/xtask.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .expect("the workspace holds this crate")
        .to_owned()
}

/// Where cargo builds. `CARGO_TARGET_DIR` is read as cargo reads it: from the folder one stands in.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(chosen) => env::current_dir().unwrap_or_default().join(chosen),
        None => root().join("target"),
    }
}

/// A built program.
pub fn program(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// A folder for what the chores themselves remember or make.
pub fn chores(part: &str) -> PathBuf {
    target().join("xtask").join(part)
}

/// The window's sources.
pub fn ui() -> PathBuf {
    root().join("ui")
}
