//! A page's words as one text, and the way back from a place in it to places on the page.

use gb_redact::PageWords;
use std::collections::HashMap;
use std::ops::Range;

/// A word's place in the text and on the page.
#[derive(Clone, Debug)]
pub struct Place {
    pub range: Range<usize>,
    pub rect: [f32; 4],
    pub line: u32,
}

/// One page. Words stand apart by a space, or by a tab where a column ends; lines by a line feed. A word broken over
/// two lines stands as one.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub text: String,
    pub places: Vec<Place>,
}

impl Sheet {
    pub fn of(page: &PageWords) -> Self {
        Self::from_words(page.words.iter().map(|w| (w.text.as_str(), w.rect, w.line)))
    }

    pub fn from_words<'a>(words: impl Iterator<Item = (&'a str, [f32; 4], u32)>) -> Self {
        let words: Vec<_> = words.collect();
        let usual = usual_gaps(&words);
        let mut sheet = Self::default();
        for (text, rect, line) in words {
            if let Some(last) = sheet.places.last() {
                if last.line == line {
                    let apart = rect[0] - last.rect[2];
                    let height = last.rect[3] - last.rect[1];
                    let usual = usual.get(&line).copied().unwrap_or(0.0);
                    // A loose line of justified text is loose all along; a column's end stands out in its line.
                    let column = apart > 1.5 * height || (apart > 0.7 * height && apart > 1.8 * usual);
                    sheet.text.push(if column { '\t' } else { ' ' });
                } else if !goes_on(&sheet.text[last.range.clone()], text) {
                    sheet.text.push('\n');
                }
            }
            let start = sheet.text.len();
            sheet.text.push_str(text);
            sheet.places.push(Place { range: start..sheet.text.len(), rect, line });
        }
        sheet
    }

    fn words(&self, range: &Range<usize>) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|p| p.range.start < range.end && range.start < p.range.end)
    }

    /// One rectangle a line.
    pub fn rects(&self, range: &Range<usize>) -> Vec<[f32; 4]> {
        let mut out: Vec<[f32; 4]> = vec![];
        let mut line = None;
        for place in self.words(range) {
            let [l, t, r, b] = place.rect;
            match out.last_mut() {
                Some(last) if line == Some(place.line) => {
                    *last = [last[0].min(l), last[1].min(t), last[2].max(r), last[3].max(b)];
                }
                _ => out.push(place.rect),
            }
            line = Some(place.line);
        }
        out
    }

    /// The text of a place on one line.
    pub fn shown(&self, range: &Range<usize>) -> String {
        self.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The gap between words that is usual on each line: a third of them are narrower.
fn usual_gaps(words: &[(&str, [f32; 4], u32)]) -> HashMap<u32, f32> {
    let mut gaps: HashMap<u32, Vec<f32>> = HashMap::new();
    for pair in words.windows(2).filter(|pair| pair[0].2 == pair[1].2) {
        gaps.entry(pair[0].2).or_default().push(pair[1].1[0] - pair[0].1[2]);
    }
    let usual = |mut list: Vec<f32>| {
        list.sort_by(f32::total_cmp);
        list[list.len() / 3]
    };
    gaps.into_iter().map(|(line, list)| (line, usual(list))).collect()
}

/// Whether the next line's first word is the rest of this line's last: `Pryce-` `Hallam`, `ann@example.` `org`.
fn goes_on(last: &str, next: &str) -> bool {
    let next_is_letter = next.starts_with(char::is_alphanumeric);
    let hyphened = last.ends_with('-') && last.trim_end_matches('-').ends_with(char::is_alphabetic);
    let mail = last.contains('@') && (last.ends_with(['.', '@', '-', '_'])) || last.ends_with('@');
    next_is_letter && (hyphened || mail)
}
