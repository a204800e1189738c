//! A printed e-mail thread.

use crate::faces::{Face, SOURCE_SANS, SOURCE_SANS_BOLD};
use crate::sheet::{A4, Book, FaceId, Set};

struct Mail {
    head: &'static [(&'static str, &'static str)],
    body: &'static [&'static str],
    quoted: u32,
}

const THREAD: &[Mail] = &[
    Mail {
        head: &[
            ("From:", "Lindqvist, Gareth <gareth.lindqvist@fernbrook.example.org>"),
            ("Sent:", "09 July 2026 17:42"),
            ("To:", "Nandakumar, Priya <priya.nandakumar@fernbrook.example.org>"),
            ("Cc:", "Tredwell, Imogen <dpo@fernbrook.example.org>"),
            (
                "Bcc:",
                "Corr, Baptiste <b.corr@corrlyle.example.org>; Barraclough, Colette <colette.barraclough@fernbrook.example.org>",
            ),
            ("Subject:", "RE: RE: Tollgate Rise – statements (ASB-2026-0318) – CONFIDENTIAL"),
            ("Attachments:", "statement_TW_signed.pdf (212 KB); IMG_20260522_2351.jpg (1.8 MB)"),
        ],
        body: &[
            "Priya,",
            "Thank you. After this morning’s conference I am content that nearly everything reported since April was Lee Castellan-Moore and not the tenant. Please do not put that in writing to the neighbours. Desmond Pryce-Hallam in particular must not learn where Ms Ellingham’s sister lives.",
            "Tomasz Wieliczko spoke to us on the clear promise that he would not be named. If she makes a subject access request, his statement and his letter are to go to Imogen first. Baptiste is copied for advice on the injunction; his view is privileged and stays out of the case log.",
            "Can you ring Mrs Okafor? She prefers the landline, 01632 960 572, before noon.",
            "Gareth Lindqvist\nCommunity Safety Manager · 01632 960 131 · 07700 900 415",
        ],
        quoted: 0,
    },
    Mail {
        head: &[
            ("From:", "Nandakumar, Priya <priya.nandakumar@fernbrook.example.org>"),
            ("Sent:", "09 July 2026 08:55"),
            ("To:", "Lindqvist, Gareth <gareth.lindqvist@fernbrook.example.org>"),
            ("Subject:", "RE: Tollgate Rise – statements (ASB-2026-0318)"),
        ],
        body: &[
            "Gareth, for the conference: I have now spoken to everybody. Mara Ellingham told me that she is taking sertraline and sleeping badly; she gave me leave to tell you but nobody else. Her NHS number for the referral form is 999 042 6171 and her NI number is QQ123456C.",
            "Mr Pryce-Hallam sent yet another message last night (below). He has written to Cllr Annis Thorogood as well. I think he means the van.",
        ],
        quoted: 1,
    },
    Mail {
        head: &[
            (
                "From:",
                "Desmond Pryce-Hallam <desmond.llewellyn.pryce-hallam@pryce-hallam-and-sons.example.org>",
            ),
            ("Sent:", "08 July 2026 23:58"),
            ("To:", "Nandakumar, Priya <priya.nandakumar@fernbrook.example.org>"),
            ("Subject:", "Tollgate Rise AGAIN"),
        ],
        body: &[
            "Miss Nandakumar, how many more times. The van GX01 KRT was outside until ten to midnight. My wife Philippa has a heart condition. I pay my service charge and I expect the Ellingham woman to be dealt with. I am told by Anneliese Vanterpool that she too has had enough, and that the Wieliczko family saw everything.",
            "You may quote me but not by name. D. Ll. Pryce-Hallam, 16 Tollgate Rise, HW4 7QT, tel. (01632) 960774, mobile +44 7700 900 583.",
        ],
        quoted: 2,
    },
];

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (sans, bold) = (
        b.face(Face::embedded("SourceSans3-Regular", SOURCE_SANS)),
        b.face(Face::embedded("SourceSans3-SemiBold", SOURCE_SANS_BOLD)),
    );
    let slanted = b.face(Face::helvetica_oblique());
    let mut y = begin(&mut b, sans, bold);
    for mail in THREAD {
        let x = 56.0 + 13.0 * f64::from(mail.quoted);
        let width = 540.0 - x;
        if y > 690.0 {
            y = begin(&mut b, sans, bold);
        }
        if mail.quoted > 0 {
            b.text(slanted, 9.0, x, y, "-----Original Message-----");
            y += 14.0;
        }
        for (label, value) in mail.head {
            let set = Set {
                face: sans,
                size: 10.0,
                leading: 13.2,
                x: x + 62.0,
                width: width - 62.0,
                justify: false,
            };
            b.text(bold, 10.0, x, y, label);
            y = b.para(set, y, value);
        }
        b.colour(0.6, 0.6, 0.6);
        b.rule(x, y - 6.0, 540.0, y - 6.0, 0.5);
        b.colour(0.0, 0.0, 0.0);
        y += 10.0;
        for text in mail.body {
            y = body(&mut b, (sans, bold), y, (x, width), mail.quoted, text);
        }
        y += 12.0;
    }
    b.text(
        slanted,
        8.0,
        56.0,
        y,
        "This message is for the person it is addressed to. Printed by NANDAKUMARP, 10/07/2026 09:02.",
    );
    b.finish("RE: RE: Tollgate Rise - statements", "Nandakumar, Priya", "MailPrint 2.9")
}

fn begin(b: &mut Book, sans: FaceId, bold: FaceId) -> f64 {
    b.page(A4);
    let page = b.count();
    b.text(bold, 11.0, 56.0, 52.0, "Nandakumar, Priya");
    b.rule(56.0, 58.0, 540.0, 58.0, 1.6);
    b.text(sans, 8.0, 292.0, 815.0, &page.to_string());
    80.0
}

/// A paragraph that may run over to the next page, with the bars of quoting at its left.
fn body(b: &mut Book, faces: (FaceId, FaceId), mut y: f64, at: (f64, f64), quoted: u32, text: &str) -> f64 {
    let (x, width) = at;
    for line in b.wrap(faces.0, 11.0, width, text) {
        if y > 780.0 {
            y = begin(b, faces.0, faces.1);
        }
        if quoted > 0 {
            b.colour(0.25, 0.35, 0.6);
            for bar in 0..quoted {
                let at = x - 7.0 - 13.0 * f64::from(bar);
                b.rule(at, y - 10.0, at, y + 4.0, 1.0);
            }
        }
        b.text(faces.0, 11.0, x, y, &line);
        b.colour(0.0, 0.0, 0.0);
        y += 15.4;
    }
    y + 6.0
}
