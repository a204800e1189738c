use super::*;

#[test]
fn the_organisation_is_kept_as_it_was_set() {
    let mut practice = Practice::new();
    assert_eq!(done(practice.vault().read().organisation()), None, "a new vault has none");
    let organisation = Organisation {
        name: "Harbour Homes".to_owned(),
        address: vec!["1 Quay Row".to_owned()],
        nation: Nation::SCT,
        kind: ControllerKind::ScottishRsl,
        officer: Officer { name: "Dana Whitlock".into(), ..Officer::default() },
        regulator: Regulator::default(),
        privacy_notice: "harbour.example/privacy".to_owned(),
        lock_after_minutes: 5,
    };
    done(practice.vault().act(&act("set_up"), |tx| tx.set_organisation(&organisation)));
    assert_eq!(done(practice.reopen().read().organisation()), Some(organisation));
}

#[test]
fn references_count_up_in_each_year_and_are_never_given_twice() {
    let mut practice = Practice::new();
    let mut log = |logged: &str| {
        let made = practice.vault().act(&act("log"), |tx| tx.add_request(&a_request("Ada"), day(logged)));
        done(made).reference.to_string()
    };
    for (logged, reference) in [
        ("2026-12-30", "GB-2026-0001"),
        ("2026-12-31", "GB-2026-0002"),
        ("2027-01-01", "GB-2027-0001"),
        ("2026-12-31", "GB-2026-0003"),
    ] {
        assert_eq!(log(logged), reference, "logged on {logged}");
    }
    let database = &practice.vault().database;
    database.execute_batch("DELETE FROM requests WHERE number = 3").expect("removed");
    let made = practice.vault().act(&act("log"), |tx| tx.add_request(&a_request("Bo"), day("2026-12-31")));
    assert_eq!(done(made).reference.to_string(), "GB-2026-0004", "the third one’s reference is in a letter");
}

#[test]
fn a_request_is_kept_as_it_was_logged_and_corrected() {
    let mut practice = Practice::new();
    let id = practice.request();
    let kept = done(practice.vault().read().request(id));
    assert_eq!(kept.facts, a_request("Ada Byron"), "as logged");
    assert_eq!((kept.state, kept.closed, kept.logged), (RequestState::Open, None, day("2026-11-20")));

    let facts =
        NewRequest { right: Right::Erasure, received: day("2026-11-18"), ..a_request("Ada Lovelace") };
    let clock = ClockEvents {
        identity: Some(Evidence {
            asked: day("2026-11-20"),
            why: "no account".to_owned(),
            what: "a bill".to_owned(),
            received: None,
        }),
        ..ClockEvents::default()
    };
    done(practice.vault().act(&act("correct"), |tx| {
        tx.change_request(id, &facts)?;
        tx.set_clock(id, &clock)?;
        tx.set_state(id, RequestState::Closed, Some(day("2026-12-01")))
    }));
    let vault = practice.reopen();
    let kept = done(vault.read().request(id));
    assert_eq!((kept.facts, kept.clock), (facts, clock), "as corrected");
    assert_eq!((kept.state, kept.closed), (RequestState::Closed, Some(day("2026-12-01"))));
    let told = done(vault.read().journal()).pop().expect("a row").touched;
    let expected = "request 1 right; request 1 name; request 1 received; request 1 clock; request 1 closed";
    assert_eq!(told, expected, "the journal names the fields, not what is in them");

    for missing in [
        vault.act(&act("x"), |tx| tx.change_request(99, &a_request("Bo"))),
        vault.act(&act("x"), |tx| tx.set_clock(99, &ClockEvents::default())),
        vault.act(&act("x"), |tx| tx.set_state(99, RequestState::Open, None)),
        vault.act(&act("x"), |tx| tx.add_document(99, &a_document(b""), day("2026-11-20"))).map(|_| ()),
        vault.read().request(99).map(|_| ()),
    ] {
        assert!(matches!(missing, Err(StoreFault::NotFound { what: "request", id: 99 })), "{missing:?}");
    }
}

