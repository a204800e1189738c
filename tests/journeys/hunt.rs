//! Looks for words where they must not be, in bytes as they lie on disk and with whatever is squeezed let out.

use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A word in the ways it can be written in a file.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let utf16be: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let utf16le: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex = |bytes: &[u8], upper: bool| -> Vec<u8> {
        bytes
            .iter()
            .flat_map(|b| if upper { format!("{b:02X}") } else { format!("{b:02x}") }.into_bytes())
            .collect()
    };
    vec![
        hex(word.as_bytes(), true),
        hex(word.as_bytes(), false),
        hex(&utf16be, true),
        hex(&utf16be, false),
        word.as_bytes().to_vec(),
        utf16be,
        utf16le,
    ]
}

/// Whether a word stands in bytes, in any spelling.
pub fn holds(bytes: &[u8], word: &str) -> bool {
    spellings(word).iter().any(|spelt| bytes.windows(spelt.len()).any(|window| window == spelt.as_slice()))
}

/// A PDF's bytes, followed by those of every stream in it that can be inflated.
///
/// It looks for the word `stream` instead of reading the file's tables: what a table does not mention can still be found
/// by somebody who looks.
pub fn inflated(pdf: &[u8]) -> Vec<u8> {
    let mut out = pdf.to_vec();
    let mut at = 0;
    while let Some(found) = pdf[at..].windows(6).position(|six| six == b"stream") {
        let mut start = at + found + 6;
        at = start;
        while matches!(pdf.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        // What cannot be inflated is no deflated stream; what inflates in part is kept in part.
        let mut piece = Vec::new();
        let _ = ZlibDecoder::new(&pdf[start..]).read_to_end(&mut piece);
        if piece.is_empty() {
            let _ = DeflateDecoder::new(&pdf[start..]).read_to_end(&mut piece);
        }
        out.extend_from_slice(b"\n");
        out.extend_from_slice(&piece);
    }
    out
}

/// Files under a folder that hold any of these words, except under the folders that may.
pub fn leaks(root: &Path, words: &[&str], except: &[PathBuf]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for file in files(root) {
        if except.iter().any(|allowed| file.starts_with(allowed)) {
            continue;
        }
        let Ok(bytes) = fs::read(&file) else { continue };
        let name = file.to_string_lossy().into_owned();
        for word in words {
            if holds(&bytes, word) || name.contains(word) {
                found.push((file.clone(), (*word).to_owned()));
            }
        }
    }
    found
}

/// Every plain file under a folder.
pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            found.extend(files(&entry.path()));
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    found
}

#[test]
fn the_hunt_finds_what_it_is_sent_for() {
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;
    let squeezed = {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(b"BT (Whitlock) Tj ET").expect("memory takes it");
        encoder.finish().expect("memory takes it")
    };
    let mut pdf = b"1 0 obj <</Length 9>> stream\r\n".to_vec();
    pdf.extend_from_slice(&squeezed);
    pdf.extend_from_slice(b"\nendstream endobj");
    assert!(!holds(&pdf, "Whitlock"), "squeezed, it cannot be seen");
    assert!(holds(&inflated(&pdf), "Whitlock"), "let out, it can");
    assert!(holds(b"<57686974>", "Whit"), "a hexadecimal string is a spelling");
    assert!(holds(b"\0W\0h\0i\0t", "Whit"), "so is UTF-16");
    assert!(!holds(b"<57686975>", "Whit"), "a neighbour is not");
}
