//! Advice from the solicitor; the committed file is encrypted.

use crate::faces::Face;
use crate::sheet::{A4, Book, Set};

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (serif, bold, slanted) =
        (b.face(Face::times()), b.face(Face::times_bold()), b.face(Face::times_italic()));
    b.page(A4);
    b.text(bold, 20.0, 71.0, 76.0, "Corr Lyle");
    b.text(slanted, 10.5, 71.0, 92.0, "Solicitors · 8 Chandlers’ Row, Brackwater BW1 4DS · 01632 960 808");
    b.rule(71.0, 100.0, 524.0, 100.0, 0.8);
    b.rule(71.0, 102.5, 524.0, 102.5, 0.3);
    b.lines(
        serif,
        11.0,
        71.0,
        136.0,
        14.0,
        &["Mr Gareth Lindqvist", "Fernbrook Homes", "2 Weir Street", "Harrowmere HW1 2FB"],
    );
    b.right(serif, 11.0, 524.0, 136.0, "30 July 2026");
    b.right(serif, 11.0, 524.0, 150.0, "BC/4417/fern");
    b.text(bold, 11.0, 71.0, 222.0, "CONFIDENTIAL AND LEGALLY PRIVILEGED");
    b.text(serif, 11.0, 71.0, 246.0, "Dear Gareth");
    b.text(bold, 11.0, 71.0, 268.0, "14 Tollgate Rise: Mr L Castellan-Moore; Ms M Ellingham");
    let set = Set { face: serif, size: 11.0, leading: 14.8, x: 71.0, width: 453.0, justify: true };
    let mut y = 292.0;
    for text in [
        "You asked whether Fernbrook should apply for an injunction against Mr Castellan-Moore, and whether the papers \
         could be served without telling him who gave evidence. In my view the prospects are fair, about 60 per cent, \
         if Mr Tomasz Wieliczko will sign a witness statement, and poor if he will not.",
        "A statement given under a promise of confidence can be kept back at first, but the court is likely to order \
         that it be shown to the respondent before any final hearing. Mr Wieliczko should be told so, in plain words, \
         before he decides. I would not put Mrs Okafor’s diary in evidence: it hurts Ms Ellingham more than it helps.",
        "Ms Ellingham is not our client and should be advised to see a solicitor of her own. If she asks for the \
         personal data that Fernbrook holds about her, this letter, my e-mail of 9 July and my note of our telephone \
         call need not be disclosed, since they were made in order to give legal advice. The decision is yours; please \
         record it with its reason.",
        "My fee for this advice is £420.00 plus VAT. Payment may be made to sort code 00-21-90, account number \
         40771836, quoting BC/4417.",
    ] {
        y = b.para(set, y, text) + 8.0;
    }
    b.text(serif, 11.0, 71.0, y + 10.0, "Yours sincerely");
    b.text(slanted, 17.0, 74.0, y + 44.0, "Baptiste Corr");
    b.text(serif, 11.0, 71.0, y + 66.0, "Baptiste Corr");
    b.text(serif, 11.0, 71.0, y + 80.0, "Partner, Housing and Public Law");
    b.text(
        serif,
        7.5,
        71.0,
        806.0,
        "Corr Lyle is a made-up firm. Every person, number and address in this document is invented.",
    );
    b.finish("Advice: 14 Tollgate Rise", "Corr Lyle", "PaperMill 6")
}
