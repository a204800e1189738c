//! A visit note: one page stored on its side, one cropped.

use crate::faces::Face;
use crate::file::num;
use crate::sheet::{A4, Book, FaceId, Set};

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (sans, bold) = (b.face(Face::helvetica()), b.face(Face::helvetica_bold()));
    note(&mut b, sans, bold);
    plan(&mut b, sans, bold);
    b.finish("Visit note 2 July 2026", "Priya Nandakumar", "FieldPad 1.14")
}

/// The note. What stands outside the crop box is never shown: a register number, and a line about a neighbour.
fn note(b: &mut Book, sans: FaceId, bold: FaceId) {
    b.page(A4);
    b.crop([36.0, 60.0, 559.0, 806.0]);
    b.text(sans, 7.0, 60.0, 24.0, "CUT HERE · register 5521-MASH · Vanterpool daughter R. 07700 900 641");
    b.text(bold, 14.0, 71.0, 84.0, "Visit note");
    b.outline(71.0, 96.0, 453.0, 70.0, 0.6);
    for (i, (label, value)) in [
        ("Visit to", "14 Tollgate Rise, Harrowmere HW4 7QT; Ms Mara Ellingham"),
        ("When", "Thursday 2 July 2026, 10.00 to 10.50 am"),
        ("Who", "Priya Nandakumar, neighbourhood officer; PC 4312 Hale"),
        ("Also seen", "Mrs Okafor (12), briefly; Mr Pryce-Hallam (16), at the gate"),
    ]
    .iter()
    .enumerate()
    {
        let y = 112.0 + 15.0 * i as f64;
        b.text(bold, 9.5, 78.0, y, label);
        b.text(sans, 9.5, 140.0, y, value);
    }
    let set = Set { face: sans, size: 10.0, leading: 14.2, x: 71.0, width: 453.0, justify: false };
    let mut y = 190.0;
    for text in [
        "Ms Ellingham let us in at once. Kitchen dry since the repair of 19 March; slight staining left. New locks work. \
         She had packed a bag “just in case”. Theo at school.",
        "She signed a statement for PC Hale about Mr Castellan-Moore: four visits since April, two of them at night, \
         threats by text from 07700 900 995. She showed us the messages. PC Hale photographed eleven of them.",
        "She asked who had complained about her. I said that I could not tell her. She said: “It will be Desmond, it is \
         always Desmond.” I did not answer. She asked for everything that we have about her; I explained how to \
         make a subject access request and left the leaflet.",
        "At the gate Mr Pryce-Hallam asked whether she was “going at last”. I said that I could not discuss a neighbour \
         with him. He raised his voice. Suggest that visits to number 16 are made in pairs for three months, to be \
         reviewed 2 October 2026.",
        "Ms Vanterpool (18) waved from the window; did not wish to come out. Will ring her on 01632 960 455.",
    ] {
        y = b.para(set, y, text) + 6.0;
    }
    b.text(sans, 10.0, 71.0, y + 14.0, "P Nandakumar, 2 July 2026, 11.35 am");
    b.text(sans, 8.0, 71.0, 770.0, "Sketch overleaf.");
}

/// The plan, drawn on a landscape sheet and stored upright with a turn of 90 degrees.
fn plan(b: &mut Book, sans: FaceId, bold: FaceId) {
    b.page(A4);
    b.rotate(90);
    // Everything below is set as if the sheet were A4 landscape; this turns it against the page's own turn.
    b.raw(&format!("q 0 1 -1 0 {} 0 cm 1 0 0 1 0 {} cm\n", num(A4.0), num(A4.0 - A4.1)));
    b.text(bold, 13.0, 60.0, 60.0, "Sketch: Tollgate Rise, numbers 12 to 18");
    b.text(sans, 9.0, 60.0, 76.0, "Not to scale. PN 2/7/26");
    for (i, (number, who)) in
        [("12", "Mrs J Okafor"), ("14", "M Ellingham"), ("16", "D Pryce-Hallam"), ("18", "A Vanterpool")]
            .iter()
            .enumerate()
    {
        let x = 110.0 + 160.0 * i as f64;
        b.outline(x, 130.0, 150.0, 150.0, 1.2);
        b.text(bold, 16.0, x + 10.0, 152.0, number);
        b.text(sans, 10.0, x + 10.0, 172.0, who);
        b.rule(x + 60.0, 280.0, x + 60.0, 300.0, 0.8);
        b.rule(x + 85.0, 280.0, x + 85.0, 300.0, 0.8);
    }
    b.rule(60.0, 300.0, 790.0, 300.0, 1.0);
    b.rule(60.0, 330.0, 790.0, 330.0, 1.0);
    b.text(sans, 9.0, 64.0, 319.0, "shared path");
    b.rule(60.0, 420.0, 790.0, 420.0, 1.4);
    b.text(sans, 9.0, 64.0, 380.0, "Tollgate Rise");
    b.outline(330.0, 345.0, 90.0, 34.0, 0.9);
    b.text(sans, 8.0, 336.0, 360.0, "van GX01 KRT");
    b.text(sans, 8.0, 336.0, 371.0, "(28 and 30 June)");
    b.outline(330.0, 440.0, 150.0, 60.0, 1.2);
    b.text(bold, 16.0, 340.0, 462.0, "15");
    b.text(sans, 10.0, 340.0, 482.0, "T Wieliczko (sees the path)");
    b.text(sans, 7.0, 60.0, 570.0, "Every person, number and address in this document is invented.");
    b.raw("Q\n");
}
