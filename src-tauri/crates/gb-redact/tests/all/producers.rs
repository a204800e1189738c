//! Files that real programs wrote: each redacted, proved, hunted through, drawn before and after by two renderers, and
//! its text compared as a foreign program reads it. What the files are is told in `tests/fixtures/producers/README.md`.

use crate::foreign::{Scrap, answer, compare, here, tokens, without};
use crate::paper::*;
use gb_redact::{Mark, Options, Placed, Quiet, Redacted, check, place, redact, sweep};

/// Who is taken out of the documents, by language; a part of a name comes after the whole.
const EN: &[&str] = &["Dana Whitlock", "Whitlock"];
const CY: &[&str] = &["Siân Llŷr-Preece", "Llŷr-Preece"];
const PL: &[&str] = &["Żaneta Brzęczyszczykiewicz", "Brzęczyszczykiewicz"];
const AR: &[&str] = &["نجلاء الدرويشي", "الدرويشي"];
const UR: &[&str] = &["شائستہ گلریز", "گلریز"];
const ZH: &[&str] = &["欧阳静怡"];

/// Dots an inch at which pages are compared, the share of pixels that may differ there, and how alike texts must be.
const DPI: u32 = 72;
const PIXELS: f64 = 0.001;
const WORDS: f64 = 0.99;

/// What is tolerated of one file, with its reason beside it in the table.
#[derive(Clone, Copy)]
struct Tolerance {
    /// The least F1 of words as we read them ourselves.
    ours: f64,
    /// The least F1 of words as poppler reads them.
    words: f64,
    /// The largest share of pixels that differ, by either renderer.
    pixels: f64,
}

const STRICT: Tolerance = Tolerance { ours: WORDS, words: WORDS, pixels: PIXELS };
/// Poppler parts the words of a turned line, and of a crooked layer, at other letters once they are set on our grid.
const CROOKED: Tolerance = Tolerance { ours: WORDS, words: 0.94, pixels: PIXELS };
/// Poppler parts a word at a mark over one of its letters in the source, and no more in the output.
const MARKED: Tolerance = Tolerance { ours: WORDS, words: 0.97, pixels: PIXELS };
/// Nastaliq draws letters in parts that no table gives a meaning; the file says beside them what they are. We read that;
/// poppler parts the source's words at every part, so that only our own reading can be the measure.
const UNREAD: Tolerance = Tolerance { ours: WORDS, words: 0.0, pixels: PIXELS };
/// What stands over and under the signs of a formula is parted otherwise once it is set on our grid: `p0` or `p`, `0`.
const FORMULA: Tolerance = Tolerance { ours: 0.98, words: 0.97, pixels: PIXELS };
/// Poppler thins a bilevel picture by leaving out dots: with its unseen edges cut off, others are left out.
const BILEVEL: Tolerance = Tolerance { ours: WORDS, words: WORDS, pixels: 0.01 };

#[test]
fn office_programs() {
    judge(&[
        ("writer-english", EN, STRICT),
        ("writer-welsh", CY, STRICT),
        ("writer-polish", PL, STRICT),
        ("word-like", EN, STRICT),
        ("outlook-like", EN, STRICT),
        ("glyph-by-glyph", EN, STRICT),
        ("calc-sheet", EN, STRICT),
        ("impress-slide", EN, STRICT),
    ]);
}

#[test]
fn browsers_and_libraries() {
    judge(&[
        ("chromium-english", EN, STRICT),
        ("chromium-welsh", CY, STRICT),
        ("chromium-gradients", EN, STRICT),
        ("weasyprint-letter", EN, STRICT),
        ("cairo-letter", EN, CROOKED),
        ("ghostscript-ps2pdf", EN, STRICT),
        ("ghostscript-pdfwrite", EN, STRICT),
    ]);
}

#[test]
fn other_scripts() {
    judge(&[
        ("writer-arabic", AR, STRICT),
        ("writer-chinese", ZH, STRICT),
        ("chromium-arabic", AR, MARKED),
        ("chromium-chinese", ZH, STRICT),
        ("writer-urdu", UR, UNREAD),
        ("chromium-urdu", UR, UNREAD),
    ]);
}

#[test]
fn tex() {
    judge(&[
        ("latex-paper", EN, FORMULA),
        ("latex-type3", EN, FORMULA),
        ("xelatex-polish", PL, FORMULA),
        ("xelatex-welsh", CY, FORMULA),
    ]);
}

