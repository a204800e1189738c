//! The finished file taken apart, every byte of it accounted for.
//!
//! It must be one header, objects one behind the other, one table of where they are, one end. What is
//! read is exactly what the table says, so no reader can see another file in the same bytes.

use super::strict::{Strange, Strict};
use crate::raw::{Dict, Obj};
use crate::{Fault, Limits};
use std::collections::BTreeMap;
use std::ops::Range;

/// One object of a finished file.
pub(super) struct Part {
    pub(super) value: Obj,
    /// Where its stream's bytes lie in the file.
    pub(super) stream: Option<Range<usize>>,
    /// The object stream it lies in and its place there, or its offset.
    home: Home,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    At(usize),
    In(u32, usize),
}

impl Part {
    pub(super) fn dict(&self) -> Option<&Dict> {
        self.value.dict()
    }
}

/// A finished file.
pub(super) struct Whole<'a> {
    pub(super) bytes: &'a [u8],
    /// All objects but those that only hold others.
    pub(super) parts: BTreeMap<u32, Part>,
    pub(super) root: u32,
}

fn not(place: &str) -> Fault {
    Fault::NotProved { page: None, place: place.to_owned() }
}

const HEAD: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
const BETWEEN: &str = "there is something between two objects";
const AFTER: &str = "there is something after the last object";
const REVISION: &str = "the file has more than one ending: an earlier revision may be in it";
const TABLE: &str = "the table of objects is not that of the file";
const HOLDER: &str = "an object stream holds more than its objects";

impl<'a> Whole<'a> {
    pub(super) fn read(bytes: &'a [u8], limits: &Limits) -> Result<Self, Fault> {
        if !bytes.starts_with(HEAD) {
            return Err(not("the file does not begin as it should"));
        }
        let mut at = Strict::new(bytes, HEAD.len());
        let mut whole = Self { bytes, parts: BTreeMap::new(), root: 0 };
        let mut last = 0;
        while at.peek().is_some_and(|b| b.is_ascii_digit()) {
            last = whole.object(&mut at, limits).map_err(|_| not(BETWEEN))??;
        }
        let table = if at.here(b"xref\n") {
            whole.plain_table(&mut at)?
        } else {
            whole.streamed_table(&mut at, last, limits)?
        };
        if at.at != bytes.len() {
            let later = crate::raw::file::find(&bytes[at.at..], b"startxref").is_some();
            return Err(not(if later { REVISION } else { AFTER }));
        }
        whole.hosted(limits)?;
        whole.agrees(&table)?;
        Ok(whole)
    }

    /// `N 0 obj … endobj`. The inner fault is about what it says, the outer about how it is spelled.
    fn object(&mut self, at: &mut Strict<'_>, limits: &Limits) -> Result<Result<u32, Fault>, Strange> {
        let start = at.at;
        let number = u32::try_from(at.whole()?).map_err(|_| Strange)?;
        at.must(b" 0 obj")?;
        at.space()?;
        let value = at.value()?;
        at.space()?;
        let mut stream = None;
        if at.take(b"stream\n") {
            let length = value.dict().and_then(|d| d.get(b"Length")).and_then(Obj::num).ok_or(Strange)?;
            let end = at.at.checked_add(length as usize).ok_or(Strange)?;
            if end > at.data.len() {
                return Err(Strange);
            }
            stream = Some(at.at..end);
            at.at = end;
            at.must(b"\nendstream\n")?;
        }
        at.must(b"endobj")?;
        at.space()?;
        if self.parts.len() >= limits.objects as usize {
            return Ok(Err(Fault::TooManyParts));
        }
        let part = Part { value, stream, home: Home::At(start) };
        if self.parts.insert(number, part).is_some() {
            return Ok(Err(not("an object is in the file twice")));
        }
        Ok(Ok(number))
    }

    /// The bytes of a stream, inflated once, if it is deflated and nothing follows the deflated data.
    pub(super) fn inflated(&self, part: &Part, limits: &Limits) -> Option<Vec<u8>> {
        let raw = self.bytes.get(part.stream.clone()?)?;
        let dict = part.dict()?;
        match dict.get(b"Filter") {
            None => Some(raw.to_vec()),
            Some(Obj::Name(n)) if n == b"FlateDecode" => inflate(raw, limits.stream_bytes),
            _ => None,
        }
    }

