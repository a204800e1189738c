//! What the terminal can do without a vault: PDFs in, PDFs and JSON out; dates in, dates and sentences out.

use crate::faults;
use chrono::NaiveDate;
use gb_law::{Calendar, ClockFacts, breach_due as breach_clock, complaint_due as complaint_clock};
use gb_model::{Clarification, ClockEvents, Evidence, Extension, Nation, Right};
use gb_redact::{Certificate, Document, Limits, Mark, MarkKind, Options, Quiet, Widths};
use gb_wire::{Fault, FaultCode};
use serde::Deserialize;
use serde_json::{Value, json};

/// A redacted PDF and its certificate.
pub struct Done {
    /// The rebuilt, proved file.
    pub pdf: Vec<u8>,
    /// The certificate.
    pub certificate: Value,
    /// One line on what was done.
    pub says: String,
}

/// The shape of `MARKS.json` (see the README).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarksFile {
    pub marks: Vec<MarkEntry>,
    #[serde(default)]
    pub widths: WidthsWord,
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WidthsWord {
    #[default]
    Hidden,
    AsDrawn,
}

/// One mark: a rectangle, a run of rectangles, a phrase or a whole page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkEntry {
    #[serde(default)]
    pub page: Option<u32>,
    #[serde(default)]
    pub rect: Option<[f32; 4]>,
    #[serde(default)]
    pub find: Option<String>,
    #[serde(default)]
    pub whole_word: bool,
    #[serde(default)]
    pub whole_page: bool,
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub review_on: Option<NaiveDate>,
    #[serde(default)]
    pub answers: std::collections::BTreeMap<String, String>,
}

/// Reads `MARKS.json`; what is wrong is told with the number of the mark, from 1.
pub(crate) fn read_marks(text: &str) -> Result<MarksFile, Fault> {
    serde_json::from_str(text).map_err(|why| {
        Fault::new(
            format!("The marks could not be read: line {}, column {}.", why.line(), why.column()),
            "Nothing was written.",
            "Each mark needs a page with a rect, a find, or a page with whole_page, and a code.",
        )
        .with_code(FaultCode::Unreadable)
    })
}

impl MarkEntry {
    /// The engine's kind of mark; `n` names it in a fault.
    pub(crate) fn kind(&self, n: usize) -> Result<MarkKind, Fault> {
        match (&self.find, self.page, self.rect, self.whole_page) {
            (Some(find), page, None, false) if !find.trim().is_empty() => {
                Ok(MarkKind::Phrase { find: find.clone(), page, whole_word: self.whole_word })
            }
            (None, Some(page), Some(rect), false) => Ok(MarkKind::Rect { page, rect }),
            (None, Some(page), None, true) => Ok(MarkKind::WholePage { page }),
            _ => Err(Fault::new(
                format!("Mark {n} is neither a rectangle, nor a phrase, nor a whole page."),
                "Nothing was written.",
                "Give it a page with a rect, or a find, or a page with whole_page.",
            )
            .with_code(FaultCode::Unreadable)),
        }
    }
}

