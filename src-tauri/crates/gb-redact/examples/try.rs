//! scratch
use gb_redact::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let b = std::fs::read(&a[1]).unwrap();
    let d = Document::open(b, None, &Limits::default()).unwrap();
    if a.len() < 3 {
        println!("{}", d.words(1).unwrap().text());
        return;
    }
    let marks: Vec<Mark> = a[3..]
        .iter()
        .map(|f| Mark {
            id: 1,
            kind: MarkKind::Phrase { find: f.clone(), page: None, whole_word: false },
            code: "3P".into(),
        })
        .collect();
    let o =
        Options { widths: if a[2] == "h" { Widths::Hidden } else { Widths::AsDrawn }, ..Options::default() };
    let t = std::time::Instant::now();
    match redact(&d, &marks, &o, &Quiet) {
        Ok(m) => {
            println!(
                "ok {:?} {} bytes, {} rebuilt {} pictured {:?}",
                t.elapsed(),
                m.pdf.len(),
                m.certificate.pages_rebuilt,
                m.certificate.pages_pictured,
                m.certificate.page_records.iter().map(|r| (&r.why, &r.concerns)).take(3).collect::<Vec<_>>()
            );
            std::fs::write("/tmp/try.pdf", &m.pdf).unwrap();
        }
        Err(f) => println!("FAULT {f:?}"),
    }
}
