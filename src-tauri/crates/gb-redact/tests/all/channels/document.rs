//! What a file says besides its pages.

use super::*;

fn catalog(keys: &str, more: &[Vec<u8>]) -> Vec<u8> {
    Sheet { content: TWIN, catalog: keys, more, ..Sheet::default() }.pdf()
}

fn page_keys(keys: &str, more: &[Vec<u8>]) -> Vec<u8> {
    Sheet { content: TWIN, page: keys, more, ..Sheet::default() }.pdf()
}

fn trailer(keys: &str, more: &[Vec<u8>]) -> Vec<u8> {
    Sheet { content: TWIN, trailer: keys, more, ..Sheet::default() }.pdf()
}

const XMP: &[u8] =
    b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>\
    <dc:creator>Quillfeather</dc:creator></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";

fn xmp() -> Vec<u8> {
    stream("/Type/Metadata/Subtype/XML", XMP)
}

/// A packet in UTF-16, as some cameras write it.
fn xmp_wide() -> Vec<u8> {
    let text = String::from_utf8_lossy(XMP).into_owned();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    stream("/Type/Metadata/Subtype/XML/Filter/FlateDecode", &deflate(&wide))
}

fn o(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn metadata() -> Vec<Channel> {
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray\
    /BitsPerComponent 8/Metadata 11 0 R",
        b"\x80",
    );
    let drawn = format!("{TWIN}q 20 0 0 20 250 20 cm /X1 Do Q");
    let image = Sheet {
        content: &drawn,
        resources: "/XObject<</X1 10 0 R>>",
        more: &[image, xmp()],
        ..Sheet::default()
    }
    .pdf();
    vec![
        hidden(
            "document information",
            trailer(
                "/Info 10 0 R",
                &[o("<</Title(Quillfeather)/Author(Quillfeather)/Keywords\
    <FEFF005100750069006C006C0066006500610074006800650072>>>")],
            ),
        ),
        hidden(
            "document information of its own kind",
            trailer("/Info<</Quillfeather(x)/CaseWorker(Quillfeather)>>", &[]),
        ),
        hidden("XMP of the document", catalog("/Metadata 10 0 R", &[xmp()])),
        hidden("XMP in UTF-16", catalog("/Metadata 10 0 R", &[xmp_wide()])),
        hidden("XMP of the page", page_keys("/Metadata 10 0 R", &[xmp()])),
        hidden("XMP of a picture", image),
        hidden("file identifiers", trailer("/ID[(Quillfeather)<5175696C6C66656174686572>]", &[])),
        hidden("keys of the trailer", trailer("/Quillfeather(Quillfeather)/DocChecksum/Quillfeather", &[])),
        hidden(
            "private data of the document",
            catalog(
                "/PieceInfo<</Maker<</LastModified(D:2026)/Private 10 0 R>>>>",
                &[o("<</Who(Quillfeather)>>")],
            ),
        ),
        hidden(
            "private data of the page",
            page_keys(
                "/PieceInfo<</Maker<</LastModified(D:2026)/Private 10 0 R>>>>",
                &[stream("", b"Quillfeather")],
            ),
        ),
        hidden(
            "a thumbnail",
            page_keys(
                "/Thumb 10 0 R",
                &[stream("/Width 4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8", b"Quillfeather....")],
            ),
        )
        .trace(b"Quillfeather...."),
        hidden("the language", catalog("/Lang(Quillfeather)", &[])),
        hidden(
            "an output intent",
            catalog(
                "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1\
    /OutputConditionIdentifier(Quillfeather)/Info(Quillfeather)>>]",
                &[],
            ),
        ),
        hidden(
            "extensions and requirements",
            catalog(
                "/Extensions<</QUIL<</BaseVersion/1.7/URL(http://x.test/Quillfeather)>>>>\
    /Requirements[<</S/EnableJavaScripts/RH<</S/JS/Script(Quillfeather)>>>>\
    ]",
                &[],
            ),
        ),
        hidden(
            "a page's own keys",
            page_keys(
                "/Quillfeather(Quillfeather)/ID<5175696C6C66656174686572>/Trans<</D\
    (Quillfeather)>>/Tabs/Quillfeather",
                &[],
            ),
        ),
        hidden(
            "a page's viewports and measures",
            page_keys(
                "/VP[<</Type/Viewport/BBox[0 0 9 9]/Name(Quillfeather)/Measure<</Type\
    /Measure/R(Quillfeather)>>>>]",
                &[],
            ),
        ),
    ]
}

