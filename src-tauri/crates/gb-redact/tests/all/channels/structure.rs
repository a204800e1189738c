//! The structure tree of a tagged file, and what it says instead of the page.

use super::*;

/// A tagged page: `elements` are the objects from 11 on, of which 11 is the document's element.
fn tagged(root: &str, page: &str, elements: &[&str]) -> Vec<u8> {
    let mut more =
        vec![format!("<</Type/StructTreeRoot/K 11 0 R/ParentTree<</Nums[0[12 0 R]]>>{root}>>").into_bytes()];
    more.extend(elements.iter().map(|e| e.as_bytes().to_vec()));
    Sheet {
        content: &format!("/P<</MCID 0>>BDC {TWIN}EMC"),
        page: &format!("/StructParents 0{page}"),
        catalog: "/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R/Lang(en)",
        more: &more,
        ..Sheet::default()
    }
    .pdf()
}

fn channels() -> Vec<Channel> {
    let doc = "<</Type/StructElem/S/Document/P 10 0 R/K 12 0 R>>";
    let leaf = |more: &str| format!("<</Type/StructElem/S/Span/P 11 0 R/Pg 3 0 R/K 0{more}>>");
    let mut out: Vec<Channel> = ["ActualText", "Alt", "E", "T", "Lang", "ID"]
        .iter()
        .map(|key| {
            hidden(
                &format!("structure: {key}"),
                tagged("", "", &[doc, &leaf(&format!("/{key}(Quillfeather)"))]),
            )
        })
        .collect();
    let wide = "<FEFF005100750069006C006C0066006500610074006800650072>";
    for key in ["ActualText", "Alt", "E", "T"] {
        let above = format!("<</Type/StructElem/S/Document/P 10 0 R/K 12 0 R/{key}{wide}>>");
        out.push(hidden(&format!("structure: {key} of an ancestor"), tagged("", "", &[&above, &leaf("")])));
    }
    out.extend([
        hidden("structure: a role map", tagged("/RoleMap<</Quillfeather/P>>", "", &[doc, &leaf("")])),
        hidden(
            "structure: a class map",
            tagged("/ClassMap<</Quillfeather<</O/Layout>>>>", "", &[doc, &leaf("/C/Quillfeather")]),
        ),
        hidden(
            "structure: names of elements",
            tagged("/IDTree<</Names[(Quillfeather) 12 0 R]>>", "", &[doc, &leaf("")]),
        ),
        hidden(
            "structure: attributes of a table",
            tagged("", "", &[doc, &leaf("/A<</O/Table/Headers[(Quillfeather)]/Summary(Quillfeather)>>")]),
        ),
        hidden(
            "structure: user properties",
            tagged(
                "",
                "",
                &[doc, &leaf("/A<</O/UserProperties/P[<</N(Name)/V(Quillfeather)/F(Quillfeather)>>]>>")],
            ),
        ),
        hidden(
            "structure: an element of its own kind",
            tagged("", "", &[doc, &leaf("").replace("/S/Span", "/S/Quillfeather")]),
        ),
        hidden(
            "structure: an associated file",
            tagged(
                "",
                "",
                &[doc, &leaf("/AF[13 0 R]"), "<</Type/Filespec/F(Quillfeather.xml)/Desc(Quillfeather)>>"],
            ),
        ),
        hidden(
            "structure: a pronunciation",
            tagged("", "", &[doc, &leaf("/Phoneme(Quillfeather)/PhoneticAlphabet/ipa")]),
        ),
        hidden(
            "structure: a namespace",
            tagged(
                "/Namespaces[<</Type/Namespace/NS(http://example.test/Quillfeather)>>]",
                "",
                &[doc, &leaf("")],
            ),
        ),
    ]);
    out
}

#[test]
fn structure_is_gone() {
    all_gone(channels());
}
