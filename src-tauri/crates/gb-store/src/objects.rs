use crate::{
    Read, StoreFault, Tx,
    folder::{self, Folder, put},
    hex,
    keys::{Key, mac, unwrap, wrap},
    randomness::random,
    stream,
};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::Mac;
use rusqlite::{Connection, Row, params};
use std::{fmt, fs, io, path::Path};
use zeroize::Zeroizing;

/// Up to this many bytes an object lies in the database; above it, in a file of its own.
pub(crate) const LARGEST_IN_DATABASE: usize = 256 * 1024;

/// The name of stored bytes: HMAC-SHA-256 over them under a key of this vault, in hex. The same bytes have the
/// same name in one vault, and a name tells nobody without the key what the bytes are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(String);

impl ObjectId {
    /// The name in hex, 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_row(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an object's bytes are.
enum Place {
    Row(Zeroizing<Vec<u8>>),
    File { wrapped_key: Vec<u8>, size: u64 },
}

impl Tx<'_> {
    /// Keeps bytes. The same bytes are kept once.
    ///
    /// A large object's file is whole and on the disk before its row is written, so a row never speaks of a
    /// file that a power cut could take; a file whose act fails is swept a day later.
    pub fn put_object(&mut self, bytes: &[u8]) -> Result<ObjectId, StoreFault> {
        let id = self.name_of(bytes);
        let question = "SELECT wrapped_key FROM objects WHERE id = ?1";
        match self.find(question, [id.as_str()], |row| row.get::<_, Option<Vec<u8>>>(0))? {
            // Its file went missing and here are its bytes: put back under the key it had.
            Some(Some(wrapped_key)) if !self.folder.object(id.as_str()).exists() => {
                let bound = self.bound_to(&id, bytes.len() as u64);
                let key = unwrap(&self.keys.object_wrap, &wrapped_key, &bound)
                    .ok_or_else(|| StoreFault::DamagedObject { id: id.to_string() })?;
                self.write_object_file(&id, bytes, &key, &bound)?;
                return Ok(id);
            }
            Some(_) => return Ok(id),
            None => {}
        }
        let (in_row, wrapped_key) = match bytes.len() {
            0..=LARGEST_IN_DATABASE => (Some(bytes), None),
            _ => {
                let key: Key = Zeroizing::new(random(self.random)?);
                let bound = self.bound_to(&id, bytes.len() as u64);
                self.write_object_file(&id, bytes, &key, &bound)?;
                (None, Some(wrap(&self.keys.object_wrap, &key, &bound, self.random)?))
            }
        };
        self.write(
            "INSERT INTO objects (id, size, bytes, wrapped_key) VALUES (?1, ?2, ?3, ?4)",
            params![id.as_str(), bytes.len() as i64, in_row, wrapped_key],
        )?;
        Ok(id)
    }

    fn write_object_file(
        &mut self,
        id: &ObjectId,
        bytes: &[u8],
        key: &Key,
        bound: &[u8],
    ) -> Result<(), StoreFault> {
        let prefix = random(self.random)?;
        let path = self.folder.object(id.as_str());
        if let Some(shelf) = path.parent()
            && !shelf.is_dir()
        {
            folder::make_private_folder(shelf)?;
        }
        Ok(put(&path, |file| stream::seal(file, key, prefix, bound, bytes))?)
    }

