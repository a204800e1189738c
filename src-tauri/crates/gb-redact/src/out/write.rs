//! The file itself: a catalog, pages, one picture each, one font. Nothing else can be said with it.

use super::encode::{Encoded, Kind};
use super::font::Alphabet;
use std::io::Write;

/// A word of the text layer, in points from the top left of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextItem {
    pub(crate) text: String,
    pub(crate) rect: [f32; 4],
    /// Degrees clockwise.
    pub(crate) angle: u16,
    pub(crate) line: u32,
}

/// Writes a file page by page, so that no page's pixels need to wait for another's.
pub(crate) struct Writer {
    out: Vec<u8>,
    offsets: Vec<usize>,
    pages: Vec<u32>,
    alphabet: Alphabet,
    language: String,
}

const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const FONT: u32 = 3;
const CID_FONT: u32 = 4;
const DESCRIPTOR: u32 = 5;
const FONT_FILE: u32 = 6;
const TO_UNICODE: u32 = 7;
const FIRST_PAGE: u32 = 8;

impl Writer {
    pub(crate) fn new(language: &str) -> Self {
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let language = language.chars().filter(|c| fine(*c)).take(20).collect();
        Self {
            out: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(),
            offsets: vec![0; FIRST_PAGE as usize],
            pages: Vec::new(),
            alphabet: Alphabet::default(),
            language,
        }
    }

    fn begin(&mut self, number: u32) {
        let index = number as usize;
        if self.offsets.len() <= index {
            self.offsets.resize(index + 1, 0);
        }
        self.offsets[index] = self.out.len();
        self.say(&format!("{number} 0 obj\n"));
    }

