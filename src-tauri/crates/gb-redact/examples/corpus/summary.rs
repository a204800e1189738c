//! What came of each file, and the table of all.

use crate::section::{machine, section};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A share of pixels above which a page is said to differ.
const DIFFERS: f64 = 0.005;

/// One page of a file that was written.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub number: u32,
    /// Why it became a picture, if it did.
    pub pictured: Option<String>,
    /// Whether the certificate asks a person to look at it.
    pub told: bool,
    /// The share of pixels that differ, drawn by ourselves.
    pub ours: Option<f64>,
    /// The same, drawn by poppler.
    pub poppler: Option<f64>,
}

/// What came of one file.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Why no file was written.
    pub refused: Option<String>,
    /// Its process did not end well.
    pub fell: Option<String>,
    pub left_out: bool,
    pub pages: Vec<Page>,
    /// Size against the source.
    pub grown: f64,
    /// Words of the source as poppler reads them, and how alike the output's are (F1).
    pub tokens: Option<(usize, f64)>,
}

impl Outcome {
    pub fn refused(why: String) -> Self {
        Self { refused: Some(why), ..Self::default() }
    }

    pub fn fell(why: &str) -> Self {
        Self { fell: Some(why.to_owned()), ..Self::default() }
    }

    pub fn left_out() -> Self {
        Self { left_out: true, ..Self::default() }
    }

    /// For one process to tell another: a line of fields parted by tabs for each fact.
    pub fn lines(&self) -> String {
        let flat = |s: &str| s.replace(['\t', '\n', '\r'], " ");
        let mut out = String::new();
        if let Some(why) = &self.refused {
            let _ = writeln!(out, "refused\t{}", flat(why));
        }
        if let Some(why) = &self.fell {
            let _ = writeln!(out, "fell\t{}", flat(why));
        }
        if self.left_out {
            out.push_str("left\n");
        }
        let _ = writeln!(out, "grown\t{}", self.grown);
        if let Some((count, f1)) = self.tokens {
            let _ = writeln!(out, "tokens\t{count}\t{f1}");
        }
        let show = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        for p in &self.pages {
            let why = p.pictured.as_deref().map(flat).unwrap_or_default();
            let _ = writeln!(
                out,
                "page\t{}\t{}\t{}\t{}\t{why}",
                p.number,
                u8::from(p.told),
                show(p.ours),
                show(p.poppler)
            );
        }
        out.push_str("end\n");
        out
    }

    /// Reads what [`Self::lines`] wrote.
    pub fn read(text: &str) -> Self {
        let mut out = Self::default();
        let mut ended = false;
        for line in text.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let number = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok());
            let words = |i: usize| fields.get(i).map(|f| (*f).to_owned()).filter(|f| !f.is_empty());
            match fields[0] {
                "refused" => out.refused = words(1),
                "fell" => out.fell = words(1),
                "left" => out.left_out = true,
                "grown" => out.grown = number(1).unwrap_or(0.0),
                "tokens" => out.tokens = number(1).zip(number(2)).map(|(n, f1)| (n as usize, f1)),
                "page" => out.pages.push(Page {
                    number: number(1).unwrap_or(0.0) as u32,
                    told: number(2) == Some(1.0),
                    ours: number(3),
                    poppler: number(4),
                    pictured: words(5),
                }),
                "end" => ended = true,
                _ => {}
            }
        }
        if ended { out } else { Self::fell("its process ended in the middle") }
    }

    /// For the screen.
    pub fn line(&self) -> String {
        if let Some(why) = self.fell.as_ref().or(self.refused.as_ref()) {
            return why.clone();
        }
        if self.left_out {
            return "left out: too long".to_owned();
        }
        let pictured = self.pages.iter().filter(|p| p.pictured.is_some()).count();
        let most = |f: fn(&Page) -> Option<f64>| self.pages.iter().filter_map(f).fold(0.0, f64::max) * 100.0;
        let (count, f1) = self.tokens.unwrap_or((0, 1.0));
        format!(
            "{} pages, {pictured} pictured; most that differs {:.3} % ours, {:.3} % poppler; {count} words, F1 {f1:.4}; size {:.2}",
            self.pages.len(),
            most(|p| p.ours),
            most(|p| p.poppler),
            self.grown
        )
    }
}

