//! What stands in a file besides what its pages draw.

use super::{Finding, FindingKind};
use crate::Limits;
use crate::raw::{Dict, Obj, RawFile, file::RawObject};
use std::collections::{HashMap, HashSet};

/// Findings of one kind given one by one; more are only counted.
const MOST: usize = 200;

/// Looks through all objects.
pub(super) fn look(file: &RawFile<'_>, limits: &Limits, out: &mut Vec<Finding>) {
    let mut seen = Seen { out, counts: HashMap::new() };
    let newest: HashMap<u32, usize> = file.objects.iter().enumerate().map(|(i, o)| (o.number, i)).collect();
    revisions(file, &newest, &mut seen);
    orphans(file, &newest, limits, &mut seen);
    destinations(file, &newest, &mut seen);
    let off = switched_off(file);
    let owners = owners(file);
    for object in &file.objects {
        let place = format!("object {}", object.number);
        object.value.walk(&mut |value| {
            if let Obj::Dict(dict) = value {
                dictionary(dict, &place, &mut seen);
            }
        });
        if let Some(dict) = object.dict().filter(|d| d.is(b"Type", b"OCG")) {
            let name = dict.get(b"Name").and_then(string).unwrap_or_default();
            let how =
                if off.contains(&object.number) { " (switched off: its content is not shown)" } else { "" };
            seen.add(FindingKind::Layer, format!("{place}: a layer{how}"), name);
        }
        photograph(file, object, &place, limits, &mut seen);
        if object.dict().is_some_and(|d| d.is(b"Type", b"Metadata") || d.is(b"Subtype", b"XML")) {
            let of = owners.get(&object.number).copied().unwrap_or("an object");
            let text = excerpt(file, object, limits);
            seen.add(FindingKind::Metadata, format!("{place}: an XMP packet of {of}"), text);
        }
        if let Some(decoded) = file.decoded(object, limits).ok().flatten().filter(|_| !object.is_image())
            && decoded.image.is_none()
            && crate::raw::file::find(&decoded.data, b"/ActualText").is_some()
        {
            seen.add(
                FindingKind::StructureText,
                format!("{place}: replaced text in its content"),
                String::new(),
            );
        }
    }
    for trailer in &file.trailers {
        let info = trailer.get(b"Info").and_then(Obj::reference).and_then(|r| newest.get(&r));
        let info = info.and_then(|i| file.objects[*i].dict()).or(trailer.get(b"Info").and_then(Obj::dict));
        for (key, value) in info.map(|d| d.0.as_slice()).unwrap_or_default() {
            let says = string(value).filter(|s| !s.is_empty());
            if let Some(says) = says {
                seen.add(
                    FindingKind::Metadata,
                    format!("document information: {}", String::from_utf8_lossy(key)),
                    says,
                );
            }
        }
    }
}

struct Seen<'o> {
    out: &'o mut Vec<Finding>,
    counts: HashMap<FindingKind, usize>,
}

impl Seen<'_> {
    fn add(&mut self, kind: FindingKind, place: String, text: String) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= MOST {
            self.out.push(Finding::new(kind, None, place, text.chars().take(200).collect()));
        }
    }
}

impl std::hash::Hash for FindingKind {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (*self as u8).hash(state);
    }
}

fn revisions(file: &RawFile<'_>, newest: &HashMap<u32, usize>, seen: &mut Seen<'_>) {
    // A file made for the web has two endings and one revision.
    let linear = file.objects.iter().take(3).any(|o| o.dict().is_some_and(|d| d.has(b"Linearized")));
    let most = if linear { 2 } else { 1 };
    if file.ends.len() > most || file.starts.len() > most {
        let count = file.starts.len().max(file.ends.len()) - most;
        seen.add(
            FindingKind::OldRevision,
            format!("{count} earlier states of the file are kept in it"),
            String::new(),
        );
    }
    let old = file.objects.iter().enumerate().filter(|(i, o)| newest.get(&o.number) != Some(i));
    for (_, object) in old.filter(|(_, o)| o.host.is_none()) {
        seen.add(
            FindingKind::OldRevision,
            format!("an earlier state of object {}", object.number),
            says(&object.value),
        );
    }
}

