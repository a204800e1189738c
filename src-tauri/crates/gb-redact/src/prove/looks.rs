//! Draws the finished page: every box must be one flat colour, and the rest must look like its source.

use super::PlanPage;
use super::words::Said;
use crate::read::picture::Picture;

/// Dots an inch at which a page built from its parts is compared. Our own renderer draws both, so what
/// differs, differs for a reason; more dots only cost time.
pub(super) const REBUILT: f64 = 36.0;
/// Dots an inch at which a page that is a picture is compared.
pub(super) const PICTURED: f64 = 60.0;
/// Dots an inch at which the boxes of a page that is a picture are looked into.
pub(super) const INSPECT: f64 = 110.0;
/// Luminance a box's pixels may reach: JPEG rings a little at its edge.
const DARK: u8 = 56;
/// How far apart two pixels are that differ clearly.
const CLEARLY: u8 = 64;

fn luma(p: [u8; 3]) -> u8 {
    ((u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8) as u8
}

/// A rectangle of points in pixels, grown by `by` pixels.
fn pixels(r: [f32; 4], scale: f64, by: f64) -> [f64; 4] {
    let r = r.map(|v| f64::from(v) * scale);
    [r[0] - by, r[1] - by, r[2] + by, r[3] + by]
}

/// The whole pixels that lie in a rectangle.
fn inside(r: [f64; 4], picture: &Picture) -> impl Iterator<Item = (u32, u32)> {
    let side = |v: f64, most: u32| (v.max(0.0) as u32).min(most);
    let (x0, x1) = (side(r[0].ceil(), picture.width), side(r[2].floor(), picture.width));
    let (y0, y1) = (side(r[1].ceil(), picture.height), side(r[3].floor(), picture.height));
    (y0..y1).flat_map(move |y| (x0..x1).map(move |x| (x, y)))
}

/// Boxes are looked into a pixel inside their edge, and the place of the label is left out; in it only the
/// writer's own letters can stand, for the box was filled before they were drawn.
pub(super) fn flat(picture: &Picture, scale: f64, plan: &PlanPage) -> bool {
    plan.boxes.iter().all(|(rect, label)| {
        let label = label.map(|l| pixels(l, scale, 2.0));
        inside(pixels(*rect, scale, -1.5), picture).all(|(x, y)| {
            let (fx, fy) = (f64::from(x), f64::from(y));
            let lettered = label.is_some_and(|l| fx >= l[0] && fx <= l[2] && fy >= l[1] && fy <= l[3]);
            lettered || luma(picture.at(x, y)) <= DARK
        })
    })
}

/// Which pixels of a page are compared: those outside the boxes and the lines set again.
struct Ground {
    width: usize,
    open: Vec<bool>,
}

impl Ground {
    fn new(picture: &Picture, scale: f64, areas: impl Iterator<Item = [f32; 4]>) -> Self {
        let width = picture.width as usize;
        let mut open = vec![true; width * picture.height as usize];
        for area in areas {
            let r = pixels(area, scale, 2.0);
            for (x, y) in inside([r[0].floor(), r[1].floor(), r[2].ceil(), r[3].ceil()], picture) {
                open[y as usize * width + x as usize] = false;
            }
        }
        Self { width, open }
    }

    fn at(&self, x: u32, y: u32) -> bool {
        self.open[y as usize * self.width + x as usize]
    }
}

fn closed(plan: &PlanPage) -> impl Iterator<Item = [f32; 4]> {
    plan.boxes.iter().map(|(r, _)| *r).chain(plan.changed.iter().copied())
}

/// Two drawings of a page built from its parts. No more than half a hundredth of its pixels may differ
/// clearly; on a page with little on it, no more than a twelfth of its ink.
pub(super) fn alike(source: &Picture, output: &Picture, scale: f64, plan: &PlanPage) -> bool {
    if source.width != output.width || source.height != output.height {
        return false;
    }
    let ground = Ground::new(source, scale, closed(plan));
    let (mut off, mut ink) = (0u64, 0u64);
    let row = ground.width.max(1);
    let rows = source.rgb.chunks_exact(row * 3).zip(output.rgb.chunks_exact(row * 3));
    for ((a, b), open) in rows.zip(ground.open.chunks_exact(row)) {
        // Most rows of a page of text are paper.
        if a == b && a.iter().all(|v| *v == 255) {
            continue;
        }
        for ((a, b), _) in a.chunks_exact(3).zip(b.chunks_exact(3)).zip(open).filter(|(_, open)| **open) {
            let far = a[0].abs_diff(b[0]).max(a[1].abs_diff(b[1])).max(a[2].abs_diff(b[2]));
            off += u64::from(far > CLEARLY);
            ink += u64::from(a[1] < 160);
        }
    }
    let total = ground.open.len() as u64;
    off * 200 <= total && (off <= 16 || off * 12 <= ink)
}

/// A page and the picture it became: the drawing of it may be coarser, so blocks are compared.
pub(super) fn alike_in_blocks(source: &Picture, output: &Picture, scale: f64, plan: &PlanPage) -> bool {
    const BLOCK: u32 = 6;
    if source.width.abs_diff(output.width) > 1 || source.height.abs_diff(output.height) > 1 {
        return false;
    }
    let ground = Ground::new(source, scale, closed(plan));
    let (mut looked, mut off) = (0u32, 0u32);
    let (width, height) = (source.width.min(output.width), source.height.min(output.height));
    for y in (0..height.saturating_sub(BLOCK)).step_by(BLOCK as usize) {
        for x in (0..width.saturating_sub(BLOCK)).step_by(BLOCK as usize) {
            let cells = || (y..y + BLOCK).flat_map(move |j| (x..x + BLOCK).map(move |i| (i, j)));
            if cells().any(|(i, j)| !ground.at(i, j)) {
                continue;
            }
            looked += 1;
            let mean = |p: &Picture| cells().map(|(i, j)| u32::from(luma(p.at(i, j)))).sum::<u32>();
            off += u32::from(mean(source).abs_diff(mean(output)) > 60 * BLOCK * BLOCK);
        }
    }
    off <= 2 || off * 100 <= looked
}

/// Whether ink was left in a line set again where the plan has neither a word nor a box. What is paper
/// there is the colour most of it has.
pub(super) fn leftover(output: &Picture, scale: f64, plan: &PlanPage) -> bool {
    if plan.inked.is_empty() {
        return false;
    }
    let told = plan.inked.iter().copied().chain(plan.boxes.iter().map(|(r, _)| *r));
    let ground = Ground::new(output, scale, told);
    plan.changed.iter().any(|strip| {
        let free: Vec<u8> = inside(pixels(*strip, scale, -1.0), output)
            .filter(|(x, y)| ground.at(*x, *y))
            .map(|(x, y)| luma(output.at(x, y)))
            .collect();
        let mut counts = [0u32; 256];
        free.iter().for_each(|l| counts[usize::from(*l)] += 1);
        let paper = (0u8..=255).max_by_key(|l| counts[usize::from(*l)]).unwrap_or(255);
        free.iter().filter(|l| l.abs_diff(paper) > 80).count() > 3
    })
}

/// Whether a word is said where nothing is to be seen: hidden text, or text on its own colour.
pub(super) fn hidden(output: &Picture, scale: f64, said: &[Said]) -> bool {
    said.iter().any(|word| {
        let (mut low, mut high) = ([255u8; 3], [0u8; 3]);
        let mut seen = false;
        for (x, y) in inside(pixels(word.ink, scale, 1.0), output) {
            seen = true;
            let p = output.at(x, y);
            for i in 0..3 {
                low[i] = low[i].min(p[i]);
                high[i] = high[i].max(p[i]);
            }
            // Most words are seen in the first few pixels.
            if high[1] - low[1] > 5 {
                return false;
            }
        }
        !seen || (0..3).all(|i| high[i] - low[i] <= 5)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: u32 = 100;

    fn paper(ink: &[[u32; 4]]) -> Picture {
        let mut picture = Picture { width: SIZE, height: SIZE, rgb: vec![255; (SIZE * SIZE * 3) as usize] };
        for r in ink {
            for (x, y) in (r[1]..r[3]).flat_map(|y| (r[0]..r[2]).map(move |x| (x, y))) {
                picture.set(x, y, [0; 3]);
            }
        }
        picture
    }

    #[test]
    fn ink_left_in_a_line_set_again_is_seen() {
        let check = |inked: &[[f32; 4]], ink: &[[u32; 4]], left: bool, why: &str| {
            let plan = PlanPage {
                changed: vec![[0.0, 20.0, 100.0, 40.0]],
                boxes: vec![([10.0, 20.0, 30.0, 40.0], None)],
                inked: inked.to_vec(),
                ..PlanPage::default()
            };
            assert_eq!(leftover(&paper(ink), 1.0, &plan), left, "{why}");
        };
        let word = [50.0, 20.0, 70.0, 40.0];
        check(&[word], &[[10, 20, 30, 40], [50, 24, 70, 36]], false, "a box and a word in their places");
        check(&[word], &[[80, 24, 90, 36]], true, "a piece of a word where none should be");
        check(&[word], &[[80, 50, 90, 60]], false, "ink outside the line is not its matter");
        check(&[], &[[80, 24, 90, 36]], false, "nobody said where ink may be");
    }

    #[test]
    fn pages_are_alike_but_for_what_was_meant() {
        let check = |a: &[[u32; 4]], b: &[[u32; 4]], same: bool, why: &str| {
            let plan = PlanPage { boxes: vec![([0.0, 0.0, 20.0, 20.0], None)], ..PlanPage::default() };
            assert_eq!(alike(&paper(a), &paper(b), 1.0, &plan), same, "{why}");
        };
        let text = [30, 30, 90, 90];
        check(&[text], &[text], true, "the same page");
        check(&[text, [2, 2, 18, 18]], &[text, [0, 0, 20, 20]], true, "a box where a word was");
        check(&[text], &[text, [40, 92, 70, 96]], false, "a line more");
        check(&[], &[[40, 40, 46, 44]], false, "a letter on an empty page");
        check(&[text], &[[30, 30, 90, 89]], false, "a row of ink gone, more than half a hundredth");
        check(&[text], &[text, [50, 95, 54, 98]], true, "a speck on a page with much on it");
    }

    #[test]
    fn a_box_is_flat_or_it_is_not() {
        let check = |ink: &[[u32; 4]], label: Option<[f32; 4]>, fine: bool, why: &str| {
            let plan = PlanPage { boxes: vec![([10.0, 10.0, 40.0, 30.0], label)], ..PlanPage::default() };
            assert_eq!(flat(&paper(ink), 1.0, &plan), fine, "{why}");
        };
        check(&[[10, 10, 40, 30]], None, true, "black all over");
        check(&[[10, 10, 25, 30], [27, 10, 40, 30]], None, false, "a gap in it");
        let label = Some([23.0, 8.0, 29.0, 32.0]);
        check(&[[10, 10, 25, 30], [27, 10, 40, 30]], label, true, "a gap where its code is written");
        check(&[], None, false, "no box at all");
    }
}
