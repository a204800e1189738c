//! Reads the words of a finished page by its own small reader of content streams.

use super::structure::Parts;
use crate::raw::token::{Bad, Lexer};
use crate::raw::{Obj, RawFile, file::RawObject};
use crate::{Fault, Limits};
use std::collections::HashMap;

/// A word as the finished page says it.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) text: String,
    /// Left, top, right, bottom, in points from the top left.
    pub(super) rect: [f32; 4],
    /// Centres of its glyphs.
    pub(super) centres: Vec<(f32, f32)>,
}

fn not(page: Option<u32>, place: &str) -> Fault {
    Fault::NotProved { page, place: place.to_owned() }
}

/// The characters of the font's map, each glyph's one.
pub(super) fn alphabet(parts: &Parts<'_, '_>, limits: &Limits) -> Result<HashMap<u16, char>, Fault> {
    let mut map = HashMap::new();
    let Some(object) = parts.to_unicode else { return Ok(map) };
    let bad = || not(None, "the map of characters holds something that is no character");
    let data = decoded(parts.file, object, limits)?;
    let mut lexer = Lexer::new(&data, 0, 8, u32::MAX);
    let mut inside = false;
    let mut pending: Option<u16> = None;
    loop {
        match lexer.value() {
            Ok(Obj::Word(w)) if w == b"beginbfchar" => inside = true,
            Ok(Obj::Word(w)) if w == b"endbfchar" => inside = false,
            // The words every map of this kind consists of; `Adobe` and `UCS` name the system.
            Ok(Obj::Word(w)) if WORDS.iter().any(|k| k.as_bytes() == w) => {}
            Ok(Obj::Name(n)) if MAP_NAMES.iter().any(|k| k.as_bytes() == n) => {}
            Ok(Obj::Dict(d)) if d.0.len() == 3 && d.has(b"Registry") && d.has(b"Ordering") => {
                if !d.0.iter().all(|(_, v)| match v {
                    Obj::Str(s) => s == b"Adobe" || s == b"UCS",
                    v => v.num() == Some(0.0),
                }) {
                    return Err(bad());
                }
            }
            Ok(Obj::Num(n)) if n.fract() == 0.0 && (0.0..=100.0).contains(&n) => {}
            Ok(Obj::Str(s)) if !inside => {
                if s != [0, 0] && s != [255, 255] {
                    return Err(bad());
                }
            }
            Ok(Obj::Str(s)) => match pending.take() {
                None => pending = Some(u16::from_be_bytes(s.try_into().map_err(|_| bad())?)),
                Some(glyph) => {
                    let units: Vec<u16> =
                        s.chunks(2).map(|c| u16::from_be_bytes([c[0], *c.get(1).unwrap_or(&0)])).collect();
                    let mut chars = char::decode_utf16(units);
                    match (chars.next(), chars.next()) {
                        (Some(Ok(c)), None) => map.insert(glyph, c),
                        _ => return Err(bad()),
                    };
                }
            },
            Err(Bad::End) => return Ok(map),
            _ => return Err(bad()),
        }
    }
}

const WORDS: &[&str] = &[
    "findresource",
    "begin",
    "dict",
    "begincmap",
    "def",
    "begincodespacerange",
    "endcodespacerange",
    "endcmap",
    "currentdict",
    "defineresource",
    "pop",
    "end",
    "CMapName",
];
const MAP_NAMES: &[&str] =
    &["CIDInit", "ProcSet", "CIDSystemInfo", "CMapName", "Adobe-Identity-UCS", "CMapType", "CMap"];

pub(super) fn decoded(file: &RawFile<'_>, object: &RawObject, limits: &Limits) -> Result<Vec<u8>, Fault> {
    Ok(file.decoded(object, limits)?.map(|d| d.data).unwrap_or_default())
}

/// The words of a page. Any operator a page of ours does not use is a failure.
pub(super) fn said(
    parts: &Parts<'_, '_>,
    number: u32,
    alphabet: &HashMap<u16, char>,
    limits: &Limits,
) -> Result<Vec<Said>, Fault> {
    let page =
        parts.pages.get(number as usize - 1).ok_or_else(|| not(Some(number), "the page is missing"))?;
    let dict = page.dict().ok_or_else(|| not(Some(number), "the page cannot be read"))?;
    let height = dict.get(b"MediaBox").and_then(Obj::array).and_then(|a| a.get(3)?.num());
    let height = height.ok_or_else(|| not(Some(number), "the page has no size"))? as f32;
    let contents = dict.get(b"Contents").and_then(Obj::reference).and_then(|r| parts.by_number.get(&r));
    let contents = contents.ok_or_else(|| not(Some(number), "the page has no content"))?;
    let data = decoded(parts.file, contents, limits)?;
    let strange = || not(Some(number), "the page's content holds something a page of ours does not");
    let mut lexer = Lexer::new(&data, 0, 4, u32::MAX);
    let mut stack: Vec<Obj> = Vec::new();
    let mut state = State { size: 0.0, stretch: 100.0, matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], mode: 0.0 };
    let mut out = Vec::new();
    loop {
        match lexer.value() {
            Ok(Obj::Word(op)) => {
                let nums: Vec<f32> = stack.iter().filter_map(|o| o.num().map(|n| n as f32)).collect();
                match (op.as_slice(), nums.as_slice()) {
                    (b"q" | b"Q" | b"BT" | b"ET" | b"Do", []) => {}
                    (b"cm", [_, _, _, _, _, _]) => {}
                    (b"Tr", [mode]) => state.mode = *mode,
                    (b"Tf", [size]) => state.size = *size,
                    (b"Tz", [z]) => state.stretch = *z,
                    (b"Tm", [a, b, c, d, e, f]) => state.matrix = [*a, *b, *c, *d, *e, *f],
                    (b"Tj", []) => match stack.first() {
                        Some(Obj::Str(s)) if state.mode == 3.0 => {
                            out.extend(state.say(s, alphabet, height).ok_or_else(strange)?);
                        }
                        _ => return Err(strange()),
                    },
                    _ => return Err(strange()),
                }
                stack.clear();
            }
            Ok(value @ (Obj::Num(_) | Obj::Name(_) | Obj::Str(_))) if stack.len() < 8 => stack.push(value),
            Err(Bad::End) if stack.is_empty() => return Ok(out),
            _ => return Err(strange()),
        }
    }
}

struct State {
    size: f32,
    stretch: f32,
    matrix: [f32; 6],
    mode: f32,
}

impl State {
    fn say(&self, string: &[u8], alphabet: &HashMap<u16, char>, height: f32) -> Option<Option<Said>> {
        let [a, b, c, d, e, f] = self.matrix;
        let advance = 0.5 * self.size * self.stretch / 100.0;
        let at = |u: f32, v: f32| (a * u + c * v + e, height - (b * u + d * v + f));
        let mut text = String::new();
        let mut centres = Vec::new();
        for (i, pair) in string.chunks(2).enumerate() {
            let [high, low] = pair else { return None };
            let c = *alphabet.get(&u16::from_be_bytes([*high, *low]))?;
            if c != ' ' {
                text.push(c);
                centres.push(at((i as f32 + 0.5) * advance, self.size * 0.28));
            } else if i * 2 + 2 < string.len() {
                text.push(' ');
            }
        }
        let long = centres.len() as f32 * advance;
        let (p, q) = (at(0.0, self.size * -0.22), at(long, self.size * 0.78));
        let rect = [p.0.min(q.0), p.1.min(q.1), p.0.max(q.0), p.1.max(q.1)];
        Some((!text.is_empty()).then_some(Said { text, rect, centres }))
    }
}
