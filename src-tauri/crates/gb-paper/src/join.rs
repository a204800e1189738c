//! Joins parts into one clean pack.
//!
//! Of each part only its pages come along: what they draw, with the fonts and pictures they draw it with. Each page
//! becomes a form drawn on a fresh sheet, so that nothing a part leaves open can reach the stamp, and the stamp
//! can reach no word of the page. Names, identifiers, bookmarks, annotations, scripts and metadata of the parts
//! stay behind.

mod adopt;
mod stamp;

use crate::pdf::{self, Outline};
use crate::{PaperFault, fonts::Face};
use adopt::{Adopter, SourcePage, source_pages};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use stamp::Stamper;

/// A PDF that goes into a pack.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its bytes: a finished, redacted PDF, or a paper of this crate.
    pub pdf: Vec<u8>,
    /// The bookmark at its first page; blank for none.
    pub bookmark: String,
    /// How its pages are stamped.
    pub stamp: StampHow,
}

/// How pages are stamped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampHow {
    /// Not at all.
    Not,
    /// In the bottom margin, which is known to be free: papers with [`crate::Footer::Free`].
    InMargin,
    /// In a strip of its own below the page, which is drawn a few per cent smaller for it.
    BelowPage,
}

/// What the stamp says before the page number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The reference, `GB-2026-0001`; also the pack's title.
    pub reference: String,
}

/// Where a page of a pack comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackPlace {
    /// Page of the pack, from 1.
    pub page: u32,
    /// The part, from 0.
    pub part: usize,
    /// Page of the part, from 1.
    pub page_of_part: u32,
}

/// A finished pack.
#[derive(Clone)]
pub struct Joined {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: u32,
    /// Where each page comes from.
    pub page_map: Vec<PackPlace>,
}

/// How many pages a PDF has.
///
/// # Errors
/// [`PaperFault::Unreadable`].
pub fn pages_in(pdf: &[u8]) -> Result<u32, PaperFault> {
    let document = read(pdf, 1)?;
    Ok(u32::try_from(document.get_pages().len()).unwrap_or(u32::MAX))
}

/// Joins the parts in their order. `progress` is told how many pages are done and how many there are; `cancel` is
/// asked before each page.
///
/// # Errors
/// [`PaperFault::Unreadable`] for a part that is no PDF or is locked, [`PaperFault::Cancelled`],
/// [`PaperFault::Empty`] when there are no pages.
pub fn join(
    parts: &[Part],
    stamp: &Stamp,
    progress: &mut dyn FnMut(u32, u32),
    cancel: &dyn Fn() -> bool,
) -> Result<Joined, PaperFault> {
    let mut documents = Vec::with_capacity(parts.len());
    let mut total = 0;
    for (at, part) in parts.iter().enumerate() {
        if cancel() {
            return Err(PaperFault::Cancelled);
        }
        let document = read(&part.pdf, at + 1)?;
        let pages = source_pages(&document, at + 1)?;
        total += u32::try_from(pages.len()).unwrap_or(0);
        documents.push((document, pages));
    }
    if total == 0 {
        return Err(PaperFault::Empty);
    }
    let mut pack = Pack::new(stamp, total)?;
    for (at, ((document, pages), part)) in documents.into_iter().zip(parts).enumerate() {
        pack.add(at, part, document, &pages, progress, cancel)?;
    }
    pack.finish()
}

fn read(pdf: &[u8], part: usize) -> Result<Document, PaperFault> {
    let unreadable = |says: String| PaperFault::Unreadable { part, says };
    let document = Document::load_mem(pdf).map_err(|e| unreadable(e.to_string()))?;
    if document.is_encrypted() {
        return Err(unreadable("it is locked with a password".into()));
    }
    Ok(document)
}

/// A pack as it grows.
struct Pack {
    out: Document,
    tree: ObjectId,
    kids: Vec<Object>,
    bookmarks: Vec<(String, ObjectId)>,
    map: Vec<PackPlace>,
    stamper: Stamper,
    total: u32,
    title: String,
}

impl Pack {
    fn new(stamp: &Stamp, total: u32) -> Result<Self, PaperFault> {
        let mut out = Document::new();
        let tree = out.new_object_id();
        let stamper = Stamper::new(&mut out, &stamp.reference, Face::Regular)?;
        let (kids, bookmarks, map) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { out, tree, kids, bookmarks, map, stamper, total, title: stamp.reference.clone() })
    }

    fn add(
        &mut self,
        at: usize,
        part: &Part,
        document: Document,
        pages: &[SourcePage],
        progress: &mut dyn FnMut(u32, u32),
        cancel: &dyn Fn() -> bool,
    ) -> Result<(), PaperFault> {
        let mut adopter = Adopter::new(document);
        for (nth, source) in pages.iter().enumerate() {
            if cancel() {
                return Err(PaperFault::Cancelled);
            }
            let page = u32::try_from(self.map.len() + 1).unwrap_or(u32::MAX);
            let form = adopter
                .form(source, &mut self.out)
                .map_err(|says| PaperFault::Unreadable { part: at + 1, says })?;
            let id = self.sheet(source, form, part.stamp, page);
            if nth == 0 && !part.bookmark.trim().is_empty() {
                self.bookmarks.push((part.bookmark.trim().to_owned(), id));
            }
            let page_of_part = u32::try_from(nth + 1).unwrap_or(u32::MAX);
            self.map.push(PackPlace { page, part: at, page_of_part });
            progress(page, self.total);
        }
        Ok(())
    }

    /// A fresh sheet with the form drawn on it, and the stamp.
    fn sheet(&mut self, source: &SourcePage, form: ObjectId, how: StampHow, page: u32) -> ObjectId {
        let (width, height) = source.size();
        let placed = match how {
            StampHow::BelowPage => source.placed_above(stamp::STRIP),
            StampHow::InMargin | StampHow::Not => source.placed(),
        };
        let mut content = format!("q {} cm /P Do Q\n", numbers(&placed));
        let mut resources = dictionary! { "XObject" => dictionary! { "P" => form } };
        if how != StampHow::Not {
            content.push_str(&self.stamper.draw(page, self.total, (width, height), how));
            resources.set("Font", dictionary! { "S" => self.stamper.font });
        }
        let content = self.out.add_object(Stream::new(dictionary! {}, content.into_bytes()));
        let id = self.out.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => self.tree,
            "MediaBox" => vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)],
            "Resources" => resources,
            "Contents" => content,
        });
        self.kids.push(id.into());
        id
    }

    fn finish(mut self) -> Result<Joined, PaperFault> {
        let count = i64::from(self.total);
        let tree = dictionary! { "Type" => "Pages", "Count" => count, "Kids" => self.kids };
        self.out.set_object(self.tree, tree);
        let catalog = self.out.add_object(dictionary! { "Type" => "Catalog", "Pages" => self.tree });
        self.out.trailer.set("Root", catalog);
        let outline = if self.bookmarks.is_empty() { Outline::None } else { Outline::Parts(self.bookmarks) };
        let pdf = pdf::finish(self.out, &self.title, outline)?;
        Ok(Joined { pdf, pages: self.total, page_map: self.map })
    }
}

/// Numbers as a content stream writes them.
fn numbers(values: &[f32]) -> String {
    values.iter().map(|v| format!("{}", (v * 10_000.0).round() / 10_000.0)).collect::<Vec<_>>().join(" ")
}
