//! Pages: their pictures, their words, and what they look like after.

use crate::session::Desk;
use crate::shelf::{Built, Key};
use crate::{faults, marks};
use gb_model::{Id, MarkShape};
use gb_redact::{Document, Limits, Options};
use gb_wire::{Fault, PageRef, PageView, PictureOf, RequestView, Surroundings, WordView};

/// Dots per inch a picture may be asked for.
const DPI: std::ops::RangeInclusive<u32> = 10..=300;

impl Desk {
    /// A document of a request, open. Reading it out of the vault and opening it happens once.
    pub(crate) fn source(&self, id: Id) -> Result<Document, Fault> {
        if let Some(document) = self.shelf.get(Key::Source(id)) {
            return Ok(document);
        }
        let (bytes, password) = self.with(|open| {
            let bytes = open.read().document_bytes(id).map_err(faults::store)?;
            let password = open.read().document_password(id).map_err(faults::store)?;
            Ok((bytes.to_vec(), password))
        })?;
        let document = Document::open(bytes, password.as_ref().map(|p| p.as_str()), &Limits::default())
            .map_err(|f| faults::engine(&f))?;
        self.shelf.put(Key::Source(id), document.clone());
        Ok(document)
    }

    fn sealed(&self, id: Id) -> Result<Document, Fault> {
        if let Some(document) = self.shelf.get(Key::Pack(id)) {
            return Ok(document);
        }
        let bytes = self.with(|open| open.read().pack_bytes(id).map_err(faults::store))?.to_vec();
        let document = Document::open(bytes, None, &Limits::default()).map_err(|f| faults::engine(&f))?;
        self.shelf.put(Key::Pack(id), document.clone());
        Ok(document)
    }

    pub(crate) fn page_view(&self, at: &PageRef) -> Result<PageView, Fault> {
        let source = self.source(at.document)?;
        let words = source.words(at.page).map_err(|f| faults::engine(&f))?;
        Ok(PageView {
            page: at.page,
            width: words.width,
            height: words.height,
            words: words
                .words
                .iter()
                .map(|w| WordView {
                    text: w.text.clone().into(),
                    rect: w.rect,
                    line: w.line,
                    invisible: w.invisible,
                })
                .collect(),
            unreadable: words.unreadable,
            blind: marks::blind_on(&source, at.page..=at.page),
        })
    }

    pub(crate) fn picture(&self, of: &PictureOf) -> Result<Vec<u8>, Fault> {
        draw(&self.source(of.document)?, of.page, of.dpi)
    }

    pub(crate) fn picture_of_pack(&self, of: &PictureOf) -> Result<Vec<u8>, Fault> {
        draw(&self.sealed(of.document)?, of.page, of.dpi)
    }

    /// The page as it will be, drawn from a file that was really rebuilt without the marks.
    pub(crate) fn picture_after(&self, of: &PictureOf) -> Result<Vec<u8>, Fault> {
        draw(&self.built_page(of.document, of.page)?.0, 1, of.dpi)
    }

    /// A page built alone, as it will be. Built once for as long as the document's marks stay as they are.
    pub(crate) fn built_page(&self, document: Id, page: u32) -> Result<Built, Fault> {
        if let Some(built) = self.shelf.after(document, page) {
            return Ok(built);
        }
        let source = self.source(document)?;
        let kept = self.with(|open| open.read().marks_on(document).map_err(faults::store))?;
        // A phrase that stands nowhere else on this document is still a mark of the document: only those that
        // reach this page are built, so that a page can be looked at before the rest is finished.
        let places = marks::places(self, document, &kept)?;
        let here: Vec<_> = kept
            .iter()
            .zip(&places)
            .filter(|(_, places)| places.iter().any(|p| p.page == page))
            .map(|(mark, _)| mark.clone())
            .map(|mut mark| {
                if let MarkShape::Phrase { page: only, .. } = &mut mark.facts.shape {
                    *only = Some(page);
                }
                mark
            })
            .collect();
        let marks = marks::for_engine(&here);
        let (pdf, record) = gb_redact::foresee_page(&source, &marks, page, &Options::default())
            .map_err(|f| faults::engine(&f))?;
        let built = (Document::open(pdf, None, &Limits::default()).map_err(|f| faults::engine(&f))?, record);
        self.shelf.put_after(document, page, built.clone());
        Ok(built)
    }

    pub(crate) fn see(&self, at: &PageRef, when: &dyn Surroundings) -> Result<RequestView, Fault> {
        let request = self.with(|open| {
            let document = open.read().document(at.document).map_err(faults::store)?;
            if at.page == 0 || at.page > document.pages {
                return Err(Fault::refused("That page does not exist.", "Choose a page of the document."));
            }
            if !document.seen.contains(&at.page) {
                open.act("see_page", Some(document.request), when, |tx| {
                    Ok(tx.see_pages(at.document, &[at.page])?)
                })?;
            }
            Ok(document.request)
        })?;
        self.request_view(request, when)
    }
}

fn draw(document: &Document, page: u32, dpi: u32) -> Result<Vec<u8>, Fault> {
    let dpi = dpi.clamp(*DPI.start(), *DPI.end());
    let picture = document.render(page, dpi as f32).map_err(|f| faults::engine(&f))?;
    // Thumbnails are small enough for the lossy coding not to show; pages are read closely.
    let coded = if dpi < 50 { picture.jpeg(80) } else { picture.png() };
    coded.map_err(|f| faults::engine(&f))
}
