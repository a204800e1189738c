//! Looks for a word in the bytes of a file, knowing nothing of the crate: every stream inflated, every spelling tried.

use std::io::Read;

/// What was found: where, and how it was spelled. One entry for each place.
pub fn hunt(file: &[u8], word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, hay) in hays(file) {
        let mut note = |how: &str, times: usize| found.extend((0..times).map(|_| format!("{place}, {how}")));
        spelled(&hay, word, &mut note);
        let pieces = pieces(&hay);
        let apart = pieces.join(&b"\n"[..]);
        if apart != hay {
            spelled(&apart, word, &mut |how, times| note(&format!("in strings, {how}"), times));
        }
        let joined = pieces.concat();
        let turned: Vec<u8> = pieces.iter().rev().flatten().copied().collect();
        spelled(&joined, word, &mut |how, times| note(&format!("pieces joined, {how}"), times));
        spelled(&turned, word, &mut |how, times| note(&format!("pieces joined backwards, {how}"), times));
        let names = unescaped_names(&hay);
        if names != hay {
            spelled(&names, word, &mut |how, times| note(&format!("names, {how}"), times));
        }
    }
    found
}

/// The file, and each of its streams with its filters undone as far as they can be.
fn hays(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut out = vec![("the file".to_owned(), file.to_vec())];
    for (number, raw) in (1..).zip(streams(file)) {
        let mut data = raw.to_vec();
        for round in 0..3 {
            let Some(next) = undone(&data) else { break };
            data = next;
            out.push((format!("stream {number} opened {}", round + 1), data.clone()));
        }
    }
    out
}

/// What stands between `stream` and `endstream`, in order.
pub fn streams(file: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(i) = position(&file[at..], b"stream") {
        let word = at + i;
        at = word + 6;
        if file[..word].ends_with(b"end") {
            continue;
        }
        let start = match &file[at..] {
            [b'\r', b'\n', ..] => at + 2,
            [b'\n' | b'\r', ..] => at + 1,
            _ => continue,
        };
        let end = start + position(&file[start..], b"endstream").unwrap_or(file.len() - start);
        out.push(&file[start..end]);
        at = end;
    }
    out
}

fn undone(data: &[u8]) -> Option<Vec<u8>> {
    let zlib = |data: &[u8]| {
        let mut out = Vec::new();
        let _ = flate2::read::ZlibDecoder::new(data).read_to_end(&mut out);
        (!out.is_empty()).then_some(out)
    };
    zlib(data).or_else(|| zlib(&hex(data)?)).or_else(|| hex(data).filter(|h| h.len() > 4))
}

fn hex(data: &[u8]) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = data
        .iter()
        .filter(|b| !b.is_ascii_whitespace() && **b != b'>')
        .map(|b| (*b as char).to_digit(16).map(|d| d as u8))
        .collect();
    Some(digits?.chunks(2).map(|p| p[0] << 4 | p.get(1).copied().unwrap_or(0)).collect())
}

/// Tells `note` of each spelling of `word` in `hay`, and how often it stands there.
fn spelled(hay: &[u8], word: &str, note: &mut dyn FnMut(&str, usize)) {
    let hay = hay.to_ascii_lowercase();
    let word = word.to_lowercase();
    let backwards: String = word.chars().rev().collect();
    let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let digits = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes();
    for (how, needle) in [
        ("plain", word.as_bytes().to_vec()),
        ("backwards", backwards.into_bytes()),
        ("hex", digits(word.as_bytes())),
        ("UTF-16 as hex", digits(&big)),
        ("UTF-16, big end first", big),
        ("UTF-16, little end first", little),
    ] {
        note(how, count(&hay, &needle));
    }
}

/// The strings of a text, literal ones unescaped and hex ones read, in their order.
fn pieces(hay: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < hay.len() {
        match hay[at] {
            b'(' => {
                let (piece, end) = literal(hay, at + 1);
                out.push(piece);
                at = end;
            }
            b'<' if hay.get(at + 1) != Some(&b'<') => {
                let end = at + 1 + hay[at + 1..].iter().position(|b| *b == b'>').unwrap_or(0);
                if let Some(piece) = hex(&hay[at + 1..end]).filter(|_| end > at + 1) {
                    out.push(piece);
                    at = end;
                }
                at += 1;
            }
            b'<' => at += 2,
            _ => at += 1,
        }
    }
    out
}

