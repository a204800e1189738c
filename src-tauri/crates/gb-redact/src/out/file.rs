//! The outside of the file: objects, object streams, the table of where they are.
//!
//! Streams stand by themselves; every other object sits in an object stream, and the table is a stream
//! too (PDF 1.7, 7.5.7 and 7.5.8). There is no identifier, no date, no producer: nothing of a file but
//! its pages makes it what it is.

use std::io::Write;

/// Objects in one object stream: enough to deflate well, few enough that a reader finds one soon.
const TOGETHER: usize = 200;

#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In(u32, u16),
}

/// A file being written.
pub(super) struct File {
    out: Vec<u8>,
    places: Vec<Place>,
    /// Objects waiting for their object stream.
    small: Vec<(u32, String)>,
}

/// A stream but for its number: what its dictionary says, and its data as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stream {
    pub(super) entries: String,
    pub(super) data: Vec<u8>,
}

impl File {
    pub(super) fn new() -> Self {
        Self { out: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), places: vec![Place::Free], small: Vec::new() }
    }

    /// A fresh number.
    pub(super) fn number(&mut self) -> u32 {
        self.places.push(Place::Free);
        self.places.len() as u32 - 1
    }

    /// An object that is not a stream.
    pub(super) fn object(&mut self, number: u32, body: String) {
        self.small.push((number, body));
        if self.small.len() == TOGETHER {
            self.pack();
        }
    }

    /// A stream.
    pub(super) fn stream(&mut self, number: u32, entries: &str, data: &[u8]) {
        self.places[number as usize] = Place::At(self.out.len());
        let head = format!("{number} 0 obj\n<<{entries}/Length {}>>\nstream\n", data.len());
        self.out.extend_from_slice(head.as_bytes());
        self.out.extend_from_slice(data);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
    }

    fn pack(&mut self) {
        let list = std::mem::take(&mut self.small);
        if list.is_empty() {
            return;
        }
        let host = self.number();
        let (mut index, mut bodies) = (String::new(), String::new());
        for (i, (number, body)) in list.iter().enumerate() {
            self.places[*number as usize] = Place::In(host, i as u16);
            index.push_str(&format!("{number} {} ", bodies.len()));
            bodies.push_str(body);
            bodies.push('\n');
        }
        let entries = format!("/Type/ObjStm/N {}/First {}/Filter/FlateDecode", list.len(), index.len());
        let data = deflate((index + &bodies).as_bytes());
        self.stream(host, &entries, &data);
    }

    /// Ends the file; `root` is the catalog.
    pub(super) fn finish(mut self, root: u32) -> Vec<u8> {
        self.pack();
        let table = self.number();
        let start = self.out.len();
        self.places[table as usize] = Place::At(start);
        let mut rows = Vec::with_capacity(self.places.len() * 7);
        for place in &self.places {
            let (kind, long, short) = match *place {
                Place::Free => (0u8, 0, 0),
                Place::At(offset) => (1, offset as u32, 0),
                Place::In(host, index) => (2, host, index),
            };
            rows.push(kind);
            rows.extend(long.to_be_bytes());
            rows.extend(short.to_be_bytes());
        }
        let entries =
            format!("/Type/XRef/Size {}/Root {root} 0 R/W[1 4 2]/Filter/FlateDecode", self.places.len());
        self.stream(table, &entries, &deflate(&rows));
        self.out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        self.out
    }
}

/// How hard streams are pressed.
const LEVEL: u32 = 6;

/// Deflated, with the same result on every machine: zlib-rs chooses its matches without asking what the
/// processor can do.
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(LEVEL));
    // Writing to memory cannot fail; were it to, an empty stream says nothing.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}
