//! Files from anywhere, named in the file that GB_PDFS names, one a line: both ways of reading agree, all
//! that is opened is closed, nothing panics; and how fast it goes. Run by hand:
//! `GB_PDFS=list cargo test -p gb-redact --lib corpus -- --ignored --nocapture`

use super::Reader;
use super::easel::{differ, draw};
use super::tests::balanced;
use crate::Limits;
use crate::read::picture::Artist;
use crate::scene::{Item, Mode, Pixels, Unfit};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Rect;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

#[derive(Default)]
struct Sum {
    files: u32,
    pages: u32,
    glyphs: u64,
    unread: u32,
    words: Duration,
    scenes: Duration,
    kinds: BTreeMap<String, u64>,
    unfit: BTreeMap<Unfit, u32>,
    concerns: BTreeMap<String, u32>,
    slow: Vec<(u128, String)>,
    looked: u32,
    looks: Vec<(f64, String)>,
    wrong: Vec<String>,
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Glyphs(run) => match run.mode {
            Mode::Shown => "shown",
            Mode::Invisible => "invisible",
            _ => "run",
        },
        Item::Path(_) => "path",
        Item::Image(image) => match image.raster.pixels {
            Pixels::Jpeg { .. } => "jpeg",
            Pixels::Stencil(..) => "stencil",
            _ => "picture",
        },
        Item::PushClip(_) => "clip",
        Item::PushGroup(g) if g.mask.is_some() => "masked",
        Item::PushGroup(_) => "group",
        Item::PopClip | Item::PopGroup => "pop",
    }
}

fn read(path: &str, sum: &mut Sum) {
    let Ok(bytes) = std::fs::read(path) else { return };
    let Ok(pdf) = Pdf::new(bytes) else { return };
    sum.files += 1;
    let (mut words, mut scenes) =
        (Reader::new(&pdf, &Limits::default()), Reader::new(&pdf, &Limits::default()));
    let look = std::env::var("GB_LOOK").is_ok();
    let artist = Artist::new(&pdf, false);
    for index in 0..pdf.pages().len().min(400) {
        let start = Instant::now();
        let only = words.glyphs(index);
        let middle = Instant::now();
        let gathered = scenes.scene(index, &[]);
        let end = Instant::now();
        sum.words += middle - start;
        sum.scenes += end - middle;
        sum.pages += 1;
        sum.glyphs += only.glyphs.len() as u64;
        if (end - middle).as_millis() > 150 {
            sum.slow.push(((end - middle).as_millis(), format!("{path} {}", index + 1)));
        }
        if format!("{:?}", only.glyphs) != format!("{:?}", gathered.glyphs.glyphs)
            || only.outside != gathered.glyphs.outside
        {
            sum.wrong.push(format!("{path} {}", index + 1));
        }
        balanced(&gathered.scene.items);
        if look && index % 3 == 0 && gathered.unfit.is_none() {
            let (width, height) = artist.pixels(index, 1.0);
            if width < 3000 && height < 3000 {
                let whole = scenes.scene(index, &[Rect::new(-1e6, -1e6, 1e6, 1e6)]);
                let share = differ(&artist.page(index, 1.0), &draw(&whole.scene, 1.0, (width, height)));
                sum.looked += 1;
                sum.looks.push((share, format!("{path} {}", index + 1)));
            }
        }
        gathered.scene.items.iter().for_each(|i| *sum.kinds.entry(kind(i).to_owned()).or_default() += 1);
        if let Some(why) = gathered.unfit {
            *sum.unfit.entry(why).or_default() += 1;
            println!("unfit {why:?}: {path} {}", index + 1);
        }
        gathered.concerns.into_iter().for_each(|c| *sum.concerns.entry(c).or_default() += 1);
    }
}

#[test]
#[ignore = "reads files that are named to it"]
fn corpus() {
    let Ok(list) = std::env::var("GB_PDFS").map(|p| std::fs::read_to_string(p).unwrap()) else { return };
    let mut sum = Sum::default();
    let work = || {
        for path in list.lines() {
            if catch_unwind(AssertUnwindSafe(|| read(path, &mut sum))).is_err() {
                sum.unread += 1;
                sum.wrong.push(format!("panic: {path}"));
            }
        }
        sum
    };
    let sum = std::thread::scope(|s| {
        std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(s, work).unwrap().join().unwrap()
    });
    let rate = |time: Duration| f64::from(sum.pages) / time.as_secs_f64();
    println!("{} files, {} pages, {} glyphs, {} panics", sum.files, sum.pages, sum.glyphs, sum.unread);
    println!("words {:.0} pages/s, scenes {:.0} pages/s", rate(sum.words), rate(sum.scenes));
    println!("{:?}\n{:?}\n{:#?}", sum.kinds, sum.unfit, sum.concerns);
    let mut slow = sum.slow;
    slow.sort_by(|a, b| b.cmp(a));
    slow.iter().take(15).for_each(|s| println!("{s:?}"));
    let mut looks = sum.looks;
    looks.sort_by(|a, b| b.0.total_cmp(&a.0));
    let over = |most: f64| looks.iter().filter(|l| l.0 > most).count();
    println!(
        "looked at {}: over 0.1 % {}, over 0.5 % {}, over 2 % {}",
        sum.looked,
        over(0.001),
        over(0.005),
        over(0.02)
    );
    looks.iter().take(40).for_each(|l| println!("{:.4} {}", l.0, l.1));
    assert!(sum.wrong.is_empty(), "{:#?}", sum.wrong);
}

/// Draws one page both ways into /tmp: `GB_PAGE="path number"`.
#[test]
#[ignore = "reads a file that is named to it"]
fn one_page() {
    let Ok(named) = std::env::var("GB_PAGE") else { return };
    let (path, number) = named.rsplit_once(' ').unwrap();
    let index = number.parse::<usize>().unwrap() - 1;
    let pdf = Pdf::new(std::fs::read(path).unwrap()).unwrap();
    let artist = Artist::new(&pdf, false);
    let mut reader = Reader::new(&pdf, &Limits::default());
    let whole = reader.scene(index, &[Rect::new(-1e6, -1e6, 1e6, 1e6)]);
    let size = artist.pixels(index, 1.0);
    let out = std::env::temp_dir();
    std::fs::write(out.join("page-source.png"), artist.page(index, 1.0).png().unwrap()).unwrap();
    std::fs::write(out.join("page-scene.png"), draw(&whole.scene, 1.0, size).png().unwrap()).unwrap();
    println!("{:?} {:?} {:?}", whole.unfit, whole.concerns, whole.dropped);
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    whole.scene.items.iter().for_each(|i| *kinds.entry(kind(i)).or_default() += 1);
    println!("{kinds:?}");
}
