//! gb-redact from outside: files made here by hand, opened, searched, redacted, proved, checked.

mod leaks;
mod limits;
mod paper;
mod reading;
mod redacting;
