//! Sets the samples' pages: letterheads, justified paragraphs, ruled tables.
//!
//! Points throughout; x from the left, y of the baseline from the top of the sheet.

use crate::faces::Face;
use crate::file::{File, Ref, num, pdf_string};
use std::fmt::Write as _;

/// A4 in points.
pub const A4: (f64, f64) = (595.28, 841.89);

/// A face of this book.
pub type FaceId = usize;

/// How a paragraph is set.
#[derive(Clone, Copy)]
pub struct Set {
    pub face: FaceId,
    pub size: f64,
    pub leading: f64,
    pub x: f64,
    pub width: f64,
    pub justify: bool,
}

struct Page {
    at: Ref,
    size: (f64, f64),
    content: Vec<u8>,
    rotate: i32,
    crop: Option<[f64; 4]>,
    annotations: Vec<Ref>,
    images: Vec<(String, Ref)>,
}

/// A document being set.
pub struct Book {
    pub file: File,
    faces: Vec<Face>,
    pages: Vec<Page>,
    tree: Ref,
    extra: String,
}

impl Book {
    pub fn new() -> Self {
        let mut file = File::default();
        let tree = file.reserve();
        Self { file, faces: Vec::new(), pages: Vec::new(), tree, extra: String::new() }
    }

    pub fn face(&mut self, face: Face) -> FaceId {
        self.faces.push(face);
        self.faces.len() - 1
    }

    /// Begins a page.
    pub fn page(&mut self, size: (f64, f64)) {
        let at = self.file.reserve();
        self.pages.push(Page {
            at,
            size,
            content: Vec::new(),
            rotate: 0,
            crop: None,
            annotations: Vec::new(),
            images: Vec::new(),
        });
    }

    /// Pages so far.
    pub fn count(&self) -> usize {
        self.pages.len()
    }

    fn now(&mut self) -> &mut Page {
        self.pages.last_mut().expect("a page has been begun")
    }

    /// Turns this page when shown.
    pub fn rotate(&mut self, degrees: i32) {
        self.now().rotate = degrees;
    }

    /// Crops this page: PDF coordinates, left, bottom, right, top.
    pub fn crop(&mut self, to: [f64; 4]) {
        self.now().crop = Some(to);
    }

    /// The page object, for annotations.
    pub fn here(&mut self) -> Ref {
        self.now().at
    }

    /// Height of this page.
    pub fn height(&mut self) -> f64 {
        self.now().size.1
    }

    pub fn annotate(&mut self, annotation: Ref) {
        self.now().annotations.push(annotation);
    }

    /// Something more for the catalogue.
    pub fn catalogue(&mut self, extra: &str) {
        self.extra.push_str(extra);
    }

    /// Raw operators, as they are.
    pub fn raw(&mut self, operators: &str) {
        self.now().content.extend_from_slice(operators.as_bytes());
    }

    /// Draws a picture over the whole page.
    pub fn picture(&mut self, picture: Ref) {
        let page = self.now();
        let name = format!("Im{}", page.images.len());
        let (w, h) = page.size;
        let draw = format!("q {} 0 0 {} 0 0 cm /{name} Do Q\n", num(w), num(h));
        page.content.extend_from_slice(draw.as_bytes());
        page.images.push((name, picture));
    }

    /// The colour of what follows, each part from 0 to 1.
    pub fn colour(&mut self, r: f64, g: f64, b: f64) {
        self.raw(&format!("{0} {1} {2} rg {0} {1} {2} RG\n", num(r), num(g), num(b)));
    }

    pub fn width(&self, face: FaceId, size: f64, text: &str) -> f64 {
        self.faces[face].width(text) * size
    }

    /// One line of text.
    pub fn text(&mut self, face: FaceId, size: f64, x: f64, y: f64, text: &str) {
        let shown = self.faces[face].encode(text);
        let y = self.height() - y;
        self.raw(&format!("BT /F{face} {} Tf {} {} Td ", num(size), num(x), num(y)));
        self.now().content.extend_from_slice(&shown);
        self.raw(" Tj ET\n");
    }

    /// One line that ends at `x`.
    pub fn right(&mut self, face: FaceId, size: f64, x: f64, y: f64, text: &str) {
        let x = x - self.width(face, size, text);
        self.text(face, size, x, y, text);
    }

