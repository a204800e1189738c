//! Looking ahead: how each page of a case will be written, before anything is sealed.
//!
//! Every document is built as the seal would build it, and the file is thrown away. What the engine said of each page is kept in memory under what it depends on, so it is true for as long as it is found. No
//! word of a document is among it.

use crate::faults;
use crate::marks::{self, printed};
use crate::session::Desk;
use gb_model::{Disclosure, Document, Id, Mark};
use gb_redact::{Certificate, Options, PageRecord};
use gb_wire::{
    AheadOfSeal, AheadView, Concern, Fault, FaultCode, PackPlan, PageOutcome, PageRef, PageRun, Place,
    RequestView, Surroundings,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Pages that are looked ahead at without being asked: a few seconds' work.
const AT_ONCE: u32 = 400;

/// What looking ahead at a document found.
#[derive(Clone)]
pub(crate) enum Foreseen {
    /// How each page goes.
    Pages(Arc<Certificate>),
    /// It cannot be built as it is marked.
    Refused(String),
}

/// What is known ahead about one document of a case.
#[derive(Clone, Default)]
pub(crate) struct Ahead {
    pub foreseen: Option<Foreseen>,
    /// Pages of concern that somebody has compared as they will be.
    pub compared: BTreeSet<u32>,
}

/// The setting that keeps which pages of a document were compared, each with the fingerprint of what was compared.
fn compared_of(document: Id) -> String {
    format!("compared/{document}")
}

impl Desk {
    /// Builds what has not been looked ahead at yet, and answers with the plan.
    pub(crate) fn look_ahead(&self, request: Id, at: &dyn Surroundings) -> Result<PackPlan, Fault> {
        let documents = self.with(|open| open.read().documents(request).map_err(faults::store))?;
        let total = documents.len() as u32;
        for (i, document) in documents.iter().enumerate() {
            if document.disclosure == Disclosure::Withheld {
                continue;
            }
            let kept = self.with(|open| open.read().marks_on(document.id).map_err(faults::store))?;
            let key = key(document, &kept);
            if self.shelf.foreseen(&key).is_some() {
                continue;
            }
            let said = crate::seal::Said { at, document: i as u32 + 1, documents: total };
            let foreseen = match self.foresee(document.id, &kept, &said) {
                Ok(certificate) => Foreseen::Pages(Arc::new(certificate)),
                Err(fault) if fault.code == Some(FaultCode::Cancelled) => return Err(stopped()),
                Err(fault) if fault.code == Some(FaultCode::Locked) => return Err(fault),
                Err(fault) => Foreseen::Refused(marks::name_marks(fault, &kept).what),
            };
            self.keep_foreseen(key, foreseen)?;
        }
        self.plan_pack(request, at)
    }

    fn foresee(
        &self,
        document: Id,
        kept: &[Mark],
        said: &crate::seal::Said<'_>,
    ) -> Result<Certificate, Fault> {
        let source = self.source(document)?;
        crate::seal::read_words(&source, said)?;
        gb_redact::foresee(&source, &marks::for_engine(kept), &Options::default(), said)
            .map_err(|f| faults::engine(&f))
    }

    /// Keeps what was found, unless the vault was locked meanwhile.
    pub(crate) fn keep_foreseen(&self, key: String, foreseen: Foreseen) -> Result<(), Fault> {
        self.with(|_| {
            self.shelf.put_foreseen(key, foreseen);
            Ok(())
        })
    }

    /// What is known ahead about a document.
    pub(crate) fn ahead_of(
        &self,
        document: &Document,
        kept: &[Mark],
        places: &[Vec<Place>],
    ) -> Result<Ahead, Fault> {
        let foreseen = self.shelf.foreseen(&key(document, kept));
        let mut compared = BTreeSet::new();
        if let Some(Foreseen::Pages(certificate)) = &foreseen {
            let noted = self.compared(document.id)?;
            let pages = certificate.page_records.iter().filter(|r| !r.concerns.is_empty()).map(|r| r.page);
            compared.extend(
                pages.filter(|p| noted.get(p).is_some_and(|n| *n == page_key(document, kept, places, *p))),
            );
        }
        Ok(Ahead { foreseen, compared })
    }

    fn compared(&self, document: Id) -> Result<BTreeMap<u32, String>, Fault> {
        self.with(|open| {
            Ok(open.read().setting(&compared_of(document)).map_err(faults::store)?.unwrap_or_default())
        })
    }

    /// How a page will be written: from what was foreseen of its document, or else from the page built alone.
    pub(crate) fn outcome_of_page(&self, at: &PageRef) -> Result<PageOutcome, Fault> {
        let (document, kept) = self.with(|open| {
            let document = open.read().document(at.document).map_err(faults::store)?;
            Ok((document, open.read().marks_on(at.document).map_err(faults::store)?))
        })?;
        let record = match self.shelf.foreseen(&key(&document, &kept)) {
            Some(Foreseen::Pages(certificate)) => {
                certificate.page_records.iter().find(|r| r.page == at.page).cloned()
            }
            _ => None,
        };
        let record = match record {
            Some(record) => record,
            None => self.built_page(at.document, at.page)?.1,
        };
        let places = marks::places(self, at.document, &kept)?;
        let noted = self.compared(at.document)?;
        Ok(PageOutcome {
            page: at.page,
            says: says(&record, at.page),
            how: record.how,
            concerns: record.concerns,
            compared: noted.get(&at.page).is_some_and(|n| *n == page_key(&document, &kept, &places, at.page)),
        })
    }

    /// Notes that somebody has looked at a page and what becomes of it, side by side. It has been seen, too.
    pub(crate) fn compare(&self, at: &PageRef, when: &dyn Surroundings) -> Result<RequestView, Fault> {
        let (document, kept) = self.with(|open| {
            let document = open.read().document(at.document).map_err(faults::store)?;
            if at.page == 0 || at.page > document.pages {
                return Err(Fault::refused("That page does not exist.", "Choose a page of the document."));
            }
            Ok((document, open.read().marks_on(at.document).map_err(faults::store)?))
        })?;
        let places = marks::places(self, at.document, &kept)?;
        let fingerprint = page_key(&document, &kept, &places, at.page);
        let mut noted = self.compared(at.document)?;
        if noted.get(&at.page) != Some(&fingerprint) {
            noted.insert(at.page, fingerprint);
            self.with(|open| {
                open.act("compare_page", Some(document.request), when, |tx| {
                    tx.set_setting(&compared_of(at.document), &noted)?;
                    Ok(tx.see_pages(at.document, &[at.page])?)
                })
            })?;
        }
        self.request_view(document.request, when)
    }
}

/// What a document's pages will be depends on: its bytes, its marks, the codes they print, and this version.
pub(crate) fn key(document: &Document, kept: &[Mark]) -> String {
    fingerprint(&document.sha256, kept.iter())
}

/// The same for one page: a mark elsewhere changes nothing here.
fn page_key(document: &Document, kept: &[Mark], places: &[Vec<Place>], page: u32) -> String {
    let here = kept.iter().zip(places).filter(|(_, p)| p.iter().any(|p| p.page == page)).map(|(m, _)| m);
    fingerprint(&document.sha256, here)
}

fn fingerprint<'m>(sha256: &str, marks: impl Iterator<Item = &'m Mark>) -> String {
    let mut each: Vec<String> = marks
        .map(|m| {
            let code = printed(m.facts.code.as_deref().unwrap_or_default());
            serde_json::to_string(&(&m.facts.shape, code)).expect("a shape has a JSON form")
        })
        .collect();
    each.sort();
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(sha256);
    for one in each {
        // A length before each, so that two lists never run together into the same bytes.
        hash.update((one.len() as u64).to_le_bytes());
        hash.update(one);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// What the plan shows of all documents that go into the pack.
pub(crate) fn of_seal<'a>(documents: impl Iterator<Item = (&'a Document, &'a Ahead)>) -> AheadOfSeal {
    let mut out = AheadOfSeal { unknown: 0, at_once: true, documents: Vec::new() };
    for (document, ahead) in documents.filter(|(d, _)| d.disclosure == Disclosure::Disclosed) {
        let mut view = AheadView {
            document: document.id,
            position: document.position,
            known: ahead.foreseen.is_some(),
            runs: Vec::new(),
            concerns: Vec::new(),
            refused: String::new(),
        };
        match &ahead.foreseen {
            None => out.unknown += document.pages,
            Some(Foreseen::Refused(why)) => view.refused.clone_from(why),
            Some(Foreseen::Pages(certificate)) => {
                view.runs = runs(&certificate.page_records);
                view.concerns = concerns(&certificate.page_records, &ahead.compared);
            }
        }
        out.documents.push(view);
    }
    out.at_once = out.unknown <= AT_ONCE;
    out
}

/// Pages to compare that nobody has compared yet.
pub(crate) fn not_compared(ahead: &Ahead) -> Vec<u32> {
    match &ahead.foreseen {
        Some(Foreseen::Pages(certificate)) => concerns(&certificate.page_records, &ahead.compared)
            .into_iter()
            .filter(|c| !c.compared)
            .map(|c| c.page)
            .collect(),
        _ => Vec::new(),
    }
}

fn concerns(records: &[PageRecord], compared: &BTreeSet<u32>) -> Vec<Concern> {
    records
        .iter()
        .filter(|r| !r.concerns.is_empty())
        .map(|r| Concern { page: r.page, says: r.concerns.clone(), compared: compared.contains(&r.page) })
        .collect()
}

/// Pages in runs that go the same way for the same reason.
pub(crate) fn runs(records: &[PageRecord]) -> Vec<PageRun> {
    let mut out: Vec<PageRun> = Vec::new();
    let mut why: &str = "";
    for record in records {
        match out.last_mut() {
            Some(run) if run.how == record.how && why == record.why => run.to = record.page,
            _ => out.push(PageRun {
                from: record.page,
                to: record.page,
                how: record.how.clone(),
                says: String::new(),
            }),
        }
        if let Some(run) = out.last_mut() {
            run.says = says(record, run.from);
        }
        why = &record.why;
    }
    out
}

/// How pages `from` to that of the record go, as a sentence.
fn says(record: &PageRecord, from: u32) -> String {
    let to = record.page;
    let (pages, one) =
        if from == to { (format!("Page {to}"), true) } else { (format!("Pages {from}–{to}"), false) };
    match (record.how.as_str(), one) {
        ("rebuilt", true) => format!("{pages} is rebuilt."),
        ("rebuilt", false) => format!("{pages} are rebuilt."),
        (_, true) => format!("{pages} becomes a picture, because {}.", reason(&record.why)),
        (_, false) => format!("{pages} become pictures, because {}.", reason(&record.why)),
    }
}

/// The engine's reason, to stand inside a sentence.
fn reason(why: &str) -> &str {
    let why = why.trim().trim_end_matches('.');
    if why.is_empty() { "it cannot be carried as it is" } else { why }
}

fn stopped() -> Fault {
    let mut fault = Fault::cancelled("Looking ahead was stopped.");
    fault.safe = "Nothing was changed; what was found so far is kept until you lock.".into();
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(page: u32, why: &str) -> PageRecord {
        PageRecord {
            page,
            how: if why.is_empty() { "rebuilt" } else { "picture" }.into(),
            why: why.into(),
            boxes: page,
            unseen_words: 0,
            unreadable_glyphs: 0,
            concerns: Vec::new(),
            guessability: Vec::new(),
        }
    }

    #[test]
    fn pages_that_go_the_same_way_are_told_once() {
        for (whys, told) in [
            (vec![""], vec!["Page 1 is rebuilt."]),
            (
                vec!["", "", "it has a mesh."],
                vec!["Pages 1–2 are rebuilt.", "Page 3 becomes a picture, because it has a mesh."],
            ),
            (
                vec!["a", "a", "b", ""],
                vec![
                    "Pages 1–2 become pictures, because a.",
                    "Page 3 becomes a picture, because b.",
                    "Page 4 is rebuilt.",
                ],
            ),
            (vec![], vec![]),
        ] {
            let records: Vec<_> = (1..).zip(&whys).map(|(n, why)| record(n, why)).collect();
            let said: Vec<_> = runs(&records).into_iter().map(|r| r.says).collect();
            assert_eq!(said, told, "{whys:?}");
        }
    }
}
