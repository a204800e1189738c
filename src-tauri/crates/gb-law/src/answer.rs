//! What an answer must say before it may go out: the content of Art 15 for a response, the reasons and remedies
//! of Art 12(4) for a refusal.

use crate::words::short_date;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// One thing a response must tell the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChecklistItem {
    /// Its key.
    pub id: &'static str,
    /// What it is, for the DPO.
    pub text: &'static str,
    /// The provision.
    pub citation: &'static str,
    /// Whether an enclosed privacy notice can say it instead of the letter.
    pub notice_may_say_it: bool,
}

/// How an item of the checklist is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "how", content = "text")]
pub enum Covered {
    /// The letter says it, in these words.
    Said(String),
    /// It is in the privacy notice, which is enclosed.
    InNotice,
}

/// What a cover letter says, by checklist item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CoverFacts {
    /// Item to how it is met; an item that is missing is a gap.
    pub items: BTreeMap<String, Covered>,
    /// Whether the privacy notice really goes into the envelope.
    pub notice_enclosed: bool,
}

/// Why a request is refused, wholly or partly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalGround {
    /// An exemption applies to everything.
    Exemption,
    /// Manifestly unfounded.
    ManifestlyUnfounded,
    /// Manifestly excessive.
    ManifestlyExcessive,
}

/// A refusal as it is about to go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefusalFacts {
    /// On what ground.
    pub ground: RefusalGround,
    /// The reasons the letter gives.
    pub reasons: String,
    /// What was weighed, for the file.
    pub factors: String,
    /// Who decided.
    pub decided_by: String,
    /// Who authorised it; may be the same person, which is recorded (`RED-6`).
    pub authorised_by: String,
    /// Whether a fee was considered instead.
    pub fee_considered: bool,
    /// Whether the letter names the right to complain to us.
    pub says_complain_to_us: bool,
    /// Whether it names the right to complain to the regulator.
    pub says_complain_to_regulator: bool,
    /// Whether it names the courts.
    pub says_court: bool,
    /// The date on the letter.
    pub dated: NaiveDate,
    /// The last lawful day.
    pub statutory_due: Option<NaiveDate>,
}

const fn item(
    id: &'static str,
    text: &'static str,
    citation: &'static str,
    notice_may_say_it: bool,
) -> ChecklistItem {
    ChecklistItem { id, text, citation, notice_may_say_it }
}

/// What a response to an access request must tell the person (UK GDPR Art 15(1) and (2); `SAR-34`).
pub fn sar34_checklist() -> &'static [ChecklistItem] {
    const ITEMS: [ChecklistItem; 12] = [
        item("confirmation", "Whether we hold information about them", "UK GDPR Art 15(1)", false),
        item("copy", "A copy of the information, or why not", "UK GDPR Art 15(1) and (3)", false),
        item("purposes", "What we use it for", "UK GDPR Art 15(1)(a)", true),
        item("categories", "What kinds of information it is", "UK GDPR Art 15(1)(b)", true),
        item("recipients", "Who we have shared it with, by name where we can", "UK GDPR Art 15(1)(c)", true),
        item("retention", "How long we keep it, or how we decide", "UK GDPR Art 15(1)(d)", true),
        item(
            "rights",
            "Their rights to have it corrected, erased or restricted, and to object",
            "UK GDPR Art 15(1)(e)",
            true,
        ),
        item(
            "complain_to_us",
            "Their right to complain to us",
            "UK GDPR Art 15(1)(ea); DPA 2018 s.164A",
            false,
        ),
        item(
            "complain_to_regulator",
            "Their right to complain to the regulator",
            "UK GDPR Art 15(1)(f); DPA 2018 s.165",
            false,
        ),
        item("source", "Where we got it, if not from them", "UK GDPR Art 15(1)(g)", true),
        item(
            "automated",
            "Decisions made by automated means, and what they mean for them",
            "UK GDPR Art 15(1)(h)",
            true,
        ),
        item(
            "transfers",
            "The safeguards when it goes outside the United Kingdom",
            "UK GDPR Art 15(2)",
            true,
        ),
    ];
    &ITEMS
}

