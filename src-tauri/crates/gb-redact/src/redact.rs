//! Taking marks away: the file is built anew from what remains, and proved before it is handed over.

use crate::certificate::{Certificate, PageRecord, sha256};
use crate::marks::{Mark, MarkKind, Placed, place};
use crate::out::paint::{Painted, paint};
use crate::out::write::Writer;
use crate::prove::{Plan, PlanPage, Secrets, prove};
use crate::read::picture::Artist;
use crate::{Document, Fault, guard};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

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

/// Builds the document anew without what is marked, and proves it. Nothing is handed over unproved.
pub fn redact(
    doc: &Document,
    marks: &[Mark],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Redacted, Fault> {
    let mut made = build(doc, marks, options, progress)?;
    let proof = prove(doc, &made.pdf, &made.plan, progress)?;
    made.certificate.checks = proof.checks;
    Ok(made)
}

/// How each page will be written and what should be looked at, before anything is sealed. Builds the file as
/// [`redact`] does, without proving it.
pub fn foresee(
    doc: &Document,
    marks: &[Mark],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Certificate, Fault> {
    Ok(build(doc, marks, options, progress)?.certificate)
}

/// One page as it will be: a file of that page alone. Not proved; for looking at.
pub fn redact_page(doc: &Document, marks: &[Mark], page: u32, options: &Options) -> Result<Vec<u8>, Fault> {
    doc.index(page)?;
    let here: Vec<Mark> = marks
        .iter()
        .filter(|m| match &m.kind {
            MarkKind::Rect { page: p, .. }
            | MarkKind::Rects { page: p, .. }
            | MarkKind::WholePage { page: p } => *p == page,
            MarkKind::Phrase { page: p, .. } => p.is_none_or(|p| p == page),
        })
        .cloned()
        .map(|mut m| {
            if let MarkKind::Phrase { page: p, .. } = &mut m.kind {
                *p = Some(page);
            }
            m
        })
        .collect();
    let mut placed = Vec::new();
    for mark in &here {
        match place(doc, std::slice::from_ref(mark)) {
            Ok(mut p) => placed.append(&mut p),
            // A phrase that stands on other pages need not stand on this one.
            Err(Fault::PhraseNotFound { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    let words = doc.words(page)?;
    let list: Vec<&Placed> = placed.iter().collect();
    let pixels = doc.limits().pixels;
    let painted = guard::run(Fault::PageUnreadable { page }, || {
        paint(&Artist::new(doc.pdf(), false), &words, &list, options, pixels)
    })??;
    let mut writer = Writer::new(&options.language);
    writer.page(painted.size, &painted.picture, &painted.text);
    Ok(writer.finish())
}

/// Pages a worker draws before it starts its reader afresh, so that memory stays flat.
const CHUNK: usize = 48;

/// Builds without proving.
pub(crate) fn build(
    doc: &Document,
    marks: &[Mark],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Redacted, Fault> {
    let total = doc.page_count();
    progress.at(0, total, Stage::Finding);
    let placed = place(doc, marks)?;
    if progress.cancelled() {
        return Err(Fault::Cancelled);
    }
    let mut by_page: BTreeMap<u32, Vec<&Placed>> = BTreeMap::new();
    for p in &placed {
        by_page.entry(p.page).or_default().push(p);
    }
    let mut gather = Gather::new(doc, marks, options);
    let threads = if options.threads == 0 { guard::cores() } else { options.threads };
    let threads = threads.min(total as usize).max(1);
    let (stop, next) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (send, receive) = sync_channel::<(usize, Result<Painted, Fault>)>(threads * 2);
    let chunk = CHUNK.min((total as usize).div_ceil(threads * 2)).max(1);
    let work = || {
        let send = send.clone();
        while !stop.load(Ordering::Relaxed) {
            let start = next.fetch_add(chunk, Ordering::Relaxed);
            if start >= total as usize {
                return;
            }
            let end = (start + chunk).min(total as usize);
            let told = work_chunk(doc, &by_page, options, start..end, &stop, &mut |index, page| {
                send.send((index, page)).is_ok()
            });
            if let Err(fault) = told {
                let _ = send.send((start, Err(fault)));
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            guard::builder()
                .spawn_scoped(scope, work)
                .map_err(|_| Fault::Internal { what: "starting a thread" })?;
        }
        let mut waiting: BTreeMap<usize, Painted> = BTreeMap::new();
        let mut done = 0;
        let result = loop {
            if done == total as usize {
                break Ok(());
            }
            if progress.cancelled() {
                break Err(Fault::Cancelled);
            }
            match receive.recv_timeout(Duration::from_millis(150)) {
                Ok((index, Ok(page))) => {
                    waiting.insert(index, page);
                    while let Some(page) = waiting.remove(&done) {
                        gather.page(page, doc)?;
                        done += 1;
                        progress.at(done as u32, total, Stage::Building);
                    }
                }
                Ok((_, Err(fault))) => break Err(fault),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break Err(Fault::Internal { what: "building pages" }),
            }
        };
        stop.store(true, Ordering::Relaxed);
        // Workers may be waiting to hand over a page nobody wants any more.
        drop(receive);
        result
    })?;
    Ok(gather.finish(doc))
}

fn work_chunk(
    doc: &Document,
    by_page: &BTreeMap<u32, Vec<&Placed>>,
    options: &Options,
    pages: std::ops::Range<usize>,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(usize, Result<Painted, Fault>) -> bool,
) -> Result<(), Fault> {
    let pdf = doc.reopen()?;
    let artist = guard::catch(Fault::Unreadable, || Artist::new(&pdf, false))?;
    for index in pages {
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let page = index as u32 + 1;
        let none = Vec::new();
        let placed = by_page.get(&page).unwrap_or(&none);
        let painted = guard::catch(Fault::PageUnreadable { page }, || {
            let words = doc.words_with(&pdf, index);
            paint(&artist, &words, placed, options, doc.limits().pixels)
        });
        if !tell(index, painted.and_then(|p| p)) {
            return Ok(());
        }
    }
    Ok(())
}

/// Takes finished pages in their order.
struct Gather {
    writer: Writer,
    plan: Plan,
    certificate: Certificate,
    unseen: u32,
    grown: u32,
    low: u32,
}

impl Gather {
    fn new(doc: &Document, marks: &[Mark], options: &Options) -> Self {
        let phrases = marks
            .iter()
            .filter_map(|m| match &m.kind {
                MarkKind::Phrase { find, page, whole_word } => Some((find.clone(), *page, *whole_word)),
                _ => None,
            })
            .collect();
        let widths = match options.widths {
            Widths::Hidden => "hidden",
            Widths::AsDrawn => "as_drawn",
        };
        let mut warnings = Vec::new();
        if options.widths == Widths::AsDrawn {
            warnings.push(
                "Boxes are as wide as the words they cover, which narrows down what those words can be."
                    .to_owned(),
            );
        }
        Self {
            writer: Writer::new(&options.language),
            plan: Plan { pages: Vec::new(), secrets: Secrets::default(), phrases },
            certificate: Certificate {
                source_sha256: sha256(doc.bytes()),
                output_sha256: String::new(),
                engine: concat!("gb-redact ", env!("CARGO_PKG_VERSION")).to_owned(),
                pages: doc.page_count(),
                pages_pictured: 0,
                pages_rebuilt: 0,
                page_records: Vec::new(),
                boxes_by_code: BTreeMap::new(),
                boxes: 0,
                words_removed: 0,
                words_swallowed: 0,
                widths: widths.to_owned(),
                checks: Vec::new(),
                warnings,
                left_behind: BTreeMap::new(),
            },
            unseen: 0,
            grown: 0,
            low: 0,
        }
    }

    fn page(&mut self, page: Painted, doc: &Document) -> Result<(), Fault> {
        self.writer.page(page.size, &page.picture, &page.text);
        let number = self.plan.pages.len() as u32 + 1;
        let words = doc.words(number)?;
        let c = &mut self.certificate;
        c.pages_pictured += 1;
        c.boxes += page.boxes.len() as u32;
        for code in page.boxes.iter().flat_map(|b| &b.codes) {
            *c.boxes_by_code.entry(code.clone()).or_default() += 1;
        }
        c.words_removed += page.removed.len() as u32;
        c.words_swallowed += page.swallowed;
        c.page_records.push(PageRecord {
            page: number,
            how: "picture".to_owned(),
            why: format!("every page is drawn as a picture of {} dots an inch in this version", page.dpi),
            boxes: page.boxes.len() as u32,
            unseen_words: page.hidden,
            unreadable_glyphs: words.unreadable,
            concerns: Vec::new(),
        });
        if words.undrawn > 0 {
            c.warnings.push(format!(
                "Page {number}: {} parts (fonts, pictures or appearances) could not be drawn. Compare it with its source.",
                words.undrawn
            ));
        }
        self.unseen += page.hidden;
        self.grown += u32::from(page.grown);
        self.low += u32::from(page.dpi < 200);
        self.plan.secrets.0.extend(page.removed.iter().filter(|w| !w.is_empty()).cloned());
        self.plan.pages.push(PlanPage {
            page: number,
            boxes: page.boxes.iter().map(|b| (b.rect, b.label)).collect(),
            changed: page.changed,
            removed: page.removed,
            unseen: page.hidden,
        });
        Ok(())
    }

    fn finish(mut self, doc: &Document) -> Redacted {
        let pdf = self.writer.finish();
        let c = &mut self.certificate;
        c.output_sha256 = sha256(&pdf);
        if self.unseen > 0 {
            c.warnings.push(format!(
                "{} words stood in the file where nobody could see them; they were left out.",
                self.unseen
            ));
        }
        if self.grown > 0 {
            c.warnings.push(format!(
                "On {} pages a line could not be set again, so boxes were made wider and cover {} words more.",
                self.grown, c.words_swallowed
            ));
        }
        if self.low > 0 {
            c.warnings
                .push(format!("{} very large pages were drawn at less than 200 dots an inch.", self.low));
        }
        c.warnings.extend(crate::blind::warnings(doc, !self.plan.phrases.is_empty()));
        c.left_behind = crate::check::left_behind(doc);
        Redacted { pdf, certificate: self.certificate, plan: self.plan }
    }
}
