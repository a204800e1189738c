//! Every command, with values it never expected.

use super::place::{Around, Place};
use gb_desk::gb_wire::{COMMANDS, Commands, FaultCode, dispatch};
use serde_json::{Value, json};

/// Values that are wrong for every command, or right by accident.
fn strange() -> Vec<Value> {
    let deep = (0..60).fold(json!(1), |inner, _| json!([inner]));
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1e308),
        json!(""),
        json!("\u{0}\u{202e}<script>alert(1)</script>"),
        json!([]),
        json!({}),
        json!({ "id": -1 }),
        json!({ "id": 9_223_372_036_854_775_807_i64 }),
        json!({ "id": "1; DROP TABLE requests" }),
        json!({ "document": 1, "page": 0, "dpi": 4_000_000_000_u32 }),
        json!({ "document": 1, "page": 999_999, "dpi": 0 }),
        json!({ "document": 1, "find": "(((", "whole_word": false }),
        json!({ "document": 1, "mark": { "shape": { "shape": "rect", "page": 1, "rect": [9e9, -9e9, 0, 0] },
                "code": "no such code", "note": "", "answers": [], "review_on": null } }),
        json!({ "document": 1, "mark": { "shape": { "shape": "whole_page", "page": 77 },
                "code": null, "note": "", "answers": [], "review_on": "2026-02-31" } }),
        json!({ "request": 1, "event": "clarification_removed" }),
        json!({ "request": 1, "event": { "clarification_answered": { "answered": "9999-12-31" } } }),
        json!({ "right": "access", "received": "0001-01-01" }),
        json!({ "right": "access", "received": "9999-12-31" }),
        json!({ "text": "%_'\"" , "state": null }),
        json!({ "text": "x".repeat(100_000), "state": "open" }),
        json!({ "key": "../../etc/passwd" }),
        json!({ "groups": ["", ""] }),
        deep,
    ]
}

#[test]
fn no_command_panics_on_strange_values_and_the_vault_stays_sound() {
    let place = Place::practice();
    for command in COMMANDS
        .iter()
        .filter(|c| !["vault_lock", "vault_new", "practice_open", "vault_unlock"].contains(&c.name))
    {
        for value in strange() {
            // Some values are right by accident; what matters is that every answer is an answer.
            let answer = dispatch(&place.desk, command.name, value, &place.at);
            if let Err(fault) = answer {
                assert!(
                    !fault.what.is_empty() && !fault.next.is_empty(),
                    "{} answered with a bare fault",
                    command.name
                );
            }
        }
        assert!(place.desk.is_open(), "{} closed the vault", command.name);
    }
    assert!(place.is_sound());
}

#[test]
fn nothing_is_answered_while_locked_but_what_opens() {
    let place = Place::practice();
    place.desk.vault_lock(gb_desk::gb_wire::Nothing {}, &place.at).expect("locks");
    for command in COMMANDS.iter().filter(|c| !c.while_locked) {
        for value in [json!({}), json!({ "id": 1 })] {
            let fault =
                dispatch(&place.desk, command.name, value, &place.at).expect_err("the vault is locked");
            assert_eq!(fault.code, Some(FaultCode::Locked), "{}: {fault}", command.name);
        }
    }
    let open: Vec<&str> = COMMANDS.iter().filter(|c| c.while_locked).map(|c| c.name).collect();
    assert_eq!(
        open,
        [
            "vault_status",
            "phrase_strength",
            "vault_new",
            "vault_unlock",
            "vault_lock",
            "practice_open",
            "handbook"
        ],
        "what may be called while locked is a short list on purpose"
    );
}

#[test]
fn a_fault_never_repeats_what_was_sent() {
    let place = Place::practice();
    let secret = "Wilhelmina Quarterstaff";
    for command in COMMANDS {
        let sent =
            json!({ "id": secret, "text": 7, "request": secret, "document": secret, "phrase": [secret] });
        if let Err(fault) = dispatch(&place.desk, command.name, sent, &Around::default()) {
            assert!(!fault.to_string().contains(secret), "{} repeats its input: {fault}", command.name);
        }
    }
}
