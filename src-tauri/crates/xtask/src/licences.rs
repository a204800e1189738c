//! Which libraries may be built in: by their licence, and by what they are for.
//!
//! It reads what cargo resolves for the systems people use, not the lock file, which also names what is never built.
//! `deny.toml` says the same to cargo-deny, for those who have it.

use crate::hands::{Outcome, Stop, cargo, say};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

/// The systems people use.
const SYSTEMS: &[&str] = &["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin"];

/// Licences whose terms we can keep. MPL-2.0 asks for changed files back; we change none.
const ALLOWED: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "MIT-0",
    "Unlicense",
    "BSL-1.0",
    "bzip2-1.0.6",
    "MPL-2.0",
];

/// Licences allowed for one library each.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    // The Independent JPEG Group's: say in the documentation that the software is based in part on its work.
    ("jpeg-encoder", &["IJG"]),
    // SQLite's blessing, and one file of SQLCipher's build under WTFPL.
    ("sqlcipher-src", &["blessing", "WTFPL"]),
];

/// Libraries that reach for a network, or that bring a licence or an engine we decided against.
const BANNED: &[&str] = &[
    "reqwest",
    "hyper",
    "hyper-tls",
    "native-tls",
    "rustls",
    "ureq",
    "curl",
    "isahc",
    "tauri-plugin-http",
    "tauri-plugin-shell",
    "tauri-plugin-updater",
    "tauri-plugin-websocket",
    "tauri-plugin-upload",
    "tauri-plugin-fs",
    "mupdf",
    "mupdf-sys",
    "pdfium-render",
    "birdcage",
];

/// Holds everything that is built against both lists.
pub fn check() -> Outcome {
    let mut wrong = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for system in SYSTEMS {
        let metadata = metadata(system)?;
        for package in built(&metadata) {
            seen.insert(package["id"].as_str().unwrap_or_default().to_owned());
            wrong.extend(faults(package));
        }
    }
    if wrong.is_empty() {
        say(&format!(
            "The licences and purposes of {} packages, for three systems, are as they should be.",
            seen.len()
        ));
        return Ok(());
    }
    let list: Vec<String> = wrong.into_iter().collect();
    Err(Stop::new(format!("Some packages may not be built in:\n{}", list.join("\n"))))
}

fn metadata(system: &str) -> Outcome<Value> {
    let mut command = cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", system]);
    let output = command.stderr(Stdio::inherit()).output()?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| Stop::new("cargo metadata gave no answer. Is Cargo.lock up to date?"))
}

/// The packages that end up in, or build, what people run; tests and chores may use more.
fn built(metadata: &Value) -> Vec<&Value> {
    let list = |value: &'static str| metadata[value].as_array().map_or(&[][..], Vec::as_slice);
    let packages: BTreeMap<&str, &Value> =
        list("packages").iter().filter_map(|p| Some((p["id"].as_str()?, p))).collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let shipped =
        |id: &&str| packages.get(*id).is_some_and(|p| p["name"] == "guardbook" || p["name"] == "gb-cli");
    let mut open: Vec<&str> = packages.keys().copied().filter(shipped).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let uses = nodes.get(id).and_then(|node| node["deps"].as_array()).into_iter().flatten();
            open.extend(uses.filter(|dep| not_only_for_tests(dep)).filter_map(|dep| dep["pkg"].as_str()));
        }
    }
    found.into_iter().filter_map(|id| packages.get(id).copied()).collect()
}

fn not_only_for_tests(dep: &Value) -> bool {
    dep["dep_kinds"].as_array().is_none_or(|kinds| kinds.iter().any(|kind| kind["kind"] != "dev"))
}

fn faults(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let mut wrong = Vec::new();
    if BANNED.contains(&name) {
        wrong.push(format!("  {name}: banned"));
    }
    // Ours have no source; everything else must come from crates.io.
    let source =
        package["source"].as_str().unwrap_or("registry+https://github.com/rust-lang/crates.io-index");
    if !source.starts_with("registry+https://github.com/rust-lang/crates.io-index") {
        wrong.push(format!("  {name}: comes from {source}"));
    }
    let exceptions =
        EXCEPTIONS.iter().find(|(library, _)| *library == name).map_or(&[][..], |(_, licences)| licences);
    let licence = package["license"].as_str().unwrap_or("none stated");
    if !allows(licence, &|one| ALLOWED.contains(&one) || exceptions.contains(&one)) {
        wrong.push(format!("  {name}: licence {licence}"));
    }
    wrong
}

/// Whether an SPDX expression can be kept: any side of an OR, every side of an AND. A slash is an old way to write OR.
fn allows(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    either(&words, &mut at, allowed) && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut kept = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        kept |= both(words, at, allowed);
    }
    kept
}

fn both(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut kept = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        kept &= one(words, at, allowed);
    }
    kept
}

fn one(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let kept = either(words, at, allowed);
        *at += 1;
        return kept;
    }
    if words.get(*at) == Some(&"WITH") {
        let with = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return allowed(&format!("{word} WITH {with}"));
    }
    allowed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_mean_what_spdx_says() {
        let check = |expression: &str, kept: bool, why: &str| {
            assert_eq!(allows(expression, &|one| ALLOWED.contains(&one)), kept, "{expression}: {why}");
        };
        check("MIT", true, "plain");
        check("MIT OR GPL-3.0", true, "one side is enough");
        check("MIT AND GPL-3.0", false, "both sides bind");
        check("(MIT OR Apache-2.0) AND Unicode-3.0", true, "brackets first");
        check("(MIT OR Apache-2.0) AND LGPL-2.1", false, "the last binds too");
        check("Apache-2.0 WITH LLVM-exception", true, "named with its exception");
        check("GPL-2.0 WITH Classpath-exception-2.0", false, "an exception does not make a licence ours");
        check("MIT/Apache-2.0", true, "the old way to write OR");
        check("AGPL-3.0", false, "not ours");
        check("none stated", false, "nothing stated is nothing allowed");
        check("", false, "nor is silence");
    }
}
