//! Reads what a finished page draws by its own small interpreter: where each glyph is, what lies under
//! the boxes, which pictures are shown where. It is not the reader of sources.

use super::fonts::Font;
use super::kinds::Role;
use super::strict::Strange;
use super::structure::Parts;
use super::tokens::{Piece, Tokens};
use crate::Limits;
use crate::raw::{Dict, Obj};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// From one frame to another: `x' = a x + c y + e`, `y' = b x + d y + f`.
pub(super) type Matrix = [f64; 6];

/// First `m`, then `n`.
fn then(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

pub(super) fn apply(m: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// A glyph shown, in points from the top left of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) font: u32,
    pub(super) glyph: u16,
    pub(super) origin: (f64, f64),
    /// Where the next glyph would begin.
    pub(super) end: (f64, f64),
    /// The middle of its ink, or of its advance if it has none.
    pub(super) centre: (f64, f64),
    /// Left, top, right, bottom of its ink; of no size at the middle if it has none.
    pub(super) ink: [f64; 4],
    /// Height of the em in points.
    pub(super) em: f64,
    pub(super) invisible: bool,
    /// All of its ink lies outside the page or what clips it.
    pub(super) outside: bool,
}

/// A picture drawn, from its unit square (y up) to points of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pictured {
    pub(super) object: u32,
    pub(super) place: Matrix,
    /// Drawn by the page itself, under no mask and in no group.
    pub(super) plain: bool,
}

/// What a page draws.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Shown>,
    pub(super) pictures: Vec<Pictured>,
    /// Objects that are drawn: forms and pictures.
    pub(super) used: BTreeSet<u32>,
    /// Boxes that were found filled.
    pub(super) filled: Vec<bool>,
    /// A shape lies inside a box.
    pub(super) under: bool,
    /// Shapes painted, the boxes and their labels left out.
    pub(super) shapes: u64,
}

/// The streams of content, kept inflated while they are likely to be drawn again.
pub(super) struct Reader<'r, 'f, 'a> {
    pub(super) parts: &'r Parts<'f, 'a>,
    pub(super) fonts: &'r BTreeMap<u32, Font>,
    pub(super) limits: &'r Limits,
    /// Is given each stream of content once, inflated.
    pub(super) see: &'r dyn Fn(u32, &[u8]),
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    clip: [f64; 4],
    black: bool,
    opaque: bool,
    font: u32,
    size: f64,
    stretch: f64,
    spacing: f64,
    mode: f64,
}

/// A page's boxes and their labels, in points.
pub(super) type Boxes = [([f32; 4], Option<[f32; 4]>)];

struct Run<'r, 'f, 'a> {
    reader: &'r Reader<'r, 'f, 'a>,
    boxes: &'r Boxes,
    out: Drawn,
    /// Forms already read as masks on this page.
    masks: HashSet<u32>,
    streams: HashMap<u32, std::rc::Rc<Vec<u8>>>,
    operators: u64,
}

const DEEPEST: u32 = 28;
/// Operators a page may run, its forms counted each time they are drawn.
const MOST: u64 = 30_000_000;
/// Points a shape may reach into a box: curves are cut on a grid.
const INSET: f64 = 0.75;

/// Why a page's content was refused.
pub(super) enum Refused {
    Strange,
    Missing,
}

impl From<Strange> for Refused {
    fn from(_: Strange) -> Self {
        Self::Strange
    }
}

impl Reader<'_, '_, '_> {
    /// Reads a page. Nothing of a page of ours is skipped: what is not understood is refused.
    pub(super) fn page(&self, number: u32, boxes: &Boxes) -> Result<Drawn, Refused> {
        let dict = self.parts.dict(number).ok_or(Refused::Missing)?;
        let area = dict.get(b"MediaBox").and_then(Obj::array).ok_or(Refused::Missing)?;
        let [x0, y0, x1, y1] = area.iter().filter_map(Obj::num).collect::<Vec<_>>()[..] else {
            return Err(Refused::Missing);
        };
        let contents = dict.get(b"Contents").and_then(Obj::reference).ok_or(Refused::Missing)?;
        let page = [0.0, 0.0, x1 - x0, y1 - y0];
        let mut run = Run {
            reader: self,
            boxes,
            out: Drawn { filled: vec![false; boxes.len()], ..Drawn::default() },
            masks: HashSet::new(),
            streams: HashMap::new(),
            operators: 0,
        };
        let state = State {
            ctm: [1.0, 0.0, 0.0, -1.0, -x0, y1],
            clip: page,
            black: true,
            opaque: true,
            font: 0,
            size: 0.0,
            stretch: 1.0,
            spacing: 0.0,
            mode: 0.0,
        };
        let resources = dict.get(b"Resources").ok_or(Refused::Missing)?;
        run.stream(contents, Some(resources), state, 0)?;
        Ok(run.out)
    }
}

