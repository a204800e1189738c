//! What can go wrong, said so that a person knows what happened and what is safe.
//!
//! No fault prints a word of the document: faults end up in logs.

/// Why the engine refused. In every case nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The bytes are not a PDF at all.
    #[error("This is not a PDF file, whatever its name says.")]
    NotAPdf,
    /// The file stops before its end and its pages cannot all be found.
    #[error("The file is cut short: part of it is missing. Ask the sender for it again.")]
    Truncated,
    /// A PDF whose structure cannot be followed.
    #[error("The file is damaged and its pages cannot be read.")]
    Unreadable,
    /// A PDF with no page.
    #[error("The file has no pages.")]
    NoPages,
    /// Encrypted, and no password was given.
    #[error("The file is locked with a password.")]
    NeedsPassword,
    /// Encrypted, and the password given does not open it.
    #[error("The password does not open this file.")]
    WrongPassword,
    /// Encrypted in a way the engine cannot undo.
    #[error("The file is locked in a way Guardbook cannot read. Ask the sender for an unlocked copy.")]
    UnknownEncryption,
    /// More bytes than [`crate::Limits::file_bytes`].
    #[error("The file is too large: {bytes} bytes, and the limit is {limit}.")]
    FileTooLarge {
        /// Bytes in the file.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// More pages than [`crate::Limits::pages`].
    #[error("The file has {pages} pages, and the limit is {limit}. Split it and add the parts.")]
    TooManyPages {
        /// Pages in the file.
        pages: u32,
        /// The limit.
        limit: u32,
    },
    /// One stream decodes past [`crate::Limits::stream_bytes`].
    #[error("Object {object} unpacks to more than {limit} bytes. The file may be made to do harm.")]
    StreamTooLarge {
        /// Object number.
        object: u32,
        /// The limit.
        limit: u64,
    },
    /// All streams together decode past [`crate::Limits::total_bytes`].
    #[error("The file unpacks to more than {limit} bytes.")]
    TotalTooLarge {
        /// The limit.
        limit: u64,
    },
    /// Values nested deeper than [`crate::Limits::nesting`].
    #[error("Object {object} is nested more than {limit} deep. The file may be made to do harm.")]
    TooDeep {
        /// Object number.
        object: u32,
        /// The limit.
        limit: u32,
    },
    /// More objects or values than [`crate::Limits::objects`] or [`crate::Limits::values`].
    #[error("The file has too many parts to be read safely.")]
    TooManyParts,
    /// A picture of more pixels than [`crate::Limits::pixels`].
    #[error("Object {object} is a picture of {pixels} pixels, and the limit is {limit}.")]
    PictureTooLarge {
        /// Object number.
        object: u32,
        /// Its pixels.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// More marks than [`crate::Limits::marks`].
    #[error("There are more than {limit} marks on this document.")]
    TooManyMarks {
        /// The limit.
        limit: u32,
    },
    /// A page that cannot be drawn or read.
    #[error("Page {page} cannot be read. Nothing was written.")]
    PageUnreadable {
        /// Page, from 1.
        page: u32,
    },
    /// A page that asks for more drawing than [`crate::Limits::page_work`].
    #[error(
        "Page {page} asks for more drawing than any page needs. The file may be made to do harm. Nothing was written."
    )]
    PageTooHeavy {
        /// Page, from 1.
        page: u32,
    },
    /// A page number outside the document.
    #[error("{} no page {page}: the document has {pages}.", nowhere(*.mark))]
    NoSuchPage {
        /// Page asked for.
        page: u32,
        /// Pages there are.
        pages: u32,
        /// The mark that asked, if one did.
        mark: Option<u32>,
    },
    /// A mark that lies outside its page, or has no area.
    #[error("Mark {mark} lies outside page {page}, or has no area.")]
    MarkOffPage {
        /// The mark.
        mark: u32,
        /// Page, from 1.
        page: u32,
    },
    /// A phrase that stands nowhere in the document. The phrase is not repeated here.
    #[error("The words of mark {mark} were not found{}.", if *.unreadable { ", and part of the document has text that cannot be searched" } else { "" })]
    PhraseNotFound {
        /// The mark.
        mark: u32,
        /// Whether pages it may stand on hold text without meaning (no Unicode) or no text at all.
        unreadable: bool,
    },
    /// A code that cannot be written in a box.
    #[error("The code of mark {mark} must be up to 12 letters, digits or hyphens.")]
    BadCode {
        /// The mark.
        mark: u32,
    },
    /// The work was stopped on request.
    #[error("Stopped. Nothing was written.")]
    Cancelled,
    /// The proof found something. The words found are never named.
    #[error("The proof failed{}: {place}. No file was written; the original is unchanged.", page_of(*.page))]
    NotProved {
        /// Page, from 1, where known.
        page: Option<u32>,
        /// Where, in words.
        place: String,
    },
    /// Pages built from their parts that do not look, or do not read, like their source outside the boxes.
    /// Nothing removed was found on them. Such pages can still become pictures.
    #[error(
        "{} built anew did not look like the source. No file was written; the original is unchanged.",
        pages_of(pages)
    )]
    LooksDifferent {
        /// Pages, from 1, in order.
        pages: Vec<u32>,
    },
    /// Forbidden text stands in a finished file.
    #[error("Something that must not be in the file was found in {place}. No file was written.")]
    Forbidden {
        /// Where, in words.
        place: String,
    },
    /// A mistake of ours, caught.
    #[error("Guardbook made a mistake while working on this file ({what}). Nothing was written.")]
    Internal {
        /// What was being done.
        what: &'static str,
    },
}

fn nowhere(mark: Option<u32>) -> String {
    mark.map_or("There is".to_owned(), |m| format!("Mark {m} lies nowhere, for there is"))
}

fn page_of(page: Option<u32>) -> String {
    page.map(|p| format!(" on page {p}")).unwrap_or_default()
}

fn pages_of(pages: &[u32]) -> String {
    let list: Vec<String> = pages.iter().take(20).map(u32::to_string).collect();
    let more = if pages.len() > list.len() { " and more" } else { "" };
    format!("{} {}{more}", if pages.len() == 1 { "Page" } else { "Pages" }, list.join(", "))
}
