//! The project's chores: `cargo xtask …`.
//!
//! Sets up a machine, builds, starts, tests and checks Guardbook, and says in short sentences what it does and how long
//! it took. It refuses to hide anything: a chore that cannot be done says so, prints the command a person can run, and
//! ends with a code other than 0.

mod bench;
mod bindings;
mod check;
mod dist;
mod hands;
mod licences;
mod place;
mod setup;
mod start;
mod test;
mod ui;

use hands::{Outcome, cargo, say};
use std::env;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
cargo xtask start      set up, build, and open the window on a practice vault;
                       without a display, the same case from a terminal
cargo xtask test       set up and run every test there is, those in the real window too
cargo xtask check      format, clippy, arrows, bindings, licences, and the window’s own checks; or the parts named
cargo xtask fix        put right what can be put right by itself
cargo xtask dev        the window in a browser, on made-up data, following every change
cargo xtask accept     take today's output as the snapshots
cargo xtask samples    write the invented documents to assets/sample
cargo xtask bench      measure the desk and the window; or, written into BENCH.md:
                       bench redact          redaction, side by side with PyMuPDF
                       bench corpus FOLDER   how faithfully the PDFs of a folder are built anew
cargo xtask dist       build what people install";

fn main() -> ExitCode {
    let began = Instant::now();
    let words: Vec<String> = env::args().skip(1).collect();
    let chore = words.first().map(String::as_str).unwrap_or_default();
    let outcome = match chore {
        "start" => start::start(),
        "test" => test::test(),
        "check" => check::check(&words[1..]),
        "fix" => fix(),
        "dev" => ui::dev(),
        "accept" => accept(),
        "samples" => samples(),
        "bench" => bench(&words[1..]),
        "dist" => dist::dist(),
        _ => {
            println!("{USAGE}");
            return ExitCode::from(if chore.is_empty() || chore == "help" { 0 } else { 2 });
        }
    };
    let took = began.elapsed().as_secs_f32();
    match outcome {
        Ok(()) => {
            say(&format!("Done: {chore}, in {took:.1} s."));
            ExitCode::SUCCESS
        }
        Err(stop) => {
            eprintln!("\nStopped after {took:.1} s. {stop}");
            ExitCode::FAILURE
        }
    }
}

fn fix() -> Outcome {
    hands::run("Formatting the Rust", cargo(&["fmt", "--all"]))?;
    bindings::write()?;
    ui::packages()?;
    hands::run("Formatting the window", ui::npx(&["eslint", ".", "--fix"]))
}

fn accept() -> Outcome {
    let mut tests = cargo(&["test", "--workspace", "--quiet"]);
    tests.env("INSTA_UPDATE", "always");
    hands::show("Running the tests and taking their output as the snapshots", tests)?;
    say("Read the difference before you commit it: git diff -- '*.snap'");
    Ok(())
}

fn samples() -> Outcome {
    hands::show(
        "Writing assets/sample",
        cargo(&["run", "--quiet", "-p", "gb-testkit", "--bin", "make-samples"]),
    )
}

/// Measures the desk and the window as a release builds them, with the seams that tell when the page first calls.
fn bench(words: &[String]) -> Outcome {
    setup::system(setup::For::Tests)?;
    match words.first().map(String::as_str) {
        Some("redact") => return bench::redact(),
        Some("corpus") => return bench::corpus(&words[1..]),
        _ => {}
    }
    ui::build()?;
    let packages =
        ["build", "--quiet", "--profile", "measured", "-p", "guardbook", "-p", "guardbook-tests", "--bins"];
    hands::run("Building what is measured", cargo(&packages))?;
    let mut bench = std::process::Command::new(place::program("measured", "bench"));
    bench.args(words).env("GUARDBOOK_APP", place::program("measured", "guardbook"));
    hands::show("Measuring", bench)
}
