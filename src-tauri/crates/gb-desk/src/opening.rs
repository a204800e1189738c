//! Making, opening and locking the vault.

use crate::session::{Desk, Locked, Open, Session};
use crate::strength::weigh;
use crate::undo::UndoBook;
use crate::{faults, practice};
use gb_model::{Organisation, Regulator};
use gb_store::{KdfCost, OpenFault, OsRandom, RecoveryKey, Secret, Vault};
use gb_wire::{
    By, Fault, FaultCode, FileKind, RecoveryCheck, RecoverySheet, Saved, Surroundings, Unlock, VaultState,
    VaultStatus, Which,
};
use std::collections::HashMap;

/// Wrong phrases that cost no wait.
const FREE_TRIES: u32 = 3;
/// The longest wait between phrases, in seconds.
const LONGEST_WAIT: u32 = 60;
/// The groups of the recovery key that are asked back.
const ASK_BACK: [u32; 2] = [2, 7];
/// The setting that says the recovery key was checked back.
const CONFIRMED: &str = "recovery_confirmed";

impl Desk {
    pub(crate) fn status(&self, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        let session = self.session();
        let (state, which, organisation, confirmed, lock_after_minutes, wait_seconds) = match &*session {
            Session::Open(open) => {
                let confirmed = open.read().setting(CONFIRMED).map_err(faults::store)?.unwrap_or(false);
                let name = open.organisation().ok().map(|o| o.name);
                (VaultState::Open, open.which, name, confirmed, open.lock_after_minutes, 0)
            }
            Session::Locked(locked) => {
                let there = self.folder(Which::Own).exists() || self.folder(Which::Practice).exists();
                let state = if there { VaultState::Locked } else { VaultState::None };
                (state, locked.which, None, true, 5, wait(locked, at))
            }
        };
        drop(session);
        Ok(VaultStatus {
            state,
            which,
            folder: self.folder(which).display().to_string(),
            own_exists: self.folder(Which::Own).exists(),
            practice_exists: self.folder(Which::Practice).exists(),
            organisation,
            wait_seconds,
            recovery_confirmed: confirmed,
            lock_after_minutes,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            today: at.today(),
            default_regulator: Regulator::default(),
        })
    }

    /// Makes the organisation's vault and opens it. A weak phrase is refused: the laptop may be taken away.
    pub(crate) fn new_vault(
        &self,
        organisation: &Organisation,
        phrase: &str,
        at: &dyn Surroundings,
    ) -> Result<RecoverySheet, Fault> {
        let strength = weigh(phrase, &[&organisation.name]);
        if !strength.enough {
            return Err(Fault::refused(strength.says, "Choose a longer passphrase.").in_field("phrase"));
        }
        crate::settings::complete(organisation)?;
        self.make(Which::Own, organisation, phrase, KdfCost::default(), at)
    }

    /// Makes a vault and opens it, whatever the phrase is worth.
    pub(crate) fn make(
        &self,
        which: Which,
        organisation: &Organisation,
        phrase: &str,
        cost: KdfCost,
        at: &dyn Surroundings,
    ) -> Result<RecoverySheet, Fault> {
        self.close();
        let (vault, recovery) = Vault::create(self.folder(which), phrase, cost, at.now(), Box::new(OsRandom))
            .map_err(faults::open)?;
        let printed = recovery.printed().to_string();
        let mut open = opened(vault, which, organisation.lock_after_minutes);
        open.recovery = Some(recovery);
        open.act("make_vault", None, at, |tx| {
            tx.set_organisation(organisation)?;
            tx.set_setting(CONFIRMED, &(which == Which::Practice))?;
            Ok(())
        })?;
        *self.session() = Session::Open(Box::new(open));
        Ok(RecoverySheet { recovery_key: printed.into(), ask_back: ASK_BACK })
    }

    pub(crate) fn unlock(&self, input: &Unlock, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        self.close();
        let mut locked = match &*self.session() {
            Session::Locked(locked) => *locked,
            Session::Open(_) => Locked { which: input.which, wrong: 0, not_before: None },
        };
        let seconds = wait(&locked, at);
        if seconds > 0 {
            return Err(Fault::new(
                "Too many wrong tries in a row.",
                "The vault is closed and unchanged.",
                format!("Wait {seconds} seconds and try again."),
            )
            .with_code(FaultCode::WrongPhrase));
        }
        let secret = match input.by {
            By::Phrase => Secret::Phrase(input.secret.as_str()),
            By::RecoveryKey => Secret::Recovery(input.secret.as_str()),
        };
        locked.which = input.which;
        match Vault::unlock(self.folder(input.which), secret, at.now(), Box::new(OsRandom)) {
            Ok(vault) => {
                let mut open = opened(vault, input.which, 5);
                open.lock_after_minutes = open.organisation().map_or(5, |o| o.lock_after_minutes);
                *self.session() = Session::Open(Box::new(open));
                self.status(at)
            }
            Err(fault) => {
                if matches!(fault, OpenFault::WrongPhrase | OpenFault::WrongRecoveryKey) {
                    locked.wrong += 1;
                    if locked.wrong >= FREE_TRIES {
                        let seconds = (1_u32 << (locked.wrong - FREE_TRIES).min(6)).min(LONGEST_WAIT);
                        locked.not_before = Some(at.now() + chrono::Duration::seconds(seconds.into()));
                    }
                }
                *self.session() = Session::Locked(locked);
                Err(faults::open(fault).in_field("secret"))
            }
        }
    }

