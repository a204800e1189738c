//! The papers of a pack: the schedule, the key, dividers, and the page that stands for what is left out.

use crate::PaperFault;
use crate::blocks::{Align, Block, Column, Table, Width};
use crate::flow::{Flow, MARGIN, MEASURE};
use crate::fonts::Face;
use crate::letter::Footer;
use crate::sheet::{HEIGHT, Ink, Mark, WIDTH};
use crate::wrap::{clean, wrap};
use gb_model::Personal;

/// A paper with a title: a schedule, a key, a certificate, a print of a register.
#[derive(Clone, Debug)]
pub struct Paper {
    /// What it is, printed large at the top.
    pub title: String,
    /// A line under the title, such as whose request it is.
    pub subtitle: Personal<String>,
    /// The reference: the PDF's title, and in the footer.
    pub our_ref: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// What stands at the foot.
    pub footer: Footer,
}

/// What stands at the top of every internal page.
const INTERNAL: &str = "INTERNAL – for the organisation’s own file. Do not send.";

/// How much of a document the person gets (`RED-5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All of it.
    InFull,
    /// Some of it.
    InPart,
    /// Nothing of it.
    Withheld,
}

impl Outcome {
    fn words(self) -> &'static str {
        match self {
            Outcome::InFull => "In full",
            Outcome::InPart => "In part",
            Outcome::Withheld => "Withheld",
        }
    }
}

/// A row of the schedule.
#[derive(Clone, Debug)]
pub struct ScheduleRow {
    /// The document's number.
    pub number: u32,
    /// Its date in words; blank when it bears none.
    pub dated: String,
    /// What it is.
    pub description: Personal<String>,
    /// Its first and last page in the pack; none when it is withheld.
    pub pages: Option<(u32, u32)>,
    /// How much the person gets.
    pub outcome: Outcome,
    /// The codes used in it, as in the key.
    pub codes: Vec<String>,
}

/// A code of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// The code on the page.
    pub code: String,
    /// What it means, in plain words, with its citation.
    pub means: String,
    /// Whether it is an exemption in law; the others are listed apart.
    pub exemption: bool,
    /// Whether the person may be told (`RED-2`). If not, it prints as the neutral code everywhere.
    pub told: bool,
}

/// What stands for a code that may not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neutral {
    /// The code, `W`.
    pub code: String,
    /// What the key says of it.
    pub means: String,
}

/// The sheet before a document.
#[derive(Clone, Debug)]
pub struct Divider {
    /// The document's number.
    pub number: u32,
    /// What it is.
    pub title: Personal<String>,
    /// Its date in words; blank when it bears none.
    pub dated: String,
    /// How much the person gets.
    pub outcome: Outcome,
    /// The codes used in it.
    pub codes: Vec<String>,
    /// The reference: the PDF's title.
    pub our_ref: String,
}

/// Sets a paper and gives its PDF.
///
/// # Errors
/// [`PaperFault::NotInFont`] for letters that cannot be printed, [`PaperFault::Writing`] when the library fails.
pub fn paper(paper: &Paper) -> Result<Vec<u8>, PaperFault> {
    let mut flow = Flow::new();
    for line in wrap(&clean(&paper.title)?, Face::SemiBold, 19.0, MEASURE) {
        flow.sheets.text(MARGIN, flow.y + 17.0, Face::SemiBold, 19.0, Ink::Accent, &line);
        flow.y += 24.0;
    }
    if !paper.subtitle.is_blank() {
        for line in wrap(&clean(paper.subtitle.as_str())?, Face::Regular, 11.0, MEASURE) {
            flow.sheets.text(MARGIN, flow.y + 11.2, Face::Regular, 11.0, Ink::Quiet, &line);
            flow.y += 15.2;
        }
    }
    flow.y += 10.0;
    flow.pour(&paper.blocks)?;
    let our_ref = clean(&paper.our_ref)?;
    match paper.footer {
        Footer::Numbered => flow.foot(|page, of| format!("{our_ref} · page {page} of {of}")),
        Footer::Internal => {
            flow.band(INTERNAL);
            flow.foot(|page, of| format!("INTERNAL · {our_ref} · {} · page {page} of {of}", paper.title));
        }
        Footer::Free => {}
    }
    flow.sheets.finish(&our_ref)
}

/// The schedule of documents (`RED-5`). Page numbers take the same room whatever they are, so a schedule set
/// once with zeros tells how many pages it will have.
pub fn schedule(rows: &[ScheduleRow], keys: &[KeyEntry], neutral: &Neutral) -> Vec<Block> {
    let column = |head: &str, width, align| Column { head: head.into(), width, align };
    let columns = vec![
        column("No.", Width::Points(34.0), Align::Right),
        column("Date", Width::Points(80.0), Align::Left),
        column("Document", Width::Share(1.0), Align::Left),
        column("Pages", Width::Points(62.0), Align::Left),
        column("Disclosed", Width::Points(58.0), Align::Left),
        column("Codes", Width::Points(68.0), Align::Left),
    ];
    let rows = rows
        .iter()
        .map(|row| {
            let pages = match row.pages {
                None => "–".to_owned(),
                Some((first, last)) if first == last => first.to_string(),
                Some((first, last)) => format!("{first}–{last}"),
            };
            vec![
                row.number.to_string(),
                if row.dated.trim().is_empty() { "Not dated".into() } else { row.dated.clone() },
                row.description.as_str().to_owned(),
                pages,
                row.outcome.words().to_owned(),
                told(&row.codes, keys, neutral).join(", "),
            ]
        })
        .collect();
    vec![Block::Table(Table { columns, rows })]
}

