//! What comes out.

use crate::paper::*;
use gb_redact::{
    Document, Fault, Limits, Mark, MarkKind, Options, Progress, Stage, check, redact, redact_page,
};

const CANARY: &str = "Whitlock";

fn gone(bytes: &[u8], marks: &[Mark], why: &str) {
    for options in [Options::default(), as_drawn()] {
        let made = done(bytes, marks, &options);
        assert!(!holds(&everything(&made.pdf), CANARY), "{why}: in the file");
        assert!(!text(&made.pdf).contains(CANARY), "{why}: in its text");
        let findings = check(&made.pdf, &[CANARY.to_owned()]).unwrap().findings;
        assert!(findings.is_empty(), "{why}: {findings:?}");
        assert!(!serde_json::to_string(&made.certificate).unwrap().contains(CANARY), "{why}: certificate");
        assert!(!format!("{made:?}").contains(CANARY), "{why}: printing");
        assert_eq!(made.certificate.checks.len(), 7, "{why}: proved");
    }
}

#[test]
fn a_name_is_gone_wherever_it_was() {
    gone(&letter("Dana Whitlock"), &[phrase(CANARY)], "plain text");
    let tr3 = page(
        "BT /F1 11 Tf 72 720 Td (Kept words) Tj ET 0 g 72 690 60 16 re f BT 3 Tr /F1 11 Tf 72 700 Td (Whitlock) Tj ET",
        "",
        &[],
    );
    gone(&tr3, &[phrase(CANARY)], "invisible text");
    let look = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>",
        b"BT /F1 11 Tf 2 5 Td (Whitlock) Tj ET",
    );
    let widget =
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Whitlock)/Rect[100 600 300 620]/AP<</N 7 0 R>>/F 4>>"
            .to_vec();
    gone(
        &page(&lines(&["Kept"]), "/Annots[8 0 R]", &[look, widget]),
        &[phrase(CANARY)],
        "a form field and its value",
    );
    let note = b"<</Type/Annot/Subtype/Text/Contents(Whitlock)/Rect[10 10 20 20]>>".to_vec();
    gone(
        &page(&lines(&["Whitlock was here"]), "/Annots[7 0 R]/PieceInfo<</X (Whitlock)>>", &[note]),
        &[phrase(CANARY)],
        "a note",
    );
    gone(
        &page("/Span<</ActualText(Whitlock)>>BDC BT /F1 11 Tf 72 700 Td (Whitlock) Tj ET EMC", "", &[]),
        &[phrase(CANARY)],
        "actual text",
    );
    gone(
        &letter("Dana Whitlock"),
        &[Mark { id: 1, kind: MarkKind::WholePage { page: 1 }, code: "LPP".into() }],
        "a whole page",
    );
    for keys in ["/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox[50 400 500 800]"] {
        let content = "BT /F1 11 Tf 1 0 0 1 100 700 Tm (Dana Whitlock is here) Tj ET";
        gone(&page(content, keys, &[]), &[phrase(CANARY)], keys);
    }
    // Never marked, but nobody can see it: under another program's box, and white on white.
    let under = page(
        "BT /F1 11 Tf 72 720 Td (Kept words) Tj 0 -20 Td (Whitlock) Tj ET 0 g 70 695 60 16 re f",
        "",
        &[],
    );
    gone(&under, &[], "under a box");
    let white = page("BT /F1 11 Tf 72 720 Td (Kept words) Tj 1 g 0 -20 Td (Whitlock) Tj ET", "", &[]);
    gone(&white, &[], "white on white");
    let off = page("BT /F1 11 Tf 72 720 Td (Kept words) Tj 900 0 Td (Whitlock) Tj ET", "", &[]);
    gone(&off, &[], "off the page");
}