#[test]
fn every_word_of_the_model_is_kept() {
    let mut practice = Practice::new();
    let id = practice.request();
    let channels = [
        Channel::Letter,
        Channel::Email,
        Channel::Phone,
        Channel::InPerson,
        Channel::WebForm,
        Channel::SocialMedia,
        Channel::Representative,
    ];
    for (right, channel) in Right::ALL.into_iter().zip(channels.into_iter().cycle()) {
        let facts = NewRequest { right, channel, ..a_request("Ada") };
        done(practice.vault().act(&act("change"), |tx| tx.change_request(id, &facts)));
        assert_eq!(done(practice.vault().read().request(id)).facts, facts);
    }
    for state in [RequestState::Open, RequestState::Sealed, RequestState::Closed] {
        done(practice.vault().act(&act("state"), |tx| tx.set_state(id, state, None)));
        assert_eq!(done(practice.vault().read().request(id)).state, state);
    }
}

#[test]
fn requests_are_found_by_what_is_typed() {
    let mut practice = Practice::new();
    for name in ["Ada Byron", "Bo_Peep", "Cyd O’Neill"] {
        let facts = NewRequest {
            words: format!("{name} asks").as_str().into(),
            subject: Subject { also_known_as: vec![], ..a_request(name).subject },
            ..a_request(name)
        };
        done(practice.vault().act(&act("log"), |tx| tx.add_request(&facts, day("2026-11-20"))));
    }
    let read = practice.vault().read();
    for (typed, found) in [
        ("", vec![3, 2, 1]),
        ("  ", vec![3, 2, 1]),
        ("ada", vec![1]),
        ("GB-2026-0002", vec![2]),
        ("0003", vec![3]),
        ("asks", vec![3, 2, 1]),
        ("_", vec![2]),
        ("%", vec![]),
        ("’Neill", vec![3]),
        ("'; DROP TABLE requests; --", vec![]),
    ] {
        let ids: Vec<Id> = done(read.find_requests(typed)).into_iter().map(|r| r.id).collect();
        assert_eq!(ids, found, "{typed:?}");
    }
    let reference: Reference = "GB-2026-0002".parse().expect("a reference");
    assert_eq!(done(read.request_by_reference(&reference)).map(|r| r.id), Some(2));
    assert_eq!(done(read.request_by_reference(&Reference::new(2025, 2))), None);
}

#[test]
fn a_list_counts_documents_and_marks() {
    let mut practice = Practice::new();
    let (one, two) = (practice.request(), practice.request());
    let document = practice.document(one, b"a");
    practice.document(one, b"b");
    for _ in 0..3 {
        done(
            practice.vault().act(&act("mark"), |tx| {
                tx.add_mark(document, &a_mark(""), &"Dana".into(), day("2026-11-20"))
            }),
        );
    }
    let counted: Vec<_> =
        done(practice.vault().read().requests()).into_iter().map(|r| (r.id, r.documents, r.marks)).collect();
    assert_eq!(counted, [(two, 0, 0), (one, 2, 3)], "newest first");
}

