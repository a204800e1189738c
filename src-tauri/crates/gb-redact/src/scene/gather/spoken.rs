//! What the file says beside a stretch of text (`ActualText`), for glyphs that say nothing themselves.
//!
//! Joined scripts are drawn in parts: a stem that many letters share, and its dots. None of them is a letter, and the
//! letter stands beside them. It is believed only of glyphs nobody can read otherwise: what a glyph says is never
//! talked over, for a file could call one name by another.

use super::says;
use super::walk::Walk;
use crate::fold::fold;
use crate::read::glyphs::Glyph;
use crate::read::rtl;
use hayro::hayro_syntax::object::{Dict, String as Told};
use hayro::kurbo::Point;
use std::sync::Arc;

/// A stretch being drawn.
pub(super) struct Span {
    /// What the file says it says.
    text: Option<String>,
    /// Glyphs read before it.
    from: usize,
}

/// Glyphs of one stretch: a letter in parts, not a page under one word.
const MOST: usize = 24;
/// What a part of a letter says: no letter of its own, and no gap either.
const JOINS: &str = "\u{200D}";
/// How far the parts of a letter stand from it, in ems.
const NEAR: f64 = 2.5;

impl Walk<'_, '_> {
    pub(super) fn span_begins(&mut self, properties: Option<&Dict<'_>>) {
        let told = properties.and_then(|p| p.get::<Told<'_>>(b"ActualText"));
        let text = told.and_then(|t| decoded(t.as_bytes()));
        self.spans.push(Span { text, from: self.read.glyphs.len() });
    }

    pub(super) fn span_ends(&mut self) {
        let Some(Span { text: Some(text), from }) = self.spans.pop() else { return };
        let glyphs = self.read.glyphs.get_mut(from..).unwrap_or_default();
        let before: Vec<Arc<str>> = glyphs.iter().map(|g| g.text.clone()).collect();
        settle(glyphs, from as u32, &text);
        for (number, (glyph, was)) in (from as u32..).zip(glyphs.iter().zip(before)) {
            // In the new file, too, a part is to say that it joins, and not that nobody knows.
            let now = if glyph.with.is_some() { JOINS.into() } else { glyph.text.clone() };
            if now != was {
                self.spoken.insert(number, now);
            }
        }
    }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFE, 0xFF, rest @ ..] if rest.len() % 2 == 0 => {
            let units = rest.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]]));
            char::decode_utf16(units).collect::<Result<_, _>>().ok()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ if bytes.is_ascii() => std::str::from_utf8(bytes).ok().map(str::to_owned),
        _ => None,
    }
}

/// Gives the glyphs of a stretch what the file says of them; nothing if it cannot be believed.
fn settle(glyphs: &mut [Glyph], from: u32, text: &str) -> Option<()> {
    let joins = text.chars().all(|c| {
        let c = c.to_string();
        rtl::joined(&c) || rtl::sign(&c)
    });
    // The dots of such letters look like commas and strokes of others, or have
    // their numbers; a stem that is drawn by no ink looks like a space.
    let foreign = |t: &str| !rtl::joined(t) && !rtl::sign(t);
    let silent = |g: &Glyph| g.unknown || joins && (g.recognised || foreign(&g.text));
    let unknown: Vec<usize> = (0..glyphs.len()).filter(|i| silent(&glyphs[*i])).collect();
    if glyphs.is_empty() || glyphs.len() > MOST || text.chars().count() > glyphs.len() * 2 + 2 {
        return None;
    }
    let told = beyond(glyphs, &unknown, text);
    if unknown.is_empty() && (!joins || told.as_ref().is_some_and(|(rest, _)| rest.is_empty())) {
        return None;
    }
    // Reh and a dot are zain, and one tooth is many letters: of such the file's word is the only one.
    let whole = joins && glyphs.iter().all(|g| silent(g) || rtl::joined(&g.text) || rtl::sign(&g.text));
    let (rest, speaks, unknown) = match told {
        _ if whole => (text.trim().to_owned(), None, (0..glyphs.len()).collect()),
        Some((rest, speaks)) => (rest, speaks, unknown),
        None => return None,
    };
    let advance = |i: &usize| (glyphs[*i].end - glyphs[*i].origin).hypot();
    let widest = || unknown.iter().copied().reduce(|a, b| if advance(&b) > advance(&a) { b } else { a });
    // A letter that says something stands on the line, and its dots do not.
    let plain = || (0..glyphs.len()).find(|i| whole && !silent(&glyphs[*i]) && rtl::joined(&glyphs[*i].text));
    let leader = if rest.is_empty() { speaks? } else { plain().or_else(widest)? };
    let apart = |i: &usize| (glyphs[*i].origin - glyphs[leader].origin).hypot() > NEAR * glyphs[leader].em;
    if unknown.iter().any(apart) {
        return None;
    }
    let said = (!rest.is_empty()).then(|| says::said(&rest)).filter(|s| !s.unknown);
    if !rest.is_empty() && said.is_none() {
        return None;
    }
    for part in unknown {
        (glyphs[part].unknown, glyphs[part].recognised) = (false, false);
        if part != leader {
            glyphs[part].with = Some(from + leader as u32);
            glyphs[part].text = "".into();
            join(glyphs, part, leader);
        }
    }
    glyphs[leader].text = said?.text;
    Some(())
}

/// Makes the room of a part its letter's: some have all their width in a stem, and none of their own.
fn join(glyphs: &mut [Glyph], part: usize, leader: usize) {
    let (ink, places) = (glyphs[part].ink, [glyphs[part].origin, glyphs[part].end]);
    let own = &mut glyphs[leader];
    own.ink = own.ink.map(|o| ink.map_or(o, |i| o.union(i))).or(ink);
    let (from, to) = (own.origin, own.end);
    let mut run = to - from;
    if run.hypot() < 1e-6 {
        run = places[1] - places[0];
    }
    if run.hypot() < 1e-6 || own.vertical {
        return;
    }
    let along = run / run.hypot();
    let reach = |p: Point| (p - from).dot(along);
    let (a, b) = (reach(places[0]).min(0.0), reach(places[1]).max(reach(to)));
    (own.origin, own.end) = (from + along * a, from + along * b);
}

/// What of a text the glyphs do not say themselves, and one of them that says something. Nothing if one of them says
/// what is not in the text.
fn beyond(glyphs: &[Glyph], unknown: &[usize], text: &str) -> Option<(String, Option<usize>)> {
    let mut rest: Vec<char> = text.chars().collect();
    let mut speaks: Option<usize> = None;
    let speaking =
        |(index, glyph): &(usize, &Glyph)| !glyph.text.trim().is_empty() && !unknown.contains(index);
    for (index, glyph) in glyphs.iter().enumerate().filter(speaking) {
        let again = |g: &Glyph| g.text == glyph.text && (g.origin - glyph.origin).hypot() < 0.15 * glyph.em;
        if glyphs[..index].iter().any(again) {
            continue;
        }
        for c in fold(&glyph.text) {
            let place = rest.iter().position(|r| fold(r.encode_utf8(&mut [0; 4])).contains(&c))?;
            rest.remove(place);
        }
        speaks = speaks.or(Some(index));
    }
    Some((rest.into_iter().collect::<String>().trim().to_owned(), speaks))
}
