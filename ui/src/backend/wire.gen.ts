// Made by `cargo xtask fix` from gb-wire. Do not edit.

export type Nation = "EW" | "SCT" | "NI";

export type ControllerKind = "private_registered_provider" | "local_authority" | "almo" | "scottish_rsl";

export type Officer = { 
/**
 * Full name, as it stands under letters.
 */
name: string, 
/**
 * Job title.
 */
title: string, 
/**
 * E-mail address given to residents.
 */
email: string, 
/**
 * Telephone number given to residents.
 */
phone: string, };

export type Regulator = { 
/**
 * The name residents know it by.
 */
name: string, 
/**
 * Postal address, one line an entry.
 */
address: Array<string>, 
/**
 * Telephone number.
 */
phone: string, 
/**
 * Web address, printed and never opened.
 */
web: string, };

export type Organisation = { 
/**
 * Legal name.
 */
name: string, 
/**
 * Postal address, one line an entry.
 */
address: Array<string>, 
/**
 * Nation, which sets the calendar.
 */
nation: Nation, 
/**
 * Kind of landlord.
 */
kind: ControllerKind, 
/**
 * The data protection officer.
 */
officer: Officer, 
/**
 * The regulator's particulars.
 */
regulator: Regulator, 
/**
 * Where the privacy notice can be read; printed in letters.
 */
privacy_notice: string, 
/**
 * Minutes without a key or a click before the vault locks itself.
 */
lock_after_minutes: number, };

export type Right = "access" | "rectification" | "erasure" | "restriction" | "portability" | "objection" | "marketing" | "automated_decision" | "consent_withdrawal";

export type Channel = "letter" | "email" | "phone" | "in_person" | "web_form" | "social_media" | "representative";

export type Subject = { 
/**
 * Full name.
 */
name: string, 
/**
 * Postal address for the answer, one line an entry.
 */
address: Array<string>, 
/**
 * E-mail address, if known.
 */
email: string, 
/**
 * Other names the person goes by: never proposed for redaction.
 */
also_known_as: Array<string>, };

export type Evidence = { 
/**
 * The day it was asked for.
 */
asked: string, 
/**
 * Why it was needed.
 */
why: string, 
/**
 * What exactly was asked for (or the amount of a fee).
 */
what: string, 
/**
 * The day it arrived; none while it is outstanding.
 */
received: string | null, };

export type Clarification = { 
/**
 * The day it was asked.
 */
asked: string, 
/**
 * Why it was reasonably required.
 */
why: string, 
/**
 * What was asked.
 */
what: string, 
/**
 * The day the person answered.
 */
answered: string | null, };

export type Extension = { 
/**
 * The day the person was told.
 */
notified: string, 
/**
 * Why the request is complex, or which other requests there are.
 */
reasons: string, };

export type ClockEvents = { 
/**
 * Identity evidence, where there were reasonable doubts.
 */
identity: Evidence | null, 
/**
 * A representative's authority.
 */
authority: Evidence | null, 
/**
 * A fee.
 */
fee: Evidence | null, 
/**
 * Clarifications, in the order asked.
 */
clarifications: Array<Clarification>, 
/**
 * The extension.
 */
extension: Extension | null, };

export type NewRequest = { 
/**
 * Which right.
 */
right: Right, 
/**
 * Who it is about.
 */
subject: Subject, 
/**
 * How it came.
 */
channel: Channel, 
/**
 * Who took it, in any part of the organisation.
 */
taken_by: string, 
/**
 * The day anybody in the organisation received it (`SAR-2`): the clock's day.
 */
received: string, 
/**
 * What the person said or wrote, word for word.
 */
words: string, 
/**
 * The company or member of the group the request is addressed to.
 */
entity: string, };

export type RequestState = "open" | "sealed" | "closed";

