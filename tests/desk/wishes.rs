//! What the desk does beside the case: proposals, a new recovery key, how the window is liked.

use super::place::{PHRASE, Place};
use gb_desk::gb_wire::{By, Commands, IdRef, Nothing, Phrase, Preferences, RecoveryCheck, Unlock, Which};

#[test]
fn proposals_name_others_and_never_the_person_who_asks() {
    let place = Place::practice();
    let document = place.view("GB-2026-0001").documents[1].document.id;
    let before = place.desk.marks(IdRef { id: document }, &place.at).expect("marks").marks.len();
    let found = place.desk.proposals(IdRef { id: document }, &place.at).expect("proposals");
    let texts: Vec<&str> = found.iter().map(|p| p.text.as_str()).collect();
    for wanted in ["Okafor", "07700 900 218", "GX01 KRT"] {
        assert!(texts.iter().any(|t| t.contains(wanted)), "{wanted} is not proposed: {texts:?}");
    }
    for own in ["Mara", "14 Tollgate Rise", "HW4 7QT"] {
        assert!(!texts.iter().any(|t| t.contains(own)), "{own} is the requester’s own");
    }
    assert!(
        found.iter().all(|p| !p.rects.is_empty() && p.page >= 1 && !p.why.is_empty()),
        "each says where and why"
    );
    let after = place.desk.marks(IdRef { id: document }, &place.at).expect("marks").marks.len();
    assert_eq!(after, before, "a proposal marks nothing by itself");
}

#[test]
fn a_new_recovery_key_opens_the_vault_and_the_old_one_no_more() {
    let place = Place::practice();
    let make = |phrase: &str| place.desk.recovery_again(Phrase { phrase: phrase.into() }, &place.at);
    make("not the passphrase").expect_err("only somebody who knows the passphrase");
    let first = make(PHRASE).expect("a key");
    let second = make(PHRASE).expect("another key");
    let groups: Vec<String> = second.recovery_key.as_str().split('-').map(str::to_owned).collect();
    let typed = second.ask_back.map(|n| groups[n as usize - 1].to_lowercase());
    let wrong = RecoveryCheck { groups: ["ZZZZ".into(), typed[1].clone()] };
    place.desk.recovery_confirm(wrong, &place.at).expect_err("a wrong group is told");
    let status =
        place.desk.recovery_confirm(RecoveryCheck { groups: typed }, &place.at).expect("checked back");
    assert!(status.recovery_confirmed);
    place.desk.vault_lock(Nothing {}, &place.at).expect("locks");
    let open = |key: &str| {
        let input = Unlock { which: Which::Own, by: By::RecoveryKey, secret: key.into() };
        place.desk.vault_unlock(input, &place.at)
    };
    open(first.recovery_key.as_str()).expect_err("the old key opens nothing");
    open(second.recovery_key.as_str()).expect("the new one does");
}

#[test]
fn how_the_window_is_liked_is_kept_in_the_vault() {
    let place = Place::practice();
    let usual = place.desk.preferences(Nothing {}, &place.at).expect("preferences");
    assert_eq!((usual.theme.as_str(), usual.text), ("system", 100));
    for (theme, text) in [("pink", 100), ("dark", 99), ("dark", 201)] {
        let strange = Preferences { theme: theme.into(), text };
        place.desk.preferences_save(strange, &place.at).expect_err("the window cannot look like that");
    }
    place.desk.preferences_save(Preferences { theme: "dark".into(), text: 150 }, &place.at).expect("kept");
    place.reopen();
    let kept = place.desk.preferences(Nothing {}, &place.at).expect("preferences");
    assert_eq!((kept.theme.as_str(), kept.text), ("dark", 150));
}
