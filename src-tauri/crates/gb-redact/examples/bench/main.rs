//! Redaction measured side by side with the best peer, on the same generated files in the same run.
//!
//! `cargo xtask bench redact` builds it as a release is built and runs it. Every measurement is a process of its own:
//! no cache is warm, and its peak of memory is its own. The table is printed and written into `BENCH.md`. It refuses to
//! judge: a busy machine is no fault of the code.

mod books;
mod face;
mod press;
mod report;
mod section;

use gb_redact::{Document, Limits, Mark, MarkKind, Options, Quiet, foresee, place, redact};
use report::Row;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Runs of each, of which the median counts.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["run", chore, source, target] => {
            run(chore, Path::new(source), Path::new(target));
            ExitCode::SUCCESS
        }
        ["make", folder] => {
            make(Path::new(folder), 1.0);
            ExitCode::SUCCESS
        }
        ["measure", folder, rest @ ..] => {
            let peer = rest.first().filter(|p| !p.is_empty()).map(PathBuf::from);
            let report = rest.get(1).map(PathBuf::from);
            measure(Path::new(folder), peer.as_deref(), report.as_deref());
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!(
                "bench measure FOLDER [PYTHON [BENCH.md]] | bench make FOLDER | bench run CHORE SOURCE TARGET"
            );
            ExitCode::from(2)
        }
    }
}

/// One chore in this process: seconds, hits, peak KiB, pages made pictures.
fn run(chore: &str, source: &Path, target: &Path) {
    let began = Instant::now();
    let bytes = std::fs::read(source).expect("the file was made");
    let doc = Document::open(bytes, None, &Limits::default()).expect("a file just made opens");
    let everywhere = MarkKind::Phrase { find: "the".into(), page: None, whole_word: false };
    let marks = [Mark { id: 1, kind: everywhere, code: "3P".into() }];
    let certificate = if chore == "redact" {
        let made = redact(&doc, &marks, &Options::default(), &Quiet).expect("it is redacted and proved");
        std::fs::write(target, &made.pdf).expect("the folder takes it");
        made.certificate
    } else {
        foresee(&doc, &[], &Options::default(), &Quiet).expect("it is built")
    };
    let took = began.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    let peak = peak.split_whitespace().next().unwrap_or("0");
    // Counted when the time is taken: it is no part of the work.
    let hits = if chore == "redact" { place(&doc, &marks).map_or(0, |p| p.len()) } else { 0 };
    let pictured = certificate.pages_pictured;
    println!("{took:.4} {hits} {peak} {pictured}");
}

/// The files, by name: what each is, and how many pages it has.
const FILES: &[(&str, &str, usize)] = &[
    ("book", "a book, every \"the\"", 350),
    ("paper", "a paper in two columns", 14),
    ("scans", "scans with words under them", 100),
    ("mix", "an archive: text, columns, tables, scans", 1000),
    ("drawn", "pages that can only be pictures", 100),
];

fn make(folder: &Path, share: f64) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    for (name, _, pages) in FILES {
        let pages = ((*pages as f64 * share) as usize).max(1);
        let bytes = match *name {
            "book" => books::book(pages),
            "paper" => books::paper(pages),
            "scans" => books::scans(pages),
            "mix" => books::mix(pages),
            _ => books::drawn(pages),
        };
        std::fs::write(folder.join(format!("{name}.pdf")), bytes).expect("the folder takes it");
    }
}

/// What one process said.
#[derive(Clone, Copy, Default)]
struct Said {
    seconds: f64,
    hits: u64,
    /// The most memory it held, in KiB.
    peak: u64,
    /// Pages that became pictures.
    pictured: u64,
    /// Of the file written; 0 if none was.
    bytes: u64,
}

fn measure(folder: &Path, peer: Option<&Path>, report: Option<&Path>) {
    let began = Instant::now();
    make(folder, 1.0);
    println!("The files are made, in {:.0} s.", began.elapsed().as_secs_f64());
    let mut rows = Vec::new();
    for (name, what, pages) in FILES {
        let chores: &[&str] = match *name {
            "book" => &["redact", "rebuild"],
            "drawn" => &["picture"],
            _ => &["redact"],
        };
        for chore in chores {
            let source = folder.join(format!("{name}.pdf"));
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..RUNS {
                // In turn, so that what else the machine does falls on both.
                ours.extend(ask(folder, &source, chore, None));
                theirs.extend(peer.and_then(|python| ask(folder, &source, chore, Some(python))));
            }
            let size = std::fs::metadata(&source).map_or(0, |m| m.len());
            let row =
                Row { what, chore, pages: *pages as u64, size, ours: median(ours), theirs: median(theirs) };
            println!("{}", row.line());
            rows.push(row);
        }
    }
    let version = peer.and_then(|python| {
        let ask = ["-c", "import pymupdf; print('PyMuPDF', pymupdf.__version__)"];
        let said = Command::new(python).args(ask).output().ok()?;
        Some(String::from_utf8_lossy(&said.stdout).trim().to_owned())
    });
    report::write(&rows, version.as_deref().unwrap_or("no peer"), report);
}

/// Runs one chore in a process of its own; nothing if it failed, which is printed.
fn ask(folder: &Path, source: &Path, chore: &str, python: Option<&Path>) -> Option<Said> {
    let target = folder.join("made.pdf");
    let _ = std::fs::remove_file(&target);
    let mut command = match python {
        Some(python) => {
            let mut c = Command::new(python);
            c.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/bench/peer.py"));
            c
        }
        None => {
            let mut c = Command::new(std::env::current_exe().ok()?);
            c.arg("run");
            c
        }
    };
    let output = command.arg(chore).arg(source).arg(&target).output().ok()?;
    if !output.status.success() {
        eprintln!("{chore} of {}: {}", source.display(), String::from_utf8_lossy(&output.stderr));
        return None;
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = said.lines().last().unwrap_or_default();
    let number = |i: usize| line.split_whitespace().nth(i).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0);
    let bytes = std::fs::metadata(&target).map_or(0, |m| m.len());
    Some(Said {
        seconds: number(0),
        hits: number(1) as u64,
        peak: number(2) as u64,
        pictured: number(3) as u64,
        bytes,
    })
}

fn median(mut all: Vec<Said>) -> Option<Said> {
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let mut middle = all.get(all.len() / 2).copied()?;
    middle.peak = all.iter().map(|s| s.peak).max().unwrap_or(0);
    Some(middle)
}
