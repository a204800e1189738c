//! Looking ahead, comparing, cancelling a long seal, and the copies of a pack that stay in the house.

use super::place::Place;
use crate::journeys::hunt;
use gb_desk::gb_model::{MarkShape, NewMark, RequestState};
use gb_desk::gb_wire::{AddMark, AheadOfSeal, Commands, FaultCode, IdRef, PackPlan, PageRef, Surroundings};
use gb_desk::{script, tools};
use gb_testkit::pdf;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const READY: &str = "GB-2026-0001";
const OTHER: &str = "GB-2026-0002";
/// Words that are marked wherever they stand in the ready case.
const GONE: [&str; 4] = ["Okafor", "Pryce-Hallam", "Vanterpool", "Wieliczko"];

fn plan(place: &Place, reference: &str) -> PackPlan {
    place.desk.pack_plan(IdRef { id: place.case(reference) }, &place.at).expect("a plan")
}

fn look(place: &Place, reference: &str) -> AheadOfSeal {
    place.desk.pack_foresee(IdRef { id: place.case(reference) }, &place.at).expect("it can be foreseen").ahead
}

fn phrase(find: &str) -> NewMark {
    NewMark {
        shape: MarkShape::Phrase { find: find.into(), page: None, whole_word: true },
        code: Some("3P".into()),
        note: "".into(),
        answers: Vec::new(),
        review_on: None,
    }
}

#[test]
fn looking_ahead_says_how_every_page_goes_and_is_kept_until_marks_change() {
    let place = Place::practice();
    let before = plan(&place, READY);
    assert!(
        before.ahead.unknown > 0 && before.ahead.documents.iter().all(|d| !d.known),
        "nothing is known yet"
    );
    assert!(before.ahead.at_once, "a small case is looked ahead at unasked");
    let ahead = look(&place, READY);
    assert_eq!(ahead.unknown, 0, "everything is known");
    for document in &ahead.documents {
        let row = before.rows.iter().find(|r| r.document == document.document).expect("it is in the plan");
        let pages: Vec<u32> = document.runs.iter().flat_map(|r| r.from..=r.to).collect();
        assert_eq!(pages, (1..=row.pages).collect::<Vec<_>>(), "every page once, in order");
        for run in &document.runs {
            let says = match run.how.as_str() {
                "rebuilt" => "rebuilt.",
                _ => "because ",
            };
            assert!(run.says.contains(says) && run.says.ends_with('.'), "a sentence: {}", run.says);
        }
    }
    assert_eq!(plan(&place, READY).ahead, ahead, "opening Pack again asks nobody");

    let document = place.view(READY).documents[0].document.id;
    place.desk.mark_add(AddMark { document, mark: phrase("Fernbrook") }, &place.at).expect("it stands there");
    let changed = plan(&place, READY).ahead;
    let known = |a: &AheadOfSeal, id| a.documents.iter().find(|d| d.document == id).is_some_and(|d| d.known);
    assert!(!known(&changed, document), "another mark, another result");
    assert!(changed.documents.iter().filter(|d| d.document != document).all(|d| d.known), "the others stand");
    place.desk.undo(IdRef { id: place.case(READY) }, &place.at).expect("undone");
    assert!(known(&plan(&place, READY).ahead, document), "the same marks again, the same result");

    place.reopen();
    assert!(plan(&place, READY).ahead.documents.iter().all(|d| !d.known), "locking forgets it");
}

#[test]
fn the_seal_knows_what_looking_ahead_would_have_found() {
    let place = Place::practice();
    place.desk.pack_seal(IdRef { id: place.case(READY) }, &place.at).expect("it seals");
    assert_eq!(plan(&place, READY).ahead.unknown, 0, "the seal has built every page");
}

