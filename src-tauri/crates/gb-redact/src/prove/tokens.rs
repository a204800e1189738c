//! The content of a page as operators with their operands, strictly spelled: a comment, an inline picture,
//! a string where none belongs, an operator we do not write are all refused.

use super::kinds::is_resource;
use super::strict::{Strange, Strict};

/// One piece of what `TJ` shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece {
    /// A glyph by its number.
    Glyph(u16),
    /// A move back, in thousandths of the text size.
    Back(f64),
}

/// An operator's operands; the operator itself is given by [`Tokens::next`].
#[derive(Default)]
pub(super) struct Operands {
    pub(super) nums: Vec<f64>,
    pub(super) name: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    /// An array of numbers was among them (`d`), or of pieces (`TJ`).
    array: bool,
    string: bool,
    /// `<</MCID n>>`.
    marked: bool,
}

pub(super) struct Tokens<'a> {
    at: Strict<'a>,
    pub(super) operands: Operands,
}

/// What the operands of an operator are.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// So many numbers.
    N(usize),
    /// A resource's name.
    Name,
    /// A resource's name and a number.
    NameAndNum,
    /// An array of numbers and a number.
    Dash,
    Pieces,
    String,
    /// A tag of marked content; with or without its number.
    Tag,
}

/// Every operator a finished page may use.
fn shape(op: &[u8]) -> Option<Shape> {
    Some(match op {
        b"q" | b"Q" | b"S" | b"s" | b"f" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" | b"W" | b"W*"
        | b"h" => Shape::N(0),
        b"BT" | b"ET" | b"EMC" => Shape::N(0),
        b"g" | b"G" | b"w" | b"J" | b"j" | b"M" | b"Tr" | b"Tz" | b"Tc" => Shape::N(1),
        b"m" | b"l" | b"Td" => Shape::N(2),
        b"rg" | b"RG" => Shape::N(3),
        b"v" | b"y" | b"re" => Shape::N(4),
        b"cm" | b"c" | b"Tm" => Shape::N(6),
        b"d" => Shape::Dash,
        b"gs" | b"Do" => Shape::Name,
        b"Tf" => Shape::NameAndNum,
        b"TJ" => Shape::Pieces,
        b"Tj" => Shape::String,
        b"BDC" | b"BMC" => Shape::Tag,
        _ => return None,
    })
}

/// The tags of marked content.
const TAGS: &[&[u8]] = &[b"P", b"Figure", b"Artifact"];

