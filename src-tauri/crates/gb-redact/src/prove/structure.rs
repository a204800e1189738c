//! The finished file may hold only what a picture of a page and its words need.

use crate::raw::file::RawObject;
use crate::raw::{Obj, RawFile};
use crate::{Fault, Limits};
use std::collections::{HashMap, HashSet};

/// The kinds of object there may be, each with the only keys it may have.
const KINDS: &[(&str, &[&str])] = &[
    ("Catalog", &["Type", "Pages", "Lang"]),
    ("Pages", &["Type", "Count", "Kids"]),
    ("Page", &["Type", "Parent", "MediaBox", "Contents", "Resources"]),
    (
        "XObject",
        &[
            "Type",
            "Subtype",
            "Width",
            "Height",
            "ColorSpace",
            "BitsPerComponent",
            "Filter",
            "DecodeParms",
            "Length",
        ],
    ),
    (
        "Font",
        &[
            "Type",
            "Subtype",
            "BaseFont",
            "Encoding",
            "DescendantFonts",
            "ToUnicode",
            "CIDSystemInfo",
            "FontDescriptor",
            "DW",
            "CIDToGIDMap",
        ],
    ),
    (
        "FontDescriptor",
        &[
            "Type",
            "FontName",
            "Flags",
            "FontBBox",
            "ItalicAngle",
            "Ascent",
            "Descent",
            "CapHeight",
            "StemV",
            "FontFile2",
        ],
    ),
    ("stream", &["Filter", "Length", "Length1"]),
];

/// Every name a value may be, and every key inside the dictionaries of objects.
const NAMES: &[&str] = &[
    "Catalog",
    "Pages",
    "Page",
    "XObject",
    "Image",
    "DeviceGray",
    "DeviceRGB",
    "CCITTFaxDecode",
    "DCTDecode",
    "FlateDecode",
    "Font",
    "Type0",
    "CIDFontType2",
    "Guardbook",
    "Identity-H",
    "Identity",
    "FontDescriptor",
    "P",
    "F",
    "K",
    "Columns",
    "Rows",
    "Registry",
    "Ordering",
    "Supplement",
];

/// Where the parts of a file are, once its structure is known to be ours.
pub(super) struct Parts<'f, 'a> {
    pub(super) file: &'f RawFile<'a>,
    pub(super) by_number: HashMap<u32, &'f RawObject>,
    /// Page objects in order.
    pub(super) pages: Vec<&'f RawObject>,
    pub(super) to_unicode: Option<&'f RawObject>,
    pub(super) font_file: Option<&'f RawObject>,
}

fn not(place: &str) -> Fault {
    Fault::NotProved { page: None, place: place.to_owned() }
}

pub(super) fn structure<'f, 'a>(file: &'f RawFile<'a>, limits: &Limits) -> Result<Parts<'f, 'a>, Fault> {
    let bytes = file.bytes;
    if file.ends.len() != 1
        || file.starts.len() != 1
        || !bytes.ends_with(b"%%EOF\n")
        || file.trailers.len() != 1
    {
        return Err(not("the file has more than one ending: an earlier revision may be in it"));
    }
    let trailer = &file.trailers[0];
    if trailer.0.iter().any(|(k, _)| k != b"Size" && k != b"Root") {
        return Err(not("the trailer names more than the pages"));
    }
    tiles(file)?;
    let mut by_number = HashMap::new();
    for object in &file.objects {
        if by_number.insert(object.number, object).is_some() {
            return Err(not("an object is in the file twice"));
        }
        keys(object)?;
    }
    reached(file, &by_number)?;
    let get = |o: Option<&Obj>| o.and_then(Obj::reference).and_then(|r| by_number.get(&r).copied());
    let catalog = get(trailer.get(b"Root")).ok_or_else(|| not("the catalog is missing"))?;
    let tree =
        get(catalog.dict().and_then(|d| d.get(b"Pages"))).ok_or_else(|| not("the page tree is missing"))?;
    let kids = tree.dict().and_then(|d| d.get(b"Kids")).and_then(Obj::array).unwrap_or(&[]);
    let pages: Vec<_> = kids.iter().filter_map(|k| get(Some(k))).collect();
    if pages.len() != kids.len() || pages.len() > limits.pages as usize {
        return Err(not("a page is missing from the page tree"));
    }
    let with = |key: &[u8]| file.objects.iter().filter_map(RawObject::dict).find_map(|d| get(d.get(key)));
    Ok(Parts { file, pages, to_unicode: with(b"ToUnicode"), font_file: with(b"FontFile2"), by_number })
}

