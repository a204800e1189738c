//! The organisation's own copy of a sealed pack: the pack, and after it the certificate and the schedule with notes.
//!
//! It is internal, says so on every page it adds, is made only when asked for, and is never written where a sealed
//! pack lies. The certificate's pages hold no word that was taken away; the notes are the officer's own.

use crate::plan::Case;
use crate::seal::save;
use crate::session::Desk;
use crate::{faults, paper};
use gb_law::catalogue;
use gb_model::{Answer, Disclosure, Id, Mark, MarkShape, Pack, Personal};
use gb_paper::{Align, Block, Column, Footer, Paper, Part, Stamp, StampHow, Table, Width};
use gb_wire::{Fault, FileKind, Place, Saved, Surroundings};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

/// What is kept beside a pack when it is sealed: why each mark was made. Internal; never in the pack.
#[derive(Serialize, Deserialize)]
pub(crate) struct Notes {
    documents: Vec<DocumentNotes>,
}

#[derive(Serialize, Deserialize)]
struct DocumentNotes {
    position: u32,
    title: Personal<String>,
    withheld_code: Option<String>,
    marks: Vec<MarkNotes>,
}

#[derive(Serialize, Deserialize)]
struct MarkNotes {
    pages: Vec<u32>,
    /// What kind of mark it is; never the words under it.
    kind: String,
    code: String,
    note: Personal<String>,
    answers: Vec<Personal<String>>,
    decided: Personal<String>,
}

/// The setting that keeps them.
pub(crate) fn notes_of(pack: Id) -> String {
    format!("pack_notes/{pack}")
}

/// Why each mark of a case was made, as it stands now.
pub(crate) fn notes(case: &Case) -> Notes {
    let documents = case
        .documents
        .iter()
        .map(|d| DocumentNotes {
            position: d.document.position,
            title: d.document.title.clone(),
            withheld_code: d.document.withheld_code.clone(),
            marks: match d.document.disclosure {
                Disclosure::Disclosed => d.marks.iter().map(|m| mark_notes(&m.mark, &m.places)).collect(),
                Disclosure::Withheld => Vec::new(),
            },
        })
        .collect();
    Notes { documents }
}

