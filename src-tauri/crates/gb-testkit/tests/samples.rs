//! The committed samples are what the generator makes.

use gb_testkit::samples::{self, Sample};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/sample"))
}

fn committed(sample: &Sample) -> Vec<u8> {
    let path = folder().join(&sample.entry.file);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}; run make-samples", path.display()))
}

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    let all = samples::all();
    for sample in all.iter().filter(|s| s.entry.password.is_none()) {
        assert!(
            committed(sample) == sample.bytes,
            "{} differs: run `cargo run -p gb-testkit --bin make-samples`, look at it, and commit it",
            sample.entry.file
        );
    }
    let manifest =
        std::fs::read_to_string(folder().join("manifest.json")).expect("the manifest is committed");
    assert_eq!(manifest, samples::manifest(&all), "the manifest tells of these files");
}

#[test]
fn the_same_call_gives_the_same_bytes() {
    for (first, second) in samples::all().iter().zip(samples::all()) {
        assert!(first.bytes == second.bytes, "{} changes from call to call", first.entry.file);
    }
}

#[test]
fn the_protected_one_is_encrypted_and_the_rest_is_not() {
    for sample in samples::all() {
        let bytes = committed(&sample);
        let locked = bytes.windows(8).any(|w| w == b"/Encrypt");
        assert_eq!(locked, sample.entry.password.is_some(), "{}", sample.entry.file);
    }
}

#[test]
fn the_samples_stay_small() {
    let sizes: Vec<usize> = samples::all().iter().map(|s| committed(s).len()).collect();
    assert!(sizes.iter().all(|s| *s < 300_000), "each under 300 KB: {sizes:?}");
    assert!(sizes.iter().sum::<usize>() < 1_500_000, "all under 1.5 MB");
}

#[test]
fn nothing_else_lies_in_the_folder() {
    let mut known: Vec<String> = samples::all().into_iter().map(|s| s.entry.file).collect();
    known.push("manifest.json".to_owned());
    for entry in std::fs::read_dir(folder()).expect("the folder is committed").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(known.contains(&name), "{name} is not made by the generator");
    }
}
