use super::*;
use std::fs;

#[test]
fn a_vault_opens_with_its_phrase_and_its_recovery_key_and_nothing_else() {
    let mut practice = Practice::new();
    practice.lock();
    for (phrase, opens) in [(PHRASE, true), ("Correct horse battery staple quay", false), ("", false)] {
        let opened = practice.try_phrase(phrase);
        match opened {
            Ok(vault) => assert!(opens && vault.opened_with() == SlotKind::Phrase, "{phrase:?} opened it"),
            Err(fault) => assert!(!opens && matches!(fault, OpenFault::WrongPhrase), "{phrase:?}: {fault}"),
        }
    }
    let key = practice.recovery.printed().to_lowercase().replace('-', " ");
    let other = RecoveryKey::generate(&mut OsRandom).expect("the system has randomness").printed();
    for (typed, expected) in
        [(key.as_str(), "opened"), (other.as_str(), "another vault’s key"), ("not a key", "not a key at all")]
    {
        let opened = Vault::unlock(&practice.path(), Secret::Recovery(typed), now(), Box::new(OsRandom));
        let found = match opened {
            Ok(vault) if vault.opened_with() == SlotKind::Recovery => "opened",
            Err(OpenFault::WrongRecoveryKey) => "another vault’s key",
            Err(OpenFault::Recovery(_)) => "not a key at all",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected);
    }
}

#[test]
fn ten_wrong_phrases_say_the_same_and_change_nothing() {
    let mut practice = Practice::new();
    practice.lock();
    let before = fs::read(practice.path().join("vault.json")).expect("the header is there");
    let texts: std::collections::HashSet<String> = (0..10)
        .map(|number| practice.try_phrase(&format!("wrong {number}")).expect_err("it is wrong").to_string())
        .collect();
    assert_eq!(texts.len(), 1, "the answer tells one wrong phrase from another");
    assert_eq!(fs::read(practice.path().join("vault.json")).ok(), Some(before), "the header did not change");
    assert!(practice.try_phrase(PHRASE).is_ok(), "and the right one still opens it");
}

#[test]
fn a_damaged_slot_reads_like_a_wrong_phrase() {
    let mut practice = Practice::new();
    practice.lock();
    let wrong = practice.try_phrase("wrong").expect_err("it is wrong").to_string();
    for file in ["vault.json", "vault.json.bak"] {
        change_header(&practice, file, |header| {
            let wrapped = header["slots"][0]["wrapped"].as_str().expect("hex").replace(['a', 'b', 'c'], "d");
            header["slots"][0]["wrapped"] = wrapped.into();
        });
    }
    let damaged = practice.try_phrase(PHRASE).expect_err("its slot is damaged").to_string();
    assert_eq!(damaged, wrong, "nobody can tell the two apart");
}

fn change_header(practice: &Practice, file: &str, change: impl FnOnce(&mut serde_json::Value)) {
    let path = practice.path().join(file);
    let text = fs::read(&path).expect("the header is there");
    let mut header: serde_json::Value = serde_json::from_slice(&text).expect("it is JSON");
    change(&mut header);
    fs::write(&path, serde_json::to_vec(&header).expect("it is JSON again")).expect("it can be written");
}

/// The folder's outside is changed one way at a time; what opening then says.
#[test]
fn a_folder_that_is_not_as_it_was_left() {
    type Change = fn(&Practice);
    let cases: &[(&str, Change, &str)] = &[
        ("a header asking for 8 MiB", |p| weaken(p, "memory_kib", 8 * 1024), "WeakKdf"),
        ("a header asking for 4 GiB", |p| weaken(p, "memory_kib", 4 * 1024 * 1024), "WeakKdf"),
        ("a header asking for one pass", |p| weaken(p, "passes", 1), "WeakKdf"),
        (
            "only one of the two weakened",
            |p| change_header(p, "vault.json", |h| h["slots"][0]["cost"]["memory_kib"] = 8192.into()),
            "WeakKdf",
        ),
        ("a format of tomorrow", |p| each(p, |h| h["guardbook_vault"] = 2.into()), "NewerThanMe"),
        (
            "a slot taken away",
            |p| each(p, |h| drop(h["slots"].as_array_mut().map(|s| s.remove(0)))),
            "Damaged",
        ),
        ("a slot’s number changed", |p| each(p, |h| h["slots"][1]["id"] = 7.into()), "WrongRecoveryKey"),
        ("the seal changed", |p| each(p, |h| h["seal"] = "00".into()), "Damaged"),
        ("an unknown field", |p| each(p, |h| h["more"] = 1.into()), "Damaged"),
        ("the header cut short", |p| cut(p, &["vault.json", "vault.json.bak"], 100), "Damaged"),
        ("the header emptied", |p| cut(p, &["vault.json", "vault.json.bak"], 0), "Damaged"),
        ("the header gone, its copy there", |p| remove(p, &["vault.json"]), "opened"),
        ("the header cut short, its copy whole", |p| cut(p, &["vault.json"], 100), "opened"),
        ("the copy gone", |p| remove(p, &["vault.json.bak"]), "opened"),
        ("both gone", |p| remove(p, &["vault.json", "vault.json.bak"]), "NotAVault"),
        ("the database gone", |p| remove(p, &["guardbook.db"]), "Damaged"),
        ("the database emptied", |p| cut(p, &["guardbook.db"], 0), "Damaged"),
        ("the database cut within its first page", |p| cut(p, &["guardbook.db"], 1000), "Damaged"),
        ("the database cut after its first page", |p| cut(p, &["guardbook.db"], 4096), "Damaged"),
        ("the lock left by a dead process", |p| fs::write(p.path().join("lock"), "?").unwrap(), "opened"),
    ];
    let mut practice = Practice::new();
    practice.request();
    practice.lock();
    let kept: Vec<_> = files(&practice.path()).into_iter().map(|f| (fs::read(&f).unwrap(), f)).collect();
    for (what, change, expected) in cases {
        for (bytes, file) in &kept {
            fs::write(file, bytes).unwrap();
        }
        change(&practice);
        let opened = practice.try_open();
        let found = match &opened {
            Ok(_) => "opened".to_owned(),
            Err(fault) => format!("{fault:?}").split([' ', '(', '{']).next().unwrap_or_default().to_owned(),
        };
        assert_eq!(&found, expected, "{what}: {opened:?}");
        if let Ok(vault) = opened {
            assert_eq!(vault.check(), vec![], "{what}: nothing was lost");
            drop(vault);
            let [header, copy] =
                ["vault.json", "vault.json.bak"].map(|f| fs::read(practice.path().join(f)).ok());
            assert!(header.is_some() && header == copy, "{what}: opening mends the other file");
        }
    }
}

