use crate::{
    KdfCost, OpenFault, Randomness, RecoveryKey, Secret,
    folder::{Folder, put},
    hex,
    keys::{Key, Keys, draw, mac, unwrap, wrap},
    randomness::random,
};
use chrono::{DateTime, Utc};
use hmac::Mac;
use serde::{Deserialize, Serialize};
use std::{fs, io::Read, path::Path};

/// The format of the header and of the folder. A higher number than this is not touched.
pub(crate) const FORMAT: u32 = 1;
const MOST_SLOTS: usize = 8;
const MOST_BYTES: u64 = 64 * 1024;

/// What opens a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// A passphrase.
    Phrase,
    /// A recovery key.
    Recovery,
}

/// One way to open the vault: a wrapped vault key and how the key that unwraps it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    /// Its number in this vault; never used twice.
    pub id: u32,
    pub kind: SlotKind,
    /// Only for a phrase.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cost: Option<KdfCost>,
    /// Hex, 16 bytes.
    pub salt: String,
    /// Hex: nonce, ciphertext, tag.
    pub wrapped: String,
}

/// The file `vault.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub guardbook_vault: u32,
    /// Hex, 16 bytes.
    pub vault: String,
    pub made: DateTime<Utc>,
    /// Counts vault keys; part of every key drawn.
    pub epoch: u32,
    /// Counts changes of the slots, so that an older header put back can be told.
    pub generation: u64,
    pub next_slot: u32,
    pub slots: Vec<Slot>,
    /// Hex: HMAC-SHA-256 over all of the above.
    pub seal: String,
}

/// Only the format, read first, so that a newer header is told from a damaged one.
#[derive(Deserialize)]
struct Format {
    guardbook_vault: u32,
}

impl Header {
    /// A header without slots.
    pub fn new(vault: [u8; 16], made: DateTime<Utc>) -> Self {
        Self {
            guardbook_vault: FORMAT,
            vault: hex::encode(&vault),
            made,
            epoch: 1,
            generation: 1,
            next_slot: 1,
            slots: Vec::new(),
            seal: String::new(),
        }
    }

    /// Reads the header and its copy: the ones that read, the header itself first. They differ only when a
    /// change was cut short or a file is damaged.
    pub fn read_all(folder: &Folder) -> Result<Vec<Self>, OpenFault> {
        let mut found = Vec::new();
        let mut fault = OpenFault::NotAVault;
        for path in [folder.header(), folder.header_copy()] {
            match Self::read(&path) {
                Ok(header) if !found.contains(&header) => found.push(header),
                Ok(_) => {}
                Err(newer @ OpenFault::NewerThanMe { .. }) => return Err(newer),
                Err(OpenFault::NotAVault) => {}
                Err(other) => fault = other,
            }
        }
        if found.is_empty() { Err(fault) } else { Ok(found) }
    }

