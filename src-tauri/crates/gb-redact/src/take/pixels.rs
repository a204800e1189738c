//! Pixels under boxes made flat.

use super::frame::meet;
use crate::scene::{Image, Origin, Pixels, Raster};
use hayro::kurbo::{Affine, Point, Rect};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What became of a picture.
pub(super) enum Flat {
    /// No box meets it.
    Whole,
    /// With the pixels of the boxes flat, and the area of the page these pixels cover.
    Part(Image, Rect),
    /// It lies in a box.
    Nothing,
    /// A box meets it, but its pixels are not here: the part of the page to decode it for.
    Locked(Vec<Rect>),
}

/// Takes the boxes out of a picture.
pub(super) fn flatten(image: &Image, boxes: &[Rect]) -> Flat {
    let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
    let bounds = image.place.transform_rect_bbox(unit);
    let touched: Vec<Rect> = boxes.iter().copied().filter(|b| meet(*b, bounds)).collect();
    if !bounds.is_finite() || touched.iter().any(|b| super::frame::holds(*b, bounds)) {
        return Flat::Nothing;
    }
    if touched.is_empty() {
        return Flat::Whole;
    }
    // A picture without an extent shows nothing.
    if image.place.determinant().abs() < 1e-12 {
        return Flat::Nothing;
    }
    if let Pixels::Jpeg { .. } = image.raster.pixels {
        return Flat::Locked(touched);
    }
    let mut raster = Raster::clone(&image.raster);
    let mut changed: Option<Rect> = None;
    let mut note = |rect: Rect| changed = Some(changed.map_or(rect, |c: Rect| c.union(rect)));
    let own = Cells { place: image.place, width: raster.width, height: raster.height };
    // A band shows on both sides of a box that lies across it: only bands that lie in a box whole say nothing.
    let bands = raster.origin == Origin::Bands;
    for rect in &touched {
        own.under(*rect, |row, mut from, mut to| {
            if bands {
                let inside = |i: &usize| super::frame::holds(*rect, own.area(row, *i, i + 1));
                (from, to) = match ((from..to).find(inside), (from..to).rfind(inside)) {
                    (Some(first), Some(last)) => (first, last + 1),
                    _ => return,
                };
            }
            note(own.area(row, from, to));
            let span = |each: usize| {
                (row * own.width as usize + from) * each..(row * own.width as usize + to) * each
            };
            match &mut raster.pixels {
                Pixels::Grey(data) => blank(data, span(1), 0),
                Pixels::Rgb(data) => blank(data, span(3), 0),
                Pixels::Stencil(data, _) => blank(data, span(1), 0),
                Pixels::Jpeg { .. } => {}
            }
        });
    }
    if let Some((width, height, data)) = raster.alpha.as_mut().filter(|_| !bands) {
        let cells = Cells { place: image.place, width: *width, height: *height };
        for rect in &touched {
            cells.under(*rect, |row, from, to| {
                note(cells.area(row, from, to));
                let start = row * cells.width as usize;
                blank(data, start + from..start + to, 255);
            });
        }
    }
    let Some(changed) = changed else { return Flat::Whole };
    raster.key = key(&raster);
    Flat::Part(Image { raster: Arc::new(raster), place: image.place }, changed)
}

fn blank(data: &mut Arc<Vec<u8>>, span: std::ops::Range<usize>, value: u8) {
    let data = Arc::make_mut(data);
    let end = span.end.min(data.len());
    if span.start < end {
        data[span.start..end].fill(value);
    }
}

/// A grid of pixels on the page.
struct Cells {
    place: Affine,
    width: u32,
    height: u32,
}

impl Cells {
    /// From the grid to points of the page.
    fn to_page(&self) -> Affine {
        self.place
            * Affine::scale_non_uniform(
                1.0 / f64::from(self.width.max(1)),
                1.0 / f64::from(self.height.max(1)),
            )
    }

    /// The part of the page a stretch of a row covers.
    fn area(&self, row: usize, from: usize, to: usize) -> Rect {
        let cells = Rect::new(from as f64, row as f64, to as f64, row as f64 + 1.0);
        self.to_page().transform_rect_bbox(cells)
    }

    /// Every pixel whose square meets `rect`: for each row, from and to.
    fn under(&self, rect: Rect, mut each: impl FnMut(usize, usize, usize)) {
        let back = self.to_page().inverse();
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)];
        let box_: Vec<Point> = corners.iter().map(|c| back * Point::new(c.0, c.1)).collect();
        let (low, high) = box_.iter().fold((f64::MAX, f64::MIN), |(l, h), p| (l.min(p.y), h.max(p.y)));
        // A hair less, or a box that ends where a pixel begins would take that pixel.
        let hair = 1e-6;
        let first = (low + hair).floor().max(0.0) as usize;
        let last = ((high - hair).ceil().max(0.0) as usize).min(self.height as usize);
        for row in first..last {
            let (top, bottom) = (row as f64 + hair, row as f64 + 1.0 - hair);
            let mut span: Option<(f64, f64)> = None;
            for i in 0..4 {
                let (a, b) = (box_[i], box_[(i + 1) % 4]);
                let band = Rect::new(f64::MIN / 4.0, top, f64::MAX / 4.0, bottom);
                let ends =
                    super::shapes::part_inside(a, b, band).map(|(s, e)| (a.lerp(b, s).x, a.lerp(b, e).x));
                for x in ends.into_iter().flat_map(|(p, q)| [p, q]) {
                    span = Some(span.map_or((x, x), |(l, h)| (l.min(x), h.max(x))));
                }
            }
            let Some((l, h)) = span else { continue };
            let from = (l + hair).floor().max(0.0) as usize;
            let to = ((h - hair).ceil().max(0.0) as usize).min(self.width as usize);
            if from < to {
                each(row, from, to);
            }
        }
    }
}

/// A key of everything a picture is.
fn key(raster: &Raster) -> u128 {
    let mut hash = Sha256::new();
    let (kind, data, more): (u8, &[u8], Vec<u8>) = match &raster.pixels {
        Pixels::Grey(d) => (0, d, Vec::new()),
        Pixels::Rgb(d) => (1, d, Vec::new()),
        Pixels::Stencil(d, ink) => {
            (2, d, ink.rgb.iter().copied().chain(ink.alpha.to_bits().to_le_bytes()).collect())
        }
        Pixels::Jpeg { data, colour } => (3 + u8::from(*colour), data, Vec::new()),
    };
    hash.update([kind, u8::from(raster.smooth), u8::from(raster.alpha.is_some())]);
    hash.update(raster.width.to_le_bytes());
    hash.update(raster.height.to_le_bytes());
    hash.update(more);
    hash.update(data);
    if let Some((w, h, data)) = &raster.alpha {
        hash.update(w.to_le_bytes());
        hash.update(h.to_le_bytes());
        hash.update(data.as_slice());
    }
    let sum: [u8; 32] = hash.finalize().into();
    u128::from_le_bytes(sum.first_chunk::<16>().copied().unwrap_or_default())
}
