use super::*;
use std::fs;

fn object_files(practice: &Practice) -> Vec<PathBuf> {
    files(&practice.path().join("objects"))
}

#[test]
fn bytes_come_back_and_lie_where_they_should() {
    let mut practice = Practice::new();
    let limit = 256 * 1024;
    for (length, in_file) in
        [(0, false), (1, false), (limit, false), (limit + 1, true), (3 * limit, true), (1_000_003, true)]
    {
        let bytes = noise(length as u64 + 1, length);
        let before = object_files(&practice).len();
        let id = done(practice.vault().act(&act("keep"), |tx| tx.put_object(&bytes)));
        let again = done(practice.vault().act(&act("keep"), |tx| tx.put_object(&bytes)));
        assert_eq!(id, again, "the same bytes have the same name");
        assert_eq!(object_files(&practice).len() - before, usize::from(in_file), "{length} bytes, kept once");
        assert_eq!(done(practice.vault().read().object(&id)).as_slice(), bytes, "{length} bytes come back");
    }
    assert_eq!(practice.reopen().check(), vec![], "and verify after opening again");
}

#[test]
fn the_same_bytes_have_another_name_in_another_vault() {
    let names: Vec<String> = (0..2)
        .map(|_| {
            let mut practice = Practice::new();
            done(practice.vault().act(&act("keep"), |tx| tx.put_object(b"known file"))).to_string()
        })
        .collect();
    assert_ne!(names[0], names[1], "a name must not confirm what somebody guesses");
}

#[test]
fn a_missing_or_damaged_object_is_loud() {
    let mut practice = Practice::new();
    let request = practice.request();
    let document = practice.document(request, &noise(1, 300 * 1024));
    let file = object_files(&practice).remove(0);
    let id = file.file_stem().expect("a name").to_string_lossy().into_owned();
    let whole = fs::read(&file).expect("it can be read");

    for place in [0, 7, 8, 20, 27, 1000, 70_000, whole.len() - 1] {
        let mut bent = whole.clone();
        bent[place] ^= 0x10;
        fs::write(&file, &bent).expect("it can be written");
        let read = practice.vault().read().document_bytes(document).map(|_| ());
        assert!(
            matches!(&read, Err(StoreFault::DamagedObject { id: named }) if *named == id),
            "{place}: {read:?}"
        );
    }
    assert_eq!(
        practice.vault().check(),
        vec![Trouble::DamagedObject { id: id.clone() }],
        "the check finds it"
    );
    for length in [0, 10, 27, 65_536, whole.len() - 1] {
        fs::write(&file, &whole[..length]).expect("it can be written");
        let read = practice.vault().read().document_bytes(document).map(|_| ());
        assert!(matches!(read, Err(StoreFault::DamagedObject { .. })), "cut to {length}: {read:?}");
    }
    fs::remove_file(&file).expect("it can be removed");
    let read = practice.vault().read().document_bytes(document).expect_err("it is gone");
    assert!(read.to_string().contains(&id), "the fault names the file: {read}");
    assert_eq!(practice.reopen().check(), vec![Trouble::MissingObject { id }], "the check finds it");
    fs::write(&file, &whole).expect("it can be put back");
    assert_eq!(practice.vault().check(), vec![], "and put back it is well");
    fs::remove_file(&file).expect("it can be removed");
    practice.document(request, &noise(1, 300 * 1024));
    assert_eq!(practice.vault().check(), vec![], "so it is when the same document is added again");
}

#[test]
fn one_object_does_not_pass_for_another() {
    let mut practice = Practice::new();
    let request = practice.request();
    let [one, two] = [1, 2].map(|seed| practice.document(request, &noise(seed, 300 * 1024)));
    let found = object_files(&practice);
    let swapped = practice.path().join("swap");
    for (from, to) in [(&found[0], &swapped), (&found[1], &found[0]), (&swapped, &found[1])] {
        fs::rename(from, to).expect("it can be renamed");
    }
    for document in [one, two] {
        let read = practice.vault().read().document_bytes(document).map(|_| ());
        assert!(matches!(read, Err(StoreFault::DamagedObject { .. })), "{read:?}");
    }
}

#[test]
fn removing_a_document_removes_its_bytes_unless_they_are_needed() {
    let mut practice = Practice::new();
    let request = practice.request();
    let bytes = noise(5, 300 * 1024);
    let (one, two) = (practice.document(request, &bytes), practice.document(request, &bytes));
    let remove = |practice: &mut Practice, id| {
        done(practice.vault().act(&act("remove_document"), |tx| tx.remove_document(id)))
    };
    remove(&mut practice, one);
    assert_eq!(object_files(&practice).len(), 1, "the other document needs them");
    // Removed and put again within one act: the row must still be found, or its file would be overwritten
    // under a key that a failed commit then forgets.
    let failed = practice.vault().act(&act("swap"), |tx| {
        tx.remove_document(two)?;
        tx.add_document(request, &a_document(&bytes), day("2026-11-20"))?;
        Err::<(), _>(StoreFault::Abandoned)
    });
    assert!(failed.is_err());
    let kept = done(practice.vault().read().document_bytes(two));
    assert_eq!(kept.as_slice(), bytes, "an act that failed left the bytes readable");
    remove(&mut practice, two);
    assert_eq!(object_files(&practice), Vec::<PathBuf>::new(), "nobody needs them any more");
    assert_eq!(practice.vault().check(), vec![], "and nothing speaks of them");
}

#[test]
fn opening_sweeps_what_a_cut_left() {
    let mut practice = Practice::new();
    let request = practice.request();
    practice.document(request, &noise(6, 300 * 1024));
    let needed = object_files(&practice).remove(0);
    let shelf = needed.parent().expect("a shelf").to_owned();
    let aged = |path: &PathBuf, hours: u64| {
        fs::write(path, "left").expect("it can be written");
        let then = std::time::SystemTime::from(now()) - std::time::Duration::from_secs(hours * 3600);
        let file = fs::OpenOptions::new().write(true).open(path).expect("it is there");
        file.set_modified(then).expect("it can be dated");
    };
    let cases = [
        (shelf.join(format!("{}.gbo.tmp", "a".repeat(64))), 0, false, "half written a moment ago"),
        (practice.path().join("vault.json.tmp"), 0, false, "half a header"),
        (shelf.join(format!("{}.gbo", "b".repeat(64))), 30, false, "without a row for a day"),
        (shelf.join(format!("{}.gbo", "c".repeat(64))), 2, true, "without a row for two hours"),
    ];
    cases.iter().for_each(|(path, hours, ..)| aged(path, *hours));
    aged_only(&needed, 1000);
    practice.reopen();
    for (path, _, stays, what) in &cases {
        assert_eq!(path.exists(), *stays, "{what}");
    }
    assert!(needed.exists(), "what has a row stays, however old");
}

fn aged_only(path: &PathBuf, hours: u64) {
    let then = std::time::SystemTime::from(now()) - std::time::Duration::from_secs(hours * 3600);
    let file = fs::OpenOptions::new().write(true).open(path).expect("it is there");
    file.set_modified(then).expect("it can be dated");
}
