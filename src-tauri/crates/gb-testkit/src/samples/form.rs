//! A filled form: fields that carry their own appearance, tick boxes, an officer's comment.

use super::letter::{foot, head};
use crate::faces::Face;
use crate::file::{File, Ref, num, pdf_string};
use crate::people;
use crate::sheet::{A4, Book};

struct Field {
    name: &'static str,
    label: &'static str,
    value: String,
    /// Left, top, width, height, from the top of the sheet.
    at: [f64; 4],
}

pub fn make() -> Vec<u8> {
    let mut b = Book::new();
    let (sans, bold) = (b.face(Face::helvetica()), b.face(Face::helvetica_bold()));
    b.page(A4);
    head(&mut b, sans, bold);
    b.text(bold, 15.0, 71.0, 116.0, "Repair and adaptation request");
    b.text(
        sans,
        9.0,
        71.0,
        132.0,
        "Form R2. Please fill in every part. We aim to answer within ten working days.",
    );
    let font =
        b.file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    let ticks = b.file.add("<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>");
    let page = b.here();
    let mut all = vec![];
    for field in fields() {
        b.text(bold, 8.5, field.at[0], field.at[1] - 4.0, field.label);
        b.colour(0.5, 0.5, 0.5);
        b.outline(field.at[0], field.at[1], field.at[2], field.at[3], 0.6);
        b.colour(0.0, 0.0, 0.0);
        let widget = text_field(&mut b.file, &field, page, font);
        b.annotate(widget);
        all.push(widget);
    }
    b.text(bold, 8.5, 71.0, 486.0, "Tick all that apply");
    for (i, (name, label, on)) in [
        ("disabled", "Somebody in the home is disabled or has a long-term illness", true),
        ("child", "A child under 16 lives in the home", true),
        ("pet", "There is a dog in the home", false),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 494.0 + 18.0 * i as f64;
        b.outline(71.0, y, 11.0, 11.0, 0.6);
        b.text(sans, 9.5, 88.0, y + 9.0, label);
        let widget = tick_box(&mut b.file, name, on, y, page, ticks);
        b.annotate(widget);
        all.push(widget);
    }
    b.text(bold, 10.0, 71.0, 574.0, "For office use");
    b.rule(71.0, 579.0, 524.0, 579.0, 0.6);
    b.lines(
        sans,
        9.0,
        71.0,
        594.0,
        13.0,
        &[
            "Job 76884 raised 18/03/2026, urgent. Contractor: Rusk & Daughters Plumbing, 01632 960317.",
            "Engineer: Kofi Asante-Bell (gas registration 5551234), attended 19/03/2026 09:40, left 11:15.",
            "Leak traced to the cold feed under the sink; ceiling of the flat below stained.",
        ],
    );
    comments(&mut b, page, font);
    foot(&mut b, sans, 1);
    let list: Vec<String> = all.iter().map(Ref::to_string).collect();
    let form = b.file.add(format!(
        "<< /Fields [{}] /DR << /Font << /Helv {font} /ZaDb {ticks} >> >> /DA (/Helv 10 Tf 0 g) >>",
        list.join(" ")
    ));
    b.catalogue(&format!(" /AcroForm {form}"));
    b.finish("Repair and adaptation request", "Fernbrook Homes", "FormDesk 7")
}

fn fields() -> Vec<Field> {
    let field = |name, label, value: &str, at| Field { name, label, value: value.to_owned(), at };
    vec![
        field("name", "Your name", "Mara Ellingham", [71.0, 160.0, 220.0, 20.0]),
        field("born", "Date of birth", "12/03/1984", [304.0, 160.0, 100.0, 20.0]),
        field("tenancy", "Tenancy", people::TENANCY, [417.0, 160.0, 107.0, 20.0]),
        field("address", "Address", "14 Tollgate Rise, Harrowmere HW4 7QT", [71.0, 204.0, 333.0, 20.0]),
        field("nino", "National Insurance number", people::NINO, [417.0, 204.0, 107.0, 20.0]),
        field("phone", "Telephone", people::MOBILE, [71.0, 248.0, 140.0, 20.0]),
        field("mail", "E-mail", people::MAIL, [224.0, 248.0, 300.0, 20.0]),
        field(
            "fault",
            "What is wrong, and where?",
            "Water under the kitchen sink since Sunday. It has come through\nthe ceiling of Mr Pryce-Hallam’s store. The cupboard is wet and\n\
             smells. My son Theo has asthma and the damp makes it worse.",
            [71.0, 292.0, 453.0, 64.0],
        ),
        field(
            "need",
            "Do you need anything changed because of illness or disability?",
            "Dr Abernathy at Millrace Surgery says a lever tap would help,\nI have weak wrists (see her letter). Theo: inhaler, blue and brown.",
            [71.0, 380.0, 453.0, 48.0],
        ),
        field(
            "access",
            "Who may let us in?",
            "Me, or my sister Lowenna, 07700 900 867",
            [71.0, 452.0, 300.0, 20.0],
        ),
        field("date", "Date", "17/03/2026", [384.0, 452.0, 140.0, 20.0]),
    ]
}

