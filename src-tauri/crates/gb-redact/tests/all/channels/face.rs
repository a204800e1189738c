//! TrueType fonts of letters that are patterns of squares: invented, so that no real font lies in the tests.

use crate::paper::*;

/// Glyph `i + 1` is `chars[i]`; all are 600 wide of 1000.
pub struct Face<'f> {
    pub chars: &'f str,
    /// Said by the name table as family, copyright and trademark.
    pub name: &'f str,
    /// Names of the glyphs, in the post table.
    pub glyph_names: Option<&'f [&'f str]>,
    /// Whether the font has a map from characters to glyphs.
    pub map: bool,
}

impl Face<'_> {
    pub fn glyph(&self, c: char) -> u16 {
        self.chars.chars().position(|x| x == c).map_or(0, |i| i as u16 + 1)
    }

    /// A word as a hex string of two bytes a glyph.
    pub fn codes(&self, word: &str) -> String {
        let hex: String = word.chars().map(|c| format!("{:04X}", self.glyph(c))).collect();
        format!("<{hex}>")
    }

    /// The map from glyphs to text; `says` changes what a character says.
    pub fn to_unicode(&self, says: impl Fn(char) -> String) -> Vec<u8> {
        let list: String = self
            .chars
            .chars()
            .map(|c| {
                let units: String = says(c).encode_utf16().map(|u| format!("{u:04X}")).collect();
                format!("<{:04X}> <{units}>\n", self.glyph(c))
            })
            .collect();
        let text = format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n\
             1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfchar\n{list}endbfchar\n\
             endcmap end end",
            self.chars.chars().count()
        );
        stream("", text.as_bytes())
    }

    /// A composite font, its parts beginning at object `first`: font, descendant, descriptor, file, map.
    pub fn composite(&self, first: u32, vertical: bool, to_unicode: Option<Vec<u8>>) -> Vec<Vec<u8>> {
        let (cid, descriptor, file) = (first + 1, first + 2, first + 3);
        let encoding = if vertical { "Identity-V" } else { "Identity-H" };
        let map = to_unicode.as_ref().map(|_| format!("/ToUnicode {} 0 R", first + 4)).unwrap_or_default();
        let name = self.name;
        let widths = "600 ".repeat(self.chars.chars().count() + 1);
        let data = self.file();
        let mut out = vec![
            format!("<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{encoding}\
    /DescendantFonts[{cid} 0 R]{map}>>"),
            format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
                 /Supplement 0>>/FontDescriptor {descriptor} 0 R/W[0[{widths}]]/CIDToGIDMap/Identity>>"
            ),
            format!(
                "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900\
                 /Descent -200/CapHeight 700/StemV 80/FontFile2 {file} 0 R>>"
            ),
        ]
        .into_iter()
        .map(String::into_bytes)
        .collect::<Vec<_>>();
        out.push(stream(&format!("/Filter/FlateDecode/Length1 {}", data.len()), &deflate(&data)));
        out.extend(to_unicode);
        out
    }

    /// The font file.
    pub fn file(&self) -> Vec<u8> {
        let outlines: Vec<Vec<u8>> =
            std::iter::once(Vec::new()).chain(self.chars.chars().map(squares)).collect();
        let count = outlines.len() as u16;
        let words = |list: &[u16]| list.iter().flat_map(|w| w.to_be_bytes()).collect::<Vec<u8>>();
        let (mut loca, mut glyf) = (Vec::new(), Vec::new());
        for outline in &outlines {
            loca.extend((glyf.len() as u32).to_be_bytes());
            glyf.extend(outline);
        }
        loca.extend((glyf.len() as u32).to_be_bytes());
        let mut head = words(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000]);
        head.extend([0u8; 16]);
        head.extend(words(&[0, 0, 600, 1000, 0, 8, 2, 1, 0]));
        let mut tables = vec![
            (*b"glyf", glyf),
            (*b"head", head),
            (*b"hhea", words(&[1, 0, 900, 0xFF38, 0, 600, 0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, count])),
            (*b"hmtx", words(&[600, 0].repeat(usize::from(count)))),
            (*b"loca", loca),
            (*b"maxp", words(&[1, 0, count, 96, 24, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
            (*b"name", self.names()),
            (*b"post", self.post(count)),
        ];
        if self.map {
            tables.insert(0, (*b"cmap", self.cmap()));
        }
        sfnt(&tables)
    }

    fn names(&self) -> Vec<u8> {
        let text: Vec<u8> = self.name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let ids = [0u16, 1, 4, 6, 7, 13];
        let mut out: Vec<u8> = [0u16, ids.len() as u16, 6 + 12 * ids.len() as u16]
            .iter()
            .flat_map(|w| w.to_be_bytes())
            .collect();
        for id in ids {
            out.extend([3u16, 1, 0x409, id, text.len() as u16, 0].iter().flat_map(|w| w.to_be_bytes()));
        }
        out.extend(text);
        out
    }

    fn post(&self, count: u16) -> Vec<u8> {
        let mut out = vec![0, 3, 0, 0];
        out.extend([0u8; 28]);
        if let Some(names) = self.glyph_names {
            out[1] = 2;
            out.extend(count.to_be_bytes());
            out.extend((0..count).flat_map(|i| if i == 0 { 0u16 } else { 257 + i }.to_be_bytes()));
            for name in names {
                out.push(name.len() as u8);
                out.extend(name.bytes());
            }
        }
        out
    }

    /// A map of format 6 would want a run of codes; format 4 with a segment for each character.
    fn cmap(&self) -> Vec<u8> {
        let mut list: Vec<(u16, u16)> = self.chars.chars().map(|c| (c as u16, self.glyph(c))).collect();
        list.sort_unstable();
        list.push((0xFFFF, 0));
        let n = list.len() as u16;
        let mut sub = vec![4, 16 + n * 8, 0, n * 2, 0, 0, 0];
        sub.extend(list.iter().map(|(c, _)| *c));
        sub.push(0);
        sub.extend(list.iter().map(|(c, _)| *c));
        sub.extend(list.iter().map(|(c, g)| g.wrapping_sub(*c)));
        sub.extend(list.iter().map(|_| 0));
        let head = [0u16, 1, 3, 1, 0, 12];
        head.iter().chain(&sub).flat_map(|w| w.to_be_bytes()).collect()
    }
}

/// The outline of a character: the squares of a grid of four by six that its number chooses.
fn squares(c: char) -> Vec<u8> {
    let bits = (c as u32).wrapping_mul(2_654_435_761) >> 7 | 1 << 3;
    let mut at: Vec<(i16, i16)> = Vec::new();
    for i in 0..24i16 {
        if bits >> i & 1 == 1 {
            let (x, y) = (50 + i % 4 * 130, i / 4 * 120);
            at.extend([(x, y), (x, y + 110), (x + 120, y + 110), (x + 120, y)]);
        }
    }
    let contours = (at.len() / 4) as i16;
    let mut out: Vec<u8> = [contours, 0, 0, 600, 720].iter().flat_map(|v| v.to_be_bytes()).collect();
    out.extend((0..contours).flat_map(|i| (i * 4 + 3).to_be_bytes()));
    out.extend([0u8, 0]);
    out.extend(vec![1u8; at.len()]);
    for axis in [0, 1] {
        let mut last = 0;
        for point in &at {
            let v = if axis == 0 { point.0 } else { point.1 };
            out.extend((v - last).to_be_bytes());
            last = v;
        }
    }
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn sfnt(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = vec![0, 1, 0, 0];
    let count = tables.len() as u16;
    out.extend([count, 128, 3, count * 16 - 128].iter().flat_map(|v: &u16| v.to_be_bytes()));
    let mut at = 12 + 16 * tables.len() as u32;
    for (tag, data) in tables {
        out.extend(tag);
        out.extend([0, at, data.len() as u32].iter().flat_map(|v: &u32| v.to_be_bytes()));
        at += (data.len() as u32).next_multiple_of(4);
    }
    for (_, data) in tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}
