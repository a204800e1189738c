//! Pages of A4 being filled, and the PDF they become.

use crate::PaperFault;
use crate::fonts::Face;
use crate::pdf;
use printpdf::{
    Color, FontId, Greyscale, Mm, Op, PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Pt, Rect, Rgb, TextItem, to_lopdf_doc,
};
use std::collections::BTreeSet;

/// A4 in points.
pub(crate) const WIDTH: f32 = 595.276;
/// A4 in points.
pub(crate) const HEIGHT: f32 = 841.89;

/// Millimetres as points.
pub(crate) fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// The inks papers are printed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Ink {
    Text,
    Quiet,
    Accent,
    Rule,
    Tint,
}

impl Ink {
    fn colour(self) -> Color {
        let grey = |percent| Color::Greyscale(Greyscale { percent, icc_profile: None });
        match self {
            Ink::Text => grey(0.08),
            Ink::Quiet => grey(0.36),
            Ink::Accent => Color::Rgb(Rgb { r: 0.09, g: 0.22, b: 0.37, icc_profile: None }),
            Ink::Rule => grey(0.72),
            Ink::Tint => grey(0.94),
        }
    }
}

/// Something drawn on a page; `y` counts down from the top edge, and is a text's base line.
pub(crate) enum Mark {
    Text { x: f32, y: f32, face: Face, size: f32, ink: Ink, text: String },
    Fill { x: f32, y: f32, width: f32, height: f32, ink: Ink },
}

/// Pages being filled.
#[derive(Default)]
pub(crate) struct Sheets {
    pub pages: Vec<Vec<Mark>>,
}

impl Sheets {
    /// Starts a page and makes it the one drawn on.
    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
    }

    pub fn draw(&mut self, mark: Mark) {
        if self.pages.is_empty() {
            self.turn();
        }
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    pub fn text(&mut self, x: f32, y: f32, face: Face, size: f32, ink: Ink, text: &str) {
        if !text.is_empty() {
            self.draw(Mark::Text { x, y, face, size, ink, text: text.to_owned() });
        }
    }

    /// Text that ends at `right`.
    pub fn text_to(&mut self, right: f32, y: f32, face: Face, size: f32, ink: Ink, text: &str) {
        self.text(right - face.width(text, size), y, face, size, ink, text);
    }

    /// A line across, half a point thick.
    pub fn rule(&mut self, x: f32, y: f32, width: f32, ink: Ink) {
        self.draw(Mark::Fill { x, y: y - 0.25, width, height: 0.5, ink });
    }

    /// Texts that leave their page, or come nearer its edge than a printer reaches.
    #[cfg(test)]
    pub fn strays(&self) -> Vec<String> {
        let inside = |x: f32, y: f32, width: f32| {
            x >= 14.0 && x + width <= WIDTH - 14.0 && (14.0..=HEIGHT - 14.0).contains(&y)
        };
        let texts = self.pages.iter().flatten().filter_map(|mark| match mark {
            Mark::Text { x, y, face, size, text, .. } if !inside(*x, *y, face.width(text, *size)) => {
                Some(format!("{text} at {x}, {y}"))
            }
            _ => None,
        });
        texts.collect()
    }

    /// The finished PDF under a neutral title.
    pub fn finish(self, title: &str) -> Result<Vec<u8>, PaperFault> {
        if self.pages.is_empty() {
            return Err(PaperFault::Empty);
        }
        pdf::finish(self.into_objects()?, title, pdf::Outline::None)
    }

    /// The pages as PDF objects, each face cut down to the letters used.
    pub fn into_objects(self) -> Result<lopdf::Document, PaperFault> {
        let mut paper = PdfDocument::new("");
        for face in Face::ALL {
            let letters = self.letters(face);
            if !letters.is_empty() {
                let font = PdfFont::new(face.subset(&letters)?);
                paper.resources.fonts.map.insert(FontId(face.resource().into()), font);
            }
        }
        paper.pages = self.pages.iter().map(|marks| page(marks)).collect();
        let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
        Ok(to_lopdf_doc(&paper, &options, &mut Vec::new()))
    }

    fn letters(&self, of: Face) -> BTreeSet<char> {
        let texts = self.pages.iter().flatten().filter_map(|mark| match mark {
            Mark::Text { face, text, .. } if *face == of => Some(text.chars()),
            _ => None,
        });
        texts.flatten().collect()
    }
}

fn page(marks: &[Mark]) -> PdfPage {
    let mut ops = Vec::new();
    for mark in marks {
        match mark {
            Mark::Text { x, y, face, size, ink, text } => ops.extend([
                Op::StartTextSection,
                Op::SetFillColor { col: ink.colour() },
                Op::SetFont {
                    font: PdfFontHandle::External(FontId(face.resource().into())),
                    size: Pt(*size),
                },
                Op::SetTextCursor { pos: Point { x: hundredths(*x), y: hundredths(HEIGHT - y) } },
                Op::ShowText { items: vec![TextItem::Text(text.clone())] },
                Op::EndTextSection,
            ]),
            Mark::Fill { x, y, width, height, ink } => ops.extend([
                Op::SetFillColor { col: ink.colour() },
                Op::DrawRectangle {
                    rectangle: Rect {
                        x: hundredths(*x),
                        y: hundredths(HEIGHT - y - height),
                        width: hundredths(*width),
                        height: hundredths(*height),
                        mode: Some(PaintMode::Fill),
                        winding_order: None,
                    },
                },
            ]),
        }
    }
    PdfPage::new(Mm(210.0), Mm(297.0), ops)
}

fn hundredths(points: f32) -> Pt {
    Pt((points * 100.0).round() / 100.0)
}
