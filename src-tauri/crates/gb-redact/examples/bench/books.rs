//! The documents that are measured, all invented and made from a seed.

use crate::press::{Dice, Press, Weight, stream};
use gb_redact::{Document, Limits};
use std::fmt::Write as _;

/// Words no one of which holds "the" but "the" itself, so that every program finds the same hits.
const WORDS: &str = "of and to a in that is was for on are with as his they be at one have this from or had by hot word \
    but what some we can out up all your when use how said an each she which do time if will way about many then would \
    write like so long make see him two has look more day could go come did number sound no most people my over know \
    water than call first who may down side been now find any new work part take get place made live where after back \
    little only round man year came show every good me give our under name very through just form sentence great think \
    say help low line differ turn cause much mean before move right boy old too same tell does set three want air well \
    also play small end put home read hand port large spell add even land here must big high such follow act why ask \
    men change went light kind off need house picture try us again animal point mile near build self earth head stand \
    own page should country found answer school grow study still learn plant cover food sun four between state keep eye \
    never last let thought city tree cross farm hard start might story saw far sea draw left late run while press close \
    night real life few north open seem begin children example ease paper group always music those both mark often \
    letter until mile river car feet care second book carry took science eat room friend began idea fish mountain stop \
    once base hear horse cut sure watch colour face wood main enough plain girl usual young ready above ever red list \
    though feel talk bird soon body dog family direct pose leave song measure door product black short numeral class \
    wind question happen complete ship area half rock order fire south problem piece told knew pass since top whole \
    king space heard best hour better true during hundred five remember step early hold west ground interest reach fast \
    verb sing listen six table travel less morning ten simple several vowel toward war lay against pattern slow centre \
    love person money serve appear road map rain rule govern pull cold notice voice unit power town fine certain fly \
    fall lead cry dark machine note wait plan figure star box noun field rest correct able pound done beauty drive stood \
    contain front teach week final gave green quick develop ocean warm free minute strong special mind behind clear tail";

/// Every so many words stands "the": about 26 a page of a book.
const THE: usize = 27;

struct Writer {
    dice: Dice,
    words: Vec<&'static str>,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let words = WORDS.split_whitespace().filter(|w| !w.contains("the")).collect();
        Self { dice: Dice(seed), words }
    }

    fn word(&mut self) -> String {
        if self.dice.roll(THE) == 0 {
            return "the".to_owned();
        }
        self.words[self.dice.roll(self.words.len())].to_owned()
    }

    /// A paragraph of about so many words.
    fn paragraph(&mut self, words: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut start = true;
        for n in 0..words {
            let mut word = self.word();
            if start {
                let mut letters = word.chars();
                word = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            }
            start = n + 1 == words || (n % 14 > 7 && self.dice.roll(5) == 0);
            if start {
                word.push('.');
            } else if self.dice.roll(12) == 0 {
                word.push(',');
            }
            out.push(word);
        }
        out
    }
}

/// Sets paragraphs in a column, justified, until it is full.
fn column(
    press: &mut Press,
    writer: &mut Writer,
    out: &mut String,
    size: f64,
    (left, top, width, bottom): (f64, f64, f64, f64),
) {
    let mut y = top;
    let lead = (size * 1.32).round();
    while y > bottom {
        let length = 60 + writer.dice.roll(70);
        let mut words = writer.paragraph(length).into_iter().peekable();
        let mut first = true;
        while words.peek().is_some() && y > bottom {
            let x = if first { left + size } else { left };
            let room = left + width - x;
            let mut line = words.next().unwrap_or_default();
            while let Some(word) =
                words.next_if(|w| press.width(Weight::Regular, size, &format!("{line} {w}")) <= room)
            {
                line = format!("{line} {word}");
            }
            let spaces = line.matches(' ').count();
            let full = words.peek().is_some() && spaces > 0;
            let more =
                if full { (room - press.width(Weight::Regular, size, &line)) / spaces as f64 } else { 0.0 };
            press.line(out, Weight::Regular, size, (x, y), &line, more);
            (y, first) = (y - lead, false);
        }
        y -= lead * 0.3;
    }
}

