//! What kind of file this is, by its bytes.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A TIFF, as scanners and fax machines make.
    Tiff,
    /// Another kind of picture.
    OtherPicture,
    /// A Word document of today.
    Word,
    /// An Excel workbook of today.
    Excel,
    /// A PowerPoint presentation of today.
    PowerPoint,
    /// A LibreOffice or OpenOffice document.
    OpenDocument,
    /// Office files of before 2007.
    OldOffice,
    /// Rich text.
    RichText,
    /// A mail saved by Outlook.
    OutlookMail,
    /// A mail as it travelled (`.eml`).
    Mail,
    /// A web page.
    WebPage,
    /// A drawing that may hold programs (SVG), or other XML.
    Xml,
    /// An archive of other files.
    Archive,
    /// Sound or film.
    Recording,
    /// A program or a script.
    Program,
    /// Plain text.
    Text,
    /// No bytes at all.
    Empty,
    /// None of these.
    Unknown,
}

/// How far into a file the PDF header may stand; readers allow this much in front of it.
const HEADER_WITHIN: usize = 1024;

/// Tells the kind from the bytes. The name decides only between a text and a script, which look alike.
pub fn sniff(bytes: &[u8], name: &str) -> Kind {
    if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Kind::Empty;
    }
    if let Some(kind) = by_first_bytes(bytes) {
        return kind;
    }
    let early = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if bytes.starts_with(b"%PDF-") {
        return Kind::Pdf;
    }
    // A PDF may have rubbish in front of its header; rubbish that reads as a web page or as mail is no rubbish.
    let readable = by_reading(bytes, name);
    match readable {
        Some(Kind::Text) | None if contains(early, b"%PDF-") => Kind::Pdf,
        Some(kind) => kind,
        None => Kind::Unknown,
    }
}

fn by_first_bytes(bytes: &[u8]) -> Option<Kind> {
    const TABLE: &[(&[u8], Kind)] = &[
        (b"\x89PNG\r\n\x1a\n", Kind::Png),
        (b"\xFF\xD8\xFF", Kind::Jpeg),
        (b"II*\0", Kind::Tiff),
        (b"MM\0*", Kind::Tiff),
        (b"II+\0", Kind::Tiff),
        (b"MM\0+", Kind::Tiff),
        (b"GIF8", Kind::OtherPicture),
        (b"BM", Kind::OtherPicture),
        (b"8BPS", Kind::OtherPicture),
        (b"{\\rtf", Kind::RichText),
        (b"7z\xBC\xAF\x27\x1C", Kind::Archive),
        (b"Rar!\x1A\x07", Kind::Archive),
        (b"\x1F\x8B", Kind::Archive),
        (b"\x7FELF", Kind::Program),
        (b"MZ", Kind::Program),
        (b"#!", Kind::Program),
        (b"\xCF\xFA\xED\xFE", Kind::Program),
        (b"\xCA\xFE\xBA\xBE", Kind::Program),
        (b"\x4C\0\0\0\x01\x14\x02\0", Kind::Program),
        (b"OggS", Kind::Recording),
        (b"ID3", Kind::Recording),
        (b"fLaC", Kind::Recording),
        (b"\x1A\x45\xDF\xA3", Kind::Recording),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zip(bytes));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(compound(bytes));
    }
    if bytes.len() > 12 && bytes.starts_with(b"RIFF") {
        return Some(if &bytes[8..12] == b"WEBP" { Kind::OtherPicture } else { Kind::Recording });
    }
    if bytes.len() > 12 && &bytes[4..8] == b"ftyp" {
        let picture = [&b"heic"[..], b"heix", b"mif1", b"avif", b"heif"].contains(&&bytes[8..12]);
        return Some(if picture { Kind::OtherPicture } else { Kind::Recording });
    }
    // Two letters are a weak sign: a text may well begin with them.
    TABLE
        .iter()
        .find(|(magic, _)| {
            bytes.starts_with(magic) && (magic.len() > 2 || *magic == b"#!" || !is_text(bytes))
        })
        .map(|(_, kind)| *kind)
}

/// Office files are zip archives; their parts' names stand in the clear.
fn zip(bytes: &[u8]) -> Kind {
    if contains(bytes, b"word/document") {
        Kind::Word
    } else if contains(bytes, b"xl/workbook") {
        Kind::Excel
    } else if contains(bytes, b"ppt/presentation") {
        Kind::PowerPoint
    } else if contains(&bytes[..bytes.len().min(200)], b"mimetypeapplication/vnd.oasis.opendocument") {
        Kind::OpenDocument
    } else {
        Kind::Archive
    }
}

/// Outlook mail and the old office files share a container; the names of its streams are UTF-16.
fn compound(bytes: &[u8]) -> Kind {
    let wide = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    if contains(bytes, &wide("__substg1.0_")) {
        Kind::OutlookMail
    } else if ["WordDocument", "Workbook", "PowerPoint Document", "Book"]
        .iter()
        .any(|s| contains(bytes, &wide(s)))
    {
        Kind::OldOffice
    } else {
        Kind::Unknown
    }
}

fn by_reading(bytes: &[u8], name: &str) -> Option<Kind> {
    if !is_text(bytes) {
        return None;
    }
    let start = &bytes[..bytes.len().min(4096)];
    let text: String = if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        start[2..].iter().filter(|b| **b != 0).map(|b| *b as char).collect()
    } else {
        String::from_utf8_lossy(start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start)).into_owned()
    };
    let text = text.trim_start().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<head", "<body", "<script", "<!--"].iter().any(|t| text.starts_with(t)) {
        return Some(Kind::WebPage);
    }
    if text.starts_with("<?xml") || text.starts_with("<svg") {
        return Some(if text.contains("<html") { Kind::WebPage } else { Kind::Xml });
    }
    if is_mail(&text) {
        return Some(Kind::Mail);
    }
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    const SCRIPTS: &[&str] =
        &["bat", "cmd", "ps1", "vbs", "js", "hta", "sh", "py", "reg", "scr", "wsf", "jar"];
    Some(if SCRIPTS.contains(&ending.as_str()) { Kind::Program } else { Kind::Text })
}

