use crate::{OpenFault, StoreFault};
use rusqlite::{Connection, TransactionBehavior};

/// Every change of the tables there has ever been, oldest first. Only ever added to: a file that has been in a
/// release is never edited, because vaults out there have run it.
const MIGRATIONS: &[&str] = &[include_str!("migrations/2026-11-21-first-tables.sql")];

/// The number of the newest tables this version knows.
pub(crate) fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).expect("there are fewer migrations than stars")
}

/// Brings the tables up to date, one transaction a step, so that a cut leaves whole steps.
pub(crate) fn run(database: &mut Connection) -> Result<(), OpenFault> {
    let found: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > newest() {
        return Err(OpenFault::NewerThanMe { found });
    }
    for (number, step) in (1u32..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", number)?;
        let commit = transaction.commit();
        commit.map_err(|error| crate::database::fault(database, error)).map_err(StoreFault::into_open)?;
    }
    Ok(())
}
