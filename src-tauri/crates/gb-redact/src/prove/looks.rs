//! Draws the finished page: every box must be one flat colour, and the rest must look like its source.

use super::PlanPage;
use crate::Fault;
use crate::out::encode::luma;
use crate::read::picture::{Artist, Picture, scale_within};

/// Dots an inch at which pages are compared.
const COMPARE: f64 = 60.0;
/// Dots an inch at which boxes are looked into.
const INSPECT: f64 = 110.0;
/// Luminance a box's pixels may reach: JPEG rings a little at its edge.
const DARK: u8 = 56;

fn not(page: u32, place: &str) -> Fault {
    Fault::NotProved { page: Some(page), place: place.to_owned() }
}

/// Boxes are looked into a dot inside their edge, and the place of the label is left out; in it only the
/// writer's own letters can stand, for the box was filled before they were drawn.
pub(super) fn boxes(output: &Artist<'_>, plan: &PlanPage, size: (f32, f32)) -> Result<u64, Fault> {
    if plan.boxes.is_empty() {
        return Ok(0);
    }
    let scale = scale_within(size, INSPECT, 40_000_000);
    let picture = output.page(plan.page as usize - 1, scale);
    let px = |v: f32| (f64::from(v) * scale) as f32;
    for (rect, label) in &plan.boxes {
        let inside = [px(rect[0]) + 2.0, px(rect[1]) + 2.0, px(rect[2]) - 2.0, px(rect[3]) - 2.0];
        let label = label.map(|l| [px(l[0]) - 2.0, px(l[1]) - 2.0, px(l[2]) + 2.0, px(l[3]) + 2.0]);
        for y in inside[1].max(0.0) as u32..(inside[3].max(0.0) as u32).min(picture.height) {
            for x in inside[0].max(0.0) as u32..(inside[2].max(0.0) as u32).min(picture.width) {
                let (fx, fy) = (x as f32, y as f32);
                if label.is_some_and(|l| fx >= l[0] && fx <= l[2] && fy >= l[1] && fy <= l[3]) {
                    continue;
                }
                if luma(&picture.at(x, y)) > DARK {
                    return Err(not(plan.page, "a box is not one flat colour"));
                }
            }
        }
    }
    Ok(plan.boxes.len() as u64)
}

/// Source and output, drawn small, must agree outside the boxes and the lines set again.
pub(super) fn same(
    source: &Artist<'_>,
    output: &Artist<'_>,
    plan: &PlanPage,
    size: (f32, f32),
) -> Result<(), Fault> {
    let scale = scale_within(size, COMPARE, 10_000_000);
    let index = plan.page as usize - 1;
    let (a, b) = (source.page(index, scale), output.page(index, scale));
    if a.width.abs_diff(b.width) > 1 || a.height.abs_diff(b.height) > 1 {
        return Err(not(plan.page, "the page is not the size of its source"));
    }
    let skip: Vec<[f32; 4]> = plan
        .boxes
        .iter()
        .map(|(r, _)| *r)
        .chain(plan.changed.iter().copied())
        .map(|r| r.map(|v| (f64::from(v) * scale) as f32))
        .collect();
    const BLOCK: u32 = 6;
    let (mut looked, mut off) = (0u32, 0u32);
    for y in (0..a.height.min(b.height).saturating_sub(BLOCK)).step_by(BLOCK as usize) {
        for x in (0..a.width.min(b.width).saturating_sub(BLOCK)).step_by(BLOCK as usize) {
            let (x0, y0, x1, y1) = (x as f32, y as f32, (x + BLOCK) as f32, (y + BLOCK) as f32);
            if skip.iter().any(|r| r[0] - 2.0 < x1 && r[2] + 2.0 > x0 && r[1] - 2.0 < y1 && r[3] + 2.0 > y0) {
                continue;
            }
            looked += 1;
            off += u32::from(mean(&a, x, y, BLOCK).abs_diff(mean(&b, x, y, BLOCK)) > 60);
        }
    }
    if off > 2 && off * 100 > looked {
        return Err(not(plan.page, "the page does not look like its source outside the boxes"));
    }
    Ok(())
}

fn mean(picture: &Picture, x: u32, y: u32, block: u32) -> u32 {
    let mut sum = 0;
    for j in y..y + block {
        for i in x..x + block {
            sum += u32::from(luma(&picture.at(i, j)));
        }
    }
    sum / (block * block)
}