    /// Opens the practice vault, making it first where there is none. Its phrase is no secret: it holds nobody.
    pub(crate) fn open_practice(&self, at: &dyn Surroundings) -> Result<VaultStatus, Fault> {
        if self.folder(Which::Practice).exists() {
            let input = Unlock { which: Which::Practice, by: By::Phrase, secret: practice::PHRASE.into() };
            return self.unlock(&input, at);
        }
        let made = self
            .make(Which::Practice, &practice::organisation(), practice::PHRASE, KdfCost::FLOOR, at)
            .and_then(|_| practice::fill(self, at));
        if let Err(fault) = made {
            // Half a practice vault is of no use to anybody, and it holds nobody: make room for the next try.
            self.close();
            let _ = std::fs::remove_dir_all(self.folder(Which::Practice));
            return Err(fault);
        }
        self.status(at)
    }

    /// A new recovery key, for somebody who knows the passphrase; it is checked back like the first one.
    pub(crate) fn new_recovery_key(
        &self,
        phrase: &str,
        at: &dyn Surroundings,
    ) -> Result<RecoverySheet, Fault> {
        self.with(|open| {
            let actor = open.actor();
            let act =
                gb_store::Act { actor: &actor, action: "new_recovery_key", request: None, at: at.now() };
            let key =
                open.vault.new_recovery_key(&act, Secret::Phrase(phrase)).map_err(|fault| match fault {
                    // The vault stays open: it is the phrase typed just now that was wrong.
                    OpenFault::WrongPhrase => {
                        Fault::refused("That is not the passphrase.", "Type it again.").in_field("phrase")
                    }
                    other => faults::open(other),
                })?;
            // The vault has journalled the key itself; that it waits to be checked back is a fact of its own.
            open.act("await_recovery_check", None, at, |tx| Ok(tx.set_setting(CONFIRMED, &false)?))?;
            let printed = key.printed().to_string();
            open.recovery = Some(key);
            Ok(RecoverySheet { recovery_key: printed.into(), ask_back: ASK_BACK })
        })
    }

    pub(crate) fn save_recovery_sheet(&self, at: &dyn Surroundings) -> Result<Saved, Fault> {
        let (organisation, key) = self.with(|open| {
            let key = open.recovery.as_ref().map(|k| k.printed()).ok_or_else(too_late)?;
            Ok((open.organisation()?, key))
        })?;
        let sheet = crate::paper::recovery_sheet(&organisation, &key, at.today())?;
        crate::seal::save(&sheet, FileKind::Pdf, "Guardbook recovery sheet.pdf", at)
    }

    pub(crate) fn confirm_recovery(
        &self,
        input: &RecoveryCheck,
        at: &dyn Surroundings,
    ) -> Result<VaultStatus, Fault> {
        self.with(|open| {
            let key = open.recovery.as_ref().ok_or_else(too_late)?;
            if !matches(key, &input.groups) {
                return Err(Fault::refused(
                    "Those are not the groups on the sheet.",
                    "Read them from the printed sheet again: the letters O, I and L are never used in it.",
                )
                .in_field("groups"));
            }
            open.act("confirm_recovery", None, at, |tx| Ok(tx.set_setting(CONFIRMED, &true)?))?;
            open.recovery = None;
            Ok(())
        })?;
        self.status(at)
    }
}

fn opened(vault: Vault, which: Which, lock_after_minutes: u32) -> Open {
    Open {
        vault,
        which,
        undo: UndoBook::default(),
        waiting: HashMap::new(),
        recovery: None,
        lock_after_minutes,
        tokens: 0,
    }
}

fn wait(locked: &Locked, at: &dyn Surroundings) -> u32 {
    let Some(until) = locked.not_before else { return 0 };
    let left = (until - at.now()).num_milliseconds();
    if left <= 0 { 0 } else { (left as u64).div_ceil(1000) as u32 }
}

/// Whether two typed groups are those asked back, read as kindly as the whole key is.
fn matches(key: &RecoveryKey, typed: &[String; 2]) -> bool {
    let printed = key.printed();
    let groups: Vec<&str> = printed.split('-').collect();
    ASK_BACK
        .iter()
        .zip(typed)
        .all(|(n, typed)| groups.get(*n as usize - 1).is_some_and(|group| fold(group) == fold(typed)))
}

/// Crockford's reading: case and spaces do not count, O is zero, I and L are one.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

fn too_late() -> Fault {
    Fault::refused(
        "The recovery key is shown only once, while the vault is being made.",
        "If the sheet was lost, make a new recovery key in Settings.",
    )
}
