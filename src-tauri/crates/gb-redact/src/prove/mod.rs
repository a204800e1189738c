//! The proof: reads a finished file as a stranger would, and looks for what must not be there.

mod looks;
mod pages;
mod structure;
mod text;

use crate::certificate::Check;
use crate::fold::needle;
use crate::raw::search::{Hay, Needles, pieces};
use crate::raw::{RawFile, file};
use crate::redact::{Progress, Stage};
use crate::{Document, Fault, Limits};
use pages::Work;
use std::collections::HashSet;
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
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Plan({} pages, {:?})", self.pages.len(), self.secrets)
    }
}

/// What must be true of a page.
#[derive(Clone)]
pub(crate) struct PlanPage {
    pub(crate) page: u32,
    /// Boxes, and the label in each, in points.
    pub(crate) boxes: Vec<([f32; 4], Option<[f32; 4]>)>,
    /// Areas set again.
    pub(crate) changed: Vec<[f32; 4]>,
    pub(crate) removed: Vec<String>,
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
/// The reader used here shares nothing with the writer. Pages are proved on all cores.
pub fn prove(source: &Document, output: &[u8], plan: &Plan, progress: &dyn Progress) -> Result<Proof, Fault> {
    let limits = source.limits();
    let total = plan.pages.len() as u32;
    progress.at(0, total, Stage::Proving);
    let file = RawFile::read(output, limits)?;
    let parts = structure::structure(&file, limits)?;
    if parts.pages.len() != plan.pages.len() || total != source.page_count() {
        return Err(not(None, "the number of pages is not that of the source"));
    }
    let searched = raw_words(&parts, &plan.secrets.0, limits)?;
    pictures_are_bare(&parts)?;
    let alphabet = text::alphabet(&parts, limits)?;
    font_is_empty(&parts, limits)?;
    let bytes = Arc::new(output.to_vec());
    let written = Document::open(bytes, None, limits)?;
    let phrases: Vec<_> = plan.phrases.iter().map(|(f, p, w)| (needle(f), *p, *w)).collect();
    let work =
        Work { source, written: &written, parts: &parts, plan, alphabet: &alphabet, phrases: &phrases };
    let sums = work.run(progress)?;
    for c in alphabet.values() {
        if *c != ' ' && !sums.characters.contains(c) {
            return Err(not(None, "the map of characters holds one that no word has"));
        }
    }
    let check = |what: &str, looked_at: u64| Check { what: what.to_owned(), looked_at };
    Ok(Proof {
        checks: vec![
            check(
                "Objects: only pages, pictures and one font; nothing unreached, no earlier revision",
                file.objects.len() as u64,
            ),
            check("Removed words looked for in every object and stream, in every encoding", searched),
            check("Pictures carry no metadata and nothing after their end", parts.pages.len() as u64),
            check(
                "Words read again by a second reader; none removed remains, none lies in a box",
                sums.words,
            ),
            check("Boxes drawn and found to be one flat colour", sums.boxes),
            check("Pages drawn and compared with their source outside the boxes", u64::from(total)),
        ],
    })
}

fn not(page: Option<u32>, place: &str) -> Fault {
    Fault::NotProved { page, place: place.to_owned() }
}

/// The words of the file format itself. A removed word that is one of these stands in every PDF.
const FORMAT: &str = "catalog pages page parent mediabox contents resources xobject type subtype image width \
    height colorspace bitspercomponent filter decodeparms length length1 columns rows ccittfaxdecode dctdecode \
    flatedecode devicegray devicergb font basefont encoding identity-h identity descendantfonts tounicode \
    cidsysteminfo fontdescriptor cidtogidmap fontname flags fontbbox italicangle ascent descent capheight stemv \
    fontfile2 guardbook registry ordering supplement adobe ucs count kids lang size root trailer startxref xref \
    stream endstream endobj obj cidinit procset findresource begin dict begincmap def cmapname \
    adobe-identity-ucs cmaptype begincodespacerange endcodespacerange beginbfchar endbfchar endcmap currentdict \
    defineresource pop end cmap cidfonttype2 type0 jfif";

/// Looks for removed words in the raw file. Contents of pages are glyph numbers and are read as words
/// elsewhere; everything else is searched as it is.
fn raw_words(parts: &structure::Parts<'_, '_>, secrets: &[String], limits: &Limits) -> Result<u64, Fault> {
    let mut list: Vec<String> = secrets.to_vec();
    list.sort();
    list.dedup();
    list.retain(|s| !FORMAT.contains(&s.trim().to_lowercase()));
    let needles = Needles::new(&list);
    let contents: HashSet<u32> =
        parts.pages.iter().filter_map(|p| p.dict()?.get(b"Contents")?.reference()).collect();
    let mut found = None;
    let mut looked = 0u64;
    pieces(parts.file, limits, &mut |place, object, hay, data| {
        looked += 1;
        let hay = if contents.contains(&object) && hay == Hay::Raw && place == "a stream" {
            Hay::Pixels
        } else {
            hay
        };
        if found.is_none() && !needles.find(hay, data).is_empty() {
            found = Some(not(None, &format!("a removed word stands in {place} (object {object})")));
        }
    })?;
    found.map_or(Ok(looked), Err)
}

/// JPEG pictures may have only the segments a picture needs; nothing may follow the end of any picture.
fn pictures_are_bare(parts: &structure::Parts<'_, '_>) -> Result<(), Fault> {
    for object in parts.file.objects.iter().filter(|o| o.is_image()) {
        let bad =
            || not(None, &format!("the picture in object {} carries more than a picture", object.number));
        let data = parts.file.stream(object).ok_or_else(bad)?;
        if object.dict().is_some_and(|d| d.is(b"Filter", b"CCITTFaxDecode")) {
            // The end of a fax block: twelve bits, twice, then at most seven bits of filling.
            let tail = data.iter().rev().take(5).rev().fold(0u64, |v, b| v << 8 | u64::from(*b));
            if !(0..8).any(|s| tail >> s & 0xFF_FFFF == 0x00_1001 && tail & ((1 << s) - 1) == 0) {
                return Err(bad());
            }
            continue;
        }
        let mut at = 2;
        loop {
            let [0xFF, kind] = *data.get(at..at + 2).ok_or_else(bad)? else { return Err(bad()) };
            let length = data
                .get(at + 2..at + 4)
                .map(|l| usize::from(l[0]) << 8 | usize::from(l[1]))
                .ok_or_else(bad)?;
            match kind {
                0xE0 if data.get(at + 4..at + 9) == Some(b"JFIF\0") && length == 16 => {}
                0xC0 | 0xC4 | 0xDB | 0xDD => {}
                0xDA => break,
                _ => return Err(bad()),
            }
            at += 2 + length;
        }
        let end = file::find(&data[at..], b"\xFF\xD9").ok_or_else(bad)?;
        if at + end + 2 != data.len() {
            return Err(bad());
        }
    }
    Ok(())
}

/// The font may have no outlines and no names.
fn font_is_empty(parts: &structure::Parts<'_, '_>, limits: &Limits) -> Result<(), Fault> {
    let Some(object) = parts.font_file else { return Ok(()) };
    let bad = || not(None, "the font of the text layer holds more than empty glyphs");
    let data = text::decoded(parts.file, object, limits)?;
    let count = data.get(4..6).map_or(0, |c| usize::from(c[0]) << 8 | usize::from(c[1]));
    let mut sum = 12 + 16 * count;
    for i in 0..count {
        let entry = data.get(12 + 16 * i..28 + 16 * i).ok_or_else(bad)?;
        let length = entry[12..16].iter().fold(0usize, |v, b| v << 8 | usize::from(*b));
        match &entry[..4] {
            b"glyf" if length <= 4 => {}
            b"cmap" | b"head" | b"hhea" | b"maxp" | b"post" if length <= 64 => {}
            b"hmtx" | b"loca" => {
                let start = entry[8..12].iter().fold(0usize, |v, b| v << 8 | usize::from(*b));
                let table = data.get(start..start + length).ok_or_else(bad)?;
                // The advance is the only thing in either that is not nought.
                if table.iter().skip(2).any(|b| *b != 0) {
                    return Err(bad());
                }
            }
            _ => return Err(bad()),
        }
        sum += length.next_multiple_of(4);
    }
    if sum == data.len() { Ok(()) } else { Err(bad()) }
}
