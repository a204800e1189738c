//! The letters drawn in boxes: a five by seven grid of our own, so that a code never needs a font.

use crate::read::picture::Picture;

/// Columns and rows of a letter's cell, the gap after it included.
pub(crate) const CELL: (u32, u32) = (6, 7);

/// Rows of a letter, five bits each, the highest bit leftmost.
fn rows(c: char) -> [u8; 7] {
    match c.to_ascii_uppercase() {
        'A' => [0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11],
        'B' => [0x1E, 0x11, 0x11, 0x1E, 0x11, 0x11, 0x1E],
        'C' => [0x0E, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0E],
        'D' => [0x1E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1E],
        'E' => [0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F],
        'F' => [0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x10],
        'G' => [0x0E, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0F],
        'H' => [0x11, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11],
        'I' => [0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E],
        'J' => [0x07, 0x02, 0x02, 0x02, 0x02, 0x12, 0x0C],
        'K' => [0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11],
        'L' => [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F],
        'M' => [0x11, 0x1B, 0x15, 0x15, 0x11, 0x11, 0x11],
        'N' => [0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11],
        'O' => [0x0E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E],
        'P' => [0x1E, 0x11, 0x11, 0x1E, 0x10, 0x10, 0x10],
        'Q' => [0x0E, 0x11, 0x11, 0x11, 0x15, 0x12, 0x0D],
        'R' => [0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11],
        'S' => [0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E],
        'T' => [0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04],
        'U' => [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E],
        'V' => [0x11, 0x11, 0x11, 0x11, 0x11, 0x0A, 0x04],
        'W' => [0x11, 0x11, 0x11, 0x15, 0x15, 0x1B, 0x11],
        'X' => [0x11, 0x11, 0x0A, 0x04, 0x0A, 0x11, 0x11],
        'Y' => [0x11, 0x11, 0x0A, 0x04, 0x04, 0x04, 0x04],
        'Z' => [0x1F, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1F],
        '0' => [0x0E, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0E],
        '1' => [0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E],
        '2' => [0x0E, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1F],
        '3' => [0x1F, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0E],
        '4' => [0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02],
        '5' => [0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E],
        '6' => [0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E],
        '7' => [0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08],
        '8' => [0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E],
        '9' => [0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C],
        '-' => [0, 0, 0, 0x1F, 0, 0, 0],
        _ => [0, 0, 0, 0x04, 0, 0, 0],
    }
}

/// A place for a code in a box: the top left pixel and the size of a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) dot: u32,
}

/// Where a code goes in a box of pixels (left, top, right, bottom): in the middle, no larger than needed
/// to read it; nowhere if the box is too small.
pub(crate) fn spot(code: &str, rect: [u32; 4], largest: u32) -> Option<Spot> {
    let count = code.chars().count() as u32;
    let (w, h) = (rect[2].saturating_sub(rect[0]), rect[3].saturating_sub(rect[1]));
    if count == 0 {
        return None;
    }
    let cells = count * CELL.0 - 1;
    let dot = (w.saturating_sub(4) / cells).min(h.saturating_sub(4) / CELL.1).min(largest);
    (dot > 0).then(|| Spot { x: rect[0] + (w - cells * dot) / 2, y: rect[1] + (h - CELL.1 * dot) / 2, dot })
}

/// Draws a code.
pub(crate) fn draw(picture: &mut Picture, code: &str, spot: Spot, colour: [u8; 3]) {
    for (i, c) in (0u32..).zip(code.chars()) {
        for (y, row) in (0u32..).zip(rows(c)) {
            for x in 0..5 {
                if row >> (4 - x) & 1 == 1 {
                    let left = spot.x + (i * CELL.0 + x) * spot.dot;
                    let top = spot.y + y * spot.dot;
                    fill(picture, [left, top, left + spot.dot, top + spot.dot], colour);
                }
            }
        }
    }
}

/// Fills pixels, as far as they lie in the picture.
pub(crate) fn fill(picture: &mut Picture, rect: [u32; 4], colour: [u8; 3]) {
    let (x1, y1) = (rect[2].min(picture.width), rect[3].min(picture.height));
    for y in rect[1].min(y1)..y1 {
        for x in rect[0].min(x1)..x1 {
            picture.set(x, y, colour);
        }
    }
}

/// The code a box shows: its codes joined, of characters we can draw.
pub(crate) fn code(codes: &[String]) -> String {
    let fine = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | ' ');
    let codes: Vec<String> = codes.iter().map(|c| c.chars().filter(fine).collect()).collect();
    codes.into_iter().filter(|c| !c.is_empty()).collect::<Vec<_>>().join("-")
}

/// Where a code stands in a box of points (left, top, right, bottom): in the middle, no larger than needed to
/// read it; nowhere if the box is too small for it to be read.
pub(crate) fn stand(code: &str, rect: [f32; 4]) -> Option<[f32; 4]> {
    let count = code.chars().count() as u32;
    if count == 0 {
        return None;
    }
    let (cells, high) = ((count * CELL.0 - 1) as f32, CELL.1 as f32);
    let (w, h) = (rect[2] - rect[0], rect[3] - rect[1]);
    // Twentieths of a point: boxes of one size have letters of one size.
    let dot = (((w - 1.6) / cells).min((h - 1.6) / high).min(1.2) * 20.0).floor() / 20.0;
    let (x, y) = (rect[0] + (w - cells * dot) / 2.0, rect[1] + (h - high * dot) / 2.0);
    (dot >= 0.25).then_some([x, y, x + cells * dot, y + high * dot])
}

/// The rectangles a code is drawn with in its place (left, top, right, bottom), in the same units: one for
/// each run of dots in a row.
pub(crate) fn dots(code: &str, place: [f64; 4]) -> Vec<[f64; 4]> {
    let mut out = Vec::new();
    let dot = (place[3] - place[1]) / f64::from(CELL.1);
    for (i, c) in (0u32..).zip(code.chars()) {
        for (y, row) in (0u32..).zip(rows(c)) {
            let mut x = 0;
            while x < 5 {
                let long = (x..5).take_while(|x| row >> (4 - x) & 1 == 1).count() as u32;
                if long > 0 {
                    let left = place[0] + f64::from(i * CELL.0 + x) * dot;
                    let top = place[1] + f64::from(y) * dot;
                    out.push([left, top, left + f64::from(long) * dot, top + dot]);
                }
                x += long.max(1);
            }
        }
    }
    out
}
