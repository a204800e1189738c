//! Pixels made into image streams: one bit a pixel where the page is black on white, JPEG otherwise.

use crate::Fault;
use crate::read::picture::Picture;
use fax::{Color, VecWriter};

/// An encoded picture of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoded {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) kind: Kind,
    pub(crate) data: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Ccitt,
    JpegGrey,
    JpegColour,
}

/// Luminance below which a pixel is black on a one-bit page.
const INK: u8 = 140;

/// Encodes a page's pixels the smallest way that keeps its look.
pub(crate) fn encode(picture: &Picture, quality: u8) -> Result<Encoded, Fault> {
    let (width, height) = (picture.width, picture.height);
    let kind = kind_of(picture);
    let data = match kind {
        Kind::Ccitt => ccitt(picture)?,
        Kind::JpegGrey => {
            let grey: Vec<u8> = picture.rgb.chunks_exact(3).map(luma).collect();
            jpeg(&grey, width, height, false, quality)?
        }
        Kind::JpegColour => jpeg(&picture.rgb, width, height, true, quality)?,
    };
    Ok(Encoded { width, height, kind, data })
}

pub(crate) fn luma(p: &[u8]) -> u8 {
    ((u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8) as u8
}

/// Looks at the pixels: is there colour, are there flat greys? Grey at the edge of a letter is neither.
fn kind_of(picture: &Picture) -> Kind {
    let width = picture.width as usize;
    let mut colour = 0u64;
    let mut grey = 0u64;
    for row in picture.rgb.chunks_exact(width * 3) {
        // The last two pixels' luminance: three alike in a row that are neither ink nor paper are a tone.
        let (mut before, mut before2) = (255u8, 255u8);
        for p in row.chunks_exact(3) {
            let (high, low) = (p[0].max(p[1]).max(p[2]), p[0].min(p[1]).min(p[2]));
            colour += u64::from(high - low > 48);
            let l = luma(p);
            let tone = (28..=246).contains(&l) && l.abs_diff(before) < 6 && l.abs_diff(before2) < 6;
            grey += u64::from(tone);
            (before2, before) = (before, l);
        }
    }
    let pixels = (picture.rgb.len() / 3) as u64;
    if colour * 2_000 > pixels {
        Kind::JpegColour
    } else if grey * 200 > pixels {
        Kind::JpegGrey
    } else {
        Kind::Ccitt
    }
}

fn ccitt(picture: &Picture) -> Result<Vec<u8>, Fault> {
    let fault = Fault::Internal { what: "encoding a page" };
    let mut encoder = fax::encoder::Encoder::new(VecWriter::new());
    let width = picture.width as usize;
    let grey: Vec<u8> = picture.rgb.chunks_exact(3).map(luma).collect();
    for row in 0..picture.height as usize {
        let pels = (0..width).map(|x| if ink(&grey, width, x, row) { Color::Black } else { Color::White });
        encoder.encode_line(pels, picture.width).map_err(|_| fault.clone())?;
    }
    Ok(encoder.finish().map_err(|_| fault)?.finish())
}

/// Whether a pixel is black on a one-bit page: it is dark, or it is the core of something thin and faint
/// (a hairline, grey print), which must not vanish.
fn ink(grey: &[u8], width: usize, x: usize, y: usize) -> bool {
    let at = y * width + x;
    let here = grey[at];
    if here < INK {
        return true;
    }
    if here > 228 || x < 3 || x + 3 >= width || at < 3 * width || at + 3 * width >= grey.len() {
        return false;
    }
    let darker = |other: usize| grey[other].saturating_add(8) < here;
    if darker(at - 1) || darker(at + 1) || darker(at - width) || darker(at + width) {
        return false;
    }
    let lighter = |other: usize| grey[other] > here.saturating_add(24);
    (lighter(at - 3) && lighter(at + 3)) || (lighter(at - 3 * width) && lighter(at + 3 * width))
}

/// Baseline JPEG with no metadata of any kind.
pub(crate) fn jpeg(
    data: &[u8],
    width: u32,
    height: u32,
    colour: bool,
    quality: u8,
) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality.clamp(1, 100));
    // A tenth smaller. In colour it would mean one scan for each component, which not every reader of
    // JPEG puts together again.
    encoder.set_optimized_huffman_tables(!colour);
    let kind = if colour { jpeg_encoder::ColorType::Rgb } else { jpeg_encoder::ColorType::Luma };
    encoder
        .encode(data, width as u16, height as u16, kind)
        .map_err(|_| Fault::Internal { what: "encoding a picture" })?;
    Ok(out)
}
