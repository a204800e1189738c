//! What the vault keeps, one file for each noun: how it is written, and the questions that are asked of it.

mod documents;
mod marks;
mod packs;
mod requests;
mod settings;

pub use packs::NewPack;
pub use requests::RequestSummary;
