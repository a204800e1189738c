//! Letters, schedules and keys as a person will hold them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{keys, letter, neutral, rows, sar_blocks, sar_fields, template, words};
use gb_paper::{
    Divider, Fields, Footer, Outcome, Paper, PaperFault, divider, field_names, fill, key, paper, schedule,
    templates, withheld_page,
};

/// Writes a finished PDF where a developer can look at it, when asked to.
fn show(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("GB_PAPER_SHOW") {
        std::fs::write(std::path::Path::new(&folder).join(name), pdf).unwrap();
    }
}

#[test]
fn the_answer_to_a_request() {
    let pdf = gb_paper::letter(&letter(sar_blocks())).unwrap();
    show("letter.pdf", &pdf);
    insta::assert_snapshot!(words(&pdf).join("\n――― page ―――\n"));
}

#[test]
fn an_answer_that_gives_nothing_says_why_and_what_to_do() {
    let refusal = sar_fields().flag("enclosed", false).flag("full_refusal", true);
    let blocks = fill(template("sar-response"), &refusal).unwrap();
    let text = words(&gb_paper::letter(&letter(blocks)).unwrap()).concat();
    for said in [
        "allows us not to give you a copy of any",
        "para 16",
        "164A",
        "section 165",
        "section 167",
        "Wilmslow",
    ] {
        assert!(text.contains(said), "SAR-33: “{said}” stands in a refusal");
    }
    assert!(!text.contains("A copy is enclosed"), "and it promises no copy");
    let nothing =
        sar_fields().flag("enclosed", false).flag("nothing_held", true).flag("something_left_out", false);
    let blocks = fill(template("sar-response"), &nothing).unwrap();
    let text = words(&gb_paper::letter(&letter(blocks)).unwrap()).concat();
    assert!(text.contains("found no information about you") && !text.contains("How long we keep it"));
}

#[test]
fn every_text_is_well_formed() {
    for (kind, text) in templates() {
        let names = field_names(text);
        let all = names.iter().fold(Fields::new(), |fields, name| fields.text(name, "x"));
        let blocks = fill(text, &all).unwrap_or_else(|fault| panic!("{kind}: {fault}"));
        assert!(blocks.len() > 3, "{kind} says something");
        for name in &names {
            let but_one = names.iter().filter(|n| *n != name);
            let but_one = but_one.fold(Fields::new(), |fields, name| fields.text(name, "x"));
            assert!(fill(text, &but_one).is_err(), "{kind} does not go out without “{name}”");
        }
    }
}

#[test]
fn the_same_letter_has_the_same_bytes() {
    let make = || gb_paper::letter(&letter(sar_blocks())).unwrap();
    assert!(make() == make(), "no clock and no chance in a file");
}

#[test]
fn names_and_addresses_stay_on_the_page() {
    let mut odd = letter(sar_blocks());
    odd.recipient = vec![format!("Ms {}", "Ŵ".repeat(300)).into()];
    odd.recipient
        .extend((1..=9).map(|n| format!("Line {n} of a long address, in a long row of words").into()));
    odd.salutation = format!("Dear Ms {}", "Ŵ".repeat(300)).into();
    odd.signature.name = "W".repeat(200).into();
    odd.letterhead.organisation =
        "The Calder Vale and Upper Pennine Community Housing Association Limited".into();
    let pdf = gb_paper::letter(&odd).unwrap();
    show("odd.pdf", &pdf);
    let text = words(&pdf).concat();
    assert_eq!(text.matches('Ŵ').count(), 600, "no letter of the name is lost");
    for n in 1..=9 {
        assert!(text.contains(&format!("Line {n} of")), "no line of the address is lost");
    }
}

#[test]
fn a_name_that_cannot_be_printed_is_refused() {
    let mut other = letter(sar_blocks());
    other.recipient[0] = "李明".into();
    assert_eq!(gb_paper::letter(&other).err(), Some(PaperFault::NotInFont("李明".into())));
}

fn schedule_paper(count: u32, footer: Footer) -> Paper {
    let mut blocks = schedule(&rows(count), &keys(), &neutral());
    blocks.extend(key(&keys(), &neutral()));
    Paper {
        title: "Schedule of documents".into(),
        subtitle: "Request of Wiesława Łękotka-Ŵyn".into(),
        our_ref: "GB-2026-0001".into(),
        blocks,
        footer,
    }
}

#[test]
fn the_schedule_and_the_key() {
    let pdf = paper(&schedule_paper(9, Footer::Numbered)).unwrap();
    show("schedule.pdf", &pdf);
    let text = words(&pdf).join("\n――― page ―――\n");
    assert!(
        !text.contains("CRIME") && !text.contains("crime"),
        "AC-19: what may not be told is not on the paper"
    );
    insta::assert_snapshot!(text);
}

#[test]
fn an_internal_paper_says_so_on_every_page() {
    let pdf = paper(&schedule_paper(120, Footer::Internal)).unwrap();
    show("internal.pdf", &pdf);
    let pages = words(&pdf);
    assert!(pages.len() > 3, "it goes over several pages");
    for (at, page) in (1..).zip(&pages) {
        assert!(page.contains("INTERNAL – for the organisation"), "page {at} says so at its top");
        assert!(page.contains("INTERNAL · GB-2026-0001"), "and at its foot");
        assert!(page.contains(&format!("page {at} of {}", pages.len())), "with its number");
    }
}

#[test]
fn a_long_schedule_repeats_its_head() {
    let pdf = paper(&schedule_paper(120, Footer::Free)).unwrap();
    show("schedule-long.pdf", &pdf);
    let pages = words(&pdf);
    assert!(pages.len() > 3, "120 rows go over several pages");
    let with_rows = pages.iter().filter(|p| p.contains("Note of a call"));
    for page in with_rows {
        assert!(page.contains("Disclosed"), "every page of the table has the head");
    }
    for n in 1..=120 {
        assert!(pages.iter().any(|p| p.split_whitespace().any(|w| w == n.to_string())), "row {n} is there");
    }
}

#[test]
fn the_sheets_between() {
    let sheet = Divider {
        number: 4,
        title: "E-mail chain: re: re: fwd: visit to Tŷ Glas on Thursday".into(),
        dated: "9 March 2024".into(),
        outcome: Outcome::InPart,
        codes: vec!["CRIME".into(), "3P".into()],
        our_ref: "GB-2026-0001".into(),
    };
    let pdf = divider(&sheet, &keys(), &neutral()).unwrap();
    show("divider.pdf", &pdf);
    let codes = ["LPP".to_owned(), "CRIME".to_owned()];
    let withheld = withheld_page("Document 5, page 2", &codes, &keys(), &neutral(), "GB-2026-0001").unwrap();
    show("withheld.pdf", &withheld);
    insta::assert_snapshot!([words(&pdf), words(&withheld)].concat().join("\n――― page ―――\n"));
}
