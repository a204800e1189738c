//! How faithfully PDFs from everywhere are built anew: shares rebuilt, pictured and refused, and what then differs.
//!
//! `cargo xtask bench corpus FOLDER` builds it as a release is built and runs it over every PDF under the folder, each in
//! a process of its own, so that one bad file can neither stop nor slow the others. Nothing is marked: what differs is
//! what the way of working changes by itself. It refuses to average away: a page that differs and is not told of is
//! listed by name.

#[path = "../../tests/all/foreign.rs"]
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
mod foreign;
#[path = "../bench/section.rs"]
mod section;
mod summary;

use foreign::{Scrap, answer, compare, tokens};
use gb_redact::{Document, Limits, Options, Quiet, redact};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use summary::{Outcome, Page};

/// Dots an inch at which pages are compared.
const DPI: u32 = 72;
/// Pages of one file that are compared, spread over it.
const COMPARED: u32 = 8;
/// Longer documents are left out: a manual of 900 pages would drown everything else.
const LONGEST: u32 = 120;
/// What one file may take.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["one", file] => {
            print!("{}", one(Path::new(file)).lines());
            ExitCode::SUCCESS
        }
        [report, folders @ ..] if !folders.is_empty() => {
            let mut files = Vec::new();
            folders.iter().for_each(|f| gather(Path::new(f), &mut files));
            files.sort();
            let outcomes = all(&files);
            summary::write(&outcomes, Path::new(report));
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("corpus BENCH.md FOLDER ...");
            ExitCode::from(2)
        }
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            files.push(path);
        }
    }
}

/// Every file, as many at once as there are cores.
fn all(files: &[PathBuf]) -> Vec<(PathBuf, Outcome)> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = ask(file);
                    println!("{}: {}", file.display(), outcome.line());
                    if let Ok(mut done) = done.lock() {
                        done.push((file.clone(), outcome));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by(|a, b| a.0.cmp(&b.0));
    done
}

/// One file in a process of its own.
fn ask(file: &Path) -> Outcome {
    let Ok(me) = std::env::current_exe() else { return Outcome::fell("this program cannot find itself") };
    let said = std::env::temp_dir().join(format!(
        "guardbook-corpus-{}-{:?}",
        std::process::id(),
        std::thread::current().id()
    ));
    let Ok(out) = std::fs::File::create(&said) else { return Outcome::fell("no room for its answer") };
    let child =
        Command::new(me).arg("one").arg(file).stdin(Stdio::null()).stdout(out).stderr(Stdio::null()).spawn();
    let Ok(mut child) = child else { return Outcome::fell("its process did not start") };
    let began = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            Ok(None) if began.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
        }
    };
    let text = std::fs::read_to_string(&said).unwrap_or_default();
    let _ = std::fs::remove_file(&said);
    match status {
        None => Outcome::fell("it took too long"),
        Some(status) if !status.success() => Outcome::fell("its process ended by itself"),
        Some(_) => Outcome::read(&text),
    }
}

/// One file in this process.
fn one(file: &Path) -> Outcome {
    let Ok(bytes) = std::fs::read(file) else { return Outcome::fell("it cannot be read from the disk") };
    let source = match Document::open(bytes, None, &Limits::default()) {
        Ok(doc) if doc.page_count() > LONGEST => return Outcome::left_out(),
        Ok(doc) => doc,
        Err(fault) => return Outcome::refused(fault.to_string()),
    };
    let made = match redact(&source, &[], &Options::default(), &Quiet) {
        Ok(made) => made,
        Err(fault) => return Outcome::refused(fault.to_string()),
    };
    let (before, after) = (Scrap::new(source.bytes()), Scrap::new(&made.pdf));
    let mut outcome =
        Outcome { grown: made.pdf.len() as f64 / source.bytes().len() as f64, ..Outcome::default() };
    if let (Some(a), Some(b)) = (before.text(), after.text()) {
        let wanted: Vec<String> = tokens(&a).into_iter().map(|t| t.text).collect();
        outcome.tokens = Some((wanted.len(), answer(&wanted, &wanted, &tokens(&b)).f1));
    }
    let written = Document::open(made.pdf.clone(), None, &Limits::default()).ok();
    let step = source.page_count().div_ceil(COMPARED).max(1);
    for record in &made.certificate.page_records {
        let mut page = Page {
            number: record.page,
            pictured: (record.how != "rebuilt").then(|| record.why.clone()),
            told: !record.concerns.is_empty() || record.unreadable_glyphs > 0,
            ..Page::default()
        };
        if (record.page - 1).is_multiple_of(step) {
            let pair = written.as_ref().and_then(|w| {
                Some((source.render(record.page, DPI as f32).ok()?, w.render(record.page, DPI as f32).ok()?))
            });
            page.ours = pair.and_then(|(a, b)| compare(&a, &b, DPI as f32, 1, &[])).map(|d| d.share());
            let pair = before.picture(record.page, DPI).zip(after.picture(record.page, DPI));
            page.poppler = pair.and_then(|(a, b)| compare(&a, &b, DPI as f32, 1, &[])).map(|d| d.share());
        }
        outcome.pages.push(page);
    }
    outcome
}
