//! Finding every object a file holds, pointed at or not.

use super::filter;
use super::token::{Bad, Dict, Lexer, Obj, is_space};
use crate::{Fault, Limits};
use std::collections::HashMap;
use std::ops::Range;

/// One object found in the file.
#[derive(Debug, Clone)]
pub(crate) struct RawObject {
    pub(crate) number: u32,
    /// Where `N G obj` begins, and where the object ends; for a member of an object stream, its host's.
    pub(crate) span: Range<usize>,
    pub(crate) value: Obj,
    /// Where the stream's data lies.
    pub(crate) stream: Option<Range<usize>>,
    /// The object stream this one sat in.
    pub(crate) host: Option<u32>,
}

impl RawObject {
    pub(crate) fn dict(&self) -> Option<&Dict> {
        self.value.dict()
    }
    /// Whether a stream is a picture: its samples are not text and are not searched as text.
    pub(crate) fn is_image(&self) -> bool {
        self.dict().is_some_and(|d| d.is(b"Subtype", b"Image"))
    }
}

/// A whole file, taken apart.
pub(crate) struct RawFile<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) objects: Vec<RawObject>,
    pub(crate) trailers: Vec<Dict>,
    /// Offsets of `%%EOF`.
    pub(crate) ends: Vec<usize>,
    /// Offsets of `startxref`.
    pub(crate) starts: Vec<usize>,
}

/// Offsets of `needle` in `hay`.
pub(crate) fn offsets<'h>(hay: &'h [u8], needle: &'h [u8]) -> impl Iterator<Item = usize> + 'h {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = find(hay.get(at..)?, needle)?;
        let here = at + found;
        at = here + needle.len();
        Some(here)
    })
}

/// First place of `needle` in `hay`. Skips by the rarest-looking byte: the last.
pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let (&last, head) = needle.split_last()?;
    let mut at = head.len();
    while at < hay.len() {
        let step = hay[at..].iter().position(|&b| b == last)?;
        at += step;
        if hay[at - head.len()..at] == *head {
            return Some(at - head.len());
        }
        at += 1;
    }
    None
}

impl<'a> RawFile<'a> {
    /// Takes a file apart. Objects are found by their `N G obj`, wherever it stands.
    pub(crate) fn read(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        let mut file = Self {
            bytes,
            objects: Vec::new(),
            trailers: Vec::new(),
            ends: offsets(bytes, b"%%EOF").collect(),
            starts: offsets(bytes, b"startxref").collect(),
        };
        file.find_objects(limits)?;
        file.find_streams();
        file.find_trailers(limits)?;
        Ok(file)
    }

    fn find_objects(&mut self, limits: &Limits) -> Result<(), Fault> {
        for at in offsets(self.bytes, b"obj") {
            let Some((number, start)) = header_before(self.bytes, at) else { continue };
            if self.objects.len() >= limits.objects as usize {
                return Err(Fault::TooManyParts);
            }
            let mut lexer = Lexer::new(self.bytes, at + 3, limits.nesting, limits.values);
            let value = match lexer.value() {
                Ok(v) => v,
                Err(Bad::Deep) => return Err(Fault::TooDeep { object: number, limit: limits.nesting }),
                Err(Bad::Many) => return Err(Fault::TooManyParts),
                Err(Bad::End) => continue,
            };
            lexer.skip_space();
            let stream = (value.dict().is_some() && lexer.take(b"stream")).then(|| {
                if !lexer.take(b"\r\n") && !lexer.take(b"\n") {
                    let _ = lexer.take(b"\r");
                }
                lexer.pos..lexer.pos
            });
            self.objects.push(RawObject { number, span: start..lexer.pos, value, stream, host: None });
        }
        Ok(())
    }

    /// Settles where each stream ends: by its length if `endstream` follows, else by searching.
    fn find_streams(&mut self) {
        let numbers: HashMap<u32, f64> =
            self.objects.iter().filter_map(|o| Some((o.number, o.value.num()?))).collect();
        for object in &mut self.objects {
            let Some(range) = object.stream.clone() else {
                object.span.end = after(self.bytes, object.span.end, b"endobj");
                continue;
            };
            let length = object.value.dict().and_then(|d| d.get(b"Length")).and_then(|l| match l {
                Obj::Ref(r) => numbers.get(r).copied(),
                other => other.num(),
            });
            let by_length = length.filter(|l| *l >= 0.0).and_then(|l| {
                let end = range.start.checked_add(l as usize)?;
                let mut at = end;
                while self.bytes.get(at).is_some_and(|b| is_space(*b)) && at < end + 4 {
                    at += 1;
                }
                self.bytes.get(at..)?.starts_with(b"endstream").then_some(end)
            });
            let end = by_length.unwrap_or_else(|| {
                let rest = &self.bytes[range.start.min(self.bytes.len())..];
                range.start + find(rest, b"endstream").unwrap_or(rest.len())
            });
            object.stream = Some(range.start..end);
            object.span.end = after(self.bytes, after(self.bytes, end, b"endstream"), b"endobj");
        }
    }

