//! Scenes made by hand, so that each holds exactly what is to be shown.

use super::*;
use crate::marks::Placed;
use crate::read::layout::Word;
use crate::scene::{Clip, Glyph, Group, Image, Ink, Mask, Outline, Pixels, Raster, Rule, Run, Stroke};
use hayro::kurbo::{Affine, BezPath, Shape as _};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words nobody sees.
fn of(words: &[bool]) -> Unseen {
    Unseen { words: words.to_vec(), glyphs: BTreeSet::new() }
}

mod cutting;
mod lines;

pub(super) const BLACK: Ink = Ink { rgb: [0, 0, 0], alpha: 1.0 };
pub(super) const PAGE: (f64, f64) = (595.0, 842.0);

/// A page being made.
pub(super) struct Paper {
    pub(super) scene: Scene,
    pub(super) words: PageWords,
    number: u32,
    segment: u32,
    pub(super) mode: Mode,
    /// What is left out between letters: what a typesetter's kerning does.
    pub(super) kern: f64,
}

/// The advance of a letter in thousandths of an em.
pub(super) fn advance(c: char) -> f64 {
    match c {
        'i' | 'l' | 'j' | ',' | '.' | '(' | ')' => 250.0,
        'm' | 'w' | 'W' | 'M' => 850.0,
        c if unicode_normalization::char::is_combining_mark(c) => 0.0,
        _ => 500.0,
    }
}

impl Paper {
    pub(super) fn new() -> Self {
        let words = PageWords {
            page: 1,
            width: PAGE.0 as f32,
            height: PAGE.1 as f32,
            words: Vec::new(),
            unreadable: 0,
            recognised: 0,
            pictured: false,
            glyphs: 0,
            outside: 0,
            images: 0,
            undrawn: 0,
            has_invisible: false,
        };
        let scene = Scene { size: PAGE, items: Vec::new() };
        Self { scene, words, number: 0, segment: 0, mode: Mode::Fill(Rule::NonZero), kern: 0.0 }
    }

    /// Text at a place, its words `gap` points apart; returns where it ends.
    pub(super) fn text(&mut self, x: f64, y: f64, em: f64, text: &str, gap: f64) -> f64 {
        let mut pen = x;
        let mut glyphs = Vec::new();
        for (i, word) in text.split(' ').enumerate() {
            pen += if i > 0 { gap } else { 0.0 };
            let from = pen;
            let first = self.number;
            for said in letters(word) {
                let wide: f64 = advance(said.chars().next().unwrap_or(' '));
                let ink = match wide {
                    // Set on the letter before it.
                    0.0 => hayro::kurbo::Rect::new(-400.0, 710.0, -100.0, 760.0),
                    wide => hayro::kurbo::Rect::new(20.0, -10.0, wide - 20.0, 700.0),
                };
                let place = Affine::new([em / 1000.0, 0.0, 0.0, -em / 1000.0, pen, y]);
                let key = u128::from(said.chars().next().unwrap_or(' ') as u32);
                glyphs.push(Glyph {
                    outline: Arc::new(Outline { path: ink.to_path(0.1), bounds: Some(ink), key }),
                    text: said.into(),
                    place,
                    advance: wide,
                    vertical: false,
                    number: self.number,
                    word: NONE,
                    block: NONE,
                });
                self.number += 1;
                pen += wide * em / 1000.0 - if wide > 0.0 { self.kern } else { 0.0 };
            }
            let rect = [from, y - 0.75 * em, pen, y + 0.22 * em].map(|v| v as f32);
            self.words.words.push(Word {
                text: word.to_owned(),
                rect,
                line: self.segment,
                invisible: self.mode != Mode::Fill(Rule::NonZero),
                covered: false,
                segment: self.segment,
                angle: 0,
                em: em as f32,
                baseline: y as f32,
                left: from,
                glyphs: (first..self.number).collect(),
            });
        }
        self.segment += 1;
        self.scene.items.push(Item::Glyphs(Run { ink: BLACK, mode: self.mode.clone(), glyphs }));
        pen
    }

    pub(super) fn shape(&mut self, path: BezPath, mode: Mode) {
        let shape = crate::scene::Shape { path, place: Affine::IDENTITY, ink: BLACK, mode };
        self.scene.items.push(Item::Path(shape));
    }

    pub(super) fn rect(&mut self, r: [f64; 4]) {
        self.shape(hayro::kurbo::Rect::new(r[0], r[1], r[2], r[3]).to_path(0.1), Mode::Fill(Rule::NonZero));
    }

    pub(super) fn place_of(&self, text: &str) -> Vec<u32> {
        let words = (0u32..).zip(&self.words.words);
        words.filter(|(_, w)| w.text.contains(text)).map(|(i, _)| i).collect()
    }

