use crate::Issue;

/// A fault of a price document in plain words: where, what, and what to do. The words are English
/// and meant for the command line; the window has its own by `code`.
#[must_use]
pub fn sentence(issue: &Issue) -> String {
    let what = of_number(issue)
        .or_else(|| of_tiers(issue))
        .unwrap_or_else(|| of_field(issue));
    if issue.path.is_empty() {
        what
    } else {
        format!("{}: {what}", issue.path)
    }
}

fn param<'i>(issue: &'i Issue, key: &str) -> &'i str {
    issue.params.get(key).map_or("", String::as_str)
}

/// What is wrong with a number.
fn of_number(issue: &Issue) -> Option<String> {
    let value = param(issue, "value");
    let what = match issue.code.as_str() {
        "not_a_number" if value.is_empty() => {
            "is not a number; write one, as text or plain".to_owned()
        }
        "not_a_number" => {
            format!("\"{value}\" is not a number; write digits with a decimal point")
        }
        "not_whole" => format!("{value} is not whole; write a whole number"),
        "negative" => format!("{value} is below zero; it must be 0 or more"),
        "too_small" => format!(
            "{value} is too small; it must be {} or more",
            param(issue, "least")
        ),
        "not_above_zero" => "must be above zero".to_owned(),
        "too_large" => match param(issue, "most") {
            "" => format!("{value} is too large to hold"),
            most => format!("{value} is too large; at most {most}"),
        },
        "too_precise" => format!(
            "{value} has too many decimals; at most {}",
            param(issue, "places")
        ),
        "above_maximum" => format!(
            "{value} is above the maximum of {}; lower it",
            param(issue, "maximum")
        ),
        _ => return None,
    };
    Some(what)
}

/// What is wrong with the order of tiers.
fn of_tiers(issue: &Issue) -> Option<String> {
    let what = match issue.code.as_str() {
        "only_last_is_open" => {
            "is missing, and this is not the last tier; say where the tier ends".to_owned()
        }
        "last_must_be_open" => {
            "ends the last tier; make it null, so that every quantity has a price".to_owned()
        }
        "not_ascending" => format!(
            "{} is not above {}, where the tier before it ends; put the tiers in order",
            param(issue, "value"),
            param(issue, "above")
        ),
        "after_open" => "comes after a tier without this limit; put the tiers in order".to_owned(),
        _ => return None,
    };
    Some(what)
}

/// What is wrong with a field, whatever stands in it.
fn of_field(issue: &Issue) -> String {
    let value = param(issue, "value");
    match issue.code.as_str() {
        "required" => "is missing; give it".to_owned(),
        "not_an_object" => "is not an object; write its fields in braces".to_owned(),
        "not_a_list" => "is not a list; write it in square brackets".to_owned(),
        "not_true_or_false" => "is neither true nor false; write one of them".to_owned(),
        "unknown_word" => format!(
            "\"{value}\" is not known; use one of {}",
            param(issue, "known")
        ),
        "unknown_field" => format!(
            "is not a field here; remove it or use one of {}",
            param(issue, "known")
        ),
        "duplicate" => "stands twice; keep one".to_owned(),
        "one_of" => format!(
            "cannot stand beside \"{}\"; keep one of them",
            param(issue, "other")
        ),
        "not_for_model" => format!(
            "means nothing for the model {}; remove it",
            param(issue, "model")
        ),
        "not_inside" => format!(
            "{} cannot stand inside another price; use a model for one quantity",
            param(issue, "model")
        ),
        "too_deep" => "stands too deep inside other prices".to_owned(),
        "no_price" => {
            format!("\"{value}\" has no price of its own and there is no default; give it one")
        }
        "unknown_currency" => {
            format!("\"{value}\" is no currency of ISO 4217; write a code such as EUR")
        }
        other => other.replace('_', " "),
    }
}
