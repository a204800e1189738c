//! What the README promises, measured: medians of several runs, printed with the goal beside them.
//!
//! `cargo xtask bench` builds it as a release is built and runs it. It measures and never fails: a busy machine is no
//! fault of the code. It refuses to measure anything made easier for it: real vaults, real documents, the real window.

use chrono::{DateTime, NaiveDate, Utc};
use gb_desk::gb_model::Id;
use gb_desk::gb_wire::{
    By, Commands, FileKind, IdRef, Nothing, PageRef, PictureOf, Progress, RequestFilter, Surroundings,
    Unlock, Which,
};
use gb_desk::{Desk, script};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const PHRASE: &str = "practice makes perfect";

/// A place that answers dialogs with what was laid ready.
#[derive(Default)]
struct Ready {
    files: Mutex<Vec<PathBuf>>,
}

impl Surroundings for Ready {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
    fn today(&self) -> NaiveDate {
        gb_desk::london_day(self.now())
    }
    fn files_to_open(&self, _: FileKind) -> Vec<PathBuf> {
        self.files.lock().map(|f| f.clone()).unwrap_or_default()
    }
    fn file_to_save(&self, _: FileKind, _: &str) -> Option<PathBuf> {
        None
    }
    fn show(&self, _: &Path) {}
    fn progress(&self, _: Progress) {}
    fn cancelled(&self) -> bool {
        false
    }
}

fn main() {
    gb_desk::serve_reader_if_asked();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = Ready::default();
    let desk = Desk::for_vault(&folder.path().join("vault"));
    script::practice(&desk, PHRASE, &at).expect("the practice vault is made");
    let large = case(&desk, &at, &folder.path().join("archive.pdf"), 2000);
    let hundred = case(&desk, &at, &folder.path().join("hundred.pdf"), 100);
    println!("{:<46} {:>10} {:>10}  runs", "", "median", "goal");

    row("unlock, key stretching included", 5, Some(1200), || {
        desk.vault_lock(Nothing {}, &at).expect("locks");
        timed(|| open(&desk, &at))
    });
    row("open a case of 2,000 pages", 7, Some(300), || {
        desk.vault_lock(Nothing {}, &at).expect("locks");
        open(&desk, &at);
        timed(|| drop(desk.request(IdRef { id: large }, &at).expect("the case")))
    });
    let document = document(&desk, &at, large);
    row("first page of 2,000 drawn, 110 dpi", 5, Some(1000), || {
        desk.vault_lock(Nothing {}, &at).expect("locks");
        open(&desk, &at);
        timed(|| show(&desk, &at, document, 1))
    });
    let mut page = 10;
    row("page turn, picture and words", 40, Some(150), || {
        page += 1;
        timed(|| show(&desk, &at, document, page))
    });
    row("list of requests", 9, Some(100), || {
        let all = RequestFilter { text: String::new(), state: None };
        timed(|| drop(desk.requests(all, &at).expect("the list")))
    });
    row("seal a pack of 100 pages, proof included", 3, None, || {
        timed(|| drop(desk.pack_seal(IdRef { id: hundred }, &at).expect("seals")))
    });
    match std::env::var_os("GUARDBOOK_APP") {
        Some(app) => cold_start(Path::new(&app), folder.path()),
        None => println!("cold start: not measured, GUARDBOOK_APP names no window"),
    }
}

/// From the start of the program to the page's first call of the desk: the unlock screen is being drawn.
fn cold_start(app: &Path, folder: &Path) {
    let display = format!(":{}", 200 + std::process::id() % 500);
    let Ok(mut screen) = quiet(Command::new("Xvfb").args([&display, "-screen", "0", "1366x768x24"])).spawn()
    else {
        println!("cold start: not measured, Xvfb is not installed");
        return;
    };
    std::thread::sleep(Duration::from_millis(800));
    let mut run = 0;
    row("cold start to the unlock screen", 7, Some(1500), || {
        run += 1;
        let sign = folder.join(format!("called-{run}"));
        let home = folder.join("home");
        let began = Instant::now();
        let mut window = quiet(
            Command::new(app)
                .env("DISPLAY", &display)
                .env("GUARDBOOK_HOME", &home)
                .env("GUARDBOOK_CALLED", &sign)
                .env_remove("WAYLAND_DISPLAY"),
        )
        .spawn()
        .expect("the window starts");
        while !sign.exists() && began.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(2));
        }
        let took = began.elapsed();
        end(&mut window);
        took
    });
    end(&mut screen);
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

fn end(child: &mut Child) {
    // One that has already ended cannot be killed, which is as good.
    let _ = child.kill();
    let _ = child.wait();
}

/// A case with one document of so many pages, one name in it marked everywhere.
fn case(desk: &Desk, at: &Ready, file: &Path, pages: u32) -> Id {
    fs::write(file, gb_testkit::pdf::big_pdf(pages)).expect("writes the document");
    let added = script::case_add(
        desk,
        r#"{"name": "Wren Halloway", "received": "2026-11-02", "address": "1 Mill Lane"}"#,
        at,
    )
    .expect("the case is logged");
    let reference = added["reference"].as_str().unwrap_or_default().to_owned();
    *at.files.lock().expect("nobody else holds it") = vec![file.to_owned()];
    let added = script::doc_add(desk, &reference, None, at).expect("the document is added");
    let id = added["documents"][0]["id"].as_i64().unwrap_or_default();
    script::marks_set(desk, id, r#"{"marks":[{"find":"Okafor","code":"3P"}]}"#, at)
        .expect("the mark is made");
    let all = RequestFilter { text: reference.clone(), state: None };
    desk.requests(all, at).expect("the list").first().map(|r| r.id).unwrap_or_default()
}

fn document(desk: &Desk, at: &Ready, request: Id) -> Id {
    desk.request(IdRef { id: request }, at).expect("the case").documents[0].document.id
}

fn open(desk: &Desk, at: &Ready) {
    let input = Unlock { which: Which::Own, by: By::Phrase, secret: PHRASE.into() };
    desk.vault_unlock(input, at).expect("opens");
}

fn show(desk: &Desk, at: &Ready, document: Id, page: u32) {
    desk.page_picture(PictureOf { document, page, dpi: 110 }, at).expect("a picture");
    desk.page(PageRef { document, page }, at).expect("its words");
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

/// Runs, takes the median, prints it.
fn row(what: &str, runs: usize, goal: Option<u64>, mut once: impl FnMut() -> Duration) {
    let mut took: Vec<Duration> = (0..runs).map(|_| once()).collect();
    took.sort();
    let median = took[runs / 2].as_secs_f64() * 1000.0;
    let goal = goal.map_or("–".to_owned(), |g| format!("{g} ms"));
    println!("{what:<46} {:>10} {goal:>10}  {runs}", format!("{median:.1} ms"));
}
