//! Proving: a finished file is changed here and there, and the proof must refuse or hold, never fall over; whatever
//! holds says nothing of the word that was taken away.
#![no_main]

use gb_redact::{Document, Options, Quiet, Redacted, find, prove, redact};
use gb_redact_fuzz::{Choices, contained, limits};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static MADE: OnceLock<Vec<(Document, Redacted)>> = OnceLock::new();

/// A letter, and a page with a shape and a picture in colour.
fn made() -> Vec<(Document, Redacted)> {
    let text = "BT /F1 11 Tf 14 TL 20 160 Td (We met Dana Whitlock) Tj T* (on the stairs on Friday) Tj ET";
    let picture = "q 60 0 0 60 200 20 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID abcdefghijkl EI Q 0.2 0.5 0.3 rg 20 20 90 40 re f";
    [text.to_owned(), format!("{text} {picture}")]
        .iter()
        .map(|content| {
            let file = format!(
                "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
                 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj \
                 4 0 obj<</Length {}>>stream\n{content}\nendstream endobj \
                 5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
                content.len()
            );
            let doc = Document::open(file.into_bytes(), None, &limits()).expect("it is whole");
            let mark = gb_redact::Mark {
                id: 1,
                kind: gb_redact::MarkKind::Phrase { find: "Whitlock".into(), page: None, whole_word: false },
                code: "3P".into(),
            };
            let made = redact(&doc, &[mark], &Options::default(), &Quiet).expect("it is redacted");
            (doc, made)
        })
        .collect()
}

fuzz_target!(|data: &[u8]| {
    contained();
    let all = MADE.get_or_init(made);
    let mut choices = Choices::all(data);
    let (source, made) = &all[usize::from(choices.byte()) % all.len()];
    let mut file = made.pdf.clone();
    let mut steps = 0;
    while !choices.is_empty() && steps < 40 {
        steps += 1;
        let at = choices.number() % file.len().max(1);
        match choices.byte() % 5 {
            0 => file[at] = choices.byte(),
            1 => file.insert(at, choices.byte()),
            2 => drop(file.drain(at..(at + usize::from(choices.byte())).min(file.len()))),
            3 => drop(file.splice(at..at, *b"(Whitlock)")),
            _ => {
                let end = (at + usize::from(choices.byte()) * 8).min(file.len());
                let copy = file[at..end].to_vec();
                file.extend(copy);
            }
        }
        if file.is_empty() {
            return;
        }
    }
    if prove(source, &file, &made.plan, &Quiet).is_ok() {
        let doc = Document::open(file, None, &limits()).expect("what is proved opens");
        assert!(find(&doc, "Whitlock", None, false).expect("its page is read").is_empty(), "the word can be read");
    }
});
