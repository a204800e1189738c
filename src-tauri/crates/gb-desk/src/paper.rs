//! What stands on the papers of a pack: the letter, the schedule, the key.

use crate::plan::{Case, DocumentCase, codes, outcome};
use crate::{faults, marks};
use chrono::NaiveDate;
use gb_law::{Group, Tell, catalogue};
use gb_model::{Disclosure, Organisation, Personal};
use gb_paper::{
    Block, Fields, Footer, KeyEntry, Letter, Letterhead, Neutral, Outcome, Paper, PaperFault, ScheduleRow,
    Signature,
};
use gb_wire::{Fault, FaultCode};

/// Where documents lie in a pack: first and last page, in the order of the case's documents.
pub(crate) type Ranges = Vec<(u32, u32)>;

/// The cover letter.
pub(crate) fn cover_letter(case: &Case, pack_pages: u32, today: NaiveDate) -> Result<Vec<u8>, Fault> {
    let template = template("sar-response")?;
    let blocks = gb_paper::fill(template, &fields(case, pack_pages)).map_err(paper)?;
    let subject = &case.request.facts.subject;
    let mut recipient = vec![subject.name.clone()];
    recipient.extend(subject.address.iter().cloned());
    if subject.address.is_empty() && !subject.email.is_blank() {
        recipient.push(subject.email.clone());
    }
    let letter = Letter {
        letterhead: letterhead(&case.organisation),
        recipient,
        date: gb_law::short_date(today),
        our_ref: case.request.reference.to_string(),
        salutation: format!("Dear {}", subject.name.as_str()).into(),
        blocks,
        signature: signature(&case.organisation),
        footer: Footer::Free,
    };
    gb_paper::letter(&letter).map_err(paper)
}

/// The schedule of documents with the key of codes (`RED-2`, `RED-5`).
pub(crate) fn schedule(case: &Case, ranges: &Ranges) -> Result<Vec<u8>, Fault> {
    let rows: Vec<ScheduleRow> = case.documents.iter().zip(ranges).map(|(d, range)| row(d, *range)).collect();
    let (keys, neutral) = key_entries(case);
    let mut blocks = gb_paper::schedule(&rows, &keys, &neutral);
    blocks.extend(gb_paper::key(&keys, &neutral));
    let sheet = Paper {
        title: "Schedule of documents".into(),
        subtitle: format!("Request by {}", case.request.facts.subject.name.as_str()).into(),
        our_ref: case.request.reference.to_string(),
        blocks,
        footer: Footer::Free,
    };
    gb_paper::paper(&sheet).map_err(paper)
}

/// The page that stands for a document that is withheld.
pub(crate) fn placeholder(case: &Case, document: &DocumentCase) -> Result<Vec<u8>, Fault> {
    let (keys, neutral) = key_entries(case);
    let codes: Vec<String> = document.document.withheld_code.iter().cloned().collect();
    let what = format!("Document {}", document.document.position);
    gb_paper::withheld_page(&what, &codes, &keys, &neutral, &case.request.reference.to_string())
        .map_err(paper)
}

/// The sheet on which the recovery key is printed.
pub(crate) fn recovery_sheet(
    organisation: &Organisation,
    key: &str,
    today: NaiveDate,
) -> Result<Vec<u8>, Fault> {
    let (first, second) = key.split_at(key.match_indices('-').nth(4).map_or(key.len(), |(at, _)| at));
    let sheet = Paper {
        title: "Guardbook recovery key".into(),
        subtitle: organisation.name.as_str().into(),
        our_ref: "Guardbook recovery key".into(),
        blocks: vec![
            Block::Paragraph(format!(
                "Made on {}. This sheet opens the vault if its passphrase is forgotten, and \
                nothing else does: nobody can reset it.",
                gb_law::short_date(today)
            )),
            Block::Heading(first.to_owned()),
            Block::Heading(second.trim_start_matches('-').to_owned()),
            Block::Paragraph(
                "The letters I, L, O and U are never used. Upper and lower case are the same.".into(),
            ),
            Block::List(vec![
                "Keep it on paper, in a sealed envelope, where the organisation keeps its deeds.".into(),
                "Do not photograph it, and do not keep it with the laptop.".into(),
                "After it has been used, choose a new passphrase.".into(),
            ]),
        ],
        footer: Footer::Free,
    };
    gb_paper::paper(&sheet).map_err(paper)
}

