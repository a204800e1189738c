//! Takes finished pages in their order: into the file, into the plan of its proof, into its certificate.

use super::page::{How, Made, sheet};
use crate::Document;
use crate::certificate::{Certificate, PageRecord, sha256};
use crate::marks::{Mark, MarkKind};
use crate::out::encode::Encoded;
use crate::out::label;
use crate::out::write::{Numbers, PageBytes, Sheet, TextItem, Writer};
use crate::prove::{Plan, PlanPage, Secrets};
use crate::redact::{Options, Redacted, Widths};
use crate::scene::gather::{Dropped, USUAL_FONT};
use crate::{Fault, PageWords};
use std::collections::BTreeMap;

/// A page whose turn to be written may have come.
pub(super) enum Ready {
    Bytes(Box<PageBytes>),
    Picture(Box<Picture>),
}

/// A page written as a picture.
pub(super) struct Picture {
    size: (f32, f32),
    picture: Encoded,
    text: Vec<TextItem>,
}

/// What happens next with a page taken in.
pub(super) enum Next {
    Serialise(Sheet, Numbers),
    Picture(Box<Picture>),
}

/// What the certificate says of a page; its concerns move over.
pub(crate) fn record(made: &mut Made, page: u32) -> PageRecord {
    let mut concerns = std::mem::take(&mut made.concerns);
    concerns.retain(|c| c != USUAL_FONT);
    concerns.extend(blind(&made.words));
    let boxes = made.boxes().len() as u32;
    let (how, why, unseen_words, guessability) = match &mut made.how {
        How::Rebuilt(taken) => ("rebuilt", "", taken.hidden, std::mem::take(&mut taken.fitting)),
        How::Pictured(painted, why) => ("picture", why.why(), painted.hidden, Vec::new()),
    };
    PageRecord {
        page,
        how: how.to_owned(),
        why: why.to_owned(),
        boxes,
        unseen_words,
        unreadable_glyphs: made.words.unreadable,
        concerns,
        guessability,
    }
}

pub(super) struct Tally<'d> {
    doc: &'d Document,
    writer: Writer,
    plan: Plan,
    certificate: Certificate,
    unseen: u32,
    grown: u32,
    low: u32,
    told: BTreeMap<String, u32>,
    dropped: Dropped,
}

impl<'d> Tally<'d> {
    pub(super) fn new(doc: &'d Document, marks: &[Mark], options: &Options) -> Self {
        let phrases = marks
            .iter()
            .filter_map(|m| match &m.kind {
                MarkKind::Phrase { find, page, whole_word } => Some((find.clone(), *page, *whole_word)),
                _ => None,
            })
            .collect();
        let mut warnings = Vec::new();
        if options.widths == Widths::AsDrawn {
            warnings.push(
                "Boxes are as wide as the words they cover, which narrows down what those words can be."
                    .to_owned(),
            );
        }
        Self {
            doc,
            writer: Writer::new(&options.language),
            plan: Plan {
                pages: Vec::new(),
                secrets: Secrets::default(),
                phrases,
                labels: Default::default(),
            },
            certificate: blank(doc, options, warnings),
            unseen: 0,
            grown: 0,
            low: 0,
            told: BTreeMap::new(),
            dropped: Dropped::default(),
        }
    }

    /// Notes what was done to a page, and says how it goes on.
    pub(super) fn take_in(&mut self, mut made: Made) -> Result<Next, Fault> {
        let page = self.plan.pages.len() as u32 + 1;
        let c = &mut self.certificate;
        c.boxes += made.boxes().len() as u32;
        self.plan.labels.extend(made.boxes().iter().map(|b| label::code(&b.codes)));
        for code in made.boxes().iter().flat_map(|b| &b.codes) {
            *c.boxes_by_code.entry(code.clone()).or_default() += 1;
        }
        if made.concerns.iter().any(|c| c == USUAL_FONT) {
            *self.told.entry(USUAL_FONT.to_owned()).or_default() += 1;
        }
        let record = record(&mut made, page);
        self.dropped.add(made.dropped);
        let size = (made.words.width, made.words.height);
        let (next, plan) = match made.how {
            How::Rebuilt(mut taken) => {
                c.pages_rebuilt += 1;
                c.words_removed += taken.removed.len() as u32;
                c.words_swallowed += taken.swallowed;
                self.grown += u32::from(taken.grown);
                for told in taken.told.drain(..) {
                    *self.told.entry(told).or_default() += 1;
                }
                let plan = PlanPage {
                    page,
                    boxes: taken.boxes.iter().map(|b| (b.rect, b.label)).collect(),
                    changed: std::mem::take(&mut taken.changed),
                    inked: Vec::new(),
                    removed: std::mem::take(&mut taken.removed),
                    cut: std::mem::take(&mut taken.cut),
                    unseen: taken.hidden,
                };
                let sheet = sheet(taken, size);
                let numbers = self.writer.number(&sheet);
                (Next::Serialise(sheet, numbers), plan)
            }
            How::Pictured(painted, _) => {
                c.pages_pictured += 1;
                c.words_removed += painted.removed.len() as u32;
                c.words_swallowed += painted.swallowed;
                self.grown += u32::from(painted.grown);
                self.low += u32::from(painted.dpi < 200);
                let plan = PlanPage {
                    page,
                    boxes: painted.boxes.iter().map(|b| (b.rect, b.label)).collect(),
                    changed: painted.changed,
                    inked: Vec::new(),
                    removed: painted.removed,
                    cut: Vec::new(),
                    unseen: painted.hidden,
                };
                let picture = Picture { size: painted.size, picture: painted.picture, text: painted.text };
                (Next::Picture(Box::new(picture)), plan)
            }
        };
        self.unseen += record.unseen_words;
        c.page_records.push(record);
        self.plan.secrets.0.extend(plan.removed.iter().filter(|w| !w.is_empty()).cloned());
        self.plan.secrets.0.extend(plan.cut.iter().map(|(was, _)| was.clone()));
        self.plan.pages.push(plan);
        Ok(next)
    }

    /// Writes the next page.
    pub(super) fn write(&mut self, page: Ready) {
        match page {
            Ready::Bytes(bytes) => self.writer.page(*bytes),
            Ready::Picture(p) => self.writer.picture(p.size, &p.picture, &p.text),
        }
    }

    pub(super) fn finish(mut self) -> Result<Redacted, Fault> {
        let pdf = self.writer.finish()?;
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
        for (told, pages) in self.told {
            let pages = if pages == 1 { "one page".to_owned() } else { format!("{pages} pages") };
            c.warnings.push(format!("On {pages}: {told}"));
        }
        c.warnings.extend(crate::blind::warnings(self.doc, !self.plan.phrases.is_empty()));
        c.left_behind = crate::check::left_behind(self.doc);
        for (what, count) in self.dropped.said() {
            *c.left_behind.entry(what.to_owned()).or_default() += count;
        }
        Ok(Redacted { pdf, certificate: self.certificate, plan: self.plan })
    }
}

fn blank(doc: &Document, options: &Options, warnings: Vec<String>) -> Certificate {
    let widths = match options.widths {
        Widths::Hidden => "hidden",
        Widths::AsDrawn => "as_drawn",
    };
    Certificate {
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
    }
}

/// What a search cannot see on a page.
fn blind(words: &PageWords) -> Vec<String> {
    let mut out = Vec::new();
    if words.unreadable > 0 {
        let n = words.unreadable;
        let what = if n == 1 { "1 character".to_owned() } else { format!("{n} characters") };
        out.push(format!("Search cannot see {what} on this page; read it."));
    }
    out
}
