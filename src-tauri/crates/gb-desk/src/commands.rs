//! The contract of `gb-wire`, command by command. Nothing is decided here: each line hands on to the module that
//! does the thing.

use crate::session::Desk;
use crate::{faults, handbook, history, settings, strength};
use gb_model::{NewRequest, Organisation};
use gb_wire::{
    AddMark, Added, ChangeDocument, ChangeMark, ChangeRequest, ClockDraft, ClockView, CodeView, Commands,
    Fault, FilePassword, HandbookKey, HandbookPage, HistoryRow, IdRef, JournalView, LetterWords, Marks,
    NewVault, Nothing, PackPlan, PackView, PageOutcome, PageRef, PageView, Phrase, PhraseHits, PhraseQuery,
    PictureOf, Preferences, ProposalView, RecordClockEvent, RecordSending, RecoveryCheck, RecoverySheet,
    RequestFilter, RequestRow, RequestView, Saved, SearchHit, SearchQuery, Strength, Surroundings, Today,
    Undone, Unlock, VaultStatus,
};

/// Rows of the journal shown at once.
const JOURNAL_ROWS: u32 = 500;

impl Commands for Desk {
    fn is_open(&self) -> bool {
        self.open_now()
    }

    fn vault_status(&self, _: Nothing, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        self.status(at)
    }

    fn phrase_strength(&self, input: Phrase, _: &dyn Surroundings) -> Result<Strength, Fault> {
        Ok(strength::weigh(input.phrase.as_str(), &[]))
    }

    fn vault_new(&self, input: NewVault, at: &dyn Surroundings) -> Result<RecoverySheet, Fault> {
        self.new_vault(&input.organisation, input.phrase.as_str(), at)
    }

    fn vault_unlock(&self, input: Unlock, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        self.unlock(&input, at)
    }

    fn vault_lock(&self, _: Nothing, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        self.close();
        self.status(at)
    }

    fn practice_open(&self, _: Nothing, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        self.open_practice(at)
    }

    fn handbook(&self, input: HandbookKey, _: &dyn Surroundings) -> Result<HandbookPage, Fault> {
        handbook::page(&input.key)
    }

    fn recovery_sheet_save(&self, _: Nothing, at: &dyn Surroundings) -> Result<Saved, Fault> {
        self.save_recovery_sheet(at)
    }

    fn recovery_confirm(&self, input: RecoveryCheck, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        self.confirm_recovery(&input, at)
    }

    fn recovery_again(&self, input: Phrase, at: &dyn Surroundings) -> Result<RecoverySheet, Fault> {
        self.new_recovery_key(input.phrase.as_str(), at)
    }

    fn preferences(&self, _: Nothing, _: &dyn Surroundings) -> Result<Preferences, Fault> {
        self.with(|open| Ok(settings::preferences(open)))
    }

    fn preferences_save(&self, input: Preferences, at: &dyn Surroundings) -> Result<Preferences, Fault> {
        self.save_preferences(&input, at)
    }

    fn organisation(&self, _: Nothing, _: &dyn Surroundings) -> Result<Organisation, Fault> {
        self.with(|open| open.organisation())
    }

    fn organisation_save(&self, input: Organisation, at: &dyn Surroundings) -> Result<Organisation, Fault> {
        self.save_organisation(&input, at)
    }

    fn today(&self, _: Nothing, at: &dyn Surroundings) -> Result<Today, Fault> {
        self.today_screen(at)
    }

    fn requests(&self, input: RequestFilter, at: &dyn Surroundings) -> Result<Vec<RequestRow>, Fault> {
        self.list_requests(&input, at)
    }

    fn request_log(&self, input: NewRequest, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.log_request(&input, at)
    }

    fn request(&self, input: IdRef, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.request_view(input.id, at)
    }

    fn request_change(&self, input: ChangeRequest, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.correct_request(input.request, &input.facts, at)
    }

    fn clock_preview(&self, input: ClockDraft, at: &dyn Surroundings) -> Result<ClockView, Fault> {
        self.preview_clock(&input, at)
    }

    fn clock_event(&self, input: RecordClockEvent, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.record_clock_event(&input, at)
    }

    fn documents_add(&self, input: IdRef, at: &dyn Surroundings) -> Result<Added, Fault> {
        self.add_documents(input.id, at)
    }

    fn document_password(&self, input: FilePassword, at: &dyn Surroundings) -> Result<Added, Fault> {
        self.open_waiting(&input, at)
    }

    fn document_change(&self, input: ChangeDocument, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.change_document(&input, at)
    }

    fn document_remove(&self, input: IdRef, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.remove_document(input.id, at)
    }

