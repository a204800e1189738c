//! Interpreting pages: words, what a phrase finds, how a page looks.
#![no_main]

use gb_redact::{Document, find};
use gb_redact_fuzz::{contained, limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    contained();
    let Ok(doc) = Document::open(data.to_vec(), None, &limits()) else { return };
    for page in 1..=doc.page_count().min(3) {
        if let Ok(words) = doc.words(page) {
            let text = words.text();
            for word in words.words.iter().take(4) {
                assert!(word.rect.iter().all(|v| v.is_finite()), "a word stands somewhere");
            }
            if let Some(word) = text.split_whitespace().next() {
                let _ = find(&doc, word, Some(page), false);
            }
        }
        let _ = doc.render(page, 24.0);
    }
});
