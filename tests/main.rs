//! What no crate can see alone: the plan of the house, and whole journeys through the real window.
//!
//! `architecture` runs everywhere. The journeys are marked `ignored`, because they need the built window and a display
//! of their own: `cargo xtask test` builds the one, sets up the other and runs them. This package refuses Tauri and the
//! network; it drives the window from outside, as a person would.

mod architecture;
mod desk;
mod journeys;
