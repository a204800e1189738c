//! Glyphs made into words, words into segments, segments into lines.
//!
//! A *segment* is a stretch of a line with no gap wider than one and a half ems: a cell of a table, a
//! line of a column. Words and boxes move only within their segment.

use super::glyphs::{Glyph, PageGlyphs};
use super::{order, rtl};
use hayro::kurbo::{Affine, Point, Rect};
use std::collections::BTreeMap;

/// A word of a page.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Word {
    /// What it says; a glyph without Unicode stands as U+FFFD.
    pub text: String,
    /// Left, top, right, bottom, in points from the top left of the page as displayed.
    pub rect: [f32; 4],
    /// Lines count from 0 in reading order.
    pub line: u32,
    /// Not painted: an OCR layer, or text under a picture.
    pub invisible: bool,
    /// An opaque shape was drawn over it: a stranger may believe it is gone.
    pub covered: bool,
    /// The stretch of the line the word belongs to.
    #[serde(skip)]
    pub(crate) segment: u32,
    /// Degrees clockwise the text is turned; 0 is upright.
    #[serde(skip)]
    pub(crate) angle: u16,
    /// The em of its first glyph, in points.
    #[serde(skip)]
    pub(crate) em: f32,
    /// Where its first glyph stands, in points from the top of the page; only of use for upright text.
    #[serde(skip)]
    pub(crate) baseline: f32,
    /// Its left edge as it was worked out: rounded to the precision of `rect`, a word drawn anew would differ in a
    /// pixel or two with what stood before it.
    #[serde(skip)]
    pub(crate) left: f64,
    /// The glyphs it is made of, places in [`PageGlyphs::glyphs`]; a letter drawn twice stands twice.
    #[serde(skip)]
    pub(crate) glyphs: Vec<u32>,
}

/// The words of one page.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PageWords {
    /// From 1.
    pub page: u32,
    /// Points, as displayed.
    pub width: f32,
    /// Points, as displayed.
    pub height: f32,
    /// In reading order.
    pub words: Vec<Word>,
    /// Glyphs that say nothing: no search finds them.
    pub unreadable: u32,
    /// Glyphs of which the file does not say what they say, recognised by their look.
    pub recognised: u32,
    /// Glyphs in all, spaces left out.
    pub glyphs: u32,
    /// Glyphs outside the page or clipped away.
    pub outside: u32,
    /// Pictures drawn on the page.
    pub images: u32,
    /// Things the reader could not draw: fonts, pictures, appearances.
    pub undrawn: u32,
    /// Whether any word is not painted.
    pub has_invisible: bool,
    /// Whether a picture larger than an eighth of the page has no word over it: what is written in it is
    /// seen by nobody who searches.
    pub pictured: bool,
}

impl PageWords {
    /// Whether searching this page can miss words: more than a twentieth of its glyphs say nothing,
    /// or it is a picture without a word.
    pub fn partly_blind(&self) -> bool {
        self.unreadable * 20 > self.glyphs || self.only_picture()
    }

    /// Whether the page is a picture without a word.
    pub fn only_picture(&self) -> bool {
        self.words.is_empty() && self.images > 0
    }

    /// The page's text: words joined by spaces, lines by line ends.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut line = None;
        for word in &self.words {
            if let Some(before) = line {
                out.push(if before == word.line { ' ' } else { '\n' });
            }
            line = Some(word.line);
            out.push_str(&word.text);
        }
        out
    }
}

fn middle([left, top, right, bottom]: [f32; 4]) -> Point {
    Point::new(f64::midpoint(left.into(), right.into()), f64::midpoint(top.into(), bottom.into()))
}

/// A glyph turned so that its text runs to the right.
struct Turned<'g> {
    glyph: &'g Glyph,
    number: u32,
    u0: f64,
    u1: f64,
    v: f64,
    /// `v` as it would be on a page that lies straight: what lines are told apart by.
    level: f64,
    text: &'g str,
}

/// A word on its way: its glyphs, and those that only drew one of them again.
#[derive(Default)]
struct Letters<'t, 'g> {
    glyphs: Vec<&'t Turned<'g>>,
    again: Vec<u32>,
}

/// A stretch of a line before it has its place in the reading order.
pub(crate) struct Segment {
    pub(crate) words: Vec<Word>,
    /// In the turned frame: left, top, right, bottom, baseline.
    pub(crate) frame: Rect,
    pub(crate) baseline: f64,
    pub(crate) em: f64,
}

