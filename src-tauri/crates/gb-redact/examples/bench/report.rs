//! The table, on the screen and in `BENCH.md`.

use crate::Said;
use crate::section::{machine, section};
use std::fmt::Write as _;
use std::path::Path;

/// One document and one chore, by us and by the peer.
pub struct Row<'a> {
    pub what: &'a str,
    pub chore: &'a str,
    pub pages: u64,
    pub size: u64,
    pub ours: Option<Said>,
    pub theirs: Option<Said>,
}

impl Row<'_> {
    fn does(&self) -> &'static str {
        match self.chore {
            "redact" => "redact and prove",
            "rebuild" => "rebuild untouched",
            _ => "into pictures, 200 dpi",
        }
    }

    fn cells(&self) -> Vec<String> {
        let pace = |s: Option<Said>| s.map(|s| self.pages as f64 / s.seconds.max(1e-6));
        let show = |n: Option<f64>, digits: usize| n.map_or("–".to_owned(), |n| format!("{n:.digits$}"));
        let ratio = pace(self.ours).zip(pace(self.theirs)).map(|(a, b)| a / b);
        // Only redacting hands a file over.
        let size =
            |s: Option<Said>| s.filter(|s| s.bytes > 0).map(|s| s.bytes as f64 / self.size.max(1) as f64);
        let peak = |s: Option<Said>| s.map(|s| s.peak as f64 / 1024.0);
        let hits = |s: Option<Said>| s.map_or("–".to_owned(), |s| s.hits.to_string());
        let pictured = self.ours.map_or("–".to_owned(), |s| s.pictured.to_string());
        vec![
            self.what.to_owned(),
            self.does().to_owned(),
            self.pages.to_string(),
            format!("{} / {}", hits(self.ours), hits(self.theirs)),
            show(pace(self.ours), 1),
            show(pace(self.theirs), 1),
            show(ratio, 2),
            pictured,
            format!("{} / {}", show(size(self.ours), 2), show(size(self.theirs), 2)),
            format!("{} / {}", show(peak(self.ours), 0), show(peak(self.theirs), 0)),
        ]
    }

    /// For the screen.
    pub fn line(&self) -> String {
        self.cells().join(" | ")
    }
}

const HEAD: [&str; 10] = [
    "document",
    "work",
    "pages",
    "hits, ours / peer",
    "ours, pages/s",
    "peer, pages/s",
    "ratio",
    "pictured",
    "size against source, ours / peer",
    "peak MiB, ours / peer",
];

/// Writes the table into its part of the report; prints it where there is no report.
pub fn write(rows: &[Row<'_>], peer: &str, report: Option<&Path>) {
    let mut out = format!(
        "## Redaction, side by side with PyMuPDF\n\n{}; {peer}. Medians of five, each run a process of its own, ours and the \
         peer's in turn; memory is the highest of the five. Ours includes opening, finding, building, proving and writing; \
         the peer's: open, `search_for`, `add_redact_annot`, `apply_redactions`, `save(garbage=4, deflate=True)`. *Rebuild \
         untouched* builds every page anew without marks, proof included; the peer's nearest is `convert_to_pdf`. *Into pictures* \
         is a page the parts of which cannot be carried; the peer's: `get_pixmap(dpi=200)` into JPEG pages.\n\n",
        machine()
    );
    let _ = writeln!(out, "| {} |\n|{}", HEAD.join(" | "), "---|".repeat(HEAD.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.cells().join(" | "));
    }
    println!("\n{out}");
    if let Some(report) = report {
        section(report, "redact", &out);
    }
}