    fn read(path: &Path) -> Result<Self, OpenFault> {
        let damaged = OpenFault::Damaged { what: "the file vault.json, which holds the key slots" };
        let mut bytes = Vec::new();
        match fs::File::open(path) {
            Ok(file) => file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(OpenFault::NotAVault),
            // A file in the way of the folder is not a vault either.
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
                return Err(OpenFault::NotAVault);
            }
            Err(error) => return Err(error.into()),
        };
        if bytes.len() as u64 > MOST_BYTES {
            return Err(damaged);
        }
        match serde_json::from_slice::<Format>(&bytes) {
            Ok(Format { guardbook_vault: found }) if found > FORMAT => {
                return Err(OpenFault::NewerThanMe { found });
            }
            Ok(_) => {}
            Err(_) => return Err(damaged),
        }
        let header: Self = serde_json::from_slice(&bytes).map_err(|_| damaged)?;
        if header.slots.len() > MOST_SLOTS || header.vault_id().is_none() {
            return Err(OpenFault::Damaged { what: "the file vault.json, which holds the key slots" });
        }
        Ok(header)
    }

    /// Writes the copy, then the header, each whole or not at all.
    pub fn write(&self, folder: &Folder) -> Result<(), OpenFault> {
        let text = serde_json::to_vec_pretty(self).map_err(std::io::Error::from)?;
        for path in [folder.header_copy(), folder.header()] {
            put(&path, |file| file.write_all(&text))?;
        }
        Ok(())
    }

    /// Whether the header and its copy in the folder both read as this one.
    pub fn stands_in(&self, folder: &Folder) -> bool {
        [folder.header(), folder.header_copy()].iter().all(|path| Self::read(path).is_ok_and(|h| h == *self))
    }

    pub fn vault_id(&self) -> Option<[u8; 16]> {
        hex::decode_array(&self.vault)
    }

    /// Adds a slot a phrase opens.
    pub fn add_phrase(
        &mut self,
        phrase: &str,
        cost: KdfCost,
        vault_key: &Key,
        source: &mut dyn Randomness,
    ) -> Result<(), OpenFault> {
        if phrase.trim().is_empty() {
            return Err(OpenFault::EmptyPhrase);
        }
        let salt: [u8; 16] = random(source)?;
        let key = cost.stretch(phrase, &salt)?;
        self.add(SlotKind::Phrase, Some(cost), salt, &key, vault_key, source)
    }

    /// Adds a slot a recovery key opens.
    pub fn add_recovery(
        &mut self,
        recovery: &RecoveryKey,
        vault_key: &Key,
        source: &mut dyn Randomness,
    ) -> Result<(), OpenFault> {
        let salt: [u8; 16] = random(source)?;
        let key = recovery_slot_key(recovery, &salt);
        self.add(SlotKind::Recovery, None, salt, &key, vault_key, source)
    }

    fn add(
        &mut self,
        kind: SlotKind,
        cost: Option<KdfCost>,
        salt: [u8; 16],
        key: &Key,
        vault_key: &Key,
        source: &mut dyn Randomness,
    ) -> Result<(), OpenFault> {
        let mut slot =
            Slot { id: self.next_slot, kind, cost, salt: hex::encode(&salt), wrapped: String::new() };
        slot.wrapped = hex::encode(&wrap(key, vault_key, &slot.bound(&self.vault), source)?);
        self.next_slot += 1;
        self.slots.push(slot);
        Ok(())
    }

    /// Tries every slot the secret could open.
    pub fn open(&self, secret: Secret<'_>) -> Result<(Key, &Slot), OpenFault> {
        let wrong = match secret {
            Secret::Phrase(_) => OpenFault::WrongPhrase,
            Secret::Recovery(_) => OpenFault::WrongRecoveryKey,
        };
        let recovery = match secret {
            Secret::Recovery(typed) => Some(RecoveryKey::parse(typed)?),
            Secret::Phrase(_) => None,
        };
        for slot in self.slots.iter().filter(|slot| slot.kind == secret.kind()) {
            // A slot that does not even read is a slot that this secret does not open: from outside the two
            // must look the same.
            let (Some(salt), Some(wrapped)) =
                (hex::decode_array::<16>(&slot.salt), hex::decode(&slot.wrapped))
            else {
                continue;
            };
            let key = match (secret, &recovery) {
                (Secret::Recovery(_), Some(recovery)) => recovery_slot_key(recovery, &salt),
                (Secret::Phrase(phrase), _) => slot.cost.ok_or(OpenFault::WeakKdf)?.stretch(phrase, &salt)?,
                (Secret::Recovery(_), None) => continue,
            };
            if let Some(vault_key) = unwrap(&key, &wrapped, &slot.bound(&self.vault)) {
                return Ok((vault_key, slot));
            }
        }
        Err(wrong)
    }

    /// Seals the header under the vault's own key.
    pub fn seal(&mut self, keys: &Keys) {
        self.seal = hex::encode(&mac(&keys.header, &[&self.canonical()]).finalize().into_bytes());
    }

    /// Whether the seal fits: no slot was added, taken or changed without the vault's key.
    pub fn is_sealed_by(&self, keys: &Keys) -> bool {
        hex::decode(&self.seal)
            .is_some_and(|seal| mac(&keys.header, &[&self.canonical()]).verify_slice(&seal).is_ok())
    }

    // Every field with its length before it, in one order, so that no two headers read as the same bytes.
    fn canonical(&self) -> Vec<u8> {
        let mut bytes = b"guardbook/header/v1".to_vec();
        let mut field = |part: &[u8]| {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        };
        field(&self.guardbook_vault.to_be_bytes());
        field(self.vault.as_bytes());
        field(&self.made.timestamp_micros().to_be_bytes());
        field(&self.epoch.to_be_bytes());
        field(&self.generation.to_be_bytes());
        field(&self.next_slot.to_be_bytes());
        field(&(self.slots.len() as u64).to_be_bytes());
        for slot in &self.slots {
            field(&slot.bound(&self.vault));
            field(slot.wrapped.as_bytes());
        }
        bytes
    }
}

impl Slot {
    // What the wrap is bound to: another slot, another cost or another vault does not unwrap it.
    fn bound(&self, vault: &str) -> Vec<u8> {
        let kdf: &[u8] = match self.kind {
            SlotKind::Phrase => b"argon2id-v19",
            SlotKind::Recovery => b"hkdf-sha256",
        };
        let cost = self.cost.map_or([0; 3], |cost| [cost.memory_kib, cost.passes, cost.lanes]);
        let mut bytes = b"guardbook/slot/v1".to_vec();
        for part in [vault.as_bytes(), &self.id.to_be_bytes(), kdf, self.salt.as_bytes()] {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        }
        cost.iter().for_each(|number| bytes.extend(number.to_be_bytes()));
        bytes
    }
}

fn recovery_slot_key(recovery: &RecoveryKey, salt: &[u8]) -> Key {
    draw::<32>(recovery.bytes(), salt, b"guardbook/recovery-slot/v1")
}
