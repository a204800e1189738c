//! Fonts whose letters are made of letters made of letters.

use super::*;

fn be(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|w| w.to_be_bytes()).collect()
}

/// A TrueType font: each glyph is two of the next, the last a square.
fn composites(levels: u16) -> Vec<u8> {
    let square =
        [be(&[1, 0, 0, 500, 500, 3, 0]), vec![1; 4], be(&[0, 0, 500, 0]), be(&[0, 500, 0, 0xFE0C])].concat();
    let two = |next: u16| be(&[0xFFFF, 0, 0, 500, 500, 0x0023, next, 0, 0, 0x0003, next, 10, 10]);
    let mut glyphs: Vec<Vec<u8>> = vec![Vec::new()];
    glyphs.extend((1..levels).map(|i| two(i + 1)));
    glyphs.push(square);
    let (mut loca, mut glyf) = (Vec::new(), Vec::new());
    for glyph in &glyphs {
        loca.extend((glyf.len() as u32).to_be_bytes());
        glyf.extend(glyph);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
    }
    loca.extend((glyf.len() as u32).to_be_bytes());
    let count = glyphs.len() as u16;
    let mut head = be(&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000]);
    head.extend([0; 16]);
    head.extend(be(&[0, 0, 500, 500, 0, 8, 2, 1, 0]));
    let tables = [
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", be(&[1, 0, 800, 0, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, count])),
        (*b"hmtx", be(&[500, 0].repeat(usize::from(count)))),
        (*b"loca", loca),
        (*b"maxp", be(&[1, 0, count, 4, 1, 0xFFFF, 0xFFFF, 1, 0, 0, 0, 0, 0, 0, 2, 0xFFFF])),
    ];
    let mut out = be(&[1, 0, tables.len() as u16, 64, 2, 32]);
    let mut at = 12 + 16 * tables.len() as u32;
    for (tag, data) in &tables {
        out.extend(tag);
        out.extend([0, at, data.len() as u32].iter().flat_map(|v| v.to_be_bytes()));
        at += (data.len() as u32).next_multiple_of(4);
    }
    for (_, data) in &tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// An INDEX of Compact Font Format.
fn index(list: &[Vec<u8>]) -> Vec<u8> {
    if list.is_empty() {
        return be(&[0]);
    }
    let mut out = be(&[list.len() as u16]);
    out.push(4);
    let mut at = 1u32;
    for item in list {
        out.extend(at.to_be_bytes());
        at += item.len() as u32;
    }
    out.extend(at.to_be_bytes());
    out.extend(list.concat());
    out
}

/// A Compact Font whose one letter calls a subroutine that calls the next a hundred times, nine deep.
fn calls() -> Vec<u8> {
    let call = |i: u8| vec![32 + i, 29];
    let mut routines: Vec<Vec<u8>> = (1..9u8).map(|i| [call(i).repeat(100), vec![11]].concat()).collect();
    // The last draws a little line: rlineto.
    routines.push(vec![140, 140, 5, 11]);
    let letter = [vec![139, 139, 21], call(0).repeat(100), vec![14]].concat();
    let number = |v: u32| [vec![29], v.to_be_bytes().to_vec()].concat();
    let parts = |at: u32| {
        let top = [number(at), vec![17]].concat();
        [vec![1, 0, 4, 4], index(&[b"X".to_vec()]), index(&[top]), index(&[]), index(&routines)].concat()
    };
    let at = parts(0).len() as u32;
    [parts(at), index(&[vec![14], letter])].concat()
}

fn page(file_key: &str, kind: &str, file: &[u8]) -> Vec<u8> {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H\
    /DescendantFonts[7 0 R]>>";
    let cid = format!(
        "<</Type/Font/Subtype/{kind}/BaseFont/X/CIDSystemInfo<</Registry(Adobe)\
    /Ordering(Identity)/Supplement 0>>/FontDescriptor 8 0 R/CIDToGIDMap\
    /Identity>>"
    );
    let descriptor = format!(
        "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 500 500]\
    /{file_key} 9 0 R>>"
    );
    let sub = if file_key == "FontFile3" { "/Subtype/CIDFontType0C" } else { "" };
    with(
        "BT /T 12 Tf 20 100 Td <00010001> Tj ET",
        "/Font<</T 6 0 R>>",
        &[font.as_bytes().to_vec(), cid.into_bytes(), descriptor.into_bytes(), stream(sub, file)],
    )
}

#[test]
fn letters_made_of_letters_do_no_harm() {
    all_end(vec![
        case("a letter of two letters", page("FontFile2", "CIDFontType2", &composites(2)), End::Done),
        case("letters that double", page("FontFile2", "CIDFontType2", &composites(40)), End::Any),
        case(
            "letters that double past reason",
            page("FontFile2", "CIDFontType2", &composites(60_000)),
            End::Any,
        ),
        case("routines that call a hundred times", page("FontFile3", "CIDFontType0", &calls()), End::Any),
    ]);
}
