use crate::{OpenFault, Randomness, randomness::random};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

/// A key of 32 bytes, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// What it costs to try one phrase (Argon2id, RFC 9106). Kept in the header, and refused outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes worked on side by side.
    pub lanes: u32,
}

impl KdfCost {
    /// The least Guardbook accepts: the second choice of RFC 9106, on one lane. What tests use.
    pub const FLOOR: KdfCost = KdfCost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The most it accepts, so that a header made by somebody else cannot tie the computer up.
    pub const CEILING: KdfCost = KdfCost { memory_kib: 2 * 1024 * 1024, passes: 10, lanes: 16 };

    /// 256 MiB, three passes, a lane for each core up to four: about a second on an office laptop.
    pub fn recommended(cores: u32) -> Self {
        Self { memory_kib: 256 * 1024, passes: 3, lanes: cores.clamp(1, 4) }
    }

    /// What there is to choose from on this computer, dearest first: 1 GiB down to 64 MiB. Whoever has a clock
    /// runs [`Self::rehearse`] down the list and takes the first that stays under its patience.
    pub fn choices(cores: u32) -> [Self; 5] {
        [1024, 512, 256, 128, 64].map(|mib| Self { memory_kib: mib * 1024, ..Self::recommended(cores) })
    }

    /// Does the work of one unlocking and throws the result away.
    pub fn rehearse(&self) -> Result<(), OpenFault> {
        self.stretch("rehearsal", &[0; 16]).map(|_| ())
    }

    /// Whether it lies between [`Self::FLOOR`] and [`Self::CEILING`].
    pub fn is_accepted(&self) -> bool {
        let within = |value, low, high| (low..=high).contains(&value);
        within(self.memory_kib, Self::FLOOR.memory_kib, Self::CEILING.memory_kib)
            && within(self.passes, Self::FLOOR.passes, Self::CEILING.passes)
            && within(self.lanes, Self::FLOOR.lanes, Self::CEILING.lanes)
    }

    /// Stretches a phrase into the key of its slot.
    pub(crate) fn stretch(&self, phrase: &str, salt: &[u8]) -> Result<Key, OpenFault> {
        if !self.is_accepted() {
            return Err(OpenFault::WeakKdf);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| OpenFault::WeakKdf)?;
        // The memory is ours rather than the library's, to ask for it without dying and to wipe it after.
        let mut memory: Vec<Block> = Vec::new();
        memory.try_reserve_exact(params.block_count()).map_err(|_| OpenFault::NoMemory)?;
        memory.resize(params.block_count(), Block::default());
        let mut key = Key::default();
        let stretched = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(phrase.as_bytes(), salt, key.as_mut_slice(), &mut memory);
        memory.iter_mut().for_each(Zeroize::zeroize);
        stretched.map(|()| key).map_err(|_| OpenFault::WrongPhrase)
    }
}

impl Default for KdfCost {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        Self::recommended(u32::try_from(cores).unwrap_or(4))
    }
}

/// Draws a key for one purpose from another key (HKDF-SHA256, RFC 5869).
pub(crate) fn draw<const N: usize>(from: &[u8], salt: &[u8], purpose: &[u8]) -> Zeroizing<[u8; N]> {
    let mut key = Zeroizing::new([0u8; N]);
    Hkdf::<Sha256>::new(Some(salt), from)
        .expand(purpose, key.as_mut_slice())
        .expect("HKDF gives up to 8160 bytes and no key here is longer than 64");
    key
}

/// HMAC-SHA-256 over the parts, one after the other.
pub(crate) fn mac(key: &Key, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac =
        <Hmac<Sha256> as Mac>::new_from_slice(key.as_slice()).expect("HMAC takes a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac
}

/// Wraps a key under another: nonce, then ciphertext and tag. The bound text must be given again to unwrap.
pub(crate) fn wrap(
    under: &Key,
    key: &Key,
    bound: &[u8],
    source: &mut dyn Randomness,
) -> Result<Vec<u8>, crate::NoRandomness> {
    let nonce: [u8; 24] = random(source)?;
    let sealed = XChaCha20Poly1305::new(under.as_slice().try_into().expect("a key has 32 bytes"))
        .encrypt(&XNonce::from(nonce), Payload { msg: key.as_slice(), aad: bound })
        .expect("a key of 32 bytes is short enough to seal");
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Unwraps a key; nothing if it was not wrapped under this key for this purpose.
pub(crate) fn unwrap(under: &Key, wrapped: &[u8], bound: &[u8]) -> Option<Key> {
    let (nonce, sealed) = wrapped.split_at_checked(24)?;
    let nonce: [u8; 24] = nonce.try_into().ok()?;
    let cipher = XChaCha20Poly1305::new(under.as_slice().try_into().ok()?);
    let opened = cipher.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: bound }).ok()?;
    let opened = Zeroizing::new(opened);
    let mut key = Key::default();
    if opened.len() != key.len() {
        return None;
    }
    key.copy_from_slice(&opened);
    Some(key)
}

