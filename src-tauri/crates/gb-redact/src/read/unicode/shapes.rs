//! Outlines compared as an eye compares them: the same letter of two faces is near, two letters are not.

use hayro::kurbo::{BezPath, PathEl, Point, Shape as _, flatten};

/// Dots along each side of the picture a shape is compared by.
const SIDE: usize = 24;
/// An outline with more parts than this is a drawing, not a letter.
const MOST: usize = 4000;

/// The look of a glyph: a small picture of it, and where it stands on its line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    rows: [u32; SIDE],
    /// Foot and head above the base line, in ems.
    foot: f64,
    head: f64,
    /// Width by height, as a logarithm.
    aspect: f64,
}

impl Look {
    /// The look of an outline in thousandths of an em, y up; nothing if it draws nothing.
    pub(crate) fn of(path: &BezPath) -> Option<Self> {
        if path.elements().is_empty() || path.elements().len() > MOST {
            return None;
        }
        let bounds = path.bounding_box();
        let (width, height) = (bounds.width(), bounds.height());
        let sane = |v: f64| v.is_finite() && v.abs() < 5000.0;
        if !(sane(bounds.x0) && sane(bounds.y0) && sane(bounds.x1) && sane(bounds.y1))
            || width < 8.0
            || height < 8.0
        {
            return None;
        }
        let mut cuts: Vec<Vec<(f64, i32)>> = vec![Vec::new(); SIDE];
        let mut edge = |from: Point, to: Point| {
            let row = |y: f64| (y - bounds.y0) / height * SIDE as f64 - 0.5;
            let (a, b) = (row(from.y), row(to.y));
            let (low, high, turn) = if a < b { (a, b, 1) } else { (b, a, -1) };
            let first = low.ceil().max(0.0) as usize;
            for (at, cut) in cuts.iter_mut().enumerate().skip(first) {
                if at as f64 >= high {
                    break;
                }
                let along = (at as f64 - a) / (b - a);
                let x = from.x + (to.x - from.x) * along;
                cut.push(((x - bounds.x0) / width * SIDE as f64, turn));
            }
        };
        let (mut start, mut at) = (Point::ZERO, Point::ZERO);
        flatten(path.elements().iter().copied(), 2.0, |el| match el {
            PathEl::MoveTo(p) => {
                edge(at, start);
                (start, at) = (p, p);
            }
            PathEl::LineTo(p) => {
                edge(at, p);
                at = p;
            }
            PathEl::ClosePath => {
                edge(at, start);
                at = start;
            }
            // Flattening leaves no curves.
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        });
        edge(at, start);
        let mut rows = [0u32; SIDE];
        for (row, cut) in rows.iter_mut().zip(&mut cuts) {
            *row = fill(cut);
        }
        Some(Self { rows, foot: bounds.y0 / 1000.0, head: bounds.y1 / 1000.0, aspect: (width / height).ln() })
    }

    /// Bytes of a look as it is kept.
    pub(crate) const BYTES: usize = 6 + SIDE * 3;

    /// A look as it is kept in the table.
    #[cfg(test)]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for number in [self.foot, self.head, self.aspect] {
            out.extend(((number * 1000.0).round() as i16).to_le_bytes());
        }
        for row in self.rows {
            out.extend(&row.to_le_bytes()[..3]);
        }
        out
    }

    /// A look from the table.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rows) = bytes.split_at_checked(6)?;
        let number = |at: usize| {
            Some(f64::from(i16::from_le_bytes([*numbers.get(at)?, *numbers.get(at + 1)?])) / 1000.0)
        };
        let (foot, head, aspect) = (number(0)?, number(2)?, number(4)?);
        let mut look = Self { rows: [0; SIDE], foot, head, aspect };
        for (row, bytes) in look.rows.iter_mut().zip(rows.as_chunks::<3>().0) {
            *row = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
        }
        Some(look)
    }

    /// How unlike two looks are: 0 for the same, above about 0.3 for different letters.
    pub(crate) fn distance(&self, other: &Self) -> f64 {
        let place = (self.foot - other.foot).abs() + (self.head - other.head).abs();
        let aspect = (self.aspect - other.aspect).abs();
        // Most pairs part here, before their dots are counted.
        let rough = place + 0.25 * aspect;
        if rough > 0.5 {
            return rough;
        }
        let dots: u32 = self.rows.iter().zip(&other.rows).map(|(a, b)| (a ^ b).count_ones()).sum();
        rough + f64::from(dots) / (SIDE * SIDE) as f64
    }
}

/// The dots of a row whose middles lie inside, by the non-zero rule.
fn fill(cuts: &mut [(f64, i32)]) -> u32 {
    cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut row, mut winding) = (0u32, 0);
    for pair in cuts.windows(2) {
        winding += pair[0].1;
        if winding != 0 {
            let from = (pair[0].0 - 0.5).ceil().clamp(0.0, SIDE as f64) as usize;
            let to = (pair[1].0 - 0.5).ceil().clamp(0.0, SIDE as f64) as usize;
            for dot in from..to {
                row |= 1 << dot;
            }
        }
    }
    row
}

/// A key of an outline's exact shape and place in its em; nothing if it draws nothing.
pub(crate) fn key(path: &BezPath) -> Option<u128> {
    use sha2::{Digest, Sha256};
    if path.elements().is_empty() {
        return None;
    }
    let mut hash = Sha256::new();
    let mut put = |kind: u8, points: &[Point]| {
        hash.update([kind]);
        for p in points {
            // Whole thousandths: the same outline written with other roundings is still the same.
            hash.update((p.x.round() as i32).to_le_bytes());
            hash.update((p.y.round() as i32).to_le_bytes());
        }
    };
    for el in path.elements() {
        match el {
            PathEl::MoveTo(p) => put(0, &[*p]),
            PathEl::LineTo(p) => put(1, &[*p]),
            PathEl::QuadTo(a, b) => put(2, &[*a, *b]),
            PathEl::CurveTo(a, b, c) => put(3, &[*a, *b, *c]),
            PathEl::ClosePath => put(4, &[]),
        }
    }
    let digest = hash.finalize();
    Some(digest.iter().take(16).fold(0, |key, byte| key << 8 | u128::from(*byte)))
}
