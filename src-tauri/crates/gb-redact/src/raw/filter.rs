//! Stream filters with an end to them.
//!
//! A chain of filters is read through in small pieces, so that what a bomb would grow to is known
//! without growing it.

use super::codecs::{Ascii85, AsciiHex, Lzw, RunLength, one};
use super::token::{Dict, Obj};
use std::io::{self, Read};

/// What came of decoding a stream.
pub(crate) struct Decoded {
    /// The bytes, as far as our filters go.
    pub(crate) data: Vec<u8>,
    /// The image filter decoding stopped at, if one stood in the chain.
    pub(crate) image: Option<Vec<u8>>,
}

/// The stream grows past the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooBig;

/// The names in a stream's filter chain, in order.
pub(crate) fn names(dict: &Dict) -> Vec<Vec<u8>> {
    match dict.get(b"Filter").or_else(|| dict.get(b"F")) {
        Some(Obj::Name(n)) => vec![n.clone()],
        Some(Obj::Array(a)) => a.iter().filter_map(|o| o.name().map(<[u8]>::to_vec)).collect(),
        _ => Vec::new(),
    }
}

fn parms(dict: &Dict, index: usize) -> Option<&Dict> {
    match dict.get(b"DecodeParms").or_else(|| dict.get(b"DP"))? {
        Obj::Dict(d) if index == 0 => Some(d),
        Obj::Array(a) => a.get(index).and_then(Obj::dict),
        _ => None,
    }
}

fn param(dict: Option<&Dict>, key: &[u8], default: usize) -> usize {
    dict.and_then(|d| d.get(key)).and_then(Obj::num).map_or(default, |n| n.clamp(0.0, 1e6) as usize)
}

/// Whether a filter makes pixels.
pub(crate) fn is_picture(name: &[u8]) -> bool {
    matches!(name, b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF")
}

/// The chain as one reader, and the image filter it stops before.
pub(crate) fn reader<'a>(dict: &Dict, raw: &'a [u8]) -> (Box<dyn Read + 'a>, Option<Vec<u8>>) {
    let mut reader: Box<dyn Read + 'a> = Box::new(raw);
    for (index, name) in names(dict).into_iter().enumerate().take(16) {
        let p = parms(dict, index);
        reader = match name.as_slice() {
            b"FlateDecode" | b"Fl" => predicted(Box::new(Inflate::new(reader)), p),
            b"LZWDecode" | b"LZW" => {
                predicted(Box::new(Lzw::new(reader, param(p, b"EarlyChange", 1) != 0)), p)
            }
            b"RunLengthDecode" | b"RL" => Box::new(RunLength::new(reader)),
            b"ASCIIHexDecode" | b"AHx" => Box::new(AsciiHex::new(reader)),
            b"ASCII85Decode" | b"A85" => Box::new(Ascii85::new(reader)),
            b"Crypt" => reader,
            _ => return (reader, Some(name)),
        };
    }
    (reader, None)
}

/// Decodes a stream, up to `limit` bytes.
pub(crate) fn decode(dict: &Dict, raw: &[u8], limit: u64) -> Result<Decoded, TooBig> {
    let (reader, image) = reader(dict, raw);
    let mut data = Vec::new();
    // Errors end the data: half a stream is still worth searching.
    let _ = reader.take(limit + 1).read_to_end(&mut data);
    if data.len() as u64 > limit { Err(TooBig) } else { Ok(Decoded { data, image }) }
}

/// Reads through a stream without keeping it; `see` gets each piece. Gives the decoded length.
pub(crate) fn measure(
    dict: &Dict,
    raw: &[u8],
    limit: u64,
    mut see: impl FnMut(&[u8]),
) -> Result<u64, TooBig> {
    let (mut reader, _) = reader(dict, raw);
    let mut buf = vec![0u8; 32 << 10];
    let mut total = 0u64;
    loop {
        match reader.read(&mut buf) {
            Ok(0) | Err(_) => return Ok(total),
            Ok(n) => {
                total += n as u64;
                see(&buf[..n]);
                if total > limit {
                    return Err(TooBig);
                }
            }
        }
    }
}

