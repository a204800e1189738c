//! Trial.
use gb_redact::*;
use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let t = Instant::now();
    let doc = match Document::open(
        std::fs::read(&a[2]).unwrap(),
        std::env::var("PW").ok().as_deref(),
        &Limits::default(),
    ) {
        Ok(d) => d,
        Err(e) => {
            println!("{e:?} {e} {:?}", t.elapsed());
            return;
        }
    };
    println!("open {:?} {} pages {:?}", t.elapsed(), doc.page_count(), doc.warnings());
    match a[1].as_str() {
        "words" => {
            let t = Instant::now();
            doc.read_all_words(&|| true).unwrap();
            println!("{:?}", t.elapsed());
            if a.len() > 3 {
                println!("{}", doc.words(a[3].parse().unwrap()).unwrap().text());
            }
        }
        "render" => {
            let t = Instant::now();
            let p = doc.render(a[3].parse().unwrap(), 100.0).unwrap();
            println!("{:?}", t.elapsed());
            let t = Instant::now();
            let b = p.png().unwrap();
            println!("png {:?} {}", t.elapsed(), b.len());
            std::fs::write(&a[4], b).unwrap();
        }
        "redact" => {
            let marks: Vec<Mark> = a[4..]
                .iter()
                .enumerate()
                .map(|(i, f)| Mark {
                    id: i as u32,
                    kind: if let Some(r) = f.strip_prefix("rect:") {
                        let v: Vec<f32> = r.split(',').map(|x| x.parse().unwrap()).collect();
                        MarkKind::Rect { page: v[0] as u32, rect: [v[1], v[2], v[3], v[4]] }
                    } else {
                        MarkKind::Phrase {
                            find: f.clone(),
                            page: None,
                            whole_word: std::env::var("WHOLE").is_ok(),
                        }
                    },
                    code: "3P".into(),
                })
                .collect();
            let t = Instant::now();
            let o = Options {
                widths: if std::env::var("ASDRAWN").is_ok() { Widths::AsDrawn } else { Widths::Hidden },
                ..Default::default()
            };
            match redact(&doc, &marks, &o, &Quiet) {
                Ok(r) => {
                    println!("redact {:?}  {} -> {} bytes", t.elapsed(), doc.bytes().len(), r.pdf.len());
                    let mut c = r.certificate;
                    c.page_records.truncate(2);
                    println!("{}", serde_json::to_string_pretty(&c).unwrap());
                    std::fs::write(&a[3], r.pdf).unwrap();
                }
                Err(e) => println!("{e:?} | {e} {:?}", t.elapsed()),
            }
        }
        "check" => {
            for f in check(&std::fs::read(&a[2]).unwrap(), &a[3..]).unwrap().findings {
                println!("{f:?}");
            }
        }
        _ => {}
    }
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", s.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
