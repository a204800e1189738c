//! Takes pages out of a part: their geometry, and everything they draw with, under fresh numbers.

use super::stamp::strip;
use crate::PaperFault;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;

/// Keys that say where something came from or do something; none of them draws.
const LEFT_BEHIND: [&[u8]; 14] = [
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"StructParent",
    b"StructParents",
    b"OPI",
    b"Alternates",
    b"AF",
    b"EF",
    b"Ref",
    b"ID",
    b"Name",
    b"PtData",
    b"Measure",
];

/// A page of a part.
pub(crate) struct SourcePage {
    id: ObjectId,
    /// Left, lower, right, upper edge of what is shown.
    shown: [f32; 4],
    /// Quarter turns clockwise.
    turns: i64,
    /// Points a unit of the page.
    unit: f32,
    resources: Object,
    group: Option<Object>,
    contents: Vec<ObjectId>,
}

/// The pages of a part, in order.
pub(crate) fn source_pages(document: &Document, part: usize) -> Result<Vec<SourcePage>, PaperFault> {
    let unreadable = |says: &str| PaperFault::Unreadable { part, says: says.into() };
    document
        .get_pages()
        .into_values()
        .map(|id| {
            let page = document.get_dictionary(id).map_err(|e| unreadable(&e.to_string()))?;
            let media = inherited(document, page, b"MediaBox").and_then(|o| rectangle(document, &o));
            let crop = inherited(document, page, b"CropBox").and_then(|o| rectangle(document, &o));
            let media = media.unwrap_or([0.0, 0.0, 595.276, 841.89]);
            let shown = crop.and_then(|c| overlap(c, media)).unwrap_or(media);
            let turns = inherited(document, page, b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0) / 90;
            let unit = page.get(b"UserUnit").and_then(Object::as_float).unwrap_or(1.0);
            let within = |side: f32| (1.0..=14_400.0).contains(&side);
            if !within((shown[2] - shown[0]) * unit) || !within((shown[3] - shown[1]) * unit) {
                return Err(unreadable("a page has no sensible size"));
            }
            Ok(SourcePage {
                id,
                shown,
                turns: turns.rem_euclid(4),
                unit,
                resources: inherited(document, page, b"Resources")
                    .unwrap_or_else(|| Dictionary::new().into()),
                group: page.get(b"Group").ok().cloned(),
                contents: document.get_page_contents(id),
            })
        })
        .collect()
}

impl SourcePage {
    /// Width and height as shown.
    pub fn size(&self) -> (f32, f32) {
        let [x0, y0, x1, y1] = self.shown;
        let (width, height) = ((x1 - x0) * self.unit, (y1 - y0) * self.unit);
        if self.turns % 2 == 0 { (width, height) } else { (height, width) }
    }

    /// The matrix that draws the page upright from the lower left corner.
    pub fn placed(&self) -> [f32; 6] {
        let [x0, y0, x1, y1] = self.shown;
        let upright = match self.turns {
            1 => [0.0, -1.0, 1.0, 0.0, -y0, x1],
            2 => [-1.0, 0.0, 0.0, -1.0, x1, y1],
            3 => [0.0, 1.0, -1.0, 0.0, y1, -x0],
            _ => [1.0, 0.0, 0.0, 1.0, -x0, -y0],
        };
        upright.map(|v| v * self.unit)
    }

    /// The same, made smaller and moved up for a strip below.
    pub fn placed_above(&self, wanted: f32) -> [f32; 6] {
        let (width, height) = self.size();
        let strip = strip(height, wanted);
        let scale = (height - strip) / height;
        let mut placed = self.placed().map(|v| v * scale);
        placed[4] += width * (1.0 - scale) / 2.0;
        placed[5] += strip;
        placed
    }
}

/// Copies objects of one part into the pack, each once.
pub(crate) struct Adopter {
    source: Document,
    adopted: BTreeMap<ObjectId, ObjectId>,
}

impl Adopter {
    pub fn new(source: Document) -> Self {
        Self { source, adopted: BTreeMap::new() }
    }

