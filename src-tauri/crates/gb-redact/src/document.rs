//! A document opened: checked, readable, cheap to hand around.

use crate::preflight::{measure_unlocked, preflight};
use crate::read::glyphs::PageGlyphs;
use crate::read::layout::{self, PageWords};
use crate::read::unicode::Meanings;
use crate::scene::gather::Reader;
use crate::{Fault, Limits, guard};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// An opened document. Cloning it costs nothing; all clones share what has been read.
#[derive(Clone)]
pub struct Document(Arc<Inner>);

struct Inner {
    bytes: Arc<Vec<u8>>,
    password: String,
    limits: Limits,
    pdf: Pdf,
    sizes: Vec<(f32, f32)>,
    words: Vec<OnceLock<Arc<PageWords>>>,
    meanings: Arc<Meanings>,
    warnings: Vec<Warning>,
    encrypted: bool,
}

/// What was wrong with a document that could still be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Warning {
    /// The end of the file is missing, but every page was found.
    EndMissing,
    /// The page tree promises another number of pages than were found.
    PageCount {
        /// Pages promised.
        promised: u32,
        /// Pages found.
        found: u32,
    },
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({} pages)", self.page_count())
    }
}

impl Document {
    /// Opens a document from its bytes, within `limits`.
    ///
    /// Files that only restrict printing or copying open without a password. Faults name what is wrong;
    /// a panic in a reader is one of them and never reaches the caller.
    pub fn open(
        bytes: impl Into<Arc<Vec<u8>>>,
        password: Option<&str>,
        limits: &Limits,
    ) -> Result<Self, Fault> {
        let bytes = bytes.into();
        guard::run(Fault::Unreadable, || Self::open_here(bytes, password, limits))?
    }

