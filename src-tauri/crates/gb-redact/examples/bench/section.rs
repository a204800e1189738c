//! `BENCH.md`: one part of it for each thing measured, and the machine it was measured on.

use std::path::Path;

/// The machine, its cores and memory, and today's engine.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let find = |text: &str, key: &str| {
        let line = text.lines().find(|l| l.starts_with(key)).unwrap_or_default().to_owned();
        line.split_once(':').map_or("unknown".to_owned(), |(_, v)| v.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory: f64 = find(&read("/proc/meminfo"), "MemTotal")
        .split_whitespace()
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0.0);
    let system = read("/etc/os-release");
    let system = system
        .lines()
        .find_map(|l| l.strip_prefix("PRETTY_NAME="))
        .unwrap_or("unknown")
        .trim_matches('"')
        .to_owned();
    format!(
        "Machine: {}, {cores} cores, {:.0} GiB, {system}; gb-redact {}",
        find(&read("/proc/cpuinfo"), "model name"),
        memory / 1_048_576.0,
        env!("CARGO_PKG_VERSION")
    )
}

/// Puts a text into its part of a report, the other parts left alone.
pub fn section(report: &Path, name: &str, text: &str) {
    let (begin, end) =
        (format!("<!-- {name}: written by cargo xtask bench -->"), format!("<!-- {name}: end -->"));
    let old = std::fs::read_to_string(report).unwrap_or_else(|_| "# Measured\n".to_owned());
    let part = format!("{begin}\n\n{}\n\n{end}", text.trim());
    let new = match (old.find(&begin), old.find(&end)) {
        (Some(a), Some(b)) if a < b => format!("{}{part}{}", &old[..a], &old[b + end.len()..]),
        _ => format!("{}\n\n{part}\n", old.trim_end()),
    };
    if let Err(fault) = std::fs::write(report, new) {
        eprintln!("{} could not be written: {fault}", report.display());
    }
}
