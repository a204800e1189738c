//! A letter from the landlord.

use crate::faces::Face;
use crate::people;
use crate::sheet::{A4, Book, FaceId, Set};

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (serif, bold) = (b.face(Face::times()), b.face(Face::times_bold()));
    let (sans, sans_bold) = (b.face(Face::helvetica()), b.face(Face::helvetica_bold()));
    b.page(A4);
    head(&mut b, sans, sans_bold);
    let mut to = vec!["Ms M Ellingham"];
    to.extend(people::ADDRESS);
    b.lines(serif, 11.0, 71.0, 160.0, 14.0, &to);
    b.right(serif, 11.0, 524.0, 160.0, "2 June 2026");
    b.right(serif, 11.0, 524.0, 174.0, "Our ref: ASB-2026-0318");
    b.right(serif, 11.0, 524.0, 188.0, "Tenancy: FH-204417");
    b.text(serif, 11.0, 71.0, 240.0, "Dear Ms Ellingham");
    b.text(bold, 11.5, 71.0, 264.0, "Reports of noise from your home");
    let set = Set { face: serif, size: 12.0, leading: 16.6, x: 71.0, width: 453.0, justify: true };
    let mut y = 286.0;
    for text in [
        "I am writing because we have received several reports of loud music and shouting from 14 Tollgate Rise, \
         mostly between 10.30 pm and 1 am, on dates from 3 April to 29 May 2026. We spoke about this on the \
         telephone on 8 May, when you told me that you had been away for two of the week-ends in question.",
        "The reports came from more than one household. Your neighbour Mrs J Okafor, at number 12, has kept a diary \
         for us since April and says that her husband, who works nights, has been unable to sleep. Mrs Okafor has \
         asked that we deal with the matter quietly. A second neighbour has told us that a silver van, GX01 KRT, \
         is often left across the shared path with its engine running.",
        "You explained that your son Theo, who is eleven, finds the evenings hard and that Dr Abernathy at the \
         Millrace Surgery is helping you both. I am grateful to you for telling me this. With your agreement I \
         would like to refer you to our tenancy support team, who can arrange a visit at a time that suits you. \
         You can reach them on 01632 960 184 or at support@fernbrook.example.org.",
        "Your tenancy agreement (clause 4.7) asks every tenant not to cause nuisance or annoyance to others. This \
         letter is not a formal warning and no decision has been taken. If we receive further reports that we \
         can confirm, my manager Gareth Lindqvist will review the case, and we may ask you to sign an acceptable \
         behaviour agreement. We would always speak to you first.",
        "I should like to hear your side. I will call at your home on Tuesday 9 June at 4.15 pm. If that does not \
         suit you, please ring me on my direct line, 01632 960 127, or send a message to 07700 900 331. You are \
         welcome to have a friend, a relative or an adviser with you.",
    ] {
        y = b.para(set, y, text) + 10.0;
    }
    foot(&mut b, sans, 1);
    b.page(A4);
    b.text(sans, 8.5, 71.0, 60.0, "Ms M Ellingham · ASB-2026-0318 · 2 June 2026");
    b.rule(71.0, 66.0, 524.0, 66.0, 0.4);
    let mut y = 96.0;
    for text in [
        "If you think that we have the facts wrong, you may ask for a review by somebody who has not been involved, \
         within 21 days of the date of this letter. You may also ask to see the information that we hold about \
         you. Our Data Protection Officer, Imogen Tredwell, can be reached at dpo@fernbrook.example.org.",
        "For our records I also enclose the contact details that we hold for you. Please tell me if any of them \
         has changed: mobile telephone 07700 900142; e-mail mara.ellingham@example.org; date of birth \
         12 March 1984; person to ring in an emergency: Lowenna Ellingham (your sister), 07700 900 867.",
    ] {
        y = b.para(set, y, text) + 10.0;
    }
    b.text(serif, 11.0, 71.0, y + 12.0, "Yours sincerely");
    // A signature, drawn as one stroke.
    let at = crate::file::num(A4.1 - y - 60.0);
    b.raw(&format!(
        "q 1 0 0 1 72 {at} cm 0.1 0.15 0.45 RG 1.1 w 1 J 1 j 2 0 m 10 32 20 36 18 14 c 16 0 8 -2 12 10 c 20 28 32 16 34 6 c \
         36 -2 42 10 46 8 c 54 4 50 20 58 14 c 64 8 68 2 76 10 c 86 20 98 -2 124 12 c S Q\n"
    ));
    let y = y + 84.0;
    b.text(bold, 11.0, 71.0, y, "Priya Nandakumar");
    b.text(serif, 11.0, 71.0, y + 14.0, "Neighbourhood Officer, Harrowmere East");
    b.text(serif, 9.5, 71.0, y + 44.0, "cc: G Lindqvist, Community Safety Manager");
    b.text(
        serif,
        9.5,
        71.0,
        y + 57.0,
        "Enc: Noise and your tenancy (leaflet); record of your contact details",
    );
    foot(&mut b, sans, 2);
    b.finish("Reports of noise from your home", "Priya Nandakumar", "Fernbrook Letters 4.2")
}

/// The landlord's letterhead.
pub fn head(b: &mut Book, sans: FaceId, bold: FaceId) {
    b.raw("q 0.16 0.38 0.30 rg 71 772 m 71 790 80 800 97 800 c 97 782 88 772 71 772 c f 0.45 0.62 0.34 rg 99 772 m 99 784 106 791 118 791 c 118 779 111 772 99 772 c f Q\n");
    b.colour(0.16, 0.38, 0.30);
    b.text(bold, 19.0, 126.0, 69.0, people::LANDLORD);
    b.rule(71.0, 84.0, 524.0, 84.0, 1.2);
    b.colour(0.25, 0.25, 0.25);
    for (i, line) in ["2 Weir Street, Harrowmere HW1 2FB", "01632 960 100", "hello@fernbrook.example.org"]
        .iter()
        .enumerate()
    {
        b.right(sans, 8.0, 524.0, 50.0 + 10.5 * i as f64, line);
    }
    b.colour(0.0, 0.0, 0.0);
}

/// The line at the foot of the landlord's papers.
pub fn foot(b: &mut Book, sans: FaceId, page: u32) {
    b.colour(0.35, 0.35, 0.35);
    b.text(
        sans,
        7.0,
        71.0,
        806.0,
        "Fernbrook Homes is a made-up landlord. Every person, number and address in this document is invented.",
    );
    b.right(sans, 7.0, 524.0, 806.0, &format!("Page {page}"));
    b.colour(0.0, 0.0, 0.0);
}