export type Request = { 
/**
 * Row key.
 */
id: number, 
/**
 * Reference printed on everything.
 */
reference: Reference, 
/**
 * The day it was entered; never starts a clock.
 */
logged: string, 
/**
 * What has moved its clock.
 */
clock: ClockEvents, 
/**
 * Where it stands.
 */
state: RequestState, 
/**
 * The day it was closed.
 */
closed: string | null, 
/**
 * Which right.
 */
right: Right, 
/**
 * Who it is about.
 */
subject: Subject, 
/**
 * How it came.
 */
channel: Channel, 
/**
 * Who took it, in any part of the organisation.
 */
taken_by: string, 
/**
 * The day anybody in the organisation received it (`SAR-2`): the clock's day.
 */
received: string, 
/**
 * What the person said or wrote, word for word.
 */
words: string, 
/**
 * The company or member of the group the request is addressed to.
 */
entity: string, };

export type Reference = string;

export type Disclosure = "disclosed" | "withheld";

export type Document = { 
/**
 * Row key.
 */
id: number, 
/**
 * The request it belongs to.
 */
request: number, 
/**
 * Its place in the pack, from one.
 */
position: number, 
/**
 * What the DPO calls it; printed in the schedule.
 */
title: string, 
/**
 * The date the document bears, if the DPO recorded it.
 */
dated: string | null, 
/**
 * How many pages it has.
 */
pages: number, 
/**
 * Size of the original in bytes.
 */
size: number, 
/**
 * SHA-256 of the original, in hex.
 */
sha256: string, 
/**
 * Whether it goes into the pack.
 */
disclosure: Disclosure, 
/**
 * The code under which a withheld document stays out.
 */
withheld_code: string | null, 
/**
 * The day it was added.
 */
added: string, 
/**
 * Pages somebody has looked at, in order.
 */
seen: Array<number>, };

export type MarkShape = { "shape": "rect", 
/**
 * Page, from 1.
 */
page: number, 
/**
 * Left, top, right, bottom.
 */
rect: [number, number, number, number], } | { "shape": "words", 
/**
 * Page, from 1.
 */
page: number, 
/**
 * Left, top, right, bottom of each line of the run.
 */
rects: Array<[number, number, number, number]>, 
/**
 * The words themselves, for the DPO's list; never leaves the vault.
 */
text: string, } | { "shape": "phrase", 
/**
 * What to look for.
 */
find: string, 
/**
 * Only on this page.
 */
page: number | null, 
/**
 * Only where it stands as a word of its own.
 */
whole_word: boolean, } | { "shape": "whole_page", 
/**
 * Page, from 1.
 */
page: number, };

export type Answer = { 
/**
 * The question's key in the catalogue.
 */
question: string, 
/**
 * What the DPO answered.
 */
answer: string, };

export type NewMark = { 
/**
 * What it covers.
 */
shape: MarkShape, 
/**
 * Code from the catalogue; a mark without one stops the pack (`RED-1`).
 */
code: string | null, 
/**
 * A note for the file; never printed in the resident's pack (`RED-3`).
 */
note: string, 
/**
 * Answers to the questions the code asks.
 */
answers: Array<Answer>, 
/**
 * The day to reconsider an expiring ground (`RED-4`).
 */
review_on: string | null, };

export type Mark = { 
/**
 * Row key.
 */
id: number, 
/**
 * The document it stands on.
 */
document: number, 
/**
 * Who made it (`SAR-39`).
 */
decided_by: string, 
/**
 * The day it was made.
 */
decided_on: string, 
/**
 * What it covers.
 */
shape: MarkShape, 
/**
 * Code from the catalogue; a mark without one stops the pack (`RED-1`).
 */
code: string | null, 
/**
 * A note for the file; never printed in the resident's pack (`RED-3`).
 */
note: string, 
/**
 * Answers to the questions the code asks.
 */
answers: Array<Answer>, 
/**
 * The day to reconsider an expiring ground (`RED-4`).
 */
review_on: string | null, };

export type Pack = { 
/**
 * Row key.
 */
id: number, 
/**
 * The request it answers.
 */
request: number, 
/**
 * Its number within the request, from one.
 */
number: number, 
/**
 * The moment it was sealed, RFC 3339, UTC.
 */
sealed_at: string, 
/**
 * SHA-256 of the file, in hex.
 */
sha256: string, 
/**
 * Size in bytes.
 */
size: number, 
/**
 * How many pages it has, cover letter and schedule included.
 */
pages: number, 
/**
 * The certificate, as one JSON text.
 */
certificate: string, };

export type FaultCode = "locked" | "wrong_phrase" | "vault_unopened" | "refused" | "unreadable" | "cancelled" | "not_found" | "misused";

