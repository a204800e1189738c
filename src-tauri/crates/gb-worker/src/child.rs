//! The child: gives up what it may do, reads one document, answers, and ends.

use crate::confine::give_up;
use crate::frame::{Answer, Found, QUESTION, Question, Refused, receive, send};
use gb_redact::{Document, Fault, Limits, Warning};
use std::io::{stdin, stdout};

/// Ended well.
const DONE: i32 = 0;
/// Could not give up its rights; nothing was read.
pub(crate) const NOT_CONFINED: i32 = 71;
/// The parent's frames made no sense, or it went away.
const NOT_UNDERSTOOD: i32 = 72;
/// A mistake of ours while reading, caught.
pub(crate) const PANICKED: i32 = 73;

/// Becomes the reader: call this first thing in `main` when the first argument is [`crate::CHILD_ARGUMENT`].
///
/// Never returns. Nothing of the document goes to standard error: a panic prints nothing.
pub fn child_main() -> ! {
    std::panic::set_hook(Box::new(|_| {}));
    if give_up().is_err() {
        std::process::exit(NOT_CONFINED);
    }
    std::process::exit(serve())
}

fn serve() -> i32 {
    let limits = Limits::default();
    let mut input = stdin().lock();
    let Some(question) =
        receive(&mut input, QUESTION).ok().and_then(|q| serde_json::from_slice::<Question>(&q).ok())
    else {
        return NOT_UNDERSTOOD;
    };
    let most = u32::try_from(limits.file_bytes).unwrap_or(u32::MAX);
    let Ok(bytes) = receive(&mut input, most) else {
        return NOT_UNDERSTOOD;
    };
    let read = std::panic::catch_unwind(move || read(bytes, question.password.as_deref(), &limits));
    let Ok(answer) = read else {
        return PANICKED;
    };
    let Ok(answer) = serde_json::to_vec(&answer) else {
        return PANICKED;
    };
    match send(&mut stdout().lock(), &answer) {
        Ok(()) => DONE,
        Err(_) => NOT_UNDERSTOOD,
    }
}

fn read(bytes: Vec<u8>, password: Option<&str>, limits: &Limits) -> Answer {
    let document = match Document::open(bytes, password, limits) {
        Ok(document) => document,
        Err(fault) => return Answer::Refused(refusal(&fault)),
    };
    let mut found = Found { encrypted: document.encrypted(), ..Found::default() };
    for warning in document.warnings() {
        match warning {
            Warning::EndMissing => found.cut = true,
            Warning::PageCount { promised, found: there } => found.missing = promised.saturating_sub(*there),
            #[allow(unreachable_patterns)]
            _ => {}
        }
    }
    for page in 1..=document.page_count() {
        let size = document.page_size(page);
        let words = document.words(page);
        found.sizes.push(size.clone().unwrap_or((0.0, 0.0)));
        found.words.push(words.as_ref().map_or(0, |w| u32::try_from(w.words.len()).unwrap_or(u32::MAX)));
        match (size, words) {
            (Ok(_), Ok(words)) => {
                if words.has_invisible {
                    found.invisible.push(page);
                }
                if words.words.iter().any(|w| w.covered) {
                    found.covered.push(page);
                }
                if words.partly_blind() {
                    found.blind.push(page);
                }
            }
            (Err(fault), _) | (_, Err(fault)) if is_limit(&fault) => {
                return Answer::Refused(Refused::TooMuch);
            }
            _ => found.unreadable.push(page),
        }
    }
    Answer::Read(found)
}

fn refusal(fault: &Fault) -> Refused {
    match fault {
        Fault::NotAPdf => Refused::NotAPdf,
        Fault::Truncated => Refused::Truncated,
        Fault::NoPages => Refused::NoPages,
        Fault::NeedsPassword => Refused::NeedsPassword,
        Fault::WrongPassword => Refused::WrongPassword,
        Fault::UnknownEncryption => Refused::UnknownEncryption,
        Fault::TooManyPages { .. } => Refused::TooManyPages,
        fault if is_limit(fault) => Refused::TooMuch,
        _ => Refused::Unreadable,
    }
}

fn is_limit(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::FileTooLarge { .. }
            | Fault::StreamTooLarge { .. }
            | Fault::TotalTooLarge { .. }
            | Fault::TooDeep { .. }
            | Fault::TooManyParts
            | Fault::PictureTooLarge { .. }
    )
}
