//! That the window keeps quiet: no network, nothing left on the disk, and a start that waits for nobody.
//!
//! The undriven window is watched from its first breath and may open no internet socket at all. A driven one may: WebKit
//! talks to its driver over one port of this machine, and the journey allows exactly that one.

use super::driver::Window;
use super::first_case::{nothing_left_behind, work};
use super::stage::{Bus, Stage, Watch, app, wait};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any start should take, and far shorter than the 25 seconds a missing portal costs.
const SLOW: Duration = Duration::from_secs(8);
/// Set in the namespace without a network, where the second half of a test runs.
const INSIDE: &str = "GUARDBOOK_INSIDE";

#[test]
#[ignore = "needs the built window: cargo xtask test"]
fn the_window_starts_at_once_with_and_without_a_session_bus() {
    for bus in [Bus::Session, Bus::None, Bus::Dead] {
        let mut stage = Stage::new(bus);
        let took = first_call(&mut stage, app().as_path(), &[]);
        println!("cold start to the page's first call, {bus:?}: {} ms", took.as_millis());
        assert!(took < SLOW, "{bus:?}: the window took {took:?}; something waits for a bus or a portal");
    }
}

#[test]
#[ignore = "needs the built window: cargo xtask test"]
fn the_undriven_window_opens_no_internet_socket() {
    if !permitted() {
        return;
    }
    let mut stage = Stage::new(Bus::Session);
    let watched = stage.program(Watch::Alone);
    first_call(&mut stage, &watched, &["--practice"]);
    // Today is on the screen; give whatever would call home the time to try.
    std::thread::sleep(Duration::from_secs(4));
    let log = fs::read_to_string(stage.path("net.log")).expect("strace wrote down what it saw");
    assert!(log.contains("socket(AF_UNIX"), "the watchman was awake: it saw the display's socket");
    let seen = internet(&log);
    assert!(seen.is_empty(), "internet sockets:\n{}", seen.join("\n"));
}

#[test]
#[ignore = "needs the built window: cargo xtask test"]
fn a_whole_case_without_a_network() {
    if !permitted() {
        return;
    }
    // The driver talks over the loopback, so the whole journey moves into a namespace that has nothing else.
    if env::var_os(INSIDE).is_none() {
        let me = env::current_exe().expect("a test is a program");
        let words =
            ["--ignored", "--exact", "journeys::quiet::a_whole_case_without_a_network", "--nocapture"];
        let inside = "ip link set lo up && exec \"$0\" \"$@\"";
        let status = Command::new("unshare")
            .args(["-n", "sh", "-c", inside])
            .arg(me)
            .args(words)
            .env(INSIDE, "1")
            .status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "the case could not be worked without a network"
        );
        return;
    }
    let mut stage = Stage::new(Bus::Session);
    let mut window = Window::open(&mut stage, Watch::Sockets);
    let pack = work(&mut window, &stage);
    assert!(pack.exists(), "a pack was made");
    nothing_left_behind(&stage);
    window.close();
    nothing_left_behind(&stage);

    let log = fs::read_to_string(stage.path("net.log")).expect("strace wrote down what it saw");
    let outward: Vec<&str> = internet(&log).into_iter().filter(|line| !to_the_driver(line)).collect();
    assert!(outward.is_empty(), "reaching outward:\n{}", outward.join("\n"));
    let doors: BTreeSet<&str> =
        internet(&log).into_iter().filter(|line| line.contains("connect(")).filter_map(port).collect();
    assert!(doors.len() <= 1, "only the driver's own port: {doors:?}");
}

#[test]
#[ignore = "needs strace: cargo xtask test"]
fn the_watchman_would_have_seen_it() {
    if !permitted() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("net.log");
    let call = "exec 3<>/dev/tcp/192.0.2.1/443";
    // 192.0.2.1 is kept for examples (RFC 5737), and the namespace has no way there.
    let mut watched = Command::new("unshare");
    watched
        .args(["-n", "strace", "-f", "-qq", "-e", "trace=%network", "-o"])
        .arg(&log)
        .args(["bash", "-c", call]);
    watched.stderr(Stdio::null()).status().expect("strace runs");
    let log = fs::read_to_string(&log).expect("strace wrote down what it saw");
    assert!(
        internet(&log).iter().any(|line| !to_the_driver(line)),
        "a program that calls out is caught:\n{log}"
    );
}

/// Starts the program with nobody driving it, and waits for the page's first call of the desk.
fn first_call(stage: &mut Stage, program: &Path, words: &[&str]) -> Duration {
    let sign = stage.path("called");
    let mut command = stage.command(program);
    command.args(words).env("GUARDBOOK_CALLED", &sign).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    stage.start(command, "guardbook");
    wait("the page calls the desk", Duration::from_secs(60), || sign.exists());
    began.elapsed()
}

/// Lines that make an internet socket, or name an internet address. A netlink answer about routes is neither.
fn internet(log: &str) -> Vec<&str> {
    let signs = ["socket(AF_INET", "sin_port=", "sin6_port="];
    log.lines().filter(|line| signs.iter().any(|sign| line.contains(sign))).collect()
}

/// WebKit's own way to its driver: a stream, on this machine.
fn to_the_driver(line: &str) -> bool {
    line.contains("socket(AF_INET, SOCK_STREAM") || line.contains("inet_addr(\"127.0.0.1\")")
}

/// The port an address names.
fn port(line: &str) -> Option<&str> {
    line.split("sin_port=htons(").nth(1)?.split(')').next()
}

/// Whether this machine lets us take the network away and look at system calls; says so when it does not.
fn permitted() -> bool {
    let may = Command::new("unshare")
        .args(["-n", "strace", "-qq", "-e", "trace=none", "true"])
        .stderr(Stdio::null())
        .status();
    let may = may.is_ok_and(|status| status.success());
    if !may {
        println!(
            "SKIPPED: unshare -n and strace are not permitted here, so the absence of sockets was not shown."
        );
    }
    may
}
