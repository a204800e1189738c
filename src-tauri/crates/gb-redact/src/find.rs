//! Finding a phrase among the words of a page, however it is set.

use crate::fold::{fold_at, needle};
use crate::read::layout::PageWords;
use crate::{Document, Fault};
use std::collections::HashSet;
use std::ops::Range;

/// A place where a phrase stands.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Hit {
    /// From 1.
    pub page: u32,
    /// One box for each line it runs over, in points.
    pub rects: Vec<[f32; 4]>,
    /// The words it touches, as places in [`PageWords::words`].
    pub words: Vec<u32>,
    /// Of each of these words, the characters that are the phrase's, counted from 0: the comma after a name is not.
    #[serde(skip)]
    pub parts: Vec<(u32, Range<u32>)>,
}

/// Finds a phrase on one page or all. Folds case, composed forms, ligatures, soft hyphens, hyphens at
/// line ends, hard spaces and the grouping of digits, and crosses line ends.
///
/// With `whole_word`, a hit may not begin or end inside a word: `ann` is not in `Joanne`.
pub fn find(doc: &Document, phrase: &str, page: Option<u32>, whole_word: bool) -> Result<Vec<Hit>, Fault> {
    let needle = needle(phrase);
    if needle.is_empty() {
        return Ok(Vec::new());
    }
    let pages = match page {
        Some(p) => {
            doc.index(p)?;
            p..=p
        }
        None => {
            doc.read_all_words(&|| true)?;
            1..=doc.page_count()
        }
    };
    let mut hits = Vec::new();
    for p in pages {
        let words = doc.words(p)?;
        hits.extend(find_on(&words, &needle, whole_word));
    }
    Ok(hits)
}

/// A character of the page as searched.
#[derive(Clone, Copy)]
struct Spot {
    c: char,
    word: u32,
    kind: Kind,
    /// The characters of the word it stands for, from and to; none for a gap.
    chars: (u32, u32),
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Plain,
    /// Between words.
    Gap,
    /// A hyphen at the end of a line, which may only have been put there to break the word.
    Break,
    /// Between words of a single character each: letters spaced out.
    Loose,
}

/// Finds a folded phrase among the words of one page: in reading order, and down each column, because a
/// name broken over two lines of a table's cell has the next cell between its halves when read across.
pub(crate) fn find_on(page: &PageWords, needle: &[char], whole_word: bool) -> Vec<Hit> {
    let mut hits = Vec::new();
    search(page, &across(page), needle, whole_word, &mut hits);
    let found = hits.len();
    search(page, &down(page), needle, whole_word, &mut hits);
    let mut seen: HashSet<u32> = HashSet::new();
    for hit in &hits[..found] {
        seen.extend(&hit.words);
    }
    // What both ways found is one hit.
    let mut place = 0;
    hits.retain(|h| {
        place += 1;
        place <= found || !h.words.iter().all(|w| seen.contains(w))
    });
    hits
}

fn search(page: &PageWords, spots: &[Spot], needle: &[char], whole_word: bool, hits: &mut Vec<Hit>) {
    let mut from = 0;
    while from < spots.len() {
        match (spots[from].kind != Kind::Gap).then(|| matched(spots, from, needle)).flatten() {
            Some(end) if !whole_word || whole(spots, from, end) => {
                hits.push(hit(page, &spots[from..end]));
                from = end;
            }
            _ => from += 1,
        }
    }
}

/// The words in reading order.
fn across(page: &PageWords) -> Vec<Spot> {
    let mut out = Vec::new();
    for index in 0..page.words.len() {
        let before = index.checked_sub(1);
        let newline = before.is_some_and(|b| page.words[b].line != page.words[index].line);
        push(page, before, index, newline, &mut out);
    }
    out
}

/// The words column by column: stretches of lines that begin at one place and follow each other closely.
fn down(page: &PageWords) -> Vec<Spot> {
    let words = &page.words;
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for index in 0..words.len() {
        match stretches.last_mut() {
            Some((_, end)) if words[*end - 1].segment == words[index].segment => *end = index + 1,
            _ => stretches.push((index, index + 1)),
        }
    }
    // Stretches whose left edges are within a point and a half of the next begin at one place.
    let x = |s: &(usize, usize)| words[s.0].rect[0];
    stretches.sort_by(|a, b| x(a).total_cmp(&x(b)).then(a.cmp(b)));
    let mut column = 0;
    let mut columns: Vec<(u32, (usize, usize))> = Vec::with_capacity(stretches.len());
    for (i, s) in stretches.iter().enumerate() {
        column += u32::from(i > 0 && x(s) - x(&stretches[i - 1]) > 1.5);
        columns.push((column, *s));
    }
    let top = |s: &(usize, usize)| words[s.0].rect[1];
    columns.sort_by(|a, b| a.0.cmp(&b.0).then(top(&a.1).total_cmp(&top(&b.1))).then(a.1.cmp(&b.1)));
    let mut out = Vec::new();
    let mut last: Option<(u32, (usize, usize))> = None;
    for (column, stretch) in columns {
        let above = last.filter(|(c, l)| {
            let (a, b) = (&words[l.0], &words[stretch.0]);
            *c == column && b.rect[1] - a.rect[3] < b.em
        });
        if above.is_none() && last.is_some() {
            // A character no phrase has: nothing is found across it.
            out.push(Spot { c: '\0', word: stretch.0 as u32, kind: Kind::Plain, chars: (0, 0) });
        }
        for index in stretch.0..stretch.1 {
            let before = if index > stretch.0 { Some(index - 1) } else { above.map(|(_, a)| a.1 - 1) };
            push(page, before, index, index == stretch.0, &mut out);
        }
        last = Some((column, stretch));
    }
    out
}