    /// Lines one under another; gives the y after the last.
    pub fn lines(&mut self, face: FaceId, size: f64, x: f64, y: f64, leading: f64, lines: &[&str]) -> f64 {
        for (i, line) in lines.iter().enumerate() {
            self.text(face, size, x, y + leading * i as f64, line);
        }
        y + leading * lines.len() as f64
    }

    /// A paragraph; gives the y of the next baseline.
    pub fn para(&mut self, set: Set, y: f64, text: &str) -> f64 {
        let lines = self.wrap(set.face, set.size, set.width, text);
        let last = lines.len().saturating_sub(1);
        for (i, line) in lines.iter().enumerate() {
            let y = y + set.leading * i as f64;
            if set.justify && i != last {
                self.justified(set, y, line);
            } else {
                self.text(set.face, set.size, set.x, y, line);
            }
        }
        y + set.leading * lines.len() as f64
    }

    /// One full line, its spaces stretched as word processors do it.
    fn justified(&mut self, set: Set, y: f64, line: &str) {
        let gaps = line.matches(' ').count();
        let slack = set.width - self.width(set.face, set.size, line);
        if gaps == 0 || slack <= 0.0 {
            return self.text(set.face, set.size, set.x, y, line);
        }
        let each = num(-slack / gaps as f64 / set.size * 1000.0);
        let y = self.height() - y;
        self.raw(&format!("BT /F{} {} Tf {} {} Td [", set.face, num(set.size), num(set.x), num(y)));
        let words: Vec<&str> = line.split_inclusive(' ').collect();
        for (i, word) in words.iter().enumerate() {
            let shown = self.faces[set.face].encode(word);
            self.now().content.extend_from_slice(&shown);
            if i + 1 < words.len() {
                self.raw(&format!(" {each} "));
            }
        }
        self.raw("] TJ ET\n");
    }

    /// Breaks at spaces and after hyphens inside words.
    pub fn wrap(&self, face: FaceId, size: f64, width: f64, text: &str) -> Vec<String> {
        let mut lines = vec![];
        for hard in text.split('\n') {
            let mut line = String::new();
            for piece in pieces(hard) {
                let longer = format!("{line}{piece}");
                if !line.is_empty() && self.width(face, size, longer.trim_end()) > width {
                    lines.push(line.trim_end().to_owned());
                    line = piece.trim_start().to_owned();
                } else {
                    line = longer;
                }
            }
            lines.push(line.trim_end().to_owned());
        }
        lines
    }

    /// A rule.
    pub fn rule(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, weight: f64) {
        let h = self.height();
        self.raw(&format!(
            "{} w {} {} m {} {} l S\n",
            num(weight),
            num(x1),
            num(h - y1),
            num(x2),
            num(h - y2)
        ));
    }

    /// A filled box.
    pub fn fill(&mut self, x: f64, y: f64, w: f64, h: f64, grey: f64) {
        let top = self.height();
        self.raw(&format!(
            "q {} g {} {} {} {} re f Q\n",
            num(grey),
            num(x),
            num(top - y - h),
            num(w),
            num(h)
        ));
    }

    /// A box's outline.
    pub fn outline(&mut self, x: f64, y: f64, w: f64, h: f64, weight: f64) {
        let top = self.height();
        self.raw(&format!("{} w {} {} {} {} re S\n", num(weight), num(x), num(top - y - h), num(w), num(h)));
    }

    /// A ruled table from `y` down; sets rows until `bottom`, and gives the y below and how many rows were set.
    pub fn table(&mut self, look: &Table<'_>, y: f64, bottom: f64, rows: &[Vec<String>]) -> (f64, usize) {
        let mut y = y;
        let total: f64 = look.columns.iter().sum();
        let heading: Vec<String> = look.heading.iter().map(|s| (*s).to_owned()).collect();
        let height = self.row_height(look, look.bold, &heading);
        self.fill(look.x, y, total, height, 0.87);
        self.row(look, look.bold, y, &heading);
        self.rule(look.x, y, look.x + total, y, 0.8);
        let top = y;
        y += height;
        self.rule(look.x, y, look.x + total, y, 0.8);
        let mut done = 0;
        for row in rows {
            let height = self.row_height(look, look.face, row);
            if y + height > bottom {
                break;
            }
            self.row(look, look.face, y, row);
            y += height;
            self.rule(look.x, y, look.x + total, y, 0.4);
            done += 1;
        }
        let mut x = look.x;
        self.rule(x, top, x, y, 0.4);
        for column in look.columns {
            x += column;
            self.rule(x, top, x, y, 0.4);
        }
        (y, done)
    }

