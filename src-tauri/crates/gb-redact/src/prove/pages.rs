//! The proof of each page, on all cores: its words read again, its boxes looked into, its look compared.

use super::content::{self, Drawn, Pictured, Refused, Shown};
use super::fonts::Font;
use super::hunt::Hunt;
use super::kinds::Role;
use super::structure::Parts;
use super::words::{self, Held, Said};
use super::{Plan, PlanPage, looks, not, pictures};
use crate::find::find_on;
use crate::read::layout::{PageWords, Word};
use crate::read::picture::{Artist, scale_within};
use crate::redact::{Progress, Stage};
use crate::{Document, Fault, guard};
use hayro::hayro_syntax::Pdf;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// What the pages had, summed up.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) words: u64,
    pub(super) boxes: u64,
    /// Pages that are not like their source, and why.
    pub(super) unlike: Vec<(u32, &'static str)>,
    /// Forms and pictures that were drawn.
    used: BTreeSet<u32>,
    /// Glyphs shown, by the object that holds them.
    shown: BTreeMap<u32, Vec<bool>>,
}

impl Sums {
    fn note(&mut self, drawn: &Drawn, fonts: &BTreeMap<u32, Font>) {
        self.used.extend(&drawn.used);
        for glyph in &drawn.glyphs {
            let family = fonts.get(&glyph.font).map_or(0, |f| f.family);
            let list = self.shown.entry(family).or_default();
            let at = usize::from(glyph.glyph);
            if list.len() <= at {
                list.resize(at + 1, false);
            }
            list[at] = true;
        }
    }

    fn add(&mut self, other: Sums) {
        self.words += other.words;
        self.boxes += other.boxes;
        self.unlike.extend(other.unlike);
        self.used.extend(other.used);
        for (font, shown) in other.shown {
            let list = self.shown.entry(font).or_default();
            list.resize(list.len().max(shown.len()), false);
            shown.iter().enumerate().filter(|(_, s)| **s).for_each(|(g, _)| list[g] = true);
        }
    }

    /// Nothing may be in the file that no page shows: no form, no picture, no glyph.
    pub(super) fn nothing_beyond(
        &self,
        parts: &Parts<'_, '_>,
        fonts: &BTreeMap<u32, Font>,
    ) -> Result<(), Fault> {
        let mut used = self.used.clone();
        for picture in &self.used {
            used.extend(parts.dict(*picture).and_then(|d| d.get(b"SMask")?.reference()));
        }
        let drawn = [Role::Form, Role::Picture].into_iter().flat_map(|r| parts.of(r));
        if let Some(object) = drawn.into_iter().find(|o| !used.contains(o)) {
            return Err(not(None, &format!("object {object} is drawn on no page")));
        }
        for font in fonts.values() {
            let none = Vec::new();
            if let Some(what) = font.beyond(self.shown.get(&font.family).unwrap_or(&none)) {
                return Err(not(None, what));
            }
        }
        Ok(())
    }
}

pub(super) struct Work<'w, 'f, 'a> {
    pub(super) source: &'w Document,
    pub(super) written: &'w Arc<Vec<u8>>,
    pub(super) parts: &'w Parts<'f, 'a>,
    pub(super) plan: &'w Plan,
    pub(super) fonts: &'w BTreeMap<u32, Font>,
    pub(super) hunt: &'w Hunt,
    pub(super) phrases: &'w [(Vec<char>, Option<u32>, bool)],
}

/// Source and output, each ready to be drawn, and the source to be read.
struct Easel<'p> {
    pdf: &'p Pdf,
    source: Artist<'p>,
    output: Artist<'p>,
}

