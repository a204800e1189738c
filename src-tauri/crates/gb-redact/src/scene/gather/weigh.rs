//! What the things of a page cost to draw.

use super::walk::Walk;
use crate::meter::cost;
use crate::raw::{Dict, Obj, filter, sizes};
use hayro::hayro_interpret::{DrawMode, Image, Paint};
use hayro::hayro_syntax::object::{Array, Name, Stream};
use hayro::kurbo::{BezPath, PathEl, Point};

impl<'p> Walk<'_, 'p> {
    /// A path costs by its corners, and a dashed one by its dashes: a line of a kilometre in dashes of a hair is
    /// twenty bytes of file.
    pub(super) fn weigh_path(&mut self, path: &BezPath, mode: &DrawMode) {
        self.meter.spend(cost::PATH + path.elements().len() as u64);
        let (DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke)) = mode else { return };
        let round: f64 = stroke.dash_array.iter().map(|d| f64::from(d.abs())).sum();
        if round > 0.0 {
            let dashes = length(path) / round * stroke.dash_array.len() as f64;
            // Not a number of dashes is too many.
            self.meter.spend(if dashes.is_finite() { dashes as u64 } else { u64::MAX });
        }
    }

    pub(super) fn weigh_paint(&mut self, paint: &Paint<'p>) {
        if matches!(paint, Paint::Pattern(_)) {
            self.meter.spend(cost::PATTERN);
        }
    }
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
