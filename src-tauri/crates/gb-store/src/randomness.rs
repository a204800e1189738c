/// Where random bytes come from. Tests pass a seeded source; the app passes [`OsRandom`].
pub trait Randomness {
    /// Fills the slice with random bytes, or says that there are none to be had.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The operating system gave no random bytes. Nothing may be encrypted without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "The computer gave no random numbers, so nothing could be encrypted. Nothing has been changed. Restart the \
     computer and try again."
)]
pub struct NoRandomness;

/// The operating system's source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Randomness for OsRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// An array of random bytes.
pub(crate) fn random<const N: usize>(source: &mut dyn Randomness) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0u8; N];
    source.fill(&mut bytes)?;
    Ok(bytes)
}