fn ways_in() -> Vec<Channel> {
    vec![
        hidden(
            "bookmarks",
            catalog(
                "/Outlines 10 0 R",
                &[
                    o("<</Type/Outlines/First 11 0 R/Last 12 0 R/Count 2>>"),
                    o("<</Title(Quillfeather)/Parent 10 0 R/Next 12 0 R/Dest[3 0 R/Fit]>>"),
                    o("<</Title<FEFF005100750069006C006C0066006500610074006800650072>/Parent \
    10 0 R/Prev 11 0 R/A<</S/GoTo/D(Quillfeather)>>>>"),
                ],
            ),
        ),
        hidden(
            "destinations by name",
            catalog(
                "/Names<</Dests<</Kids[10 0 R]>>>>",
                &[o("<</Limits[(Quillfeather)(Quillfeather)]/Names[(Quillfeather)[3 0 R\
    /Fit]]>>")],
            ),
        ),
        hidden("destinations as before", catalog("/Dests<</Quillfeather[3 0 R/Fit]>>", &[])),
        hidden("page labels", catalog("/PageLabels<</Nums[0<</P(Quillfeather-)/S/D>>]>>", &[])),
        hidden(
            "articles",
            catalog(
                "/Threads[10 0 R]",
                &[
                    o("<</Type/Thread/F 11 0 R/I<</Title(Quillfeather)/Author(Quillfeather)>>>>"),
                    o("<</Type/Bead/T 10 0 R/N 11 0 R/V 11 0 R/P 3 0 R/R[0 0 9 9]>>"),
                ],
            ),
        ),
        hidden(
            "scripts of the document",
            catalog(
                "/Names<</JavaScript<</Names[(Quillfeather) 10 0 R]>>>>",
                &[
                    o("<</S/JavaScript/JS 11 0 R>>"),
                    stream("/Filter/FlateDecode", &deflate(b"app.alert('Quillfeather')")),
                ],
            ),
        ),
        hidden(
            "what opening does",
            catalog("/OpenAction<</S/JavaScript/JS(app.alert\\('Quillfeather'\\))>>", &[]),
        ),
        hidden(
            "what opening a page does",
            page_keys(
                "/AA<</O<</S/JavaScript/JS(Quillfeather)>>/C<</S/SubmitForm/F(http:/\
    /x.test/Quillfeather)>>>>",
                &[],
            ),
        ),
        hidden(
            "what closing does",
            catalog(
                "/AA<</WC<</S/JavaScript/JS(Quillfeather)>>>>/URI<</Base(http://x.test\
    /Quillfeather/)>>",
                &[],
            ),
        ),
        hidden(
            "a page kept as a template",
            catalog(
                "/Names<</Templates<</Names[(Quillfeather) 10 0 R]>>>>",
                &[
                    o("<</Type/Template/MediaBox[0 0 9 9]/Contents 11 0 R>>"),
                    stream("", b"BT (Quillfeather) Tj ET"),
                ],
            ),
        ),
        hidden(
            "captured from the web",
            catalog(
                "/SpiderInfo<</V 1/C[10 0 R]>>/Names<</URLS<</Names[(http://x.test\
    /Quillfeather) 10 0 R]>>/IDS<</Names[(Quillfeather) 10 0 R]>>>>",
                &[o("<</URL(http://x.test/Quillfeather)/S(Quillfeather)>>")],
            ),
        ),
        hidden(
            "slide shows and renditions",
            catalog(
                "/Names<</Renditions<</Names[(Quillfeather) 10 0 R]>>\
    /AlternatePresentations<</Names[(Quillfeather) 10 0 R]>>>>",
                &[o("<</Type/Rendition/S/MR/N(Quillfeather)>>")],
            ),
        ),
        hidden(
            "signatures of the document",
            catalog(
                "/Perms<</DocMDP 10 0 R>>/Legal<</Attestation(Quillfeather)>>/DSS<</Certs\
    [11 0 R]>>",
                &[
                    o("<</Type/Sig/Filter/Adobe.PPKLite/Name(Quillfeather)/Contents\
    <5175696C6C66656174686572>/Reference[<</Data 1 0 R/DigestValue\
    (Quillfeather)>>]>>"),
                    stream("", b"0\x82 Quillfeather"),
                ],
            ),
        ),
    ]
}

