//! Packs: what comes along, what stays behind, and the stamp.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{letter, sar_blocks, words};
use gb_paper::{Footer, PaperFault, Part, Stamp, StampHow, join, pages_in};
use lopdf::{Document, Object, Stream, dictionary};
use std::process::Command;

/// A part as a program out there might write it: metadata, an identifier, an annotation, a bookmark, a script,
/// inherited resources, a page on its side, content in two streams that leaves a state open.
fn foreign(pages: u32) -> Vec<u8> {
    let mut doc = Document::with_version("1.4");
    let tree = doc.new_object_id();
    let font =
        doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let kids: Vec<Object> = (1..=pages)
        .map(|n| {
            let text = format!("BT /F1 24 Tf 72 720 Td (Canary words of page {n}) Tj ET");
            let first = doc.add_object(Stream::new(dictionary! {}, b"q q 1 0 0 1 0 0 cm".to_vec()));
            let second = doc.add_object(Stream::new(dictionary! {}, text.into_bytes()));
            let note = doc.add_object(dictionary! {
                "Type" => "Annot", "Subtype" => "Text", "Contents" => Object::string_literal("CANARYNOTE"),
                "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
            });
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Annots" => vec![note.into()],
                "Contents" => vec![first.into(), second.into()], "Rotate" => if n % 2 == 0 { 90 } else { 0 },
                "PieceInfo" => dictionary! { "CANARYPIECE" => 1 },
            };
            doc.add_object(page).into()
        })
        .collect();
    let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    doc.set_object(
        tree,
        dictionary! {
            "Type" => "Pages", "Count" => i64::from(pages), "Kids" => kids, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        },
    );
    let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("CANARYSCRIPT") };
    let catalog =
        doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "OpenAction" => script });
    let info = doc.add_object(dictionary! { "Author" => Object::string_literal("CANARYAUTHOR") });
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    doc.trailer.set("ID", vec![Object::string_literal("CANARYID"), Object::string_literal("CANARYID")]);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}

fn parts() -> Vec<Part> {
    let mut cover = letter(sar_blocks());
    cover.footer = Footer::Free;
    let cover = gb_paper::letter(&cover).unwrap();
    vec![
        Part { pdf: cover, bookmark: "Letter".into(), stamp: StampHow::InMargin },
        Part { pdf: foreign(3), bookmark: "Document 1: Tŷ Glas".into(), stamp: StampHow::BelowPage },
        Part { pdf: foreign(1), bookmark: String::new(), stamp: StampHow::Not },
    ]
}

fn stamp() -> Stamp {
    Stamp { reference: "GB-2026-0001".into() }
}

/// Every byte of a PDF with its streams inflated.
fn inflated(pdf: &[u8]) -> Vec<u8> {
    let mut doc = Document::load_mem(pdf).unwrap();
    doc.decompress();
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    [pdf, &bytes].concat()
}

fn holds(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|w| w == what.as_bytes())
}

#[test]
fn a_pack_is_whole_clean_and_numbered() {
    let mut seen = Vec::new();
    let pack = join(&parts(), &stamp(), &mut |done, of| seen.push((done, of)), &|| false).unwrap();
    if let Some(folder) = std::env::var_os("GB_PAPER_SHOW") {
        std::fs::write(std::path::Path::new(&folder).join("pack.pdf"), &pack.pdf).unwrap();
    }
    let total = pack.pages;
    assert_eq!(pages_in(&pack.pdf), Ok(total));
    assert_eq!(seen.last(), Some(&(total, total)), "progress reaches the end");
    let map: Vec<usize> = pack.page_map.iter().map(|p| p.part).collect();
    assert_eq!(map[map.len() - 4..], [1, 1, 1, 2], "each page knows its part");
    for (at, text) in words(&pack.pdf).iter().enumerate().take(total as usize - 1) {
        let stamp = format!("GB-2026-0001 · page {} of {total}", at + 1);
        assert!(text.contains(&stamp), "page {}: the stamp can be read out of the file", at + 1);
    }
    let bytes = inflated(&pack.pdf);
    for canary in
        ["CANARYNOTE", "CANARYPIECE", "CANARYSCRIPT", "CANARYAUTHOR", "CANARYID", "/Annots", "/ID", "Date"]
    {
        assert!(!holds(&bytes, canary), "{canary} stays behind");
    }
    for kept in ["Canary words of page 3", "GB-2026-0001", "en-GB", "DisplayDocTitle"] {
        assert!(holds(&bytes, kept), "{kept} is there");
    }
    assert!(pack.pdf.starts_with(b"%PDF-1.7"));
}

#[test]
fn the_same_parts_make_the_same_bytes() {
    let make = || join(&parts(), &stamp(), &mut |_, _| {}, &|| false).unwrap().pdf;
    assert!(make() == make(), "no clock and no chance in a pack");
}

#[test]
fn what_cannot_be_joined() {
    let quiet = &mut |_: u32, _: u32| {};
    let none = join(&[], &stamp(), quiet, &|| false).err();
    assert_eq!(none, Some(PaperFault::Empty), "no pages, no pack");
    let rubbish = Part { pdf: b"not a PDF".to_vec(), bookmark: String::new(), stamp: StampHow::Not };
    let fault = join(&[parts().remove(0), rubbish], &stamp(), quiet, &|| false).err();
    assert!(matches!(fault, Some(PaperFault::Unreadable { part: 2, .. })), "it names the part: {fault:?}");
    assert_eq!(join(&parts(), &stamp(), quiet, &|| true).err(), Some(PaperFault::Cancelled));
}

#[test]
fn a_thousand_pages_are_joined() {
    let part = Part { pdf: foreign(1200), bookmark: "Everything".into(), stamp: StampHow::BelowPage };
    let pack = join(&[part], &stamp(), &mut |_, _| {}, &|| false).unwrap();
    assert_eq!(pack.pages, 1200);
}

#[test]
fn other_programs_accept_the_pack() {
    let pack = join(&parts(), &stamp(), &mut |_, _| {}, &|| false).unwrap();
    let file = std::env::temp_dir().join(format!("gb-paper-{}.pdf", std::process::id()));
    std::fs::write(&file, &pack.pdf).unwrap();
    // Where qpdf is not installed the pack is only read back by ourselves, above.
    if let Ok(said) = Command::new("qpdf").arg("--check").arg(&file).output() {
        assert!(said.status.success(), "qpdf: {}", String::from_utf8_lossy(&said.stdout));
    }
    if let Ok(said) =
        Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&file).arg("-").output()
    {
        let text = String::from_utf8_lossy(&said.stdout);
        assert!(text.contains("Canary words of page 2"), "a page on its side is readable");
        assert!(text.contains("Wiesława Łękotka-Ŵyn"), "Polish and Welsh letters come out");
    }
    std::fs::remove_file(file).unwrap();
}
