//! What is proposed and what is not, as tables over pages that the engine itself has read.

use gb_find::{Kind, Proposal, propose};
use gb_redact::{Document, Limits};
use std::sync::Arc;

fn look(lines: &[&str], keep: &[&str], people: &[&str]) -> Vec<Proposal> {
    let pdf = gb_testkit::pdf::simple_pdf(&[lines]);
    let document = Document::open(pdf, None, &Limits::default()).expect("a plain page");
    let words = document.words(1).expect("with words");
    propose([&*words], keep, people)
}

/// Each line alone: what is proposed on it, of one kind.
fn check(kind: Kind, table: &[(&str, &[&str])]) {
    for (line, expected) in table {
        let found: Vec<String> = look(&[line], &[], &[])
            .into_iter()
            .filter(|p| p.kind == kind && p.confidence >= 0.5)
            .map(|p| p.text.as_str().to_owned())
            .collect();
        assert_eq!(found, *expected, "{kind:?} in: {line}");
    }
}

#[test]
fn national_insurance_numbers() {
    check(
        Kind::NationalInsurance,
        &[
            ("NI number QQ 12 34 56 C on file", &["QQ 12 34 56 C"]),
            ("her number is QQ123456C.", &["QQ123456C"]),
            ("written qq123456c in a hurry", &["qq123456c"]),
            ("QQ-12-34-56-C", &["QQ-12-34-56-C"]),
            ("no letter E at the end: QQ 12 34 56 E", &[]),
            ("a job, AB 1234567", &[]),
            ("ref XQQ123456C", &[]),
        ],
    );
    let sure = look(&["AB 12 34 56 C"], &[], &[])[0].confidence;
    let less = look(&["QQ 12 34 56 C"], &[], &[])[0].confidence;
    assert!(sure > less, "a prefix that is never issued is less sure");
}

#[test]
fn nhs_numbers() {
    check(
        Kind::Nhs,
        &[
            ("NHS number 999 042 6171", &["999 042 6171"]),
            ("NHS no: 9990426171", &["9990426171"]),
            ("999-042-6171", &["999-042-6171"]),
            ("999 042 6172 fails its check", &[]),
            ("telephone 01632 960 100", &[]),
        ],
    );
}

#[test]
fn postcodes() {
    check(
        Kind::Postcode,
        &[
            ("Harrowmere HW4 7QT", &["HW4 7QT"]),
            ("at HW47QT", &["HW47QT"]),
            ("W1A 1HQ and EC1A 1BB", &["W1A 1HQ", "EC1A 1BB"]),
            ("hw4 7qt", &["hw4 7qt"]),
            ("clause A4 2CI is none, for no postcode ends in C or I", &[]),
            ("on form R2 and 12 June", &[]),
        ],
    );
}

#[test]
fn telephone_numbers_in_many_writings() {
    check(
        Kind::Telephone,
        &[
            ("ring 01632 960 127 today", &["01632 960 127"]),
            ("tel. (01632) 960774,", &["(01632) 960774"]),
            ("07700 900142", &["07700 900142"]),
            ("07700900142", &["07700900142"]),
            ("07700-900-142", &["07700-900-142"]),
            ("mobile +44 7700 900 583.", &["+44 7700 900 583"]),
            ("+44 (0)7700 900583", &["+44 (0)7700 900583"]),
            ("0044 1632 960 100", &["0044 1632 960 100"]),
            ("0300 555 0100", &["0300 555 0100"]),
            ("07700 900142 or 01632 960501", &["07700 900142", "01632 960501"]),
            ("02/07/2026 10:00 and 02-07-2026 10", &[]),
            ("rent 0123.45 for 07700 9001", &[]),
            ("FH-0770090014 2", &[]),
            ("a long number 077009001421234", &[]),
        ],
    );
    let groups: Vec<String> = look(&["07700 900583", "+44 (0)7700 900 583"], &[], &[])
        .into_iter()
        .map(|p| p.group.into_inner())
        .collect();
    assert_eq!(groups, ["07700900583", "07700900583"], "two writings of one number belong together");
}

#[test]
fn mail_addresses() {
    check(
        Kind::Email,
        &[
            ("write to mara.ellingham@example.org.", &["mara.ellingham@example.org"]),
            ("<b.corr@corrlyle.example.org>;", &["b.corr@corrlyle.example.org"]),
            ("a+b_c@sub-dom.example.org", &["a+b_c@sub-dom.example.org"]),
            ("info@example.org is an office", &[]),
            ("look @ this, or a@b", &[]),
        ],
    );
    let over = look(&["desmond@pryce-hallam-and-", "sons.example.org said"], &[], &[]);
    assert_eq!(over[0].text.as_str(), "desmond@pryce-hallam-and-sons.example.org", "over two lines");
    assert_eq!(over[0].rects.len(), 2, "one rectangle a line");
}