fn mark_notes(mark: &Mark, places: &[Place]) -> MarkNotes {
    let facts = &mark.facts;
    let mut pages: Vec<u32> = places.iter().map(|p| p.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let kind = match &facts.shape {
        MarkShape::Rect { .. } => "A box",
        MarkShape::Words { .. } => "Words",
        MarkShape::Phrase { .. } => "A phrase",
        MarkShape::WholePage { .. } => "The whole page",
    };
    MarkNotes {
        pages,
        kind: kind.to_owned(),
        code: facts.code.clone().unwrap_or_default(),
        note: facts.note.clone(),
        answers: facts
            .answers
            .iter()
            .filter(|a| !a.answer.is_blank())
            .map(|a| in_words(facts.code.as_deref().unwrap_or_default(), a))
            .collect(),
        decided: format!("{}\n{}", mark.decided_by.as_str(), gb_law::short_date(mark.decided_on)).into(),
    }
}

/// An answer as it can be read without the screen it was given on.
fn in_words(code: &str, given: &Answer) -> Personal<String> {
    let answer = given.answer.as_str();
    let question = catalogue().get(code).and_then(|c| c.questions.iter().find(|q| q.key == given.question));
    let Some(question) = question else { return given.answer.clone() };
    let chosen = question.choices.iter().find(|c| c.key == answer).map(|c| c.text.clone());
    let said = match (chosen, answer) {
        (Some(text), _) => text,
        (None, "yes") => format!("{} Yes.", question.text),
        (None, "no") => format!("{} No.", question.text),
        (None, text) => text.to_owned(),
    };
    said.into()
}

impl Desk {
    pub(crate) fn save_file_copy(&self, pack: Id, at: &dyn Surroundings) -> Result<Saved, Fault> {
        let (pdf, reference) = self.file_copy(pack)?;
        let name = format!("{reference} INTERNAL file copy.pdf");
        let Some(path) = at.file_to_save(FileKind::Pdf, &name) else { return Ok(Saved { name: None }) };
        self.apart_from_packs(pack, &path)?;
        crate::files::write_whole(&path, &pdf)?;
        at.show(&path);
        self.noted(pack, "save_file_copy", at)?;
        Ok(Saved { name: path.file_name().map(|n| n.to_string_lossy().into_owned()) })
    }

    pub(crate) fn save_certificate(&self, pack: Id, at: &dyn Surroundings) -> Result<Saved, Fault> {
        let (about, reference) = self.about(pack)?;
        let value: Value = serde_json::from_str(&about.certificate).unwrap_or(Value::Null);
        let name = format!("{reference}.certificate.json");
        let saved = save(format!("{value:#}\n").as_bytes(), FileKind::Json, &name, at)?;
        if saved.name.is_some() {
            self.noted(pack, "save_certificate", at)?;
        }
        Ok(saved)
    }

    /// The file copy of a pack, and the reference of its request.
    pub(crate) fn file_copy(&self, pack: Id) -> Result<(Vec<u8>, String), Fault> {
        let (about, reference) = self.about(pack)?;
        let (sealed, notes) = self.with(|open| {
            let read = open.read();
            let notes: Option<Notes> = read.setting(&notes_of(pack)).map_err(faults::store)?;
            Ok((read.pack_bytes(pack).map_err(faults::store)?.to_vec(), notes))
        })?;
        let mut parts =
            vec![Part { pdf: sealed, bookmark: "The pack as it was sealed".into(), stamp: StampHow::Not }];
        let mut add = |title: &str, blocks: Vec<Block>| -> Result<(), Fault> {
            let sheet = Paper {
                title: title.into(),
                subtitle: format!("Pack {} of {reference}", about.number).into(),
                our_ref: format!("{reference}, pack {}", about.number),
                blocks,
                footer: Footer::Internal,
            };
            let pdf = gb_paper::paper(&sheet).map_err(paper::paper)?;
            parts.push(Part { pdf, bookmark: format!("INTERNAL: {title}"), stamp: StampHow::Not });
            Ok(())
        };
        add("Certificate of redaction", certificate_blocks(&about))?;
        add("Schedule with notes", notes_blocks(notes.as_ref()))?;
        let stamp = Stamp { reference: format!("{reference} INTERNAL file copy") };
        let joined = gb_paper::join(&parts, &stamp, &mut |_, _| (), &|| false).map_err(paper::paper)?;
        Ok((joined.pdf, reference))
    }

    fn about(&self, pack: Id) -> Result<(Pack, String), Fault> {
        self.with(|open| {
            let about = open.read().pack(pack).map_err(faults::store)?;
            let request = open.read().request(about.request).map_err(faults::store)?;
            Ok((about, request.reference.to_string()))
        })
    }

    fn noted(&self, pack: Id, action: &'static str, at: &dyn Surroundings) -> Result<(), Fault> {
        self.with(|open| {
            let request = open.read().pack(pack).map_err(faults::store)?.request;
            open.act(action, Some(request), at, |tx| {
                tx.touched("pack", pack, "saved");
                Ok(())
            })
        })
    }

    /// A folder that holds a sealed pack of this request is a folder that will be sent.
    fn apart_from_packs(&self, pack: Id, path: &Path) -> Result<(), Fault> {
        let packs = self.with(|open| {
            let request = open.read().pack(pack).map_err(faults::store)?.request;
            open.read().packs(request).map_err(faults::store)
        })?;
        let beside = path.parent().is_some_and(|folder| holds_one(folder, &packs));
        if !beside {
            return Ok(());
        }
        Err(Fault::refused(
            "A sealed pack of this request lies in that folder, and the file copy must not be sent with it.",
            "Choose another folder, one that nothing is sent from.",
        ))
    }
}

/// Files looked at in a folder: more is not a folder somebody keeps packs in.
const MOST_FILES: usize = 5000;

fn holds_one(folder: &Path, packs: &[Pack]) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_FILES);
    files.filter(|f| f.metadata().is_ok_and(|m| m.is_file() && packs.iter().any(|p| p.size == m.len()))).any(
        |f| {
            let Ok(bytes) = std::fs::read(f.path()) else { return false };
            let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            packs.iter().any(|p| p.sha256 == hash)
        },
    )
}