/// Objects must lie one after the other, with nothing between them and only the table behind them.
fn tiles(file: &RawFile<'_>) -> Result<(), Fault> {
    let bytes = file.bytes;
    let mut at = 15;
    if !bytes.starts_with(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") {
        return Err(not("the file does not begin as it should"));
    }
    for object in &file.objects {
        let between = bytes.get(at..object.span.start).unwrap_or(b"?");
        if !between.iter().all(|b| crate::raw::token::is_space(*b)) {
            return Err(not("there is something between two objects"));
        }
        at = object.span.end;
    }
    let tail = bytes.get(at..).unwrap_or(b"");
    let allowed = |w: &str| {
        ["xref", "trailer", "startxref", "%%EOF", "f", "n", "R"].contains(&w)
            || w.strip_suffix("/Root").unwrap_or(w).bytes().all(|c| c.is_ascii_digit())
            || w == "<</Size"
            || w == "R>>"
    };
    let tail = std::str::from_utf8(tail).map_err(|_| not("there is something after the last object"))?;
    if !tail.split_whitespace().all(allowed) {
        return Err(not("there is something after the last object"));
    }
    Ok(())
}

fn keys(object: &RawObject) -> Result<(), Fault> {
    let place =
        || not(&format!("object {} is of a kind or has a part that does not belong there", object.number));
    let dict = object.dict().ok_or_else(place)?;
    let kind = dict.get(b"Type").and_then(Obj::name).unwrap_or(b"stream");
    let (_, keys) = KINDS.iter().find(|(k, _)| k.as_bytes() == kind).ok_or_else(place)?;
    if dict.0.iter().any(|(k, _)| !keys.iter().any(|w| w.as_bytes() == *k)) {
        return Err(place());
    }
    if (kind == b"stream" || kind == b"XObject") != object.stream.is_some() {
        return Err(place());
    }
    let mut fine = true;
    for (key, value) in &dict.0 {
        value.walk(&mut |o| match o {
            Obj::Name(n) => fine &= NAMES.iter().any(|w| w.as_bytes() == *n),
            Obj::Dict(d) => fine &= d.0.iter().all(|(k, _)| NAMES.iter().any(|w| w.as_bytes() == *k)),
            Obj::Str(s) => {
                let language = key == b"Lang"
                    && s.len() <= 20
                    && s.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
                fine &= language || s == b"Adobe" || s == b"Identity";
            }
            Obj::Word(_) => fine = false,
            _ => {}
        });
    }
    if fine { Ok(()) } else { Err(place()) }
}

fn reached(file: &RawFile<'_>, by_number: &HashMap<u32, &RawObject>) -> Result<(), Fault> {
    let mut seen = HashSet::new();
    let mut todo: Vec<u32> = file.trailers[0].get(b"Root").and_then(Obj::reference).into_iter().collect();
    while let Some(number) = todo.pop() {
        if seen.insert(number)
            && let Some(object) = by_number.get(&number)
        {
            object.value.walk(&mut |o| todo.extend(o.reference()));
        }
    }
    if file.objects.iter().all(|o| seen.contains(&o.number)) {
        Ok(())
    } else {
        Err(not("an object is in the file that nothing points at"))
    }
}
