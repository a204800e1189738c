//! A rent statement: columns of figures that add up.

use super::letter::{foot, head};
use crate::faces::Face;
use crate::people;
use crate::sheet::{A4, Book, Table};

/// 118.46 a week, in pence.
const RENT: i64 = 11_846;
const SERVICE: i64 = 923;

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (sans, bold) = (b.face(Face::helvetica()), b.face(Face::helvetica_bold()));
    let mono = b.face(Face::courier());
    let rows = rows();
    let look = Table {
        face: mono,
        bold,
        size: 8.0,
        x: 71.0,
        pad: 2.6,
        columns: &[58.0, 197.0, 64.0, 64.0, 70.0],
        heading: &["Date", "Details", "Charge £", "Payment £", "Balance £"],
        right: &[2, 3, 4],
    };
    let mut left = &rows[..];
    while !left.is_empty() {
        b.page(A4);
        let page = b.count() as u32;
        let mut y = 100.0;
        if page == 1 {
            head(&mut b, sans, bold);
            b.text(bold, 14.0, 71.0, 112.0, "Rent statement");
            b.lines(
                sans,
                9.5,
                71.0,
                134.0,
                12.5,
                &["Ms M Ellingham", "14 Tollgate Rise", "Harrowmere", "HW4 7QT"],
            );
            b.outline(300.0, 122.0, 224.0, 82.0, 0.6);
            for (i, (label, value)) in [
                ("Account", "FH-204417-01"),
                ("Period", "6 April to 30 September 2026"),
                ("NI number", people::NINO),
                ("Housing benefit", "claim HB/0091/4417"),
                ("Income officer", "Colette Barraclough, 01632 960 139"),
                ("Weekly charge", "£127.69 (rent £118.46, services £9.23)"),
            ]
            .iter()
            .enumerate()
            {
                let y = 135.0 + 12.5 * i as f64;
                b.text(bold, 8.0, 306.0, y, label);
                b.text(sans, 8.0, 374.0, y, value);
            }
            y = 222.0;
        } else {
            b.text(sans, 8.5, 71.0, 60.0, "Rent statement · FH-204417-01 · continued");
            b.rule(71.0, 66.0, 524.0, 66.0, 0.4);
            y -= 20.0;
        }
        let (below, done) = b.table(&look, y, 770.0, left);
        left = &left[done..];
        if left.is_empty() {
            let set = crate::sheet::Set {
                face: sans,
                size: 9.0,
                leading: 12.0,
                x: 71.0,
                width: 453.0,
                justify: true,
            };
            let y = b.para(
                set,
                below + 26.0,
                "Your direct debit is taken from sort code 00-14-72, account 31926819, in the name of Mrs L Ellingham. \
                 Card payments were made with 4111 1111 1111 1111 (expires 08/28). Refunds go to sort code 00 14 72, \
                 account no. 31926819 unless you tell us otherwise.",
            );
            b.para(
                set,
                y + 8.0,
                "An arrangement to pay £12.00 a week towards the arrears was agreed by telephone with Colette \
                 Barraclough on 11 May 2026, after a letter from Dr R Abernathy about your health. If you find it hard \
                 to pay, please speak to us. Universal Credit reference UC-7731-0042-91.",
            );
        }
        foot(&mut b, sans, page);
    }
    b.finish("Rent statement FH-204417-01", "Fernbrook Homes", "RentBook Print Service")
}

fn rows() -> Vec<Vec<String>> {
    let mut balance = 31_218_i64;
    let mut rows = vec![row("06/04/2026", "Balance brought forward", None, None, balance)];
    let mut day = crate::days::day(2026, 4, 6);
    for week in 0..26 {
        let date = day.format("%d/%m/%Y").to_string();
        balance += RENT;
        rows.push(row(&date, "Rent", Some(RENT), None, balance));
        balance += SERVICE;
        rows.push(row(&date, "Service charge", Some(SERVICE), None, balance));
        let paid = if week % 4 == 1 { Some((42_000, "Housing benefit, four weeks")) } else { None };
        let own = match week % 13 {
            2 => Some((5_076, "Direct debit ELLINGHAM M REF 204417")),
            6 => Some((9_800, "Card 4111 **** **** 1111 M ELLINGHAM")),
            9 => Some((6_000, "Standing order L ELLINGHAM (SISTER)")),
            _ => None,
        };
        for (amount, what) in [paid, own].into_iter().flatten() {
            balance -= amount;
            let date = (day + chrono::Days::new(3)).format("%d/%m/%Y").to_string();
            rows.push(row(&date, what, None, Some(amount), balance));
        }
        day = day + chrono::Days::new(7);
    }
    rows
}

fn row(date: &str, what: &str, charge: Option<i64>, paid: Option<i64>, balance: i64) -> Vec<String> {
    let money = |pence: i64| {
        format!("{}{}.{:02}", if pence < 0 { "-" } else { "" }, pence.abs() / 100, pence.abs() % 100)
    };
    vec![
        date.to_owned(),
        what.to_owned(),
        charge.map(money).unwrap_or_default(),
        paid.map(money).unwrap_or_default(),
        money(balance),
    ]
}
