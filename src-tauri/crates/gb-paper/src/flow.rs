//! Pours blocks down the pages.

use crate::fonts::Face;
use crate::sheet::{HEIGHT, Ink, Sheets, WIDTH, mm};
use crate::wrap::{clean, wrap};
use crate::{Align, Block, PaperFault, Table, Width};

/// Left and right margin.
pub(crate) const MARGIN: f32 = 68.0;
/// Where text begins on a page that has no letterhead.
const TOP: f32 = 62.0;
/// Where text ends; below it stands the footer.
const BOTTOM: f32 = HEIGHT - 62.0;
/// The measure.
pub(crate) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;

const BODY: f32 = 11.0;
const LEADING: f32 = 15.2;
const GAP: f32 = 7.6;
const HEADING: f32 = 12.5;
const CELL: f32 = 9.5;
const CELL_LEADING: f32 = 12.4;
const CELL_PAD: f32 = 4.5;
const INDENT: f32 = 16.0;

/// Pages with a place to write next.
pub(crate) struct Flow {
    pub sheets: Sheets,
    /// The top of the next line.
    pub y: f32,
}

/// A line of text with where it stands.
struct Line {
    runs: Vec<(f32, Face, Ink, String)>,
}

impl Flow {
    pub fn new() -> Self {
        let mut sheets = Sheets::default();
        sheets.turn();
        Self { sheets, y: TOP }
    }

    pub fn turn(&mut self) {
        self.sheets.turn();
        self.y = TOP;
    }

    /// How much of the page is left.
    fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Turns the page when `height` does not fit on what is left, unless the page is fresh.
    pub fn need(&mut self, height: f32) {
        if self.room() < height && self.y > TOP {
            self.turn();
        }
    }

    pub fn pour(&mut self, blocks: &[Block]) -> Result<(), PaperFault> {
        for (at, block) in blocks.iter().enumerate() {
            self.block(block, &blocks[at + 1..])?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block, rest: &[Block]) -> Result<(), PaperFault> {
        match block {
            Block::Heading(text) => self.heading(&clean(text)?, start(rest)?),
            Block::Paragraph(text) => {
                self.need(announced(text, rest)?);
                self.paragraph(plain(&clean(text)?, 0.0));
            }
            Block::Labelled { label, text } => self.paragraph(labelled(&clean(label)?, &clean(text)?)),
            Block::List(items) => {
                self.need(together(items)?);
                for (at, item) in items.iter().enumerate() {
                    self.item(&clean(item)?, at + 1 == items.len());
                }
            }
            Block::Note(text) => self.note(&clean(text)?),
            Block::Table(table) => self.table(table)?,
            Block::Space(points) => self.y += points.max(0.0),
            Block::PageBreak => self.turn(),
        }
        Ok(())
    }

    /// A heading stays with what must stand under it: `follows` points.
    fn heading(&mut self, text: &str, follows: f32) {
        let lines = wrap(text, Face::SemiBold, HEADING, MEASURE);
        let before = if self.y > TOP { 8.0 } else { 0.0 };
        self.need(before + lines.len() as f32 * 16.5 + 4.0 + follows);
        if self.y > TOP {
            self.y += before;
        }
        for line in &lines {
            self.sheets.text(MARGIN, self.y + 12.2, Face::SemiBold, HEADING, Ink::Accent, line);
            self.y += 16.5;
        }
        self.y += 3.0;
    }

    /// Lines of body text; never one alone at the foot or the head of a page.
    fn paragraph(&mut self, lines: Vec<Line>) {
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let left = count - at;
            let together = match (at, left) {
                (0, 1) => 1,
                (0, 2 | 3) => left,
                (0, _) => 2,
                (_, 2) => 2,
                _ => 1,
            };
            self.need(together as f32 * LEADING);
            self.line(&line);
        }
        self.y += GAP;
    }

    fn line(&mut self, line: &Line) {
        for (x, face, ink, text) in &line.runs {
            self.sheets.text(MARGIN + x, self.y + 11.2, *face, BODY, *ink, text);
        }
        self.y += LEADING;
    }

    fn item(&mut self, text: &str, last: bool) {
        let mut lines = plain(text, INDENT);
        if let Some(first) = lines.first_mut() {
            first.runs.insert(0, (4.0, Face::Regular, Ink::Text, "•".into()));
        }
        self.paragraph(lines);
        self.y -= if last { 0.0 } else { GAP - 2.6 };
    }

