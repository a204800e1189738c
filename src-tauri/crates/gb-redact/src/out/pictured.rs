//! A page that is a picture, with its words unseen over it.

use super::canvas::Part;
use super::encode::{Encoded, Kind};
use super::file::Stream;
use super::font::{Alphabet, Id};
use super::ops::{Ops, number};
use std::collections::HashMap;

/// A word of the text layer, in points from the top left of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextItem {
    pub(crate) text: String,
    pub(crate) rect: [f32; 4],
    /// Degrees clockwise.
    pub(crate) angle: u16,
    pub(crate) line: u32,
}

/// How far every letter of the layer goes, in thousandths of an em: words are stretched to their boxes, so
/// that a letter's own width is not in the file.
const WIDTH: i32 = 500;

/// The letters of the text layers.
#[derive(Default)]
pub(super) struct Letters {
    known: HashMap<char, Id>,
    pub(super) alphabet: Alphabet,
}

impl Letters {
    fn id(&mut self, c: char) -> Id {
        let alphabet = &mut self.alphabet;
        *self.known.entry(c).or_insert_with(|| alphabet.id(None, &c.to_string().into(), WIDTH, false))
    }
}

/// The picture itself.
pub(super) fn image(picture: &Encoded) -> Stream {
    let (width, height) = (picture.width, picture.height);
    let (space, bits, filter) = match picture.kind {
        Kind::Ccitt => {
            ("/DeviceGray", 1, format!("/CCITTFaxDecode/DecodeParms<</K -1/Columns {width}/Rows {height}>>"))
        }
        Kind::JpegGrey => ("/DeviceGray", 8, "/DCTDecode".to_owned()),
        Kind::JpegColour => ("/DeviceRGB", 8, "/DCTDecode".to_owned()),
    };
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace{space}\
         /BitsPerComponent {bits}/Filter{filter}"
    );
    Stream { entries, data: picture.data.clone() }
}

/// The page's stream, the parts its stretches are, and the fonts it uses.
pub(super) fn content(
    size: (f32, f32),
    words: &[TextItem],
    letters: &mut Letters,
) -> (Vec<u8>, Vec<Part>, Vec<u8>) {
    let mut text = Text { ops: Ops::default(), parts: Vec::new(), fonts: Vec::new(), letters };
    let (w, h) = (number(f64::from(size.0)), number(f64::from(size.1)));
    text.ops.word(&format!("/Artifact BMC\nq\n{w} 0 0 {h} 0 0 cm\n/P Do\nQ\nEMC\n"));
    text.write(f64::from(size.1), words);
    (text.ops.0, text.parts, text.fonts)
}

struct Text<'a> {
    ops: Ops,
    parts: Vec<Part>,
    fonts: Vec<u8>,
    letters: &'a mut Letters,
}

impl Text<'_> {
    /// The words, invisible (`3 Tr`), each stretched to its box. A space follows each word, so that a
    /// reader who takes the words in order has them apart.
    fn write(&mut self, height: f64, words: &[TextItem]) {
        let mut line = None;
        let mut font = None;
        for item in words {
            let [x0, y0, x1, y1] = item.rect.map(f64::from);
            let chars: Vec<char> = item.text.chars().filter(|c| *c != '\u{FFFD}').collect();
            if chars.is_empty() || x1 <= x0 || y1 <= y0 {
                continue;
            }
            if line.replace(item.line) != Some(item.line) {
                let begin = if self.parts.is_empty() { "BT\n3 Tr\n" } else { "EMC\n" };
                self.ops.word(begin);
                self.ops.word(&format!("/P<</MCID {}>>BDC\n", self.parts.len()));
                self.parts.push(Part::Paragraph(self.parts.len() as u32));
            }
            // The box in the frame of the text: how long, how high, where the baseline begins.
            let quarter = (u32::from(item.angle) + 45) / 90 % 4;
            let (long, high) = if quarter % 2 == 0 { (x1 - x0, y1 - y0) } else { (y1 - y0, x1 - x0) };
            let down = high * 0.22;
            let (turn, x, y) = match quarter {
                0 => ("1 0 0 1", x0, y1 - down),
                1 => ("0 -1 1 0", x0 + down, y0),
                2 => ("-1 0 0 -1", x1, y0 + down),
                _ => ("0 1 -1 0", x1 - down, y1),
            };
            let ids: Vec<Id> = chars
                .iter()
                .map(|c| if *c == '\u{AD}' { '-' } else { *c })
                .chain([' '])
                .map(|c| self.letters.id(c))
                .collect();
            let stretch = 100_000.0 * long / (chars.len() as f64 * f64::from(WIDTH) * high);
            self.ops.fixed(stretch, 3).op("Tz");
            self.ops.word(turn);
            self.ops.fixed(x, 3).fixed(height - y, 3).op("Tm");
            self.strings(&ids, &number(high), &mut font);
        }
        if !self.parts.is_empty() {
            self.ops.word("EMC\nET\n");
        }
    }

    /// Letters in the fonts they are in: mostly all in one.
    fn strings(&mut self, ids: &[Id], size: &str, font: &mut Option<(u8, String)>) {
        for some in ids.chunk_by(|a, b| a.font == b.font) {
            let wanted = (some[0].font, size.to_owned());
            if font.as_ref() != Some(&wanted) {
                self.ops.word(&format!("/F{} {size} Tf\n", wanted.0));
                if !self.fonts.contains(&wanted.0) {
                    self.fonts.push(wanted.0);
                }
                *font = Some(wanted);
            }
            let hex: String = some.iter().map(|id| format!("{:04X}", id.glyph)).collect();
            self.ops.word(&format!("<{hex}>Tj\n"));
        }
    }
}
