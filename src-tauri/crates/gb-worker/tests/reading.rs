//! Documents read by a real process of its own, and every way it can die.

use gb_testkit::{pdf, samples};
use gb_worker::{Worker, WorkerFault, examine};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// One child at a time, so that counting them means something.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn reader() -> Worker {
    Worker::program(env!("CARGO_BIN_EXE_gb-test-reader"))
}

fn misbehaving(how: &str) -> Worker {
    let mut worker = reader();
    worker.args.push(how.to_owned());
    worker.patience = Duration::from_secs(2);
    worker
}

/// Children of this process, zombies and all.
#[cfg(target_os = "linux")]
fn children() -> usize {
    let me = std::process::id().to_string();
    std::fs::read_dir("/proc")
        .expect("Linux has /proc")
        .flatten()
        .filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok())
        .filter(|stat| {
            let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
            after_name.split_whitespace().nth(1) == Some(me.as_str())
        })
        .count()
}

#[cfg(not(target_os = "linux"))]
fn children() -> usize {
    0
}

#[test]
fn an_ordinary_document_is_read() {
    let _one = alone();
    let bytes = pdf::simple_pdf(&[&["Dear Ms Ellingham", "thank you"], &[]]);
    let found = examine(&bytes, None, &reader()).expect("an ordinary document");
    assert_eq!(found.pages, 2, "two pages");
    assert_eq!(found.words_per_page, [5, 0], "five words, and an empty page");
    assert_eq!(found.sizes, [(595.0, 842.0); 2], "A4 in points");
    assert!(!found.encrypted);
    assert!(found.notices[0].starts_with("Page 2 holds no text"), "the DPO is told: {:?}", found.notices);
    assert_eq!(children(), 0, "the reader is gone");
}

#[test]
fn the_samples_are_read_and_the_locked_one_asks() {
    let _one = alone();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/sample/");
    for sample in samples::all() {
        let bytes = std::fs::read(format!("{folder}{}", sample.entry.file)).expect("committed");
        let first = examine(&bytes, None, &reader());
        if let Some(password) = &sample.entry.password {
            assert_eq!(first, Err(WorkerFault::NeedsPassword), "it asks");
            assert_eq!(
                examine(&bytes, Some("wrong"), &reader()),
                Err(WorkerFault::WrongPassword),
                "and checks"
            );
            let found = examine(&bytes, Some(password), &reader()).expect("the password opens it");
            assert!(found.encrypted && found.pages == 1, "it says that it was locked");
        } else {
            let found = first.unwrap_or_else(|fault| panic!("{}: {fault}", sample.entry.file));
            assert!((1..=3).contains(&found.pages), "{}", sample.entry.file);
        }
    }
}

#[test]
fn a_bomb_a_stump_and_a_text_are_refused() {
    let _one = alone();
    let whole = pdf::big_pdf(40);
    let table: &[(&str, Vec<u8>, &[WorkerFault])] = &[
        ("a bomb", pdf::bomb(), &[WorkerFault::TooMuch, WorkerFault::OutOfMemory]),
        ("half a file", pdf::half(&whole), &[WorkerFault::Truncated]),
        ("a text", pdf::text_file_named_pdf(), &[WorkerFault::NotAPdf]),
        ("nothing", vec![], &[WorkerFault::NotAPdf]),
    ];
    for (what, bytes, faults) in table {
        let began = Instant::now();
        let fault = examine(bytes, None, &reader()).expect_err(what);
        assert!(faults.contains(&fault), "{what}: {fault:?}");
        assert!(began.elapsed() < Duration::from_secs(20), "{what} took {:?}", began.elapsed());
        assert_eq!(children(), 0, "{what} leaves no process behind");
    }
}

#[test]
fn work_that_doubles_ends() {
    let _one = alone();
    let mut worker = reader();
    worker.patience = Duration::from_secs(5);
    let began = Instant::now();
    let outcome = examine(&pdf::doubling(40), None, &worker);
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "by a limit of the engine or by the clock: {outcome:?}"
    );
    assert_eq!(children(), 0, "no process is left behind");
}

#[test]
fn each_way_of_dying_has_its_own_fault() {
    let _one = alone();
    let bytes = pdf::simple_pdf(&[&["Hello"]]);
    let table = [
        ("sleep", WorkerFault::TooSlow, "it never answers"),
        ("spin", WorkerFault::TooSlow, "it works for ever"),
        ("fork", WorkerFault::TooSlow, "it starts something that holds on"),
        ("abort", WorkerFault::Crashed, "it aborts"),
        (
            "panic",
            WorkerFault::BadAnswer,
            "a panic outside the reader's own care ends with a code of no meaning",
        ),
        ("overflow", WorkerFault::TooDeep, "it runs out of stack"),
        ("swallow", WorkerFault::OutOfMemory, "it runs out of memory"),
        ("garbage", WorkerFault::BadAnswer, "its answer is no JSON"),
        ("unknown", WorkerFault::BadAnswer, "its answer is of a kind nobody knows"),
        ("huge", WorkerFault::BadAnswer, "its answer promises four gigabytes"),
        ("extra", WorkerFault::BadAnswer, "it says more than one thing"),
        ("lie", WorkerFault::BadAnswer, "it names a page that is not there"),
        ("quiet", WorkerFault::BadAnswer, "it says nothing"),
        ("chatter", WorkerFault::BadAnswer, "it talks only to standard error"),
        ("write", WorkerFault::Crashed, "the system ends it as it writes a byte into a file"),
    ];
    for (how, fault, why) in table {
        let began = Instant::now();
        let outcome = examine(&bytes, None, &misbehaving(how));
        assert_eq!(outcome, Err(fault), "{how}: {why}");
        assert!(began.elapsed() < Duration::from_secs(5), "{how} took {:?}", began.elapsed());
        assert_eq!(children(), 0, "{how} leaves no process behind");
    }
    let _ = std::fs::remove_file(std::env::temp_dir().join("gb-worker-must-stay-empty"));
}

#[test]
fn a_document_larger_than_any_pipe_does_not_jam_a_deaf_reader() {
    let _one = alone();
    let began = Instant::now();
    let outcome = examine(&vec![b' '; 8 << 20], None, &misbehaving("sleep"));
    assert_eq!(outcome, Err(WorkerFault::TooSlow), "nobody reads what is written");
    assert!(began.elapsed() < Duration::from_secs(5), "and nobody waits for it");
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let _one = alone();
    let outcome = examine(b"%PDF-1.7", None, &Worker::program("/nowhere/guardbook"));
    assert_eq!(outcome, Err(WorkerFault::NotStarted));
}

/// 500 damaged copies; each comes back with an answer or a fault, and nothing is left behind.
#[test]
fn damaged_copies_never_take_the_parent_along() {
    let _one = alone();
    let sample = &samples::all()[4].bytes;
    let mut seed = 7_u64;
    let mut chance = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    for _ in 0..500 {
        let mut copy = sample.clone();
        for _ in 0..=chance(20) {
            let at = chance(copy.len());
            copy[at] = chance(256) as u8;
        }
        if chance(4) == 0 {
            copy.truncate(chance(copy.len()));
        }
        let mut worker = reader();
        worker.patience = Duration::from_secs(20);
        let _ = examine(&copy, None, &worker);
    }
    assert_eq!(children(), 0, "no process is left behind");
}
