//! Guarantee 4: the width of a box says nothing. Two documents that differ only in the marked words give the same
//! output, byte for byte; and the measure of it, over 3,000 invented names.

use crate::paper::*;
use gb_redact::{Document, Mark, MarkKind, Options, Quiet, Redacted, redact};
use std::collections::BTreeMap;

/// Names of one and two words, narrow and wide, with deep, tall and overhanging letters.
const NAMES: [&str; 9] = [
    "Al Li",
    "Ila",
    "Dana Whitlock",
    "Bartholomew Featherstonehaugh",
    "Wim Mommewam",
    "jgjpqy",
    "Qj Tjf",
    "Fitzwarren",
    "Il'ill",
];

/// The six faces every reader has.
const FACES: [&str; 6] =
    ["Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Courier", "Courier-Bold"];

/// Pages with all six faces, as /F1 to /F6.
fn pages(contents: &[String], page_keys: &str) -> Vec<u8> {
    let fonts: String = (0..6).map(|i| format!("/F{} {} 0 R", i + 1, 3 + i)).collect();
    let kids: String = (0..contents.len()).map(|i| format!("{} 0 R ", 9 + 2 * i)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]/Resources<</Font<<{fonts}>>>>>>",
            contents.len()
        )
        .into_bytes(),
    ];
    for face in FACES {
        objects.push(
            format!("<</Type/Font/Subtype/Type1/BaseFont/{face}/Encoding/WinAnsiEncoding>>").into_bytes(),
        );
    }
    for (i, content) in contents.iter().enumerate() {
        objects
            .push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R{page_keys}>>", 10 + 2 * i).into_bytes());
        objects.push(stream("", content.as_bytes()));
    }
    file(&objects)
}

fn one(content: &str, page_keys: &str) -> Vec<u8> {
    pages(&[content.to_owned()], page_keys)
}

/// Lines around the one that matters, so that it has a margin to keep to.
fn around(content: &str) -> String {
    format!(
        "BT /F1 11 Tf 1 0 0 1 72 740 Tm (Dear Ms Okafor, thank you for your letter of 3 March.) Tj \
         1 0 0 1 72 560 Tm (The repairs team will call on Tuesday and look at it again with you.) Tj ET {content}"
    )
}

/// The same bytes for every name; the number of boxes and words swallowed of the first.
fn same(why: &str, document: &dyn Fn(&str) -> Vec<u8>) -> Redacted {
    let made = |name: &str| done(&document(name), &[phrase(name)], &Options::default());
    let first = made(NAMES[0]);
    for name in &NAMES[1..] {
        let other = made(name);
        let at = first.pdf.iter().zip(&other.pdf).position(|(a, b)| a != b);
        assert!(first.pdf == other.pdf, "{why}: “{name}” leaves other bytes, from {at:?} on");
    }
    assert!(!holds(&everything(&first.pdf), "Dana"), "{why}: and nothing of the name");
    first
}

#[test]
fn names_that_differ_leave_the_same_bytes() {
    same("a letter", &|name| letter(name));
    same("at the beginning of a line", &|name| {
        one(&around(&format!("BT /F3 12 Tf 72 700 Td ({name} called about the noise.) Tj ET")), "")
    });
    same("in the middle, with a comma after it", &|name| {
        one(&around(&format!("BT /F3 12 Tf 72 700 Td (We met {name}, who called.) Tj ET")), "")
    });
    same("at the end", &|name| {
        one(&around(&format!("BT /F2 9 Tf 72 700 Td (The noise was heard by {name}) Tj ET")), "")
    });
    same("alone on its line", &|name| one(&around(&format!("BT /F1 11 Tf 72 700 Td ({name}) Tj ET")), ""));
    same("in another face than the line", &|name| {
        one(
            &around(&format!(
                "BT /F1 11 Tf 72 700 Td (We met ) Tj /F2 11 Tf ({name}) Tj /F1 11 Tf ( today.) Tj ET"
            )),
            "",
        )
    });
    same("on a page that is turned", &|name| {
        one(&around(&format!("BT /F1 11 Tf 72 700 Td (We met {name} today.) Tj ET")), "/Rotate 90")
    });
    same("running up the page", &|name| {
        one(
            &format!(
                "BT /F1 11 Tf 0 1 -1 0 300 100 Tm (We met {name} today.) Tj 0 1 -1 0 340 100 Tm (And later too.) Tj ET"
            ),
            "",
        )
    });
    same("drawn larger by the page", &|name| {
        one(
            &around(&format!("q 1.3 0 0 1.3 10 20 cm BT /F1 9 Tf 60 500 Td (We met {name} today.) Tj ET Q")),
            "",
        )
    });
}

