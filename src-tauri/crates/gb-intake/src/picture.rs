//! A photograph of a letter becomes a page.
//!
//! A JPEG's own samples are kept, and nothing else of it: only the segments a decoder needs are carried over (PDF 2.0,
//! 7.4.8; JPEG, T.81 annex B), so EXIF, comments, thumbnails and what stands after the end are gone. A PNG is decoded,
//! laid on white, and written anew.

use crate::{Kind, Refusal};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};
use std::io::Write;

/// Bytes of a picture file that is taken in.
pub const PICTURE_BYTES: usize = 100 * 1000 * 1000;
/// Pixels of a picture that is taken in: A4 at 600 dots an inch, with room.
pub const PICTURE_PIXELS: u64 = 40_000_000;

/// A page is never larger than A4.
const A4: (f32, f32) = (595.0, 842.0);

struct Raster {
    width: u32,
    height: u32,
    /// Components a pixel: 1 grey, 3 RGB, 4 CMYK.
    parts: u8,
    /// CMYK written upside down, as Adobe does.
    inverted: bool,
    filter: Filter,
    data: Vec<u8>,
    /// How a viewer must turn it, clockwise.
    turn: i32,
}

pub(crate) fn from_jpeg(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    bounded(bytes, Kind::Jpeg)?;
    let raster = strip_jpeg(bytes).ok_or_else(|| {
        damaged(Kind::Jpeg, "This picture is damaged or of a rare kind, and its parts cannot be followed.")
    })?;
    small_enough(raster.width, raster.height, Kind::Jpeg)?;
    Ok(page(&raster))
}

pub(crate) fn from_png(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    bounded(bytes, Kind::Png)?;
    let broken = || damaged(Kind::Png, "This picture is damaged and cannot be read.");
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_limits(png::Limits { bytes: 256 << 20 });
    let mut reader = decoder.read_info().map_err(|_| broken())?;
    small_enough(reader.info().width, reader.info().height, Kind::Png)?;
    let mut samples = vec![0; reader.output_buffer_size().ok_or_else(broken)?];
    let frame = reader.next_frame(&mut samples).map_err(|_| broken())?;
    samples.truncate(frame.buffer_size());
    let (parts, flat) = on_white(frame.color_type, samples);
    let mut squeeze = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    let data = squeeze.write_all(&flat).and_then(|()| squeeze.finish()).map_err(|_| broken())?;
    Ok(page(&Raster {
        width: frame.width,
        height: frame.height,
        parts,
        inverted: false,
        filter: Filter::FlateDecode,
        data,
        turn: 0,
    }))
}

fn bounded(bytes: &[u8], kind: Kind) -> Result<(), Refusal> {
    if bytes.len() <= PICTURE_BYTES {
        return Ok(());
    }
    Err(Refusal::new(
        kind,
        format!("This picture file is larger than {} MB.", PICTURE_BYTES / 1_000_000),
        "Save it smaller, or print it to PDF, and add that.",
    ))
}

fn small_enough(width: u32, height: u32, kind: Kind) -> Result<(), Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > 0 && pixels <= PICTURE_PIXELS {
        return Ok(());
    }
    Err(Refusal::new(
        kind,
        format!(
            "This picture has {width} by {height} points; Guardbook takes up to {} million.",
            PICTURE_PIXELS / 1_000_000
        ),
        "Save it smaller, or print it to PDF, and add that.",
    ))
}

fn damaged(kind: Kind, what: &str) -> Refusal {
    Refusal::new(kind, what, "Open it in a picture program, save it again as JPEG or PNG, and add that.")
}

/// Transparency hides nothing from a resident: what shows is what stands on white paper.
fn on_white(colour: png::ColorType, samples: Vec<u8>) -> (u8, Vec<u8>) {
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    match colour {
        png::ColorType::GrayscaleAlpha => (1, samples.chunks_exact(2).map(|p| over(p[0], p[1])).collect()),
        png::ColorType::Rgba => (
            3,
            samples
                .chunks_exact(4)
                .flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])])
                .collect(),
        ),
        png::ColorType::Grayscale => (1, samples),
        png::ColorType::Rgb | png::ColorType::Indexed => (3, samples),
    }
}

