//! The pictures of a finished file: nothing in them but samples, and under a box no picture.

use super::file::{Part, Whole};
use super::fonts::number;
use super::kinds::Role;
use super::structure::{Parts, not};
use crate::raw::{Dict, Obj};
use crate::{Fault, Limits};
use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};

/// A picture's samples: rows from the top, `channels` bytes a pixel.
pub(super) struct Samples {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) channels: usize,
    pub(super) data: Vec<u8>,
}

/// How the samples of a picture lie in its stream.
struct Form {
    width: usize,
    height: usize,
    channels: usize,
    bits: usize,
}

fn form(dict: &Dict) -> Option<Form> {
    let mask = matches!(dict.get(b"ImageMask"), Some(Obj::Bool(true)));
    let channels = match dict.get(b"ColorSpace") {
        Some(Obj::Name(n)) if n == b"DeviceRGB" => 3,
        Some(_) => 1,
        None if mask => 1,
        None => return None,
    };
    let bits = if mask { 1 } else { number(dict, b"BitsPerComponent")? };
    let (width, height) = (number(dict, b"Width")?, number(dict, b"Height")?);
    let fine = width > 0 && height > 0 && [1, 2, 4, 8].contains(&bits);
    fine.then_some(Form { width, height, channels, bits })
}

/// Looks at one picture: it may hold its samples and no byte more. Gives what was read of it, for the hunt.
pub(super) fn bare(whole: &Whole<'_>, part: &Part, limits: &Limits) -> Option<Vec<u8>> {
    let dict = part.dict()?;
    let form = form(dict)?;
    if form.width as u64 * form.height as u64 > limits.pixels {
        return None;
    }
    let raw = whole.bytes.get(part.stream.clone()?)?;
    match dict.get(b"Filter")?.name()? {
        b"DCTDecode" => {
            (form.bits == 8 && jpeg(raw)? == (form.width, form.height, form.channels)).then(|| raw.to_vec())
        }
        b"CCITTFaxDecode" => {
            // The end of a fax block: twelve bits, twice, then at most seven bits of filling.
            let tail = raw.iter().rev().take(5).rev().fold(0u64, |v, b| v << 8 | u64::from(*b));
            let ended = (0..8).any(|s| tail >> s & 0xFF_FFFF == 0x00_1001 && tail & ((1 << s) - 1) == 0);
            let fits = form.bits == 1 && form.channels == 1;
            (ended && fits && fax(dict, raw, &form).is_some()).then(|| raw.to_vec())
        }
        _ => flat(whole, part, &form, limits),
    }
}

/// The bytes of a deflated picture, predictor undone: exactly its rows.
fn flat(whole: &Whole<'_>, part: &Part, form: &Form, limits: &Limits) -> Option<Vec<u8>> {
    let row = (form.width * form.channels * form.bits).div_ceil(8);
    let data = whole.inflated(part, limits)?;
    let data = match part.dict()?.get(b"DecodeParms") {
        None => data,
        Some(parms) => {
            let parms = parms.dict()?;
            let fits = number(parms, b"Columns").unwrap_or(1) == form.width
                && number(parms, b"Colors").unwrap_or(1) == form.channels
                && number(parms, b"BitsPerComponent").unwrap_or(8) == form.bits;
            if !fits {
                return None;
            }
            unpredicted(parms, data)?
        }
    };
    (data.len() == row * form.height).then_some(data)
}

/// Undoes the predictors of PNG rows. Nothing comes back if the rows are not whole.
pub(super) fn unpredicted(parms: &Dict, data: Vec<u8>) -> Option<Vec<u8>> {
    match number(parms, b"Predictor").unwrap_or(1) {
        1 => return Some(data),
        10..=15 => {}
        _ => return None,
    }
    let bits = number(parms, b"Colors").unwrap_or(1) * number(parms, b"BitsPerComponent").unwrap_or(8);
    let row = (bits * number(parms, b"Columns").unwrap_or(1)).div_ceil(8);
    let step = bits.div_ceil(8);
    if row == 0 || !data.len().is_multiple_of(row + 1) {
        return None;
    }
    let mut out = Vec::with_capacity(data.len());
    let mut above = vec![0u8; row];
    for line in data.chunks_exact(row + 1) {
        let start = out.len();
        for i in 0..row {
            let left = if i >= step { out[start + i - step] } else { 0 };
            let corner = if i >= step { above[i - step] } else { 0 };
            let up = above[i];
            let guess = match line[0] {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => {
                    let p = i16::from(left) + i16::from(up) - i16::from(corner);
                    let off = |v: u8| (p - i16::from(v)).abs();
                    if off(left) <= off(up) && off(left) <= off(corner) {
                        left
                    } else if off(up) <= off(corner) {
                        up
                    } else {
                        corner
                    }
                }
                _ => return None,
            };
            out.push(line[i + 1].wrapping_add(guess));
        }
        above.copy_from_slice(&out[start..]);
    }
    Some(out)
}