#[test]
fn documents_keep_their_order_and_what_was_decided() {
    let mut practice = Practice::new();
    let request = practice.request();
    let [a, b, c] = ["a", "b", "c"].map(|text| practice.document(request, text.as_bytes()));
    let order = |practice: &mut Practice| -> Vec<(Id, u32)> {
        let documents = done(practice.vault().read().documents(request));
        documents.into_iter().map(|d| (d.id, d.position)).collect()
    };
    assert_eq!(order(&mut practice), [(a, 1), (b, 2), (c, 3)], "as added");
    for (id, position, expected) in [
        (c, 1, [(c, 1), (a, 2), (b, 3)]),
        (c, 99, [(a, 1), (b, 2), (c, 3)]),
        (a, 2, [(b, 1), (a, 2), (c, 3)]),
        (a, 0, [(a, 1), (b, 2), (c, 3)]),
    ] {
        done(practice.vault().act(&act("move"), |tx| tx.move_document(id, position)));
        assert_eq!(order(&mut practice), expected, "{id} to {position}");
    }
    done(practice.vault().act(&act("decide"), |tx| {
        tx.rename_document(b, &"Repairs, 2024".into())?;
        tx.date_document(b, Some(day("2024-02-29")))?;
        tx.set_disclosure(b, Disclosure::Withheld, Some("legal_privilege"))?;
        tx.see_pages(b, &[3, 1])?;
        tx.see_pages(b, &[1, 2])
    }));
    let kept = done(practice.reopen().read().document(b));
    assert_eq!((kept.title.as_str(), kept.dated), ("Repairs, 2024", Some(day("2024-02-29"))));
    assert_eq!(
        (kept.disclosure, kept.withheld_code.as_deref()),
        (Disclosure::Withheld, Some("legal_privilege"))
    );
    assert_eq!((kept.seen, kept.pages, kept.size), (vec![1, 2, 3], 3, 1), "pages once each, in order");
    done(practice.vault().act(&act("remove"), |tx| tx.remove_document(a)));
    assert_eq!(order(&mut practice), [(b, 1), (c, 2)], "the others close up");
    let d = practice.document(request, b"d");
    assert!(d > c, "a number is never given twice");
}

#[test]
fn a_document_is_known_by_its_bytes() {
    let mut practice = Practice::new();
    let (one, two) = (practice.request(), practice.request());
    let new = NewDocument { password: Some("open sesame".into()), ..a_document(b"abc") };
    let id = done(practice.vault().act(&act("add"), |tx| tx.add_document(one, &new, day("2026-11-20"))));
    let read = practice.vault().read();
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(done(read.same_document(one, known)).map(|d| d.id), Some(id), "SHA-256 of “abc” (FIPS 180-2)");
    assert_eq!(done(read.same_document(two, known)), None, "another request’s document is no duplicate");
    assert_eq!(done(read.document_password(id)).as_ref().map(|p| p.as_str()), Some("open sesame"));
    assert_eq!(done(read.document_bytes(id)).as_slice(), b"abc");
    assert!(matches!(read.document_bytes(9), Err(StoreFault::NotFound { what: "document", id: 9 })));
}

#[test]
fn marks_come_and_go_under_their_own_number() {
    let mut practice = Practice::new();
    let request = practice.request();
    let (first, second) = (practice.document(request, b"1"), practice.document(request, b"2"));
    let shapes = [
        MarkShape::Rect { page: 1, rect: [0.1, 0.2, 0.3, 0.4] },
        MarkShape::Words { page: 2, rects: vec![[1.0, 2.0, 3.0, 4.0]], text: "Mrs Gray".into() },
        MarkShape::Phrase { find: "Gray".into(), page: None, whole_word: true },
        MarkShape::WholePage { page: 3 },
    ];
    let mut made = Vec::new();
    for (document, shape) in [second, first, first, second].into_iter().zip(shapes) {
        let facts = NewMark { shape, ..a_mark("why") };
        let add = |tx: &mut Tx<'_>| tx.add_mark(document, &facts, &"Dana".into(), day("2026-11-20"));
        let id = done(practice.vault().act(&act("add_mark"), add));
        let kept = done(practice.vault().read().mark(id));
        assert_eq!((kept.facts, kept.document), (facts, document), "as it was made");
        made.push(id);
    }
    let ids = |marks: Vec<Mark>| marks.into_iter().map(|mark| mark.id).collect::<Vec<_>>();
    let read = practice.vault().read();
    assert_eq!(ids(done(read.marks_on(first))), [made[1], made[2]]);
    assert_eq!(
        ids(done(read.marks_of(request))),
        [made[1], made[2], made[0], made[3]],
        "in the documents’ order"
    );

    let last = *made.last().expect("four were made");
    let gone = done(practice.vault().act(&act("remove_mark"), |tx| tx.remove_mark(last)));
    let after =
        done(practice.vault().act(&act("add_mark"), |tx| {
            tx.add_mark(first, &a_mark("later"), &"Dana".into(), day("2026-11-21"))
        }));
    assert!(after > last, "the removed one’s number is not given to another");
    done(practice.vault().act(&act("undo"), |tx| tx.restore_mark(&gone)));
    assert_eq!(done(practice.vault().read().mark(last)), gone, "restored, it is the same mark");

    let uncoded = NewMark { code: None, ..a_mark("changed") };
    let change = |tx: &mut Tx<'_>| tx.change_mark(after, &uncoded, &"Sam".into(), day("2026-11-22"));
    done(practice.vault().act(&act("change_mark"), change));
    let kept = done(practice.vault().read().mark(after));
    assert_eq!(
        (kept.facts.clone(), kept.decided_by.as_str(), kept.decided_on),
        (uncoded, "Sam", day("2026-11-22"))
    );
    let told = done(practice.vault().read().journal()).pop().expect("a row").touched;
    assert_eq!(told, format!("mark {after} code; mark {after} note"));

    done(practice.vault().act(&act("remove"), |tx| tx.remove_document(first)));
    let homeless = practice.vault().act(&act("undo"), |tx| tx.restore_mark(&kept));
    assert!(matches!(homeless, Err(StoreFault::NotFound { what: "document", .. })), "{homeless:?}");
    assert_eq!(ids(done(practice.vault().read().marks_of(request))), [made[0], made[3]], "marks go with it");
}

