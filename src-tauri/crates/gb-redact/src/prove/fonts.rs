//! The fonts of a finished file, read from their bytes: outlines, widths and what each glyph says, and
//! nothing beside them.

use super::kinds::Role;
use super::structure::{Parts, not};
use crate::raw::{Dict, Obj};
use crate::{Fault, Limits};
use std::collections::BTreeMap;

/// A font as the pages use it. Glyphs are numbered from 0.
pub(super) struct Font {
    pub(super) glyphs: Vec<Glyph>,
    /// What each glyph says, for those that say something.
    pub(super) says: BTreeMap<u16, String>,
    /// Glyphs the list of widths names.
    widths: BTreeMap<u16, f64>,
    /// For writing from top to bottom: how far down each glyph goes, and from where it hangs.
    downs: BTreeMap<u16, [f64; 3]>,
    usual: f64,
    per_em: f64,
    /// Written from top to bottom.
    pub(super) vertical: bool,
    /// The object of the glyphs themselves: one set may be walked in two ways.
    pub(super) family: u32,
}

/// One glyph's shape, in units of the font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Left, bottom, right, top of its ink.
    pub(super) ink: Option<[i16; 4]>,
}

impl Font {
    /// How far a glyph moves the pen, in ems.
    pub(super) fn width(&self, glyph: u16) -> f64 {
        self.widths.get(&glyph).copied().unwrap_or(self.usual) / 1000.0
    }

    /// How far a glyph moves the pen downwards (less than nought is down) and the point of it that lies at
    /// the pen, in ems.
    pub(super) fn down(&self, glyph: u16) -> [f64; 3] {
        let usual = [-1000.0, self.width(glyph) * 500.0, 880.0];
        self.downs.get(&glyph).copied().unwrap_or(usual).map(|v| v / 1000.0)
    }

    /// The box of a glyph's ink, in ems.
    pub(super) fn ink(&self, glyph: u16) -> Option<[f64; 4]> {
        Some(self.glyphs.get(usize::from(glyph))?.ink?.map(|v| f64::from(v) / self.per_em))
    }

    /// Whether the font holds something of a glyph that no page shows.
    pub(super) fn beyond(&self, used: &[bool]) -> Option<&'static str> {
        let shown = |g: usize| used.get(g).copied().unwrap_or(false);
        let drawn = |g: &(usize, &Glyph)| g.0 > 0 || g.1.ink.is_some();
        if self.glyphs.iter().enumerate().filter(drawn).any(|(g, _)| !shown(g)) {
            return Some("the font holds a glyph that no page shows");
        }
        if self.says.keys().any(|g| !shown(usize::from(*g))) {
            return Some("the map of characters holds one that no page shows");
        }
        // The glyph that stands for none may have a width.
        if self.widths.keys().chain(self.downs.keys()).any(|g| *g > 0 && !shown(usize::from(*g))) {
            return Some("the font tells the width of a glyph that no page shows");
        }
        None
    }
}

/// Reads every font, by the number of its object.
pub(super) fn fonts(
    parts: &Parts<'_, '_>,
    limits: &Limits,
    tells: &dyn Fn(&[u8]) -> bool,
) -> Result<BTreeMap<u32, Font>, Fault> {
    let mut out = BTreeMap::new();
    for file in parts.of(Role::FontFile) {
        let data = parts.part(file).and_then(|p| parts.file.inflated(p, limits));
        if data.is_none_or(|d| tells(&d)) {
            return Err(not(&format!("a removed word stands in a font (object {file})")));
        }
    }
    for number in parts.of(Role::Font) {
        let bad = || not(&format!("the font in object {number} holds more than glyphs and what they say"));
        out.insert(number, font(parts, number, limits).ok_or_else(bad)?);
    }
    Ok(out)
}

