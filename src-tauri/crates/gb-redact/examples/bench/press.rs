//! Sets pages and writes them as a PDF, the way common programs do: subsets of fonts with a ToUnicode map, kerned and
//! justified lines in `TJ`, streams deflated. Everything is made from one seed: the same files on every machine.

use crate::face::Face;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    /// From 0 up to but not `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }
}

/// Which of the two faces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// A document being made.
pub struct Press {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    faces: [Face; 2],
    used: [BTreeMap<u16, char>; 2],
}

/// Pairs set closer, in thousandths of an em.
const KERN: &[(&str, i32)] = &[
    ("To", 40),
    ("We", 30),
    ("Th", 12),
    ("y,", 35),
    ("r,", 30),
    ("r.", 30),
    ("av", 12),
    ("va", 12),
    ("wa", 10),
];

/// Objects before the pages: catalog, page tree, two fonts of four objects each.
const FIRST: usize = 3;
const FONT: usize = 5;

impl Press {
    pub fn new() -> Self {
        let face = |name: &str| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/fonts/");
            Face::new(std::fs::read(format!("{folder}{name}.ttf")).expect("the project's fonts are there"))
        };
        let faces = [face("SourceSans3-Regular"), face("SourceSans3-SemiBold")];
        let empty = vec![Vec::new(); FIRST - 1 + 2 * FONT];
        Self { objects: empty, pages: Vec::new(), faces, used: [BTreeMap::new(), BTreeMap::new()] }
    }

    /// The width of a text in points.
    pub fn width(&self, weight: Weight, size: f64, text: &str) -> f64 {
        let face = &self.faces[weight as usize];
        let sum: f64 = text.chars().map(|c| face.advance(face.glyph(c))).sum();
        sum * size / face.em
    }

    /// A line of text at a place, with each space made wider by `more` points.
    pub fn line(
        &mut self,
        out: &mut String,
        weight: Weight,
        size: f64,
        at: (f64, f64),
        text: &str,
        more: f64,
    ) {
        let which = weight as usize;
        let _ = write!(out, "BT /F{which} {size} Tf 1 0 0 1 {:.2} {:.2} Tm [<", at.0, at.1);
        let mut before = ' ';
        for c in text.chars() {
            let glyph = self.faces[which].glyph(c);
            self.used[which].insert(glyph, c);
            let pair = [before, c].iter().collect::<String>();
            if let Some((_, closer)) = KERN.iter().find(|(p, _)| *p == pair) {
                let _ = write!(out, "> {closer} <");
            }
            let _ = write!(out, "{glyph:04X}");
            if c == ' ' && more.abs() > 0.001 {
                let _ = write!(out, "> {:.1} <", -more * 1000.0 / size);
            }
            before = c;
        }
        out.push_str(">] TJ ET\n");
    }

    /// An object of its own; its number.
    pub fn object(&mut self, body: Vec<u8>) -> usize {
        self.objects.push(body);
        self.objects.len()
    }

    /// A page of a content stream; `resources` besides the fonts.
    pub fn page(&mut self, content: &str, resources: &str) {
        let content = self.object(stream("", content.as_bytes(), true));
        let fonts = format!(
            "/Font<</F0 {FIRST} 0 R/F1 {} 0 R/F2<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>",
            FIRST + FONT
        );
        let page = self.object(
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<<{fonts}{resources}>>>>").into_bytes(),
        );
        self.pages.push(page);
    }

    /// The finished file.
    pub fn finish(mut self) -> Vec<u8> {
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
        let kids: String = self.pages.iter().map(|p| format!("{p} 0 R ")).collect();
        self.objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len()).into_bytes();
        for which in 0..2 {
            self.font(which);
        }
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut table = String::from("0000000000 65535 f \n");
        for (i, body) in self.objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", out.len());
            out.extend(format!("{} 0 obj\n", i + 1).bytes());
            out.extend(body);
            out.extend(b"\nendobj\n");
        }
        let (start, size) = (out.len(), self.objects.len() + 1);
        let info = "/Info<</Producer(Guardbook bench)>>";
        out.extend(format!("xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R{info}>>\nstartxref\n{start}\n%%EOF\n").bytes());
        out
    }

    fn font(&mut self, which: usize) {
        let (face, used, at) = (&self.faces[which], &self.used[which], FIRST + FONT * which);
        let name = ["ABCDEF+SourceSans3-Regular", "GHIJKL+SourceSans3-SemiBold"][which];
        let data = face.subset(&used.keys().copied().collect::<BTreeSet<u16>>());
        let widths: String =
            used.keys().map(|g| format!("{g}[{:.0}]", face.advance(*g) * 1000.0 / face.em)).collect();
        let map: String = used.iter().map(|(g, c)| format!("<{g:04X}> <{:04X}>\n", *c as u32)).collect();
        let map = format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n\
             1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfchar\n{map}endbfchar endcmap end end",
            used.len()
        );
        let bodies = [
            format!("<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{} 0 R]/ToUnicode {} 0 R>>", at + 1, at + 4).into_bytes(),
            format!("<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 0/W[{widths}]/CIDToGIDMap/Identity/FontDescriptor {} 0 R>>", at + 2).into_bytes(),
            format!("<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-500 -400 1500 1100]/ItalicAngle 0/Ascent 980/Descent -300/CapHeight 660/StemV 80/FontFile2 {} 0 R>>", at + 3).into_bytes(),
            stream(&format!("/Length1 {}", data.len()), &data, true),
            stream("", map.as_bytes(), true),
        ];
        for (i, body) in bodies.into_iter().enumerate() {
            self.objects[at - 1 + i] = body;
        }
    }
}

/// A stream object, deflated if asked.
pub fn stream(dict: &str, data: &[u8], deflate: bool) -> Vec<u8> {
    let data = if deflate {
        let mut e = ZlibEncoder::new(Vec::new(), Compression::default());
        e.write_all(data).expect("memory takes it");
        e.finish().expect("memory takes it")
    } else {
        data.to_vec()
    };
    let filter = if deflate { "/Filter/FlateDecode" } else { "" };
    let mut out = format!("<<{dict}{filter}/Length {}>>stream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}
