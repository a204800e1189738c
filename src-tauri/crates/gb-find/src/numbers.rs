//! Numbers, codes and addresses that belong to somebody.

use crate::checks::{self, digits, plain};
use crate::sheet::Sheet;
use crate::{Found, Kind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A pattern of ours, made once.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($text).expect("the patterns are ours and are compiled by a test"));
    };
}

pattern!(NINO, r"\b([A-Z])([A-Z])[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b|\b([a-z])([a-z])\d{6}[a-d]\b");
pattern!(NHS, r"\b\d{3}([ -]?)\d{3}[ -]?\d{4}\b");
pattern!(
    POSTCODE,
    r"(?i)\b(?:GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))(\s{0,2})\d[ABD-HJLNP-UW-Z]{2}\b"
);
pattern!(TELEPHONE, r"(?:\+\s?44|\b0044)[\s.-]?(?:\(0\)[\s.-]?)?\d|\(\s?0\d{2,5}\s?\)|\b0\d{2}");
pattern!(EMAIL, r"(?i)\b[a-z0-9][a-z0-9._%+'’-]*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\b");
pattern!(SORT_CODE, r"\b\d{2}([ -–])\d{2}[ -–]\d{2}\b|\b\d{6}\b");
pattern!(ACCOUNT, r"\b\d{8}\b");
pattern!(CARD, r"\b\d(?:[ -]?\d){12,18}\b");
pattern!(
    DATE,
    r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?[ \n./-]+(?:of )?(\d{1,2}|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[ \n,./-]+(\d{4}|\d{2})\b|\b(\d{4})-(\d{2})-(\d{2})\b"
);
pattern!(VEHICLE_NOW, r"\b[A-HJ-PR-Y]{2}\d{2} ?[A-HJ-PR-Z]{3}\b");
pattern!(VEHICLE_THEN, r"\b[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3}\b|\b[A-HJ-PR-Z]{3} ?\d{1,4}\b");
pattern!(
    SECURITY,
    r"(?i)\b(?:alarm|key[ -]?safe|door|entry|gate|pin)(?:\s+(?:code|number|no\.?|is|pin)){0,3}:?\s+(\d{4,6})\b"
);

pattern!(SAYS_NINO, r"(?i)\bn\.?i\.?(?:\s?no|\s?number|\b)|national insurance|\bnino\b");
pattern!(SAYS_NHS, r"(?i)\bnhs\b");
pattern!(SAYS_PHONE, r"(?i)\btel|\bphone|\bmob|\bring\b|\bcall|\bfax\b|\blandline");
pattern!(SAYS_SORT, r"(?i)\bsort[ -]?code|\bs/c\b");
pattern!(SAYS_ACCOUNT, r"(?i)\baccount|\ba/c\b|\bacc(?:t|oun)?\.?\b|\bsort[ -]?code");
pattern!(SAYS_BORN, r"(?i)\bd\.?\s?o\.?\s?b\b|\bborn\b|\bbirth|\bb\.\s*$");
pattern!(
    SAYS_VEHICLE,
    r"(?i)\bvehicle|\bvan\b|\bcar\b|\breg(?:istration)?\b|\bplate|\bparked|\bmotor|\btruck|\bvauxhall|\bford\b"
);

/// Everything of these kinds on a sheet; places may overlap.
pub fn find(sheet: &Sheet) -> Vec<Found> {
    let text = sheet.text.as_str();
    let mut out = vec![];
    nino(text, &mut out);
    nhs(text, &mut out);
    postcode(text, &mut out);
    telephone(text, &mut out);
    email(text, &mut out);
    bank(text, &mut out);
    card(text, &mut out);
    born(sheet, &mut out);
    vehicle(text, &mut out);
    security(text, &mut out);
    out
}

/// The text just in front, within so many characters, on this line or the one before.
fn before(text: &str, at: usize, reach: usize) -> &str {
    let start = text[..at].char_indices().rev().nth(reach - 1).map_or(0, |(i, _)| i);
    &text[start..at]
}

fn push(out: &mut Vec<Found>, text: &str, range: Range<usize>, kind: Kind, confidence: f32, why: &str) {
    let code_hint = if kind == Kind::SecurityCode { Some("SEC") } else { Some("3P") };
    let group = plain(&text[range.clone()]);
    out.push(Found { range, kind, confidence, why: why.to_owned(), code_hint, group });
}

fn nino(text: &str, out: &mut Vec<Found>) {
    for found in NINO.captures_iter(text) {
        let range = found.get(0).expect("the whole match is there").range();
        let letters: Vec<char> =
            text[range.clone()].chars().take(2).map(|c| c.to_ascii_uppercase()).collect();
        let said = SAYS_NINO.is_match(before(text, range.start, 40));
        let (confidence, why) = match (checks::nino_prefix(letters[0], letters[1]), said) {
            (true, _) => (0.97, "It has the form and the prefix of a National Insurance number."),
            (false, true) => {
                (0.9, "It is called a National Insurance number, though its prefix is never issued.")
            }
            (false, false) => {
                (0.7, "It has the form of a National Insurance number, though its prefix is never issued.")
            }
        };
        push(out, text, range, Kind::NationalInsurance, confidence, why);
    }
}

fn nhs(text: &str, out: &mut Vec<Found>) {
    for found in NHS.captures_iter(text) {
        let range = found.get(0).expect("the whole match is there").range();
        let said = SAYS_NHS.is_match(before(text, range.start, 30));
        let number = digits(&text[range.clone()]);
        if !checks::nhs(&number) || (number[0] == 0 && !said) {
            continue;
        }
        let grouped = found.get(1).is_some_and(|gap| !gap.is_empty());
        let (confidence, why) = match (said, grouped) {
            (true, _) => (0.98, "It is called an NHS number and its check digit holds."),
            (false, true) => (0.9, "It is written like an NHS number and its check digit holds."),
            // One number in eleven passes the check by chance.
            (false, false) => (0.5, "Ten digits whose last holds as an NHS number’s check digit."),
        };
        push(out, text, range, Kind::Nhs, confidence, why);
    }
}

fn postcode(text: &str, out: &mut Vec<Found>) {
    for found in POSTCODE.captures_iter(text) {
        let range = found.get(0).expect("the whole match is there").range();
        let letters = text[range.clone()].chars().filter(|c| c.is_alphabetic());
        let capitals = letters.clone().all(char::is_uppercase);
        if !capitals && letters.clone().any(char::is_uppercase) {
            continue;
        }
        let gap = found.get(1).is_some_and(|gap| !gap.is_empty());
        let (confidence, why) = match (capitals, gap) {
            (true, true) => (0.85, "It has the form of a postcode."),
            (true, false) => (0.6, "It has the form of a postcode written without a space."),
            (false, true) => (0.5, "It has the form of a postcode in small letters."),
            (false, false) => continue,
        };
        push(out, text, range, Kind::Postcode, confidence, why);
    }
}

fn telephone(text: &str, out: &mut Vec<Found>) {
    let mut free = 0;
    for found in TELEPHONE.find_iter(text) {
        if found.start() < free
            || text[..found.start()].ends_with(|c: char| c.is_alphanumeric() || ".-/£".contains(c))
        {
            continue;
        }
        let Some((end, number)) = dialled(text, found.start()) else { continue };
        free = end;
        let said = SAYS_PHONE.is_match(before(text, found.start(), 30));
        let (confidence, why): (f32, _) = match number[1] {
            7 => (0.95, "It has the form of a mobile telephone number."),
            1 | 2 if number.len() == 11 => (0.9, "It has the form of a telephone number."),
            3 | 8 | 9 | 5 => (0.55, "It has the form of a telephone number of an organisation."),
            _ => (0.6, "It has the form of a telephone number, one digit shorter than most."),
        };
        let confidence = if said { (confidence + 0.05).min(0.98) } else { confidence };
        push(out, text, found.start()..end, Kind::Telephone, confidence, why);
        if let Some(last) = out.last_mut() {
            // All ways of writing one number belong together.
            last.group = number.iter().map(u32::to_string).collect();
        }
    }
}

/// Follows a telephone number from its first sign: where it ends, and its digits as dialled within the country.
fn dialled(text: &str, start: usize) -> Option<(usize, Vec<u32>)> {
    let mut number = vec![];
    let mut abroad = false;
    let mut best = None;
    let mut gap = 0;
    for (at, c) in text[start..].char_indices() {
        if let Some(digit) = c.to_digit(10) {
            gap = 0;
            number.push(digit);
            if number == [0, 0, 4, 4] || (number == [4, 4] && text[start..].starts_with('+')) {
                number = vec![0];
                abroad = true;
            } else if abroad && number == [0, 0] {
                number = vec![0];
            }
            let end = start + at + 1;
            let more = text[end..].starts_with(|c: char| c.is_alphanumeric());
            if checks::telephone(&number) && !more {
                best = Some((end, number.clone()));
            }
            if number.len() == 11 {
                break;
            }
        } else if " \t\n.-()+\u{a0}\u{2011}–".contains(c) && gap < 2 {
            gap += 1;
        } else {
            break;
        }
    }
    best
}

fn email(text: &str, out: &mut Vec<Found>) {
    const SHARED: &[&str] = &[
        "info",
        "hello",
        "support",
        "enquiries",
        "enquiry",
        "contact",
        "office",
        "admin",
        "dpo",
        "noreply",
        "no-reply",
        "dataprotection",
        "customerservices",
        "complaints",
        "repairs",
        "reception",
    ];
    for found in EMAIL.find_iter(text) {
        let name = found.as_str().split('@').next().unwrap_or_default().to_lowercase();
        let (confidence, why) = if SHARED.contains(&name.as_str()) {
            (0.35, "An e-mail address that an organisation shares.")
        } else {
            (0.97, "An e-mail address.")
        };
        push(out, text, found.range(), Kind::Email, confidence, why);
        if let Some(last) = out.last_mut() {
            last.group = found.as_str().to_lowercase();
        }
    }
}

fn bank(text: &str, out: &mut Vec<Found>) {
    let mut sorts: Vec<Range<usize>> = vec![];
    for found in SORT_CODE.captures_iter(text) {
        let range = found.get(0).expect("the whole match is there").range();
        if joined(text, &range) {
            continue;
        }
        let said = SAYS_SORT.is_match(before(text, range.start, 25));
        let hyphens = found.get(1).is_some_and(|gap| gap.as_str() != " ");
        let with_account = ACCOUNT.find_at(text, range.end).is_some_and(|a| a.start() - range.end < 30);
        let (confidence, why) = match (said, hyphens && with_account) {
            (true, _) => (0.96, "It is called a sort code."),
            (false, true) => (0.85, "Three pairs of digits, and eight digits after them: a bank account."),
            _ => continue,
        };
        sorts.push(range.clone());
        push(out, text, range, Kind::SortCode, confidence, why);
    }
    for found in ACCOUNT.find_iter(text) {
        if joined(text, &found.range()) {
            continue;
        }
        let near_sort = sorts.iter().any(|s| found.start() >= s.end && found.start() - s.end < 40);
        let said = SAYS_ACCOUNT.is_match(before(text, found.start(), 30));
        let (confidence, why) = match (near_sort, said) {
            (true, _) => (0.95, "Eight digits just after a sort code: a bank account."),
            (false, true) => (0.8, "Eight digits that are called an account."),
            _ => continue,
        };
        push(out, text, found.range(), Kind::Account, confidence, why);
    }
}

/// Whether a number is a piece of something longer.
fn joined(text: &str, range: &Range<usize>) -> bool {
    let sticks = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '£');
    text[..range.start].ends_with(sticks) || text[range.end..].starts_with(|c| sticks(c) && c != '£')
}