fn orphans(file: &RawFile<'_>, newest: &HashMap<u32, usize>, limits: &Limits, seen: &mut Seen<'_>) {
    let mut reached = HashSet::new();
    let mut todo = Vec::new();
    for trailer in &file.trailers {
        for key in [&b"Root"[..], b"Info", b"Encrypt"] {
            todo.extend(trailer.get(key).and_then(Obj::reference));
        }
    }
    while let Some(number) = todo.pop() {
        if reached.insert(number)
            && let Some(i) = newest.get(&number)
        {
            file.objects[*i].value.walk(&mut |o| todo.extend(o.reference()));
        }
    }
    for object in file.objects.iter().filter(|o| !reached.contains(&o.number)) {
        let furniture = |d: &Dict| d.is(b"Type", b"XRef") || d.is(b"Type", b"ObjStm") || d.has(b"Linearized");
        let hints = object.dict().is_some_and(|d| d.has(b"S") && d.has(b"Length") && d.0.len() < 8);
        let nothing = object.value == Obj::Null;
        if !(object.dict().is_some_and(furniture) || hints || nothing) {
            let text = excerpt(file, object, limits);
            seen.add(FindingKind::Orphan, format!("object {}: nothing points at it", object.number), text);
        }
    }
}

const ANNOTATIONS: &[&str] = &[
    "Text",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Stamp",
    "Caret",
    "Ink",
    "Popup",
    "FileAttachment",
    "Sound",
    "Movie",
    "Screen",
    "Watermark",
    "3D",
    "RichMedia",
    "Link",
    "Redact",
];

fn dictionary(dict: &Dict, place: &str, seen: &mut Seen<'_>) {
    let name =
        |key: &[u8]| dict.get(key).and_then(Obj::name).map(|n| String::from_utf8_lossy(n).into_owned());
    let text = |key: &[u8]| dict.get(key).and_then(string).unwrap_or_default();
    if let Some(kind) = name(b"Subtype").filter(|s| dict.has(b"Rect") && ANNOTATIONS.contains(&s.as_str())) {
        match kind.as_str() {
            "Redact" => seen.add(
                FindingKind::UnappliedRedaction,
                format!("{place}: an area marked, never removed"),
                text(b"Contents"),
            ),
            _ => {
                let link = dict.get(b"A").and_then(Obj::dict).and_then(|a| a.get(b"URI")).and_then(string);
                seen.add(
                    FindingKind::Annotation,
                    format!("{place}: {kind}"),
                    link.unwrap_or_else(|| text(b"Contents")),
                );
            }
        }
    }
    let value = text(b"V");
    if !value.is_empty() && (dict.has(b"T") || dict.has(b"FT") || dict.has(b"Parent")) {
        seen.add(FindingKind::FormValue, format!("{place}: the value of a form field"), value);
    }
    if dict.is(b"S", b"JavaScript") || dict.has(b"JS") {
        seen.add(FindingKind::Script, format!("{place}: JavaScript"), text(b"JS"));
    }
    for (key, what) in [(&b"DV"[..], "the first value"), (b"RV", "the styled value"), (b"TU", "the caption")]
    {
        let says = text(key);
        if !says.is_empty() && (dict.has(b"T") || dict.has(b"FT")) {
            seen.add(FindingKind::FormValue, format!("{place}: {what} of a form field"), says);
        }
    }
    if dict.is(b"S", b"SubmitForm") || dict.is(b"S", b"ImportData") {
        seen.add(FindingKind::Script, format!("{place}: sends or fetches the form's values"), String::new());
    }
    if dict.is(b"Type", b"Sig") || (dict.has(b"ByteRange") && dict.has(b"Contents")) {
        let says: Vec<String> = [&b"Name"[..], b"Reason", b"Location", b"ContactInfo"]
            .into_iter()
            .map(text)
            .filter(|t| !t.is_empty())
            .collect();
        seen.add(FindingKind::Signature, format!("{place}: a signature"), says.join(", "));
    }
    if dict.has(b"Alternates") && dict.is(b"Subtype", b"Image") {
        seen.add(FindingKind::PrivateData, format!("{place}: another version of a picture"), String::new());
    }
    if dict.is(b"S", b"Launch") {
        seen.add(FindingKind::Script, format!("{place}: starts a program"), String::new());
    }
    if dict.is(b"Type", b"EmbeddedFile") || (dict.has(b"EF") && (dict.has(b"F") || dict.has(b"UF"))) {
        seen.add(FindingKind::Attachment, format!("{place}: a file inside the file"), text(b"F"));
    }
    let part_of_a_tree = dict.has(b"S") || dict.has(b"FT") || dict.has(b"Kids");
    if dict.has(b"Title") && dict.has(b"Parent") && !part_of_a_tree {
        seen.add(FindingKind::Bookmark, place.to_owned(), text(b"Title"));
    }
    for key in [&b"ActualText"[..], b"Alt", b"E"] {
        let says = text(key);
        if !says.is_empty() && !only_removed(&says) {
            seen.add(FindingKind::StructureText, format!("{place}: {}", String::from_utf8_lossy(key)), says);
        }
    }
    if dict.has(b"PieceInfo") {
        seen.add(
            FindingKind::PrivateData,
            format!("{place}: data of the program that made it"),
            String::new(),
        );
    }
    if dict.has(b"Thumb") {
        seen.add(FindingKind::PrivateData, format!("{place}: a small picture of a page"), String::new());
    }
    if dict.has(b"XFA") {
        seen.add(FindingKind::FormValue, format!("{place}: an XFA form"), String::new());
    }
}

