//! The small decoders: LZW, run lengths, and bytes written as letters.

use std::io::{self, Read};

pub(super) fn one(inner: &mut dyn Read) -> Option<u8> {
    let mut b = [0u8];
    match inner.read(&mut b) {
        Ok(1) => Some(b[0]),
        _ => None,
    }
}

pub(super) struct Lzw<'a> {
    inner: io::BufReader<Box<dyn Read + 'a>>,
    early: bool,
    table: Vec<(u16, u8, u16)>,
    bits: u32,
    have: u32,
    width: u32,
    prev: Option<u16>,
    out: Vec<u8>,
    at: usize,
    end: bool,
}

impl<'a> Lzw<'a> {
    pub(super) fn new(inner: Box<dyn Read + 'a>, early: bool) -> Self {
        let inner = io::BufReader::new(inner);
        let mut lzw = Self {
            inner,
            early,
            table: Vec::new(),
            bits: 0,
            have: 0,
            width: 9,
            prev: None,
            out: Vec::new(),
            at: 0,
            end: false,
        };
        lzw.clear();
        lzw
    }

    fn clear(&mut self) {
        self.table.clear();
        self.table.extend((0..258).map(|c| (u16::MAX, c as u8, 1)));
        self.width = 9;
        self.prev = None;
    }

    fn code(&mut self) -> Option<u16> {
        while self.have < self.width {
            self.bits = self.bits << 8 | u32::from(one(&mut self.inner)?);
            self.have += 8;
        }
        self.have -= self.width;
        Some((self.bits >> self.have & ((1 << self.width) - 1)) as u16)
    }

    /// The bytes of a code go to `out`; gives the first of them.
    fn spell(&mut self, code: u16) -> Option<u8> {
        let start = self.out.len();
        let mut c = code;
        while c != u16::MAX {
            let (parent, byte, _) = *self.table.get(usize::from(c))?;
            self.out.push(byte);
            c = parent;
        }
        self.out[start..].reverse();
        self.out.get(start).copied()
    }

    fn step(&mut self) -> Option<()> {
        self.out.clear();
        self.at = 0;
        let code = self.code()?;
        match code {
            256 => self.clear(),
            257 => return None,
            _ => {
                let first = match self.prev {
                    None => self.spell(code)?,
                    Some(prev) if usize::from(code) < self.table.len() => {
                        let first = self.spell(code)?;
                        self.grow(prev, first);
                        first
                    }
                    Some(prev) => {
                        let first = self.spell(prev)?;
                        self.out.push(first);
                        self.grow(prev, first);
                        first
                    }
                };
                let _ = first;
                self.prev = Some(code);
                let next = self.table.len() + usize::from(self.early);
                self.width = match next {
                    0..512 => 9,
                    512..1024 => 10,
                    1024..2048 => 11,
                    _ => 12,
                };
            }
        }
        Some(())
    }

    fn grow(&mut self, prev: u16, byte: u8) {
        if self.table.len() < 4096 {
            self.table.push((prev, byte, 0));
        }
    }
}

impl Read for Lzw<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.out.len() {
            if self.end || self.step().is_none() {
                self.end = true;
                return Ok(0);
            }
        }
        let n = buf.len().min(self.out.len() - self.at);
        buf[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

pub(super) struct RunLength<'a> {
    inner: Box<dyn Read + 'a>,
    left: usize,
    repeat: Option<u8>,
    end: bool,
}

impl<'a> RunLength<'a> {
    pub(super) fn new(inner: Box<dyn Read + 'a>) -> Self {
        Self { inner, left: 0, repeat: None, end: false }
    }
}

impl Read for RunLength<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.end {
            return Ok(0);
        }
        if self.left == 0 {
            match one(&mut self.inner) {
                None | Some(128) => {
                    self.end = true;
                    return Ok(0);
                }
                Some(n @ 0..=127) => (self.left, self.repeat) = (usize::from(n) + 1, None),
                Some(n) => (self.left, self.repeat) = (257 - usize::from(n), one(&mut self.inner)),
            }
        }
        let n = buf.len().min(self.left);
        let n = match self.repeat {
            Some(b) => {
                buf[..n].fill(b);
                n
            }
            None => self.inner.read(&mut buf[..n])?,
        };
        self.left -= n;
        self.end = n == 0;
        Ok(n)
    }
}

pub(super) struct AsciiHex<'a> {
    inner: Box<dyn Read + 'a>,
    end: bool,
}

impl<'a> AsciiHex<'a> {
    pub(super) fn new(inner: Box<dyn Read + 'a>) -> Self {
        Self { inner, end: false }
    }
}

impl Read for AsciiHex<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut n = 0;
        let mut half: Option<u8> = None;
        while n < buf.len() && !self.end {
            match one(&mut self.inner) {
                None | Some(b'>') => self.end = true,
                Some(b) => {
                    let Some(d) = (b as char).to_digit(16) else { continue };
                    match half.take() {
                        Some(h) => {
                            buf[n] = h << 4 | d as u8;
                            n += 1;
                        }
                        None => half = Some(d as u8),
                    }
                }
            }
        }
        if let Some(h) = half.filter(|_| n < buf.len()) {
            buf[n] = h << 4;
            n += 1;
        }
        Ok(n)
    }
}

pub(super) struct Ascii85<'a> {
    inner: Box<dyn Read + 'a>,
    out: [u8; 4],
    at: usize,
    len: usize,
    end: bool,
}

impl<'a> Ascii85<'a> {
    pub(super) fn new(inner: Box<dyn Read + 'a>) -> Self {
        Self { inner, out: [0; 4], at: 0, len: 0, end: false }
    }

    fn group(&mut self) {
        let mut digits = [84u32; 5];
        let mut n = 0;
        while n < 5 {
            match one(&mut self.inner) {
                None | Some(b'~') => {
                    self.end = true;
                    break;
                }
                Some(b'z') if n == 0 => {
                    (self.out, self.at, self.len) = ([0; 4], 0, 4);
                    return;
                }
                Some(b @ b'!'..=b'u') => {
                    digits[n] = u32::from(b - b'!');
                    n += 1;
                }
                Some(_) => {}
            }
        }
        let value = digits.iter().fold(0u32, |v, d| v.wrapping_mul(85).wrapping_add(*d));
        (self.out, self.at, self.len) = (value.to_be_bytes(), 0, n.saturating_sub(1));
    }
}

impl Read for Ascii85<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.len {
            if self.end {
                return Ok(0);
            }
            self.group();
        }
        let n = buf.len().min(self.len - self.at);
        buf[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
