//! The checks that issuers of numbers publish.

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters and digits only, small, without accents: what is left when writing habits are taken away.
pub fn plain(text: &str) -> String {
    let folded: String =
        text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let folded = folded.strip_suffix("'s").or(folded.strip_suffix("’s")).unwrap_or(&folded);
    folded.chars().filter(|c| c.is_alphanumeric()).map(|c| if c == 'ł' { 'l' } else { c }).collect()
}

/// The digits of a text.
pub fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// NHS number: ten digits, the last a check modulo 11 (NHS Data Dictionary, "NHS number").
pub fn nhs(digits: &[u32]) -> bool {
    let [head @ .., check] = digits else { return false };
    if head.len() != 9 || head.iter().all(|d| d == check) {
        return false;
    }
    let sum: u32 = head.iter().zip((2..=10).rev()).map(|(d, weight)| d * weight).sum();
    (11 - sum % 11) % 11 == *check
}

/// Payment card: 13 to 19 digits, the Luhn check (ISO/IEC 7812-1, annex B), and a first digit in use for cards.
pub fn card(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| if i % 2 == 1 { if *d > 4 { d * 2 - 9 } else { d * 2 } } else { *d })
        .sum();
    (13..=19).contains(&digits.len())
        && matches!(digits[0], 2..=6)
        && sum.is_multiple_of(10)
        && digits.iter().any(|d| *d != digits[0])
}

/// Whether a prefix of a National Insurance number may be issued (HMRC, NIM39110).
pub fn nino_prefix(first: char, second: char) -> bool {
    let bad = |c| matches!(c, 'D' | 'F' | 'I' | 'Q' | 'U' | 'V');
    let never = ["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"];
    !bad(first) && !bad(second) && second != 'O' && !never.contains(&format!("{first}{second}").as_str())
}

/// A telephone number as dialled within the country, if it can be one (Ofcom, National Telephone Numbering Plan):
/// ten or eleven digits from 0.
pub fn telephone(digits: &[u32]) -> bool {
    match digits {
        [0, 1, ..] | [0, 8, ..] => matches!(digits.len(), 10 | 11),
        [0, 2 | 3 | 5 | 7 | 9, ..] => digits.len() == 11,
        _ => false,
    }
}

/// A day that can be somebody's day of birth, written in British order or as an ISO date.
pub fn born(day: &str, month: &str, year: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number: Option<u32> = month.parse().ok().or_else(|| {
        let month = month.to_lowercase();
        MONTHS.iter().position(|m| month.starts_with(m)).and_then(|i| u32::try_from(i + 1).ok())
    });
    let (Some(month), Ok(day), Ok(mut full)) = (number, day.parse::<u32>(), year.parse::<i32>()) else {
        return false;
    };
    if year.len() == 2 {
        full += if full > 30 { 1900 } else { 2000 };
    }
    (1900..=2035).contains(&full) && NaiveDate::from_ymd_opt(full, month, day).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_hold_for_true_numbers_and_fail_for_typing_mistakes() {
        assert!(nhs(&digits("999 042 6171")) && !nhs(&digits("999 042 6172")), "the last digit is a check");
        assert!(!nhs(&digits("111 111 1111")), "one digit ten times is a filler");
        assert!(card(&digits("4111 1111 1111 1111")) && !card(&digits("4111 1111 1111 1112")), "Luhn");
        assert!(!card(&digits("0000 0000 0000 0000")), "zeros are a filler");
        assert!(nino_prefix('A', 'B') && !nino_prefix('Q', 'Q') && !nino_prefix('G', 'B'), "HMRC's list");
        assert!(
            telephone(&digits("01632 960 100")) && !telephone(&digits("07700 90014")),
            "lengths by range"
        );
        assert!(
            born("29", "02", "1984") && !born("29", "02", "1985") && !born("1", "13", "1985"),
            "the calendar"
        );
        assert!(born("9", "February", "2015") && born("12", "Mar", "84"), "months in words, years in short");
    }

    #[test]
    fn writing_habits_are_taken_away() {
        assert_eq!(plain("Pryce-Hallam’s"), "prycehallam");
        assert_eq!(plain("QQ 12 34 56 C"), "qq123456c");
        assert_eq!(plain("Zoë O'Brien"), "zoeobrien");
    }
}
