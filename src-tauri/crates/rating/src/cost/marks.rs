use ratebook_catalog::{CallConditions, ConditionKey};

/// Marks a call by a name as requests and exports use it: the canonical condition, or a word of
/// some provider for the same (`batch`, `size`, `resolution`, `vertex_location`, …).
///
/// # Errors
/// The name, when it is not known or contradicts a mark that the call has.
pub fn mark(marks: &mut CallConditions, name: &str, value: &str) -> Result<(), String> {
    let key = match name {
        "batch" => {
            return match value {
                "true" => put(marks, ConditionKey::Processing, name, "batch"),
                "false" | "" => Ok(()),
                _ => Err(format!("{name}: expected true or false")),
            };
        }
        "service_tier" => ConditionKey::ServiceTier,
        "processing" => ConditionKey::Processing,
        "speed" => ConditionKey::Speed,
        "region" | "vertex_location" | "inference_geo" | "data_residency" => ConditionKey::Region,
        "route" => ConditionKey::Route,
        "variant" | "size" | "resolution" | "quality" | "search_context_size" => {
            ConditionKey::Variant
        }
        "search_type" => ConditionKey::SearchType,
        _ => {
            let name: String = name.chars().take(60).collect();
            return Err(format!("\"{name}\" is no condition that is known"));
        }
    };
    put(marks, key, name, value)
}

fn put(
    marks: &mut CallConditions,
    key: ConditionKey,
    name: &str,
    value: &str,
) -> Result<(), String> {
    let value = value.to_lowercase();
    match marks.0.get(&key) {
        Some(known) if *known != value => Err(format!("{name} contradicts \"{known}\"")),
        _ if value.is_empty() => Ok(()),
        _ => {
            marks.0.insert(key, value);
            Ok(())
        }
    }
}
