//! JPEG streams that may go on as they are: stripped to what draws the picture, and refused if there is
//! anything in them we do not know.

/// A stripped JPEG.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stripped {
    pub(super) data: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Three components (colour) or one (grey).
    pub(super) colour: bool,
}

const SOF0: u8 = 0xC0;
const SOF1: u8 = 0xC1;
const SOF2: u8 = 0xC2;
const DHT: u8 = 0xC4;
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const DQT: u8 = 0xDB;
const DRI: u8 = 0xDD;
const APP0: u8 = 0xE0;
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;
const COM: u8 = 0xFE;

/// What the frame header promised.
struct Frame {
    width: u32,
    height: u32,
    /// Identifiers of its components.
    parts: Vec<u8>,
}

/// Keeps of a JPEG its tables, its frame, its scans, and the mark that says how its colours are mixed;
/// everything else (EXIF, profiles, thumbnails, comments, what follows its end) is cut. Nothing comes of a
/// stream with anything else in it, of other than 8 bits, or of other than one or three components.
pub(super) fn strip(data: &[u8]) -> Option<Stripped> {
    let mut at = 0;
    let mut out = vec![0xFF, SOI];
    let mut frame: Option<Frame> = None;
    let mut scans = 0;
    let mut adobe: Option<u8> = None;
    if marker(data, &mut at)? != SOI {
        return None;
    }
    loop {
        let kind = marker(data, &mut at)?;
        match kind {
            EOI => break,
            SOF0 | SOF1 | SOF2 if frame.is_none() => {
                let body = segment(data, &mut at)?;
                frame = Some(header(body)?);
                put(&mut out, kind, body);
            }
            DHT | DQT | DRI => {
                let body = segment(data, &mut at)?;
                if !tables(kind, body) {
                    return None;
                }
                put(&mut out, kind, body);
            }
            SOS => {
                let body = segment(data, &mut at)?;
                let known = &frame.as_ref()?.parts;
                let count = usize::from(*body.first()?);
                let named = body.get(1..)?.chunks(2).take(count).all(|c| known.contains(&c[0]));
                if body.len() != 4 + 2 * count || count == 0 || !named {
                    return None;
                }
                put(&mut out, kind, body);
                let end = entropy(data, at);
                out.extend_from_slice(&data[at..end]);
                at = end;
                scans += 1;
            }
            APP14 => {
                let body = segment(data, &mut at)?;
                if let [b'A', b'd', b'o', b'b', b'e', _, _, _, _, _, _, transform, ..] = body {
                    adobe = Some(*transform);
                    // Its flags say nothing about the picture.
                    put(&mut out, APP14, &[b'A', b'd', b'o', b'b', b'e', 0, 100, 0, 0, 0, 0, *transform]);
                }
            }
            APP0..=APP15 | COM => {
                segment(data, &mut at)?;
            }
            _ => return None,
        }
    }
    let frame = frame.filter(|_| scans > 0)?;
    out.extend([0xFF, EOI]);
    let colour = frame.parts.len() == 3;
    // Without the mark three components are read as luma and chroma unless they are called R, G, B.
    let plain = frame.parts != *b"RGB" && adobe.is_none_or(|t| t <= 1);
    let sound = if colour { plain } else { adobe.is_none_or(|t| t == 0) };
    sound.then_some(Stripped { data: out, width: frame.width, height: frame.height, colour })
}

/// The sum of the brightness table that the standard gives as its example, which is quality 50.
const EXAMPLE: u32 = 3_688;

