//! The same desk for scripts: what the window does, with files and JSON in place of a screen.

use crate::session::{ActFault, Desk};
use crate::tools::{MarkEntry, nation, read_marks};
use crate::{clock, faults, marks, practice, strength};
use chrono::NaiveDate;
use gb_model::{
    Answer, Channel, Id, MarkShape, NewMark, NewRequest, Officer, Organisation, Personal, Reference,
    Regulator, Right, Subject,
};
use gb_redact::MarkKind;
use gb_store::KdfCost;
use gb_wire::{By, Fault, FaultCode, PackView, Surroundings, Unlock, Which};
use serde::Deserialize;
use serde_json::{Value, json};

/// Who is recorded as deciding on marks that a script set.
pub const ACTOR: &str = "guardbook-cli";

/// A vault made by a script.
pub struct Made {
    /// The recovery key, printed once.
    pub recovery_key: String,
    /// What to know about the passphrase, if it is weak.
    pub warning: Option<String>,
}

/// A pack sealed by a script.
pub struct Sealed {
    /// The file.
    pub pdf: Vec<u8>,
    /// Its certificate.
    pub certificate: Value,
    /// What was done.
    pub said: Value,
}

/// Makes a vault. A weak passphrase is told, not refused: a script's phrase is its owner's choice.
pub fn new_vault(
    desk: &Desk,
    phrase: &str,
    organisation: &str,
    nation_code: &str,
    at: &dyn Surroundings,
) -> Result<Made, Fault> {
    let name = if organisation.trim().is_empty() { "My organisation" } else { organisation.trim() };
    let organisation = Organisation {
        name: name.to_owned(),
        address: Vec::new(),
        nation: nation(nation_code)?,
        kind: gb_model::ControllerKind::default(),
        officer: Officer { name: "Data Protection Officer".into(), ..Officer::default() },
        regulator: Regulator::default(),
        privacy_notice: String::new(),
        lock_after_minutes: 5,
    };
    let strength = strength::weigh(phrase, &[name]);
    let warning = (!strength.enough)
        .then(|| format!("The vault was made, but its passphrase is weak. {}", strength.says));
    let sheet = desk.make(Which::Own, &organisation, phrase, KdfCost::default(), at)?;
    desk.close();
    Ok(Made { recovery_key: sheet.recovery_key.into_inner(), warning })
}

/// Opens a vault with its passphrase.
pub fn unlock(desk: &Desk, phrase: &str, at: &dyn Surroundings) -> Result<(), Fault> {
    desk.unlock(&Unlock { which: Which::Own, by: By::Phrase, secret: phrase.into() }, at).map(drop)
}

/// Makes a vault where there is none and fills it with the practice organisation.
pub fn practice(desk: &Desk, phrase: &str, at: &dyn Surroundings) -> Result<Value, Fault> {
    let mut recovery = None;
    if desk.folder(Which::Own).exists() {
        unlock(desk, phrase, at)?;
    } else {
        let sheet = desk.make(Which::Own, &practice::organisation(), phrase, KdfCost::default(), at)?;
        recovery = Some(sheet.recovery_key.into_inner());
    }
    practice::fill(desk, at)?;
    let info = info(desk, at)?;
    let mut says: Vec<String> = recovery.iter().map(|key| format!("Recovery key: {key}")).collect();
    says.extend(lines_of_cases(&info));
    Ok(json!({ "says": says, "recovery_key": recovery, "cases": info["cases"] }))
}

