//! The contract with the window: every command, what goes in, what comes out, and the faults.
//!
//! One list ([`commands!`], in `list.rs`) feeds the Rust trait [`Commands`], the dispatcher [`dispatch`] and the
//! TypeScript the window is compiled against ([`typescript`]). This crate refuses bodies and Tauri: `gb-desk`
//! does the work, `src-tauri` carries the calls.

mod fault;
mod list;
mod surroundings;
mod typescript;
mod views;

pub use fault::{Fault, FaultCode};
pub use list::{COMMANDS, Command, Commands, Reply, dispatch};
pub use surroundings::{FileKind, Progress, Surroundings};
pub use typescript::typescript;
pub use views::*;