impl<'a> Tokens<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { at: Strict::new(data, 0), operands: Operands::default() }
    }

    /// The next operator, its operands in [`Self::operands`]; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<&'a [u8]>, Strange> {
        let o = &mut self.operands;
        o.nums.clear();
        o.name.clear();
        o.pieces.clear();
        (o.array, o.string, o.marked) = (false, false, false);
        let mut values = 0;
        loop {
            self.at.space()?;
            let Some(b) = self.at.peek() else {
                return if values == 0 { Ok(None) } else { Err(Strange) };
            };
            match b {
                b'0'..=b'9' | b'-' | b'.' => self.operands.nums.push(self.at.plain()?),
                b'/' if self.operands.name.is_empty() => self.operands.name = self.at.name()?,
                b'[' if !self.operands.array => self.array()?,
                b'(' | b'<' if !self.at.here(b"<<") && !self.operands.string => {
                    self.operands.string = true;
                    self.string()?;
                }
                b'<' => self.mark()?,
                _ => return self.operator().map(Some),
            }
            values += 1;
            if values > 8 {
                return Err(Strange);
            }
        }
    }

    fn operator(&mut self) -> Result<&'a [u8], Strange> {
        let start = self.at.at;
        while self.at.peek().is_some_and(|b| b.is_ascii_alphabetic() || b == b'*') {
            self.at.at += 1;
        }
        let data: &'a [u8] = self.at.data;
        let op = &data[start..self.at.at];
        let o = &self.operands;
        let bare = !o.array && !o.string && !o.marked;
        let named = is_resource(&o.name);
        let fine = match shape(op).ok_or(Strange)? {
            Shape::N(n) => bare && o.name.is_empty() && o.nums.len() == n,
            Shape::Name => bare && named && o.nums.is_empty(),
            Shape::NameAndNum => bare && named && o.nums.len() == 1,
            Shape::Dash => o.array && !o.string && !o.marked && o.name.is_empty() && o.nums.len() == 1,
            Shape::Pieces => o.array && !o.string && !o.marked && o.name.is_empty() && o.nums.is_empty(),
            Shape::String => o.string && !o.array && !o.marked && o.name.is_empty() && o.nums.is_empty(),
            Shape::Tag => {
                let tag = TAGS.contains(&o.name.as_slice());
                tag && !o.array && !o.string && o.nums.is_empty() && o.marked == (op == b"BDC")
            }
        };
        // What an array of `d` held is in the pieces, too; no glyph may be among it.
        let dashes = op != b"d" || o.pieces.iter().all(|p| matches!(p, Piece::Back(_)));
        if fine && dashes { Ok(op) } else { Err(Strange) }
    }

    fn array(&mut self) -> Result<(), Strange> {
        self.operands.array = true;
        self.at.must(b"[")?;
        loop {
            self.at.space()?;
            match self.at.peek().ok_or(Strange)? {
                b']' => {
                    self.at.at += 1;
                    return Ok(());
                }
                b'(' | b'<' => self.string()?,
                _ => {
                    let n = self.at.plain()?;
                    self.operands.pieces.push(Piece::Back(n));
                }
            }
        }
    }

    /// A string of glyph numbers, two bytes each.
    fn string(&mut self) -> Result<(), Strange> {
        let mut bytes = Vec::new();
        if self.at.here(b"<") {
            let crate::raw::Obj::Str(s) = self.at.hex()? else { return Err(Strange) };
            bytes = s;
        } else {
            self.literal(&mut bytes)?;
        }
        if !bytes.len().is_multiple_of(2) {
            return Err(Strange);
        }
        let glyphs = bytes.chunks_exact(2).map(|p| Piece::Glyph(u16::from_be_bytes([p[0], p[1]])));
        self.operands.pieces.extend(glyphs);
        Ok(())
    }

    /// A string in brackets. Only the escapes that such bytes need.
    fn literal(&mut self, out: &mut Vec<u8>) -> Result<(), Strange> {
        self.at.must(b"(")?;
        loop {
            let b = self.at.peek().ok_or(Strange)?;
            self.at.at += 1;
            match b {
                b')' => return Ok(()),
                // Unescaped, it would mean another byte, or be nested.
                b'(' | b'\r' => return Err(Strange),
                b'\\' => {
                    let e = self.at.peek().ok_or(Strange)?;
                    self.at.at += 1;
                    out.push(match e {
                        b'(' | b')' | b'\\' => e,
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'b' => 8,
                        b'f' => 12,
                        b'0'..=b'3' => {
                            let rest = self.at.data.get(self.at.at..self.at.at + 2).ok_or(Strange)?;
                            if !rest.iter().all(|d| (b'0'..=b'7').contains(d)) {
                                return Err(Strange);
                            }
                            self.at.at += 2;
                            (e - b'0') << 6 | (rest[0] - b'0') << 3 | (rest[1] - b'0')
                        }
                        _ => return Err(Strange),
                    });
                }
                other => out.push(other),
            }
        }
    }

    /// `<</MCID n>>`, and no other property list.
    fn mark(&mut self) -> Result<(), Strange> {
        self.at.must(b"<<")?;
        self.at.space()?;
        self.at.must(b"/MCID ")?;
        self.at.whole()?;
        self.at.space()?;
        self.at.must(b">>")?;
        if self.operands.marked {
            return Err(Strange);
        }
        self.operands.marked = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_operators_are_read() {
        let check = |content: &str, fine: bool, why: &str| {
            let mut tokens = Tokens::new(content.as_bytes());
            let read = loop {
                match tokens.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => break true,
                    Err(Strange) => break false,
                }
            };
            assert_eq!(read, fine, "{why}: {content}");
        };
        check("q 1 0 0 1 0 0 cm 0 0 10 10 re W n Q", true, "shapes");
        check("BT /F0 11 Tf 1 0 0 1 72 700 Tm [<0001> -20 <0002>] TJ ET", true, "glyphs by number");
        check("/P <</MCID 0>> BDC EMC /Artifact BMC EMC", true, "tags");
        check("q % Whitlock\nQ", false, "a comment");
        check("(Whi) Tj", false, "an odd number of bytes is no glyphs");
        check("/Span <</ActualText(Whitlock)>> BDC EMC", false, "replaced text");
        check("/P <</MCID 0/Alt(x)>> BDC EMC", false, "more than a number");
        check("/Whitlock Do", false, "a name that says something");
        check("BI /W 1 /H 1 ID x EI", false, "an inline picture");
        check("(ab) (cd) Tj", false, "a string too many");
        check("(ab) 0 g", false, "a string where none belongs");
        check("/P (ab) BDC", false, "a string beside a tag");
        check("(a\\wb) Tj", false, "an escape that means nothing");
        check("1 2 3", false, "operands without an operator");
        check("(ab) '", false, "the quote operators");
        check("[(ab)] 0 d", false, "glyphs among dashes");
    }
}
