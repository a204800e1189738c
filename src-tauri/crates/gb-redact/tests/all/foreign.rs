//! A second, foreign judge: poppler's programs, where they are installed; and how pictures and texts are compared.

use gb_redact::Picture;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether poppler's programs are on the path.
pub fn here() -> bool {
    let mut ask = Command::new("pdftoppm");
    ask.arg("-v").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    ask.status().is_ok()
}

/// A file of its own for a program that reads files, gone when dropped.
pub struct Scrap(PathBuf);

impl Scrap {
    pub fn new(bytes: &[u8]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("guardbook-{}-{}.pdf", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).expect("the temporary folder takes a file");
        Self(path)
    }

    /// The text poppler reads, in its own order.
    pub fn text(&self) -> Option<String> {
        let out = Command::new("pdftotext").arg(&self.0).arg("-").stderr(Stdio::null()).output().ok()?;
        out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
    }

    /// A page as poppler draws it.
    pub fn picture(&self, page: u32, dpi: u32) -> Option<Picture> {
        let page = page.to_string();
        let mut ask = Command::new("pdftoppm");
        ask.args(["-cropbox", "-f", &page, "-l", &page, "-singlefile", "-r", &dpi.to_string()]).arg(&self.0);
        let out = ask.stderr(Stdio::null()).output().ok()?;
        ppm(&out.stdout)
    }
}

impl Drop for Scrap {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn ppm(bytes: &[u8]) -> Option<Picture> {
    let mut at = bytes.strip_prefix(b"P6")?;
    let mut number = || {
        let start = at.iter().position(u8::is_ascii_digit)?;
        let length = at[start..].iter().position(|b| !b.is_ascii_digit())?;
        let n: u32 = std::str::from_utf8(&at[start..start + length]).ok()?.parse().ok()?;
        at = &at[start + length..];
        Some(n)
    };
    let (width, height, _most) = (number()?, number()?, number()?);
    Some(Picture { width, height, rgb: at.get(1..)?.to_vec() })
}

/// How two pictures of a page differ, outside some areas.
#[derive(Debug, Clone, Copy, Default)]
pub struct Difference {
    /// Pixels compared.
    pub looked: u64,
    /// Pixels whose colour is found nowhere near in the other picture.
    pub off: u64,
    /// Pixels of the first that are not the paper's white.
    pub ink: u64,
}

impl Difference {
    pub fn share(&self) -> f64 {
        self.off as f64 / self.looked.max(1) as f64
    }
}

/// Compares two pictures outside `skip` (points). A pixel differs when no pixel within `reach` of its place in the
/// other picture comes near its colour: glyphs set on another grid and edges drawn softer are no difference; a glyph
/// that is gone, another, or a shape somewhere else is.
pub fn compare(a: &Picture, b: &Picture, dpi: f32, reach: i64, skip: &[[f32; 4]]) -> Option<Difference> {
    if a.width.abs_diff(b.width) > 1 || a.height.abs_diff(b.height) > 1 {
        return None;
    }
    let (width, height) = (a.width.min(b.width), a.height.min(b.height));
    let skip: Vec<[f32; 4]> = skip.iter().map(|r| r.map(|v| v * dpi / 72.0)).collect();
    let mut seen = Difference::default();
    for y in 0..height {
        let band: Vec<_> = skip.iter().filter(|r| r[1] - 2.0 <= y as f32 && y as f32 <= r[3] + 2.0).collect();
        for x in 0..width {
            if band.iter().any(|r| r[0] - 2.0 <= x as f32 && x as f32 <= r[2] + 2.0) {
                continue;
            }
            seen.looked += 1;
            seen.ink += u64::from(pixel(a, x, y).iter().any(|c| *c < 240));
            if near(pixel(a, x, y), pixel(b, x, y)) {
                continue;
            }
            seen.off += u64::from(!around(a, b, x, y, reach) || !around(b, a, x, y, reach));
        }
    }
    Some(seen)
}

fn around(a: &Picture, b: &Picture, x: u32, y: u32, reach: i64) -> bool {
    let here = pixel(a, x, y);
    (-reach..=reach).any(|dy| {
        (-reach..=reach).any(|dx| {
            let (i, j) = (i64::from(x) + dx, i64::from(y) + dy);
            let inside = i >= 0 && j >= 0 && i < i64::from(b.width) && j < i64::from(b.height);
            inside && near(here, pixel(b, i as u32, j as u32))
        })
    })
}

/// A quarter of the way from black to white.
fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 64)
}

