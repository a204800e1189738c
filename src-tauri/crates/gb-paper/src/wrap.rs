//! Breaking text into lines.

use crate::PaperFault;
use crate::fonts::Face;
use unicode_normalization::UnicodeNormalization;

/// Text as it can be printed: composed letters, plain spaces, no controls.
///
/// Marks that print nothing are dropped, pictures (emoji and the like) become `□`; a letter the font does not
/// have is a fault, because a name must not be printed wrong.
pub(crate) fn clean(text: &str) -> Result<String, PaperFault> {
    let mut out = String::with_capacity(text.len());
    let mut missing = String::new();
    for c in text.nfc() {
        match c {
            '\n' => out.push('\n'),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push('\u{a0}'),
            c if c.is_whitespace() => out.push(' '),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{ad}' => {}
            '\u{fe00}'..='\u{fe0f}' => {}
            c if c.is_control() => {}
            '\u{2011}' => out.push('-'),
            c if Face::ALL.iter().all(|f| f.has(c)) => out.push(c),
            c if c.is_alphanumeric() => missing.push(c),
            _ => out.push('□'),
        }
    }
    if missing.is_empty() { Ok(out) } else { Err(PaperFault::NotInFont(missing.chars().take(20).collect())) }
}

/// Breaks a text into lines no wider than `width` points. Lines break at spaces, after hyphens and slashes, and
/// inside a word only when the word alone is too wide. A line feed breaks too.
pub(crate) fn wrap(text: &str, face: Face, size: f32, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            let fits = face.width(&line, size) + face.width(piece.trim_end(), size) <= width;
            if fits {
                line.push_str(piece);
                continue;
            }
            if !line.is_empty() {
                lines.push(finished(&line));
                line.clear();
            }
            line.push_str(&chopped(piece, face, size, width, &mut lines));
        }
        lines.push(finished(&line));
    }
    lines
}

/// The places a line may break: each piece ends in its space, hyphen or slash.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        let mut letters = rest.char_indices().peekable();
        while let Some((at, c)) = letters.next() {
            let next = letters.peek().map(|(_, n)| *n);
            let after = at + c.len_utf8();
            let space = c == ' ' && next != Some(' ');
            let joint = matches!(c, '-' | '/' | '–') && next.is_some_and(char::is_alphabetic) && at > 1;
            if space || joint {
                end = after;
                break;
            }
        }
        let (piece, left) = rest.split_at(end);
        rest = left;
        Some(piece)
    })
}

/// Chops a piece that is too wide for a line of its own; whole lines go to `lines`, the rest is given back.
fn chopped(piece: &str, face: Face, size: f32, width: f32, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for c in piece.chars() {
        let mut longer = line.clone();
        longer.push(c);
        if !line.is_empty() && c != ' ' && face.width(&longer, size) > width {
            lines.push(finished(&line));
            line = c.to_string();
        } else {
            line = longer;
        }
    }
    line
}

fn finished(line: &str) -> String {
    line.trim_end().replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_they_may() {
        let lines =
            wrap("The request was received on Wednesday 25 November 2026.", Face::Regular, 11.0, 120.0);
        assert_eq!(
            lines.join(" "),
            "The request was received on Wednesday 25 November 2026.",
            "no word is lost"
        );
        assert!(lines.iter().all(|l| Face::Regular.width(l, 11.0) <= 120.0), "no line is too wide");
        let long = "W".repeat(300);
        let lines = wrap(&long, Face::SemiBold, 11.0, 100.0);
        assert_eq!(lines.concat(), long, "a long word is chopped, not lost");
        assert!(lines.iter().all(|l| Face::SemiBold.width(l, 11.0) <= 100.0), "and stays inside");
        assert_eq!(wrap("a\n\nb", Face::Regular, 11.0, 100.0), ["a", "", "b"], "line feeds break");
        assert_eq!(wrap("", Face::Regular, 11.0, 100.0), [""], "nothing is one empty line");
    }

    #[test]
    fn text_is_made_fit_to_print() {
        for (text, printed) in [
            ("Żo\u{301}łw\tŵ", "Żółw ŵ"),
            ("a\u{200b}b\u{ad}c", "abc"),
            ("done ✈", "done □"),
            ("\u{202e}gpj.exe", "gpj.exe"),
        ] {
            assert_eq!(clean(text).as_deref(), Ok(printed), "{text:?}");
        }
        assert_eq!(clean("李明"), Err(PaperFault::NotInFont("李明".into())), "a name is not printed wrong");
    }
}
