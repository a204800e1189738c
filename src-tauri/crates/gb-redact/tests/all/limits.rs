//! Files that are broken or made to do harm are refused, each for its own reason, quickly.

use crate::paper::*;
use gb_redact::{Document, Fault, Limits, Warning};
use std::time::{Duration, Instant};

fn refused(bytes: Vec<u8>, limits: &Limits) -> Fault {
    let start = Instant::now();
    let fault = Document::open(bytes, None, limits).expect_err("should be refused");
    assert!(start.elapsed() < Duration::from_secs(10), "refusing must be quick");
    assert!(!fault.to_string().is_empty());
    fault
}

#[test]
fn each_limit_has_its_fault() {
    let small = Limits { file_bytes: 300, ..Limits::default() };
    assert!(matches!(refused(letter("Dana"), &small), Fault::FileTooLarge { .. }));
    assert_eq!(refused(b"Dear Sir, this is a letter.".to_vec(), &Limits::default()), Fault::NotAPdf);
    assert_eq!(refused(Vec::new(), &Limits::default()), Fault::NotAPdf);
    let none = Limits { pages: 0, ..Limits::default() };
    assert!(matches!(refused(letter("Dana"), &none), Fault::TooManyPages { pages: 1, limit: 0 }));
    let deep = page(&"[".repeat(20_000), "", &[]);
    assert!(matches!(refused(deep, &Limits::default()), Fault::TooDeep { object: 4, .. }), "deep content");
    let deep = page("", &format!("/X {}", "[".repeat(20_000)), &[]);
    assert!(matches!(refused(deep, &Limits::default()), Fault::TooDeep { object: 3, .. }), "deep object");
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8",
        b"",
    );
    let fault = refused(page("", "", &[image]), &Limits::default());
    assert!(matches!(fault, Fault::PictureTooLarge { object: 7, .. }));
    let few = Limits { total_bytes: 100, ..Limits::default() };
    assert!(matches!(refused(letter("Dana"), &few), Fault::TotalTooLarge { .. }));
}

/// 1 GiB of noughts, deflated twice: about two thousand bytes.
#[test]
fn a_double_bomb_is_refused_without_growing() {
    let once = {
        let mut e = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![0u8; 1 << 20];
        for _ in 0..1024 {
            std::io::Write::write_all(&mut e, &zeros).unwrap();
        }
        e.finish().unwrap()
    };
    let twice = deflate(&once);
    assert!(twice.len() < 20_000, "the bomb is small: {}", twice.len());
    let bomb = page("", "", &[stream("/Filter[/FlateDecode/FlateDecode]", &twice)]);
    let before = rss();
    assert!(matches!(refused(bomb, &Limits::default()), Fault::StreamTooLarge { object: 7, .. }));
    assert!(rss() < before + 100_000, "memory stayed flat (kB): {before} then {}", rss());
}

fn rss() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or("VmRSS: 0").to_owned();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[test]
fn a_file_cut_short_is_refused_or_warned_about() {
    let whole = crate::redacting::many(2);
    let half = whole[..whole.len() / 2].to_vec();
    assert!(matches!(
        refused(half, &Limits::default()),
        Fault::Truncated | Fault::Unreadable | Fault::NoPages
    ));
    let no_end = whole[..whole.len() - 40].to_vec();
    let doc = Document::open(no_end, None, &Limits::default()).expect("all pages are there");
    assert!(doc.warnings().contains(&Warning::EndMissing));
}

#[test]
fn damage_never_panics() {
    let whole = letter("Dana Whitlock");
    for step in 1..120 {
        let mut bytes = whole.clone();
        let at = step * 37 % bytes.len();
        bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(step as u8);
        let end = (at + 5).min(bytes.len());
        bytes[at..end].reverse();
        if let Ok(doc) = Document::open(bytes, None, &Limits::default()) {
            let _ = doc.words(1);
            let _ = doc.render(1, 30.0);
        }
    }
}

#[test]
fn a_locked_file_asks_for_its_password() {
    let bytes = include_bytes!("../fixtures/locked.pdf").to_vec();
    let open = |password| Document::open(bytes.clone(), password, &Limits::default());
    assert_eq!(open(None).err(), Some(Fault::NeedsPassword));
    assert_eq!(open(Some("wrong")).err(), Some(Fault::WrongPassword));
    let doc = open(Some("sesame")).unwrap();
    assert!(doc.encrypted());
    assert!(doc.words(1).unwrap().text().contains("Whitlock"));
}
