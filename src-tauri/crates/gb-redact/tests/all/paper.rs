//! Small PDFs made by hand, so that each test holds exactly what it is about.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use gb_redact::{Document, Limits, Mark, MarkKind, Options, Quiet, Redacted, Widths, redact};
use std::io::{Read, Write};

/// A file of the given objects, numbered from 1; object 1 is the catalog.
pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let list: Vec<(u32, Vec<u8>)> = (1..).zip(objects.iter().cloned()).collect();
    numbered(&list, "/Root 1 0 R")
}

/// A file of objects with their numbers.
pub fn numbered(objects: &[(u32, Vec<u8>)], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let size = objects.iter().map(|(n, _)| n + 1).max().unwrap_or(1);
    let mut offsets = vec![0; size as usize];
    for (n, body) in objects {
        offsets[*n as usize] = out.len();
        out.extend(format!("{n} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for o in &offsets[1..] {
        let line = if *o == 0 { "0000000000 00000 f \n".to_owned() } else { format!("{o:010} 00000 n \n") };
        out.extend(line.bytes());
    }
    out.extend(format!("trailer\n<</Size {size} {trailer}>>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

pub fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

pub fn deflate(data: &[u8]) -> Vec<u8> {
    let mut e = ZlibEncoder::new(Vec::new(), Compression::best());
    e.write_all(data).unwrap();
    e.finish().unwrap()
}

pub fn inflate(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(data).read_to_end(&mut out).unwrap();
    out
}

/// One page with Helvetica as /F1, Courier as /F2, and more of everything as asked for.
pub fn page(content: &str, page_keys: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>\
             /XObject<</X1 7 0 R>>>>{page_keys}>>"
        )
        .into_bytes(),
        stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    file(&objects)
}

/// Lines of text at 72, 720 and down, 11 points, 14 apart.
pub fn lines(lines: &[&str]) -> String {
    let mut out = "BT /F1 11 Tf 14 TL 72 720 Td\n".to_owned();
    for line in lines {
        out.push_str(&format!("({line}) Tj T*\n"));
    }
    out + "ET\n"
}

pub fn letter(name: &str) -> Vec<u8> {
    page(
        &lines(&[
            "Dear Ms Okafor,",
            &format!("We spoke with {name} on 3 March about the noise at number 12."),
            "The repairs team will call on Tuesday. Nothing else is needed from you.",
            &format!("A copy was sent to {name} and to the warden."),
            "Yours sincerely, the housing office",
        ]),
        "",
        &[],
    )
}

pub fn open(bytes: &[u8]) -> Document {
    Document::open(bytes.to_vec(), None, &Limits::default()).unwrap()
}

pub fn phrase(find: &str) -> Mark {
    Mark {
        id: 1,
        kind: MarkKind::Phrase { find: find.into(), page: None, whole_word: false },
        code: "3P".into(),
    }
}

pub fn area(page: u32, rect: [f32; 4]) -> Mark {
    Mark { id: 2, kind: MarkKind::Rect { page, rect }, code: "LPP".into() }
}

pub fn as_drawn() -> Options {
    Options { widths: Widths::AsDrawn, ..Options::default() }
}

pub fn done(bytes: &[u8], marks: &[Mark], options: &Options) -> Redacted {
    redact(&open(bytes), marks, options, &Quiet).unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    let doc = open(bytes);
    (1..=doc.page_count()).map(|p| doc.words(p).unwrap().text()).collect::<Vec<_>>().join("\n\n")
}

/// Everything in a file that is not pixels, streams inflated, for canary hunts.
pub fn everything(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mut at = 0;
    while let Some(i) = find(&bytes[at..], b"stream\n") {
        let start = at + i + 7;
        let end = start + find(&bytes[start..], b"\nendstream").unwrap();
        let mut inflated = Vec::new();
        let _ = flate2::read::ZlibDecoder::new(&bytes[start..end]).read_to_end(&mut inflated);
        out.extend(inflated);
        at = end + 10;
    }
    out
}

pub fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}

pub fn holds(hay: &[u8], word: &str) -> bool {
    let lower = hay.to_ascii_lowercase();
    let word = word.to_lowercase();
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex: String = word.bytes().map(|b| format!("{b:02x}")).collect();
    [word.as_bytes(), &wide, hex.as_bytes()].iter().any(|n| find(&lower, n).is_some())
}
