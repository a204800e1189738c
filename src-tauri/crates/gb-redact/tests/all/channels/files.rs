//! The file around the pages: revisions, orphans, object streams, broken tables, ciphers, filters.

use super::*;

fn sheet<'s>() -> Sheet<'s> {
    Sheet { content: TWIN, ..Sheet::default() }
}

/// The file with a later state of some objects behind it, and a table of them.
fn revised(first: Vec<u8>, later: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut out = first;
    let before = previous(&out);
    let mut table = String::from("xref\n");
    for (number, body) in later {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(table.bytes());
    out.extend(
        format!(
            "trailer\n<</Size 60/Root 1 0 R/Prev {before}>\
    >\nstartxref\n{start}\n%%EOF\n"
        )
        .bytes(),
    );
    out
}

fn previous(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf).into_owned();
    let last = text.rsplit("startxref").next().unwrap_or_default();
    last.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// A file whose objects without streams lie in an object stream, with a cross-reference stream, or a table as well
/// (`hybrid`), which then knows nothing of what lies inside.
fn packed(objects: &[(u32, Vec<u8>)], hybrid: bool) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut entries = vec![(0u8, 0u32, 65_535u16); 52];
    let is_stream = |body: &[u8]| find(body, b"endstream").is_some();
    // A reader of the table must find the catalog.
    let loose = |n: u32, body: &[u8]| is_stream(body) || (hybrid && n <= 3);
    let put = |out: &mut Vec<u8>, entries: &mut Vec<(u8, u32, u16)>, n: u32, body: &[u8]| {
        entries[n as usize] = (1, out.len() as u32, 0);
        out.extend(format!("{n} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    };
    let (mut head, mut inside) = (String::new(), Vec::new());
    for (i, (n, body)) in (0..).zip(objects.iter().filter(|(n, b)| !loose(*n, b))) {
        head.push_str(&format!("{n} {} ", inside.len()));
        inside.extend(body);
        inside.push(b'\n');
        entries[*n as usize] = (2, 50, i);
    }
    for (n, body) in objects.iter().filter(|(n, b)| loose(*n, b)) {
        put(&mut out, &mut entries, *n, body);
    }
    let count = head.split_whitespace().count() / 2;
    let data = [head.as_bytes(), &inside].concat();
    let keys = format!("/Type/ObjStm/N {count}/First {}/Filter/FlateDecode", head.len());
    put(&mut out, &mut entries, 50, &stream(&keys, &deflate(&data)));
    let start = out.len();
    entries[51] = (1, start as u32, 0);
    let rows: Vec<u8> = entries
        .iter()
        .flat_map(|(k, a, b)| [vec![*k], a.to_be_bytes().to_vec(), b.to_be_bytes().to_vec()].concat())
        .collect();
    let keys = "/Type/XRef/Size 52/W[1 4 2]/Root 1 0 R/Filter/FlateDecode";
    out.extend(b"51 0 obj\n");
    out.extend(stream(keys, &deflate(&rows)));
    out.extend(b"\nendobj\n");
    let mut end = start;
    if hybrid {
        end = out.len();
        out.extend(b"xref\n0 52\n");
        for (kind, at, _) in &entries {
            let line =
                if *kind == 1 { format!("{at:010} 00000 n \n") } else { "0000000000 65535 f \n".to_owned() };
            out.extend(line.bytes());
        }
        out.extend(format!("trailer\n<</Size 52/Root 1 0 R/XRefStm {start}>>\n").bytes());
    }
    out.extend(format!("startxref\n{end}\n%%EOF\n").bytes());
    out
}

fn states() -> Vec<Channel> {
    let mut say = sheet().objects();
    let kept = stream("", format!("{KEEPERS}{TWIN}").as_bytes());
    say[3].1 = stream("", format!("{KEEPERS}{TWIN}{TWIN}% Quillfeather\n").as_bytes());
    let first = numbered(&say, "/Root 1 0 R");
    let mut extra = sheet().objects();
    extra.push((10, b"(Quillfeather)".to_vec()));
    extra.push((11, stream("/Filter/FlateDecode", &deflate(b"BT (Quillfeather) Tj ET"))));
    extra.push((12, b"<</Type/Page/MediaBox[0 0 9 9]/Contents 11 0 R>>".to_vec()));
    let orphans = numbered(&extra, "/Root 1 0 R");
    let freed = String::from_utf8_lossy(&numbered(&extra[..7], "/Root 1 0 R")).into_owned();
    let freed = freed.trim_end().to_owned();
    let mut removed = numbered(&sheet().objects(), "/Root 1 0 R");
    removed = revised(
        removed,
        &[
            (2, b"<</Type/Pages/Kids[3 0 R 10 0 R]/Count 2>>".to_vec()),
            (
                10,
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 11 0 R\
    /Resources<</Font<</F1 5 0 R>>>>>>"
                    .to_vec(),
            ),
            (11, stream("", b"BT /F1 12 Tf 9 9 Td (Quillfeather) Tj ET")),
        ],
    );
    removed = revised(removed, &[(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec())]);
    vec![
        hidden("an earlier state of the page", revised(first.clone(), &[(4, kept.clone())])),
        hidden(
            "two earlier states",
            revised(revised(first, &[(4, stream("", b"(Quillfeather)"))]), &[(4, kept)]),
        ),
        hidden("a page taken away later", removed),
        hidden("objects nothing points at", orphans),
        hidden("an object that was freed", freed.into_bytes()),
        hidden(
            "bytes before the beginning",
            [b"From: Quillfeather\r\n".to_vec(), numbered(&sheet().objects(), "/Root 1 0 R")].concat(),
        ),
        hidden(
            "bytes after the end",
            [numbered(&sheet().objects(), "/Root 1 0 R"), b"Quillfeather".to_vec()].concat(),
        ),
        hidden("bytes between objects", between(b"\n% Quillfeather\n(Quillfeather)\n")),
        hidden(
            "a comment after the version",
            String::from_utf8_lossy(&numbered(&sheet().objects(), "/Root 1 0 R"))
                .replacen("%PDF-1.7\n", "%PDF-1.7\n%Quillfeather\n", 1)
                .into_bytes(),
        ),
    ]
}

/// Something between two objects, the table mended.
fn between(what: &[u8]) -> Vec<u8> {
    let mut objects = sheet().objects();
    objects[4].1.extend(b"\nendobj\n");
    objects[4].1.extend(what);
    objects[4].1.extend(b"40 0 obj null");
    numbered(&objects, "/Root 1 0 R")
}

fn tables() -> Vec<Channel> {
    let mut objects = sheet().objects();
    objects.push((10, b"<</Title(Quillfeather)>>".to_vec()));
    let whole = numbered(&sheet().objects(), "/Root 1 0 R");
    let text = String::from_utf8_lossy(&whole).into_owned();
    let table = text.rfind("xref\n0").unwrap_or(0);
    let shifted = [b"\n\n\n\n\n\n".to_vec(), whole.clone()].concat();
    let wrong: String =
        text.char_indices().map(|(i, c)| if i > table && c == '1' { '3' } else { c }).collect();
    vec![
        hidden("an object stream", packed(&objects, false)),
        hidden("a hybrid file", packed(&objects, true)),
        spoken("a table that points wrong", wrong.into_bytes()),
        spoken("a table that begins elsewhere", shifted),
        spoken(
            "no table at all",
            whole[..find(&whole, b"xref\n0").unwrap_or(0)]
                .iter()
                .copied()
                .chain(*b"trailer\n<</Root 1 0 R>>\n%%EOF\n")
                .collect(),
        ),
        hidden("a file made for the web", include_bytes!("../../fixtures/channels/linear.pdf").to_vec())
            .keeping(&["Harbour lights", "Lantern below"]),
        hidden(
            "another program's object streams",
            include_bytes!("../../fixtures/channels/objstm.pdf").to_vec(),
        ),
        hidden(
            "two objects of one number",
            between(
                b"\n4 0 obj\n<</Length 20>>stream\nBT (Quillfeather) \
    Tj\nendstream\nendobj\n",
            ),
        ),
    ]
}

fn ciphers() -> Vec<Channel> {
    let locked = |name: &str, bytes: &[u8], password: Option<&'static str>| {
        let mut channel = spoken(name, bytes.to_vec()).sealed().beside(&["We met", "there"]);
        channel.password = password;
        let cipher: Vec<Vec<u8>> =
            hunter::streams(bytes).iter().filter(|s| s.len() >= 20).map(|s| s[..16].to_vec()).collect();
        channel.traces = cipher;
        channel
    };
    vec![
        locked(
            "locked: RC4 of 40 bits, no password to open",
            include_bytes!("../../fixtures/channels/rc4-40.pdf"),
            None,
        ),
        locked(
            "locked: RC4 of 128 bits",
            include_bytes!("../../fixtures/channels/rc4-128.pdf"),
            Some("sesame"),
        ),
        locked(
            "locked: AES of 128 bits and object streams",
            include_bytes!("../../fixtures/channels/aes-128.pdf"),
            Some("sesame"),
        ),
        locked(
            "locked: AES of 256 bits",
            include_bytes!("../../fixtures/channels/aes-256.pdf"),
            Some("sesame"),
        ),
    ]
}

fn filters() -> Vec<Channel> {
    let content = format!("{KEEPERS}{TWIN}");
    let content = content.as_bytes();
    let with = |keys: &str, data: &[u8]| {
        let mut objects = sheet().objects();
        objects[3].1 = stream(keys, data);
        numbered(&objects, "/Root 1 0 R")
    };
    let hex: String = content.iter().map(|b| format!("{b:02x}")).collect::<String>() + ">";
    let mut runs: Vec<u8> =
        content.chunks(128).flat_map(|c| [vec![c.len() as u8 - 1], c.to_vec()].concat()).collect();
    runs.push(128);
    let mut tail = deflate(content);
    tail.extend(b"Quillfeather");
    // Stored, not packed: the words stand in the stream as they are.
    let mut stored = vec![0x78, 0x01, 0x01];
    stored.extend((content.len() as u16).to_le_bytes());
    stored.extend((!(content.len() as u16)).to_le_bytes());
    stored.extend(content);
    stored.extend([0, 0, 0, 0]);
    let rows: Vec<u8> =
        content.chunks(8).flat_map(|c| [vec![0], c.to_vec(), vec![b' '; 8 - c.len()]].concat()).collect();
    let mut short = sheet().objects();
    short[3].1 = String::from_utf8_lossy(&stream("", content)).replace("/Length", "/Length 9/L").into_bytes();
    vec![
        spoken("filter: deflated", with("/Filter/FlateDecode", &deflate(content))),
        spoken(
            "filter: deflated twice",
            with("/Filter[/FlateDecode/FlateDecode]", &deflate(&deflate(content))),
        ),
        spoken("filter: deflated but not packed", with("/Filter/FlateDecode", &stored)),
        spoken(
            "filter: rows predicted",
            with("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8>>", &deflate(&rows)),
        )
        .sealed(),
        spoken("filter: hex", with("/Filter/ASCIIHexDecode", hex.as_bytes())),
        spoken("filter: base 85", with("/Filter/ASCII85Decode", &ascii85(content))).sealed(),
        spoken("filter: run lengths", with("/Filter/RunLengthDecode", &runs)),
        spoken("filter: LZW", with("/Filter/LZWDecode", &lzw(content))).sealed(),
        spoken("filter: base 85 of deflated", with("/Filter[/A85/Fl]", &ascii85(&deflate(content)))).sealed(),
        spoken("bytes after deflated content", with("/Filter/FlateDecode", &tail)),
        spoken("a stream longer than it says", numbered(&short, "/Root 1 0 R")),
    ]
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in data.chunks(4) {
        let mut four = [0; 4];
        four[..chunk.len()].copy_from_slice(chunk);
        let mut value = u32::from_be_bytes(four);
        let mut five = [0u8; 5];
        for digit in five.iter_mut().rev() {
            *digit = (value % 85) as u8 + b'!';
            value /= 85;
        }
        if value == 0 && four == [0; 4] && chunk.len() == 4 {
            out.push(b'z');
        } else {
            out.extend(&five[..=chunk.len()]);
        }
    }
    out.extend(b"~>");
    out
}

/// LZW that never packs: each byte is its own code of nine bits, and the table is cleared before it grows.
fn lzw(data: &[u8]) -> Vec<u8> {
    let mut codes = Vec::new();
    for chunk in data.chunks(200) {
        codes.push(256u16);
        codes.extend(chunk.iter().map(|b| u16::from(*b)));
    }
    codes.push(257);
    let bits: Vec<u8> = codes.iter().flat_map(|c| (0..9).rev().map(move |i| (c >> i & 1) as u8)).collect();
    bits.chunks(8).map(|c| c.iter().fold(0, |v, b| v << 1 | b) << (8 - c.len())).collect()
}

#[test]
fn earlier_states_are_gone() {
    all_gone(states());
}

#[test]
fn tables_of_every_kind_come_out_clean() {
    all_gone(tables());
}

#[test]
fn locked_files_come_out_clean() {
    all_gone(ciphers());
}

#[test]
fn filters_of_every_kind_come_out_clean() {
    all_gone(filters());
}
