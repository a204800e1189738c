//! What the pages say that they do not show.

use super::{Finding, FindingKind};
use crate::find::find_on;
use crate::fold::needle;
use crate::out::paint::unseen;
use crate::read::layout::{PageWords, Word};
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
        |kind, place: &str, text: String| out.push(Finding::new(kind, page, place.to_owned(), text));
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
        let hidden: Vec<&Word> =
            words.words.iter().filter(|w| !w.covered && unseen(picture, w, scale)).collect();
        // Black on a black box, whichever was drawn first, is a redaction somebody believes in.
        let (boxed, hidden): (Vec<&Word>, Vec<&Word>) =
            hidden.into_iter().partition(|w| dark(picture, w, scale));
        if !boxed.is_empty() {
            add(
                FindingKind::TextUnderBox,
                "words can be copied from a dark box they cannot be told from",
                list(texts(&boxed)),
            );
        }
        if !hidden.is_empty() {
            add(
                FindingKind::HiddenText,
                "words can be copied where nothing is to be seen",
                list(texts(&hidden)),
            );
        }
    }
    let tiny: Vec<&str> =
        words.words.iter().filter(|w| w.em < TINY && !w.invisible).map(|w| w.text.as_str()).collect();
    if !tiny.is_empty() {
        add(FindingKind::HiddenText, "words too small to be seen can be copied", list(tiny));
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

fn texts<'w>(words: &[&'w Word]) -> Vec<&'w str> {
    words.iter().map(|w| w.text.as_str()).collect()
}

/// Text smaller than this, in points, is not there to be read.
const TINY: f32 = 1.5;

/// Whether a word's place, known to be of one colour, is dark.
fn dark(picture: &Picture, word: &Word, scale: f32) -> bool {
    let middle = |a: f32, b: f32, most: u32| (((a + b) / 2.0 * scale).max(0.0) as u32).min(most - 1);
    let x = middle(word.rect[0], word.rect[2], picture.width.max(1));
    let y = middle(word.rect[1], word.rect[3], picture.height.max(1));
    picture.at(x, y).iter().all(|c| *c < 90)
}
