//! Running a reader of foreign bytes so that its panics and its deep recursions stay its own.

use crate::Fault;
use crate::meter::TooHeavy;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Stack for work on foreign bytes: readers recurse into nested forms, and the default 2 MiB of a
/// spawned thread is soon used. Only pages touched are paid for.
const STACK: usize = 64 << 20;

/// Runs `work` on its own deep stack; a panic becomes `fault`.
pub(crate) fn run<T: Send>(fault: Fault, work: impl FnOnce() -> T + Send) -> Result<T, Fault> {
    std::thread::scope(|scope| {
        let spawned = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match spawned {
            Ok(handle) => handle.join().map_err(|thrown| named(thrown, fault)),
            Err(_) => Err(Fault::Internal { what: "starting a thread" }),
        }
    })
}

/// Catches a panic on the thread we are on (which must have come from [`run`] or [`workers`]).
pub(crate) fn catch<T>(fault: Fault, work: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|thrown| named(thrown, fault))
}

/// What was thrown, as a fault: a page that makes too much work is not a mistake of its reader.
fn named(thrown: Box<dyn Any + Send>, fault: Fault) -> Fault {
    match fault {
        Fault::PageUnreadable { page } if thrown.is::<TooHeavy>() => Fault::PageTooHeavy { page },
        fault => fault,
    }
}

/// A builder for worker threads with the deep stack.
pub(crate) fn builder() -> std::thread::Builder {
    std::thread::Builder::new().stack_size(STACK)
}

/// How many threads to use: all there are, within reason.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get()).min(16)
}

/// Does `work` on chunks of `0..total` on all cores, and joins what comes of it in order.
pub(crate) fn chunks<T: Send>(
    total: usize,
    chunk: usize,
    work: impl Fn(std::ops::Range<usize>) -> Result<Vec<T>, Fault> + Sync,
) -> Result<Vec<T>, Fault> {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let next = AtomicUsize::new(0);
    let run = || -> Result<Vec<(usize, Vec<T>)>, Fault> {
        let mut out = Vec::new();
        loop {
            let start = next.fetch_add(chunk, Ordering::Relaxed);
            if start >= total {
                return Ok(out);
            }
            out.push((start, work(start..(start + chunk).min(total))?));
        }
    };
    std::thread::scope(|scope| {
        let threads = cores().min(total.div_ceil(chunk)).max(1);
        let handles: Vec<_> = (0..threads).filter_map(|_| builder().spawn_scoped(scope, run).ok()).collect();
        let mut parts = Vec::new();
        for handle in handles {
            parts.extend(handle.join().unwrap_or(Err(Fault::Internal { what: "working on pages" }))?);
        }
        parts.sort_by_key(|(start, _)| *start);
        Ok(parts.into_iter().flat_map(|(_, part)| part).collect())
    })
}
