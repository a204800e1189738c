//! What papers are made of.

use std::fmt;

/// A piece of a paper.
#[derive(Clone, PartialEq)]
pub enum Block {
    /// A heading; it stays with what follows.
    Heading(String),
    /// A paragraph; a line feed in it breaks the line.
    Paragraph(String),
    /// A paragraph that begins with words in bold.
    Labelled {
        /// The words in bold.
        label: String,
        /// The rest.
        text: String,
    },
    /// A list with bullets.
    List(Vec<String>),
    /// A table whose head repeats on every page it reaches.
    Table(Table),
    /// A remark set apart by a bar at its side.
    Note(String),
    /// White space, in points.
    Space(f32),
    /// A new page.
    PageBreak,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Clone, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, as texts.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands above it.
    pub head: String,
    /// How wide it is.
    pub width: Width,
    /// Which side its text stands at.
    pub align: Align,
}

/// The width of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// So many points.
    Points(f32),
    /// A share of what the fixed columns leave.
    Share(f32),
}

/// The side a text stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left.
    Left,
    /// Right, for numbers.
    Right,
}

// A block holds words about people: in a log it says only what kind it is.
impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Block::Heading(_) => f.write_str("Heading"),
            Block::Paragraph(_) => f.write_str("Paragraph"),
            Block::Labelled { .. } => f.write_str("Labelled"),
            Block::List(items) => write!(f, "List({} items)", items.len()),
            Block::Table(table) => write!(f, "{table:?}"),
            Block::Note(_) => f.write_str("Note"),
            Block::Space(points) => write!(f, "Space({points})"),
            Block::PageBreak => f.write_str("PageBreak"),
        }
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows)", self.rows.len())
    }
}
