//! Which pixels of a picture can be seen, and taking away the others.

use super::super::{Pixels, Raster, Rule};
use super::frame::Outline;
use super::images::raster;
use hayro::kurbo::{Affine, Point, Rect};
use std::sync::Arc;

/// What of a grid of pixels can be seen.
pub(super) enum Shown {
    All,
    Part(Part),
}

/// A part of a grid of pixels.
pub(super) struct Part {
    /// The box of what is seen: left, top, right, bottom; empty if nothing is.
    area: [usize; 4],
    /// One byte a pixel of the grid, 1 where it can be seen; nothing if the whole box can.
    mask: Option<Vec<u8>>,
    /// How many pixels cannot be seen.
    pub(super) hidden: u64,
}

impl Part {
    fn boxed(area: [usize; 4], (width, height): (u32, u32)) -> Self {
        let seen = (area[2] - area[0]) as u64 * (area[3] - area[1]) as u64;
        Self { area, mask: None, hidden: u64::from(width) * u64::from(height) - seen }
    }

    fn masked(mask: Vec<u8>, width: u32) -> Self {
        let hidden = mask.iter().filter(|p| **p == 0).count() as u64;
        Self { area: extent(&mask, width as usize).unwrap_or_default(), mask: Some(mask), hidden }
    }
}

/// What can be seen of `width` by `height` pixels that lie on the page by `place`, in a box and through
/// outlines. A pixel counts as seen if it or one beside it is touched: a viewer that smooths mixes them.
pub(super) fn shown(place: Affine, (width, height): (u32, u32), seen: Rect, outlines: &[&Outline]) -> Shown {
    let grid = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let bounds = place.transform_rect_bbox(grid);
    if place.determinant().abs() < 1e-12 || !bounds.is_finite() {
        return Shown::All;
    }
    let back = place.inverse();
    let mut part: Option<Vec<u8>> = None;
    let mut cut = |loops: Vec<Vec<Point>>, rule: Rule| {
        let one = fill(&loops, rule, width as usize, height as usize);
        match &mut part {
            Some(all) => all.iter_mut().zip(one).for_each(|(a, b)| *a &= b),
            None => part = Some(one),
        }
    };
    let slack = seen.inflate(0.01, 0.01);
    let [a, b, c, d, ..] = back.as_coeffs();
    let mut plain = None;
    if !(bounds.x0 >= slack.x0 && bounds.x1 <= slack.x1 && bounds.y0 >= slack.y0 && bounds.y1 <= slack.y1) {
        // Upright, a box cuts whole rows and columns.
        if (b.abs() < 1e-9 && c.abs() < 1e-9) || (a.abs() < 1e-9 && d.abs() < 1e-9) {
            plain = Some(around(back.transform_rect_bbox(seen), width, height));
        }
        let corners = [(seen.x0, seen.y0), (seen.x1, seen.y0), (seen.x1, seen.y1), (seen.x0, seen.y1)];
        if plain.is_none() || !outlines.is_empty() {
            cut(vec![corners.map(|c| back * Point::from(c)).to_vec()], Rule::NonZero);
        }
    }
    for outline in outlines {
        let crossed = outline.lines().any(|(a, b)| super::frame::inside(bounds, a, b).is_some());
        if crossed || !outline.holds(bounds.center()) {
            let loops = outline.loops.iter().map(|l| l.iter().map(|p| back * *p).collect()).collect();
            cut(loops, outline.rule);
        }
    }
    let part = match (part, plain) {
        (Some(mask), _) => Part::masked(mask, width),
        (None, Some(area)) => Part::boxed(area, (width, height)),
        (None, None) => return Shown::All,
    };
    if part.hidden == 0 { Shown::All } else { Shown::Part(part) }
}

/// The pixels a box touches, and those beside them.
fn around(seen: Rect, width: u32, height: u32) -> [usize; 4] {
    let on = |v: f64, most: u32| v.clamp(0.0, f64::from(most)) as usize;
    let [x0, y0] = [on((seen.x0 - 1.0).floor(), width), on((seen.y0 - 1.0).floor(), height)];
    let [x1, y1] = [on((seen.x1 + 1.0).ceil(), width), on((seen.y1 + 1.0).ceil(), height)];
    [x0, y0, x1.max(x0), y1.max(y0)]
}