fn attachments() -> Vec<Channel> {
    let spec = |more: &str| {
        format!(
            "<</Type/Filespec/F(Quillfeather.txt)/UF(Quillfeather.txt)/Desc\
    (Quillfeather)/EF<</F 11 0 R>>{more}>>"
        )
        .into_bytes()
    };
    let file = |data: &[u8]| {
        stream(
            "/Type/EmbeddedFile/Subtype/text#2Fplain/Filter/FlateDecode/Params<<\
    /CheckSum(Quillfeather)>>",
            &deflate(data),
        )
    };
    let names = "/Names<</EmbeddedFiles<</Names[(Quillfeather.txt) 10 0 R]>>>>";
    // A locked file inside: what can be known of it is its cipher.
    let locked = include_bytes!("../../fixtures/channels/aes-256.pdf");
    let cipher = hunter::streams(locked)[0][..24].to_vec();
    vec![
        hidden("an attachment", catalog(names, &[spec(""), file(b"a letter to Quillfeather")])),
        hidden("an attached PDF", catalog(names, &[spec(""), file(&plain(TWIN))])),
        hidden(
            "an attached PDF that is locked",
            catalog(names, &[spec(""), stream("/Type/EmbeddedFile", locked)]),
        )
        .trace(&cipher),
        hidden(
            "an attachment that is locked",
            catalog(
                names,
                &[
                    spec(
                        "/EncryptedPayload<</Subtype/Quillfeather/Version(1)>>/AFRelationship\
    /EncryptedPayload",
                    ),
                    stream("/Type/EmbeddedFile", &cipher),
                ],
            ),
        )
        .trace(&cipher),
        hidden(
            "associated files",
            catalog("/AF[10 0 R]", &[spec("/AFRelationship/Source"), file(b"Quillfeather")]),
        ),
        hidden("associated files of the page", page_keys("/AF[10 0 R]", &[spec(""), file(b"Quillfeather")])),
        hidden(
            "related files",
            catalog(names, &[spec("/RF<</F[(Quillfeather.part) 11 0 R]>>"), file(b"Quillfeather")]),
        ),
        hidden(
            "a portfolio",
            catalog(
                &format!(
                    "{names}/Collection<</Type/Collection/D(Quillfeather)/Schema<</Who<<\
    /Subtype/S/N(Quillfeather)>>>>/Folders<</ID 0/Name(Quillfeather)>>>>"
                ),
                &[spec("/CI<</Who(Quillfeather)>>/Thumb 11 0 R"), file(b"Quillfeather")],
            ),
        ),
        hidden(
            "a content that lies in another file",
            Sheet {
                content: TWIN,
                more: &[stream("/F(Quillfeather.bin)/FFilter/FlateDecode", b"")],
                ..Sheet::default()
            }
            .pdf(),
        ),
    ]
}

#[test]
fn what_is_said_of_the_file_is_gone() {
    all_gone(metadata());
}

#[test]
fn ways_into_the_file_are_gone() {
    all_gone(ways_in());
}

#[test]
fn files_inside_the_file_are_gone() {
    all_gone(attachments());
}
