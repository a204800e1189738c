//! What tests and practice cases are made of: made-up residents, fixed days, small and nasty PDFs, and the
//! generator of the invented documents under `assets/sample`.
//!
//! A dev-dependency only: nothing here is linked into what a DPO runs. Everything is invented. Telephone numbers
//! come from the ranges kept for drama (01632 960xxx, 07700 900xxx), National Insurance numbers from a prefix that
//! is never issued (QQ), NHS numbers from the test range (999), mail from `example.org`; no postcode area `HW`
//! exists. It refuses clocks and randomness: the same call gives the same bytes, on every machine.

pub mod days;
mod faces;
mod file;
mod jpeg;
mod paint;
pub mod pdf;
pub mod people;
pub mod samples;
mod sheet;
mod widths;
