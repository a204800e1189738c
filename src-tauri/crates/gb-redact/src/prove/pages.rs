//! The proof of each page, on all cores: its words read again, its boxes looked into, its look compared.

use super::text::{self, Said};
use super::{Plan, PlanPage, looks, not, structure};
use crate::find::find_on;
use crate::read::layout::{PageWords, Word};
use crate::read::picture::Artist;
use crate::redact::{Progress, Stage};
use crate::{Document, Fault, guard};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

#[derive(Default)]
pub(super) struct Sums {
    pub(super) words: u64,
    pub(super) boxes: u64,
    pub(super) characters: HashSet<char>,
}

pub(super) struct Work<'w, 'f, 'a> {
    pub(super) source: &'w Document,
    pub(super) written: &'w Document,
    pub(super) parts: &'w structure::Parts<'f, 'a>,
    pub(super) plan: &'w Plan,
    pub(super) alphabet: &'w HashMap<u16, char>,
    pub(super) phrases: &'w [(Vec<char>, Option<u32>, bool)],
}

impl Work<'_, '_, '_> {
    pub(super) fn run(&self, progress: &dyn Progress) -> Result<Sums, Fault> {
        const CHUNK: usize = 32;
        let total = self.plan.pages.len();
        let (stop, next, done) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || -> Result<Sums, Fault> {
            let mut sums = Sums::default();
            loop {
                let start = next.fetch_add(CHUNK, Ordering::Relaxed);
                if start >= total || stop.load(Ordering::Relaxed) {
                    return Ok(sums);
                }
                let (a, b) = (self.source.reopen()?, self.written.reopen()?);
                let (source, output) = (Artist::new(&a, false), Artist::new(&b, false));
                for plan in &self.plan.pages[start..(start + CHUNK).min(total)] {
                    if stop.load(Ordering::Relaxed) {
                        return Ok(sums);
                    }
                    let fault = Fault::PageUnreadable { page: plan.page };
                    guard::catch(fault, || self.page(plan, &source, &output, &mut sums)).and_then(|r| r)?;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }
        };
        std::thread::scope(|scope| {
            let threads = guard::cores().min(total.div_ceil(CHUNK)).max(1);
            let handles: Vec<_> =
                (0..threads).filter_map(|_| guard::builder().spawn_scoped(scope, work).ok()).collect();
            while handles.iter().any(|h| !h.is_finished()) {
                if progress.cancelled() {
                    stop.store(true, Ordering::Relaxed);
                }
                progress.at(done.load(Ordering::Relaxed) as u32, total as u32, Stage::Proving);
                std::thread::sleep(Duration::from_millis(20));
            }
            let mut sums = Sums::default();
            for handle in handles {
                let part = handle.join().unwrap_or(Err(Fault::Internal { what: "proving pages" }))?;
                sums.words += part.words;
                sums.boxes += part.boxes;
                sums.characters.extend(part.characters);
            }
            if stop.load(Ordering::Relaxed) || done.load(Ordering::Relaxed) != total {
                return Err(Fault::Cancelled);
            }
            Ok(sums)
        })
    }

    fn page(
        &self,
        plan: &PlanPage,
        source: &Artist<'_>,
        output: &Artist<'_>,
        sums: &mut Sums,
    ) -> Result<(), Fault> {
        let number = plan.page;
        let words = text::said(self.parts, number, self.alphabet, self.source.limits())?;
        sums.words += words.len() as u64;
        sums.characters.extend(words.iter().flat_map(|w| w.text.chars()));
        for (x, y) in words.iter().flat_map(|w| &w.centres) {
            if plan.boxes.iter().any(|(b, _)| *x > b[0] && *x < b[2] && *y > b[1] && *y < b[3]) {
                return Err(not(Some(number), "a letter lies under a box"));
            }
        }
        self.counts(plan, &words)?;
        self.no_phrase(plan, &words)?;
        let size = self.source.page_size(number)?;
        sums.boxes += looks::boxes(output, plan, size)?;
        looks::same(source, output, plan, size)
    }

    /// Every word said must be a word of the source that was not taken away: as many times as it stood
    /// there, less the times it was removed.
    fn counts(&self, plan: &PlanPage, said: &[Said]) -> Result<(), Fault> {
        let clean = |t: &str| -> String {
            t.chars().filter(|c| *c != '\u{FFFD}').map(|c| if c == '\u{AD}' { '-' } else { c }).collect()
        };
        let mut left: HashMap<String, i64> = HashMap::new();
        let source = self.source.words(plan.page)?;
        for word in &source.words {
            *left.entry(clean(&word.text)).or_default() += 1;
        }
        for word in &plan.removed {
            *left.entry(clean(word)).or_default() -= 1;
        }
        for word in said {
            let count = left.entry(word.text.clone()).or_default();
            *count -= 1;
            if *count < 0 {
                return Err(not(Some(plan.page), "a removed word can still be read"));
            }
        }
        let lost: i64 = left.iter().filter(|(w, _)| !w.is_empty()).map(|(_, n)| *n).sum();
        if lost > i64::from(plan.unseen) {
            return Err(not(Some(plan.page), "words that were not marked are missing"));
        }
        Ok(())
    }

    /// A phrase marked everywhere may stand nowhere.
    fn no_phrase(&self, plan: &PlanPage, said: &[Said]) -> Result<(), Fault> {
        if self.phrases.is_empty() {
            return Ok(());
        }
        let page = as_page(plan.page, said);
        for (needle, on, whole) in self.phrases {
            if on.is_some_and(|p| p != plan.page) || needle.is_empty() {
                continue;
            }
            for hit in find_on(&page, needle, *whole) {
                let apart = hit
                    .words
                    .windows(2)
                    .any(|p| boxed_between(said[p[0] as usize].rect, said[p[1] as usize].rect, &plan.boxes));
                if !apart {
                    return Err(not(Some(plan.page), "a marked phrase can still be read"));
                }
            }
        }
        Ok(())
    }
}