/// Describes a vault: version, counts, every case with its reference, state and dates.
pub fn info(desk: &Desk, at: &dyn Surroundings) -> Result<Value, Fault> {
    desk.with(|open| {
        let organisation = open.organisation()?;
        let read = open.read();
        let summaries = read.requests().map_err(faults::store)?;
        let (mut documents, mut packs, mut marks) = (0, 0, 0);
        let mut cases = Vec::new();
        for summary in summaries.iter().rev() {
            let request = read.request(summary.id).map_err(faults::store)?;
            let clock = clock::of(&request, organisation.nation, at.today());
            let list = read.documents(request.id).map_err(faults::store)?;
            let sealed = read.packs(request.id).map_err(faults::store)?;
            documents += list.len();
            packs += sealed.len();
            marks += summary.marks as usize;
            let rows: Vec<Value> = list
                .iter()
                .map(|d| {
                    json!({ "id": d.id, "position": d.position, "title": d.title, "pages": d.pages,
                            "sha256": d.sha256, "disclosure": d.disclosure })
                })
                .collect();
            cases.push(json!({
                "reference": request.reference, "state": request.state, "right": request.facts.right,
                "received": request.facts.received, "logged": request.logged, "closed": request.closed,
                "relevant": clock.relevant, "base": clock.base,
                "statutory_due": clock.statutory_due, "cautious_due": clock.cautious_due,
                "clock": clock.state, "says": clock.says, "documents": rows, "marks": summary.marks,
                "packs": sealed.iter().map(|p| json!({ "number": p.number, "sha256": p.sha256, "pages": p.pages,
                                                       "sealed_at": p.sealed_at })).collect::<Vec<_>>(),
            }));
        }
        let journal = read.journal_anchor().map_err(faults::store)?;
        Ok(json!({
            "version": env!("CARGO_PKG_VERSION"),
            "organisation": organisation.name,
            "nation": organisation.nation,
            "counts": { "requests": summaries.len(), "documents": documents, "marks": marks, "packs": packs,
                        "journal": journal.as_ref().map_or(0, |a| a.seq) },
            "cases": cases,
        }))
    })
}

/// Verifies pages, journal chain and documents.
pub fn check_vault(desk: &Desk) -> Result<Value, Fault> {
    desk.with(|open| {
        let troubles: Vec<String> = open.vault.check().iter().map(ToString::to_string).collect();
        let proof = open.vault.verify_journal();
        let rows = proof.as_ref().map_or(0, |p| p.rows);
        let mut says = troubles.clone();
        if troubles.is_empty() {
            says.push(format!("The vault is sound: pages, {rows} journal rows, every document."));
        }
        Ok(json!({ "sound": troubles.is_empty(), "troubles": troubles, "journal_rows": rows, "says": says }))
    })
}

/// The journal, or its proof.
pub fn journal(desk: &Desk, verify: bool) -> Result<Value, Fault> {
    desk.with(|open| {
        if verify {
            return Ok(match open.vault.verify_journal() {
                Ok(proof) => json!({
                    "rows": proof.rows, "head": proof.head, "unbroken": true, "first_broken": null,
                    "says": [format!("The journal’s {} rows follow from one another. Head: {}", proof.rows, proof.head)],
                }),
                Err(broken) => json!({
                    "rows": broken.seq - 1, "head": null, "unbroken": false, "first_broken": broken.seq,
                    "says": [broken.to_string()],
                }),
            });
        }
        let rows = open.read().journal().map_err(faults::store)?;
        let says: Vec<String> =
            rows.iter().map(|r| format!("{} · {} · {} · {} · {}", r.seq, r.at, r.actor, r.action, r.touched)).collect();
        Ok(json!({ "rows": rows, "first_broken": null, "says": says }))
    })
}

/// The shape of `request.json`. Only a name and a receipt date are needed; the rest has plain defaults.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestFile {
    #[serde(alias = "person")]
    name: String,
    received: NaiveDate,
    #[serde(default)]
    right: Option<String>,
    #[serde(default)]
    address: Lines,
    #[serde(default)]
    email: String,
    #[serde(default)]
    also_known_as: Vec<String>,
    #[serde(default)]
    channel: Option<Channel>,
    #[serde(default)]
    taken_by: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    entity: String,
}

/// Lines of an address: a list, or one text with line breaks.
#[derive(Deserialize)]
#[serde(untagged)]
enum Lines {
    List(Vec<String>),
    Text(String),
}

