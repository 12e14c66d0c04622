use super::constraint::Constraint;
use super::units::{self, Unit};
use crate::json::Json;
use crate::prices::import::{Read, Rows, TableIssueKind};
use crate::{Comparison, ConditionKey, ContextThreshold, Dimension, PriceConditions, TimeWindow};
use ratebook_money::{Timestamp, parse_decimal};
use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, BTreeSet};

/// Marks of a request.
type Marks = BTreeMap<ConditionKey, String>;

/// One dimension's price in a set: the base and the context tiers above it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Priced {
    base: Read,
    tiers: Vec<(u64, Read)>,
}

/// A set of prices with what makes it active.
struct PriceSet {
    constraint: Constraint,
    marks: Marks,
    prices: BTreeMap<Dimension, (String, Priced)>,
}

/// All price sets of a model.
pub(super) struct Schedule {
    standard: Vec<PriceSet>,
    variants: Vec<PriceSet>,
}

/// From which day a price holds, and which; nothing where the line ends there.
type Dated = (String, Option<Read>);

impl Schedule {
    pub(super) fn read(rows: &mut Rows, json: &Json) -> Self {
        let mut standard = Vec::new();
        match json.get("prices") {
            Some(Json::List(list)) => {
                for (index, entry) in list.iter().enumerate() {
                    standard.extend(set(rows, &format!("prices[{index}]"), entry));
                }
            }
            Some(prices @ Json::Object(_)) => standard.push(PriceSet {
                constraint: Constraint::default(),
                marks: Marks::new(),
                prices: prices_of(rows, "prices", prices),
            }),
            _ => {}
        }
        let mut variants = Vec::new();
        let list = json.get("price_variants").map_or(&[][..], Json::list);
        for (index, entry) in list.iter().enumerate() {
            let path = format!("price_variants[{index}]");
            if let Some(variant) = set(rows, &path, entry) {
                if variant.marks.is_empty() {
                    rows.issue(&path, TableIssueKind::NotExpressed, "when");
                } else {
                    variants.push(variant);
                }
            }
        }
        Self { standard, variants }
    }

    /// Works out every combination of date, window and marks, and writes a row wherever a price
    /// begins, changes or ends.
    pub(super) fn write(&self, rows: &mut Rows) {
        let dates = self.dates(rows.stamp.undated_from);
        let all = || self.standard.iter().chain(&self.variants);
        let windows: BTreeSet<Option<TimeWindow>> = all()
            .map(|set| set.constraint.window.clone())
            .chain([None])
            .collect();
        let marks: BTreeSet<&Marks> = self.variants.iter().map(|set| &set.marks).collect();
        let mut lines: BTreeMap<(Dimension, PriceConditions), Vec<Dated>> = BTreeMap::new();
        for (index, date) in dates.iter().enumerate() {
            for window in &windows {
                let standard = self.standard_at(*date, window.as_ref());
                let mut held = Vec::new();
                for (dimension, (field, priced)) in
                    standard.map(|set| &set.prices).into_iter().flatten()
                {
                    held.extend(tiered(
                        field,
                        dimension,
                        priced,
                        &Marks::new(),
                        window,
                        None,
                    ));
                }
                for marks in &marks {
                    for (dimension, field, priced) in self.overrides(*date, window.as_ref(), marks)
                    {
                        let under = standard.and_then(|set| set.prices.get(dimension));
                        held.extend(tiered(field, dimension, priced, marks, window, under));
                    }
                }
                for (field, key, read) in held {
                    let line = lines.entry(key).or_default();
                    line.resize(index, (String::new(), None));
                    line.push((field, Some(read)));
                }
            }
        }
        for ((dimension, conditions), mut line) in lines {
            line.resize(dates.len(), (String::new(), None));
            let mut before: Option<Read> = None;
            for ((field, read), date) in line.into_iter().zip(&dates) {
                if read != before {
                    rows.add(
                        &field,
                        dimension.clone(),
                        conditions.clone(),
                        read.clone(),
                        *date,
                    );
                }
                before = read;
            }
        }
    }

    /// The instants at which something changes. Prices without a date are in force from the very
    /// beginning where others are dated, since the dates order them.
    fn dates(&self, undated_from: Timestamp) -> Vec<Timestamp> {
        let sets = self.standard.iter().chain(&self.variants);
        let dated: BTreeSet<Timestamp> = sets.filter_map(|set| set.constraint.from).collect();
        let first = if dated.is_empty() {
            undated_from
        } else {
            Timestamp::MIN
        };
        [first].into_iter().chain(dated).collect()
    }

    /// The last active set; the first one when none is.
    fn standard_at(&self, at: Timestamp, window: Option<&TimeWindow>) -> Option<&PriceSet> {
        let active = |set: &&PriceSet| set.constraint.active(at, window);
        let found = self.standard.iter().rev().find(active);
        found.or_else(|| self.standard.first())
    }

    /// What the first fitting variant says about each dimension, for a request with these marks.
    fn overrides(
        &self,
        at: Timestamp,
        window: Option<&TimeWindow>,
        marks: &Marks,
    ) -> Vec<(&Dimension, &str, &Priced)> {
        let mut found: Vec<(&Dimension, &str, &Priced)> = Vec::new();
        for set in &self.variants {
            let fits = set
                .marks
                .iter()
                .all(|(key, value)| marks.get(key) == Some(value));
            if !fits || !set.constraint.active(at, window) {
                continue;
            }
            for (dimension, (field, priced)) in &set.prices {
                if !found.iter().any(|(known, ..)| *known == dimension) {
                    found.push((dimension, field, priced));
                }
            }
        }
        found
    }
}