export type Fault = { 
/**
 * What happened.
 */
what: string, 
/**
 * What is safe.
 */
safe: string, 
/**
 * What to do next.
 */
next: string, 
/**
 * Set only where the screen or a script acts on it.
 */
code: FaultCode | null, 
/**
 * The field of a form the fault belongs to.
 */
field: string | null, };

export type Progress = { 
/**
 * What is being done now, in words.
 */
stage: string, 
/**
 * Steps done in this stage.
 */
done: number, 
/**
 * Steps in this stage.
 */
total: number, };

export type Nothing = Record<symbol, never>;

export type Which = "own" | "practice";

export type By = "phrase" | "recovery_key";

export type VaultState = "none" | "locked" | "open";

export type VaultStatus = { 
/**
 * None, locked or open.
 */
state: VaultState, 
/**
 * Which vault is open, or was last.
 */
which: Which, 
/**
 * The folder, for people to read.
 */
folder: string, 
/**
 * Whether the organisation's own vault exists.
 */
own_exists: boolean, 
/**
 * Whether the practice vault exists.
 */
practice_exists: boolean, 
/**
 * The organisation's name, once open.
 */
organisation: string | null, 
/**
 * Seconds to wait before another phrase is tried.
 */
wait_seconds: number, 
/**
 * Whether the recovery key has been checked back since the vault was made.
 */
recovery_confirmed: boolean, 
/**
 * Minutes of idleness before the vault locks itself.
 */
lock_after_minutes: number, 
/**
 * Version of Guardbook.
 */
version: string, 
/**
 * The day in London, as the desk knows it.
 */
today: string, 
/**
 * The regulator a new vault starts from; the DPO checks it.
 */
default_regulator: Regulator, };

export type Phrase = { 
/**
 * The passphrase.
 */
phrase: string, };

export type Strength = { 
/**
 * Zero (none) to four (ample).
 */
score: number, 
/**
 * Whether it is enough for a vault.
 */
enough: boolean, 
/**
 * One honest sentence.
 */
says: string, };

export type NewVault = { 
/**
 * The controller.
 */
organisation: Organisation, 
/**
 * The passphrase.
 */
phrase: string, };

export type RecoverySheet = { 
/**
 * Eight groups of four characters and a check group.
 */
recovery_key: string, 
/**
 * The two groups, counted from one, that are asked back.
 */
ask_back: [number, number], };

export type RecoveryCheck = { 
/**
 * What was typed for the first and the second group asked.
 */
groups: [string, string], };

export type Unlock = { 
/**
 * Which vault.
 */
which: Which, 
/**
 * Passphrase or recovery key.
 */
by: By, 
/**
 * The text typed.
 */
secret: string, };

export type IdRef = { 
/**
 * The key.
 */
id: number, };

export type Sentence = { 
/**
 * The sentence.
 */
text: string, 
/**
 * Rule or provision, such as `Art 12A(2)`.
 */
rule: string, };

export type ExcludedDays = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * How many.
 */
days: number, };

export type ClockState = "not_started" | "running" | "paused" | "overdue" | "stopped";

export type ClockView = { 
/**
 * How it stands.
 */
state: ClockState, 
/**
 * One short sentence on how it stands, such as “12 days left”.
 */
says: string, 
/**
 * The day the clock started.
 */
relevant: string | null, 
/**
 * One month (or three) from it.
 */
base: string | null, 
/**
 * The last lawful day.
 */
statutory_due: string | null, 
/**
 * The day to work to.
 */
cautious_due: string | null, 
/**
 * Last day for an extension notice.
 */
extension_notice_by: string | null, 
/**
 * Twenty-eight days, the target inside the organisation.
 */
target: string | null, 
/**
 * Last day to post the answer.
 */
post_by: string | null, 
/**
 * If the open clarification were answered today.
 */
if_answered_today: string | null, 
/**
 * Days to the working deadline; negative when past.
 */
days_left: number | null, 
/**
 * Share of the period used, 0 to 1, for the bar.
 */
used: number, 
/**
 * Days that did not count.
 */
excluded: Array<ExcludedDays>, 
/**
 * `ART12A` or `PRE-DUAA`.
 */
rule: string, 
/**
 * How this date was worked out.
 */
how: Array<Sentence>, };

