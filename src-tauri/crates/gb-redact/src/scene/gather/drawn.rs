//! Glyphs that are drawings (Type 3).

use super::super::{Glyph, Mode, NONE, Run, Unfit};
use super::paint::BLACK;
use super::text::{Way, read};
use super::walk::{DEEPEST, Walk};
use crate::read::glyphs::middle;
use hayro::hayro_interpret::font::{PositionedGlyph, Type3Glyph};
use hayro::hayro_interpret::{CacheKey, DrawProps};
use hayro::kurbo::{BezPath, Rect};

impl<'p> Walk<'_, 'p> {
    pub(super) fn drawn(
        &mut self,
        glyph: &PositionedGlyph<'p>,
        drawn: &Type3Glyph<'p>,
        props: &DrawProps<'p>,
        way: &Way,
    ) {
        if self.depth >= DEEPEST {
            self.unfit(Unfit::TooDeep);
            return;
        }
        let place = way.base * glyph.transform();
        if self.whole || self.speaks.get(&drawn.cache_key()) != Some(&false) {
            // A glyph that is a drawing may have words in it; each is tried once.
            let before = self.met;
            self.inside(|w| drawn.interpret(w, props.transform, glyph.transform(), &props.paint));
            let speaks = self.met > before;
            self.speaks.insert(drawn.cache_key(), speaks);
            if speaks {
                return;
            }
        }
        self.met += 1;
        let advance = f64::from(drawn.advance_width().unwrap_or(500.0));
        let said = self.reader.words.of(glyph);
        let Some(read) = read(place, advance, way, None, &said) else { return };
        let centre = middle(&read);
        if !self.sees(centre, None).0 {
            self.read.outside += 1;
            return;
        }
        let number = self.read.glyphs.len() as u32;
        let outline = self.reader.outlines.shape(BezPath::new());
        let advance = if way.vertical { -1000.0 } else { advance };
        self.read.glyphs.push(read);
        let vertical = way.vertical;
        let placed =
            Glyph { outline, text: said.text, place, advance, vertical, number, word: NONE, block: NONE };
        let mode = if way.mode == Mode::Invisible { Mode::Invisible } else { Mode::Shown };
        self.put_run(
            Run { ink: BLACK, mode, glyphs: vec![placed] },
            Rect::from_center_size(centre, (0.0, 0.0)),
        );
    }
}