fn each(practice: &Practice, change: fn(&mut serde_json::Value)) {
    change_header(practice, "vault.json", change);
    change_header(practice, "vault.json.bak", change);
}

fn weaken(practice: &Practice, field: &str, value: u32) {
    for file in ["vault.json", "vault.json.bak"] {
        change_header(practice, file, |header| header["slots"][0]["cost"][field] = value.into());
    }
}

fn cut(practice: &Practice, names: &[&str], length: u64) {
    for name in names {
        let file = fs::OpenOptions::new().write(true).open(practice.path().join(name)).expect("it is there");
        file.set_len(length).expect("it can be cut");
    }
}

fn remove(practice: &Practice, names: &[&str]) {
    for name in names {
        fs::remove_file(practice.path().join(name)).expect("it is there");
    }
}

#[test]
fn every_bit_of_the_header_counts() {
    let mut practice = Practice::new();
    practice.lock();
    let header = practice.path().join("vault.json");
    let whole = fs::read(&header).expect("the header is there");
    for place in (0..whole.len()).step_by(3) {
        let mut bent = whole.clone();
        bent[place] ^= 1 << (place % 7);
        for name in ["vault.json", "vault.json.bak"] {
            fs::write(practice.path().join(name), &bent).expect("it can be written");
        }
        // White space, and a small z for the end of a moment, mean nothing: then the header is the same header.
        let means = |text: &[u8]| serde_json::from_slice::<crate::header::Header>(text).ok();
        if practice.try_open().is_ok() {
            assert_eq!(means(&bent), means(&whole), "a changed header opened: byte {place}");
        }
    }
    fs::write(&header, &whole).expect("it can be written");
    assert!(practice.try_open().is_ok(), "the header as it was opens");
}

#[test]
fn a_vault_is_open_once() {
    let mut practice = Practice::new();
    let since = practice.try_open().expect_err("it is open already");
    assert!(matches!(since, OpenFault::InUse { since: Some(at) } if at == now()), "{since:?}");
    assert!(since.to_string().contains("since 21 November 2026 09:30 UTC"), "the fault says since when");
    let outside = Store::describe(&practice.path()).expect("its outside can be seen");
    assert_eq!(outside.in_use, Some(Some(now())), "so does its outside");
    practice.lock();
    assert!(practice.try_open().is_ok(), "locked here, it opens there");
    assert_eq!(Store::describe(&practice.path()).expect("a vault").in_use, None, "and then it is free");
}

#[test]
fn of_eight_at_once_one_gets_the_vault() {
    let mut practice = Practice::new();
    practice.lock();
    let (path, key) = (practice.path(), practice.recovery.printed());
    for round in 0..10 {
        let together = std::sync::Barrier::new(8);
        let opened: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        together.wait();
                        Vault::unlock(&path, Secret::Recovery(&key), now(), Box::new(OsRandom))
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("it ends")).collect()
        });
        let got = opened.iter().filter(|result| result.is_ok()).count();
        let turned_away = |fault: &OpenFault| matches!(fault, OpenFault::InUse { .. });
        assert_eq!(got, 1, "round {round}");
        assert!(opened.iter().filter_map(|r| r.as_ref().err()).all(turned_away), "{opened:?}");
    }
}

