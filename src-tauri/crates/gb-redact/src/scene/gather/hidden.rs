//! Which pixels of a picture can be seen, and taking away the others.

use super::super::{Pixels, Raster, Rule};
use super::frame::Outline;
use super::images::raster;
use hayro::kurbo::{Affine, Point, Rect};
use std::sync::Arc;

/// What of a grid of pixels can be seen.
pub(super) enum Shown {
    All,
    /// One byte a pixel, 1 where it can be seen, and how many cannot.
    Part(Vec<u8>, u64),
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
    if !(bounds.x0 >= slack.x0 && bounds.x1 <= slack.x1 && bounds.y0 >= slack.y0 && bounds.y1 <= slack.y1) {
        let corners = [(seen.x0, seen.y0), (seen.x1, seen.y0), (seen.x1, seen.y1), (seen.x0, seen.y1)];
        cut(vec![corners.map(|c| back * Point::from(c)).to_vec()], Rule::NonZero);
    }
    for outline in outlines {
        let crossed = outline.lines().any(|(a, b)| super::frame::inside(bounds, a, b).is_some());
        if crossed || !outline.holds(bounds.center()) {
            let loops = outline.loops.iter().map(|l| l.iter().map(|p| back * *p).collect()).collect();
            cut(loops, outline.rule);
        }
    }
    match part {
        None => Shown::All,
        Some(part) => match part.iter().filter(|p| **p == 0).count() as u64 {
            0 => Shown::All,
            hidden => Shown::Part(part, hidden),
        },
    }
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
/// With it comes where the crop begins.
pub(super) fn without(
    picture: &Raster,
    part: &[u8],
    alpha_part: impl FnOnce(u32, u32) -> Shown,
) -> Option<(Raster, (u32, u32))> {
    let width = picture.width as usize;
    let same = picture.alpha.as_ref().is_none_or(|a| (a.0, a.1) == (picture.width, picture.height));
    let (x0, y0, x1, y1) = if same {
        extent(part, width)?
    } else {
        extent(part, width)?;
        (0, 0, width, picture.height as usize)
    };
    let crop =
        |data: &[u8], bytes: usize, blank: u8, part: &[u8], width: usize, r: (usize, usize, usize, usize)| {
            let mut out = Vec::with_capacity((r.2 - r.0) * (r.3 - r.1) * bytes);
            for y in r.1..r.3 {
                for x in r.0..r.2 {
                    let at = y * width + x;
                    match (part[at], data.get(at * bytes..(at + 1) * bytes)) {
                        (1, Some(pixel)) => out.extend_from_slice(pixel),
                        _ => out.resize(out.len() + bytes, blank),
                    }
                }
            }
            Arc::new(out)
        };
    let area = (x0, y0, x1, y1);
    let pixels = match &picture.pixels {
        Pixels::Grey(data) => Pixels::Grey(crop(data, 1, 255, part, width, area)),
        Pixels::Rgb(data) => Pixels::Rgb(crop(data, 3, 255, part, width, area)),
        Pixels::Stencil(data, ink) => Pixels::Stencil(crop(data, 1, 0, part, width, area), *ink),
        Pixels::Jpeg { .. } => return None,
    };
    let alpha = match &picture.alpha {
        Some((w, h, data)) if same => Some((x1 - x0, y1 - y0, crop(data, 1, 0, part, *w as usize, area), *h)),
        Some((w, h, data)) => {
            let data = match alpha_part(*w, *h) {
                Shown::All => data.clone(),
                Shown::Part(part, _) => {
                    crop(data, 1, 0, &part, *w as usize, (0, 0, *w as usize, *h as usize))
                }
            };
            Some((*w as usize, *h as usize, data, *h))
        }
        None => None,
    };
    let alpha = alpha.map(|(w, h, data, _)| (w as u32, h as u32, data));
    let made = raster((x1 - x0) as u32, (y1 - y0) as u32, pixels, alpha, picture.smooth);
    Some((made, (x0 as u32, y0 as u32)))
}

/// The box of the pixels that are seen.
fn extent(part: &[u8], width: usize) -> Option<(usize, usize, usize, usize)> {
    let seen = |row: &[u8]| row.contains(&1);
    let rows: Vec<&[u8]> = part.chunks(width).collect();
    let y0 = rows.iter().position(|r| seen(r))?;
    let y1 = rows.iter().rposition(|r| seen(r))? + 1;
    let x0 = rows.iter().filter_map(|r| r.iter().position(|p| *p == 1)).min()?;
    let x1 = rows.iter().filter_map(|r| r.iter().rposition(|p| *p == 1)).max()? + 1;
    Some((x0, y0, x1, y1))
}
