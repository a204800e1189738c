//! The n-th call to the disk fails, or is the last one: strace makes it so. Skipped where there is no strace.

use super::*;
use std::process::Command;

/// A child under strace, with one call to the system injected; nothing where strace cannot be had.
fn run(inject: &str, test: &str, practice: &Practice) -> Option<String> {
    let key = practice.recovery.printed();
    let plain = cuts::child(test, &practice.path(), &key);
    let calls = inject.split(':').next().unwrap_or_default();
    let mut traced = Command::new("strace");
    traced.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        &format!("trace={calls}"),
        "-e",
        &format!("inject={inject}"),
    ]);
    traced.arg(plain.get_program()).args(plain.get_args());
    traced.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    match traced.output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            let traced = !String::from_utf8_lossy(&output.stderr).contains("PTRACE");
            if !traced {
                println!("skipped: tracing is refused");
            }
            traced.then_some(said)
        }
        Err(error) => {
            println!("skipped: there is no strace: {error}");
            None
        }
    }
}

/// Not a test of its own: twelve acts, or fewer if one fails.
#[test]
fn writer() {
    let Some(mut vault) = cuts::told() else { return };
    for number in 0..12u64 {
        let length = if number.is_multiple_of(3) { 300 * 1024 } else { 2000 };
        let new = a_document(&noise(number, length));
        let written = vault.act(&act("write"), |tx| {
            let request = tx.add_request(&a_request("Ada"), day("2026-11-20"))?.id;
            tx.add_document(request, &new, day("2026-11-20"))
        });
        match written {
            Ok(_) => println!("ACK {number}"),
            Err(fault) => println!("MET {fault:?}"),
        }
    }
}

#[test]
fn whichever_call_fails_an_act_is_whole_or_not_there() {
    let mut failed = 0;
    for call in [
        "pwrite64:error=ENOSPC",
        "pwrite64:error=EIO",
        "pwrite64:signal=KILL",
        "write:error=ENOSPC",
        "fdatasync:error=EIO",
        "fsync:error=EIO",
        "fsync:signal=KILL",
        "rename:error=EIO",
        "rename:signal=KILL",
    ] {
        for number in [1, 3, 8, 21] {
            let mut practice = Practice::new();
            practice.lock();
            let inject = format!("{call}:when={number}");
            let Some(said) = run(&inject, "tests::injected::writer", &practice) else { return };
            let acknowledged = said.matches("ACK ").count();
            failed += usize::from(acknowledged < 12);
            let vault = practice.reopen();
            let requests = done(vault.read().requests());
            assert!(requests.len() >= acknowledged, "{inject}: {} of {acknowledged}", requests.len());
            assert!(requests.iter().all(|r| r.documents == 1), "{inject}: an act was torn");
            assert_eq!(vault.check(), vec![], "{inject}");
        }
    }
    assert!(failed > 15, "the injection did nothing: {failed} runs met a failure");
    println!("{failed} of 36 runs met a failure");
}

/// Not a test of its own: sets another phrase.
#[test]
fn phrase_changer() {
    let Some(mut vault) = cuts::told() else { return };
    let key = std::env::var("GB_STORE_TEST_KEY").expect("told has read it");
    let changed = vault.change_phrase(&act("change"), Secret::Recovery(&key), "the new one", KdfCost::FLOOR);
    println!("{}", if changed.is_ok() { "CHANGED" } else { "REFUSED" });
}

#[test]
fn wherever_a_change_of_phrase_stops_exactly_one_phrase_opens() {
    let mut stopped = 0;
    for call in [
        "rename:signal=KILL",
        "fsync:signal=KILL",
        "fsync:error=EIO",
        "rename:error=ENOSPC",
        "pwrite64:error=ENOSPC",
    ] {
        for number in 1..=3 {
            let mut practice = Practice::new();
            practice.lock();
            let inject = format!("{call}:when={number}");
            let Some(said) = run(&inject, "tests::injected::phrase_changer", &practice) else { return };
            let opens = |phrase: &str| practice.try_phrase(phrase).map(|vault| vault.check());
            let (old, new) = (opens(PHRASE), opens("the new one"));
            match (said.contains("CHANGED"), &old, &new) {
                (true, Err(OpenFault::WrongPhrase), Ok(troubles)) => assert_eq!(troubles, &[], "{inject}"),
                (false, Ok(troubles), Err(OpenFault::WrongPhrase))
                | (false, Err(OpenFault::WrongPhrase), Ok(troubles)) => {
                    stopped += 1;
                    assert_eq!(troubles, &[], "{inject}");
                }
                _ => panic!("{inject}: {said} {old:?} {new:?}"),
            }
            assert!(practice.try_open().is_ok(), "{inject}: the recovery key always opens it");
        }
    }
    assert!(stopped > 5, "the injection did nothing: {stopped} changes were stopped");
}
