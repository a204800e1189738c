//! The alphabet of a file: every shape that is shown, once for each thing it says.
//!
//! Fonts are new. They hold the outlines that remain and nothing else: no names, no kerning, no hints, no
//! characters that are not shown. A glyph is known by its outline, what it says and how far it advances,
//! and numbered in the order pages first need it.

use super::truetype;
use crate::scene::Outline;
use std::collections::HashMap;
use std::sync::Arc;

/// Glyphs in one font. A second one is begun when this is passed.
const MOST: usize = 65_000;

/// How far our own space between words advances, in thousandths of an em.
pub(super) const SPACE: i32 = 250;

/// Where the frame of vertical writing hangs from: half a glyph across, and up, in thousandths of an em.
pub(super) const HANG: (f64, f64) = (500.0, 880.0);

/// A glyph's place: the font, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id {
    pub(super) font: u8,
    pub(super) glyph: u16,
}

/// A glyph as its font holds it; lengths are thousandths of an em.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) outline: Option<Arc<Outline>>,
    pub(super) text: Arc<str>,
    pub(super) width: i32,
    /// How far it advances in vertical writing, if it is set so (mostly down, so less than nought).
    pub(super) down: Option<i32>,
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    outline: u128,
    text: Arc<str>,
    advance: i32,
    vertical: bool,
}

/// Glyphs used so far.
pub(super) struct Alphabet {
    ids: HashMap<Key, Id>,
    fonts: Vec<Vec<Form>>,
    most: usize,
}

impl Default for Alphabet {
    fn default() -> Self {
        Self { ids: HashMap::new(), fonts: Vec::new(), most: MOST }
    }
}

impl Alphabet {
    /// The number of a glyph. `outline` is nothing for what is not seen.
    pub(super) fn id(
        &mut self,
        outline: Option<&Arc<Outline>>,
        text: &Arc<str>,
        advance: i32,
        vertical: bool,
    ) -> Id {
        let key = Key { outline: outline.map_or(0, |o| o.key), text: text.clone(), advance, vertical };
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        // A font stays one short of full, so that its space always has room.
        if self.fonts.last().is_none_or(|f| f.len() + 1 >= self.most) && self.fonts.len() < 255 {
            self.fonts.push(Vec::new());
        }
        let (width, down) = if vertical { (1000, Some(advance)) } else { (advance, None) };
        let form = Form { outline: outline.cloned(), text: text.clone(), width, down };
        let id = self.push(self.fonts.len() - 1, form);
        self.ids.insert(key, id);
        id
    }

    fn push(&mut self, font: usize, form: Form) -> Id {
        self.fonts[font].push(form);
        Id { font: font as u8, glyph: self.fonts[font].len() as u16 }
    }

    /// The space of a font.
    pub(super) fn space(&mut self, font: u8) -> u16 {
        // Outlines have keys of their shape; none is this.
        let key = Key { outline: u128::from(font) + 1, text: " ".into(), advance: SPACE, vertical: false };
        if let Some(id) = self.ids.get(&key) {
            return id.glyph;
        }
        let form = Form { outline: None, text: " ".into(), width: SPACE, down: None };
        let id = self.push(usize::from(font), form);
        self.ids.insert(key, id);
        id.glyph
    }

    /// The glyphs of a font; the first has number 1.
    pub(super) fn forms(&self, font: u8) -> &[Form] {
        self.fonts.get(usize::from(font)).map_or(&[], Vec::as_slice)
    }
}

