//! Looking for words in bytes, in every way a PDF can spell them.

use super::file::RawFile;
use super::token::{Lexer, Obj};
use crate::{Fault, Limits};
use aho_corasick::AhoCorasick;

/// Where bytes came from decides how short a match still means something: two letters turn up in any
/// picture, and any number turns up among offsets and coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hay {
    /// A string or a name, decoded.
    Text,
    /// A decoded stream, or the file between its streams.
    Raw,
    /// The samples of a picture.
    Pixels,
}

/// Words to look for, spelled in all encodings.
pub(crate) struct Needles {
    /// Finds all spellings in one pass, whatever the case of their letters.
    all: Option<AhoCorasick>,
    spellings: Vec<Spelling>,
}

struct Spelling {
    secret: usize,
    bytes: Vec<u8>,
    /// Only figures, or letters that are also hexadecimal figures.
    figures: bool,
}

impl Needles {
    pub(crate) fn new(secrets: &[String]) -> Self {
        let mut spellings: Vec<Spelling> = Vec::new();
        for (secret, text) in secrets.iter().enumerate() {
            let lower = text.trim().to_lowercase();
            if lower.chars().count() < 2 {
                continue;
            }
            let figures = lower.chars().all(|c| c.is_ascii_hexdigit() || " .,-/:+()".contains(c));
            let utf16: Vec<u16> = lower.encode_utf16().collect();
            let mut forms = vec![
                lower.as_bytes().to_vec(),
                utf16.iter().flat_map(|u| u.to_be_bytes()).collect(),
                utf16.iter().flat_map(|u| u.to_le_bytes()).collect(),
            ];
            // PDFDocEncoding and Latin 1 agree on all letters of western names.
            if lower.chars().all(|c| (c as u32) < 256) {
                forms.push(lower.chars().map(|c| c as u8).collect());
            }
            let escaped: Vec<u8> = lower
                .bytes()
                .flat_map(|b| if b"()\\".contains(&b) { vec![b'\\', b] } else { vec![b] })
                .collect();
            forms.push(escaped);
            let hex = |bytes: &[u8]| {
                bytes.iter().flat_map(|b| format!("{b:02x}").into_bytes()).collect::<Vec<u8>>()
            };
            for cased in [lower.clone(), text.trim().to_owned(), text.trim().to_uppercase()] {
                forms.push(hex(cased.as_bytes()));
                forms.push(hex(&cased.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()));
            }
            forms.sort();
            forms.dedup();
            spellings.extend(forms.into_iter().map(|bytes| {
                // Hex spellings are figures too: `the` is 746865, which stands in many a table of offsets.
                let digits = bytes.iter().all(u8::is_ascii_digit);
                let hex = bytes.iter().all(u8::is_ascii_hexdigit) && bytes.len() < 12;
                Spelling { secret, bytes, figures: figures || digits || hex }
            }));
        }
        let patterns = spellings.iter().map(|s| &s.bytes);
        let all = AhoCorasick::builder().ascii_case_insensitive(true).build(patterns).ok();
        Self { all: all.filter(|_| !spellings.is_empty()), spellings }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    fn matches<'n>(&'n self, hay: Hay, bytes: &'n [u8]) -> impl Iterator<Item = usize> + 'n {
        let least = match hay {
            Hay::Text => 3,
            Hay::Raw => 4,
            Hay::Pixels => 8,
        };
        let found = self.all.iter().flat_map(move |all| all.find_overlapping_iter(bytes));
        let spelling = found.map(|m| &self.spellings[m.pattern().as_usize()]);
        spelling.filter(move |s| s.bytes.len() >= least && (hay == Hay::Text || !s.figures)).map(|s| s.secret)
    }

    /// The secrets found in some bytes, each once, in order.
    pub(crate) fn find(&self, hay: Hay, bytes: &[u8]) -> Vec<usize> {
        let mut found: Vec<usize> = self.matches(hay, bytes).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether any secret stands in some bytes.
    pub(crate) fn any(&self, hay: Hay, bytes: &[u8]) -> bool {
        self.matches(hay, bytes).next().is_some()
    }
}

/// Is given a piece: where it lies, the object's number, what it is, its bytes.
pub(crate) type See<'s> = dyn FnMut(&str, u32, Hay, &[u8]) + 's;

/// Gives every piece of a file that can hold words, with where it lies.
pub(crate) fn pieces(file: &RawFile<'_>, limits: &Limits, see: &mut See<'_>) -> Result<(), Fault> {
    let mut total = 0u64;
    let mut end = 0usize;
    for object in &file.objects {
        let number = object.number;
        if object.host.is_none() {
            see(
                "the file between its objects",
                number,
                Hay::Raw,
                &file.bytes[end.min(object.span.start)..object.span.start],
            );
            let head_end = object.stream.as_ref().map_or(object.span.end, |s| s.start);
            if head_end > object.span.start {
                see(
                    "an object",
                    number,
                    Hay::Raw,
                    &file.bytes[object.span.start..head_end.min(file.bytes.len())],
                );
            }
            end = end.max(object.span.end);
        }
        texts(&object.value, &mut |t| see("a string of an object", number, Hay::Text, t));
        let Some(raw) = file.stream(object) else { continue };
        let Some(decoded) = file.decoded(object, limits)? else { continue };
        total += decoded.data.len() as u64;
        if total > limits.total_bytes {
            return Err(Fault::TotalTooLarge { limit: limits.total_bytes });
        }
        if object.is_image() || decoded.image.is_some() {
            see("a picture", number, Hay::Pixels, &decoded.data);
            see("a picture", number, Hay::Pixels, raw);
        } else {
            see("a stream", number, Hay::Raw, &decoded.data);
            if decoded.data.len() != raw.len() {
                see("a stream as it lies in the file", number, Hay::Pixels, raw);
            }
            for_strings(&decoded.data, limits, &mut |t| see("a string in a stream", number, Hay::Text, t));
        }
    }
    see("the end of the file", 0, Hay::Raw, &file.bytes[end.min(file.bytes.len())..]);
    for trailer in &file.trailers {
        texts(&Obj::Dict(trailer.clone()), &mut |t| see("the trailer", 0, Hay::Text, t));
    }
    Ok(())
}

fn texts(value: &Obj, see: &mut dyn FnMut(&[u8])) {
    value.walk(&mut |o| match o {
        Obj::Str(s) => see(s),
        Obj::Name(n) => see(n),
        Obj::Dict(d) => d.0.iter().for_each(|(k, _)| see(k)),
        _ => {}
    });
}

/// The strings of a content stream or a CMap, and the pieces of each array joined: `[(Wh) 20 (itlock)]`.
fn for_strings(data: &[u8], limits: &Limits, see: &mut dyn FnMut(&[u8])) {
    // Binary streams (fonts, profiles) are no content; their first bytes tell.
    if data.iter().take(512).any(|b| matches!(b, 0..=8 | 14..=31)) {
        return;
    }
    let mut lexer = Lexer::new(data, 0, limits.nesting, u32::MAX);
    loop {
        match lexer.value() {
            Ok(Obj::Array(items)) => {
                let mut joined = Vec::new();
                for item in &items {
                    if let Obj::Str(s) = item {
                        joined.extend_from_slice(s);
                    }
                }
                see(&joined);
                items.iter().for_each(|i| texts(i, see));
            }
            Ok(value) => texts(&value, see),
            Err(super::token::Bad::End) => return,
            Err(_) => lexer.pos += 1,
        }
    }
}