export type ClockDraft = { 
/**
 * Which right.
 */
right: Right, 
/**
 * The true receipt date.
 */
received: string, };

export type ClockEvent = { "identity": Evidence | null } | { "authority": Evidence | null } | { "fee": Evidence | null } | { "clarification_asked": { 
/**
 * The day.
 */
asked: string, 
/**
 * Why it was reasonably required.
 */
why: string, 
/**
 * What was asked.
 */
what: string, } } | { "clarification_answered": { 
/**
 * The day.
 */
answered: string, } } | "clarification_removed" | { "extension": Extension | null };

export type RecordClockEvent = { 
/**
 * The request.
 */
request: number, 
/**
 * What happened.
 */
event: ClockEvent, };

export type RequestRow = { 
/**
 * Key.
 */
id: number, 
/**
 * Reference.
 */
reference: Reference, 
/**
 * Who it is about.
 */
person: string, 
/**
 * Which right.
 */
right: Right, 
/**
 * True receipt date.
 */
received: string, 
/**
 * Where it stands.
 */
state: RequestState, 
/**
 * Its clock.
 */
clock: ClockView, 
/**
 * Documents.
 */
documents: number, 
/**
 * Marks.
 */
marks: number, };

export type RequestFilter = { 
/**
 * Words to look for in name and reference; empty for all.
 */
text: string, 
/**
 * Only those in this state.
 */
state: RequestState | null, };

export type RequestView = { 
/**
 * The request.
 */
request: Request, 
/**
 * Its clock.
 */
clock: ClockView, 
/**
 * Its documents, in pack order.
 */
documents: Array<DocumentRow>, 
/**
 * Its sealed packs, newest first.
 */
packs: Array<PackView>, 
/**
 * What Ctrl+Z would undo, in words.
 */
can_undo: string | null, 
/**
 * What Ctrl+Y would do again, in words.
 */
can_redo: string | null, };

export type ChangeRequest = { 
/**
 * The request.
 */
request: number, 
/**
 * The facts as they should be.
 */
facts: NewRequest, };

export type DocumentRow = { 
/**
 * The document.
 */
document: Document, 
/**
 * Marks on it.
 */
marks: number, 
/**
 * Marks without a code or with an unanswered question.
 */
unfinished: number, 
/**
 * Pages with a mark, in order.
 */
marked_pages: Array<number>, 
/**
 * The earlier document of this request with the same bytes, by position.
 */
duplicate_of: number | null, 
/**
 * Things to tell the DPO about this file, such as text that search cannot see.
 */
notices: Array<string>, };

export type Added = { 
/**
 * The request as it is now.
 */
request: RequestView, 
/**
 * How many documents came in.
 */
added: number, 
/**
 * Files that could not be read, each with its reason.
 */
refused: Array<RefusedFile>, 
/**
 * Files that want a password.
 */
waiting: Array<WaitingFile>, };

export type RefusedFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Why, what is safe, what to do.
 */
fault: Fault, };

export type WaitingFile = { 
/**
 * Token to answer with.
 */
token: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether a password was tried and did not open it.
 */
wrong: boolean, };

export type FilePassword = { 
/**
 * The request.
 */
request: number, 
/**
 * The token.
 */
token: string, 
/**
 * The password.
 */
password: string, };

export type ChangeDocument = { 
/**
 * The document.
 */
document: number, 
/**
 * Its title.
 */
title: string, 
/**
 * The date it bears.
 */
dated: string | null, 
/**
 * Its place in the pack, from one.
 */
position: number, 
/**
 * Disclosed or withheld.
 */
disclosure: Disclosure, 
/**
 * Code for a withheld one.
 */
withheld_code: string | null, };

export type PageRef = { 
/**
 * The document.
 */
document: number, 
/**
 * Page, from 1.
 */
page: number, };

export type PictureOf = { 
/**
 * The document.
 */
document: number, 
/**
 * Page, from 1.
 */
page: number, 
/**
 * Dots per inch, 10 to 300.
 */
dpi: number, };

