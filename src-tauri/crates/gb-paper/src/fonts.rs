//! The two faces papers are set in, their measures, and the subsets that go into a file.

use crate::PaperFault;
use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use printpdf::ParsedFont;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A face of the family papers are set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    Regular,
    SemiBold,
}

impl Face {
    pub(crate) const ALL: [Face; 2] = [Face::Regular, Face::SemiBold];

    /// The name of its resource on a page.
    pub(crate) fn resource(self) -> &'static str {
        match self {
            Face::Regular => "F1",
            Face::SemiBold => "F2",
        }
    }

    /// The name in the file, with the tag of a subset (ISO 32000-1, 9.6.4).
    fn name(self) -> &'static str {
        match self {
            Face::Regular => "GBPAPR+SourceSans3-Regular",
            Face::SemiBold => "GBPAPS+SourceSans3-Semibold",
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../../../../assets/fonts/SourceSans3-Regular.ttf"),
            Face::SemiBold => include_bytes!("../../../../assets/fonts/SourceSans3-SemiBold.ttf"),
        }
    }

    fn whole(self) -> &'static ParsedFont {
        static FACES: LazyLock<[ParsedFont; 2]> = LazyLock::new(|| {
            Face::ALL.map(|face| {
                ParsedFont::from_bytes(face.bytes(), 0, &mut Vec::new())
                    .expect("the fonts are built in, and a test measures with them")
            })
        });
        &FACES[self as usize]
    }

    /// Whether the face has this letter.
    pub(crate) fn has(self, letter: char) -> bool {
        self.whole().lookup_glyph_index(letter as u32).is_some_and(|glyph| glyph != 0)
    }

    /// The width of a text in points, by the font's own advances.
    pub(crate) fn width(self, text: &str, size: f32) -> f32 {
        let font = self.whole();
        let units: u32 = text
            .chars()
            .filter_map(|c| font.lookup_glyph_index(c as u32))
            .filter_map(|glyph| font.get_glyph_width(glyph))
            .map(u32::from)
            .sum();
        units as f32 * size / f32::from(font.units_per_em)
    }

    /// The face with these letters and no others.
    pub(crate) fn subset(self, letters: &BTreeSet<char>) -> Result<ParsedFont, PaperFault> {
        let fault = |says: String| PaperFault::Writing(format!("font: {says}"));
        let glyphs: BTreeSet<u16> =
            letters.iter().filter_map(|c| self.whole().lookup_glyph_index(*c as u32)).collect();
        // Glyph 0 comes first, as the subsetter asks.
        let glyphs: Vec<u16> = std::iter::once(0).chain(glyphs.into_iter().filter(|g| *g != 0)).collect();
        let file = ReadScope::new(self.bytes()).read::<FontData<'_>>().map_err(|e| fault(e.to_string()))?;
        let tables = file.table_provider(0).map_err(|e| fault(e.to_string()))?;
        let bytes = subset(&tables, &glyphs, &SubsetProfile::Pdf, CmapTarget::Unicode)
            .map_err(|e| fault(e.to_string()))?;
        let mut font = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
            .ok_or_else(|| fault("the subset could not be read".into()))?;
        font.font_name = Some(self.name().into());
        Ok(font)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faces_have_the_letters_of_residents_names() {
        let letters = "Łódź ąćęłńóśźż ŵŷâêîôûïŴŶ éèëçñüßøåæ İığş Ёж αβ – — ‘’ “” … · • £ € § ½ □ 0123456789";
        for face in Face::ALL {
            for letter in letters.chars() {
                assert!(face.has(letter), "{face:?} has “{letter}”");
            }
            assert!(face.width("Wm", 10.0) > face.width("il", 10.0), "widths are the font’s own");
        }
    }
}
