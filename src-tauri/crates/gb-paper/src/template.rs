//! The texts of letters, with named fields and conditions.
//!
//! A text is plain lines. `== ` begins a heading, `* ` an item of a list, `> ` a note; other lines run together
//! into a paragraph until a blank line; `; ` begins a remark that is not printed. `{name}` is a field.
//! `* {name}` alone, where the field is a list, gives an item for each. `[if name]` … `[end]` keeps its lines
//! when the field says yes or is not blank, `[unless name]` when it does not. Every field named must be given,
//! conditions too, so that no duty is left out by a slip of the pen.

use crate::{Block, PaperFault};
use std::collections::{BTreeMap, BTreeSet};

/// What a field holds.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// Yes or no, for conditions.
    Flag(bool),
}

// A field holds words about people.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(_) => f.write_str("Text"),
            Value::List(items) => write!(f, "List({} items)", items.len()),
            Value::Flag(yes) => write!(f, "Flag({yes})"),
        }
    }
}

impl Value {
    fn is_yes(&self) -> bool {
        match self {
            Value::Text(text) => !text.trim().is_empty(),
            Value::List(items) => items.iter().any(|i| !i.trim().is_empty()),
            Value::Flag(yes) => *yes,
        }
    }
}

/// The fields of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// No fields yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a field words.
    #[must_use]
    pub fn text(mut self, name: &str, words: impl Into<String>) -> Self {
        self.0.insert(name.into(), Value::Text(words.into()));
        self
    }

    /// Gives a field a list.
    #[must_use]
    pub fn list<S: Into<String>>(mut self, name: &str, items: impl IntoIterator<Item = S>) -> Self {
        self.0.insert(name.into(), Value::List(items.into_iter().map(Into::into).collect()));
        self
    }

    /// Answers a condition.
    #[must_use]
    pub fn flag(mut self, name: &str, yes: bool) -> Self {
        self.0.insert(name.into(), Value::Flag(yes));
        self
    }

    fn get(&self, name: &str) -> Result<&Value, PaperFault> {
        self.0.get(name).ok_or_else(|| PaperFault::UnfilledField(name.to_owned()))
    }

    /// A field as words in a sentence.
    fn words(&self, name: &str) -> Result<String, PaperFault> {
        let value = self.get(name)?;
        match value {
            Value::Text(text) if value.is_yes() => Ok(text.trim().to_owned()),
            Value::List(items) if value.is_yes() => Ok(match &items[..] {
                [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
                _ => items.concat(),
            }),
            _ => Err(PaperFault::UnfilledField(name.to_owned())),
        }
    }
}

/// The texts that come with the program: their kind, as `letter --kind` names it, and the text.
pub fn templates() -> &'static [(&'static str, &'static str)] {
    macro_rules! texts {
        ($($kind:literal),*) => {
            &[$(($kind, include_str!(concat!("../../../../assets/letters/", $kind, ".txt")))),*]
        };
    }
    texts![
        "sar-response",
        "acknowledgement",
        "identity-request",
        "clarification",
        "extension",
        "refusal",
        "complaint-acknowledgement"
    ]
}

/// Fills a text and gives the blocks of the letter.
///
/// # Errors
/// [`PaperFault::UnfilledField`] for a field that is named and not given, or blank where words are needed;
/// [`PaperFault::Template`] for a mistake in the text.
pub fn fill(text: &str, fields: &Fields) -> Result<Vec<Block>, PaperFault> {
    let mut blocks = Blocks::default();
    let mut open: Vec<bool> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        let fault = |says: &str| PaperFault::Template { line: at + 1, says: says.into() };
        match condition(line) {
            Some(Condition::If(name)) => open.push(fields.get(name)?.is_yes()),
            Some(Condition::Unless(name)) => open.push(!fields.get(name)?.is_yes()),
            Some(Condition::End) => {
                open.pop().ok_or_else(|| fault("[end] without [if] or [unless]."))?;
            }
            None if line.starts_with("; ") || line == ";" || open.contains(&false) => {}
            None => blocks.line(line, fields).map_err(|f| f.unwrap_or_else(|| fault("a { without a }.")))?,
        }
    }
    if !open.is_empty() {
        let line = text.lines().count();
        return Err(PaperFault::Template { line, says: "[if] or [unless] without [end].".into() });
    }
    blocks.end();
    Ok(blocks.done)
}

/// Every field a text names, conditions included, in alphabetical order.
pub fn field_names(text: &str) -> Vec<String> {
    let mut names = BTreeSet::new();
    for line in text.lines().map(str::trim).filter(|l| !l.starts_with(';')) {
        match condition(line) {
            Some(Condition::If(name) | Condition::Unless(name)) => {
                names.insert(name.to_owned());
            }
            Some(Condition::End) => {}
            None => names.extend(
                line.split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}'))
                    .map(|(name, _)| name.to_owned()),
            ),
        }
    }
    names.into_iter().collect()
}

