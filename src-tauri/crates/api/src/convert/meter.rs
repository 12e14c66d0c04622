use super::Reader;
use crate::wire::{AggregationWord, FilterText, MeterText};
use ratebook_catalog::{Aggregation, Dimension, Filter, Issue, Meter, MeterId};

/// Reads a meter under the id it has or gets; faults go to the reader.
pub(crate) fn read_meter(reader: &mut Reader, text: &MeterText, id: MeterId) -> Meter {
    let aggregation = match text.aggregation {
        AggregationWord::Count => Aggregation::Count,
        AggregationWord::Sum => Aggregation::Sum {
            quantity: read_quantity(reader, text),
        },
    };
    Meter {
        id,
        name: text.name.trim().to_owned(),
        event_name: text.event_name.trim().to_owned(),
        aggregation,
        unit: text.unit.trim().to_owned(),
        filters: text
            .filters
            .iter()
            .map(|filter| Filter {
                key: filter.key.trim().to_owned(),
                any_of: filter
                    .any_of
                    .iter()
                    .map(|value| value.trim().to_owned())
                    .collect(),
            })
            .collect(),
        archived: text.archived,
    }
}

fn read_quantity(reader: &mut Reader, text: &MeterText) -> Dimension {
    let name = text.quantity.as_deref().unwrap_or("").trim();
    if name.is_empty() {
        reader.fault(Issue::new("quantity", "required"));
    }
    Dimension::parse(name).unwrap_or_else(|| Dimension::Custom(name.to_owned()))
}

/// Writes a meter.
pub(crate) fn write_meter(meter: &Meter) -> MeterText {
    let (aggregation, quantity) = match &meter.aggregation {
        Aggregation::Count => (AggregationWord::Count, None),
        Aggregation::Sum { quantity } => (AggregationWord::Sum, Some(quantity.to_string())),
    };
    MeterText {
        id: meter.id.to_string(),
        name: meter.name.clone(),
        event_name: meter.event_name.clone(),
        aggregation,
        quantity,
        unit: meter.unit.clone(),
        filters: meter
            .filters
            .iter()
            .map(|filter| FilterText {
                key: filter.key.clone(),
                any_of: filter.any_of.clone(),
            })
            .collect(),
        archived: meter.archived,
    }
}
