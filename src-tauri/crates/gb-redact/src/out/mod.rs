//! Writing: the plan of each page, its pixels, its text layer, the file.

mod canvas;
pub(crate) mod encode;
mod file;
mod font;
pub(crate) mod label;
mod numbers;
mod ops;
mod outline;
mod page;
pub(crate) mod paint;
mod pictured;
pub(crate) mod plan;
mod raster;
mod settle;
mod tags;
#[cfg(test)]
mod tests;
mod text;
#[cfg(test)]
mod tries;
mod truetype;
pub(crate) mod write;
