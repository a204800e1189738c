//! What is taken in, what is refused, and in which words.

use gb_intake::{Kind, pages_from};
use gb_redact::{Document, Limits};

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut out = vec![];
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height)).map(|i| (i % 251) as u8).collect();
    jpeg_encoder::Encoder::new(&mut out, 80)
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Luma)
        .expect("a small picture");
    out
}

/// Puts an EXIF block with an orientation and a place, a comment, and something after the end.
fn with_secrets(plain: &[u8]) -> Vec<u8> {
    let mut exif =
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0CANARY-51.5N".to_vec();
    let mut out = plain[..2].to_vec();
    out.extend([0xFF, 0xE1]);
    out.extend(((exif.len() + 2) as u16).to_be_bytes());
    out.append(&mut exif);
    out.extend([0xFF, 0xFE, 0, 16]);
    out.extend(b"CANARY-comment");
    out.extend(&plain[2..]);
    out.extend(b"CANARY-after-the-end");
    out
}

fn pages(pdf: &[u8]) -> (u32, (f32, f32)) {
    let document = Document::open(pdf.to_vec(), None, &Limits::default()).expect("our own page can be read");
    (document.page_count(), document.page_size(1).expect("it has one page"))
}

#[test]
fn a_pdf_is_taken_as_it_is() {
    let pdf = gb_testkit::pdf::simple_pdf(&[&["Hello"]]);
    let taken = pages_from(&pdf, "whatever.bin").expect("a PDF");
    assert_eq!((taken.kind, taken.pdf), (Kind::Pdf, pdf), "no byte is changed");
}

#[test]
fn a_photograph_becomes_a_page_without_its_hidden_data() {
    let taken = pages_from(&with_secrets(&jpeg(400, 300)), "letter.jpg").expect("a photograph");
    let hay = taken.pdf.windows(6).any(|w| w == b"CANARY");
    assert!(!hay, "no place, comment or tail is carried over");
    let (count, (w, h)) = pages(&taken.pdf);
    assert_eq!(count, 1, "one page");
    assert!(h > w, "the camera lay on its side: {w} by {h}");
    assert_eq!(taken.notices.len(), 1, "and the person is told");
}

#[test]
fn a_drawing_with_transparency_becomes_a_page_on_white() {
    let mut bytes = vec![];
    let mut encoder = png::Encoder::new(&mut bytes, 60, 90);
    encoder.set_color(png::ColorType::Rgba);
    encoder.add_text_chunk("Author".into(), "CANARY".into()).expect("text goes in");
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[0, 0, 0, 0].repeat(60 * 90)).expect("pixels");
    writer.finish().expect("an end");
    let taken = pages_from(&bytes, "shot.png").expect("a screenshot");
    assert!(!taken.pdf.windows(6).any(|w| w == b"CANARY"), "texts in the picture are gone");
    let document = Document::open(taken.pdf, None, &Limits::default()).expect("our own page");
    let drawn = document.render(1, 36.0).expect("it can be drawn");
    assert!(drawn.rgb.iter().all(|v| *v > 250), "what was transparent shows as white paper");
}

#[test]
fn cut_and_wild_pictures_are_refused_and_nothing_falls_over() {
    let whole = with_secrets(&jpeg(64, 64));
    for cut in 3..whole.len().saturating_sub(25) {
        let _ = pages_from(&whole[..cut], "a.jpg");
    }
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bomb.extend(30_000_u32.to_be_bytes());
    bomb.extend(30_000_u32.to_be_bytes());
    bomb.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    assert!(pages_from(&bomb, "a.png").is_err(), "900 million points are not taken in");
}

#[test]
fn each_refusal_says_what_it_is_and_what_to_do() {
    let table: &[(&[u8], &str, &str, &str)] = &[
        (b"PK\x03\x04 word/document.xml", "letter.docx", "This is a Word document.", "Print it to PDF"),
        (
            b"PK\x03\x04 word/document.xml",
            "letter.PDF",
            "This file is called a PDF but it is a Word document.",
            "Print",
        ),
        (
            b"Dear Ms Ellingham",
            "letter.pdf",
            "This file is called a PDF but it is a text file.",
            "print it to PDF and add the PDF.",
        ),
        (b"PK\x03\x04 xl/workbook.xml", "rent.xlsx", "This is an Excel workbook.", "hidden sheets"),
        (b"Received: x\nFrom: y\n\n", "m.eml", "This is a saved e-mail.", "attachments"),
        (
            b"MZ\x90\0\x03",
            "invoice.pdf",
            "This file is called a PDF but it is a program or a script.",
            "Do not open it.",
        ),
        (b"", "scan.pdf", "This file is empty.", "Ask the sender"),
        (&[1, 2, 3], "x.bin", "This file is of a kind that Guardbook does not know.", "print it to PDF"),
        (b"RIFF0000WAVEfmt ", "call.wav", "This is a recording.", "cannot redact sound"),
    ];
    for (bytes, name, what, next) in table {
        let refusal = pages_from(bytes, name).expect_err(name);
        assert_eq!(refusal.what, *what, "{name}");
        assert!(refusal.next.contains(next), "{name}: {}", refusal.next);
        assert_eq!(
            refusal.safe, "It was not opened and nothing was added.",
            "a person must know what is safe"
        );
    }
}
