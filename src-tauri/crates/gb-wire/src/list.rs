//! The one list of commands.

use crate::{Fault, FaultCode, Surroundings, views::*};
use gb_model::{NewRequest, Organisation};
use serde_json::Value;

/// What a command answers with.
#[derive(Debug)]
pub enum Reply {
    /// A value, as JSON.
    Json(Value),
    /// A picture, as the bytes of an image file.
    Bytes(Vec<u8>),
}

/// A command as the generator of TypeScript sees it.
pub struct Command {
    /// Its name on the wire.
    pub name: &'static str,
    /// TypeScript name of its input.
    pub input: fn(&ts_rs::Config) -> String,
    /// TypeScript name of its output.
    pub output: fn(&ts_rs::Config) -> String,
    /// Whether it may be called while the vault is locked.
    pub while_locked: bool,
    /// What it does.
    pub doc: &'static str,
}

/// Turns an output into a [`Reply`] and names it for TypeScript.
trait Output {
    fn reply(self) -> Reply;
    fn ts(cfg: &ts_rs::Config) -> String;
}

/// The bytes of a picture.
pub type Bytes = Vec<u8>;

impl Output for Bytes {
    fn reply(self) -> Reply {
        Reply::Bytes(self)
    }
    fn ts(_: &ts_rs::Config) -> String {
        "ArrayBuffer".into()
    }
}

macro_rules! json_output {
    ($($ty:ty),* $(,)?) => { $(impl Output for $ty {
        fn reply(self) -> Reply {
            // Our own views hold only strings, numbers, lists and options: they always have a JSON form.
            Reply::Json(serde_json::to_value(self).expect("a view has a JSON form"))
        }
        fn ts(cfg: &ts_rs::Config) -> String {
            <$ty as ts_rs::TS>::name(cfg)
        }
    })* };
}

json_output!(
    Nothing,
    VaultStatus,
    Strength,
    RecoverySheet,
    Organisation,
    Today,
    Vec<RequestRow>,
    RequestView,
    ClockView,
    Added,
    PageView,
    PageOutcome,
    Marks,
    PhraseHits,
    Undone,
    Vec<CodeView>,
    PackPlan,
    PackView,
    Saved,
    Vec<HistoryRow>,
    JournalView,
    Vec<SearchHit>,
    HandbookPage,
    Vec<ProposalView>,
    Preferences
);

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $access:ident $name:ident($input:ty) -> $output:ty;)*) => {
        /// Every command, one method each. `gb-desk` implements it.
        pub trait Commands: Sync {
            /// Whether a vault is open.
            fn is_open(&self) -> bool;
            $($(#[doc = $doc])+
            fn $name(&self, input: $input, at: &dyn Surroundings) -> Result<$output, Fault>;)*
        }

        /// Every command, in the order of this list.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            input: <$input as ts_rs::TS>::name,
            output: <$output as Output>::ts,
            while_locked: commands!(@access $access),
            doc: concat!($($doc),+),
        }),*];

        /// Carries one call to the desk: is the vault open, does the input read, what is the answer.
        pub fn dispatch(desk: &dyn Commands, name: &str, input: Value, at: &dyn Surroundings) -> Result<Reply, Fault> {
            match name {
                $(stringify!($name) => {
                    if !commands!(@access $access) && !desk.is_open() {
                        return Err(Fault::locked());
                    }
                    let input: $input = read(name, input)?;
                    desk.$name(input, at).map(Output::reply)
                })*
                _ => Err(misused(format!("There is no command called “{}”.", name.chars().take(40).collect::<String>()))),
            }
        }
    };
    (@access open) => { false };
    (@access locked) => { true };
}

fn read<T: serde::de::DeserializeOwned>(name: &str, input: Value) -> Result<T, Fault> {
    // serde's own message can quote the input, which may be personal: only its position and kind are safe to repeat.
    serde_json::from_value(input)
        .map_err(|_| misused(format!("The call “{name}” came with values it cannot take.")))
}

fn misused(what: String) -> Fault {
    Fault::new(what, "Nothing was changed.", "Start Guardbook again; if it comes back, report it.")
        .with_code(FaultCode::Misused)
}

