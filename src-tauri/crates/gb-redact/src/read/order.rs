//! Reading order: columns of running text one after the other, everything else row by row.

use super::layout::Segment;

/// The order in which the segments of a page are read.
pub(crate) fn reading_order(segments: &[Segment]) -> Vec<usize> {
    let mut all: Vec<usize> = (0..segments.len()).collect();
    all.sort_by(|a, b| rows(&segments[*a], &segments[*b]));
    let mut out = Vec::with_capacity(all.len());
    part(segments, all, &mut out, 0);
    out
}

fn rows(a: &Segment, b: &Segment) -> std::cmp::Ordering {
    a.baseline.total_cmp(&b.baseline).then(a.frame.x0.total_cmp(&b.frame.x0))
}

fn part(segments: &[Segment], block: Vec<usize>, out: &mut Vec<usize>, depth: u32) {
    if block.len() < 6 || depth > 12 {
        return by_rows(segments, block, out);
    }
    if let Some(gutter) = gutter(segments, &block) {
        let (left, right) = block.into_iter().partition(|i| segments[*i].frame.x1 <= gutter);
        part(segments, left, out, depth + 1);
        return part(segments, right, out, depth + 1);
    }
    // A wide segment (a title, a footer) may hide columns above and below it.
    let (x0, x1) = extent(segments, &block);
    let wide = |i: usize| segments[i].frame.width() > 0.6 * (x1 - x0);
    let has_wide = block.iter().any(|i| wide(*i));
    if !has_wide || block.iter().all(|i| wide(*i)) {
        return by_rows(segments, block, out);
    }
    let mut run = Vec::new();
    for i in block {
        if wide(i) {
            let done = std::mem::take(&mut run);
            part(segments, done, out, depth + 1);
            out.push(i);
        } else {
            run.push(i);
        }
    }
    part(segments, run, out, depth + 1);
}

/// Row by row, where segments whose baselines nearly agree are one row.
fn by_rows(segments: &[Segment], block: Vec<usize>, out: &mut Vec<usize>) {
    let mut row: Vec<usize> = Vec::new();
    let mut start = f64::NEG_INFINITY;
    let mut flush = |row: &mut Vec<usize>| {
        row.sort_by(|a, b| segments[*a].frame.x0.total_cmp(&segments[*b].frame.x0));
        out.append(row);
    };
    for i in block {
        if segments[i].baseline - start > segments[i].em * 0.45 {
            flush(&mut row);
            start = segments[i].baseline;
        }
        row.push(i);
    }
    flush(&mut row);
}

fn extent(segments: &[Segment], block: &[usize]) -> (f64, f64) {
    block
        .iter()
        .fold((f64::MAX, f64::MIN), |(a, b), i| (a.min(segments[*i].frame.x0), b.max(segments[*i].frame.x1)))
}

/// A vertical strip nothing crosses, with running text on both sides of it. Tables and forms have such
/// strips too, but few words to a cell, and are read across.
fn gutter(segments: &[Segment], block: &[usize]) -> Option<f64> {
    let mut spans: Vec<(f64, f64)> =
        block.iter().map(|i| (segments[*i].frame.x0, segments[*i].frame.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut right = spans.first()?.1;
    let mut best: Option<(f64, f64)> = None;
    for (x0, x1) in spans {
        if x0 - right > 6.0 && best.is_none_or(|(w, _)| x0 - right > w) {
            best = Some((x0 - right, (x0 + right) / 2.0));
        }
        right = right.max(x1);
    }
    let (_, at) = best?;
    let prose = |side: &dyn Fn(&Segment) -> bool| {
        let mut counts: Vec<usize> =
            block.iter().map(|i| &segments[*i]).filter(|s| side(s)).map(|s| s.words.len()).collect();
        counts.sort_unstable();
        counts.len() >= 3 && counts[counts.len() / 2] >= 4
    };
    (prose(&|s| s.frame.x1 <= at) && prose(&|s| s.frame.x1 > at)).then_some(at)
}
