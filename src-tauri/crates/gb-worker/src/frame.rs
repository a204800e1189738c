//! The few messages between parent and child, and the frames they travel in.
//!
//! A frame is four bytes of length, least first, and that many bytes. Each side treats the other's frames as
//! hostile: a length is checked before anything is set aside for it, and a message must parse exactly.

use serde::{Deserialize, Serialize};
use std::io::{Error, ErrorKind, Read, Result, Write};

/// Bytes of the largest question: what is asked about the document, not the document itself.
pub const QUESTION: u32 = 64 * 1024;
/// Bytes of the largest answer: twenty a page for five thousand pages, and room.
pub const ANSWER: u32 = 1024 * 1024;

/// What the parent asks; the document follows in the next frame.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub password: Option<String>,
}

/// What the child answers.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    Read(Found),
    Refused(Refused),
}

/// A document that was read.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    pub encrypted: bool,
    /// Width and height of each page, points.
    pub sizes: Vec<(f32, f32)>,
    /// Words of each page.
    pub words: Vec<u32>,
    /// Pages, from 1, that could not be read.
    pub unreadable: Vec<u32>,
    /// Pages with text a person cannot see, such as a recogniser's layer.
    pub invisible: Vec<u32>,
    /// Pages with words under an opaque shape.
    pub covered: Vec<u32>,
    /// Pages where a search can miss words.
    pub blind: Vec<u32>,
    /// Pages the file promised and does not hold.
    pub missing: u32,
    /// Whether the end of the file is missing.
    pub cut: bool,
}

/// Why a document was refused. Numbers only: a sentence from a hostile child would be shown as ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    NotAPdf,
    Truncated,
    Unreadable,
    NoPages,
    NeedsPassword,
    WrongPassword,
    UnknownEncryption,
    TooMuch,
    TooManyPages,
}

/// Writes a frame.
pub fn send(to: &mut impl Write, bytes: &[u8]) -> Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| Error::from(ErrorKind::InvalidInput))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a frame of at most `limit` bytes. Memory grows with what arrives, not with what was promised.
pub fn receive(from: &mut impl Read, limit: u32) -> Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > limit {
        return Err(Error::new(ErrorKind::InvalidData, "a frame above its limit"));
    }
    let mut bytes = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != u64::from(length) {
        return Err(Error::from(ErrorKind::UnexpectedEof));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_frame_comes_back_as_it_went() {
        let mut wire = vec![];
        send(&mut wire, b"hello").expect("memory never refuses");
        assert_eq!(receive(&mut wire.as_slice(), 5).expect("whole"), b"hello");
        assert!(receive(&mut wire.as_slice(), 4).is_err(), "a frame above the limit is refused");
        assert!(receive(&mut &wire[..7], 5).is_err(), "a frame cut short is refused");
    }

    #[test]
    fn a_promise_of_four_gigabytes_takes_no_memory() {
        let lie = [255, 255, 255, 255, 1];
        assert!(receive(&mut lie.as_slice(), u32::MAX).is_err(), "what was promised never came");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn any_bytes_are_a_fault_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(frame) = receive(&mut bytes.as_slice(), ANSWER) {
                let _ = serde_json::from_slice::<Answer>(&frame);
                let _ = serde_json::from_slice::<Question>(&frame);
            }
        }
    }
}