    fn find_trailers(&mut self, limits: &Limits) -> Result<(), Fault> {
        for at in offsets(self.bytes, b"trailer") {
            let mut lexer = Lexer::new(self.bytes, at + 7, limits.nesting, limits.values);
            match lexer.value() {
                Ok(Obj::Dict(d)) => self.trailers.push(d),
                Err(Bad::Deep) => return Err(Fault::TooDeep { object: 0, limit: limits.nesting }),
                Err(Bad::Many) => return Err(Fault::TooManyParts),
                _ => {}
            }
        }
        let from_streams = self.objects.iter().filter(|o| o.stream.is_some()).filter_map(RawObject::dict);
        self.trailers.extend(from_streams.filter(|d| d.is(b"Type", b"XRef")).cloned());
        Ok(())
    }

    /// Whether the file says it is encrypted.
    pub(crate) fn encrypted(&self) -> bool {
        self.trailers.iter().any(|t| t.has(b"Encrypt"))
    }

    /// The raw bytes of an object's stream.
    pub(crate) fn stream(&self, object: &RawObject) -> Option<&'a [u8]> {
        self.bytes.get(object.stream.clone()?)
    }

    /// An object's stream, decoded as far as our filters go.
    pub(crate) fn decoded(
        &self,
        object: &RawObject,
        limits: &Limits,
    ) -> Result<Option<filter::Decoded>, Fault> {
        let (Some(dict), Some(raw)) = (object.dict(), self.stream(object)) else { return Ok(None) };
        filter::decode(dict, raw, limits.stream_bytes)
            .map(Some)
            .map_err(|_| Fault::StreamTooLarge { object: object.number, limit: limits.stream_bytes })
    }

    /// Adds the members of object streams to the objects.
    pub(crate) fn open_object_streams(&mut self, limits: &Limits) -> Result<(), Fault> {
        let mut found = Vec::new();
        for object in &self.objects {
            let Some(dict) = object.dict().filter(|d| d.is(b"Type", b"ObjStm")) else { continue };
            let Some(decoded) = self.decoded(object, limits)? else { continue };
            let count = dict.get(b"N").and_then(Obj::num).unwrap_or(0.0).clamp(0.0, 1e6) as usize;
            let first = dict.get(b"First").and_then(Obj::num).unwrap_or(0.0).clamp(0.0, 1e9) as usize;
            let mut index = Lexer::new(&decoded.data, 0, 4, limits.values);
            for _ in 0..count {
                let (Ok(Obj::Num(number)), Ok(Obj::Num(offset))) = (index.value(), index.value()) else {
                    break;
                };
                let mut lexer = Lexer::new(
                    &decoded.data,
                    first + offset.max(0.0) as usize,
                    limits.nesting,
                    limits.values,
                );
                match lexer.value() {
                    Ok(value) => found.push(RawObject {
                        number: number.max(0.0) as u32,
                        span: object.span.clone(),
                        value,
                        stream: None,
                        host: Some(object.number),
                    }),
                    Err(Bad::Deep) => {
                        return Err(Fault::TooDeep { object: object.number, limit: limits.nesting });
                    }
                    Err(Bad::Many) => return Err(Fault::TooManyParts),
                    Err(Bad::End) => {}
                }
                if self.objects.len() + found.len() > limits.objects as usize {
                    return Err(Fault::TooManyParts);
                }
            }
        }
        self.objects.extend(found);
        Ok(())
    }

    /// The newest object of a number.
    pub(crate) fn get(&self, number: u32) -> Option<&RawObject> {
        self.objects.iter().rev().find(|o| o.number == number)
    }
}

/// Where `tag` ends if it stands (after white space) at `at`; else `at`.
fn after(bytes: &[u8], at: usize, tag: &[u8]) -> usize {
    let mut here = at;
    while bytes.get(here).is_some_and(|b| is_space(*b)) {
        here += 1;
    }
    if bytes.get(here..).is_some_and(|b| b.starts_with(tag)) { here + tag.len() } else { at }
}

/// Reads `N G ` backwards from the word `obj`.
fn header_before(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let back = |mut i: usize, want: fn(u8) -> bool| {
        while i > 0 && want(bytes[i - 1]) {
            i -= 1;
        }
        i
    };
    let digit: fn(u8) -> bool = |b| b.is_ascii_digit();
    let gen_end = back(at, is_space);
    let gen_start = back(gen_end, digit);
    let num_end = back(gen_start, is_space);
    let num_start = back(num_end, digit);
    if gen_start == gen_end || num_end == gen_start || num_start == num_end || num_end - num_start > 10 {
        return None;
    }
    let number = std::str::from_utf8(&bytes[num_start..num_end]).ok()?.parse().ok()?;
    Some((number, num_start))
}
