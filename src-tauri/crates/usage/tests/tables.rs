//! Any table through a column mapping, from the suggestion to the events.

use ratebook_catalog::Dimension;
use ratebook_money::Quantity;
use ratebook_usage::import::{
    ColumnMapping, Constant, Context, Counting, Field, ImportError, Importer, TimeFormat,
    suggest_mapping,
};
use ratebook_usage::{EventBatch, UsageEvent};
use std::io::Cursor;

/// The first rows of the Azure trace of 2023.
const AZURE: &str = "TIMESTAMP,ContextTokens,GeneratedTokens\n\
                     2023-11-16 18:17:03.9799600,4808,10\n\
                     2023-11-16 18:17:04.0319600,3180,8\n";

fn read(text: &str, mapping: Option<ColumnMapping>) -> Result<Vec<UsageEvent>, ImportError> {
    let context = Context {
        mapping,
        ..Context::default()
    };
    let mut importer = Importer::open(Box::new(Cursor::new(text.to_owned())), None, context)?;
    let mut batch = EventBatch::default();
    importer.next_batch(&mut batch, &mut Vec::new())?;
    Ok(batch.to_events())
}

#[test]
fn the_azure_trace_goes_in_with_a_constant_customer_and_model() {
    assert!(matches!(read(AZURE, None), Err(ImportError::NeedsMapping)));
    let suggested = suggest_mapping(AZURE);
    let fields: Vec<_> = suggested
        .columns
        .iter()
        .map(|column| column.field.clone())
        .collect();
    assert_eq!(
        fields,
        [
            Some(Field::Time),
            Some(Field::Quantity(Dimension::INPUT)),
            Some(Field::Quantity(Dimension::OUTPUT)),
        ]
    );
    assert_eq!(suggested.columns[0].note.as_deref(), Some("names_no_zone"));
    assert_eq!(suggested.rows.len(), 2);
    let mut mapping = suggested.mapping;
    let faults = |mapping| match read(AZURE, Some(mapping)) {
        Err(ImportError::Mapping(issues)) => issues.into_iter().map(|issue| issue.path).collect(),
        _ => Vec::new(),
    };
    assert_eq!(faults(mapping.clone()), ["customer", "model"]);
    mapping
        .constants
        .insert(Constant::Customer, "halden".to_owned());
    mapping
        .constants
        .insert(Constant::Model, "gpt-4o".to_owned());
    let events = read(AZURE, Some(mapping.clone())).unwrap();
    assert_eq!(events[0].at.to_string(), "2023-11-16T18:17:03.979960Z");
    assert_eq!(
        (&*events[0].customer_ref, &*events[0].model),
        ("halden", "gpt-4o")
    );
    let input = (Dimension::INPUT, Quantity::from_units(4808).unwrap());
    assert!(events[0].quantities.contains(&input));
    // The same file with more rows gives the old rows their old ids.
    let longer = format!("{AZURE}2023-11-16 18:17:05.0000000,1,1\n");
    let again = read(&longer, Some(mapping)).unwrap();
    assert_eq!((&again[0].id, &again[1].id), (&events[0].id, &events[1].id));
    assert_eq!(again.len(), 3);
}

#[test]
fn a_mapping_is_saved_and_read_back() {
    let mut mapping = suggest_mapping("Zeit;Kunde;Modell;input_tokens;cached_tokens\n").mapping;
    mapping
        .columns
        .insert("x".to_owned(), Field::Dim("team".to_owned()));
    mapping
        .constants
        .insert(Constant::Source, "export".to_owned());
    assert_eq!(mapping.counting, Counting::Inclusive);
    let text = serde_json::to_string(&mapping).unwrap();
    assert!(
        text.contains("\"Zeit\":\"time\"") && text.contains("\"x\":\"dimension.team\""),
        "{text}"
    );
    assert_eq!(
        serde_json::from_str::<ColumnMapping>(&text).unwrap(),
        mapping
    );
    assert!(serde_json::from_str::<ColumnMapping>(r#"{"columns":{"a":"nonsense"}}"#).is_err());
}

#[test]
fn days_and_months_are_not_guessed_in_silence() {
    let suggested = suggest_mapping("date,customer,model,input_tokens\n03/04/2026 10:00,c,m,1\n");
    assert_eq!(
        suggested.columns[0].note.as_deref(),
        Some("day_or_month_first")
    );
    let mut mapping = suggested.mapping;
    let table = "date,customer,model,input_tokens\n03/04/2026 10:00,c,m,1\n";
    let at = |mapping| read(table, Some(mapping)).unwrap()[0].at.to_string();
    assert_eq!(at(mapping.clone()), "2026-04-03T10:00:00Z");
    mapping.time_format = TimeFormat::MonthFirst;
    mapping.offset_minutes = -300;
    assert_eq!(at(mapping), "2026-03-04T15:00:00Z");
}

#[test]
fn every_field_reads_back_from_its_text_form() {
    for text in [
        "id",
        "source",
        "time",
        "customer",
        "provider",
        "model",
        "event_name",
        "total",
        "quantity.cache_read_tokens",
        "quantity.custom:pages",
        "condition.service_tier",
        "dimension.team",
        "cost.charged.USD",
    ] {
        assert_eq!(
            Field::parse(text).map(|field| field.to_string()).as_deref(),
            Some(text)
        );
    }
    for text in [
        "",
        "quantity.",
        "quantity.nonsense",
        "condition.mood",
        "dimension.",
        "cost.x",
    ] {
        assert_eq!(Field::parse(text), None, "{text}");
    }
}
