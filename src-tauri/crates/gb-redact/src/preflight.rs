//! What is asked of the bytes before any other reader sees them.

use crate::raw::{Dict, Obj, RawFile, file::RawObject, filter, sizes};
use crate::scene::gather::weigh;
use crate::{Fault, Limits};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Name, Object};
use std::collections::{HashMap, HashSet};

/// What the preflight learned.
pub(crate) struct Preflight {
    pub(crate) encrypted: bool,
    /// No `%%EOF` near the end: something was cut off.
    pub(crate) cut: bool,
    /// Pages the page tree promises, where it could be read.
    pub(crate) promised: Option<u32>,
}

/// Refuses what is no PDF, is too large, or unpacks to too much.
pub(crate) fn preflight(bytes: &[u8], limits: &Limits) -> Result<Preflight, Fault> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Fault::FileTooLarge { bytes: bytes.len() as u64, limit: limits.file_bytes });
    }
    if crate::raw::file::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_none() {
        return Err(Fault::NotAPdf);
    }
    let mut file = RawFile::read(bytes, limits)?;
    let encrypted = file.encrypted();
    if !encrypted {
        measure(&file, limits)?;
        file.open_object_streams(limits)?;
    }
    let tail = bytes.len().saturating_sub(2048);
    let cut = !file.ends.iter().any(|e| *e >= tail);
    let promised = if encrypted { None } else { promised_pages(&file) };
    if let Some(pages) = promised.filter(|p| *p > limits.pages) {
        return Err(Fault::TooManyPages { pages, limit: limits.pages });
    }
    if cut && !encrypted && (promised.is_none() || !complete(&file)) {
        return Err(Fault::Truncated);
    }
    Ok(Preflight { encrypted, cut, promised })
}

/// Reads through every stream without keeping it.
fn measure(file: &RawFile<'_>, limits: &Limits) -> Result<(), Fault> {
    let mut total = 0u64;
    for object in &file.objects {
        let (Some(dict), Some(raw)) = (object.dict(), file.stream(object)) else { continue };
        stream(object.number, dict, raw, limits, &mut total)?;
    }
    Ok(())
}

/// The same for a file that was locked, once the reader can undo its cipher.
pub(crate) fn measure_unlocked(pdf: &Pdf, limits: &Limits) -> Result<(), Fault> {
    let mut total = 0u64;
    for object in pdf.objects() {
        let Object::Stream(locked) = object else { continue };
        let names = weigh::filters(locked.dict()).into_iter().map(Obj::Name).collect();
        let side = |key: &[u8]| Obj::Num(f64::from(locked.dict().get::<u32>(key).unwrap_or(0)));
        let keys: [&[u8]; 4] = [b"Columns", b"Rows", b"Colors", b"BitsPerComponent"];
        let parms = keys.iter().zip(weigh::parameters(locked.dict(), keys));
        let parms = parms.map(|(key, v)| (key.to_vec(), Obj::Num(v as f64))).collect();
        let kind = locked.dict().get::<Name<'_>>(b"Subtype").map(|n| n.to_vec()).unwrap_or_default();
        let dict = Dict(vec![
            (b"Filter".to_vec(), Obj::Array(names)),
            (b"Width".to_vec(), side(b"Width")),
            (b"Height".to_vec(), side(b"Height")),
            (b"Subtype".to_vec(), Obj::Name(kind)),
            (b"FunctionType".to_vec(), side(b"FunctionType")),
            (b"DecodeParms".to_vec(), Obj::Dict(Dict(parms))),
        ]);
        let number = locked.obj_id().obj_number;
        stream(number, &dict, &locked.raw_data(), limits, &mut total)?;
    }
    Ok(())
}

/// Reads through one stream.
fn stream(number: u32, dict: &Dict, raw: &[u8], limits: &Limits, total: &mut u64) -> Result<(), Fault> {
    let side = |long: &[u8], short: &[u8]| {
        dict.get(long).or_else(|| dict.get(short)).and_then(Obj::num).unwrap_or(0.0).max(0.0)
    };
    let said = (side(b"Width", b"W") * side(b"Height", b"H")) as u64;
    // What the data itself says counts as well: decoders believe the data.
    let names = filter::names(dict);
    let inside = match names.as_slice() {
        [one] => sizes::pixels(one, raw),
        [.., last] if filter::is_picture(last) => {
            let too_large = |_| Fault::StreamTooLarge { object: number, limit: limits.stream_bytes };
            let decoded = filter::decode(dict, raw, limits.stream_bytes).map_err(too_large)?;
            sizes::pixels(last, &decoded.data)
        }
        _ => None,
    };
    let pixels = said.max(inside.unwrap_or(0)).max(fax(dict, side(b"Height", b"H")));
    if pixels > limits.pixels {
        return Err(Fault::PictureTooLarge { object: number, pixels, limit: limits.pixels });
    }
    let row = parameter(dict, b"Columns")
        * parameter(dict, b"Colors").max(1.0)
        * parameter(dict, b"BitsPerComponent").max(1.0);
    if row / 8.0 > limits.stream_bytes as f64 {
        return Err(Fault::StreamTooLarge { object: number, limit: limits.stream_bytes });
    }
    let program = dict.get(b"FunctionType").and_then(Obj::num) == Some(4.0);
    let limit = if program { PROGRAM } else { limits.stream_bytes };
    let mut nest = Nest { depth: 0, limit: limits.nesting, deep: false, string: 0, escape: false };
    let image = dict.is(b"Subtype", b"Image");
    let length = filter::measure(dict, raw, limit, |piece| {
        if !image {
            nest.see(piece);
        }
    })
    .map_err(|_| Fault::StreamTooLarge { object: number, limit })?;
    if nest.deep {
        return Err(Fault::TooDeep { object: number, limit: limits.nesting });
    }
    *total += length;
    if *total > limits.total_bytes {
        return Err(Fault::TotalTooLarge { limit: limits.total_bytes });
    }
    Ok(())
}