    /// A mark on every place where `name` stands; of words that hold more, only the name.
    pub(super) fn mark(&self, name: &str) -> Placed {
        let mut parts = Vec::new();
        for part in name.split(' ') {
            for word in self.place_of(part) {
                let text = &self.words.words[word as usize].text;
                let at = text.find(part).unwrap_or(0);
                let from = text[..at].chars().count() as u32;
                parts.push((word, from..from + part.chars().count() as u32));
            }
        }
        parts.sort_by_key(|(w, _)| *w);
        let words: Vec<u32> = parts.iter().map(|(w, _)| *w).collect();
        let rects = words.iter().map(|w| self.words.words[*w as usize].rect).collect();
        Placed { mark: 1, page: 1, rects, words, parts, code: "3P".into(), shape: Shape::Words }
    }

    pub(super) fn take(&self, marks: &[&Placed], widths: Widths) -> Taken {
        let options = Options { widths, ..Options::default() };
        take(self.scene.clone(), &self.words, marks, &options, &Unseen::default())
    }
}

/// A word as its glyphs: `fi` is one.
fn letters(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in word.chars() {
        match out.last_mut() {
            Some(last) if last == "f" && c == 'i' => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}

pub(super) fn area(rect: [f32; 4]) -> Placed {
    let code = "LPP".into();
    Placed { mark: 2, page: 1, rects: vec![rect], words: vec![], parts: vec![], code, shape: Shape::Area }
}

/// What a scene says, words apart.
pub(super) fn says(scene: &Scene) -> String {
    let mut out = String::new();
    let mut word = None;
    for item in &scene.items {
        let Item::Glyphs(run) = item else { continue };
        for glyph in &run.glyphs {
            if word.is_some_and(|w| w != glyph.word) {
                out.push(' ');
            }
            word = Some(glyph.word);
            out.push_str(&glyph.text);
        }
    }
    out
}

/// All a file could be written from: equal dumps, equal files.
pub(super) fn dump(taken: &Taken) -> String {
    let mut scene = taken.scene.clone();
    for item in &mut scene.items {
        if let Item::Glyphs(run) = item {
            run.glyphs.iter_mut().for_each(|g| g.number = 0);
        }
    }
    format!("{scene:#?}\n{:#?}", taken.boxes)
}

#[test]
fn the_glyphs_of_a_match_go_and_no_others() {
    let table: [(&str, &str, &str, &str); 7] = [
        ("see Whitlock, today", "Whitlock", "see , today", "a comma after a name is no part of it"),
        ("see (Whitlock) today", "Whitlock", "see ( ) today", "nor are brackets around it"),
        ("see Whitlock today", "Whitlock", "see today", "a whole word"),
        ("see Whitlock today", "Whit", "see lock today", "only what was marked, where a mark says so"),
        ("see office today", "off", "see ce today", "a ligature that is hit goes whole"),
        ("see Zoe\u{308}l today", "Zoe", "see l today", "the dots go with the letter they stand on"),
        ("see Whitlock's dog", "Whitlock", "see 's dog", "what follows an apostrophe stays"),
    ];
    for (line, name, left, why) in table {
        for widths in [Widths::Hidden, Widths::AsDrawn] {
            let mut paper = Paper::new();
            paper.text(72.0, 100.0, 11.0, line, 3.0);
            let taken = paper.take(&[&paper.mark(name)], widths);
            assert_eq!(says(&taken.scene), left, "{why} ({widths:?})");
            assert_eq!(taken.boxes.len(), 1, "{why}");
            assert!(taken.removed.iter().all(|r| !r.is_empty()), "{why}");
            let cut = !line.split(' ').any(|w| w == name);
            assert_eq!(taken.cut.len(), usize::from(cut), "{why}: words cut are told");
        }
    }
}

#[test]
fn an_area_takes_what_it_meets() {
    let mut paper = Paper::new();
    let end = paper.text(72.0, 100.0, 10.0, "seven oaks", 3.0);
    paper.text(72.0, 300.0, 10.0, "elsewhere", 3.0);
    // The first two letters of `seven`.
    let two = paper.take(&[&area([72.0, 90.0, 81.5, 103.0])], Widths::AsDrawn);
    assert_eq!(says(&two.scene), "ven oaks elsewhere", "two of five letters: the rest of the word stays");
    assert_eq!(two.cut, [("seven".to_owned(), "ven".to_owned())]);
    let three = paper.take(&[&area([72.0, 90.0, 86.0, 103.0])], Widths::AsDrawn);
    assert_eq!(says(&three.scene), "oaks elsewhere", "three of five: the rest would name it");
    // A sliver of the last letter, less than a tenth of it.
    let sliver = paper.take(&[&area([end as f32 - 0.3, 90.0, 200.0, 103.0])], Widths::AsDrawn);
    assert_eq!(says(&sliver.scene), "seven oaks elsewhere", "less than a tenth of a letter");
    let blank = paper.take(&[&area([300.0, 500.0, 400.0, 600.0])], Widths::Hidden);
    assert_eq!(blank.boxes[0].rect, [300.0, 500.0, 400.0, 600.0], "a box on nothing is as it was drawn");
    let mark = Placed { shape: Shape::Page, ..area([0.0, 0.0, 595.0, 842.0]) };
    let whole = paper.take(&[&mark], Widths::Hidden);
    assert!(whole.scene.items.is_empty(), "a whole page has nothing on it");
    assert_eq!(whole.removed.len(), 3);
}

#[test]
fn what_nobody_sees_is_not_carried() {
    let picture = Raster {
        width: 2,
        height: 2,
        pixels: Pixels::Grey(Arc::new(vec![255; 4])),
        alpha: None,
        smooth: false,
        key: 1,
        origin: crate::scene::Origin::Picture,
    };
    let scan = Image { raster: Arc::new(picture), place: Affine::new([595.0, 0.0, 0.0, 400.0, 0.0, 0.0]) };
    let mut paper = Paper::new();
    paper.scene.items.push(Item::Image(scan));
    paper.mode = Mode::Invisible;
    paper.text(72.0, 100.0, 10.0, "layer", 3.0);
    paper.text(72.0, 600.0, 10.0, "secret", 3.0);
    paper.mode = Mode::Fill(Rule::NonZero);
    paper.text(72.0, 700.0, 10.0, "white ink", 3.0);
    let taken =
        take(paper.scene.clone(), &paper.words, &[], &Options::default(), &of(&[false, false, true, false]));
    assert_eq!(says(&taken.scene), "layer ink", "text over its picture stays, hidden text goes");
    assert_eq!(taken.hidden, 2, "and is counted");
    assert!(taken.removed.is_empty(), "nobody marked it");
    let none = take(paper.scene.clone(), &paper.words, &[], &Options::default(), &of(&[true; 4]));
    assert_eq!(says(&none.scene), "", "nor is a layer that says what its picture does not show");
}

#[test]
fn a_letter_drawn_twice_goes_twice() {
    let mut paper = Paper::new();
    paper.text(72.0, 100.0, 10.0, "see Whitlock today", 3.0);
    let Some(Item::Glyphs(run)) = paper.scene.items.first().cloned() else { unreachable!() };
    let mut again = run.clone();
    for glyph in &mut again.glyphs {
        glyph.place = Affine::translate((0.3, 0.0)) * glyph.place;
        glyph.number += 100;
    }
    paper.scene.items.push(Item::Glyphs(again));
    let mut outline = run;
    outline.mode =
        Mode::Stroke(Stroke { width: 10.0, cap: 0, join: 0, miter: 10.0, dashes: vec![], offset: 0.0 });
    paper.scene.items.push(Item::Glyphs(outline));
    for widths in [Widths::Hidden, Widths::AsDrawn] {
        let taken = paper.take(&[&paper.mark("Whitlock")], widths);
        assert_eq!(says(&taken.scene), "see today see today see today", "bold by drawing twice ({widths:?})");
    }
}

#[test]
fn paragraphs_are_found() {
    let mut paper = Paper::new();
    for (y, x, line) in [
        (100.0, 72.0, "one two three"),
        (114.0, 72.0, "four five six"),
        (128.0, 72.0, "seven"),
        (160.0, 72.0, "a new one"),
        (174.0, 72.0, "goes on"),
        (200.0, 300.0, "elsewhere"),
    ] {
        paper.text(x, y, 11.0, line, 3.0);
    }
    for marks in [vec![], vec![paper.mark("five")]] {
        let marks: Vec<&Placed> = marks.iter().collect();
        let taken = paper.take(&marks, Widths::Hidden);
        let mut blocks: Vec<u32> = Vec::new();
        for item in &taken.scene.items {
            let Item::Glyphs(run) = item else { continue };
            blocks.extend(run.glyphs.iter().map(|g| g.block));
        }
        blocks.dedup();
        assert_eq!(blocks, [0, 1, 2], "close lines of one left edge are a paragraph");
    }
}

#[test]
fn a_box_as_drawn_tells_how_much_it_tells() {
    let mut paper = Paper::new();
    paper.text(72.0, 100.0, 11.0, "see Whitlock today about the fence, which leans", 3.0);
    let taken = paper.take(&[&paper.mark("Whitlock")], Widths::AsDrawn);
    let fits = taken.fitting[0].unwrap_or(0);
    assert!(fits > 0 && u64::from(fits) < guess::NAMES as u64 / 5, "a width names a few of 3,000: {fits}");
    assert!(paper.take(&[&paper.mark("Whitlock")], Widths::Hidden).fitting.is_empty(), "a hidden one none");
    let every = |_: char| 0.0;
    assert_eq!(guessability(0.0, 1, &every), guess::NAMES as u32, "where all letters are alike, all fit");
    assert_eq!(guessability(900.0, 2, &|_| 5.0), 0, "no name is as wide as a page");
}
