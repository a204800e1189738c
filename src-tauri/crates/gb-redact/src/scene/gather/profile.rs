//! Colour spaces that are the screen's own, so that a JPEG in them needs no profile.

use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Stream};

/// Names by which profiles of the screen's usual colours call themselves.
const USUAL: [&[u8]; 3] = [b"sRGB", b"sGray", b"Gray Gamma 2.2"];

/// Whether a picture's colours are plain grey or RGB: named so, or by a profile that says so.
pub(super) fn plain(dict: &Dict<'_>, colour: bool) -> bool {
    let parts = if colour { 3 } else { 1 };
    match dict.get::<Object<'_>>(b"ColorSpace").or_else(|| dict.get::<Object<'_>>(b"CS")) {
        Some(Object::Name(name)) => named(&name, colour),
        Some(Object::Array(array)) => profiled(&array, parts).unwrap_or(false),
        _ => false,
    }
}

fn named(name: &Name<'_>, colour: bool) -> bool {
    let name: &[u8] = name.as_ref();
    if colour { matches!(name, b"DeviceRGB" | b"RGB") } else { matches!(name, b"DeviceGray" | b"G") }
}

fn profiled(array: &Array<'_>, parts: u32) -> Option<bool> {
    let mut values = array.iter::<Object<'_>>();
    let Object::Name(kind) = values.next()? else { return None };
    let kind: &[u8] = kind.as_ref();
    if kind != b"ICCBased" {
        return None;
    }
    let Object::Stream(stream) = values.next()? else { return None };
    Some(stream.dict().get::<u32>(b"N")? == parts && usual(&stream, parts))
}

/// Whether a profile is one of the screen's usual colours: it says so in its description, in bytes or in
/// two-byte letters.
fn usual(stream: &Stream<'_>, parts: u32) -> bool {
    let Ok(profile) = stream.decoded_data() else { return false };
    let space: &[u8] = if parts == 3 { b"RGB " } else { b"GRAY" };
    if profile.get(16..20) != Some(space) {
        return false;
    }
    let wide = |name: &[u8]| name.iter().flat_map(|b| [0, *b]).collect::<Vec<u8>>();
    let holds = |what: &[u8]| profile.windows(what.len()).any(|w| w == what);
    USUAL.iter().any(|name| holds(name) || holds(&wide(name)))
}
