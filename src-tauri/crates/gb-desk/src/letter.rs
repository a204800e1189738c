//! The words of a cover letter that belong to one case: the parts of Article 15(1) that only the DPO knows.

use gb_law::sar34_checklist;
use gb_model::{Id, Organisation};
use gb_wire::{LetterPart, LetterWords};
use std::collections::BTreeMap;

/// The parts that differ from case to case; the rest of the checklist stands in the template for everybody.
const PARTS: [(&str, &str); 8] = [
    ("searches", "What was searched"),
    ("purposes", "Why the information is used"),
    ("categories", "What kinds of information"),
    ("recipients", "Who it is shared with"),
    ("retention", "How long it is kept"),
    ("source", "Where it came from"),
    ("automated", "Decisions made by computer alone"),
    ("transfers", "Whether it leaves the country"),
];

/// The parts of a case: what was kept for it, and a plain default elsewhere.
pub(crate) fn words(
    request: Id,
    kept: &BTreeMap<String, String>,
    organisation: &Organisation,
) -> LetterWords {
    let parts = PARTS
        .iter()
        .map(|(key, label)| LetterPart {
            key: (*key).to_owned(),
            label: (*label).to_owned(),
            provision: provision(key),
            text: kept.get(*key).cloned().unwrap_or_else(|| default(key, organisation)),
        })
        .collect();
    LetterWords { request, parts }
}

/// The parts that still say what Guardbook proposed: nobody has yet said that it is so in this case.
pub(crate) fn untouched(words: &LetterWords, organisation: &Organisation) -> Vec<String> {
    let same = |part: &&LetterPart| part.text.trim() == default(&part.key, organisation).trim();
    words.parts.iter().filter(same).map(|part| part.label.to_lowercase()).collect()
}

/// Reads parts back from the screen; keys that are not ours are left out.
pub(crate) fn kept(words: &LetterWords) -> BTreeMap<String, String> {
    words
        .parts
        .iter()
        .filter(|p| PARTS.iter().any(|(key, _)| *key == p.key))
        .map(|p| (p.key.clone(), p.text.trim().to_owned()))
        .collect()
}

fn provision(key: &str) -> String {
    match sar34_checklist().iter().find(|item| item.id == key) {
        Some(item) => item.citation.to_string(),
        None => "UK GDPR Art 15(1A)".to_owned(),
    }
}

/// What may be said without knowing the case. Where a default would claim a fact, it points to the notice that is
/// enclosed, which Article 15 allows, and the DPO sees it before anything is sealed.
fn default(key: &str, organisation: &Organisation) -> String {
    let notice = match organisation.privacy_notice.trim() {
        "" => "Our privacy notice, which is enclosed, explains this.".to_owned(),
        place => {
            format!("Our privacy notice, which is enclosed, explains this. You can also read it at {place}.")
        }
    };
    match key {
        "searches" => "We searched the records we would expect to hold information about you.".to_owned(),
        "source" => {
            "Most of it came from you. Where it came from somebody else, the documents say so where we may."
                .to_owned()
        }
        "automated" => "We have not made any decision about you by computer alone.".to_owned(),
        _ => notice,
    }
}
