//! Pictures of one drawing, encoded in every way a PDF knows: a field of squares, the secret, and bars at the left.

use fax::{Color, VecWriter, encoder::Encoder};

pub const W: u32 = 64;
pub const H: u32 = 32;
/// Whether a pixel is black: bars at the left, which stay, and the secret.
pub fn black(x: u32, y: u32) -> bool {
    let secret = (20..44).contains(&x) && (10..22).contains(&y);
    (x < 8 && (y / 4).is_multiple_of(2)) || (secret && (x / 3 + y / 3).is_multiple_of(2))
}

pub fn each(of: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    (0..H).flat_map(|y| (0..W).map(move |x| (x, y))).map(|(x, y)| of(x, y)).collect()
}

pub fn grey() -> Vec<u8> {
    each(|x, y| if black(x, y) { 0 } else { 255 })
}

pub fn rgb() -> Vec<u8> {
    let pixel = |g: &u8| if *g == 0 { [0, 0, 90] } else { [255, 250, 200] };
    grey().iter().flat_map(pixel).collect()
}

/// A bit a pixel, `ink` for black.
pub fn bits(ink: bool) -> Vec<u8> {
    let list = each(|x, y| u8::from(black(x, y) == ink));
    list.chunks(8).map(|c| c.iter().fold(0, |v, b| v << 1 | b)).collect()
}

pub fn jpeg(quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    encoder.encode(&rgb(), W as u16, H as u16, jpeg_encoder::ColorType::Rgb).expect("it fits");
    out
}

/// A JPEG with segments put in after its beginning, and bytes after its end.
pub fn noted(segments: &[(u8, Vec<u8>)], after: &[u8]) -> Vec<u8> {
    let whole = jpeg(90);
    let mut out = whole[..2].to_vec();
    for (kind, data) in segments {
        out.extend([0xFF, *kind]);
        out.extend((data.len() as u16 + 2).to_be_bytes());
        out.extend(data);
    }
    out.extend(&whole[2..]);
    out.extend(after);
    out
}

/// EXIF whose second directory points at a small JPEG of its own.
pub fn exif(thumbnail: &[u8]) -> Vec<u8> {
    let mut out = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    let field = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut out: Vec<u8> = [tag, kind].iter().flat_map(|v| v.to_be_bytes()).collect();
        out.extend(count.to_be_bytes());
        out.extend(value.to_be_bytes());
        out
    };
    // The first directory: who took it, at 8 + 2 + 12 + 4; the second: where the thumbnail is.
    out.extend(1u16.to_be_bytes());
    out.extend(field(0x013B, 2, 13, 26));
    out.extend(40u32.to_be_bytes());
    out.extend(b"Quillfeather\0\0");
    out.extend(2u16.to_be_bytes());
    out.extend(field(0x0201, 4, 1, 70));
    out.extend(field(0x0202, 4, 1, thumbnail.len() as u32));
    out.extend(0u32.to_be_bytes());
    out.extend(thumbnail);
    out
}

pub fn ccitt() -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for y in 0..H {
        let pels = (0..W).map(|x| if black(x, y) { Color::Black } else { Color::White });
        encoder.encode_line(pels, W).expect("memory is there");
    }
    encoder.finish().expect("memory is there").finish()
}

pub const FAX: &str = "/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1\
    /Columns 64/Rows 32>>";

/// A JBIG2 segment.
pub fn segment(number: u32, kind: u8, refers: &[u8], page: u8, data: &[u8]) -> Vec<u8> {
    let mut out = number.to_be_bytes().to_vec();
    out.extend([kind, (refers.len() as u8) << 5]);
    out.extend(refers);
    out.push(page);
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(data);
    out
}

/// Bits written one after the other, most significant first.
pub fn packed(text: &str) -> Vec<u8> {
    let bits: Vec<u8> = text.bytes().filter(|b| *b == b'0' || *b == b'1').map(|b| b - b'0').collect();
    bits.chunks(8).map(|c| c.iter().fold(0, |v, b| v << 1 | b) << (8 - c.len())).collect()
}

pub fn page_information() -> Vec<u8> {
    let mut out: Vec<u8> = [W, H, 0, 0].iter().flat_map(|v| v.to_be_bytes()).collect();
    out.extend([0, 0, 0]);
    segment(1, 48, &[], 1, &out)
}

/// JBIG2 of one region, coded as a fax is.
pub fn jbig2() -> Vec<u8> {
    let mut region: Vec<u8> = [W, H, 0, 0].iter().flat_map(|v| v.to_be_bytes()).collect();
    region.extend([0, 1]);
    region.extend(ccitt());
    [page_information(), segment(2, 38, &[], 1, &region)].concat()
}

/// A dictionary of one symbol, 24 by 12: the secret, in Huffman coding with its bitmap as it is (ITU-T T.88, 6.5).
pub fn symbols() -> Vec<u8> {
    let mut data = vec![0, 1];
    data.extend([1u32, 1].iter().flat_map(|v| v.to_be_bytes()));
    // Height 12 by table B.4; width 24, then no more, by B.2; size nought (as it is) by B.1.
    data.extend(packed("11110 000000  11110 001101  111111  0 0000"));
    for y in 10..22 {
        let row: String = (20..44).map(|x| if black(x, y) { '1' } else { '0' }).collect();
        data.extend(packed(&row));
    }
    data.extend(packed("0 0000 0 0001"));
    segment(0, 0, &[], 0, &data)
}

/// A page that sets symbol 0 at 20, 10.
pub fn set_symbol() -> Vec<u8> {
    let mut region: Vec<u8> = [24u32, 12, 20, 10].iter().flat_map(|v| v.to_be_bytes()).collect();
    region.push(0);
    // Huffman, upright, placed by the top left corner; standard tables; one instance.
    region.extend([0, 0b1_0001, 0, 0, 0, 0, 0, 1]);
    // Run codes: only the one for a length of one; then the symbol's own length, a whole byte.
    let runs: String = (0..35).map(|i| if i == 1 { "0001" } else { "0000" }).collect();
    region.extend(packed(&format!("{runs}0")));
    // T from −1 by B.11 twice, first S nought by B.6, the symbol, end of the strip by B.8.
    region.extend(packed("0 0 00 0000000 0 01"));
    [page_information(), segment(2, 6, &[0], 1, &region)].concat()
}