/// About what quality a JPEG was encoded with, 1 to 100, as the usual programs count it: by how coarse its
/// first table is. Nothing for a stream that has none.
pub(super) fn quality(data: &[u8]) -> Option<u8> {
    let mut at = 0;
    if marker(data, &mut at)? != SOI {
        return None;
    }
    loop {
        let kind = marker(data, &mut at)?;
        if matches!(kind, SOS | EOI) {
            return None;
        }
        let body = segment(data, &mut at)?;
        if kind != DQT {
            continue;
        }
        let wide = body.first()? >> 4 != 0;
        let table = body.get(1..if wide { 129 } else { 65 })?;
        let sum: u32 = if wide {
            table.chunks_exact(2).map(|v| u32::from(v[0]) << 8 | u32::from(v[1])).sum()
        } else {
            table.iter().map(|v| u32::from(*v)).sum()
        };
        let percent = f64::from(sum.max(1)) * 100.0 / f64::from(EXAMPLE);
        let quality = if percent <= 100.0 { 100.0 - percent / 2.0 } else { 5000.0 / percent };
        return Some(quality.round().clamp(1.0, 100.0) as u8);
    }
}

/// Reads a marker; fill bytes before it are allowed.
fn marker(data: &[u8], at: &mut usize) -> Option<u8> {
    if *data.get(*at)? != 0xFF {
        return None;
    }
    while *data.get(*at)? == 0xFF {
        *at += 1;
    }
    let kind = data[*at];
    *at += 1;
    Some(kind)
}

/// Reads a segment's body.
fn segment<'d>(data: &'d [u8], at: &mut usize) -> Option<&'d [u8]> {
    let length = usize::from(u16::from_be_bytes([*data.get(*at)?, *data.get(*at + 1)?]));
    let body = data.get(*at + 2..(*at).checked_add(length)?)?;
    *at += length;
    Some(body)
}

fn put(out: &mut Vec<u8>, kind: u8, body: &[u8]) {
    out.extend([0xFF, kind]);
    out.extend(((body.len() + 2) as u16).to_be_bytes());
    out.extend_from_slice(body);
}

/// Width, height and components: 8 bits, sampled at most four times.
fn header(body: &[u8]) -> Option<Frame> {
    let [8, h1, h0, w1, w0, count, rest @ ..] = body else { return None };
    let (height, width) = (u32::from_be_bytes([0, 0, *h1, *h0]), u32::from_be_bytes([0, 0, *w1, *w0]));
    let sound = width > 0 && height > 0 && matches!(count, 1 | 3) && rest.len() == 3 * usize::from(*count);
    let parts: Vec<u8> = rest.chunks(3).map(|c| c[0]).collect();
    sound.then_some(Frame { width, height, parts })
}

/// Whether tables have the size their own heads say: nothing can hide behind them.
fn tables(kind: u8, mut body: &[u8]) -> bool {
    match kind {
        DRI => body.len() == 2,
        DQT => {
            while let [head, rest @ ..] = body {
                let size = if head >> 4 == 0 { 64 } else { 128 };
                if head >> 4 > 1 || head & 15 > 3 || rest.len() < size {
                    return false;
                }
                body = &rest[size..];
            }
            true
        }
        _ => {
            while let [head, rest @ ..] = body {
                let Some(counts) = rest.get(..16) else { return false };
                let size: usize = counts.iter().map(|c| usize::from(*c)).sum();
                if head >> 4 > 1 || head & 15 > 3 || size > 256 || rest.len() < 16 + size {
                    return false;
                }
                body = &rest[16 + size..];
            }
            true
        }
    }
}

/// Where the coded data that begins at `at` ends: at the first marker that is neither a stuffed byte nor a
/// restart.
fn entropy(data: &[u8], mut at: usize) -> usize {
    while at + 1 < data.len() {
        if data[at] == 0xFF && !matches!(data[at + 1], 0 | 0xD0..=0xD7) {
            // Fill bytes belong to the marker that follows.
            return at;
        }
        at += 1;
    }
    data.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_is_known_from_the_tables() {
        let data: Vec<u8> = (0..64u32 * 64).map(|i| (i * 7 % 251) as u8).collect();
        for asked in [20u8, 40, 50, 75, 90] {
            let made = crate::out::encode::jpeg(&data, 64, 64, false, asked).unwrap();
            let found = quality(&made).unwrap();
            assert!(found.abs_diff(asked) <= 3, "{asked} was taken for {found}");
        }
        assert_eq!(quality(b"\xFF\xD8\xFF\xD9"), None, "a stream without tables has none");
    }
}