#[test]
fn a_removed_request_leaves_its_journal_only() {
    let mut practice = Practice::new();
    let (gone, stays) = (practice.request(), practice.request());
    let shared = noise(1, 300 * 1024);
    for (request, bytes) in [(gone, &shared), (stays, &shared), (gone, &noise(2, 300 * 1024))] {
        practice.document(request, bytes);
    }
    let new = NewPack { bytes: noise(3, 1000), pages: 1, sealed_at: now(), certificate: "{}".to_owned() };
    done(practice.vault().act(&act("seal"), |tx| tx.add_pack(gone, &new)));
    let remove =
        |practice: &mut Practice| practice.vault().act(&act("dispose"), |tx| tx.remove_request(gone));
    done(remove(&mut practice));
    let again = remove(&mut practice);
    assert!(matches!(again, Err(StoreFault::NotFound { what: "request", .. })), "{again:?}");
    let read = practice.vault().read();
    assert_eq!(done(read.documents(gone)), vec![], "no documents");
    assert_eq!(done(read.packs(gone)), vec![], "no packs");
    assert_eq!(done(read.objects()).len(), 1, "only the bytes the other request needs");
    assert_eq!(done(read.journal_of(gone)).len(), 1, "the journal keeps that it was logged");
    assert_eq!(files(&practice.path().join("objects")).len(), 1, "and one file");
    assert_eq!(practice.vault().check(), vec![]);
    let log = std::fs::metadata(practice.path().join("guardbook.db-wal")).map(|facts| facts.len());
    assert_eq!(log.ok(), Some(0), "nothing of it stands in the log");
}

#[test]
fn packs_are_numbered_and_verified() {
    let mut practice = Practice::new();
    let request = practice.request();
    for (number, length) in [(1, 1000), (2, 400 * 1024)] {
        let bytes = noise(number, length);
        let new = NewPack { bytes: bytes.clone(), pages: 7, sealed_at: now(), certificate: "{}".to_owned() };
        let pack = done(practice.vault().act(&act("seal_pack"), |tx| tx.add_pack(request, &new)));
        assert_eq!((u64::from(pack.number), pack.size, pack.pages), (number, length as u64, 7));
        assert_eq!((pack.sealed_at.as_str(), pack.certificate.as_str()), ("2026-11-21T09:30:00.000Z", "{}"));
        assert_eq!(done(practice.vault().read().pack_bytes(pack.id)).as_slice(), bytes);
    }
    let packs = done(practice.reopen().read().packs(request));
    assert_eq!(packs.iter().map(|p| p.number).collect::<Vec<_>>(), [1, 2], "the last one supersedes");
    assert!(matches!(practice.vault().read().pack(9), Err(StoreFault::NotFound { what: "pack", id: 9 })));
}
