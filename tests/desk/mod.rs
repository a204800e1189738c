//! The desk without a window: what the journeys need a thousand tries or a broken disk for.

mod ahead;
mod bad_input;
mod contract;
mod interrupted;
mod place;
mod sealed;
mod wishes;