impl Default for Lines {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

/// Logs a request from JSON.
pub fn case_add(desk: &Desk, from: &str, at: &dyn Surroundings) -> Result<Value, Fault> {
    let file: RequestFile = serde_json::from_str(from).map_err(|why| {
        Fault::new(
            format!("The request could not be read: line {}, column {}.", why.line(), why.column()),
            "Nothing was logged.",
            "It needs a name and a received date (YYYY-MM-DD); right, address, email, channel, taken_by, words and \
             entity may follow.",
        )
        .with_code(FaultCode::Unreadable)
    })?;
    let organisation = desk.with(|open| open.organisation())?;
    let right = match &file.right {
        None => Right::Access,
        Some(code) => Right::from_code(code).ok_or_else(|| {
            Fault::refused(format!("“{code}” is not a right."), "Use access, rectification, erasure, …")
        })?,
    };
    let address = match file.address {
        Lines::List(lines) => lines,
        Lines::Text(text) => text.lines().map(str::to_owned).collect(),
    };
    let or = |text: String, other: &str| if text.trim().is_empty() { other.to_owned() } else { text };
    let facts = NewRequest {
        right,
        subject: Subject {
            name: file.name.into(),
            address: address.into_iter().map(Personal::new).collect(),
            email: file.email.into(),
            also_known_as: file.also_known_as.into_iter().map(Personal::new).collect(),
        },
        channel: file.channel.unwrap_or(Channel::Letter),
        taken_by: or(file.taken_by, organisation.officer.name.as_str()).into(),
        received: file.received,
        words: or(file.words, "(not recorded)").into(),
        entity: or(file.entity, &organisation.name),
    };
    let view = desk.log_request(&facts, at)?;
    let reference = view.request.reference.to_string();
    Ok(json!({
        "reference": reference, "statutory_due": view.clock.statutory_due, "cautious_due": view.clock.cautious_due,
        "says": [reference],
    }))
}

/// Adds the files the terminal names to a case.
pub fn doc_add(
    desk: &Desk,
    case: &str,
    password: Option<&str>,
    at: &dyn Surroundings,
) -> Result<Value, Fault> {
    let request = find_case(desk, case)?;
    let before: Vec<Id> = documents(desk, request)?.iter().map(|d| d.0).collect();
    let mut added = desk.add_documents(request, at)?;
    let waiting = std::mem::take(&mut added.waiting);
    for file in waiting {
        let answer = gb_wire::FilePassword {
            request,
            token: file.token,
            password: password.unwrap_or_default().into(),
        };
        let tried = if password.is_some() { Some(desk.open_waiting(&answer, at)?) } else { None };
        match tried {
            Some(tried) if tried.waiting.is_empty() => added.refused.extend(tried.refused),
            _ => added.refused.push(gb_wire::RefusedFile {
                name: file.name,
                fault: Fault::new(
                    "It wants a password.",
                    "It was not added.",
                    "Give the right one with --password-file.",
                )
                .with_code(FaultCode::Unreadable),
            }),
        }
    }
    if let Some(refused) = added.refused.first() {
        return Err(Fault {
            what: format!("{}: {}", refused.name.as_str(), refused.fault.what),
            ..refused.fault.clone()
        }
        .with_code(FaultCode::Unreadable));
    }
    let now: Vec<(Id, String, u32)> =
        documents(desk, request)?.into_iter().filter(|d| !before.contains(&d.0)).collect();
    Ok(json!({
        "documents": now.iter().map(|(id, title, pages)| json!({ "id": id, "title": title, "pages": pages }))
            .collect::<Vec<_>>(),
        "says": now.iter().map(|(id, title, pages)| format!("{id}\t{pages} pages\t{title}")).collect::<Vec<_>>(),
    }))
}

fn documents(desk: &Desk, request: Id) -> Result<Vec<(Id, String, u32)>, Fault> {
    desk.with(|open| {
        let list = open.read().documents(request).map_err(faults::store)?;
        Ok(list.into_iter().map(|d| (d.id, d.title.into_inner(), d.pages)).collect())
    })
}

/// Sets a document's marks: those it had are taken away, those of the file are made. Pages a mark lies on count
/// as looked at: the script answers for them.
pub fn marks_set(desk: &Desk, document: Id, from: &str, at: &dyn Surroundings) -> Result<Value, Fault> {
    let file = read_marks(from)?;
    let source = desk.source(document)?;
    let mut made = Vec::new();
    for (i, entry) in file.marks.iter().enumerate() {
        made.push(marks::known(&new_mark(entry, i + 1)?)?);
    }
    let engine: Vec<gb_redact::Mark> = file
        .marks
        .iter()
        .enumerate()
        .map(|(i, e)| Ok(gb_redact::Mark { id: i as u32 + 1, kind: e.kind(i + 1)?, code: String::new() }))
        .collect::<Result<_, Fault>>()?;
    let placed = gb_redact::place(&source, &engine).map_err(|f| faults::engine(&f))?;
    let mut pages: Vec<u32> = placed.iter().map(|p| p.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let ids = desk.with(|open| {
        let request = open.read().document(document).map_err(faults::store)?.request;
        let old = open.read().marks_on(document).map_err(faults::store)?;
        let who = Personal::from(ACTOR);
        let ids = open.act("add_mark", Some(request), at, |tx| {
            for mark in &old {
                tx.remove_mark(mark.id)?;
            }
            let mut ids = Vec::new();
            for mark in &made {
                ids.push(tx.add_mark(document, mark, &who, at.today())?);
            }
            tx.see_pages(document, &pages)?;
            Ok::<_, ActFault>(ids)
        })?;
        open.undo.forget(request);
        Ok(ids)
    })?;
    desk.shelf.forget_after(document);
    marks::keep_places(desk, document)?;
    let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let says = format!(
        "{} set, {} on {}",
        count(ids.len(), "mark"),
        count(placed.len(), "place"),
        count(pages.len(), "page")
    );
    Ok(json!({ "marks": ids, "places": placed.len(), "pages": pages, "says": [says] }))
}

fn new_mark(entry: &MarkEntry, n: usize) -> Result<NewMark, Fault> {
    let shape = match entry.kind(n)? {
        MarkKind::Rect { page, rect } => MarkShape::Rect { page, rect },
        MarkKind::Rects { page, rects } => MarkShape::Words { page, rects, text: Personal::default() },
        MarkKind::Phrase { find, page, whole_word } => {
            MarkShape::Phrase { find: find.into(), page, whole_word }
        }
        MarkKind::WholePage { page } => MarkShape::WholePage { page },
    };
    let answers = entry
        .answers
        .iter()
        .map(|(question, answer)| Answer { question: question.clone(), answer: answer.as_str().into() })
        .collect();
    Ok(NewMark {
        shape,
        code: entry.code.clone(),
        note: entry.note.as_str().into(),
        answers,
        review_on: entry.review_on,
    })
}

/// Plans and seals the pack of a case; refuses with the list of what is missing.
pub fn pack(desk: &Desk, case: &str, at: &dyn Surroundings) -> Result<Sealed, Fault> {
    let request = find_case(desk, case)?;
    let PackView { pack, .. } = desk.seal_pack(request, at)?;
    let pdf = desk.with(|open| open.read().pack_bytes(pack.id).map_err(faults::store))?.to_vec();
    let certificate = serde_json::from_str(&pack.certificate).unwrap_or(Value::Null);
    let said = json!({
        "pages": pack.pages, "sha256": pack.sha256, "number": pack.number,
        "says": [format!("Sealed: {} pages, SHA-256 {}", pack.pages, pack.sha256)],
    });
    Ok(Sealed { pdf, certificate, said })
}

/// The organisation's own copy of the latest pack of a case, with its certificate and the schedule with notes.
pub fn file_copy(desk: &Desk, case: &str) -> Result<Vec<u8>, Fault> {
    let request = find_case(desk, case)?;
    let packs = desk.with(|open| open.read().packs(request).map_err(faults::store))?;
    let last = packs.last().ok_or_else(|| {
        Fault::refused("No pack of this case has been sealed.", "Seal one first: `guardbook-cli pack`.")
    })?;
    Ok(desk.file_copy(last.id)?.0)
}

fn find_case(desk: &Desk, case: &str) -> Result<Id, Fault> {
    let reference: Reference = case.parse().map_err(|why: gb_model::ReferenceFault| {
        Fault::new(why.to_string(), "Nothing was changed.", "Use the reference `info` lists.")
            .with_code(FaultCode::Misused)
    })?;
    let found = desk.with(|open| open.read().request_by_reference(&reference).map_err(faults::store))?;
    found.map(|r| r.id).ok_or_else(|| {
        Fault::new(
            format!("There is no case {reference} in this vault."),
            "Nothing was changed.",
            "Use the reference `info` lists.",
        )
        .with_code(FaultCode::NotFound)
    })
}

fn lines_of_cases(info: &Value) -> Vec<String> {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    info["cases"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|c| format!("{} · {} · {}", text(&c["reference"]), text(&c["state"]), text(&c["says"])))
        .collect()
}
