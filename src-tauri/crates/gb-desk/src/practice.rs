//! The practice vault: an invented landlord, three requests at different stages, and real-looking documents.
//!
//! Everybody and everything in it is invented. Its dates are counted back from the day it is made, so that its
//! clocks are worth looking at.

use crate::session::Desk;
use crate::{letter, marks};
use chrono::{Days, NaiveDate};
use gb_model::{
    Answer, Channel, ControllerKind, Disclosure, Evidence, Id, MarkShape, Nation, NewMark, NewRequest,
    Officer, Organisation, Personal, Regulator, Right, Subject,
};
use gb_wire::{
    ChangeDocument, ClockEvent, Fault, LetterWords, PageRef, Progress, RecordClockEvent, Surroundings,
};

/// The practice vault's passphrase: no secret, because it holds nobody.
pub(crate) const PHRASE: &str = "practice makes perfect";

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../../../assets/sample/", $name)).as_slice())),*]
    };
}

const SAMPLES: [(&str, &[u8]); 7] = samples![
    "01-warning-letter.pdf",
    "02-asb-case-log.pdf",
    "03-rent-statement.pdf",
    "06-scan-neighbour-letter.pdf",
    "04-email-thread.pdf",
    "05-repair-form.pdf",
    "08-estate-list.pdf",
];

/// What is withheld in the first case, document by document: phrase, code, whole word.
const MARKED: [(usize, &str, &str); 18] = [
    (0, "Mrs J Okafor", "3P"),
    (0, "Mrs Okafor", "3P"),
    (0, "at number 12", "3PS"),
    (0, "her husband, who works nights", "3PS"),
    (0, "GX01 KRT", "3P"),
    (1, "Okafor", "3P"),
    (1, "12 Tollgate Rise", "3PS"),
    (1, "07700 900 218", "3P"),
    (1, "Pryce-Hallam", "3P"),
    (1, "16 Tollgate Rise", "3PS"),
    (1, "Vanterpool", "3P"),
    (1, "18 Tollgate Rise", "3PS"),
    (1, "07700 900 641", "3P"),
    (1, "Wieliczko", "3PS"),
    (1, "15 Tollgate Rise", "3PS"),
    (1, "visit to no. 12", "3PS"),
    (1, "Visit to no. 12", "3PS"),
    (1, "GX01 KRT", "3P"),
];

/// The invented landlord.
pub(crate) fn organisation() -> Organisation {
    Organisation {
        name: "Fernbrook Homes".into(),
        address: vec!["2 Weir Street".into(), "Harrowmere".into(), "HW1 2FB".into()],
        nation: Nation::EW,
        kind: ControllerKind::PrivateRegisteredProvider,
        officer: Officer {
            name: "Imogen Tredwell".into(),
            title: "Data Protection Officer".into(),
            email: "dpo@fernbrook.example.org".into(),
            phone: "01632 960 100".into(),
        },
        regulator: Regulator::default(),
        privacy_notice: "fernbrook.example.org/privacy".into(),
        lock_after_minutes: 10,
    }
}

/// Fills an open, empty vault.
pub(crate) fn fill(desk: &Desk, at: &dyn Surroundings) -> Result<(), Fault> {
    let said = |done| at.progress(Progress { stage: "Making the practice vault".into(), done, total: 4 });
    said(0);
    ready_to_seal(desk, at)?;
    said(1);
    to_read(desk, at)?;
    said(2);
    waiting_for_authority(desk, at)?;
    said(3);
    Ok(())
}

/// A case whose documents are marked, coded and looked at.
fn ready_to_seal(desk: &Desk, at: &dyn Surroundings) -> Result<(), Fault> {
    let facts = request(
        &["Mara Ellingham", "14 Tollgate Rise", "Harrowmere", "HW4 7QT"],
        "mara.ellingham@example.org",
        Channel::Email,
        "Priya Nandakumar",
        back(at, 19),
        "Please send me everything you hold about me and about the complaints made against me since April.",
    );
    let id = desk.log_request(&facts, at)?.request.id;
    let documents = add(desk, id, &SAMPLES[..4], at)?;
    let titles = [
        "Letter about reports of noise",
        "Anti-social behaviour case log ASB-2026-0318",
        "Rent statement, April to September 2026",
        "Letter given to us in confidence",
    ];
    let dated = [day(2026, 6, 2), day(2026, 7, 21), day(2026, 9, 30), day(2026, 6, 28)];
    for (i, (document, title)) in documents.iter().zip(titles).enumerate() {
        let withheld = i == 3;
        let change = ChangeDocument {
            document: *document,
            title: title.into(),
            dated: dated[i],
            position: i as u32 + 1,
            disclosure: if withheld { Disclosure::Withheld } else { Disclosure::Disclosed },
            withheld_code: withheld.then(|| "3PS".to_owned()),
        };
        desk.change_document(&change, at)?;
    }
    for (document, phrase, code) in MARKED {
        let mark = mark(phrase, code);
        desk.with(|open| marks::make(open, documents[document], &mark, at).map(drop))?;
    }
    for document in &documents {
        marks::keep_places(desk, *document)?;
    }
    for row in desk.document_rows(id)? {
        for page in 1..=row.document.pages {
            desk.see(&PageRef { document: row.document.id, page }, at)?;
        }
    }
    words(desk, id, at)?;
    desk.with(|open| {
        open.undo.forget(id);
        Ok(())
    })
}

