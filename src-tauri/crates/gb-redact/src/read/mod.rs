//! Reading a page: its glyphs as drawn, its words, its picture.

pub(crate) mod glyphs;
pub(crate) mod layout;
pub(crate) mod order;
pub(crate) mod picture;
pub(crate) mod rtl;
pub(crate) mod seen;
pub(crate) mod unicode;
