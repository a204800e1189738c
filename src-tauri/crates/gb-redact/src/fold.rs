//! Text made comparable: case, composed forms, ligatures, dashes and quotes, invisible characters.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
            '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            '\u{591}'..='\u{8FF}' => out.extend(without_points(c)),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Arabic and Hebrew as people search for it: without vowel signs and stretching, and with one letter for those that
/// languages and keyboards write differently (an Urdu yeh is not an Arabic one, but the same name is typed with both).
fn without_points(c: char) -> Option<char> {
    Some(match c {
        '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' => {
            return None;
        }
        '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => return None,
        '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' => {
            return None;
        }
        '\u{8D3}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}' => return None,
        // Alef with hamza or madda, and alef wasla.
        '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}' => '\u{627}',
        // Waw, yeh and heh with hamza; alef maksura; Persian and Urdu yeh.
        '\u{624}' => '\u{648}',
        '\u{626}' | '\u{649}' | '\u{6CC}' => '\u{64A}',
        '\u{6D3}' => '\u{6D2}',
        // Persian and Urdu kaf.
        '\u{6A9}' | '\u{6AA}' => '\u{643}',
        // Urdu hehs, and teh marbuta as it is written without its dots.
        '\u{6BE}' | '\u{6C0}' | '\u{6C1}' | '\u{6C2}' | '\u{6D5}' => '\u{647}',
        '\u{6C3}' => '\u{629}',
        '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
        '\u{6F0}'..='\u{6F9}' => char::from(b'0' + (c as u32 - 0x6F0) as u8),
        c => c,
    })
}

/// The folded characters of a text, each with the characters of the text (counted from 0) it came from: what
/// is found in the folded text can be taken out of the text itself.
pub(crate) fn fold_at(text: &str) -> Vec<(char, Range<u32>)> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::with_capacity(chars.len());
    let (mut at, mut piece) = (0, String::new());
    while at < chars.len() {
        // A letter goes with the marks set on it.
        let marks = chars[at + 1..].iter().take_while(|c| is_combining_mark(**c)).count();
        let end = at + 1 + marks;
        piece.clear();
        piece.extend(&chars[at..end]);
        out.extend(fold(&piece).into_iter().map(|c| (c, at as u32..end as u32)));
        at = end;
    }
    if text.is_ascii() {
        return out;
    }
    // Letters that only fold together with their neighbours: nobody can say where each went.
    let whole = fold(text);
    if whole.iter().eq(out.iter().map(|(c, _)| c)) {
        return out;
    }
    whole.into_iter().map(|c| (c, 0..chars.len() as u32)).collect()
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
