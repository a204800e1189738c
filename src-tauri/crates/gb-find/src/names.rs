//! Names: those on a list, in all the ways people write them, and those that a title gives away.

use crate::checks::plain;
use crate::{Found, Kind};
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "doctor",
    "prof",
    "professor",
    "cllr",
    "councillor",
    "rev",
    "revd",
    "sir",
    "dame",
    "lord",
    "lady",
    "pc",
    "pcso",
    "dc",
    "ds",
    "di",
    "sgt",
    "sergeant",
    "insp",
    "inspector",
    "judge",
    "fr",
];
/// Small words that belong to the surname after them.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "la", "le", "du", "da", "dos", "al", "el", "bin", "ap", "st", "mac",
    "mc",
];
const DOCTOR: &str = "A doctor’s name: the names of health professionals in records they made usually stay \
                      (DPA 2018, Sch 2, para 17).";
/// Words with a capital that are no surname.
const NO_NAMES: &[&str] = &[
    "the",
    "this",
    "that",
    "he",
    "she",
    "they",
    "we",
    "you",
    "it",
    "in",
    "on",
    "at",
    "and",
    "or",
    "but",
    "for",
    "to",
    "of",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "re",
    "tel",
    "email",
    "dob",
    "address",
    "flat",
    "house",
    "road",
    "street",
    "tenancy",
    "diary",
    "telephone",
    "visit",
    "note",
    "no",
];

static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\d][\p{L}\p{M}\d]*(?:['’\-\u{2011}][\p{L}\p{M}\d]+)*")
        .expect("the pattern is ours and a test compiles it")
});

/// A name taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    shown: String,
    given: Vec<String>,
    surname: String,
}

impl Person {
    /// From a name as people write it; titles and collar numbers are left out. `None`: no name in it.
    pub fn of(name: &str) -> Option<Self> {
        let turned = match name.split_once(',') {
            Some((last, first)) if WORD.is_match(first) => format!("{first} {last}"),
            _ => name.to_owned(),
        };
        let mut parts: Vec<String> = WORD
            .find_iter(&turned)
            .map(|w| plain(w.as_str()))
            .filter(|w| !w.chars().all(|c| c.is_ascii_digit()))
            .collect();
        while parts.len() > 1 && TITLES.contains(&parts[0].as_str()) {
            parts.remove(0);
        }
        let mut surname = parts.pop()?;
        while parts.last().is_some_and(|p| PARTICLES.contains(&p.as_str())) {
            surname = format!("{}{surname}", parts.pop()?);
        }
        if surname.chars().count() < 2 || name.contains('@') {
            return None;
        }
        Some(Self { shown: name.trim().to_owned(), given: parts, surname })
    }

    /// Whether both are, as far as one can tell, the same person.
    pub fn is_same(&self, other: &Self) -> bool {
        self.surname == other.surname && (self.given == other.given || self.allows(&other.given))
    }

    /// Whether these given names and initials can be this person's. None at all can be anybody's.
    fn allows(&self, given: &[String]) -> bool {
        given
            .iter()
            .all(|g| self.given.iter().any(|mine| mine == g || initial_of(g, mine) || initial_of(mine, g)))
    }
}

fn initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// A word of the text.
struct Token<'t> {
    range: Range<usize>,
    text: &'t str,
    plain: String,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    WORD.find_iter(text)
        .map(|w| Token { range: w.range(), text: w.as_str(), plain: plain(w.as_str()) })
        .collect()
}

impl Token<'_> {
    fn capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// Whether only a space, a dot or one line's end stands between two words.
fn close(text: &str, left: &Token<'_>, right: &Token<'_>) -> bool {
    let gap = &text[left.range.end..right.range.start];
    gap.len() <= 3 && !gap.is_empty() && gap.chars().all(|c| matches!(c, ' ' | '.' | '\n' | '\u{a0}'))
        || gap == "."
}

/// The people of a list, wherever they stand.
pub fn listed(text: &str, people: &[Person], own: &[Person]) -> Vec<Found> {
    let words = tokens(text);
    let mut out = vec![];
    for person in people {
        let family = own.iter().any(|o| o.surname == person.surname);
        for at in 0..words.len() {
            if let Some(found) = by_surname(text, &words, at, person, own, family) {
                out.push(found);
            } else if let Some(found) = by_given(&words, at, person, own, family) {
                out.push(found);
            }
        }
    }
    out
}

