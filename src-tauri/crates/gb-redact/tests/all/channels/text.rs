//! Text a page draws, by every operator and in every state.

use super::*;

/// A line of content in Helvetica at 20, 100.
fn at_home(inside: &str) -> Vec<u8> {
    plain(&format!("BT /F1 12 Tf 20 100 Td {inside} ET\n"))
}

fn channels() -> Vec<Channel> {
    let state = |keys: &str| format!("/ExtGState<</G1<<{keys}>>>>");
    let mut out = vec![
        spoken("a plain string", at_home("(We met Quillfeather there) Tj")).beside(&["We met", "there"]),
        spoken("kerned TJ", at_home("[(We met Qu) -20 (ill) 15 (fea) 120 (th) (er) -300 (there)] TJ"))
            .beside(&["We met"]),
        spoken(
            "letter by letter",
            at_home(
                "[(Q) 9 (u) 9 (i) 9 (l) 9 (l) 9 (f) 9 (e) 9 (a) 9 (t) 9 (h) 9 (e) 9 (r)] \
    TJ",
            ),
        ),
        spoken("a hex string", at_home("<5175 69 6C 6C66656174686572> Tj")),
        spoken("octal escapes and broken lines", at_home("(\\121ui\\154l\\\nfeath\\145r) Tj")),
        spoken("the quote operator", at_home("14 TL (First) Tj (then Quillfeather) '")).beside(&["First"]),
        spoken("the double quote operator", at_home("14 TL (First) Tj 2 0.5 (then Quillfeather) \""))
            .beside(&["First"]),
        spoken(
            "drawn backwards in pieces",
            at_home("40.68 0 Td (ther) Tj -16.68 0 Td (fea) Tj -24 0 Td (Quill) Tj"),
        ),
        spoken("letters spaced out", at_home("3 Tc (Quillfeather) Tj")),
        spoken("words spaced and narrowed", at_home("6 Tw 70 Tz (met Quillfeather there) Tj")),
        spoken("raised text", at_home("(met ) Tj 5 Ts (Quillfeather) Tj")),
        spoken("invisible text", at_home("3 Tr (Quillfeather) Tj")),
        spoken("stroked text", at_home("1 Tr (Quillfeather) Tj")),
        spoken("filled and stroked text", at_home("2 Tr (Quillfeather) Tj")),
        spoken("white on white", at_home("1 g (Quillfeather) Tj")),
        spoken("under a box", plain(&format!("{TWIN}0 g 18 95 80 16 re f"))),
        spoken("drawn twice to look bold", at_home("(Quillfeather) Tj 0.3 0 Td (Quillfeather) Tj")),
        spoken(
            "transparent text",
            Sheet {
                content: "/G1 gs BT /F1 12 Tf 20 100 Td (Quillfeather) Tj ET",
                resources: &state("/ca 0"),
                ..Sheet::default()
            }
            .pdf(),
        ),
        spoken(
            "faint text",
            Sheet {
                content: "/G1 gs BT /F1 12 Tf 20 100 Td (Quillfeather) Tj ET",
                resources: &state("/ca 0.4/BM/Multiply"),
                ..Sheet::default()
            }
            .pdf(),
        ),
        spoken(
            "a line in a table of rules",
            plain(
                "10 90 280 24 re S 150 90 m 150 114 l S BT /F1 12 Tf 20 98 Td \
    (Quillfeather) Tj 140 0 Td (a cell) Tj ET",
            ),
        )
        .beside(&["a cell"]),
        hidden("off the page", plain(&format!("{TWIN}BT /F1 12 Tf 900 100 Td (Quillfeather) Tj ET"))),
        hidden(
            "clipped away",
            plain(&format!("{TWIN}q 200 100 5 5 re W n BT /F1 12 Tf 20 60 Td (Quillfeather) Tj ET Q")),
        ),
        hidden("nought points high", plain(&format!("{TWIN}BT /F1 0 Tf 20 60 Td (Quillfeather) Tj ET"))),
        hidden("too small to see", plain(&format!("{TWIN}BT /F1 0.01 Tf 20 60 Td (Quillfeather) Tj ET"))),
        hidden("ActualText inline", plain(&format!("/Span<</ActualText(Quillfeather)>>BDC {TWIN}EMC"))),
        hidden(
            "ActualText in UTF-16",
            plain(&format!(
                "/Span<</ActualText<FEFF005100750069006C006C0066006500610074006800650072>\
    >>BDC {TWIN}EMC"
            )),
        ),
        hidden(
            "ActualText of another word",
            plain(&format!(
                "{TWIN}/Span<</ActualText(Quillfeather)>>BDC BT /F1 12 Tf 20 60 Td \
    (initials) Tj ET EMC"
            )),
        ),
        hidden(
            "ActualText in properties",
            Sheet {
                content: &format!("/Span/P1 BDC {TWIN}EMC"),
                resources: "/Properties<</P1<</ActualText(Quillfeather)/Alt(Quillfeather)/E\
    (Quillfeather)>>>>",
                ..Sheet::default()
            }
            .pdf(),
        ),
        hidden(
            "a name of properties",
            Sheet {
                content: &format!("/Span/Quillfeather BDC {TWIN}EMC"),
                resources: "/Properties<</Quillfeather<</MCID 0>>>>",
                ..Sheet::default()
            }
            .pdf(),
        ),
        hidden("a marked point", plain(&format!("{TWIN}/Note<</T(Quillfeather)>>DP /Quillfeather MP"))),
        hidden(
            "an artefact",
            plain(&format!("{TWIN}/Artifact<</Type/Pagination/Contents(Quillfeather)>>BDC EMC")),
        ),
        hidden("a comment", plain(&format!("{TWIN}% written by Quillfeather\n"))),
        hidden("an operator nobody knows", plain(&format!("{TWIN}BX (Quillfeather) xyzzy EX"))),
        hidden("operands nobody takes", plain(&format!("{TWIN}(Quillfeather) (Quillfeather) q Q"))),
        hidden(
            "after a mistake",
            plain(&format!("{TWIN}ET Q Q >> ) BT /F9 12 Tf 20 60 Td (Quillfeather) Tj")),
        ),
        spoken(
            "a hyphenated name",
            plain(
                "BT /F1 12 Tf 14 TL 20 110 Td (Ask our Quill-) Tj T* (feather today) Tj \
    ET",
            ),
        )
        .hunting(&["Quill", "feather"])
        .beside(&["Ask our", "today"]),
        spoken(
            "a soft hyphen",
            plain(
                "BT /F1 12 Tf 14 TL 20 110 Td (Ask our Quill\\255) Tj T* (feather today) \
    Tj ET",
            ),
        )
        .hunting(&["Quill", "feather"]),
        spoken("another case", at_home("(QUILLFEATHER and quillfeather) Tj")).beside(&["and"]),
        spoken("inside a longer word", at_home("(the Quillfeathers were out) Tj")).beside(&["were out"]),
        spoken("a possessive", at_home("(see Quillfeather's letter) Tj")).beside(&["letter"]),
    ];
    // A phrase mark for two words, one of them the canary.
    let mut two = spoken("two words of a phrase", at_home("(We met Orla Quillfeather there) Tj"))
        .hunting(&["Orla", CANARY])
        .beside(&["We met", "there"]);
    two.marks = vec![unlabelled(phrase("Orla Quillfeather"))];
    out.push(two);
    let lines = plain("BT /F1 12 Tf 14 TL 20 110 Td (Ask Orla) Tj T* (Quillfeather today) Tj ET");
    let mut broken =
        spoken("a name over two lines", lines).hunting(&["Orla", CANARY]).beside(&["Ask", "today"]);
    broken.marks = vec![unlabelled(phrase("Orla Quillfeather"))];
    out.push(broken);
    // Clip text: first invisible, then a clip path; what shows it is the fill.
    let clip = |mode: u8, then: &str| {
        plain(&format!("q BT {mode} Tr /F1 24 Tf 20 95 Td (Quillfeather) Tj ET {then} Q"))
    };
    for mode in [4, 5, 6, 7] {
        out.push(spoken(
            &format!("text as a clip, mode {mode}"),
            clip(mode, "0.2 0.2 0.8 rg 0 80 300 60 re f"),
        ));
    }
    let mut clipped =
        drawn("text as a clip, an area marked", clip(7, "0 80 300 60 re f"), [25.0, 88.0, 140.0, 102.0]);
    clipped.planted = 1;
    out.push(clipped);
    // The content in several streams, broken in the middle of an array.
    let parts = [stream("", b"BT /F1 12 Tf 20 100 Td [(Quill) 5"), stream("", b"(feather)] TJ ET")];
    let mut objects = Sheet { more: &parts, ..Sheet::default() }.objects();
    let page =
        String::from_utf8_lossy(&objects[2].1).replace("/Contents 4 0 R", "/Contents[4 0 R 10 0 R 11 0 R]");
    objects[2].1 = page.into_bytes();
    let mut broken = spoken("content in several streams", numbered(&objects, "/Root 1 0 R"));
    broken.planted = 1;
    out.push(broken);
    out
}

#[test]
fn text_of_the_page_is_gone() {
    all_gone(channels());
}
