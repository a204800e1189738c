//! A process for tests that need one: the desk's reader of foreign bytes, and a desk in the middle of sealing a pack
//! that the test kills. It refuses to be anything a person would run.

use chrono::{DateTime, NaiveDate, Utc};
use gb_desk::gb_wire::{FileKind, Progress, Surroundings};
use gb_desk::{Desk, script};
use std::path::{Path, PathBuf};

/// A place without dialogs that says on standard output how far the work has come.
struct Telling;

impl Surroundings for Telling {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
    fn today(&self) -> NaiveDate {
        gb_desk::london_day(self.now())
    }
    fn files_to_open(&self, _: FileKind) -> Vec<PathBuf> {
        Vec::new()
    }
    fn file_to_save(&self, _: FileKind, _: &str) -> Option<PathBuf> {
        None
    }
    fn show(&self, _: &Path) {}
    fn progress(&self, progress: Progress) {
        println!("{} {}/{}", progress.stage, progress.done, progress.total);
    }
    fn cancelled(&self) -> bool {
        false
    }
}

fn main() {
    gb_desk::serve_reader_if_asked();
    let mut arguments = std::env::args().skip(1);
    let (Some(vault), Some(phrase), Some(case)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        eprintln!("VAULT PHRASE CASE");
        std::process::exit(2);
    };
    let desk = Desk::for_vault(Path::new(&vault));
    let sealed = script::unlock(&desk, &phrase, &Telling)
        .and_then(|()| script::pack(&desk, &case, &Telling).map(drop));
    if let Err(fault) = sealed {
        eprintln!("{fault}");
        std::process::exit(4);
    }
    println!("SEALED");
}