/// What the certificate says, for people. Read from the JSON kept with the pack, so it says what was true then.
fn certificate_blocks(pack: &Pack) -> Vec<Block> {
    let value: Value = serde_json::from_str(&pack.certificate).unwrap_or(Value::Null);
    let mut out = vec![Block::Paragraph(
        "This copy is for the organisation’s own file. The pages before these are the pack exactly as it was sealed; \
         these pages were never part of it. The words that were taken away stand nowhere in this certificate."
            .into(),
    )];
    out.push(Block::Heading("What was sealed".into()));
    out.push(facts(vec![
        ("Reference".into(), text(&value["reference"])),
        ("Pages".into(), pack.pages.to_string()),
        ("Sealed at".into(), moment(&text(&value["sealed_at"]))),
        ("Sealed by".into(), text(&value["sealed_by"])),
        ("Guardbook".into(), text(&value["guardbook"])),
        ("SHA-256 of the pack".into(), pack.sha256.clone()),
    ]));
    out.push(Block::Heading("What was taken away".into()));
    out.push(by_code(&value["boxes_by_code"]));
    let list = value["documents"].as_array().map(Vec::as_slice).unwrap_or_default();
    for document in list {
        out.extend(document_blocks(document));
    }
    out.push(Block::Heading("What was checked".into()));
    out.push(Block::Paragraph(
        "Each file was read again by a second reader that shares nothing with the writer. Anything found would have \
         stopped the seal."
            .into(),
    ));
    out.push(Block::List(checks(list)));
    out
}

fn document_blocks(document: &Value) -> Vec<Block> {
    let redaction = &document["redaction"];
    let mut out = vec![Block::Heading(format!("Document {}", text(&document["position"])))];
    if redaction.is_null() {
        out.push(facts(vec![
            ("Disclosed".into(), "No: withheld as a whole".into()),
            ("SHA-256 of the source".into(), text(&document["source_sha256"])),
        ]));
        return out;
    }
    let number = |key: &str| text(&redaction[key]);
    out.push(facts(vec![
        (
            "Pages".into(),
            format!(
                "{}: {} rebuilt, {} turned into pictures",
                number("pages"),
                number("pages_rebuilt"),
                number("pages_pictured")
            ),
        ),
        ("Boxes".into(), number("boxes")),
        ("Words taken away".into(), removed(redaction)),
        ("Engine".into(), number("engine")),
        ("SHA-256 of the source".into(), number("source_sha256")),
        ("SHA-256 of the rebuilt file".into(), number("output_sha256")),
    ]));
    let runs = redaction["page_records"].as_array().map(Vec::as_slice).unwrap_or_default();
    let pictured: Vec<String> = runs
        .iter()
        .filter(|r| r["how"] == "picture")
        .map(|r| {
            format!(
                "Page {} became a picture, because {}.",
                text(&r["pages"]),
                text(&r["why"]).trim_end_matches('.')
            )
        })
        .collect();
    listed(&mut out, "Pictures of pages:", merged(pictured));
    let compare = runs
        .iter()
        .flat_map(|r| {
            let page = text(&r["pages"]);
            let says = r["concerns"].as_array().cloned().unwrap_or_default();
            says.into_iter().map(move |s| format!("Page {page}: {}", text(&s)))
        })
        .collect();
    listed(&mut out, "Pages to compare with their source:", compare);
    let left = redaction["left_behind"].as_object().into_iter().flatten();
    let left = left.map(|(what, n)| format!("{}: {}", what.replace('_', " "), text(n))).collect();
    listed(&mut out, "Left behind with the source, none of it carried over:", left);
    let warnings = redaction["warnings"].as_array().into_iter().flatten().map(text).collect();
    listed(&mut out, "To know:", warnings);
    out
}

fn removed(redaction: &Value) -> String {
    let number = |key: &str| redaction[key].as_u64().unwrap_or_default();
    match (number("words_removed"), number("words_swallowed")) {
        (all, 0) => all.to_string(),
        (all, swallowed) => format!("{all}, of them {swallowed} that nobody marked and a box had to cover"),
    }
}

/// Runs of pictures that differ only in how many boxes they bear say the same reason again and again.
fn merged(lines: Vec<String>) -> Vec<String> {
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines {
        let (page, why) = line.split_once(" became ").unwrap_or((&line, ""));
        match out.last_mut() {
            Some((last, pages)) if last == why => pages.push(page.trim_start_matches("Page ").to_owned()),
            _ => out.push((why.to_owned(), vec![page.trim_start_matches("Page ").to_owned()])),
        }
    }
    out.into_iter()
        .map(|(why, pages)| {
            let one = pages.len() == 1 && !pages[0].contains('–');
            let noun = if one { "Page" } else { "Pages" };
            let why = if one { why } else { why.replacen("a picture", "pictures", 1) };
            format!("{noun} {} became {why}", pages.join(", "))
        })
        .collect()
}

fn listed(out: &mut Vec<Block>, announced: &str, lines: Vec<String>) {
    if !lines.is_empty() {
        out.push(Block::Paragraph(announced.to_owned()));
        out.push(Block::List(lines));
    }
}