#[test]
fn how_one_page_goes_is_said_and_a_comparison_is_kept_while_its_marks_stay() {
    let place = Place::practice();
    look(&place, READY);
    let document = place.view(READY).documents[0].document.id;
    let at = PageRef { document, page: 1 };
    let outcome = || place.desk.page_outcome(at, &place.at).expect("how it goes");
    assert!(
        ["rebuilt", "picture"].contains(&outcome().how.as_str()) && outcome().says.starts_with("Page 1 ")
    );
    assert!(!outcome().compared, "nobody has compared it");
    let rows = || place.desk.history(IdRef { id: place.case(READY) }, &place.at).expect("a history").len();
    let before = rows();
    let view = place.desk.page_compared(at, &place.at).expect("noted");
    assert!(view.documents[0].document.seen.contains(&1), "what was compared was seen");
    place.desk.page_compared(at, &place.at).expect("noting it again is no fault");
    assert_eq!(rows(), before + 1, "one row in the journal, however often");
    assert!(outcome().compared);
    place.reopen();
    look(&place, READY);
    assert!(outcome().compared, "it is kept in the vault");
    place.desk.mark_add(AddMark { document, mark: phrase("Fernbrook") }, &place.at).expect("marked");
    look(&place, READY);
    assert!(!outcome().compared, "with another mark on the page it is another page");
    let nowhere = PageRef { document, page: 999 };
    place.desk.page_compared(nowhere, &place.at).expect_err("a page that is not there");
}

#[test]
fn marks_that_lie_nowhere_are_refused_in_words() {
    let place = Place::practice();
    let document = place.view(OTHER).documents[0].document.id;
    let pages = place.view(OTHER).documents[0].document.pages;
    let rect = |page, rect| NewMark { shape: MarkShape::Rect { page, rect }, ..phrase("") };
    for (mark, says) in [
        (phrase("Zebedee Nowhere"), "stand nowhere in this document"),
        (rect(1, [900.0, 900.0, 950.0, 950.0]), "lies outside page 1"),
        (rect(pages + 1, [10.0, 10.0, 50.0, 50.0]), "there is no page"),
    ] {
        let fault = place.desk.mark_add(AddMark { document, mark }, &place.at).expect_err(says);
        assert!(fault.what.contains(says) && !fault.what.contains("ark 0"), "{says}: {fault}");
    }
    assert!(place.desk.marks(IdRef { id: document }, &place.at).expect("marks").marks.is_empty());
}