fn font(parts: &Parts<'_, '_>, number: u32, limits: &Limits) -> Option<Font> {
    let dict = parts.dict(number)?;
    let [descendant] = dict.get(b"DescendantFonts")?.array()? else { return None };
    let cid = parts.dict(descendant.reference()?)?;
    let descriptor = parts.dict(cid.get(b"FontDescriptor")?.reference()?)?;
    let file = parts.part(descriptor.get(b"FontFile2")?.reference()?)?;
    let data = parts.file.inflated(file, limits)?;
    if file.dict()?.get(b"Length1").and_then(Obj::num) != Some(data.len() as f64) {
        return None;
    }
    let (glyphs, per_em) = outlines(&data)?;
    let says = match dict.get(b"ToUnicode") {
        None => BTreeMap::new(),
        Some(map) => {
            let data = parts.file.inflated(parts.part(map.reference()?)?, limits)?;
            characters(std::str::from_utf8(&data).ok()?)?
        }
    };
    let usual = cid.get(b"DW").and_then(Obj::num).unwrap_or(1000.0);
    let widths = match cid.get(b"W") {
        None => BTreeMap::new(),
        Some(list) => widths(parts.follow(list)?.array()?)?,
    };
    let downs = match cid.get(b"W2") {
        None => BTreeMap::new(),
        Some(list) => downs(parts.follow(list)?.array()?)?,
    };
    let vertical = dict.is(b"Encoding", b"Identity-V");
    let count = glyphs.len();
    let known = |g: &u16| usize::from(*g) < count;
    let fine = says.keys().chain(widths.keys()).chain(downs.keys()).all(known);
    let family = descendant.reference()?;
    fine.then_some(Font { glyphs, says, widths, downs, usual, per_em, vertical, family })
}

/// `first [w w w]` and `first last w`.
fn widths(list: &[Obj]) -> Option<BTreeMap<u16, f64>> {
    let glyph = |n: f64| (n.fract() == 0.0 && (0.0..65536.0).contains(&n)).then_some(n as u32);
    let mut out = BTreeMap::new();
    let mut at = 0;
    while at < list.len() {
        let first = glyph(list[at].num()?)?;
        match list.get(at + 1)? {
            Obj::Array(ws) => {
                for (g, w) in (first..).zip(ws) {
                    out.insert(u16::try_from(g).ok()?, w.num()?);
                }
                at += 2;
            }
            last => {
                let (last, w) = (glyph(last.num()?)?, list.get(at + 2)?.num()?);
                out.extend((first..=last).map(|g| (g as u16, w)));
                at += 3;
            }
        }
    }
    Some(out)
}

/// `first [w x y w x y]`.
fn downs(list: &[Obj]) -> Option<BTreeMap<u16, [f64; 3]>> {
    let mut out = BTreeMap::new();
    for pair in list.chunks(2) {
        let [Obj::Num(first), Obj::Array(numbers)] = pair else { return None };
        let numbers: Vec<f64> = numbers.iter().map(Obj::num).collect::<Option<_>>()?;
        if first.fract() != 0.0 || !(0.0..65536.0).contains(first) || !numbers.len().is_multiple_of(3) {
            return None;
        }
        for (g, three) in (*first as u32..).zip(numbers.chunks_exact(3)) {
            out.insert(u16::try_from(g).ok()?, three.try_into().ok()?);
        }
    }
    Some(out)
}

/// The words every map of this kind consists of.
const MAP_WORDS: &[&str] = &[
    "/CIDInit",
    "/ProcSet",
    "findresource",
    "begin",
    "dict",
    "begincmap",
    "/CIDSystemInfo",
    "<<",
    ">>",
    "/Registry",
    "(Adobe)",
    "/Ordering",
    "(UCS)",
    "/Supplement",
    "def",
    "/CMapName",
    "/Adobe-Identity-UCS",
    "/CMapType",
    "begincodespacerange",
    "endcodespacerange",
    "endcmap",
    "CMapName",
    "currentdict",
    "/CMap",
    "defineresource",
    "pop",
    "end",
];

/// The longest text one glyph may say: the longest ligature in use has eighteen letters.
const LONGEST: usize = 24;

