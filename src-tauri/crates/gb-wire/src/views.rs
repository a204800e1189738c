//! What crosses to the window: plain values, with every date, sum and explanation already worked out.

use chrono::NaiveDate;
use gb_model::{
    Disclosure, Document, Evidence, Extension, Id, Mark, NewMark, NewRequest, Organisation, Pack, Personal,
    Reference, Regulator, Request, RequestState, Right,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! wire {
    ($($(#[$meta:meta])* $kind:ident $name:ident $body:tt)*) => {
        $($(#[$meta])* #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)] #[serde(rename_all = "snake_case")] pub $kind $name $body)*
    };
}

wire! {
/// No input, or no answer.
struct Nothing {}

/// Which of the two vaults on this laptop.
#[derive(Copy)]
enum Which {
    /// The organisation's own.
    Own,
    /// The invented one, for practice.
    Practice,
}

/// What opens a vault.
#[derive(Copy)]
enum By {
    /// The passphrase.
    Phrase,
    /// The recovery key on its printed sheet.
    RecoveryKey,
}

/// Whether there is a vault and whether it is open.
#[derive(Copy)]
enum VaultState {
    /// No vault has been made on this laptop.
    None,
    /// There is one, locked.
    Locked,
    /// Open.
    Open,
}

/// The vault as the window needs to know it.
struct VaultStatus {
    /// None, locked or open.
    pub state: VaultState,
    /// Which vault is open, or was last.
    pub which: Which,
    /// The folder, for people to read.
    pub folder: String,
    /// Whether the organisation's own vault exists.
    pub own_exists: bool,
    /// Whether the practice vault exists.
    pub practice_exists: bool,
    /// The organisation's name, once open.
    pub organisation: Option<String>,
    /// Seconds to wait before another phrase is tried.
    pub wait_seconds: u32,
    /// Whether the recovery key has been checked back since the vault was made.
    pub recovery_confirmed: bool,
    /// Minutes of idleness before the vault locks itself.
    pub lock_after_minutes: u32,
    /// Version of Guardbook.
    pub version: String,
    /// The day in London, as the desk knows it.
    pub today: NaiveDate,
    /// The regulator a new vault starts from; the DPO checks it.
    pub default_regulator: Regulator,
}

/// A passphrase to weigh or to use.
struct Phrase {
    /// The passphrase.
    pub phrase: Personal<String>,
}

/// How long a passphrase would stand against somebody who has the laptop.
struct Strength {
    /// Zero (none) to four (ample).
    pub score: u32,
    /// Whether it is enough for a vault.
    pub enough: bool,
    /// One honest sentence.
    pub says: String,
}

/// What is needed to make a vault.
struct NewVault {
    /// The controller.
    pub organisation: Organisation,
    /// The passphrase.
    pub phrase: Personal<String>,
}

/// The recovery key, shown and printed once.
struct RecoverySheet {
    /// Eight groups of four characters and a check group.
    pub recovery_key: Personal<String>,
    /// The two groups, counted from one, that are asked back.
    pub ask_back: [u32; 2],
}

/// The two groups typed back from the printed sheet.
struct RecoveryCheck {
    /// What was typed for the first and the second group asked.
    pub groups: [String; 2],
}

/// An attempt to open a vault.
struct Unlock {
    /// Which vault.
    pub which: Which,
    /// Passphrase or recovery key.
    pub by: By,
    /// The text typed.
    pub secret: Personal<String>,
}

/// A key of a row.
#[derive(Copy)]
struct IdRef {
    /// The key.
    #[ts(type = "number")]
    pub id: Id,
}

/// One sentence of an explanation and the rule it rests on.
struct Sentence {
    /// The sentence.
    pub text: String,
    /// Rule or provision, such as `Art 12A(2)`.
    pub rule: String,
}

/// Days that do not count.
struct ExcludedDays {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// How many.
    pub days: u32,
}

/// How a clock stands.
#[derive(Copy)]
enum ClockState {
    /// Something asked for has not arrived: no due date yet.
    NotStarted,
    /// Running.
    Running,
    /// Waiting for a clarification.
    Paused,
    /// Past the last lawful day.
    Overdue,
    /// Answered.
    Stopped,
}

/// A clock with its working shown.
struct ClockView {
    /// How it stands.
    pub state: ClockState,
    /// One short sentence on how it stands, such as “12 days left”.
    pub says: String,
    /// The day the clock started.
    pub relevant: Option<NaiveDate>,
    /// One month (or three) from it.
    pub base: Option<NaiveDate>,
    /// The last lawful day.
    pub statutory_due: Option<NaiveDate>,
    /// The day to work to.
    pub cautious_due: Option<NaiveDate>,
    /// Last day for an extension notice.
    pub extension_notice_by: Option<NaiveDate>,
    /// Twenty-eight days, the target inside the organisation.
    pub target: Option<NaiveDate>,
    /// Last day to post the answer.
    pub post_by: Option<NaiveDate>,
    /// If the open clarification were answered today.
    pub if_answered_today: Option<NaiveDate>,
    /// Days to the working deadline; negative when past.
    pub days_left: Option<i32>,
    /// Share of the period used, 0 to 1, for the bar.
    pub used: f32,
    /// Days that did not count.
    pub excluded: Vec<ExcludedDays>,
    /// `ART12A` or `PRE-DUAA`.
    pub rule: String,
    /// How this date was worked out.
    pub how: Vec<Sentence>,
}

/// What is known when a clock is wanted before the request is logged.
struct ClockDraft {
    /// Which right.
    pub right: Right,
    /// The true receipt date.
    pub received: NaiveDate,
}

/// Something that moves a clock.
enum ClockEvent {
    /// Identity evidence was asked for, or has arrived, or is no longer needed.
    Identity(Option<Evidence>),
    /// A representative's authority.
    Authority(Option<Evidence>),
    /// A fee.
    Fee(Option<Evidence>),
    /// A clarification was asked.
    ClarificationAsked {
        /// The day.
        asked: NaiveDate,
        /// Why it was reasonably required.
        why: String,
        /// What was asked.
        what: String,
    },
    /// The last clarification was answered.
    ClarificationAnswered {
        /// The day.
        answered: NaiveDate,
    },
    /// The last clarification was recorded by mistake.
    ClarificationRemoved,
    /// The period was extended, or the extension recorded by mistake.
    Extension(Option<Extension>),
}

/// A clock event of a request.
struct RecordClockEvent {
    /// The request.
    #[ts(type = "number")]
    pub request: Id,
    /// What happened.
    pub event: ClockEvent,
}

/// A row of the list of requests.
struct RequestRow {
    /// Key.
    #[ts(type = "number")]
    pub id: Id,
    /// Reference.
    pub reference: Reference,
    /// Who it is about.
    pub person: Personal<String>,
    /// Which right.
    pub right: Right,
    /// True receipt date.
    pub received: NaiveDate,
    /// Where it stands.
    pub state: RequestState,
    /// Its clock.
    pub clock: ClockView,
    /// Documents.
    pub documents: u32,
    /// Marks.
    pub marks: u32,
}

/// Which requests to list.
struct RequestFilter {
    /// Words to look for in name and reference; empty for all.
    pub text: String,
    /// Only those in this state.
    pub state: Option<RequestState>,
}

/// A request with everything its screen shows.
struct RequestView {
    /// The request.
    pub request: Request,
    /// Its clock.
    pub clock: ClockView,
    /// Its documents, in pack order.
    pub documents: Vec<DocumentRow>,
    /// Its sealed packs, newest first.
    pub packs: Vec<PackView>,
    /// What Ctrl+Z would undo, in words.
    pub can_undo: Option<String>,
    /// What Ctrl+Y would do again, in words.
    pub can_redo: Option<String>,
}

/// A correction to a request.
struct ChangeRequest {
    /// The request.
    #[ts(type = "number")]
    pub request: Id,
    /// The facts as they should be.
    pub facts: NewRequest,
}

/// A document in a list.
struct DocumentRow {
    /// The document.
    pub document: Document,
    /// Marks on it.
    pub marks: u32,
    /// Marks without a code or with an unanswered question.
    pub unfinished: u32,
    /// Pages with a mark, in order.
    pub marked_pages: Vec<u32>,
    /// The earlier document of this request with the same bytes, by position.
    pub duplicate_of: Option<u32>,
    /// Things to tell the DPO about this file, such as text that search cannot see.
    pub notices: Vec<String>,
}

/// What became of files that were offered.
struct Added {
    /// The request as it is now.
    pub request: RequestView,
    /// How many documents came in.
    pub added: u32,
    /// Files that could not be read, each with its reason.
    pub refused: Vec<RefusedFile>,
    /// Files that want a password.
    pub waiting: Vec<WaitingFile>,
}

/// A file that could not be read.
struct RefusedFile {
    /// Its name.
    pub name: Personal<String>,
    /// Why, what is safe, what to do.
    pub fault: crate::Fault,
}

/// A file that wants a password.
struct WaitingFile {
    /// Token to answer with.
    pub token: String,
    /// Its name.
    pub name: Personal<String>,
    /// Whether a password was tried and did not open it.
    pub wrong: bool,
}

/// A password for a waiting file.
struct FilePassword {
    /// The request.
    #[ts(type = "number")]
    pub request: Id,
    /// The token.
    pub token: String,
    /// The password.
    pub password: Personal<String>,
}

/// Changes to a document's row.
struct ChangeDocument {
    /// The document.
    #[ts(type = "number")]
    pub document: Id,
    /// Its title.
    pub title: Personal<String>,
    /// The date it bears.
    pub dated: Option<NaiveDate>,
    /// Its place in the pack, from one.
    pub position: u32,
    /// Disclosed or withheld.
    pub disclosure: Disclosure,
    /// Code for a withheld one.
    pub withheld_code: Option<String>,
}

/// A page of a document.
#[derive(Copy)]
struct PageRef {
    /// The document.
    #[ts(type = "number")]
    pub document: Id,
    /// Page, from 1.
    pub page: u32,
}

/// A picture of a page.
#[derive(Copy)]
struct PictureOf {
    /// The document.
    #[ts(type = "number")]
    pub document: Id,
    /// Page, from 1.
    pub page: u32,
    /// Dots per inch, 10 to 300.
    pub dpi: u32,
}

/// A word on a page, where it is drawn. Points, origin top left.
struct WordView {
    /// The word.
    pub text: Personal<String>,
    /// Left, top, right, bottom.
    pub rect: [f32; 4],
    /// Line, from 0, in reading order.
    pub line: u32,
    /// Whether it is there for search only, such as the text layer of a scan.
    pub invisible: bool,
}

/// A page with its words.
struct PageView {
    /// Page, from 1.
    pub page: u32,
    /// Width as displayed, points.
    pub width: f32,
    /// Height as displayed, points.
    pub height: f32,
    /// Words in reading order.
    pub words: Vec<WordView>,
    /// Characters that search cannot see.
    pub unreadable: u32,
    /// What search cannot see on this page, in words; none when it sees everything.
    pub blind: Option<String>,
}

/// How a page will be written, as far as the desk knows.
struct PageOutcome {
    /// Page, from 1.
    pub page: u32,
    /// `rebuilt`, `picture`, or empty when the desk has not looked ahead.
    pub how: String,
    /// The same as a sentence; empty when it is not known.
    pub says: String,
    /// What a person should compare with their own eyes, in sentences.
    pub concerns: Vec<String>,
    /// Whether somebody has compared this page with its source as it will be now.
    pub compared: bool,
}

/// Where a mark lies on a page.
struct Place {
    /// Page, from 1.
    pub page: u32,
    /// One rectangle a line: left, top, right, bottom.
    pub rects: Vec<[f32; 4]>,
}

/// A mark with where it lies and what it still lacks.
struct MarkView {
    /// The mark.
    pub mark: Mark,
    /// Where it lies, page by page.
    pub places: Vec<Place>,
    /// What it still lacks, in words.
    pub gaps: Vec<String>,
    /// What the search behind it could not see, in words; none for a mark that needs no search.
    pub caution: Option<String>,
}

/// A mark to make.
struct AddMark {
    /// The document.
    #[ts(type = "number")]
    pub document: Id,
    /// The mark.
    pub mark: NewMark,
}

/// A mark to change.
struct ChangeMark {
    /// The mark.
    #[ts(type = "number")]
    pub mark: Id,
    /// As it should be.
    pub facts: NewMark,
}

/// The marks of a document after a change.
struct Marks {
    /// The document.
    #[ts(type = "number")]
    pub document: Id,
    /// All its marks, in page order.
    pub marks: Vec<MarkView>,
    /// What Ctrl+Z would undo, in words.
    pub can_undo: Option<String>,
    /// What Ctrl+Y would do again, in words.
    pub can_redo: Option<String>,
}

/// A phrase to count before marking it.
struct PhraseQuery {
    /// The document.
    #[ts(type = "number")]
    pub document: Id,
    /// What to look for.
    pub find: Personal<String>,
    /// Only where it stands as a word of its own.
    pub whole_word: bool,
}

/// Where a phrase stands.
struct PhraseHits {
    /// How many times.
    pub total: u32,
    /// Page by page.
    pub places: Vec<Place>,
    /// What search could not see, in words; none when it saw everything.
    pub caution: Option<String>,
}

/// Something on a page that the DPO may want to look at. Nothing is marked until somebody says so.
struct ProposalView {
    /// Page, from 1.
    pub page: u32,
    /// One rectangle a line: left, top, right, bottom.
    pub rects: Vec<[f32; 4]>,
    /// What stands there.
    pub text: Personal<String>,
    /// Such as `name`, `telephone`, `postcode`.
    pub kind: String,
    /// What proposals of the same person or number have in common.
    pub group: Personal<String>,
    /// How many proposals the group has in this document.
    pub times: u32,
    /// Why it is proposed.
    pub why: String,
    /// A code that is often right for it.
    pub code_hint: Option<String>,
}

/// How the person likes the window.
struct Preferences {
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Size of text, in hundredths of the usual: 100 to 200.
    pub text: u32,
}

/// The documents and marks that undo or redo touched.
struct Undone {
    /// What was undone or done again, in words; none when there was nothing.
    pub says: Option<String>,
    /// The document it happened on.
    #[ts(type = "number | null")]
    pub document: Option<Id>,
}

/// One of the answers a question offers.
struct ChoiceView {
    /// What is kept.
    pub key: String,
    /// What is shown.
    pub text: String,
}

/// A question a code asks.
struct QuestionView {
    /// Key.
    pub key: String,
    /// The question.
    pub text: String,
    /// `text`, `yes_no`, `date` or `choice`.
    pub kind: String,
    /// Choices, for `choice`.
    pub choices: Vec<ChoiceView>,
    /// Whether it must be answered.
    pub required: bool,
}

/// A code of the catalogue.
struct CodeView {
    /// Code, such as `3P`.
    pub code: String,
    /// `exemption` or `not_exemption`.
    pub group: String,
    /// Label in plain words.
    pub label: String,
    /// Citation.
    pub citation: String,
    /// When it is used.
    pub when_used: String,
    /// Whether the requester may be left untold.
    pub may_be_untold: bool,
    /// Whether a review date is asked for.
    pub expires: bool,
    /// Questions to answer.
    pub questions: Vec<QuestionView>,
    /// Why this organisation cannot use it, if it cannot.
    pub refused: Option<String>,
    /// One of the few used every day; offered first, with the keys 1 to 9.
    pub common: bool,
}

/// Something that must be true before a pack is sealed.
struct Gate {
    /// What must be true.
    pub says: String,
    /// Whether it is.
    pub met: bool,
    /// What is missing, in words; empty when met.
    pub missing: String,
    /// Tab where it is put right: `request`, `clock`, `documents`, `redact`, `pack` or `settings`.
    pub tab: String,
    /// Document, where one is meant.
    #[ts(type = "number | null")]
    pub document: Option<Id>,
    /// Page, where one is meant.
    pub page: Option<u32>,
}

/// A part of Article 15(1) that the cover letter must give.
struct LetterPart {
    /// Key, such as `purposes`.
    pub key: String,
    /// What it is, in words.
    pub label: String,
    /// Provision.
    pub provision: String,
    /// The words that will stand in the letter.
    pub text: String,
}

/// The words of the cover letter that belong to this case.
struct LetterWords {
    /// The request.
    #[ts(type = "number")]
    pub request: Id,
    /// Part by part.
    pub parts: Vec<LetterPart>,
}

/// A document as the plan sees it.
struct PlanRow {
    /// Position.
    pub position: u32,
    /// Key.
    #[ts(type = "number")]
    pub document: Id,
    /// Title.
    pub title: Personal<String>,
    /// Date it bears.
    pub dated: Option<NaiveDate>,
    /// Pages.
    pub pages: u32,
    /// `in full`, `in part` or `withheld`.
    pub outcome: String,
    /// Codes used on it.
    pub codes: Vec<String>,
    /// Marks on it.
    pub marks: u32,
}

/// Pages of a document that follow one another and go the same way.
struct PageRun {
    /// First page.
    pub from: u32,
    /// Last page.
    pub to: u32,
    /// `rebuilt` or `picture`.
    pub how: String,
    /// Such as “Page 15 becomes a picture, because …”.
    pub says: String,
}

/// A page that a person should compare with its source.
struct Concern {
    /// Page, from 1.
    pub page: u32,
    /// Why, in sentences.
    pub says: Vec<String>,
    /// Whether somebody has looked at source and result side by side since its marks last changed.
    pub compared: bool,
}

/// How the pages of a document will be written.
struct AheadView {
    /// The document.
    #[ts(type = "number")]
    pub document: Id,
    /// Its position.
    pub position: u32,
    /// Whether the desk has looked ahead since the document or its marks last changed.
    pub known: bool,
    /// Pages that go the same way, in order.
    pub runs: Vec<PageRun>,
    /// Pages to compare.
    pub concerns: Vec<Concern>,
    /// Why the document cannot be sealed as it is marked; empty when it can.
    pub refused: String,
}

/// How the pages of a pack will be written, as far as the desk knows.
struct AheadOfSeal {
    /// Pages the desk has not looked ahead at.
    pub unknown: u32,
    /// Whether that is little enough to be done without being asked.
    pub at_once: bool,
    /// Every document that goes into the pack, in order.
    pub documents: Vec<AheadView>,
}

/// What would be sealed, and what stands in the way.
struct PackPlan {
    /// The request.
    #[ts(type = "number")]
    pub request: Id,
    /// The gates.
    pub gates: Vec<Gate>,
    /// Whether all are met.
    pub ready: bool,
    /// Documents in order.
    pub rows: Vec<PlanRow>,
    /// Codes that will stand in the key.
    pub codes: Vec<String>,
    /// The letter's parts.
    pub letter: LetterWords,
    /// Things to know that do not stop the pack.
    pub cautions: Vec<String>,
    /// How each page will be written.
    pub ahead: AheadOfSeal,
}

/// A sealed pack.
struct PackView {
    /// The pack.
    pub pack: Pack,
    /// Whether a later one supersedes it.
    pub superseded: bool,
    /// The day in London on which it was sealed.
    pub sealed_on: NaiveDate,
    /// When it was sent, if it was.
    pub sent: Option<Sending>,
}

/// How and when a pack was sent.
struct Sending {
    /// The day.
    pub on: NaiveDate,
    /// How.
    pub method: String,
}

/// Records that a pack was sent.
struct RecordSending {
    /// The pack.
    #[ts(type = "number")]
    pub pack: Id,
    /// How and when.
    pub sending: Sending,
}

/// A file that was written.
struct Saved {
    /// The file's name, none when the person thought better of it.
    pub name: Option<String>,
}

/// One thing that is due, overdue or waiting.
struct DueRow {
    /// The request.
    #[ts(type = "number")]
    pub request: Id,
    /// Its reference.
    pub reference: Reference,
    /// Who it is about.
    pub person: Personal<String>,
    /// Why it is here.
    pub why: String,
    /// Tab where it is done.
    pub tab: String,
    /// Its clock.
    pub clock: ClockView,
}

/// A heading and what stands under it.
struct DueGroup {
    /// Such as “Overdue” or “This week”.
    pub heading: String,
    /// Rows, soonest first.
    pub rows: Vec<DueRow>,
}

/// A figure for the board.
struct Figure {
    /// What it counts.
    pub label: String,
    /// How many.
    pub value: u32,
    /// One line below it.
    pub note: String,
}

/// A day with something on it, for the year strip.
struct StripDay {
    /// The day.
    pub on: NaiveDate,
    /// How many things are due.
    pub due: u32,
    /// What they are.
    pub says: String,
}

/// The first screen.
struct Today {
    /// The day.
    pub date: NaiveDate,
    /// Groups, most urgent first.
    pub groups: Vec<DueGroup>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// The strip of the coming year.
    pub strip: Vec<StripDay>,
}

/// A row of a history.
struct HistoryRow {
    /// Row number in the journal.
    #[ts(type = "number")]
    pub seq: Id,
    /// When, RFC 3339, UTC.
    pub at: String,
    /// The same moment in London, as people write it.
    pub when: String,
    /// Who.
    pub actor: String,
    /// What was done, in words.
    pub says: String,
    /// What was touched: keys and field names.
    pub touched: String,
}

/// The journal, newest first, and whether its chain holds.
struct JournalView {
    /// Rows.
    pub rows: Vec<HistoryRow>,
    /// How many there are in all.
    pub total: u32,
    /// First sixteen hex digits of the head.
    pub head: String,
    /// Whether every row follows from the one before.
    pub unbroken: bool,
}

/// Words to look for anywhere.
struct SearchQuery {
    /// The words.
    pub text: String,
}

/// A place found.
struct SearchHit {
    /// What it is.
    pub title: Personal<String>,
    /// A second line.
    pub detail: String,
    /// The request to open.
    #[ts(type = "number")]
    pub request: Id,
}

/// A page of the handbook.
struct HandbookPage {
    /// Key, such as `redact`.
    pub key: String,
    /// Title.
    pub title: String,
    /// Paragraphs and headings; lines that start with `## ` are headings, `- ` list items.
    pub text: String,
}

/// Which page of the handbook.
struct HandbookKey {
    /// Key.
    pub key: String,
}
}
