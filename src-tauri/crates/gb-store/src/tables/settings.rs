use crate::{
    Read, StoreFault, Tx,
    columns::{from_json, json},
};
use gb_model::Organisation;
use rusqlite::params;
use serde::{Serialize, de::DeserializeOwned};

const ORGANISATION: &str = "organisation";

impl Read<'_> {
    /// The controller, once it has been set up.
    pub fn organisation(&self) -> Result<Option<Organisation>, StoreFault> {
        self.setting(ORGANISATION)
    }

    /// A setting by its name.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreFault> {
        self.find("SELECT value FROM settings WHERE name = ?1", [name], |row| from_json(row, "value"))
    }
}

impl Tx<'_> {
    /// Sets the controller.
    pub fn set_organisation(&mut self, organisation: &Organisation) -> Result<(), StoreFault> {
        self.set_setting(ORGANISATION, organisation)
    }

    /// Sets a setting. The journal notes its name, not its value.
    pub fn set_setting<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), StoreFault> {
        let value = json(value)?;
        self.write("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", params![name, value])?;
        self.touched_note(format!("setting {name}"));
        Ok(())
    }
}
