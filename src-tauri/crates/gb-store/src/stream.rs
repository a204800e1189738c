//! Encrypting a long text in pieces: STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015) over
//! XChaCha20-Poly1305 in pieces of 64 KiB, the way age does it. Each piece's nonce holds its number and whether
//! it is the last, so pieces cannot be moved, dropped or added.

use crate::keys::Key;
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

const PIECE: usize = 64 * 1024;
const TAG: usize = 16;
/// What a file of this kind begins with: eight letters, the last one the version.
const MAGIC: &[u8; 8] = b"gbobjec1";
/// The random part of the nonce.
pub(crate) const PREFIX: usize = 19;

/// How long the encrypted file of `length` bytes is.
pub(crate) fn sealed_length(length: u64) -> u64 {
    let pieces = length.div_ceil(PIECE as u64).max(1);
    (MAGIC.len() + PREFIX) as u64 + length + pieces * TAG as u64
}

/// Encrypts.
pub(crate) fn seal(
    out: &mut dyn Write,
    key: &Key,
    prefix: [u8; PREFIX],
    bound: &[u8],
    bytes: &[u8],
) -> io::Result<()> {
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().expect("a key has 32 bytes"));
    out.write_all(MAGIC)?;
    out.write_all(&prefix)?;
    let mut rest = bytes;
    for number in 0u32.. {
        let (piece, after) = rest.split_at(rest.len().min(PIECE));
        let nonce = nonce(prefix, number, after.is_empty());
        let sealed = cipher
            .encrypt(&nonce, Payload { msg: piece, aad: bound })
            .map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        out.write_all(&sealed)?;
        rest = after;
        if rest.is_empty() {
            return Ok(());
        }
    }
    Err(io::ErrorKind::FileTooLarge.into())
}

/// Decrypts exactly `length` bytes; nothing if a single bit is not as it was sealed.
pub(crate) fn open(
    input: &mut dyn Read,
    key: &Key,
    bound: &[u8],
    length: u64,
) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().expect("a key has 32 bytes"));
    let mut start = [0u8; MAGIC.len() + PREFIX];
    if !filled(input, &mut start)? || !start.starts_with(MAGIC) {
        return Ok(None);
    }
    let prefix = std::array::from_fn(|place| start[MAGIC.len() + place]);
    let length = usize::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
    // Asked for once and whole: a vector that grows leaves copies of the plain text behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(length));
    let mut sealed = vec![0u8; PIECE + TAG];
    for number in 0u32.. {
        let piece = (length - plain.len()).min(PIECE);
        let last = plain.len() + piece == length;
        let sealed = &mut sealed[..piece + TAG];
        if !filled(input, sealed)? {
            return Ok(None);
        }
        let Ok(opened) = cipher.decrypt(&nonce(prefix, number, last), Payload { msg: sealed, aad: bound })
        else {
            return Ok(None);
        };
        plain.extend_from_slice(&Zeroizing::new(opened));
        if last {
            let beyond = filled(input, &mut [0u8; 1])?;
            return Ok((!beyond).then_some(plain));
        }
    }
    Ok(None)
}

fn nonce(prefix: [u8; PREFIX], number: u32, last: bool) -> XNonce {
    let mut nonce = [0u8; 24];
    nonce[..PREFIX].copy_from_slice(&prefix);
    nonce[PREFIX..PREFIX + 4].copy_from_slice(&number.to_be_bytes());
    nonce[PREFIX + 4] = u8::from(last);
    XNonce::from(nonce)
}

// Whether there was as much to read as asked for.
fn filled(input: &mut dyn Read, bytes: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(short) if short.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(bytes: &[u8], bound: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        seal(&mut out, &Key::new([3; 32]), [9; PREFIX], bound, bytes).expect("a vector takes anything");
        out
    }

    fn opened(sealed: &[u8], bound: &[u8], length: usize) -> Option<Vec<u8>> {
        open(&mut &sealed[..], &Key::new([3; 32]), bound, length as u64)
            .expect("a slice reads")
            .map(|plain| plain.to_vec())
    }

    #[test]
    fn what_is_sealed_comes_back() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
            let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let out = sealed(&bytes, b"this");
            assert_eq!(out.len() as u64, sealed_length(length as u64), "length of {length}");
            assert_eq!(opened(&out, b"this", length), Some(bytes), "{length} bytes");
            assert_eq!(opened(&out, b"that", length), None, "bound to another object: {length}");
        }
    }

    #[test]
    fn nothing_comes_back_from_what_was_changed() {
        let bytes = vec![5u8; 2 * PIECE + 100];
        let out = sealed(&bytes, b"this");
        let piece = PIECE + TAG;
        let start = MAGIC.len() + PREFIX;
        for place in (0..out.len()).step_by(997) {
            let mut bent = out.clone();
            bent[place] ^= 0x40;
            assert_eq!(opened(&bent, b"this", bytes.len()), None, "bit flip at {place}");
        }
        let swapped = [
            &out[..start],
            &out[start + piece..start + 2 * piece],
            &out[start..start + piece],
            &out[start + 2 * piece..],
        ]
        .concat();
        let dropped = [&out[..start], &out[start + piece..]].concat();
        for (changed, length, how) in [
            (swapped, bytes.len(), "two pieces swapped"),
            (dropped, bytes.len() - PIECE, "a piece dropped"),
            (out[..start + 2 * piece].to_vec(), 2 * PIECE, "the last piece cut off"),
            ([&out[..], &[0]].concat(), bytes.len(), "a byte added"),
            (out[..20].to_vec(), bytes.len(), "cut within the start"),
        ] {
            assert_eq!(opened(&changed, b"this", length), None, "{how}");
        }
    }
}
