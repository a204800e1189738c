//! Two kinds of work on all cores, handed over in page order: pages are drawn and taken apart by whoever is
//! free; once the one before it has its numbers, a page is numbered, and serialised by whoever is free.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Pages that may be under way at once, so that memory stays flat however long the document is.
const WINDOW: usize = 160;

/// What a free worker does next.
pub(super) enum Next<J> {
    /// Pages, counted from 0, to be made with one reading of the file.
    Pages(Range<usize>),
    Serialise(J),
    Done,
}

pub(super) struct Queue<J> {
    state: Mutex<State<J>>,
    bell: Condvar,
    total: usize,
    chunk: usize,
}

struct State<J> {
    next: usize,
    jobs: VecDeque<J>,
    written: usize,
    stop: bool,
}

impl<J> Queue<J> {
    pub(super) fn new(total: usize, chunk: usize) -> Self {
        let state = State { next: 0, jobs: VecDeque::new(), written: 0, stop: false };
        Self { state: Mutex::new(state), bell: Condvar::new(), total, chunk }
    }

    fn state(&self) -> MutexGuard<'_, State<J>> {
        // A worker that panicked has changed nothing halfway: each change is one assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for something to do.
    pub(super) fn next(&self) -> Next<J> {
        let mut state = self.state();
        loop {
            if state.stop || state.written == self.total {
                return Next::Done;
            }
            if let Some(job) = state.jobs.pop_front() {
                return Next::Serialise(job);
            }
            if state.next < self.total && state.next < state.written + WINDOW {
                let start = state.next;
                state.next = (start + self.chunk).min(self.total);
                return Next::Pages(start..state.next);
            }
            let waited = self.bell.wait_timeout(state, Duration::from_millis(100));
            state = waited.map_or_else(|e| e.into_inner().0, |(s, _)| s);
        }
    }

    /// A page to serialise, if one waits; asked between pages.
    pub(super) fn serialise(&self) -> Option<J> {
        self.state().jobs.pop_front()
    }

    pub(super) fn push(&self, job: J) {
        self.state().jobs.push_back(job);
        self.bell.notify_one();
    }

    pub(super) fn written(&self, pages: usize) {
        self.state().written = pages;
        self.bell.notify_all();
    }

    pub(super) fn stop(&self) {
        self.state().stop = true;
        self.bell.notify_all();
    }

    pub(super) fn stopped(&self) -> bool {
        self.state().stop
    }
}
