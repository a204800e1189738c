//! Sealing that is stopped, starved or killed: before or after, never between.

use super::place::{PHRASE, Place, reader};
use gb_desk::gb_model::RequestState;
use gb_desk::gb_wire::{Commands, FaultCode, IdRef, Nothing};
use gb_desk::script;
use gb_testkit::pdf;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;

const READY: &str = "GB-2026-0001";

#[test]
fn cancelling_a_seal_leaves_the_case_as_it_was() {
    let place = Place::practice();
    for after in [1, 2, 3, 5, 8, 13] {
        place.at.stop_after.store(after, Ordering::SeqCst);
        let sealed = place.desk.pack_seal(IdRef { id: place.case(READY) }, &place.at);
        place.at.stop_after.store(0, Ordering::SeqCst);
        place.at.stop.store(false, Ordering::SeqCst);
        let fault = sealed.expect_err("it was stopped");
        assert_eq!(fault.code, Some(FaultCode::Cancelled), "after {after} reports: {fault}");
        let view = place.view(READY);
        assert_eq!((view.request.state, view.packs.len()), (RequestState::Open, 0), "after {after} reports");
    }
    place.desk.pack_seal(IdRef { id: place.case(READY) }, &place.at).expect("it can still be sealed");
}

#[test]
fn a_kill_while_sealing_leaves_the_case_before_or_after() {
    let place = Place::practice();
    place.desk.vault_lock(Nothing {}, &place.at).expect("locks");
    let (mut open, mut sealed) = (0, 0);
    for round in 0..12_u64 {
        let mut child = Command::new(reader())
            .args([place.vault().as_os_str(), PHRASE.as_ref(), READY.as_ref()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        std::thread::sleep(Duration::from_millis(60 + round * 230));
        // A child that has finished cannot be killed; that is one of the states wanted.
        let _ = child.kill();
        child.wait().expect("ends");
        script::unlock(&place.desk, PHRASE, &place.at).expect("the vault opens after a kill");
        let view = place.view(READY);
        match view.packs.len() {
            0 => {
                assert_eq!(view.request.state, RequestState::Open, "round {round}: before");
                open += 1;
            }
            _ => {
                assert_eq!(view.request.state, RequestState::Sealed, "round {round}: after");
                sealed += 1;
            }
        }
        assert!(place.is_sound(), "round {round}");
        place.desk.vault_lock(Nothing {}, &place.at).expect("locks");
        if sealed > 0 {
            break;
        }
    }
    assert!(open > 0, "at least one kill must have come in time, or the test shows nothing");
}

#[test]
fn a_full_disk_while_sealing_is_told_and_nothing_is_lost() {
    let place = Place::practice();
    let small = place.folder.path().join("small");
    fs::create_dir(&small).expect("makes a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"])
        .arg(&small)
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success());
    if !mounted {
        println!("not shown here: mounting a small disk is not allowed");
        return;
    }
    let shown = std::panic::catch_unwind(|| {
        let vault = small.join("vault");
        let desk = gb_desk::Desk::for_vault(&vault).reading_with(reader());
        script::practice(&desk, PHRASE, &place.at).expect("the practice vault fits");
        // Everything that is left but a little: the seal's one write cannot fit.
        let mut left = 24 * 1024 * 1024_u64;
        while fill(&small.join("ballast"), left).is_err() {
            left -= 128 * 1024;
            if left == 0 {
                break;
            }
        }
        let view = desk
            .requests(gb_desk::gb_wire::RequestFilter { text: String::new(), state: None }, &place.at)
            .expect("reading still works");
        let id = view.iter().find(|r| r.reference.to_string() == READY).expect("the case").id;
        let fault = desk.pack_seal(IdRef { id }, &place.at).expect_err("there is no room");
        assert!(fault.what.contains("no room"), "{fault}");
        fs::remove_file(small.join("ballast")).expect("makes room");
        desk.vault_lock(Nothing {}, &place.at).expect("locks");
        script::unlock(&desk, PHRASE, &place.at).expect("opens");
        let after = desk.request(IdRef { id }, &place.at).expect("the case");
        assert_eq!((after.request.state, after.packs.len()), (RequestState::Open, 0), "as before");
        desk.pack_seal(IdRef { id }, &place.at).expect("with room it seals");
    });
    let _ = Command::new("umount").arg(&small).status();
    shown.expect("see above");
}

/// Fills a file for real: a hole takes no room.
fn fill(path: &std::path::Path, bytes: u64) -> std::io::Result<()> {
    fs::write(path, vec![0x5A; bytes as usize])
}

#[test]
fn a_reader_that_dies_takes_nothing_with_it() {
    let place = Place::practice();
    let before = place.view("GB-2026-0002").documents.len();
    let added = place.offer("GB-2026-0002", &[("bomb.pdf", pdf::bomb())]);
    assert_eq!((added.added, added.refused.len()), (0, 1));
    assert_eq!(place.view("GB-2026-0002").documents.len(), before);
    assert!(place.is_sound());
}
