//! The one way a file leaves the vault: whole, at a place the person chose, or not at all.

use gb_wire::Fault;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file beside its place, makes it durable, and moves it there. On any fault nothing stands at `path`
/// that was not there before.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let part = folder.join(format!(".{name}.part"));
    let written = write_to(&part, bytes).and_then(|()| fs::rename(&part, path)).and_then(|()| settle(folder));
    written.map_err(|why| {
        // What could not be finished must not lie about half written.
        let _ = fs::remove_file(&part);
        Fault::new(
            format!("“{name}” could not be written: {}.", reason(&why)),
            "What is in the vault is unchanged, and nothing half-written was left behind.",
            "Choose another place, or make room, and save again.",
        )
    })
}

fn write_to(part: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(part)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the new name durable where the system lets a folder be opened; elsewhere the rename itself is enough.
fn settle(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn reason(why: &io::Error) -> &'static str {
    match why.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
            "the disk is full"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "writing there is not allowed",
        io::ErrorKind::NotFound => "that folder does not exist",
        io::ErrorKind::IsADirectory => "a folder of that name is in the way",
        _ => "the system refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a temp folder");
        let path = folder.path().join("pack.pdf");
        write_whole(&path, b"first").expect("a plain write");
        write_whole(&path, b"second").expect("replaces a file whole");
        assert_eq!(fs::read(&path).expect("it is there"), b"second");
        let nowhere = folder.path().join("missing/pack.pdf");
        let fault = write_whole(&nowhere, b"x").expect_err("the folder is not there");
        assert!(fault.what.contains("does not exist"), "{fault}");
        assert_eq!(fs::read_dir(folder.path()).expect("lists").count(), 1, "no part file is left");
    }
}
