//! Real files taken apart and put together again with nothing taken out: what comes out must look and read
//! as what went in.

use super::write::{Sheet, Writer};
use crate::read::layout;
use crate::read::picture::Artist;
use crate::scene::gather::Reader;
use crate::scene::{Item, Scene};
use crate::{Document, Limits, PageWords, Picture};
use std::time::{Duration, Instant};

/// A page with its words known.
fn sheet(reader: &mut Reader<'_>, index: usize) -> Option<Sheet> {
    let mut gathered = reader.scene(index, &[]);
    if let Some(why) = gathered.unfit {
        println!("page {}: {why:?}", index + 1);
        return None;
    }
    let words = layout::words(index as u32 + 1, reader.size(index), &gathered.glyphs);
    tell(&mut gathered.scene, &words, gathered.glyphs.glyphs.len());
    Some(Sheet { size: gathered.scene.size, scene: gathered.scene, boxes: Vec::new() })
}

/// Tells each glyph its word and its line.
fn tell(scene: &mut Scene, words: &PageWords, count: usize) {
    let mut of = vec![(crate::scene::NONE, crate::scene::NONE); count];
    for (number, word) in (0u32..).zip(&words.words) {
        for glyph in &word.glyphs {
            of[*glyph as usize] = (number, word.line);
        }
    }
    for item in &mut scene.items {
        if let Item::Glyphs(run) = item {
            for glyph in &mut run.glyphs {
                if let Some((word, block)) = of.get(glyph.number as usize) {
                    (glyph.word, glyph.block) = (*word, *block);
                }
            }
        }
    }
}

#[derive(Default)]
struct Times {
    gather: Duration,
    number: Duration,
    content: Duration,
    page: Duration,
    finish: Duration,
}

/// Builds a file anew; pages that cannot be built are left out.
fn rebuild(doc: &Document) -> (Vec<u8>, Times) {
    let mut reader = Reader::new(doc.pdf(), &Limits::default());
    let mut writer = Writer::new("en-GB");
    let mut t = Times::default();
    for index in 0..doc.page_count() as usize {
        let start = Instant::now();
        let Some(sheet) = sheet(&mut reader, index) else { continue };
        t.gather += start.elapsed();
        let start = Instant::now();
        let numbers = writer.number(&sheet);
        t.number += start.elapsed();
        let start = Instant::now();
        let bytes = Writer::content(&sheet, &numbers);
        t.content += start.elapsed();
        let start = Instant::now();
        writer.page(bytes);
        t.page += start.elapsed();
    }
    let start = Instant::now();
    let pdf = writer.finish().unwrap();
    t.finish = start.elapsed();
    (pdf, t)
}

/// Share of pixels that differ clearly.
fn different(a: &Picture, b: &Picture) -> f64 {
    assert_eq!((a.width, a.height), (b.width, b.height), "pages keep their size");
    let clear = |(p, q): (&[u8], &[u8])| p.iter().zip(q).any(|(p, q)| p.abs_diff(*q) > 64);
    let count = a.rgb.chunks_exact(3).zip(b.rgb.chunks_exact(3)).filter(|pair| clear(*pair)).count();
    count as f64 / (a.rgb.len() / 3).max(1) as f64
}

/// Unhinted: hinting sets what is the same outline differently where its grid differs.
fn render(doc: &Document, page: u32) -> Picture {
    Artist::new(doc.pdf(), false).page(page as usize - 1, 1.0)
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/sample");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "pdf"))
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(p).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn the_sample_documents_come_out_as_they_went_in() {
    let mut built = 0;
    for (name, bytes) in samples() {
        // One wants a password, and is the same letter without.
        let Ok(doc) = Document::open(bytes, None, &Limits::default()) else { continue };
        let (pdf, _) = rebuild(&doc);
        if let Some((fine, said)) = super::tests::foreign("qpdf", &["--check"], &pdf, &[]) {
            assert!(fine, "{name}: a foreign checker finds nothing wrong: {said}");
        }
        built += 1;
        let out = super::tests::open(&pdf);
        assert_eq!(out.page_count(), doc.page_count(), "{name}: every page could be built");
        for page in 1..=doc.page_count() {
            let share = different(&render(&doc, page), &render(&out, page));
            assert!(share < 0.005, "{name} page {page}: looks as it did, but for {share}");
            let said = |d: &Document| {
                d.words(page).unwrap().words.iter().map(|w| w.text.clone()).collect::<Vec<_>>()
            };
            assert_eq!(said(&out), said(&doc), "{name} page {page}: the same words in the same order");
        }
    }
    assert!(built > 5, "the samples were there: {built}");
}

/// For a person: `GB_TRY=folder cargo test tries::folder -- --ignored --nocapture` rebuilds the files of a
/// folder into `folder/out` and says how they compare.
#[test]
#[ignore = "a tool, not a test"]
fn folder() {
    let Ok(folder) = std::env::var("GB_TRY") else { return };
    let out = std::path::Path::new(&folder).join("out");
    std::fs::create_dir_all(&out).unwrap();
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for path in files.into_iter().filter(|p| p.extension().is_some_and(|e| e == "pdf")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let length = bytes.len();
        let doc = match Document::open(bytes, None, &Limits::default()) {
            Ok(doc) => doc,
            Err(fault) => {
                println!("{name}: {fault}");
                continue;
            }
        };
        let (pdf, t) = rebuild(&doc);
        std::fs::write(out.join(&name), &pdf).unwrap();
        let ratio = pdf.len() as f64 / length as f64;
        let Ok(after) = Document::open(pdf, None, &Limits::default()) else {
            println!("{name}: what was written cannot be opened");
            continue;
        };
        let mut worst = (0.0, 0);
        if after.page_count() == doc.page_count() {
            for page in (1..=doc.page_count()).step_by((doc.page_count() as usize / 12).max(1)) {
                let share = different(&render(&doc, page), &render(&after, page));
                if share > worst.0 {
                    worst = (share, page);
                }
            }
        }
        let ms = |d: Duration| d.as_millis();
        println!(
            "{name}: {}/{} pages, {length} -> x{ratio:.2}, worst {:.3}% on {}, ms gather {} number {} content {} page {} finish {}",
            after.page_count(),
            doc.page_count(),
            worst.0 * 100.0,
            worst.1,
            ms(t.gather),
            ms(t.number),
            ms(t.content),
            ms(t.page),
            ms(t.finish)
        );
    }
}
