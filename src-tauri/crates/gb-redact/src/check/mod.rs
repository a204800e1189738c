//! What a stranger could find in any PDF, by whomever it was made.

mod exif;
mod pages;
mod structure;

use crate::raw::RawFile;
use crate::raw::search::{Needles, pieces};
use crate::{Document, Fault, Limits};
use std::collections::{BTreeMap, HashSet};

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Text that an opaque shape was drawn over.
    TextUnderBox,
    /// A redaction that was marked in another program and never applied.
    UnappliedRedaction,
    /// An earlier state of the file.
    OldRevision,
    /// An object nothing points at.
    Orphan,
    /// Text nobody can see.
    HiddenText,
    /// Content in a layer.
    Layer,
    /// Title, author, program, dates, XMP.
    Metadata,
    /// A file inside the file.
    Attachment,
    /// A bookmark.
    Bookmark,
    /// A program.
    Script,
    /// A form field's value.
    FormValue,
    /// A note, link or other annotation.
    Annotation,
    /// Alternative text, replaced text, names in the structure.
    StructureText,
    /// Private data of a program, or a small picture of a page.
    PrivateData,
    /// One of the words asked for.
    Secret,
    /// A named place in the document.
    Destination,
    /// An electronic signature: who signed, and why.
    Signature,
    /// The file is locked and could not be looked at everywhere.
    Locked,
}

impl FindingKind {
    /// The kind in plain words, plural.
    pub fn words(self) -> &'static str {
        match self {
            Self::TextUnderBox => "words under boxes",
            Self::UnappliedRedaction => "redactions never applied",
            Self::OldRevision => "earlier revisions",
            Self::Orphan => "objects nothing points at",
            Self::HiddenText => "hidden text",
            Self::Layer => "layers",
            Self::Metadata => "metadata",
            Self::Attachment => "attachments",
            Self::Bookmark => "bookmarks",
            Self::Script => "scripts",
            Self::FormValue => "form values",
            Self::Annotation => "annotations",
            Self::StructureText => "alternative texts",
            Self::PrivateData => "private data of programs",
            Self::Secret => "words asked for",
            Self::Destination => "named places",
            Self::Signature => "signatures",
            Self::Locked => "locked parts",
        }
    }

    /// What a stranger could do with it, in one sentence.
    pub fn means(self) -> &'static str {
        match self {
            Self::TextUnderBox => "Anyone can select and copy the words under the box.",
            Self::UnappliedRedaction => {
                "The words under the mark are still there; any viewer can remove the mark."
            }
            Self::OldRevision => "Anyone can cut off the end of the file and read it as it was before.",
            Self::Orphan => "A simple tool shows what is in it, though no page does.",
            Self::HiddenText => "Selecting or searching the page brings up words that cannot be seen on it.",
            Self::Layer => "Anyone can switch the layer on or off and see what it holds.",
            Self::Metadata => "The properties of the file tell who made it, when and with what.",
            Self::Attachment => "Anyone can open or save the file inside the file.",
            Self::Bookmark => "The list of bookmarks shows words that the pages do not.",
            Self::Script => "A program in the file can run when it is opened, and can be read.",
            Self::FormValue => "What was filled into the form can be read out, whatever the page shows.",
            Self::Annotation => "Notes and links can be opened and read, with the names of who wrote them.",
            Self::StructureText => "Read-aloud and copying give this text in place of what the page shows.",
            Self::PrivateData => {
                "Programs can read what another program left here, an earlier picture of the page perhaps."
            }
            Self::Secret => "The word you asked for can be found in the file.",
            Self::Destination => {
                "The names of places in the document can be listed, and may hold words the pages do not show."
            }
            Self::Signature => "The name and the certificate of the person who signed can be read.",
            Self::Locked => "With the password, what is locked can be read; it was not looked at here.",
        }
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// The page, from 1, where there is one.
    pub page: Option<u32>,
    /// Where, in words.
    pub place: String,
    /// What it says, for showing to the person who asked; never for a log.
    pub text: String,
    /// What a stranger could do with it, in one sentence.
    pub means: &'static str,
}

impl Finding {
    pub(crate) fn new(kind: FindingKind, page: Option<u32>, place: String, text: String) -> Self {
        Self { kind, page, place, text, means: kind.means() }
    }
}

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Findings {
    /// In order of kind, then page.
    pub findings: Vec<Finding>,
}

/// Looks for what a stranger could find in a PDF, and for each of `secrets` anywhere in it: in the text
/// of its pages, in every object and every stream.
///
/// A finished file of this engine gives no findings, unless a secret stands unmarked in it.
pub fn check(bytes: &[u8], secrets: &[String]) -> Result<Findings, Fault> {
    let limits = Limits::default();
    let doc = Document::open(bytes.to_vec(), None, &limits)?;
    let mut findings = Vec::new();
    if doc.encrypted() {
        let place = "the file is locked: its pages were read, its objects could not be searched".to_owned();
        findings.push(Finding::new(FindingKind::Locked, None, place, String::new()));
    } else {
        let mut file = RawFile::read(bytes, &limits)?;
        file.open_object_streams(&limits)?;
        structure::look(&file, &limits, &mut findings);
        let needles = Needles::new(secrets);
        pieces(&file, &limits, &mut |place, object, hay, data| {
            for secret in needles.find(hay, data) {
                let place = if object == 0 { place.to_owned() } else { format!("{place} (object {object})") };
                findings.push(Finding::new(FindingKind::Secret, None, place, secrets[secret].clone()));
            }
        })?;
    }
    findings.extend(pages::look(&doc, secrets)?);
    leave_what_is_shown(&doc, &mut findings)?;
    findings.sort_by(|a, b| (a.kind, a.page, &a.place, &a.text).cmp(&(b.kind, b.page, &b.place, &b.text)));
    findings.dedup();
    Ok(Findings { findings })
}

/// A title or a bookmark that only repeats what the pages show tells a stranger nothing new; one that says more is
/// how names have got out of published contracts.
fn leave_what_is_shown(doc: &Document, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    let repeats = |f: &Finding| {
        f.kind == FindingKind::Bookmark || (f.kind == FindingKind::Metadata && f.place.ends_with(": Title"))
    };
    if !findings.iter().any(repeats) {
        return Ok(());
    }
    doc.read_all_words(&|| true)?;
    let mut pages: Vec<HashSet<String>> = Vec::new();
    for page in 1..=doc.page_count() {
        let words = doc.words(page)?;
        let seen = words.words.iter().filter(|w| !w.invisible && !w.covered);
        pages.push(seen.map(|w| bare(&w.text)).collect());
    }
    findings.retain(|f| {
        // A bookmark may number its document as a schedule does, in a column of its own.
        let said: Vec<String> = f.text.split_whitespace().map(bare).filter(|w| !w.is_empty()).collect();
        !repeats(f)
            || said.is_empty()
            || !pages.iter().any(|page| said.iter().all(|word| page.contains(word)))
    });
    Ok(())
}

/// A word without the marks around it, in small letters.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// What a source holds besides its pages, counted: the hygiene report.
pub(crate) fn left_behind(doc: &Document) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    if doc.encrypted() {
        return counts;
    }
    let limits = doc.limits();
    let Ok(mut file) = RawFile::read(doc.bytes(), limits) else { return counts };
    if file.open_object_streams(limits).is_err() {
        return counts;
    }
    let mut findings = Vec::new();
    structure::look(&file, limits, &mut findings);
    for finding in findings {
        *counts.entry(finding.kind.words().to_owned()).or_default() += 1;
    }
    counts
}
