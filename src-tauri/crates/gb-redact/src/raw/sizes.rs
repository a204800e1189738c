//! How large the pictures inside encoded data are. Their dictionaries may say something else, and decoders believe the
//! data.

/// The most pixels a decoder would make of `data`, which is encoded with the filter of that name; nothing if the
/// filter takes its size from the dictionary, or the data says none.
pub(crate) fn pixels(filter: &[u8], data: &[u8]) -> Option<u64> {
    match filter {
        b"DCTDecode" | b"DCT" => jpeg(data),
        b"JPXDecode" => jpx(data),
        b"JBIG2Decode" => Some(jbig2(data)),
        _ => None,
    }
}

fn word(data: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?)))
}

fn short(data: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(*data.get(at)?) << 8 | u64::from(*data.get(at + 1)?))
}

/// The frame header (ISO/IEC 10918-1, B.2.2): any of the markers C0 to CF but C4, C8 and CC.
fn jpeg(data: &[u8]) -> Option<u64> {
    let mut at = super::file::find(data, b"\xFF\xD8")? + 2;
    let mut most = None;
    loop {
        while data.get(at) != Some(&0xFF) {
            at += 1;
            if at >= data.len() {
                return most;
            }
        }
        match data.get(at + 1) {
            Some(0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) => {
                let size = short(data, at + 5).zip(short(data, at + 7)).map(|(h, w)| h * w);
                most = most.max(size);
                at += 2;
            }
            // Markers without a length, and filling.
            Some(0xFF) => at += 1,
            Some(0x00 | 0x01 | 0xD0..=0xD9) => at += 2,
            // A scan follows: all frame headers of baseline and progressive pictures stand before it.
            Some(0xDA) if most.is_some() => return most,
            Some(_) => at += 2 + short(data, at + 2).unwrap_or(0).max(2) as usize,
            None => return most,
        }
    }
}

/// The size marker of the code stream (ISO/IEC 15444-1, A.5.1): the grid, less where the image begins, for each
/// component at its own step.
fn jpx(data: &[u8]) -> Option<u64> {
    let at = super::file::find(data, b"\xFF\x4F\xFF\x51")? + 4;
    let side = |far: usize, near: usize| Some(word(data, at + far)?.saturating_sub(word(data, at + near)?));
    let grid = side(4, 12)?.saturating_mul(side(8, 16)?);
    let components = short(data, at + 36)?;
    // Pixels of three components are what the limit is about; more components are more pixels.
    Some(grid.saturating_mul(components.div_ceil(3).max(1)))
}

/// The page and every region (ITU-T T.88, 7.2 and 7.4.1), one after the other as embedded streams have them.
fn jbig2(data: &[u8]) -> u64 {
    let (mut at, mut sum) = (0, 0u64);
    while let Some((kind, start, length)) = segment(data, at) {
        let region = matches!(kind, 4..=7 | 20..=23 | 36..=43 | 48);
        if region && let (Some(w), Some(h)) = (word(data, start), word(data, start + 4)) {
            // A page may leave its height open.
            let h = if kind == 48 && h == u64::from(u32::MAX) { 0 } else { h };
            sum = sum.saturating_add(w.saturating_mul(h));
        }
        match length {
            Some(length) => at = start + length as usize,
            None => return sum,
        }
    }
    sum
}

/// Kind, start of the data and its length, of the segment at `at`.
fn segment(data: &[u8], at: usize) -> Option<(u8, usize, Option<u64>)> {
    let number = word(data, at)?;
    let flags = *data.get(at + 4)?;
    let (count, mut next) = match *data.get(at + 5)? >> 5 {
        7 => {
            let count = word(data, at + 5)? & 0x1FFF_FFFF;
            (count, at + 9 + (count as usize + 1).div_ceil(8))
        }
        count => (u64::from(count), at + 6),
    };
    let each = if number <= 256 {
        1
    } else if number <= 65_536 {
        2
    } else {
        4
    };
    next = next.checked_add(usize::try_from(count).ok()?.checked_mul(each)?)?;
    next += if flags & 0x40 == 0 { 1 } else { 4 };
    let length = word(data, next)?;
    Some((flags & 0x3F, next + 4, (length != u64::from(u32::MAX)).then_some(length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_the_data() {
        let mut jpeg = b"\xFF\xD8\xFF\xE0\x00\x04AB\xFF\xC2\x00\x0B\x08".to_vec();
        jpeg.extend([0x75, 0x30, 0xEA, 0x60, 1, 1, 0x11, 0]);
        assert_eq!(pixels(b"DCTDecode", &jpeg), Some(30_000 * 60_000), "a frame after a segment");
        assert_eq!(pixels(b"DCTDecode", b"not one"), None);
        let mut jpx = b"....\xFF\x4F\xFF\x51\x00\x29\x00\x00".to_vec();
        jpx.extend([1000u32, 2000, 100, 0].iter().flat_map(|v| v.to_be_bytes()));
        jpx.extend([0u8; 16]);
        jpx.extend([0, 3]);
        assert_eq!(pixels(b"JPXDecode", &jpx), Some(900 * 2000), "the grid less its beginning");
        let mut jbig2 = vec![0, 0, 0, 1, 48, 0, 1, 0, 0, 0, 19];
        jbig2.extend([64u32, 32, 0, 0].iter().flat_map(|v| v.to_be_bytes()));
        jbig2.extend([0, 0, 0]);
        jbig2.extend([0, 0, 0, 2, 38, 0, 1, 0, 0, 0, 18]);
        jbig2.extend([65_000u32, 60_000, 0, 0].iter().flat_map(|v| v.to_be_bytes()));
        assert_eq!(pixels(b"JBIG2Decode", &jbig2), Some(64 * 32 + 65_000 * 60_000), "page and region");
        assert_eq!(pixels(b"FlateDecode", b""), None, "that size stands in the dictionary");
    }
}
