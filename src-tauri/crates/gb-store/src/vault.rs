use crate::{
    Act, KdfCost, OpenFault, Randomness, Read, RecoveryKey, SlotKind, StoreFault, database,
    folder::{BEGUN, Folder, make_private_folder},
    header::{FORMAT, Header},
    keys::{Key, Keys},
    lock::Lock,
    objects,
    randomness::random,
};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::{fmt, fs, path::Path};
use zeroize::Zeroizing;

/// What opens a vault. Prints without what it holds.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// The passphrase, exactly as it was set.
    Phrase(&'a str),
    /// The recovery key, as it is typed.
    Recovery(&'a str),
}

impl Secret<'_> {
    pub(crate) fn kind(self) -> SlotKind {
        match self {
            Self::Phrase(_) => SlotKind::Phrase,
            Self::Recovery(_) => SlotKind::Recovery,
        }
    }
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "‹{:?}›", self.kind())
    }
}

/// What can be told of a vault without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The vault's own number, in hex. Not secret.
    pub vault: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The format of its folder.
    pub format: u32,
    /// What opens it, one entry a slot.
    pub slots: Vec<SlotKind>,
    /// What trying a phrase costs.
    pub cost: Option<KdfCost>,
    /// Whether it is open somewhere, and since when where that is known.
    pub in_use: Option<Option<DateTime<Utc>>>,
}

/// A vault that is locked: all there is to do with it is to look at its outside.
pub struct Store;

impl Store {
    /// What stands on the outside of the vault in this folder.
    ///
    /// [`OpenFault::NotAVault`] if there is none, [`OpenFault::NewerThanMe`] if it is from a later version.
    pub fn describe(path: &Path) -> Result<Description, OpenFault> {
        let folder = Folder::at(path);
        let header = Header::read_all(&folder)?.into_iter().next().ok_or(OpenFault::NotAVault)?;
        Ok(Description {
            format: FORMAT,
            slots: header.slots.iter().map(|slot| slot.kind).collect(),
            cost: header.slots.iter().find_map(|slot| slot.cost),
            in_use: Lock::peek(&folder.lock()),
            vault: header.vault,
            made: header.made,
        })
    }
}

/// An open vault. There is no closed one: dropping it closes the database and wipes the keys.
pub struct Vault {
    // Dropped in this order: the database lets go of its file, the keys are wiped, the hold is given up.
    pub(crate) database: Connection,
    pub(crate) keys: Keys,
    pub(crate) folder: Folder,
    pub(crate) random: Box<dyn Randomness + Send>,
    pub(crate) header: Header,
    opened_with: SlotKind,
    _lock: Lock,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹open vault›")
    }
}

impl Vault {
    /// Makes a vault in a new or empty folder, and the recovery key that belongs in a sealed envelope. The key
    /// is shown this once and kept nowhere.
    pub fn create(
        path: &Path,
        phrase: &str,
        cost: KdfCost,
        at: DateTime<Utc>,
        mut random_source: Box<dyn Randomness + Send>,
    ) -> Result<(Self, RecoveryKey), OpenFault> {
        if !cost.is_accepted() {
            return Err(OpenFault::WeakKdf);
        }
        let source = random_source.as_mut();
        let vault_key: Key = Zeroizing::new(random(source)?);
        let recovery = RecoveryKey::generate(source)?;
        let mut header = Header::new(random(source)?, at);
        header.add_phrase(phrase, cost, &vault_key, source)?;
        header.add_recovery(&recovery, &vault_key, source)?;
        let keys = draw_keys(&header, &vault_key)?;
        header.seal(&keys);

        let folder = Folder::at(path);
        // Looked at again under the hold: somebody may have finished making one meanwhile.
        if !folder.make()? {
            return Err(OpenFault::Exists);
        }
        let lock = Lock::take(&folder.lock(), at)?;
        if !folder.make()? {
            return Err(OpenFault::Exists);
        }
        // The header last: until it stands, this is not a vault and can be begun again.
        let database = make_inside(&folder, &keys, &header).inspect_err(|_| remove_begun(&folder))?;
        let opened_with = SlotKind::Phrase;
        Ok((
            Self { database, keys, folder, random: random_source, header, opened_with, _lock: lock },
            recovery,
        ))
    }

    /// Opens a vault.
    pub fn unlock(
        path: &Path,
        secret: Secret<'_>,
        at: DateTime<Utc>,
        random_source: Box<dyn Randomness + Send>,
    ) -> Result<Self, OpenFault> {
        let folder = Folder::at(path);
        // Read once before the hold is taken, so that a folder that is no vault gets no lock file, and again
        // under it, so that nobody is changing it.
        Header::read_all(&folder)?;
        let lock = Lock::take(&folder.lock(), at)?;
        let (header, keys) = open_header(Header::read_all(&folder)?, secret)?;
        let database = database::open(&folder, &keys)?;
        objects::sweep(&folder, &database, at).map_err(StoreFault::into_open)?;
        if !header.stands_in(&folder) {
            // One of the two files is damaged or a change was cut short; the one that opened becomes both. If
            // the disk is full this waits for another day.
            let _ = header.write(&folder);
        }
        let opened_with = secret.kind();
        Ok(Self { database, keys, folder, random: random_source, header, opened_with, _lock: lock })
    }

