//! The program is killed at any moment of `invoice run --finalize`. Numbers have no gap, every
//! final invoice is whole, and the next run makes the rest. `RATEBOOK_KILLS` says how often; 30
//! without it.

mod home;

use home::Home;
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MONTHS: [&str; 3] = ["2026-08", "2026-09", "2026-10"];

#[test]
fn a_run_that_is_killed_leaves_whole_invoices_without_a_gap() {
    let kills = std::env::var("RATEBOOK_KILLS").ok();
    let kills: u64 = kills.and_then(|kills| kills.parse().ok()).unwrap_or(30);
    let home = Home::new();
    let made = home.run(&["demo", &home.text("demo"), "--drafts"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let fresh = home.path("demo/sample.ratebook");
    let book = home.path("book.ratebook");
    // How long a run takes that nobody kills.
    std::fs::copy(&fresh, &book).unwrap();
    let begin = Instant::now();
    finalize(&home, &book.display().to_string(), "2026-08");
    let whole = u64::try_from(begin.elapsed().as_millis()).unwrap().max(10);
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let (mut before, mut after) = (0_u32, 0_u32);
    for kill in 0..kills {
        if kill % 3 == 0 {
            for ending in ["", "-wal", "-shm", ".lock"] {
                let _ = std::fs::remove_file(format!("{}{ending}", book.display()));
            }
            std::fs::copy(&fresh, &book).unwrap();
        }
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let month = MONTHS[usize::try_from(kill % 3).unwrap()];
        let had = numbers(&home, &book.display().to_string()).len();
        run_and_kill(
            &home,
            &book.display().to_string(),
            month,
            random % (whole + whole / 4),
        );
        let now = numbers(&home, &book.display().to_string());
        // All of the run or nothing of it.
        match now.len() - had {
            0 => before += 1,
            12 => after += 1,
            part => panic!("kill {kill}: {part} of 12 invoices are final"),
        }
        finalize(&home, &book.display().to_string(), month);
        let all = numbers(&home, &book.display().to_string());
        let counters = all.iter().map(|number| number.rsplit('-').next().unwrap());
        let counters: Vec<usize> = counters.map(|text| text.parse().unwrap()).collect();
        let expected: Vec<usize> = (1..=all.len()).collect();
        assert_eq!(counters, expected, "kill {kill}: {all:?}");
        if kill % 3 == 2 || kill + 1 == kills {
            let verified = home.run(&["--book", &book.display().to_string(), "verify"]);
            assert_eq!(
                verified.code, 0,
                "kill {kill}: {}{}",
                verified.out, verified.err
            );
        }
    }
    println!("{kills} kills in runs of {whole} ms: {before} left nothing, {after} came too late");
    assert!(before > 0, "no kill hit a run");
}

fn finalize(home: &Home, book: &str, month: &str) {
    let done = home.run(&[
        "--book",
        book,
        "invoice",
        "run",
        "--period",
        month,
        "--finalize",
    ]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
}

/// The numbers of all final invoices, sorted.
fn numbers(home: &Home, book: &str) -> Vec<String> {
    let mut all = Vec::new();
    for month in MONTHS {
        let listed = home.run(&[
            "--book", book, "--json", "invoice", "run", "--period", month,
        ]);
        assert_eq!(listed.code, 0, "{}", listed.err);
        let rows: Value = serde_json::from_str(&listed.out).unwrap();
        let own = rows.as_array().unwrap().iter();
        all.extend(own.filter_map(|row| row["number"].as_str().map(str::to_owned)));
    }
    all.sort();
    all
}

fn run_and_kill(home: &Home, book: &str, month: &str, patience: u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ratebook"))
        .args([
            "--book",
            book,
            "invoice",
            "run",
            "--period",
            month,
            "--finalize",
        ])
        .env("HOME", home.path(""))
        .env("RATEBOOK_CONFIG_DIR", home.path("settings"))
        .env_remove("RATEBOOK_BOOK")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(patience));
    child.kill().unwrap();
    child.wait().unwrap();
}
