use crate::{
    OpenFault, StoreFault,
    faults::is_full,
    folder::{Folder, private_file},
    keys::Keys,
    migrations, raw,
};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

/// `GuBk` in the database's own header.
pub(crate) const APPLICATION_ID: i32 = 0x4775_426b;

/// The smallest page SQLite knows, in bytes; a database has at least one.
const SMALLEST_PAGE: u64 = 512;

/// Makes the database of a new vault.
pub(crate) fn make(folder: &Folder, keys: &Keys) -> Result<Connection, OpenFault> {
    // Made by us and not by SQLite, which would let others read it; its log takes the same rights.
    private_file(&folder.database())?;
    let mut database = open_keyed(folder, keys)?;
    set_up(&database)?;
    database.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrations::run(&mut database)?;
    Ok(database)
}

/// Opens the database of a vault that is there.
pub(crate) fn open(folder: &Folder, keys: &Keys) -> Result<Connection, OpenFault> {
    if !folder.database().is_file() {
        return Err(OpenFault::Damaged { what: "the database guardbook.db, which is not in the folder" });
    }
    // SQLite takes an empty file for a new database and would begin to fill it.
    if folder.database().metadata().map_or(0, |about| about.len()) < SMALLEST_PAGE {
        return Err(OpenFault::Damaged { what: "the database guardbook.db, which is cut short" });
    }
    let mut database = open_keyed(folder, keys)?;
    set_up(&database)?;
    let id: i32 = database.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Err(OpenFault::Damaged {
            what: "the database guardbook.db, which is not one of Guardbook’s",
        });
    }
    migrations::run(&mut database)?;
    Ok(database)
}

fn open_keyed(folder: &Folder, keys: &Keys) -> Result<Connection, OpenFault> {
    // No URI, so that no character of a path means anything; no mutex, because a connection has one owner.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(folder.database(), flags)?;
    // SQLCipher would write what it finds to the console; a fault says it better.
    database.execute_batch("PRAGMA cipher_log_level = NONE")?;
    raw::give_key(&database, keys)?;
    let cipher: Option<String> = database.pragma_query_value(None, "cipher_version", |row| row.get(0)).ok();
    if cipher.is_none_or(|version| version.is_empty()) {
        return Err(OpenFault::NoCipher);
    }
    Ok(database)
}

// WAL with FULL lost nothing in a thousand power cuts and NORMAL lost what it had acknowledged; EXCLUSIVE does
// without the shared-memory file; temporary tables in memory, because a temporary file would be plain.
fn set_up(database: &Connection) -> Result<(), OpenFault> {
    database.execute_batch(include_str!("set_up.sql"))?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    database.set_prepared_statement_cache_capacity(64);
    let mode: String = database.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenFault::Damaged { what: "the database’s log, which cannot be kept on this disk" });
    }
    Ok(())
}

/// A fault of a write, with what the system said about it: SQLite calls a file-size limit a failure to write.
pub(crate) fn fault(database: &Connection, error: rusqlite::Error) -> StoreFault {
    let failed_to_write = error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure);
    if failed_to_write && is_full(&raw::system_error(database)) {
        return StoreFault::DiskFull;
    }
    error.into()
}
