//! Paper that went through a scanner.

use crate::faces::{CAVEAT, COURIER_PRIME, Face};
use crate::file::num;
use crate::paint::{CROOKED, Sheet};
use crate::sheet::{A4, Book};

/// A neighbour's letter by hand: black and white, 200 dpi, nothing but a picture.
pub fn neighbour() -> Vec<u8> {
    const LINES: &[&str] = &[
        "                                                                                 15 Tollgate Rise",
        "                                                                                 Harrowmere",
        "                                                                                 28 June 2026",
        "",
        "Dear Miss Nandakumar,",
        "",
        "You asked me to put on paper what I told you and Mr",
        "Lindqvist at the office. I do this only because you gave me",
        "your word that my name stays with you. My wife Halina",
        "does not sleep any more and our windows face the road.",
        "",
        "On four nights (11 April, 25 April, 1 May, 22 May) I saw",
        "the silver van GX01 KRT and the tall man, they call him Lee.",
        "He stood at Mara Ellingham’s door and shouted. On 1 May",
        "he pushed the boy Theo against the wall. The boy did not",
        "cry, that was the worst of it. Mrs Ellingham came out with",
        "a telephone and he took it from her hand.",
        "",
        "I do not think it is she who makes the noise. I think she",
        "is afraid of him. I would say this to a judge if I must,",
        "but please not before you have asked me again. You can",
        "ring me at work, 01632 960 288, not at home.",
        "",
        "Yours truly,",
        "        Tomasz Wieliczko",
    ];
    let mut sheet = Sheet::new(200.0, CROOKED, 4417);
    let mut y = 92.0;
    for (i, line) in LINES.iter().enumerate() {
        let drift = f64::from(sheet.chance(40)) / 10.0;
        let size = if i == LINES.len() - 1 { 26.0 } else { 18.5 };
        sheet.text(CAVEAT, size, 66.0 + drift, y, 18, line);
        y += if line.is_empty() { 15.0 } else { 28.0 };
    }
    // The hole punch's shadow and the office's stamp.
    sheet.rule(400.0, 715.0, 530.0, 711.0, 1.6);
    sheet.rule(400.0, 761.0, 530.0, 757.0, 1.6);
    sheet.rule(400.0, 715.0, 400.0, 761.0, 1.6);
    sheet.rule(530.0, 711.0, 530.0, 757.0, 1.6);
    sheet.text(COURIER_PRIME, 12.0, 408.0, 732.0, 0, "FERNBROOK HOMES");
    sheet.text(COURIER_PRIME, 12.0, 408.0, 749.0, 0, "REC’D 30 JUN 2026");
    sheet.shadow(26, 255);
    sheet.specks(420);
    let (dict, data) = sheet.group4(140);
    let mut b = Book::new();
    b.page(A4);
    let picture = b.file.raw_stream(&dict, &data);
    b.picture(picture);
    b.finish("Scan_20260630_0914", "", "OfficeScan 3100")
}

/// A typed letter from the doctor: grey, with the words a recogniser found laid invisibly over the picture.
pub fn doctor() -> Vec<u8> {
    const LINES: &[&str] = &[
        "MILLRACE SURGERY",
        "3 Fuller's Yard, Harrowmere HW2 9LP     01632 960 241",
        "",
        "Dr Ruth Abernathy MB ChB           11 May 2026",
        "",
        "Private and confidential",
        "Fernbrook Homes, Income Team, for Ms C Barraclough",
        "",
        "Re: Ms Mara Ellingham, born 12 March 1984",
        "    14 Tollgate Rise, Harrowmere HW4 7QT",
        "    NHS number 999 042 6171",
        "",
        "Dear Ms Barraclough",
        "",
        "My patient has asked me to write in support of her",
        "application to spread her rent arrears. I have known her",
        "since 2011. She has been treated for depression since",
        "January of this year, at present with sertraline 100 mg,",
        "and was signed off work from 2 February to 30 April.",
        "Her wrists are affected by rheumatoid arthritis.",
        "",
        "Her son Theo (born 9 February 2015) has asthma, which was",
        "poorly controlled in March after damp in the kitchen.",
        "",
        "In my opinion the threat of losing her home would be",
        "likely to cause serious harm to her mental health. I have",
        "also noted, for your eyes only, that she told me in",
        "confidence of violence by a former partner; please do not",
        "raise this with her unless she raises it with you.",
        "",
        "Yours sincerely",
        "",
        "",
        "Dr R Abernathy",
        "GMC reference 9990426",
    ];
    const SIZE: f64 = 11.5;
    let mut sheet = Sheet::new(140.0, CROOKED, 2015);
    let mut b = Book::new();
    let face = b.face(Face::helvetica());
    let mut hidden = String::new();
    let mut y = 86.0;
    for line in LINES {
        if !line.is_empty() {
            let end = sheet.text(COURIER_PRIME, SIZE, 74.0, y, 4, line);
            hidden.push_str(&recognised(&b, face, line, (74.0, end, y)));
        }
        y += if line.is_empty() { 11.0 } else { 19.0 };
    }
    sheet.text(CAVEAT, 34.0, 84.0, y - 52.0, 30, "R Abernathy");
    sheet.rule(74.0, 110.5, 520.0, 110.5, 0.9);
    sheet.grain(9);
    sheet.shadow(70, 120);
    sheet.specks(60);
    let (dict, data) = sheet.jpeg(38);
    b.page(A4);
    let picture = b.file.raw_stream(&dict, &data);
    b.picture(picture);
    b.raw(&format!("BT 3 Tr\n{hidden}ET\n"));
    b.finish("Scan_20260513_1102", "", "OfficeScan 3100 with text recognition")
}

/// The operators for one recognised line: stretched to the width of what was seen, turned as the paper lay.
fn recognised(b: &Book, face: usize, line: &str, at: (f64, f64, f64)) -> String {
    const SIZE: f64 = 11.0;
    let (x, end, y) = at;
    let stretch = (end - x) / b.width(face, SIZE, line) * 100.0;
    let (sin, cos) = CROOKED;
    let (dx, dy) = (x - 297.64, y - 420.945);
    let px = 297.64 + dx * cos - dy * sin;
    let py = 420.945 + dx * sin + dy * cos;
    let text = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!(
        "/F{face} {} Tf {} Tz {cos:.5} {:.5} {sin:.5} {cos:.5} {} {} Tm ({text}) Tj\n",
        num(SIZE),
        num(stretch),
        -sin,
        num(px),
        num(A4.1 - py)
    )
}
