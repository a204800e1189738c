//! PDFs, without a vault.

use crate::args::{Check, Find, Redact, Render, Text};
use crate::output::{Outcome, Stop, json, read, read_text, say, write};
use gb_desk::tools;
use serde_json::Value;
use std::path::PathBuf;

pub fn redact(args: &Redact) -> Outcome {
    let password = password(&args.password_file)?;
    let done = tools::redact(read(&args.input)?, password.as_deref(), &read_text(&args.marks)?)?;
    if let Some(report) = &args.report {
        write(report, format!("{:#}\n", done.certificate).as_bytes())?;
    }
    // The file comes last: where it stands, its certificate stands too.
    let written = write(&args.out, &done.pdf);
    if let (Err(_), Some(report)) = (&written, &args.report) {
        // A certificate without its file would certify nothing.
        let _ = std::fs::remove_file(report);
    }
    written?;
    say(done.says);
    Ok(())
}

pub fn check(args: &Check) -> Outcome {
    let findings = tools::check(read(&args.file)?, &args.secret)?;
    let list = findings["findings"].as_array().cloned().unwrap_or_default();
    if args.json {
        json(&findings);
    } else {
        for finding in &list {
            say(line(finding));
        }
        if list.is_empty() {
            say("Nothing was found that the page does not show.");
        }
    }
    if list.is_empty() {
        return Ok(());
    }
    Err(Stop::refused(format!(
        "{} found in this file. The file itself was not changed. Redact it again with Guardbook before it leaves.",
        if list.len() == 1 { "One thing was".to_owned() } else { format!("{} things were", list.len()) }
    )))
}

pub fn text(args: &Text) -> Outcome {
    let password = password(&args.password_file)?;
    let value = tools::text(read(&args.input)?, password.as_deref())?;
    if args.json {
        json(&value);
        return Ok(());
    }
    for page in value["pages"].as_array().into_iter().flatten() {
        let words: Vec<&str> =
            page["words"].as_array().into_iter().flatten().filter_map(|w| w["text"].as_str()).collect();
        say(format!("{}\n", words.join(" ")));
    }
    Ok(())
}

pub fn render(args: &Render) -> Outcome {
    let password = password(&args.password_file)?;
    let png = tools::render(read(&args.input)?, password.as_deref(), args.page, args.dpi)?;
    write(&args.out, &png)
}

pub fn find(args: &Find) -> Outcome {
    let people = match &args.people {
        Some(path) => {
            read_text(path)?.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
        }
        None => Vec::new(),
    };
    let value = tools::find(read(&args.input)?, &args.keep, &people)?;
    if args.json {
        json(&value);
        return Ok(());
    }
    for proposal in value["proposals"].as_array().into_iter().flatten() {
        say(line(proposal));
    }
    Ok(())
}

/// One line of what a JSON object says: its texts and numbers, in order of its keys.
fn line(value: &Value) -> String {
    let parts = value.as_object().into_iter().flatten().filter_map(|(key, v)| match v {
        Value::String(s) => Some(format!("{key}: {s}")),
        Value::Number(n) => Some(format!("{key}: {n}")),
        _ => None,
    });
    parts.collect::<Vec<_>>().join(" · ")
}

fn password(file: &Option<PathBuf>) -> Result<Option<String>, Stop> {
    match file {
        Some(path) => Ok(Some(read_text(path)?.trim_end_matches(['\r', '\n']).to_owned())),
        None => Ok(None),
    }
}
