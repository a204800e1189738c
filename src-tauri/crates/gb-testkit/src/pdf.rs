//! Small and nasty PDFs for tests.

use crate::file::{File, Ref, num, pdf_string};
use miniz_oxide::deflate::compress_to_vec_zlib;
use std::fmt::Write as _;

/// A PDF of A4 pages, one inner list a page, one entry a line: Helvetica 11 on 14 points, the first baseline 72
/// points from the top, the left edge at 72. Characters outside Latin-1 become question marks.
pub fn simple_pdf(pages: &[&[&str]]) -> Vec<u8> {
    let lines: Vec<Vec<String>> =
        pages.iter().map(|page| page.iter().map(|line| (*line).to_owned()).collect()).collect();
    lines_pdf(lines.into_iter())
}

/// As many A4 pages of varied text as asked for; 2,000 take a fraction of a second. Every page names its number,
/// a made-up resident, a reference and a telephone number of its own; page 7 and every 50th name `Mrs J Okafor`.
pub fn big_pdf(pages: u32) -> Vec<u8> {
    const FIRST: [&str; 8] = ["Ada", "Bram", "Cerys", "Dilwyn", "Esme", "Fabian", "Greta", "Hamid"];
    const LAST: [&str; 7] = ["Quillon", "Marchbanks", "Adeyemi", "Thrupp", "Ostrowski", "Lanyon", "Vesey"];
    const DID: [&str; 5] = [
        "reported a leak under the kitchen sink and asked for a visit",
        "paid the rent for the month and asked for a statement",
        "said the lift had stopped between the second and third floor",
        "asked to be moved to a ground-floor home for reasons of health",
        "complained about music after eleven at night",
    ];
    let page = |n: u32| {
        let i = n as usize;
        let mut lines = vec![format!("Contact record, page {n} of {pages}"), String::new()];
        for row in 0..30 {
            let k = i * 31 + row * 17;
            lines.push(format!(
                "{:02}/{:02}/2026  {} {} {}.",
                k % 28 + 1,
                k % 12 + 1,
                FIRST[k % 8],
                LAST[(k / 3) % 7],
                DID[(k / 5) % 5]
            ));
        }
        lines.push(format!("Reference FH-{:06}. Telephone 01632 960{:03}.", 200_000 + n, n % 1000));
        if n == 7 || n.is_multiple_of(50) {
            lines.push("Seen with Mrs J Okafor, who asked not to be named.".to_owned());
        }
        lines
    };
    lines_pdf((1..=pages).map(page))
}

/// A small file (a few kilobytes) whose one page inflates, through two filters, to 1 GiB of spaces.
pub fn bomb() -> Vec<u8> {
    // One deflated run of a mebibyte of spaces, as stored blocks would be too big to repeat: the inner stream is
    // made by hand from one block repeated, so that making the bomb does not itself take a gibibyte.
    let inner = deflated_spaces(1 << 30);
    let outer = compress_to_vec_zlib(&inner, 9);
    let mut file = File::default();
    let content = file.raw_stream("/Filter [/FlateDecode /FlateDecode]", &outer);
    one_page(file, content)
}

/// The first half of a file: what is left when a download stops.
pub fn half(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}

/// A text that somebody named `.pdf`.
pub fn text_file_named_pdf() -> Vec<u8> {
    b"Dear Ms Ellingham,\r\n\r\nThis was saved as text and renamed. It is no PDF.\r\n".to_vec()
}

/// A page whose form XObjects draw each other twice, `depth` deep: work doubles with each level, so that a reader
/// without a limit never comes back.
pub fn doubling(depth: u32) -> Vec<u8> {
    let mut file = File::default();
    let font = standard_font(&mut file);
    let mut inner = file.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F {font} >> >>"),
        b"BT /F 8 Tf 10 10 Td (again and again) Tj ET",
    );
    for _ in 0..depth {
        inner = file.stream(
            &format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {inner} >> >>"
            ),
            b"q /X Do Q q 1 0 0 1 1 1 cm /X Do Q",
        );
    }
    let content = file.stream("", b"/X Do");
    let pages = file.reserve();
    let page = file.add(format!(
        "<< /Type /Page /Parent {pages} /MediaBox [0 0 595 842] /Contents {content} \
         /Resources << /XObject << /X {inner} >> >> >>"
    ));
    file.put(pages, format!("<< /Type /Pages /Count 1 /Kids [{page}] >>"));
    let catalog = file.add(format!("<< /Type /Catalog /Pages {pages} >>"));
    file.finish(catalog, None)
}