export type WordView = { 
/**
 * The word.
 */
text: string, 
/**
 * Left, top, right, bottom.
 */
rect: [number, number, number, number], 
/**
 * Line, from 0, in reading order.
 */
line: number, 
/**
 * Whether it is there for search only, such as the text layer of a scan.
 */
invisible: boolean, };

export type PageView = { 
/**
 * Page, from 1.
 */
page: number, 
/**
 * Width as displayed, points.
 */
width: number, 
/**
 * Height as displayed, points.
 */
height: number, 
/**
 * Words in reading order.
 */
words: Array<WordView>, 
/**
 * Characters that search cannot see.
 */
unreadable: number, 
/**
 * What search cannot see on this page, in words; none when it sees everything.
 */
blind: string | null, };

export type PageOutcome = { 
/**
 * Page, from 1.
 */
page: number, 
/**
 * `rebuilt`, `picture`, or empty when the desk has not looked ahead.
 */
how: string, 
/**
 * The same as a sentence; empty when it is not known.
 */
says: string, 
/**
 * What a person should compare with their own eyes, in sentences.
 */
concerns: Array<string>, 
/**
 * Whether somebody has compared this page with its source as it will be now.
 */
compared: boolean, };

export type Place = { 
/**
 * Page, from 1.
 */
page: number, 
/**
 * One rectangle a line: left, top, right, bottom.
 */
rects: Array<[number, number, number, number]>, };

export type MarkView = { 
/**
 * The mark.
 */
mark: Mark, 
/**
 * Where it lies, page by page.
 */
places: Array<Place>, 
/**
 * What it still lacks, in words.
 */
gaps: Array<string>, 
/**
 * What the search behind it could not see, in words; none for a mark that needs no search.
 */
caution: string | null, };

export type AddMark = { 
/**
 * The document.
 */
document: number, 
/**
 * The mark.
 */
mark: NewMark, };

export type ChangeMark = { 
/**
 * The mark.
 */
mark: number, 
/**
 * As it should be.
 */
facts: NewMark, };

export type Marks = { 
/**
 * The document.
 */
document: number, 
/**
 * All its marks, in page order.
 */
marks: Array<MarkView>, 
/**
 * What Ctrl+Z would undo, in words.
 */
can_undo: string | null, 
/**
 * What Ctrl+Y would do again, in words.
 */
can_redo: string | null, };

export type PhraseQuery = { 
/**
 * The document.
 */
document: number, 
/**
 * What to look for.
 */
find: string, 
/**
 * Only where it stands as a word of its own.
 */
whole_word: boolean, };

export type PhraseHits = { 
/**
 * How many times.
 */
total: number, 
/**
 * Page by page.
 */
places: Array<Place>, 
/**
 * What search could not see, in words; none when it saw everything.
 */
caution: string | null, };

export type ProposalView = { 
/**
 * Page, from 1.
 */
page: number, 
/**
 * One rectangle a line: left, top, right, bottom.
 */
rects: Array<[number, number, number, number]>, 
/**
 * What stands there.
 */
text: string, 
/**
 * Such as `name`, `telephone`, `postcode`.
 */
kind: string, 
/**
 * What proposals of the same person or number have in common.
 */
group: string, 
/**
 * How many proposals the group has in this document.
 */
times: number, 
/**
 * Why it is proposed.
 */
why: string, 
/**
 * A code that is often right for it.
 */
code_hint: string | null, };

export type Preferences = { 
/**
 * `system`, `light` or `dark`.
 */
theme: string, 
/**
 * Size of text, in hundredths of the usual: 100 to 200.
 */
text: number, };

export type Undone = { 
/**
 * What was undone or done again, in words; none when there was nothing.
 */
says: string | null, 
/**
 * The document it happened on.
 */
document: number | null, };

export type ChoiceView = { 
/**
 * What is kept.
 */
key: string, 
/**
 * What is shown.
 */
text: string, };

export type QuestionView = { 
/**
 * Key.
 */
key: string, 
/**
 * The question.
 */
text: string, 
/**
 * `text`, `yes_no`, `date` or `choice`.
 */
kind: string, 
/**
 * Choices, for `choice`.
 */
choices: Array<ChoiceView>, 
/**
 * Whether it must be answered.
 */
required: boolean, };