/// Keeps the segments a decoder needs and reads size, components and orientation. `None`: cannot be followed.
fn strip_jpeg(bytes: &[u8]) -> Option<Raster> {
    let mut out = vec![0xFF, 0xD8];
    let mut at = 2;
    let mut frame: Option<(u32, u32, u8)> = None;
    let (mut adobe, mut turn) = (false, 0);
    loop {
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        if bytes.get(at)? != &0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if marker == 0xD9 {
            break;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        if length < 2 {
            return None;
        }
        let segment = bytes.get(at..at + 2 + length)?;
        let body = &segment[4..];
        at += 2 + length;
        match marker {
            0xC0..=0xC2 => {
                let height = u32::from(u16::from_be_bytes([*body.get(1)?, *body.get(2)?]));
                let width = u32::from(u16::from_be_bytes([*body.get(3)?, *body.get(4)?]));
                if frame.replace((width, height, *body.get(5)?)).is_some() || body.first() != Some(&8) {
                    return None;
                }
                out.extend_from_slice(segment);
            }
            0xC4 | 0xDB | 0xDD => out.extend_from_slice(segment),
            0xDA => {
                out.extend_from_slice(segment);
                let end = scan_end(bytes, at)?;
                out.extend_from_slice(&bytes[at..end]);
                at = end;
            }
            0xEE if body.starts_with(b"Adobe") && length == 14 => {
                adobe = true;
                out.extend_from_slice(segment);
            }
            0xE1 if body.starts_with(b"Exif\0\0") => turn = orientation(&body[6..]).unwrap_or(0),
            0xE0..=0xEF | 0xFE => {}
            _ => return None,
        }
    }
    out.extend_from_slice(&[0xFF, 0xD9]);
    let (width, height, parts) = frame?;
    if !matches!(parts, 1 | 3 | 4) {
        return None;
    }
    let inverted = parts == 4 && adobe;
    Some(Raster { width, height, parts, inverted, filter: Filter::DctDecode, data: out, turn })
}

/// Where a scan's coded data ends: at a marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)?) {
            (0xFF, 0x00 | 0xD0..=0xD7) => at += 2,
            (0xFF, 0xFF) => at += 1,
            (0xFF, _) => return Some(at),
            _ => at += 1,
        }
    }
}

/// Degrees clockwise from an EXIF block; mirrored pictures are not turned.
fn orientation(tiff: &[u8]) -> Option<i32> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let two = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let (a, b) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        Some(if little { a | b << 16 } else { a << 16 | b })
    };
    let table = usize::try_from(long(4)?).ok()?;
    for i in 0..usize::from(short(table)?) {
        let entry = table.checked_add(2 + 12 * i)?;
        if short(entry)? == 0x0112 {
            return Some(match short(entry + 8)? {
                3 => 180,
                6 => 90,
                8 => 270,
                _ => 0,
            });
        }
    }
    None
}

/// A page as large as the picture, within A4.
fn page(raster: &Raster) -> Vec<u8> {
    let (catalog, tree, page, picture, content) =
        (Ref::new(1), Ref::new(2), Ref::new(3), Ref::new(4), Ref::new(5));
    let (w, h) = (raster.width as f32, raster.height as f32);
    let room = if w > h { (A4.1, A4.0) } else { A4 };
    let scale = (room.0 / w).min(room.1 / h);
    let (w, h) = (w * scale, h * scale);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet.parent(tree).media_box(Rect::new(0.0, 0.0, w, h)).contents(content);
    if raster.turn != 0 {
        sheet.rotate(raster.turn);
    }
    sheet.resources().x_objects().pair(Name(b"Im"), picture);
    sheet.finish();
    let mut image = pdf.image_xobject(picture, &raster.data);
    image.width(raster.width as i32).height(raster.height as i32).bits_per_component(8);
    image.filter(raster.filter);
    match raster.parts {
        1 => image.color_space().device_gray(),
        3 => image.color_space().device_rgb(),
        _ => image.color_space().device_cmyk(),
    }
    if raster.inverted {
        image.decode([1.0, 0.0].repeat(4));
    }
    image.finish();
    let mut drawing = Content::new();
    drawing.save_state().transform([w, 0.0, 0.0, h, 0.0, 0.0]).x_object(Name(b"Im")).restore_state();
    pdf.stream(content, &drawing.finish());
    pdf.finish()
}
