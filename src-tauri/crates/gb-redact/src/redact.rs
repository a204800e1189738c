//! Taking marks away: the file is built anew from what remains, and proved before it is handed over.

use crate::build::{self, PageMaker};
use crate::certificate::{Certificate, PageRecord};
use crate::marks::{Mark, MarkKind, Placed, place};
use crate::prove::{Plan, Secrets, prove};
use crate::{Document, Fault, guard};
use std::collections::BTreeSet;

/// How boxes are sized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Widths {
    /// A box's width says nothing about what it covers.
    #[default]
    Hidden,
    /// The layout stays exactly as it was; the widths of boxes narrow down what they cover.
    AsDrawn,
}

/// How to redact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How boxes are sized.
    pub widths: Widths,
    /// The document's language, as in `en-GB`.
    pub language: String,
    /// Quality of JPEG pages, 1 to 100.
    pub jpeg_quality: u8,
    /// Threads to use; 0 for all cores. The file is the same bytes whatever the number.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { widths: Widths::Hidden, language: "en-GB".to_owned(), jpeg_quality: 80, threads: 0 }
    }
}

/// What long work is doing, as it does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding phrases.
    Finding,
    /// Building pages.
    Building,
    /// Proving the finished file.
    Proving,
}

/// Hears how far the work is, and may stop it.
pub trait Progress {
    /// `done` of `total` pages in this stage.
    fn at(&self, done: u32, total: u32, stage: Stage);
    /// Whether to stop. Asked at least five times a second.
    fn cancelled(&self) -> bool;
}

/// Hears nothing and never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn at(&self, _: u32, _: u32, _: Stage) {}
    fn cancelled(&self) -> bool {
        false
    }
}

/// A finished file.
#[derive(Debug)]
pub struct Redacted {
    /// The file.
    pub pdf: Vec<u8>,
    /// What was done and checked.
    pub certificate: Certificate,
    /// What must be true of the file; holds the removed words, which it never prints.
    pub plan: Plan,
}

impl Redacted {
    /// The words taken away. For proving a pack the file goes into; never to be stored in clear.
    pub fn secrets(&self) -> &Secrets {
        &self.plan.secrets
    }
}

/// Times a document is built again because pages did not look like their source. Each time more pages are
/// pictures, which cannot fail that way twice.
const TRIES: u32 = 3;

/// Builds the document anew without what is marked, and proves it. Nothing is handed over unproved.
///
/// A page that, built from its parts, does not look like its source becomes a picture of itself.
pub fn redact(
    doc: &Document,
    marks: &[Mark],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Redacted, Fault> {
    let mut pictured = BTreeSet::new();
    for _ in 0..TRIES {
        let mut made = build::build(doc, marks, options, &pictured, progress)?;
        match prove(doc, &made.pdf, &made.plan, progress) {
            Ok(proof) => {
                made.certificate.checks = proof.checks;
                return Ok(made);
            }
            Err(Fault::LooksDifferent { pages }) if !pages.iter().all(|p| pictured.contains(p)) => {
                pictured.extend(pages);
            }
            Err(fault) => return Err(fault),
        }
    }
    Err(Fault::Internal { what: "making pages look like their source" })
}

/// How each page will be written and what should be looked at, before anything is sealed: what [`redact`]
/// would say.
pub fn foresee(
    doc: &Document,
    marks: &[Mark],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Certificate, Fault> {
    Ok(redact(doc, marks, options, progress)?.certificate)
}

/// One page as it will be: a file of that page alone. Not proved; for looking at.
pub fn redact_page(doc: &Document, marks: &[Mark], page: u32, options: &Options) -> Result<Vec<u8>, Fault> {
    Ok(foresee_page(doc, marks, page, options)?.0)
}

/// One page as it will be, and what its certificate would say of it before the proof has looked at it.
pub fn foresee_page(
    doc: &Document,
    marks: &[Mark],
    page: u32,
    options: &Options,
) -> Result<(Vec<u8>, PageRecord), Fault> {
    let index = doc.index(page)?;
    let placed = placed_on(doc, marks, page)?;
    let list: Vec<&Placed> = placed.iter().collect();
    guard::run(Fault::PageUnreadable { page }, || {
        let mut made = PageMaker::new(doc, doc.pdf(), options).make(index, &list, false)?;
        let record = build::record(&mut made, page);
        Ok((build::alone(made, options)?, record))
    })?
}

/// The marks of one page, placed. A phrase that stands on other pages need not stand on this one.
fn placed_on(doc: &Document, marks: &[Mark], page: u32) -> Result<Vec<Placed>, Fault> {
    let mut placed = Vec::new();
    for mark in marks {
        let mut here = mark.clone();
        let on = match &mut here.kind {
            MarkKind::Rect { page: p, .. }
            | MarkKind::Rects { page: p, .. }
            | MarkKind::WholePage { page: p } => *p == page,
            MarkKind::Phrase { page: p, .. } => p.replace(page).is_none_or(|p| p == page),
        };
        if !on {
            continue;
        }
        match place(doc, &[here]) {
            Ok(mut p) => placed.append(&mut p),
            Err(Fault::PhraseNotFound { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(placed)
}
