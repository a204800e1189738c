//! The last hand on a PDF: its catalogue, its title, its bytes. Nothing here depends on when or where.

use crate::PaperFault;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, dictionary};

/// The bookmarks of a PDF.
pub(crate) enum Outline {
    /// No bookmarks.
    None,
    /// One bookmark a part: its title and its first page.
    Parts(Vec<(String, ObjectId)>),
}

/// Gives a document a clean catalogue and writes it as PDF 1.7 with compressed objects.
pub(crate) fn finish(mut document: Document, title: &str, outline: Outline) -> Result<Vec<u8>, PaperFault> {
    let pages = document
        .catalog()
        .and_then(|c| c.get(b"Pages"))
        .cloned()
        .map_err(|e| PaperFault::Writing(e.to_string()))?;
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => pages,
        "Lang" => Object::string_literal("en-GB"),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    };
    if let Outline::Parts(parts) = outline
        && let Some(root) = bookmarks(&mut document, &parts)
    {
        catalog.set("Outlines", root);
        catalog.set("PageMode", "UseOutlines");
    }
    let info = dictionary! { "Title" => words(title) };
    let catalog = document.add_object(catalog);
    let info = document.add_object(info);
    // A fresh trailer: no identifiers, nothing carried over.
    document.trailer = Dictionary::new();
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    document.version = "1.7".into();
    document.prune_objects();
    document.renumber_objects();
    document.compress();
    let mut bytes = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut bytes, options).map_err(|e| PaperFault::Writing(e.to_string()))?;
    Ok(bytes)
}

/// A text for people, in UTF-16 with its mark (ISO 32000-1, 7.9.2.2) unless plain ASCII will do.
pub(crate) fn words(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn bookmarks(document: &mut Document, parts: &[(String, ObjectId)]) -> Option<Object> {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = parts.iter().map(|_| document.new_object_id()).collect();
    let (first, last) = (*ids.first()?, *ids.last()?);
    for (at, (title, page)) in parts.iter().enumerate() {
        let dest = vec![(*page).into(), "XYZ".into(), Object::Null, Object::Null, Object::Null];
        let mut entry = dictionary! { "Parent" => root, "Title" => words(title), "Dest" => dest };
        if at > 0 {
            entry.set("Prev", ids[at - 1]);
        }
        if let Some(next) = ids.get(at + 1) {
            entry.set("Next", *next);
        }
        document.set_object(ids[at], entry);
    }
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let outlines = dictionary! { "Type" => "Outlines", "Count" => count, "First" => first, "Last" => last };
    document.set_object(root, outlines);
    Some(root.into())
}