#[test]
fn typesetting_that_follows_the_name_is_undone() {
    same("kerned within and around the name", &|name| {
        let parts: String = name
            .as_bytes()
            .chunks(2)
            .enumerate()
            .map(|(i, c)| format!("({}) {} ", String::from_utf8_lossy(c), 20 + 7 * i))
            .collect();
        one(
            &around(&format!("BT /F1 11 Tf 72 700 Td [(W) 60 (e met ) -15 {parts} ( ab) 12 (out it)] TJ ET")),
            "",
        )
    });
    same("justified: word spacing takes up what the name leaves", &|name| {
        let text = format!(
            "We met {name} about the fence and he said so to the warden of the house who is in on all days but one"
        );
        let gaps = text.matches(' ').count() as f64;
        let wide = text.len() as f64 * 0.6 * 6.0;
        let word = (440.0 - wide) / gaps;
        one(&around(&format!("BT /F5 6 Tf {word:.4} Tw 72 700 Td ({text}) Tj ET")), "")
    });
    same("justified: letter spacing does", &|name| {
        let text = format!(
            "We met {name} about the fence and he said so to the warden of the house who is in on all days but one"
        );
        let wide = text.len() as f64 * 0.6 * 6.0;
        let each = (440.0 - wide) / text.len() as f64;
        one(&around(&format!("BT /F5 6 Tf {each:.4} Tc 72 700 Td ({text}) Tj ET")), "")
    });
    same("set to the right", &|name| {
        let line =
            |y: f64, text: &str| format!("{} {y} Td ({text}) Tj", 500.0 - text.len() as f64 * 0.6 * 10.0);
        let own = |y: f64, text: &str| format!("BT /F5 10 Tf {} ET ", line(y, text));
        let lines =
            own(700.0, "12 High Street") + &own(686.0, "Llandrindod") + &own(650.0, &format!("from {name}"));
        one(&around(&lines), "")
    });
    same("in the middle of the page", &|name| {
        let x = 297.5 - name.len() as f64 * 0.6 * 10.0 / 2.0;
        one(&around(&format!("BT /F5 10 Tf {x} 700 Td ({name}) Tj ET")), "")
    });
    same("underlined", &|name| {
        let (x, end) = (72.0 + 7.0 * 6.0, 72.0 + (7.0 + name.len() as f64) * 6.0);
        one(
            &around(&format!(
                "BT /F5 10 Tf 72 700 Td (We met {name} today) Tj ET 0.6 w {x} 698.5 m {end} 698.5 l S"
            )),
            "",
        )
    });
    same("marked with a colour", &|name| {
        let wide = name.len() as f64 * 6.0;
        one(
            &around(&format!(
                "1 1 0 rg 114 697 {wide} 10 re f 0 g BT /F5 10 Tf 72 700 Td (We met {name} today) Tj ET"
            )),
            "",
        )
    });
}

