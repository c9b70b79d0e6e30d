//! The whole process on generated workspaces: wall clock, CPU and peak memory, beside the CPU of a bare libyaml event parse of the
//! same bytes: `cargo bench --bench end_to_end`. Needs GNU time.

#![allow(clippy::float_arithmetic, reason = "these are measurements")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

mod support;

fn main() {
    // `cargo test --benches` only wants to know that it starts.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    out("                          MB   libyaml s    wall s (ratio)     CPU s (ratio)   peak MB");
    for (name, bundles) in [("1,000 files", 1_000), ("10,000 files", 10_000)] {
        measure(&format!("check {name}"), &["check"], &support::workspace(bundles));
    }
    for items in [1_000, 10_000] {
        measure(&format!("check {items} items"), &["check"], &support::large(items));
    }
    measure("build 1,000 files", &["build"], &support::workspace(1_000));
}

fn out(line: &str) {
    use std::io::Write;
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}

fn measure(name: &str, args: &[&str], files: &[(String, String)]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let best = |times: &mut dyn FnMut() -> f64| (0..3).map(|_| times()).fold(f64::INFINITY, f64::min);
    let libyaml = best(&mut || {
        let start = Instant::now();
        for (_, text) in files {
            std::hint::black_box(yijianshi_baseline::events(text.as_bytes()));
        }
        start.elapsed().as_secs_f64()
    });
    let runs: Vec<[f64; 3]> = (0..3).map(|_| run(folder.path(), args)).collect();
    let least = |index: usize| runs.iter().map(|run| run[index]).fold(f64::INFINITY, f64::min);
    let [wall, cpu, peak] = [0, 1, 2].map(least);
    out(&format!(
        "{name:20} {:8.1} {libyaml:11.3} {wall:9.2} ({:5.2}) {cpu:9.2} ({:5.2}) {:9.1}",
        bytes as f64 / 1e6,
        wall / libyaml,
        cpu / libyaml,
        peak / 1024.0,
    ));
}

/// Wall clock and CPU in seconds, peak memory in KiB.
fn run(folder: &Path, args: &[&str]) -> [f64; 3] {
    let done = Command::new("/usr/bin/time")
        .args(["-f", "%e %U %S %M", env!("CARGO_BIN_EXE_yijianshi")])
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::null())
        .output()
        .expect("GNU time is installed");
    let said = String::from_utf8_lossy(&done.stderr);
    let numbers: Vec<f64> =
        said.lines().last().unwrap_or_default().split(' ').filter_map(|number| number.parse().ok()).collect();
    let [wall, user, system, peak] = numbers[..] else { panic!("no figures: {said}") };
    [wall, user + system, peak]
}
