//! The end of planning: boxes that meet become one, and words they have come to lie on go.

use super::plan::{Boxed, Planner, join};
use crate::marks::{TOUCH, share};
use std::collections::BTreeMap;

impl Planner<'_> {
    /// Boxes that meet, or nearly, become one: the seam between them says how many there were.
    pub(super) fn merge(&mut self) {
        let near = (3.0 * self.scale) as u32;
        let mut done: Vec<Boxed> = Vec::new();
        let mut todo = std::mem::take(&mut self.plan.boxes);
        todo.sort_by_key(|b| (b.rect[1], b.rect[0]));
        'boxes: while let Some(mut b) = (!todo.is_empty()).then(|| todo.remove(0)) {
            for other in &mut done {
                let rows = b.rect[3].min(other.rect[3]).saturating_sub(b.rect[1].max(other.rect[1]));
                let high = (b.rect[3] - b.rect[1]).min(other.rect[3] - other.rect[1]);
                let beside = b.rect[0] <= other.rect[2] + near && other.rect[0] <= b.rect[2] + near;
                if beside && rows * 2 > high {
                    other.rect = join(other.rect, b.rect);
                    b.codes.retain(|c| !other.codes.contains(c));
                    other.codes.append(&mut b.codes);
                    // The union may meet a third: look again.
                    let again = other.clone();
                    done.retain(|o| o.rect != again.rect || o.codes != again.codes);
                    todo.insert(0, again);
                    continue 'boxes;
                }
            }
            done.push(b);
        }
        self.plan.boxes = done;
    }

    /// Words a box has come to lie on go whole.
    pub(super) fn swallow(&mut self) {
        let moved: BTreeMap<usize, u32> =
            self.plan.resets.iter().flat_map(|r| r.moves.iter().copied()).collect();
        for (index, word) in self.words.words.iter().enumerate() {
            if self.plan.removed[index] {
                continue;
            }
            let mut r = self.word_px(word);
            if let Some(x) = moved.get(&index) {
                r = [*x, r[1], *x + self.word_width(word), r[3]];
            }
            let r = r.map(|v| v as f32);
            if self.plan.boxes.iter().any(|b| share(r, b.rect.map(|v| v as f32)) > TOUCH) {
                self.plan.removed[index] = true;
                self.plan.swallowed += 1;
            }
        }
    }
}
