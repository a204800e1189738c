//! A page built from its parts, small and by hand, in the form our writer gives it: object streams, a
//! table that is a stream, one font of real outlines, a group under a soft mask, a picture, tags.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::collections::BTreeMap;
use std::io::Write;

/// A line: its words, where it begins (points from the left and the bottom), 10 points high.
type Line = (&'static str, u32, u32);

pub(super) struct Says {
    lines: &'static [Line],
    redacted: bool,
}

pub(super) const SOURCE: Says = Says {
    lines: &[
        ("Dear Ms Okafor ", 40, 742),
        ("We spoke with Whitlock on Monday ", 40, 722),
        ("Nothing else is checked ", 40, 702),
    ],
    redacted: false,
};
pub(super) const OUTPUT: Says = Says {
    lines: &[
        ("Dear ", 40, 742),
        ("Ms Okafor ", 70, 742),
        ("We spoke with ", 40, 722),
        ("on ", 178, 722),
        ("Monday ", 196, 722),
        ("Nothing else is checked ", 40, 702),
    ],
    redacted: true,
};

enum Body {
    Dict(String),
    /// Entries, bytes before deflating, bytes behind the deflated ones.
    Stream(String, Vec<u8>, Vec<u8>),
}

/// A file before it is written.
pub(super) struct Made {
    objects: BTreeMap<u32, Body>,
    letters: Vec<char>,
    pub(super) holder_tail: Vec<u8>,
    pub(super) unlisted: bool,
    pub(super) tail_of_glyph: Vec<u8>,
    pub(super) program: Vec<u8>,
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut e = ZlibEncoder::new(Vec::new(), Compression::best());
    e.write_all(data).unwrap();
    e.finish().unwrap()
}

impl Made {
    pub(super) fn new(says: &Says) -> Self {
        let mut letters: Vec<char> = says.lines.iter().flat_map(|l| l.0.chars()).collect();
        letters.sort_unstable();
        letters.dedup();
        let mut made = Self {
            objects: BTreeMap::new(),
            letters,
            holder_tail: Vec::new(),
            unlisted: false,
            tail_of_glyph: Vec::new(),
            program: Vec::new(),
        };
        made.frame();
        made.page(says);
        made.font();
        made
    }

    fn frame(&mut self) {
        self.dict(
            1,
            "<</Type/Catalog/Pages 2 0 R/Lang(en-GB)/MarkInfo<</Marked true>>/StructTreeRoot 14 0 R>>",
        );
        self.dict(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
        self.dict(
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0/Tabs/S\
             /Resources<</Font<</F0 5 0 R>>/XObject<</X0 10 0 R/X1 11 0 R>>/ExtGState<</G0 18 0 R>>>>>>",
        );
        self.dict(14, "<</Type/StructTreeRoot/K 15 0 R/ParentTree<</Nums[0[16 0 R 17 0 R]]>>>>");
        self.dict(15, "<</Type/StructElem/S/Document/P 14 0 R/K[16 0 R 17 0 R]>>");
        self.dict(16, "<</Type/StructElem/S/P/P 15 0 R/Pg 3 0 R/K 0>>");
        self.dict(17, "<</Type/StructElem/S/Figure/P 15 0 R/Pg 3 0 R/Alt(Removed: 3P)/K[1]>>");
        self.dict(
            18,
            "<</Type/ExtGState/ca 1/CA 1/BM/Normal/SMask<</Type/Mask/S/Luminosity/G 12 0 R/BC[0]/TR 13 0 R>>>>",
        );
        let group = "/Type/XObject/Subtype/Form/BBox[-400 -400 400 400]/Resources<<>>/Group<</S/Transparency/CS/DeviceRGB/I true>>";
        self.stream(11, group, b"1 0 0 rg 0 0 60 30 re f\n");
        self.stream(12, &group.replace("RGB", "Gray"), b"0.5 g 0 0 60 30 re f\n");
        let ramp: Vec<u8> = (0..=255).collect();
        self.stream(13, "/FunctionType 0/Domain[0 1]/Range[0 1]/Size[256]/BitsPerSample 8", &ramp);
    }

    fn page(&mut self, says: &Says) {
        let mut ops = String::from("/P <</MCID 0>> BDC\nBT\n/F0 10 Tf\n");
        for (text, x, y) in says.lines {
            ops.push_str(&format!("1 0 0 1 {x} {y} Tm {} Tj\n", self.spell(text)));
        }
        ops.push_str("ET\nEMC\nq 40 0 0 40 300 742 cm /X0 Do Q\nq 1 0 0 1 400 700 cm /G0 gs /X1 Do Q\n");
        if says.redacted {
            ops.push_str("/Figure <</MCID 1>> BDC\n0 g 123 719 50 12 re f\n0 g 300 772 20 10 re f\nEMC\n");
        }
        self.stream(4, "", ops.as_bytes());
        // A chequered picture, its rows coded against the row above, black under the second box.
        let at = |x: usize, y: usize| {
            let boxed = says.redacted && x < 20 && y < 10;
            if boxed || (x / 4 + y / 4).is_multiple_of(2) { 0u8 } else { 200 }
        };
        let mut rows = Vec::new();
        for y in 0..40 {
            rows.push(2);
            rows.extend((0..40).map(|x| at(x, y).wrapping_sub(if y > 0 { at(x, y - 1) } else { 0 })));
        }
        self.stream(
            10,
            "/Type/XObject/Subtype/Image/Width 40/Height 40/ColorSpace/DeviceGray/BitsPerComponent 8\
             /DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 8/Columns 40>>",
            &rows,
        );
    }

    fn font(&mut self) {
        self.dict(5, "<</Type/Font/Subtype/Type0/BaseFont/Guardbook/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 9 0 R>>");
        let widths = "600 ".repeat(self.letters.len());
        self.dict(
            6,
            &format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/Guardbook/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
                 /Supplement 0>>/FontDescriptor 7 0 R/DW 0/W[1[{}]]/CIDToGIDMap/Identity>>",
                widths.trim_end()
            ),
        );
        self.dict(
            7,
            "<</Type/FontDescriptor/FontName/Guardbook/Flags 4/FontBBox[0 -200 600 800]/ItalicAngle 0/Ascent 780\
             /Descent -220/CapHeight 700/StemV 80/FontFile2 8 0 R>>",
        );
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) \
             /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        map.push_str(&format!("{} beginbfchar\n", self.letters.len()));
        for (i, c) in self.letters.iter().enumerate() {
            map.push_str(&format!("<{:04X}> <{:04X}>\n", i + 1, *c as u32));
        }
        map.push_str("endbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        self.stream(9, "", map.as_bytes());
        self.stream(8, "", &[]);
    }

    /// Adds letters nobody shows to the outlines.
    pub(super) fn letters(&mut self, more: &str) {
        self.letters.extend(more.chars());
    }

    /// A text as a string of glyph numbers.
    pub(super) fn spell(&self, text: &str) -> String {
        let glyph = |c: char| self.letters.iter().position(|l| *l == c).map_or(0, |i| i + 1);
        format!("<{}>", text.chars().map(|c| format!("{:04X}", glyph(c))).collect::<String>())
    }

    pub(super) fn dict(&mut self, n: u32, body: &str) {
        self.objects.insert(n, Body::Dict(body.to_owned()));
    }

    pub(super) fn stream(&mut self, n: u32, entries: &str, data: &[u8]) {
        self.objects.insert(n, Body::Stream(entries.to_owned(), data.to_vec(), Vec::new()));
    }

    pub(super) fn swap(&mut self, n: u32, from: &str, to: &str) {
        match self.objects.get_mut(&n) {
            Some(Body::Dict(text) | Body::Stream(text, ..)) => {
                assert!(text.contains(from), "{text}");
                *text = text.replacen(from, to, 1);
            }
            None => panic!("no object {n}"),
        }
    }

    pub(super) fn bytes(&mut self, n: u32, change: impl FnOnce(&mut Vec<u8>)) {
        if n == 8 {
            let font = self.truetype();
            self.stream(8, "", &font);
        }
        match self.objects.get_mut(&n) {
            Some(Body::Stream(_, data, _)) => change(data),
            _ => panic!("no stream {n}"),
        }
    }

    pub(super) fn edit(&mut self, n: u32, change: impl FnOnce(&str) -> String) {
        self.bytes(n, |data| *data = change(std::str::from_utf8(data).unwrap()).into_bytes());
    }

    pub(super) fn behind(&mut self, n: u32, more: &[u8]) {
        match self.objects.get_mut(&n) {
            Some(Body::Stream(_, _, tail)) => tail.extend(more),
            _ => panic!("no stream {n}"),
        }
    }

    pub(super) fn data(&self, n: u32) -> Vec<u8> {
        match self.objects.get(&n) {
            Some(Body::Stream(_, data, _)) => data.clone(),
            _ => panic!("no stream {n}"),
        }
    }

    fn object(&self, body: &Body) -> Vec<u8> {
        match body {
            Body::Dict(text) => text.clone().into_bytes(),
            Body::Stream(entries, data, tail) => {
                let font = if data.is_empty() { self.truetype() } else { Vec::new() };
                let data = if data.is_empty() { &font } else { data };
                let length1 = if data.starts_with(&[0, 1, 0, 0]) {
                    format!("/Length1 {}", data.len())
                } else {
                    String::new()
                };
                let mut packed = deflate(data);
                packed.extend(tail);
                let mut out =
                    format!("<<{entries}{length1}/Filter/FlateDecode/Length {}>>\nstream\n", packed.len())
                        .into_bytes();
                out.extend(packed);
                out.extend(b"\nendstream");
                out
            }
        }
    }

    /// As the writer gives it: dictionaries in an object stream, the table a stream.
    pub(super) fn file(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let holder = self.objects.keys().max().unwrap() + 1;
        let table = holder + 1;
        let mut rows: BTreeMap<u32, (u8, usize, usize)> = BTreeMap::new();
        let (mut list, mut hosted) = (String::new(), String::new());
        for (n, body) in &self.objects {
            if let Body::Dict(text) = body {
                let place = rows.values().filter(|r| r.0 == 2).count();
                rows.insert(*n, (2, holder as usize, place));
                list.push_str(&format!("{n} {} ", hosted.len()));
                hosted.push_str(text);
                hosted.push(' ');
            }
        }
        let mut members = (list.clone() + &hosted).into_bytes();
        members.extend(&self.holder_tail);
        let count = rows.len();
        let mut put = |out: &mut Vec<u8>, n: u32, body: &[u8]| {
            rows.insert(n, (1, out.len(), 0));
            out.extend(format!("{n} 0 obj\n").bytes());
            out.extend(body);
            out.extend(b"\nendobj\n");
        };
        for (n, body) in self.objects.iter().filter(|(_, b)| matches!(b, Body::Stream(..))) {
            put(&mut out, *n, &self.object(body));
        }
        let entries = format!("/Type/ObjStm/N {count}/First {}", list.len());
        put(&mut out, holder, &self.object(&Body::Stream(entries, members, Vec::new())));
        if self.unlisted {
            out.extend(format!("{} 0 obj\n<</Whitlock 1>>\nendobj\n", table + 1).bytes());
        }
        let start = out.len();
        rows.insert(table, (1, start, 0));
        let mut data = vec![0u8; 7];
        for n in 1..=table {
            let (kind, a, b) = rows.get(&n).copied().unwrap_or_default();
            data.push(kind);
            data.extend((a as u32).to_be_bytes());
            data.extend((b as u16).to_be_bytes());
        }
        let entries = format!("/Type/XRef/Size {}/W[1 4 2]/Root 1 0 R", table + 1);
        out.extend(format!("{table} 0 obj\n").bytes());
        out.extend(self.object(&Body::Stream(entries, data, Vec::new())));
        out.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
        out
    }

    /// The same objects, each for itself, with a plain table.
    pub(super) fn plain(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let size = self.objects.keys().max().unwrap() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for n in 1..size {
            table.push_str(&match self.objects.get(&n) {
                Some(_) => format!("{:010} 00000 n \n", out.len()),
                None => "0000000000 00000 f \n".to_owned(),
            });
            if let Some(body) = self.objects.get(&n) {
                out.extend(format!("{n} 0 obj\n").bytes());
                out.extend(self.object(body));
                out.extend(b"\nendobj\n");
            }
        }
        let start = out.len();
        out.extend(table.bytes());
        out.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
        out
    }

    /// A bar for each letter but the space, each of its own height.
    fn truetype(&self) -> Vec<u8> {
        let be = |list: &[i32]| list.iter().flat_map(|v| (*v as i16).to_be_bytes()).collect::<Vec<u8>>();
        let (mut glyf, mut loca) = (Vec::new(), vec![0u8; 4]);
        for c in &self.letters {
            loca.extend((glyf.len() as u32).to_be_bytes());
            if *c != ' ' {
                let high = 300 + (*c as i32 % 41) * 10;
                glyf.extend(be(&[1, 50, 0, 450, high, 3, self.program.len() as i32]));
                glyf.extend(&self.program);
                glyf.extend([1, 1, 1, 1]);
                glyf.extend(be(&[50, 400, 0, -400, 0, 0, high, 0]));
                glyf.extend(&self.tail_of_glyph);
            }
        }
        loca.extend((glyf.len() as u32).to_be_bytes());
        let count = self.letters.len() as i32 + 1;
        let mut head = be(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000]);
        head.extend([0; 16]);
        head.extend(be(&[0, 0, 600, 1000, 0, 8, 2, 1, 0]));
        let mut hmtx = be(&[0, 0]);
        (1..count).for_each(|_| hmtx.extend(be(&[600, 50])));
        let tables: [(&[u8; 4], Vec<u8>); 6] = [
            (b"glyf", glyf),
            (b"head", head),
            (b"hhea", be(&[1, 0, 800, -200, 0, 600, 0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, count])),
            (b"hmtx", hmtx),
            (b"loca", loca),
            (b"maxp", be(&[1, 0, count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
        ];
        let mut out = vec![0, 1, 0, 0, 0, 6, 0, 64, 0, 2, 0, 32];
        let mut at = 12 + 16 * tables.len();
        for (tag, data) in &tables {
            out.extend(*tag);
            out.extend([0; 4]);
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

/// A table of a font, to be changed.
pub(super) fn table<'f>(font: &'f mut [u8], tag: &[u8; 4]) -> &'f mut [u8] {
    let entry = (0..6).map(|i| 12 + 16 * i).find(|at| font[*at..at + 4] == *tag).unwrap();
    let long = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let (from, size) = (long(entry + 8), long(entry + 12));
    &mut font[from..from + size]
}

/// A page of another program, with Helvetica as /F1.
pub(super) fn plain_page(content: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let (mut out, mut table) = ("%PDF-1.7\n".to_owned(), "xref\n0 6\n0000000000 65535 f \n".to_owned());
    for (i, body) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{body}\nendobj\n", i + 1));
    }
    let start = out.len();
    format!("{out}{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes()
}
