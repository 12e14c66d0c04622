//! Errors of the use cases in sentences: what happened, what was kept, what to do.

use ratebook_api::{ApiError, ErrorCode};

/// One or more lines for standard error.
pub fn sentence(error: &ApiError) -> String {
    let param = |key: &str| {
        error
            .params
            .get(key)
            .map(String::as_str)
            .unwrap_or_default()
    };
    match error.code {
        ErrorCode::Refused => refused(param("reason"), &param),
        ErrorCode::NotFound if param("kind") == "book" => {
            format!("there is no book at {}", param("id"))
        }
        ErrorCode::NotFound => format!("there is no {} \"{}\"", param("kind"), param("id")),
        ErrorCode::Conflict => {
            "the book was changed meanwhile; nothing was written; run it again".to_owned()
        }
        ErrorCode::Busy => {
            "something long is writing to the book; nothing was written; try again".to_owned()
        }
        ErrorCode::Cancelled => "cancelled; the book is as before".to_owned(),
        ErrorCode::Corrupt => format!(
            "the book holds something that cannot be read ({}); restore a backup",
            error.to_line()
        ),
        ErrorCode::Invalid => {
            let faults = error.issues.iter().map(|issue| {
                let params = issue
                    .params
                    .iter()
                    .map(|(key, value)| format!(" {key}={value}"));
                format!(
                    "  {}: {}{}",
                    issue.path,
                    issue.code,
                    params.collect::<String>()
                )
            });
            format!("not valid:\n{}", faults.collect::<Vec<_>>().join("\n"))
        }
        ErrorCode::Internal => format!("a fault of the program: {}", param("detail")),
    }
}

fn refused<'a>(reason: &str, param: &impl Fn(&str) -> &'a str) -> String {
    let path = param("path");
    match reason {
        "not_a_book" => format!("{path} is not a book of Ratebook; nothing was changed"),
        "newer_book" => format!(
            "the book has version {}, this program knows up to {}: install a newer Ratebook; \
             nothing was changed",
            param("version"),
            param("known")
        ),
        "book_in_use" => match param("pid") {
            "" => "another process has the book open; close it there first".to_owned(),
            pid => format!("process {pid} has the book open; close it there first"),
        },
        "read_only" => format!("{path} cannot be written; nothing was changed"),
        "disk_full" => "the disk is full; nothing was written; make room and try again".to_owned(),
        "file_exists" => format!("there is a file at {path} already; choose another name"),
        "file_missing" => format!("there is no file at {path}"),
        "no_book" => "no book is open; name one with --book FILE".to_owned(),
        "not_a_sample" => "the book is not a sample; it was not removed".to_owned(),
        "import" => match path {
            "" => import(param("code"), param("value")),
            path => format!("{path}: {}", import(param("code"), param("value"))),
        },
        "price_table" => format!("{path}: {}", param("detail")),
        "cannot_rate" | "cannot_invoice" | "cannot_print" => param("detail").to_owned(),
        "rule" => format!("the book does not allow it: {}", param("rule")),
        other => format!("{other} {path} {}", param("detail"))
            .trim()
            .to_owned(),
    }
}

fn import(code: &str, value: &str) -> String {
    match code {
        "empty" => "the file is empty; nothing was imported".to_owned(),
        "encoding" => format!("the file is {value}, not UTF-8; save it as UTF-8 and try again"),
        "not_text" => "the file is not text; nothing was imported".to_owned(),
        "unknown_format" => {
            "the format of the file is not known; name it with --format, or map its columns with \
             --mapping"
                .to_owned()
        }
        "needs_mapping" => {
            "the columns of the file are not known; `--print-mapping` shows what is guessed, \
             --mapping takes the answer"
                .to_owned()
        }
        "missing_column" => format!("column \"{value}\" is missing; nothing was imported"),
        "duplicate_column" => format!("column \"{value}\" is there twice; nothing was imported"),
        _ => format!("the file cannot be read ({code} {value})"),
    }
}
