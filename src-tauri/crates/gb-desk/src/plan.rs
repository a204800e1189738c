//! What would be sealed, and what stands in the way. Pure: it looks at a whole case and answers with a list.

use crate::ahead::{self, Ahead};
use gb_law::{Group, Tell, catalogue};
use gb_model::{Disclosure, Document, MarkShape, Organisation, Request};
use gb_wire::{ClockState, ClockView, Gate, LetterWords, MarkView, PackPlan, PlanRow};
use std::collections::BTreeSet;

/// Letters and digits a removed text must have before a title that holds it is suspicious.
const TELLING: usize = 4;

/// A document with its marks, each placed on its pages.
pub(crate) struct DocumentCase {
    pub document: Document,
    pub marks: Vec<MarkView>,
    pub notices: Vec<String>,
    pub ahead: Ahead,
}

/// A request with everything a pack is made from.
pub(crate) struct Case {
    pub organisation: Organisation,
    pub request: Request,
    pub clock: ClockView,
    pub documents: Vec<DocumentCase>,
    pub letter: LetterWords,
}

/// Plans the pack of a case.
pub(crate) fn plan(case: &Case) -> PackPlan {
    let mut gates = vec![clock_gate(case), documents_gate(case)];
    gates.extend(organisation_gates(case));
    for document in &case.documents {
        gates.extend(document_gates(document, &case.organisation));
    }
    gates.push(names_gate(case));
    gates.extend(letter_gates(case));
    PackPlan {
        request: case.request.id,
        ready: gates.iter().all(|g| g.met),
        gates,
        rows: case.documents.iter().map(row).collect(),
        codes: codes(case).into_iter().collect(),
        letter: case.letter.clone(),
        cautions: cautions(case),
        ahead: ahead::of_seal(case.documents.iter().map(|d| (&d.document, &d.ahead))),
    }
}

/// The codes a pack's key must explain (`RED-2`), in order.
pub(crate) fn codes(case: &Case) -> BTreeSet<String> {
    case.documents
        .iter()
        .flat_map(|d| {
            let withheld = (d.document.disclosure == Disclosure::Withheld)
                .then(|| d.document.withheld_code.clone())
                .flatten();
            let marks: Vec<String> = match d.document.disclosure {
                Disclosure::Disclosed => d.marks.iter().filter_map(|m| m.mark.facts.code.clone()).collect(),
                Disclosure::Withheld => Vec::new(),
            };
            withheld.into_iter().chain(marks)
        })
        .collect()
}

/// What the schedule says became of a document.
pub(crate) fn outcome(document: &DocumentCase) -> &'static str {
    match (document.document.disclosure, document.marks.is_empty()) {
        (Disclosure::Withheld, _) => "withheld",
        (Disclosure::Disclosed, true) => "in full",
        (Disclosure::Disclosed, false) => "in part",
    }
}

fn gate(says: &str, missing: Option<String>, tab: &str) -> Gate {
    Gate {
        says: says.to_owned(),
        met: missing.is_none(),
        missing: missing.unwrap_or_default(),
        tab: tab.to_owned(),
        document: None,
        page: None,
    }
}

fn clock_gate(case: &Case) -> Gate {
    let missing = match case.clock.state {
        ClockState::NotStarted => Some(format!("{}.", case.clock.says)),
        ClockState::Paused => {
            Some("A clarification is open. Record the answer, or that it is no longer needed.".into())
        }
        ClockState::Running | ClockState::Overdue | ClockState::Stopped => None,
    };
    gate("Identity, authority and any question asked are settled", missing, "clock")
}

fn documents_gate(case: &Case) -> Gate {
    let missing = case.documents.is_empty().then(|| "Add the documents that were found.".to_owned());
    gate("The request has its documents", missing, "documents")
}

fn organisation_gates(case: &Case) -> Vec<Gate> {
    let organisation = &case.organisation;
    let mut missing = Vec::new();
    if organisation.name.trim().is_empty() {
        missing.push("the organisation’s name");
    }
    if organisation.officer.name.is_blank() {
        missing.push("the data protection officer’s name");
    }
    if organisation.regulator.name.trim().is_empty() || organisation.regulator.address.is_empty() {
        missing.push("the regulator’s name and address");
    }
    let missing = (!missing.is_empty()).then(|| format!("Settings lack {}.", missing.join(", ")));
    let nobody = case
        .request
        .facts
        .subject
        .name
        .is_blank()
        .then(|| "The name of the person who asked is wanted.".to_owned());
    vec![
        gate("The letterhead and the regulator are known", missing, "settings"),
        gate("The answer has somebody to go to", nobody, "request"),
    ]
}

