//! Pictures as streams: each the smallest way that loses nothing, but for photographs, which are JPEG.

use super::encode;
use super::file::{Stream, deflate};
use crate::scene::{Origin, Pixels, Raster};
use fax::{Color, VecWriter};
use std::collections::HashMap;

/// A picture, and what it lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) image: Stream,
    pub(super) mask: Option<Stream>,
}

/// Quality of a photograph encoded anew, if it was not of less before.
const QUALITY: u8 = 88;
/// The least quality: below it nobody can read a scan, and few bytes are saved.
const LEAST: u8 = 30;
/// Pixels are a photograph (or a scan) if deflated they take more bytes each than this, and a JPEG of them
/// clearly fewer. Drawings and screenshots, whose areas are even, are no smaller as JPEG.
const TAKES: f64 = 0.06;
/// Smaller pictures than this, in pixels, stay as they are whatever they cost.
const SMALL: usize = 4096;

/// Encodes a picture.
pub(super) fn write(raster: &Raster) -> Written {
    let (width, height) = (raster.width as usize, raster.height as usize);
    let quality = match raster.origin {
        Origin::Jpeg(had) => had.clamp(LEAST, QUALITY),
        Origin::Picture | Origin::Bands => QUALITY,
    };
    let count = width * height;
    let head = |w: usize, h: usize| {
        format!("/Type/XObject/Subtype/Image/Width {w}/Height {h}{}", smooth(raster.smooth))
    };
    let mut mask = raster.alpha.as_ref().and_then(|(w, h, data)| {
        let (w, h) = (*w as usize, *h as usize);
        let data = fitted(data, w * h, 0);
        (!data.iter().all(|a| *a == 255)).then(|| grey(&data, w, h, &head(w, h), None))
    });
    let image = match &raster.pixels {
        Pixels::Jpeg { data, colour } => jpeg(data.to_vec(), *colour, &head(width, height)),
        Pixels::Grey(data) => {
            grey(&fitted(data, count, 255), width, height, &head(width, height), Some(quality))
        }
        Pixels::Rgb(data) => {
            colour(&fitted(data, count * 3, 255), width, height, &head(width, height), quality)
        }
        Pixels::Stencil(data, ink) => {
            let laid = fitted(data, count, 0);
            let laid = through(&laid, width, height, raster);
            if laid.iter().all(|v| matches!(v, 0 | 255)) {
                mask = None;
                let bits = bits(width, height, |i| laid[i] == 255);
                let head = head(width, height);
                Stream { entries: format!("{head}/ImageMask true{}", bits.0), data: bits.1 }
            } else {
                // A soft stencil: one colour everywhere, and the stencil lets it through.
                mask = Some(grey(&laid, width, height, &head(width, height), None));
                colour(&ink.rgb, 1, 1, &head(1, 1), QUALITY)
            }
        }
    };
    Written { image, mask }
}

fn smooth(smooth: bool) -> &'static str {
    if smooth { "/Interpolate true" } else { "" }
}

/// As many bytes as there should be.
fn fitted(data: &[u8], count: usize, fill: u8) -> std::borrow::Cow<'_, [u8]> {
    if data.len() == count {
        return data.into();
    }
    let mut data = data[..data.len().min(count)].to_vec();
    data.resize(count, fill);
    data.into()
}

/// What a stencil lays, where it hides only in part.
fn through<'d>(laid: &'d [u8], width: usize, height: usize, raster: &Raster) -> std::borrow::Cow<'d, [u8]> {
    let Some((w, h, alpha)) = &raster.alpha else { return laid.into() };
    let (w, h) = (*w as usize, *h as usize);
    let one = |i: usize| {
        let (x, y) = (i % width * w / width, i / width * h / height);
        let a = alpha.get(y * w + x).copied().unwrap_or(0);
        (u32::from(laid[i]) * u32::from(a) / 255) as u8
    };
    (0..laid.len()).map(one).collect::<Vec<_>>().into()
}

fn jpeg(data: Vec<u8>, colour: bool, head: &str) -> Stream {
    let space = if colour { "RGB" } else { "Gray" };
    Stream { entries: format!("{head}/ColorSpace/Device{space}/BitsPerComponent 8/Filter/DCTDecode"), data }
}