/// The middle and the far end of a list of shares, in per cent.
fn spread(mut all: Vec<f64>) -> String {
    all.sort_by(f64::total_cmp);
    let at = |share: f64| {
        all.get(((all.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(0.0) * 100.0
    };
    let mean = all.iter().sum::<f64>() / all.len().max(1) as f64 * 100.0;
    format!("mean {mean:.4} %, median {:.4} %, 95th of 100 {:.4} %, most {:.2} %", at(0.5), at(0.95), at(1.0))
}

/// Writes the part of the report that is about the corpus.
pub fn write(all: &[(PathBuf, Outcome)], report: &Path) {
    let out = told(all);
    println!("\n{out}");
    section(report, "corpus", &out);
}

fn told(all: &[(PathBuf, Outcome)]) -> String {
    let kept: Vec<_> = all.iter().filter(|(_, o)| !o.left_out).collect();
    let written: Vec<_> = kept.iter().filter(|(_, o)| o.refused.is_none() && o.fell.is_none()).collect();
    let pages: Vec<(&Path, &Page)> =
        written.iter().flat_map(|(path, o)| o.pages.iter().map(move |p| (path.as_path(), p))).collect();
    let pictured = pages.iter().filter(|(_, p)| p.pictured.is_some()).count();
    let share = |n: usize, of: usize| format!("{n} ({:.2} %)", n as f64 / of.max(1) as f64 * 100.0);
    let refused = kept.iter().filter(|(_, o)| o.refused.is_some()).count();
    let fell = kept.iter().filter(|(_, o)| o.fell.is_some()).count();
    let mut out = format!("## Faithfulness over a corpus\n\n{}. ", machine());
    let _ = writeln!(
        out,
        "{} PDFs from published packages and from the fixtures, {} longer ones left out; nothing marked. Pages are \
         compared at 72 dots an inch, up to eight of a file; a pixel differs when no pixel beside its place has nearly its \
         colour. Words are those `pdftotext` reads.\n\n| | |\n|---|---|",
        kept.len(),
        all.len() - kept.len()
    );
    let mut row = |what: &str, value: String| {
        let _ = writeln!(out, "| {what} | {value} |");
    };
    row("files written and proved", share(written.len(), kept.len()));
    row("files refused", share(refused, kept.len()));
    row("files that ended a process or took over two minutes", share(fell, kept.len()));
    row("pages of written files", pages.len().to_string());
    row("pages rebuilt", share(pages.len() - pictured, pages.len()));
    row("pages pictured", share(pictured, pages.len()));
    let ours: Vec<f64> = pages.iter().filter_map(|(_, p)| p.ours).collect();
    let theirs: Vec<f64> = pages.iter().filter_map(|(_, p)| p.poppler).collect();
    row("pages compared", format!("{} ours, {} poppler", ours.len(), theirs.len()));
    row("pixels that differ, drawn by ourselves", spread(ours));
    row("pixels that differ, drawn by poppler", spread(theirs));
    let differs = |p: &Page| p.ours.unwrap_or(0.0) > DIFFERS || p.poppler.unwrap_or(0.0) > DIFFERS;
    let silent: Vec<_> =
        pages.iter().filter(|(_, p)| differs(p) && !p.told && p.pictured.is_none()).collect();
    let loud = pages.iter().filter(|(_, p)| differs(p)).count() - silent.len();
    row("pages that differ by more than 0.5 % by either, told or pictured", loud.to_string());
    row("the same, not told", silent.len().to_string());
    let words: Vec<(usize, f64)> =
        written.iter().filter_map(|(_, o)| o.tokens).filter(|(n, _)| *n > 0).collect();
    let count: usize = words.iter().map(|(n, _)| n).sum();
    let whole: f64 = words.iter().map(|(n, f1)| *n as f64 * f1).sum::<f64>() / count.max(1) as f64;
    let perfect = words.iter().filter(|(_, f1)| *f1 >= 0.99).count();
    row("words compared", count.to_string());
    row("token F1, by words", format!("{whole:.4}"));
    row("files with F1 of 0.99 or more", share(perfect, words.len()));
    let mut grown: Vec<f64> = written.iter().map(|(_, o)| o.grown).collect();
    grown.sort_by(f64::total_cmp);
    row(
        "size against the source, median",
        format!("{:.2}", grown.get(grown.len() / 2).copied().unwrap_or(0.0)),
    );
    reasons(&mut out, "Why pages became pictures", pages.iter().filter_map(|(_, p)| p.pictured.as_deref()));
    reasons(&mut out, "Why files were refused", kept.iter().filter_map(|(_, o)| o.refused.as_deref()));
    reasons(&mut out, "Files that fell", kept.iter().filter_map(|(_, o)| o.fell.as_deref()));
    list(&mut out, &silent, &written);
    out
}

fn reasons<'a>(out: &mut String, title: &str, all: impl Iterator<Item = &'a str>) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    // Pages, objects and sizes in a reason do not make it another one.
    all.for_each(|why| *count.entry(why.replace(|c: char| c.is_ascii_digit(), "#")).or_default() += 1);
    let mut count: Vec<_> = count.into_iter().collect();
    count.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let _ = writeln!(out, "\n{title}:{}", if count.is_empty() { " none." } else { "\n" });
    for (why, n) in count {
        let _ = writeln!(out, "- {n} × {why}");
    }
}

/// The pages that differ without being told, and the files whose words differ most.
fn list(out: &mut String, silent: &[&(&Path, &Page)], written: &[&&(PathBuf, Outcome)]) {
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let _ = writeln!(
        out,
        "\nPages that differ and are not told (the first 40):{}",
        if silent.is_empty() { " none." } else { "\n" }
    );
    for (path, p) in silent.iter().take(40) {
        let show = |v: Option<f64>| v.map_or("–".to_owned(), |v| format!("{:.2} %", v * 100.0));
        let _ = writeln!(
            out,
            "- {}, page {}: {} ours, {} poppler",
            name(path),
            p.number,
            show(p.ours),
            show(p.poppler)
        );
    }
    let mut worst: Vec<_> = written.iter().filter_map(|(path, o)| Some((path, o.tokens?))).collect();
    worst.retain(|(_, (n, f1))| *n > 0 && *f1 < 0.99);
    worst.sort_by(|a, b| a.1.1.total_cmp(&b.1.1));
    let _ = writeln!(
        out,
        "\nFiles whose words differ most (the first 40):{}",
        if worst.is_empty() { " none." } else { "\n" }
    );
    for (path, (n, f1)) in worst.iter().take(40) {
        let _ = writeln!(out, "- {}: {n} words, F1 {f1:.3}", name(path));
    }
}