/// What a photograph tells beside its picture.
fn photograph(file: &RawFile<'_>, object: &RawObject, place: &str, limits: &Limits, seen: &mut Seen<'_>) {
    if !object.is_image() {
        return;
    }
    let Ok(Some(decoded)) = file.decoded(object, limits) else { return };
    if decoded.image.as_deref() == Some(b"DCTDecode") || decoded.image.as_deref() == Some(b"DCT") {
        for (what, says) in super::exif::tells(&decoded.data) {
            seen.add(FindingKind::Metadata, format!("{place}: {what}"), says);
        }
    }
}

/// Layers that are off when the document is opened.
fn switched_off(file: &RawFile<'_>) -> HashSet<u32> {
    let mut off = HashSet::new();
    for object in &file.objects {
        object.value.walk(&mut |value| {
            let list =
                value.dict().filter(|d| d.has(b"ON") || d.has(b"OFF")).and_then(|d| d.get(b"OFF")?.array());
            off.extend(list.unwrap_or(&[]).iter().filter_map(Obj::reference));
        });
    }
    off
}

/// Whose metadata a stream is, by the number of the stream.
fn owners(file: &RawFile<'_>) -> HashMap<u32, &'static str> {
    let mut out = HashMap::new();
    for object in &file.objects {
        let Some(dict) = object.dict() else { continue };
        if let Some(r) = dict.get(b"Metadata").and_then(Obj::reference) {
            let of = match dict.get(b"Type").and_then(Obj::name) {
                Some(b"Catalog") => "the document",
                Some(b"Page") => "a page",
                _ if object.is_image() => "a picture",
                _ => "a part",
            };
            out.insert(r, of);
        }
    }
    out
}

/// The names of places: in the old dictionary of them, or in the tree of names.
fn destinations(file: &RawFile<'_>, newest: &HashMap<u32, usize>, seen: &mut Seen<'_>) {
    let get = |value: Option<&Obj>| -> Option<Dict> {
        match value? {
            Obj::Ref(r) => file.objects[*newest.get(r)?].dict().cloned(),
            Obj::Dict(d) => Some(d.clone()),
            _ => None,
        }
    };
    let catalogs = file.objects.iter().filter_map(RawObject::dict).filter(|d| d.is(b"Type", b"Catalog"));
    for catalog in catalogs {
        let mut names: Vec<String> = Vec::new();
        for (key, _) in get(catalog.get(b"Dests")).unwrap_or_default().0 {
            names.push(String::from_utf8_lossy(&key).into_owned());
        }
        let mut todo: Vec<Dict> =
            get(catalog.get(b"Names")).and_then(|n| get(n.get(b"Dests"))).into_iter().collect();
        let mut steps = 0;
        while let Some(node) = todo.pop() {
            steps += 1;
            if steps > 10_000 {
                break;
            }
            let pairs = node.get(b"Names").and_then(Obj::array).unwrap_or(&[]);
            names.extend(pairs.iter().step_by(2).filter_map(string));
            todo.extend(
                node.get(b"Kids").and_then(Obj::array).unwrap_or(&[]).iter().filter_map(|k| get(Some(k))),
            );
        }
        for name in names {
            seen.add(FindingKind::Destination, "the list of named places".to_owned(), name);
        }
    }
}

/// A text string: UTF-16 with its mark, UTF-8 with its mark, else one byte a letter.
fn string(value: &Obj) -> Option<String> {
    let Obj::Str(s) = value else { return None };
    Some(match s.as_slice() {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        plain => plain.iter().map(|b| *b as char).collect(),
    })
}

fn says(value: &Obj) -> String {
    let mut out = Vec::new();
    value.walk(&mut |o| out.extend(string(o)));
    out.join(" ")
}

fn excerpt(file: &RawFile<'_>, object: &RawObject, limits: &Limits) -> String {
    let mut text = says(&object.value);
    if let Ok(Some(decoded)) = file.decoded(object, limits)
        && !object.is_image()
    {
        text.push_str(&String::from_utf8_lossy(&decoded.data[..decoded.data.len().min(200)]));
    }
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Whether an alternative text says only that something was removed, and under which code: what our own boxes say to
/// those who cannot see them.
fn only_removed(says: &str) -> bool {
    let code = |c: char| c.is_ascii_alphanumeric() || c == '-';
    says.strip_prefix("Removed").is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix(": ").is_some_and(|r| r.len() <= 12 && r.chars().all(code))
    })
}