/// Walks a JPEG's segments: only those a picture needs, each of its proper length, and the end at the end.
/// Gives width, height and channels.
fn jpeg(data: &[u8]) -> Option<(usize, usize, usize)> {
    if data.get(..2)? != [0xFF, 0xD8] {
        return None;
    }
    let short = |at: usize| Some(usize::from(*data.get(at)?) << 8 | usize::from(*data.get(at + 1)?));
    let (mut at, mut size) = (2, None);
    loop {
        let [0xFF, kind] = *data.get(at..at + 2)? else { return None };
        if kind == 0xD9 {
            return if at + 2 == data.len() { size } else { None };
        }
        let length = short(at + 2)?;
        let body = data.get(at + 4..at + 2 + length)?;
        let fine = match kind {
            // JFIF without a thumbnail; the marker that says how colours are coded.
            0xE0 => body.len() == 14 && body.starts_with(b"JFIF\0") && body[12..] == [0, 0],
            0xEE => body.len() == 12 && body.starts_with(b"Adobe"),
            0xDD => body.len() == 2,
            0xDB => tables(body, |first| if first >> 4 == 0 { Some(64) } else { Some(128) }, 0),
            0xC4 => huffman(body),
            0xC0..=0xC2 => {
                let channels = usize::from(*body.get(5)?);
                let fresh = size.replace((short(at + 7)?, short(at + 5)?, channels)).is_none();
                fresh && body[0] == 8 && body.len() == 6 + 3 * channels
            }
            0xDA => body.len() == 4 + 2 * usize::from(*body.first()?),
            _ => false,
        };
        if !fine {
            return None;
        }
        at += 2 + length;
        if kind == 0xDA {
            // Coded data: until a marker that is neither a stuffed byte nor a restart.
            while data.get(at) != Some(&0xFF) || matches!(data.get(at + 1)?, 0 | 0xD0..=0xD7) {
                at += if data.get(at)? == &0xFF { 2 } else { 1 };
            }
        }
    }
}

fn tables(body: &[u8], size: impl Fn(u8) -> Option<usize>, more: usize) -> bool {
    let mut at = 0;
    while let Some(first) = body.get(at) {
        let Some(step) = size(*first) else { return false };
        at += 1 + step + more;
    }
    at == body.len()
}

fn huffman(body: &[u8]) -> bool {
    let mut at = 0;
    while at < body.len() {
        let Some(counts) = body.get(at + 1..at + 17) else { return false };
        at += 17 + counts.iter().map(|c| usize::from(*c)).sum::<usize>();
    }
    at == body.len()
}

/// The tables by which masks are turned: each has as many samples as it says.
pub(super) fn functions(parts: &Parts<'_, '_>, limits: &Limits) -> Result<(), Fault> {
    let exact = |object: u32| -> Option<bool> {
        let part = parts.part(object)?;
        let dict = part.dict()?;
        let list =
            |key: &[u8]| -> Option<Vec<f64>> { dict.get(key)?.array()?.iter().map(Obj::num).collect() };
        let [size] = list(b"Size")?[..] else { return None };
        let sampled = number(dict, b"FunctionType") == Some(0) && list(b"Range")?.len() == 2;
        let bits = number(dict, b"BitsPerSample").filter(|b| [8, 16].contains(b))?;
        let data = parts.file.inflated(part, limits)?;
        Some(sampled && size <= 65_536.0 && data.len() == size as usize * bits / 8)
    };
    match parts.of(Role::Function).find(|object| exact(*object) != Some(true)) {
        Some(object) => Err(not(&format!("the table in object {object} has more samples than it says"))),
        None => Ok(()),
    }
}

struct Rows {
    width: usize,
    data: Vec<u8>,
    rows: usize,
}

impl Decoder for Rows {
    fn push_row(&mut self, changes: &[u32]) {
        let start = self.data.len();
        self.data.resize(start + self.width, 255);
        for pair in changes.chunks(2) {
            let to = pair.get(1).map_or(self.width, |v| *v as usize).min(self.width);
            self.data[start + (pair[0] as usize).min(to)..start + to].fill(0);
        }
        self.rows += 1;
    }
}

/// Decodes a fax picture: it must be group 4 and have as many rows as it says, and nothing behind them.
fn fax(dict: &Dict, raw: &[u8], form: &Form) -> Option<Rows> {
    let parms = dict.get(b"DecodeParms")?.dict()?;
    let fits = parms.get(b"K")?.num()? < 0.0
        && number(parms, b"Columns") == Some(form.width)
        && number(parms, b"Rows").is_none_or(|r| r == form.height)
        && !parms.has(b"Predictor");
    if !fits {
        return None;
    }
    let settings = DecodeSettings {
        columns: form.width as u32,
        rows: form.height as u32,
        end_of_block: true,
        end_of_line: false,
        rows_are_byte_aligned: false,
        encoding: EncodingMode::Group4,
        strict: true,
    };
    let mut rows = Rows { width: form.width, data: Vec::new(), rows: 0 };
    let read = hayro_ccitt::decode(raw, &mut rows, &mut DecoderContext::new(settings)).ok()?;
    // The decoder may stop before the three bytes of the end.
    (rows.rows == form.height && read + 4 >= raw.len()).then_some(rows)
}