/// Reads a map from glyphs to text. Words no such map needs, comments and strings make it strange.
pub(super) fn characters(map: &str) -> Option<BTreeMap<u16, String>> {
    let mut out = BTreeMap::new();
    let mut inside: Option<usize> = None;
    let mut row: Vec<&str> = Vec::new();
    let mut ends = 0;
    for token in map.split([' ', '\n']).filter(|t| !t.is_empty()) {
        let hex = token.strip_prefix('<').and_then(|t| t.strip_suffix('>')).filter(|t| !t.contains('<'));
        match (token, hex, inside) {
            ("beginbfchar", _, None) => inside = Some(2),
            ("beginbfrange", _, None) => inside = Some(3),
            ("endbfchar", _, Some(2)) | ("endbfrange", _, Some(3)) if row.is_empty() => inside = None,
            (_, Some(hex), Some(wanted)) => {
                row.push(hex);
                if row.len() == wanted {
                    entry(&row, &mut out)?;
                    row.clear();
                }
            }
            // The two ends of the space of codes.
            (_, Some("0000" | "FFFF"), None) if ends < 2 => ends += 1,
            (word, None, None) => {
                let count = word.len() <= 3 && word.parse::<u32>().is_ok_and(|n| n <= 100);
                if !(count || MAP_WORDS.contains(&word)) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    (inside.is_none()).then_some(out)
}

fn entry(row: &[&str], out: &mut BTreeMap<u16, String>) -> Option<()> {
    let code = |t: &str| if t.len() == 4 { u16::from_str_radix(t, 16).ok() } else { None };
    let units = |t: &str| -> Option<Vec<u16>> {
        if t.is_empty() || !t.len().is_multiple_of(4) || !t.is_ascii() {
            return None;
        }
        (0..t.len() / 4).map(|i| u16::from_str_radix(&t[i * 4..i * 4 + 4], 16).ok()).collect()
    };
    let (first, last, mut text) = match row {
        [glyph, text] => (code(glyph)?, code(glyph)?, units(text)?),
        [first, last, text] => (code(first)?, code(last)?, units(text)?),
        _ => return None,
    };
    for glyph in first..=last {
        let said: String = char::decode_utf16(text.iter().copied()).collect::<Result<_, _>>().ok()?;
        if said.chars().count() > LONGEST || out.insert(glyph, said).is_some() {
            return None;
        }
        let end = text.last_mut()?;
        *end = end.wrapping_add(1);
    }
    Some(())
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize)
}

/// The glyphs of a TrueType file and its units per em. It may have only the tables that drawing needs,
/// one behind the other, and no byte more.
pub(super) fn outlines(data: &[u8]) -> Option<(Vec<Glyph>, f64)> {
    if data.get(..4)? != [0, 1, 0, 0] {
        return None;
    }
    let count = usize::from(short(data, 4)?);
    let mut tables: BTreeMap<&[u8], &[u8]> = BTreeMap::new();
    let mut places = Vec::new();
    for i in 0..count {
        let at = 12 + 16 * i;
        let (from, size) = (long(data, at + 8)?, long(data, at + 12)?);
        places.push((from, size));
        if tables.insert(data.get(at..at + 4)?, data.get(from..from.checked_add(size)?)?).is_some() {
            return None;
        }
    }
    places.sort_unstable();
    let mut end = 12 + 16 * count;
    for (from, size) in places {
        if from != end {
            return None;
        }
        end = (from + size).next_multiple_of(4);
        if data.get(from + size..end)?.iter().any(|b| *b != 0) {
            return None;
        }
    }
    let plain = |(tag, t): (&&[u8], &&[u8])| match *tag {
        b"head" => t.len() == 54 && t[20..36].iter().all(|b| *b == 0),
        b"hhea" => t.len() == 36,
        b"maxp" => t.len() == 32 || t.len() == 6,
        // The version without names; the map of characters without characters.
        b"post" => t.len() == 32 && t[..4] == [0, 3, 0, 0],
        b"cmap" => t.len() <= 40,
        // A table of names without a name.
        b"name" => **t == [0, 0, 0, 0, 0, 6],
        // Its kind of face, the alphabets it claims and its maker are left blank.
        b"OS/2" => t.len() <= 100 && t.get(32..62).is_some_and(|t| t.iter().all(|b| matches!(b, 0 | b' '))),
        b"hmtx" | b"loca" | b"glyf" => true,
        _ => false,
    };
    if end != data.len() || !tables.iter().all(plain) {
        return None;
    }
    let table = |tag: &[u8]| tables.get(tag).copied();
    let (head, hhea, maxp) = (table(b"head")?, table(b"hhea")?, table(b"maxp")?);
    let glyphs = usize::from(short(maxp, 4)?);
    let full = usize::from(short(hhea, 34)?);
    if full > glyphs || table(b"hmtx")?.len() != full * 4 + (glyphs - full) * 2 {
        return None;
    }
    let found = shapes(table(b"glyf")?, table(b"loca")?, glyphs, short(head, 50)? == 1)?;
    Some((found, f64::from(short(head, 18)?.max(16))))
}

/// The shapes, which must fill their table: no byte between them, before them or behind them.
fn shapes(glyf: &[u8], loca: &[u8], count: usize, wide: bool) -> Option<Vec<Glyph>> {
    let step = if wide { 4 } else { 2 };
    if loca.len() != (count + 1) * step {
        return None;
    }
    let place = |i: usize| {
        if wide { long(loca, i * 4) } else { short(loca, i * 2).map(|v| usize::from(v) * 2) }
    };
    let mut out = Vec::with_capacity(count);
    let mut at = 0;
    for i in 0..count {
        let (from, to) = (place(i)?, place(i + 1)?);
        if from != at || to < from {
            return None;
        }
        at = to;
        out.push(Glyph { ink: if from == to { None } else { Some(shape(glyf.get(from..to)?)?) } });
    }
    // A font of empty glyphs has a byte or two of nothing: some readers refuse an empty table.
    let rest = glyf.get(at..)?;
    (rest.len() < 4 && rest.iter().all(|b| *b == 0)).then_some(out)
}

/// A simple glyph without instructions, and nothing behind its points but filling.
fn shape(data: &[u8]) -> Option<[i16; 4]> {
    let signed = |at| short(data, at).map(|v| v as i16);
    let contours = usize::try_from(signed(0)?).ok()?;
    if contours == 0 {
        return None;
    }
    let ends: Vec<u16> = (0..contours).map(|i| short(data, 10 + 2 * i)).collect::<Option<_>>()?;
    if ends.windows(2).any(|w| w[0] >= w[1]) {
        return None;
    }
    let points = usize::from(*ends.last()?) + 1;
    let mut at = 10 + 2 * contours;
    if short(data, at)? != 0 {
        return None;
    }
    at += 2;
    let mut flags = Vec::with_capacity(points);
    while flags.len() < points {
        let flag = *data.get(at)?;
        at += 1;
        let mut times = 1;
        if flag & 8 != 0 {
            times += usize::from(*data.get(at)?);
            at += 1;
        }
        flags.extend(std::iter::repeat_n(flag, times));
    }
    if flags.len() != points {
        return None;
    }
    let mut axis = |small: u8, same: u8| -> Option<(i32, i32)> {
        let (mut v, mut low, mut high) = (0i32, i32::MAX, i32::MIN);
        for flag in &flags {
            v += match (flag & small != 0, flag & same != 0) {
                (true, plus) => {
                    let d = i32::from(*data.get(at)?);
                    at += 1;
                    if plus { d } else { -d }
                }
                (false, true) => 0,
                (false, false) => {
                    let d = i32::from(short(data, at)? as i16);
                    at += 2;
                    d
                }
            };
            low = low.min(v);
            high = high.max(v);
        }
        Some((low, high))
    };
    let (x, y) = (axis(2, 16)?, axis(4, 32)?);
    let rest = data.get(at..)?;
    if rest.len() > 3 || rest.iter().any(|b| *b != 0) {
        return None;
    }
    let fit = |v: i32| i16::try_from(v).ok();
    Some([fit(x.0)?, fit(y.0)?, fit(x.1)?, fit(y.1)?])
}

/// The number of a dictionary's whole-number entry.
pub(super) fn number(dict: &Dict, key: &[u8]) -> Option<usize> {
    let n = dict.get(key)?.num()?;
    (n.fract() == 0.0 && (0.0..1e9).contains(&n)).then_some(n as usize)
}
