//! What the things of a page cost to draw.

use super::Reader;
use crate::meter::{Meter, cost};
use crate::raw::{Dict, Obj, filter, sizes};
use hayro::hayro_interpret::{DrawMode, Image, Paint};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Name, Object, Stream};
use hayro::kurbo::{BezPath, PathEl, Point};

/// A path costs by its corners, and a dashed one by its dashes: a line of a kilometre in dashes of a hair is twenty
/// bytes of file.
pub(super) fn path(meter: &mut Meter, path: &BezPath, mode: &DrawMode) {
    meter.spend(cost::PATH + path.elements().len() as u64);
    let (DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke)) = mode else { return };
    let round: f64 = stroke.dash_array.iter().map(|d| f64::from(d.abs())).sum();
    if round > 0.0 {
        let dashes = length(path) / round * stroke.dash_array.len() as f64;
        // Not a number of dashes is too many.
        meter.spend(if dashes.is_finite() { dashes as u64 } else { u64::MAX });
    }
}

pub(super) fn paint(meter: &mut Meter, paint: &Paint<'_>, depth: u32) {
    if matches!(paint, Paint::Pattern(_)) {
        meter.spend(cost::PATTERN << (2 * depth.min(20)));
    }
}

/// A stream the interpreter unpacks each time it is drawn, without telling us which: a megabyte of spaces costs it
/// time and draws nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hidden {
    Form,
    Letter,
}

/// How often such streams were drawn on this page, and how long the longest of the file are.
#[derive(Debug, Default)]
pub(super) struct Streams {
    pub(super) drawn: u32,
    longest: Option<[u64; 2]>,
}

/// So many are drawn before anybody asks how long they are.
const UNASKED: u32 = 8;

impl Reader<'_> {
    /// Spends for a stream that is drawn, as for the longest of its kind in the file.
    pub(super) fn weigh_stream(&mut self, kind: Hidden) {
        self.streams.drawn += 1;
        if self.streams.drawn > UNASKED {
            let pdf = self.pdf;
            let longest = self.streams.longest.get_or_insert_with(|| longest(pdf));
            let bytes = longest[kind as usize];
            self.meter.spend(bytes / cost::BYTES);
        }
    }
}

/// The unpacked length of the longest form (tiles are forms too) and of the longest drawn glyph.
fn longest(pdf: &Pdf) -> [u64; 2] {
    let length = |stream: &Stream<'_>| stream.decoded_data().map_or(0, |data| data.len() as u64);
    let mut longest = [0; 2];
    for object in pdf.objects() {
        let dict = match &object {
            Object::Stream(stream) => stream.dict(),
            Object::Dict(dict) => dict,
            _ => continue,
        };
        let form = dict.get::<Name<'_>>(b"Subtype").is_some_and(|n| &*n == b"Form".as_slice());
        if let Object::Stream(stream) = &object
            && (form || dict.contains_key(b"PatternType"))
        {
            longest[0] = longest[0].max(length(stream));
        }
        let letters = dict.get::<hayro::hayro_syntax::object::Dict<'_>>(b"CharProcs");
        for key in letters.iter().flat_map(|l| l.keys().map(move |k| (l, k))) {
            longest[1] = longest[1].max(key.0.get::<Stream<'_>>(&*key.1).map_or(0, |s| length(&s)));
        }
    }
    longest
}

/// No path is longer than the polygon that holds its curves.
fn length(path: &BezPath) -> f64 {
    let (mut sum, mut at, mut start) = (0.0, Point::ZERO, Point::ZERO);
    let mut go = |at: &mut Point, to: Point| {
        sum += at.distance(to);
        *at = to;
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => (at, start) = (p, p),
            PathEl::LineTo(p) => go(&mut at, p),
            PathEl::QuadTo(a, p) => [a, p].into_iter().for_each(|p| go(&mut at, p)),
            PathEl::CurveTo(a, b, p) => [a, b, p].into_iter().for_each(|p| go(&mut at, p)),
            PathEl::ClosePath => go(&mut at, start),
        }
    }
    sum
}

/// The pixels a decoder would make of a picture and its masks.
pub(super) fn pixels(image: &Image<'_, '_>) -> u64 {
    let stream = match image {
        Image::Raster(raster) => raster.stream(),
        Image::Stencil(stencil) => stencil.stream(),
    };
    let dict = stream.dict();
    let mut sum = u64::from(image.width()) * u64::from(image.height());
    sum = sum.max(encoded(stream));
    for key in [&b"SMask"[..], b"Mask"] {
        if let Some(mask) = dict.get::<Stream<'_>>(key) {
            let side = |key: &[u8]| u64::from(mask.dict().get::<u32>(key).unwrap_or(0));
            sum = sum.saturating_add((side(b"Width") * side(b"Height")).max(encoded(&mask)));
        }
    }
    sum
}

/// The size the encoded data itself says.
fn encoded(stream: &Stream<'_>) -> u64 {
    let names = filters(stream.dict());
    let Some(last) = names.last().filter(|n| filter::is_picture(n)) else { return 0 };
    if matches!(last.as_slice(), b"CCITTFaxDecode" | b"CCF") {
        let [columns, rows] = parameters(stream.dict(), [b"Columns", b"Rows"]);
        let high =
            stream.dict().get::<u32>(b"Height").or_else(|| stream.dict().get::<u32>(b"H")).unwrap_or(0);
        return columns.saturating_mul(rows.max(u64::from(high)));
    }
    let raw = stream.raw_data();
    let size = if names.len() == 1 {
        sizes::pixels(last, &raw)
    } else {
        let list = names.iter().map(|n| Obj::Name(n.clone())).collect();
        let dict = Dict(vec![(b"Filter".to_vec(), Obj::Array(list))]);
        // Longer than any header: a picture that hides its size behind more is not drawn.
        match filter::decode(&dict, &raw, 64 << 20) {
            Ok(decoded) => sizes::pixels(last, &decoded.data),
            Err(_) => Some(u64::MAX),
        }
    };
    size.unwrap_or(0)
}

/// The names of a stream's filters, in order.
pub(crate) fn filters(dict: &hayro::hayro_syntax::object::Dict<'_>) -> Vec<Vec<u8>> {
    for key in [&b"Filter"[..], b"F"] {
        if let Some(name) = dict.get::<Name<'_>>(key) {
            return vec![name.to_vec()];
        }
        if let Some(list) = dict.get::<Array<'_>>(key) {
            return list.iter::<Name<'_>>().map(|n| n.to_vec()).collect();
        }
    }
    Vec::new()
}

/// Parameters of a stream's filters; of several filters, the largest.
pub(crate) fn parameters<const N: usize>(
    dict: &hayro::hayro_syntax::object::Dict<'_>,
    keys: [&[u8]; N],
) -> [u64; N] {
    type Parms<'a> = hayro::hayro_syntax::object::Dict<'a>;
    let mut all: Vec<Parms<'_>> = Vec::new();
    for key in [&b"DecodeParms"[..], b"DP"] {
        all.extend(dict.get::<Parms<'_>>(key));
        if let Some(list) = dict.get::<Array<'_>>(key) {
            all.extend(list.iter::<Parms<'_>>());
        }
    }
    // A number written with a fraction is a number too.
    let number = |d: &Parms<'_>, key: &[u8]| d.get::<f64>(key).map_or(0, |n| n.max(0.0) as u64);
    keys.map(|key| all.iter().map(|d| number(d, key)).max().unwrap_or(0))
}
