//! Invented people and papers.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use gb_model::Personal;
use gb_paper::{
    Block, Fields, Footer, KeyEntry, Letter, Letterhead, Neutral, Outcome, ScheduleRow, Signature, fill,
    templates,
};

pub fn letterhead() -> Letterhead {
    Letterhead {
        organisation: "Calder Vale Homes".into(),
        address: ["Wharf House", "14 Canal Street", "Hebden Bridge", "HX7 8AD"].map(Into::into).to_vec(),
        contact: ["01632 960 140", "data.protection@caldervale.example"].map(Into::into).to_vec(),
    }
}

pub fn letter(blocks: Vec<Block>) -> Letter {
    Letter {
        letterhead: letterhead(),
        recipient: [
            "Ms Wiesława Łękotka-Ŵyn",
            "Flat 3, Tŷ Glas",
            "22 Ffordd yr Wyddfa",
            "Caernarfon",
            "LL55 1AA",
        ]
        .map(Personal::from)
        .to_vec(),
        date: "12 November 2026".into(),
        our_ref: "GB-2026-0001".into(),
        salutation: "Dear Ms Łękotka-Ŵyn".into(),
        blocks,
        signature: Signature {
            closing: "Yours sincerely".into(),
            name: "Geraint Ŵynford-Żak".into(),
            lines: ["Data Protection Officer", "data.protection@caldervale.example · 01632 960 140"]
                .map(Into::into)
                .to_vec(),
        },
        footer: Footer::Numbered,
    }
}

pub fn sar_fields() -> Fields {
    Fields::new()
        .text("received", "1 October 2026")
        .text("reference", "GB-2026-0001")
        .flag("extended", false)
        .text("extension_notified", "")
        .flag("nothing_held", false)
        .flag("enclosed", true)
        .flag("full_refusal", false)
        .text("pack_pages", "17")
        .list("searches", [
            "Housing system (Orchard), by tenancy and by name, 1 January 2019 to 1 October 2026, searched on 8 October 2026: 41 records",
            "E-mail of the neighbourhood team, “Łękotka”, 2022 to 2026, searched on 9 October 2026: 12 messages",
            "Paper files at Wharf House, searched on 12 October 2026: one folder",
        ])
        .list("not_searched", ["Backup tapes: they hold copies of the same systems"])
        .flag("something_left_out", true)
        .list("reasons", [
            "Information about another person (DPA 2018, Sch 2, para 16)",
            "Legal advice or legal proceedings (DPA 2018, Sch 2, para 19)",
        ])
        .flag("not_told", true)
        .text("neutral_sentence", "Some information has been withheld where the law allows.")
        .list("other_reasons", ["The same as another page in this pack"])
        .list("purposes", ["Letting and managing your home", "Repairs and safety", "Collecting rent"])
        .list("categories", ["Name, contact details and household", "Rent account", "Repairs and visits", "Letters, e-mails and notes of calls"])
        .list("recipients", ["Pennine Repairs Ltd (repairs)", "Calderdale Council (Housing Benefit)"])
        .flag("shared_with_nobody", false)
        .flag("recipients_in_notice", false)
        .list("retention", ["Tenancy file: six years after the tenancy ends", "Calls: 90 days"])
        .list("sources", ["You", "Calderdale Council", "Neighbours"])
        .text("automated", "")
        .text("transfers", "")
        .text("complain_to_us", "write to the address above, call 01632 960 140, or e-mail data.protection@caldervale.example")
        .list("regulator", [
            "Information Commissioner’s Office (ICO), Wycliffe House, Water Lane, Wilmslow, SK9 5AF",
            "0303 123 1113 · ico.org.uk",
        ])
}

pub fn template(kind: &str) -> &'static str {
    templates().iter().find(|(k, _)| *k == kind).unwrap().1
}

pub fn sar_blocks() -> Vec<Block> {
    fill(template("sar-response"), &sar_fields()).unwrap()
}

pub fn keys() -> Vec<KeyEntry> {
    let entry = |code: &str, means: &str, exemption, told| KeyEntry {
        code: code.into(),
        means: means.into(),
        exemption,
        told,
    };
    vec![
        entry("3P", "Information about another person (DPA 2018, Sch 2, para 16)", true, true),
        entry("LPP", "Legal advice or legal proceedings (DPA 2018, Sch 2, para 19)", true, true),
        entry(
            "CRIME",
            "Preventing, investigating or detecting crime (DPA 2018, Sch 2, para 2(1)(a) and (b))",
            true,
            false,
        ),
        entry("DUP", "The same as another page in this pack", false, true),
    ]
}

pub fn neutral() -> Neutral {
    Neutral { code: "W".into(), means: "Withheld – the law allows us not to say more".into() }
}

pub fn rows(count: u32) -> Vec<ScheduleRow> {
    (1..=count)
        .map(|n| {
            let (outcome, pages, codes): (_, _, &[&str]) = match n % 4 {
                0 => (Outcome::Withheld, None, &["LPP"]),
                1 => (Outcome::InFull, Some((n * 3, n * 3)), &[]),
                2 => (Outcome::InPart, Some((n * 3, n * 3 + 2)), &["3P", "CRIME"]),
                _ => (Outcome::InPart, Some((n * 3, n * 3 + 1)), &["CRIME", "3P", "DUP"]),
            };
            ScheduleRow {
                number: n,
                dated: if n % 5 == 0 { String::new() } else { format!("{} March 2024", n % 28 + 1) },
                description: match n % 3 {
                    0 => "Letter from Wiesława Łękotka about damp in the back bedroom, with photographs".into(),
                    1 => "Note of a call".into(),
                    _ => "E-mail chain: re: re: fwd: visit to Tŷ Glas on Thursday and what was agreed about the windows".into(),
                },
                pages,
                outcome,
                codes: codes.iter().map(|c| (*c).to_owned()).collect(),
            }
        })
        .collect()
}

/// The words of a PDF of this crate, a page an entry, as a reader of the file gets them.
pub fn words(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    document.get_pages().keys().map(|page| document.extract_text(&[*page]).unwrap()).collect()
}
