//! What may be written on the command line.

use chrono::NaiveDate;
use clap::{Args as ClapArgs, Parser, Subcommand};
use std::path::PathBuf;

/// Guardbook from a terminal: redaction, clocks and the vault, offline.
#[derive(Parser)]
#[command(
    name = "guardbook-cli",
    version,
    after_help = "The passphrase comes from GUARDBOOK_PASSPHRASE or --passphrase-file, never from an argument.\n\
                  Exit codes: 0 done, 2 wrong usage, 3 an input could not be read, 4 refused, 5 the vault did not open."
)]
pub struct Args {
    #[command(subcommand)]
    pub call: Call,
}

#[derive(Subcommand)]
pub enum Call {
    /// Rebuild a PDF without what is marked, and prove it.
    Redact(Redact),
    /// Tell what a stranger could find in a PDF.
    Check(Check),
    /// The words of a PDF with their boxes, in reading order.
    Text(Text),
    /// A picture of one page.
    Render(Render),
    /// Proposed marks with kind, confidence and why.
    Find(Find),
    /// When a request is due, and how that was worked out.
    Due(Due),
    /// When a complaint must be acknowledged.
    ComplaintDue(ComplaintDue),
    /// When a breach must be reported.
    BreachDue(BreachDue),
    /// Make a vault; the recovery key is printed once.
    New(New),
    /// Describe a vault.
    Info(InVault),
    /// Verify a vault: pages, journal chain, documents.
    CheckVault(InVault),
    /// Fill a new vault with the invented practice organisation.
    Practice(InVault),
    /// Log a request from a JSON file.
    CaseAdd(CaseAdd),
    /// Add documents to a case.
    DocAdd(DocAdd),
    /// Set the marks of a document.
    MarksSet(MarksSet),
    /// Plan, seal and write the response pack of a case.
    Pack(Pack),
    /// Write the organisation's own file copy of a case's latest pack: internal, never to be sent.
    FileCopy(Pack),
    /// The journal.
    Journal(Journal),
}

