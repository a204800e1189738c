//! The case log of the anti-social behaviour team: a table over three pages.

use super::letter::foot;
use crate::faces::Face;
use crate::sheet::{A4, Book, Table};

const ROWS: &[[&str; 5]] = &[
    [
        "1",
        "03/04/2026\n23:10",
        "Mrs J Okafor\n12 Tollgate Rise\n07700 900 218",
        "Telephoned the out-of-hours line. Loud music with heavy bass from no. 14 since about 22:30; second night running. Husband (night worker) cannot sleep. Caller did not want to be named to the tenant.",
        "Logged. Diary sheets sent. PN",
    ],
    [
        "2",
        "05/04/2026\n00:45",
        "Mrs J Okafor",
        "Diary sheet 1. Music until 00:40, door slammed, male voice shouting “get in the van”. Recording on phone, 38 seconds.",
        "Recording saved to case file. PN",
    ],
    [
        "3",
        "11/04/2026\n22:55",
        "Mr D Pryce-Hallam\n16 Tollgate Rise",
        "E-mail. Shouting between a woman (believed to be Mara Ellingham) and a man on the front path. Child crying. Silver van GX01 KRT blocking the shared access.",
        "Acknowledged 13/04. Vehicle not known to us. PN",
    ],
    [
        "4",
        "18/04/2026\n23:30",
        "Ms A Vanterpool\n18 Tollgate Rise\nvia switchboard",
        "Noise “like furniture being dragged”. Ms Vanterpool is recovering from surgery and says that she is afraid to knock.",
        "Call back requested 01632 960 455. PN",
    ],
    [
        "5",
        "24/04/2026\n16:00",
        "P Nandakumar",
        "Visit to no. 12. Mrs Okafor showed the diary and became upset. She says that in 2024 Ms Ellingham helped her after a fall and that she does not want her to lose the home.",
        "Note on file. Not to be shared. PN",
    ],
    [
        "6",
        "27/04/2026\n09:20",
        "PC 4312 Hale\nHarrowmere police",
        "Officers attended no. 14 on 26/04 at 23:50 after a call from a member of the public. No offences. Ms Ellingham said that a former partner, Mr Lee Castellan-Moore, had come uninvited. Police ref HM/26/11873.",
        "Shared under the county agreement, sch. 2. GL",
    ],
    [
        "7",
        "02/05/2026\n22:40",
        "Mr T Wieliczko\n15 Tollgate Rise",
        "IN CONFIDENCE. Statement taken at the office. Has seen the van on four nights and a man “pushing the boy”. Fears for his own windows if he is known to have spoken.",
        "Safeguarding referral same day, ref MASH-5521. GL",
    ],
    [
        "8",
        "05/05/2026\n11:00",
        "F Odonkor\nFamily Support",
        "Telephone. Will see Theo Ellingham (b. 09/02/2015) at school on 07/05. Asks that we do not write to the family until then.",
        "Letter held back to 02/06. PN",
    ],
    [
        "9",
        "08/05/2026\n14:35",
        "M Ellingham\n07700 900142",
        "Telephone. Denies music on 3 and 4 April: was at her sister’s in Brackwater. Agrees that there was an argument on 11 April. Says that she is “being watched by the whole street”.",
        "Sympathetic. Visit offered. PN",
    ],
    [
        "10",
        "15/05/2026\n23:15",
        "Mrs J Okafor",
        "Diary sheet 4. Quiet week. One evening of television through the wall.",
        "No action. PN",
    ],
    [
        "11",
        "22/05/2026\n23:50",
        "Mr D Pryce-Hallam",
        "E-mail with photograph of van. Complains that nothing is being done and that he will go to his councillor and to the Harrowmere Gazette.",
        "Reply sent 26/05 by G Lindqvist.",
    ],
    [
        "12",
        "29/05/2026\n01:05",
        "Ms A Vanterpool",
        "Telephone, tearful. Banging on the stairs door. Gave her daughter’s number in case of emergency: Renske Vanterpool, 07700 900 641.",
        "Out-of-hours patrol asked to pass. PN",
    ],
    [
        "13",
        "02/06/2026",
        "P Nandakumar",
        "First letter sent to Ms Ellingham. See letter ASB-2026-0318/1.",
        "PN",
    ],
    [
        "14",
        "09/06/2026\n16:15",
        "P Nandakumar\nvisit to no. 14",
        "Ms Ellingham calm and polite; flat tidy. Theo present, doing homework. Says that Mr Castellan-Moore has keys and will not give them back. Asked about changing the locks.",
        "Lock change ordered, Rusk & Daughters, job 77120. PN",
    ],
    [
        "15",
        "16/06/2026",
        "K Asante-Bell\nRusk & Daughters",
        "Locks changed front and back. Engineer reports that a man in a silver van watched from across the road and took his picture.",
        "Passed to PC Hale. GL",
    ],
    [
        "16",
        "28/06/2026",
        "Mr T Wieliczko",
        "IN CONFIDENCE. Letter by hand, scanned to file.",
        "See scan 06. GL",
    ],
    [
        "17",
        "02/07/2026\n10:00",
        "P Nandakumar\nPC 4312 Hale",
        "Joint visit. See visit note. Ms Ellingham signed a statement about Mr Castellan-Moore; a non-molestation order is being sought.",
        "Tenant now treated as at risk. GL",
    ],
    [
        "18",
        "09/07/2026",
        "G Lindqvist",
        "Case conference. Reports against the tenant largely explained by Mr Castellan-Moore. No marker to be placed. Complainants to be told only that the matter is in hand.",
        "Decision GL, agreed I Tredwell.",
    ],
    [
        "19",
        "14/07/2026\n21:10",
        "Mrs J Okafor",
        "Telephone. All quiet, “lovely to see Theo on his bicycle”.",
        "Thanked. PN",
    ],
    [
        "20",
        "21/07/2026",
        "G Lindqvist",
        "Case closed. Review in three months. Complainants informed by telephone.",
        "Closed. GL",
    ],
];

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (face, bold) = (b.face(Face::helvetica()), b.face(Face::helvetica_bold()));
    let rows: Vec<Vec<String>> =
        ROWS.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let look = Table {
        face,
        bold,
        size: 10.6,
        x: 42.0,
        pad: 6.5,
        columns: &[28.0, 62.0, 104.0, 216.0, 101.0],
        heading: &["No.", "Date, time", "Reported by", "What was reported or done", "Action, officer"],
        right: &[],
    };
    let mut left = &rows[..];
    while !left.is_empty() {
        b.page(A4);
        let page = b.count() as u32;
        b.text(bold, 13.0, 42.0, 52.0, "Anti-social behaviour case log");
        b.right(face, 8.0, 553.0, 46.0, "OFFICIAL – SENSITIVE: PERSONAL");
        b.right(face, 8.0, 553.0, 57.0, &format!("ASB-2026-0318 · sheet {page}"));
        let mut y = 70.0;
        if page == 1 {
            for (label, value) in [
                ("Case:", "ASB-2026-0318, opened 04/04/2026, closed 21/07/2026"),
                ("Against:", "Ms Mara Ellingham, 14 Tollgate Rise, Harrowmere HW4 7QT (tenancy FH-204417)"),
                ("Household:", "Mara Ellingham, dob 12/03/1984; Theo Ellingham, dob 09/02/2015"),
                ("Officer:", "Priya Nandakumar; manager Gareth Lindqvist"),
                ("Risk matrix:", "complainant 1: 18 (medium); complainant 4: 31 (high)"),
            ] {
                b.text(bold, 8.5, 42.0, y + 4.0, label);
                b.text(face, 8.5, 108.0, y + 4.0, value);
                y += 12.5;
            }
            y += 4.0;
        }
        let (_, done) = b.table(&look, y, 786.0, left);
        left = &left[done..];
        foot(&mut b, face, page);
    }
    b.finish("ASB case log ASB-2026-0318", "Community Safety", "CaseLedger Reports 11.0")
}