fn fields(case: &Case, pack_pages: u32) -> Fields {
    let request = &case.request;
    let part = |key: &str| -> Vec<String> {
        case.letter
            .parts
            .iter()
            .filter(|p| p.key == key)
            .flat_map(|p| p.text.lines())
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty())
            .collect()
    };
    let used = codes(case);
    let entries = || used.iter().filter_map(|c| catalogue().get(c));
    let told: Vec<String> = entries()
        .filter(|c| c.group == Group::Exemption && c.tell != Tell::MayWithhold)
        .map(gb_law::Code::printed)
        .collect();
    let other: Vec<String> =
        entries().filter(|c| c.group == Group::NotExemption).map(|c| c.label.clone()).collect();
    let not_told = entries().any(|c| c.tell == Tell::MayWithhold);
    let disclosed = case.documents.iter().any(|d| d.document.disclosure == Disclosure::Disclosed);
    let extended = request.clock.extension.as_ref();
    let regulator = &case.organisation.regulator;
    let mut regulator_lines = vec![regulator.name.clone()];
    regulator_lines.push(regulator.address.join(", "));
    regulator_lines.extend([regulator.phone.clone(), regulator.web.clone()]);
    regulator_lines.retain(|l| !l.trim().is_empty());
    Fields::new()
        .text("received", gb_law::short_date(request.facts.received))
        .text("reference", request.reference.to_string())
        .flag("extended", extended.is_some())
        .text("extension_notified", extended.map(|e| gb_law::short_date(e.notified)).unwrap_or_default())
        .flag("nothing_held", false)
        .flag("enclosed", disclosed)
        .flag("full_refusal", !disclosed)
        .text("pack_pages", pack_pages.to_string())
        .list("searches", part("searches"))
        .list("not_searched", part("not_searched"))
        .flag("something_left_out", !used.is_empty())
        .list("reasons", told)
        .flag("not_told", not_told)
        .text("neutral_sentence", catalogue().neutral_sentence.clone())
        .list("other_reasons", other)
        .list("purposes", part("purposes"))
        .list("categories", part("categories"))
        .list("recipients", part("recipients"))
        .flag("shared_with_nobody", false)
        .flag("recipients_in_notice", false)
        .list("retention", part("retention"))
        .list("sources", part("source"))
        .text("automated", part("automated").join(" "))
        .text("transfers", part("transfers").join(" "))
        .text("complain_to_us", reach(&case.organisation))
        .list("regulator", regulator_lines)
}

/// How a person reaches the data protection officer, in words.
fn reach(organisation: &Organisation) -> String {
    let officer = &organisation.officer;
    let mut ways = vec![format!("write to {}", officer.name.as_str())];
    if !organisation.address.is_empty() {
        ways.push(format!("at {}", organisation.address.join(", ")));
    }
    if !officer.email.trim().is_empty() {
        ways.push(format!("e-mail {}", officer.email));
    }
    if !officer.phone.trim().is_empty() {
        ways.push(format!("call {}", officer.phone));
    }
    match ways.len() {
        1 => ways.remove(0),
        n => format!("{} or {}", ways[..n - 1].join(", "), ways[n - 1]),
    }
}

fn letterhead(organisation: &Organisation) -> Letterhead {
    let contact = [&organisation.officer.phone, &organisation.officer.email];
    Letterhead {
        organisation: organisation.name.clone(),
        address: organisation.address.clone(),
        contact: contact.into_iter().filter(|l| !l.trim().is_empty()).cloned().collect(),
    }
}

fn signature(organisation: &Organisation) -> Signature {
    let officer = &organisation.officer;
    let lines = [&officer.title, &organisation.name];
    Signature {
        closing: "Yours sincerely".into(),
        name: officer.name.clone(),
        lines: lines
            .into_iter()
            .filter(|l| !l.trim().is_empty() && *l != officer.name.as_str())
            .cloned()
            .collect(),
    }
}

fn row(document: &DocumentCase, range: (u32, u32)) -> ScheduleRow {
    let about = &document.document;
    let withheld = about.disclosure == Disclosure::Withheld;
    let mut codes: Vec<String> = if withheld {
        about.withheld_code.iter().cloned().collect()
    } else {
        document.marks.iter().filter_map(|m| m.mark.facts.code.clone()).collect()
    };
    codes.sort();
    codes.dedup();
    ScheduleRow {
        number: about.position,
        dated: about.dated.map(gb_law::short_date).unwrap_or_default(),
        description: about.title.clone(),
        pages: (!withheld).then_some(range),
        outcome: match outcome(document) {
            "withheld" => Outcome::Withheld,
            "in part" => Outcome::InPart,
            _ => Outcome::InFull,
        },
        codes,
    }
}

fn key_entries(case: &Case) -> (Vec<KeyEntry>, Neutral) {
    let book = catalogue();
    let keys = codes(case)
        .iter()
        .filter_map(|code| book.get(code))
        .map(|code| KeyEntry {
            code: code.code.clone(),
            means: code.printed(),
            exemption: code.group == Group::Exemption,
            told: marks::printed(&code.code) == code.code,
        })
        .collect();
    (keys, Neutral { code: book.neutral_code.clone(), means: book.neutral_label.clone() })
}

fn template(kind: &str) -> Result<&'static str, Fault> {
    gb_paper::templates()
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, text)| *text)
        .ok_or_else(|| Fault::refused(format!("There is no letter called “{kind}”."), "Choose another."))
}

/// A fault of the paper, for a person.
pub(crate) fn paper(fault: PaperFault) -> Fault {
    let code = match fault {
        PaperFault::Cancelled => FaultCode::Cancelled,
        _ => FaultCode::Refused,
    };
    faults::sentences(&fault.to_string()).with_code(code)
}

/// The neutral title of a document's bookmark.
pub(crate) fn bookmark(document: &DocumentCase) -> String {
    let title: &Personal<String> = &document.document.title;
    match document.document.disclosure {
        Disclosure::Withheld => format!("{}. Withheld", document.document.position),
        Disclosure::Disclosed => format!("{}. {}", document.document.position, title.as_str()),
    }
}
