//! The organisation's particulars.

use crate::session::{Desk, Open};
use gb_model::Organisation;
use gb_wire::{Fault, Preferences, Surroundings};

/// Minutes of idleness a DPO may choose before the vault locks itself.
const LOCK_MINUTES: std::ops::RangeInclusive<u32> = 1..=60;

impl Desk {
    pub(crate) fn save_preferences(
        &self,
        input: &Preferences,
        at: &dyn Surroundings,
    ) -> Result<Preferences, Fault> {
        if !["system", "light", "dark"].contains(&input.theme.as_str()) || !(100..=200).contains(&input.text)
        {
            return Err(Fault::refused(
                "The window cannot look like that.",
                "Choose one of what is offered.",
            ));
        }
        self.with(|open| {
            if preferences(open) == *input {
                return Ok(());
            }
            open.act("save_preferences", None, at, |tx| Ok(tx.set_setting(PREFERENCES, input)?))
        })?;
        Ok(input.clone())
    }

    pub(crate) fn save_organisation(
        &self,
        input: &Organisation,
        at: &dyn Surroundings,
    ) -> Result<Organisation, Fault> {
        let kept = tidy(input);
        complete(&kept)?;
        self.with(|open| {
            open.act("save_organisation", None, at, |tx| Ok(tx.set_organisation(&kept)?))?;
            open.lock_after_minutes = kept.lock_after_minutes;
            Ok(())
        })?;
        Ok(kept)
    }
}

/// The setting that keeps how the person likes the window.
const PREFERENCES: &str = "preferences";

/// How the person likes the window; the system's way until they say.
pub(crate) fn preferences(open: &Open) -> Preferences {
    let usual = || Preferences { theme: "system".into(), text: 100 };
    open.read().setting(PREFERENCES).ok().flatten().unwrap_or_else(usual)
}

/// Refuses particulars that a letter could not be signed with.
pub(crate) fn complete(organisation: &Organisation) -> Result<(), Fault> {
    let missing =
        |field: &str, what: &str| Err(Fault::refused(what, "Fill it in and save again.").in_field(field));
    if organisation.name.trim().is_empty() {
        return missing("name", "The organisation’s name is missing.");
    }
    if organisation.officer.name.is_blank() {
        return missing("officer.name", "The data protection officer’s name is missing.");
    }
    if organisation.regulator.name.trim().is_empty() {
        return missing("regulator.name", "The regulator’s name is missing; letters must give it.");
    }
    if !LOCK_MINUTES.contains(&organisation.lock_after_minutes) {
        return missing("lock_after_minutes", "The vault can lock itself after 1 to 60 minutes.");
    }
    Ok(())
}

/// Takes white space and empty lines off.
fn tidy(input: &Organisation) -> Organisation {
    let lines = |lines: &[String]| {
        lines.iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect::<Vec<_>>()
    };
    let mut out = input.clone();
    out.name = input.name.trim().to_owned();
    out.address = lines(&input.address);
    out.regulator.address = lines(&input.regulator.address);
    out.privacy_notice = input.privacy_notice.trim().to_owned();
    out
}