/// The key of the codes used, in plain words with their citations; what is no exemption stands apart (`RED-2`).
pub fn key(keys: &[KeyEntry], neutral: &Neutral) -> Vec<Block> {
    let column = |head: &str, width| Column { head: head.into(), width, align: Align::Left };
    let table = |head: &str, rows: Vec<Vec<String>>| {
        Block::Table(Table {
            columns: vec![column("Code", Width::Points(78.0)), column(head, Width::Share(1.0))],
            rows,
        })
    };
    let row = |k: &&KeyEntry| vec![k.code.clone(), k.means.clone()];
    let mut exemptions: Vec<Vec<String>> =
        keys.iter().filter(|k| k.told && k.exemption).map(|k| row(&k)).collect();
    if keys.iter().any(|k| !k.told) {
        exemptions.push(vec![neutral.code.clone(), neutral.means.clone()]);
    }
    let others: Vec<Vec<String>> = keys.iter().filter(|k| k.told && !k.exemption).map(|k| row(&k)).collect();
    let mut blocks = Vec::new();
    if !exemptions.is_empty() {
        blocks.push(Block::Heading("Exemptions in law".into()));
        blocks.push(table("Why it is left out, and where the law says so", exemptions));
    }
    if !others.is_empty() {
        blocks.push(Block::Heading("Not exemptions".into()));
        blocks.push(Block::Paragraph(
            "These words are left out for other reasons than an exemption in law.".into(),
        ));
        blocks.push(table("Why it is left out", others));
    }
    blocks
}

/// The sheet before a document, as a PDF of one page without a footer.
///
/// # Errors
/// As [`paper`].
pub fn divider(divider: &Divider, keys: &[KeyEntry], neutral: &Neutral) -> Result<Vec<u8>, PaperFault> {
    let codes = told(&divider.codes, keys, neutral);
    let mut under = Vec::new();
    if !divider.dated.trim().is_empty() {
        under.push(format!("Dated {}", divider.dated));
    }
    under.push(match divider.outcome {
        Outcome::InFull => "Disclosed in full".to_owned(),
        Outcome::InPart if codes.is_empty() => "Disclosed in part".to_owned(),
        Outcome::InPart => format!("Disclosed in part. Codes used: {}", codes.join(", ")),
        Outcome::Withheld if codes.is_empty() => "Withheld".to_owned(),
        Outcome::Withheld => format!("Withheld. Codes used: {}", codes.join(", ")),
    });
    standing_page(&format!("Document {}", divider.number), divider.title.as_str(), &under, &divider.our_ref)
}

/// The page that stands where a document or a page is withheld: a frame, the number, the codes, and a word on
/// where the key is.
///
/// # Errors
/// As [`paper`].
pub fn withheld_page(
    what: &str,
    codes: &[String],
    keys: &[KeyEntry],
    neutral: &Neutral,
    our_ref: &str,
) -> Result<Vec<u8>, PaperFault> {
    let codes = told(codes, keys, neutral);
    let mut under = Vec::new();
    if !codes.is_empty() {
        under.push(format!("Reason: {}", codes.join(", ")));
    }
    under.push("The key at the front of this pack says what each code means.".into());
    standing_page(what, "This document has been withheld.", &under, our_ref)
}

/// The codes as they may be printed: those that may not be told become the neutral one, once; a code that is not
/// in the key counts as one that may not be told.
fn told(codes: &[String], keys: &[KeyEntry], neutral: &Neutral) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for code in codes {
        let known = keys.iter().find(|k| k.code == *code && k.told);
        let print = known.map_or(&neutral.code, |k| &k.code);
        if !shown.contains(print) {
            shown.push(print.clone());
        }
    }
    // The neutral code comes last, so that its place tells nothing of what it stands for.
    if let Some(at) = shown.iter().position(|c| *c == neutral.code) {
        let neutral = shown.remove(at);
        shown.push(neutral);
    }
    shown
}

fn standing_page(small: &str, large: &str, under: &[String], our_ref: &str) -> Result<Vec<u8>, PaperFault> {
    let mut flow = Flow::new();
    let mut y = HEIGHT * 0.34;
    flow.sheets.text(MARGIN, y, Face::Regular, 12.0, Ink::Quiet, &clean(small)?);
    y += 12.0;
    flow.sheets.draw(Mark::Fill { x: MARGIN, y, width: WIDTH - 2.0 * MARGIN, height: 1.2, ink: Ink::Accent });
    y += 34.0;
    // A title of any length stays on its page.
    let lines = wrap(&clean(large)?, Face::SemiBold, 22.0, MEASURE);
    for line in lines.iter().take(12) {
        flow.sheets.text(MARGIN, y, Face::SemiBold, 22.0, Ink::Accent, line);
        y += 28.0;
    }
    for text in under {
        for line in wrap(&clean(text)?, Face::Regular, 12.0, MEASURE) {
            flow.sheets.text(MARGIN, y, Face::Regular, 12.0, Ink::Text, &line);
            y += 17.0;
        }
    }
    flow.sheets.finish(&clean(our_ref)?)
}
