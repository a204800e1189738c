//! The sealed pack, looked at as a stranger would.

use super::place::{PHRASE, Place};
use crate::journeys::hunt;
use gb_desk::gb_model::{MarkShape, RequestState};
use gb_desk::gb_wire::{Commands, IdRef, LetterWords, Sending};
use gb_desk::{script, tools};
use std::fs;
use std::process::Command;

const READY: &str = "GB-2026-0001";
/// Words that are marked wherever they stand in the case's documents.
const GONE: [&str; 6] = ["Okafor", "Pryce-Hallam", "Vanterpool", "Wieliczko", "GX01 KRT", "07700 900 218"];
/// Words that nobody marked.
const STAYS: [&str; 4] = ["Ellingham", "acceptable behaviour agreement", "Housing benefit", "Diary sheet"];
/// The internal note on every mark.
const NOTE: &str = "does not want to be known";

fn sealed() -> (Place, Vec<u8>) {
    let place = Place::practice();
    let pack = script::pack(&place.desk, READY, &place.at).expect("the practice case seals");
    (place, pack.pdf)
}

#[test]
fn what_was_marked_is_nowhere_in_the_pack_and_the_rest_is_there() {
    let (place, pdf) = sealed();
    let raw = hunt::inflated(&pdf);
    let path = place.folder.path().join("pack.pdf");
    fs::write(&path, &pdf).expect("writes");
    let text = pdftotext(&path);
    for word in GONE {
        assert!(!hunt::holds(&raw, word), "“{word}” stands in the file’s bytes");
        assert!(!text.contains(word), "“{word}” can be copied out");
    }
    assert!(!hunt::holds(&raw, NOTE) && !text.contains(NOTE), "an internal note is in the pack");
    for word in STAYS {
        assert!(text.contains(word), "“{word}” was not marked and is gone");
    }
    let checked = Command::new("qpdf").arg("--check").arg(&path).output().expect("qpdf runs");
    assert!(checked.status.success(), "qpdf: {}", String::from_utf8_lossy(&checked.stdout));
    let words = tools::text(pdf, None).expect("our own reader reads it");
    assert!(words["pages"].as_array().is_some_and(|p| p.len() > 8), "every page is there");
    assert!(text.contains("GB-2026-0001 · page 3 of"), "pages are stamped");
    assert!(
        text.contains("Schedule of documents") && text.contains("(DPA 2018, Sch 2, para 16)"),
        "schedule and key"
    );
}

#[test]
fn the_negative_control_finds_the_words_in_the_sources() {
    let raw = hunt::inflated(include_bytes!("../../assets/sample/02-asb-case-log.pdf"));
    // The sample's own text is kerned in places; at least half of the words must be found, or the hunt is blind.
    let found = GONE.iter().filter(|word| hunt::holds(&raw, word)).count();
    assert!(found >= 3, "the hunt finds {found} of {} in a file that holds them", GONE.len());
}

#[test]
fn sealing_twice_supersedes_and_changes_nothing_that_was_sealed() {
    let (place, first) = sealed();
    let again = script::pack(&place.desk, READY, &place.at).expect("it seals again");
    assert_eq!(again.pdf, first, "same facts, same day, same bytes");
    let packs = place.view(READY).packs;
    assert_eq!(
        packs.iter().map(|p| (p.pack.number, p.superseded)).collect::<Vec<_>>(),
        [(2, false), (1, true)]
    );
}

#[test]
fn sending_closes_the_request_and_is_kept() {
    let (place, _) = sealed();
    let pack = place.view(READY).packs[0].pack.id;
    let sending = |on| gb_desk::gb_wire::RecordSending {
        pack,
        sending: Sending { on, method: "Recorded delivery".into() },
    };
    let tomorrow = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    place.desk.pack_sent(sending(tomorrow), &place.at).expect_err("the future is refused");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let view = place.desk.pack_sent(sending(today), &place.at).expect("recorded");
    assert_eq!((view.request.state, view.request.closed), (RequestState::Closed, Some(today)));
    place.reopen();
    assert_eq!(
        place.view(READY).packs[0].sent.as_ref().map(|s| s.method.as_str()),
        Some("Recorded delivery")
    );
}

