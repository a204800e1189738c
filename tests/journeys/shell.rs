//! What a page could try if words of a document ever became a script in it, and what the window says to that.

use super::driver::Window;
use super::stage::{Bus, Stage, Watch, wait};
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

#[test]
#[ignore = "needs the built window: cargo xtask test"]
fn a_script_in_the_page_gets_nowhere() {
    let mut stage = Stage::new(Bus::None);
    let window = Window::open(&mut stage, Watch::None);
    window.find("body");
    let home = window.run("return location.href", json!([]));

    nothing_but_our_call(&window);
    nothing_while_locked(&window);
    odd_values_are_faults(&window);
    nowhere_to_go(&window, &home);
    nothing_foreign_runs(&window);
}

fn nothing_but_our_call(window: &Window) {
    for command in [
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:fs|read_file",
        "plugin:shell|open",
        "plugin:event|emit",
        "plugin:app|version",
        "no_such_command",
    ] {
        let answer = window.invoke(command, json!({ "title": "x", "event": "x", "directory": 1 }));
        assert!(answer.get("fault").is_some(), "{command} must be refused, and said {answer}");
    }
}

fn nothing_while_locked(window: &Window) {
    for name in ["organisation", "today", "journal", "codes", "requests", "search", "undo", "pack_seal"] {
        let code = window.call(name, json!({}))["fault"]["code"].clone();
        assert_eq!(code, "locked", "{name} while there is no open vault");
    }
}

fn odd_values_are_faults(window: &Window) {
    let odd = [json!(null), json!([]), json!("x"), json!(-1), json!({ "phrase": 7 }), json!({ "which": {} })];
    for name in ["vault_unlock", "vault_new", "phrase_strength", "handbook", "nothing of the kind", ""] {
        for input in &odd {
            let answer = window.call(name, input.clone());
            let fault = &answer["fault"];
            assert!(fault["what"].is_string() && fault["next"].is_string(), "{name}({input}) said {answer}");
            let text = fault.to_string();
            assert!(!text.contains("invalid type"), "serde's words can quote what was sent: {text}");
        }
    }
}

fn nowhere_to_go(window: &Window, home: &Value) {
    for script in [
        "location.href = 'https://example.com/'",
        "location.href = 'file:///etc/passwd'",
        "location.href = 'http://127.0.0.1:9/'",
        "location.href = 'data:text/html,x'",
        "location.href = URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))",
        "window.open('https://example.com/')",
        "const a = document.createElement('a'); a.href = 'https://example.com/'; a.target = '_blank'; a.click()",
        "const f = document.createElement('form'); f.action = 'https://example.com/'; document.body.append(f); f.submit()",
    ] {
        window.run(script, json!([]));
        std::thread::sleep(Duration::from_millis(150));
        assert_eq!(
            &window.run("return location.href", json!([])),
            home,
            "the page must stay, after: {script}"
        );
    }
}

fn nothing_foreign_runs(window: &Window) {
    let script = "window.ran = 0; window.refusals = 0;
        document.addEventListener('securitypolicyviolation', () => { window.refusals += 1 });
        const box = document.createElement('div'); document.body.append(box);
        box.innerHTML = '<img src=\"https://example.com/x.png\" onerror=\"window.ran = 1\"><iframe src=\"https://example.com/\"></iframe>'
            + '<svg onload=\"window.ran = 2\"></svg><object data=\"https://example.com/\"></object>';
        const s = document.createElement('script'); s.textContent = 'window.ran = 3'; box.append(s);
        const t = document.createElement('script'); t.src = 'https://example.com/x.js'; box.append(t);
        fetch('https://example.com/').then(() => { window.ran = 4 }, () => {});
        try { new WebSocket('wss://example.com/').onopen = () => { window.ran = 5 } } catch { }
        try { new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))).onmessage = () => { window.ran = 6 } } catch { }
        try { Object.prototype.bent = 7; if ({}.bent) window.ran = 7 } catch { }";
    window.run(script, json!([]));
    wait("the policy refuses", Duration::from_secs(5), || {
        window.run("return window.refusals", json!([])).as_u64() >= Some(6)
    });
    assert_eq!(window.run("return window.ran", json!([])), 0, "nothing foreign ran");
    // The driver's own scripts run outside the page's policy, so a string made code is tried from a timer of the page.
    assert!(!window.has("iframe[src='https://example.com/'] *"), "no frame was filled");
    window.run("document.body.lastElementChild.remove()", json!([]));
}

#[test]
#[ignore = "needs the built window: cargo xtask test"]
fn the_process_is_shut_off() {
    let mut stage = Stage::new(Bus::None);
    let window = Window::open(&mut stage, Watch::None);
    window.find("body");
    let process = stage.processes("guardbook").into_iter().next().expect("the window runs");
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).expect("we may read our own");
    let core =
        limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit of every process");
    let figures: Vec<&str> = core.split_whitespace().skip(4).take(2).collect();
    assert_eq!(figures, ["0", "0"], "a crash leaves no picture of the memory");
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("we may read our own");
    assert!(status.contains("Umask:\t0077"), "files are for their owner alone");
}

#[test]
#[ignore = "needs the built window: cargo xtask test"]
fn the_vault_locks_when_nobody_is_there() {
    let mut stage = Stage::new(Bus::None);
    stage.lock_after = Some(4);
    let window = Window::open(&mut stage, Watch::None);
    window.press("practice");
    window.id("today");
    let began = Instant::now();
    window.press("nav-requests");
    window.says("Mara Ellingham");
    window.find("[data-testid='unlock'], [data-testid='practice']:not([disabled])");
    let took = began.elapsed();
    assert!((3..9).contains(&took.as_secs()), "four seconds after the last touch, and it took {took:?}");
    let left = window.run("return document.documentElement.outerHTML", json!([]));
    assert!(
        !left.as_str().unwrap_or_default().contains("Ellingham"),
        "and nobody's name is left on the screen"
    );
    assert_eq!(
        window.call("requests", json!({ "text": "", "state": null }))["fault"]["code"],
        "locked",
        "nor to be had"
    );
}
