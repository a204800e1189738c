//! The TypeScript the window is compiled against. Generated, committed, never edited.

use crate::{COMMANDS, Fault, FaultCode, Progress, views::*};
use gb_model::*;
use ts_rs::TS;

macro_rules! declarations {
    ($cfg:expr; $($ty:ty),* $(,)?) => { vec![$(<$ty as TS>::decl($cfg)),*] };
}

/// The whole of `ui/src/backend/wire.gen.ts`.
pub fn typescript() -> String {
    let cfg = &ts_rs::Config::new().with_large_int("number");
    let types = declarations![cfg;
        // gb-model
        Nation, ControllerKind, Officer, Regulator, Organisation, Right, Channel, Subject, Evidence, Clarification,
        Extension, ClockEvents, NewRequest, RequestState, Request, Reference, Disclosure, Document, MarkShape, Answer,
        NewMark, Mark, Pack,
        // faults and progress
        FaultCode, Fault, Progress,
        // views
        Nothing, Which, By, VaultState, VaultStatus, Phrase, Strength, NewVault, RecoverySheet, RecoveryCheck, Unlock,
        IdRef, Sentence, ExcludedDays, ClockState, ClockView, ClockDraft, ClockEvent, RecordClockEvent, RequestRow,
        RequestFilter, RequestView, ChangeRequest, DocumentRow, Added, RefusedFile, WaitingFile, FilePassword,
        ChangeDocument, PageRef, PictureOf, WordView, PageView, PageOutcome, Place, MarkView, AddMark, ChangeMark, Marks, PhraseQuery,
        PhraseHits, ProposalView, Preferences, Undone, ChoiceView, QuestionView, CodeView, Gate, LetterPart, LetterWords, PlanRow, PageRun, Concern, AheadView, AheadOfSeal, PackPlan, PackView, Sending,
        RecordSending, Saved, DueRow, DueGroup, Figure, StripDay, Today, HistoryRow, JournalView, SearchQuery, SearchHit,
        HandbookPage, HandbookKey,
    ];
    let mut out = String::from("// Made by `cargo xtask fix` from gb-wire. Do not edit.\n\n");
    for declaration in types {
        out.push_str("export ");
        out.push_str(&declaration);
        out.push_str("\n\n");
    }
    out.push_str("export interface Calls {\n");
    for command in COMMANDS {
        out.push_str(&format!(
            "  /** {} */\n  {}: {{ input: {}; output: {} }};\n",
            command.doc.trim(),
            command.name,
            (command.input)(cfg),
            (command.output)(cfg)
        ));
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_named_in_a_call_is_declared() {
        let text = typescript();
        let cfg = &ts_rs::Config::new();
        for command in COMMANDS {
            for name in [(command.input)(cfg), (command.output)(cfg)] {
                let bare = name.trim_start_matches("Array<").trim_end_matches('>').to_owned();
                assert!(
                    bare == "ArrayBuffer" || text.contains(&format!("export type {bare} =")),
                    "{} uses {bare}, which is not declared",
                    command.name
                );
            }
        }
    }
}