    fn page(&self, input: PageRef, _: &dyn Surroundings) -> Result<PageView, Fault> {
        self.page_view(&input)
    }

    fn page_picture(&self, input: PictureOf, _: &dyn Surroundings) -> Result<Vec<u8>, Fault> {
        self.picture(&input)
    }

    fn after_picture(&self, input: PictureOf, _: &dyn Surroundings) -> Result<Vec<u8>, Fault> {
        self.picture_after(&input)
    }

    fn page_seen(&self, input: PageRef, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.see(&input, at)
    }

    fn page_outcome(&self, input: PageRef, _: &dyn Surroundings) -> Result<PageOutcome, Fault> {
        self.outcome_of_page(&input)
    }

    fn page_compared(&self, input: PageRef, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.compare(&input, at)
    }

    fn marks(&self, input: IdRef, _: &dyn Surroundings) -> Result<Marks, Fault> {
        self.marks_of(input.id)
    }

    fn mark_add(&self, input: AddMark, at: &dyn Surroundings) -> Result<Marks, Fault> {
        self.add_mark(&input, at)
    }

    fn mark_change(&self, input: ChangeMark, at: &dyn Surroundings) -> Result<Marks, Fault> {
        self.change_mark(&input, at)
    }

    fn mark_remove(&self, input: IdRef, at: &dyn Surroundings) -> Result<Marks, Fault> {
        self.remove_mark(input.id, at)
    }

    fn phrase_find(&self, input: PhraseQuery, _: &dyn Surroundings) -> Result<PhraseHits, Fault> {
        self.find_phrase(&input)
    }

    fn proposals(&self, input: IdRef, _: &dyn Surroundings) -> Result<Vec<ProposalView>, Fault> {
        self.propose(input.id)
    }

    fn undo(&self, input: IdRef, at: &dyn Surroundings) -> Result<Undone, Fault> {
        self.undo_last(input.id, at)
    }

    fn redo(&self, input: IdRef, at: &dyn Surroundings) -> Result<Undone, Fault> {
        self.redo_last(input.id, at)
    }

    fn codes(&self, _: Nothing, _: &dyn Surroundings) -> Result<Vec<CodeView>, Fault> {
        self.code_list()
    }

    fn pack_plan(&self, input: IdRef, at: &dyn Surroundings) -> Result<PackPlan, Fault> {
        self.plan_pack(input.id, at)
    }

    fn pack_foresee(&self, input: IdRef, at: &dyn Surroundings) -> Result<PackPlan, Fault> {
        self.look_ahead(input.id, at)
    }

    fn letter_save(&self, input: LetterWords, at: &dyn Surroundings) -> Result<PackPlan, Fault> {
        self.save_letter(&input, at)
    }

    fn pack_seal(&self, input: IdRef, at: &dyn Surroundings) -> Result<PackView, Fault> {
        self.seal_pack(input.id, at)
    }

    fn pack_save(&self, input: IdRef, at: &dyn Surroundings) -> Result<Saved, Fault> {
        self.save_pack(input.id, at)
    }

    fn pack_save_file_copy(&self, input: IdRef, at: &dyn Surroundings) -> Result<Saved, Fault> {
        self.save_file_copy(input.id, at)
    }

    fn pack_save_certificate(&self, input: IdRef, at: &dyn Surroundings) -> Result<Saved, Fault> {
        self.save_certificate(input.id, at)
    }

    fn pack_picture(&self, input: PictureOf, _: &dyn Surroundings) -> Result<Vec<u8>, Fault> {
        self.picture_of_pack(&input)
    }

    fn pack_sent(&self, input: RecordSending, at: &dyn Surroundings) -> Result<RequestView, Fault> {
        self.record_sending(&input, at)
    }

    fn history(&self, input: IdRef, _: &dyn Surroundings) -> Result<Vec<HistoryRow>, Fault> {
        self.history_of(input.id)
    }

    fn journal(&self, _: Nothing, _: &dyn Surroundings) -> Result<JournalView, Fault> {
        self.with(|open| {
            let rows = open.read().journal_page(None, JOURNAL_ROWS).map_err(faults::store)?;
            let proof = open.vault.verify_journal();
            let anchor = open.read().journal_anchor().map_err(faults::store)?;
            Ok(JournalView {
                total: rows.first().map_or(0, |r| r.seq as u32),
                rows: rows.iter().map(history::in_words).collect(),
                head: anchor.map(|a| a.hash.chars().take(16).collect()).unwrap_or_default(),
                unbroken: proof.is_ok(),
            })
        })
    }

    fn search(&self, input: SearchQuery, _: &dyn Surroundings) -> Result<Vec<SearchHit>, Fault> {
        self.search_everything(&input.text)
    }
}
