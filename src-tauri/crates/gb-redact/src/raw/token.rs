//! PDF tokens and values, read without trust.

/// A value of a PDF file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Obj {
    Null,
    Bool(bool),
    Num(f64),
    Str(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Obj>),
    Dict(Dict),
    Ref(u32),
    /// An operator or another bare word.
    Word(Vec<u8>),
}

impl Obj {
    pub(crate) fn num(&self) -> Option<f64> {
        if let Obj::Num(n) = self { Some(*n) } else { None }
    }
    pub(crate) fn name(&self) -> Option<&[u8]> {
        if let Obj::Name(n) = self { Some(n) } else { None }
    }
    pub(crate) fn array(&self) -> Option<&[Obj]> {
        if let Obj::Array(a) = self { Some(a) } else { None }
    }
    pub(crate) fn dict(&self) -> Option<&Dict> {
        if let Obj::Dict(d) = self { Some(d) } else { None }
    }
    pub(crate) fn reference(&self) -> Option<u32> {
        if let Obj::Ref(r) = self { Some(*r) } else { None }
    }
    /// Calls `see` for this value and every value inside it. Depth is bounded by the lexer.
    pub(crate) fn walk(&self, see: &mut impl FnMut(&Obj)) {
        see(self);
        match self {
            Obj::Array(a) => a.iter().for_each(|o| o.walk(see)),
            Obj::Dict(d) => d.0.iter().for_each(|(_, o)| o.walk(see)),
            _ => {}
        }
    }
}

/// A dictionary, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Dict(pub(crate) Vec<(Vec<u8>, Obj)>);

impl Dict {
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Obj> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }
    pub(crate) fn has(&self, key: &[u8]) -> bool {
        self.get(key).is_some()
    }
    pub(crate) fn is(&self, key: &[u8], name: &[u8]) -> bool {
        self.get(key).and_then(Obj::name) == Some(name)
    }
}

/// Why a value could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bad {
    /// Nested deeper than allowed.
    Deep,
    /// More values than allowed.
    Many,
    /// Not a value, or the end.
    End,
}

/// Reads values from bytes, bounded in depth and count.
pub(crate) struct Lexer<'a> {
    pub(crate) data: &'a [u8],
    pub(crate) pos: usize,
    depth: u32,
    values: u32,
}

