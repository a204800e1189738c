//! The journal in words.

use chrono::{DateTime, Utc};
use gb_model::JournalRow;
use gb_wire::HistoryRow;

/// A journal row as people read it.
pub(crate) fn in_words(row: &JournalRow) -> HistoryRow {
    HistoryRow {
        seq: row.seq,
        when: when(&row.at),
        at: row.at.clone(),
        actor: row.actor.clone(),
        says: says(&row.action).to_owned(),
        touched: row.touched.clone(),
    }
}

fn when(at: &str) -> String {
    match DateTime::parse_from_rfc3339(at) {
        Ok(moment) => {
            gb_law::uk_local(moment.with_timezone(&Utc)).0.format("%a %-d %b %Y, %H:%M").to_string()
        }
        Err(_) => at.to_owned(),
    }
}

/// What an action is called when people read about it.
pub(crate) fn says(action: &str) -> &str {
    match action {
        "make_vault" => "Made the vault",
        "confirm_recovery" => "Checked the recovery key back",
        "await_recovery_check" => "Waits for the new recovery key to be checked back",
        "new_recovery_key" => "Made a new recovery key",
        "save_preferences" => "Changed how the window looks",
        "save_organisation" => "Changed the organisation’s particulars",
        "log_request" => "Logged the request",
        "change_request" => "Corrected the request",
        "record_clock_event" => "Recorded a clock event",
        "add_documents" => "Added documents",
        "change_document" => "Changed a document’s entry",
        "remove_document" => "Took a document off the request",
        "see_page" => "Looked at a page",
        "compare_page" => "Compared a page with what becomes of it",
        "add_mark" => "Marked for redaction",
        "change_mark" => "Changed a mark",
        "remove_mark" => "Took a mark away",
        "undo" => "Undid the last action",
        "redo" => "Did the undone action again",
        "save_letter" => "Changed the cover letter",
        "seal_pack" => "Sealed a response pack",
        "save_pack" => "Saved a copy of a sealed pack",
        "save_file_copy" => "Saved the internal file copy of a pack",
        "save_certificate" => "Saved a pack’s certificate",
        "send_pack" => "Recorded that the pack was sent",
        "fill_practice" => "Filled the practice vault",
        other => other,
    }
}