export type CodeView = { 
/**
 * Code, such as `3P`.
 */
code: string, 
/**
 * `exemption` or `not_exemption`.
 */
group: string, 
/**
 * Label in plain words.
 */
label: string, 
/**
 * Citation.
 */
citation: string, 
/**
 * When it is used.
 */
when_used: string, 
/**
 * Whether the requester may be left untold.
 */
may_be_untold: boolean, 
/**
 * Whether a review date is asked for.
 */
expires: boolean, 
/**
 * Questions to answer.
 */
questions: Array<QuestionView>, 
/**
 * Why this organisation cannot use it, if it cannot.
 */
refused: string | null, 
/**
 * One of the few used every day; offered first, with the keys 1 to 9.
 */
common: boolean, };

export type Gate = { 
/**
 * What must be true.
 */
says: string, 
/**
 * Whether it is.
 */
met: boolean, 
/**
 * What is missing, in words; empty when met.
 */
missing: string, 
/**
 * Tab where it is put right: `request`, `clock`, `documents`, `redact`, `pack` or `settings`.
 */
tab: string, 
/**
 * Document, where one is meant.
 */
document: number | null, 
/**
 * Page, where one is meant.
 */
page: number | null, };

export type LetterPart = { 
/**
 * Key, such as `purposes`.
 */
key: string, 
/**
 * What it is, in words.
 */
label: string, 
/**
 * Provision.
 */
provision: string, 
/**
 * The words that will stand in the letter.
 */
text: string, };

export type LetterWords = { 
/**
 * The request.
 */
request: number, 
/**
 * Part by part.
 */
parts: Array<LetterPart>, };

export type PlanRow = { 
/**
 * Position.
 */
position: number, 
/**
 * Key.
 */
document: number, 
/**
 * Title.
 */
title: string, 
/**
 * Date it bears.
 */
dated: string | null, 
/**
 * Pages.
 */
pages: number, 
/**
 * `in full`, `in part` or `withheld`.
 */
outcome: string, 
/**
 * Codes used on it.
 */
codes: Array<string>, 
/**
 * Marks on it.
 */
marks: number, };

export type PageRun = { 
/**
 * First page.
 */
from: number, 
/**
 * Last page.
 */
to: number, 
/**
 * `rebuilt` or `picture`.
 */
how: string, 
/**
 * Such as “Page 15 becomes a picture, because …”.
 */
says: string, };

export type Concern = { 
/**
 * Page, from 1.
 */
page: number, 
/**
 * Why, in sentences.
 */
says: Array<string>, 
/**
 * Whether somebody has looked at source and result side by side since its marks last changed.
 */
compared: boolean, };

export type AheadView = { 
/**
 * The document.
 */
document: number, 
/**
 * Its position.
 */
position: number, 
/**
 * Whether the desk has looked ahead since the document or its marks last changed.
 */
known: boolean, 
/**
 * Pages that go the same way, in order.
 */
runs: Array<PageRun>, 
/**
 * Pages to compare.
 */
concerns: Array<Concern>, 
/**
 * Why the document cannot be sealed as it is marked; empty when it can.
 */
refused: string, };

export type AheadOfSeal = { 
/**
 * Pages the desk has not looked ahead at.
 */
unknown: number, 
/**
 * Whether that is little enough to be done without being asked.
 */
at_once: boolean, 
/**
 * Every document that goes into the pack, in order.
 */
documents: Array<AheadView>, };

export type PackPlan = { 
/**
 * The request.
 */
request: number, 
/**
 * The gates.
 */
gates: Array<Gate>, 
/**
 * Whether all are met.
 */
ready: boolean, 
/**
 * Documents in order.
 */
rows: Array<PlanRow>, 
/**
 * Codes that will stand in the key.
 */
codes: Array<string>, 
/**
 * The letter's parts.
 */
letter: LetterWords, 
/**
 * Things to know that do not stop the pack.
 */
cautions: Array<string>, 
/**
 * How each page will be written.
 */
ahead: AheadOfSeal, };

export type PackView = { 
/**
 * The pack.
 */
pack: Pack, 
/**
 * Whether a later one supersedes it.
 */
superseded: boolean, 
/**
 * The day in London on which it was sealed.
 */
sealed_on: string, 
/**
 * When it was sent, if it was.
 */
sent: Sending | null, };