/// Rebuilds a PDF without what is marked, and proves it.
pub fn redact(pdf: Vec<u8>, password: Option<&str>, marks: &str) -> Result<Done, Fault> {
    let file = read_marks(marks)?;
    let document = open(pdf, password)?;
    let marks = file
        .marks
        .iter()
        .enumerate()
        .map(|(i, entry)| {
            let code = entry.code.clone().unwrap_or_default();
            Ok(Mark { id: i as u32 + 1, kind: entry.kind(i + 1)?, code })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    let widths = match file.widths {
        WidthsWord::Hidden => Widths::Hidden,
        WidthsWord::AsDrawn => Widths::AsDrawn,
    };
    let options = Options { widths, ..Options::default() };
    let done = gb_redact::redact(&document, &marks, &options, &Quiet).map_err(|f| faults::engine(&f))?;
    Ok(Done { says: summary(&done.certificate), certificate: as_json(&done.certificate), pdf: done.pdf })
}

/// What a stranger could find in a PDF: `{"findings":[…]}`.
pub fn check(pdf: Vec<u8>, secrets: &[String]) -> Result<Value, Fault> {
    let findings = gb_redact::check(&pdf, secrets).map_err(|f| faults::engine(&f))?;
    Ok(as_json(&findings))
}

/// Words with their boxes, page by page, in reading order.
pub fn text(pdf: Vec<u8>, password: Option<&str>) -> Result<Value, Fault> {
    let document = open(pdf, password)?;
    document.read_all_words(&|| true).map_err(|f| faults::engine(&f))?;
    let mut pages = Vec::new();
    for page in 1..=document.page_count() {
        let words = document.words(page).map_err(|f| faults::engine(&f))?;
        let list: Vec<Value> =
            words.words.iter().map(|w| json!({ "text": w.text, "rect": tidy(w.rect) })).collect();
        pages.push(json!({
            "page": page,
            "width": hundredths(words.width),
            "height": hundredths(words.height),
            "words": list,
        }));
    }
    Ok(json!({ "pages": pages }))
}

/// A picture of a page, as a PNG file.
pub fn render(pdf: Vec<u8>, password: Option<&str>, page: u32, dpi: u32) -> Result<Vec<u8>, Fault> {
    if !(10..=600).contains(&dpi) {
        return Err(Fault::new(
            format!("{dpi} dots per inch is not possible."),
            "Nothing was written.",
            "Choose between 10 and 600.",
        )
        .with_code(FaultCode::Misused));
    }
    let document = open(pdf, password)?;
    document.render(page, dpi as f32).and_then(|p| p.png()).map_err(|f| faults::engine(&f))
}

/// Proposed marks: `{"proposals":[…]}`.
pub fn find(pdf: Vec<u8>, keep: &[String], people: &[String]) -> Result<Value, Fault> {
    let document = open(pdf, None)?;
    document.read_all_words(&|| true).map_err(|f| faults::engine(&f))?;
    let mut pages = Vec::new();
    for page in 1..=document.page_count() {
        pages.push(document.words(page).map_err(|f| faults::engine(&f))?);
    }
    let proposals = gb_find::propose(pages.iter().map(|p| &**p), keep, people);
    let list: Vec<Value> = proposals
        .iter()
        .map(|p| {
            let mut value = as_json(p);
            value["confidence"] = json!(hundredths(p.confidence));
            value
        })
        .collect();
    Ok(json!({ "proposals": list }))
}

/// What `due` is asked.
pub struct DueFacts<'a> {
    /// EW, SCT or NI.
    pub nation: &'a str,
    /// The right.
    pub right: &'a str,
    /// True receipt date.
    pub received: NaiveDate,
    /// Identity proved.
    pub identity: Option<NaiveDate>,
    /// Authority shown.
    pub authority: Option<NaiveDate>,
    /// Fee paid.
    pub fee: Option<NaiveDate>,
    /// Clarifications, asked and answered.
    pub clarified: &'a [(NaiveDate, NaiveDate)],
    /// Whether the period was extended.
    pub extended: bool,
}

/// When a request is due, and how that was worked out.
pub fn due(facts: &DueFacts<'_>) -> Result<Value, Fault> {
    let nation = nation(facts.nation)?;
    let right = Right::from_code(facts.right).ok_or_else(|| {
        usage(
            format!("“{}” is not a right.", facts.right),
            "Use access, rectification, erasure, restriction, …",
        )
    })?;
    plausible(facts.received, "received")?;
    let arrived = |on: Option<NaiveDate>, what: &str| match on {
        Some(on) if on < facts.received => Err(usage(
            format!("{what} arrived before the request was received."),
            "Check both dates: the year may be off by one.",
        )),
        on => Ok(on.map(|on| Evidence {
            asked: facts.received,
            why: "given on the command line".into(),
            what: what.into(),
            received: Some(on),
        })),
    };
    for (asked, answered) in facts.clarified {
        if answered < asked || asked < &facts.received {
            return Err(usage(
                "A clarification was answered before it was asked, or asked before the request was received."
                    .into(),
                "Write it as ASKED:ANSWERED.",
            ));
        }
    }
    let events = ClockEvents {
        identity: arrived(facts.identity, "proof of identity")?,
        authority: arrived(facts.authority, "authority")?,
        fee: arrived(facts.fee, "the fee")?,
        clarifications: facts
            .clarified
            .iter()
            .map(|(asked, answered)| Clarification {
                asked: *asked,
                why: "given on the command line".into(),
                what: "given on the command line".into(),
                answered: Some(*answered),
            })
            .collect(),
        extension: facts
            .extended
            .then(|| Extension { notified: facts.received, reasons: "given on the command line".into() }),
    };
    let asked = ClockFacts { nation, right, received: facts.received, events: &events, today: None };
    let clock = gb_law::clock(&asked, &Calendar::shipped(nation));
    let how: Vec<&str> = clock.how.iter().chain(&clock.warnings).map(|s| s.text.as_str()).collect();
    Ok(json!({
        "relevant": clock.relevant,
        "base": clock.base,
        "end_before_roll": clock.end_before_roll,
        "statutory_due": clock.statutory_due,
        "cautious_due": clock.cautious_due,
        "extension_notice_by": clock.extension_notice_by,
        "target_28": clock.target_28,
        "post_by": clock.post_by,
        "rule": clock.rule.code(),
        "excluded": clock.excluded,
        "how": how,
    }))
}

/// When a complaint must be acknowledged.
pub fn complaint_due(nation_code: &str, received: NaiveDate) -> Result<Value, Fault> {
    let nation = nation(nation_code)?;
    plausible(received, "received")?;
    let clock = complaint_clock(received, &Calendar::shipped(nation));
    let mut value = as_json(&clock);
    value["how"] = clock.how.iter().map(|s| s.text.as_str()).collect();
    Ok(value)
}

/// When a breach must be reported.
pub fn breach_due(aware: &str) -> Result<Value, Fault> {
    let clock = breach_clock(aware).map_err(|why| {
        usage(why.to_string(), "Write the moment as 2026-10-23T16:30:00+01:00, with its zone.")
    })?;
    let mut value = as_json(&clock);
    value["how"] = clock.how.iter().map(|s| s.text.as_str()).collect();
    Ok(value)
}

pub(crate) fn nation(code: &str) -> Result<Nation, Fault> {
    Nation::from_code(code).ok_or_else(|| usage(format!("“{code}” is not a nation."), "Use EW, SCT or NI."))
}

/// A receipt date that no living request can have is a slip of the hand.
fn plausible(on: NaiveDate, what: &str) -> Result<(), Fault> {
    use chrono::Datelike;
    if (2000..=2100).contains(&on.year()) {
        return Ok(());
    }
    Err(usage(format!("{} cannot be when it was {what}.", gb_law::short_date(on)), "Check the year."))
}

fn usage(what: String, next: &str) -> Fault {
    Fault::new(what, "Nothing was changed.", next).with_code(FaultCode::Misused)
}

fn open(pdf: Vec<u8>, password: Option<&str>) -> Result<Document, Fault> {
    Document::open(pdf, password, &Limits::default()).map_err(|f| faults::engine(&f))
}

/// One line on what a certificate says.
pub(crate) fn summary(certificate: &Certificate) -> String {
    format!(
        "{} rebuilt, {} removed under {}; proved by {} checks.",
        count(certificate.pages, "page"),
        count(certificate.words_removed, "word"),
        if certificate.boxes == 1 { "1 box".to_owned() } else { format!("{} boxes", certificate.boxes) },
        certificate.checks.len()
    )
}

fn count(n: u32, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn as_json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("our own values have a JSON form")
}

fn tidy(rect: [f32; 4]) -> [f64; 4] {
    rect.map(hundredths)
}

fn hundredths(points: f32) -> f64 {
    (f64::from(points) * 100.0).round() / 100.0
}
