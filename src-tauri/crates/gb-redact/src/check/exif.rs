//! What a photograph tells beside its picture: the segments of a JPEG that a viewer does not show.

/// What is in one JPEG besides its picture, in words.
pub(super) fn tells(jpeg: &[u8]) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let short = |at: usize| Some(usize::from(*jpeg.get(at)?) << 8 | usize::from(*jpeg.get(at + 1)?));
    let mut at = 2;
    while let (Some(0xFF), Some(kind), Some(length)) = (jpeg.get(at), jpeg.get(at + 1), short(at + 2)) {
        let Some(body) = jpeg.get(at + 4..at + 2 + length.max(2)) else { break };
        match kind {
            0xDA | 0xD9 => break,
            0xE1 if body.starts_with(b"Exif\0\0") => exif(&body[6..], &mut out),
            0xE1 => out.push(("XMP data of the photograph", printable(body))),
            0xED => out.push(("captions and keywords of the photograph", printable(body))),
            0xFE => out.push(("a comment in the photograph", printable(body))),
            _ => {}
        }
        at += 2 + length.max(2);
    }
    out
}

fn printable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control() && *c != '\u{FFFD}').take(120).collect()
}

/// The directory of a TIFF inside: who made the picture, when, and where (TIFF 6.0; Exif 2.3, 4.6).
fn exif(tiff: &[u8], out: &mut Vec<(&'static str, String)>) {
    let little = tiff.starts_with(b"II");
    let number = |at: usize, size: usize| -> Option<usize> {
        let bytes = tiff.get(at..at.checked_add(size)?)?;
        let fold = |v: usize, b: &u8| v << 8 | usize::from(*b);
        Some(if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) })
    };
    let Some(first) = number(4, 4) else { return };
    let mut said = Vec::new();
    let mut todo = vec![first];
    let (mut place, mut looked) = (false, 0);
    while let Some(at) = todo.pop() {
        looked += 1;
        let Some(count) = number(at, 2).filter(|c| *c < 512 && looked < 8) else { continue };
        for i in 0..count {
            let entry = at + 2 + i * 12;
            let (Some(tag), Some(size), Some(value)) =
                (number(entry, 2), number(entry + 4, 4), number(entry + 8, 4))
            else {
                break;
            };
            match tag {
                0x8825 => place = true,
                0x8769 => todo.push(value),
                // Make, model, software, times, artist, owner, serial number, description.
                0x010E | 0x010F | 0x0110 | 0x0131 | 0x0132 | 0x013B | 0x9003 | 0xA430 | 0xA431 => {
                    let from = if size > 4 { value } else { entry + 8 };
                    let text = tiff.get(from..from.saturating_add(size.min(200))).map(printable);
                    said.extend(text.filter(|t| !t.trim().is_empty()));
                }
                _ => {}
            }
        }
        let next = number(at + 2 + count * 12, 4).filter(|n| *n > 0);
        if looked == 1 && next.is_some() {
            out.push(("a small copy of the photograph, perhaps as it was before", String::new()));
        }
    }
    out.push(("camera, times or owner of the photograph", said.join(", ")));
    if place {
        out.push(("the place where the photograph was taken", String::new()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photograph_says_who_when_and_where() {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend(b"\x0F\x01\x02\0\x06\0\0\0\x26\0\0\0");
        tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x30\0\0\0");
        tiff.extend(b"\x40\0\0\0Nikon\0");
        let mut jpeg = b"\xFF\xD8\xFF\xE1".to_vec();
        jpeg.extend((tiff.len() as u16 + 8).to_be_bytes());
        jpeg.extend(b"Exif\0\0");
        jpeg.extend(&tiff);
        jpeg.extend(b"\xFF\xFE\0\x08by Ann\xFF\xD9");
        let told = tells(&jpeg);
        let check = |what: &str, says: &str| {
            assert!(told.iter().any(|(w, s)| w.contains(what) && s.contains(says)), "{what}: {told:?}");
        };
        check("camera", "Nikon");
        check("place", "");
        check("small copy", "");
        check("comment", "by Ann");
        assert_eq!(tells(b"\xFF\xD8\xFF\xD9"), [], "a picture that is only a picture tells nothing");
        assert_eq!(tells(b"\xFF\xD8\xFF\xE1\0"), [], "one cut short does no harm");
    }
}
