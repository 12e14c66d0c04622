use super::pending::{Pending, is_shown, kind_word};
use crate::figures::{conditions_text, fact, quoted};
use crate::use_cases::markups;
use crate::wire::{Count, DecimalString, Fact, PriceLineText, PriceProviderCount};
use ratebook_catalog::prices::{Change, ModelRules, PriceTable};
use std::collections::BTreeMap;

/// Lines by number as the window has them.
pub(crate) fn write(pending: &Pending, places: &[usize]) -> Vec<PriceLineText> {
    let lines = places.iter().filter_map(|place| line(pending, *place));
    lines.collect()
}

/// Lines of each provider.
pub(crate) fn providers(pending: &Pending) -> Vec<PriceProviderCount> {
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for line in pending
        .compared
        .diff
        .lines
        .iter()
        .filter(|line| is_shown(line))
    {
        *found.entry(&line.provider).or_default() += 1;
    }
    let rows = found
        .into_iter()
        .map(|(provider, lines)| PriceProviderCount {
            provider: provider.to_owned(),
            lines: Count(lines),
        });
    rows.collect()
}

fn line(pending: &Pending, place: usize) -> Option<PriceLineText> {
    let compared = &pending.compared;
    let line = compared.diff.lines.get(place)?;
    let mut text = PriceLineText {
        id: Count(u64::try_from(place).ok()?),
        kind: kind_word(line.kind),
        provider: line.provider.clone(),
        model: line.model.clone(),
        dimension: None,
        conditions: Vec::new(),
        was: None,
        was_currency: None,
        was_source: None,
        will: None,
        will_currency: None,
        percent: line
            .percent()
            .map(|percent| DecimalString(percent.to_string())),
        from: line.from().and_then(markups::since),
        original: None,
        own: false,
        asked: compared.asked.get(place) == Some(&true),
        taken: pending.taken.get(place) == Some(&true),
        rules: Vec::new(),
    };
    match &line.change {
        Change::Price { row, was, own } => {
            let (was_rate, will_rate) = line.rates();
            text.dimension = Some(row.dimension.to_string());
            text.conditions = conditions_text(&row.conditions);
            text.was = was_rate.and_then(|rate| quoted(&row.dimension, rate));
            text.was_currency = was_rate.map(|rate| rate.currency().to_string());
            text.was_source = was
                .as_ref()
                .and_then(|was| source(&compared.prices, was.source));
            text.will = will_rate.and_then(|rate| quoted(&row.dimension, rate));
            text.will_currency = will_rate.map(|rate| rate.currency().to_string());
            text.original.clone_from(&row.original);
            text.own = *own;
        }
        Change::Rules { was, will } => text.rules = rules(was.as_ref(), will),
    }
    Some(text)
}

fn source(prices: &PriceTable, place: u32) -> Option<String> {
    let source = prices.sources().get(usize::try_from(place).ok()?)?;
    Some(format!("{} {}", source.name, source.version))
}

/// What of the rules is another, as its new value.
fn rules(was: Option<&ModelRules>, will: &ModelRules) -> Vec<Fact> {
    let mut facts = Vec::new();
    let differs =
        |same: fn(&ModelRules, &ModelRules) -> bool| was.is_none_or(|was| !same(was, will));
    if differs(|was, will| was.multipliers == will.multipliers) {
        let factors = will.multipliers.iter();
        let factors = factors.map(|m| format!("{} × {}", m.value, m.factor));
        facts.push(fact("factors", factors.collect::<Vec<_>>().join(", ")));
    }
    if differs(|was, will| (was.rules, &was.fallbacks) == (will.rules, &will.fallbacks)) {
        let set = serde_json::to_value(will.rules).ok();
        let set = set
            .as_ref()
            .and_then(|set| set.as_str())
            .unwrap_or_default();
        facts.push(fact("fallbacks", set));
    }
    if differs(|was, will| was.minimums == will.minimums) && !will.minimums.is_empty() {
        let least = will.minimums.iter();
        let least = least.map(|m| format!("{} {}", m.units, m.dimension));
        facts.push(fact("at_least", least.collect::<Vec<_>>().join(", ")));
    }
    if differs(|was, will| was.matches == will.matches) {
        facts.push(fact("names", will.matches.len().to_string()));
    }
    facts
}
