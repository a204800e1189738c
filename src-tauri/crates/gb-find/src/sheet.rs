//! A page's words as text, and the way back from a place in it to places on the page.
//!
//! A page is read twice: line by line, where a label and its value stand side by side, and column by column, where a
//! name or a number that a table's cell broke over two lines comes together again.

use gb_redact::PageWords;
use std::collections::HashMap;
use std::ops::Range;

/// A word's place in the text and on the page.
#[derive(Clone, Debug)]
pub struct Place {
    pub range: Range<usize>,
    pub rect: [f32; 4],
    pub line: u32,
    /// Which word of the page it is.
    pub word: usize,
}

/// One reading of a page. Words stand apart by a space, or by a tab where a column ends; lines by a line feed. A word
/// broken over two lines stands as one.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub text: String,
    pub places: Vec<Place>,
}

type Word<'a> = (&'a str, [f32; 4], u32);

/// Words of one line with no column's end between them.
struct Stretch {
    words: Range<usize>,
    left: f32,
    top: f32,
    bottom: f32,
    line: u32,
    /// The only one on its line.
    alone: bool,
}

impl Sheet {
    /// Line by line and, where the page has columns, column by column.
    pub fn readings(page: &PageWords) -> Vec<Self> {
        let words: Vec<Word<'_>> = page.words.iter().map(|w| (w.text.as_str(), w.rect, w.line)).collect();
        let stretches = stretches(&words);
        let mut out = vec![Self::by_line(&words, &stretches)];
        if stretches.iter().any(|s| !s.alone) {
            out.push(Self::by_column(&words, &stretches));
        }
        out
    }

    fn by_line(words: &[Word<'_>], stretches: &[Stretch]) -> Self {
        let mut sheet = Self::default();
        let mut last: Option<&Stretch> = None;
        for stretch in stretches {
            match last {
                Some(before) if before.line == stretch.line => sheet.text.push('\t'),
                Some(before) if before.alone && stretch.alone => {
                    sheet.next_line(words[stretch.words.start].0)
                }
                Some(_) => sheet.text.push_str("\t\n"),
                None => {}
            }
            sheet.add(words, stretch);
            last = Some(stretch);
        }
        sheet
    }

    fn by_column(words: &[Word<'_>], stretches: &[Stretch]) -> Self {
        let mut sheet = Self::default();
        let mut used = vec![false; stretches.len()];
        for first in 0..stretches.len() {
            let mut at = first;
            while !used[at] {
                used[at] = true;
                if at == first && !sheet.text.is_empty() {
                    sheet.text.push_str("\t\n");
                } else if at != first {
                    sheet.next_line(words[stretches[at].words.start].0);
                }
                sheet.add(words, &stretches[at]);
                let here = &stretches[at];
                let height = (here.bottom - here.top).max(1.0);
                let below = (at + 1..stretches.len()).find(|i| {
                    let next = &stretches[*i];
                    let down = next.top - here.top;
                    !used[*i]
                        && (next.left - here.left).abs() < 3.0
                        && down > 0.4 * height
                        && down < 1.7 * height
                });
                match below {
                    Some(next) => at = next,
                    None => break,
                }
            }
        }
        sheet
    }

    fn next_line(&mut self, next: &str) {
        let goes_on = self.places.last().is_some_and(|last| goes_on(&self.text[last.range.clone()], next));
        if !goes_on {
            self.text.push('\n');
        }
    }

    fn add(&mut self, words: &[Word<'_>], stretch: &Stretch) {
        for word in stretch.words.clone() {
            let (text, rect, line) = words[word];
            if word > stretch.words.start {
                self.text.push(' ');
            }
            let start = self.text.len();
            self.text.push_str(text);
            self.places.push(Place { range: start..self.text.len(), rect, line, word });
        }
    }

    /// The words a place touches.
    pub fn words(&self, range: &Range<usize>) -> impl Iterator<Item = &Place> {
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

/// Cuts lines where a column ends. A loose line of justified text is loose all along; a column's end stands out.
fn stretches(words: &[Word<'_>]) -> Vec<Stretch> {
    let usual = usual_gaps(words);
    let mut out: Vec<Stretch> = vec![];
    for (i, (_, [left, top, _, bottom], line)) in words.iter().enumerate() {
        if let Some(last) = out.last_mut().filter(|last| last.line == *line) {
            let before = words[i - 1].1;
            let (apart, height) = (left - before[2], before[3] - before[1]);
            let usual = usual.get(line).copied().unwrap_or(0.0);
            let column = apart > 1.5 * height || (apart > 0.7 * height && apart > 1.8 * usual);
            if !column {
                last.words.end = i + 1;
                last.bottom = last.bottom.max(*bottom);
                continue;
            }
            last.alone = false;
            out.push(Stretch {
                words: i..i + 1,
                left: *left,
                top: *top,
                bottom: *bottom,
                line: *line,
                alone: false,
            });
            continue;
        }
        out.push(Stretch {
            words: i..i + 1,
            left: *left,
            top: *top,
            bottom: *bottom,
            line: *line,
            alone: true,
        });
    }
    out
}

/// The gap between words that is usual on each line: a third of them are narrower.
fn usual_gaps(words: &[Word<'_>]) -> HashMap<u32, f32> {
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
    let hyphened = last.ends_with('-') && last.trim_end_matches('-').ends_with(char::is_alphabetic);
    let mail = last.contains('@') && last.ends_with(['.', '@', '-', '_']);
    hyphened && next.starts_with(char::is_alphanumeric)
        || mail && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}
