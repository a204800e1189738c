//! Kill -9 of a process that is writing. The process is this test binary again, told what to do by a variable.

use super::*;
use std::{
    io::{BufRead, BufReader, Read as _, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

const VAULT: &str = "GB_STORE_TEST_VAULT";
const KEY: &str = "GB_STORE_TEST_KEY";

/// This binary, running one test with a vault to work on.
pub(crate) fn child(test: &str, vault: &Path, key: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a test has a binary"));
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]);
    command.env(VAULT, vault).env(KEY, key).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The vault this process was told to work on, if it was started by [`child`].
pub(crate) fn told() -> Option<Vault> {
    let (path, key) = (std::env::var_os(VAULT)?, std::env::var(KEY).ok()?);
    let opened = Vault::unlock(Path::new(&path), Secret::Recovery(&key), now(), Box::new(OsRandom));
    Some(opened.expect("the parent has let go of it"))
}

/// Not a test of its own: writes until it is killed, and says so after each commit.
#[test]
fn writer() {
    let Some(mut vault) = told() else { return };
    let mut number = done(vault.read().requests()).len() as u64;
    loop {
        number += 1;
        let length = if number.is_multiple_of(4) { 300 * 1024 } else { 2000 };
        let new = a_document(&noise(number, length));
        let written = vault.act(&act("write"), |tx| {
            let request = tx.add_request(&a_request("Ada"), day("2026-11-20"))?.id;
            let document = tx.add_document(request, &new, day("2026-11-20"))?;
            tx.add_mark(document, &a_mark("n"), &"Dana".into(), day("2026-11-20"))
        });
        done(written);
        println!("ACK {number}");
        std::io::stdout().flush().expect("the parent listens");
    }
}

#[test]
fn twenty_kills_lose_nothing_that_was_acknowledged() {
    let mut practice = Practice::new();
    practice.lock();
    let key = practice.recovery.printed().to_string();
    let mut total = 0;
    for round in 0..20u64 {
        let mut writer = child("tests::cuts::writer", &practice.path(), &key).spawn().expect("it starts");
        let mut heard = BufReader::new(writer.stdout.take().expect("it is piped"));
        let mut line = String::new();
        // From the first commit on, so that every kill falls among writes.
        while !line.contains("ACK") {
            line.clear();
            assert!(heard.read_line(&mut line).expect("it speaks") > 0, "the writer ended by itself");
        }
        std::thread::sleep(Duration::from_millis(5 + round * 7 % 90));
        writer.kill().expect("SIGKILL");
        writer.wait().expect("it is dead");
        heard.read_to_string(&mut line).expect("what it said before");
        let acknowledged = line.lines().filter_map(|l| l.split("ACK ").nth(1)?.parse::<usize>().ok()).max();
        let acknowledged = acknowledged.expect("it said something");

        let vault = practice.reopen();
        let requests = done(vault.read().requests());
        let kept = requests.len();
        assert!((acknowledged..=acknowledged + 1).contains(&kept), "round {round}: {kept} of {acknowledged}");
        assert!(requests.iter().all(|r| (r.documents, r.marks) == (1, 1)), "round {round}: an act was torn");
        assert_eq!(vault.check(), vec![], "round {round}");
        assert_eq!(vault.verify_journal().expect("it holds").rows, kept as i64, "one row an act");
        let unfinished = files(&practice.path()).iter().any(|f| f.extension().is_some_and(|e| e == "tmp"));
        assert!(!unfinished, "round {round}: half a file is left");
        practice.lock();
        total = kept;
    }
    println!("20 kills, {total} acts kept");
}