fn book_page(press: &mut Press, writer: &mut Writer, n: usize) {
    let mut out = String::new();
    let mut top = 770.0;
    if n.is_multiple_of(14) {
        press.line(&mut out, Weight::Bold, 20.0, (72.0, 740.0), &format!("Chapter {}", n / 14 + 1), 0.0);
        top = 700.0;
    }
    column(press, writer, &mut out, 11.0, (72.0, top, 451.0, 80.0));
    press.line(&mut out, Weight::Regular, 9.0, (290.0, 48.0), &format!("{}", n + 1), 0.0);
    press.page(&out, "");
}

fn paper_page(press: &mut Press, writer: &mut Writer, n: usize) {
    let mut out = String::new();
    press.line(&mut out, Weight::Bold, 9.0, (54.0, 800.0), "Proceedings of a meeting that never was", 0.0);
    let mut top = 775.0;
    if n % 3 == 1 {
        chart(&mut out, &mut writer.dice);
        press.line(
            &mut out,
            Weight::Regular,
            8.0,
            (60.0, 572.0),
            &format!("Figure {n}. Readings by hour."),
            0.0,
        );
        top = 556.0;
    }
    column(press, writer, &mut out, 9.0, (54.0, top, 234.0, 60.0));
    column(press, writer, &mut out, 9.0, (306.0, 775.0, 234.0, 60.0));
    press.page(&out, "");
}

/// A figure as plotting programs draw it: axes, ticks, a line through many points, dots.
fn chart(out: &mut String, dice: &mut Dice) {
    out.push_str("q 0.7 w 60 590 m 60 770 l S 60 590 m 280 590 l S\n");
    for i in 0..10 {
        let _ = writeln!(out, "{} 590 m {} 586 l S", 60 + 22 * i, 60 + 22 * i);
    }
    out.push_str("0.1 0.3 0.7 RG 1 w\n");
    for i in 0..220 {
        let y = 640.0 + 40.0 * (f64::from(i) / 19.0).sin() + dice.roll(300) as f64 / 10.0;
        let _ = writeln!(out, "{} {y:.2} {}", 60 + i, if i == 0 { "m" } else { "l" });
    }
    out.push_str("S 0.8 0.3 0.1 rg\n");
    for i in 0..40 {
        let _ = writeln!(out, "{} {} 2.4 2.4 re f", 62.0 + f64::from(i) * 5.4, 610 + dice.roll(140));
    }
    out.push_str("Q\n");
}

/// A form or register: ruled cells with a word or two in each.
fn table_page(press: &mut Press, writer: &mut Writer) {
    let mut out = String::from("0.4 w\n");
    for row in 0..34 {
        for col in 0..5 {
            let _ = writeln!(out, "{} {} 96 20 re S", 58 + 96 * col, 80 + 20 * row);
            let text = format!("{} {}", writer.word(), writer.word());
            press.line(
                &mut out,
                Weight::Regular,
                8.5,
                (62.0 + 96.0 * f64::from(col), 87.0 + 20.0 * f64::from(row)),
                &text,
                0.0,
            );
        }
    }
    press.page(&out, "");
}