/// Somebody drew a box over a part of a word, and nobody marked it: the letters under it go, the others stay.
#[test]
fn letters_under_a_box_are_not_carried() {
    for (over, covered, seen) in
        [("70 695 27 16", "quillf", vec!["eather"]), ("86.5 695 16.7 16", "illfe", vec!["Qu", "ather"])]
    {
        let content =
            format!("BT /F1 11 Tf 72 720 Td (Kept words) Tj 0 -20 Td (Quillfeather) Tj ET 0 g {over} re f");
        for marks in [vec![], vec![phrase("words")]] {
            let made = done(&page(&content, "", &[]), &marks, &Options::default());
            let said = text(&made.pdf);
            assert!(!said.to_lowercase().contains(covered), "{covered} can still be read: {said}");
            assert!(seen.iter().all(|s| said.contains(s)), "{seen:?} is seen and stays: {said}");
            assert!(!holds(&everything(&made.pdf), covered), "{covered} stands in the file");
            let found = check(&made.pdf, &["Quillfeather".to_owned(), covered.to_owned()]).unwrap().findings;
            assert!(found.is_empty(), "a stranger finds {found:?}");
        }
    }
}

#[test]
fn what_is_not_marked_stays() {
    let made = done(&letter("Dana Whitlock"), &[phrase("Dana Whitlock")], &Options::default());
    let said = text(&made.pdf);
    for line in [
        "Dear Ms Okafor,",
        "on 3 March about the noise at number 12.",
        "A copy was sent to",
        "and to the warden.",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_eq!(made.certificate.boxes_by_code.get("3P"), Some(&2));
    assert_eq!(made.certificate.words_swallowed, 0);
}

/// Two letters that differ only in the name, one short and one long, come out as the same bytes.
#[test]
fn the_width_of_a_box_says_nothing() {
    let names = ["Al Li", "Dana Whitlock", "Bartholomew Featherstonehaugh"];
    let pdfs: Vec<Vec<u8>> =
        names.iter().map(|n| done(&letter(n), &[phrase(n)], &Options::default()).pdf).collect();
    assert!(pdfs[0] == pdfs[1] && pdfs[1] == pdfs[2], "the same bytes for every name");
    let as_they_were = done(&letter(names[0]), &[phrase(names[0])], &as_drawn()).pdf;
    let other = done(&letter(names[1]), &[phrase(names[1])], &as_drawn()).pdf;
    assert!(as_they_were != other, "boxes as drawn do tell, which is why the certificate warns");
}

#[test]
fn the_same_bytes_on_one_thread_and_on_many() {
    let bytes = many(7);
    let with = |threads| done(&bytes, &[phrase("Whitlock")], &Options { threads, ..Options::default() }).pdf;
    assert!(with(1) == with(2) && with(2) == with(0));
}

pub fn many(pages: usize) -> Vec<u8> {
    let kids: String = (0..pages).map(|i| format!("{} 0 R ", 4 + i * 2)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {pages}/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        .into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    for i in 0..pages {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 5 + i * 2).into_bytes());
        objects.push(stream(
            "",
            lines(&[&format!("Page {i} says"), "that Dana Whitlock called", "twice"]).as_bytes(),
        ));
    }
    file(&objects)
}

#[test]
fn an_area_is_black_and_the_rest_is_as_it_was() {
    let bytes = page("0.5 g 100 500 200 100 re f 0 g BT /F1 11 Tf 72 720 Td (Kept words) Tj ET", "", &[]);
    let mark = area(1, [150.0, 260.0, 250.0, 320.0]);
    let made = done(&bytes, &[mark], &Options::default());
    let picture = open(&made.pdf).render(1, 72.0).unwrap();
    let at = |x: u32, y: u32| picture.rgb[((y * picture.width + x) * 3) as usize];
    assert!(at(155, 265) < 40 && at(245, 315) < 40, "black inside");
    assert!(at(120, 290).abs_diff(128) < 30, "grey beside it");
    assert!(at(400, 290) > 240, "white beyond");
    assert!(text(&made.pdf).contains("Kept words"));
}