/// A zlib stream of `total` spaces (a multiple of 258 is not needed), made without holding them.
fn deflated_spaces(total: u64) -> Vec<u8> {
    // A fixed-Huffman block: one literal space, then matches of length 258 at distance 1, then what is left over.
    let mut bits = Bits::default();
    bits.put(1, 1); // the last block
    bits.put(1, 2); // fixed codes
    bits.huffman(0x30 + 0x20, 8);
    let mut left = total - 1;
    while left >= 258 {
        bits.huffman(0b1100_0101, 8); // symbol 285: length 258
        bits.huffman(0, 5); // distance 1
        left -= 258;
    }
    for _ in 0..left {
        bits.huffman(0x30 + 0x20, 8);
    }
    bits.huffman(0, 7); // the end
    let mut out = vec![0x78, 0xDA];
    out.extend(bits.finish());
    out.extend(adler_of_spaces(total).to_be_bytes());
    out
}

/// The checksum of that many spaces, in closed form.
fn adler_of_spaces(n: u64) -> u32 {
    let m = 65_521_u128;
    let n = u128::from(n);
    let a = (1 + 32 * n) % m;
    let b = (n + 32 * (n * (n + 1) / 2)) % m;
    u32::try_from(b << 16 | a).expect("both halves are below 65,521")
}

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, width: u32) {
        self.held |= value << self.count;
        self.count += width;
        while self.count >= 8 {
            self.out.push((self.held & 0xFF) as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Huffman codes go in from their highest bit.
    fn huffman(&mut self, code: u32, width: u32) {
        self.put(code.reverse_bits() >> (32 - width), width);
    }

    fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.out.push((self.held & 0xFF) as u8);
        }
        self.out
    }
}

fn standard_font(file: &mut File) -> Ref {
    file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
}

fn one_page(mut file: File, content: Ref) -> Vec<u8> {
    let font = standard_font(&mut file);
    let pages = file.reserve();
    let page = file.add(format!(
        "<< /Type /Page /Parent {pages} /MediaBox [0 0 595 842] /Contents {content} \
         /Resources << /Font << /F {font} >> >> >>"
    ));
    file.put(pages, format!("<< /Type /Pages /Count 1 /Kids [{page}] >>"));
    let catalog = file.add(format!("<< /Type /Catalog /Pages {pages} >>"));
    file.finish(catalog, None)
}

fn lines_pdf(pages_of_lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut file = File::default();
    let font = standard_font(&mut file);
    let pages = file.reserve();
    let mut kids = String::new();
    let mut count = 0;
    for lines in pages_of_lines {
        let mut content = b"BT /F 11 Tf 14 TL 72 770 Td\n".to_vec();
        for line in lines {
            content.extend(latin_literal(&line));
            content.extend(b" Tj T*\n");
        }
        content.extend(b"ET\n");
        let small = compress_to_vec_zlib(&content, 3);
        let content = file.raw_stream("/Filter /FlateDecode", &small);
        let page = file.add(format!(
            "<< /Type /Page /Parent {pages} /MediaBox [0 0 {} {}] /Contents {content} \
             /Resources << /Font << /F {font} >> >> >>",
            num(595.0),
            num(842.0)
        ));
        let _ = write!(kids, "{page} ");
        count += 1;
    }
    file.put(pages, format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.trim_end()));
    let catalog = file.add(format!("<< /Type /Catalog /Pages {pages} >>"));
    let info = file.add(format!("<< /Producer {} >>", pdf_string("gb-testkit")));
    file.finish(catalog, Some(info))
}

fn latin_literal(text: &str) -> Vec<u8> {
    let mut out = vec![b'('];
    for c in text.chars() {
        let byte = u8::try_from(u32::from(c)).unwrap_or(b'?');
        if matches!(byte, b'(' | b')' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::inflate::decompress_to_vec_zlib;

    #[test]
    fn the_bomb_is_small_and_its_fuse_is_true() {
        let spaces = decompress_to_vec_zlib(&deflated_spaces(100_000)).expect("the hand-made stream is zlib");
        assert_eq!(spaces, vec![b' '; 100_000], "it is what it says");
        let bomb = bomb();
        assert!(bomb.len() < 20_000, "a small file, {} bytes", bomb.len());
    }

    #[test]
    fn a_big_book_is_made_quickly() {
        let book = big_pdf(200);
        assert!(book.starts_with(b"%PDF-1.7"), "it is a PDF");
        assert!(book.len() < 600_000, "and not a heavy one: {}", book.len());
        assert_eq!(book, big_pdf(200), "the same every time");
    }
}
