//! Planning and sealing a pack: rebuild, prove, set the papers, join, look once more, keep.
//!
//! Everything is made in memory; the vault is written once, at the end, in one act. A kill, a full disk or a
//! change of mind before that leaves the case as it was.

use crate::ahead::{self, Foreseen};
use crate::plan::{Case, DocumentCase, plan};
use crate::session::Desk;
use crate::{clock, faults, file_copy, files, letter, marks, paper, requests, tools};
use gb_model::{Disclosure, Id, RequestState};
use gb_paper::{Part, Stamp, StampHow};
use gb_redact::{Certificate, Options, Redacted, Stage};
use gb_store::NewPack;
use gb_wire::{
    Fault, FileKind, LetterWords, PackPlan, PackView, Progress, RecordSending, RequestView, Saved, Sending,
    Surroundings,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The setting that keeps the words of a request's cover letter.
fn letter_of(request: Id) -> String {
    format!("letter/{request}")
}

/// Internal notes shorter than this say nothing that could be told apart from ordinary words.
const TELLING_NOTE: usize = 12;

impl Desk {
    pub(crate) fn plan_pack(&self, request: Id, at: &dyn Surroundings) -> Result<PackPlan, Fault> {
        Ok(plan(&self.case(request, at)?))
    }

    pub(crate) fn save_letter(&self, words: &LetterWords, at: &dyn Surroundings) -> Result<PackPlan, Fault> {
        let kept = letter::kept(words);
        self.with(|open| {
            let name = letter_of(words.request);
            let before: Option<BTreeMap<String, String>> =
                open.read().setting(&name).map_err(faults::store)?;
            if before.as_ref() == Some(&kept) {
                return Ok(());
            }
            open.act("save_letter", Some(words.request), at, |tx| Ok(tx.set_setting(&name, &kept)?))
        })?;
        self.plan_pack(words.request, at)
    }

    /// A request with everything its pack is made from.
    fn case(&self, id: Id, at: &dyn Surroundings) -> Result<Case, Fault> {
        let (organisation, request, documents, kept) = self.with(|open| {
            let read = open.read();
            let request = read.request(id).map_err(faults::store)?;
            let documents = read.documents(id).map_err(faults::store)?;
            let kept: BTreeMap<String, String> =
                read.setting(&letter_of(id)).map_err(faults::store)?.unwrap_or_default();
            Ok((open.organisation()?, request, documents, kept))
        })?;
        let clock = clock::of(&request, organisation.nation, at.today());
        let mut cases = Vec::new();
        for document in documents {
            let kept = self.with(|open| open.read().marks_on(document.id).map_err(faults::store))?;
            let notices = marks::read_aside(self, document.id)?.notices;
            let places = marks::places(self, document.id, &kept)?;
            let ahead = self.ahead_of(&document, &kept, &places)?;
            cases.push(DocumentCase {
                marks: marks::views(self, document.id, kept)?,
                notices,
                document,
                ahead,
            });
        }
        let letter = letter::words(id, &kept, &organisation);
        Ok(Case { organisation, request, clock, documents: cases, letter })
    }

    pub(crate) fn seal_pack(&self, id: Id, at: &dyn Surroundings) -> Result<PackView, Fault> {
        let case = self.case(id, at)?;
        refuse_unready(&plan(&case))?;
        let rebuilt = self.rebuild(&case, at)?;
        let pack = put_together(&case, &rebuilt, at)?;
        look_once_more(self, &case, &pack.pdf, at)?;
        let certificate = certificate(&case, &rebuilt, &pack, at);
        if at.cancelled() {
            return Err(stopped());
        }
        at.progress(Progress { stage: "Keeping the sealed pack".into(), done: 0, total: 1 });
        let notes = file_copy::notes(&case);
        let sealed = NewPack {
            bytes: pack.pdf,
            pages: pack.pages,
            sealed_at: at.now(),
            certificate: certificate.to_string(),
        };
        self.with(|open| {
            let kept = open.act("seal_pack", Some(id), at, |tx| {
                let kept = tx.add_pack(id, &sealed)?;
                tx.set_setting(&file_copy::notes_of(kept.id), &notes)?;
                tx.set_state(id, RequestState::Sealed, None)?;
                Ok(kept)
            })?;
            open.undo.forget(id);
            Ok(PackView { sealed_on: requests::sealed_on(&kept), pack: kept, superseded: false, sent: None })
        })
    }

    /// Rebuilds and proves every disclosed document, in order; none for a withheld one.
    fn rebuild(&self, case: &Case, at: &dyn Surroundings) -> Result<Vec<Option<Redacted>>, Fault> {
        let total = case.documents.len() as u32;
        let mut out = Vec::new();
        for (i, document) in case.documents.iter().enumerate() {
            if document.document.disclosure == Disclosure::Withheld {
                out.push(None);
                continue;
            }
            let source = self.source(document.document.id)?;
            let kept: Vec<_> = document.marks.iter().map(|m| m.mark.clone()).collect();
            let said = Said { at, document: i as u32 + 1, documents: total };
            let redacted = read_words(&source, &said)
                .and_then(|()| {
                    gb_redact::redact(&source, &marks::for_engine(&kept), &Options::default(), &said)
                        .map_err(|f| faults::engine(&f))
                })
                .map_err(|f| in_document(document, marks::name_marks(f, &kept)))?;
            // The seal knows what looking ahead would have found.
            let foreseen = Foreseen::Pages(Arc::new(redacted.certificate.clone()));
            self.keep_foreseen(ahead::key(&document.document, &kept), foreseen)?;
            out.push(Some(redacted));
        }
        Ok(out)
    }

    pub(crate) fn save_pack(&self, pack: Id, at: &dyn Surroundings) -> Result<Saved, Fault> {
        let (bytes, request, name) = self.with(|open| {
            let read = open.read();
            let about = read.pack(pack).map_err(faults::store)?;
            let request = read.request(about.request).map_err(faults::store)?;
            let bytes = read.pack_bytes(pack).map_err(faults::store)?;
            Ok((bytes, request.id, format!("{}.pdf", request.reference)))
        })?;
        let saved = save(&bytes, FileKind::Pdf, &name, at)?;
        if saved.name.is_some() {
            self.with(|open| {
                open.act("save_pack", Some(request), at, |tx| {
                    tx.touched("pack", pack, "saved");
                    Ok(())
                })
            })?;
        }
        Ok(saved)
    }

    pub(crate) fn record_sending(
        &self,
        input: &RecordSending,
        at: &dyn Surroundings,
    ) -> Result<RequestView, Fault> {
        let method = input.sending.method.trim().to_owned();
        if method.is_empty() {
            return Err(Fault::refused("How it was sent is missing.", "Say how: post, e-mail, by hand.")
                .in_field("method"));
        }
        let request = self.with(|open| {
            let pack = open.read().pack(input.pack).map_err(faults::store)?;
            let request = open.read().request(pack.request).map_err(faults::store)?;
            let sealed_on = requests::sealed_on(&pack);
            if input.sending.on < sealed_on || input.sending.on > at.today() {
                return Err(Fault::refused(
                    format!(
                        "The pack was sealed on {}. It cannot have been sent before that, or in the future.",
                        gb_law::short_date(sealed_on)
                    ),
                    "Check the date.",
                )
                .in_field("on"));
            }
            let name = requests::sendings_of(request.id);
            let mut sent: BTreeMap<Id, Sending> =
                open.read().setting(&name).map_err(faults::store)?.unwrap_or_default();
            sent.insert(input.pack, Sending { on: input.sending.on, method: method.clone() });
            open.act("send_pack", Some(request.id), at, |tx| {
                tx.set_setting(&name, &sent)?;
                tx.touched("pack", input.pack, "sent");
                tx.set_state(request.id, RequestState::Closed, Some(input.sending.on))?;
                Ok(())
            })?;
            Ok(request.id)
        })?;
        self.request_view(request, at)
    }
}

/// Reads the words of every page, so that finding phrases afterwards takes no time in which nobody is asked whether
/// to stop.
pub(crate) fn read_words(source: &gb_redact::Document, said: &Said<'_>) -> Result<(), Fault> {
    use gb_redact::Progress as _;
    said.at(0, source.page_count(), Stage::Finding);
    source.read_all_words(&|| !said.cancelled()).map_err(|f| faults::engine(&f))
}

/// Writes a file where the person says.
pub(crate) fn save(bytes: &[u8], kind: FileKind, name: &str, at: &dyn Surroundings) -> Result<Saved, Fault> {
    let Some(path) = at.file_to_save(kind, name) else { return Ok(Saved { name: None }) };
    files::write_whole(&path, bytes)?;
    at.show(&path);
    Ok(Saved { name: path.file_name().map(|n| n.to_string_lossy().into_owned()) })
}

fn refuse_unready(plan: &PackPlan) -> Result<(), Fault> {
    if plan.ready {
        return Ok(());
    }
    let missing: Vec<&str> = plan.gates.iter().filter(|g| !g.met).map(|g| g.missing.as_str()).collect();
    Err(Fault::new(
        format!("The pack cannot be sealed yet. {}", missing.join(" ")),
        "Nothing was changed.",
        "Put these right and seal again.",
    )
    .with_code(gb_wire::FaultCode::Refused))
}

/// Sets the papers, which name each other's pages, and joins everything.
fn put_together(
    case: &Case,
    rebuilt: &[Option<Redacted>],
    at: &dyn Surroundings,
) -> Result<gb_paper::Joined, Fault> {
    at.progress(Progress { stage: "Setting the letter and the schedule".into(), done: 0, total: 1 });
    let mut bodies = Vec::new();
    for (document, redacted) in case.documents.iter().zip(rebuilt) {
        bodies.push(match redacted {
            Some(redacted) => (redacted.pdf.clone(), redacted.certificate.pages, StampHow::BelowPage),
            None => (paper::placeholder(case, document)?, 1, StampHow::InMargin),
        });
    }
    let body_pages: u32 = bodies.iter().map(|b| b.1).sum();
    // The letter gives the number of pages and the schedule their ranges; both can move a line over a page's end,
    // so they are set until what they say is so.
    let (mut front, mut papers) = (2, None);
    for _ in 0..4 {
        let mut next = front + 1;
        let ranges = bodies
            .iter()
            .map(|(_, pages, _)| {
                let range = (next, next + pages - 1);
                next += pages;
                range
            })
            .collect();
        let letter = paper::cover_letter(case, front + body_pages, at.today())?;
        let schedule = paper::schedule(case, &ranges)?;
        let count = |pdf: &[u8]| gb_paper::pages_in(pdf).map_err(paper::paper);
        let set = count(&letter)? + count(&schedule)?;
        if set == front {
            papers = Some((letter, schedule));
            break;
        }
        front = set;
    }
    let (letter, schedule) = papers.ok_or_else(|| {
        Fault::refused(
            "The letter and the schedule could not be set.",
            "Shorten the letter’s parts and seal again.",
        )
    })?;
    let mut parts = vec![
        Part { pdf: letter, bookmark: "Letter".into(), stamp: StampHow::InMargin },
        Part { pdf: schedule, bookmark: "Schedule of documents".into(), stamp: StampHow::InMargin },
    ];
    for (document, (pdf, _, stamp)) in case.documents.iter().zip(bodies) {
        parts.push(Part { pdf, bookmark: paper::bookmark(document), stamp });
    }
    let stamp = Stamp { reference: case.request.reference.to_string() };
    let mut tell = |done, total| at.progress(Progress { stage: "Joining and stamping".into(), done, total });
    gb_paper::join(&parts, &stamp, &mut tell, &|| at.cancelled()).map_err(paper::paper)
}

/// What must never be in a pack is looked for in the finished file (`RED-3`): internal notes and answers.
fn look_once_more(desk: &Desk, case: &Case, pdf: &[u8], at: &dyn Surroundings) -> Result<(), Fault> {
    let total = case.documents.len() as u32;
    let look = |done| at.progress(Progress { stage: "Looking for internal notes".into(), done, total });
    look(0);
    let mut notes: Vec<String> = Vec::new();
    for document in &case.documents {
        let marks = document.marks.iter().map(|m| &m.mark.facts);
        for facts in marks {
            notes.push(facts.note.as_str().trim().to_owned());
            notes.extend(facts.answers.iter().map(|a| a.answer.as_str().trim().to_owned()));
        }
    }
    notes.sort();
    notes.dedup();
    notes.retain(|n| n.chars().count() >= TELLING_NOTE);
    // A note may quote the document it stands on; what the document says itself is not the note getting out.
    for document in case.documents.iter().filter(|d| d.document.disclosure == Disclosure::Disclosed) {
        if notes.is_empty() {
            break;
        }
        look(document.document.position);
        let source = desk.source(document.document.id)?;
        for page in 1..=source.page_count() {
            if at.cancelled() {
                return Err(stopped());
            }
            let text = source.words(page).map_err(|f| faults::engine(&f))?.text();
            notes.retain(|n| !text.contains(n.as_str()));
        }
    }
    let said: String = case.letter.parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    notes.retain(|n| !said.contains(n.as_str()));
    gb_redact::sweep(pdf, &notes).map_err(|f| faults::engine(&f))
}

fn certificate(
    case: &Case,
    rebuilt: &[Option<Redacted>],
    pack: &gb_paper::Joined,
    at: &dyn Surroundings,
) -> Value {
    let documents: Vec<Value> = case
        .documents
        .iter()
        .zip(rebuilt)
        .map(|(document, redacted)| {
            json!({
                "position": document.document.position,
                "disclosure": document.document.disclosure,
                // The certificate may lie beside the pack: a ground that may not be told is not told here either.
                "withheld_code": document.document.withheld_code.as_deref().map(marks::printed),
                "source_sha256": document.document.sha256,
                "says": redacted.as_ref().map(|r| tools::summary(&r.certificate)),
                "redaction": redacted.as_ref().map(|r| in_runs(&r.certificate)),
            })
        })
        .collect();
    let mut by_code: BTreeMap<&str, u32> = BTreeMap::new();
    for certificate in rebuilt.iter().flatten().map(|r| -> &Certificate { &r.certificate }) {
        for (code, boxes) in &certificate.boxes_by_code {
            *by_code.entry(code).or_default() += boxes;
        }
    }
    json!({
        "reference": case.request.reference,
        "sealed_at": at.now().to_rfc3339(),
        "sealed_by": case.organisation.officer.name,
        "guardbook": env!("CARGO_PKG_VERSION"),
        "pack_sha256": hex(&Sha256::digest(&pack.pdf)),
        "pages": pack.pages,
        "boxes_by_code": by_code,
        "pages_of_concern": of_concern(case, rebuilt),
        "documents": documents,
    })
}

/// Pages that somebody should compare with their source, and whether somebody did before the seal.
fn of_concern(case: &Case, rebuilt: &[Option<Redacted>]) -> Vec<Value> {
    let mut out = Vec::new();
    for (document, redacted) in case.documents.iter().zip(rebuilt) {
        for record in redacted.iter().flat_map(|r| &r.certificate.page_records) {
            if record.concerns.is_empty() {
                continue;
            }
            out.push(json!({
                "document": document.document.position,
                "page": record.page,
                "why": record.concerns.join(" "),
                "compared_side_by_side": document.ahead.compared.contains(&record.page),
            }));
        }
    }
    out
}

/// A certificate with its page records told in runs of pages that went the same way: it is read by people, and a
/// document may have thousands of pages.
fn in_runs(certificate: &Certificate) -> Value {
    let mut value = serde_json::to_value(certificate).expect("a certificate has a JSON form");
    let mut runs: Vec<Value> = Vec::new();
    for record in value["page_records"].as_array().into_iter().flatten() {
        let page = record["page"].clone();
        let mut rest = record.clone();
        rest.as_object_mut().map(|r| r.remove("page"));
        match runs.last_mut() {
            Some(run) if run["each"] == rest => run["to"] = page,
            _ => runs.push(json!({ "from": page, "to": page, "each": rest })),
        }
    }
    value["page_records"] = runs
        .into_iter()
        .map(|mut run| {
            let mut out = run["each"].take();
            let (from, to) = (&run["from"], &run["to"]);
            out["pages"] = json!(if from == to { from.to_string() } else { format!("{from}–{to}") });
            out
        })
        .collect();
    value
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn in_document(document: &DocumentCase, mut fault: Fault) -> Fault {
    fault.what = format!("Document {}: {}", document.document.position, fault.what);
    fault
}

fn stopped() -> Fault {
    Fault::cancelled("Sealing was stopped.")
}

/// Tells the person how far the engine has come, document by document.
pub(crate) struct Said<'a> {
    pub at: &'a dyn Surroundings,
    /// From 1.
    pub document: u32,
    pub documents: u32,
}

impl gb_redact::Progress for Said<'_> {
    fn at(&self, done: u32, total: u32, stage: Stage) {
        let doing = match stage {
            Stage::Finding => "finding what is marked",
            Stage::Building => "rebuilding pages",
            Stage::Proving => "proving that it is gone",
        };
        let stage = format!("Document {} of {}: {doing}", self.document, self.documents);
        self.at.progress(Progress { stage, done, total });
    }

    fn cancelled(&self) -> bool {
        self.at.cancelled()
    }
}
