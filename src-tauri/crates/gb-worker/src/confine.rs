//! What the child gives up before it takes the first byte.

/// Whether this system lets the child give up anything; where not, only the parent's time limit holds.
pub const fn confined() -> bool {
    cfg!(unix)
}

/// Memory the child may map: a 2-kilobyte bomb can ask for two gigabytes.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;
/// Seconds of processor time.
#[cfg(unix)]
const SECONDS: u64 = 60;
/// File descriptors: three that it is given, and what the runtime needs.
#[cfg(unix)]
const DESCRIPTORS: u64 = 16;

/// Gives up what can be given up, for the rest of this process's life. [`crate::child_main`] does this first; an error
/// means that nothing may be read.
#[cfg(unix)]
pub fn give_up() -> std::io::Result<()> {
    limit(libc::RLIMIT_AS, MEMORY, MEMORY)?;
    // The first second past the limit sends a signal that tells why; the second one ends it without a word.
    limit(libc::RLIMIT_CPU, SECONDS, SECONDS + 2)?;
    limit(libc::RLIMIT_FSIZE, 0, 0)?;
    limit(libc::RLIMIT_NOFILE, DESCRIPTORS, DESCRIPTORS)?;
    limit(libc::RLIMIT_CORE, 0, 0)?;
    #[cfg(target_os = "linux")]
    {
        promise(libc::PR_SET_NO_NEW_PRIVS, 1)?;
        promise(libc::PR_SET_DUMPABLE, 0)?;
        // The parent may die first, by a power cut to it or by its own end: then so does the reader.
        promise(libc::PR_SET_PDEATHSIG, libc::SIGKILL as libc::c_ulong)?;
    }
    Ok(())
}

/// Elsewhere nothing can be given up this way.
#[cfg(not(unix))]
pub fn give_up() -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
type Resource = libc::__rlimit_resource_t;
#[cfg(unix)]
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
type Resource = libc::c_int;

#[cfg(unix)]
#[allow(unsafe_code)]
fn limit(what: Resource, soft: u64, hard: u64) -> std::io::Result<()> {
    let mut now = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `now` is a whole rlimit of ours that outlives the call; the kernel writes only into it.
    if unsafe { libc::getrlimit(what, &raw mut now) } != 0 {
        return Err(std::io::Error::last_os_error());
    }
    let hard = (hard as libc::rlim_t).min(now.rlim_max);
    let new = libc::rlimit { rlim_cur: (soft as libc::rlim_t).min(hard), rlim_max: hard };
    // SAFETY: `new` is a whole rlimit of ours that outlives the call; the kernel only reads it.
    if unsafe { libc::setrlimit(what, &raw const new) } != 0 {
        return Err(std::io::Error::last_os_error());
    }
    Ok(())
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn promise(what: libc::c_int, value: libc::c_ulong) -> std::io::Result<()> {
    let none: libc::c_ulong = 0;
    // SAFETY: these three options take numbers only; no memory of ours is handed over.
    if unsafe { libc::prctl(what, value, none, none, none) } != 0 {
        return Err(std::io::Error::last_os_error());
    }
    Ok(())
}
