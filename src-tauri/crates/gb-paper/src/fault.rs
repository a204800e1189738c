/// Why a paper could not be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// A letter's text names a field nobody filled.
    #[error(
        "The letter cannot be set: nothing is given for “{0}”. Fill it in and try again; nothing was written."
    )]
    UnfilledField(String),
    /// A letter's text is not well formed.
    #[error("The letter’s text has a mistake in line {line}: {says}")]
    Template {
        /// Line of the text, from 1.
        line: usize,
        /// What is wrong.
        says: String,
    },
    /// Letters the paper's font does not have.
    #[error(
        "The paper’s font has no letters for “{0}”. Write it in Latin, Greek or Cyrillic letters and try again; \
         nothing was written."
    )]
    NotInFont(String),
    /// A part of a pack could not be read as a PDF.
    #[error("Part {part} of the pack could not be read: {says}. Nothing was written.")]
    Unreadable {
        /// Which part, from 1.
        part: usize,
        /// What was wrong.
        says: String,
    },
    /// There is nothing to set.
    #[error("There are no pages to set.")]
    Empty,
    /// It was cancelled.
    #[error("Stopped as you asked. Nothing was written.")]
    Cancelled,
    /// The library under this crate failed.
    #[error("The paper could not be written: {0}. Nothing was kept.")]
    Writing(String),
}