fn text_field(file: &mut File, field: &Field, page: Ref, font: Ref) -> Ref {
    let [x, y, w, h] = field.at;
    let many = field.value.contains('\n');
    let mut face = Face::helvetica();
    let mut content = b"/Tx BMC q BT /Helv 10 Tf 0 0 0.45 rg ".to_vec();
    let mut base = if many { h - 13.0 } else { h / 2.0 - 3.5 };
    for line in field.value.split('\n') {
        content.extend(format!("1 0 0 1 4 {} Tm ", num(base)).bytes());
        content.extend(face.encode(line));
        content.extend(b" Tj ");
        base -= 13.0;
    }
    content.extend(b"ET Q EMC");
    let look = file.stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 {} {}] /Resources << /Font << /Helv {font} >> >>",
            num(w),
            num(h)
        ),
        &content,
    );
    file.add(format!(
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T ({}) /TU {} /V {} /DA (/Helv 10 Tf 0 0 0.45 rg) /F 4 /Ff {} \
         /Rect {} /P {page} /AP << /N {look} >> >>",
        field.name,
        pdf_string(field.label),
        pdf_string(&field.value),
        if many { 4096 } else { 0 },
        rect(x, y, w, h)
    ))
}

fn tick_box(file: &mut File, name: &str, on: bool, y: f64, page: Ref, ticks: Ref) -> Ref {
    let dict =
        format!("/Type /XObject /Subtype /Form /BBox [0 0 11 11] /Resources << /Font << /ZaDb {ticks} >> >>");
    let yes = file.stream(&dict, b"q BT /ZaDb 10 Tf 0 0 0.45 rg 1.6 2 Td (4) Tj ET Q");
    let no = file.stream(&dict, b"");
    let state = if on { "Yes" } else { "Off" };
    file.add(format!(
        "<< /Type /Annot /Subtype /Widget /FT /Btn /T ({name}) /V /{state} /AS /{state} /F 4 /Rect {} /P {page} \
         /MK << /CA (4) >> /AP << /N << /Yes {yes} /Off {no} >> >> >>",
        rect(71.0, y, 11.0, 11.0)
    ))
}

/// A sticky note that shows only its icon, and a typed comment that shows its words.
fn comments(b: &mut Book, page: Ref, font: Ref) {
    let icon = b.file.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 18 18]",
        b"q 1 0.86 0.3 rg 0.5 0.4 0 RG 0.8 w 1 1 16 16 re B 4 12 m 14 12 l 4 9 m 14 9 l 4 6 m 11 6 l S Q",
    );
    let note = b.file.add(format!(
        "<< /Type /Annot /Subtype /Text /Name /Comment /Rect {} /P {page} /F 28 /T (Priya Nandakumar) \
         /M (D:20260318091200Z) /C [1 0.86 0.3] /Contents {} /AP << /N {icon} >> >>",
        rect(506.0, 556.0, 18.0, 18.0),
        pdf_string(
            "Mr Pryce-Hallam at no. 16 rang: he says she flooded him on purpose. Do not pass this on to Ms Ellingham. PN"
        )
    ));
    b.annotate(note);
    let mut words =
        b"q 1 0.97 0.8 rg 0.75 0.2 0.1 RG 0.8 w 0.4 0.4 257.2 35.2 re B BT /Helv 9 Tf 0.75 0.2 0.1 rg "
            .to_vec();
    let lines = [
        "Rang tenant 18/3, very worried about Theo. Ex-partner",
        "(Lee Castellan-Moore) must NOT be given access. PN",
    ];
    let mut face = Face::helvetica();
    for (i, line) in lines.iter().enumerate() {
        words.extend(format!("1 0 0 1 5 {} Tm ", num(22.0 - 12.0 * i as f64)).bytes());
        words.extend(face.encode(line));
        words.extend(b" Tj ");
    }
    words.extend(b"ET Q");
    let look = b.file.stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 258 36] /Resources << /Font << /Helv {font} >> >>"
        ),
        &words,
    );
    let typed = b.file.add(format!(
        "<< /Type /Annot /Subtype /FreeText /Rect {} /P {page} /F 4 /T (Priya Nandakumar) /DA (/Helv 9 Tf) \
         /Contents {} /AP << /N {look} >> >>",
        rect(266.0, 650.0, 258.0, 36.0),
        pdf_string(&lines.join(" "))
    ));
    b.annotate(typed);
}

fn rect(x: f64, y: f64, w: f64, h: f64) -> String {
    format!("[{} {} {} {}]", num(x), num(A4.1 - y - h), num(x + w), num(A4.1 - y))
}