fn card(text: &str, out: &mut Vec<Found>) {
    for found in CARD.find_iter(text) {
        let number = digits(found.as_str());
        if !checks::card(&number) || joined(text, &found.range()) {
            continue;
        }
        let grouped = found.as_str().contains([' ', '-']);
        let confidence = if grouped || number.len() == 16 { 0.97 } else { 0.6 };
        push(
            out,
            text,
            found.range(),
            Kind::Card,
            confidence,
            "It has the form of a payment card’s number and its check digit holds.",
        );
    }
}

fn born(sheet: &Sheet, out: &mut Vec<Found>) {
    let text = sheet.text.as_str();
    for found in DATE.captures_iter(text) {
        let range = found.get(0).expect("the whole match is there").range();
        let part = |i: usize| found.get(i).map_or("", |m| m.as_str());
        let holds = if found.get(4).is_some() {
            checks::born(part(6), part(5), part(4))
        } else {
            checks::born(part(1), part(2), part(3))
        };
        if !holds {
            continue;
        }
        if SAYS_BORN.is_match(before(text, range.start, 22)) {
            push(out, text, range, Kind::Born, 0.95, "A date that is called a day of birth.");
        } else if headed_born(sheet, &range) {
            push(out, text, range, Kind::Born, 0.85, "A date in a column or under a label that says born.");
        }
    }
}

