use super::*;
use std::fs;

/// A vault with something of everything, locked.
fn furnished() -> Practice {
    let mut practice = Practice::new();
    for number in 0..20 {
        let request = practice.request();
        let document = practice.document(request, &noise(number, 20_000));
        done(practice.vault().act(&act("mark"), |tx| {
            tx.add_mark(document, &a_mark("a note"), &"Dana".into(), day("2026-11-20"))
        }));
    }
    let request = practice.request();
    practice.document(request, &noise(99, 300 * 1024));
    practice
}

#[test]
fn a_clean_vault_has_no_trouble_even_with_its_log_full() {
    let mut practice = furnished();
    let log = practice.path().join("guardbook.db-wal");
    assert!(fs::metadata(&log).is_ok_and(|facts| facts.len() > 0), "there is a log to mislead the check");
    assert_eq!(practice.vault().check(), vec![]);
    assert_eq!(practice.reopen().check(), vec![], "nor after opening again");
}

#[test]
fn a_bit_flipped_anywhere_is_found() {
    let mut practice = furnished();
    practice.lock();
    let database = practice.path().join("guardbook.db");
    let object = files(&practice.path().join("objects")).remove(0);
    for file in [database, object] {
        let whole = fs::read(&file).expect("it can be read");
        let step = whole.len() / 60 + 1;
        for place in (0..whole.len()).step_by(step) {
            let mut bent = whole.clone();
            bent[place] ^= 1 << (place % 8);
            fs::write(&file, &bent).expect("it can be written");
            let found = match practice.try_open() {
                Ok(vault) => !vault.check().is_empty(),
                Err(OpenFault::Damaged { .. }) => true,
                Err(other) => panic!("byte {place} of {file:?}: {other}"),
            };
            // Nothing may have been written either: the next flip starts from the same file.
            assert!(found, "byte {place} of {file:?} was changed and nobody noticed");
            fs::write(&file, &whole).expect("it can be written");
        }
        assert_eq!(practice.try_open().expect("it opens").check(), vec![], "as it was, it is well");
    }
}

#[test]
fn rows_that_speak_of_nothing_are_found() {
    let mut practice = furnished();
    let database = &practice.vault().database;
    database
        .execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM requests WHERE id IN (1, 2)")
        .expect("cut loose");
    let troubles = practice.vault().check();
    assert_eq!(troubles, vec![Trouble::Dangling { table: "documents".to_owned(), rows: 2 }]);
}

#[test]
fn faults_say_three_things_and_nobody() {
    let faults = [
        OpenFault::NotAVault.to_string(),
        OpenFault::NewerThanMe { found: 9 }.to_string(),
        OpenFault::WrongPhrase.to_string(),
        OpenFault::WrongRecoveryKey.to_string(),
        OpenFault::Recovery(RecoveryKeyFault::Check).to_string(),
        OpenFault::Damaged { what: "the database" }.to_string(),
        OpenFault::InUse { since: None }.to_string(),
        OpenFault::DiskFull.to_string(),
        OpenFault::Exists.to_string(),
        OpenFault::WeakKdf.to_string(),
        OpenFault::NoMemory.to_string(),
        OpenFault::Io { kind: std::io::ErrorKind::PermissionDenied }.to_string(),
        StoreFault::NotFound { what: "mark", id: 3 }.to_string(),
        StoreFault::DiskFull.to_string(),
        StoreFault::Refused { code: 787 }.to_string(),
        StoreFault::Abandoned.to_string(),
        StoreFault::Database { code: 1 }.to_string(),
        StoreFault::MissingObject { id: "ab".to_owned() }.to_string(),
    ];
    for fault in faults {
        assert!(fault.matches(". ").count() >= 2 && fault.ends_with('.'), "not three sentences: {fault}");
        assert!(!fault.contains("  "), "a line break came through: {fault}");
    }
}
