use crate::{Read, StoreFault, Vault, database::fault};
use gb_model::Id;
use rusqlite::{Transaction, TransactionBehavior, params};

/// Writing to the cache of words, and to nothing else. What lies there can be worked out again at any time, so
/// it is no fact and has no row in the journal.
pub struct Cache<'v>(Transaction<'v>);

impl Vault {
    /// Remembers what was worked out, all of it or none.
    pub fn remember<T, E: From<StoreFault>>(
        &mut self,
        work: impl FnOnce(&mut Cache<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = self.database.transaction_with_behavior(TransactionBehavior::Immediate);
        let mut cache = Cache(begun.map_err(StoreFault::from)?);
        let done = work(&mut cache)?;
        // A disk that filled up has already rolled back: then there is nothing to keep.
        if cache.0.is_autocommit() {
            return Err(StoreFault::Abandoned.into());
        }
        let ended = cache.keep();
        ended.map_err(|error| fault(&self.database, error))?;
        Ok(done)
    }
}

impl Cache<'_> {
    /// Remembers the words of a page. Of a document that is no longer there nothing is remembered.
    pub fn put_words(&mut self, document: Id, page: u32, payload: &[u8]) -> Result<(), StoreFault> {
        let statement = "INSERT OR REPLACE INTO page_words (document, page, payload)
                         SELECT id, ?2, ?3 FROM documents WHERE id = ?1";
        self.write(statement, params![document, page, payload])
    }

    /// Forgets the words of a document.
    pub fn forget_words(&mut self, document: Id) -> Result<(), StoreFault> {
        self.write("DELETE FROM page_words WHERE document = ?1", [document])
    }

    fn keep(self) -> rusqlite::Result<()> {
        self.0.commit()
    }

    fn write(&mut self, statement: &str, params: impl rusqlite::Params) -> Result<(), StoreFault> {
        if self.0.is_autocommit() {
            return Err(StoreFault::Abandoned);
        }
        let written = self.0.prepare_cached(statement).and_then(|mut prepared| prepared.execute(params));
        written.map(|_| ()).map_err(|error| fault(&self.0, error))
    }
}

impl Read<'_> {
    /// The remembered words of a page, as they were put.
    pub fn words(&self, document: Id, page: u32) -> Result<Option<Vec<u8>>, StoreFault> {
        let question = "SELECT payload FROM page_words WHERE document = ?1 AND page = ?2";
        self.find(question, params![document, page], |row| row.get(0))
    }
}
