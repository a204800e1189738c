use crate::Personal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The part of the United Kingdom whose law and bank holidays bind the controller (`REG-2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Nation {
    /// England and Wales.
    EW,
    /// Scotland.
    SCT,
    /// Northern Ireland.
    NI,
}

impl Nation {
    /// All three, in the order they are offered.
    pub const ALL: [Nation; 3] = [Nation::EW, Nation::SCT, Nation::NI];

    /// The nation's code as scripts write it.
    pub fn code(self) -> &'static str {
        match self {
            Nation::EW => "EW",
            Nation::SCT => "SCT",
            Nation::NI => "NI",
        }
    }

    /// The nation's name as people read it.
    pub fn name(self) -> &'static str {
        match self {
            Nation::EW => "England and Wales",
            Nation::SCT => "Scotland",
            Nation::NI => "Northern Ireland",
        }
    }

    /// Reads a code such as `EW`, in either case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// What kind of landlord the controller is; some grounds are open only to public bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, Default)]
#[serde(rename_all = "snake_case")]
pub enum ControllerKind {
    /// A housing association or other private registered provider.
    #[default]
    PrivateRegisteredProvider,
    /// A council that lets homes itself.
    LocalAuthority,
    /// An arm's-length management organisation.
    Almo,
    /// A Scottish registered social landlord.
    ScottishRsl,
}

/// The person who answers for data protection.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Officer {
    /// Full name, as it stands under letters.
    pub name: Personal<String>,
    /// Job title.
    pub title: String,
    /// E-mail address given to residents.
    pub email: String,
    /// Telephone number given to residents.
    pub phone: String,
}

/// The regulator as named in letters; settings, never constants (`REG-1`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Regulator {
    /// The name residents know it by.
    pub name: String,
    /// Postal address, one line an entry.
    pub address: Vec<String>,
    /// Telephone number.
    pub phone: String,
    /// Web address, printed and never opened.
    pub web: String,
}

impl Default for Regulator {
    fn default() -> Self {
        Self {
            name: "Information Commissioner’s Office (ICO)".into(),
            address: vec!["Wycliffe House".into(), "Water Lane".into(), "Wilmslow".into(), "SK9 5AF".into()],
            phone: "0303 123 1113".into(),
            web: "ico.org.uk".into(),
        }
    }
}

/// The controller: who it is, where it is, and who speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Organisation {
    /// Legal name.
    pub name: String,
    /// Postal address, one line an entry.
    pub address: Vec<String>,
    /// Nation, which sets the calendar.
    pub nation: Nation,
    /// Kind of landlord.
    pub kind: ControllerKind,
    /// The data protection officer.
    pub officer: Officer,
    /// The regulator's particulars.
    pub regulator: Regulator,
    /// Where the privacy notice can be read; printed in letters.
    pub privacy_notice: String,
    /// Minutes without a key or a click before the vault locks itself.
    pub lock_after_minutes: u32,
}