    fn plain_table(&mut self, at: &mut Strict<'_>) -> Result<BTreeMap<u32, Home>, Fault> {
        let start = at.at;
        let mut read = || -> Result<(BTreeMap<u32, Home>, u32, u64), Strange> {
            at.must(b"xref\n0 ")?;
            let count = u32::try_from(at.whole()?).map_err(|_| Strange)?;
            at.must(b"\n")?;
            let mut table = BTreeMap::new();
            for number in 0..count {
                let entry = at.data.get(at.at..at.at + 20).ok_or(Strange)?;
                let free: &[u8] =
                    if number == 0 { b"0000000000 65535 f \n" } else { b"0000000000 00000 f \n" };
                if entry != free {
                    let offset = Strict::new(&entry[..10], 0).whole()?;
                    if &entry[10..] != b" 00000 n \n" {
                        return Err(Strange);
                    }
                    table.insert(number, Home::At(offset as usize));
                }
                at.at += 20;
            }
            at.must(b"trailer\n")?;
            let trailer = at.value()?;
            let trailer = trailer.dict().ok_or(Strange)?;
            let size = trailer.get(b"Size").and_then(Obj::num).ok_or(Strange)?;
            let root = trailer.get(b"Root").and_then(Obj::reference).ok_or(Strange)?;
            if trailer.0.len() != 2 || size != f64::from(count) {
                return Err(Strange);
            }
            at.must(b"\nstartxref\n")?;
            let said = at.whole()?;
            at.must(b"\n%%EOF\n")?;
            Ok((table, root, said))
        };
        let (table, root, said) = read().map_err(|_| not(TABLE))?;
        if said != start as u64 {
            return Err(not(TABLE));
        }
        self.root = root;
        Ok(table)
    }

    /// The table is the last object, a stream.
    fn streamed_table(
        &mut self,
        at: &mut Strict<'_>,
        last: u32,
        limits: &Limits,
    ) -> Result<BTreeMap<u32, Home>, Fault> {
        let tables = self.parts.values().filter(|p| p.dict().is_some_and(|d| d.is(b"Type", b"XRef"))).count();
        if tables > 1 {
            return Err(not(REVISION));
        }
        let part = self.parts.remove(&last).ok_or_else(|| not(TABLE))?;
        let Home::At(start) = part.home else { return Err(not(TABLE)) };
        let mut ends = || -> Result<u64, Strange> {
            at.must(b"startxref\n")?;
            let said = at.whole()?;
            at.must(b"\n%%EOF")?;
            let _ = at.take(b"\n");
            Ok(said)
        };
        if ends().map_err(|_| not(AFTER))? != start as u64 {
            return Err(not(TABLE));
        }
        let dict = part.dict().filter(|d| d.is(b"Type", b"XRef")).ok_or_else(|| not(TABLE))?;
        let known = ["Type", "Size", "W", "Index", "Root", "Filter", "DecodeParms", "Length"];
        if dict.0.iter().any(|(k, _)| !known.iter().any(|w| w.as_bytes() == *k)) {
            return Err(not("the trailer names more than the pages"));
        }
        self.root = dict.get(b"Root").and_then(Obj::reference).ok_or_else(|| not(TABLE))?;
        let data = self.inflated(&part, limits).ok_or_else(|| not(TABLE))?;
        let mut table = entries(dict, &data).ok_or_else(|| not(TABLE))?;
        // The table may name itself.
        match table.remove(&last) {
            Some(home) if home != Home::At(start) => Err(not(TABLE)),
            _ => Ok(table),
        }
    }

    /// Takes the objects out of the object streams, which must hold nothing else.
    fn hosted(&mut self, limits: &Limits) -> Result<(), Fault> {
        let hosts: Vec<u32> = self
            .parts
            .iter()
            .filter(|(_, p)| p.dict().is_some_and(|d| d.is(b"Type", b"ObjStm")))
            .map(|(n, _)| *n)
            .collect();
        for host in hosts {
            let Some(part) = self.parts.remove(&host) else { continue };
            let data = self.inflated(&part, limits).ok_or_else(|| not(HOLDER))?;
            let dict = part.dict().ok_or_else(|| not(HOLDER))?;
            let known = ["Type", "N", "First", "Filter", "Length"];
            if dict.0.iter().any(|(k, _)| !known.iter().any(|w| w.as_bytes() == *k)) {
                return Err(not(HOLDER));
            }
            let members = members(dict, &data).map_err(|_| not(HOLDER))?;
            for (place, (number, value)) in members.into_iter().enumerate() {
                if self.parts.len() >= limits.objects as usize {
                    return Err(Fault::TooManyParts);
                }
                let part = Part { value, stream: None, home: Home::In(host, place) };
                if self.parts.insert(number, part).is_some() {
                    return Err(not("an object is in the file twice"));
                }
            }
            // The stream itself is in the table too; it is left in so that this can be compared.
            self.parts.insert(host, Part { value: Obj::Null, ..part });
        }
        Ok(())
    }

