use crate::{OpenFault, folder::private_mode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
    thread,
    time::Duration,
};

/// The hold on a vault. The operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    // Never read again: holding it is the point.
    _file: File,
}

/// What stands in the lock file, for whoever is turned away.
#[derive(Serialize, Deserialize)]
struct Holder {
    pid: u32,
    since: DateTime<Utc>,
}

impl Lock {
    /// Takes the hold, or says since when somebody else has it.
    pub fn take(path: &Path, at: DateTime<Utc>) -> Result<Self, OpenFault> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        private_mode(&mut options);
        let mut file = options.open(path)?;
        // Somebody who only looks holds it for a moment; somebody who works holds it longer than this.
        for patience in (0..5).rev() {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if patience > 0 => thread::sleep(Duration::from_millis(20)),
                Err(TryLockError::WouldBlock) => return Err(OpenFault::InUse { since: holder(&mut file) }),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        // What the file says is a courtesy; a full disk must not keep anybody from opening the vault.
        let _ = write_holder(&mut file, &Holder { pid: std::process::id(), since: at });
        Ok(Self { _file: file })
    }

    /// Since when the vault is open elsewhere, if it is; nothing is held afterwards.
    pub fn peek(path: &Path) -> Option<Option<DateTime<Utc>>> {
        let mut file = File::open(path).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(holder(&mut file)),
            _ => None,
        }
    }
}

fn holder(file: &mut File) -> Option<DateTime<Utc>> {
    let mut text = String::new();
    file.take(4096).read_to_string(&mut text).ok()?;
    serde_json::from_str::<Holder>(&text).ok().map(|holder| holder.since)
}

fn write_holder(file: &mut File, holder: &Holder) -> std::io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&serde_json::to_vec(holder)?)?;
    file.flush()
}