/// Whether a box stands between two words that follow each other: then they never stood together.
fn boxed_between(a: [f32; 4], b: [f32; 4], boxes: &[([f32; 4], Option<[f32; 4]>)]) -> bool {
    let same_row = a[1] < b[3] && b[1] < a[3];
    boxes.iter().any(|(r, _)| {
        let on_a = r[1] < a[3] && r[3] > a[1];
        let on_b = r[1] < b[3] && r[3] > b[1];
        if same_row {
            on_a && r[0] >= a[2] - 1.0 && r[2] <= b[0] + 1.0
        } else {
            (on_a && r[0] >= a[2] - 1.0) || (on_b && r[2] <= b[0] + 1.0)
        }
    })
}

fn as_page(page: u32, said: &[Said]) -> PageWords {
    let mut line = 0;
    let mut before: Option<[f32; 4]> = None;
    let words = said
        .iter()
        .map(|s| {
            if before.is_some_and(|b| s.rect[1] > b[3] - 1.0 || s.rect[3] < b[1] + 1.0 || s.rect[0] < b[0]) {
                line += 1;
            }
            before = Some(s.rect);
            Word {
                text: s.text.clone(),
                rect: s.rect,
                line,
                invisible: true,
                covered: false,
                segment: line,
                angle: 0,
                em: s.rect[3] - s.rect[1],
                baseline: s.rect[3],
                left: f64::from(s.rect[0]),
                glyphs: Vec::new(),
            }
        })
        .collect();
    PageWords {
        page,
        width: 0.0,
        height: 0.0,
        words,
        unreadable: 0,
        recognised: 0,
        glyphs: 0,
        outside: 0,
        images: 0,
        undrawn: 0,
        has_invisible: true,
        pictured: false,
    }
}
