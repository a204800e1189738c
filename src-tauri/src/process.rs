//! What the process does for its own safety before anything else runs.

use std::panic;

/// Shuts the process off from its neighbours. Call it first in `main`, while there is one thread.
pub fn shield() {
    #[cfg(unix)]
    unix::shield();
    settle_environment();
}

/// A panic's message can quote the value it tripped over, which may be personal. Only the place is told.
pub fn quiet_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
        eprintln!("Something inside Guardbook broke{place}. What was saved before is safe in the vault.");
    }));
}

/// Settles what GTK and the webview read from the environment.
fn settle_environment() {
    // In a release nobody may drive the window from outside; Tauri would allow it on the strength of this variable.
    #[cfg(not(debug_assertions))]
    unset("TAURI_WEBVIEW_AUTOMATION");
    // With no session bus, GTK's accessibility bridge and portals wait for one that never comes. With one they stay:
    // screen readers need the bridge.
    #[cfg(target_os = "linux")]
    if !unix::session_bus() {
        set("NO_AT_BRIDGE", "1");
        set("GTK_USE_PORTAL", "0");
        set("GIO_USE_VFS", "local");
        set("GSETTINGS_BACKEND", "memory");
    }
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn set(variable: &str, value: &str) {
    // SAFETY: `shield` runs before any other thread exists, so nobody reads the environment meanwhile.
    unsafe { std::env::set_var(variable, value) }
}

#[cfg(not(debug_assertions))]
#[allow(unsafe_code)]
fn unset(variable: &str) {
    // SAFETY: as in `set`.
    unsafe { std::env::remove_var(variable) }
}

#[cfg(unix)]
mod unix {
    /// Files for their owner alone, no core files, no looking into this process from another.
    #[allow(unsafe_code)]
    pub fn shield() {
        let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        // SAFETY: plain system calls on this process; the one pointer is to a live local. A refusal leaves the
        // process as it was, which is no reason not to start, so the answers are not read.
        unsafe {
            libc::umask(0o077);
            libc::setrlimit(libc::RLIMIT_CORE, &none);
            #[cfg(target_os = "linux")]
            libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0);
        }
    }

    /// Whether a session bus is there. An address that names a socket which has gone counts as none.
    #[cfg(target_os = "linux")]
    pub fn session_bus() -> bool {
        use std::{env, path::Path};
        let Ok(address) = env::var("DBUS_SESSION_BUS_ADDRESS") else {
            return env::var_os("XDG_RUNTIME_DIR").is_some_and(|dir| Path::new(&dir).join("bus").exists());
        };
        address.split(';').any(|one| match one.strip_prefix("unix:path=") {
            Some(path) => Path::new(path.split(',').next().unwrap_or(path)).exists(),
            None => one.contains(':'),
        })
    }
}
