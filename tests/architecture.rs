//! Holds the plan of the house against the house.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use toml::Table;

/// Which of our crates may use which. A new crate or a new arrow is a decision: make it here, and in ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("gb-model", &[]),
    ("gb-law", &["gb-model"]),
    ("gb-store", &["gb-model"]),
    ("gb-redact", &[]),
    ("gb-intake", &["gb-redact"]),
    ("gb-worker", &["gb-redact", "gb-intake"]),
    ("gb-find", &["gb-model", "gb-redact"]),
    ("gb-paper", &["gb-model", "gb-redact"]),
    ("gb-wire", &["gb-model"]),
    (
        "gb-desk",
        &[
            "gb-model",
            "gb-law",
            "gb-store",
            "gb-redact",
            "gb-intake",
            "gb-worker",
            "gb-find",
            "gb-paper",
            "gb-wire",
        ],
    ),
    ("gb-cli", &["gb-desk", "gb-wire"]),
    ("guardbook", &["gb-desk", "gb-wire"]),
    ("gb-testkit", &["gb-model"]),
    ("xtask", &["gb-wire"]),
    ("guardbook-tests", &["gb-desk", "gb-testkit"]),
];

/// Libraries that belong in one place.
const AT_HOME: &[(&str, &[&str])] = &[
    ("tauri", &["guardbook"]),
    ("tauri-build", &["guardbook"]),
    ("rfd", &["guardbook"]),
    ("tokio", &["guardbook"]),
    ("rusqlite", &["gb-store"]),
    ("printpdf", &["gb-paper"]),
];

/// Libraries that talk to a network, or exist to be talked to.
const NOWHERE: &[&str] = &[
    "reqwest",
    "hyper",
    "hyper-tls",
    "ureq",
    "curl",
    "isahc",
    "attohttpc",
    "minreq",
    "surf",
    "native-tls",
    "rustls",
    "tungstenite",
    "tauri-plugin-http",
    "tauri-plugin-shell",
    "tauri-plugin-updater",
    "tauri-plugin-websocket",
    "tauri-plugin-upload",
    "tauri-plugin-fs",
    "socket2",
    "mio",
    "async-std",
    "smol",
    "mupdf",
    "mupdf-sys",
];

/// Names that open a socket, and names that ask a clock. Below the window neither has any business.
const SOCKETS: &[&str] = &["std::net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream"];
const CLOCKS: &[&str] = &["Utc::now(", "Local::now(", "SystemTime::now("];

/// One of our packages.
struct Package {
    name: String,
    folder: PathBuf,
    /// What it is built from, on every system.
    uses: BTreeSet<String>,
    /// What its tests are built from besides.
    tests_use: BTreeSet<String>,
}

