use super::*;

/// A vault with a journal of ten rows, and its last row printed.
fn ten() -> (Practice, Anchor) {
    let mut practice = Practice::new();
    for _ in 0..10 {
        practice.request();
    }
    let anchor = done(practice.vault().read().journal_anchor()).expect("there are rows");
    (practice, anchor)
}

#[test]
fn tampering_is_told_with_its_first_row() {
    let unguarded = "DROP TRIGGER journal_rows_come_in_order; DROP TRIGGER journal_rows_are_never_changed; DROP TRIGGER journal_rows_are_never_removed;";
    let cases: &[(&str, &str, i64)] = &[
        ("another actor", "UPDATE journal SET actor = 'Mallory' WHERE seq = 4", 4),
        ("another moment", "UPDATE journal SET at = '2026-11-01T00:00:00.000Z' WHERE seq = 7", 7),
        ("another body", "UPDATE journal SET touched = 'request 1 removed' WHERE seq = 1", 1),
        ("another request", "UPDATE journal SET request = NULL WHERE seq = 10", 10),
        ("another seal", "UPDATE journal SET mac = zeroblob(32) WHERE seq = 5", 5),
        (
            "another row’s seal",
            "UPDATE journal SET mac = (SELECT mac FROM journal WHERE seq = 1) WHERE seq = 5",
            5,
        ),
        ("another hash", "UPDATE journal SET hash = zeroblob(32) WHERE seq = 3", 3),
        ("a row gone", "DELETE FROM journal WHERE seq = 6", 6),
        ("the first row gone", "DELETE FROM journal WHERE seq = 1", 1),
        ("the end gone", "DELETE FROM journal WHERE seq > 8", 9),
        ("all gone", "DELETE FROM journal", 1),
        ("all and the note gone", "DELETE FROM journal; DELETE FROM journal_head", 1),
        (
            "two rows swapped",
            "UPDATE journal SET seq = 99 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 99",
            2,
        ),
        (
            "a row put in",
            "INSERT INTO journal SELECT 11, at, actor, action, request, touched, hash, mac FROM journal WHERE seq = 10",
            11,
        ),
        (
            "the end gone and its note moved back",
            "DELETE FROM journal WHERE seq = 10; UPDATE journal_head SET seq = 9, hash = (SELECT hash FROM journal WHERE seq = 9)",
            10,
        ),
    ];
    let (mut practice, anchor) = ten();
    let anchors = [anchor];
    assert!(
        practice.vault().verify_journal_against(&anchors).is_ok_and(|proof| proof.rows == 10),
        "it holds"
    );
    for (what, statement, first) in cases {
        // As somebody would who has the key and a database tool.
        let database = &practice.vault().database;
        database.execute_batch("SAVEPOINT tampering").expect("begun");
        database.execute_batch(unguarded).expect("the triggers are gone");
        database.execute_batch(statement).expect(what);
        let alone = practice.vault().verify_journal();
        let anchored = practice.vault().verify_journal_against(&anchors);
        if *what != "all and the note gone" {
            assert_eq!(alone.expect_err(what).seq, *first, "{what}, without an anchor");
        }
        assert_eq!(anchored.expect_err(what).seq, *first, "{what}, with an anchor");
        let undone = practice.vault().database.execute_batch("ROLLBACK TO tampering; RELEASE tampering");
        undone.expect("undone");
    }
    assert!(practice.vault().verify_journal_against(&anchors).is_ok(), "untouched again, it holds again");
}

#[test]
fn an_older_vault_put_back_is_told_by_an_anchor_only() {
    let (mut practice, old) = ten();
    practice.lock();
    let database = practice.path().join("guardbook.db");
    let yesterday = std::fs::read(&database).expect("it can be copied");
    practice.reopen();
    practice.request();
    let printed = done(practice.vault().read().journal_anchor()).expect("there are rows");
    practice.lock();
    std::fs::write(&database, yesterday).expect("it can be put back");
    let vault = practice.reopen();
    assert_eq!(vault.check(), vec![], "from inside there is nothing to see");
    let found = vault.verify_journal_against(&[old, printed]).expect_err("the printed row is not there");
    assert_eq!(found.seq, 11, "{found}");
}

#[test]
fn an_anchor_is_read_as_it_is_printed() {
    let (mut practice, anchor) = ten();
    let hash = anchor.hash.clone();
    for (printed, holds) in [
        (hash.clone(), true),
        (hash[..16].to_owned(), true),
        (format!(" {} ", hash[..16].to_uppercase()), true),
        (hash[..15].to_owned(), false),
        (hash.chars().rev().collect(), false),
        (String::new(), false),
    ] {
        let anchors = [Anchor { seq: 10, hash: printed.clone() }];
        assert_eq!(practice.vault().verify_journal_against(&anchors).is_ok(), holds, "{printed:?}");
    }
}