impl Run<'_, '_, '_> {
    fn stream(
        &mut self,
        object: u32,
        resources: Option<&Obj>,
        mut state: State,
        depth: u32,
    ) -> Result<(), Refused> {
        let parts = self.reader.parts;
        let data = match self.streams.get(&object) {
            Some(data) => data.clone(),
            None => {
                let part = parts.part(object).ok_or(Refused::Missing)?;
                let data = parts.file.inflated(part, self.reader.limits).ok_or(Refused::Strange)?;
                (self.reader.see)(object, &data);
                let data = std::rc::Rc::new(data);
                if depth > 0 {
                    self.streams.insert(object, data.clone());
                }
                data
            }
        };
        let resources = match resources {
            Some(r) => parts.follow(r).and_then(Obj::dict),
            None => None,
        };
        let sort = |key: &[u8]| resources.and_then(|r| parts.follow(r.get(key)?)).and_then(Obj::dict);
        let (fonts, drawn, states) = (sort(b"Font"), sort(b"XObject"), sort(b"ExtGState"));
        let mut tokens = Tokens::new(&data);
        let mut saved: Vec<State> = Vec::new();
        let (mut marks, mut text) = (0u32, None::<(Matrix, Matrix)>);
        let mut path = Path::default();
        while let Some(op) = tokens.next()? {
            self.operators += 1;
            if self.operators > MOST {
                return Err(Refused::Strange);
            }
            let n = tokens.operands.nums.as_slice();
            let name = tokens.operands.name.as_slice();
            match op {
                b"q" => saved.push(state.clone()),
                b"Q" => state = saved.pop().ok_or(Refused::Strange)?,
                b"cm" => state.ctm = then(matrix(n), state.ctm),
                b"g" => state.black = n[0] == 0.0,
                b"rg" => state.black = n.iter().all(|v| *v == 0.0),
                b"gs" => self.state(states, name, &mut state, depth)?,
                b"Do" => self.draw(drawn, name, &state, depth)?,
                b"BT" if text.is_none() => text = Some((IDENTITY, IDENTITY)),
                b"ET" if text.is_some() => text = None,
                b"Tm" if text.is_some() => text = Some((matrix(n), matrix(n))),
                b"Td" => {
                    let (_, line) = text.ok_or(Refused::Strange)?;
                    let moved = then([1.0, 0.0, 0.0, 1.0, n[0], n[1]], line);
                    text = Some((moved, moved));
                }
                b"Tf" => {
                    state.font = fonts.and_then(|f| f.get(name)?.reference()).ok_or(Refused::Strange)?;
                    state.size = n[0];
                }
                b"Tz" => state.stretch = n[0] / 100.0,
                b"Tc" => state.spacing = n[0],
                b"Tr" if [0.0, 1.0, 2.0, 3.0].contains(&n[0]) => state.mode = n[0],
                b"Tj" | b"TJ" => {
                    let (at, _) = text.as_mut().ok_or(Refused::Strange)?;
                    self.show(&tokens.operands.pieces, &state, at)?;
                }
                b"BDC" | b"BMC" => marks += 1,
                b"EMC" => marks = marks.checked_sub(1).ok_or(Refused::Strange)?,
                b"w" | b"J" | b"j" | b"M" | b"d" | b"G" | b"RG" => {}
                b"m" | b"l" | b"c" | b"v" | b"y" | b"h" | b"re" => path.add(op, n, &state.ctm),
                b"W" | b"W*" => path.clips = true,
                b"n" | b"S" | b"s" | b"f" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                    if path.clips {
                        self.clipped(&path);
                        state.clip = meet(state.clip, path.bounds());
                    }
                    if op != b"n" {
                        self.painted(&path, op[0] == b'f', &state, depth);
                    }
                    path = Path::default();
                }
                _ => return Err(Refused::Strange),
            }
        }
        let whole = saved.is_empty() && marks == 0 && text.is_none() && path.parts.is_empty();
        if whole { Ok(()) } else { Err(Refused::Strange) }
    }

    fn state(
        &mut self,
        states: Option<&Dict>,
        name: &[u8],
        state: &mut State,
        depth: u32,
    ) -> Result<(), Refused> {
        let parts = self.reader.parts;
        let dict = states.and_then(|s| parts.follow(s.get(name)?)).and_then(Obj::dict);
        let dict = dict.ok_or(Refused::Strange)?;
        if let Some(ca) = dict.get(b"ca").and_then(Obj::num) {
            state.opaque = ca >= 1.0;
        }
        state.opaque &= dict.get(b"BM").and_then(Obj::name).is_none_or(|n| n == b"Normal");
        state.opaque &= dict.get(b"SMask").is_none_or(|m| m.name() == Some(b"None"));
        let mask = dict.get(b"SMask").and_then(|m| parts.follow(m)).and_then(Obj::dict);
        if let Some(form) = mask.and_then(|m| m.get(b"G")).and_then(Obj::reference) {
            self.out.used.insert(form);
            if self.masks.insert(form) {
                self.form(form, state, depth + 1)?;
            }
        }
        Ok(())
    }

    fn draw(&mut self, drawn: Option<&Dict>, name: &[u8], state: &State, depth: u32) -> Result<(), Refused> {
        let object = drawn.and_then(|d| d.get(name)?.reference()).ok_or(Refused::Strange)?;
        self.out.used.insert(object);
        match self.reader.parts.roles.get(&object) {
            Some(Role::Picture) => {
                let plain = depth == 0 && state.opaque;
                self.out.pictures.push(Pictured { object, place: state.ctm, plain });
                Ok(())
            }
            Some(Role::Form) => self.form(object, state, depth + 1),
            _ => Err(Refused::Strange),
        }
    }

    fn form(&mut self, object: u32, state: &State, depth: u32) -> Result<(), Refused> {
        let dict = self.reader.parts.dict(object).ok_or(Refused::Missing)?;
        if depth > DEEPEST {
            return Err(Refused::Strange);
        }
        let mut inner = state.clone();
        if let Some(m) = dict.get(b"Matrix").and_then(Obj::array) {
            let m: Vec<f64> = m.iter().filter_map(Obj::num).collect();
            if m.len() != 6 {
                return Err(Refused::Strange);
            }
            inner.ctm = then(matrix(&m), inner.ctm);
        }
        let area: Vec<f64> =
            dict.get(b"BBox").and_then(Obj::array).unwrap_or(&[]).iter().filter_map(Obj::num).collect();
        let [x0, y0, x1, y1] = area[..] else { return Err(Refused::Strange) };
        let mut frame = Path::default();
        frame.add(b"re", &[x0, y0, x1 - x0, y1 - y0], &inner.ctm);
        inner.clip = meet(inner.clip, frame.bounds());
        (inner.black, inner.opaque) = (true, true);
        self.stream(object, dict.get(b"Resources"), inner, depth)
    }

    /// Notes the glyphs of a string and moves on behind them.
    fn show(&mut self, pieces: &[Piece], state: &State, at: &mut Matrix) -> Result<(), Refused> {
        let font = self.reader.fonts.get(&state.font).ok_or(Refused::Strange)?;
        for piece in pieces {
            let step = match piece {
                Piece::Back(n) if font.vertical => -n / 1000.0 * state.size,
                Piece::Back(n) => -n / 1000.0 * state.size * state.stretch,
                Piece::Glyph(glyph) => {
                    if usize::from(*glyph) >= font.glyphs.len() {
                        return Err(Refused::Strange);
                    }
                    let walk = self.glyph(font, *glyph, state, at);
                    walk + state.spacing * if font.vertical { 1.0 } else { state.stretch }
                }
            };
            let (x, y) = if font.vertical { (0.0, step) } else { (step, 0.0) };
            *at = then([1.0, 0.0, 0.0, 1.0, x, y], *at);
        }
        Ok(())
    }

    /// Notes one glyph; gives how far the pen moves on for it.
    fn glyph(&mut self, font: &Font, glyph: u16, state: &State, at: &Matrix) -> f64 {
        let width = font.width(glyph);
        let [down, hang_x, hang_y] = font.down(glyph);
        let hang = if font.vertical { (-hang_x, -hang_y) } else { (0.0, 0.0) };
        let scale = [state.size * state.stretch, 0.0, 0.0, state.size, 0.0, 0.0];
        let place = then(then(scale, *at), state.ctm);
        let pen = |x: f64, y: f64| apply(&place, x, y);
        let point = |x: f64, y: f64| pen(x + hang.0, y + hang.1);
        let (origin, up) = (pen(0.0, 0.0), pen(0.0, 1.0));
        let end = if font.vertical { pen(0.0, down) } else { pen(width, 0.0) };
        let (centre, ink) = match font.ink(glyph) {
            Some([a, b, c, d]) => {
                let corners = [point(a, b), point(c, b), point(c, d), point(a, d)];
                (point((a + c) / 2.0, (b + d) / 2.0), bounds(&corners))
            }
            None => {
                let (x, y) = point(width / 2.0, 0.28);
                ((x, y), [x, y, x, y])
            }
        };
        let c = state.clip;
        let outside =
            ink[2] < c[0] - 2.0 || ink[3] < c[1] - 2.0 || ink[0] > c[2] + 2.0 || ink[1] > c[3] + 2.0;
        self.out.glyphs.push(Shown {
            font: state.font,
            glyph,
            origin,
            end,
            centre,
            ink,
            em: (up.0 - origin.0).hypot(up.1 - origin.1),
            invisible: state.mode == 3.0,
            outside,
        });
        if font.vertical { down * state.size } else { width * state.size * state.stretch }
    }

    fn boxed(&self, (x, y): &(f64, f64)) -> bool {
        self.boxes.iter().any(|(r, _)| {
            let r = r.map(f64::from);
            *x > r[0] + INSET && *y > r[1] + INSET && *x < r[2] - INSET && *y < r[3] - INSET
        })
    }

    /// Letters used as a clip have their outlines in the file as well. A plain frame tells nothing.
    fn clipped(&mut self, path: &Path) {
        let letter = |points: &Vec<(f64, f64)>| points.len() > 5 && points.iter().all(|p| self.boxed(p));
        let under = path.parts.iter().any(letter);
        self.out.under |= under;
    }

    /// Holds a painted path against the boxes: nothing may have been left under one.
    fn painted(&mut self, path: &Path, fill: bool, state: &State, depth: u32) {
        let mut ours = true;
        for points in &path.parts {
            let own = bounds(points);
            let near = |r: [f64; 4]| own.iter().zip(r).all(|(a, b)| (a - b).abs() < 0.6);
            let within = |r: [f64; 4], by: f64| {
                own[0] >= r[0] - by && own[1] >= r[1] - by && own[2] <= r[2] + by && own[3] <= r[3] + by
            };
            let top = depth == 0 && fill && state.opaque;
            let mut mine = false;
            for (i, (rect, label)) in self.boxes.iter().enumerate() {
                let rect = rect.map(f64::from);
                if top && state.black && near(rect) && points.len() <= 5 {
                    self.out.filled[i] = true;
                    mine = true;
                } else if let Some(label) = label
                    && top
                    && self.out.filled[i]
                    && within(label.map(f64::from), 1.0)
                {
                    mine = true;
                }
            }
            if !mine {
                ours = false;
                // Also what a clip hides: it would still be in the file.
                self.out.under |= points.iter().any(|p| self.boxed(p));
            }
        }
        self.out.shapes += u64::from(!ours);
    }
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn matrix(n: &[f64]) -> Matrix {
    [n[0], n[1], n[2], n[3], n[4], n[5]]
}