    fn row_height(&self, look: &Table<'_>, face: FaceId, row: &[String]) -> f64 {
        let most = row
            .iter()
            .zip(look.columns)
            .map(|(cell, width)| self.wrap(face, look.size, width - 2.0 * look.pad, cell).len())
            .max()
            .unwrap_or(1);
        most as f64 * look.size * 1.22 + 2.0 * look.pad
    }

    fn row(&mut self, look: &Table<'_>, face: FaceId, y: f64, row: &[String]) {
        let mut x = look.x;
        for (i, (cell, width)) in row.iter().zip(look.columns).enumerate() {
            let lines = self.wrap(face, look.size, width - 2.0 * look.pad, cell);
            for (k, line) in lines.iter().enumerate() {
                let base = y + look.pad + look.size * (0.92 + 1.22 * k as f64);
                if look.right.contains(&i) {
                    self.right(face, look.size, x + width - look.pad, base, line);
                } else if !line.is_empty() {
                    self.text(face, look.size, x + look.pad, base, line);
                }
            }
            x += width;
        }
    }

    /// Closes the document.
    pub fn finish(mut self, title: &str, author: &str, producer: &str) -> Vec<u8> {
        let mut fonts = String::new();
        for (i, face) in self.faces.iter().enumerate() {
            let font = face.write(&mut self.file);
            let _ = write!(fonts, "/F{i} {font} ");
        }
        let kids: Vec<String> = self.pages.iter().map(|p| p.at.to_string()).collect();
        for page in &self.pages {
            let content = self.file.stream("", &page.content);
            let mut dict = format!(
                "<< /Type /Page /Parent {} /MediaBox [0 0 {} {}] /Contents {content} /Resources << /Font << {fonts}>>",
                self.tree,
                num(page.size.0),
                num(page.size.1)
            );
            if !page.images.is_empty() {
                dict.push_str(" /XObject <<");
                for (name, at) in &page.images {
                    let _ = write!(dict, " /{name} {at}");
                }
                dict.push_str(" >>");
            }
            dict.push_str(" >>");
            if page.rotate != 0 {
                let _ = write!(dict, " /Rotate {}", page.rotate);
            }
            if let Some(c) = page.crop {
                let _ = write!(dict, " /CropBox [{} {} {} {}]", num(c[0]), num(c[1]), num(c[2]), num(c[3]));
            }
            if !page.annotations.is_empty() {
                let all: Vec<String> = page.annotations.iter().map(Ref::to_string).collect();
                let _ = write!(dict, " /Annots [{}]", all.join(" "));
            }
            dict.push_str(" >>");
            self.file.put(page.at, dict);
        }
        self.file
            .put(self.tree, format!("<< /Type /Pages /Count {} /Kids [{}] >>", kids.len(), kids.join(" ")));
        let catalog =
            self.file.add(format!("<< /Type /Catalog /Pages {} /Lang (en-GB){} >>", self.tree, self.extra));
        let info = self.file.add(format!(
            "<< /Title {} /Author {} /Producer {} /CreationDate (D:20260901090000Z) >>",
            pdf_string(title),
            pdf_string(author),
            pdf_string(producer)
        ));
        self.file.finish(catalog, Some(info))
    }
}

/// How a table looks.
pub struct Table<'a> {
    pub face: FaceId,
    pub bold: FaceId,
    pub size: f64,
    pub x: f64,
    pub pad: f64,
    pub columns: &'a [f64],
    pub heading: &'a [&'a str],
    /// Columns whose text ends at their right edge.
    pub right: &'a [usize],
}

/// Pieces a line may be broken between: each keeps its trailing space or hyphen.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = vec![];
    let mut from = 0;
    let bytes = text.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        let inner_hyphen = *b == b'-'
            && i > 0
            && bytes[i - 1].is_ascii_alphabetic()
            && bytes.get(i + 1).is_some_and(u8::is_ascii_alphabetic);
        if *b == b' ' || inner_hyphen {
            out.push(&text[from..=i]);
            from = i + 1;
        }
    }
    if from < text.len() {
        out.push(&text[from..]);
    }
    out
}
