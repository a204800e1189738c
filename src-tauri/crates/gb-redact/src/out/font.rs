//! The font of the text layer: a TrueType file of empty glyphs, one for each character used.
//!
//! It draws nothing. It exists so that words over a picture can be selected, searched and read aloud,
//! and its only knowledge is the list of characters that remain.

use std::collections::HashMap;

/// Characters used so far, numbered in the order they were first needed.
#[derive(Default)]
pub(crate) struct Alphabet {
    numbers: HashMap<char, u16>,
    chars: Vec<char>,
}

impl Alphabet {
    /// The glyph of a character; glyph 0 means none.
    pub(crate) fn glyph(&mut self, c: char) -> u16 {
        if let Some(n) = self.numbers.get(&c) {
            return *n;
        }
        if self.chars.len() >= 60_000 {
            return 0;
        }
        self.chars.push(c);
        let n = self.chars.len() as u16;
        self.numbers.insert(c, n);
        n
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The map from glyphs to Unicode, as a CMap.
    pub(crate) fn to_unicode(&self) -> Vec<u8> {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) \
             /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        for (block, chars) in self.chars.chunks(100).enumerate() {
            out.push_str(&format!("{} beginbfchar\n", chars.len()));
            for (i, c) in chars.iter().enumerate() {
                let mut units = [0u16; 2];
                let hex: String = c.encode_utf16(&mut units).iter().map(|u| format!("{u:04X}")).collect();
                out.push_str(&format!("<{:04X}> <{hex}>\n", block * 100 + i + 1));
            }
            out.push_str("endbfchar\n");
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        out.into_bytes()
    }

    /// The font file: every glyph empty and half an em wide.
    pub(crate) fn truetype(&self) -> Vec<u8> {
        let glyphs = self.chars.len() as u16 + 1;
        let mut hmtx = Vec::new();
        hmtx.extend(500u16.to_be_bytes());
        hmtx.extend(0u16.to_be_bytes());
        hmtx.extend(std::iter::repeat_n(0u8, usize::from(glyphs - 1) * 2));
        let words = |list: &[u16]| list.iter().flat_map(|w| w.to_be_bytes()).collect::<Vec<u8>>();
        let mut head = words(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000]);
        head.extend([0u8; 16]); // dates: none
        head.extend(words(&[0, 0, 500, 1000, 0, 8, 2, 0, 0]));
        let hhea = words(&[1, 0, 800, 0xFF38, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
        let maxp = words(&[1, 0, glyphs, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        let post = words(&[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let cmap = words(&[0, 1, 1, 0, 0, 12, 6, 10, 0, 0, 0]);
        let loca = vec![0u8; (usize::from(glyphs) + 1) * 2];
        // One byte of nothing: some readers refuse an empty table.
        let glyf = vec![0u8; 2];
        sfnt(&mut [
            (*b"cmap", cmap),
            (*b"glyf", glyf),
            (*b"head", head),
            (*b"hhea", hhea),
            (*b"hmtx", hmtx),
            (*b"loca", loca),
            (*b"maxp", maxp),
            (*b"post", post),
        ])
    }
}

fn sum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0u32, |s, c| {
        let mut word = [0u8; 4];
        word[..c.len()].copy_from_slice(c);
        s.wrapping_add(u32::from_be_bytes(word))
    })
}

/// Puts tables (in alphabetical order) into a TrueType file, with the checksums readers like to see.
fn sfnt(tables: &mut [([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = 15 - count.leading_zeros() as u16;
    let mut out = vec![0, 1, 0, 0];
    for v in [count, 16 << power, power, count * 16 - (16 << power)] {
        out.extend(v.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    let mut head_at = 0;
    for (tag, data) in tables.iter() {
        if tag == b"head" {
            head_at = at;
        }
        out.extend(tag);
        out.extend(sum(data).to_be_bytes());
        out.extend((at as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in tables.iter() {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjust = 0xB1B0_AFBAu32.wrapping_sub(sum(&out)).to_be_bytes();
    out[head_at + 8..head_at + 12].copy_from_slice(&adjust);
    out
}
