//! Where the vaults lie on this laptop.

use gb_wire::Fault;
use std::env;
use std::path::PathBuf;

/// The folder that holds the organisation's vault and the practice vault.
///
/// `GUARDBOOK_HOME` wins. Otherwise it is the place the system gives a program for data of one person on one
/// machine: never the roaming profile, which would copy the vault to a server.
pub fn home() -> Result<PathBuf, Fault> {
    if let Some(chosen) = folder("GUARDBOOK_HOME") {
        return Ok(chosen);
    }
    data_folder().ok_or_else(|| {
        Fault::new(
            "There is no home folder to keep the vault in.",
            "Nothing was changed.",
            "Set GUARDBOOK_HOME to the full path of a folder of your own and start Guardbook again.",
        )
    })
}

#[cfg(target_os = "windows")]
fn data_folder() -> Option<PathBuf> {
    folder("LOCALAPPDATA").map(|data| data.join("Guardbook"))
}

#[cfg(target_os = "macos")]
fn data_folder() -> Option<PathBuf> {
    folder("HOME").map(|home| home.join("Library/Application Support/Guardbook"))
}

#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn data_folder() -> Option<PathBuf> {
    let data = folder("XDG_DATA_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/share")))?;
    Some(data.join("guardbook"))
}

/// A relative path would move with the current folder, and the vault with it: only full paths count.
fn folder(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}
