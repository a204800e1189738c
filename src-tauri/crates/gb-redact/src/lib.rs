//! Opens documents it does not trust, finds their words, builds them anew without what was marked, and
//! proves it.
//!
//! The promise: what was marked is not in the file, anywhere, in any form. So nothing is edited. A page
//! is read into what is drawn on it, the marks are taken away, and a new file is written from what is
//! left; then a second reader, which shares nothing with the writer, looks for what must be gone.
//!
//! Coordinates are points from the top left of the page as displayed (crop box, turned), y down; pages
//! count from 1; rectangles are left, top, right, bottom.
//!
//! The crate refuses: knowing what a resident, a request or an exemption is; input and output other than
//! bytes; clocks; the network; painting a box over content that stays in the file.

mod blind;
mod build;
mod certificate;
mod check;
mod document;
mod fault;
mod find;
mod fold;
mod guard;
mod limits;
mod marks;
mod meter;
mod out;
mod preflight;
mod prove;
mod raw;
mod read;
mod redact;
mod scene;
mod sweep;
mod take;

pub use blind::blind;
pub use certificate::{Certificate, Check, PageRecord};
pub use check::{Finding, FindingKind, Findings, check};
pub use document::{Document, Warning};
pub use fault::Fault;
pub use find::{Hit, find};
pub use limits::Limits;
pub use marks::{Mark, MarkKind, Placed, Shape, place};
pub use prove::{Plan, Proof, Secrets, prove};
pub use read::layout::{PageWords, Word};
pub use read::picture::Picture;
pub use redact::{
    Options, Progress, Quiet, Redacted, Stage, Widths, foresee, foresee_page, redact, redact_page,
};
pub use sweep::sweep;