    fn say(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn object(&mut self, number: u32, body: &str) {
        self.begin(number);
        self.say(body);
        self.say("\nendobj\n");
    }

    fn stream(&mut self, number: u32, entries: &str, data: &[u8]) {
        self.begin(number);
        self.say(&format!("<<{entries}/Length {}>>\nstream\n", data.len()));
        self.out.extend_from_slice(data);
        self.say("\nendstream\nendobj\n");
    }

    /// Adds a page of `size` points: its picture, and its words under it.
    pub(crate) fn page(&mut self, size: (f32, f32), picture: &Encoded, words: &[TextItem]) {
        let page = FIRST_PAGE + self.pages.len() as u32 * 3;
        let (content, image) = (page + 1, page + 2);
        self.pages.push(page);
        let (w, h) = (number(size.0), number(size.1));
        self.object(
            page,
            &format!(
                "<</Type/Page/Parent {PAGES} 0 R/MediaBox[0 0 {w} {h}]/Contents {content} 0 R\
                 /Resources<</XObject<</P {image} 0 R>>{}>>>>",
                if words.is_empty() { String::new() } else { format!("/Font<</F {FONT} 0 R>>") }
            ),
        );
        let mut ops = format!("q\n{w} 0 0 {h} 0 0 cm\n/P Do\nQ\n");
        if !words.is_empty() {
            self.text(size.1, words, &mut ops);
        }
        self.stream(content, "/Filter/FlateDecode", &deflate(ops.as_bytes()));
        let (space, bits, filter) = match picture.kind {
            Kind::Ccitt => (
                "/DeviceGray",
                1,
                format!(
                    "/CCITTFaxDecode/DecodeParms<</K -1/Columns {}/Rows {}>>",
                    picture.width, picture.height
                ),
            ),
            Kind::JpegGrey => ("/DeviceGray", 8, "/DCTDecode".to_owned()),
            Kind::JpegColour => ("/DeviceRGB", 8, "/DCTDecode".to_owned()),
        };
        let entries = format!(
            "/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace{space}/BitsPerComponent {bits}/Filter{filter}",
            picture.width, picture.height
        );
        self.stream(image, &entries, &picture.data);
    }

    /// The words, invisible (`3 Tr`), each stretched to its box. A space follows each word, so that a
    /// reader who takes the words in order has them apart.
    fn text(&mut self, height: f32, words: &[TextItem], ops: &mut String) {
        ops.push_str("BT\n3 Tr\n");
        let mut last_size = String::new();
        for item in words {
            let [x0, y0, x1, y1] = item.rect;
            let chars: Vec<char> = item.text.chars().filter(|c| *c != '\u{FFFD}').collect();
            if chars.is_empty() || x1 <= x0 || y1 <= y0 {
                continue;
            }
            // The box in the frame of the text: how long, how high, where the baseline begins.
            let (w, h) = (x1 - x0, y1 - y0);
            let quarter = (u32::from(item.angle) + 45) / 90 % 4;
            let (long, high) = if quarter % 2 == 0 { (w, h) } else { (h, w) };
            let down = high * 0.22;
            let (a, b, x, y) = match quarter {
                0 => ("1 0 0 1", 0, x0, y1 - down),
                1 => ("0 -1 1 0", 0, x0 + down, y0),
                2 => ("-1 0 0 -1", 0, x1, y0 + down),
                _ => ("0 1 -1 0", 0, x1 - down, y1),
            };
            let _ = b;
            let size = number(high);
            if size != last_size {
                ops.push_str(&format!("/F {size} Tf\n"));
                last_size = size;
            }
            let stretch = 100.0 * long / (chars.len() as f32 * 0.5 * high);
            let hex: String = chars
                .iter()
                .map(|c| if *c == '\u{AD}' { '-' } else { *c })
                .chain([' '])
                .map(|c| format!("{:04X}", self.alphabet.glyph(c)))
                .collect();
            ops.push_str(&format!(
                "{} Tz\n{a} {} {} Tm\n<{hex}> Tj\n",
                number(stretch),
                number(x),
                number(height - y)
            ));
        }
        ops.push_str("ET\n");
    }

    /// Ends the file.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|p| format!("{p} 0 R ")).collect();
        let language = std::mem::take(&mut self.language);
        self.object(CATALOG, &format!("<</Type/Catalog/Pages {PAGES} 0 R/Lang({language})>>"));
        self.object(PAGES, &format!("<</Type/Pages/Count {}/Kids[{}]>>", self.pages.len(), kids.trim_end()));
        if !self.alphabet.is_empty() {
            self.font();
        }
        let start = self.out.len();
        self.say(&format!("xref\n0 {}\n", self.offsets.len()));
        let mut table = String::new();
        for (number, offset) in self.offsets.iter().enumerate() {
            table.push_str(&match (number, offset) {
                (0, _) => "0000000000 65535 f \n".to_owned(),
                (_, 0) => "0000000000 00000 f \n".to_owned(),
                (_, o) => format!("{o:010} 00000 n \n"),
            });
        }
        self.say(&table);
        let size = self.offsets.len();
        self.say(&format!("trailer\n<</Size {size}/Root {CATALOG} 0 R>>\nstartxref\n{start}\n%%EOF\n"));
        self.out
    }

    fn font(&mut self) {
        self.object(
            FONT,
            &format!(
                "<</Type/Font/Subtype/Type0/BaseFont/Guardbook/Encoding/Identity-H\
                 /DescendantFonts[{CID_FONT} 0 R]/ToUnicode {TO_UNICODE} 0 R>>"
            ),
        );
        self.object(
            CID_FONT,
            &format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/Guardbook/CIDSystemInfo<</Registry(Adobe)\
                 /Ordering(Identity)/Supplement 0>>/FontDescriptor {DESCRIPTOR} 0 R/DW 500/CIDToGIDMap/Identity>>"
            ),
        );
        self.object(
            DESCRIPTOR,
            &format!(
                "<</Type/FontDescriptor/FontName/Guardbook/Flags 4/FontBBox[0 -200 500 800]/ItalicAngle 0\
                 /Ascent 780/Descent -220/CapHeight 700/StemV 80/FontFile2 {FONT_FILE} 0 R>>"
            ),
        );
        let file = self.alphabet.truetype();
        let entries = format!("/Filter/FlateDecode/Length1 {}", file.len());
        self.stream(FONT_FILE, &entries, &deflate(&file));
        let map = self.alphabet.to_unicode();
        self.stream(TO_UNICODE, "/Filter/FlateDecode", &deflate(&map));
    }
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    // Writing to memory cannot fail; were it to, an empty stream says nothing.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}

/// A number as PDF wants it: no exponent, at most three places, no needless noughts.
fn number(value: f32) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}