commands! {
    /// Whether there is a vault, and whether it is open.
    locked vault_status(Nothing) -> VaultStatus;
    /// Weighs a passphrase honestly.
    locked phrase_strength(Phrase) -> Strength;
    /// Makes the organisation's vault and opens it; answers with the recovery key, once.
    locked vault_new(NewVault) -> RecoverySheet;
    /// Opens a vault.
    locked vault_unlock(Unlock) -> VaultStatus;
    /// Locks it.
    locked vault_lock(Nothing) -> VaultStatus;
    /// Makes the practice vault where there is none, and opens it.
    locked practice_open(Nothing) -> VaultStatus;
    /// A page of the handbook.
    locked handbook(HandbookKey) -> HandbookPage;
    /// Writes the recovery sheet as a PDF where the person says; only until the key is checked back.
    open recovery_sheet_save(Nothing) -> Saved;
    /// Checks two groups of the recovery key back.
    open recovery_confirm(RecoveryCheck) -> VaultStatus;
    /// Makes a new recovery key, given the passphrase; the old one opens nothing any more.
    open recovery_again(Phrase) -> RecoverySheet;
    /// How the person likes the window.
    open preferences(Nothing) -> Preferences;
    /// Keeps it.
    open preferences_save(Preferences) -> Preferences;
    /// The controller's particulars.
    open organisation(Nothing) -> Organisation;
    /// Changes them; answers with them as kept.
    open organisation_save(Organisation) -> Organisation;
    /// What is due, overdue or waiting.
    open today(Nothing) -> Today;
    /// Lists requests, soonest due first.
    open requests(RequestFilter) -> Vec<RequestRow>;
    /// Logs a request.
    open request_log(NewRequest) -> RequestView;
    /// One request, whole.
    open request(IdRef) -> RequestView;
    /// Corrects a request's facts.
    open request_change(ChangeRequest) -> RequestView;
    /// The clock a request would have, before it is logged.
    open clock_preview(ClockDraft) -> ClockView;
    /// Records something that moves the clock.
    open clock_event(RecordClockEvent) -> RequestView;
    /// Asks for files and adds them to a request.
    open documents_add(IdRef) -> Added;
    /// Opens a waiting file with its password.
    open document_password(FilePassword) -> Added;
    /// Changes a document's title, date, place or whether it goes into the pack.
    open document_change(ChangeDocument) -> RequestView;
    /// Takes a document and its marks off a request.
    open document_remove(IdRef) -> RequestView;
    /// A page's size and words.
    open page(PageRef) -> PageView;
    /// A picture of a page as the source draws it.
    open page_picture(PictureOf) -> Bytes;
    /// A picture of a page cut from a really rebuilt file.
    open after_picture(PictureOf) -> Bytes;
    /// Notes that somebody has looked at a page.
    open page_seen(PageRef) -> RequestView;
    /// How a page will be written: rebuilt, or a picture, and what to compare on it.
    open page_outcome(PageRef) -> PageOutcome;
    /// Notes that somebody has looked at a page and its result side by side.
    open page_compared(PageRef) -> RequestView;
    /// A document's marks.
    open marks(IdRef) -> Marks;
    /// Makes a mark.
    open mark_add(AddMark) -> Marks;
    /// Changes a mark.
    open mark_change(ChangeMark) -> Marks;
    /// Takes a mark away.
    open mark_remove(IdRef) -> Marks;
    /// Counts a phrase before it is marked.
    open phrase_find(PhraseQuery) -> PhraseHits;
    /// Proposes what to look at in a document: patterns, names, repeats. Never the person's own.
    open proposals(IdRef) -> Vec<ProposalView>;
    /// Undoes the last committed action on a request in this session.
    open undo(IdRef) -> Undone;
    /// Does it again.
    open redo(IdRef) -> Undone;
    /// The catalogue of codes, as this organisation may use it.
    open codes(Nothing) -> Vec<CodeView>;
    /// What would be sealed, and what stands in the way.
    open pack_plan(IdRef) -> PackPlan;
    /// Builds every document as the seal would, keeps nothing but how each page went, and answers with the plan. Long; can be cancelled.
    open pack_foresee(IdRef) -> PackPlan;
    /// Keeps the words of the cover letter that belong to this case.
    open letter_save(LetterWords) -> PackPlan;
    /// Rebuilds, proves, joins and seals a pack. Long; can be cancelled.
    open pack_seal(IdRef) -> PackView;
    /// Writes a sealed pack where the person says.
    open pack_save(IdRef) -> Saved;
    /// Writes the organisation's own file copy of a pack: the pack, its certificate and the schedule with notes. Internal.
    open pack_save_file_copy(IdRef) -> Saved;
    /// Writes a pack's certificate as JSON where the person says.
    open pack_save_certificate(IdRef) -> Saved;
    /// A picture of a page of a sealed pack; `document` is the pack's key.
    open pack_picture(PictureOf) -> Bytes;
    /// Records that a pack was sent, and closes the request.
    open pack_sent(RecordSending) -> RequestView;
    /// What was done on a request, newest first.
    open history(IdRef) -> Vec<HistoryRow>;
    /// The journal and whether its chain holds.
    open journal(Nothing) -> JournalView;
    /// Looks for words in requests and documents' titles.
    open search(SearchQuery) -> Vec<SearchHit>;
}