#[test]
fn every_arrow_stands_in_the_plan() {
    let plan: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in packages() {
        let Some(allowed) = plan.get(package.name.as_str()) else {
            wrong.push(format!("{} is a new crate: say in the plan what it may use", package.name));
            continue;
        };
        let ours = |name: &&String| plan.contains_key(name.as_str());
        for name in package.uses.iter().filter(ours).filter(|name| !allowed.contains(&name.as_str())) {
            wrong.push(format!("{} → {name} is not in the plan", package.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_in_the_plan_is_there() {
    let there: BTreeSet<String> = packages().into_iter().map(|package| package.name).collect();
    let planned: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(there, planned, "the plan names what is built, and nothing else");
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for package in packages() {
        for name in package.uses.iter().chain(&package.tests_use) {
            let homes = AT_HOME.iter().find(|(library, _)| library == name).map(|(_, homes)| *homes);
            if homes.is_some_and(|homes| !homes.contains(&package.name.as_str())) {
                wrong.push(format!("{} uses {name}, which belongs in {homes:?}", package.name));
            }
            if NOWHERE.contains(&name.as_str()) {
                wrong.push(format!(
                    "{} uses {name}, which belongs nowhere in an offline program",
                    package.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_below_the_window_opens_a_socket_or_asks_a_clock() {
    let mut wrong = Vec::new();
    for package in packages().iter().filter(|package| package.name != "guardbook-tests") {
        let may_ask_clocks = ["guardbook", "gb-cli", "xtask"].contains(&package.name.as_str());
        for file in files(&package.folder.join("src"), "rs") {
            let text = fs::read_to_string(&file).expect("source is text");
            // Comments may name what the code refuses.
            let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let clocks = if may_ask_clocks { [].iter() } else { CLOCKS.iter() };
            for name in SOCKETS.iter().chain(clocks).filter(|name| code.contains(**name)) {
                wrong.push(format!("{}: {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_says_what_it_is_for_and_what_it_refuses() {
    let mut wrong = Vec::new();
    for package in packages() {
        let root = ["src/lib.rs", "src/main.rs", "main.rs"].map(|name| package.folder.join(name));
        let text = root.iter().find_map(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        let opening: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
        if opening.len() < 120 || !opening.contains("refus") {
            wrong.push(format!("{} opens with: {opening}", package.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "a crate opens by saying what it is for and what it refuses:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn only_one_file_of_the_window_knows_tauri() {
    let ui = workspace().join("ui/src");
    let knows: Vec<String> = ["ts", "svelte"]
        .iter()
        .flat_map(|kind| files(&ui, kind))
        .filter(|file| fs::read_to_string(file).expect("source is text").contains("@tauri-apps"))
        .map(|file| file.strip_prefix(&ui).expect("it lies under it").display().to_string())
        .collect();
    assert_eq!(knows, ["backend/tauri.ts"], "everything else asks the Host");
}

#[test]
fn no_text_becomes_markup() {
    let mut wrong = Vec::new();
    for file in ["ts", "svelte"].iter().flat_map(|kind| files(&workspace().join("ui/src"), kind)) {
        let text = fs::read_to_string(&file).expect("source is text");
        for way in [
            "{@html",
            ".innerHTML",
            ".outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "localStorage",
            "eval(",
        ] {
            if text.contains(way) && !file.to_string_lossy().ends_with(".test.ts") {
                wrong.push(format!("{}: {way}", file.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "words from documents must stay words, and nothing is kept by the page:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn there_is_one_package_json() {
    let found: Vec<PathBuf> =
        files(&workspace(), "json").into_iter().filter(|file| file.ends_with("package.json")).collect();
    assert_eq!(
        found,
        [workspace().join("ui/package.json")],
        "the window is the only thing made of JavaScript"
    );
}

#[test]
fn the_window_may_ask_for_three_things() {
    let read = |path: &str| -> serde_json::Value {
        let text = fs::read_to_string(workspace().join("src-tauri").join(path)).expect("it is there");
        serde_json::from_str(&text).expect("it is JSON")
    };
    let capability = read("capabilities/main.json");
    let permissions =
        serde_json::json!(["allow-call", "core:event:allow-listen", "core:event:allow-unlisten"]);
    assert_eq!(capability["permissions"], permissions, "more is a decision");
    assert_eq!(capability["local"], true, "and only for our own pages");
    assert!(capability.get("remote").is_none(), "never for anybody else's");
    assert_eq!(
        fs::read_dir(workspace().join("src-tauri/capabilities")).expect("it is there").count(),
        1,
        "rights merge"
    );

    let app = &read("tauri.conf.json")["app"];
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; \
                  connect-src ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; form-action 'none'; \
                  frame-ancestors 'none'";
    assert_eq!(app["security"]["csp"], policy, "what the page may load");
    assert_eq!(app["security"]["freezePrototype"], true, "no script can bend what others rely on");
    assert_eq!(app["withGlobalTauri"], false, "scripts reach Tauri by import only");
}

fn packages() -> Vec<Package> {
    let root = table(&workspace().join("Cargo.toml"));
    let members = root["workspace"]["members"].as_array().expect("a workspace has members");
    members
        .iter()
        .map(|member| {
            let folder = workspace().join(member.as_str().expect("a member is a path"));
            let manifest = table(&folder.join("Cargo.toml"));
            let mut tables = vec![&manifest];
            tables.extend(
                manifest
                    .get("target")
                    .and_then(|t| t.as_table())
                    .into_iter()
                    .flatten()
                    .filter_map(|(_, t)| t.as_table()),
            );
            let names = |kind: &str| -> BTreeSet<String> {
                tables
                    .iter()
                    .filter_map(|t| t.get(kind)?.as_table())
                    .flatten()
                    .map(|(name, value)| renamed(name, value))
                    .collect()
            };
            let mut uses = names("dependencies");
            uses.extend(names("build-dependencies"));
            let name = manifest["package"]["name"].as_str().expect("a package has a name").to_owned();
            let tests_use = names("dev-dependencies");
            if name == "guardbook-tests" {
                uses.extend(tests_use.clone());
            }
            Package { name, folder, uses, tests_use }
        })
        .collect()
}

/// The package behind a dependency, whatever it is called here.
fn renamed(name: &str, value: &toml::Value) -> String {
    value.get("package").and_then(|package| package.as_str()).unwrap_or(name).to_owned()
}

fn table(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    text.parse().unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// Files of a kind, without what is built or fetched.
fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir()
            && !name.starts_with('.')
            && !["node_modules", "target", "dist", "gen"].contains(&name.as_str())
        {
            found.extend(files(&path, kind));
        } else if path.extension().is_some_and(|extension| extension == kind) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lie in the workspace").to_owned()
}