/// Makes the words of a page from its glyphs.
pub(crate) fn words(page: u32, (width, height): (f32, f32), read: &PageGlyphs) -> PageWords {
    let mut turned: BTreeMap<u16, Vec<Turned<'_>>> = BTreeMap::new();
    let (mut unreadable, mut recognised, mut count) = (0, 0, 0);
    for (number, glyph) in (0..).zip(&read.glyphs) {
        if glyph.unknown || !glyph.text.trim().is_empty() {
            count += 1;
            unreadable += u32::from(glyph.unknown);
            recognised += u32::from(glyph.recognised);
        }
        let text = if glyph.unknown { "\u{FFFD}" } else { &*glyph.text };
        if text.is_empty() {
            continue;
        }
        let angle = angle_of(glyph);
        let turn = frame(angle);
        let (a, b) = (turn * glyph.origin, turn * glyph.end);
        let v = hung(glyph, turn, a.y).unwrap_or(a.y);
        turned.entry(angle).or_default().push(Turned {
            glyph,
            number,
            u0: a.x,
            u1: b.x.max(a.x),
            v,
            level: v,
            text,
        });
    }
    for (angle, glyphs) in &mut turned {
        straighten(*angle, glyphs);
    }
    let mut groups: Vec<(u16, Vec<Turned<'_>>)> = turned.into_iter().collect();
    // The way most of the page runs is read first.
    groups.sort_by_key(|(angle, glyphs)| (std::cmp::Reverse(glyphs.len()), *angle));
    let mut all = Vec::new();
    let (mut line, mut segment) = (0u32, 0u32);
    for (angle, glyphs) in groups {
        let rules: &[Rect] = if angle == 0 { &read.rules } else { &[] };
        let segments = segments(angle, glyphs, (width, height), rules);
        let mut before: Option<(f64, f64)> = None;
        for index in order::reading_order(&segments) {
            let s = &segments[index];
            if let Some((baseline, right)) = before {
                let same = (s.baseline - baseline).abs() < s.em * 0.45 && s.frame.x0 >= right - s.em;
                line += u32::from(!same);
            }
            before = Some((s.baseline, s.frame.x1));
            all.extend(s.words.iter().cloned().map(|w| Word { line, segment, ..w }));
            segment += 1;
        }
        line += 1;
    }
    join_parts(&mut all, read);
    let has_invisible = all.iter().any(|w| w.invisible);
    let pictured = read.pictures.iter().any(|picture| {
        let picture = picture.intersect(Rect::new(0.0, 0.0, f64::from(width), f64::from(height)));
        let large = picture.area() * 8.0 > f64::from(width) * f64::from(height);
        large && !all.iter().any(|w| picture.contains(middle(w.rect)))
    });
    PageWords {
        page,
        width,
        height,
        words: all,
        unreadable,
        recognised,
        glyphs: count,
        outside: read.outside,
        images: read.images,
        undrawn: read.warnings,
        has_invisible,
        pictured,
    }
}

/// Glyphs that are parts of a letter go with its word.
fn join_parts(words: &mut [Word], read: &PageGlyphs) {
    let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (number, glyph) in (0..).zip(&read.glyphs) {
        if let Some(with) = glyph.with {
            parts.entry(with).or_default().push(number);
        }
    }
    if parts.is_empty() {
        return;
    }
    for word in words {
        let more: Vec<u32> = word.glyphs.iter().filter_map(|n| parts.get(n)).flatten().copied().collect();
        word.glyphs.splice(0..0, more);
    }
}

fn angle_of(glyph: &Glyph) -> u16 {
    let run = glyph.end - glyph.origin;
    if glyph.vertical || run.hypot() < 1e-6 {
        return if glyph.vertical { 90 } else { 0 };
    }
    let degrees = run.y.atan2(run.x).to_degrees().round() as i32;
    // A degree or two is a crooked scan, not turned text.
    let degrees = if degrees.rem_euclid(90) <= 2 { degrees - degrees.rem_euclid(90) } else { degrees };
    let degrees = if degrees.rem_euclid(90) >= 88 { degrees + 90 - degrees.rem_euclid(90) } else { degrees };
    degrees.rem_euclid(360) as u16
}

/// The line a sign belongs to that hangs below the one it is set on, as tall brackets, roots and integrals do in TeX:
/// read where it is set it would part a word of the line above.
fn hung(glyph: &Glyph, turn: Affine, v: f64) -> Option<f64> {
    let ink = turn.transform_rect_bbox(glyph.ink.filter(|_| !glyph.vertical)?);
    let on_line = ink.y1.min(v + 0.35 * glyph.em) - ink.y0.max(v - 0.95 * glyph.em);
    let hangs = ink.height() > 0.9 * glyph.em && on_line < 0.5 * ink.height() && ink.y1 > v + glyph.em * 0.35;
    hangs.then(|| ink.center().y + 0.25 * glyph.em)
}

/// Turns the page so that text at `angle` runs to the right.
fn frame(angle: u16) -> Affine {
    Affine::rotate(-f64::from(angle).to_radians())
}

/// Levels the lines of a crooked scan: over the width of a page a line a degree and a half askew falls by as much as lines
/// stand apart, and its end would be read into the next.
fn straighten(angle: u16, glyphs: &mut [Turned<'_>]) {
    let lean = |g: &Turned<'_>| {
        let run = frame(angle) * g.glyph.end - frame(angle) * g.glyph.origin;
        (run.x > 1e-6).then(|| run.y / run.x)
    };
    let mut leans: Vec<f64> = glyphs.iter().filter_map(lean).collect();
    leans.sort_by(f64::total_cmp);
    let Some(lean) = leans.get(leans.len() / 2).copied().filter(|l| l.abs() > 1e-3) else { return };
    for glyph in glyphs {
        glyph.level = glyph.v - glyph.u0 * lean;
    }
}

/// Between two letters of a line that slopes, and in all, in ems.
const SLOPE: (f64, f64) = (0.9, 1.4);

fn segments(angle: u16, mut glyphs: Vec<Turned<'_>>, page: (f32, f32), rules: &[Rect]) -> Vec<Segment> {
    glyphs.sort_by(|a, b| a.level.total_cmp(&b.level));
    let mut lines: Vec<Vec<Turned<'_>>> = Vec::new();
    let (mut start, mut em, mut last, mut slopes) = (f64::NEG_INFINITY, 0.0f64, f64::NEG_INFINITY, false);
    for glyph in glyphs {
        let bigger = em.max(glyph.glyph.em);
        let falls = glyph.level - start;
        // Words of Nastaliq come down onto their line from above, letter by letter.
        let near = if rtl::joined(glyph.text) { SLOPE.0 } else { SLOPE.0 * 0.25 };
        let slope =
            slopes && glyph.level - last <= near * glyph.glyph.em.min(em) && falls <= SLOPE.1 * bigger;
        match lines.last_mut() {
            Some(line) if falls <= 0.45 * bigger || slope => {
                (em, slopes) = (bigger, slopes || rtl::joined(glyph.text) || rtl::sign(glyph.text));
                last = glyph.level;
                line.push(glyph);
            }
            _ => {
                (start, em) = (glyph.level, glyph.glyph.em);
                slopes = rtl::joined(glyph.text) || rtl::sign(glyph.text);
                last = start;
                lines.push(vec![glyph]);
            }
        }
    }
    let mut out = Vec::new();
    for mut line in lines {
        // Stable: glyphs at one place keep the order they were drawn in.
        line.sort_by(|a, b| a.u0.total_cmp(&b.u0));
        if line.iter().any(|g| rtl::joined(g.text)) {
            as_drawn(&mut line);
            signs_to_letters(&mut line);
        }
        cut(angle, &line, page, rules, &mut out);
    }
    out
}

/// Joined letters lie over each other, and over the space before them, so that where each begins does not tell their
/// order. Where they were drawn from left to right (most programs do) the order of drawing does.
fn as_drawn(line: &mut Vec<Turned<'_>>) {
    let by_place: BTreeMap<u32, usize> = line.iter().enumerate().map(|(i, g)| (g.number, i)).collect();
    line.sort_by_key(|g| g.number);
    let steps = || line.windows(2).map(|p| p[1].u0 - p[0].u0);
    let back = |em: f64| steps().filter(|s| *s < -0.02 * em).count();
    let em = line.iter().map(|g| g.glyph.em).fold(0.0, f64::max);
    // Stretches that each go on to the right, in the order they stand in.
    let mut at = 0;
    let mut stretches: Vec<(f64, f64, usize)> = Vec::new();
    for (index, glyph) in line.iter().enumerate() {
        let leaps =
            index == 0 || glyph.u0 < line[index - 1].u0 - em || glyph.u0 > line[index - 1].u1 + 1.5 * em;
        at += usize::from(leaps);
        match stretches.get_mut(at - 1) {
            Some((_, right, _)) => *right = right.max(glyph.u1),
            None => stretches.push((glyph.u0, glyph.u1, index)),
        }
    }
    let firsts: Vec<usize> = stretches.iter().map(|s| s.2).collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let apart = stretches.windows(2).all(|p| p[1].0 > p[0].1 - em);
    if back(em) * 2 > line.len() || !apart {
        line.sort_by_key(|g| by_place.get(&g.number).copied());
        return;
    }
    let place = |index: usize| {
        let first = firsts.iter().rev().find(|f| **f <= index);
        stretches.iter().position(|s| Some(&s.2) == first).unwrap_or(0)
    };
    let mut places: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (index, glyph) in line.iter().enumerate() {
        places.insert(glyph.number, (place(index), index));
    }
    line.sort_by_key(|g| places.get(&g.number).copied());
}

/// Puts vowel signs behind the letters they stand over or under, wherever they were drawn.
fn signs_to_letters(line: &mut Vec<Turned<'_>>) {
    let (signs, letters): (Vec<_>, Vec<_>) =
        std::mem::take(line).into_iter().partition(|g| rtl::sign(g.text));
    let middle = |g: &Turned<'_>| (g.u0 + g.u1) / 2.0;
    let mut over: BTreeMap<usize, Vec<Turned<'_>>> = BTreeMap::new();
    for sign in signs {
        let far = |g: &Turned<'_>| (middle(g) - middle(&sign)).abs();
        let joins = letters.iter().enumerate().filter(|(_, g)| rtl::joined(g.text));
        let nearest = joins.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map_or(0, |(i, _)| i);
        over.entry(nearest).or_default().push(sign);
    }
    for (index, letter) in letters.into_iter().enumerate() {
        line.push(letter);
        line.extend(over.remove(&index).unwrap_or_default());
    }
}

/// Cuts a line into segments and words.
fn cut(angle: u16, line: &[Turned<'_>], page: (f32, f32), rules: &[Rect], out: &mut Vec<Segment>) {
    let spacing = letter_spacing(line);
    let mut words: Vec<Letters<'_, '_>> = Vec::new();
    let mut segment: Vec<Letters<'_, '_>> = Vec::new();
    let mut end: Option<f64> = None;
    let mut broken = false;
    // Joined letters stand apart within words; but programs that set them set spaces.
    let spaces = line.iter().any(|g| g.text.trim().is_empty());
    let joined = |g: &Turned<'_>| spaces && (rtl::joined(g.text) || rtl::sign(g.text));
    for glyph in line {
        if glyph.text.trim().is_empty() {
            broken = true;
            continue;
        }
        let em = glyph.glyph.em;
        let part = if joined(glyph) { 0.5 } else { 0.15 };
        let stays = rtl::sign(glyph.text) && !broken;
        if let Some(before) = end.filter(|_| !stays) {
            let gap = glyph.u0 - before;
            let middle = glyph.v - em * 0.25;
            let walled =
                |r: &Rect| r.x0 >= before - 0.5 && r.x1 <= glyph.u0 + 0.5 && r.y0 < middle && r.y1 > middle;
            if gap > 1.5 * em || (gap > 0.3 * em && rules.iter().any(walled)) {
                segment.append(&mut words);
                finish(angle, &mut segment, page, out);
            } else if broken || gap > spacing + part * em {
                segment.append(&mut words);
            }
        }
        broken = false;
        match words.last_mut() {
            Some(word) if twice(&word.glyphs, glyph) => word.again.push(glyph.number),
            Some(word) => word.glyphs.push(glyph),
            None => words.push(Letters { glyphs: vec![glyph], again: Vec::new() }),
        }
        end = Some(end.map_or(glyph.u1, |e| e.max(glyph.u1)));
    }
    segment.append(&mut words);
    finish(angle, &mut segment, page, out);
}

/// The usual gap between glyphs of a line, when its letters are spaced out; else nothing.
fn letter_spacing(line: &[Turned<'_>]) -> f64 {
    let mut gaps: Vec<f64> = line
        .windows(2)
        .filter(|p| !p[0].text.trim().is_empty() && !p[1].text.trim().is_empty())
        .map(|p| (p[1].u0 - p[0].u1) / p[0].glyph.em.max(0.1))
        .filter(|g| (-0.5..1.0).contains(g))
        .collect();
    if gaps.len() < 4 {
        return 0.0;
    }
    gaps.sort_by(f64::total_cmp);
    let em = line.first().map_or(0.0, |g| g.glyph.em);
    gaps[gaps.len() / 2].max(0.0) * em
}

/// The same glyph drawn again in nearly the same place: bold by drawing twice, or filled then stroked.
fn twice(word: &[&Turned<'_>], glyph: &Turned<'_>) -> bool {
    word.iter().rev().take(3).any(|g| {
        g.text == glyph.text
            && (g.u0 - glyph.u0).abs() < 0.15 * glyph.glyph.em
            && (g.v - glyph.v).abs() < 0.15 * glyph.glyph.em
    })
}

fn finish(angle: u16, words: &mut Vec<Letters<'_, '_>>, page: (f32, f32), out: &mut Vec<Segment>) {
    let mut frame: Option<Rect> = None;
    let mut made = Vec::new();
    let mut vs = Vec::new();
    let mut em = 0.0f64;
    for word in words.drain(..) {
        let Some(first) = word.glyphs.first() else { continue };
        let mut text = String::new();
        let mut area: Option<Rect> = None;
        let mut turned: Option<Rect> = None;
        let (mut invisible, mut covered) = (true, true);
        let mut numbers = word.again;
        let read = rtl::order(word.glyphs.iter().map(|g| g.text));
        let glyphs: Vec<&Turned<'_>> =
            read.map_or_else(|| word.glyphs.clone(), |o| o.into_iter().map(|i| word.glyphs[i]).collect());
        for glyph in glyphs {
            numbers.push(glyph.number);
            text.push_str(glyph.text);
            let rect = glyph_rect(angle, glyph);
            area = Some(area.map_or(rect, |a| a.union(rect)));
            let box_ = Rect::new(
                glyph.u0,
                glyph.level - glyph.glyph.em * 0.75,
                glyph.u1,
                glyph.level + glyph.glyph.em * 0.22,
            );
            turned = Some(turned.map_or(box_, |t| t.union(box_)));
            invisible &= glyph.glyph.invisible;
            covered &= glyph.glyph.covered;
            vs.push(glyph.level);
            em = em.max(glyph.glyph.em);
        }
        let (Some(area), Some(turned)) = (area, turned) else { continue };
        frame = Some(frame.map_or(turned, |f| f.union(turned)));
        let limit = Rect::new(0.0, 0.0, f64::from(page.0), f64::from(page.1));
        let area = area.intersect(limit);
        made.push(Word {
            text: text.trim().to_owned(),
            rect: [area.x0 as f32, area.y0 as f32, area.x1 as f32, area.y1 as f32],
            line: 0,
            invisible,
            covered,
            segment: 0,
            angle,
            em: first.glyph.em as f32,
            baseline: first.v as f32,
            left: area.x0,
            glyphs: numbers,
        });
    }
    if let Some(read) = rtl::order(made.iter().map(|w: &Word| w.text.as_str())) {
        made = read.into_iter().map(|i| made[i].clone()).collect();
    }
    vs.sort_by(f64::total_cmp);
    if let Some(frame) = frame {
        out.push(Segment { words: made, frame, baseline: vs[vs.len() / 2], em });
    }
}

/// The box of a glyph on the page: its advance by a usual height, and its ink.
fn glyph_rect(angle: u16, glyph: &Turned<'_>) -> Rect {
    let em = glyph.glyph.em;
    let back = frame(angle).inverse();
    let corners = if glyph.glyph.vertical {
        [Point::new(glyph.u0, glyph.v - em * 0.5), Point::new(glyph.u1, glyph.v + em * 0.5)]
    } else {
        [Point::new(glyph.u0, glyph.v - em * 0.75), Point::new(glyph.u1, glyph.v + em * 0.22)]
    };
    let advance = back.transform_rect_bbox(Rect::from_points(corners[0], corners[1]));
    // Ink of wild size is a broken outline, not a letter.
    match glyph.glyph.ink.filter(|i| i.width() < em * 4.0 && i.height() < em * 4.0) {
        Some(ink) => advance.union(ink),
        None => advance,
    }
}
