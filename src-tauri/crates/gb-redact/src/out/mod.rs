//! Writing: the plan of each page, its pixels, its text layer, the file.

pub(crate) mod encode;
pub(crate) mod font;
pub(crate) mod label;
pub(crate) mod paint;
pub(crate) mod plan;
mod settle;
pub(crate) mod write;