/// A case whose documents have come in and nobody has read yet.
fn to_read(desk: &Desk, at: &dyn Surroundings) -> Result<(), Fault> {
    let facts = request(
        &["Desmond Pryce-Hallam", "16 Tollgate Rise", "Harrowmere", "HW4 7QT"],
        "",
        Channel::Phone,
        "Contact centre (R. Osei)",
        back(at, 6),
        "Rang and said: I want to see what you have written down about me.",
    );
    let id = desk.log_request(&facts, at)?.request.id;
    add(desk, id, &SAMPLES[4..], at)?;
    Ok(())
}

/// A case that waits for a representative's authority: its clock has not started.
fn waiting_for_authority(desk: &Desk, at: &dyn Surroundings) -> Result<(), Fault> {
    let facts = request(
        &["Anneliese Vanterpool", "18 Tollgate Rise", "Harrowmere", "HW4 7QT"],
        "",
        Channel::Representative,
        "Priya Nandakumar",
        back(at, 4),
        "My daughter Renske is asking for my file on my behalf.",
    );
    let id = desk.log_request(&facts, at)?.request.id;
    let event = ClockEvent::Authority(Some(Evidence {
        asked: back(at, 3),
        why: "The request came from her daughter, and we hold nothing that says she may act for her.".into(),
        what: "A signed note of authority, or a registered power of attorney.".into(),
        received: None,
    }));
    desk.record_clock_event(&RecordClockEvent { request: id, event }, at)?;
    Ok(())
}

fn request(
    who: &[&str],
    email: &str,
    channel: Channel,
    taken_by: &str,
    received: NaiveDate,
    words: &str,
) -> NewRequest {
    NewRequest {
        right: Right::Access,
        subject: Subject {
            name: who[0].into(),
            address: who[1..].iter().map(|l| Personal::from(*l)).collect(),
            email: email.into(),
            also_known_as: Vec::new(),
        },
        channel,
        taken_by: taken_by.into(),
        received,
        words: words.into(),
        entity: organisation().name,
    }
}

fn mark(phrase: &str, code: &str) -> NewMark {
    let answer = |question: &str, answer: &str| Answer { question: question.into(), answer: answer.into() };
    NewMark {
        shape: MarkShape::Phrase { find: phrase.into(), page: None, whole_word: true },
        code: Some(code.into()),
        note: "Named to us in confidence; asked on the telephone, does not want to be known.".into(),
        answers: vec![
            answer("identifies", "yes"),
            answer("consent", if code == "3P" { "refused" } else { "not_asked" }),
            answer("reasonable", "A neighbour who reported nuisance in confidence and fears reprisals."),
        ],
        review_on: None,
    }
}

fn words(desk: &Desk, request: Id, at: &dyn Surroundings) -> Result<(), Fault> {
    let said = [
        (
            "searches",
            "We searched your tenancy file, the repairs and rent systems, the anti-social behaviour case \
                      file and the e-mail of the four colleagues who worked on it, from April to September 2026.",
        ),
        (
            "purposes",
            "To let and look after your home, to collect rent, to carry out repairs, and to deal with \
                      reports of anti-social behaviour.",
        ),
        (
            "categories",
            "Your name and contact details, your household, your rent account, repairs to your home, \
                        and reports made to us about noise.",
        ),
        (
            "recipients",
            "Harrowmere police, the county’s family support team, and our contractor Rusk & Daughters, \
                        who changed your locks.",
        ),
        (
            "retention",
            "Your tenancy file for six years after the tenancy ends. The case file for six years after \
                       it was closed.",
        ),
        (
            "source",
            "You told us most of it. Some came from neighbours and from the police; we do not name \
                    neighbours who asked us not to.",
        ),
        (
            "automated",
            "No decision about your tenancy was made by computer alone: officers read every report.",
        ),
        ("transfers", "It is kept in the United Kingdom and is not sent abroad."),
    ];
    let organisation = desk.with(|open| open.organisation())?;
    let mut words: LetterWords = letter::words(request, &Default::default(), &organisation);
    for part in &mut words.parts {
        if let Some((_, text)) = said.iter().find(|(key, _)| *key == part.key) {
            part.text = (*text).to_owned();
        }
    }
    desk.save_letter(&words, at).map(drop)
}

/// Adds sample documents through the same door as files from a dialog.
fn add(desk: &Desk, request: Id, files: &[(&str, &[u8])], at: &dyn Surroundings) -> Result<Vec<Id>, Fault> {
    desk.add_given(request, files, at)?;
    Ok(desk.document_rows(request)?.iter().map(|r| r.document.id).collect())
}

fn back(at: &dyn Surroundings, days: u64) -> NaiveDate {
    at.today() - Days::new(days)
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}