fn checks(documents: &[Value]) -> Vec<String> {
    let mut sums: Vec<(String, u64)> = Vec::new();
    let each = documents.iter().filter_map(|d| d["redaction"]["checks"].as_array()).flatten();
    for check in each {
        let (what, n) = (text(&check["what"]), check["looked_at"].as_u64().unwrap_or_default());
        match sums.iter_mut().find(|(w, _)| *w == what) {
            Some((_, sum)) => *sum += n,
            None => sums.push((what, n)),
        }
    }
    sums.into_iter().map(|(what, n)| format!("{what} ({n} looked at; nothing found).")).collect()
}

fn by_code(counts: &Value) -> Block {
    let mut rows: Vec<Vec<String>> =
        counts.as_object().into_iter().flatten().map(|(code, n)| vec![code.clone(), text(n)]).collect();
    if rows.is_empty() {
        rows.push(vec!["–".into(), "0".into()]);
    }
    table(&[("Code", Width::Points(120.0)), ("Boxes", Width::Share(1.0))], rows)
}

/// The schedule with notes: why each mark was made. Internal.
fn notes_blocks(notes: Option<&Notes>) -> Vec<Block> {
    let Some(notes) = notes else {
        return vec![Block::Paragraph(
            "This pack was sealed by an earlier version, which kept no notes beside it. The notes of its marks as they \
             stand now are in the vault."
                .into(),
        )];
    };
    let mut out = vec![Block::Note(
        "Internal reasons. Nothing on these pages is for the person who asked, unless they ask for it and it may be told."
            .into(),
    )];
    for document in &notes.documents {
        out.push(Block::Heading(format!("Document {}. {}", document.position, document.title.as_str())));
        if let Some(code) = &document.withheld_code {
            out.push(Block::Paragraph(format!("Withheld as a whole under {code}.")));
        } else if document.marks.is_empty() {
            out.push(Block::Paragraph("Disclosed in full.".into()));
        } else {
            out.push(table(
                &[
                    ("Pages", Width::Points(60.0)),
                    ("Mark", Width::Points(64.0)),
                    ("Code", Width::Points(56.0)),
                    ("Reasons and note", Width::Share(1.0)),
                    ("Decided", Width::Points(92.0)),
                ],
                document.marks.iter().map(mark_row).collect(),
            ));
        }
    }
    out
}

fn mark_row(mark: &MarkNotes) -> Vec<String> {
    let mut why: Vec<&str> = mark.answers.iter().map(Personal::as_str).collect();
    if !mark.note.is_blank() {
        why.push(mark.note.as_str());
    }
    vec![
        pages(&mark.pages),
        mark.kind.clone(),
        mark.code.clone(),
        why.join("\n"),
        mark.decided.as_str().to_owned(),
    ]
}

/// `1, 3–5, 9`.
fn pages(list: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for page in list {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == *page => *to = *page,
            _ => runs.push((*page, *page)),
        }
    }
    let run = |(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

fn facts(rows: Vec<(String, String)>) -> Block {
    table(
        &[("What", Width::Points(140.0)), ("Is", Width::Share(1.0))],
        rows.into_iter().map(|(name, value)| vec![name, value]).collect(),
    )
}

fn table(columns: &[(&str, Width)], rows: Vec<Vec<String>>) -> Block {
    let columns = columns
        .iter()
        .map(|(head, width)| Column { head: (*head).into(), width: *width, align: Align::Left })
        .collect();
    Block::Table(Table { columns, rows })
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "–".into(),
        other => other.to_string(),
    }
}

/// A moment as people write it, in London.
fn moment(text: &str) -> String {
    match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(at) => {
            gb_law::uk_local(at.with_timezone(&chrono::Utc)).0.format("%a %-d %b %Y, %H:%M").to_string()
        }
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_in_runs() {
        for (list, said) in
            [(vec![], ""), (vec![4], "4"), (vec![1, 3, 4, 5, 9], "1, 3–5, 9"), (vec![1, 2], "1–2")]
        {
            assert_eq!(pages(&list), said);
        }
        let lines = [
            "Page 1 became a picture, because x.",
            "Page 2–4 became a picture, because x.",
            "Page 5 became a picture, because y.",
        ];
        assert_eq!(
            merged(lines.map(str::to_owned).to_vec()),
            ["Pages 1, 2–4 became pictures, because x.", "Page 5 became a picture, because y."],
            "the same reason is told once"
        );
    }
}
