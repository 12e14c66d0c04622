use super::Reader;
use crate::wire::{AggregationWord, FilterText, MeterText};
use ratebook_catalog::{
    Aggregation, Dimension, EventValue, Filter, Formula, Issue, Meter, MeterId,
};

/// Reads a meter under the id it has or gets; faults go to the reader.
pub(crate) fn read_meter(reader: &mut Reader, text: &MeterText, id: MeterId) -> Meter {
    let mut value = || read_value(reader, text);
    let aggregation = match text.aggregation {
        AggregationWord::Count => Aggregation::Count,
        AggregationWord::Sum => Aggregation::Sum(value()),
        AggregationWord::Max => Aggregation::Max(value()),
        AggregationWord::Min => Aggregation::Min(value()),
        AggregationWord::Average => Aggregation::Average(value()),
        AggregationWord::Latest => Aggregation::Latest(value()),
        AggregationWord::WeightedSum => Aggregation::WeightedSum(value()),
        AggregationWord::UniqueCount => Aggregation::UniqueCount {
            key: given(text.key.as_ref()).unwrap_or_default(),
        },
    };
    let groups = text.group_by.as_deref().unwrap_or_default();
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
        group_by: groups.iter().map(|key| key.trim().to_owned()).collect(),
        archived: text.archived,
    }
}

/// A formula, or a quantity; one of the two.
fn read_value(reader: &mut Reader, text: &MeterText) -> EventValue {
    let quantity = given(text.quantity.as_ref());
    match (quantity, given(text.formula.as_ref())) {
        (None, Some(formula)) => read_formula(reader, &formula),
        (Some(name), None) => {
            let known = Dimension::parse(&name);
            EventValue::Quantity(known.unwrap_or(Dimension::Custom(name)))
        }
        (Some(_), Some(formula)) => {
            reader.fault(Issue::new("formula", "one_of").with("other", "quantity"));
            read_formula(reader, &formula)
        }
        (None, None) => {
            reader.fault(Issue::new("quantity", "required"));
            no_value()
        }
    }
}

fn read_formula(reader: &mut Reader, text: &str) -> EventValue {
    match text.parse::<Formula>() {
        Ok(formula) => EventValue::Formula(formula),
        Err(fault) => {
            let issue = Issue::new("formula", "not_a_formula").with("fault", fault.code);
            reader.fault(issue.with("at", fault.at).with("word", &fault.word));
            no_value()
        }
    }
}

/// Stands in for a faulty value until the whole is refused.
fn no_value() -> EventValue {
    EventValue::Quantity(Dimension::REQUESTS)
}

fn given(text: Option<&String>) -> Option<String> {
    let text = text.map(|text| text.trim()).filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

/// Writes a meter.
pub(crate) fn write_meter(meter: &Meter) -> MeterText {
    let (aggregation, key) = match &meter.aggregation {
        Aggregation::Count => (AggregationWord::Count, None),
        Aggregation::Sum(_) => (AggregationWord::Sum, None),
        Aggregation::Max(_) => (AggregationWord::Max, None),
        Aggregation::Min(_) => (AggregationWord::Min, None),
        Aggregation::Average(_) => (AggregationWord::Average, None),
        Aggregation::Latest(_) => (AggregationWord::Latest, None),
        Aggregation::WeightedSum(_) => (AggregationWord::WeightedSum, None),
        Aggregation::UniqueCount { key } => (AggregationWord::UniqueCount, Some(key.clone())),
    };
    let (quantity, formula) = match meter.aggregation.value() {
        None => (None, None),
        Some(EventValue::Quantity(quantity)) => (Some(quantity.to_string()), None),
        Some(EventValue::Formula(formula)) => (None, Some(formula.to_string())),
    };
    MeterText {
        id: meter.id.to_string(),
        name: meter.name.clone(),
        event_name: meter.event_name.clone(),
        aggregation,
        quantity,
        formula,
        key,
        unit: meter.unit.clone(),
        filters: meter
            .filters
            .iter()
            .map(|filter| FilterText {
                key: filter.key.clone(),
                any_of: filter.any_of.clone(),
            })
            .collect(),
        group_by: Some(meter.group_by.clone()),
        archived: meter.archived,
    }
}