#[test]
fn a_scan_keeps_its_look_and_its_other_words() {
    // A picture with an OCR layer: noise for paper, so that nothing can be set again.
    let samples: Vec<u8> =
        (0..200 * 280u32).map(|i| 200 + (i.wrapping_mul(2_654_435_761) >> 27) as u8).collect();
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 200/Height 280/ColorSpace/DeviceGray/BitsPerComponent 8",
        &samples,
    );
    let content = "q 595 0 0 842 0 0 cm /X1 Do Q BT 3 Tr /F1 11 Tf 72 700 Td (We met Dana Whitlock in the office today) Tj ET";
    let bytes = page(content, "", &[image]);
    let made = done(&bytes, &[phrase("Whitlock")], &Options::default());
    let said = text(&made.pdf);
    assert!(!said.contains("Whitlock") && said.contains("today"), "{said}");
    assert!(made.certificate.page_records[0].boxes == 1);
    assert!(made.certificate.words_swallowed > 0, "the box grew over its neighbours");
}

/// Grey print and hairlines are not lost when a page becomes black and white.
#[test]
fn faint_things_do_not_vanish() {
    let content = "0.68 g BT /F1 10 Tf 72 720 Td (Grey print in the margin) Tj ET 0.3 w 72 600 m 300 600 l S";
    let made = done(&page(content, "", &[]), &[], &Options::default());
    let picture = open(&made.pdf).render(1, 144.0).unwrap();
    let ink = |x0: u32, y0: u32, x1: u32, y1: u32| {
        (y0..y1)
            .flat_map(|y| (x0..x1).map(move |x| (x, y)))
            .filter(|(x, y)| picture.rgb[((y * picture.width + x) * 3) as usize] < 200)
            .count()
    };
    assert!(ink(144, 220, 400, 250) > 300, "grey print: {}", ink(144, 220, 400, 250));
    assert!(ink(144, 478, 600, 490) > 300, "a hairline: {}", ink(144, 478, 600, 490));
}

#[test]
fn one_page_for_looking_at() {
    let bytes = many(3);
    let pdf = redact_page(&open(&bytes), &[phrase("Whitlock")], 2, &Options::default()).unwrap();
    assert_eq!(open(&pdf).page_count(), 1);
    assert!(text(&pdf).contains("Page 1 says") && !text(&pdf).contains("Whitlock"));
}

#[test]
fn work_stops_when_asked() {
    struct Stop;
    impl Progress for Stop {
        fn at(&self, _: u32, _: u32, _: Stage) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let doc = Document::open(many(40), None, &Limits::default()).unwrap();
    assert_eq!(redact(&doc, &[], &Options::default(), &Stop).err(), Some(Fault::Cancelled));
}

/// Foreign tools agree, where they are installed.
#[test]
fn other_readers_agree() {
    let made = done(&letter("Dana Whitlock"), &[phrase("Whitlock")], &Options::default());
    let path = std::env::temp_dir().join(format!("gb-redact-{}.pdf", std::process::id()));
    std::fs::write(&path, &made.pdf).unwrap();
    let run = |tool: &str, args: &[&str]| {
        std::process::Command::new(tool).args(args).arg(&path).arg("-").output().ok()
    };
    if let Some(out) = run("pdftotext", &[]) {
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(
            said.contains("The repairs team will call on Tuesday. Nothing else is needed from you."),
            "{said}"
        );
        assert!(!said.contains("Whitlock"));
    }
    if let Ok(out) = std::process::Command::new("qpdf").arg("--check").arg(&path).output() {
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
    }
    std::fs::remove_file(&path).unwrap();
}

/// A name with deep or tall letters leaves the same bytes as one without: neither ink at the edge of what was
/// cleared nor the height of a box may tell them apart. Seen before: the foot of the g of a street's name stood below
/// the cleared line.
#[test]
fn the_foot_of_a_letter_is_not_left_behind() {
    for (size, y) in [(9.0, 700.0), (10.5, 655.37), (11.0, 512.61), (12.0, 333.19), (17.0, 410.83)] {
        let made = |name: &str| {
            let content =
                format!("BT /F1 {size} Tf 72 {y} Td (We spoke to {name} about the fence today.) Tj ET");
            done(&page(&content, "", &[]), &[phrase(name)], &Options::default()).pdf
        };
        let first = made("ones");
        for name in ["gjpqy", "Qj|gj", "mmmm", "il", "Jaggy Quigley"] {
            assert!(made(name) == first, "{size} points: “{name}” leaves a trace");
        }
    }
}