#[test]
fn tables_and_forms() {
    let table = same("in a cell of a ruled table", &|name| {
        let mut c = String::from("0.5 w ");
        for y in [640, 660, 680, 700] {
            c.push_str(&format!("72 {y} m 522 {y} l S "));
        }
        for x in [72, 172, 372, 522] {
            c.push_str(&format!("{x} 640 m {x} 700 l S "));
        }
        let rows = [("Name", "Role", "Seen"), (name, "Tenant", "3 March"), ("A Warden", "Warden", "4 March")];
        for (i, (a, b, d)) in rows.iter().enumerate() {
            let y = 686 - 20 * i;
            for (x, text) in [(176, a), (76, b), (376, d)] {
                c.push_str(&format!("BT /F1 9 Tf {x} {y} Td ({text}) Tj ET "));
            }
        }
        one(&around(&c), "")
    });
    assert_eq!(table.certificate.words_swallowed, 0, "nothing else in the table goes");
    same("on the rule of a form, and what stands beside it", &|name| {
        let c = format!(
            "0.5 w 120 697 m 320 697 l S BT /F1 10 Tf 72 700 Td (Name:) Tj 52 0 Td ({name}) Tj 260 0 Td (Flat: 12) Tj \
             -312 -20 Td (Road:) Tj 52 0 Td (High Street) Tj 260 0 Td (Town: Leeds) Tj ET"
        );
        one(&around(&c), "")
    });
    let crowded = same("in a cell that is nearly full", &|name| {
        let c = format!(
            "0.5 w 72 690 m 72 710 l S 268 690 m 268 710 l S 522 690 m 522 710 l S \
             BT /F1 8 Tf 76 697 Td (Signed for by {name}) Tj ET BT /F1 8 Tf 272 697 Td (in the office) Tj ET"
        );
        one(&around(&c), "")
    });
    assert_eq!(crowded.certificate.words_swallowed, 0, "a short box leaves room for all else");
}

/// Names in a picture: the DPO draws one rectangle at one place.
#[test]
fn pixels_of_names_leave_the_same_bytes() {
    let scan = |name: &str| {
        let mut samples = vec![250u8; 200 * 100];
        for (i, byte) in name.bytes().cycle().take(1200).enumerate() {
            // Something that differs with the name, in an area 60 pixels by 20.
            samples[(40 + i / 60) * 200 + 70 + i % 60] = byte;
        }
        let image = stream(
            "/Type/XObject/Subtype/Image/Width 200/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8",
            &samples,
        );
        page("q 400 0 0 200 100 500 cm /X1 Do Q BT /F1 11 Tf 72 740 Td (A scan) Tj ET", "", &[image])
    };
    // A pixel is two points; the area is 240 to 360 across, 222 to 262 down.
    let mark = area(1, [238.0, 220.0, 364.0, 266.0]);
    let first = done(&scan(NAMES[0]), std::slice::from_ref(&mark), &Options::default()).pdf;
    for name in &NAMES[1..] {
        assert!(
            done(&scan(name), std::slice::from_ref(&mark), &Options::default()).pdf == first,
            "“{name}” in pixels"
        );
    }
}

#[test]
fn a_line_break_that_may_follow_the_name_is_told() {
    let content = "BT /F1 11 Tf 14 TL 72 700 Td (They had a long talk with Whitlock) Tj T* \
                   (about the noise and the fence and) Tj T* (the dog next door) Tj ET";
    let made = done(&one(content, ""), &[phrase("Whitlock")], &Options::default());
    let told = |w: &String| w.contains("where the source broke its lines");
    assert!(made.certificate.warnings.iter().any(told), "{:?}", made.certificate.warnings);
    let inside = done(&one(content, ""), &[phrase("noise")], &Options::default());
    assert!(!inside.certificate.warnings.iter().any(told), "not for a name inside a line");
}

/// 3,000 invented surnames, put together from syllables, all different.
fn invented() -> Vec<String> {
    const START: [&str; 20] = [
        "Ab", "Bar", "Cal", "Crom", "Dal", "Eck", "Farn", "Fitz", "Gar", "Hol", "Il", "Kel", "Lang", "Mill",
        "Nett", "Ock", "Pen", "Thorn", "Vel", "Whit",
    ];
    const MIDDLE: [&str; 10] = ["", "en", "er", "ing", "is", "o", "le", "ma", "stra", "wi"];
    const END: [&str; 15] = [
        "by", "combe", "dale", "ell", "field", "ford", "ham", "ick", "ley", "lin", "lock", "man", "s", "ton",
        "worth",
    ];
    let mut out = Vec::new();
    for a in START {
        for b in MIDDLE {
            out.extend(END.iter().map(|c| format!("{a}{b}{c}")));
        }
    }
    out
}