fn literal(hay: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let (mut out, mut depth) = (Vec::new(), 1);
    while let Some(&b) = hay.get(at) {
        at += 1;
        match b {
            b'\\' => {
                let octal: Vec<u8> =
                    hay[at..].iter().take(3).take_while(|b| (b'0'..=b'7').contains(b)).copied().collect();
                if octal.is_empty() {
                    match hay.get(at) {
                        Some(b'\n' | b'\r') | None => {}
                        Some(c) => out.push(*c),
                    }
                    at += 1;
                } else {
                    out.push(octal.iter().fold(0u8, |v, d| v.wrapping_mul(8).wrapping_add(d - b'0')));
                    at += octal.len();
                }
                continue;
            }
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        out.push(b);
    }
    (out, at)
}

fn unescaped_names(hay: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(hay.len());
    let mut at = 0;
    while at < hay.len() {
        let code = hay.get(at + 1..at + 3).filter(|_| hay[at] == b'#').and_then(hex);
        match code.as_deref() {
            Some([byte]) => {
                out.push(*byte);
                at += 3;
            }
            _ => {
                out.push(hay[at]);
                at += 1;
            }
        }
    }
    out
}

/// Whether `needle` stands in the file or in one of its streams as it is.
pub fn holds(file: &[u8], needle: &[u8]) -> bool {
    hays(file).iter().any(|(_, hay)| position(hay, needle).is_some())
}

/// Characters that the file's maps from glyphs to text give, as hex of UTF-16.
pub fn mapped(file: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    for (_, hay) in hays(file) {
        let text = String::from_utf8_lossy(&hay).into_owned();
        for block in text.split("beginbfchar").skip(1) {
            let block = block.split("endbfchar").next().unwrap_or_default();
            let codes: Vec<&str> = block.split('<').skip(1).filter_map(|t| t.split('>').next()).collect();
            out.extend(codes.chunks(2).filter_map(|c| c.get(1)).map(|c| c.to_uppercase()));
        }
        for block in text.split("beginbfrange").skip(1) {
            let block = block.split("endbfrange").next().unwrap_or_default();
            let codes: Vec<&str> = block.split('<').skip(1).filter_map(|t| t.split('>').next()).collect();
            for range in codes.chunks(3).filter(|r| r.len() == 3) {
                let number = |t: &str| u32::from_str_radix(t, 16).unwrap_or(0);
                let (from, to, base) = (number(range[0]), number(range[1]), number(range[2]));
                out.extend((from..=to.min(from + 65_535)).map(|c| format!("{:04X}", base + c - from)));
            }
        }
    }
    out
}

pub fn count(hay: &[u8], needle: &[u8]) -> usize {
    let (mut at, mut times) = (0, 0);
    while let Some(i) = position(&hay[at..], needle) {
        times += 1;
        at += i + needle.len();
    }
    times
}

fn position(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, rest) = needle.split_first()?;
    let mut at = 0;
    while let Some(i) = hay[at..].iter().position(|b| b == first) {
        if hay[at + i + 1..].starts_with(rest) {
            return Some(at + i);
        }
        at += i + 1;
    }
    None
}

#[test]
fn every_spelling_is_met() {
    let check = |hay: &[u8], why: &str| assert!(!hunt(hay, "Quillfeather").is_empty(), "{why}");
    check(b"(Quillfeather)", "plain");
    check(b"QUILLFEATHER", "capitals");
    check(b"<5175696C6C66656174686572>", "hex");
    check(b"<51 7569 6C6C\n66656174686572>", "hex with gaps");
    check(b"(\\121uill\\\nfeather)", "an octal escape and a broken line");
    check(b"[(Quill) -20 (feat) 3 <686572>] TJ", "pieces");
    check(b"[(feather) -9000 (Quill)] TJ", "pieces drawn the other way round");
    check(b"(rehtaeflliuQ) Tj", "written backwards");
    check(b"/Qui#6C#6Cfeather", "a name");
    check(&"\u{FEFF}Quillfeather".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), "UTF-16");
    check(
        &"Quillfeather".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        "UTF-16 the other way",
    );
    let twice = crate::paper::deflate(&crate::paper::deflate(b"so Quillfeather said"));
    check(&crate::paper::stream("", &twice), "two filters");
    assert!(
        hunt(b"(Harbour lights) Tj [(Lantern) 9 (below)] TJ", "Quillfeather").is_empty(),
        "nothing there"
    );
}