/// Bytes of a function that is a program: it runs for every colour, and those that tint colours have a few hundred.
const PROGRAM: u64 = 64 << 10;

/// The largest value of a parameter of a stream's filters.
fn parameter(dict: &Dict, key: &[u8]) -> f64 {
    let parms = dict.get(b"DecodeParms").or_else(|| dict.get(b"DP"));
    let list = match parms {
        Some(Obj::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let value = |o: &Obj| o.dict().and_then(|d| d.get(key)).and_then(Obj::num);
    list.iter().filter_map(value).fold(0.0, f64::max)
}

/// The pixels of a fax: its columns may be other than the picture's.
fn fax(dict: &Dict, height: f64) -> u64 {
    let fax = filter::names(dict).last().is_some_and(|n| matches!(n.as_slice(), b"CCITTFaxDecode" | b"CCF"));
    if fax { (parameter(dict, b"Columns") * parameter(dict, b"Rows").max(height)) as u64 } else { 0 }
}

/// Counts how deep brackets are piled in what looks like text. Binary bytes start it again: a font
/// or a profile holds many `[` that mean nothing.
struct Nest {
    depth: u32,
    limit: u32,
    deep: bool,
    string: u32,
    escape: bool,
}

impl Nest {
    fn see(&mut self, piece: &[u8]) {
        for &b in piece {
            if self.escape {
                self.escape = false;
                continue;
            }
            match b {
                b'\\' if self.string > 0 => self.escape = true,
                b'(' => self.string += 1,
                b')' => self.string = self.string.saturating_sub(1),
                _ if self.string > 0 => {}
                b'[' | b'<' => {
                    self.depth += 1;
                    // `<<` counts two; a text at twice the limit is still far too deep.
                    self.deep |= self.depth > self.limit * 2;
                }
                b']' | b'>' => self.depth = self.depth.saturating_sub(1),
                0x80.. | 1..=8 | 14..=31 => self.depth = 0,
                _ => {}
            }
        }
    }
}

/// Whether a file without its end still has every object its pages point at, each whole.
fn complete(file: &RawFile<'_>) -> bool {
    let newest: HashMap<u32, &RawObject> = file.objects.iter().map(|o| (o.number, o)).collect();
    let mut todo: Vec<u32> = file
        .objects
        .iter()
        .filter(|o| o.dict().is_some_and(|d| d.is(b"Type", b"Catalog")))
        .map(|o| o.number)
        .collect();
    let mut seen = HashSet::new();
    while let Some(number) = todo.pop() {
        if !seen.insert(number) {
            continue;
        }
        let Some(object) = newest.get(&number) else { return false };
        if object.stream.as_ref().is_some_and(|s| s.end >= file.bytes.len()) {
            return false;
        }
        object.value.walk(&mut |o| todo.extend(o.reference()));
    }
    !seen.is_empty()
}

/// `/Count` of the page tree's root.
fn promised_pages(file: &RawFile<'_>) -> Option<u32> {
    let root = file.trailers.iter().rev().find_map(|t| t.get(b"Root")?.reference());
    let catalog =
        root.and_then(|r| file.get(r)).and_then(|o| o.dict()).filter(|d| d.has(b"Pages")).or_else(|| {
            file.objects
                .iter()
                .rev()
                .filter_map(|o| o.dict())
                .find(|d| d.is(b"Type", b"Catalog") && d.has(b"Pages"))
        })?;
    let pages = file.get(catalog.get(b"Pages")?.reference()?)?;
    let count = pages.dict()?.get(b"Count")?;
    let count = match count.reference() {
        Some(r) => file.get(r)?.value.num()?,
        None => count.num()?,
    };
    Some(count.clamp(0.0, f64::from(u32::MAX)) as u32)
}