#[test]
fn scans_with_words_under_them() {
    judge(&[("ocrmypdf-scan", EN, CROOKED), ("tesseract-scan", EN, CROOKED)]);
}

/// Pictures have no words to find: what is marked is an area, and its pixels must be gone.
#[test]
fn pictures_without_words() {
    for (name, rect) in
        [("imagemagick-picture", [60.0, 60.0, 200.0, 90.0]), ("phone-photo", [60.0, 80.0, 260.0, 130.0])]
    {
        let source = read(name);
        let refused = place(&open(&source), &[phrase("Whitlock")]);
        assert!(refused.is_err(), "{name}: a phrase nobody can find in a picture must not pass silently");
        for options in [as_drawn(), Options::default()] {
            let marks = [area(1, rect)];
            let made = done(&source, &marks, &options);
            for trace in ["Whitlock", "Lumen", "Pocket 4", "Exif"] {
                assert!(!holds(&everything(&made.pdf), trace), "{name}: {trace} came along with the picture");
            }
            let drawn = open(&made.pdf).render(1, 72.0).unwrap();
            for (x, y) in [(rect[0] + 4.0, rect[1] + 4.0), (rect[2] - 4.0, rect[3] - 4.0)] {
                let i = (y as usize * drawn.width as usize + x as usize) * 3;
                assert!(drawn.rgb[i] < 56, "{name}: the box is black at {x}, {y}");
            }
            let wrong = pictures(name, &source, &made, &placed(&source, &marks), &options, BILEVEL);
            assert!(wrong.is_empty(), "{name}: {wrong:?}");
        }
    }
}

fn read(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/producers/");
    std::fs::read(format!("{folder}{name}.pdf")).unwrap()
}

fn placed(source: &[u8], marks: &[Mark]) -> Vec<Placed> {
    place(&open(source), marks).unwrap()
}