/// Adds a word, and the gap between it and the word before.
fn push(page: &PageWords, before: Option<usize>, index: usize, newline: bool, out: &mut Vec<Spot>) {
    let word = &page.words[index];
    let mut folded = fold_at(&word.text);
    if word.text.ends_with('\u{AD}') {
        let end = word.text.chars().count() as u32;
        folded.push(('-', end - 1..end));
    }
    let number = index as u32;
    if let Some(before) = before.map(|b| &page.words[b]) {
        match out.last_mut() {
            Some(last) if newline && last.c == '-' && last.kind == Kind::Plain => last.kind = Kind::Break,
            _ => {}
        }
        let single = |t: &str| t.chars().count() == 1;
        let loose = !newline && single(&before.text) && single(&word.text);
        let kind = if loose { Kind::Loose } else { Kind::Gap };
        out.push(Spot { c: ' ', word: number, kind, chars: (0, 0) });
    }
    let spot =
        |(c, at): (char, Range<u32>)| Spot { c, word: number, kind: Kind::Plain, chars: (at.start, at.end) };
    out.extend(folded.into_iter().map(spot));
}

/// Where a match that begins at `from` ends, if there is one.
fn matched(spots: &[Spot], from: usize, needle: &[char]) -> Option<usize> {
    let (mut h, mut n) = (from, 0);
    while n < needle.len() {
        let spot = spots.get(h)?;
        let want = needle[n];
        let gap = matches!(spot.kind, Kind::Gap | Kind::Loose);
        if spot.kind == Kind::Break && h > from {
            // `Whit-` / `lock`: the hyphen counts only if the phrase has one there.
            h += 1;
            n += usize::from(want == '-');
            if spots.get(h).is_some_and(|s| s.kind == Kind::Gap) {
                h += 1;
            }
            if want == ' ' {
                n += 1;
            }
        } else if spot.c == want {
            h += 1;
            n += 1;
        } else if want == ' ' && n > 0 && !gap {
            // Words set without a space between them.
            n += 1;
        } else if n > 0 && passable(spots, h, needle[n - 1], want) {
            h += 1;
        } else {
            return None;
        }
    }
    Some(h)
}

/// Whether a spot inside a match may be passed over: a gap between letters spaced out, what groups
/// digits, a gap after a hyphen of the phrase.
fn passable(spots: &[Spot], h: usize, before: char, want: char) -> bool {
    let spot = &spots[h];
    let gap = matches!(spot.kind, Kind::Gap | Kind::Loose);
    let digits = before.is_ascii_digit() && want.is_ascii_digit();
    let groups = gap || matches!(spot.c, '-' | ',' | '.' | '\'');
    spot.kind == Kind::Loose
        || (gap && before == '-')
        || (digits && groups && spots.get(h + 1).is_some_and(|s| s.c.is_ascii_digit()))
}

fn whole(spots: &[Spot], from: usize, end: usize) -> bool {
    let letter = |s: &Spot| s.c.is_alphanumeric() && s.kind == Kind::Plain;
    let joined = |a: usize, b: usize| match (spots.get(a), spots.get(b)) {
        (Some(x), Some(y)) => letter(x) && letter(y) && x.word == y.word,
        _ => false,
    };
    let starts_inside = from > 0 && joined(from - 1, from);
    starts_inside as u8 + joined(end - 1, end) as u8 == 0
}

fn hit(page: &PageWords, spots: &[Spot]) -> Hit {
    let mut words: Vec<u32> = spots.iter().filter(|s| s.kind != Kind::Gap).map(|s| s.word).collect();
    words.sort_unstable();
    words.dedup();
    let mut parts: Vec<(u32, Range<u32>)> = Vec::with_capacity(words.len());
    for spot in spots.iter().filter(|s| s.chars.0 < s.chars.1) {
        match parts.iter_mut().find(|(word, _)| *word == spot.word) {
            Some((_, part)) => *part = part.start.min(spot.chars.0)..part.end.max(spot.chars.1),
            None => parts.push((spot.word, spot.chars.0..spot.chars.1)),
        }
    }
    parts.sort_by_key(|(word, _)| *word);
    Hit { page: page.page, rects: line_rects(page, &words), words, parts }
}

/// One box for each line the words stand on.
pub(crate) fn line_rects(page: &PageWords, words: &[u32]) -> Vec<[f32; 4]> {
    let mut rects: Vec<(u32, [f32; 4])> = Vec::new();
    for index in words {
        let word = &page.words[*index as usize];
        match rects.last_mut() {
            Some((segment, rect)) if *segment == word.segment => *rect = union(*rect, word.rect),
            _ => rects.push((word.segment, word.rect)),
        }
    }
    rects.into_iter().map(|(_, r)| r).collect()
}

pub(crate) fn union(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
