//! Writes the PDF file format: objects in order, one cross-reference table, one trailer.
//!
//! Small on purpose. A test needs to say exactly what bytes a file holds, mistakes included.

use miniz_oxide::deflate::compress_to_vec_zlib;
use std::fmt::Write as _;

/// The number of an object in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ref(pub usize);

impl std::fmt::Display for Ref {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// A file being written: every object's body, by number.
#[derive(Default)]
pub struct File {
    bodies: Vec<Vec<u8>>,
}

impl File {
    /// Keeps a number for an object that is written later.
    pub fn reserve(&mut self) -> Ref {
        self.bodies.push(b"null".to_vec());
        Ref(self.bodies.len())
    }

    /// Writes a reserved object.
    pub fn put(&mut self, at: Ref, body: impl Into<Vec<u8>>) {
        self.bodies[at.0 - 1] = body.into();
    }

    /// Adds an object.
    pub fn add(&mut self, body: impl Into<Vec<u8>>) -> Ref {
        let at = self.reserve();
        self.put(at, body);
        at
    }

    /// Adds a stream, deflated. `dict` is the inside of its dictionary, without filter and length.
    pub fn stream(&mut self, dict: &str, data: &[u8]) -> Ref {
        let small = compress_to_vec_zlib(data, 9);
        self.raw_stream(&format!("{dict} /Filter /FlateDecode"), &small)
    }

    /// Adds a stream as it is, with the filters that `dict` names.
    pub fn raw_stream(&mut self, dict: &str, data: &[u8]) -> Ref {
        let mut body = format!("<< {} /Length {} >>\nstream\n", dict.trim(), data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.add(body)
    }

    /// Closes the file. `info` is a document information dictionary, already added.
    pub fn finish(self, catalog: Ref, info: Option<Ref>) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.bodies.len() + 1);
        let total = self.bodies.len() + 1;
        for (i, body) in self.bodies.into_iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", out.len());
            out.extend_from_slice(format!("{} 0 obj\n", i + 1).as_bytes());
            out.extend_from_slice(&body);
            out.extend_from_slice(b"\nendobj\n");
        }
        let start = out.len();
        let info = info.map_or(String::new(), |r| format!(" /Info {r}"));
        out.extend_from_slice(table.as_bytes());
        out.extend_from_slice(
            format!("trailer\n<< /Size {total} /Root {catalog}{info} >>\nstartxref\n{start}\n%%EOF\n")
                .as_bytes(),
        );
        out
    }
}

/// A text as a PDF string: plain where it is plain, otherwise UTF-16.
pub fn pdf_string(text: &str) -> String {
    if text.is_ascii() {
        let mut out = String::from("(");
        for c in text.chars() {
            if matches!(c, '(' | ')' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out.push(')');
        return out;
    }
    let mut out = String::from("<FEFF");
    for unit in text.encode_utf16() {
        let _ = write!(out, "{unit:04X}");
    }
    out.push('>');
    out
}

/// A number as PDF writes it: at most three decimals, never an exponent.
pub fn num(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}
