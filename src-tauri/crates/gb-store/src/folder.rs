use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Where everything in a vault's folder lies, and how a file is put there so that it is whole or not there.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

/// The ending of a file that is still being written.
const UNFINISHED: &str = "tmp";

/// Files of a vault whose making was cut short before it had a header.
pub(crate) const BEGUN: [&str; 4] =
    ["guardbook.db", "guardbook.db-wal", "guardbook.db-journal", "vault.json.bak.tmp"];

impl Folder {
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn header(&self) -> PathBuf {
        self.0.join("vault.json")
    }

    pub fn header_copy(&self) -> PathBuf {
        self.0.join("vault.json.bak")
    }

    pub fn database(&self) -> PathBuf {
        self.0.join("guardbook.db")
    }

    pub fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    pub fn objects(&self) -> PathBuf {
        self.0.join("objects")
    }

    /// The file of an object; `id` is hex.
    pub fn object(&self, id: &str) -> PathBuf {
        self.objects().join(&id[..2]).join(format!("{id}.gbo"))
    }

    /// Makes the folder, or takes an empty one. A vault whose making was cut short before it had a header
    /// counts as empty: its key was never written down, so nothing in it could ever be read.
    pub fn make(&self) -> io::Result<bool> {
        match fs::read_dir(&self.0) {
            Ok(entries) => {
                for entry in entries {
                    let name = entry?.file_name();
                    let ours = BEGUN.iter().chain([&"lock", &"objects"]).any(|known| name == *known);
                    if !ours {
                        return Ok(false);
                    }
                }
            }
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => make_private_folder(&self.0)?,
            Err(other) => return Err(other),
        }
        make_private(&self.0)?;
        Ok(true)
    }
}

/// Writes a file so that a reader, or a power cut, meets the old one or the new one and nothing between:
/// beside it, to the disk, renamed over it, and the folder to the disk.
pub(crate) fn put(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let unfinished = path.with_added_extension(UNFINISHED);
    let written = (|| {
        let mut file = io::BufWriter::with_capacity(1 << 18, private_file(&unfinished)?);
        write(&mut file)?;
        file.flush()?;
        file.get_ref().sync_all()?;
        drop(file);
        fs::rename(&unfinished, path)?;
        sync_folder_of(path)
    })();
    if written.is_err() {
        // Best effort: opening the vault sweeps what stays.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

/// Whether a file was still being written when something stopped.
pub(crate) fn is_unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == UNFINISHED)
}

/// Makes a folder only its owner may enter.
pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    make_private(path)?;
    sync_folder_of(path)
}

/// Opens a new, empty file only its owner may read.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    private_mode(&mut options);
    options.open(path)
}

#[cfg(unix)]
pub(crate) fn private_mode(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

// On Windows a vault takes the rights of the folder it is made in, which in a user's profile are the user's.
#[cfg(not(unix))]
pub(crate) fn private_mode(_: &mut OpenOptions) {}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}

// A rename is on the disk once its folder is.
#[cfg(unix)]
fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => File::open(parent)?.sync_all(),
        _ => Ok(()),
    }
}

// Windows gives no handle on a folder to flush; NTFS writes its own journal of names.
#[cfg(not(unix))]
fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}
