//! A reader of the raw file: its own tokeniser, object finder and bounded filters.
//!
//! It shares nothing with the interpreter or the writer. The preflight uses it to refuse a bomb before
//! anything else sees the bytes; the prover, the checker and the sweep use it to look at every object
//! a file holds, whether anything points at it or not.

mod codecs;
pub(crate) mod file;
pub(crate) mod filter;
pub(crate) mod search;
pub(crate) mod sizes;
pub(crate) mod token;

pub(crate) use file::RawFile;
pub(crate) use token::{Dict, Obj};
