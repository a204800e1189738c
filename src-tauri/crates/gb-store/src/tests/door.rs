use super::*;

#[test]
fn every_act_is_one_row_of_the_journal() {
    let mut practice = Practice::new();
    let request = practice.request();
    let document = practice.document(request, b"letter");
    let whole = Act { request: Some(request), ..act("add_mark") };
    let mark = done(practice.vault().act(&whole, |tx| {
        let mark = tx.add_mark(document, &a_mark("why"), &"Dana".into(), day("2026-11-20"))?;
        tx.touched("document", document, "looked at");
        Ok::<_, StoreFault>(mark)
    }));
    let rows = done(practice.vault().read().journal());
    let told: Vec<_> =
        rows.iter().map(|r| (r.seq, r.action.as_str(), r.request, r.touched.clone())).collect();
    assert_eq!(
        told,
        [
            (1, "log_request", Some(request), format!("request {request} added")),
            (2, "add_document", None, format!("document {document} added")),
            (3, "add_mark", Some(request), format!("mark {mark} added; document {document} looked at")),
        ],
        "who touched what, in order; a request being logged names itself"
    );
    assert_eq!((rows[0].actor.as_str(), rows[0].at.as_str()), ("Dana Whitlock", "2026-11-21T09:30:00.000Z"));
    let read = practice.vault().read();
    assert_eq!(done(read.journal_of(request)).len(), 2, "the rows that concern the request");
    let page: Vec<_> = done(read.journal_page(Some(3), 1)).iter().map(|row| row.seq).collect();
    assert_eq!(page, [2], "pages go back from the newest");
}

#[test]
fn an_act_that_fails_leaves_nothing() {
    let mut practice = Practice::new();
    let request = practice.request();
    let before = practice.vault().verify_journal().expect("it holds");
    let new = a_document(&noise(3, 300 * 1024));
    let failed = practice.vault().act(&act("add_document"), |tx| {
        tx.add_document(request, &new, day("2026-11-20"))?;
        assert_eq!(tx.documents(request)?.len(), 1, "the act reads what it wrote");
        Err::<(), _>(StoreFault::NotFound { what: "mark", id: 9 })
    });
    assert!(matches!(failed, Err(StoreFault::NotFound { what: "mark", id: 9 })), "{failed:?}");
    let vault = practice.vault();
    assert_eq!(done(vault.read().documents(request)), vec![], "no document");
    assert_eq!(vault.verify_journal().as_ref(), Ok(&before), "no row");
    assert_eq!(vault.check(), vec![], "no trouble");

    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = practice.vault().act(&act("add_document"), |tx| {
            tx.add_document(request, &new, day("2026-11-20"))?;
            panic!("a bug in the desk");
            #[allow(unreachable_code)]
            Ok::<_, StoreFault>(())
        });
    }));
    assert!(panicked.is_err(), "the panic goes on");
    assert_eq!(done(practice.vault().read().documents(request)), vec![], "and leaves nothing either");
    assert_eq!(practice.document(request, &new.bytes), 1, "the vault goes on working");
}

#[test]
fn a_failure_that_is_swallowed_still_ends_the_act() {
    let mut practice = Practice::new();
    let request = practice.request();
    let before = practice.vault().verify_journal().expect("it holds");
    let ended = practice.vault().act(&act("careless"), |tx| {
        tx.add_document(request, &a_document(b"one"), day("2026-11-20"))?;
        let broken = tx.write("INSERT INTO documents (request) VALUES (99)", []);
        assert!(matches!(broken, Err(StoreFault::Refused { .. })), "{broken:?}");
        let after = tx.add_document(request, &a_document(b"two"), day("2026-11-20"));
        assert!(matches!(after, Err(StoreFault::Abandoned)), "nothing more is written: {after:?}");
        Ok::<_, StoreFault>(())
    });
    assert!(matches!(ended, Err(StoreFault::Abandoned)), "the desk said yes, the vault says no: {ended:?}");
    assert_eq!(practice.vault().verify_journal(), Ok(before), "nothing was committed");
}

#[test]
fn journal_and_packs_cannot_be_changed_even_from_inside() {
    let mut practice = Practice::new();
    let request = practice.request();
    let new = NewPack { bytes: b"%PDF".to_vec(), pages: 1, sealed_at: now(), certificate: "{}".to_owned() };
    done(practice.vault().act(&act("seal"), |tx| tx.add_pack(request, &new)));
    for statement in [
        "UPDATE journal SET actor = 'nobody'",
        "DELETE FROM journal",
        "UPDATE packs SET pages = 2",
        "INSERT INTO journal SELECT 9, at, actor, action, request, touched, hash, mac FROM journal WHERE seq = 2",
        "INSERT OR REPLACE INTO journal SELECT 1, at, actor, action, request, touched, hash, mac FROM journal WHERE seq = 2",
    ] {
        let tried = practice.vault().act(&act("tamper"), |tx| tx.write(statement, []));
        assert!(matches!(tried, Err(StoreFault::Refused { .. })), "{statement}: {tried:?}");
    }
}

#[test]
fn remembering_is_not_acting() {
    let mut practice = Practice::new();
    let request = practice.request();
    let document = practice.document(request, b"letter");
    let before = practice.vault().verify_journal().expect("it holds");
    done(practice.vault().remember(|cache| {
        cache.put_words(document, 1, b"old")?;
        cache.put_words(document, 1, b"new")?;
        cache.put_words(999, 1, b"of nothing")
    }));
    let failed = practice.vault().remember(|cache| {
        cache.put_words(document, 2, b"half")?;
        Err::<(), _>(StoreFault::Abandoned)
    });
    assert!(failed.is_err());
    let read = practice.vault().read();
    let words = |document, page| done(read.words(document, page));
    assert_eq!(words(document, 1).as_deref(), Some(b"new".as_slice()), "the newest words");
    assert_eq!((words(document, 2), words(999, 1)), (None, None), "nothing half, nothing of nothing");
    assert_eq!(practice.vault().verify_journal(), Ok(before), "and no row");
    done(practice.vault().act(&act("remove"), |tx| tx.remove_document(document)));
    assert_eq!(done(practice.vault().read().words(document, 1)), None, "words go with their document");
}