/// The samples of a picture, one byte each.
pub(super) fn samples(whole: &Whole<'_>, part: &Part, limits: &Limits) -> Option<Samples> {
    let dict = part.dict()?;
    let form = form(dict)?;
    let raw = whole.bytes.get(part.stream.clone()?)?;
    let (width, height, channels) = (form.width, form.height, form.channels);
    let data = match dict.get(b"Filter")?.name()? {
        b"DCTDecode" => {
            let mut decoder =
                zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(raw));
            decoder.decode().ok()?
        }
        b"CCITTFaxDecode" => fax(dict, raw, &form)?.data,
        _ => {
            let packed = flat(whole, part, &form, limits)?;
            if form.bits == 8 { packed } else { unpacked(&packed, &form) }
        }
    };
    let channels =
        if data.len() == width * height * channels { channels } else { data.len() / (width * height) };
    (channels > 0 && data.len() == width * height * channels).then_some(Samples {
        width,
        height,
        channels,
        data,
    })
}

fn unpacked(packed: &[u8], form: &Form) -> Vec<u8> {
    let row = (form.width * form.channels * form.bits).div_ceil(8);
    let most = (1u16 << form.bits) - 1;
    let mut out = Vec::with_capacity(form.width * form.height * form.channels);
    for line in packed.chunks_exact(row.max(1)) {
        for i in 0..form.width * form.channels {
            let bit = i * form.bits;
            let value = u16::from(line[bit / 8]) >> (8 - form.bits - bit % 8) & most;
            out.push((value * 255 / most) as u8);
        }
    }
    out
}

/// Is given a picture's object and bytes, and may object.
type See<'s> = dyn Fn(u32, &[u8]) -> Result<(), Fault> + Sync + 's;

/// All pictures of the file, on all cores; each one's bytes go to `see`, which may object.
pub(super) fn all_bare(parts: &Parts<'_, '_>, limits: &Limits, see: &See<'_>) -> Result<u64, Fault> {
    let pictures: Vec<u32> = parts.of(Role::Picture).collect();
    let done = crate::guard::chunks(pictures.len(), 4, |range| {
        let one = |object: &u32| {
            let bad = || not(&format!("the picture in object {object} carries more than a picture"));
            let look = || parts.part(*object).and_then(|part| bare(parts.file, part, limits));
            see(*object, &crate::guard::catch(bad(), look)?.ok_or_else(bad)?)
        };
        pictures[range].iter().map(one).collect()
    })?;
    Ok(done.len() as u64)
}

impl Samples {
    /// Whether the samples under a box are one flat colour. `place` takes the unit square, y up, to points
    /// of the page. A sample at the edge of the box may be half covered and is left out.
    pub(super) fn flat_under(&self, place: &super::content::Matrix, rect: [f32; 4]) -> bool {
        let (w, h) = (self.width as f64, self.height as f64);
        let det = place[0] * place[3] - place[1] * place[2];
        if det.abs() < 1e-9 {
            return true;
        }
        // How many points a sample takes on the page: so far from the edge of the box is its inside.
        let across = place[0].hypot(place[1]) / w;
        let down = place[2].hypot(place[3]) / h;
        let edge = 0.3 + across.max(down);
        let r = rect.map(f64::from);
        let r = [r[0] + edge, r[1] + edge, r[2] - edge, r[3] - edge];
        if r[0] >= r[2] || r[1] >= r[3] {
            return true;
        }
        let back = |x: f64, y: f64| {
            let (x, y) = (x - place[4], y - place[5]);
            let (u, v) = ((place[3] * x - place[2] * y) / det, (place[0] * y - place[1] * x) / det);
            (u * w, (1.0 - v) * h)
        };
        let corners = [(r[0], r[1]), (r[2], r[1]), (r[2], r[3]), (r[0], r[3])].map(|(x, y)| back(x, y));
        let span = |pick: fn(&(f64, f64)) -> f64, most: usize| {
            let low = corners.iter().map(pick).fold(f64::MAX, f64::min);
            let high = corners.iter().map(pick).fold(f64::MIN, f64::max);
            let side = |v: f64| (v.max(0.0) as usize).min(most);
            side(low)..side(high.ceil())
        };
        let (mut low, mut high) = ([255u8; 4], [0u8; 4]);
        for j in span(|c| c.1, self.height) {
            for i in span(|c| c.0, self.width) {
                let (u, v) = ((i as f64 + 0.5) / w, 1.0 - (j as f64 + 0.5) / h);
                let (x, y) = super::content::apply(place, u, v);
                if x <= r[0] || y <= r[1] || x >= r[2] || y >= r[3] {
                    continue;
                }
                let at = (j * self.width + i) * self.channels;
                for (c, s) in self.data[at..at + self.channels.min(4)].iter().enumerate() {
                    low[c] = low[c].min(*s);
                    high[c] = high[c].max(*s);
                }
            }
        }
        // JPEG rings a little at the edge of what was blanked.
        (0..self.channels.min(4)).all(|c| high[c].saturating_sub(low[c]) <= 60)
    }
}