export type Sending = { 
/**
 * The day.
 */
on: string, 
/**
 * How.
 */
method: string, };

export type RecordSending = { 
/**
 * The pack.
 */
pack: number, 
/**
 * How and when.
 */
sending: Sending, };

export type Saved = { 
/**
 * The file's name, none when the person thought better of it.
 */
name: string | null, };

export type DueRow = { 
/**
 * The request.
 */
request: number, 
/**
 * Its reference.
 */
reference: Reference, 
/**
 * Who it is about.
 */
person: string, 
/**
 * Why it is here.
 */
why: string, 
/**
 * Tab where it is done.
 */
tab: string, 
/**
 * Its clock.
 */
clock: ClockView, };

export type DueGroup = { 
/**
 * Such as “Overdue” or “This week”.
 */
heading: string, 
/**
 * Rows, soonest first.
 */
rows: Array<DueRow>, };

export type Figure = { 
/**
 * What it counts.
 */
label: string, 
/**
 * How many.
 */
value: number, 
/**
 * One line below it.
 */
note: string, };

export type StripDay = { 
/**
 * The day.
 */
on: string, 
/**
 * How many things are due.
 */
due: number, 
/**
 * What they are.
 */
says: string, };

export type Today = { 
/**
 * The day.
 */
date: string, 
/**
 * Groups, most urgent first.
 */
groups: Array<DueGroup>, 
/**
 * Figures.
 */
figures: Array<Figure>, 
/**
 * The strip of the coming year.
 */
strip: Array<StripDay>, };

export type HistoryRow = { 
/**
 * Row number in the journal.
 */
seq: number, 
/**
 * When, RFC 3339, UTC.
 */
at: string, 
/**
 * The same moment in London, as people write it.
 */
when: string, 
/**
 * Who.
 */
actor: string, 
/**
 * What was done, in words.
 */
says: string, 
/**
 * What was touched: keys and field names.
 */
touched: string, };

export type JournalView = { 
/**
 * Rows.
 */
rows: Array<HistoryRow>, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * First sixteen hex digits of the head.
 */
head: string, 
/**
 * Whether every row follows from the one before.
 */
unbroken: boolean, };

export type SearchQuery = { 
/**
 * The words.
 */
text: string, };

export type SearchHit = { 
/**
 * What it is.
 */
title: string, 
/**
 * A second line.
 */
detail: string, 
/**
 * The request to open.
 */
request: number, };

export type HandbookPage = { 
/**
 * Key, such as `redact`.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Paragraphs and headings; lines that start with `## ` are headings, `- ` list items.
 */
text: string, };

export type HandbookKey = { 
/**
 * Key.
 */
key: string, };

