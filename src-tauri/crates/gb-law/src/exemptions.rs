//! The catalogue of reasons to withhold (law of `assets/law/exemptions.toml`): what each is called, where it
//! stands in the law, who may use it, what it asks.

use crate::health::oldest_health_opinion;
use crate::validate::Refusal;
use chrono::NaiveDate;
use gb_model::{ControllerKind, Nation, NewMark};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use ts_rs::TS;

/// What kind of entry a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// An exemption in law.
    Exemption,
    /// A reason that is not an exemption; printed apart in the key.
    NotExemption,
    /// A control that stops or forces something; never on a mark.
    Control,
    /// Shown to explain why it cannot be used; never on a mark.
    Help,
}

/// Whether the person may be told which code was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tell {
    /// Always told.
    Always,
    /// May be withheld when telling would itself cause the harm; the neutral sentence stands instead.
    MayWithhold,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In words.
    Text,
    /// `yes` or `no`.
    YesNo,
    /// A date, `2026-11-21`.
    Date,
    /// One of the choices' keys.
    Choice,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is kept.
    pub key: String,
    /// What is read.
    pub text: String,
}

/// One question a code asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its key in [`gb_model::Answer`].
    pub key: String,
    /// The question.
    pub text: String,
    /// How it is answered.
    pub kind: Kind,
    /// Whether the pack waits for it.
    #[serde(default)]
    pub required: bool,
    /// What to choose from, for [`Kind::Choice`].
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// The answer that rules the code out, if one does.
    #[serde(default)]
    pub bars_on: Option<String>,
    /// What to say then.
    #[serde(default)]
    pub bars_because: Option<String>,
}

/// One reason, or one thing that looks like a reason and is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The code, such as `3P`.
    pub code: String,
    /// What kind of entry.
    pub group: Group,
    /// What the key in the pack calls it.
    pub label: String,
    /// Where it stands; empty for reasons that are not exemptions.
    #[serde(default)]
    pub citation: String,
    /// When it is used in housing, for the DPO.
    pub when_used: String,
    /// Whether the person may be told.
    pub tell: Tell,
    /// Whether a private landlord meets it only seldom.
    #[serde(default)]
    pub rare: bool,
    /// The kinds of controller that may use it.
    pub open_to: Vec<ControllerKind>,
    /// Nations where it does not exist.
    #[serde(default)]
    pub not_in: Vec<Nation>,
    /// Why it is closed to the others; always given where somebody is shut out.
    #[serde(default)]
    pub closed_because: String,
    /// Whether the ground passes with time, so that a review date is required (`RED-4`).
    #[serde(default)]
    pub expires: bool,
    /// What it asks.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// All the codes, in the order they are offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The code printed instead of one that may not be told (`RED-2`).
    pub neutral_code: String,
    /// What the key says of it.
    pub neutral_label: String,
    /// What a letter says of it.
    pub neutral_sentence: String,
    /// The codes.
    pub codes: Vec<Code>,
}

/// The catalogue (DPA 2018 Schs 2 to 4 and s.26), parsed once.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../assets/law/exemptions.toml"))
            .expect("exemptions.toml is built in, and a test reads it")
    });
    &CATALOGUE
}

impl Catalogue {
    /// The entry of a code (`RED-1`), in either case.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|c| c.code.eq_ignore_ascii_case(code.trim()))
    }

    /// The codes that may stand on a mark made by such a controller in such a nation (`RED-1`, AC-17, AC-18).
    pub fn offered(&self, kind: ControllerKind, nation: Nation) -> Vec<&Code> {
        self.codes.iter().filter(|c| c.usable(kind, nation).is_ok()).collect()
    }
}

impl Code {
    /// Whether it can stand on a mark at all (`RED-1`).
    pub fn selectable(&self) -> bool {
        matches!(self.group, Group::Exemption | Group::NotExemption) && !self.open_to.is_empty()
    }

    /// What the key prints: the label with its citation (`RED-2`, AC-15).
    pub fn printed(&self) -> String {
        if self.citation.is_empty() {
            self.label.clone()
        } else {
            format!("{} ({})", self.label, self.citation)
        }
    }

