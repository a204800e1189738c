//! A spreadsheet printed on its side: many narrow columns, little type.

use crate::faces::{Face, SOURCE_SANS, SOURCE_SANS_BOLD};
use crate::sheet::{A4, Book, Table};

const ROWS: &str = "\
2|Tollgate Rise|FH-198820|Brannigan|Aoife|1|0|06/05/1951|01632 960 501|£0.00|N|Y|12/02/26|Hearing loop. Ring twice
4|Tollgate Rise|FH-201177|Chaudhry|Samir|2|3|19/11/1979|07700 900 120|£212.40|Y|N|03/03/26|Eldest son in care of aunt
6|Tollgate Rise|FH-177345|Dunmore|Keziah|1|1|30/01/1992|07700 900 733|£1,040.18|Y|N|03/03/26|Court date 4/9, do not discuss at door
8|Tollgate Rise|FH-209911|Void|–|0|0|–|–|–|–|–|–|Keys at Weir St, alarm 4471
10|Tollgate Rise|FH-188214|Featherstone-Achebe|Clementine|2|0|22/07/1946|01632 960 519|£0.00|N|Y|14/04/26|Oxygen in home, priority list
12|Tollgate Rise|FH-190032|Okafor|Josephine|2|0|14/10/1963|01632 960 572|£0.00|N|N|24/04/26|Husband works nights
14|Tollgate Rise|FH-204417|Ellingham|Mara|1|1|12/03/1984|07700 900142|£318.05|Y|N|09/06/26|At risk: locks changed. See ASB-2026-0318
15|Tollgate Rise|FH-193308|Wieliczko|Tomasz|2|2|03/12/1975|01632 960 288|£0.00|N|N|02/07/26|Witness, not to be named
16|Tollgate Rise|leasehold|Pryce-Hallam|Desmond|2|0|27/05/1958|07700 900 583|£88.00|N|N|02/07/26|Complaint C-771 open; wife heart condition
17|Tollgate Rise|FH-206540|Quarrie|Lisbeth|1|2|08/08/1990|07700 900 904|£455.61|Y|Y|16/07/26|Interpreter: Dutch
18|Tollgate Rise|FH-199754|Vanterpool|Anneliese|1|0|17/02/1969|01632 960 455|£0.00|N|Y|16/07/26|After surgery; daughter Renske
19|Tollgate Rise|FH-210066|Szabolcsi|Ferenc|1|0|25/04/1988|07700 900 377|£96.20|N|N|16/07/26|Gas check refused twice
20|Tollgate Rise|FH-181903|Treharne|Dilys|1|0|11/09/1938|01632 960 533|£0.00|N|Y|30/07/26|Pendant alarm; key safe 0938
21|Tollgate Rise|FH-207712|Umeh|Chidi|2|4|02/06/1986|07700 900 651|£710.00|Y|N|30/07/26|Overcrowded, band A
22|Tollgate Rise|FH-195127|Marlowe-Singh|Jaspreet|2|1|29/12/1981|07700 900 246|£0.00|N|N|30/07/26|–
23|Tollgate Rise|FH-208335|Penhallow|Corin|1|0|15/03/1999|07700 900 812|£1,902.77|Y|N|14/08/26|Left prison 06/26; visits in pairs";

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (face, bold) = (
        b.face(Face::embedded("SourceSans3-Regular", SOURCE_SANS)),
        b.face(Face::embedded("SourceSans3-SemiBold", SOURCE_SANS_BOLD)),
    );
    b.page((A4.1, A4.0));
    b.text(bold, 10.0, 36.0, 40.0, "Tollgate Rise visits 2026 – Sheet1");
    b.right(face, 7.0, 806.0, 40.0, "Harrowmere East · P Nandakumar · saved 14/08/2026 16:20");
    let rows: Vec<Vec<String>> = ROWS.lines().map(|l| l.split('|').map(str::to_owned).collect()).collect();
    let look = Table {
        face,
        bold,
        size: 6.6,
        x: 36.0,
        pad: 2.4,
        columns: &[22.0, 58.0, 50.0, 74.0, 56.0, 30.0, 34.0, 50.0, 62.0, 48.0, 34.0, 42.0, 44.0, 166.0],
        heading: &[
            "No.",
            "Street",
            "Tenancy",
            "Surname",
            "First name",
            "Adults",
            "Under 16",
            "Born",
            "Telephone",
            "Arrears",
            "Benefit",
            "Vulnerable",
            "Visited",
            "Notes",
        ],
        right: &[0, 5, 6, 9],
    };
    b.table(&look, 52.0, 540.0, &rows);
    b.text(face, 7.0, 36.0, 572.0, "Page 1 of 1");
    b.right(face, 7.0, 806.0, 572.0, "S:\\Neighbourhoods\\East\\Visits\\tollgate_rise_2026_v7_PN_FINAL.xlsx");
    b.finish("tollgate_rise_2026_v7_PN_FINAL", "Nandakumar, Priya", "Sheets to PDF 5.1")
}
