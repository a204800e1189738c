//! What lies on the disk, and how the database is set up to keep it so.

use super::*;
use std::fs;

#[test]
fn the_database_is_set_up_as_the_design_says() {
    fn is_send<T: Send>(_: &T) {}
    let mut practice = Practice::new();
    for opening in ["made", "opened"] {
        for (pragma, expected) in [
            ("locking_mode", "exclusive"),
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("recursive_triggers", "1"),
            ("trusted_schema", "0"),
            ("cell_size_check", "1"),
            ("secure_delete", "1"),
            ("temp_store", "2"),
            ("cache_size", "-65536"),
            ("application_id", "1198867051"),
            ("user_version", "1"),
            ("cipher_page_size", "4096"),
            ("cipher_use_hmac", "1"),
            ("cipher_hmac_algorithm", "HMAC_SHA512"),
        ] {
            let found: rusqlite::types::Value = practice
                .vault()
                .database
                .pragma_query_value(None, pragma, |row| row.get(0))
                .expect("the pragma answers");
            let found = match found {
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => panic!("{pragma}: {other:?}"),
            };
            assert_eq!(found, expected, "{pragma}, {opening}");
        }
        let mapped =
            practice.vault().database.pragma_query_value(None, "mmap_size", |row| row.get::<_, i64>(0));
        assert!(mapped.unwrap_or(0) == 0, "a mapped file would be read past the cipher");
        let shared = practice.path().join("guardbook.db-shm");
        assert!(!shared.exists(), "an exclusive database needs no shared memory");
        is_send(practice.reopen());
    }
}

#[test]
fn nothing_on_the_disk_can_be_read() {
    let mut practice = Practice::new();
    let canaries: Vec<String> =
        (0..16).map(|n| format!("canary-{n:02}-{:016x}", n * 0x1234_5678_9abc_u64)).collect();
    let request = practice.request();
    let facts = NewRequest { words: canaries[0..4].join(" ").as_str().into(), ..a_request(&canaries[4]) };
    done(practice.vault().act(&act("change_request"), |tx| tx.change_request(request, &facts)));
    let small = canaries[5..8].join("\n").into_bytes();
    let large = [noise(1, 400 * 1024), canaries[8..11].join("\n").into_bytes()].concat();
    let document = practice.document(request, &small);
    practice.document(request, &large);
    done(practice.vault().act(&act("mark"), |tx| {
        tx.add_mark(document, &a_mark(&canaries[11]), &canaries[12].as_str().into(), day("2026-11-20"))
    }));
    let words = canaries[13..16].join(" ");
    done(practice.vault().remember(|cache| cache.put_words(document, 1, words.as_bytes())));

    // While it is open, with its log beside it, and after.
    let mut looked_at = Vec::new();
    for _ in 0..2 {
        for file in files(&practice.path()) {
            let bytes = fs::read(&file).expect("it can be read");
            for canary in &canaries {
                assert!(!contains(&bytes, canary.as_bytes()), "{canary} in {file:?}");
                let wide: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
                assert!(!contains(&bytes, &wide), "{canary} in UTF-16 in {file:?}");
            }
            assert!(!contains(&bytes, b"SQLite format 3"), "a plain database: {file:?}");
            assert!(!contains(&bytes, PHRASE.as_bytes()), "the phrase in {file:?}");
            looked_at.push(file);
        }
        practice.lock();
    }
    let seen = |ending: &str| looked_at.iter().any(|file| file.to_string_lossy().ends_with(ending));
    assert!(seen("guardbook.db") && seen("-wal") && seen(".gbo"), "the search looked where it matters");
    let vault = practice.reopen();
    assert_eq!(
        vault.read().document_bytes(document).expect("it is there").as_slice(),
        small,
        "and it is all there"
    );
}

#[cfg(unix)]
#[test]
fn nobody_else_may_look() {
    use std::os::unix::fs::PermissionsExt;
    let mut practice = Practice::new();
    let request = practice.request();
    practice.document(request, &noise(2, 300 * 1024));
    let mode = |path: &std::path::Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let mut found = files(&practice.path());
    for file in &found {
        assert_eq!(mode(file), 0o600, "{file:?}");
    }
    found.retain(|file| file.extension().is_some_and(|e| e == "gbo"));
    assert_eq!(found.len(), 1, "there is one object");
    for folder in
        [practice.path(), practice.path().join("objects"), found[0].parent().expect("a shelf").into()]
    {
        assert_eq!(mode(&folder), 0o700, "{folder:?}");
    }
}
