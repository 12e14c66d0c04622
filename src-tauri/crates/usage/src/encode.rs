use crate::draft::Draft;
use crate::event::{MODEL_CALL, UsageEvent};
use crate::facts::{write_pairs, write_reported, write_text};
use crate::hash::condition_name;
use ratebook_catalog::Dimension;

/// The event as one line of canonical JSON, without the end of line. Reading it back gives the
/// same event. Fields are in a fixed order, so the same event has the same line.
#[must_use]
pub fn canonical_line(event: &UsageEvent) -> String {
    let mut out = String::with_capacity(400);
    out.push_str("{\"schema\":1");
    let named = [
        (",\"source\":", &event.source),
        (",\"id\":", &event.id),
        (",\"event_name\":", &event.event_name),
        (",\"at\":", &event.at.to_string()),
        (",\"customer\":", &event.customer_ref),
        (",\"provider\":", &event.provider),
        (",\"model\":", &event.model),
    ];
    for (key, value) in named {
        if !value.is_empty() {
            out.push_str(key);
            write_text(&mut out, value);
        }
    }
    let conditions = event.conditions.0.iter();
    let conditions: Vec<_> = conditions
        .map(|(key, value)| (condition_name(*key), value))
        .collect();
    if !conditions.is_empty() {
        out.push_str(",\"conditions\":");
        write_pairs(&mut out, &conditions);
    }
    let quantities = event.quantities.iter();
    let mut quantities: Vec<(String, String)> = quantities
        .map(|(dimension, count)| (dimension.to_string(), count.to_string()))
        .collect();
    let counted = event
        .quantities
        .iter()
        .any(|(dimension, _)| *dimension == Dimension::REQUESTS);
    if event.event_name == MODEL_CALL && !counted {
        // Without a word about requests a call counts as one.
        quantities.push((Dimension::REQUESTS.to_string(), "0".to_owned()));
    }
    out.push_str(",\"quantities\":");
    write_pairs(&mut out, &quantities);
    if !event.dims.is_empty() {
        let dims: Vec<_> = event.dims.iter().collect();
        out.push_str(",\"dimensions\":");
        write_pairs(&mut out, &dims);
    }
    write_reported(&mut out, &Draft::of(event));
    out.push('}');
    out
}
