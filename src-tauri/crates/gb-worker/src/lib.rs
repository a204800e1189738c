//! Reads a document for the first time, in a process of its own that can do no harm.
//!
//! A PDF from a stranger may be made to crash, hang or swell whatever reads it. So the first reading happens in a
//! child process, one document each: it is handed the bytes on its standard input, says what it found on its standard
//! output, and is gone. Before it takes the first byte it gives up most of what a process may do ([`child_main`]);
//! the parent gives it [`PATIENCE`] and then ends it. Each way of dying is a [`WorkerFault`] of its own.
//!
//! It refuses the vault, and it refuses to trust what the process answers: a frame has a limit, its contents have
//! limits, and anything else counts as the child gone wrong.
//!
//! What the child gives up, on Unix: memory above 1 GiB, more than 60 s of processor time, writing into files, and
//! leaving a core file; it may hold 16 file descriptors. On Linux also new privileges, being looked into by others,
//! and outliving its parent. **Not yet**: the kernel could take away opening files, sockets and starting programs
//! too (Landlock, seccomp), which comes in a later issue; until then a document that took over the reader could
//! still read what the user can read. The engine reads on a thread of its own, so the number of threads is not
//! limited either. On other systems than Unix the child is a plain process with the parent's time limit, and
//! [`confined`] says so.

mod child;
mod confine;
mod frame;
mod parent;

pub use child::child_main;
pub use confine::{confined, give_up};
pub use parent::{Worker, WorkerFault, examine};

use std::time::Duration;

/// The hidden first argument that turns a program into the reader.
pub const CHILD_ARGUMENT: &str = "guardbook-reader";

/// How long the parent waits for an answer: five seconds more than the child's processor time.
pub const PATIENCE: Duration = Duration::from_secs(65);

/// What the first reading found. Every field was checked by the parent before it was believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Examined {
    /// Pages, from 1 to the engine's limit.
    pub pages: u32,
    /// Width and height of each page in points, as displayed.
    pub sizes: Vec<(f32, f32)>,
    /// Whether the file is encrypted (and was opened with the password given, or with none).
    pub encrypted: bool,
    /// Words that can be selected on each page; zero on a page that is only a picture.
    pub words_per_page: Vec<u32>,
    /// What a person should know, in sentences of ours: the child sends codes and numbers, never text.
    pub notices: Vec<String>,
}
