//! What is measured of redaction, and the peer it is measured beside.

use crate::hands::{self, Outcome, Stop, cargo};
use crate::{place, say};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// Redaction side by side with PyMuPDF, on files made for it, outside the checkout.
pub fn redact() -> Outcome {
    build("bench")?;
    let python = peer();
    if let Err(stop) = &python {
        say(&format!("{stop} The peer is left out."));
    }
    let mut bench = Command::new(example("bench"));
    bench.arg("measure").arg(folder("files"));
    bench.arg(python.unwrap_or_default()).arg(place::root().join("BENCH.md"));
    hands::show("Measuring", bench)
}

/// How faithfully the PDFs of folders are built anew.
pub fn corpus(folders: &[String]) -> Outcome {
    if folders.is_empty() {
        return Err(Stop::new("Name the folder of PDFs: cargo xtask bench corpus FOLDER"));
    }
    build("corpus")?;
    let mut corpus = Command::new(example("corpus"));
    corpus.arg(place::root().join("BENCH.md")).args(folders);
    hands::show("Building the corpus anew", corpus)
}

fn build(name: &str) -> Outcome {
    let words = ["build", "--quiet", "--profile", "measured", "-p", "gb-redact", "--example", name];
    hands::run("Building what is measured", cargo(&words))
}

fn example(name: &str) -> PathBuf {
    place::target().join("measured/examples").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// PyMuPDF is under the AGPL: it is fetched to be measured, into a folder of its own that is no part of the checkout,
/// and never linked or shipped. What answers is the Python that has it.
fn peer() -> Outcome<PathBuf> {
    let home = folder("peer");
    let python = home.join("bin/python");
    if !python.exists() {
        let mut make = Command::new("python3");
        make.args(["-m", "venv"]).arg(&home);
        hands::run("Making a place for PyMuPDF", make)?;
    }
    let mut fetch = Command::new(&python);
    fetch.args(["-m", "pip", "install", "--quiet", "--upgrade", "pymupdf"]);
    hands::run("Fetching PyMuPDF from PyPI, to measure beside it", fetch)?;
    Ok(python)
}

fn folder(part: &str) -> PathBuf {
    env::temp_dir().join("guardbook-bench").join(part)
}