/// One byte a pixel. `photo` is the quality where a little loss is allowed.
fn grey(data: &[u8], width: usize, height: usize, head: &str, photo: Option<u8>) -> Stream {
    let mut seen = [false; 256];
    data.iter().for_each(|v| seen[usize::from(*v)] = true);
    let levels: Vec<u8> = (0..=255).filter(|v| seen[usize::from(*v)]).collect();
    if matches!(levels[..], [0, 255] | [0] | [255]) {
        let (entries, data) = bits(width, height, |i| data[i] == 0);
        return Stream { entries: format!("{head}/ColorSpace/DeviceGray/BitsPerComponent 1{entries}"), data };
    }
    if levels.len() <= 16 && photo.is_some() {
        let palette: Vec<[u8; 3]> = levels.iter().map(|v| [*v; 3]).collect();
        return indexed(
            data.iter().map(|v| levels.iter().position(|l| l == v).unwrap_or(0) as u8),
            &palette,
            width,
            head,
        );
    }
    let photo = photo.filter(|q| photograph(data, width, height, 1, *q));
    if let Some(data) = photo.and_then(|q| lossy(data, width, height, false, q)) {
        return jpeg(data, false, head);
    }
    Stream {
        entries: format!("{head}/ColorSpace/DeviceGray/BitsPerComponent 8{}", predictor(1, width)),
        data: deflate(&filtered(data, width, 1)),
    }
}

/// Three bytes a pixel.
fn colour(data: &[u8], width: usize, height: usize, head: &str, quality: u8) -> Stream {
    if data.chunks_exact(3).all(|p| p[0] == p[1] && p[1] == p[2]) {
        let one: Vec<u8> = data.iter().step_by(3).copied().collect();
        return grey(&one, width, height, head, Some(quality));
    }
    if let Some((palette, places)) = few(data) {
        return indexed(places.into_iter(), &palette, width, head);
    }
    let photo = photograph(data, width, height, 3, quality);
    if let Some(data) = photo.then(|| lossy(data, width, height, true, quality)).flatten() {
        return jpeg(data, true, head);
    }
    Stream {
        entries: format!("{head}/ColorSpace/DeviceRGB/BitsPerComponent 8{}", predictor(3, width)),
        data: deflate(&filtered(data, width, 3)),
    }
}

/// The colours of a picture and where each pixel's is in the list, if there are at most 256.
fn few(data: &[u8]) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut known: HashMap<[u8; 3], u8> = HashMap::new();
    let mut places = Vec::with_capacity(data.len() / 3);
    let mut last = None;
    for p in data.chunks_exact(3) {
        let p = [p[0], p[1], p[2]];
        if let Some((colour, place)) = last
            && colour == p
        {
            places.push(place);
            continue;
        }
        let place = match known.get(&p) {
            Some(place) => *place,
            None if palette.len() == 256 => return None,
            None => {
                palette.push(p);
                known.insert(p, (palette.len() - 1) as u8);
                (palette.len() - 1) as u8
            }
        };
        last = Some((p, place));
        places.push(place);
    }
    Some((palette, places))
}

/// Pixels by their place in a list of colours: one, two, four or eight bits each.
fn indexed(places: impl Iterator<Item = u8>, palette: &[[u8; 3]], width: usize, head: &str) -> Stream {
    let depth = match palette.len() {
        0..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    };
    let hex: String = palette.iter().flatten().map(|v| format!("{v:02X}")).collect();
    let head = format!(
        "{head}/ColorSpace[/Indexed/DeviceRGB {} <{hex}>]/BitsPerComponent {depth}",
        palette.len().saturating_sub(1)
    );
    let places: Vec<u8> = places.collect();
    if depth == 1 {
        let height = places.len() / width.max(1);
        // The fax encoder's black is nought.
        let (entries, data) = bits(width, height, |i| places[i] == 0);
        return Stream { entries: head + &entries, data };
    }
    let mut rows = Vec::new();
    for row in places.chunks(width.max(1)) {
        for some in row.chunks(8 / depth) {
            let byte = some.iter().enumerate().fold(0, |b, (i, v)| b | v << (8 - depth * (i + 1)));
            rows.push(byte);
        }
    }
    Stream { entries: head + "/Filter/FlateDecode", data: deflate(&rows) }
}

