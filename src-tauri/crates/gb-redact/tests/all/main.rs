//! gb-redact from outside: files made here by hand, opened, searched, redacted, proved, checked.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod channels;
mod foreign;
mod hostile;
mod leaks;
mod limits;
mod paper;
mod producers;
mod reading;
mod redacting;
mod refused;
mod widths;