/// A mail begins with header lines, at least two of them well known.
fn is_mail(text: &str) -> bool {
    const KNOWN: &[&str] = &[
        "from:",
        "to:",
        "subject:",
        "date:",
        "received:",
        "return-path:",
        "message-id:",
        "mime-version:",
        "delivered-to:",
        "content-type:",
        "x-",
    ];
    let headers = text.lines().take_while(|line| !line.is_empty());
    let mut known = 0;
    let mut travelled = false;
    for line in headers.take(40) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some(which) = KNOWN.iter().position(|k| line.starts_with(k)) else {
            if line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' ')) {
                continue;
            }
            return false;
        };
        known += 1;
        // A printed or typed text may begin "From: … Subject: …"; these lines only a machine writes.
        travelled |= which >= 4;
    }
    known >= 2 && travelled
}

/// Text: no control bytes but the usual ones, in UTF-8, Latin-1 or UTF-16 with its mark.
fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return true;
    }
    start.iter().all(|b| *b >= 0x20 && *b != 0x7F || matches!(b, b'\t' | b'\r' | b'\n' | 0x0C))
}

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], name: &str, is: Kind, why: &str) {
        assert_eq!(sniff(bytes, name), is, "{name}: {why}");
    }

    #[test]
    fn a_kind_is_told_by_the_bytes() {
        let wide = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let ole = |s: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 600], wide(s)].concat();
        let zip =
            |s: &str| [b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), vec![0; 20], s.as_bytes().to_vec()].concat();
        check(b"%PDF-1.4\n", "a.pdf", Kind::Pdf, "the header");
        check(b"%PDF-1.4\n", "a.docx", Kind::Pdf, "whatever its name says");
        check(b"\xEF\xBB\xBF%PDF-1.4\n", "a.pdf", Kind::Pdf, "a byte-order mark in front");
        check(b"\r\nHP printer\r\n%PDF-1.4\n\x00\x01", "a.pdf", Kind::Pdf, "rubbish in front");
        check(
            b"MZ\x90\0\x03 %PDF-1.4\n",
            "a.pdf",
            Kind::Program,
            "a program with a PDF header inside is a program",
        );
        check(
            b"<html><script>x</script> %PDF-1.4",
            "a.pdf",
            Kind::WebPage,
            "a page that is also a PDF is a page",
        );
        check(
            b"PK\x03\x04 .... %PDF-1.4",
            "a.pdf",
            Kind::Archive,
            "an archive that is also a PDF is an archive",
        );
        check(&zip("word/document.xml"), "a.pdf", Kind::Word, "Word behind a PDF name");
        check(&zip("xl/workbook.xml"), "a.xlsx", Kind::Excel, "Excel");
        check(&zip("ppt/presentation.xml"), "a", Kind::PowerPoint, "PowerPoint, no ending");
        check(&zip("mimetypeapplication/vnd.oasis.opendocument.text"), "a.odt", Kind::OpenDocument, "Writer");
        check(&zip("photos/1.jpg"), "a.zip", Kind::Archive, "a plain archive");
        check(&ole("__substg1.0_0037001F"), "a.msg", Kind::OutlookMail, "Outlook's stream names");
        check(&ole("WordDocument"), "a.doc", Kind::OldOffice, "Word 97");
        check(&ole("Nothing known"), "a.msg", Kind::Unknown, "the name alone does not make it mail");
        check(b"\x89PNG\r\n\x1a\n....", "a.png", Kind::Png, "PNG");
        check(b"\xFF\xD8\xFF\xE0....", "a.jpg", Kind::Jpeg, "JPEG");
        check(b"II*\0....", "a.tif", Kind::Tiff, "TIFF");
        check(b"\0\0\0\x18ftypheic....", "a.heic", Kind::OtherPicture, "a telephone's picture");
        check(b"\0\0\0\x18ftypisom....", "a.mp4", Kind::Recording, "a film");
        check(b"RIFF....WAVEfmt ", "a.wav", Kind::Recording, "sound");
        check(b"{\\rtf1\\ansi", "a.rtf", Kind::RichText, "rich text");
        check(b"<svg xmlns='x'>", "a.svg", Kind::Xml, "a drawing");
        check(b"  <!DOCTYPE HTML><p>", "a.htm", Kind::WebPage, "a page");
        check(
            b"Received: from x\r\nFrom: a@example.org\r\nSubject: x\r\n\r\nHi",
            "a.eml",
            Kind::Mail,
            "headers",
        );
        check(
            b"From: Mrs Okafor\nSubject: noise\n\nHello",
            "note.txt",
            Kind::Text,
            "typed like mail, but no mail",
        );
        check(b"Dear Ms Ellingham", "letter.pdf", Kind::Text, "text named PDF");
        check(b"BMW parked outside", "a.txt", Kind::Text, "two letters do not make a picture");
        check(b"MZ is a code", "a.txt", Kind::Text, "nor a program");
        check(b"del /q *.*", "a.bat", Kind::Program, "a script");
        check(b"#!/bin/sh", "a.pdf", Kind::Program, "a script by its first line");
        check(b"", "a.pdf", Kind::Empty, "nothing");
        check(&[0; 900], "a.pdf", Kind::Empty, "zeros only, as a failed copy leaves");
        check(&[1, 2, 3, 200, 0, 7], "a.bin", Kind::Unknown, "nothing known");
    }
}
