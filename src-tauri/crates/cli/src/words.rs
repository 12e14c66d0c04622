//! Errors of the use cases in sentences: what happened, what was kept, what to do.

pub mod drafts;
mod einvoice;

pub use einvoice::missing;

use einvoice::einvoice;
use ratebook_api::wire::{IssueText, PriceFault};
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
        ErrorCode::NotFound if !param("alike").is_empty() => format!(
            "there is no {} \"{}\"; the nearest: {}",
            param("kind"),
            param("id"),
            param("alike")
        ),
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
            let faults = error.issues.iter().map(|issue| fault(param("file"), issue));
            format!("not valid:\n{}", faults.collect::<Vec<_>>().join("\n"))
        }
        ErrorCode::Internal => format!("a fault of the program: {}", param("detail")),
    }
}

/// Where a fault stands, and what it is.
pub fn fault(file: &str, issue: &IssueText) -> String {
    let param = |key: &str| issue.params.get(key).map(String::as_str);
    let mut place = Vec::new();
    if !file.is_empty() {
        place.push(file.to_owned());
    }
    place.extend(param("line").map(|line| format!("line {line}")));
    place.extend(param("invoice").map(str::to_owned));
    if !issue.path.is_empty() {
        place.push(issue.path.clone());
    }
    let value = param("value").unwrap_or_default();
    let what = match issue.code.as_str() {
        "required" => einvoice(issue).unwrap_or_else(|| "is missing".to_owned()),
        "unknown_field" => "is not known here; look for a slip of the pen".to_owned(),
        "not_a_number" => format!("\"{value}\" is not a number"),
        "negative" => format!("{value} is below zero"),
        "not_ascending" => "must be above the tier before".to_owned(),
        "last_must_be_open" => "the last tier must have no end".to_owned(),
        "only_last_is_open" => "only the last tier may have no end".to_owned(),
        "too_precise" => match param("places") {
            Some(places) => format!("{value} has more than {places} decimal places"),
            None => format!("{value} has too many decimal places"),
        },
        "too_fine" => format!(
            "{value} has more than the {} decimal places that fit beside what is included, agreed \
             or taken off",
            param("places").unwrap_or_default()
        ),
        "never_exact" => {
            format!(
                "not everything can be divided by {value} without a rest; say how it is rounded"
            )
        }
        "too_large" => format!("{value} is too large"),
        "below_cost" => {
            let named = |key: &str| param(key).unwrap_or_default().to_owned();
            format!(
                "{} would sell at {} and costs {} {}",
                named("place"),
                named("sell"),
                named("cost"),
                named("currency")
            )
        }
        "nothing_changed" => "changes nothing".to_owned(),
        "duplicate" => "stands there twice".to_owned(),
        "unknown_currency" => format!("\"{value}\" is no currency"),
        "unknown_format" => format!(
            "this program knows format {}",
            param("known").unwrap_or_default()
        ),
        "not_toml" | "not_json" | "not_a_plan" => param("detail").unwrap_or_default().to_owned(),
        code => of_file(issue)
            .or(of_plan(issue))
            .or(of_invoice(issue))
            .or(of_bank(issue))
            .or(drafts::of_draft(issue))
            .or(einvoice(issue))
            .unwrap_or_else(|| {
                let rest = issue.params.iter().filter(|(key, _)| *key != "line");
                let rest = rest.map(|(key, value)| format!(" {key}={value}"));
                format!("{code}{}", rest.collect::<String>())
            }),
    };
    place.push(what);
    format!("  {}", place.join(": "))
}

/// What is wrong with a file of a price book.
fn of_file(issue: &IssueText) -> Option<String> {
    let param = |key: &str| issue.params.get(key).map(String::as_str);
    Some(match issue.code.as_str() {
        "other_currency" => format!(
            "{} is not the currency of the book, {}",
            param("value").unwrap_or_default(),
            param("book")?
        ),
        "not_a_workbook" | "not_csv" => param("detail").unwrap_or_default().to_owned(),
        _ => return None,
    })
}

/// What is wrong with an entry of a price book.
pub fn price_fault(fault: &PriceFault) -> String {
    let word = &fault.word;
    match fault.code.as_str() {
        "required" => format!("{word} is missing"),
        "not_a_number" => format!("\"{word}\" is not a number"),
        "negative" => format!("{word} is below zero"),
        "unknown_model" => format!("there is no model {word} in the book"),
        "unknown_field" => format!("{word} is no field of a price book"),
        "unknown_name" => format!("{word} is no name that formulas know"),
        "only_one" => format!("only one of {word} can be given"),
        "other_least" => format!(
            "at_least is the provider's rule, {word} here, and not of the price book: take it out"
        ),
        "duplicate" => "the same place stands there twice".to_owned(),
        code => format!("{} {word}", code.replace('_', " "))
            .trim()
            .to_owned(),
    }
}

/// What is wrong with a plan's meters and phases.
fn of_plan(issue: &IssueText) -> Option<String> {
    let param = |key: &str| issue.params.get(key).map_or("", String::as_str);
    Some(match issue.code.as_str() {
        "needs_amounts" => {
            "is a share of money: its meter must sum an amount that events carry".to_owned()
        }
        "needs_groups" => "needs a meter that groups by a dimension".to_owned(),
        "needs_quantity" => "needs a meter that looks at a quantity of events".to_owned(),
        "needed_by_plan" => format!(
            "is needed as it is by customers on {}; make a new meter",
            param("plan")
        ),
        "needs_units" => "has no limits; name the quantities that have one".to_owned(),
        "not_for_meter" => "does not go with a meter".to_owned(),
        "before_start" => "lies before the start".to_owned(),
        "phase_gap" => format!(
            "leaves a gap after the phase before; {} is expected",
            param("expected")
        ),
        "phase_overlap" => "begins before the phase before has ended".to_owned(),
        "unknown_charge" => "names a charge that the plan does not have".to_owned(),
        _ => return None,
    })
}

