//! The outlines of glyphs, each worked out once.

use super::super::Outline;
use hayro::hayro_interpret::font::OutlineGlyph;
use hayro::kurbo::{BezPath, PathEl, Point, Rect, Shape};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

/// For keys that are hashes already.
#[derive(Default)]
pub(super) struct Straight(u64);

impl Hasher for Straight {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }
}

pub(super) type ByKey<T> = HashMap<u128, T, BuildHasherDefault<Straight>>;

/// Outlines by the interpreter's key, and by what they look like.
#[derive(Default)]
pub(super) struct Outlines {
    glyphs: ByKey<Arc<Outline>>,
    shapes: ByKey<Arc<Outline>>,
}

impl Outlines {
    pub(super) fn of(&mut self, glyph: &OutlineGlyph) -> Arc<Outline> {
        let key = glyph.identifier().cache_key();
        if let Some(known) = self.glyphs.get(&key) {
            return known.clone();
        }
        let outline = self.shape(glyph.outline());
        self.glyphs.insert(key, outline.clone());
        outline
    }

    /// An outline from a path in thousandths of an em; one that looks the same is used again.
    pub(super) fn shape(&mut self, path: BezPath) -> Arc<Outline> {
        let path = rounded(&path);
        let key = key_of(&path);
        self.shapes
            .entry(key)
            .or_insert_with(|| {
                let bounds = (!path.elements().is_empty()).then(|| path.bounding_box());
                Arc::new(Outline { path, bounds: bounds.filter(|r| r.area() > 0.0), key })
            })
            .clone()
    }
}

impl Outlines {
    /// An outline that has a box and no path: of a glyph that is painted by other means.
    pub(super) fn box_of(&mut self, bounds: Rect) -> Arc<Outline> {
        let corners = rounded(&bounds.to_path(0.1));
        let bounds = Some(corners.bounding_box()).filter(|r| r.area() > 0.0);
        // No path has this key.
        let key = key_of(&corners) ^ 1;
        Arc::new(Outline { path: BezPath::new(), bounds, key })
    }
}

/// On a grid of a sixteenth of a unit, so that equal keys are equal paths: which of two outlines a thread
/// met first must not show in the file.
fn rounded(path: &BezPath) -> BezPath {
    let on = |p: Point| Point::new((p.x * 16.0).round() / 16.0, (p.y * 16.0).round() / 16.0);
    path.elements()
        .iter()
        .map(|el| match *el {
            PathEl::MoveTo(p) => PathEl::MoveTo(on(p)),
            PathEl::LineTo(p) => PathEl::LineTo(on(p)),
            PathEl::QuadTo(a, p) => PathEl::QuadTo(on(a), on(p)),
            PathEl::CurveTo(a, b, p) => PathEl::CurveTo(on(a), on(b), on(p)),
            PathEl::ClosePath => PathEl::ClosePath,
        })
        .collect()
}

fn key_of(path: &BezPath) -> u128 {
    let mut bytes = Vec::with_capacity(path.elements().len() * 17);
    let mut put = |kind: u8, points: &[Point]| {
        bytes.push(kind);
        for p in points {
            bytes.extend(((p.x * 16.0) as i64).to_le_bytes());
            bytes.extend(((p.y * 16.0) as i64).to_le_bytes());
        }
    };
    for el in path.elements() {
        match *el {
            PathEl::MoveTo(p) => put(0, &[p]),
            PathEl::LineTo(p) => put(1, &[p]),
            PathEl::QuadTo(a, p) => put(2, &[a, p]),
            PathEl::CurveTo(a, b, p) => put(3, &[a, b, p]),
            PathEl::ClosePath => put(4, &[]),
        }
    }
    short(&Sha256::digest(&bytes))
}

/// The first half of a SHA-256.
pub(super) fn short(digest: &[u8]) -> u128 {
    digest.iter().take(16).fold(0, |key, byte| key << 8 | u128::from(*byte))
}
