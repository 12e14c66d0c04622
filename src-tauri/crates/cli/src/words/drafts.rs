//! What is wrong with additions to a draft, and why a draft is not finalized.

use ratebook_api::wire::{InvoiceRow, IssueText};

/// A fault of an addition.
pub fn of_draft(issue: &IssueText) -> Option<String> {
    let param = |key: &str| issue.params.get(key).map_or("", String::as_str);
    Some(match issue.code.as_str() {
        "above_sum" => format!(
            "is more than the lines of the draft come to, {}",
            param("sum")
        ),
        "total_below_zero" => format!(
            "would take the total below zero ({}); give the rest by a credit note",
            param("total")
        ),
        "not_above_zero" => format!("{} is not above zero", param("value")),
        "zero" => "must not be zero".to_owned(),
        "percent_or_amount" => "takes a percentage or an amount, not both".to_owned(),
        "control_character" => "holds a line break or another control character".to_owned(),
        "too_long" => format!("is longer than {}", param("most")),
        "no_counter" => {
            "has no counter: write it as {0000}, with as many zeros as it has digits at least"
                .to_owned()
        }
        "two_counters" => "has more than one counter".to_owned(),
        "unknown_placeholder" => {
            "knows {YYYY}, {YY} and a counter of zeros in braces, and nothing else".to_owned()
        }
        "number_taken" => format!("would give {} a second time", param("number")),
        "same_as_invoices" => "must differ from that of the invoices".to_owned(),
        "out_of_range" => format!("must be between {} and {}", param("least"), param("most")),
        _ => return None,
    })
}

/// Why a row is held, in words: the reason of a person first.
pub fn held(row: &InvoiceRow) -> String {
    let words = row.held.iter().map(|word| match word.as_str() {
        "on_hold" => match &row.hold {
            Some(reason) => format!("on hold: {reason}"),
            None => "on hold".to_owned(),
        },
        "below_guard" => {
            let margin = row.margin.as_ref().map_or("unknown", |margin| &margin.0);
            format!("margin {margin}% is below the guard; --reason TEXT finalizes it")
        }
        "below_zero" => "the total is below zero".to_owned(),
        other => other.to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}
