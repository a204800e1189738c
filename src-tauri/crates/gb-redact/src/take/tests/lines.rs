//! Lines set again.

use super::*;

const NAMES: [&str; 6] = ["Al", "Whitlock", "Il", "Mwwmmwwm", "gjpqy", "Featherstonehaughton"];

/// The pages of a letter that differ in the name only, and how one is set.
fn letters(set: &dyn Fn(&mut Paper, &str)) -> Vec<Taken> {
    let made = |name: &&str| {
        let mut paper = Paper::new();
        set(&mut paper, name);
        paper.take(&[&paper.mark(name)], Widths::Hidden)
    };
    NAMES.iter().map(made).collect()
}

fn same(why: &str, set: &dyn Fn(&mut Paper, &str)) -> Taken {
    let mut all = letters(set);
    let first = dump(&all[0]);
    for (name, taken) in NAMES.iter().zip(&all) {
        let other = dump(taken);
        let differs = first.lines().zip(other.lines()).find(|(a, b)| a != b);
        assert!(first == other, "{why}: “{name}” leaves a trace: {differs:?}");
    }
    let taken = all.remove(0);
    assert_eq!(taken.boxes.len(), 1, "{why}: one box");
    taken
}

fn around(paper: &mut Paper) {
    paper.text(72.0, 100.0, 11.0, "Dear Ms Okafor,", 3.0);
    paper.text(72.0, 160.0, 11.0, "The repairs team will call on Tuesday and look at it again", 3.0);
}

#[test]
fn names_of_any_width_leave_the_same_page() {
    let start = same("at the beginning of a line", &|p, name| {
        around(p);
        p.text(72.0, 130.0, 11.0, &format!("{name} called about the noise"), 3.0);
    });
    assert_eq!(start.boxes[0].rect[0], 72.0, "where the line begins");
    assert!(!start.grown);
    same("in the middle", &|p, name| {
        around(p);
        p.text(72.0, 130.0, 11.0, &format!("we met {name}, who called"), 3.0);
    });
    same("at the end", &|p, name| {
        around(p);
        p.text(72.0, 130.0, 11.0, &format!("the noise was heard by {name}"), 3.0);
    });
    same("alone on the page", &|p, name| {
        p.text(72.0, 130.0, 11.0, &format!("the noise was heard by {name}"), 3.0);
    });
    same("two words, or one", &|p, name| {
        around(p);
        let both = if name.len() > 4 {
            format!("we met {name} {name} today")
        } else {
            format!("we met {name} today")
        };
        p.text(72.0, 130.0, 11.0, &both, 3.0);
    });
    same("kerned, the kerning ends in the name", &|p, name| {
        around(p);
        p.kern = 0.013 * name.len() as f64;
        p.text(72.0, 130.0, 11.0, &format!("we met {name} who called"), 3.0);
    });
    same("justified: the gaps share out what the name leaves", &|p, name| {
        around(p);
        let text = format!("we met {name} who called today");
        let wide: f64 = text.chars().filter(|c| *c != ' ').map(|c| advance(c) * 0.011).sum();
        let gap = (330.0 - wide) / 5.0;
        p.text(72.0, 130.0, 11.0, &text, gap);
    });
    same("set to the right, where others end", &|p, name| {
        around(p);
        let text = format!("from {name}");
        for (y, line) in [(130.0, "12 High Street"), (145.0, "Llandrindod"), (220.0, text.as_str())] {
            let wide: f64 = line.chars().filter(|c| *c != ' ').map(|c| advance(c) * 0.011).sum();
            let gaps = 3.0 * line.matches(' ').count() as f64;
            p.text(500.0 - wide - gaps, y, 11.0, line, 3.0);
        }
    });
    same("in the middle of the page", &|p, name| {
        around(p);
        let wide: f64 = name.chars().map(|c| advance(c) * 0.011).sum();
        p.text(297.5 - wide / 2.0, 220.0, 11.0, name, 3.0);
    });
    same("in a word's own run of glyphs", &|p, name| {
        around(p);
        p.text(72.0, 130.0, 11.0, &format!("we met {name} who called"), 3.0);
        let Some(Item::Glyphs(run)) = p.scene.items.pop() else { unreachable!() };
        // A show operator for every few letters, as kerning has it.
        for glyphs in run.glyphs.chunks(3) {
            p.scene.items.push(Item::Glyphs(Run { glyphs: glyphs.to_vec(), ..run.clone() }));
        }
    });
}

