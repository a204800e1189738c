//! What search cannot see in a document, said to the person who relies on it.

use crate::{Document, PageWords};
use std::ops::RangeInclusive;

/// What search cannot see on some pages of a document, in sentences; none if it sees all. Pages that
/// cannot be read at all are told as faults elsewhere.
pub fn blind(doc: &Document, pages: RangeInclusive<u32>) -> Vec<String> {
    let words: Vec<_> = pages.filter_map(|page| doc.words(page).ok()).collect();
    let list = |chosen: &dyn Fn(&PageWords) -> bool| -> Vec<u32> {
        words.iter().filter(|w| chosen(w)).map(|w| w.page).collect()
    };
    let mut told = Vec::new();
    let unreadable: Vec<&PageWords> = words.iter().filter(|w| w.unreadable > 0).map(|w| &**w).collect();
    if unreadable.len() <= EACH {
        told.extend(unreadable.iter().map(|w| characters(w.unreadable, &[w.page])));
    } else {
        let sum = unreadable.iter().map(|w| w.unreadable).sum();
        told.push(characters(sum, &list(&|w| w.unreadable > 0)));
    }
    let pictures = list(&PageWords::only_picture);
    match pictures.as_slice() {
        [] => {}
        [page] => told.push(format!("Page {page} is a picture: search cannot see its text; read it.")),
        _ => {
            told.push(format!("{} are pictures: search cannot see their text; read them.", named(&pictures)))
        }
    }
    let partly = list(&|w| !w.only_picture() && w.pictured);
    match partly.as_slice() {
        [] => {}
        [page] => told.push(format!(
            "Page {page} has a large picture without any text over it: search cannot see what is written in it; look at it."
        )),
        _ => told.push(format!(
            "{} have large pictures without any text over them: search cannot see what is written in them; look at them.",
            named(&partly)
        )),
    }
    told
}

/// What the certificate of a document says of it, and of phrases looked for in it.
pub(crate) fn warnings(doc: &Document, phrases: bool) -> Vec<String> {
    let mut told = blind(doc, 1..=doc.page_count());
    if phrases && !told.is_empty() {
        told.push(
            "Phrases were marked wherever search found them; where it cannot see, they may stand unmarked."
                .to_owned(),
        );
    }
    told.extend(recognised(doc));
    told
}

/// Letters of a document that were recognised by their look, in a sentence.
pub(crate) fn recognised(doc: &Document) -> Option<String> {
    let words: Vec<_> = (1..=doc.page_count()).filter_map(|page| doc.words(page).ok()).collect();
    let pages: Vec<u32> = words.iter().filter(|w| w.recognised > 0).map(|w| w.page).collect();
    let sum: u32 = words.iter().map(|w| w.recognised).sum();
    (sum > 0).then(|| {
        format!(
            "{}: the file does not say what {} {}; recognised by the look of the letters, which can be wrong.",
            named(&pages),
            counted(sum),
            if sum == 1 { "is" } else { "are" }
        )
    })
}

/// Pages told one by one; more are told together.
const EACH: usize = 5;

fn characters(count: u32, pages: &[u32]) -> String {
    let on = named(pages).to_lowercase();
    let it = if pages.len() == 1 { "it" } else { "them" };
    format!("Search cannot see {} on {on}; read {it}.", counted(count))
}

fn counted(count: u32) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}

/// `Page 3`, `Pages 1 to 4 and 9`.
fn named(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == page => run.1 = page,
            _ => runs.push((page, page)),
        }
    }
    let run = |(from, to): &(u32, u32)| match to - from {
        0 => format!("{from}"),
        1 => format!("{from} and {to}"),
        _ => format!("{from} to {to}"),
    };
    if let [one] = runs.as_slice() {
        return format!("{} {}", if one.0 == one.1 { "Page" } else { "Pages" }, run(one));
    }
    let run =
        |(from, to): &(u32, u32)| if from == to { format!("{from}") } else { format!("{from} to {to}") };
    let mut all: Vec<String> = runs.iter().map(run).collect();
    let last = all.pop().unwrap_or_default();
    format!("Pages {} and {last}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_as_people_name_them() {
        let check = |pages: &[u32], says: &str| assert_eq!(named(pages), says);
        check(&[3], "Page 3");
        check(&[3, 4], "Pages 3 and 4");
        check(&[3, 4, 5], "Pages 3 to 5");
        check(&[1, 2, 3, 4, 9], "Pages 1 to 4 and 9");
        check(&[1, 3, 5], "Pages 1, 3 and 5");
        assert_eq!(characters(112, &[3]), "Search cannot see 112 characters on page 3; read it.");
        assert_eq!(characters(1, &[3, 9]), "Search cannot see 1 character on pages 3 and 9; read them.");
    }
}