/// Flate, with or without its zlib header, giving what it can.
struct Inflate<'a> {
    inner: flate2::bufread::DeflateDecoder<io::BufReader<Skip<'a>>>,
    end: bool,
}

impl<'a> Inflate<'a> {
    fn new(inner: Box<dyn Read + 'a>) -> Self {
        let skip = Skip { inner, seen: None };
        Self {
            inner: flate2::bufread::DeflateDecoder::new(io::BufReader::with_capacity(8 << 10, skip)),
            end: false,
        }
    }
}

impl Read for Inflate<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.end || buf.is_empty() {
            return Ok(0);
        }
        match self.inner.read(buf) {
            Ok(0) | Err(_) => {
                self.end = true;
                Ok(0)
            }
            ok => ok,
        }
    }
}

/// Leaves out a zlib header when there is one, so that plain deflate data reads too and a wrong
/// checksum at the end does no harm.
struct Skip<'a> {
    inner: Box<dyn Read + 'a>,
    seen: Option<Vec<u8>>,
}

impl Read for Skip<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.seen.is_none() {
            let mut head = Vec::new();
            (&mut self.inner).take(2).read_to_end(&mut head)?;
            let zlib = head.len() == 2
                && head[0] & 15 == 8
                && (u16::from(head[0]) << 8 | u16::from(head[1])).is_multiple_of(31);
            self.seen = Some(if zlib { Vec::new() } else { head });
        }
        if let Some(seen) = self.seen.as_mut().filter(|s| !s.is_empty()) {
            let n = seen.len().min(buf.len());
            buf[..n].copy_from_slice(&seen[..n]);
            seen.drain(..n);
            return Ok(n);
        }
        self.inner.read(buf)
    }
}

/// Undoes PNG row predictors (needed for cross-reference and object streams). TIFF prediction keeps
/// the number of bytes and is only used for pictures, which we do not search.
fn predicted<'a>(inner: Box<dyn Read + 'a>, parms: Option<&Dict>) -> Box<dyn Read + 'a> {
    if param(parms, b"Predictor", 1) < 10 {
        return inner;
    }
    let bits = param(parms, b"Colors", 1).max(1) * param(parms, b"BitsPerComponent", 8).max(1);
    let row = (bits * param(parms, b"Columns", 1).max(1)).div_ceil(8);
    Box::new(PngRows {
        inner: io::BufReader::new(inner),
        step: bits.div_ceil(8),
        above: vec![0; row],
        row: vec![0; row],
        at: row,
    })
}

struct PngRows<'a> {
    inner: io::BufReader<Box<dyn Read + 'a>>,
    step: usize,
    above: Vec<u8>,
    row: Vec<u8>,
    at: usize,
}

impl Read for PngRows<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.row.len() {
            let Some(kind) = one(&mut self.inner) else { return Ok(0) };
            std::mem::swap(&mut self.above, &mut self.row);
            let want = self.row.len() as u64;
            let mut got = Vec::new();
            (&mut self.inner).take(want).read_to_end(&mut got)?;
            if got.is_empty() {
                return Ok(0);
            }
            got.resize(self.row.len(), 0);
            self.row = got;
            for i in 0..self.row.len() {
                let left = if i >= self.step { self.row[i - self.step] } else { 0 };
                let up = self.above[i];
                let corner = if i >= self.step { self.above[i - self.step] } else { 0 };
                let add = match kind {
                    1 => left,
                    2 => up,
                    3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                    4 => paeth(left, up, corner),
                    _ => 0,
                };
                self.row[i] = self.row[i].wrapping_add(add);
            }
            self.at = 0;
        }
        let n = buf.len().min(self.row.len() - self.at);
        buf[..n].copy_from_slice(&self.row[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let p = i16::from(a) + i16::from(b) - i16::from(c);
    let (da, db, dc) = ((p - i16::from(a)).abs(), (p - i16::from(b)).abs(), (p - i16::from(c)).abs());
    if da <= db && da <= dc {
        a
    } else if db <= dc {
        b
    } else {
        c
    }
}
