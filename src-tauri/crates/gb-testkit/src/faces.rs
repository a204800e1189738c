//! The faces the samples are set in: standard ones that a reader must have, and open ones that are embedded.

use crate::file::{File, Ref};
use crate::widths;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use subsetter::GlyphRemapper;

/// How to set text in a face, and what of it has been used.
pub enum Face {
    /// One of the fourteen every reader carries, in WinAnsi.
    Standard {
        /// Its name in the file.
        name: &'static str,
        /// Advances for codes 32 to 255.
        widths: &'static [u16; 224],
    },
    /// An open face, embedded as a subset with two-byte codes.
    Embedded {
        /// Its name in the file.
        name: &'static str,
        /// The font file.
        data: &'static [u8],
        /// Glyphs used so far.
        used: GlyphRemapper,
        /// What each new glyph number means.
        meaning: BTreeMap<u16, char>,
    },
}

/// A typewriter.
pub const COURIER_PRIME: &[u8] = include_bytes!("../fonts/CourierPrime-Regular.ttf");
/// The house's own face, which the letters are set in too.
pub const SOURCE_SANS: &[u8] = include_bytes!("../../../../assets/fonts/SourceSans3-Regular.ttf");
/// Its heavier cut.
pub const SOURCE_SANS_BOLD: &[u8] = include_bytes!("../../../../assets/fonts/SourceSans3-SemiBold.ttf");
/// Handwriting.
pub const CAVEAT: &[u8] = include_bytes!("../fonts/Caveat-Regular.ttf");

impl Face {
    pub fn helvetica() -> Self {
        Self::Standard { name: "Helvetica", widths: &widths::HELVETICA }
    }
    pub fn helvetica_bold() -> Self {
        Self::Standard { name: "Helvetica-Bold", widths: &widths::HELVETICA_BOLD }
    }
    pub fn helvetica_oblique() -> Self {
        Self::Standard { name: "Helvetica-Oblique", widths: &widths::HELVETICA_OBLIQUE }
    }
    pub fn times() -> Self {
        Self::Standard { name: "Times-Roman", widths: &widths::TIMES }
    }
    pub fn times_bold() -> Self {
        Self::Standard { name: "Times-Bold", widths: &widths::TIMES_BOLD }
    }
    pub fn times_italic() -> Self {
        Self::Standard { name: "Times-Italic", widths: &widths::TIMES_ITALIC }
    }
    pub fn courier() -> Self {
        Self::Standard { name: "Courier", widths: &widths::COURIER }
    }
    pub fn embedded(name: &'static str, data: &'static [u8]) -> Self {
        Self::Embedded { name, data, used: GlyphRemapper::new(), meaning: BTreeMap::new() }
    }

    /// Width of a text at one point, in points.
    pub fn width(&self, text: &str) -> f64 {
        match self {
            Self::Standard { widths, .. } => {
                text.chars().map(|c| f64::from(widths[usize::from(win_ansi(c) - 32)]) / 1000.0).sum()
            }
            Self::Embedded { data, .. } => {
                let face = open(data);
                let em = f64::from(face.units_per_em());
                text.chars()
                    .filter_map(|c| face.glyph_index(c).and_then(|g| face.glyph_hor_advance(g)))
                    .map(|a| f64::from(a) / em)
                    .sum()
            }
        }
    }

    /// The text as the operand of a show operator, in this face's codes.
    pub fn encode(&mut self, text: &str) -> Vec<u8> {
        match self {
            Self::Standard { .. } => {
                let mut out = vec![b'('];
                for byte in text.chars().map(win_ansi) {
                    if matches!(byte, b'(' | b')' | b'\\') {
                        out.push(b'\\');
                    }
                    out.push(byte);
                }
                out.push(b')');
                out
            }
            Self::Embedded { data, used, meaning, .. } => {
                let face = open(data);
                let mut out = String::from("<");
                for c in text.chars() {
                    let glyph = face.glyph_index(c).expect("the samples use only letters the face has");
                    let new = used.remap(glyph.0);
                    meaning.insert(new, c);
                    let _ = write!(out, "{new:04X}");
                }
                out.push('>');
                out.into_bytes()
            }
        }
    }

    /// Writes the font into the file.
    pub fn write(&self, file: &mut File) -> Ref {
        match self {
            Self::Standard { name, .. } => file.add(format!(
                "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            )),
            Self::Embedded { name, data, used, meaning } => write_embedded(file, name, data, used, meaning),
        }
    }
}

/// Opens one of our own font files.
pub fn open(data: &[u8]) -> ttf_parser::Face<'_> {
    ttf_parser::Face::parse(data, 0).expect("the fonts beside this crate are whole")
}

fn write_embedded(
    file: &mut File,
    name: &str,
    data: &[u8],
    used: &GlyphRemapper,
    meaning: &BTreeMap<u16, char>,
) -> Ref {
    let face = open(data);
    let small = subsetter::subset(data, 0, used).expect("the fonts beside this crate can be cut");
    let em = f64::from(face.units_per_em());
    let per_mille = |v: f64| (v * 1000.0 / em).round();
    let program = file.stream(&format!("/Length1 {}", small.len()), &small);
    let name = format!("GBTEST+{name}");
    let bounds = face.global_bounding_box();
    let descriptor = file.add(format!(
        "<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{} {} {} {}] /ItalicAngle 0 /Ascent {} \
         /Descent {} /CapHeight {} /StemV 80 /FontFile2 {program} >>",
        per_mille(f64::from(bounds.x_min)),
        per_mille(f64::from(bounds.y_min)),
        per_mille(f64::from(bounds.x_max)),
        per_mille(f64::from(bounds.y_max)),
        per_mille(f64::from(face.ascender())),
        per_mille(f64::from(face.descender())),
        per_mille(f64::from(face.capital_height().unwrap_or(face.ascender()))),
    ));
    let mut advances = String::new();
    for old in used.remapped_gids() {
        let advance = face.glyph_hor_advance(ttf_parser::GlyphId(old)).unwrap_or(0);
        let _ = write!(advances, "{} ", per_mille(f64::from(advance)));
    }
    let descendant = file.add(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) \
         /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} /DW 1000 /W [0 [{}]] \
         /CIDToGIDMap /Identity >>",
        advances.trim_end()
    ));
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /GB-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let pairs: Vec<_> = meaning.iter().collect();
    for chunk in pairs.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", chunk.len());
        for (code, c) in chunk {
            let _ = writeln!(map, "<{code:04X}> <{:04X}>", u32::from(**c));
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    let to_unicode = file.stream("", map.as_bytes());
    file.add(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant}] \
         /ToUnicode {to_unicode} >>"
    ))
}

/// The WinAnsi code of a character the samples use.
fn win_ansi(c: char) -> u8 {
    match c {
        ' '..='~' => c as u8,
        '€' => 0x80,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '£' => 0xA3,
        '§' => 0xA7,
        '©' => 0xA9,
        '·' => 0xB7,
        'é' => 0xE9,
        other => panic!("a sample uses {other:?}, for which the standard faces carry no width here"),
    }
}