fn meet(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

fn bounds(points: &[(f64, f64)]) -> [f64; 4] {
    points.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |r, (x, y)| {
        [r[0].min(*x), r[1].min(*y), r[2].max(*x), r[3].max(*y)]
    })
}

/// A path being built: the points of each part, in points of the page.
#[derive(Default)]
struct Path {
    parts: Vec<Vec<(f64, f64)>>,
    clips: bool,
}

impl Path {
    fn add(&mut self, op: &[u8], n: &[f64], ctm: &Matrix) {
        let point = |i: usize| apply(ctm, n[i], n[i + 1]);
        match op {
            b"m" => self.parts.push(vec![point(0)]),
            b"re" => {
                let corner = |x: f64, y: f64| apply(ctm, n[0] + x, n[1] + y);
                let (w, h) = (n[2], n[3]);
                self.parts.push(vec![corner(0.0, 0.0), corner(w, 0.0), corner(w, h), corner(0.0, h)]);
            }
            b"h" => {}
            _ => {
                let to = point(n.len() - 2);
                if self.parts.is_empty() {
                    self.parts.push(Vec::new());
                }
                if let Some(part) = self.parts.last_mut() {
                    // Half way along a curve, so that one that only dips into a box is seen.
                    if op == b"c"
                        && let Some(from) = part.last().copied()
                    {
                        let (a, b) = (point(0), point(2));
                        let half = |p: f64, q: f64, r: f64, s: f64| (p + 3.0 * (q + r) + s) / 8.0;
                        part.push((half(from.0, a.0, b.0, to.0), half(from.1, a.1, b.1, to.1)));
                    }
                    part.push(to);
                }
            }
        }
    }

    fn bounds(&self) -> [f64; 4] {
        bounds(&self.parts.concat())
    }
}

/// The size of a page as its dictionary has it, in points.
pub(super) fn size(dict: &Dict) -> Option<(f64, f64)> {
    let area = dict.get(b"MediaBox")?.array()?;
    let [x0, y0, x1, y1] = area.iter().filter_map(Obj::num).collect::<Vec<_>>()[..] else { return None };
    Some((x1 - x0, y1 - y0))
}
