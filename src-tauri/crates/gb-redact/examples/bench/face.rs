//! A TrueType face cut down to the glyphs used, as programs embed it: glyphs keep their numbers, the others are empty.

use std::collections::BTreeSet;

/// A face read from a file.
pub struct Face {
    data: Vec<u8>,
    /// Units of the em.
    pub em: f64,
    wide: bool,
    glyphs: usize,
    metrics: usize,
}

impl Face {
    /// Reads a face with `glyf` outlines.
    pub fn new(data: Vec<u8>) -> Self {
        let mut face = Self { data, em: 0.0, wide: false, glyphs: 0, metrics: 0 };
        let (head, _) = face.table(b"head");
        face.em = f64::from(face.short(head + 18));
        face.wide = face.short(head + 50) == 1;
        face.glyphs = usize::from(face.short(face.table(b"maxp").0 + 4));
        face.metrics = usize::from(face.short(face.table(b"hhea").0 + 34));
        face
    }

    fn short(&self, at: usize) -> u16 {
        u16::from_be_bytes([self.data[at], self.data[at + 1]])
    }

    fn long(&self, at: usize) -> usize {
        usize::from(self.short(at)) << 16 | usize::from(self.short(at + 2))
    }

    fn table(&self, tag: &[u8; 4]) -> (usize, usize) {
        let entry = (0..usize::from(self.short(4))).map(|i| 12 + 16 * i);
        let mut found = entry.filter(|at| &self.data[*at..*at + 4] == tag);
        let at = found.next().expect("the face has the usual tables");
        (self.long(at + 8), self.long(at + 12))
    }

    /// The glyph of a character of the first plane.
    pub fn glyph(&self, c: char) -> u16 {
        let (cmap, _) = self.table(b"cmap");
        let maps = (0..usize::from(self.short(cmap + 2))).map(|i| cmap + self.long(cmap + 8 + 8 * i));
        let map = maps.into_iter().find(|at| self.short(*at) == 4).expect("the face has a map of format 4");
        let (code, count) = (c as u16, usize::from(self.short(map + 6)) / 2);
        for i in 0..count {
            let end = self.short(map + 14 + 2 * i);
            let start = self.short(map + 16 + 2 * (count + i));
            if code > end {
                continue;
            }
            if code < start {
                return 0;
            }
            let delta = self.short(map + 16 + 2 * (2 * count + i));
            let at = map + 16 + 2 * (3 * count + i);
            let offset = usize::from(self.short(at));
            return if offset == 0 {
                code.wrapping_add(delta)
            } else {
                self.short(at + offset + 2 * usize::from(code - start)).wrapping_add(delta)
            };
        }
        0
    }

    /// The advance of a glyph, in units of the em.
    pub fn advance(&self, glyph: u16) -> f64 {
        let at = usize::from(glyph).min(self.metrics - 1) * 4;
        f64::from(self.short(self.table(b"hmtx").0 + at))
    }

    fn outline(&self, glyph: usize) -> &[u8] {
        let (loca, glyf) = (self.table(b"loca").0, self.table(b"glyf").0);
        let place = |i: usize| {
            if self.wide { self.long(loca + 4 * i) } else { usize::from(self.short(loca + 2 * i)) * 2 }
        };
        &self.data[glyf + place(glyph)..glyf + place(glyph + 1)]
    }

    /// The glyphs a composite is made of join those used.
    fn close(&self, used: &mut BTreeSet<u16>) {
        let mut open: Vec<u16> = used.iter().copied().collect();
        while let Some(glyph) = open.pop() {
            let outline = self.outline(usize::from(glyph)).to_vec();
            if outline.len() < 10 || outline[0] < 0x80 {
                continue;
            }
            let word = |at: usize| u16::from_be_bytes([outline[at], outline[at + 1]]);
            let mut at = 10;
            loop {
                let (flags, part) = (word(at), word(at + 2));
                if used.insert(part) {
                    open.push(part);
                }
                at += 4 + if flags & 1 != 0 { 4 } else { 2 };
                at += match (flags & 8 != 0, flags & 0x40 != 0, flags & 0x80 != 0) {
                    (true, ..) => 2,
                    (_, true, _) => 4,
                    (.., true) => 8,
                    _ => 0,
                };
                if flags & 0x20 == 0 {
                    break;
                }
            }
        }
    }

    /// The face with the glyphs used and no others.
    pub fn subset(&self, used: &BTreeSet<u16>) -> Vec<u8> {
        let mut used = used.clone();
        used.insert(0);
        self.close(&mut used);
        let (mut glyf, mut loca) = (Vec::new(), Vec::new());
        for glyph in 0..self.glyphs {
            loca.extend((glyf.len() as u32).to_be_bytes());
            if used.contains(&(glyph as u16)) {
                glyf.extend(self.outline(glyph));
                glyf.resize(glyf.len().next_multiple_of(4), 0);
            }
        }
        loca.extend((glyf.len() as u32).to_be_bytes());
        let copy = |tag: &[u8; 4]| {
            let (at, length) = self.table(tag);
            self.data[at..at + length].to_vec()
        };
        let mut head = copy(b"head");
        head[51] = 1;
        let tables = [
            (*b"glyf", glyf),
            (*b"head", head),
            (*b"hhea", copy(b"hhea")),
            (*b"hmtx", copy(b"hmtx")),
            (*b"loca", loca),
            (*b"maxp", copy(b"maxp")),
        ];
        let mut out = vec![0, 1, 0, 0, 0, tables.len() as u8, 0, 64, 0, 2, 0, 32];
        let mut at = 12 + 16 * tables.len();
        for (tag, data) in &tables {
            out.extend(tag);
            out.extend(0u32.to_be_bytes());
            out.extend((at as u32).to_be_bytes());
            out.extend((data.len() as u32).to_be_bytes());
            at += data.len().next_multiple_of(4);
        }
        for (_, data) in &tables {
            out.extend(data);
            out.resize(out.len().next_multiple_of(4), 0);
        }
        out
    }
}
