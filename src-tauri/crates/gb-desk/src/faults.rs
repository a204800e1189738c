//! Faults of the crates below, as three sentences for a person.

use gb_store::{OpenFault, StoreFault};
use gb_wire::{Fault, FaultCode};

/// The vault did not open.
pub(crate) fn open(fault: OpenFault) -> Fault {
    let code = match fault {
        OpenFault::WrongPhrase | OpenFault::WrongRecoveryKey | OpenFault::Recovery(_) => {
            FaultCode::WrongPhrase
        }
        _ => FaultCode::VaultUnopened,
    };
    sentences(&fault.to_string()).with_code(code)
}

/// The open vault could not do what was asked.
pub(crate) fn store(fault: StoreFault) -> Fault {
    let code = match fault {
        StoreFault::NotFound { .. } => Some(FaultCode::NotFound),
        _ => None,
    };
    let mut out = sentences(&fault.to_string());
    out.code = code;
    out
}

/// A fault of the engine: a document that cannot be read, a mark that cannot be placed, a proof that failed.
pub(crate) fn engine(fault: &gb_redact::Fault) -> Fault {
    use gb_redact::Fault as Engine;
    let code = match fault {
        Engine::Cancelled => FaultCode::Cancelled,
        Engine::NoSuchPage { .. }
        | Engine::MarkOffPage { .. }
        | Engine::PhraseNotFound { .. }
        | Engine::BadCode { .. }
        | Engine::TooManyMarks { .. }
        | Engine::NotProved { .. }
        | Engine::Forbidden { .. }
        | Engine::Internal { .. } => FaultCode::Refused,
        _ => FaultCode::Unreadable,
    };
    // The engine says what happened and sometimes what to do; that it changed nothing is known here.
    let said = fault.to_string();
    let (what, next) = match said.split_once(". ") {
        Some((what, next)) => (format!("{what}."), next.to_owned()),
        None if matches!(fault, Engine::NeedsPassword | Engine::WrongPassword) => {
            (said, "Give its password and try again, or ask the sender for an unlocked copy.".to_owned())
        }
        None => (said, next_for(code).to_owned()),
    };
    let safe = if code == FaultCode::Unreadable {
        "Nothing was added and nothing was changed."
    } else {
        "No file was written and nothing was changed."
    };
    Fault::new(what, safe, next).with_code(code)
}

fn next_for(code: FaultCode) -> &'static str {
    match code {
        FaultCode::Cancelled => "Start it again when you are ready.",
        FaultCode::Unreadable => "Ask the sender for another copy, or print it to PDF where it still opens.",
        _ => "Change the mark it names and try again.",
    }
}

/// The crates below say what happened, what is safe and what to do next, as sentences in that order; what they say
/// beyond the third belongs to what to do.
pub(crate) fn sentences(text: &str) -> Fault {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while parts.len() < 2 {
        match rest.find(". ") {
            Some(end) => {
                parts.push(rest[..=end].to_owned());
                rest = rest[end + 2..].trim_start();
            }
            None => break,
        }
    }
    parts.push(rest.to_owned());
    let mut parts = parts.into_iter();
    let what = parts.next().unwrap_or_default();
    let safe = parts.next().unwrap_or_else(|| "Nothing was changed.".to_owned());
    let next = parts.next().unwrap_or_else(|| "Try again.".to_owned());
    Fault::new(what, safe, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_sentences_make_a_fault() {
        for (text, what, safe, next) in [
            ("It broke. All is safe. Try again. Or not.", "It broke.", "All is safe.", "Try again. Or not."),
            ("It broke.", "It broke.", "Nothing was changed.", "Try again."),
            ("It broke. Do this.", "It broke.", "Do this.", "Try again."),
        ] {
            let fault = sentences(text);
            assert_eq!((fault.what.as_str(), fault.safe.as_str(), fault.next.as_str()), (what, safe, next));
        }
    }
}
