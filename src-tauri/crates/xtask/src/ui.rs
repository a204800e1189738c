//! The window's files: fetched, built and checked only when something changed.

use crate::hands::{self, Outcome, say};
use crate::{place, setup};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Fetches the packages the window is built with, exactly as its lock file names them. Their scripts never run.
pub fn packages() -> Outcome {
    setup::node()?;
    let lock = [place::ui().join("package-lock.json")];
    if place::ui().join("node_modules").is_dir() && remembered("packages") == Some(mark(&lock)) {
        return Ok(());
    }
    say("The window's packages are fetched as ui/package-lock.json names them; their scripts are not run.");
    let words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    hands::run("npm ci", npm(&words))?;
    remember("packages", mark(&lock))
}

/// Builds the window's files.
pub fn build() -> Outcome {
    packages()?;
    let sources = sources();
    let built = place::ui().join("dist/index.html");
    let whole = fs::read_to_string(&built).is_ok_and(|page| page.contains("<script"));
    if whole && remembered("build") == Some(mark(&sources)) {
        return Ok(());
    }
    hands::run("Building the window's files", npm(&["run", "build"]))?;
    remember("build", mark(&sources))
}

/// Holds the window against its own rules and tests.
pub fn check() -> Outcome {
    packages()?;
    hands::run("Checking the window's types", npm(&["run", "check"]))?;
    hands::run("Reading the window's style", npm(&["run", "lint"]))?;
    hands::run("Running the window's tests", npm(&["run", "test"]))
}

/// Opens the window's files to a browser, on made-up data.
pub fn dev() -> Outcome {
    packages()?;
    say("The window, on made-up data, follows every change at http://localhost:1420. Ctrl+C ends it.");
    hands::show("The window in a browser", npm(&["run", "dev"]))
}

/// A program of the window's packages.
pub fn npx(words: &[&str]) -> Command {
    let mut command = program("npx");
    command.arg("--no-install").args(words);
    command
}

fn npm(words: &[&str]) -> Command {
    let mut command = program("npm");
    command.args(words);
    command
}

fn program(name: &str) -> Command {
    // On Windows both are scripts, which only their full name starts.
    let mut command = Command::new(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() });
    command.current_dir(place::ui());
    command
}

/// Everything the build reads.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    gather(&place::ui(), &mut found);
    gather(&place::root().join("assets"), &mut found);
    found.sort();
    found
}

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.is_dir() {
            found.push(path);
        } else if !["node_modules", "dist", "sample"].iter().any(|skipped| path.ends_with(skipped)) {
            gather(&path, found);
        }
    }
}

/// A mark that changes when any of these files does.
fn mark(files: &[PathBuf]) -> String {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn remembered(what: &str) -> Option<String> {
    fs::read_to_string(place::chores(what)).ok()
}

fn remember(what: &str, mark: String) -> Outcome {
    fs::create_dir_all(place::chores(""))?;
    Ok(fs::write(place::chores(what), mark)?)
}