fn document_gates(case: &DocumentCase, organisation: &Organisation) -> Vec<Gate> {
    let document = &case.document;
    let name = format!("Document {}", document.position);
    let at = |mut gate: Gate, page: Option<u32>| {
        gate.document = Some(document.id);
        gate.page = page;
        gate
    };
    if document.disclosure == Disclosure::Withheld {
        let missing = match &document.withheld_code {
            None => Some(format!("{name} is withheld without a code.")),
            Some(code) => unusable(code, organisation),
        };
        return vec![at(
            gate(&format!("{name}: the reason for withholding it is given"), missing, "documents"),
            None,
        )];
    }
    if case.marks.is_empty() {
        return Vec::new();
    }
    let lost = case.marks.iter().filter(|m| m.places.is_empty()).count();
    let nowhere = (lost > 0).then(|| {
        format!("{} for words that cannot be found in {name}. Mark them on the page instead.", marks(lost))
    });
    let first_page = |m: &MarkView| m.places.first().map(|p| p.page);
    let bare = case.marks.iter().filter(|m| m.mark.facts.code.is_none()).collect::<Vec<_>>();
    let uncoded = (!bare.is_empty()).then(|| format!("{} in {name} without a code.", marks(bare.len())));
    let open = case
        .marks
        .iter()
        .filter(|m| m.mark.facts.code.is_some() && !m.gaps.is_empty() && !by_script(m))
        .collect::<Vec<_>>();
    let unanswered = open.first().map(|m| {
        let more = if open.len() > 1 { format!(" And {} more.", open.len() - 1) } else { String::new() };
        format!("{}{more}", m.gaps.join(" "))
    });
    let refused =
        case.marks.iter().find_map(|m| Some((m, unusable(m.mark.facts.code.as_deref()?, organisation)?)));
    let marked: BTreeSet<u32> = case.marks.iter().flat_map(|m| m.places.iter().map(|p| p.page)).collect();
    let unseen: Vec<u32> = marked.into_iter().filter(|p| !document.seen.contains(p)).collect();
    let to_look_at = (!unseen.is_empty()).then(|| match unseen.as_slice() {
        [page] => format!("Look at page {page} of {name}: it has marks and nobody has looked at it."),
        pages => format!(
            "Look at {} pages of {name} that have marks and that nobody has looked at, from page {}.",
            pages.len(),
            pages[0]
        ),
    });
    vec![
        at(gate(&format!("{name}: every mark lies on a page"), nowhere, "redact"), None),
        at(
            gate(&format!("{name}: every mark has a code"), uncoded, "redact"),
            bare.first().and_then(|m| first_page(m)),
        ),
        at(
            gate(&format!("{name}: the questions of every code are answered"), unanswered, "redact"),
            open.first().and_then(|m| first_page(m)),
        ),
        at(
            gate(
                &format!("{name}: every code can be used by this organisation"),
                refused.as_ref().map(|(_, why)| why.clone()),
                "redact",
            ),
            refused.as_ref().and_then(|(m, _)| first_page(m)),
        ),
        at(
            gate(&format!("{name}: every page with a mark has been looked at"), to_look_at, "redact"),
            unseen.first().copied(),
        ),
    ]
}

fn unusable(code: &str, organisation: &Organisation) -> Option<String> {
    match catalogue().get(code) {
        None => Some(format!("There is no code “{code}” in the catalogue.")),
        Some(entry) => entry.usable(organisation.kind, organisation.nation).err().map(|r| r.says),
    }
}

fn letter_gates(case: &Case) -> Vec<Gate> {
    let empty: Vec<&str> =
        case.letter.parts.iter().filter(|p| p.text.trim().is_empty()).map(|p| p.label.as_str()).collect();
    let missing = (!empty.is_empty()).then(|| format!("The letter still lacks: {}.", empty.join("; ")));
    vec![gate("The cover letter says everything Article 15 asks", missing, "pack")]
}