/// Whether nothing else stands in the same cell.
fn in_a_cell(text: &str, range: &Range<usize>) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| matches!(c, '\t' | '\n'));
    ends(text[..range.start].chars().next_back()) && ends(text[range.end..].chars().next())
}

/// Whether a word like `Born` stands above, over the same stretch of the line.
fn headed_born(sheet: &Sheet, range: &Range<usize>) -> bool {
    let Some([left, top, right, _]) = sheet.rects(range).first().copied() else { return false };
    let middle = (left + right) / 2.0;
    sheet.places.iter().any(|place| {
        let [l, _, r, b] = place.rect;
        let over = b <= top + 1.0 && l < right && left < r.max(l + 30.0) && (middle - l).abs() < 60.0;
        let under = (left - l).abs() < 5.0 || in_a_cell(&sheet.text, range);
        over && under
            && matches!(
                plain(&sheet.text[place.range.clone()]).as_str(),
                "born" | "dob" | "birth" | "dateofbirth"
            )
    })
}

fn vehicle(text: &str, out: &mut Vec<Found>) {
    for found in VEHICLE_NOW.find_iter(text) {
        if !joined(text, &found.range()) {
            push(
                out,
                text,
                found.range(),
                Kind::Vehicle,
                0.85,
                "It has the form of a vehicle’s registration.",
            );
        }
    }
    for found in VEHICLE_THEN.find_iter(text) {
        let near = before(text, found.start(), 40);
        if SAYS_VEHICLE.is_match(near) && !joined(text, &found.range()) {
            push(
                out,
                text,
                found.range(),
                Kind::Vehicle,
                0.7,
                "It has the form of an older registration, and a vehicle is named.",
            );
        }
    }
}

fn security(text: &str, out: &mut Vec<Found>) {
    for found in SECURITY.captures_iter(text) {
        if let Some(code) = found.get(1) {
            push(
                out,
                text,
                code.range(),
                Kind::SecurityCode,
                0.8,
                "Digits that are called an alarm’s, a door’s or a key safe’s.",
            );
        }
    }
}