    /// Whether such a controller in such a nation may use it (DPA 2018 Sch 3 paras 8 and 21(5) among others;
    /// AC-17, AC-18).
    ///
    /// # Errors
    /// Why not, with the provision.
    pub fn usable(&self, kind: ControllerKind, nation: Nation) -> Result<(), Refusal> {
        let open = self.selectable() && self.open_to.contains(&kind) && !self.not_in.contains(&nation);
        if open {
            return Ok(());
        }
        let says = if self.closed_because.is_empty() {
            format!("{} cannot be put on a mark. {}", self.code, self.when_used)
        } else {
            format!("{} cannot be used here. {}", self.code, self.closed_because)
        };
        Err(Refusal { field: "code".into(), says })
    }

    /// What a mark under this code still lacks (`RED-1`, `RED-4` and the tests of the ground itself).
    pub fn gaps(&self, mark: &NewMark) -> Vec<String> {
        let mut gaps = Vec::new();
        for question in &self.questions {
            let given = mark.answers.iter().find(|a| a.question == question.key);
            let answer = given.map(|a| a.answer.as_str().trim()).unwrap_or_default();
            gaps.extend(question.gap(answer));
        }
        if self.expires && mark.review_on.is_none() {
            gaps.push(format!(
                "{}: give a day to look at this again. This reason passes with time, and the words may then have \
                 to be released.",
                self.code
            ));
        }
        gaps
    }

    /// Whether a positive opinion of this date may be relied on that day for `HLTH` (DPA 2018 Sch 3 para 5(2)).
    pub fn opinion_counts(dated: NaiveDate, relied_on: NaiveDate) -> bool {
        dated >= oldest_health_opinion(relied_on) && dated <= relied_on
    }
}