#[test]
fn gates_stand_until_they_are_met() {
    let place = Place::practice();
    let id = place.case(READY);
    let document = place.view(READY).documents[0].document.id;
    let marks = place.desk.marks(IdRef { id: document }, &place.at).expect("marks");
    let mut facts = marks.marks[0].mark.facts.clone();
    facts.code = None;
    let change = gb_desk::gb_wire::ChangeMark { mark: marks.marks[0].mark.id, facts };
    place.desk.mark_change(change, &place.at).expect("a code can be taken off");
    let plan = place.desk.pack_plan(IdRef { id }, &place.at).expect("a plan");
    assert!(!plan.ready, "a mark without a code stops the pack");
    let fault = place.desk.pack_seal(IdRef { id }, &place.at).expect_err("so does the seal");
    assert!(fault.what.contains("without a code"), "{fault}");
    place.desk.undo(IdRef { id }, &place.at).expect("undone");
    assert!(place.desk.pack_plan(IdRef { id }, &place.at).expect("a plan").ready, "undo puts the code back");
    let mut words: LetterWords = place.desk.pack_plan(IdRef { id }, &place.at).expect("a plan").letter;
    words.parts[0].text.clear();
    let plan = place.desk.letter_save(words, &place.at).expect("kept");
    assert!(!plan.ready, "a letter with a gap stops the pack");
}

#[test]
fn words_nobody_has_checked_are_told_and_checked_ones_are_not() {
    let place = Place::practice();
    let told = |reference: &str| {
        let plan = place.desk.pack_plan(IdRef { id: place.case(reference) }, &place.at).expect("a plan");
        plan.cautions.iter().any(|c| c.contains("words Guardbook proposes"))
    };
    assert!(told("GB-2026-0002"), "its letter says only what was proposed");
    assert!(!told(READY), "its letter was written for it");
}

#[test]
fn undo_takes_back_mark_by_mark_and_redo_makes_them_again() {
    let place = Place::practice();
    let request = place.case("GB-2026-0002");
    let document = place.view("GB-2026-0002").documents[0].document.id;
    for phrase in ["Mara", "Gareth", "Tomasz"] {
        let mark = gb_desk::gb_model::NewMark {
            shape: MarkShape::Phrase { find: phrase.into(), page: None, whole_word: true },
            code: Some("3P".into()),
            note: "".into(),
            answers: Vec::new(),
            review_on: None,
        };
        place
            .desk
            .mark_add(gb_desk::gb_wire::AddMark { document, mark }, &place.at)
            .expect("it stands there");
    }
    let count = || place.desk.marks(IdRef { id: document }, &place.at).expect("marks").marks.len();
    assert_eq!(count(), 3);
    for left in [2, 1, 0] {
        place.desk.undo(IdRef { id: request }, &place.at).expect("undone");
        assert_eq!(count(), left);
    }
    assert_eq!(place.desk.undo(IdRef { id: request }, &place.at).expect("nothing left").says, None);
    for made in [1, 2, 3] {
        place.desk.redo(IdRef { id: request }, &place.at).expect("done again");
        assert_eq!(count(), made);
    }
}

#[test]
fn the_vault_folder_holds_no_plain_word_and_no_database_header() {
    let (place, _) = sealed();
    let canaries = ["Ellingham", "Okafor", "Tollgate", "Fernbrook", PHRASE];
    let mut files = hunt::files(&place.vault());
    files.retain(|f| f.is_file());
    assert!(files.len() >= 3, "there is something to look at");
    for file in files {
        let bytes = fs::read(&file).expect("reads");
        assert!(!bytes.starts_with(b"SQLite format 3"), "{} has a plain header", file.display());
        for word in canaries {
            assert!(!hunt::holds(&bytes, word), "“{word}” stands in {}", file.display());
        }
    }
}

fn pdftotext(path: &std::path::Path) -> String {
    let out = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output().expect("pdftotext runs");
    String::from_utf8_lossy(&out.stdout).into_owned()
}
