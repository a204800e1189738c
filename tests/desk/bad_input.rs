//! What people and their files do to a desk, and what must still be true afterwards.

use super::place::{PHRASE, Place};
use chrono::NaiveDate;
use gb_desk::gb_model::{Channel, NewRequest, Right, Subject};
use gb_desk::gb_wire::{By, ClockDraft, Commands, FaultCode, FilePassword, IdRef, Nothing, Unlock, Which};
use gb_desk::script;
use gb_testkit::pdf;
use std::fs;
use std::time::Instant;

const CASE: &str = "GB-2026-0002";

#[test]
fn ten_wrong_phrases_cost_waits_and_nothing_else() {
    let place = Place::practice();
    place.desk.vault_lock(Nothing {}, &place.at).expect("locks");
    let header = fs::read(place.vault().join("vault.json")).expect("a header");
    let try_phrase = |phrase: &str| {
        let input = Unlock { which: Which::Own, by: By::Phrase, secret: phrase.into() };
        place.desk.vault_unlock(input, &place.at)
    };
    let mut waits = Vec::new();
    for n in 1..=10 {
        let fault = try_phrase(&format!("wrong phrase {n}")).expect_err("a wrong phrase opens nothing");
        assert_eq!(fault.code, Some(FaultCode::WrongPhrase), "{fault}");
        let wait = place.desk.vault_status(Nothing {}, &place.at).expect("a status").wait_seconds;
        waits.push(wait);
        if wait > 0 {
            let hasty = try_phrase(PHRASE).expect_err("even the right phrase waits");
            assert!(hasty.next.contains("seconds"), "it says how long: {hasty}");
        }
        place.at.wait(i64::from(wait));
    }
    assert!(waits.windows(2).all(|w| w[0] <= w[1]) && waits[9] >= 30, "the delay grows: {waits:?}");
    try_phrase(PHRASE).expect("the right phrase opens");
    assert_eq!(
        fs::read(place.vault().join("vault.json")).expect("a header"),
        header,
        "the header is untouched"
    );
    assert!(place.is_sound());
}

#[test]
fn a_truncated_vault_is_told_and_left_as_it_is() {
    for (file, keep) in [("guardbook.db", 5000_u64), ("guardbook.db", 0), ("vault.json", 20)] {
        let place = Place::practice();
        place.desk.vault_lock(Nothing {}, &place.at).expect("locks");
        let path = place.vault().join(file);
        for name in [file.to_owned(), format!("{file}.bak")] {
            let path = place.vault().join(name);
            if path.exists() {
                let cut = fs::OpenOptions::new().write(true).open(&path).expect("opens");
                cut.set_len(keep).expect("truncates");
            }
        }
        let left = fs::read(&path).expect("reads");
        let fault = script::unlock(&place.desk, PHRASE, &place.at).expect_err("it must not open");
        assert_eq!(fault.code, Some(FaultCode::VaultUnopened), "{file} cut to {keep}: {fault}");
        assert!(
            !fault.safe.is_empty() && !fault.next.is_empty(),
            "it says what is safe and what to do: {fault}"
        );
        assert!(fs::read(&path).expect("reads") == left, "what is left of {file} is not made worse");
    }
}

#[test]
fn a_folder_that_is_no_vault_says_so() {
    let place = Place::empty();
    fs::create_dir(place.vault()).expect("makes a folder");
    fs::write(place.vault().join("notes.txt"), "not a vault").expect("writes");
    let fault = script::unlock(&place.desk, PHRASE, &place.at).expect_err("there is no vault");
    assert_eq!(fault.code, Some(FaultCode::VaultUnopened), "{fault}");
}

