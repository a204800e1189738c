//! How well the width of a box names what it covers.
//!
//! A box drawn as wide as a name is a measure of the name (Bland, Iyer, Levchenko, PETS 2023). The figure given is
//! how many names of a list would fill the box to within half a point: of 3,000 invented names, put together from
//! syllables here, so that nobody's name is in it.

use super::lines::{Line, turned_step};
use super::plan::Plan;
use super::seats::Seats;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Names on each list.
pub(crate) const NAMES: usize = 3000;
/// How far off a name may be and still be taken to fit, in points: what a rounding of places can hide.
const FIT: f64 = 0.5;

const FIRST: [&str; 24] = [
    "Al", "Bren", "Cor", "Dan", "El", "Fre", "Gil", "Hal", "I", "Jo", "Kar", "Lin", "Mar", "Nor", "O", "Per",
    "Quin", "Ro", "Sta", "Tam", "U", "Vi", "Wil", "Ya",
];
const SECOND: [&str; 15] =
    ["a", "bert", "cy", "dria", "el", "fa", "i", "ka", "la", "mon", "na", "ric", "sha", "ton", "vin"];
const START: [&str; 30] = [
    "Ab", "Bar", "Bex", "Cal", "Crom", "Dal", "Dun", "Eck", "Farn", "Fitz", "Gar", "Grim", "Hath", "Hol",
    "Il", "Jarr", "Kel", "Lang", "Mill", "Mor", "Nett", "Ock", "Pen", "Rad", "Sto", "Thorn", "Up", "Vel",
    "Whit", "Yar",
];
const MIDDLE: [&str; 12] = ["", "", "en", "er", "ing", "is", "o", "le", "ma", "stra", "ver", "wi"];
const END: [&str; 20] = [
    "by", "combe", "dale", "der", "ell", "field", "ford", "gate", "ham", "ick", "ley", "lin", "lock", "man",
    "mere", "s", "ski", "son", "ton", "worth",
];

/// The list of names of one class: of so many words, the last a surname. Always the same.
fn names(words: usize) -> &'static [String] {
    static LISTS: [OnceLock<Vec<String>>; 3] = [const { OnceLock::new() }; 3];
    let class = words.clamp(1, 3);
    LISTS[class - 1].get_or_init(|| {
        let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut pick = |count: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % count
        };
        let mut seen = std::collections::HashSet::new();
        let mut out = Vec::with_capacity(NAMES);
        while out.len() < NAMES {
            let mut name = String::new();
            for _ in 1..class {
                name.push_str(FIRST[pick(FIRST.len())]);
                name.push_str(SECOND[pick(SECOND.len())]);
                name.push(' ');
            }
            name.push_str(START[pick(START.len())]);
            name.push_str(MIDDLE[pick(MIDDLE.len())]);
            name.push_str(END[pick(END.len())]);
            if seen.insert(name.clone()) {
                out.push(name);
            }
        }
        out
    })
}

/// How many of 3,000 invented names of `words` words would be `width` points wide to within half a point, where
/// `advance` gives the width of a letter in points.
pub(crate) fn guessability(width: f64, words: usize, advance: &dyn Fn(char) -> f64) -> u32 {
    let known: HashMap<char, f64> = names(words)
        .iter()
        .flat_map(|n| n.chars())
        .collect::<std::collections::HashSet<char>>()
        .into_iter()
        .map(|c| (c, advance(c)))
        .collect();
    let fits = |name: &&String| {
        let wide: f64 = name.chars().map(|c| known.get(&c).copied().unwrap_or(0.0)).sum();
        (wide - width).abs() <= FIT
    };
    names(words).iter().filter(fits).count() as u32
}

/// The figure for each box of a page whose boxes keep the width of what they cover; nothing for a box that is not
/// over a run of words.
pub(super) fn fitting(seats: &Seats, lines: &[Line], gone: &[bool], plan: &Plan) -> Vec<Option<u32>> {
    plan.boxes
        .iter()
        .map(|b| {
            let here = |l: &&Line| {
                l.marked && {
                    let rect = l.turn.inverse().transform_rect_bbox(hayro::kurbo::Rect::new(
                        l.u.0,
                        l.rows().0,
                        l.u.1,
                        l.rows().1,
                    ));
                    super::frame::meet(rect, b.rect)
                }
            };
            let line = lines.iter().find(here)?;
            let inside = line.turn.transform_rect_bbox(b.rect);
            let pieces = line.pieces.iter().filter(|p| p.gone && p.u.0 < inside.x1 && p.u.1 > inside.x0);
            let (mut count, mut u) = (0, (f64::MAX, f64::MIN));
            for piece in pieces {
                count += 1;
                u = (u.0.min(piece.u.0), u.1.max(piece.u.1));
            }
            (count > 0).then(|| guessability(u.1 - u.0, count, &face(seats, line, gone)))
        })
        .collect()
}

/// The widths of letters in the face of a line: of the letters that are left, first of the line itself, then of the
/// page's others of its size; for a letter that is not there the usual width.
fn face(seats: &Seats, line: &Line, gone: &[bool]) -> impl Fn(char) -> f64 + use<> {
    let mut known: HashMap<char, f64> = HashMap::new();
    let own = line.pieces.iter().flat_map(|p| p.seats.iter().copied());
    for index in own.chain(0..seats.all.len() as u32) {
        let seat = &seats.all[index as usize];
        let mut said = seat.text.chars();
        if let (Some(c), None, false) = (said.next(), said.next(), gone[index as usize])
            && (seat.em - line.em).abs() < 0.01 * line.em
        {
            known.entry(c).or_insert(turned_step(line.turn, seat.step).0);
        }
    }
    let em = line.em;
    move |c| known.get(&c).copied().unwrap_or_else(|| usual(c) * em)
}

/// The width of a letter in a common sans serif face, in ems, to a twentieth or so.
fn usual(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' => 0.22,
        'f' | 't' | 'I' | ' ' | '.' | ',' => 0.28,
        'r' | '-' => 0.33,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.5,
        'm' | 'M' => 0.83,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 0.72,
        'G' | 'O' | 'Q' => 0.78,
        'W' => 0.94,
        c if c.is_uppercase() => 0.66,
        _ => 0.556,
    }
}
