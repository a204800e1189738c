//! `guardbook-cli redact` as a script meets it: exit codes, what is written and what is not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn redact(folder: &Path, marks: &str, more: &[&str]) -> Output {
    let source =
        gb_testkit::pdf::simple_pdf(&[&["Dear Ms Ellingham", "We write about the boiler."], &["Page two."]]);
    fs::write(folder.join("in.pdf"), source).unwrap();
    fs::write(folder.join("marks.json"), marks).unwrap();
    let mut call = Command::new(env!("CARGO_BIN_EXE_guardbook-cli"));
    call.current_dir(folder)
        .args(["redact", "in.pdf", "--marks", "marks.json", "--out", "out.pdf"])
        .args(more);
    call.output().unwrap()
}

#[test]
fn a_mark_that_cannot_be_made_stops_with_its_number_and_nothing_is_written() {
    let good = r#"{"find":"boiler","code":"3P"}"#;
    for (bad, code, says) in [
        (r#"{"find":"Zebedee","code":"3P"}"#, 4, "mark 2"),
        (r#"{"find":"boiler","page":2,"code":"3P"}"#, 4, "mark 2"),
        (r#"{"page":3,"rect":[10,10,90,90],"code":"3P"}"#, 4, "Mark 2"),
        (r#"{"page":3,"code":"3P","whole_page":true}"#, 4, "Mark 2"),
        (r#"{"page":1,"rect":[700,10,790,90],"code":"3P"}"#, 4, "Mark 2"),
        (r#"{"page":1,"rect":[10,10,10,90],"code":"3P"}"#, 4, "Mark 2"),
        (r#"{"page":1,"rect":[10,10,90,90],"code":"no such code"}"#, 4, "mark 2"),
        (r#"{"code":"3P"}"#, 3, "Mark 2"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let marks = format!(r#"{{"marks":[{good},{bad}]}}"#);
        let out = redact(folder.path(), &marks, &["--report", "r.json"]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(code), "{bad}: {said}");
        assert!(said.contains(says), "it names the mark, {bad}: {said}");
        assert!(!said.contains("Zebedee"), "it never repeats the phrase: {said}");
        for file in ["out.pdf", "r.json"] {
            assert!(!folder.path().join(file).exists(), "{file} was written though {bad}");
        }
    }
}

#[test]
fn the_report_is_the_certificate_of_the_file_that_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = redact(folder.path(), r#"{"marks":[{"find":"boiler","code":"3P"}]}"#, &["--report", "r.json"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let report: Value = serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!((&report["pages"], &report["boxes_by_code"]["3P"]), (&2.into(), &1.into()));
    let records = report["page_records"].as_array().unwrap();
    assert!(
        records.iter().all(|r| r["how"] == "rebuilt" || r["how"] == "picture"),
        "each page says how it went"
    );
    assert!(!report.to_string().contains("boiler"), "a certificate never holds the word");
    assert!(fs::read(folder.path().join("out.pdf")).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn a_file_that_cannot_be_written_leaves_no_certificate() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("out.pdf")).unwrap();
    let out = redact(folder.path(), r#"{"marks":[{"find":"boiler","code":"3P"}]}"#, &["--report", "r.json"]);
    assert_ne!(out.status.code(), Some(0), "a folder is in the way");
    assert!(!folder.path().join("r.json").exists(), "a certificate without its file would certify nothing");
}