/// What a stranger sees of a line after its box: where the next word begins, to a thousandth of an inch or so.
fn seen(made: &Redacted, count: usize) -> Vec<i32> {
    let doc: Document = open(&made.pdf);
    let mut out = Vec::new();
    for page in 1..=doc.page_count() {
        let words = doc.words(page).unwrap();
        out.extend(
            words.words.iter().filter(|w| w.text == "today").map(|w| (w.rect[0] * 20.0).round() as i32),
        );
    }
    assert_eq!(out.len(), count, "every line is there");
    out
}

/// The measure: each of 3,000 names stands on a line of its own, in six faces at three sizes; of each line it is
/// seen where the word after the box begins. A name is consistent with a line if it would leave that word there.
#[test]
fn every_name_is_as_likely_after_as_before() {
    let names = invented();
    assert_eq!(names.len(), 3000);
    let mut told: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (face, name_of_face) in FACES.iter().enumerate() {
        for size in [9.0, 11.0, 14.0] {
            // All 3,000 in one face and size; every twelfth, by width from the narrowest to the widest, in the
            // others: between two names the places of a line hold still or move with the width.
            let all = face == 2 && size == 11.0;
            let mut chosen: Vec<&String> = names.iter().collect();
            if !all {
                chosen.sort_by_key(|n| (n.len(), n.as_str()));
                chosen = chosen.into_iter().step_by(12).collect();
            }
            let per_page = (650.0 / (size * 1.6)) as usize;
            let contents: Vec<String> = chosen
                .chunks(per_page)
                .map(|chunk| {
                    let mut c = format!(
                        "BT /F{} {size} Tf {} TL 72 760 Td (Those we met:) Tj T* ",
                        face + 1,
                        size * 1.6
                    );
                    chunk.iter().for_each(|n| c.push_str(&format!("(we met {n} today) Tj T* ")));
                    c + "ET"
                })
                .collect();
            let bytes = pages(&contents, "");
            let doc = open(&bytes);
            let mut marks = Vec::new();
            for page in 1..=doc.page_count() {
                let words = doc.words(page).unwrap();
                for pair in words.words.windows(2).filter(|p| p[0].text == "met" && p[1].text != "today") {
                    let kind = MarkKind::Rects { page, rects: vec![pair[1].rect] };
                    marks.push(Mark { id: marks.len() as u32, kind, code: "3P".into() });
                }
            }
            // `met:` of the heading is no `met`.
            assert_eq!(marks.len(), chosen.len());
            for (way, options) in [("hidden", Options::default()), ("as drawn", as_drawn())] {
                let made = redact(&doc, &marks, &options, &Quiet).unwrap();
                let places = seen(&made, chosen.len());
                let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
                places.iter().for_each(|p| *counts.entry(*p).or_default() += 1);
                // Half a point either way is what rounding can hide.
                let consistent = |p: &i32| counts.range(p - 10..=p + 10).map(|(_, n)| n).sum::<usize>();
                let least = places.iter().map(consistent).min().unwrap_or(0);
                let share = least as f64 / chosen.len() as f64;
                let mean = places.iter().map(consistent).sum::<usize>() as f64
                    / (chosen.len() * chosen.len()) as f64;
                if way == "hidden" {
                    assert!(
                        share >= 0.9,
                        "{name_of_face} at {size}: a box leaves {:.1} % of names",
                        share * 100.0
                    );
                    assert_eq!(counts.len(), 1, "{name_of_face} at {size}: one place for every name");
                } else {
                    assert!(mean < 0.5, "{name_of_face} at {size}: as drawn, widths do tell ({mean})");
                }
                let entry = told.entry(way).or_default();
                *entry = (entry.0 + mean, entry.1 + 1);
            }
        }
    }
    for (way, (sum, count)) in told {
        eprintln!(
            "boxes {way}: on average {:.1} % of all names are consistent with one",
            sum / count as f64 * 100.0
        );
    }
}
