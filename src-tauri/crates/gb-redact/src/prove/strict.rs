//! Reads values as our writer spells them, and refuses every other spelling.
//!
//! The reader of foreign files ([`crate::raw::token`]) forgives; this one does not. What it skips could
//! hold something, so it skips nothing but a space or a line end.

use crate::raw::{Dict, Obj};

/// Values inside values: a finished file needs five or six.
const DEEPEST: u32 = 12;

/// The bytes are not spelled as a finished file spells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Strange;

/// A place in bytes that must all be accounted for.
pub(super) struct Strict<'a> {
    pub(super) data: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Strict<'a> {
    pub(super) fn new(data: &'a [u8], at: usize) -> Self {
        Self { data, at }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    pub(super) fn here(&self, tag: &[u8]) -> bool {
        self.data.get(self.at..).is_some_and(|d| d.starts_with(tag))
    }

    pub(super) fn take(&mut self, tag: &[u8]) -> bool {
        let here = self.here(tag);
        if here {
            self.at += tag.len();
        }
        here
    }

    pub(super) fn must(&mut self, tag: &[u8]) -> Result<(), Strange> {
        if self.take(tag) { Ok(()) } else { Err(Strange) }
    }

    /// Spaces and line ends. More than two together have no reason.
    pub(super) fn space(&mut self) -> Result<(), Strange> {
        let start = self.at;
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\n')) {
            self.at += 1;
        }
        if self.at - start <= 2 { Ok(()) } else { Err(Strange) }
    }

    /// A whole number without sign.
    pub(super) fn whole(&mut self) -> Result<u64, Strange> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.data[start..self.at]).map_err(|_| Strange)?;
        if text.is_empty() || text.len() > 10 { Err(Strange) } else { text.parse().map_err(|_| Strange) }
    }

    pub(super) fn value(&mut self) -> Result<Obj, Strange> {
        self.value_at(0)
    }

    fn value_at(&mut self, depth: u32) -> Result<Obj, Strange> {
        if depth > DEEPEST {
            return Err(Strange);
        }
        match self.peek().ok_or(Strange)? {
            b'/' => Ok(Obj::Name(self.name()?)),
            b'(' => self.literal(),
            b'<' if self.here(b"<<") => self.dict(depth),
            b'<' => self.hex(),
            b'[' => self.array(depth),
            b'0'..=b'9' | b'-' | b'.' => self.number(),
            _ if self.take(b"true") => Ok(Obj::Bool(true)),
            _ if self.take(b"false") => Ok(Obj::Bool(false)),
            _ => Err(Strange),
        }
    }

    fn dict(&mut self, depth: u32) -> Result<Obj, Strange> {
        self.must(b"<<")?;
        let mut entries: Vec<(Vec<u8>, Obj)> = Vec::new();
        loop {
            self.space()?;
            if self.take(b">>") {
                return Ok(Obj::Dict(Dict(entries)));
            }
            let key = self.name()?;
            self.space()?;
            let value = self.value_at(depth + 1)?;
            // Of two entries with one key readers see one: the other would be hidden.
            if entries.iter().any(|(k, _)| *k == key) {
                return Err(Strange);
            }
            entries.push((key, value));
        }
    }

    fn array(&mut self, depth: u32) -> Result<Obj, Strange> {
        self.must(b"[")?;
        let mut items = Vec::new();
        loop {
            self.space()?;
            if self.take(b"]") {
                return Ok(Obj::Array(items));
            }
            items.push(self.value_at(depth + 1)?);
        }
    }

    pub(super) fn name(&mut self) -> Result<Vec<u8>, Strange> {
        self.must(b"/")?;
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || b"-.+_".contains(&b)) {
            self.at += 1;
        }
        let name = self.data[start..self.at].to_vec();
        if name.is_empty() || name.len() > 32 { Err(Strange) } else { Ok(name) }
    }

    /// A string in brackets: plain letters, no escapes, nothing nested.
    fn literal(&mut self) -> Result<Obj, Strange> {
        self.must(b"(")?;
        let start = self.at;
        while self.peek().is_some_and(|b| (b' '..=b'~').contains(&b) && !b"()\\".contains(&b)) {
            self.at += 1;
        }
        let text = self.data[start..self.at].to_vec();
        self.must(b")")?;
        Ok(Obj::Str(text))
    }

    pub(super) fn hex(&mut self) -> Result<Obj, Strange> {
        self.must(b"<")?;
        let mut out = Vec::new();
        while !self.take(b">") {
            let pair = self.data.get(self.at..self.at + 2).ok_or(Strange)?;
            let digit = |b: u8| (b as char).to_digit(16).ok_or(Strange);
            out.push((digit(pair[0])? << 4 | digit(pair[1])?) as u8);
            self.at += 2;
        }
        Ok(Obj::Str(out))
    }

    /// A number, or a reference `N 0 R`.
    fn number(&mut self) -> Result<Obj, Strange> {
        let n = self.plain()?;
        let back = self.at;
        if n >= 0.0 && n.fract() == 0.0 && self.take(b" 0 R") {
            let ends = self.peek().is_none_or(|b| !b.is_ascii_alphanumeric());
            return if ends { Ok(Obj::Ref(n as u32)) } else { Err(Strange) };
        }
        self.at = back;
        Ok(Obj::Num(n))
    }

    /// A number spelled plainly: at most one sign, one point, and no more digits than mean something.
    pub(super) fn plain(&mut self) -> Result<f64, Strange> {
        let start = self.at;
        let negative = self.take(b"-");
        let (mut value, mut scale, mut digits, mut point) = (0.0f64, 1.0f64, 0u32, false);
        while let Some(b) = self.peek() {
            match b {
                b'0'..=b'9' => {
                    value = value * 10.0 + f64::from(b - b'0');
                    digits += 1;
                    if point {
                        scale *= 10.0;
                    }
                }
                b'.' if !point => point = true,
                _ => break,
            }
            self.at += 1;
        }
        if digits == 0 || self.at - start > 20 {
            return Err(Strange);
        }
        let value = value / scale;
        Ok(if negative { -value } else { value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_spellings_are_read() {
        let check = |text: &str, fine: bool, why: &str| {
            let mut s = Strict::new(text.as_bytes(), 0);
            let read = s.value().is_ok() && s.at == text.len();
            assert_eq!(read, fine, "{why}: {text}");
        };
        check("<</Type/Page/Kids [1 0 R 22 0 R]/N -1.5/B true>>", true, "an ordinary dictionary");
        check("<</A 1/A 2>>", false, "a key twice: readers see one of them");
        check("<</A 1 (Whitlock)/B 2>>", false, "a string where a key belongs");
        check("<</A 1 % Whitlock\n/B 2>>", false, "a comment");
        check("<</A#42 1>>", false, "an escape in a name");
        check("(a\\)b)", false, "an escape in a string");
        check("<4 1>", false, "a space in a hex string");
        check("[1    2]", false, "needless room");
        check("0.1234567890123456789012", false, "more digits than mean something");
        check("[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]", false, "deeper than we write");
        check("null", false, "nothing, spelled out");
    }
}
