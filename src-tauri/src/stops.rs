//! Which long work the person has asked to stop.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A flag that long work looks at between steps.
pub type Stop = Arc<AtomicBool>;

/// Work under way, by the ticket the window gave it.
#[derive(Default)]
pub struct Stops(Mutex<HashMap<String, Stop>>);

impl Stops {
    /// Enters work; it leaves again with [`Stops::leave`].
    pub fn enter(&self, ticket: &str) -> Stop {
        let stop = Stop::default();
        self.held().insert(ticket.to_owned(), Arc::clone(&stop));
        stop
    }

    /// Takes finished work out.
    pub fn leave(&self, ticket: &str) {
        self.held().remove(ticket);
    }

    /// Asks work to stop. A ticket nobody holds is work that has already ended.
    pub fn stop(&self, ticket: &str) {
        if let Some(stop) = self.held().get(ticket) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Stop>> {
        // The map is whole after every line above, so a panic elsewhere cannot have spoilt it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_work_meant_is_stopped() {
        let stops = Stops::default();
        let (a, b) = (stops.enter("a"), stops.enter("b"));
        stops.stop("a");
        stops.stop("nobody");
        assert!(a.load(Ordering::Relaxed), "the one asked for stops");
        assert!(!b.load(Ordering::Relaxed), "the other goes on");
        stops.leave("a");
        assert!(!stops.enter("a").load(Ordering::Relaxed), "a ticket used again starts afresh");
    }
}