#[test]
fn a_line_without_room_gives_its_end_to_the_box() {
    let cell = same("in a narrow cell of a table", &|p, name| {
        around(p);
        // Cells 150 points wide; the name fills up to 130 of them.
        for x in [72.0, 222.0, 372.0] {
            p.rect([x - 4.0, 200.0, x - 3.5, 240.0]);
        }
        p.text(72.0, 220.0, 11.0, "Name", 3.0);
        p.text(222.0, 220.0, 11.0, name, 3.0);
        p.text(372.0, 220.0, 11.0, "12 March", 3.0);
        p.text(222.0, 260.0, 11.0, "Flat 2", 3.0);
    });
    assert!(cell.boxes[0].rect[2] < 368.0, "it stays in its cell");
    let tight = same("where the next cell is near", &|p, name| {
        around(p);
        p.text(72.0, 220.0, 6.0, &format!("by {name}"), 2.0);
        p.text(72.0, 240.0, 6.0, "by", 2.0);
        let wall = 72.0 + 6.0 + 2.0 + 12.0;
        // A wall closer than a box is wide; long names are set in smaller type to fit.
        let _ = wall;
        p.rect([170.0, 200.0, 170.5, 250.0]);
        p.text(175.0, 220.0, 6.0, "next", 2.0);
        p.text(175.0, 240.0, 6.0, "under", 2.0);
    });
    assert!(tight.boxes[0].rect[2] <= 170.0, "not through the wall");
    let long = "and then they went on and on about it for so long that nothing else was heard of the fence or of the dog";
    let full = same("a line that fills the page", &|p, name| {
        around(p);
        p.text(72.0, 220.0, 11.0, &format!("we met {name} {long}"), 1.0);
    });
    assert!(full.grown && full.swallowed > 0, "the rest of the line goes under the box, and that is told");
    assert!(says(&full.scene).contains("we met"), "what stands before stays");
}

#[test]
fn underlines_and_markings_move_with_their_words() {
    let under = same("underlined alone", &|p, name| {
        around(p);
        let from = 72.0 + 5.0 * 0.0;
        let end = p.text(from, 130.0, 11.0, &format!("to {name} today"), 3.0);
        let today: f64 = "today".chars().map(|c| advance(c) * 0.011).sum();
        let to: f64 = "to".chars().map(|c| advance(c) * 0.011).sum();
        p.rect([72.0 + to + 3.0, 131.2, end - today - 3.0, 131.8]);
    });
    let paths = |t: &Taken| t.scene.items.iter().filter(|i| matches!(i, Item::Path(_))).count();
    assert_eq!(paths(&under), 0, "the line under a name goes with it");
    let whole = same("a heading underlined", &|p, name| {
        around(p);
        let end = p.text(72.0, 130.0, 11.0, &format!("About {name} today"), 3.0);
        p.rect([72.0, 131.2, end, 131.8]);
    });
    assert!(paths(&whole) == 1, "the line under a heading is as long as the heading is now");
    let form = same("the rule of a form", &|p, name| {
        around(p);
        p.text(72.0, 130.0, 11.0, &format!("Name: {name}"), 3.0);
        p.rect([100.0, 131.2, 400.0, 131.7]);
    });
    assert!(!form.grown && paths(&form) == 1, "a rule that is there for any name stays");
}

#[test]
fn what_cannot_be_set_again_is_boxed_where_it_stands() {
    let mut paper = Paper::new();
    around(&mut paper);
    paper.mode = Mode::Invisible;
    let picture = Raster {
        width: 1,
        height: 1,
        pixels: Pixels::Grey(Arc::new(vec![90])),
        alpha: None,
        smooth: false,
        key: 1,
        origin: crate::scene::Origin::Picture,
    };
    let place = Affine::new([595.0, 0.0, 0.0, 842.0, 0.0, 0.0]);
    paper.scene.items.push(Item::Image(Image { raster: Arc::new(picture), place }));
    paper.text(72.0, 220.0, 11.0, "we met Whitlock in the office today", 3.0);
    let taken = paper.take(&[&paper.mark("Whitlock")], Widths::Hidden);
    let [x0, _, x1, _] = taken.boxes[0].rect;
    assert!(taken.grown, "the words of a scan stay where its pixels are");
    assert!(x0 <= 100.0 && x1 >= 145.0, "the name is under the box: {x0} {x1}");
    let says = says(&taken.scene);
    assert!(says.ends_with("today") && !says.contains("Whitlock"), "{says}");
    let words: usize = taken.removed.len();
    assert_eq!(words as u32, taken.swallowed + 1, "what the box grew over is counted");
}

#[test]
fn boxes_that_meet_are_one_and_codes_keep_together() {
    let mut paper = Paper::new();
    around(&mut paper);
    paper.text(72.0, 130.0, 11.0, "we met Dana Whitlock and Al Li today", 3.0);
    let (a, mut b) = (paper.mark("Dana"), paper.mark("Whitlock"));
    b.code = "LPP".into();
    let taken = paper.take(&[&a, &b, &paper.mark("Al Li")], Widths::Hidden);
    assert_eq!(taken.boxes.len(), 2, "two names, two boxes");
    assert_eq!(taken.boxes[0].codes, ["3P", "LPP"], "one box of two codes");
    let wide = |i: usize| taken.boxes[i].rect[2] - taken.boxes[i].rect[0];
    assert!(wide(0) > wide(1), "as wide as its codes");
    assert_eq!(
        says(&taken.scene),
        "Dear Ms Okafor, The repairs team will call on Tuesday and look at it again we met and today"
    );
}

