//! Journeys through the real window, and the tools they share.

mod driver;
mod first_case;
mod hunt;
mod quiet;
mod shell;
mod stage;
mod wire;