/// Each file, its boxes as drawn and with their widths hidden. Everything wrong is gathered before anything fails: one
/// producer's fault must not hide another's.
fn judge(files: &[(&str, &[&str], Tolerance)]) {
    let mut wrong = Vec::new();
    for (name, people, allowed) in files {
        let source = read(name);
        let marks: Vec<Mark> = people.iter().map(|p| phrase(p)).collect();
        for options in [as_drawn(), Options::default()] {
            let name = format!("{name}, {:?}", options.widths);
            match redact(&open(&source), &marks, &options, &Quiet) {
                Ok(made) => {
                    let placed = placed(&source, &marks);
                    eprintln!(
                        "{name}: {} pages rebuilt, {} pictured",
                        made.certificate.pages_rebuilt, made.certificate.pages_pictured
                    );
                    wrong.extend(hunted(&made, people).into_iter().map(|w| format!("{name}: {w}")));
                    wrong.extend(
                        worded(&name, &source, &made, people, *allowed)
                            .into_iter()
                            .map(|w| format!("{name}: {w}")),
                    );
                    wrong.extend(
                        pictures(&name, &source, &made, &placed, &options, *allowed)
                            .into_iter()
                            .map(|w| format!("{name}: {w}")),
                    );
                }
                Err(fault) => wrong.push(format!("{name}: {fault}")),
            }
        }
    }
    let (open, wrong): (Vec<_>, Vec<_>) = wrong
        .into_iter()
        .partition(|w| OPEN.iter().any(|(file, what)| w.starts_with(file) && w.contains(what)));
    open.iter().for_each(|w| eprintln!("known and not mended: {w}"));
    for (file, what) in OPEN.iter().filter(|(f, w)| files.iter().any(|t| f.starts_with(t.0)) && asked(w)) {
        let still = open.iter().any(|w| w.starts_with(file) && w.contains(what));
        assert!(still, "{file}: {what}: mended; take its line out of the list");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whether a fault can show on this machine at all: what poppler draws is only seen where poppler is.
fn asked(what: &str) -> bool {
    here() || !what.contains("poppler")
}

/// Faults of look and of reading that are known and not mended yet; each is printed at every run. What is marked
/// is gone from these files too: that is never excused.
const OPEN: &[(&str, &str)] = &[
    // Rebuilt it looks right to the eye, but the proof takes it for different and it becomes a picture of the page,
    // which is coarser than its letters were.
    ("cairo-letter", "drawn by"),
    // Sub- and superscripts of formulas set in a font of bitmaps are joined to other words than in the source.
    ("latex-type3", "words by"),
    ("latex-type3", "drawn by poppler"),
    // Lines of Nastaliq set again lose the seams between some words.
    ("writer-urdu, Hidden", "words by ourselves"),
];

/// Nothing of the person is in the file, however it is looked for.
fn hunted(made: &Redacted, people: &[&str]) -> Vec<String> {
    let (all, read) = (everything(&made.pdf), text(&made.pdf));
    let secrets: Vec<String> = people.iter().map(|p| (*p).to_owned()).collect();
    let mut wrong = Vec::new();
    for who in people {
        if holds(&all, who) {
            wrong.push(format!("{who} stands in the file"));
        }
        if read.contains(who) {
            wrong.push(format!("{who} can be read in the file"));
        }
    }
    if sweep(&made.pdf, &secrets).is_err() {
        wrong.push("the sweep finds the person".to_owned());
    }
    let found = check(&made.pdf, &secrets).unwrap().findings;
    if !found.is_empty() {
        wrong.push(format!("a stranger finds {found:?}"));
    }
    wrong
}

/// The words that remain are those of the source without the person, read by ourselves and by poppler.
fn worded(name: &str, source: &[u8], made: &Redacted, people: &[&str], allowed: Tolerance) -> Vec<String> {
    let swallowed = made.certificate.words_swallowed as usize;
    let verdict = |reader: &str, before: &str, after: &str, least: f64| {
        let (must, may) = without(&tokens(before), people);
        let found = answer(&must, &may, &tokens(after));
        // A box that had to grow takes its neighbours, and the certificate counts them.
        let explained = found.lost.len() <= swallowed && found.new.is_empty();
        let told =
            format!("words by {reader}: F1 {:.4}, lost {:?}, new {:?}", found.f1, found.lost, found.new);
        eprintln!("{name}: {told}, {swallowed} words under grown boxes");
        (found.f1 < least && !explained).then_some(told)
    };
    let mut wrong = Vec::new();
    wrong.extend(verdict("ourselves", &text(source), &text(&made.pdf), allowed.ours));
    match (Scrap::new(source).text(), Scrap::new(&made.pdf).text()) {
        (Some(before), Some(after)) => wrong.extend(verdict("poppler", &before, &after, allowed.words)),
        _ => eprintln!("{name}: words by poppler: skipped, pdftotext is not here"),
    }
    wrong
}

/// Source and output look alike outside boxes and lines set again, drawn by ourselves and by poppler.
fn pictures(
    name: &str,
    source: &[u8],
    made: &Redacted,
    placed: &[Placed],
    options: &Options,
    allowed: Tolerance,
) -> Vec<String> {
    let (before, after) = (open(source), open(&made.pdf));
    let (before_file, after_file) = (Scrap::new(source), Scrap::new(&made.pdf));
    let mut wrong = Vec::new();
    for page in 1..=before.page_count() {
        let skip = set_again(placed, page, options, before.page_size(page).unwrap().0);
        let ours = (before.render(page, DPI as f32).unwrap(), after.render(page, DPI as f32).unwrap());
        let mut pairs = vec![("ourselves", ours)];
        match before_file.picture(page, DPI).zip(after_file.picture(page, DPI)) {
            Some(pair) => pairs.push(("poppler", pair)),
            None if here() => wrong.push(format!("poppler cannot draw page {page}")),
            None => eprintln!("{name}: drawn by poppler: skipped, pdftoppm is not here"),
        }
        for (renderer, (a, b)) in pairs {
            let Some(seen) = compare(&a, &b, DPI as f32, 1, &skip) else {
                wrong.push(format!("page {page} drawn by {renderer} is of another size"));
                continue;
            };
            let told = format!(
                "page {page} drawn by {renderer}: {} of {} pixels differ, {} are ink",
                seen.off, seen.looked, seen.ink
            );
            eprintln!("{name}: {told}");
            if seen.share() > allowed.pixels {
                wrong.push(told);
            }
        }
    }
    wrong
}

/// Where a page may differ: its boxes; and where widths are hidden, the lines they stand in.
fn set_again(placed: &[Placed], page: u32, options: &Options, width: f32) -> Vec<[f32; 4]> {
    let hidden = options.widths == gb_redact::Widths::Hidden;
    let widen = |r: &[f32; 4]| {
        if hidden {
            [0.0, r[1] - 2.0, width, r[3] + 2.0]
        } else {
            [r[0] - 2.0, r[1] - 2.0, r[2] + 2.0, r[3] + 2.0]
        }
    };
    placed.iter().filter(|p| p.page == page).flat_map(|p| &p.rects).map(widen).collect()
}
