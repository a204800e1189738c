//! Takes in what files arrive as, and says plainly what cannot be taken in.
//!
//! A kind is told by the bytes, never by the name alone: a program called `letter.pdf` is a program. For now a PDF is
//! taken as it is, a photograph (JPEG or PNG) becomes a PDF of one page without its hidden data (camera, place, day),
//! and everything else is refused with what to do instead. Mail, office files and TIFF come in a later issue.
//!
//! It refuses the vault, opening anything with another program, and guessing: a file that could be two things is
//! taken as the more dangerous one. Nothing in a file is ever run, fetched or unpacked here; the only thing decoded
//! is a PNG's pixels, within [`PICTURE_PIXELS`].

mod kind;
mod picture;
mod refusal;

pub use kind::{Kind, sniff};
pub use picture::{PICTURE_BYTES, PICTURE_PIXELS};
pub use refusal::Refusal;

/// A document that can be worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// A PDF: the file's own bytes, or a page made around a picture. Not yet read, and not to be trusted.
    pub pdf: Vec<u8>,
    /// What the file was.
    pub kind: Kind,
    /// What a person should know about how it was taken in.
    pub notices: Vec<String>,
}

/// Takes a file in, or says why not. `name` is what the file was called; it is used to tell people when it is wrong.
pub fn pages_from(bytes: &[u8], name: &str) -> Result<Taken, Refusal> {
    let kind = sniff(bytes, name);
    match kind {
        Kind::Pdf => Ok(Taken { pdf: bytes.to_vec(), kind, notices: vec![] }),
        Kind::Jpeg => picture::from_jpeg(bytes).map(|pdf| photographed(pdf, kind)),
        Kind::Png => picture::from_png(bytes).map(|pdf| photographed(pdf, kind)),
        _ => Err(Refusal::of(kind, name)),
    }
}

fn photographed(pdf: Vec<u8>, kind: Kind) -> Taken {
    let notice = "This was a picture. Guardbook made a page of it and left out the data hidden in it, such as the \
                  place and the camera. It holds no text that can be searched.";
    Taken { pdf, kind, notices: vec![notice.to_owned()] }
}