impl Work<'_, '_, '_> {
    pub(super) fn run(&self, progress: &dyn Progress) -> Result<Sums, Fault> {
        const CHUNK: usize = 48;
        let total = self.plan.pages.len();
        let cores = guard::cores();
        // All cores have work to the end.
        let chunk = CHUNK.min(total.div_ceil(cores * 2)).max(1);
        let (stop, next, done) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || -> Result<Sums, Fault> {
            let mut sums = Sums::default();
            loop {
                let start = next.fetch_add(chunk, Ordering::Relaxed);
                if start >= total || stop.load(Ordering::Relaxed) {
                    return Ok(sums);
                }
                let (a, b) = (self.source.reopen()?, self.reopen()?);
                let easel = Easel { pdf: &a, source: Artist::new(&a, false), output: Artist::new(&b, false) };
                for plan in &self.plan.pages[start..(start + chunk).min(total)] {
                    if stop.load(Ordering::Relaxed) {
                        return Ok(sums);
                    }
                    let fault = Fault::PageUnreadable { page: plan.page };
                    let proved = guard::catch(fault, || self.page(plan, &easel, &mut sums)).and_then(|r| r);
                    if let Err(fault) = proved {
                        stop.store(true, Ordering::Relaxed);
                        return Err(fault);
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }
        };
        std::thread::scope(|scope| {
            let threads = cores.min(total.div_ceil(chunk)).max(1);
            let handles: Vec<_> =
                (0..threads).filter_map(|_| guard::builder().spawn_scoped(scope, work).ok()).collect();
            while handles.iter().any(|h| !h.is_finished()) {
                if progress.cancelled() {
                    stop.store(true, Ordering::Relaxed);
                }
                progress.at(done.load(Ordering::Relaxed) as u32, total as u32, Stage::Proving);
                std::thread::sleep(Duration::from_millis(5));
            }
            let mut sums = Sums::default();
            for handle in handles {
                sums.add(handle.join().unwrap_or(Err(Fault::Internal { what: "proving pages" }))?);
            }
            if done.load(Ordering::Relaxed) != total {
                return Err(Fault::Cancelled);
            }
            sums.unlike.sort_unstable();
            Ok(sums)
        })
    }

    /// The finished file, opened for drawing. Its structure was looked at before.
    fn reopen(&self) -> Result<Pdf, Fault> {
        let pdf = guard::catch(Fault::Unreadable, || Pdf::new(self.written.clone()))?
            .map_err(|_| not(None, "the file cannot be opened"))?;
        if pdf.pages().len() == self.plan.pages.len() {
            Ok(pdf)
        } else {
            Err(not(None, "the number of pages is not that of the source"))
        }
    }

    fn page(&self, plan: &PlanPage, easel: &Easel<'_>, sums: &mut Sums) -> Result<(), Fault> {
        let number = plan.page;
        let drawn = self.read(plan)?;
        sums.note(&drawn, self.fonts);
        let said = words::said(&drawn, self.fonts);
        sums.words += said.len() as u64;
        sums.boxes += plan.boxes.len() as u64;
        let letters = drawn.glyphs.iter().filter(|g| !self.blank(g));
        for (x, y) in letters.map(|g| (g.centre.0 as f32, g.centre.1 as f32)) {
            if plan.boxes.iter().any(|(b, _)| x > b[0] && x < b[2] && y > b[1] && y < b[3]) {
                return Err(not(Some(number), "a letter lies under a box"));
            }
        }
        self.no_phrase(plan, &said)?;
        let picture = is_picture(&drawn);
        let source = self.source.words_with(easel.pdf, number as usize - 1);
        let unlike = match words::hold(plan, &source, &said) {
            Held::Fine => None,
            Held::Removed => return Err(not(Some(number), "a removed word can still be read")),
            Held::Unlike(why) => Some(why),
        };
        let unlike = match unlike {
            Some(why) => Some(why),
            None if picture => self.pictured(plan, easel, &drawn)?,
            None => self.rebuilt(plan, easel, &drawn, &said)?,
        };
        match unlike {
            Some(why) if picture => return Err(not(Some(number), why)),
            Some(why) => sums.unlike.push((number, why)),
            None => {}
        }
        Ok(())
    }

    /// Whether a glyph only says that words end.
    fn blank(&self, g: &Shown) -> bool {
        let says = self.fonts.get(&g.font).and_then(|f| f.says.get(&g.glyph));
        says.is_some_and(|s| s.chars().all(char::is_whitespace))
    }

    fn read(&self, plan: &PlanPage) -> Result<Drawn, Fault> {
        let page = Some(plan.page);
        let told = Cell::new(false);
        let see = |_: u32, data: &[u8]| told.set(told.get() || self.hunt.in_bytes(data));
        let reader =
            content::Reader { parts: self.parts, fonts: self.fonts, limits: self.source.limits(), see: &see };
        let object = self.parts.pages.get(plan.page as usize - 1);
        let object = *object.ok_or_else(|| not(page, "the page is missing"))?;
        let drawn = reader.page(object, &plan.boxes).map_err(|refused| match refused {
            Refused::Strange => not(page, "the page's content holds something a page of ours does not"),
            Refused::Missing => not(page, "a part of the page is missing"),
        })?;
        if told.get() {
            return Err(not(page, "a removed word stands in the content of the page"));
        }
        let (w, h) = self.source.page_size(plan.page)?;
        let size = self.parts.dict(object).and_then(content::size).unwrap_or_default();
        if (size.0 - f64::from(w)).abs() > 0.6 || (size.1 - f64::from(h)).abs() > 0.6 {
            return Err(not(page, "the page is not the size of its source"));
        }
        Ok(drawn)
    }

    /// A page that is a picture, with its words under it.
    fn pictured(
        &self,
        plan: &PlanPage,
        easel: &Easel<'_>,
        drawn: &Drawn,
    ) -> Result<Option<&'static str>, Fault> {
        if drawn.glyphs.iter().any(|g| !g.invisible) {
            return Ok(Some("letters are painted over the picture of the page"));
        }
        let size = self.source.page_size(plan.page)?;
        let index = plan.page as usize - 1;
        let fine = scale_within(size, looks::INSPECT, 40_000_000);
        if !plan.boxes.is_empty() && !looks::flat(&easel.output.page(index, fine), fine, plan) {
            return Err(not(Some(plan.page), "a box is not one flat colour"));
        }
        let scale = scale_within(size, looks::PICTURED, 10_000_000);
        let (a, b) = (easel.source.page(index, scale), easel.output.page(index, scale));
        let alike = looks::alike_in_blocks(&a, &b, scale, plan);
        Ok((!alike).then_some("the page does not look like its source outside the boxes"))
    }

    /// A page built from its parts.
    fn rebuilt(
        &self,
        plan: &PlanPage,
        easel: &Easel<'_>,
        drawn: &Drawn,
        said: &[Said],
    ) -> Result<Option<&'static str>, Fault> {
        if drawn.filled.iter().any(|f| !f) {
            return Err(not(Some(plan.page), "a box is not drawn"));
        }
        if drawn.under {
            return Ok(Some("a shape lies under a box"));
        }
        if drawn.glyphs.iter().any(|g| g.outside && !self.blank(g)) {
            return Ok(Some("letters stand outside the page or are clipped away"));
        }
        if !plan.boxes.is_empty() && drawn.pictures.iter().any(|p| self.shows_under(p, plan)) {
            return Ok(Some("a picture lies under a box"));
        }
        let size = self.source.page_size(plan.page)?;
        let index = plan.page as usize - 1;
        let scale = scale_within(size, looks::REBUILT, 10_000_000);
        let b = easel.output.page(index, scale);
        if !looks::flat(&b, scale, plan) {
            return Err(not(Some(plan.page), "a box is not one flat colour"));
        }
        if looks::hidden(&b, scale, said) {
            return Ok(Some("words are said where nothing is to be seen"));
        }
        if looks::leftover(&b, scale, plan) {
            return Ok(Some("something was left where a line was set again"));
        }
        let a = easel.source.page(index, scale);
        let alike = looks::alike(&a, &b, scale, plan);
        Ok((!alike).then_some("the page does not look like its source outside the boxes"))
    }

    /// Whether the samples of a picture, or of its mask, say anything where a box lies on them.
    fn shows_under(&self, picture: &Pictured, plan: &PlanPage) -> bool {
        let met: Vec<[f32; 4]> = plan.boxes.iter().map(|(r, _)| *r).filter(|r| meets(picture, *r)).collect();
        if met.is_empty() {
            return false;
        }
        let Some(part) = self.parts.part(picture.object) else { return true };
        let mask = part.dict().and_then(|d| d.get(b"SMask")?.reference()).and_then(|m| self.parts.part(m));
        [Some(part), mask].into_iter().flatten().any(|part| {
            match pictures::samples(self.parts.file, part, self.source.limits()) {
                Some(samples) => met.iter().any(|r| !samples.flat_under(&picture.place, *r)),
                None => true,
            }
        })
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

/// A page that draws one picture and nothing else that can be seen.
fn is_picture(drawn: &Drawn) -> bool {
    drawn.shapes == 0
        && drawn.pictures.len() == 1
        && drawn.pictures[0].plain
        && drawn.filled.iter().all(|f| !f)
        && drawn.glyphs.iter().all(|g| g.invisible)
}

fn meets(picture: &Pictured, r: [f32; 4]) -> bool {
    let corners =
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| content::apply(&picture.place, x, y));
    let low = |f: fn(&(f64, f64)) -> f64| corners.iter().map(f).fold(f64::MAX, f64::min);
    let high = |f: fn(&(f64, f64)) -> f64| corners.iter().map(f).fold(f64::MIN, f64::max);
    let r = r.map(f64::from);
    low(|c| c.0) < r[2] && high(|c| c.0) > r[0] && low(|c| c.1) < r[3] && high(|c| c.1) > r[1]
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
                em: s.em,
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