#[derive(ClapArgs)]
pub struct Redact {
    /// The PDF to redact.
    pub input: PathBuf,
    /// What to take away (see the README for the shape).
    #[arg(long)]
    pub marks: PathBuf,
    /// Where to write the rebuilt PDF.
    #[arg(long)]
    pub out: PathBuf,
    /// Where to write the certificate.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// File that holds the PDF's password.
    #[arg(long)]
    pub password_file: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct Check {
    /// The PDF to check.
    pub file: PathBuf,
    /// A text that must not be in it; may be repeated.
    #[arg(long)]
    pub secret: Vec<String>,
    /// One JSON document on stdout.
    #[arg(long)]
    pub json: bool,
}

#[derive(ClapArgs)]
pub struct Text {
    /// The PDF to read.
    pub input: PathBuf,
    /// One JSON document on stdout; plain lines otherwise.
    #[arg(long)]
    pub json: bool,
    /// File that holds the PDF's password.
    #[arg(long)]
    pub password_file: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct Render {
    /// The PDF to draw.
    pub input: PathBuf,
    /// Page, from 1.
    #[arg(long)]
    pub page: u32,
    /// Dots per inch.
    #[arg(long, default_value_t = 100)]
    pub dpi: u32,
    /// Where to write the PNG.
    #[arg(long)]
    pub out: PathBuf,
    /// File that holds the PDF's password.
    #[arg(long)]
    pub password_file: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct Find {
    /// The PDF to look through.
    pub input: PathBuf,
    /// A name never to propose, such as the requester's; may be repeated.
    #[arg(long)]
    pub keep: Vec<String>,
    /// A file of names to look for, one a line.
    #[arg(long)]
    pub people: Option<PathBuf>,
    /// One JSON document on stdout; plain lines otherwise.
    #[arg(long)]
    pub json: bool,
}

#[derive(ClapArgs)]
pub struct Due {
    /// EW, SCT or NI.
    #[arg(long)]
    pub nation: String,
    /// access, rectification, erasure, restriction, portability, objection, marketing, …
    #[arg(long, default_value = "access")]
    pub right: String,
    /// The day anybody in the organisation received the request, YYYY-MM-DD.
    #[arg(long, value_parser = date)]
    pub received: NaiveDate,
    /// The day proof of identity arrived.
    #[arg(long, value_parser = date)]
    pub identity: Option<NaiveDate>,
    /// The day a representative's authority arrived.
    #[arg(long, value_parser = date)]
    pub authority: Option<NaiveDate>,
    /// The day a fee was paid.
    #[arg(long, value_parser = date)]
    pub fee: Option<NaiveDate>,
    /// A clarification, ASKED:ANSWERED; may be repeated.
    #[arg(long, value_parser = pair)]
    pub clarified: Vec<(NaiveDate, NaiveDate)>,
    /// Whether the period was extended by two months.
    #[arg(long)]
    pub extended: bool,
    /// One JSON document on stdout.
    #[arg(long)]
    pub json: bool,
}

#[derive(ClapArgs)]
pub struct ComplaintDue {
    /// EW, SCT or NI.
    #[arg(long)]
    pub nation: String,
    /// The day the complaint was received.
    #[arg(long, value_parser = date)]
    pub received: NaiveDate,
    /// One JSON document on stdout.
    #[arg(long)]
    pub json: bool,
}

#[derive(ClapArgs)]
pub struct BreachDue {
    /// The moment somebody became aware, RFC 3339, such as 2026-10-23T16:30:00+01:00.
    #[arg(long)]
    pub aware: String,
    /// One JSON document on stdout.
    #[arg(long)]
    pub json: bool,
}

#[derive(ClapArgs)]
pub struct InVault {
    /// The vault's folder.
    pub vault: PathBuf,
    /// One JSON document on stdout.
    #[arg(long)]
    pub json: bool,
    /// File that holds the passphrase.
    #[arg(long)]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct New {
    #[command(flatten)]
    pub at: InVault,
    /// The organisation's name.
    #[arg(long, default_value = "")]
    pub organisation: String,
    /// EW, SCT or NI.
    #[arg(long, default_value = "EW")]
    pub nation: String,
}

#[derive(ClapArgs)]
pub struct CaseAdd {
    #[command(flatten)]
    pub at: InVault,
    /// The request, as JSON.
    #[arg(long)]
    pub from: PathBuf,
}

#[derive(ClapArgs)]
pub struct DocAdd {
    #[command(flatten)]
    pub at: InVault,
    /// The case's reference.
    #[arg(long)]
    pub case: String,
    /// The files.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// File that holds the password of protected files.
    #[arg(long)]
    pub password_file: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub struct MarksSet {
    #[command(flatten)]
    pub at: InVault,
    /// The document's key, as `doc-add` printed it.
    #[arg(long)]
    pub doc: i64,
    /// The marks, as JSON.
    #[arg(long)]
    pub marks: PathBuf,
}

#[derive(ClapArgs)]
pub struct Pack {
    #[command(flatten)]
    pub at: InVault,
    /// The case's reference.
    #[arg(long)]
    pub case: String,
    /// Where to write it.
    #[arg(long)]
    pub out: PathBuf,
}

#[derive(ClapArgs)]
pub struct Journal {
    #[command(flatten)]
    pub at: InVault,
    /// Verify the chain and name the first broken row, if any.
    #[arg(long)]
    pub verify: bool,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| format!("“{text}” is not a day of the calendar. Write it as 2026-11-25."))
}

fn pair(text: &str) -> Result<(NaiveDate, NaiveDate), String> {
    let (asked, answered) =
        text.split_once(':').ok_or("Write it as ASKED:ANSWERED, such as 2026-10-05:2026-10-14.")?;
    Ok((date(asked)?, date(answered)?))
}
