//! Sets words on paper: letters, the schedule, the key, dividers, stamps; and joins them into one pack.
//!
//! What a paper says is decided elsewhere and comes in as [`Block`]s; this crate measures, breaks and places
//! them on A4, and writes PDF 1.7 whose bytes depend on nothing but what came in: no clock, no random ids.
//! Lengths are points (1/72 inch) unless a name says otherwise. It refuses to read the vault and to decide
//! what to say; one thing it does decide, because it is the last to touch the page: a code that may not be told
//! never reaches the paper (`RED-2`).

mod blocks;
mod fault;
mod flow;
mod fonts;
mod join;
mod letter;
mod pages;
mod pdf;
mod sheet;
mod template;
mod wrap;

pub use blocks::{Align, Block, Column, Table, Width};
pub use fault::PaperFault;
pub use join::{Joined, PackPlace, Part, Stamp, StampHow, join, pages_in};
pub use letter::{Footer, Letter, Letterhead, Signature, letter};
pub use pages::{
    Divider, KeyEntry, Neutral, Outcome, Paper, ScheduleRow, divider, key, paper, schedule, withheld_page,
};
pub use template::{Fields, Value, field_names, fill, templates};