    fn note(&mut self, text: &str) {
        let lines = wrap(text, Face::Regular, BODY, MEASURE - INDENT);
        self.need(lines.len().min(6) as f32 * LEADING);
        for line in &lines {
            self.need(LEADING);
            self.sheets.draw(crate::sheet::Mark::Fill {
                x: MARGIN,
                y: self.y,
                width: 2.4,
                height: LEADING,
                ink: Ink::Accent,
            });
            self.sheets.text(MARGIN + INDENT, self.y + 11.2, Face::Regular, BODY, Ink::Text, line);
            self.y += LEADING;
        }
        self.y += GAP;
    }

    fn table(&mut self, table: &Table) -> Result<(), PaperFault> {
        let widths = widths(table);
        let head = cells(table.columns.iter().map(|c| c.head.as_str()), &widths, Face::SemiBold)?;
        let head_height = height(&head);
        let mut headed = false;
        for row in &table.rows {
            let mut row = cells(row.iter().map(String::as_str), &widths, Face::Regular)?;
            loop {
                let fits = self.room() - if headed { 0.0 } else { head_height };
                if !headed || (fits < height(&row) && self.y > TOP + head_height + 1.0) {
                    let fresh = fits < height(&row).min(BOTTOM - TOP - head_height);
                    if fresh && self.y > TOP {
                        self.turn();
                    }
                    self.row(table, &widths, &head, true);
                    headed = true;
                }
                // A row taller than a page goes on over the next.
                let lines = ((self.room() - 2.0 * CELL_PAD) / CELL_LEADING).max(1.0) as usize;
                let rest = split(&mut row, lines);
                self.row(table, &widths, &row, false);
                match rest {
                    Some(left) => row = left,
                    None => break,
                }
            }
        }
        if table.rows.is_empty() {
            self.row(table, &widths, &head, true);
        }
        self.y += GAP + 4.0;
        Ok(())
    }

    fn row(&mut self, table: &Table, widths: &[f32], row: &[Vec<String>], head: bool) {
        let height = height(row);
        if head {
            self.sheets.draw(crate::sheet::Mark::Fill {
                x: MARGIN,
                y: self.y,
                width: MEASURE,
                height,
                ink: Ink::Tint,
            });
        }
        let (face, ink) = if head { (Face::SemiBold, Ink::Accent) } else { (Face::Regular, Ink::Text) };
        let mut x = MARGIN;
        for ((lines, width), column) in row.iter().zip(widths).zip(&table.columns) {
            let mut y = self.y + CELL_PAD + 9.0;
            for line in lines {
                match column.align {
                    Align::Left => self.sheets.text(x + CELL_PAD, y, face, CELL, ink, line),
                    Align::Right => self.sheets.text_to(x + width - CELL_PAD, y, face, CELL, ink, line),
                }
                y += CELL_LEADING;
            }
            x += width;
        }
        self.y += height;
        self.sheets.rule(MARGIN, self.y, MEASURE, Ink::Rule);
    }

    /// Writes the same line in a band at the top of every page, above where text begins.
    pub fn band(&mut self, text: &str) {
        let (size, y, height) = (9.5, 24.0, 20.0);
        for page in &mut self.sheets.pages {
            page.push(crate::sheet::Mark::Fill { x: MARGIN, y, width: MEASURE, height, ink: Ink::Tint });
            let (face, ink) = (Face::SemiBold, Ink::Accent);
            let x = MARGIN + CELL_PAD;
            page.push(crate::sheet::Mark::Text { x, y: y + 13.6, face, size, ink, text: text.to_owned() });
        }
    }

    /// Writes the same line at the foot of every page; `text` is given the page and how many there are.
    pub fn foot(&mut self, text: impl Fn(usize, usize) -> String) {
        let size = 8.5;
        let count = self.sheets.pages.len();
        for (at, page) in self.sheets.pages.iter_mut().enumerate() {
            let text = text(at + 1, count);
            let x = (WIDTH - Face::Regular.width(&text, size)) / 2.0;
            let y = HEIGHT - mm(11.0);
            page.push(crate::sheet::Mark::Text { x, y, face: Face::Regular, size, ink: Ink::Quiet, text });
        }
    }
}