    /// A page as a form: its own stream as it stands when it has one, the inflated streams in a row when it has
    /// several.
    pub fn form(&mut self, page: &SourcePage, out: &mut Document) -> Result<ObjectId, String> {
        let stream = |id: &ObjectId| self.source.get_object(*id).and_then(Object::as_stream);
        let mut form = match &page.contents[..] {
            [only] => {
                let stream = stream(only).map_err(|e| e.to_string())?;
                let mut dict = Dictionary::new();
                for key in [b"Filter".as_slice(), b"DecodeParms"] {
                    if let Ok(value) = stream.dict.get(key) {
                        dict.set(key, value.clone());
                    }
                }
                Stream::new(dict, stream.content.clone())
            }
            _ => Stream::new(Dictionary::new(), self.source.get_page_content(page.id)),
        };
        let dict = std::mem::take(&mut form.dict);
        let mut dict = self.dictionary(dict, out);
        dict.set("Type", "XObject");
        dict.set("Subtype", "Form");
        dict.set("BBox", page.shown.iter().map(|v| Object::Real(*v)).collect::<Vec<_>>());
        let resources = self.object(page.resources.clone(), out);
        dict.set("Resources", resources);
        if let Some(group) = &page.group {
            let group = self.object(group.clone(), out);
            dict.set("Group", group);
        }
        dict.set("Length", i64::try_from(form.content.len()).unwrap_or(0));
        form.dict = dict;
        Ok(out.add_object(form))
    }

    /// An object of the part under its number in the pack, with all it leads to.
    pub fn adopt(&mut self, id: ObjectId, out: &mut Document) -> ObjectId {
        if let Some(known) = self.adopted.get(&id) {
            return *known;
        }
        let fresh = out.new_object_id();
        self.adopted.insert(id, fresh);
        let object = self.source.objects.remove(&id).unwrap_or(Object::Null);
        let object = if draws(&object) { self.object(object, out) } else { Object::Null };
        out.set_object(fresh, object);
        fresh
    }

    fn object(&mut self, object: Object, out: &mut Document) -> Object {
        match object {
            Object::Reference(id) => self.adopt(id, out).into(),
            Object::Array(items) => {
                items.into_iter().map(|item| self.object(item, out)).collect::<Vec<_>>().into()
            }
            Object::Dictionary(dict) => self.dictionary(dict, out).into(),
            Object::Stream(mut stream) => {
                // The bytes move over as they are.
                stream.dict = self.dictionary(stream.dict, out);
                stream.dict.set("Length", i64::try_from(stream.content.len()).unwrap_or(0));
                stream.into()
            }
            other => other,
        }
    }

    fn dictionary(&mut self, dict: Dictionary, out: &mut Document) -> Dictionary {
        let mut copy = dictionary! {};
        // A list of resources has no type, and its keys are names the page chose.
        let typed = dict.has(b"Type") || dict.has(b"Subtype");
        for (key, value) in dict {
            if !(typed && LEFT_BEHIND.contains(&key.as_slice())) {
                let value = self.object(value, out);
                copy.set(key, value);
            }
        }
        copy
    }
}

/// Whether an object can belong to what a page draws: never the tree of pages itself, nor a file or an action.
fn draws(object: &Object) -> bool {
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return true,
    };
    let kind = dict.get(b"Type").and_then(Object::as_name).unwrap_or_default();
    !matches!(
        kind,
        b"Page"
            | b"Pages"
            | b"Catalog"
            | b"Annot"
            | b"Action"
            | b"Filespec"
            | b"EmbeddedFile"
            | b"Metadata"
            | b"Outlines"
    )
}

fn inherited(document: &Document, page: &Dictionary, key: &[u8]) -> Option<Object> {
    let mut node = page.clone();
    // A tree of pages deeper than this is a loop.
    for _ in 0..64 {
        if let Ok(value) = node.get(key) {
            return document.dereference(value).ok().map(|(_, o)| o.clone());
        }
        let parent = node.get(b"Parent").and_then(Object::as_reference).ok()?;
        node = document.get_dictionary(parent).ok()?.clone();
    }
    None
}

fn rectangle(document: &Document, object: &Object) -> Option<[f32; 4]> {
    let values: Vec<f32> = object
        .as_array()
        .ok()?
        .iter()
        .filter_map(|v| document.dereference(v).ok())
        .filter_map(|(_, v)| v.as_float().ok())
        .collect();
    let [a, b, c, d] = values[..] else { return None };
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

fn overlap(a: [f32; 4], b: [f32; 4]) -> Option<[f32; 4]> {
    let both = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (both[0] < both[2] && both[1] < both[3]).then_some(both)
}