#[test]
fn a_vault_of_tomorrow_is_left_alone() {
    let mut practice = Practice::new();
    practice.vault().database.pragma_update(None, "user_version", 99).expect("it is a number");
    practice.lock();
    let told = practice.try_open();
    assert!(matches!(told, Err(OpenFault::NewerThanMe { found: 99 })), "{told:?}");
}

#[test]
fn the_outside_of_a_vault() {
    let mut practice = Practice::new();
    practice.lock();
    let outside = Store::describe(&practice.path()).expect("a vault");
    assert_eq!(outside.slots, [SlotKind::Phrase, SlotKind::Recovery], "a recovery key from the first day");
    assert_eq!((outside.cost, outside.made, outside.format), (Some(KdfCost::FLOOR), now(), 1));
    let empty = tempfile::tempdir().expect("there is a temporary folder");
    for path in [empty.path().to_owned(), empty.path().join("nowhere"), practice.path().join("lock")] {
        let told = Store::describe(&path);
        assert!(matches!(told, Err(OpenFault::NotAVault)), "{told:?}");
        assert!(!path.join("lock").exists(), "looking leaves nothing behind");
    }
}

#[test]
fn making_a_vault_takes_no_place_that_is_taken() {
    let mut practice = Practice::new();
    practice.lock();
    let make = |path: &std::path::Path, phrase, cost| {
        Vault::create(path, phrase, cost, now(), Box::new(OsRandom)).map(|_| ())
    };
    let full = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(full.path().join("letter.txt"), "x").expect("it can be written");
    let weak = KdfCost { memory_kib: 8 * 1024, ..KdfCost::FLOOR };
    let new = full.path().join("new");
    let begun = full.path().join("begun");
    fs::create_dir_all(&begun).expect("a folder");
    for name in ["guardbook.db", "vault.json.bak.tmp"] {
        fs::write(begun.join(name), "cut short before there was a header").expect("a file");
    }
    assert!(matches!(make(&practice.path(), PHRASE, KdfCost::FLOOR), Err(OpenFault::Exists)), "a vault");
    assert!(matches!(make(full.path(), PHRASE, KdfCost::FLOOR), Err(OpenFault::Exists)), "a full folder");
    assert!(matches!(make(&new, PHRASE, weak), Err(OpenFault::WeakKdf)), "too cheap to guess");
    assert!(matches!(make(&new, "  ", KdfCost::FLOOR), Err(OpenFault::EmptyPhrase)), "no phrase");
    assert!(!new.exists(), "a vault that was refused leaves no folder");
    assert!(make(&begun, PHRASE, KdfCost::FLOOR).is_ok(), "a making that was cut short can be begun again");
    assert!(practice.try_open().is_ok(), "and the vault that was there is still there");
}

#[test]
fn a_new_phrase_takes_the_place_of_the_old_one() {
    let mut practice = Practice::new();
    let refused =
        practice.vault().change_phrase(&act("change_phrase"), Secret::Phrase("no"), "new", KdfCost::FLOOR);
    assert!(matches!(refused, Err(OpenFault::WrongPhrase)), "the current phrase is asked for: {refused:?}");
    let current = Secret::Phrase(PHRASE);
    let changed = practice.vault().change_phrase(&act("change_phrase"), current, "new one", KdfCost::FLOOR);
    changed.expect("it changes");
    let journal = done(practice.vault().read().journal());
    assert_eq!(journal.len(), 1, "one act, one row; the refused one left none");
    assert!(journal[0].touched.contains("vault 0 phrase changed"), "{}", journal[0].touched);
    practice.lock();
    assert!(matches!(practice.try_phrase(PHRASE), Err(OpenFault::WrongPhrase)), "the old one opens nothing");
    assert!(practice.try_phrase("new one").is_ok(), "the new one does");

    let old_key = practice.recovery.printed();
    let vault = practice.reopen();
    let new_key =
        vault.new_recovery_key(&act("new_recovery_key"), Secret::Recovery(&old_key)).expect("issued");
    practice.lock();
    assert!(matches!(practice.try_open(), Err(OpenFault::WrongRecoveryKey)), "the old key opens nothing");
    practice.recovery = new_key;
    let vault = practice.reopen();
    let changed =
        vault.change_phrase(&act("change_phrase"), Secret::Recovery(&old_key), "third", KdfCost::FLOOR);
    assert!(matches!(changed, Err(OpenFault::WrongRecoveryKey)), "nor does it set a phrase: {changed:?}");
    assert_eq!(vault.check(), vec![], "the vault is clean after all that");
}

#[test]
fn an_older_header_put_back_is_told() {
    let mut practice = Practice::new();
    let header = practice.path().join("vault.json");
    let old = fs::read(&header).expect("the header is there");
    let current = Secret::Phrase(PHRASE);
    practice
        .vault()
        .change_phrase(&act("change_phrase"), current, "new", KdfCost::FLOOR)
        .expect("it changes");
    practice.lock();
    for name in ["vault.json", "vault.json.bak"] {
        fs::write(practice.path().join(name), &old).expect("it can be written");
    }
    assert_eq!(
        practice.reopen().check(),
        vec![Trouble::OlderSlots],
        "the old phrase works again, and it shows"
    );
}