/// How much of what follows a heading must stand on the heading's page.
fn start(rest: &[Block]) -> Result<f32, PaperFault> {
    Ok(match rest.first() {
        None => 0.0,
        Some(Block::Table(_)) => 3.0 * (CELL_LEADING + 2.0 * CELL_PAD),
        Some(Block::List(items)) => together(items)?,
        Some(Block::Paragraph(text)) => announced(text, &rest[1..])?.max(2.0 * LEADING),
        Some(_) => 2.0 * LEADING,
    })
}

/// The height of a paragraph that announces a list, with the part of the list that stays with it; nothing for
/// other paragraphs.
fn announced(text: &str, rest: &[Block]) -> Result<f32, PaperFault> {
    match rest.first() {
        Some(Block::List(items)) if text.trim_end().ends_with(':') => {
            let lines = plain(&clean(text)?, 0.0).len().min(3);
            Ok(lines as f32 * LEADING + GAP + together(items)?)
        }
        _ => Ok(0.0),
    }
}

/// How much of a list stays on one page: all of a short one, the first two lines of a long one.
fn together(items: &[String]) -> Result<f32, PaperFault> {
    let mut lines = 0;
    for item in items {
        lines += plain(&clean(item)?, INDENT).len();
    }
    Ok(if lines <= 5 { lines } else { 2 } as f32 * LEADING)
}

fn plain(text: &str, indent: f32) -> Vec<Line> {
    wrap(text, Face::Regular, BODY, MEASURE - indent)
        .into_iter()
        .map(|line| Line { runs: vec![(indent, Face::Regular, Ink::Text, line)] })
        .collect()
}

/// A paragraph that begins in bold: the first line holds what fits beside the label.
fn labelled(label: &str, text: &str) -> Vec<Line> {
    let mut labels = wrap(label, Face::SemiBold, BODY, MEASURE);
    let last = labels.pop().unwrap_or_default();
    let mut lines: Vec<Line> =
        labels.into_iter().map(|l| Line { runs: vec![(0.0, Face::SemiBold, Ink::Text, l)] }).collect();
    let start = Face::SemiBold.width(&last, BODY) + 4.0;
    let mut runs = vec![(0.0, Face::SemiBold, Ink::Text, last)];
    let beside = wrap(text, Face::Regular, BODY, MEASURE - start);
    let fits = beside.first().filter(|l| Face::Regular.width(l, BODY) <= MEASURE - start).cloned();
    match fits.filter(|l| !l.is_empty() && text.starts_with(l.as_str())) {
        Some(first) => {
            let rest = text[first.len()..].trim_start();
            runs.push((start, Face::Regular, Ink::Text, first));
            lines.push(Line { runs });
            if !rest.is_empty() {
                lines.extend(plain(rest, 0.0));
            }
        }
        None => {
            lines.push(Line { runs });
            lines.extend(plain(text, 0.0));
        }
    }
    lines
}

fn widths(table: &Table) -> Vec<f32> {
    let fixed: f32 = table.columns.iter().map(|c| if let Width::Points(p) = c.width { p } else { 0.0 }).sum();
    let shares: f32 = table.columns.iter().map(|c| if let Width::Share(s) = c.width { s } else { 0.0 }).sum();
    let left = (MEASURE - fixed).max(0.0);
    table
        .columns
        .iter()
        .map(|c| match c.width {
            Width::Points(points) => points,
            Width::Share(share) => left * share / shares.max(f32::MIN_POSITIVE),
        })
        .collect()
}

fn cells<'a>(
    texts: impl Iterator<Item = &'a str>,
    widths: &[f32],
    face: Face,
) -> Result<Vec<Vec<String>>, PaperFault> {
    texts
        .zip(widths)
        .map(|(text, width)| Ok(wrap(&clean(text)?, face, CELL, (width - 2.0 * CELL_PAD).max(CELL))))
        .collect()
}

fn height(row: &[Vec<String>]) -> f32 {
    row.iter().map(Vec::len).max().unwrap_or(1) as f32 * CELL_LEADING + 2.0 * CELL_PAD
}

/// Leaves `lines` lines in each cell and gives back the rest, if there is any.
fn split(row: &mut [Vec<String>], lines: usize) -> Option<Vec<Vec<String>>> {
    let rest: Vec<Vec<String>> = row.iter_mut().map(|cell| cell.split_off(cell.len().min(lines))).collect();
    rest.iter().any(|cell| !cell.is_empty()).then_some(rest)
}