enum Condition<'a> {
    If(&'a str),
    Unless(&'a str),
    End,
}

fn condition(line: &str) -> Option<Condition<'_>> {
    let inside = line.strip_prefix('[')?.strip_suffix(']')?;
    match inside.split_once(' ') {
        Some(("if", name)) => Some(Condition::If(name.trim())),
        Some(("unless", name)) => Some(Condition::Unless(name.trim())),
        None if inside == "end" => Some(Condition::End),
        _ => None,
    }
}

/// The blocks as they grow.
#[derive(Default)]
struct Blocks {
    done: Vec<Block>,
    paragraph: Vec<String>,
    list: Vec<String>,
}

impl Blocks {
    /// Takes a line; an `Err(None)` is a brace that does not close.
    fn line(&mut self, line: &str, fields: &Fields) -> Result<(), Option<PaperFault>> {
        if line.is_empty() {
            self.end();
        } else if let Some(heading) = line.strip_prefix("== ") {
            self.end();
            self.done.push(Block::Heading(filled(heading, fields)?));
        } else if let Some(note) = line.strip_prefix("> ") {
            self.end();
            self.done.push(Block::Note(filled(note, fields)?));
        } else if let Some(item) = line.strip_prefix("* ") {
            self.end_paragraph();
            match whole_field(item).map(|name| fields.get(name)).transpose()? {
                Some(Value::List(items)) if Value::List(items.clone()).is_yes() => {
                    self.list.extend(items.iter().filter(|i| !i.trim().is_empty()).cloned());
                }
                _ => self.list.push(filled(item, fields)?),
            }
        } else {
            self.end_list();
            self.paragraph.push(filled(line, fields)?);
        }
        Ok(())
    }

    fn end(&mut self) {
        self.end_paragraph();
        self.end_list();
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() {
            let lines = std::mem::take(&mut self.paragraph);
            self.done.push(Block::Paragraph(lines.join(" ")));
        }
    }

    fn end_list(&mut self) {
        if !self.list.is_empty() {
            self.done.push(Block::List(std::mem::take(&mut self.list)));
        }
    }
}

fn whole_field(item: &str) -> Option<&str> {
    let name = item.strip_prefix('{')?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name)
}

/// Fields put in once: what a field says is never read for fields again.
fn filled(text: &str, fields: &Fields) -> Result<String, Option<PaperFault>> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, left) = after.split_once('}').ok_or(None)?;
        out.push_str(before);
        out.push_str(&fields.words(name)?);
        rest = left;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_filled() {
        let text = "; a remark\n== Hello {who}\nFirst line\nand second.\n\n[if more]\nMore: {things}.\n[end]\n\
                    [unless more]\nNo more.\n[end]\n* {things}\n* and {who}\n";
        let fields = Fields::new().text("who", "{things}").flag("more", false).list("things", ["a", "b"]);
        let blocks = fill(text, &fields).unwrap();
        let wanted = vec![
            Block::Heading("Hello {things}".into()),
            Block::Paragraph("First line and second.".into()),
            Block::Paragraph("No more.".into()),
            Block::List(vec!["a".into(), "b".into(), "and {things}".into()]),
        ];
        assert!(
            blocks == wanted,
            "headings, paragraphs, conditions, lists; a filled field is not read again"
        );
        assert_eq!(field_names(text), ["more", "things", "who"]);
    }

    #[test]
    fn nothing_is_left_out_by_a_slip() {
        for (text, fields, fault) in [
            ("{name}", Fields::new(), PaperFault::UnfilledField("name".into())),
            ("{name}", Fields::new().text("name", "  "), PaperFault::UnfilledField("name".into())),
            (
                "[if nmae]\nx\n[end]",
                Fields::new().flag("name", true),
                PaperFault::UnfilledField("nmae".into()),
            ),
            ("* {names}", Fields::new().list("names", [""; 0]), PaperFault::UnfilledField("names".into())),
            (
                "[if a]\nx",
                Fields::new().flag("a", true),
                PaperFault::Template { line: 2, says: "[if] or [unless] without [end].".into() },
            ),
            (
                "[end]",
                Fields::new(),
                PaperFault::Template { line: 1, says: "[end] without [if] or [unless].".into() },
            ),
            ("a { b", Fields::new(), PaperFault::Template { line: 1, says: "a { without a }.".into() }),
        ] {
            assert_eq!(fill(text, &fields).err(), Some(fault), "{text:?}");
        }
    }
}
