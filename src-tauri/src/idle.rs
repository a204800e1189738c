//! Locks the vault when nobody is there.

use crate::dialogs::Room;
use crate::{call::Office, seam};
use gb_desk::Desk;
use gb_wire::{Commands, Nothing};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use tauri::{AppHandle, Emitter, Manager};

/// What the window hears when the vault was locked for it.
pub const LOCKED: &str = "guardbook://locked";

const TICK: Duration = Duration::from_secs(1);
/// A tick that took this long means that the laptop slept.
const SLEPT: Duration = Duration::from_secs(30);

/// A moment on both clocks: the steady one stands still while a laptop sleeps, the wall clock can be set.
#[derive(Clone, Copy)]
pub struct Moment {
    steady: Instant,
    wall: SystemTime,
}

impl Moment {
    /// Now.
    pub fn now() -> Self {
        Self { steady: Instant::now(), wall: SystemTime::now() }
    }

    /// How long ago it was by the clock that says more: sleep counts, and a wall clock put back gains nothing.
    fn until(self, later: Self) -> Duration {
        let wall = later.wall.duration_since(self.wall).unwrap_or_default();
        later.steady.saturating_duration_since(self.steady).max(wall)
    }
}

/// When somebody last did something.
pub struct LastSeen(Mutex<Moment>);

impl LastSeen {
    /// Somebody is here now.
    pub fn new() -> Self {
        Self(Mutex::new(Moment::now()))
    }

    /// Somebody did something.
    pub fn touch(&self, at: Moment) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    fn idle(&self, at: Moment) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).until(at)
    }
}

/// Watches from a thread of its own until the program ends.
pub fn watch(app: &AppHandle, desk: Arc<Desk>) {
    let app = app.clone();
    thread::spawn(move || {
        let mut before = Moment::now();
        loop {
            thread::sleep(TICK);
            let now = Moment::now();
            let slept = before.until(now) > SLEPT;
            before = now;
            if desk.is_open() && (slept || due(&app, &desk, now)) {
                lock(&app, &desk);
            }
        }
    });
}

fn due(app: &AppHandle, desk: &Desk, now: Moment) -> bool {
    let idle = app.state::<Office>().last_seen.idle(now);
    if let Some(after) = seam::lock_after() {
        return idle >= after;
    }
    // A vault that locks within the minute does not exist: spare the desk the question.
    if idle < Duration::from_secs(60) {
        return false;
    }
    let minutes =
        desk.vault_status(Nothing {}, &Room::silent(app)).map_or(1, |status| status.lock_after_minutes);
    idle >= Duration::from_secs(60 * u64::from(minutes.max(1)))
}

fn lock(app: &AppHandle, desk: &Desk) {
    if desk.vault_lock(Nothing {}, &Room::silent(app)).is_ok() {
        // The window may be gone already; the vault is locked all the same.
        let _ = app.emit(LOCKED, ());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(from: Moment, steady: u64, wall: i64) -> Moment {
        let shift = Duration::from_secs(wall.unsigned_abs());
        let wall = if wall < 0 { from.wall - shift } else { from.wall + shift };
        Moment { steady: from.steady + Duration::from_secs(steady), wall }
    }

    #[test]
    fn idleness_cannot_be_hidden_from() {
        let start = Moment::now();
        let seen = LastSeen(Mutex::new(start));
        let check = |steady, wall, seconds, why: &str| {
            assert_eq!(seen.idle(later(start, steady, wall)).as_secs(), seconds, "{why}");
        };
        check(299, 299, 299, "both clocks agree");
        check(2, 3600, 3600, "an hour asleep counts, though the steady clock stood still");
        check(300, -3600, 300, "a wall clock put back does not keep the vault open");
        seen.touch(later(start, 300, 300));
        assert_eq!(seen.idle(later(start, 301, 301)).as_secs(), 1, "a touch starts it again");
    }
}