impl Question {
    fn gap(&self, answer: &str) -> Option<String> {
        if answer.is_empty() {
            return self.required.then(|| self.text.clone());
        }
        if self.bars_on.as_deref() == Some(answer) {
            return self.bars_because.clone();
        }
        let fits = match self.kind {
            Kind::Text => true,
            Kind::YesNo => matches!(answer, "yes" | "no"),
            Kind::Date => answer.parse::<NaiveDate>().is_ok(),
            Kind::Choice => self.choices.iter().any(|c| c.key == answer),
        };
        (!fits).then(|| format!("{} – “{answer}” is not one of the answers.", self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gb_model::{Answer, MarkShape, Personal};

    /// Every code of the catalogue's tables; a code that is missing or extra fails.
    const ALL: &str = "3P 3PS 3P-PROF LPP CRIME TAX CRIME-2 RISKCLASS LEGALDISC PUBFN REG JUD MGMT NEG REF EXAM \
                       SELF CORPFIN HLTH-GATE HLTH HLTH-EXP CRT-H CRT-S CRT-E SW SW-EXP SW-PR EDU EDU-PR CAD \
                       ADOPT HFEA SEN PORDER CHR JOUR RES ARCH NATSEC IMM NPD OOS DUP SEC NTH ALR UNREAD";

    fn mark(answers: &[(&str, &str)], review_on: Option<&str>) -> NewMark {
        NewMark {
            shape: MarkShape::WholePage { page: 1 },
            code: None,
            note: Personal::default(),
            answers: answers
                .iter()
                .map(|(q, a)| Answer { question: (*q).into(), answer: (*a).into() })
                .collect(),
            review_on: review_on.map(|d| d.parse().unwrap()),
        }
    }

    #[test]
    fn the_catalogue_is_whole() {
        let mut wanted: Vec<&str> = ALL.split_whitespace().collect();
        let mut held: Vec<&str> = catalogue().codes.iter().map(|c| c.code.as_str()).collect();
        wanted.sort_unstable();
        held.sort_unstable();
        assert_eq!(held, wanted, "every code of law.md §2, once");
    }

    #[test]
    fn every_entry_is_fit_to_print() {
        for c in &catalogue().codes {
            let code = &c.code;
            assert_eq!(
                c.group == Group::NotExemption,
                c.citation.is_empty(),
                "{code}: exemptions cite, others do not"
            );
            assert!(!c.label.is_empty() && !c.label.ends_with('.'), "{code}: a label is a phrase");
            assert!(c.when_used.ends_with('.'), "{code}: when it is used is a sentence");
            let shut = c.open_to.len() < 4 || !c.not_in.is_empty();
            assert!(!shut || !c.closed_because.is_empty(), "{code}: a closed door says why");
            let required = c.questions.iter().filter(|q| q.required).count();
            assert!(required <= 3, "{code}: three questions at most must be answered");
            assert!(
                c.group != Group::Exemption || !c.selectable() || required >= 1,
                "{code}: a ground asks for its test"
            );
            for q in &c.questions {
                assert_eq!(q.kind == Kind::Choice, !q.choices.is_empty(), "{code}.{}: choices", q.key);
                assert_eq!(q.bars_on.is_some(), q.bars_because.is_some(), "{code}.{}: says why", q.key);
            }
        }
    }

    #[test]
    fn ac_15_the_key_prints_the_citation() {
        let printed = catalogue().get("3p").map(Code::printed);
        assert_eq!(
            printed.as_deref(),
            Some("Information about another person (DPA 2018, Sch 2, para 16)"),
            "label and citation as the key prints them"
        );
    }

    #[test]
    fn doors_that_are_closed() {
        use ControllerKind::{Almo, LocalAuthority, PrivateRegisteredProvider, ScottishRsl};
        use Nation::{EW, NI, SCT};
        for (code, kind, nation, open, why) in [
            ("3P", PrivateRegisteredProvider, EW, true, "everybody’s"),
            ("SW", PrivateRegisteredProvider, EW, false, "AC-17: Sch 3 para 8 bodies only"),
            ("SW", LocalAuthority, EW, true, "a council’s social services are listed"),
            ("CAD", PrivateRegisteredProvider, EW, true, "England and Wales"),
            ("CAD", PrivateRegisteredProvider, NI, true, "Northern Ireland"),
            ("CAD", ScottishRsl, SCT, false, "AC-18: para 21(5)"),
            ("RISKCLASS", PrivateRegisteredProvider, EW, false, "housing-benefit authorities only"),
            ("RISKCLASS", LocalAuthority, EW, true, "a housing-benefit authority"),
            ("SW-PR", LocalAuthority, SCT, true, "the Reporter is Scottish"),
            ("SW-PR", LocalAuthority, EW, false, "the Reporter is Scottish"),
            ("IMM", LocalAuthority, EW, false, "the Secretary of State only"),
            ("CRT-H", LocalAuthority, EW, false, "courts only"),
            ("LEGALDISC", Almo, EW, false, "not a reason to withhold"),
            ("HLTH-GATE", Almo, EW, false, "a control, not a mark"),
            ("3P-PROF", PrivateRegisteredProvider, EW, false, "it forces disclosure"),
            ("NATSEC", PrivateRegisteredProvider, EW, true, "rare, and open"),
            ("DUP", Almo, NI, true, "no exemption, everybody’s"),
        ] {
            let usable = catalogue().get(code).unwrap().usable(kind, nation);
            assert_eq!(usable.is_ok(), open, "{code}: {why}");
        }
        let says = |code: &str, nation| {
            catalogue().get(code).unwrap().usable(PrivateRegisteredProvider, nation).unwrap_err().says
        };
        assert!(says("SW", EW).contains("Sch 3 para 8"), "AC-17 names the provision");
        assert!(says("CAD", SCT).contains("21(5)"), "AC-18 names the provision");
    }

    #[test]
    fn a_third_party_mark_goes_through_three_steps() {
        let code = catalogue().get("3P").unwrap();
        assert_eq!(code.gaps(&mark(&[], None)).len(), 3, "three steps, none taken");
        let done = [("identifies", "yes"), ("consent", "not_asked"), ("reasonable", "She fears reprisals.")];
        assert_eq!(code.gaps(&mark(&done, None)), Vec::<String>::new(), "all three taken");
        let consented = [done[0], ("consent", "given"), done[2]];
        assert_eq!(code.gaps(&mark(&consented, None)).len(), 1, "with consent there is nothing to withhold");
        let worker = [done[0], done[1], done[2], ("professional", "yes")];
        let gaps = code.gaps(&mark(&worker, None));
        assert!(gaps.len() == 1 && gaps[0].contains("para 17"), "AC-16: para 17 deems disclosure reasonable");
        let nonsense = [("identifies", "perhaps"), done[1], done[2]];
        assert_eq!(code.gaps(&mark(&nonsense, None)).len(), 1, "perhaps is neither yes nor no");
    }

    #[test]
    fn grounds_that_pass_ask_for_a_day_to_look_again() {
        for code in ["NEG", "MGMT", "CRIME", "EXAM"] {
            let entry = catalogue().get(code).unwrap();
            let without = entry.gaps(&mark(&[], None)).len();
            assert_eq!(without - 1, entry.gaps(&mark(&[], Some("2027-01-04"))).len(), "RED-4: {code}");
        }
        assert!(!catalogue().get("3P").unwrap().expires, "another person stays another person");
    }
}
