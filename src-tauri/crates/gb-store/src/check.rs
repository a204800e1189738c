use crate::{JournalBreak, StoreFault, Vault, vault::HEADER_GENERATION};
use std::{fs::File, io::Read};

/// Something in the vault that is not as it should be. None carries anybody's data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Pages of the database that are not as they were written.
    #[error("{pages} pages of the database are damaged or were changed. Restore the latest backup.")]
    Pages {
        /// How many.
        pages: usize,
    },
    /// The database contradicts its own structure.
    #[error("The database is damaged inside ({found} findings). Restore the latest backup.")]
    Structure {
        /// How many contradictions were found.
        found: usize,
    },
    /// A row speaks of another that is not there.
    #[error("{rows} rows of “{table}” speak of something that is not there. Restore the latest backup.")]
    Dangling {
        /// The table.
        table: String,
        /// How many rows.
        rows: usize,
    },
    /// The journal does not hold.
    #[error(transparent)]
    Journal(#[from] JournalBreak),
    /// An object's file is gone.
    #[error("The stored file {id} is missing. Restore it from the latest backup.")]
    MissingObject {
        /// The object's id.
        id: String,
    },
    /// An object does not decrypt, or is not what its name says.
    #[error("The stored file {id} is damaged. Restore it from the latest backup.")]
    DamagedObject {
        /// The object's id.
        id: String,
    },
    /// The key slots are older than the database says they should be.
    #[error(
        "The key slots in vault.json are older than the vault: an earlier passphrase or recovery key may open \
         it. Set a new passphrase and issue a new recovery key."
    )]
    OlderSlots,
    /// A part that could not be checked at all.
    #[error(
        "{part} could not be checked. Make sure there is room on the disk, lock the vault, open it and check again."
    )]
    Unchecked {
        /// Which part.
        part: &'static str,
    },
}

impl Vault {
    /// Reads the whole vault and lists what is not as it should be; an empty list is a clean vault. Takes about
    /// a second for every 200 MB.
    pub fn check(&self) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        // First, and not without: a page that is still in the log looks damaged to the cipher's own check.
        let pages = self.checkpoint().and_then(|()| self.check_pages());
        troubles.extend(pages.unwrap_or_else(|_| unchecked("The database’s pages")));
        troubles.extend(self.check_structure().unwrap_or_else(|_| unchecked("The database’s structure")));
        troubles.extend(self.check_links().unwrap_or_else(|_| unchecked("The links between rows")));
        troubles.extend(self.verify_journal().err().map(Trouble::from));
        troubles.extend(self.check_objects().unwrap_or_else(|_| unchecked("The stored files")));
        troubles.extend(self.check_slots().unwrap_or_else(|_| unchecked("The key slots")));
        troubles
    }

    /// Moves everything from the log into the database, to the disk.
    pub(crate) fn checkpoint(&self) -> Result<(), StoreFault> {
        let busy: i64 = self.database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 { Ok(()) } else { Err(StoreFault::Database { code: 5 }) }
    }

    fn check_pages(&self) -> Result<Vec<Trouble>, StoreFault> {
        let mut pages = self.read().list("PRAGMA cipher_integrity_check", [], |_| Ok(()))?.len();
        // The cipher is told its salt and so never looks at the copy of it that begins the file.
        let mut salt = [0u8; 16];
        File::open(self.folder.database())?.read_exact(&mut salt)?;
        pages += usize::from(salt != *self.keys.database_salt);
        Ok(if pages == 0 { vec![] } else { vec![Trouble::Pages { pages }] })
    }

    fn check_structure(&self) -> Result<Vec<Trouble>, StoreFault> {
        let said = self.read().list("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))?;
        let found = said.iter().filter(|line| *line != "ok").count();
        Ok(if found == 0 { vec![] } else { vec![Trouble::Structure { found }] })
    }

    fn check_links(&self) -> Result<Vec<Trouble>, StoreFault> {
        let tables = self.read().list("PRAGMA foreign_key_check", [], |row| row.get::<_, String>(0))?;
        let mut troubles: Vec<Trouble> = Vec::new();
        for table in tables {
            match troubles.last_mut() {
                Some(Trouble::Dangling { table: same, rows }) if *same == table => *rows += 1,
                _ => troubles.push(Trouble::Dangling { table, rows: 1 }),
            }
        }
        Ok(troubles)
    }

    fn check_objects(&self) -> Result<Vec<Trouble>, StoreFault> {
        let read = self.read();
        let mut troubles = Vec::new();
        for id in read.objects()? {
            match read.object(&id) {
                Ok(_) => {}
                Err(StoreFault::MissingObject { id }) => troubles.push(Trouble::MissingObject { id }),
                Err(_) => troubles.push(Trouble::DamagedObject { id: id.to_string() }),
            }
        }
        Ok(troubles)
    }

    fn check_slots(&self) -> Result<Vec<Trouble>, StoreFault> {
        let known: u64 = self.read().setting(HEADER_GENERATION)?.unwrap_or(1);
        Ok(if self.header.generation < known { vec![Trouble::OlderSlots] } else { vec![] })
    }
}

fn unchecked(part: &'static str) -> Vec<Trouble> {
    vec![Trouble::Unchecked { part }]
}
