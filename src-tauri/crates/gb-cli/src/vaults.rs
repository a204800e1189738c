//! Work on a vault.

use crate::args::{CaseAdd, DocAdd, InVault, Journal, MarksSet, New, Pack};
use crate::output::{Outcome, Stop, json, read_text, say, write};
use crate::terminal::Terminal;
use gb_desk::{Desk, script};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub fn new(args: &New) -> Outcome {
    let desk = Desk::for_vault(&args.at.vault);
    let made =
        script::new_vault(&desk, &phrase(&args.at)?, &args.organisation, &args.nation, &Terminal::default())?;
    if let Some(warning) = &made.warning {
        eprintln!("{warning}");
    }
    if args.at.json {
        json(&json!({ "vault": args.at.vault, "recovery_key": made.recovery_key }));
    } else {
        say(format!(
            "Recovery key (shown once; keep it on paper, away from this laptop):\n{}",
            made.recovery_key
        ));
    }
    Ok(())
}

pub fn info(args: &InVault) -> Outcome {
    let value = script::info(&open(args)?, &Terminal::default())?;
    if args.json {
        json(&value);
        return Ok(());
    }
    say(format!("{} · Guardbook {}", text(&value["organisation"]), text(&value["version"])));
    for (what, count) in value["counts"].as_object().into_iter().flatten() {
        say(format!("{what}: {count}"));
    }
    for case in value["cases"].as_array().into_iter().flatten() {
        say(format!("{} · {} · {}", text(&case["reference"]), text(&case["state"]), text(&case["says"])));
    }
    Ok(())
}

pub fn check(args: &InVault) -> Outcome {
    let report = script::check_vault(&open(args)?)?;
    let troubles = report["troubles"].as_array().map_or(0, Vec::len);
    if args.json {
        json(&report);
    } else {
        for line in report["says"].as_array().into_iter().flatten() {
            say(text(line));
        }
    }
    match troubles {
        0 => Ok(()),
        n => Err(Stop::refused(format!(
            "{} found in the vault. What still verifies can be read; nothing was changed. Restore the last backup \
             beside this vault and compare.",
            if n == 1 { "One trouble was".to_owned() } else { format!("{n} troubles were") }
        ))),
    }
}

pub fn practice(args: &InVault) -> Outcome {
    let desk = Desk::for_vault(&args.vault);
    let said = script::practice(&desk, &phrase(args)?, &Terminal::default())?;
    tell(args, &said)
}

pub fn case_add(args: &CaseAdd) -> Outcome {
    let desk = open(&args.at)?;
    let said = script::case_add(&desk, &read_text(&args.from)?, &Terminal::default())?;
    tell(&args.at, &said)
}

pub fn doc_add(args: &DocAdd) -> Outcome {
    let desk = open(&args.at)?;
    let password = match &args.password_file {
        Some(path) => Some(read_text(path)?.trim_end_matches(['\r', '\n']).to_owned()),
        None => None,
    };
    let terminal = Terminal { open: args.files.iter().map(absolute).collect() };
    let said = script::doc_add(&desk, &args.case, password.as_deref(), &terminal)?;
    tell(&args.at, &said)
}

pub fn marks_set(args: &MarksSet) -> Outcome {
    let desk = open(&args.at)?;
    let said = script::marks_set(&desk, args.doc, &read_text(&args.marks)?, &Terminal::default())?;
    tell(&args.at, &said)
}

pub fn pack(args: &Pack) -> Outcome {
    let desk = open(&args.at)?;
    let sealed = script::pack(&desk, &args.case, &Terminal::default())?;
    write(&args.out, &sealed.pdf)?;
    write(&beside(&args.out), format!("{:#}\n", sealed.certificate).as_bytes())?;
    tell(&args.at, &sealed.said)
}

pub fn file_copy(args: &Pack) -> Outcome {
    let desk = open(&args.at)?;
    write(&args.out, &script::file_copy(&desk, &args.case)?)
}

pub fn journal(args: &Journal) -> Outcome {
    let desk = open(&args.at)?;
    let report = script::journal(&desk, args.verify)?;
    if args.at.json {
        json(&report);
    } else {
        for line in report["says"].as_array().into_iter().flatten() {
            say(text(line));
        }
    }
    match &report["first_broken"] {
        Value::Null => Ok(()),
        row => Err(Stop::refused(format!(
            "The journal’s chain is broken at row {row}. The rows before it still hold; nothing was changed. \
             Compare with the head printed on the last pack or kept in the last backup."
        ))),
    }
}

/// The certificate's place beside a pack: `PACK.certificate.json`.
fn beside(pack: &Path) -> PathBuf {
    pack.with_extension("certificate.json")
}

fn tell(args: &InVault, said: &Value) -> Outcome {
    if args.json {
        json(said);
    } else {
        for line in said["says"].as_array().into_iter().flatten() {
            say(text(line));
        }
    }
    Ok(())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn absolute(path: &PathBuf) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.clone())
}

fn open(args: &InVault) -> Result<Desk, Stop> {
    let desk = Desk::for_vault(&args.vault);
    script::unlock(&desk, &phrase(args)?, &Terminal::default())?;
    Ok(desk)
}

fn phrase(args: &InVault) -> Result<String, Stop> {
    match &args.passphrase_file {
        Some(path) => Ok(read_text(path)?.trim_end_matches(['\r', '\n']).to_owned()),
        None => std::env::var("GUARDBOOK_PASSPHRASE").map_err(|_| {
            Stop::usage(
                "There is no passphrase. Nothing was opened. Set GUARDBOOK_PASSPHRASE or give --passphrase-file.",
            )
        }),
    }
}