#[test]
fn the_terminal_names_the_mark_that_lies_nowhere() {
    let file = pdf::simple_pdf(&[&["Dear Ms Ellingham", "We write about the boiler."], &["Page two."]]);
    let good = r#"{"find":"boiler","code":"3P"}"#;
    for (bad, says) in [
        (r#"{"find":"Zebedee","code":"3P"}"#, "mark 2 were not found"),
        (r#"{"page":9,"rect":[10,10,90,90],"code":"3P"}"#, "Mark 2 lies nowhere, for there is no page 9"),
        (r#"{"page":1,"rect":[900,900,950,950],"code":"3P"}"#, "Mark 2 lies outside page 1"),
        (r#"{"page":2,"find":"boiler","code":"3P"}"#, "mark 2 were not found"),
    ] {
        let marks = format!(r#"{{"marks":[{good},{bad}]}}"#);
        let fault = tools::redact(file.clone(), None, &marks).err().expect(says);
        assert_eq!(fault.code, Some(FaultCode::Refused), "exit code 4: {fault}");
        assert!(fault.what.contains(says), "{says}: {fault}");
        assert!(!fault.to_string().contains("Zebedee"), "a fault never repeats the phrase");
    }
    let done = tools::redact(file, None, &format!(r#"{{"marks":[{good}]}}"#)).expect("it redacts");
    assert_eq!(done.certificate["page_records"].as_array().map(Vec::len), Some(2), "a record for each page");
}

#[test]
fn a_page_that_is_only_a_picture_says_that_search_sees_nothing() {
    let place = Place::practice();
    let scan = include_bytes!("../../assets/sample/06-scan-neighbour-letter.pdf").to_vec();
    let added = place.offer(OTHER, &[("scan.pdf", scan)]);
    let document = added.request.documents.last().expect("it came in").document.id;
    let page = place.desk.page(PageRef { document, page: 1 }, &place.at).expect("a page");
    if page.words.is_empty() {
        let blind = page.blind.expect("it is said");
        assert!(blind.contains("Page 1 is a picture: search cannot see"), "{blind}");
    } else {
        assert_eq!(page.blind, None, "a scan with words behind it can be searched");
    }
}

/// Work that is timed is done alone: two such cases at once would time each other.
static ALONE: Mutex<()> = Mutex::new(());

/// A thousand pages, one name in them marked everywhere; in its own case.
fn thousand() -> (Place, i64) {
    let place = Place::practice();
    let facts = r#"{"name": "Wren Halloway", "received": "2026-11-02", "address": "1 Mill Lane"}"#;
    let added = script::case_add(&place.desk, facts, &place.at).expect("the case is logged");
    let reference = added["reference"].as_str().expect("it has one").to_owned();
    place.offer(&reference, &[("archive.pdf", pdf::big_pdf(1000))]);
    let id = place.view(&reference).documents[0].document.id;
    script::marks_set(&place.desk, id, r#"{"marks":[{"find":"Okafor","code":"3P"}]}"#, &place.at)
        .expect("marked");
    let request = place.case(&reference);
    let mut letter = place.desk.pack_plan(IdRef { id: request }, &place.at).expect("a plan").letter;
    for part in letter.parts.iter_mut().filter(|p| p.text.trim().is_empty()) {
        part.text = "As our privacy notice says.".into();
    }
    let plan = place.desk.letter_save(letter, &place.at).expect("kept");
    assert!(plan.ready, "{:?}", plan.gates.iter().filter(|g| !g.met).map(|g| &g.missing).collect::<Vec<_>>());
    (place, request)
}

/// Runs work, asks it to stop after a while, and answers with how long it went on after that; none when it had ended
/// before.
fn stopped_after(
    place: &Place,
    after: Duration,
    work: impl FnOnce() -> Result<(), gb_desk::gb_wire::Fault>,
) -> Option<Duration> {
    place.at.stop.store(false, Ordering::SeqCst);
    let asked = std::sync::Mutex::new(None);
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(after);
            *asked.lock().expect("nobody panics with it") = Some(Instant::now());
            place.at.stop.store(true, Ordering::SeqCst);
        });
        let result = work();
        (result, Instant::now())
    });
    place.at.stop.store(false, Ordering::SeqCst);
    let (result, ended) = result;
    let fault = result.err()?;
    assert_eq!(fault.code, Some(FaultCode::Cancelled), "{fault}");
    let asked = asked.lock().expect("nobody panics with it").expect("it was asked");
    Some(ended.saturating_duration_since(asked))
}

#[test]
fn a_seal_of_a_thousand_pages_stops_when_it_is_asked_to() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (place, request) = thousand();
    assert!(!place.at.cancelled());
    let (mut slowest, mut stops) = (Duration::ZERO, 0);
    // From the first words to the proof: wherever it is when it is asked.
    for after in [50, 400, 1500, 4000, 9000, 16_000, 25_000] {
        let seal = || place.desk.pack_seal(IdRef { id: request }, &place.at).map(drop);
        let Some(took) = stopped_after(&place, Duration::from_millis(after), seal) else { break };
        println!("asked after {after} ms, the seal stopped after {} ms", took.as_millis());
        slowest = slowest.max(took);
        stops += 1;
        let view = place.desk.request(IdRef { id: request }, &place.at).expect("the case");
        assert_eq!((view.request.state, view.packs.len()), (RequestState::Open, 0), "asked after {after} ms");
    }
    println!("{stops} seals of 1,000 pages were stopped; the slowest stop took {} ms", slowest.as_millis());
    assert!(stops >= 2, "it was stopped in the middle");
    assert!(
        slowest < Duration::from_secs(3),
        "a person waits a second, a test on a busy machine three: {slowest:?}"
    );
    assert!(place.is_sound());
}

#[test]
fn looking_ahead_at_a_thousand_pages_stops_when_it_is_asked_to() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (place, request) = thousand();
    let plan = place.desk.pack_plan(IdRef { id: request }, &place.at).expect("a plan");
    assert!(!plan.ahead.at_once && plan.ahead.unknown == 1000, "so many pages wait to be asked");
    let mut stops = 0;
    for after in [50, 500, 2000] {
        let look = || place.desk.pack_foresee(IdRef { id: request }, &place.at).map(drop);
        let Some(took) = stopped_after(&place, Duration::from_millis(after), look) else { break };
        println!("asked after {after} ms, looking ahead stopped after {} ms", took.as_millis());
        assert!(took < Duration::from_secs(3), "{took:?}");
        stops += 1;
    }
    assert!(stops >= 1, "it was stopped in the middle");
}

fn sealed() -> (Place, i64) {
    let place = Place::practice();
    let id = place.case(READY);
    let pack = place.desk.pack_seal(IdRef { id }, &place.at).expect("it seals").pack.id;
    (place, pack)
}

fn save_to(place: &Place, part: &str) -> PathBuf {
    let path = place.folder.path().join(part);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("makes it");
    *place.at.save.lock().expect("nobody panics with it") = Some(path.clone());
    path
}

#[test]
fn the_file_copy_is_the_pack_and_internal_pages_and_names_no_word_taken_away() {
    let (place, pack) = sealed();
    let path = save_to(&place, "own/copy.pdf");
    let saved = place.desk.pack_save_file_copy(IdRef { id: pack }, &place.at).expect("saved");
    assert_eq!(saved.name.as_deref(), Some("copy.pdf"));
    let text = pdftotext(&path);
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let pack_pages = place.view(READY).packs[0].pack.pages as usize;
    let (of_pack, added) = pages.split_at(pack_pages);
    let added: Vec<&&str> = added.iter().filter(|p| !p.trim().is_empty()).collect();
    assert!(added.len() >= 2, "a certificate and a schedule with notes");
    for page in &added {
        assert!(page.matches("INTERNAL").count() >= 2, "every added page says so at its top and its foot");
    }
    assert!(of_pack.iter().all(|p| !p.contains("INTERNAL")), "the pack's own pages are as they were sealed");
    let added: String = added.iter().map(|p| **p).collect();
    for says in [
        "Certificate of redaction",
        "What was checked",
        "SHA-256 of the pack",
        "Schedule with notes",
        "Boxes",
    ] {
        assert!(added.contains(says), "it does not say “{says}”");
    }
    assert!(added.contains("does not want to be known"), "the notes are in the schedule");
    assert!(!added.contains("not_asked"), "answers are told in words, not in keys");
    let certificate = added.split("Schedule with notes").next().unwrap_or_default();
    let raw = hunt::inflated(&fs::read(&path).expect("it was written"));
    for word in GONE {
        assert!(!certificate.contains(word), "“{word}” stands in the certificate");
        assert!(!of_pack.iter().any(|p| p.contains(word)), "“{word}” stands in the pack");
        assert!(!hunt::holds(&raw, word), "“{word}” stands in the copy's bytes");
    }
    let checked = Command::new("qpdf").arg("--check").arg(&path).output().expect("qpdf runs");
    assert!(checked.status.success(), "qpdf: {}", String::from_utf8_lossy(&checked.stdout));
    let first = place.desk.history(IdRef { id: place.case(READY) }, &place.at).expect("a history");
    assert!(first[0].says.contains("internal file copy"), "it is in the journal: {}", first[0].says);
}

#[test]
fn the_file_copy_is_never_written_beside_the_sealed_pack() {
    let (place, pack) = sealed();
    let sent = save_to(&place, "to-send/pack.pdf");
    place.desk.pack_save(IdRef { id: pack }, &place.at).expect("saved");
    let bytes = fs::read(&sent).expect("it is there");
    // Under another name, and even over the pack itself.
    for name in ["to-send/copy.pdf", "to-send/pack.pdf"] {
        save_to(&place, name);
        let fault = place.desk.pack_save_file_copy(IdRef { id: pack }, &place.at).expect_err(name);
        assert!(fault.what.contains("sealed pack"), "{fault}");
    }
    assert!(!place.folder.path().join("to-send/copy.pdf").exists(), "nothing was written");
    assert_eq!(fs::read(&sent).expect("it is there"), bytes, "the pack is untouched");
}

#[test]
fn the_certificate_is_saved_as_json_and_tells_no_ground_that_may_not_be_told() {
    let (place, pack) = sealed();
    let path = save_to(&place, "own/GB.certificate.json");
    place.desk.pack_save_certificate(IdRef { id: pack }, &place.at).expect("saved");
    let value: Value = serde_json::from_slice(&fs::read(path).expect("it was written")).expect("it is JSON");
    assert_eq!(value["reference"], READY);
    assert!(value["pages_of_concern"].is_array(), "pages of concern are listed, also when there are none");
    let text = value.to_string();
    for word in GONE {
        assert!(!text.contains(word), "“{word}” stands in the certificate");
    }
}

fn pdftotext(path: &std::path::Path) -> String {
    let out = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output().expect("pdftotext runs");
    String::from_utf8_lossy(&out.stdout).into_owned()
}
