//! The table, on the screen and in `BENCH.md`.

use crate::Said;
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
        // Building without proof writes nothing.
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
         untouched* builds every page anew without marks or proof; the peer's nearest is `convert_to_pdf`. *Into pictures* \
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

/// The machine, its cores and memory, and today's engine.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let find = |text: &str, key: &str| {
        let line = text.lines().find(|l| l.starts_with(key)).unwrap_or_default().to_owned();
        line.split_once(':').map_or("unknown".to_owned(), |(_, v)| v.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory: f64 = find(&read("/proc/meminfo"), "MemTotal")
        .split_whitespace()
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0.0);
    let system = read("/etc/os-release");
    let system = system
        .lines()
        .find_map(|l| l.strip_prefix("PRETTY_NAME="))
        .unwrap_or("unknown")
        .trim_matches('"')
        .to_owned();
    format!(
        "Machine: {}, {cores} cores, {:.0} GiB, {system}; gb-redact {}",
        find(&read("/proc/cpuinfo"), "model name"),
        memory / 1_048_576.0,
        env!("CARGO_PKG_VERSION")
    )
}

/// Puts a text into its part of a report, the other parts left alone.
pub fn section(report: &Path, name: &str, text: &str) {
    let (begin, end) =
        (format!("<!-- {name}: written by cargo xtask bench -->"), format!("<!-- {name}: end -->"));
    let old = std::fs::read_to_string(report).unwrap_or_else(|_| "# Measured\n".to_owned());
    let part = format!("{begin}\n\n{}\n\n{end}", text.trim());
    let new = match (old.find(&begin), old.find(&end)) {
        (Some(a), Some(b)) if a < b => format!("{}{part}{}", &old[..a], &old[b + end.len()..]),
        _ => format!("{}\n\n{part}\n", old.trim_end()),
    };
    if let Err(fault) = std::fs::write(report, new) {
        eprintln!("{} could not be written: {fault}", report.display());
    }
}