/// What was removed from a document must not stand in the schedule, a bookmark or the letter.
fn names_gate(case: &Case) -> Gate {
    let removed: Vec<String> = case
        .documents
        .iter()
        .filter(|d| d.document.disclosure == Disclosure::Disclosed)
        .flat_map(|d| &d.marks)
        .filter_map(|m| match &m.mark.facts.shape {
            MarkShape::Phrase { find: text, .. } | MarkShape::Words { text, .. } => {
                Some(folded(text.as_str()))
            }
            MarkShape::Rect { .. } | MarkShape::WholePage { .. } => None,
        })
        .filter(|text| text.chars().filter(|c| c.is_alphanumeric()).count() >= TELLING)
        .collect();
    let says_it = |text: &str| {
        let text = folded(text);
        removed.iter().any(|r| text.contains(r.as_str()))
    };
    let title = case
        .documents
        .iter()
        .find(|d| d.document.disclosure == Disclosure::Disclosed && says_it(d.document.title.as_str()));
    let part = case.letter.parts.iter().find(|p| says_it(&p.text));
    let (missing, tab, document) = match (title, part) {
        (Some(d), _) => (
            Some(format!(
                "The title of document {} says something you marked. Rename it.",
                d.document.position
            )),
            "documents",
            Some(d.document.id),
        ),
        (None, Some(part)) => {
            (Some(format!("The letter’s part “{}” says something you marked.", part.label)), "pack", None)
        }
        (None, None) => (None, "documents", None),
    };
    Gate { document, ..gate("The schedule and the letter do not say what was marked", missing, tab) }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn row(case: &DocumentCase) -> PlanRow {
    let document = &case.document;
    let codes: BTreeSet<String> = match document.disclosure {
        Disclosure::Withheld => document.withheld_code.iter().cloned().collect(),
        Disclosure::Disclosed => case.marks.iter().filter_map(|m| m.mark.facts.code.clone()).collect(),
    };
    PlanRow {
        position: document.position,
        document: document.id,
        title: document.title.clone(),
        dated: document.dated,
        pages: document.pages,
        outcome: outcome(case).to_owned(),
        codes: codes.into_iter().collect(),
        marks: case.marks.len() as u32,
    }
}

fn cautions(case: &Case) -> Vec<String> {
    let mut out = Vec::new();
    if case.clock.state == ClockState::Overdue {
        out.push(format!("This answer is late: {}. The letter should say sorry and why.", case.clock.says));
    }
    let proposed = crate::letter::untouched(&case.letter, &case.organisation);
    if !proposed.is_empty() {
        out.push(format!(
            "The letter still has the words Guardbook proposes for: {}. Check that they are true in this case.",
            proposed.join("; ")
        ));
    }
    let subject = &case.request.facts.subject;
    if subject.address.iter().all(|l| l.is_blank()) && subject.email.is_blank() {
        out.push("The person’s address is not recorded: the letter will carry only the name.".into());
    }
    let organisation = &case.organisation;
    if organisation.address.iter().all(|l| l.trim().is_empty()) {
        out.push(
            "Settings have no address for the organisation: the letterhead will carry only its name.".into(),
        );
    }
    if organisation.officer.email.trim().is_empty() && organisation.officer.phone.trim().is_empty() {
        out.push(
            "Settings do not say how to reach the data protection officer: the letter cannot either.".into(),
        );
    }
    let scripted =
        case.documents.iter().flat_map(|d| &d.marks).filter(|m| by_script(m) && !m.gaps.is_empty()).count();
    if scripted > 0 {
        out.push(format!("{} set by a script: the tests of their codes are not recorded.", marks(scripted)));
    }
    for document in &case.documents {
        for notice in &document.notices {
            out.push(format!("Document {}: {notice}", document.document.position));
        }
        out.extend(looks(document));
        let unseen = document.document.pages as usize
            - document.document.seen.len().min(document.document.pages as usize);
        if document.document.disclosure == Disclosure::Disclosed && unseen > 0 {
            out.push(format!(
                "Document {}: {} not been looked at.",
                document.document.position,
                if unseen == 1 { "1 page has".to_owned() } else { format!("{unseen} pages have") }
            ));
        }
    }
    let untold = codes(case).iter().any(|c| {
        catalogue().get(c).is_some_and(|c| c.group == Group::Exemption && c.tell == Tell::MayWithhold)
    });
    if untold {
        out.push(
            "Some grounds may be kept from the requester. The key prints a neutral sentence for those."
                .into(),
        );
    }
    out
}

/// What searching and looking ahead leave to a person's eyes.
fn looks(case: &DocumentCase) -> Vec<String> {
    let position = case.document.position;
    if case.document.disclosure == Disclosure::Withheld {
        return Vec::new();
    }
    let phrase = case.marks.iter().find_map(|m| m.caution.as_deref());
    let blind = phrase.map(|c| format!("Document {position}: a phrase is marked wherever it stands. {c}"));
    let compare = match ahead::not_compared(&case.ahead).as_slice() {
        [] => None,
        [page] => Some(format!(
            "Document {position}: page {page} is a page of concern, and nobody has looked at it side by side."
        )),
        pages => Some(format!(
            "Document {position}: nobody has looked at {} pages of concern side by side, from page {}.",
            pages.len(),
            pages[0]
        )),
    };
    blind.into_iter().chain(compare).collect()
}

fn marks(n: usize) -> String {
    if n == 1 { "1 mark".to_owned() } else { format!("{n} marks") }
}

/// A script answers for its marks itself: it has no way to answer a code's questions.
fn by_script(mark: &MarkView) -> bool {
    mark.mark.decided_by.as_str() == crate::script::ACTOR
}