/// The rows of one price: its base and its tiers. A price for marked requests replaces the
/// standard one in full, so above the thresholds of the standard price it says its base again.
fn tiered(
    field: &str,
    dimension: &Dimension,
    priced: &Priced,
    marks: &Marks,
    window: &Option<TimeWindow>,
    under: Option<&(String, Priced)>,
) -> Vec<(String, (Dimension, PriceConditions), Read)> {
    let row = |tokens: Option<u64>, read: &Read| {
        let context = tokens.map(|tokens| ContextThreshold {
            tokens,
            comparison: Comparison::Above,
        });
        let conditions = PriceConditions {
            equals: marks.clone(),
            context,
            window: window.clone(),
        };
        (
            field.to_owned(),
            (dimension.clone(), conditions),
            read.clone(),
        )
    };
    let mut rows = vec![row(None, &priced.base)];
    rows.extend(
        priced
            .tiers
            .iter()
            .map(|(from, read)| row(Some(*from), read)),
    );
    for (from, _) in under.map_or(&[][..], |(_, standard)| &standard.tiers) {
        if !priced.tiers.iter().any(|(known, _)| known == from) {
            let reached = priced.tiers.iter().rev().find(|(known, _)| known < from);
            rows.push(row(
                Some(*from),
                reached.map_or(&priced.base, |(_, read)| read),
            ));
        }
    }
    rows
}

fn set(rows: &mut Rows, path: &str, json: &Json) -> Option<PriceSet> {
    let known = ["constraint", "prices", "when"];
    for (key, _) in json.members() {
        if !known.contains(&key.as_ref()) {
            rows.issue(&format!("{path}.{key}"), TableIssueKind::UnknownField, "");
        }
    }
    let Some(constraint) = Constraint::read(json.get("constraint")) else {
        let value = format!("{:?}", json.get("constraint"));
        rows.issue(
            &format!("{path}.constraint"),
            TableIssueKind::NotExpressed,
            &value,
        );
        return None;
    };
    let mut marks = Marks::new();
    for (key, value) in json.get("when").map_or(&[][..], Json::members) {
        match (condition(key), value.text()) {
            (Some(known), Some(value)) => marks.insert(known, value.to_lowercase()),
            _ => {
                let path = format!("{path}.when.{key}");
                rows.issue(&path, TableIssueKind::NotExpressed, &format!("{value:?}"));
                return None;
            }
        };
    }
    let prices = prices_of(rows, &format!("{path}.prices"), json.get("prices")?);
    Some(PriceSet {
        constraint,
        marks,
        prices,
    })
}

/// The mark that a key of a request's context stands for.
fn condition(key: &str) -> Option<ConditionKey> {
    Some(match key {
        "service_tier" => ConditionKey::ServiceTier,
        "processing" => ConditionKey::Processing,
        "speed" => ConditionKey::Speed,
        "region" | "inference_geo" | "data_residency" => ConditionKey::Region,
        "route" => ConditionKey::Route,
        "variant" => ConditionKey::Variant,
        "search_type" => ConditionKey::SearchType,
        _ => return None,
    })
}

fn prices_of(rows: &mut Rows, path: &str, json: &Json) -> BTreeMap<Dimension, (String, Priced)> {
    let mut members: Vec<_> = json.members().iter().collect();
    members.sort_by_key(|(key, _)| units::order(key));
    let mut all: BTreeMap<Dimension, (String, Priced)> = BTreeMap::new();
    for (key, value) in members {
        let field = format!("{path}.{key}");
        if *value == Json::Null {
            continue;
        }
        let (dimension, per) = match units::unit(key) {
            Unit::Of(dimension, per) => (dimension, per),
            Unit::NotExpressed => {
                rows.issue(&field, TableIssueKind::NotExpressed, &format!("{value:?}"));
                continue;
            }
            Unit::Unknown => {
                rows.issue(&field, TableIssueKind::UnknownField, &format!("{value:?}"));
                continue;
            }
        };
        let Some(priced) = priced(rows, &field, value, per) else {
            continue;
        };
        match all.get(&dimension) {
            Some((_, known)) if *known != priced => {
                rows.issue(&field, TableIssueKind::Contradiction, &format!("{value:?}"));
            }
            Some(_) => {}
            None => {
                all.insert(dimension, (field, priced));
            }
        }
    }
    all
}

fn priced(rows: &mut Rows, field: &str, value: &Json, per: u64) -> Option<Priced> {
    if let Some(text) = value.number() {
        let base = rows.rate(field, text, per)?;
        return Some(Priced {
            base,
            tiers: Vec::new(),
        });
    }
    let Some(base) = value.get("base").and_then(Json::number) else {
        rows.issue(field, TableIssueKind::BadValue, &format!("{value:?}"));
        return None;
    };
    let base = rows.rate(field, base, per)?;
    let mut tiers = Vec::new();
    for tier in value.get("tiers").map_or(&[][..], Json::list) {
        let start = tier.get("start").and_then(Json::number);
        let start = start.and_then(|text| parse_decimal(text).ok()?.to_u64());
        let price = tier.get("price").and_then(Json::number);
        let (Some(start), Some(price)) = (start, price) else {
            rows.issue(
                &format!("{field}.tiers"),
                TableIssueKind::BadValue,
                &format!("{tier:?}"),
            );
            continue;
        };
        if let Some(read) = rows.rate(&format!("{field}.tiers"), price, per) {
            tiers.push((start, read));
        }
    }
    tiers.sort_by_key(|(start, _)| *start);
    Some(Priced { base, tiers })
}