pub(crate) fn is_space(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(b: u8) -> bool {
    matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8], pos: usize, depth: u32, values: u32) -> Self {
        Self { data, pos, depth, values }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.data.get(self.pos).copied()
    }

    pub(crate) fn skip_space(&mut self) {
        while let Some(b) = self.peek() {
            if b == b'%' {
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.pos += 1;
                }
            } else if is_space(b) {
                self.pos += 1;
            } else {
                break;
            }
        }
    }

    /// Whether `tag` stands here; moves past it if so.
    pub(crate) fn take(&mut self, tag: &[u8]) -> bool {
        let here = self.data.get(self.pos..).is_some_and(|d| d.starts_with(tag));
        if here {
            self.pos += tag.len();
        }
        here
    }

    /// The next value, with `N G R` understood as a reference.
    pub(crate) fn value(&mut self) -> Result<Obj, Bad> {
        self.value_at(0)
    }

    fn value_at(&mut self, depth: u32) -> Result<Obj, Bad> {
        if depth > self.depth {
            return Err(Bad::Deep);
        }
        self.values = self.values.checked_sub(1).ok_or(Bad::Many)?;
        self.skip_space();
        match self.peek().ok_or(Bad::End)? {
            b'/' => Ok(Obj::Name(self.name())),
            b'(' => Ok(Obj::Str(self.literal())),
            b'<' if self.data.get(self.pos + 1) == Some(&b'<') => self.dict(depth),
            b'<' => Ok(Obj::Str(self.hex())),
            b'[' => self.array(depth),
            b')' | b'>' | b']' | b'{' | b'}' => {
                let b = self.data[self.pos];
                self.pos += 1;
                Ok(Obj::Word(vec![b]))
            }
            b if b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.') => Ok(self.number()),
            _ => Ok(self.word()),
        }
    }

    fn dict(&mut self, depth: u32) -> Result<Obj, Bad> {
        self.pos += 2;
        let mut entries = Vec::new();
        loop {
            self.skip_space();
            if self.take(b">>") {
                return Ok(Obj::Dict(Dict(entries)));
            }
            let before = self.pos;
            match self.value_at(depth + 1)? {
                Obj::Name(key) => {
                    self.skip_space();
                    if self.take(b">>") {
                        entries.push((key, Obj::Null));
                        return Ok(Obj::Dict(Dict(entries)));
                    }
                    let value = self.value_at(depth + 1)?;
                    entries.push((key, value));
                }
                Obj::Word(w) if w == b"endobj" || w == b"stream" => {
                    // The dictionary was never closed: give what there is, leave the word.
                    self.pos = before;
                    return Ok(Obj::Dict(Dict(entries)));
                }
                _ => {}
            }
        }
    }

    fn array(&mut self, depth: u32) -> Result<Obj, Bad> {
        self.pos += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.take(b"]") {
                return Ok(Obj::Array(items));
            }
            match self.value_at(depth + 1)? {
                Obj::Word(w) if w == b"endobj" || w == b"endstream" => return Ok(Obj::Array(items)),
                item => items.push(item),
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.pos += 1;
        let mut out = Vec::new();
        while let Some(b) = self.peek() {
            if is_space(b) || is_delimiter(b) {
                break;
            }
            self.pos += 1;
            if b == b'#'
                && let (Some(h), Some(l)) = (self.hex_at(0), self.hex_at(1))
            {
                out.push(h << 4 | l);
                self.pos += 2;
                continue;
            }
            out.push(b);
        }
        out
    }

    fn hex_at(&self, ahead: usize) -> Option<u8> {
        (*self.data.get(self.pos + ahead)? as char).to_digit(16).map(|d| d as u8)
    }

    fn hex(&mut self) -> Vec<u8> {
        self.pos += 1;
        let mut out = Vec::new();
        let mut half: Option<u8> = None;
        while let Some(b) = self.peek() {
            self.pos += 1;
            if b == b'>' {
                break;
            }
            let Some(d) = (b as char).to_digit(16) else { continue };
            match half.take() {
                Some(h) => out.push(h << 4 | d as u8),
                None => half = Some(d as u8),
            }
        }
        if let Some(h) = half {
            out.push(h << 4);
        }
        out
    }

    fn literal(&mut self) -> Vec<u8> {
        self.pos += 1;
        let mut out = Vec::new();
        let mut open = 1u32;
        while let Some(b) = self.peek() {
            self.pos += 1;
            match b {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(b);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(b) = self.peek() else { return };
        self.pos += 1;
        match b {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => {
                let _ = self.take(b"\n");
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut v = u32::from(b - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(d @ b'0'..=b'7') => {
                            v = v * 8 + u32::from(d - b'0');
                            self.pos += 1;
                        }
                        _ => break,
                    }
                }
                out.push(v as u8);
            }
            other => out.push(other),
        }
    }

    fn number(&mut self) -> Obj {
        let first = self.plain_number();
        let Some(n) = first else { return self.word() };
        // `12 0 R` is a reference; look ahead without moving unless it is.
        if n >= 0.0 && n.fract() == 0.0 && n <= f64::from(u32::MAX) {
            let back = self.pos;
            self.skip_space();
            if self.peek().is_some_and(|b| b.is_ascii_digit())
                && self.plain_number().is_some()
                && {
                    self.skip_space();
                    self.peek() == Some(b'R')
                }
                && self.data.get(self.pos + 1).is_none_or(|&b| is_space(b) || is_delimiter(b))
            {
                self.pos += 1;
                return Obj::Ref(n as u32);
            }
            self.pos = back;
        }
        Obj::Num(n)
    }

    fn plain_number(&mut self) -> Option<f64> {
        let start = self.pos;
        while self.peek().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.')) {
            self.pos += 1;
        }
        let text = std::str::from_utf8(&self.data[start..self.pos]).ok()?;
        match text.parse::<f64>() {
            Ok(n) => Some(n),
            // `--5` and `5-3` are seen in the wild; readers take them as some number. So do we.
            Err(_) if self.pos > start => Some(0.0),
            Err(_) => None,
        }
    }

    fn word(&mut self) -> Obj {
        let start = self.pos;
        while self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            self.pos += 1;
        }
        if self.pos == start {
            self.pos += 1;
        }
        match &self.data[start..self.pos.min(self.data.len())] {
            b"true" => Obj::Bool(true),
            b"false" => Obj::Bool(false),
            b"null" => Obj::Null,
            w => Obj::Word(w.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let check = |text: &[u8], want: Obj| {
            let got = Lexer::new(text, 0, 10, 100).value();
            assert_eq!(got, Ok(want), "{}", String::from_utf8_lossy(text));
        };
        check(b"12 0 R", Obj::Ref(12));
        check(b"12 0 obj", Obj::Num(12.0));
        check(b"(a\\(b\\)\\101\\n)", Obj::Str(b"a(b)A\n".to_vec()));
        check(b"<41 4>", Obj::Str(b"A@".to_vec()));
        check(b"/A#42", Obj::Name(b"AB".to_vec()));
        check(b"[1 true null]", Obj::Array(vec![Obj::Num(1.0), Obj::Bool(true), Obj::Null]));
    }

    #[test]
    fn depth_and_count_are_bounded() {
        assert_eq!(Lexer::new(&b"[".repeat(50_000), 0, 96, 1_000_000).value(), Err(Bad::Deep));
        assert_eq!(Lexer::new(b"[1 1 1 1 1 1]", 0, 96, 4).value(), Err(Bad::Many));
    }
}
