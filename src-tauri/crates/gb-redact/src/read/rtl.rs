//! Text that runs from right to left, put into the order it is read in.
//!
//! Glyphs and words are gathered from left to right, wherever they were drawn in the file. Arabic, Urdu and Hebrew are
//! read the other way, but for the figures and Latin words among them.

use unicode_normalization::char::is_combining_mark;

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Left,
    Right,
    /// Goes with what is around it.
    Either,
}

fn way(text: &str) -> Way {
    let mut out = Way::Either;
    for c in text.chars() {
        match c {
            '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => out = Way::Right,
            '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
                if c.is_alphabetic() =>
            {
                return Way::Left;
            }
            c if c.is_alphanumeric() => out = Way::Right,
            _ => {}
        }
    }
    out
}

/// Whether a text is of the Arabic script, whose letters join.
pub(crate) fn joined(text: &str) -> bool {
    let letter = |c: char| matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{6FA}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8C7}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE80}'..='\u{FEFC}');
    text.chars().any(letter)
}

/// Whether a text is nothing but signs set on letters of that script.
pub(crate) fn sign(text: &str) -> bool {
    let mark = |c: char| matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}');
    !text.is_empty() && text.chars().all(mark)
}

/// The order in which things that stand from left to right are read, as their places; nothing if that is the order they
/// stand in. A mark set on a letter stays behind it.
pub(crate) fn order<'t>(things: impl Iterator<Item = &'t str>) -> Option<Vec<usize>> {
    let mut ways: Vec<Way> = Vec::new();
    // A thing with the marks that follow it.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut letters = (0usize, 0usize);
    for (index, text) in things.enumerate() {
        let long = text.chars().filter(|c| c.is_alphabetic()).count();
        match way(text) {
            Way::Left => letters.0 += long,
            _ => letters.1 += long,
        }
        match groups.last_mut() {
            Some(group) if !text.is_empty() && text.chars().all(is_combining_mark) => group.push(index),
            _ => {
                groups.push(vec![index]);
                ways.push(way(text));
            }
        }
    }
    let count = |which: Way| ways.iter().filter(|w| **w == which).count();
    if count(Way::Left) == 0 {
        return None;
    }
    // Which way most of it runs is told by letters: figures stand in any text.
    let leftward = letters.0 >= letters.1;
    let against = if leftward { Way::Right } else { Way::Left };
    let mut places: Vec<usize> = (0..ways.len()).collect();
    // Stretches that run against the rest, and what stands between two parts of one.
    let mut at = 0;
    while at < ways.len() {
        if ways[at] != against {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        for (next, way) in ways.iter().enumerate().skip(at + 1) {
            match way {
                w if *w == against => end = next + 1,
                Way::Either => {}
                _ => break,
            }
        }
        places[at..end].reverse();
        at = end;
    }
    if leftward {
        places.reverse();
    }
    Some(places.into_iter().flat_map(|p| std::mem::take(&mut groups[p])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_left_is_read_from_the_right() {
        let check = |standing: &[&str], read: &[&str], why: &str| {
            let order = order(standing.iter().copied()).unwrap_or_else(|| (0..standing.len()).collect());
            assert_eq!(order.iter().map(|i| standing[*i]).collect::<Vec<_>>(), read, "{why}");
        };
        check(&["We", "met", "2"], &["We", "met", "2"], "English stays");
        check(&["ا", "ل", "ج", "ن"], &["ن", "ج", "ل", "ا"], "the letters of a word");
        check(&["شويردلا", "ءلاجن"], &["ءلاجن", "شويردلا"], "the words of a line");
        check(&["ة", "4", "2", "م"], &["م", "4", "2", "ة"], "figures keep their way");
        check(&["ب", "\u{64B}", "ا"], &["ا", "ب", "\u{64B}"], "a mark stays behind its letter");
        check(&["see", "ب", "ا", "now"], &["see", "ا", "ب", "now"], "a name in an English line");
    }
}
