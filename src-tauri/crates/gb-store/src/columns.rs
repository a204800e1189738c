//! How values are written into columns and read back: a small set of values as its word, a group as JSON.

use crate::StoreFault;
use rusqlite::{Row, types::Type};
use serde::{
    Serialize,
    de::{DeserializeOwned, IntoDeserializer, value::StrDeserializer},
};

/// One of a small set, as the word it is known by.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => unreachable!("the small sets of gb-model are enums of plain words"),
    }
}

/// A list or a group of values, as JSON.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, StoreFault> {
    serde_json::to_string(value).map_err(|_| StoreFault::Database { code: 0 })
}

/// Reads what [`word`] wrote.
pub(crate) fn from_word<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    read(row, column, |text| {
        let word: StrDeserializer<'_, serde_json::Error> = text.into_deserializer();
        T::deserialize(word)
    })
}

/// Reads what [`json`] wrote.
pub(crate) fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    read(row, column, |text| serde_json::from_str(text))
}

fn read<T>(
    row: &Row<'_>,
    column: &str,
    parse: impl FnOnce(&str) -> serde_json::Result<T>,
) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    parse(text).map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}