/// How many words from `at` make the surname: `Pryce-Hallam`, `Pryce Hallam`, `van der Berg`.
fn surname_at(words: &[Token<'_>], at: usize, surname: &str) -> Option<usize> {
    let mut whole = String::new();
    for count in 1..=4 {
        let word = words.get(at + count - 1)?;
        if !surname[whole.len()..].starts_with(&word.plain) || word.plain.is_empty() {
            return None;
        }
        whole.push_str(&word.plain);
        if whole == surname {
            let named = words[at..at + count].iter().any(Token::capital);
            return named.then_some(count);
        }
    }
    None
}

fn by_surname(
    text: &str,
    words: &[Token<'_>],
    at: usize,
    person: &Person,
    own: &[Person],
    family: bool,
) -> Option<Found> {
    let count = surname_at(words, at, &person.surname)?;
    let (mut first, mut last) = (at, at + count - 1);
    let mut given = vec![];
    while first > 0 && close(text, &words[first - 1], &words[first]) {
        let word = &words[first - 1];
        let fits = person.given.iter().any(|g| *g == word.plain || initial_of(&word.plain, g))
            || (word.plain.chars().count() == 1 && word.capital() && !given.is_empty());
        if !fits || !word.capital() || given.contains(&word.plain) {
            break;
        }
        given.push(word.plain.clone());
        first -= 1;
    }
    if given.is_empty() {
        // "Okafor, Josephine" and "Okafor J"
        let after = words.get(last + 1);
        if let Some(word) = after {
            let gap = &text[words[last].range.end..word.range.start];
            let fits = person.given.iter().any(|g| *g == word.plain || initial_of(&word.plain, g));
            let turned =
                gap == ", " || gap == ",\n" || gap == "," || (gap == " " && word.plain.chars().count() > 1);
            if fits && word.capital() && turned {
                given.push(word.plain.clone());
                last += 1;
            }
        }
    }
    // A name in front that is not this person's: a namesake, or the person whose data it is.
    let other = (given.is_empty() && first > 0 && close(text, &words[first - 1], &words[first]))
        .then(|| &words[first - 1])
        .filter(|w| {
            own.iter().any(|o| o.surname == person.surname && o.allows(std::slice::from_ref(&w.plain)))
        });
    if other.is_some() || (given.is_empty() && family) {
        return None;
    }
    if !given.is_empty()
        && own.iter().any(|o| {
            o.surname == person.surname && o.allows(&given) && !person.given.iter().any(|g| given.contains(g))
        })
    {
        return None;
    }
    let untitled = first;
    first = with_title(text, words, first);
    let titled = first != untitled;
    let full = given.iter().any(|g| person.given.contains(g) && g.chars().count() > 1);
    let (confidence, why) = if person.given.is_empty() {
        (0.9, "A name on the list of people.")
    } else if full {
        (0.97, "A name on the list of people.")
    } else if given.is_empty() && titled {
        (0.92, "Title and surname of somebody on the list of people.")
    } else if given.is_empty() {
        (0.8, "The surname of somebody on the list of people.")
    } else {
        (0.93, "Initial and surname of somebody on the list of people.")
    };
    let mut found = named(words[first].range.start..words[last].range.end, confidence, why, person);
    if titled && matches!(words[first].plain.as_str(), "dr" | "doctor") {
        found.why = format!("{why} {DOCTOR}");
        found.code_hint = None;
    }
    Some(found)
}

fn by_given(words: &[Token<'_>], at: usize, person: &Person, own: &[Person], family: bool) -> Option<Found> {
    let word = &words[at];
    let known = person.given.first().is_some_and(|g| *g == word.plain);
    let shared = own.iter().any(|o| o.given.contains(&word.plain) || o.surname == word.plain);
    if !known || shared || !word.capital() || word.plain.chars().count() < 3 {
        return None;
    }
    let (confidence, why) = if family {
        (0.7, "The first name of somebody on the list who shares the surname of the person asking.")
    } else {
        (0.5, "The first name of somebody on the list of people.")
    };
    Some(named(word.range.clone(), confidence, why, person))
}

fn named(range: Range<usize>, confidence: f32, why: &str, person: &Person) -> Found {
    Found {
        range,
        kind: Kind::Name,
        confidence,
        why: why.to_owned(),
        code_hint: Some("3P"),
        group: person.shown.clone(),
    }
}

/// Takes a title, and a collar number after it, into the place.
fn with_title(text: &str, words: &[Token<'_>], first: usize) -> usize {
    let mut at = first;
    if at > 0
        && words[at - 1].plain.chars().all(|c| c.is_ascii_digit())
        && close(text, &words[at - 1], &words[at])
    {
        at -= 1;
    }
    let titled = at > 0
        && TITLES.contains(&words[at - 1].plain.as_str())
        && words[at - 1].capital()
        && close(text, &words[at - 1], &words[at]);
    if titled { at - 1 } else { first }
}

/// A name that a title gives away.
pub struct Titled {
    pub found: Found,
    person: Person,
}

/// Names behind titles: `Mrs J Okafor`, `PC 4312 Hale`.
pub fn titled(text: &str, own: &[Person]) -> Vec<Titled> {
    let words = tokens(text);
    let mut out = vec![];
    let mut at = 0;
    while at < words.len() {
        match titled_at(text, &words, at) {
            Some((end, title, person)) => {
                let range = words[at].range.start..words[end].range.end;
                let ours = own.iter().any(|o| o.surname == person.surname && o.allows(&person.given))
                    || (person.given.is_empty() && own.iter().any(|o| o.given.contains(&person.surname)));
                if !ours {
                    out.push(Titled { found: behind_title(range, &title, &person), person });
                }
                at = end + 1;
            }
            None => at += 1,
        }
    }
    out
}

fn behind_title(range: Range<usize>, title: &str, person: &Person) -> Found {
    let (confidence, why, code_hint) = match title {
        "dr" | "doctor" => (0.6, DOCTOR, None),
        "pc" | "pcso" | "dc" | "ds" | "di" | "sgt" | "sergeant" | "insp" | "inspector" => {
            (0.7, "A police officer’s name, given with a rank.", Some("3P"))
        }
        _ => (0.9, "A title and a name.", Some("3P")),
    };
    Found { range, kind: Kind::Name, confidence, why: why.to_owned(), code_hint, group: person.shown.clone() }
}

fn titled_at(text: &str, words: &[Token<'_>], at: usize) -> Option<(usize, String, Person)> {
    let title = &words[at];
    // "MR" in a heading is a title; "DS" and "DI" alone are as often a reference.
    if !TITLES.contains(&title.plain.as_str()) || !title.capital() {
        return None;
    }
    let mut end = at;
    let mut given = vec![];
    let mut surname = String::new();
    let mut shown = vec![];
    for (i, word) in words.iter().enumerate().skip(at + 1).take(6) {
        if !close(text, &words[i - 1], word) {
            break;
        }
        let number = word.plain.chars().all(|c| c.is_ascii_digit());
        let line_ends = text[words[i - 1].range.end..word.range.start].contains('\n');
        if number && end == at && word.plain.len() <= 6 && i == at + 1 {
            continue;
        }
        let particle = PARTICLES.contains(&word.plain.as_str());
        let stop = number || NO_NAMES.contains(&word.plain.as_str()) || (!word.capital() && !particle);
        if stop || (line_ends && !surname.is_empty()) || shown.len() == 4 {
            break;
        }
        let dotted = text[words[i - 1].range.end..word.range.start].contains('.');
        if dotted && surname.chars().count() > 1 {
            break;
        }
        if !surname.is_empty() {
            given.push(std::mem::take(&mut surname));
        }
        surname = word.plain.clone();
        shown.push(word.text);
        end = i;
    }
    let last = words[end].text;
    let is_name = surname.chars().count() > 1 && last.starts_with(char::is_uppercase) && end > at;
    // "MS 1234", "DS Form": a rank or title in capitals needs a name that is not all capitals, or initials.
    let weak = title.text.len() == 2 && matches!(title.plain.as_str(), "ds" | "di" | "dc" | "fr");
    if !is_name || (weak && last.chars().all(char::is_uppercase)) {
        return None;
    }
    while given.last().is_some_and(|g| PARTICLES.contains(&g.as_str())) {
        surname = format!("{}{surname}", given.pop()?);
    }
    let mut shown = shown.join(" ");
    for tail in ["'s", "’s"] {
        if let Some(short) = shown.strip_suffix(tail) {
            shown = short.to_owned();
        }
    }
    let person = Person { shown: format!("{} {shown}", title.text), given, surname };
    Some((end, title.plain.clone(), person))
}

/// Surnames met behind a title that are neither on the list nor the person's own.
pub fn surnames_met<'a>(
    met: impl Iterator<Item = &'a Titled>,
    listed: &[Person],
    own: &[Person],
) -> Vec<Person> {
    let mut seen = HashSet::new();
    met.map(|t| &t.person)
        .filter(|p| p.surname.chars().count() > 2)
        .filter(|p| !listed.iter().chain(own).any(|o| o.surname == p.surname))
        .filter(|p| seen.insert(p.surname.clone()))
        .cloned()
        .collect()
}

/// The same surnames elsewhere, without their title.
pub fn again(text: &str, met: &[Person], own: &[Person]) -> Vec<Found> {
    listed(text, met, own)
        .into_iter()
        .filter(|found| found.confidence >= 0.8)
        .map(|mut found| {
            found.confidence = 0.65;
            found.why =
                "The surname of somebody who is named with a title elsewhere in this document.".to_owned();
            found
        })
        .collect()
}