/// The pixels an outline touches, and those beside them.
fn fill(loops: &[Vec<Point>], rule: Rule, width: usize, height: usize) -> Vec<u8> {
    /// Lines looked along in each row of pixels.
    const FINE: f64 = 4.0;
    let mut out = vec![0u8; width * height];
    let mut lines: Vec<(Point, Point)> = loops
        .iter()
        .flat_map(|l| l.iter().copied().zip(l.iter().copied().cycle().skip(1)))
        .filter(|(a, b)| a.y != b.y && a.y.is_finite() && b.y.is_finite())
        .collect();
    lines.sort_by(|a, b| a.0.y.min(a.1.y).total_cmp(&b.0.y.min(b.1.y)));
    let mut next = 0;
    let mut active: Vec<(Point, Point)> = Vec::new();
    let mut crossings: Vec<(f64, i32)> = Vec::new();
    for step in 0..=(height as f64 * FINE) as usize {
        // A hair off the rows' own edges, where clips of whole pixels lie.
        let y = step as f64 / FINE + 1e-4;
        while next < lines.len() && lines[next].0.y.min(lines[next].1.y) <= y {
            active.push(lines[next]);
            next += 1;
        }
        active.retain(|(a, b)| a.y.max(b.y) > y);
        crossings.clear();
        crossings.extend(active.iter().map(|(a, b)| {
            let x = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
            (x, if b.y > a.y { 1 } else { -1 })
        }));
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut winding = 0;
        for pair in crossings.windows(2) {
            winding += pair[0].1;
            let inside = if rule == Rule::NonZero { winding != 0 } else { winding % 2 != 0 };
            if inside {
                let from = (pair[0].0 - 1.0).floor().clamp(0.0, width as f64) as usize;
                let to = (pair[1].0 + 1.0).ceil().clamp(0.0, width as f64) as usize;
                let row = y.floor() as usize;
                for row in row.saturating_sub(1)..(row + 2).min(height) {
                    if from < to {
                        out[row * width + from..row * width + to].fill(1);
                    }
                }
            }
        }
    }
    out
}

/// A picture without its hidden pixels: cropped to what is seen, and white where a hidden pixel is left.
/// With it comes where the crop begins. `of_alpha` tells what is seen of the picture's own alpha.
pub(super) fn without(
    picture: &Raster,
    part: &Part,
    of_alpha: impl FnOnce(u32, u32) -> Shown,
) -> Option<(Raster, (u32, u32))> {
    let [x0, y0, x1, y1] = part.area;
    if x0 >= x1 || y0 >= y1 {
        return None;
    }
    // Alpha of another size cannot be cropped at the same places: then both are blanked, and keep their size.
    let same = picture.alpha.as_ref().is_none_or(|a| (a.0, a.1) == (picture.width, picture.height));
    let (width, height) = (picture.width as usize, picture.height as usize);
    let area = if same { part.area } else { [0, 0, width, height] };
    let pixels = match &picture.pixels {
        Pixels::Grey(data) => Pixels::Grey(crop(data, 1, 255, part, width, area)),
        Pixels::Rgb(data) => Pixels::Rgb(crop(data, 3, 255, part, width, area)),
        Pixels::Stencil(data, ink) => Pixels::Stencil(crop(data, 1, 0, part, width, area), *ink),
        Pixels::Jpeg { .. } => return None,
    };
    let (w, h) = ((area[2] - area[0]) as u32, (area[3] - area[1]) as u32);
    let alpha = picture.alpha.as_ref().map(|(aw, ah, data)| {
        if same {
            return (w, h, crop(data, 1, 0, part, width, area));
        }
        let data = match of_alpha(*aw, *ah) {
            Shown::All => data.clone(),
            Shown::Part(part) => crop(data, 1, 0, &part, *aw as usize, [0, 0, *aw as usize, *ah as usize]),
        };
        (*aw, *ah, data)
    });
    let made = Raster { origin: picture.origin, ..raster(w, h, pixels, alpha, picture.smooth) };
    Some((made, (area[0] as u32, area[1] as u32)))
}

/// The pixels of an area of a grid, those that are not seen blank.
fn crop(data: &[u8], bytes: usize, blank: u8, part: &Part, width: usize, area: [usize; 4]) -> Arc<Vec<u8>> {
    let [x0, y0, x1, y1] = area;
    let [sx0, sy0, sx1, sy1] = part.area;
    let mut out = vec![blank; (x1 - x0) * (y1 - y0) * bytes];
    for y in y0.max(sy0)..y1.min(sy1) {
        let (from, to) = (x0.max(sx0), x1.min(sx1));
        let target = ((y - y0) * (x1 - x0) + from - x0) * bytes;
        let source = (y * width + from) * bytes;
        let length = (to - from) * bytes;
        let (Some(target), Some(source)) =
            (out.get_mut(target..target + length), data.get(source..source + length))
        else {
            continue;
        };
        match &part.mask {
            None => target.copy_from_slice(source),
            Some(mask) => {
                let seen = &mask[y * width + from..y * width + to];
                let pixels = target.chunks_mut(bytes).zip(source.chunks(bytes));
                for ((target, source), _) in pixels.zip(seen).filter(|(_, seen)| **seen == 1) {
                    target.copy_from_slice(source);
                }
            }
        }
    }
    Arc::new(out)
}

/// The box of the pixels that are seen.
fn extent(mask: &[u8], width: usize) -> Option<[usize; 4]> {
    let rows: Vec<&[u8]> = mask.chunks(width.max(1)).collect();
    let y0 = rows.iter().position(|r| r.contains(&1))?;
    let y1 = rows.iter().rposition(|r| r.contains(&1))? + 1;
    let x0 = rows.iter().filter_map(|r| r.iter().position(|p| *p == 1)).min()?;
    let x1 = rows.iter().filter_map(|r| r.iter().rposition(|p| *p == 1)).max()? + 1;
    Some([x0, y0, x1, y1])
}
