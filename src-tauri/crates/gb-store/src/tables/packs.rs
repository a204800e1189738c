use crate::{ObjectId, Read, StoreFault, Tx, hex};
use chrono::{DateTime, SecondsFormat, Utc};
use gb_model::{Id, Pack};
use rusqlite::{Row, named_params};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A pack as it is sealed.
#[derive(Clone, Debug)]
pub struct NewPack {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has, cover letter and schedule included.
    pub pages: u32,
    /// The moment it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// The certificate, as one JSON text.
    pub certificate: String,
}

impl Read<'_> {
    /// One pack.
    pub fn pack(&self, id: Id) -> Result<Pack, StoreFault> {
        let found = self.find("SELECT * FROM packs WHERE id = ?1", [id], pack)?;
        found.ok_or(StoreFault::NotFound { what: "pack", id })
    }

    /// The packs of a request, oldest first; the last one supersedes the others.
    pub fn packs(&self, request: Id) -> Result<Vec<Pack>, StoreFault> {
        self.list("SELECT * FROM packs WHERE request = ?1 ORDER BY number", [request], pack)
    }

    /// The file of a pack, verified.
    pub fn pack_bytes(&self, id: Id) -> Result<Zeroizing<Vec<u8>>, StoreFault> {
        let found = self.find("SELECT object FROM packs WHERE id = ?1", [id], |row| row.get(0))?;
        self.object(&found.map(ObjectId::from_row).ok_or(StoreFault::NotFound { what: "pack", id })?)
    }
}

impl Tx<'_> {
    /// Keeps a sealed pack under the next number of its request. It is never changed afterwards.
    pub fn add_pack(&mut self, request: Id, new: &NewPack) -> Result<Pack, StoreFault> {
        let here = self.find("SELECT 1 FROM requests WHERE id = ?1", [request], |_| Ok(()))?;
        here.ok_or(StoreFault::NotFound { what: "request", id: request })?;
        let object = self.put_object(&new.bytes)?;
        self.write(
            include_str!("add_pack.sql"),
            named_params! {
                ":request": request, ":pages": new.pages, ":certificate": new.certificate,
                ":sealed_at": new.sealed_at.to_rfc3339_opts(SecondsFormat::Millis, true),
                ":sha256": hex::encode(&Sha256::digest(&new.bytes)), ":size": new.bytes.len() as i64,
                ":object": object.as_str(),
            },
        )?;
        let id = self.last_id();
        self.touched("pack", id, "added");
        self.pack(id)
    }
}

fn pack(row: &Row<'_>) -> rusqlite::Result<Pack> {
    Ok(Pack {
        id: row.get("id")?,
        request: row.get("request")?,
        number: row.get("number")?,
        sealed_at: row.get("sealed_at")?,
        sha256: row.get("sha256")?,
        size: row.get::<_, i64>("size")?.unsigned_abs(),
        pages: row.get("pages")?,
        certificate: row.get("certificate")?,
    })
}
