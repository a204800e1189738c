//! The proof: reads a finished file as a stranger would, and looks for what must not be there.

mod content;
mod file;
mod fonts;
mod hunt;
mod kinds;
mod looks;
mod pages;
mod pictures;
mod strict;
mod structure;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use crate::certificate::Check;
use crate::fold::needle;
use crate::redact::{Progress, Stage};
use crate::{Document, Fault};
use pages::Work;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words that were taken away. They print as nothing.
#[derive(Clone, Default, PartialEq)]
pub struct Secrets(pub(crate) Vec<String>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secrets({} ‹personal›)", self.0.len())
    }
}

impl Secrets {
    /// The words themselves.
    pub fn reveal(&self) -> &[String] {
        &self.0
    }
}

/// What must be true of a finished file.
#[derive(Clone)]
pub struct Plan {
    pub(crate) pages: Vec<PlanPage>,
    pub(crate) secrets: Secrets,
    /// Phrases marked: text, page, whole words only.
    pub(crate) phrases: Vec<(String, Option<u32>, bool)>,
    /// What boxes are called: their codes, as a figure's text repeats them.
    pub(crate) labels: BTreeSet<String>,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Plan({} pages, {:?})", self.pages.len(), self.secrets)
    }
}

/// What must be true of a page.
#[derive(Clone, Default)]
pub(crate) struct PlanPage {
    pub(crate) page: u32,
    /// Boxes, and the label in each, in points.
    pub(crate) boxes: Vec<([f32; 4], Option<[f32; 4]>)>,
    /// Areas set again.
    pub(crate) changed: Vec<[f32; 4]>,
    /// Where in the areas set again ink may stand; empty if nobody said.
    pub(crate) inked: Vec<[f32; 4]>,
    pub(crate) removed: Vec<String>,
    /// Words of which a part was taken: what they were, and what is left of them, parts apart.
    pub(crate) cut: Vec<(String, String)>,
    pub(crate) unseen: u32,
}

/// A proof that held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What was looked at.
    pub checks: Vec<Check>,
}

/// Proves a finished file against its source and its plan, or says where it fails.
///
/// The reader used here shares nothing with the writer. Pages are proved on all cores. Where a page built
/// from its parts holds nothing it must not, but does not look or read like its source, all such pages are
/// named at once, so that they can become pictures.
pub fn prove(source: &Document, output: &[u8], plan: &Plan, progress: &dyn Progress) -> Result<Proof, Fault> {
    let (proof, unlike) = examine(source, output, plan, progress)?;
    if unlike.is_empty() {
        return Ok(proof);
    }
    Err(Fault::LooksDifferent { pages: unlike.into_iter().map(|(page, _)| page).collect() })
}

/// Pages that are not like their source, and why.
type Unlike = Vec<(u32, &'static str)>;

/// As [`prove`], with the pages that are not like their source beside the proof, and why.
fn examine(
    source: &Document,
    output: &[u8],
    plan: &Plan,
    progress: &dyn Progress,
) -> Result<(Proof, Unlike), Fault> {
    let limits = source.limits();
    let total = plan.pages.len() as u32;
    progress.at(0, total, Stage::Proving);
    if output.len() as u64 > limits.file_bytes {
        return Err(Fault::FileTooLarge { bytes: output.len() as u64, limit: limits.file_bytes });
    }
    let file = file::Whole::read(output, limits)?;
    let parts = structure::structure(&file, limits)?;
    if parts.pages.len() != plan.pages.len() || total != source.page_count() {
        return Err(not(None, "the number of pages is not that of the source"));
    }
    let hunt = hunt::Hunt::new(plan, source)?;
    let searched = hunt.objects(&parts, &plan.labels)?;
    let pictures = pictures::all_bare(&parts, limits, &|object, data| {
        if hunt.in_bytes(data) {
            return Err(not(None, &format!("a removed word stands in a picture (object {object})")));
        }
        Ok(())
    })?;
    pictures::functions(&parts, limits)?;
    let fonts = fonts::fonts(&parts, limits, &|data| hunt.in_bytes(data))?;
    hunt.fonts(&fonts)?;
    if progress.cancelled() {
        return Err(Fault::Cancelled);
    }
    let bytes = Arc::new(output.to_vec());
    let phrases: Vec<_> = plan.phrases.iter().map(|(f, p, w)| (needle(f), *p, *w)).collect();
    let work =
        Work { source, written: &bytes, parts: &parts, plan, fonts: &fonts, hunt: &hunt, phrases: &phrases };
    let sums = work.run(progress)?;
    sums.nothing_beyond(&parts, &fonts)?;
    let check = |what: &str, looked_at: u64| Check { what: what.to_owned(), looked_at };
    let checks = vec![
        check(
            "Objects: each reached, each of a kind a page needs, nothing between them, no earlier revision",
            file.parts.len() as u64,
        ),
        check("Removed words and pieces of them looked for in every name and string", searched),
        check("Pictures hold their samples, no metadata and nothing after their end", pictures),
        check(
            "Fonts hold only glyphs that a page shows",
            fonts.values().map(|f| f.glyphs.len() as u64).sum(),
        ),
        check("Words read again by a second reader; none removed remains, none lies in a box", sums.words),
        check("Boxes drawn and found to be one flat colour, with nothing under them", sums.boxes),
        check("Pages drawn and compared with their source outside the boxes", u64::from(total)),
    ];
    Ok((Proof { checks }, sums.unlike))
}

fn not(page: Option<u32>, place: &str) -> Fault {
    Fault::NotProved { page, place: place.to_owned() }
}
