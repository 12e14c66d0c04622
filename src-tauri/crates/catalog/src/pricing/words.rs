use crate::Issue;

/// A fault of a price document in plain words: where, what, and what to do. The words are English
/// and meant for the command line; the window has its own by `code`.
#[must_use]
pub fn sentence(issue: &Issue) -> String {
    let value = |key: &str| issue.params.get(key).map_or("", String::as_str);
    let what = match issue.code.as_str() {
        "required" => "is missing; give it".to_owned(),
        "not_an_object" => "is not an object; write its fields in braces".to_owned(),
        "not_a_list" => "is not a list; write it in square brackets".to_owned(),
        "not_a_number" => match value("value") {
            "" => "is not a number; write one, as text or plain".to_owned(),
            found => format!("\"{found}\" is not a number; write digits with a decimal point"),
        },
        "not_whole" => format!("{} is not whole; write a whole number", value("value")),
        "not_true_or_false" => "is neither true nor false; write one of them".to_owned(),
        "unknown_word" => format!(
            "\"{}\" is not known; use one of {}",
            value("value"),
            value("known")
        ),
        "unknown_field" => format!(
            "is not a field here; remove it or use one of {}",
            value("known")
        ),
        "duplicate" => "stands twice; keep one".to_owned(),
        "negative" => format!("{} is below zero; it must be 0 or more", value("value")),
        "too_small" => format!(
            "{} is too small; it must be {} or more",
            value("value"),
            value("least")
        ),
        "not_above_zero" => "must be above zero".to_owned(),
        "too_large" => match value("most") {
            "" => format!("{} is too large to hold", value("value")),
            most => format!("{} is too large; at most {most}", value("value")),
        },
        "too_precise" => format!(
            "{} has too many decimals; at most {}",
            value("value"),
            value("places")
        ),
        "only_last_is_open" => {
            "is missing, and this is not the last tier; say where the tier ends".to_owned()
        }
        "last_must_be_open" => {
            "ends the last tier; make it null, so that every quantity has a price".to_owned()
        }
        "not_ascending" => format!(
            "{} is not above {}, where the tier before it ends; put the tiers in order",
            value("value"),
            value("above")
        ),
        "after_open" => "comes after a tier without this limit; put the tiers in order".to_owned(),
        "above_maximum" => format!(
            "{} is above the maximum of {}; lower it",
            value("value"),
            value("maximum")
        ),
        "one_of" => format!(
            "cannot stand beside \"{}\"; keep one of them",
            value("other")
        ),
        "not_for_model" => format!("means nothing for the model {}; remove it", value("model")),
        "not_inside" => format!(
            "{} cannot stand inside another price; use a model for one quantity",
            value("model")
        ),
        "too_deep" => "stands too deep inside other prices".to_owned(),
        "no_price" => format!(
            "\"{}\" has no price of its own and there is no default; give it one",
            value("value")
        ),
        "unknown_currency" => format!(
            "\"{}\" is no currency of ISO 4217; write a code such as EUR",
            value("value")
        ),
        other => other.replace('_', " "),
    };
    if issue.path.is_empty() {
        what
    } else {
        format!("{}: {what}", issue.path)
    }
}
