//! How long things take. The limits are those of the design; a build without optimising is given more.

use super::*;
use std::time::{Duration, Instant};

fn within(limit_ms: u64) -> Duration {
    Duration::from_millis(if cfg!(debug_assertions) { limit_ms * 5 } else { limit_ms })
}

fn best_of_three<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut timed = || {
        let begun = Instant::now();
        let result = run();
        (begun.elapsed(), result)
    };
    let runs = [timed(), timed(), timed()];
    runs.into_iter().min_by_key(|(taken, _)| *taken).expect("three runs")
}

#[test]
fn ten_thousand_requests_open_and_list_quickly() {
    let mut practice = Practice::new();
    done(practice.vault().act(&act("import"), |tx| {
        for number in 0..10_000 {
            let words = "Please send me everything you hold. ".repeat(20);
            let facts =
                NewRequest { words: words.as_str().into(), ..a_request(&format!("Resident {number}")) };
            let request = tx.add_request(&facts, day("2026-11-20"))?.id;
            let document =
                tx.add_document(request, &a_document(&number.to_string().into_bytes()), day("2026-11-20"))?;
            tx.add_mark(document, &a_mark(""), &"Dana".into(), day("2026-11-20"))?;
        }
        Ok::<_, StoreFault>(())
    }));
    practice.lock();
    let (opening, vault) = {
        let begun = Instant::now();
        let vault = practice.try_open().expect("it opens");
        (begun.elapsed(), vault)
    };
    let begun = Instant::now();
    assert_eq!(done(vault.read().requests()).len(), 10_000);
    let cold = begun.elapsed();
    let (warm, _) = best_of_three(|| done(vault.read().requests()));
    let (finding, found) = best_of_three(|| done(vault.read().find_requests("Resident 9999")));
    assert_eq!(found.len(), 1);
    println!(
        "unlock without stretching {opening:?}; list of 10,000 cold {cold:?}, warm {warm:?}; find {finding:?}"
    );
    assert!(opening < within(50), "opening took {opening:?}");
    assert!(warm < within(100), "the list took {warm:?}");
}

#[test]
fn the_journal_and_the_objects_keep_up() {
    let mut practice = Practice::new();
    let begun = Instant::now();
    for _ in 0..500 {
        done(practice.vault().act(&act("nothing"), |_| Ok::<_, StoreFault>(())));
    }
    println!("an act takes {:?}", begun.elapsed() / 500);
    let (verifying, proof) = best_of_three(|| practice.vault().verify_journal());
    assert_eq!(proof.expect("it holds").rows, 500);
    println!("verifying 500 rows takes {verifying:?}");

    let bytes = noise(1, 20 << 20);
    let begun = Instant::now();
    let id = done(practice.vault().act(&act("keep"), |tx| tx.put_object(&bytes)));
    let (writing, begun) = (begun.elapsed(), Instant::now());
    assert_eq!(done(practice.vault().read().object(&id)).len(), bytes.len());
    println!("20 MiB: kept in {writing:?}, read and verified in {:?}", begun.elapsed());
}

#[test]
fn what_a_guess_costs() {
    for cost in [KdfCost::FLOOR, KdfCost::default()] {
        let (taken, done) = best_of_three(|| cost.rehearse());
        assert!(done.is_ok(), "{done:?}");
        println!("{cost:?}: {taken:?}");
    }
}