    fn open_here(bytes: Arc<Vec<u8>>, password: Option<&str>, limits: &Limits) -> Result<Self, Fault> {
        let seen = preflight(&bytes, limits)?;
        let pdf = load(&bytes, password.unwrap_or("")).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) if password.is_none() => {
                Fault::NeedsPassword
            }
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::WrongPassword,
            LoadPdfError::Decryption(_) => Fault::UnknownEncryption,
            LoadPdfError::Invalid if seen.cut => Fault::Truncated,
            LoadPdfError::Invalid => Fault::Unreadable,
        })?;
        if seen.encrypted {
            measure_unlocked(&pdf, limits)?;
        }
        let found = pdf.pages().len() as u32;
        if found == 0 {
            return Err(if seen.cut { Fault::Truncated } else { Fault::NoPages });
        }
        if found > limits.pages {
            return Err(Fault::TooManyPages { pages: found, limit: limits.pages });
        }
        let mut warnings = Vec::new();
        if let Some(promised) = seen.promised.filter(|p| *p != found) {
            if seen.cut && found < promised {
                return Err(Fault::Truncated);
            }
            warnings.push(Warning::PageCount { promised, found });
        }
        if seen.cut {
            warnings.push(Warning::EndMissing);
        }
        let sizes = pdf.pages().iter().map(|p| p.render_dimensions()).collect::<Vec<_>>();
        let words = sizes.iter().map(|_| OnceLock::new()).collect();
        Ok(Self(Arc::new(Inner {
            bytes,
            password: password.unwrap_or("").to_owned(),
            limits: *limits,
            pdf,
            sizes,
            words,
            meanings: Arc::default(),
            warnings,
            encrypted: seen.encrypted,
        })))
    }

    /// How many pages there are.
    pub fn page_count(&self) -> u32 {
        self.0.sizes.len() as u32
    }

    /// Width and height of a page in points as displayed: crop box, turned.
    pub fn page_size(&self, page: u32) -> Result<(f32, f32), Fault> {
        let index = self.index(page)?;
        Ok(self.0.sizes[index])
    }

    /// What was wrong with the file, though it could be read.
    pub fn warnings(&self) -> &[Warning] {
        &self.0.warnings
    }

    /// Whether the file was encrypted.
    pub fn encrypted(&self) -> bool {
        self.0.encrypted
    }

    /// The bytes the document was opened from.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The words of a page, in reading order. Read once, then kept.
    pub fn words(&self, page: u32) -> Result<Arc<PageWords>, Fault> {
        let index = self.index(page)?;
        if let Some(words) = self.0.words[index].get() {
            return Ok(words.clone());
        }
        let fault = Fault::PageUnreadable { page };
        let words = guard::run(fault, || read_words(&mut self.reader(&self.0.pdf), index))?;
        Ok(self.0.words[index].get_or_init(|| Arc::new(words)).clone())
    }

    /// Reads the words of all pages not yet read, on all cores. `keep_on` is asked between pages.
    pub fn read_all_words(&self, keep_on: &(dyn Fn() -> bool + Sync)) -> Result<(), Fault> {
        if self.0.words.iter().all(|w| w.get().is_some()) {
            return Ok(());
        }
        let next = AtomicUsize::new(0);
        const CHUNK: usize = 64;
        let work = || -> Result<(), Fault> {
            loop {
                let start = next.fetch_add(CHUNK, Ordering::Relaxed);
                if start >= self.0.sizes.len() {
                    return Ok(());
                }
                // A fresh reader for each chunk: the reader keeps every page it has unpacked.
                let pdf = self.reopen()?;
                let mut reader = self.reader(&pdf);
                for index in start..(start + CHUNK).min(self.0.sizes.len()) {
                    if !keep_on() {
                        return Err(Fault::Cancelled);
                    }
                    if self.0.words[index].get().is_none() {
                        let fault = Fault::PageUnreadable { page: index as u32 + 1 };
                        let words = guard::catch(fault, || read_words(&mut reader, index))?;
                        let _ = self.0.words[index].set(Arc::new(words));
                    }
                }
            }
        };
        let threads = guard::cores().min(self.0.sizes.len().div_ceil(CHUNK)).max(1);
        std::thread::scope(|scope| {
            let handles: Vec<_> =
                (0..threads).filter_map(|_| guard::builder().spawn_scoped(scope, work).ok()).collect();
            for handle in handles {
                handle.join().unwrap_or(Err(Fault::Internal { what: "reading words" }))?;
            }
            Ok(())
        })
    }

    /// The words of a page, made of the given glyphs of it if they were not made before.
    pub(crate) fn words_of(&self, index: usize, glyphs: &PageGlyphs) -> Arc<PageWords> {
        let make = || Arc::new(layout::words(index as u32 + 1, self.0.sizes[index], glyphs));
        self.0.words[index].get_or_init(make).clone()
    }

    /// The words of a page, read with a given reading of the file if they were not read before.
    pub(crate) fn words_with(&self, pdf: &Pdf, index: usize) -> Arc<PageWords> {
        self.0.words[index].get_or_init(|| Arc::new(read_words(&mut self.reader(pdf), index))).clone()
    }

    /// A reader of the pages of a reading of the file, which shares what is known of its letters.
    pub(crate) fn reader<'p>(&self, pdf: &'p Pdf) -> Reader<'p> {
        Reader::new(pdf, &self.0.limits).with(self.0.meanings.clone())
    }

    /// The limits the document was opened with.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn index(&self, page: u32) -> Result<usize, Fault> {
        let pages = self.page_count();
        if page == 0 || page > pages {
            return Err(Fault::NoSuchPage { page, pages, mark: None });
        }
        Ok(page as usize - 1)
    }

    pub(crate) fn pdf(&self) -> &Pdf {
        &self.0.pdf
    }

    /// The same file read anew, so that what the reader keeps can be dropped with it.
    pub(crate) fn reopen(&self) -> Result<Pdf, Fault> {
        guard::catch(Fault::Unreadable, || load(&self.0.bytes, &self.0.password))?
            .map_err(|_| Fault::Unreadable)
    }
}

fn load(bytes: &Arc<Vec<u8>>, password: &str) -> Result<Pdf, LoadPdfError> {
    Pdf::new_with_password(bytes.clone(), password)
}

fn read_words(reader: &mut Reader<'_>, index: usize) -> PageWords {
    let read = reader.glyphs(index);
    layout::words(index as u32 + 1, reader.size(index), &read)
}