#[test]
fn breaks_of_lines_are_told() {
    let mut paper = Paper::new();
    paper.text(72.0, 100.0, 11.0, "they had a long talk with Whitlock", 3.0);
    paper.text(72.0, 114.0, 11.0, "about the noise and the fence and", 3.0);
    paper.text(72.0, 128.0, 11.0, "the dog", 3.0);
    let taken = paper.take(&[&paper.mark("Whitlock")], Widths::Hidden);
    assert_eq!(taken.told.len(), 1, "a name at the end of a line of a paragraph");
    assert!(!taken.told[0].contains("Whitlock"), "told without the name");
    assert!(paper.take(&[&paper.mark("noise")], Widths::Hidden).told.is_empty(), "one inside a line is not");
}

/// A rectangle drawn by hand around words of one line is a mark of these words.
#[test]
fn an_area_around_a_name_is_no_measure_of_it() {
    let made = |name: &str| {
        let mut paper = Paper::new();
        around(&mut paper);
        paper.text(72.0, 130.0, 11.0, &format!("we met {name} who called"), 3.0);
        let place = paper.place_of(name)[0];
        let r = paper.words.words[place as usize].rect;
        let drawn = area([r[0] - 1.0, r[1] - 2.0, r[2] + 0.4, r[3] + 1.0]);
        dump(&paper.take(&[&Placed { words: vec![place], ..drawn }], Widths::Hidden))
    };
    for name in NAMES {
        assert!(made(name) == made("Whitlock"), "the same box whatever it was drawn around: “{name}”");
    }
}

/// Letters that are drawings: their glyphs only say what shapes beside them show.
#[test]
fn shapes_that_show_a_word_go_with_it() {
    for widths in [Widths::Hidden, Widths::AsDrawn] {
        let mut paper = Paper::new();
        around(&mut paper);
        paper.mode = Mode::Shown;
        paper.text(72.0, 220.0, 11.0, "we met Whitlock today", 3.0);
        let glyphs = match paper.scene.items.last() {
            Some(Item::Glyphs(run)) => run.glyphs.clone(),
            _ => unreachable!("text was set"),
        };
        for glyph in &glyphs {
            paper.shape(glyph.place * glyph.outline.path.clone(), Mode::Fill(Rule::NonZero));
        }
        let taken = paper.take(&[&paper.mark("Whitlock")], widths);
        let boxed = frame::wide(taken.boxes[0].rect);
        for item in &taken.scene.items {
            if let Item::Path(shape) = item {
                let bounds = shape.path.bounding_box();
                assert!(
                    !frame::meet(bounds, boxed.inset(0.001)),
                    "{widths:?}: a shape under the box: {bounds:?}"
                );
            }
        }
        let r = paper.words.words[paper.place_of("Whitlock")[0] as usize].rect;
        assert!(frame::holds(boxed, frame::wide(r).inset(0.1)), "{widths:?}: the box lies on the word");
    }
}

#[test]
fn what_a_line_is_held_by() {
    let held = |others: &[(f64, f64)], own: (f64, f64)| {
        let mut paper = Paper::new();
        for (i, (from, to)) in others.iter().chain([&own]).enumerate() {
            paper.text(*from, 100.0 + 14.0 * i as f64, 10.0, "a", to - from);
        }
        let by_number = seats::words_by_number(&paper.words);
        let seats = Seats::new(&paper.scene, &paper.words, &by_number);
        let none = vec![false; paper.words.words.len()];
        let things = strip::Things::new(&paper.scene);
        let choice = choose::choose(&seats, &paper.words, &[], &things, true);
        let mut lines = crate::take::lines::lines(&seats, &paper.words, &choice, &none);
        for (line, u) in lines.iter_mut().zip(others.iter().chain([&own])) {
            line.u = *u;
        }
        set::anchor(&lines[others.len()], &lines, (0.0, 595.0))
    };
    use set::Anchor::{Centre, Left, Right};
    let full = (72.0, 520.0);
    type Case<'c> = (&'c [(f64, f64)], (f64, f64), set::Anchor, &'c str);
    let table: [Case<'_>; 9] = [
        (&[], (72.0, 300.0), Left(72.0), "alone"),
        (&[full, full], (72.0, 300.0), Left(72.0), "the last line of a paragraph"),
        (&[full, full, (72.0, 200.0)], full, Left(72.0), "a full line of one"),
        (&[full, full, (72.0, 200.0)], (90.0, 520.0), Left(90.0), "its indented first line"),
        (
            &[full, (400.0, 500.0), (420.0, 500.0)],
            (380.0, 500.0),
            Right(500.0),
            "an address set to the right",
        ),
        (
            &[full, (400.0, 500.0), (420.0, 500.0)],
            (400.0, 500.0),
            Right(500.0),
            "as wide as its neighbour by chance",
        ),
        (&[full, (300.0, 420.0), (300.0, 380.0)], (300.0, 350.0), Left(300.0), "a cell of a column"),
        (&[full, full], (250.0, 345.0), Centre(297.5), "a heading in the middle of the page"),
        (&[full, full], (200.3, 300.0), Left(192.0), "held by nothing: on a coarse grid"),
    ];
    for (others, own, anchor, why) in table {
        assert_eq!(held(others, own), anchor, "{why}");
    }
}
