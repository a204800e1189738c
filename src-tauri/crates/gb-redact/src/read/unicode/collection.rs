//! Characters by their number in one of Adobe's collections (Japan1, GB1, CNS1, Korea1).

use super::fonts::descendant;
use super::names::{readable, text};
use hayro::hayro_interpret::hayro_cmap::{CMap, CMapName, CidFamily, load_embedded};
use hayro::hayro_syntax::object::{self, Dict, Name, Stream};

/// A composite font whose glyphs are numbered as a collection numbers them.
pub(crate) struct Collection {
    /// From character codes to numbers in the collection.
    encoding: CMap,
    /// From those to Unicode.
    unicode: CMap,
}

impl Collection {
    /// The collection of a composite font, if it has one whose characters are known.
    pub(crate) fn of(font: &Dict<'_>) -> Option<Self> {
        let encoding = encoding(font)?;
        let own = encoding.metadata().character_collection.as_ref().map(|c| c.family.clone());
        let family = own.filter(|f| f.ucs2_cmap().is_some()).or_else(|| {
            let info = descendant(font)?.get::<Dict<'_>>("CIDSystemInfo")?;
            let registry = info.get::<object::String<'_>>("Registry")?;
            let ordering = info.get::<object::String<'_>>("Ordering")?;
            Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
        })?;
        let unicode = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
        Some(Self { encoding, unicode })
    }

    /// What a character code says.
    pub(crate) fn says(&self, code: u32) -> Option<String> {
        let cid = (1..=4).find_map(|bytes| self.encoding.lookup_cid_code(code, bytes))?;
        // Number 0 is no character in any collection.
        (cid != 0).then(|| self.unicode.lookup_bf_string(cid).map(text))?.filter(|t| readable(t))
    }
}

fn encoding(font: &Dict<'_>) -> Option<CMap> {
    if let Some(stream) = font.get::<Stream<'_>>("Encoding") {
        return CMap::parse(&stream.decoded().ok()?, load_embedded);
    }
    let name = font.get::<Name<'_>>("Encoding")?;
    match CMapName::from_bytes(name.as_ref()) {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        name => CMap::parse(load_embedded(name)?, load_embedded),
    }
}
