//! The ledgers against the source: no name that does not exist, no public function without a duty.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn texts(folder: &str, ending: &str) -> Vec<String> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending)
}

fn read(folder: &Path, ending: &str) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let (folders, mut files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|p| p.is_dir());
    files.retain(|p| p.extension().is_some_and(|e| e == ending));
    let mut texts: Vec<String> = files.iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    texts.extend(folders.iter().flat_map(|f| read(f, ending)));
    texts
}

/// The names that follow a keyword at the start of a line.
fn named(texts: &[String], keyword: &str) -> BTreeSet<String> {
    let lines = texts.iter().flat_map(|t| t.lines());
    lines
        .filter_map(|line| line.trim_start().strip_prefix(keyword))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

/// The rows of every ledger, as cells.
fn rows() -> Vec<Vec<String>> {
    let ledgers = texts("ledger", "md");
    let rows = ledgers.iter().flat_map(|t| t.lines()).filter(|l| l.starts_with('|'));
    let cells = |l: &str| l.trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    rows.map(cells).filter(|c| c[0] != "provision" && !c[0].starts_with("---")).collect()
}

#[test]
fn every_name_in_a_ledger_exists() {
    let source = [texts("src", "rs"), texts("tests", "rs")].concat();
    let known: BTreeSet<String> =
        ["fn ", "pub fn ", "pub(crate) fn "].iter().flat_map(|k| named(&source, k)).collect();
    for row in rows() {
        for name in row[3].split('`').skip(1).step_by(2) {
            assert!(known.contains(name), "the ledger names `{name}`, which is nowhere: {row:?}");
        }
    }
}

#[test]
fn every_public_function_stands_in_a_ledger() {
    let names: BTreeSet<String> = rows()
        .iter()
        .flat_map(|r| r[3].split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for name in named(&texts("src", "rs"), "pub fn ") {
        assert!(names.contains(&name), "`{name}` is public and carries out no duty of a ledger");
    }
}

#[test]
fn every_row_is_whole() {
    for row in rows() {
        assert_eq!(row.len(), 4, "four cells: {row:?}");
        assert!(row[1].ends_with('.'), "our words are a sentence: {row:?}");
        for how in row[2].split(", ") {
            assert!(["enforced", "warned", "asked", "not ours"].contains(&how), "{how}: {row:?}");
        }
        assert!(row[2] == "not ours" || row[3].contains('`'), "somebody sees to it: {row:?}");
    }
}
