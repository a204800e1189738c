//! How much work a page may make.
//!
//! A page of a few hundred bytes can ask for more drawing than there is time: twenty forms, each drawing the next
//! one twice, are a million drawings. Clocks are refused here (the same file must always give the same answer), so
//! work is counted instead, in units of very roughly a microsecond. Reading the words of a page is the first walk
//! over it, and counts; what passes it can be drawn. What does not is a page refused by its number.

use std::collections::HashMap;

/// What things cost to draw, as measured on one core of an ordinary machine, rounded up.
pub(crate) mod cost {
    /// A path; its corners are counted besides.
    pub(crate) const PATH: u64 = 30;
    /// A glyph: mostly so that a page has at most half a million of them, each a few hundred bytes of memory.
    pub(crate) const GLYPH: u64 = 60;
    /// A rectangle that clips.
    pub(crate) const CLIP: u64 = 20;
    /// A form begins with a clip that is a path; its stream is unpacked and its resources are looked up.
    pub(crate) const FORM: u64 = 200;
    /// A glyph that is a drawing, likewise.
    pub(crate) const DRAWN: u64 = 400;
    /// A group is drawn on a layer of its own.
    pub(crate) const GROUP: u64 = 1_500;
    /// A soft mask is drawn on a picture of its own, as large as the page.
    pub(crate) const MASK: u64 = 10_000;
    /// A tile or a shading is drawn on a picture of its own; inside another tile four times over, for each tile is
    /// drawn anew for every copy (measured: five times as long for each tile deeper).
    pub(crate) const PATTERN: u64 = 2_000;
    /// A picture; its pixels are counted besides.
    pub(crate) const IMAGE: u64 = 100;
    /// Bytes of a form or a drawn glyph unpacked for one unit.
    pub(crate) const BYTES: u64 = 200;
    /// Pixels decoded for one unit.
    pub(crate) const PIXELS: u64 = 50;
}

/// The work of a page is spent. Thrown through the interpreter, which cannot be told to stop.
pub(crate) struct TooHeavy;

/// Counts the work of one page after the other.
#[derive(Debug)]
pub(crate) struct Meter {
    limit: u64,
    spent: u64,
    /// What drawings that are looked into only once cost: a drawn glyph, a mask.
    known: HashMap<u128, u64>,
}

impl Meter {
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, spent: 0, known: HashMap::new() }
    }

    /// Spends; does not come back when all is spent.
    pub(crate) fn spend(&mut self, units: u64) {
        self.spent = self.spent.saturating_add(units);
        if self.spent > self.limit {
            // Nobody made a mistake: no hook runs and nothing is printed. `guard` catches it.
            std::panic::resume_unwind(Box::new(TooHeavy));
        }
    }

    pub(crate) fn spent(&self) -> u64 {
        self.spent
    }

    /// Begins another page.
    pub(crate) fn begin(&mut self) {
        self.spent = 0;
    }

    /// Notes what a drawing costs.
    pub(crate) fn learn(&mut self, key: u128, cost: u64) {
        let known = self.known.entry(key).or_default();
        *known = cost.max(*known);
    }

    /// Spends for a drawing that is drawn again and not looked into again.
    pub(crate) fn again(&mut self, key: u128) {
        self.spend(self.known.get(&key).copied().unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fault, guard};

    #[test]
    fn a_spent_meter_is_a_fault_that_names_the_page() {
        let work = |units: u64| {
            guard::run(Fault::PageUnreadable { page: 3 }, move || {
                let mut meter = Meter::new(1_000);
                (0..units).for_each(|_| meter.spend(1));
                meter.spent()
            })
        };
        assert_eq!(work(1_000), Ok(1_000), "the limit itself is allowed");
        assert_eq!(work(1_001), Err(Fault::PageTooHeavy { page: 3 }), "one more is not");
    }

    #[test]
    fn what_is_drawn_again_is_paid_again() {
        let mut meter = Meter::new(100);
        meter.spend(30);
        meter.learn(7, 30);
        meter.again(7);
        meter.again(8);
        assert_eq!(meter.spent(), 60);
    }
}