/// A page that was printed and scanned at 200 dots an inch: fax for even pages, a little noisy JPEG for odd ones, and
/// the words found under it, as text that is not painted.
fn scan_page(press: &mut Press, source: &Document, page: u32, n: usize) {
    let picture = source.render(page, 200.0).expect("a page just made can be drawn");
    let (w, h) = (picture.width, picture.height);
    let image = if n.is_multiple_of(2) {
        let dict = format!(
            "/Type/XObject/Subtype/Image/Width {w}/Height {h}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode\
             /DecodeParms<</K -1/Columns {w}/Rows {h}>>"
        );
        press.object(stream(&dict, &fax(&picture.rgb, w, h), false))
    } else {
        let mut noisy = picture.clone();
        let mut dice = Dice(n as u64);
        for p in noisy.rgb.chunks_exact_mut(3) {
            let less = dice.roll(9) as u8;
            p.iter_mut().for_each(|c| *c = (*c).saturating_sub(less));
        }
        let dict = format!(
            "/Type/XObject/Subtype/Image/Width {w}/Height {h}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        );
        press.object(stream(&dict, &noisy.jpeg(60).expect("a picture can be a JPEG"), false))
    };
    let mut out = String::from("q 595 0 0 842 0 0 cm /I Do Q\nBT 3 Tr\n");
    for word in &source.words(page).expect("a page just made can be read").words {
        let plain: String =
            word.text.chars().filter(|c| c.is_ascii_alphanumeric() || ".,".contains(*c)).collect();
        // Courier is three fifths as wide as high.
        let usual = plain.len() as f32 * 6.0;
        let stretch = (word.rect[2] - word.rect[0]) / usual.max(1.0) * 100.0;
        let _ = writeln!(
            out,
            "/F2 10 Tf {stretch:.1} Tz 1 0 0 1 {:.2} {:.2} Tm ({plain} ) Tj",
            word.rect[0],
            842.0 - word.rect[3] + 2.0
        );
    }
    out.push_str("ET\n");
    press.page(&out, &format!("/XObject<</I {image} 0 R>>"));
}

fn fax(rgb: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for y in 0..height as usize {
        let row = &rgb[y * width as usize * 3..(y + 1) * width as usize * 3];
        let dots =
            row.chunks_exact(3).map(|p| if p[1] < 128 { fax::Color::Black } else { fax::Color::White });
        let _ = encoder.encode_line(dots, width);
    }
    encoder.finish().map(fax::VecWriter::finish).unwrap_or_default()
}

/// A book: running text, chapters, page numbers.
pub fn book(pages: usize) -> Vec<u8> {
    let (mut press, mut writer) = (Press::new(), Writer::new(7));
    (0..pages).for_each(|n| book_page(&mut press, &mut writer, n));
    press.finish()
}

/// A paper in two columns with figures.
pub fn paper(pages: usize) -> Vec<u8> {
    let (mut press, mut writer) = (Press::new(), Writer::new(11));
    (0..pages).for_each(|n| paper_page(&mut press, &mut writer, n));
    press.finish()
}

/// Scanned pages with the words found under them.
pub fn scans(pages: usize) -> Vec<u8> {
    let source = Document::open(book(pages), None, &Limits::default()).expect("a book just made opens");
    let mut press = Press::new();
    (0..pages).for_each(|n| scan_page(&mut press, &source, n as u32 + 1, n));
    press.finish()
}

/// What an archive is: mostly running text, columns, registers, and one page in twenty a scan.
pub fn mix(pages: usize) -> Vec<u8> {
    let source = Document::open(book(pages / 20), None, &Limits::default()).expect("a book just made opens");
    let (mut press, mut writer) = (Press::new(), Writer::new(13));
    for n in 0..pages {
        match n % 20 {
            3 | 9 | 16 => paper_page(&mut press, &mut writer, n),
            5 | 12 => table_page(&mut press, &mut writer),
            19 => scan_page(&mut press, &source, (n / 20) as u32 + 1, n / 20),
            _ => book_page(&mut press, &mut writer, n),
        }
    }
    press.finish()
}

/// Running text under a stencil through which a pattern shows: pages that can only become pictures.
pub fn drawn(pages: usize) -> Vec<u8> {
    let (mut press, mut writer) = (Press::new(), Writer::new(17));
    let tile = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>";
    let tile = press.object(stream(tile, b"1 0 0 rg 0 0 2 2 re f", true));
    let mask = "/Type/XObject/Subtype/Image/Width 8/Height 8/ImageMask true/BitsPerComponent 1";
    let mask = press.object(stream(mask, &[0xAA, 0x55, 0xAA, 0x55, 0xAA, 0x55, 0xAA, 0x55], true));
    for _ in 0..pages {
        let mut out = String::from("q /Pattern cs /P scn 24 0 0 24 500 790 cm /M Do Q\n");
        column(&mut press, &mut writer, &mut out, 11.0, (72.0, 760.0, 451.0, 80.0));
        press.page(&out, &format!("/XObject<</M {mask} 0 R>>/Pattern<</P {tile} 0 R>>"));
    }
    press.finish()
}
