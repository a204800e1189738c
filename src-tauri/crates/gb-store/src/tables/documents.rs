use crate::{
    ObjectId, Read, StoreFault, Tx,
    columns::{from_json, from_word, word},
    hex,
};
use chrono::NaiveDate;
use gb_model::{Disclosure, Document, Id, NewDocument, Personal};
use rusqlite::{Row, named_params, params};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

impl Read<'_> {
    /// One document.
    pub fn document(&self, id: Id) -> Result<Document, StoreFault> {
        let found = self.find(include_str!("document.sql"), [id], document)?;
        found.ok_or(StoreFault::NotFound { what: "document", id })
    }

    /// The documents of a request, in their order.
    pub fn documents(&self, request: Id) -> Result<Vec<Document>, StoreFault> {
        self.list(include_str!("documents_of_request.sql"), [request], document)
    }

    /// A document of the request with these bytes already, by the SHA-256 of the original in hex.
    pub fn same_document(&self, request: Id, sha256: &str) -> Result<Option<Document>, StoreFault> {
        let question =
            "SELECT id FROM documents WHERE request = ?1 AND sha256 = ?2 ORDER BY position LIMIT 1";
        match self.find(question, params![request, sha256], |row| row.get(0))? {
            Some(id) => self.document(id).map(Some),
            None => Ok(None),
        }
    }

    /// The original's bytes, verified.
    pub fn document_bytes(&self, id: Id) -> Result<Zeroizing<Vec<u8>>, StoreFault> {
        self.object(&self.document_object(id)?)
    }

    /// The password that opens the original, if it has one.
    pub fn document_password(&self, id: Id) -> Result<Option<Personal<String>>, StoreFault> {
        let question = "SELECT password FROM documents WHERE id = ?1";
        let found = self.find(question, [id], |row| row.get::<_, Option<String>>(0))?;
        let password = found.ok_or(StoreFault::NotFound { what: "document", id })?;
        Ok(password.map(Personal::new))
    }

    fn document_object(&self, id: Id) -> Result<ObjectId, StoreFault> {
        let found = self.find("SELECT object FROM documents WHERE id = ?1", [id], |row| row.get(0))?;
        found.map(ObjectId::from_row).ok_or(StoreFault::NotFound { what: "document", id })
    }
}

impl Tx<'_> {
    /// Adds a document after the last one of its request.
    pub fn add_document(
        &mut self,
        request: Id,
        new: &NewDocument,
        added: NaiveDate,
    ) -> Result<Id, StoreFault> {
        let here = self.find("SELECT 1 FROM requests WHERE id = ?1", [request], |_| Ok(()))?;
        here.ok_or(StoreFault::NotFound { what: "request", id: request })?;
        let object = self.put_object(&new.bytes)?;
        self.write(
            include_str!("add_document.sql"),
            named_params! {
                ":request": request, ":title": new.title.as_str(), ":pages": new.pages,
                ":size": new.bytes.len() as i64, ":sha256": hex::encode(&Sha256::digest(&new.bytes)),
                ":disclosure": word(&Disclosure::Disclosed), ":added": added, ":object": object.as_str(),
                ":password": new.password.as_ref().map(Personal::as_str),
            },
        )?;
        let id = self.last_id();
        self.touched("document", id, "added");
        Ok(id)
    }

    /// Gives a document another title.
    pub fn rename_document(&mut self, id: Id, title: &Personal<String>) -> Result<(), StoreFault> {
        let statement = "UPDATE documents SET title = ?2 WHERE id = ?1";
        self.write_one("document", id, statement, params![id, title.as_str()])?;
        self.touched("document", id, "title");
        Ok(())
    }

    /// Records the date a document bears, or takes it away.
    pub fn date_document(&mut self, id: Id, dated: Option<NaiveDate>) -> Result<(), StoreFault> {
        let statement = "UPDATE documents SET dated = ?2 WHERE id = ?1";
        self.write_one("document", id, statement, params![id, dated])?;
        self.touched("document", id, "dated");
        Ok(())
    }

    /// Decides whether a document goes into the pack, and the code under which a withheld one stays out.
    pub fn set_disclosure(
        &mut self,
        id: Id,
        disclosure: Disclosure,
        withheld_code: Option<&str>,
    ) -> Result<(), StoreFault> {
        let statement = "UPDATE documents SET disclosure = ?2, withheld_code = ?3 WHERE id = ?1";
        self.write_one("document", id, statement, params![id, word(&disclosure), withheld_code])?;
        self.touched("document", id, "disclosure");
        Ok(())
    }

    /// Moves a document to another place in its request, from one; the others move up or down. A place beyond
    /// the last is the last.
    pub fn move_document(&mut self, id: Id, position: u32) -> Result<(), StoreFault> {
        let request = self.document(id)?.request;
        let mut order: Vec<Id> = self.documents(request)?.into_iter().map(|d| d.id).collect();
        order.retain(|other| *other != id);
        let place = (position.max(1) as usize - 1).min(order.len());
        order.insert(place, id);
        self.number_documents(&order)?;
        self.touched("document", id, "position");
        Ok(())
    }

    /// Takes a document away, with its marks, its seen pages, its words, and its bytes unless another document
    /// or a pack has the same.
    pub fn remove_document(&mut self, id: Id) -> Result<Document, StoreFault> {
        let document = self.document(id)?;
        let object = self.document_object(id)?;
        self.write_one("document", id, "DELETE FROM documents WHERE id = ?1", [id])?;
        self.loosened.push(object);
        let order: Vec<Id> = self.documents(document.request)?.into_iter().map(|d| d.id).collect();
        self.number_documents(&order)?;
        self.touched("document", id, "removed");
        Ok(document)
    }

    /// Notes pages somebody has looked at. Pages noted before are no fault.
    pub fn see_pages(&mut self, id: Id, pages: &[u32]) -> Result<(), StoreFault> {
        self.document(id)?;
        for page in pages {
            let statement = "INSERT OR IGNORE INTO seen_pages (document, page) VALUES (?1, ?2)";
            self.write(statement, params![id, page])?;
        }
        self.touched("document", id, "seen");
        Ok(())
    }

    fn number_documents(&mut self, order: &[Id]) -> Result<(), StoreFault> {
        for (position, id) in (1u32..).zip(order) {
            let statement = "UPDATE documents SET position = ?2 WHERE id = ?1 AND position <> ?2";
            self.write(statement, params![id, position])?;
        }
        Ok(())
    }
}

fn document(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        id: row.get("id")?,
        request: row.get("request")?,
        position: row.get("position")?,
        title: Personal::new(row.get("title")?),
        dated: row.get("dated")?,
        pages: row.get("pages")?,
        size: row.get::<_, i64>("size")?.unsigned_abs(),
        sha256: row.get("sha256")?,
        disclosure: from_word(row, "disclosure")?,
        withheld_code: row.get("withheld_code")?,
        added: row.get("added")?,
        seen: from_json(row, "seen")?,
    })
}