fn pixel(p: &Picture, x: u32, y: u32) -> [u8; 3] {
    let i = (y as usize * p.width as usize + x as usize) * 3;
    p.rgb.get(i..i + 3).map_or([255; 3], |c| [c[0], c[1], c[2]])
}

/// A token: what is compared, and which word between spaces it stood in.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub text: String,
    pub word: usize,
}

/// Runs of letters and figures, one spelling for each, without marks that readers order as they like. Where a script
/// has no spaces every character is a token. A word broken at a line's end is one.
pub fn tokens(text: &str) -> Vec<Token> {
    let text = text.replace("\u{ad}\n", "").replace("-\n", "").replace("\u{ad}", "");
    let mut out = Vec::new();
    for (word, piece) in text.split_whitespace().enumerate() {
        let mut run = String::new();
        for c in piece.nfkc().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
            let single = matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..);
            if c.is_alphanumeric() && !single {
                run.push(c);
                continue;
            }
            if !run.is_empty() {
                out.push(Token { text: std::mem::take(&mut run), word });
            }
            if single {
                // Each stands for itself, and is a word for itself too.
                out.push(Token { text: c.to_string(), word: usize::MAX - out.len() });
            }
        }
        if !run.is_empty() {
            out.push(Token { text: run, word });
        }
    }
    out
}

/// What of a text must be there, and what may, when phrases are taken out of it: the rest of a word between spaces
/// that a phrase stands in may go with it.
pub fn without(source: &[Token], phrases: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut gone = vec![false; source.len()];
    for phrase in phrases {
        // Readers part a name into tokens where they please: it is the letters that must be the same.
        let phrase: String = tokens(phrase).into_iter().map(|t| t.text).collect();
        for start in 0..source.len() {
            let mut letters = String::new();
            let long = source[start..].iter().take_while(|t| {
                let short = letters.len() < phrase.len();
                letters.push_str(if short { &t.text } else { "" });
                short
            });
            let long = long.count();
            if letters == phrase {
                gone[start..start + long].fill(true);
            }
        }
    }
    let touched: Vec<usize> = source.iter().zip(&gone).filter(|(_, g)| **g).map(|(t, _)| t.word).collect();
    let may: Vec<_> = source.iter().zip(&gone).filter(|(_, g)| !**g).map(|(t, _)| t).collect();
    let must = may.iter().filter(|t| !touched.contains(&t.word)).map(|t| t.text.clone()).collect();
    (must, may.iter().map(|t| t.text.clone()).collect())
}

/// How the words of an output answer to what must and may be there.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub lost: Vec<String>,
    pub new: Vec<String>,
    pub f1: f64,
}

pub fn answer(must: &[String], may: &[String], output: &[Token]) -> Words {
    let count = |words: &mut dyn Iterator<Item = &str>| {
        let mut all: BTreeMap<String, i64> = BTreeMap::new();
        words.for_each(|w| *all.entry(w.to_owned()).or_default() += 1);
        all
    };
    let output = count(&mut output.iter().map(|t| t.text.as_str()));
    let over = |from: &BTreeMap<String, i64>, of: &BTreeMap<String, i64>| {
        let more = |(w, n): (&String, &i64)| {
            let times = (n - of.get(w).copied().unwrap_or(0)).max(0) as usize;
            std::iter::repeat_n(w.clone(), times)
        };
        from.iter().flat_map(more).collect::<Vec<_>>()
    };
    let lost = over(&count(&mut must.iter().map(String::as_str)), &output);
    let new = over(&output, &count(&mut may.iter().map(String::as_str)));
    let all = output.values().sum::<i64>() as f64;
    let (wanted, same) = (must.len() as f64, all - new.len() as f64);
    let recall = if wanted > 0.0 { 1.0 - lost.len() as f64 / wanted } else { 1.0 };
    let precision = if all > 0.0 { same / all } else { f64::from(must.is_empty()) };
    let f1 = if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 };
    Words { lost, new, f1 }
}
