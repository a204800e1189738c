//! The invented documents of one practice case: Mara Ellingham asks Fernbrook Homes what it holds about her.
//!
//! `cargo run -p gb-testkit --bin make-samples` writes them to `assets/sample`. A test holds the committed files
//! against this code; only the encrypted one, whose bytes are random by design, is merely checked to be locked.

mod email;
mod form;
mod legal;
mod letter;
mod log;
mod rent;
mod scans;
mod table;
mod visit;

use crate::people::{self, Person};
use serde::{Deserialize, Serialize};

/// The password of the protected sample.
pub const PASSWORD: &str = "Tollgate-14";

/// One line of `assets/sample/manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// File name inside `assets/sample`.
    pub file: String,
    /// What a DPO would call it.
    pub title: String,
    /// The day on the paper, `2026-06-02`.
    pub date: String,
    /// What is in it, and what makes it hard.
    pub description: String,
    /// Everybody it is about or names, as listed in [`crate::people`].
    pub people: Vec<String>,
    /// The password it opens with, if it asks for one.
    pub password: Option<String>,
}

/// A sample: its line in the manifest, and its bytes before any encryption.
pub struct Sample {
    /// Its line in the manifest.
    pub entry: Entry,
    /// The PDF. For an entry with a password these are the bytes that were encrypted.
    pub bytes: Vec<u8>,
}

/// Every sample, in the manifest's order.
pub fn all() -> Vec<Sample> {
    use people::{
        ABERNATHY, ASANTE, BARRACLOUGH, CORR, HALE, LINDQVIST, MARA, NANDAKUMAR, OKAFOR, PRYCE, THEO,
        TREDWELL, VANTERPOOL, WIELICZKO,
    };
    vec![
        sample(
            "01-warning-letter.pdf",
            "Letter about reports of noise",
            "2026-06-02",
            "A letter from the landlord: letterhead, justified text over two pages. It lets slip who complained.",
            &[MARA, NANDAKUMAR, LINDQVIST, OKAFOR, THEO, ABERNATHY, TREDWELL],
            letter::make(),
        ),
        sample(
            "02-asb-case-log.pdf",
            "Anti-social behaviour case log ASB-2026-0318",
            "2026-07-21",
            "A ruled table over three pages, naming the neighbours who complained, a constable and a vehicle.",
            &[MARA, THEO, OKAFOR, PRYCE, VANTERPOOL, WIELICZKO, NANDAKUMAR, LINDQVIST, HALE],
            log::make(),
        ),
        sample(
            "03-rent-statement.pdf",
            "Rent statement, April to September 2026",
            "2026-09-30",
            "Columns of figures, bank details, a card and a National Insurance number.",
            &[MARA, BARRACLOUGH],
            rent::make(),
        ),
        sample(
            "04-email-thread.pdf",
            "E-mail thread: Tollgate Rise, statements",
            "2026-07-09",
            "A printed thread with quoted text, a Bcc line, and long names and addresses broken over lines.",
            &[MARA, NANDAKUMAR, LINDQVIST, PRYCE, WIELICZKO, OKAFOR, CORR],
            email::make(),
        ),
        sample(
            "05-repair-form.pdf",
            "Repair and adaptation request",
            "2026-03-17",
            "A filled form: text fields with their own appearances, tick boxes, an officer's comment and a note.",
            &[MARA, THEO, ASANTE, PRYCE, NANDAKUMAR, ABERNATHY],
            form::make(),
        ),
        sample(
            "06-scan-neighbour-letter.pdf",
            "Handwritten letter from a neighbour (scan)",
            "2026-06-28",
            "A crooked black-and-white scan at 200 dpi: a picture only, no text to select. Given in confidence.",
            &[MARA, THEO, WIELICZKO, NANDAKUMAR],
            scans::neighbour(),
        ),
        sample(
            "07-scan-doctor-letter.pdf",
            "Letter from the doctor (scan with recognised text)",
            "2026-05-11",
            "A crooked grey scan with an invisible layer of recognised text. Health data.",
            &[MARA, THEO, ABERNATHY, BARRACLOUGH],
            scans::doctor(),
        ),
        sample(
            "08-estate-list.pdf",
            "Tollgate Rise visit list (spreadsheet printout)",
            "2026-08-14",
            "A landscape printout with fourteen narrow columns; one row is Mara's, the others are not.",
            &[MARA, OKAFOR, PRYCE, WIELICZKO, VANTERPOOL, NANDAKUMAR],
            table::make(),
        ),
        sample(
            "09-legal-advice.pdf",
            "Advice from the landlord's solicitor",
            "2026-07-30",
            "Protected with a password. Legally privileged.",
            &[MARA, CORR, LINDQVIST, WIELICZKO],
            legal::make(),
        ),
        sample(
            "10-visit-note.pdf",
            "Visit note with plan",
            "2026-07-02",
            "One page stored on its side (/Rotate 90), and one cropped: a file reference lies outside what is shown.",
            &[MARA, NANDAKUMAR, HALE, VANTERPOOL, OKAFOR, PRYCE],
            visit::make(),
        ),
    ]
}

/// The manifest of these samples, as it is committed.
pub fn manifest(samples: &[Sample]) -> String {
    let entries: Vec<&Entry> = samples.iter().map(|s| &s.entry).collect();
    let mut text = serde_json::to_string_pretty(&entries).expect("plain texts become JSON");
    text.push('\n');
    text
}

fn sample(
    file: &str,
    title: &str,
    date: &str,
    description: &str,
    people: &[Person],
    bytes: Vec<u8>,
) -> Sample {
    let password = (file == "09-legal-advice.pdf").then(|| PASSWORD.to_owned());
    let people = people.iter().map(|p| p.name.to_owned()).collect();
    let entry = Entry {
        file: file.to_owned(),
        title: title.to_owned(),
        date: date.to_owned(),
        description: description.to_owned(),
        people,
        password,
    };
    Sample { entry, bytes }
}