export interface Calls {
  /** Whether there is a vault, and whether it is open. */
  vault_status: { input: Nothing; output: VaultStatus };
  /** Weighs a passphrase honestly. */
  phrase_strength: { input: Phrase; output: Strength };
  /** Makes the organisation's vault and opens it; answers with the recovery key, once. */
  vault_new: { input: NewVault; output: RecoverySheet };
  /** Opens a vault. */
  vault_unlock: { input: Unlock; output: VaultStatus };
  /** Locks it. */
  vault_lock: { input: Nothing; output: VaultStatus };
  /** Makes the practice vault where there is none, and opens it. */
  practice_open: { input: Nothing; output: VaultStatus };
  /** A page of the handbook. */
  handbook: { input: HandbookKey; output: HandbookPage };
  /** Writes the recovery sheet as a PDF where the person says; only until the key is checked back. */
  recovery_sheet_save: { input: Nothing; output: Saved };
  /** Checks two groups of the recovery key back. */
  recovery_confirm: { input: RecoveryCheck; output: VaultStatus };
  /** Makes a new recovery key, given the passphrase; the old one opens nothing any more. */
  recovery_again: { input: Phrase; output: RecoverySheet };
  /** How the person likes the window. */
  preferences: { input: Nothing; output: Preferences };
  /** Keeps it. */
  preferences_save: { input: Preferences; output: Preferences };
  /** The controller's particulars. */
  organisation: { input: Nothing; output: Organisation };
  /** Changes them; answers with them as kept. */
  organisation_save: { input: Organisation; output: Organisation };
  /** What is due, overdue or waiting. */
  today: { input: Nothing; output: Today };
  /** Lists requests, soonest due first. */
  requests: { input: RequestFilter; output: Array<RequestRow> };
  /** Logs a request. */
  request_log: { input: NewRequest; output: RequestView };
  /** One request, whole. */
  request: { input: IdRef; output: RequestView };
  /** Corrects a request's facts. */
  request_change: { input: ChangeRequest; output: RequestView };
  /** The clock a request would have, before it is logged. */
  clock_preview: { input: ClockDraft; output: ClockView };
  /** Records something that moves the clock. */
  clock_event: { input: RecordClockEvent; output: RequestView };
  /** Asks for files and adds them to a request. */
  documents_add: { input: IdRef; output: Added };
  /** Opens a waiting file with its password. */
  document_password: { input: FilePassword; output: Added };
  /** Changes a document's title, date, place or whether it goes into the pack. */
  document_change: { input: ChangeDocument; output: RequestView };
  /** Takes a document and its marks off a request. */
  document_remove: { input: IdRef; output: RequestView };
  /** A page's size and words. */
  page: { input: PageRef; output: PageView };
  /** A picture of a page as the source draws it. */
  page_picture: { input: PictureOf; output: ArrayBuffer };
  /** A picture of a page cut from a really rebuilt file. */
  after_picture: { input: PictureOf; output: ArrayBuffer };
  /** Notes that somebody has looked at a page. */
  page_seen: { input: PageRef; output: RequestView };
  /** How a page will be written: rebuilt, or a picture, and what to compare on it. */
  page_outcome: { input: PageRef; output: PageOutcome };
  /** Notes that somebody has looked at a page and its result side by side. */
  page_compared: { input: PageRef; output: RequestView };
  /** A document's marks. */
  marks: { input: IdRef; output: Marks };
  /** Makes a mark. */
  mark_add: { input: AddMark; output: Marks };
  /** Changes a mark. */
  mark_change: { input: ChangeMark; output: Marks };
  /** Takes a mark away. */
  mark_remove: { input: IdRef; output: Marks };
  /** Counts a phrase before it is marked. */
  phrase_find: { input: PhraseQuery; output: PhraseHits };
  /** Proposes what to look at in a document: patterns, names, repeats. Never the person's own. */
  proposals: { input: IdRef; output: Array<ProposalView> };
  /** Undoes the last committed action on a request in this session. */
  undo: { input: IdRef; output: Undone };
  /** Does it again. */
  redo: { input: IdRef; output: Undone };
  /** The catalogue of codes, as this organisation may use it. */
  codes: { input: Nothing; output: Array<CodeView> };
  /** What would be sealed, and what stands in the way. */
  pack_plan: { input: IdRef; output: PackPlan };
  /** Builds every document as the seal would, keeps nothing but how each page went, and answers with the plan. Long; can be cancelled. */
  pack_foresee: { input: IdRef; output: PackPlan };
  /** Keeps the words of the cover letter that belong to this case. */
  letter_save: { input: LetterWords; output: PackPlan };
  /** Rebuilds, proves, joins and seals a pack. Long; can be cancelled. */
  pack_seal: { input: IdRef; output: PackView };
  /** Writes a sealed pack where the person says. */
  pack_save: { input: IdRef; output: Saved };
  /** Writes the organisation's own file copy of a pack: the pack, its certificate and the schedule with notes. Internal. */
  pack_save_file_copy: { input: IdRef; output: Saved };
  /** Writes a pack's certificate as JSON where the person says. */
  pack_save_certificate: { input: IdRef; output: Saved };
  /** A picture of a page of a sealed pack; `document` is the pack's key. */
  pack_picture: { input: PictureOf; output: ArrayBuffer };
  /** Records that a pack was sent, and closes the request. */
  pack_sent: { input: RecordSending; output: RequestView };
  /** What was done on a request, newest first. */
  history: { input: IdRef; output: Array<HistoryRow> };
  /** The journal and whether its chain holds. */
  journal: { input: Nothing; output: JournalView };
  /** Looks for words in requests and documents' titles. */
  search: { input: SearchQuery; output: Array<SearchHit> };
}
