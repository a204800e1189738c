//! Reading the raw file: opening, looking through every object, searching it.
#![no_main]

use gb_redact::{Document, check, sweep};
use gb_redact_fuzz::{contained, limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    contained();
    if let Ok(doc) = Document::open(data.to_vec(), None, &limits()) {
        for page in 0..=doc.page_count().min(3) + 1 {
            let _ = doc.page_size(page);
        }
        let secrets = ["Quillfeather".to_owned(), "7".to_owned()];
        let _ = sweep(data, &secrets);
        let _ = check(data, &secrets);
    }
});
