//! Letters: A4, for a window envelope (DL).

use crate::flow::{Flow, MARGIN, MEASURE};
use crate::fonts::Face;
use crate::sheet::{Ink, Sheets, WIDTH, mm};
use crate::wrap::{clean, wrap};
use crate::{Block, PaperFault};
use gb_model::Personal;

/// Who the letter is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    /// The organisation's name.
    pub organisation: String,
    /// Its address, one line an entry.
    pub address: Vec<String>,
    /// How to reach it: telephone, e-mail, one line an entry.
    pub contact: Vec<String>,
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `Yours sincerely`, `Yours faithfully`.
    pub closing: String,
    /// The name.
    pub name: Personal<String>,
    /// What stands under it: title, e-mail, telephone.
    pub lines: Vec<String>,
}

/// What stands at the foot of each page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footer {
    /// `GB-2026-0001 · page 1 of 2`.
    Numbered,
    /// Nothing: the place is left free for the stamp of a pack ([`crate::StampHow::InMargin`]).
    Free,
    /// For the organisation's own file: every page says `INTERNAL` at its top and its foot.
    Internal,
}

/// A letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who it is from.
    pub letterhead: Letterhead,
    /// Name and address, one line an entry.
    pub recipient: Vec<Personal<String>>,
    /// Its date in words.
    pub date: String,
    /// Our reference.
    pub our_ref: String,
    /// `Dear Ms Whitlock`.
    pub salutation: Personal<String>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Who signs.
    pub signature: Signature,
    /// What stands at the foot.
    pub footer: Footer,
}

/// The window of a DL envelope on A4 folded in three (BS 4264): 20 mm from the left edge, 90 by 35 mm.
const WINDOW_LEFT: f32 = 24.0;
const WINDOW_TOP: f32 = 52.0;
const WINDOW_WIDTH: f32 = 82.0;
const WINDOW_HEIGHT: f32 = 34.0;
/// The fold, a third of the page down: the salutation stands below it.
const FOLD: f32 = 99.0;
/// A line of body text, in points.
const LINE: f32 = 15.2;
/// Room to sign in, in points.
const SIGN: f32 = 40.0;

/// Sets a letter and gives its PDF.
///
/// # Errors
/// [`PaperFault::NotInFont`] for letters that cannot be printed, [`PaperFault::Writing`] when the library fails.
pub fn letter(letter: &Letter) -> Result<Vec<u8>, PaperFault> {
    set(letter)?.finish(&clean(&letter.our_ref)?)
}

fn set(letter: &Letter) -> Result<Sheets, PaperFault> {
    let mut flow = Flow::new();
    letterhead(&mut flow, &letter.letterhead)?;
    let below = recipient(&mut flow, &letter.recipient)?;
    particulars(&mut flow, &letter.date, &letter.our_ref)?;
    flow.y = below.max(mm(FOLD) + 6.0);
    flow.pour(&[Block::Paragraph(letter.salutation.reveal().clone())])?;
    let (last, before) = match letter.blocks.split_last() {
        Some((last, before)) => (std::slice::from_ref(last), before),
        None => (&[] as &[Block], &[] as &[Block]),
    };
    flow.pour(before)?;
    // A name alone on a page could be put under anything: the last paragraph goes with it.
    if let [Block::Paragraph(text)] = last {
        let lines = wrap(&clean(text)?, Face::Regular, 11.0, MEASURE).len();
        flow.need(lines as f32 * LINE + LINE + signature_height(&letter.signature)?);
    }
    flow.pour(last)?;
    signature(&mut flow, &letter.signature)?;
    let our_ref = clean(&letter.our_ref)?;
    if letter.footer == Footer::Numbered {
        flow.foot(|page, of| format!("{our_ref} · page {page} of {of}"));
    }
    Ok(flow.sheets)
}

fn letterhead(flow: &mut Flow, head: &Letterhead) -> Result<(), PaperFault> {
    let side = mm(62.0);
    let mut y = mm(17.0);
    for line in wrap(&clean(&head.organisation)?, Face::SemiBold, 16.0, MEASURE - side - 12.0).iter().take(3)
    {
        flow.sheets.text(MARGIN, y + 12.0, Face::SemiBold, 16.0, Ink::Accent, line);
        y += 19.0;
    }
    let mut right = mm(17.0);
    let lines = head.address.iter().chain(&head.contact);
    let mut printed = 0;
    for line in lines {
        for line in wrap(&clean(line)?, Face::Regular, 9.0, side) {
            // The letterhead ends where the window begins.
            if printed < 8 {
                flow.sheets.text_to(MARGIN + MEASURE, right + 8.0, Face::Regular, 9.0, Ink::Quiet, &line);
                right += 11.4;
                printed += 1;
            }
        }
    }
    Ok(())
}