#[test]
fn bank_details_and_cards() {
    check(
        Kind::SortCode,
        &[
            ("sort code 00-14-72, account 31926819", &["00-14-72"]),
            ("sort code: 00 14 72", &["00 14 72"]),
            ("Sort code 001472", &["001472"]),
            ("00-14-72 31926819", &["00-14-72"]),
            ("on 12-03-84 she called", &[]),
            ("job 204417", &[]),
        ],
    );
    check(
        Kind::Account,
        &[
            ("sort code 00-14-72, account 31926819", &["31926819"]),
            ("00-14-72 31926819", &["31926819"]),
            ("account no. 40771836", &["40771836"]),
            ("job 40771836 done", &[]),
        ],
    );
    check(
        Kind::Card,
        &[
            ("with 4111 1111 1111 1111 (expires 08/28)", &["4111 1111 1111 1111"]),
            ("4111-1111-1111-1111", &["4111-1111-1111-1111"]),
            ("4111111111111111", &["4111111111111111"]),
            ("4111 1111 1111 1112 fails its check", &[]),
            ("Card 4111 **** **** 1111", &[]),
        ],
    );
}

#[test]
fn days_of_birth() {
    check(
        Kind::Born,
        &[
            ("Mara Ellingham, dob 12/03/1984", &["12/03/1984"]),
            ("D.O.B: 12-03-84", &["12-03-84"]),
            ("born 12 March 1984", &["12 March 1984"]),
            ("date of birth 9th February 2015", &["9th February 2015"]),
            ("(b. 09/02/2015)", &["09/02/2015"]),
            ("Date of birth: 1984-03-12", &["1984-03-12"]),
            ("written on 2 June 2026", &[]),
            ("dob 31/02/1984", &[]),
        ],
    );
}

#[test]
fn vehicles_and_codes() {
    check(
        Kind::Vehicle,
        &[
            ("a silver van, GX01 KRT, is", &["GX01 KRT"]),
            ("GX01KRT", &["GX01KRT"]),
            ("van with plate K123 ABC", &["K123 ABC"]),
            ("the form K123 ABC", &[]),
            ("post HW4 7QT", &[]),
        ],
    );
    check(
        Kind::SecurityCode,
        &[
            ("Keys at Weir St, alarm 4471", &["4471"]),
            ("key safe 0938", &["0938"]),
            ("in 2026 the alarm rang", &[]),
        ],
    );
}

#[test]
fn names_behind_titles() {
    check(
        Kind::Name,
        &[
            ("Your neighbour Mrs J Okafor, at number 12", &["Mrs J Okafor"]),
            ("Mrs Okafor has asked", &["Mrs Okafor"]),
            ("Mrs. J. A. Okafor", &["Mrs. J. A. Okafor"]),
            ("PC 4312 Hale attended", &["PC 4312 Hale"]),
            ("Mr D Pryce-Hallam's wall", &["Mr D Pryce-Hallam's"]),
            ("Dr Ruth Abernathy MB", &["Dr Ruth Abernathy MB"]),
            ("Ms van der Berg rang", &["Ms van der Berg"]),
            ("the Miss is a good lady", &[]),
            ("a pc on the desk", &[]),
            ("Mr and Mrs", &[]),
            ("Dr. The next day", &[]),
        ],
    );
}

#[test]
fn listed_people_in_all_their_writings() {
    let people = ["Josephine Okafor", "Desmond Pryce-Hallam", "Theo Ellingham", "PC 4312 Hale"];
    let table: &[(&[&str], &[&str])] = &[
        (&["Josephine Okafor rang"], &["Josephine Okafor"]),
        (&["J Okafor and J. Okafor"], &["J Okafor", "J. Okafor"]),
        (&["Okafor, Josephine"], &["Okafor, Josephine"]),
        (&["Okafor’s diary", "OKAFOR"], &["Okafor’s", "OKAFOR"]),
        (&["spoke to Josephine"], &["Josephine"]),
        (&["Mr Desmond Pryce-", "Hallam shouted"], &["Mr Desmond Pryce-Hallam"]),
        (&["Pryce Hallam"], &["Pryce Hallam"]),
        (&["Desmond", "Pryce-Hallam"], &["Desmond Pryce-Hallam"]),
        (&["okafor in small letters is no name"], &[]),
        (&["PC Hale"], &["PC Hale"]),
        // Never the person's own names, however they are written.
        (
            &["Mara Ellingham", "Ms M Ellingham", "Ms Ellingham", "Mara", "ELLINGHAM M", "Ellingham, Mara"],
            &[],
        ),
        (&["her son Theo", "Theo Ellingham"], &["Theo", "Theo Ellingham"]),
        (&["Theo and Ms Ellingham’s flat"], &["Theo"]),
    ];
    for (lines, expected) in table {
        let lines: Vec<String> = lines.iter().map(|l| l.replace('’', "'")).collect();
        let refs: Vec<&str> = lines.iter().map(String::as_str).collect();
        let found: Vec<String> = look(&refs, &["Mara Ellingham"], &people)
            .into_iter()
            .filter(|p| p.kind == Kind::Name)
            .map(|p| p.text.into_inner())
            .collect();
        let expected: Vec<String> = expected.iter().map(|e| e.replace('’', "'")).collect();
        assert_eq!(found, expected, "in {lines:?}");
    }
}