    /// What it was opened with. After a recovery key the desk asks for a new phrase.
    pub fn opened_with(&self) -> SlotKind {
        self.opened_with
    }

    /// The vault's own number, in hex. Not secret.
    pub fn id(&self) -> &str {
        &self.header.vault
    }

    /// Where the vault lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Reads.
    pub fn read(&self) -> Read<'_> {
        Read { database: &self.database, keys: &self.keys, folder: &self.folder }
    }

    /// Closes the vault and wipes its keys. Dropping it does the same, without saying so.
    pub fn lock(self) {
        drop(self);
    }

    /// Sets a new phrase in place of every one there was. `current` is asked for again, so that an unattended
    /// desk cannot be taken over.
    pub fn change_phrase(
        &mut self,
        act: &Act<'_>,
        current: Secret<'_>,
        phrase: &str,
        cost: KdfCost,
    ) -> Result<(), OpenFault> {
        if !cost.is_accepted() {
            return Err(OpenFault::WeakKdf);
        }
        let (vault_key, _) = self.header.open(current)?;
        let mut header = self.header.clone();
        header.slots.retain(|slot| slot.kind != SlotKind::Phrase);
        header.add_phrase(phrase, cost, &vault_key, self.random.as_mut())?;
        self.change_header(act, header, "phrase changed")
    }

    /// Issues a new recovery key; the one before it opens nothing from then on.
    pub fn new_recovery_key(&mut self, act: &Act<'_>, current: Secret<'_>) -> Result<RecoveryKey, OpenFault> {
        let (vault_key, _) = self.header.open(current)?;
        let recovery = RecoveryKey::generate(self.random.as_mut())?;
        let mut header = self.header.clone();
        header.slots.retain(|slot| slot.kind != SlotKind::Recovery);
        header.add_recovery(&recovery, &vault_key, self.random.as_mut())?;
        self.change_header(act, header, "recovery key changed")?;
        Ok(recovery)
    }

    // The header is written inside the act, last before its row in the journal: if the act fails the header
    // goes back, and if the power goes between the two the new slots stand and only the row is missing.
    fn change_header(
        &mut self,
        act: &Act<'_>,
        mut header: Header,
        how: &'static str,
    ) -> Result<(), OpenFault> {
        header.generation += 1;
        header.seal(&self.keys);
        let folder = self.folder.clone();
        let changed = self.act(act, |tx| {
            tx.set_setting(HEADER_GENERATION, &header.generation)?;
            tx.touched("vault", 0, how);
            header.write(&folder)
        });
        match changed {
            Ok(()) => self.header = header,
            Err(_) => self.header.write(&folder)?,
        }
        changed
    }
}

/// The setting that remembers how often the slots were changed.
pub(crate) const HEADER_GENERATION: &str = "header_generation";

fn draw_keys(header: &Header, vault_key: &Key) -> Result<Keys, OpenFault> {
    let vault = header
        .vault_id()
        .ok_or(OpenFault::Damaged { what: "the file vault.json, which holds the key slots" })?;
    Ok(Keys::draw(vault_key, vault, header.epoch))
}

fn make_inside(folder: &Folder, keys: &Keys, header: &Header) -> Result<Connection, OpenFault> {
    remove_begun(folder);
    make_private_folder(&folder.objects())?;
    let database = database::make(folder, keys)?;
    header.write(folder)?;
    Ok(database)
}

// Only ever called where no header stands.
fn remove_begun(folder: &Folder) {
    for name in BEGUN {
        let _ = fs::remove_file(folder.path().join(name));
    }
    let _ = fs::remove_file(folder.header_copy());
}

fn open_header(headers: Vec<Header>, secret: Secret<'_>) -> Result<(Header, Keys), OpenFault> {
    let weak = |header: &Header| header.slots.iter().any(|slot| slot.cost.is_some_and(|c| !c.is_accepted()));
    if headers.iter().any(weak) {
        return Err(OpenFault::WeakKdf);
    }
    let mut first_fault = None;
    for header in headers {
        let opened = header.open(secret).and_then(|(vault_key, _)| draw_keys(&header, &vault_key));
        let fault = match opened {
            Ok(keys) if header.is_sealed_by(&keys) => return Ok((header, keys)),
            Ok(_) => OpenFault::Damaged {
                what: "the key slots in vault.json, which were changed outside Guardbook",
            },
            Err(fault) => fault,
        };
        first_fault.get_or_insert(fault);
    }
    Err(first_fault.unwrap_or(OpenFault::NotAVault))
}
