//! What the pages say that they do not show.

use super::{Finding, FindingKind};
use crate::find::find_on;
use crate::fold::needle;
use crate::out::paint::unseen;
use crate::read::layout::PageWords;
use crate::read::picture::{Artist, Picture, scale_within};
use crate::{Document, Fault, guard};

/// Looks at every page.
pub(super) fn look(doc: &Document, secrets: &[String]) -> Result<Vec<Finding>, Fault> {
    let needles: Vec<(Vec<char>, &String)> = secrets.iter().map(|s| (needle(s), s)).collect();
    guard::chunks(doc.page_count() as usize, 32, |pages| {
        let pdf = doc.reopen()?;
        let artist = Artist::new(&pdf, false);
        let mut out = Vec::new();
        for index in pages {
            let page = index as u32 + 1;
            let found = guard::catch(Fault::PageUnreadable { page }, || {
                let words = doc.words_with(&pdf, index);
                let scale = scale_within((words.width, words.height), 100.0, doc.limits().pixels);
                let picture = (!words.words.is_empty()).then(|| artist.page(index, scale));
                one(&words, picture.as_ref(), scale as f32, &needles)
            })?;
            out.extend(found);
        }
        Ok(out)
    })
}

fn one(
    words: &PageWords,
    picture: Option<&Picture>,
    scale: f32,
    needles: &[(Vec<char>, &String)],
) -> Vec<Finding> {
    let page = Some(words.page);
    let mut out = Vec::new();
    let mut add =
        |kind, place: &str, text: String| out.push(Finding { kind, page, place: place.to_owned(), text });
    let list = |words: Vec<&str>| words.join(" ").chars().take(400).collect::<String>();
    let covered: Vec<&str> = words.words.iter().filter(|w| w.covered).map(|w| w.text.as_str()).collect();
    if !covered.is_empty() {
        add(
            FindingKind::TextUnderBox,
            "words can be copied from under a shape drawn over them",
            list(covered),
        );
    }
    if let Some(picture) = picture {
        let hidden: Vec<&str> = words
            .words
            .iter()
            .filter(|w| !w.covered && unseen(picture, w, scale))
            .map(|w| w.text.as_str())
            .collect();
        if !hidden.is_empty() {
            add(FindingKind::HiddenText, "words can be copied where nothing is to be seen", list(hidden));
        }
    }
    if words.outside > 0 {
        add(FindingKind::HiddenText, "letters stand outside the page or are clipped away", String::new());
    }
    for (needle, secret) in needles {
        if !needle.is_empty() && !find_on(words, needle, false).is_empty() {
            add(FindingKind::Secret, "the text of the page", (*secret).clone());
        }
    }
    out
}