/// What is wrong with a credit note or a payment.
fn of_invoice(issue: &IssueText) -> Option<String> {
    let param = |key: &str| issue.params.get(key).map_or("", String::as_str);
    Some(match issue.code.as_str() {
        "other_currency" => format!("the invoice is in {}", param("currency")),
        "in_future" => "lies in the future".to_owned(),
        "not_a_date" => "is no date, as 2026-10-31".to_owned(),
        "refund_above_paid" => format!("only {} came in", param("paid")),
        "nothing_left" => "has been taken back already, all of it".to_owned(),
        "nothing_taken_back" => "must be above zero".to_owned(),
        "no_line" => "the invoice has no such line".to_owned(),
        "twice" => "names the line twice".to_owned(),
        "not_of_line" => format!("{} cannot be taken back of the line", param("value")),
        "too_much" => format!("only {} is left", param("left")),
        "amount" => format!(
            "\"{}\" is no amount in {}",
            param("value"),
            param("currency")
        ),
        _ => return None,
    })
}

/// What is wrong with a line of a bank, or with what it is given to.
fn of_bank(issue: &IssueText) -> Option<String> {
    let param = |key: &str| issue.params.get(key).map_or("", String::as_str);
    let value = param("value");
    Some(match issue.code.as_str() {
        "datev_two_years" => "is in another financial year; DATEV takes one at a time".to_owned(),
        "datev_currency" => format!(
            "{value} is in {}; DATEV takes euro here, --currency EUR leaves the others out",
            param("currency")
        ),
        "datev_account" => format!("\"{value}\" is no number of an account"),
        "not_an_account" => format!("\"{value}\" is no name of an account"),
        "ambiguous_date" => format!("{value} can be two days; say which with --days"),
        "ambiguous_number" => format!("{value} can be two amounts, and no other line says which"),
        "no_bank_line" => "the file has no such line any more".to_owned(),
        "bank_allocation" => format!("\"{value}\" of it cannot be given to that invoice"),
        "invoice_void" => format!("{value} is void"),
        "bank_sum" => format!("{value} is given to invoices, {} came in", param("amount")),
        "unknown_area" => format!("\"{value}\" is no area; known are {}", param("known")),
        "before_start" => "lies before the first day".to_owned(),
        _ => return None,
    })
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
        "invoice_void" => "the invoice is void: nothing is paid or taken back".to_owned(),
        "not_a_pack" => format!("{path} is no evidence pack: {}", param("detail")),
        "not_a_bank_file" => format!(
            "{path} is no bank statement: no row names a day and an amount; its first row is: {}",
            param("first")
        ),
        "bank_file_empty" => format!("{path} has no lines"),
        "bank_line_booked" => format!(
            "line {} of the file was entered before; nothing was entered",
            param("line")
        ),
        "invoice_final" => format!(
            "the month has a final invoice, {}; void it or write a credit note",
            param("number")
        ),
        "draft_cannot_be_computed" => format!(
            "the draft of {} cannot be computed; see `ratebook invoice run`",
            param("customer")
        ),
        "invoice_written_off" => {
            "the invoice was given up; take that back first (write-off --reverse)".to_owned()
        }
        "not_written_off" => "the invoice was not given up".to_owned(),
        "nothing_open" => "nothing is open of the invoice".to_owned(),
        "nothing_final" => format!("no invoice of {} is final", param("month")),
        "folder_not_empty" => {
            format!("{path} has files in it; name a new folder or an empty one")
        }
        "payment_reversed" => "the payment was taken back already".to_owned(),
        "no_book" => "no book is open; name one with --book FILE".to_owned(),
        "not_a_sample" => "the book is not a sample; it was not removed".to_owned(),
        "import" => match path {
            "" => import(param("code"), param("value")),
            path => format!("{path}: {}", import(param("code"), param("value"))),
        },
        "price_table" => format!("{path}: {}", param("detail")),
        reason if reason.starts_with("address_") => {
            format!("{}: {}", param("address"), address(param))
        }
        "prices_changed" => "the prices of the book changed meanwhile; run it again".to_owned(),
        "cannot_rate" | "cannot_invoice" | "cannot_print" => param("detail").to_owned(),
        "rule" => format!("the book does not allow it: {}", param("rule")),
        other => format!("{other} {path} {}", param("detail"))
            .trim()
            .to_owned(),
    }
}

/// Why an address gave no price table.
fn address<'a>(param: &impl Fn(&str) -> &'a str) -> String {
    let why = match param("code") {
        "not_an_address" => "it is no address".to_owned(),
        "scheme" => "only http and https are asked".to_owned(),
        "credentials" => "it has a name or password in it; take them out".to_owned(),
        "private" => "it leads inside a network; save the file and import that".to_owned(),
        "redirects" => "it leads on and on, or nowhere".to_owned(),
        "redirect_unsafe" => "it leads from https to http".to_owned(),
        "status" => format!("it answers with status {}", param("status")),
        "html" => "it answers with a web page (HTML), not with a price table".to_owned(),
        "too_large" => format!("it answers with more than {} MB", param("megabytes")),
        "empty" => "it answers with nothing".to_owned(),
        "timeout" => "it takes too long".to_owned(),
        "host" => "there is no such host".to_owned(),
        _ => format!("it cannot be reached ({})", param("detail")),
    };
    format!("{why}; nothing was taken")
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