/// One bit a pixel, black where `black` says so: as a fax, or deflated where that is shorter (dithered
/// tones). The entries say which.
fn bits(width: usize, height: usize, black: impl Fn(usize) -> bool) -> (String, Vec<u8>) {
    let mut encoder = fax::encoder::Encoder::new(VecWriter::new());
    let mut whole = true;
    for y in 0..height {
        let pels = (0..width).map(|x| if black(y * width + x) { Color::Black } else { Color::White });
        whole &= encoder.encode_line(pels, width as u32).is_ok();
    }
    let fax = encoder.finish().ok().filter(|_| whole).map(VecWriter::finish);
    // Dithered tones are longer as a fax than they were.
    if let Some(fax) = fax.filter(|f| f.len() < width * height / 32 + 64) {
        let entries = format!("/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {width}/Rows {height}>>");
        return (entries, fax);
    }
    let mut rows = Vec::with_capacity(width.div_ceil(8) * height);
    for y in 0..height {
        for x in (0..width).step_by(8) {
            let white = |i: usize| x + i < width && !black(y * width + x + i);
            rows.push((0..8).fold(0u8, |b, i| b | u8::from(white(i)) << (7 - i)));
        }
    }
    ("/Filter/FlateDecode".to_owned(), deflate(&rows))
}

fn predictor(colours: usize, width: usize) -> String {
    format!("/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {colours}/Columns {width}>>")
}

/// Whether pixels are a photograph: some bands of them deflate badly, and make a small JPEG.
fn photograph(data: &[u8], width: usize, height: usize, colours: usize, quality: u8) -> bool {
    let row = width * colours;
    if width * height < SMALL {
        return false;
    }
    // Bands of sixteen rows (two blocks of a JPEG), an eighth of the picture, or all of a low one.
    let step = if height > 256 { 8 } else { 1 };
    let bands: Vec<u8> = data.chunks(row * 16).step_by(step).flatten().copied().collect();
    let plain = deflate(&filtered(&bands, width, colours)).len();
    let pixels = bands.len() / colours;
    plain as f64 > TAKES * pixels as f64
        && lossy(&bands, width, pixels / width, colours == 3, quality)
            .is_some_and(|j| j.len() * 5 < plain * 4)
}

fn lossy(data: &[u8], width: usize, height: usize, colour: bool, quality: u8) -> Option<Vec<u8>> {
    let most = usize::from(u16::MAX);
    if width > most || height > most {
        return None;
    }
    encode::jpeg(data, width as u32, height as u32, colour, quality).ok()
}

/// Rows with the PNG filter that leaves the least in each.
fn filtered(data: &[u8], width: usize, colours: usize) -> Vec<u8> {
    let row = width * colours;
    let mut out = Vec::with_capacity(data.len() + data.len() / row.max(1) + 1);
    let blank = vec![0u8; row];
    let mut above: &[u8] = &blank;
    let mut tries = [const { Vec::new() }; 5];
    for here in data.chunks_exact(row.max(1)) {
        for (kind, tried) in tries.iter_mut().enumerate() {
            tried.clear();
            filter(kind, here, above, colours, tried);
        }
        let left = |t: &[u8]| t.iter().map(|v| u64::from((*v as i8).unsigned_abs())).sum::<u64>();
        let best = (0..5).min_by_key(|k| left(&tries[*k])).unwrap_or(0);
        out.push(best as u8);
        out.extend_from_slice(&tries[best]);
        above = here;
    }
    out
}

fn filter(kind: usize, here: &[u8], above: &[u8], back: usize, out: &mut Vec<u8>) {
    let left = |i: usize| if i < back { 0 } else { here[i - back] };
    let corner = |i: usize| if i < back { 0 } else { above[i - back] };
    match kind {
        0 => out.extend_from_slice(here),
        1 => out.extend((0..here.len()).map(|i| here[i].wrapping_sub(left(i)))),
        2 => out.extend((0..here.len()).map(|i| here[i].wrapping_sub(above[i]))),
        3 => out.extend(
            (0..here.len())
                .map(|i| here[i].wrapping_sub(((u16::from(left(i)) + u16::from(above[i])) / 2) as u8)),
        ),
        _ => out.extend((0..here.len()).map(|i| here[i].wrapping_sub(paeth(left(i), above[i], corner(i))))),
    }
}

fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let p = i16::from(a) + i16::from(b) - i16::from(c);
    let far = |v: u8| (p - i16::from(v)).abs();
    if far(a) <= far(b) && far(a) <= far(c) {
        a
    } else if far(b) <= far(c) {
        b
    } else {
        c
    }
}