/// What a cover letter still lacks, a sentence an item (`SAR-34`, AC-22). It may go out when this is empty.
pub fn cover_letter_gaps(facts: &CoverFacts) -> Vec<String> {
    let mut gaps = Vec::new();
    for item in sar34_checklist() {
        match facts.items.get(item.id) {
            Some(Covered::Said(text)) if !text.trim().is_empty() => {}
            Some(Covered::InNotice) if !item.notice_may_say_it => {
                gaps.push(format!("The letter itself must say: {} ({}).", item.text, item.citation));
            }
            Some(Covered::InNotice) if facts.notice_enclosed => {}
            Some(Covered::InNotice) => gaps.push(format!(
                "“{}” is left to the privacy notice, and the privacy notice is not enclosed ({}).",
                item.text, item.citation
            )),
            _ => gaps.push(format!("The letter does not say: {} ({}).", item.text, item.citation)),
        }
    }
    gaps
}

/// What a refusal still lacks (UK GDPR Art 12(4) and (5); `SAR-32`, `SAR-33`, AC-23).
pub fn refusal_gaps(facts: &RefusalFacts) -> Vec<String> {
    let manifestly = facts.ground != RefusalGround::Exemption;
    let mut gaps = Vec::new();
    let mut need = |met: bool, says: &str| {
        if !met {
            gaps.push(says.to_owned());
        }
    };
    need(!facts.reasons.trim().is_empty(), "The letter gives no reasons (Art 12(4)).");
    need(facts.says_complain_to_us, "The letter does not name the right to complain to us (s.164A).");
    need(
        facts.says_complain_to_regulator,
        "The letter does not name the right to complain to the regulator (s.165).",
    );
    need(facts.says_court, "The letter does not name the right to go to court (Art 12(4)).");
    need(!facts.decided_by.trim().is_empty(), "Nobody is recorded as having decided.");
    need(!facts.authorised_by.trim().is_empty(), "Nobody is recorded as having authorised it.");
    need(
        !manifestly || !facts.factors.trim().is_empty(),
        "Record what was weighed: it is for us to show that the request is unfounded or excessive (Art 12(5)).",
    );
    need(!manifestly || facts.fee_considered, "Record whether a fee was considered instead (Art 12(5)).");
    if let Some(due) = facts.statutory_due.filter(|due| facts.dated > *due) {
        gaps.push(format!(
            "The letter is dated {}, after the last day to refuse, {} (Art 12(4)).",
            short_date(facts.dated),
            short_date(due)
        ));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> CoverFacts {
        let said = |i: &ChecklistItem| (i.id.to_owned(), Covered::Said(i.text.to_owned()));
        CoverFacts { items: sar34_checklist().iter().map(said).collect(), notice_enclosed: false }
    }

    #[test]
    fn ac_22_a_response_says_everything_article_15_asks() {
        assert_eq!(cover_letter_gaps(&complete()), Vec::<String>::new(), "everything is said");
        for missing in ["complain_to_us", "complain_to_regulator", "retention", "source"] {
            let mut facts = complete();
            facts.items.remove(missing);
            assert_eq!(cover_letter_gaps(&facts).len(), 1, "{missing} is missing, and nothing else");
        }
        let mut notice = complete();
        notice.items.insert("retention".into(), Covered::InNotice);
        assert_eq!(cover_letter_gaps(&notice).len(), 1, "a notice that is not enclosed says nothing");
        notice.notice_enclosed = true;
        assert!(cover_letter_gaps(&notice).is_empty(), "an enclosed notice may say how long");
        notice.items.insert("complain_to_us".into(), Covered::InNotice);
        assert_eq!(cover_letter_gaps(&notice).len(), 1, "the right to complain stands in the letter");
    }

    #[test]
    fn ac_23_a_refusal_gives_reasons_and_remedies_in_time() {
        let facts = RefusalFacts {
            ground: RefusalGround::ManifestlyExcessive,
            reasons: "The same request came three times in five weeks.".into(),
            factors: "Repeats; nothing new held; answered on 2 September.".into(),
            decided_by: "DPO".into(),
            authorised_by: "Director".into(),
            fee_considered: true,
            says_complain_to_us: true,
            says_complain_to_regulator: true,
            says_court: true,
            dated: "2026-11-12".parse().unwrap(),
            statutory_due: Some("2026-11-12".parse().unwrap()),
        };
        assert!(refusal_gaps(&facts).is_empty(), "dated on the last day is in time");
        let late = RefusalFacts { dated: "2026-11-13".parse().unwrap(), ..facts.clone() };
        assert_eq!(refusal_gaps(&late).len(), 1, "a day late is late");
        let bare = RefusalFacts {
            reasons: " ".into(),
            says_complain_to_us: false,
            says_complain_to_regulator: false,
            says_court: false,
            factors: String::new(),
            fee_considered: false,
            authorised_by: String::new(),
            ..facts
        };
        assert_eq!(refusal_gaps(&bare).len(), 7, "each thing missing is named");
    }
}
