//! Text made comparable: case, composed forms, ligatures, dashes and quotes, invisible characters.

use unicode_normalization::UnicodeNormalization;

/// The folded characters of a text. Nothing for soft hyphens and characters of no width.
pub(crate) fn fold(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase).nfc() {
        match c {
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '`' | '\u{B4}' => out.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201E}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => out.push('-'),
            'ß' => out.extend(['s', 's']),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A phrase folded for searching: one space between words, none between digits that are grouped.
pub(crate) fn needle(phrase: &str) -> Vec<char> {
    let folded = fold(phrase);
    let mut out: Vec<char> = Vec::with_capacity(folded.len());
    for (i, c) in folded.iter().enumerate() {
        if *c == ' ' {
            let next = folded[i..].iter().find(|c| **c != ' ');
            let digits =
                out.last().is_some_and(char::is_ascii_digit) && next.is_some_and(char::is_ascii_digit);
            if out.is_empty() || next.is_none() || out.last() == Some(&' ') || digits {
                continue;
            }
        }
        out.push(*c);
    }
    out
}
