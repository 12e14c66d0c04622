//! What must hold for any event and any file.

#[path = "properties/arbitrary.rs"]
mod arbitrary;
#[path = "properties/streams.rs"]
mod streams;

use arbitrary::{counts, event, events};
use proptest::prelude::*;
use ratebook_catalog::Dimension;
use ratebook_usage::{
    Convention, EventBatch, canonical_line, content_hash, disjoint, identity, import::Format,
};
use std::collections::BTreeSet;
use streams::{read_all, real_files};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_event_that_is_written_reads_back_as_itself(event in event()) {
        let line = canonical_line(&event) + "\n";
        let (batch, issues) = read_all(line.as_bytes(), Some(Format::Canonical)).unwrap();
        let refused = issues.iter().filter(|i| i.code.as_str() != "total_differs");
        let refused: Vec<_> = refused.collect();
        prop_assert!(refused.is_empty(), "{refused:?}\n{line}");
        prop_assert_eq!(&batch.to_events(), std::slice::from_ref(&event), "{}", line);
        prop_assert_eq!(batch.rows()[0].identity, identity(&event.source, &event.id));
        prop_assert_eq!(batch.rows()[0].content, content_hash(&event));
    }

    #[test]
    fn a_batch_of_events_gives_them_back(events in events()) {
        prop_assert_eq!(EventBatch::of(&events).to_events(), events);
    }

    #[test]
    fn the_order_of_fields_changes_nothing(event in event()) {
        let line = canonical_line(&event);
        // This library writes objects in the order of their keys.
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        let other = serde_json::to_string(&value).unwrap();
        let (first, _) = read_all(line.as_bytes(), Some(Format::Canonical)).unwrap();
        let (second, _) = read_all(other.as_bytes(), Some(Format::Canonical)).unwrap();
        prop_assert_eq!(first.rows()[0].content, second.rows()[0].content);
        prop_assert_eq!(first.rows()[0].identity, second.rows()[0].identity);
    }

    #[test]
    fn order_and_repetition_of_events_change_no_identity(
        events in events(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..30),
    ) {
        let lines: Vec<String> = events.iter().map(canonical_line).collect();
        let mixed: Vec<&str> =
            lines.iter().map(String::as_str)
                .chain(order.iter().map(|i| &**i.get(&lines)))
                .collect();
        let hashes = |text: String| -> BTreeSet<([u8; 16], [u8; 16])> {
            let (batch, _) = read_all(text.as_bytes(), Some(Format::Canonical)).unwrap();
            batch.rows().iter().map(|row| (row.identity, row.content)).collect()
        };
        let reversed: Vec<&str> = mixed.iter().rev().copied().collect();
        prop_assert_eq!(hashes(lines.join("\n")), hashes(reversed.join("\n")));
    }

    #[test]
    fn another_customer_is_other_content(event in event(), name in "[a-z]{3,9}") {
        let mut other = event.clone();
        other.customer_ref.push_str(&name);
        prop_assert_ne!(content_hash(&event), content_hash(&other));
        prop_assert_ne!(identity(&event.source, &event.id), identity(&event.source, &name));
    }

    #[test]
    fn disjoint_quantities_sum_to_what_was_reported(counts in counts()) {
        let zero = |count: Option<i64>| count.unwrap_or(0);
        let written = zero(counts.cache_write) + zero(counts.cache_write_1h);
        let cached = zero(counts.cache_read) + written;
        let (input, output) = (zero(counts.input), zero(counts.output));
        let (reasoning, tools) = (zero(counts.reasoning), zero(counts.input_tool));
        for (convention, total) in [
            (Convention::Inclusive, input + output + tools),
            (Convention::Exclusive, input + cached + output + tools),
            (Convention::Gemini, input + tools + output + reasoning),
        ] {
            let Ok(list) = disjoint(convention, &counts) else { continue };
            prop_assert_eq!(list.iter().map(|(_, count)| count).sum::<i64>(), total);
            prop_assert!(list.iter().all(|(_, count)| *count > 0));
            let different: BTreeSet<&Dimension> = list.iter().map(|(of, _)| of).collect();
            prop_assert_eq!(different.len(), list.len());
        }
    }

    #[test]
    fn no_bytes_make_the_import_fail_otherwise_than_by_name(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        format in 0..=Format::ALL.len(),
    ) {
        let _ = read_all(&bytes, Format::ALL.get(format).copied());
    }

    #[test]
    fn no_text_of_json_or_table_makes_the_import_fail(
        text in r#"[\[\]{}":,;\\n\r\tu0-9eE.+\-a-d "]{0,200}"#,
        format in 0..=Format::ALL.len(),
    ) {
        let _ = read_all(text.as_bytes(), Format::ALL.get(format).copied());
    }

    #[test]
    fn damaged_real_files_are_read_or_named(
        file in any::<prop::sample::Index>(),
        damage in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<u8>(), 0..4_u8),
            1..12,
        ),
        forced in 0..=Format::ALL.len() * 2,
    ) {
        let files = real_files();
        let mut bytes = file.get(&files).clone();
        for (place, byte, kind) in damage {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.truncate(place),
                2 => bytes.insert(place, byte),
                _ => {
                    let tail = bytes.split_off(place);
                    bytes.extend_from_slice(&tail);
                    bytes.extend_from_slice(&tail);
                    bytes.truncate(200_000);
                }
            }
        }
        if let Ok((batch, issues)) = read_all(&bytes, Format::ALL.get(forced).copied()) {
            for event in batch.to_events() {
                prop_assert!(!event.id.is_empty() && !event.source.is_empty());
                prop_assert!(event.quantities.iter().all(|(_, q)| !q.value().is_zero()));
            }
            for issue in issues {
                prop_assert!(issue.line > 0);
            }
        }
    }
}