/// The map from glyphs to what they say, as a CMap. Glyphs that say nothing are not in it.
pub(super) fn to_unicode(forms: &[Form]) -> Vec<u8> {
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) \
         /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let said: Vec<(usize, &str)> =
        (1..).zip(forms).map(|(n, f)| (n, &*f.text)).filter(|(_, text)| !text.is_empty()).collect();
    for block in said.chunks(100) {
        out.push_str(&format!("{} beginbfchar\n", block.len()));
        for (n, text) in block {
            let hex: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
            out.push_str(&format!("<{n:04X}> <{hex}>\n"));
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out.into_bytes()
}

/// The numbers of the objects a font is made of.
pub(super) struct Numbers {
    /// The font of horizontal and of vertical writing: one set of glyphs, two ways to walk.
    pub(super) level: Option<u32>,
    pub(super) upright: Option<u32>,
    pub(super) descendant: u32,
    pub(super) descriptor: u32,
    pub(super) file: u32,
    pub(super) map: u32,
}

/// The dictionaries of a font: number and body.
pub(super) fn dictionaries(forms: &[Form], n: &Numbers, bounds: [i32; 4]) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    for (number, way) in [(n.level, 'H'), (n.upright, 'V')] {
        if let Some(number) = number {
            out.push((
                number,
                format!(
                    "<</Type/Font/Subtype/Type0/BaseFont/Guardbook/Encoding/Identity-{way}\
                     /DescendantFonts[{} 0 R]/ToUnicode {} 0 R>>",
                    n.descendant, n.map
                ),
            ));
        }
    }
    let widths: Vec<String> = forms.iter().map(|f| f.width.to_string()).collect();
    let mut downs = String::new();
    for (glyph, down) in (1..).zip(forms).filter_map(|(g, f)| f.down.map(|d| (g, d))) {
        // What a reader takes for granted.
        if down != -1000 {
            downs.push_str(&format!("{glyph}[{down} {} {}]", HANG.0, HANG.1));
        }
    }
    let downs = if downs.is_empty() { downs } else { format!("/W2[{downs}]") };
    out.push((
        n.descendant,
        format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/Guardbook/CIDSystemInfo<</Registry(Adobe)\
             /Ordering(Identity)/Supplement 0>>/FontDescriptor {} 0 R/DW 0/W[1[{}]]{downs}/CIDToGIDMap/Identity>>",
            n.descriptor,
            widths.join(" ")
        ),
    ));
    // Ascent and descent are what readers make the boxes of a selection from: those of ordinary faces,
    // since every face of the source is in this one font.
    out.push((
        n.descriptor,
        format!(
            "<</Type/FontDescriptor/FontName/Guardbook/Flags 4/FontBBox[{} {} {} {}]/ItalicAngle 0\
             /Ascent {}/Descent {}/CapHeight 700/StemV 80/FontFile2 {} 0 R>>",
            bounds[0],
            bounds[1],
            bounds[2],
            bounds[3],
            truetype::ASCENT,
            truetype::DESCENT,
            n.file
        ),
    ));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(s: &str) -> Arc<str> {
        s.into()
    }

    #[test]
    fn a_glyph_is_its_outline_what_it_says_and_how_far_it_goes() {
        let mut a = Alphabet::default();
        let first = a.id(None, &text("a"), 500, false);
        assert_eq!(a.id(None, &text("a"), 500, false), first, "the same glyph is numbered once");
        assert_ne!(a.id(None, &text("b"), 500, false), first, "another meaning is another glyph");
        assert_ne!(a.id(None, &text("a"), 501, false), first, "so is another advance");
        assert_ne!(a.id(None, &text("a"), 500, true), first, "and another way of writing");
    }

    #[test]
    fn a_full_font_is_followed_by_another_and_still_has_its_space() {
        let mut a = Alphabet { most: 3, ..Default::default() };
        let ids: Vec<Id> = ["a", "b", "c"].iter().map(|s| a.id(None, &text(s), 500, false)).collect();
        assert_eq!([ids[0].font, ids[1].font, ids[2].font], [0, 0, 1], "two glyphs and room for a space");
        assert_eq!(a.space(0), 3, "the first font's space fits");
        assert_eq!(a.forms(0).len(), 3, "and it is full, not over-full");
        assert_ne!(a.space(1), 0, "each font has its own");
    }

    #[test]
    fn the_map_says_ligatures_whole_and_nothing_of_glyphs_without_meaning() {
        let mut a = Alphabet::default();
        a.id(None, &text("ffi"), 800, false);
        a.id(None, &text(""), 300, false);
        a.id(None, &text("𝄞"), 300, false);
        let map = String::from_utf8(to_unicode(a.forms(0))).unwrap();
        assert!(map.contains("<0001> <006600660069>"), "three characters for one glyph");
        assert!(!map.contains("<0002> "), "a glyph nobody can read stays unread");
        assert!(map.contains("<0003> <D834DD1E>"), "characters beyond the first plane are two units");
        assert!(map.contains("2 beginbfchar"), "and no more than these");
    }
}
