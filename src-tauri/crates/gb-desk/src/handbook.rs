//! The handbook, built in.

use gb_wire::{Fault, FaultCode, HandbookPage};

macro_rules! pages {
    ($($key:literal),* $(,)?) => {
        [$(($key, include_str!(concat!("../../../../assets/handbook/", $key, ".md")))),*]
    };
}

/// Every page: its key and its text. The first line is the title.
const PAGES: [(&str, &str); 10] = pages![
    "today",
    "requests",
    "clock",
    "documents",
    "redact",
    "pack",
    "history",
    "settings",
    "unlock",
    "journal"
];

/// The page of a key.
pub(crate) fn page(key: &str) -> Result<HandbookPage, Fault> {
    let (key, text) = PAGES.iter().find(|(k, _)| *k == key).ok_or_else(|| {
        Fault::new(
            "The handbook has no page of that name.",
            "Nothing was changed.",
            "Open the handbook from its start.",
        )
        .with_code(FaultCode::NotFound)
    })?;
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    Ok(HandbookPage {
        key: (*key).to_owned(),
        title: title.trim_start_matches("# ").trim().to_owned(),
        text: body.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_page_has_a_title_and_something_under_it() {
        for (key, _) in super::PAGES {
            let page = super::page(key).expect("it is built in");
            assert!(!page.title.is_empty() && page.text.len() > 200, "{key} is thin");
        }
    }
}