#[test]
fn whatever_is_kept_is_not_proposed() {
    let lines = ["Mara, 07700 900142, QQ 12 34 56 C, mara@example.org, HW4 7QT"];
    let all = look(&lines, &["Mara Ellingham"], &[]);
    assert_eq!(all.len(), 4, "numbers are proposed unless they are hers: {all:?}");
    let keep = ["Mara Ellingham", "07700900142", "QQ123456C", "mara@example.org", "HW4 7QT"];
    assert!(look(&lines, &keep, &[]).is_empty(), "and hers are not");
}

#[test]
fn a_name_met_once_is_found_again_and_counted() {
    let found = look(&["Mrs J Okafor rang.", "Later Okafor came."], &["Mara Ellingham"], &[]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].confidence < found[0].confidence, "without its title it is less sure");
    assert_eq!((found[0].times, found[1].times), (2, 2), "they belong together");
}

#[test]
fn doctors_and_neighbours_get_different_suggestions() {
    let found = look(&["Mrs Okafor and", "Dr Abernathy"], &[], &[]);
    assert_eq!(found[0].code_hint, Some("3P"), "a neighbour");
    assert_eq!(found[1].code_hint, None, "a doctor's name usually stays");
}

#[test]
fn the_places_are_where_the_words_are_and_debug_names_nobody() {
    let found = look(&["Dear Mrs J Okafor, hello"], &[], &[]);
    let [left, top, right, bottom] = found[0].rects[0];
    assert!((95.0..100.0).contains(&left) && right < 190.0, "after Dear, before hello: {left} to {right}");
    assert!(
        (58.0..74.0).contains(&top) && bottom > top && bottom < 80.0,
        "on the first line: {top} to {bottom}"
    );
    assert!(!format!("{found:?}").contains("text: \"Mrs"), "the text wears its coat");
}

#[test]
fn what_a_cell_breaks_comes_together() {
    let log = gb_testkit::samples::all().swap_remove(1);
    let document = Document::open(log.bytes, None, &Limits::default()).expect("the log");
    let pages: Vec<Arc<_>> = (1..=document.page_count()).map(|p| document.words(p).expect("read")).collect();
    let found = propose(pages.iter().map(|p| &**p), &["Mara Ellingham"], &[] as &[&str]);
    let texts: Vec<&str> = found.iter().map(|p| p.text.as_str()).collect();
    assert!(texts.contains(&"07700 900 641"), "a number over two lines of a cell: {texts:?}");
    assert!(texts.contains(&"Mr Castellan-Moore"), "a name over two lines of a cell: {texts:?}");
    assert!(
        !texts.iter().any(|t| t.contains("Rusk")),
        "a rank in one cell has no name in another: {texts:?}"
    );
}

#[test]
fn the_practice_case_is_combed_through() {
    let people: Vec<&str> = gb_testkit::people::THIRD_PARTIES.iter().map(|p| p.name).collect();
    let mut total = 0;
    for sample in gb_testkit::samples::all() {
        let document = Document::open(sample.bytes, None, &Limits::default()).expect("a sample");
        let pages: Vec<Arc<_>> =
            (1..=document.page_count()).map(|p| document.words(p).expect("read")).collect();
        let found = propose(pages.iter().map(|p| &**p), &["Mara Ellingham"], &people);
        for one in &found {
            let text = one.text.as_str();
            let hers = text.contains("Ellingham")
                && one.kind == Kind::Name
                && !text.contains("Theo")
                && !text.contains("Lowenna");
            assert!(!hers || text.starts_with("Mrs L"), "{}: {text} is hers", sample.entry.file);
            assert!(!one.rects.is_empty() && (0.0..=1.0).contains(&one.confidence), "a place and a degree");
        }
        total += found.len();
        let names: Vec<&str> =
            found.iter().filter(|p| p.kind == Kind::Name).map(|p| p.group.as_str()).collect();
        for person in sample.entry.people.iter().filter(|p| people.contains(&p.as_str())) {
            let seen = names.contains(&person.as_str());
            let picture = sample.entry.file.starts_with("06");
            // The form names its officer only as the author of a note, which is never drawn.
            let undrawn = sample.entry.file.starts_with("05") && person == "Priya Nandakumar";
            assert!(seen || picture || undrawn, "{}: {person} is in it and was not found", sample.entry.file);
        }
    }
    assert!(total > 150, "the case is rich: {total}");
}
