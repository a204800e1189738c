//! Measurements over files and fonts of the machine they are run on; run by hand.

use super::*;
use crate::Limits;
use crate::read::glyphs::Glyph;
use crate::scene::gather::Reader;
use std::collections::BTreeMap;
use std::path::Path;

impl Meanings {
    /// Recovers nothing, for comparison.
    pub(super) fn mute() -> Self {
        let none = Fonts {
            faces: Vec::new(),
            simple: HashMap::new(),
            composite: HashMap::new(),
            same: HashMap::new(),
        };
        Self { fonts: OnceLock::from(none), said: Mutex::default() }
    }
}

pub(super) fn glyphs(bytes: &[u8], meanings: Meanings, pages: usize) -> Vec<Glyph> {
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return Vec::new() };
    let mut reader = Reader::new(&pdf, &Limits::default()).with(Arc::new(meanings));
    (0..pdf.pages().len().min(pages)).flat_map(|page| reader.glyphs(page).glyphs).collect()
}

/// Over the files of a folder: glyphs without a text before and after, and, once their ToUnicode maps are
/// taken away, how much of what they said is recovered and how much of that is wrong.
/// `GB_CORPUS=folder cargo test -p gb-redact --lib unicode::measure::corpus -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, over a folder of files named by GB_CORPUS"]
fn corpus() {
    let Ok(folder) = std::env::var("GB_CORPUS") else { return };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut all, mut before, mut after) = (0, 0, 0);
    let (mut blind, mut right, mut wrong, mut mute) = (0, 0, 0, 0);
    let mut confused: BTreeMap<(String, String), (u32, String)> = BTreeMap::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "pdf")) {
        let bytes = std::fs::read(file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let old = glyphs(&bytes, Meanings::mute(), 20);
        let start = std::time::Instant::now();
        let new = glyphs(&bytes, Meanings::default(), 20);
        let spent = start.elapsed().as_millis();
        let count = |list: &[Glyph]| list.iter().filter(|g| g.unknown).count();
        let (b, a) = (count(&old), count(&new));
        let stripped = without_maps(&bytes);
        let hard = glyphs(&stripped, Meanings::mute(), 20);
        let found = glyphs(&stripped, Meanings::default(), 20);
        let (mut w, mut r, mut m, mut n) = (0, 0, 0, 0);
        if hard.len() == new.len() && found.len() == new.len() {
            for ((hard, found), truth) in hard.iter().zip(&found).zip(&new) {
                if !hard.unknown || truth.unknown || truth.text.trim().is_empty() {
                    continue;
                }
                n += 1;
                if found.unknown {
                    m += 1;
                } else if crate::fold::fold(&found.text) == crate::fold::fold(&truth.text) {
                    r += 1;
                } else {
                    w += 1;
                    let entry = confused.entry((truth.text.to_string(), found.text.to_string())).or_default();
                    entry.0 += 1;
                    entry.1 = name.clone();
                }
            }
        }
        if b > 0 || n > 0 {
            println!(
                "{name}: {} glyphs, unread {b} -> {a} ({spent} ms); stripped {n}: right {r} wrong {w} mute {m}",
                new.len()
            );
        }
        all += new.len();
        before += b;
        after += a;
        (blind, right, wrong, mute) = (blind + n, right + r, wrong + w, mute + m);
    }
    println!(
        "all {all}; unread before {before}, after {after}; stripped {blind}: right {right}, wrong {wrong}, mute {mute}"
    );
    let mut confused: Vec<_> = confused.into_iter().collect();
    confused.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
    for ((truth, found), (n, name)) in confused.into_iter().take(60) {
        println!("  {truth:?} taken for {found:?}: {n}, last in {name}");
    }
}

fn without_maps(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mut at = 0;
    while let Some(i) = out[at..].windows(10).position(|w| w == b"/ToUnicode") {
        out[at + i + 1] = b'X';
        at += i + 10;
    }
    out
}

/// How letters of the fonts in a folder are recognised: `GB_FONTS=folder`.
#[test]
#[ignore = "a measurement, over a folder of fonts named by GB_FONTS"]
fn faces() {
    let Ok(folder) = std::env::var("GB_FONTS") else { return };
    let (mut all, mut right, mut wrong) = (0, 0, 0);
    let mut confused: BTreeMap<(char, char), u32> = BTreeMap::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files {
        let (mut a, mut r, mut w) = (0, 0, 0);
        for (c, path) in letters_of(&file, false) {
            a += 1;
            if let Some(said) = known::recognise(&path) {
                if said == c {
                    r += 1;
                } else {
                    w += 1;
                    *confused.entry((c, said)).or_default() += 1;
                }
            }
        }
        println!("{}: {a} letters, right {r}, wrong {w}", file.file_name().unwrap().to_string_lossy());
        (all, right, wrong) = (all + a, right + r, wrong + w);
    }
    println!("all {all}, right {right}, wrong {wrong}");
    for ((c, said), n) in confused {
        println!("  {c:?} taken for {said:?}: {n}");
    }
}

/// Letters of Cyrillic and Greek that look like no Latin letter.
const FOREIGN: &str = "БГДЖИЙЛПУФЦЧШЩЫЭЮЯбвгджзийклмнптфцчшщъыьэюяΓΔΘΛΞΠΣΦΨΩαβγδεζηθλμξπρσςτφψω";

fn letters_of(file: &Path, foreign: bool) -> Vec<(char, hayro::kurbo::BezPath)> {
    let Some(font) = skrifa::Font::new(std::fs::read(file).unwrap(), 0) else { return Vec::new() };
    let scaler = skrifa::ScalerFont::unhinted(font.clone(), Some(1000.0));
    let mut out = Vec::new();
    for code in (33..127)
        .chain(0xA1..0x180)
        .chain(0x2013..0x2027)
        .chain([0x20AC])
        .chain(0xFB00..0xFB05)
        .chain(FOREIGN.chars().filter(|_| foreign).map(u32::from))
    {
        if code == 0xAD {
            continue;
        }
        let Some(gid) = font.charmap().map_unicode(code) else { continue };
        let Some(outline) = scaler.outline(gid) else { continue };
        let mut svg = skrifa::font::glyph::outline::SvgSink::new();
        if outline.draw(skrifa::DrawMemory::Scratch, &mut svg).is_ok()
            && let Ok(path) = hayro::kurbo::BezPath::from_svg(svg.as_ref())
        {
            out.push((char::from_u32(code).unwrap(), path));
        }
    }
    out
}

/// Writes the table of looks from the fonts in a folder: `GB_FACES=folder`.
#[test]
#[ignore = "writes looks.bin from a folder of fonts named by GB_FACES"]
fn table() {
    use std::io::Write;
    let Ok(folder) = std::env::var("GB_FACES") else { return };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut out = Vec::new();
    for file in files {
        // Slanted Cyrillic looks like other Latin letters than it is.
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let foreign = ["Sans-Regular", "Serif-Regular", "Carlito-Regular", "DejaVuSans."]
            .iter()
            .any(|n| name.contains(n));
        for (c, path) in letters_of(&file, foreign) {
            let Some(look) = shapes::Look::of(&path) else { continue };
            out.extend(u32::from(c).to_le_bytes());
            out.extend(look.to_bytes());
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read/unicode/looks.bin");
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&out).unwrap();
    std::fs::write(file, packed.finish().unwrap()).unwrap();
}
