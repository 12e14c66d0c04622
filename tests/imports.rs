//! Golden cases of usage files: `imports/<case>` and beside it `<case>.report`, what the
//! import makes of it. A case may have `<case>.mapping.json`, the meaning of its columns. The
//! import's clock stands at 23 November 2026, noon.
//!
//! With `RATEBOOK_BLESS=1` the reports are written instead of compared; the diff is reviewed.

use std::{
    fmt::Write as _,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use ratebook_money::Timestamp;
use ratebook_usage::{
    EventBatch, canonical_line,
    import::{ColumnMapping, Context, Effect, ImportError, Importer, RowIssue, Step},
};
use suite::repository::root;

#[test]
fn every_usage_file_gives_its_report() {
    let bless = std::env::var_os("RATEBOOK_BLESS").is_some();
    let mut offences = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 20, "only {} cases found", cases.len());
    for case in cases {
        let report = report(&case);
        let beside = beside(&case, "report");
        if bless {
            fs::write(&beside, &report).expect("the report can be written");
            continue;
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if expected != report {
            offences.push(format!(
                "{}\n{}",
                case.display(),
                difference(&expected, &report)
            ));
        }
    }
    assert!(
        offences.is_empty(),
        "reports that differ:\n{}",
        offences.join("\n")
    );
}

#[test]
fn a_file_read_twice_has_the_same_identities_and_contents() {
    for case in cases() {
        let (first, second) = (read(&case), read(&case));
        let (Ok(first), Ok(second)) = (first, second) else {
            continue;
        };
        let hashes = |batch: &EventBatch| -> Vec<([u8; 16], [u8; 16])> {
            batch
                .rows()
                .iter()
                .map(|row| (row.identity, row.content))
                .collect()
        };
        assert_eq!(hashes(&first.0), hashes(&second.0), "{}", case.display());
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = root().join("tests/imports");
    let entries = fs::read_dir(&folder).expect("tests/imports is there");
    let mut cases: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    cases.retain(|path| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        !name.starts_with('.')
            && !name.ends_with(".report")
            && !name.ends_with(".mapping.json")
            && !name.ends_with(".md")
    });
    cases.sort();
    cases
}

/// The file with this further ending, beside the case.
fn beside(case: &Path, ending: &str) -> PathBuf {
    let name = case.file_name().unwrap_or_default().to_string_lossy();
    case.with_file_name(format!("{name}.{ending}"))
}

type Read = (EventBatch, Vec<RowIssue>, String);

/// Cases are small: all of one fits one batch.
fn read(case: &Path) -> Result<Read, ImportError> {
    let mapping = fs::read_to_string(beside(case, "mapping.json")).ok();
    let mapping: Option<ColumnMapping> =
        mapping.map(|text| serde_json::from_str(&text).expect("a column mapping"));
    let now = Timestamp::parse("2026-11-23T12:00:00Z").expect("a time");
    let context = Context {
        now,
        mapping,
        ..Context::default()
    };
    let bytes = fs::read(case).expect("the case can be read");
    let mut importer = Importer::open(Box::new(Cursor::new(bytes)), None, context)?;
    let (mut batch, mut issues) = (EventBatch::default(), Vec::new());
    let step = importer.next_batch(&mut batch, &mut issues)?;
    assert_eq!(step, Step::End, "{} is too long for a case", case.display());
    Ok((batch, issues, importer.format().as_str().to_owned()))
}

fn report(case: &Path) -> String {
    let mut text = String::new();
    let (batch, issues, format) = match read(case) {
        Ok(read) => read,
        Err(error) => {
            let (code, value) = error.code();
            let _ = writeln!(text, "file refused: {code} {value}");
            if let ImportError::Mapping(faults) = error {
                for fault in faults {
                    let _ = writeln!(text, "  {} {}", fault.path, fault.code);
                }
            }
            return text.trim_end().to_owned() + "\n";
        }
    };
    let _ = writeln!(text, "format {format}\naccepted {}", batch.len());
    for (row, event) in batch.rows().iter().zip(batch.to_events()) {
        let _ = writeln!(text, "  line {}: {}", row.line, canonical_line(&event));
    }
    for (title, effect) in [
        ("refused", Effect::Refused),
        ("kept, to look at", Effect::Kept),
    ] {
        let of_effect: Vec<&RowIssue> = issues.iter().filter(|i| i.effect == effect).collect();
        let _ = writeln!(text, "{title} {}", of_effect.len());
        for issue in of_effect {
            let _ = write!(
                text,
                "  line {}: {} {}",
                issue.line,
                quoted(&issue.field),
                issue.code
            );
            for (key, value) in &issue.params {
                let _ = write!(text, " {key}={value:?}");
            }
            text.push('\n');
        }
    }
    text
}

fn quoted(field: &str) -> String {
    if field.is_empty() {
        "(row)".to_owned()
    } else {
        format!("{field:?}")
    }
}

fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    let mut text = String::new();
    for line in expected.iter().filter(|line| !found.contains(line)) {
        let _ = writeln!(text, "  - {line}");
    }
    for line in found.iter().filter(|line| !expected.contains(line)) {
        let _ = writeln!(text, "  + {line}");
    }
    text
}
