//! One page: drawn, taken apart, and made ready to be written, from its parts or as a picture.

use crate::marks::Placed;
use crate::out::label;
use crate::out::paint::{DrawnBox, Painted, paint};
use crate::out::write::Sheet;
use crate::read::layout::PageWords;
use crate::read::picture::{Artist, scale_within};
use crate::read::seen;
use crate::redact::Options;
use crate::scene::Unfit;
use crate::scene::gather::{Dropped, Gathered, Reader};
use crate::take::{Taken, take};
use crate::{Document, Fault};
use hayro::hayro_syntax::Pdf;
use std::cell::OnceCell;
use std::sync::Arc;

/// A page ready to be written, and what is said of it.
pub(crate) struct Made {
    pub(crate) how: How,
    pub(crate) words: Arc<PageWords>,
    pub(crate) dropped: Dropped,
    pub(crate) concerns: Vec<String>,
}

/// How a page is written.
pub(crate) enum How {
    /// Built from its parts.
    Rebuilt(Taken),
    /// As a picture, because.
    Pictured(Painted, Unfit),
}

/// Makes pages of one reading of a file.
pub(crate) struct PageMaker<'p> {
    doc: &'p Document,
    pdf: &'p Pdf,
    options: &'p Options,
    reader: Reader<'p>,
    /// Most documents never need a page drawn.
    artist: OnceCell<Artist<'p>>,
}

impl<'p> PageMaker<'p> {
    pub(crate) fn new(doc: &'p Document, pdf: &'p Pdf, options: &'p Options) -> Self {
        Self { doc, pdf, options, reader: doc.reader(pdf), artist: OnceCell::new() }
    }

    fn artist(&self) -> &Artist<'p> {
        self.artist.get_or_init(|| Artist::new(self.pdf, false))
    }

    /// Makes one page; with `picture`, as a picture because it did not look like its source.
    pub(crate) fn make(&mut self, index: usize, placed: &[&Placed], picture: bool) -> Result<Made, Fault> {
        let gathered = self.reader.scene(index, &[]);
        let words = self.doc.words_of(index, &gathered.glyphs);
        let (dropped, concerns) = (gathered.dropped, gathered.concerns.clone());
        let unfit = if picture { Some(Unfit::Different) } else { gathered.unfit };
        let how = match unfit {
            Some(why) => self.picture(&words, placed, why)?,
            None => How::Rebuilt(self.rebuild(index, gathered, &words, placed)),
        };
        Ok(Made { how, words, dropped, concerns })
    }

    fn picture(&self, words: &PageWords, placed: &[&Placed], why: Unfit) -> Result<How, Fault> {
        let pixels = self.doc.limits().pixels;
        Ok(How::Pictured(paint(self.artist(), words, placed, self.options, pixels)?, why))
    }

    fn rebuild(&mut self, index: usize, gathered: Gathered, words: &PageWords, placed: &[&Placed]) -> Taken {
        let size = (words.width, words.height);
        let draw = || {
            let scale = scale_within(size, seen::DPI, self.doc.limits().pixels);
            (self.artist().page(index, scale), scale)
        };
        let unseen = seen::unseen(&gathered.scene, words, &gathered.glyphs.glyphs, &draw);
        let mut taken = take(gathered.scene, words, placed, self.options, &unseen);
        if !taken.touched.is_empty() {
            // A box reaches a picture that was left as it came: now its pixels are needed.
            let again = self.reader.scene(index, &taken.touched);
            taken = take(again.scene, words, placed, self.options, &unseen);
        }
        for b in &mut taken.boxes {
            b.label = label::stand(&label::code(&b.codes), b.rect);
        }
        taken
    }
}

impl Made {
    /// The boxes drawn on it.
    pub(crate) fn boxes(&self) -> &[DrawnBox] {
        match &self.how {
            How::Rebuilt(taken) => &taken.boxes,
            How::Pictured(painted, _) => &painted.boxes,
        }
    }
}

/// The page as the writer takes it.
pub(crate) fn sheet(taken: Taken, size: (f32, f32)) -> Sheet {
    Sheet { size: (f64::from(size.0), f64::from(size.1)), scene: taken.scene, boxes: taken.boxes }
}
