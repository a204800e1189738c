//! The only unsafe code of this crate: two calls that rusqlite does not offer.
#![allow(unsafe_code)]

use crate::{OpenFault, hex, keys::Keys};
use rusqlite::{Connection, ffi};
use std::io;
use zeroize::Zeroizing;

/// Gives SQLCipher the raw key and salt, as its key specification `x'…'`.
///
/// Through the call and not through `PRAGMA key`: a pragma is SQL text, and SQL text is copied into statements,
/// traces and messages.
pub(crate) fn give_key(database: &Connection, keys: &Keys) -> Result<(), OpenFault> {
    let mut specification = Zeroizing::new(Vec::with_capacity(2 + 64 + 32 + 1));
    specification.extend_from_slice(b"x'");
    hex::push_secret(&mut specification, keys.database.as_slice());
    hex::push_secret(&mut specification, keys.database_salt.as_slice());
    specification.push(b'\'');
    let length = i32::try_from(specification.len()).expect("a key specification has 99 characters");
    // SAFETY: the handle is open for as long as `database` is borrowed, which is longer than the call; the
    // name is a C string; the key is read for exactly `length` bytes during the call and copied by SQLCipher.
    let code = unsafe {
        ffi::sqlite3_key_v2(database.handle(), c"main".as_ptr(), specification.as_ptr().cast(), length)
    };
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(OpenFault::NoCipher) }
}

/// What the operating system said when the database last failed to read or write.
pub(crate) fn system_error(database: &Connection) -> io::Error {
    // SAFETY: the handle is open for as long as `database` is borrowed; the call only reads a number from it.
    io::Error::from_raw_os_error(unsafe { ffi::sqlite3_system_errno(database.handle()) })
}
