//! A disk that is really full: a small file system of its own, and a real limit on the size of a file.

use super::*;
use std::{fs, path::Path, process::Command};

/// A file system of so many KiB, taken away at the end.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn of(kib: u32) -> Option<Self> {
        let home = tempfile::tempdir().expect("there is a temporary folder");
        let size = format!("size={kib}k");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(home.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self(home)),
            Ok(output) => {
                println!("skipped: mounting is refused: {}", String::from_utf8_lossy(&output.stderr).trim());
                None
            }
            Err(error) => {
                println!("skipped: there is no mount: {error}");
                None
            }
        }
    }

    fn grow(&self) {
        let grown = Command::new("mount").args(["-o", "remount,size=8m"]).arg(self.0.path()).status();
        assert!(grown.is_ok_and(|status| status.success()), "what was mounted can be mounted larger");
    }

    fn vault(&self) -> std::path::PathBuf {
        self.0.path().join("vault")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

fn make(path: &Path) -> Result<(Vault, RecoveryKey), OpenFault> {
    Vault::create(path, PHRASE, KdfCost::FLOOR, now(), Box::new(OsRandom))
}

#[test]
fn a_disk_that_fills_up_loses_nothing_that_was_saved() {
    for (kib, length) in [(1024, 3_000), (2048, 100_000), (4096, 300 * 1024), (3000, 250_000)] {
        let Some(disk) = SmallDisk::of(kib) else { return };
        let (mut vault, recovery) = make(&disk.vault()).expect("there is room for a new vault");
        let (saved, fault) = fill(&mut vault, length);
        assert!(matches!(fault, StoreFault::DiskFull), "{kib} KiB, {length} bytes: {fault:?}");
        assert!(saved > 0, "something was saved before it was full");
        assert_eq!(done(vault.read().requests()).len(), saved, "it can still be read");
        drop(vault);

        let key = recovery.printed();
        let opened = Vault::unlock(&disk.vault(), Secret::Recovery(&key), now(), Box::new(OsRandom));
        let mut vault = opened.expect("it opens although the disk is full");
        let requests = done(vault.read().requests());
        assert_eq!(requests.len(), saved, "{kib} KiB: all that was saved and no more");
        assert!(requests.iter().all(|r| r.documents == 1), "{kib} KiB: no act was torn");
        // Full, the log may find no room to be moved into the database: then that is what the check says.
        let waiting = vec![Trouble::Unchecked { part: "The database’s pages" }];
        let clean = |found: Vec<Trouble>| found.is_empty() || found == waiting;
        assert!(clean(vault.check()), "{kib} KiB: {:?}", vault.check());
        let unfinished = files(&disk.vault()).iter().any(|f| f.extension().is_some_and(|e| e == "tmp"));
        assert!(!unfinished, "{kib} KiB: half a file takes up room");
        let first = done(vault.read().documents(requests[0].id)).remove(0).id;
        assert!(vault.read().document_bytes(first).is_ok(), "its bytes are there");
        // No assertion on this: removing needs room in the log first, and there may be none.
        let _ = vault.act(&act("remove"), |tx| tx.remove_document(first));
        assert!(clean(vault.check()), "{kib} KiB, after trying to make room: {:?}", vault.check());
        disk.grow();
        assert_eq!(vault.check(), vec![], "{kib} KiB, with room again");
        assert!(matches!(fill(&mut vault, length), (1.., StoreFault::DiskFull)), "and it takes more");
    }
}

fn fill(vault: &mut Vault, length: usize) -> (usize, StoreFault) {
    for saved in 0..10_000 {
        let new = a_document(&noise(saved as u64, length));
        let written = vault.act(&act("write"), |tx| {
            let request = tx.add_request(&a_request("Ada"), day("2026-11-20"))?.id;
            tx.add_document(request, &new, day("2026-11-20"))
        });
        if let Err(fault) = written {
            return (saved, fault);
        }
    }
    panic!("the disk never filled up");
}

#[test]
fn a_vault_that_does_not_fit_is_not_half_made() {
    for kib in [4, 16, 64] {
        let Some(disk) = SmallDisk::of(kib) else { return };
        let made = make(&disk.vault()).map(|_| ());
        assert!(matches!(made, Err(OpenFault::DiskFull)), "{kib} KiB: {made:?}");
        let told = Store::describe(&disk.vault());
        assert!(matches!(told, Err(OpenFault::NotAVault)), "{kib} KiB: {told:?}");
    }
}

#[test]
fn a_phrase_is_changed_or_not_on_a_full_disk() {
    let Some(disk) = SmallDisk::of(1024) else { return };
    let (mut vault, _) = make(&disk.vault()).expect("there is room for a new vault");
    let rest = fs::File::create(disk.0.path().join("rest")).expect("a file");
    let _ = std::io::Write::write_all(&mut &rest, &vec![1; 2 << 20]);
    let current = Secret::Phrase(PHRASE);
    let changed = vault.change_phrase(&act("change_phrase"), current, "new", KdfCost::FLOOR);
    drop(vault);
    let opens = if changed.is_ok() { "new" } else { PHRASE };
    let opened = Vault::unlock(&disk.vault(), Secret::Phrase(opens), now(), Box::new(OsRandom));
    assert!(opened.is_ok(), "changed: {changed:?}; then {opened:?}");
}

/// Not a test of its own: writes until it may not, and says which fault it met.
#[test]
fn writer_under_a_limit() {
    let Some(mut vault) = cuts::told() else { return };
    let length = if std::env::var_os("GB_STORE_TEST_LARGE").is_some() { 3 << 20 } else { 100_000 };
    let (saved, fault) = fill(&mut vault, length);
    println!("MET {saved} {fault:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_file_size_reads_as_a_full_disk() {
    for large in [false, true] {
        let mut practice = Practice::new();
        practice.lock();
        let key = practice.recovery.printed().to_string();
        let plain = cuts::child("tests::full_disk::writer_under_a_limit", &practice.path(), &key);
        let mut limited = Command::new("sh");
        limited.args(["-c", "trap '' XFSZ; ulimit -f 4096; exec \"$@\"", "sh"]);
        limited.arg(plain.get_program()).args(plain.get_args());
        limited.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if large {
            limited.env("GB_STORE_TEST_LARGE", "1");
        }
        let said = limited.output().expect("there is a shell");
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let met = said.split("MET ").nth(1).unwrap_or_else(|| panic!("the writer said {said}"));
        let (saved, fault) =
            met.lines().next().and_then(|l| l.split_once(' ')).expect("a number and a fault");
        assert_eq!(fault, "DiskFull", "large: {large}");
        let vault = practice.reopen();
        assert_eq!(done(vault.read().requests()).len().to_string(), saved, "all that was saved");
        assert_eq!(vault.check(), vec![], "large: {large}");
    }
}
