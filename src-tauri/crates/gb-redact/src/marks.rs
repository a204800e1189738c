//! Marks: what a person wants taken away.

use crate::find::find_on;
use crate::fold::needle;
use crate::{Document, Fault};
use std::ops::Range;

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The caller's number for it; faults name it.
    pub id: u32,
    /// What it takes away.
    pub kind: MarkKind,
    /// What is written in its boxes: up to 12 letters, digits or hyphens. May be empty.
    pub code: String,
}

/// What a mark takes away. Rectangles are left, top, right, bottom, in points.
#[derive(Clone, PartialEq)]
pub enum MarkKind {
    /// An area of a page.
    Rect {
        /// From 1.
        page: u32,
        /// The area.
        rect: [f32; 4],
    },
    /// A run of words, one rectangle for each line it runs over.
    Rects {
        /// From 1.
        page: u32,
        /// The areas.
        rects: Vec<[f32; 4]>,
    },
    /// A phrase, wherever it stands.
    Phrase {
        /// The phrase.
        find: String,
        /// Only on this page.
        page: Option<u32>,
        /// Not inside longer words.
        whole_word: bool,
    },
    /// A page as a whole.
    WholePage {
        /// From 1.
        page: u32,
    },
}

impl std::fmt::Debug for MarkKind {
    /// A phrase is somebody's name: it is not printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rect { page, rect } => write!(f, "Rect({page}, {rect:?})"),
            Self::Rects { page, rects } => write!(f, "Rects({page}, {rects:?})"),
            Self::Phrase { page, whole_word, .. } => write!(f, "Phrase(‹personal›, {page:?}, {whole_word})"),
            Self::WholePage { page } => write!(f, "WholePage({page})"),
        }
    }
}

/// A mark on one page, after its phrase was found.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Placed {
    /// The mark's number.
    pub mark: u32,
    /// From 1.
    pub page: u32,
    /// Where it lies, in points; one box a line.
    pub rects: Vec<[f32; 4]>,
    /// The words it takes, as places in [`crate::PageWords::words`].
    pub words: Vec<u32>,
    /// For a run of words or a phrase: the characters it takes of each word, counted from 0. Of "Whitlock," a
    /// phrase takes the name and not the comma.
    #[serde(skip)]
    pub parts: Vec<(u32, Range<u32>)>,
    /// The mark's code.
    pub code: String,
    /// How it was given.
    pub shape: Shape,
}

/// How a placed mark was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Shape {
    /// A rectangle drawn by a person.
    Area,
    /// Words: a run selected, or a phrase found.
    Words,
    /// The whole page.
    Page,
}

/// The share of a word's area a mark must meet to take the word.
pub(crate) const TOUCH: f32 = 0.10;

/// The share of `word`'s area that lies in `rect`.
pub(crate) fn share(word: [f32; 4], rect: [f32; 4]) -> f32 {
    let w = (word[2].min(rect[2]) - word[0].max(rect[0])).max(0.0);
    let h = (word[3].min(rect[3]) - word[1].max(rect[1])).max(0.0);
    let area = (word[2] - word[0]) * (word[3] - word[1]);
    if area > 0.0 { w * h / area } else { 0.0 }
}

/// Puts marks on pages. A mark on a page that is not there, off its page, or whose words stand nowhere
/// is a fault that names the mark.
pub fn place(doc: &Document, marks: &[Mark]) -> Result<Vec<Placed>, Fault> {
    let mut placed = Vec::new();
    for mark in marks {
        let id = mark.id;
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if mark.code.chars().count() > 12 || !mark.code.chars().all(fine) {
            return Err(Fault::BadCode { mark: id });
        }
        match &mark.kind {
            MarkKind::Rect { page, rect } => {
                placed.push(area(doc, mark, *page, std::slice::from_ref(rect), Shape::Area)?);
            }
            MarkKind::Rects { page, rects } => placed.push(area(doc, mark, *page, rects, Shape::Words)?),
            MarkKind::WholePage { page } => {
                let (w, h) = size(doc, id, *page)?;
                let count = doc.words(*page)?.words.len() as u32;
                placed.push(Placed {
                    mark: id,
                    page: *page,
                    rects: vec![[0.0, 0.0, w, h]],
                    words: (0..count).collect(),
                    parts: Vec::new(),
                    code: mark.code.clone(),
                    shape: Shape::Page,
                });
            }
            MarkKind::Phrase { find, page, whole_word } => {
                phrase(doc, mark, find, *page, *whole_word, &mut placed)?;
            }
        }
        if placed.len() > doc.limits().marks as usize {
            return Err(Fault::TooManyMarks { limit: doc.limits().marks });
        }
    }
    Ok(placed)
}

fn size(doc: &Document, mark: u32, page: u32) -> Result<(f32, f32), Fault> {
    let named = |_| Fault::NoSuchPage { page, pages: doc.page_count(), mark: Some(mark) };
    doc.page_size(page).map_err(named)
}

fn area(doc: &Document, mark: &Mark, page: u32, rects: &[[f32; 4]], shape: Shape) -> Result<Placed, Fault> {
    let (w, h) = size(doc, mark.id, page)?;
    let off = Fault::MarkOffPage { mark: mark.id, page };
    let mut kept = Vec::new();
    for r in rects {
        if r.iter().any(|v| !v.is_finite()) {
            return Err(off);
        }
        let clipped = [r[0].max(0.0), r[1].max(0.0), r[2].min(w), r[3].min(h)];
        if clipped[2] - clipped[0] < 0.1 || clipped[3] - clipped[1] < 0.1 {
            return Err(off);
        }
        kept.push(clipped);
    }
    if kept.is_empty() {
        return Err(off);
    }
    let words = doc.words(page)?;
    let touched = |rect: [f32; 4]| kept.iter().any(|r| share(rect, *r) > TOUCH);
    let taken: Vec<u32> =
        (0u32..).zip(&words.words).filter(|(_, word)| touched(word.rect)).map(|(i, _)| i).collect();
    let whole = |w: &u32| (*w, 0..words.words[*w as usize].text.chars().count() as u32);
    let parts = if shape == Shape::Words { taken.iter().map(whole).collect() } else { Vec::new() };
    Ok(Placed { mark: mark.id, page, rects: kept, words: taken, parts, code: mark.code.clone(), shape })
}

fn phrase(
    doc: &Document,
    mark: &Mark,
    find: &str,
    page: Option<u32>,
    whole_word: bool,
    placed: &mut Vec<Placed>,
) -> Result<(), Fault> {
    let needle = needle(find);
    let pages = match page {
        Some(p) => {
            size(doc, mark.id, p)?;
            p..=p
        }
        None => {
            doc.read_all_words(&|| true)?;
            1..=doc.page_count()
        }
    };
    let before = placed.len();
    let mut unreadable = false;
    for p in pages {
        let words = doc.words(p)?;
        unreadable |= words.partly_blind() || words.pictured;
        let hits = if needle.is_empty() { Vec::new() } else { find_on(&words, &needle, whole_word) };
        placed.extend(hits.into_iter().map(|hit| Placed {
            mark: mark.id,
            page: p,
            rects: hit.rects,
            words: hit.words,
            parts: hit.parts,
            code: mark.code.clone(),
            shape: Shape::Words,
        }));
    }
    if placed.len() == before {
        return Err(Fault::PhraseNotFound { mark: mark.id, unreadable });
    }
    Ok(())
}
