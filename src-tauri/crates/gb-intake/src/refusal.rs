//! Why a file is not taken in, and what to do instead.

use crate::Kind;

/// A file that was not taken in. Nothing was kept of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} {safe} {next}")]
pub struct Refusal {
    /// What happened.
    pub what: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
    /// What the file is.
    pub kind: Kind,
}

const SAFE: &str = "It was not opened and nothing was added.";

impl Refusal {
    pub(crate) fn new(kind: Kind, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), safe: SAFE.to_owned(), next: next.into(), kind }
    }

    /// The refusal of a kind that is never taken in.
    pub(crate) fn of(kind: Kind, name: &str) -> Self {
        const PRINT: &str = "Print it to PDF and add the PDF; Guardbook reads PDF and photographs for now.";
        let (is, next) = match kind {
            Kind::Pdf | Kind::Png | Kind::Jpeg => {
                ("a file that could not be read", "Ask the sender for it again.")
            }
            Kind::Tiff => ("a TIFF picture, as scanners and fax machines make", PRINT),
            Kind::OtherPicture => (
                "a picture of a kind Guardbook does not read",
                "Save it as JPEG or PNG, or print it to PDF, and add that.",
            ),
            Kind::Word => ("a Word document", PRINT),
            Kind::Excel => (
                "an Excel workbook",
                "Print every sheet to PDF and add the PDF. Look for hidden sheets, rows and columns first: they are not printed.",
            ),
            Kind::PowerPoint => {
                ("a PowerPoint presentation", "Print it to PDF, with its notes, and add the PDF.")
            }
            Kind::OpenDocument => ("a LibreOffice document", "Export it as PDF and add the PDF."),
            Kind::OldOffice => ("an Office file of an old kind", PRINT),
            Kind::RichText => ("a rich-text document", PRINT),
            Kind::OutlookMail | Kind::Mail => (
                "a saved e-mail",
                "Open it in your mail program, print it to PDF and add the PDF. Save its attachments and add them one by one.",
            ),
            Kind::WebPage => ("a web page", "Print it to PDF from your browser and add the PDF."),
            Kind::Xml => ("a drawing or data file (XML)", PRINT),
            Kind::Archive => {
                ("an archive of other files", "Unpack it, and add the documents in it one by one.")
            }
            Kind::Recording => (
                "a recording",
                "Guardbook cannot redact sound or film. Edit it elsewhere, and list it in the request's documents.",
            ),
            Kind::Program => (
                "a program or a script",
                "Do not open it. Tell whoever looks after your computers, and ask the sender what it was meant to be.",
            ),
            Kind::Text => ("a text file", "Open it in an editor, print it to PDF and add the PDF."),
            Kind::Empty => ("empty", "Ask the sender for it again; the copy may have failed."),
            Kind::Unknown => (
                "of a kind that Guardbook does not know",
                "Open it where it came from, print it to PDF and add the PDF.",
            ),
        };
        let named_pdf = name.to_ascii_lowercase().ends_with(".pdf");
        let what = match (named_pdf, kind) {
            (true, Kind::Empty) => "This file is empty.".to_owned(),
            (true, _) => format!("This file is called a PDF but it is {is}."),
            (false, Kind::Empty | Kind::Unknown) => format!("This file is {is}."),
            (false, _) => format!("This is {is}."),
        };
        Self::new(kind, what, next)
    }
}