    /// Takes away the rows, and so the keys, of objects that nothing speaks of any more. Only at the end of an
    /// act: until then the same bytes may be put again, and must find their row and not overwrite its file.
    pub(crate) fn remove_loosened_objects(&mut self) -> Result<(), StoreFault> {
        for object in self.loosened.clone() {
            self.write(include_str!("remove_object_nobody_needs.sql"), [object.as_str()])?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// The bytes of an object, verified against its name. A missing or damaged one is a fault that names it.
    pub fn object(&self, id: &ObjectId) -> Result<Zeroizing<Vec<u8>>, StoreFault> {
        let damaged = || StoreFault::DamagedObject { id: id.to_string() };
        let missing = || StoreFault::MissingObject { id: id.to_string() };
        let question = "SELECT size, bytes, wrapped_key FROM objects WHERE id = ?1";
        let bytes = match self.find(question, [id.as_str()], place)?.ok_or_else(missing)? {
            Place::Row(bytes) => bytes,
            Place::File { wrapped_key, size } => {
                let bound = self.bound_to(id, size);
                let key = unwrap(&self.keys.object_wrap, &wrapped_key, &bound).ok_or_else(damaged)?;
                let mut file = match fs::File::open(self.folder.object(id.as_str())) {
                    Ok(file) => file,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing()),
                    Err(error) => return Err(error.into()),
                };
                // Before any memory is asked for: a file of another length cannot be this object.
                if file.metadata()?.len() != stream::sealed_length(size) {
                    return Err(damaged());
                }
                stream::open(&mut file, &key, &bound, size)?.ok_or_else(damaged)?
            }
        };
        if self.name_of(&bytes) == *id { Ok(bytes) } else { Err(damaged()) }
    }

    /// Every object there is a row for.
    pub(crate) fn objects(&self) -> Result<Vec<ObjectId>, StoreFault> {
        self.list("SELECT id FROM objects ORDER BY id", [], |row| Ok(ObjectId(row.get(0)?)))
    }

    /// Removes the file of an object that has no row, best effort.
    pub(crate) fn remove_file_without_row(&self, id: &ObjectId) {
        let row = self.find("SELECT 1 FROM objects WHERE id = ?1", [id.as_str()], |_| Ok(()));
        if matches!(row, Ok(None)) {
            let _ = fs::remove_file(self.folder.object(id.as_str()));
        }
    }

    fn name_of(&self, bytes: &[u8]) -> ObjectId {
        ObjectId(hex::encode(&mac(&self.keys.object_name, &[bytes]).finalize().into_bytes()))
    }

    fn bound_to(&self, id: &ObjectId, length: u64) -> Vec<u8> {
        [b"guardbook/object/v1", self.keys.vault.as_slice(), id.0.as_bytes(), &length.to_be_bytes()].concat()
    }
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    match row.get::<_, Option<Vec<u8>>>(1)? {
        Some(bytes) => Ok(Place::Row(Zeroizing::new(bytes))),
        None => Ok(Place::File { wrapped_key: row.get(2)?, size: row.get::<_, i64>(0)?.unsigned_abs() }),
    }
}

/// Sweeps what a cut left behind: files half written at once, whole files without a row after a day.
///
/// Best effort: what cannot be removed today is removed another day, and is unreadable meanwhile.
pub(crate) fn sweep(folder: &Folder, database: &Connection, at: DateTime<Utc>) -> Result<(), StoreFault> {
    remove_unfinished(folder.path());
    let shelves = match fs::read_dir(folder.objects()) {
        Ok(shelves) => shelves,
        Err(_) => return Ok(()),
    };
    let mut known = database.prepare_cached("SELECT 1 FROM objects WHERE id = ?1")?;
    for shelf in shelves.flatten() {
        remove_unfinished(&shelf.path());
        for file in fs::read_dir(shelf.path()).into_iter().flatten().flatten() {
            let path = file.path();
            let Some(id) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
            if !known.exists([id])? && is_older_than_a_day(&path, at) {
                let _ = fs::remove_file(&path);
            }
        }
    }
    Ok(())
}

fn remove_unfinished(folder: &Path) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        if folder::is_unfinished(&file.path()) {
            let _ = fs::remove_file(file.path());
        }
    }
}

fn is_older_than_a_day(path: &Path, at: DateTime<Utc>) -> bool {
    let written = fs::metadata(path).and_then(|facts| facts.modified());
    written.is_ok_and(|written| DateTime::<Utc>::from(written) < at - TimeDelta::hours(24))
}
