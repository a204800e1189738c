//! A reader for the tests: the true one, or one that misbehaves in the way its first argument says.

use std::io::Write;
use std::time::Duration;

fn main() {
    let first = std::env::args().nth(1).unwrap_or_default();
    if first == gb_worker::CHILD_ARGUMENT {
        gb_worker::child_main();
    }
    gb_worker::give_up().expect("the tests run where limits can be set");
    match first.as_str() {
        "sleep" => std::thread::sleep(Duration::from_secs(600)),
        "spin" => spin(),
        "abort" => std::process::abort(),
        "panic" => panic!("nobody reads this"),
        "overflow" => println!("{}", deeper(1)),
        "swallow" => swallow(),
        "garbage" => say(b"\x20\0\0\0this is no answer, whatever it is"),
        "unknown" => say(b"\x0f\0\0\0{\"surprise\":{}}"),
        "huge" => say(b"\xff\xff\xff\xff and then little"),
        "extra" => say(b"\x16\0\0\0{\"refused\":\"no_pages\"}and more"),
        "lie" => say(&lie()),
        "quiet" => {}
        "chatter" => {
            for _ in 0..100_000 {
                eprintln!("memory allocation of nothing");
            }
        }
        "fork" => {
            let _ = std::process::Command::new("/bin/sleep").arg("1234").spawn();
            std::thread::sleep(Duration::from_secs(600));
        }
        "write" => write_a_file(),
        other => panic!("{other}"),
    }
}

fn say(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes);
    let _ = out.flush();
}

/// An answer that parses and cannot be true.
fn lie() -> Vec<u8> {
    let text = br#"{"read":{"encrypted":false,"sizes":[[595.0,842.0]],"words":[1],"unreadable":[],"invisible":[],"covered":[7],"blind":[],"missing":0,"cut":false}}"#;
    [&(text.len() as u32).to_le_bytes(), &text[..]].concat()
}

fn spin() {
    let mut n = 0_u64;
    loop {
        n = std::hint::black_box(n.wrapping_add(1));
    }
}

#[allow(unconditional_recursion)]
fn deeper(n: u64) -> u64 {
    let room = std::hint::black_box([n; 64]);
    deeper(room[3]) + room[5]
}

fn swallow() {
    let mut held: Vec<Vec<u8>> = vec![];
    loop {
        held.push(vec![1; 16 << 20]);
        std::hint::black_box(&held);
    }
}

/// A file of no bytes may be made; the first byte written into it ends the process.
fn write_a_file() {
    let path = std::env::temp_dir().join("gb-worker-must-stay-empty");
    let wrote = std::fs::File::create(&path).and_then(|mut f| f.write_all(b"leak"));
    say(if wrote.is_ok() { b"\x01\0\0\0!" } else { b"\x16\0\0\0{\"refused\":\"no_pages\"}" });
}
