//! Journeys through the real window, and the tools they share.

mod driver;
mod first_case;
pub mod hunt;
mod quiet;
mod shell;
mod stage;
mod wire;