#[test]
fn files_that_cannot_be_read_are_refused_and_nothing_is_half_added() {
    let place = Place::practice();
    let before = place.view(CASE).documents.len();
    let good = pdf::simple_pdf(&[&["Dear Ms Ellingham", "We write about the boiler."]]);
    for (name, bytes, says) in [
        ("text.pdf", pdf::text_file_named_pdf(), "text file"),
        ("bomb.pdf", pdf::bomb(), "more"),
        ("empty.pdf", Vec::new(), ""),
        ("loop.pdf", pdf::doubling(40), ""),
        ("program.exe", b"MZ\x90\x00\x03\x00\x00\x00".to_vec(), ""),
    ] {
        let started = Instant::now();
        let added = place.offer(CASE, &[(name, bytes)]);
        // A page of drawings that double is read by the engine's own limits; it may be taken, never hang.
        if name == "loop.pdf" && added.added == 1 {
            let id = added.request.documents.last().expect("it is there").document.id;
            place.desk.document_remove(IdRef { id }, &place.at).expect("taken off again");
            assert!(started.elapsed().as_secs() < 70, "{name} took {:?}", started.elapsed());
            continue;
        }
        assert_eq!((added.added, added.refused.len()), (0, 1), "{name} must be refused");
        let fault = &added.refused[0].fault;
        assert!(fault.what.contains(says), "{name}: {fault}");
        assert!(started.elapsed().as_secs() < 70, "{name} took {:?}", started.elapsed());
        assert_eq!(place.view(CASE).documents.len(), before, "{name} left something behind");
    }
    // Half a file is refused, or taken with what can be read of it; it never takes others down with it.
    let added = place.offer(CASE, &[("half.pdf", pdf::half(&good)), ("good.pdf", good)]);
    assert!(added.added >= 1, "the good file comes in whatever the other does");
    assert_eq!(added.added as usize + added.refused.len(), 2, "every file is answered for");
    assert!(place.is_sound());
}

#[test]
fn the_same_file_twice_is_noticed() {
    let place = Place::practice();
    let letter = pdf::simple_pdf(&[&["The same letter."]]);
    place.offer(CASE, &[("first.pdf", letter.clone())]);
    let added = place.offer(CASE, &[("again.pdf", letter)]);
    let rows = added.request.documents;
    let (first, again) = (&rows[rows.len() - 2], &rows[rows.len() - 1]);
    assert_eq!(again.duplicate_of, Some(first.document.position), "a twin is told from its bytes");
}

#[test]
fn a_password_is_asked_for_and_a_wrong_one_is_told() {
    let place = Place::practice();
    let locked = include_bytes!("../../assets/sample/09-legal-advice.pdf").to_vec();
    let added = place.offer(CASE, &[("advice.pdf", locked)]);
    assert_eq!((added.added, added.waiting.len()), (0, 1), "it waits for its password");
    let request = place.case(CASE);
    let answer = |token: &str, password: &str| {
        let input = FilePassword { request, token: token.into(), password: password.into() };
        place.desk.document_password(input, &place.at).expect("an answer is no fault")
    };
    let wrong = answer(&added.waiting[0].token, "not it");
    assert!(wrong.added == 0 && wrong.waiting[0].wrong, "a wrong password is told");
    let right = answer(&wrong.waiting[0].token, "Tollgate-14");
    assert_eq!((right.added, right.waiting.len()), (1, 0), "the right one opens it");
    place.reopen();
    let id = place.view(CASE).documents.last().expect("it is kept").document.id;
    let page = gb_desk::gb_wire::PageRef { document: id, page: 1 };
    assert!(!place.desk.page(page, &place.at).expect("opens without asking again").words.is_empty());
}

#[test]
fn two_thousand_pages_come_in_and_open_at_once() {
    let place = Place::practice();
    let added = place.offer(CASE, &[("archive.pdf", pdf::big_pdf(2000))]);
    assert_eq!(added.added, 1, "{:?}", added.refused);
    assert_eq!(added.request.documents.last().expect("it is there").document.pages, 2000);
}

#[test]
fn bad_dates_are_refused_in_words() {
    let place = Place::practice();
    let before = place.requests().len();
    for (year, month, day, why) in
        [(2026, 11, 22, "tomorrow"), (1026, 11, 2, "a slip of the hand"), (2126, 1, 1, "the next century")]
    {
        let received = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let facts = NewRequest {
            right: Right::Access,
            subject: Subject {
                name: "Wren Halloway".into(),
                address: Vec::new(),
                email: "".into(),
                also_known_as: Vec::new(),
            },
            channel: Channel::Letter,
            taken_by: "Front desk".into(),
            received,
            words: "Everything, please.".into(),
            entity: "Fernbrook Homes".into(),
        };
        let fault = place.desk.request_log(facts, &place.at).expect_err(why);
        assert_eq!(fault.field.as_deref(), Some("received"), "{why}: {fault}");
        // A preview shows what it can; it never panics on a date nobody can mean.
        let _ = place.desk.clock_preview(ClockDraft { right: Right::Access, received }, &place.at);
    }
    assert_eq!(place.requests().len(), before, "nothing was logged");
}
