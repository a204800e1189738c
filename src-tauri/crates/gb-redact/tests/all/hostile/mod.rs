//! Files made to do harm: each ends, in seconds and in bounded memory, with a fault or a finished file.

mod drawing;
mod fonts;
mod structure;

use crate::paper::*;
use gb_redact::{Document, Fault, Limits, Mark, MarkKind, Options, Quiet, redact};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Seconds a hostile file may take in all: opened, read, drawn, redacted and proved (a release build is faster).
const SECONDS: u64 = 20;
/// Kilobytes it may make us grow by.
const GROWS: u64 = 900_000;

/// What a case should come to.
enum End {
    /// A fault of this kind.
    Refused(fn(&Fault) -> bool),
    /// A finished file.
    Done,
    /// Either; only time and memory matter.
    Any,
}

struct Case {
    name: &'static str,
    pdf: Vec<u8>,
    end: End,
}

fn case(name: &'static str, pdf: Vec<u8>, end: End) -> Case {
    Case { name, pdf, end }
}

const HEAVY: End = End::Refused(|f| matches!(f, Fault::PageTooHeavy { page: 1 }));
const LARGE: End = End::Refused(|f| matches!(f, Fault::PictureTooLarge { .. } | Fault::PageTooHeavy { .. }));

/// Everything the desk does with a file.
fn work(pdf: Vec<u8>) -> Result<(), Fault> {
    let doc = Document::open(pdf, None, &Limits::default())?;
    let words = doc.words(1);
    let drawn = doc.render(1, 72.0);
    let mark =
        Mark { id: 1, kind: MarkKind::Rect { page: 1, rect: [0.0, 0.0, 60.0, 60.0] }, code: "3P".into() };
    redact(&doc, &[mark], &Options::default(), &Quiet)?;
    words?;
    drawn?;
    Ok(())
}

fn all_end(cases: Vec<Case>) {
    let mut wrong = Vec::new();
    for Case { name, pdf, end } in cases {
        let (send, receive) = channel();
        let (start, before) = (Instant::now(), rss());
        std::thread::spawn(move || {
            let _ = send.send(work(pdf));
        });
        let came = receive.recv_timeout(Duration::from_secs(SECONDS));
        let took = start.elapsed();
        let grown = peak().saturating_sub(before);
        let fine = match (&came, end) {
            (Ok(Err(fault)), End::Refused(kind)) => kind(fault),
            (Ok(Ok(())), End::Done) => true,
            (Ok(result), End::Any) => !matches!(result, Err(Fault::Internal { .. })),
            _ => false,
        };
        println!("{name}: {came:?} in {took:?}, {grown} kB");
        if !fine || grown > GROWS {
            wrong.push(format!("{name}: {came:?} after {took:?}, grown by {grown} kB"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn status(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn rss() -> u64 {
    // Peaks are counted from here.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    status("VmRSS")
}

fn peak() -> u64 {
    status("VmHWM")
}

fn with(content: &str, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources\
    <</Font<</F1 5 0 R>>{resources}>>>>"
        )
        .into_bytes(),
        stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    file(&objects)
}

/// A locked file's streams are measured as soon as they can be unlocked.
#[test]
fn a_bomb_behind_a_cipher_is_refused() {
    let bomb = include_bytes!("../../fixtures/channels/locked-bomb.pdf").to_vec();
    assert!(bomb.len() < 20_000, "it is small: {}", bomb.len());
    all_end(vec![case("a locked bomb", bomb, End::Refused(|f| matches!(f, Fault::StreamTooLarge { .. })))]);
}
