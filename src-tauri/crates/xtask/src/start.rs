//! The first thing a newcomer does.

use crate::hands::{self, Outcome, Stop, cargo, say};
use crate::{place, setup, ui};
use serde_json::Value;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Opens the window on a practice vault, or plays the same case in a terminal.
pub fn start() -> Outcome {
    if cfg!(target_os = "linux") && !displayed() {
        say(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.",
        );
        say("The same case is worked from the terminal instead.");
        return terminal();
    }
    setup::system(setup::For::Window)?;
    ui::build()?;
    // With the terminal program, as the journeys build it: alone, half of what both use would be built once more.
    hands::show("Building the window", cargo(&["build", "-p", "guardbook", "-p", "gb-cli"]))?;
    let home = env::var_os("GUARDBOOK_HOME").map_or_else(|| place::chores("home"), PathBuf::from);
    fs::create_dir_all(&home)?;
    say(&format!("The vaults of this try lie in {}; everybody in them is invented.", home.display()));
    let mut window = Command::new(place::program("debug", "guardbook"));
    window.arg("--practice").env("GUARDBOOK_HOME", home).current_dir(place::root());
    hands::show("The window is open", window)
}

fn displayed() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// A practice vault, its cases, the first that is ready sealed into a pack, and a stranger's look at the pack.
fn terminal() -> Outcome {
    setup::system(setup::For::Terminal)?;
    hands::show("Building guardbook-cli", cargo(&["build", "-p", "gb-cli"]))?;
    let folder = place::chores("headless");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let vault = folder.join("practice-vault");
    let at = text(&vault);

    step(&["practice", &at])?;
    step(&["info", &at])?;
    let info = asked(&["info", &at, "--json"])?;
    for reference in references(&String::from_utf8_lossy(&info.stdout)) {
        let pack = folder.join(format!("{reference}-response.pdf"));
        if try_step(&["pack", &at, "--case", &reference, "--out", &text(&pack)])?.is_none() {
            say(&format!("  {reference} is not ready to be sealed; what it lacks stands above."));
            continue;
        }
        step(&["check", &text(&pack)])?;
        step(&["journal", &at, "--verify"])?;
        say(&format!("\nThe sealed pack: {}", pack.display()));
        return Ok(());
    }
    Err(Stop::new("No practice case could be sealed."))
}

/// Every case in what `info --json` says.
fn references(info: &str) -> Vec<String> {
    let info: Value = serde_json::from_str(info).unwrap_or_default();
    let cases = info["cases"].as_array().cloned().unwrap_or_default();
    cases.iter().filter_map(|case| case["reference"].as_str()).map(str::to_owned).collect()
}

fn step(words: &[&str]) -> Outcome<String> {
    try_step(words)?.ok_or_else(|| Stop::new(format!("guardbook-cli {} did not succeed.", words.join(" "))))
}

/// Prints a call and its answer; none when it was refused.
fn try_step(words: &[&str]) -> Outcome<Option<String>> {
    say(&format!("\n$ guardbook-cli {}", words.join(" ")));
    let output = asked(words)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    say(said.trim_end());
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    if !complaint.trim().is_empty() {
        say(complaint.trim_end());
    }
    Ok(output.status.success().then_some(said))
}

fn asked(words: &[&str]) -> Outcome<Output> {
    let mut call = Command::new(place::program("debug", "guardbook-cli"));
    call.args(words).env("GUARDBOOK_PASSPHRASE", "practice makes nothing personal").stdin(Stdio::null());
    Ok(call.output()?)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