    /// The table must say of every object where it is, and of nothing else.
    fn agrees(&mut self, table: &BTreeMap<u32, Home>) -> Result<(), Fault> {
        let same = table.len() == self.parts.len()
            && table.iter().zip(&self.parts).all(|((a, home), (b, part))| a == b && *home == part.home);
        if !same {
            return Err(not(TABLE));
        }
        self.parts.retain(|_, p| p.value != Obj::Null);
        Ok(())
    }
}

/// The entries of a table that is a stream.
fn entries(dict: &Dict, data: &[u8]) -> Option<BTreeMap<u32, Home>> {
    let data = match dict.get(b"DecodeParms") {
        None => data.to_vec(),
        Some(parms) => super::pictures::unpredicted(parms.dict()?, data.to_vec())?,
    };
    let list = |key: &[u8]| -> Option<Vec<usize>> {
        dict.get(key)?.array()?.iter().map(|n| n.num().map(|n| n as usize)).collect()
    };
    let size = dict.get(b"Size")?.num()? as usize;
    let [a, b, c] = list(b"W")?.try_into().ok()?;
    if a > 1 || b > 8 || c > 4 {
        return None;
    }
    let index = if dict.has(b"Index") { list(b"Index")? } else { vec![0, size] };
    let mut rows = data.chunks_exact((a + b + c).max(1));
    let mut table = BTreeMap::new();
    for range in index.chunks(2) {
        let [first, count] = *range else { return None };
        for number in first..first.checked_add(count)? {
            let row = rows.next()?;
            let number = u32::try_from(number).ok()?;
            let value = |r: &[u8]| r.iter().fold(0u64, |v, b| v << 8 | u64::from(*b));
            let (kind, x, y) = (value(&row[..a]), value(&row[a..a + b]), value(&row[a + b..]));
            let home = match kind {
                _ if a == 0 => Home::At(usize::try_from(x).ok()?),
                0 if x == 0 && (y == 0 || number == 0) => continue,
                1 if y == 0 => Home::At(usize::try_from(x).ok()?),
                2 => Home::In(u32::try_from(x).ok()?, y as usize),
                _ => return None,
            };
            if number as usize >= size || table.insert(number, home).is_some() {
                return None;
            }
        }
    }
    (rows.next().is_none() && rows.remainder().is_empty()).then_some(table)
}

/// The objects of an object stream: its list of numbers and places, then the objects, one behind the other.
fn members(dict: &Dict, data: &[u8]) -> Result<Vec<(u32, Obj)>, Strange> {
    let number = |key: &[u8]| dict.get(key).and_then(Obj::num).filter(|n| *n >= 0.0).ok_or(Strange);
    let (count, first) = (number(b"N")? as usize, number(b"First")? as usize);
    if count > data.len() {
        return Err(Strange);
    }
    let mut list = Strict::new(data, 0);
    let mut places = Vec::with_capacity(count);
    for _ in 0..count {
        list.space()?;
        let n = u32::try_from(list.whole()?).map_err(|_| Strange)?;
        list.space()?;
        places.push((n, first + list.whole()? as usize));
    }
    list.space()?;
    if list.at != first {
        return Err(Strange);
    }
    let mut at = list;
    let mut out = Vec::with_capacity(count);
    for (n, place) in places {
        if at.at != place {
            return Err(Strange);
        }
        out.push((n, at.value()?));
        at.space()?;
    }
    if at.at == data.len() { Ok(out) } else { Err(Strange) }
}

/// Inflates; nothing comes back if it grows past `limit` or if any byte follows the deflated data.
pub(super) fn inflate(raw: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut engine = flate2::Decompress::new(true);
    let mut out = Vec::with_capacity((raw.len() * 4).clamp(256, 1 << 20));
    loop {
        let (before_in, before_out) = (engine.total_in(), engine.total_out());
        let status = engine
            .decompress_vec(&raw[before_in as usize..], &mut out, flate2::FlushDecompress::None)
            .ok()?;
        if out.len() as u64 > limit {
            return None;
        }
        match status {
            flate2::Status::StreamEnd => break,
            _ if out.len() == out.capacity() => out.reserve(out.len().max(4096)),
            _ if engine.total_in() == before_in && engine.total_out() == before_out => return None,
            _ => {}
        }
    }
    (engine.total_in() == raw.len() as u64).then_some(out)
}