/// The address in the window; it shrinks before it leaves the window, and only then goes on below. Gives where
/// it ends.
fn recipient(flow: &mut Flow, lines: &[Personal<String>]) -> Result<f32, PaperFault> {
    let cleaned: Vec<String> = lines.iter().map(|l| clean(l.reveal())).collect::<Result<_, _>>()?;
    let (left, width) = (mm(WINDOW_LEFT), mm(WINDOW_WIDTH));
    let set = |size: f32| -> Vec<String> {
        cleaned
            .iter()
            .filter(|l| !l.trim().is_empty())
            .flat_map(|l| wrap(l, Face::Regular, size, width))
            .collect()
    };
    let sizes = [11.0, 10.0, 9.0, 8.0];
    let fits = |size: &&f32| set(**size).len() as f32 * *size * 1.24 <= mm(WINDOW_HEIGHT);
    let size = sizes.iter().find(fits).copied().unwrap_or(8.0);
    let mut y = mm(WINDOW_TOP);
    // More lines than a page holds are no address.
    for line in set(size).into_iter().take(60) {
        flow.sheets.text(left, y + size, Face::Regular, size, Ink::Text, &line);
        y += size * 1.24;
    }
    Ok(y + 14.0)
}

fn particulars(flow: &mut Flow, date: &str, our_ref: &str) -> Result<(), PaperFault> {
    let left = mm(WINDOW_LEFT + WINDOW_WIDTH + 22.0);
    let width = WIDTH - MARGIN - left;
    let mut y = mm(WINDOW_TOP);
    for (label, text) in [("Date", date), ("Our reference", our_ref)] {
        flow.sheets.text(left, y + 8.5, Face::Regular, 8.5, Ink::Quiet, label);
        y += 12.5;
        for line in wrap(&clean(text)?, Face::Regular, 11.0, width) {
            flow.sheets.text(left, y + 10.0, Face::Regular, 11.0, Ink::Text, &line);
            y += 14.0;
        }
        y += 6.0;
    }
    Ok(())
}

/// The closing, room to sign, the name: all on one page.
/// The lines of the name, and those under it.
fn signature_lines(signature: &Signature) -> Result<(Vec<String>, Vec<String>), PaperFault> {
    let name = wrap(&clean(signature.name.reveal())?, Face::SemiBold, 11.0, MEASURE);
    let mut under = Vec::new();
    for line in signature.lines.iter().filter(|l| !l.trim().is_empty()) {
        under.extend(wrap(&clean(line)?, Face::Regular, 10.0, MEASURE));
    }
    Ok((name, under))
}

fn signature_height(signature: &Signature) -> Result<f32, PaperFault> {
    let (name, under) = signature_lines(signature)?;
    Ok(4.0 + LINE + SIGN + 14.5 * name.len() as f32 + 13.2 * under.len() as f32)
}

fn signature(flow: &mut Flow, signature: &Signature) -> Result<(), PaperFault> {
    let (name, under) = signature_lines(signature)?;
    flow.need(signature_height(signature)?);
    flow.y += 4.0;
    flow.sheets.text(MARGIN, flow.y + 11.2, Face::Regular, 11.0, Ink::Text, &clean(&signature.closing)?);
    flow.y += LINE + SIGN;
    for line in &name {
        flow.sheets.text(MARGIN, flow.y + 11.2, Face::SemiBold, 11.0, Ink::Text, line);
        flow.y += 14.5;
    }
    for line in &under {
        flow.sheets.text(MARGIN, flow.y + 10.2, Face::Regular, 10.0, Ink::Text, line);
        flow.y += 13.2;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_page() {
        let long = "Ŵ".repeat(300);
        let spaced = "a long row of words ".repeat(60);
        for text in [long.as_str(), spaced.as_str(), "x", ""] {
            let odd = Letter {
                letterhead: Letterhead {
                    organisation: text.into(),
                    address: vec![text.into(); 4],
                    contact: vec![text.into()],
                },
                recipient: vec![text.into(); 9],
                date: text.into(),
                our_ref: "GB-2026-0001".into(),
                salutation: text.into(),
                blocks: vec![
                    Block::Heading(text.into()),
                    Block::List(vec![text.into(), text.into()]),
                    Block::Labelled { label: text.into(), text: text.into() },
                    Block::Note(text.into()),
                ],
                signature: Signature { closing: "Yours".into(), name: text.into(), lines: vec![text.into()] },
                footer: Footer::Numbered,
            };
            let sheets = set(&odd).expect("these letters are all in the font");
            assert_eq!(sheets.strays(), Vec::<String>::new(), "{} letters", text.len());
        }
    }
}
