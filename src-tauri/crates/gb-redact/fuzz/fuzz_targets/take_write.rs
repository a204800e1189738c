//! Taking marks away and writing what is left, with the proof: marks come from what follows the file in the input.
#![no_main]

use gb_redact::{Document, Fault, MarkKind, Options, Quiet, Widths, find, redact};
use gb_redact_fuzz::{Choices, contained, limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    contained();
    let (file, mut choices) = Choices::split(data);
    let Ok(doc) = Document::open(file.to_vec(), None, &limits()) else { return };
    if doc.page_count() > 3 {
        return;
    }
    let words: Vec<String> = (1..=doc.page_count())
        .filter_map(|p| doc.words(p).ok())
        .flat_map(|w| w.words.iter().map(|w| w.text.clone()).collect::<Vec<_>>())
        .collect();
    let marks: Vec<_> = (0..u32::from(choices.byte() % 3) + 1).map(|id| choices.mark(id, &words)).collect();
    let widths = if choices.byte() % 2 == 0 { Widths::Hidden } else { Widths::AsDrawn };
    let options = Options { widths, threads: 1, ..Options::default() };
    match redact(&doc, &marks, &options, &Quiet) {
        Ok(made) => {
            let out = Document::open(made.pdf.clone(), None, &limits()).expect("what we write opens");
            assert_eq!(out.page_count(), doc.page_count(), "no page is lost");
            for mark in &marks {
                if let MarkKind::Phrase { find: phrase, page: None, whole_word: false } = &mark.kind {
                    let left = find(&out, phrase, None, false).expect("our own pages are read");
                    assert!(left.is_empty(), "a phrase that was marked is still found");
                }
            }
            let again = redact(&doc, &marks, &options, &Quiet).expect("it worked before");
            assert!(again.pdf == made.pdf, "the same marks give the same bytes");
        }
        Err(Fault::Internal { what }) => panic!("a mistake of ours: {what}"),
        Err(_) => {}
    }
});
