use crate::{StoreFault, folder::Folder, keys::Keys};
use rusqlite::{Connection, OptionalExtension, Params, Row};

/// Reading an open vault. Every question the vault answers is a method of this; none of them writes.
///
/// Got from [`crate::Vault::read`]; a [`crate::Tx`] answers the same questions about what it has just written.
#[derive(Clone, Copy)]
pub struct Read<'v> {
    pub(crate) database: &'v Connection,
    pub(crate) keys: &'v Keys,
    pub(crate) folder: &'v Folder,
}

impl Read<'_> {
    /// The rows a question finds.
    pub(crate) fn list<T>(
        &self,
        question: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreFault> {
        let mut statement = self.database.prepare_cached(question)?;
        let rows = statement.query_map(params, read)?;
        rows.map(|row| row.map_err(StoreFault::from)).collect()
    }

    /// The one row a question finds, if it finds one.
    pub(crate) fn find<T>(
        &self,
        question: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreFault> {
        Ok(self.database.prepare_cached(question)?.query_row(params, read).optional()?)
    }
}