/// One key for each purpose, drawn from the vault key, which itself is not kept.
pub(crate) struct Keys {
    /// The vault's id: binds every wrap and every object to this vault.
    pub vault: [u8; 16],
    /// Raw key of the database.
    pub database: Key,
    /// Salt of the database, given with the raw key.
    pub database_salt: Zeroizing<[u8; 16]>,
    /// Wraps the key of each object.
    pub object_wrap: Key,
    /// Names objects by their content.
    pub object_name: Key,
    /// Seals each row of the journal.
    pub journal: Key,
    /// Seals the header.
    pub header: Key,
}

impl Keys {
    /// Draws them all.
    pub fn draw(vault_key: &Key, vault: [u8; 16], epoch: u32) -> Self {
        let purpose = |label: &str| [label.as_bytes(), &vault, &epoch.to_be_bytes()].concat();
        let key = |label: &str| draw::<32>(vault_key.as_slice(), &vault, &purpose(label));
        Self {
            vault,
            database: key("guardbook/database/v1"),
            database_salt: draw::<16>(vault_key.as_slice(), &vault, &purpose("guardbook/database-salt/v1")),
            object_wrap: key("guardbook/object-wrap/v1"),
            object_name: key("guardbook/object-name/v1"),
            journal: key("guardbook/journal/v1"),
            header: key("guardbook/header/v1"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsRandom;

    #[test]
    fn only_costs_within_the_bounds_are_accepted() {
        let with = |memory_kib, passes, lanes| KdfCost { memory_kib, passes, lanes };
        for (cost, accepted, why) in [
            (KdfCost::FLOOR, true, "the floor itself"),
            (KdfCost::CEILING, true, "the ceiling itself"),
            (KdfCost::default(), true, "what new vaults get"),
            (KdfCost::choices(2)[0], true, "the dearest choice"),
            (KdfCost::choices(1)[4], true, "the cheapest choice"),
            (with(8 * 1024, 3, 1), false, "8 MiB is cheap to guess"),
            (with(64 * 1024 - 1, 3, 1), false, "a KiB below the floor"),
            (with(64 * 1024, 2, 1), false, "a pass too few"),
            (with(64 * 1024, 3, 0), false, "no lane"),
            (with(4 * 1024 * 1024, 3, 1), false, "4 GiB would tie the computer up"),
            (with(64 * 1024, 11, 1), false, "so would eleven passes"),
            (with(64 * 1024, 3, 17), false, "so would seventeen lanes"),
        ] {
            assert_eq!(cost.is_accepted(), accepted, "{why}");
            if !accepted {
                let refused = cost.stretch("phrase", &[0; 16]);
                assert!(matches!(refused, Err(OpenFault::WeakKdf)), "stretching refuses too: {why}");
            }
        }
    }

    #[test]
    fn a_wrapped_key_opens_only_where_it_was_bound() {
        let (under, key) = (Key::new([1; 32]), Key::new([2; 32]));
        let wrapped = wrap(&under, &key, b"slot 1", &mut OsRandom).expect("the system has randomness");
        assert_eq!(unwrap(&under, &wrapped, b"slot 1"), Some(key.clone()), "the same key comes back");
        assert_eq!(unwrap(&under, &wrapped, b"slot 2"), None, "a wrap moved to another slot stays shut");
        assert_eq!(unwrap(&key, &wrapped, b"slot 1"), None, "another key does not open it");
        for place in 0..wrapped.len() {
            let mut bent = wrapped.clone();
            bent[place] ^= 1;
            assert_eq!(unwrap(&under, &bent, b"slot 1"), None, "bit flip at {place}");
        }
        assert_eq!(unwrap(&under, &wrapped[..20], b"slot 1"), None, "cut short");
    }
}
