//! A price table against a book, as lines that a person takes or leaves. Nothing is taken here:
//! the lines that are taken are rows that the book adds.

mod authority;
mod homes;
mod line;

pub use authority::Authority;
pub use line::{Change, LineKind, ModelRules, PriceLine};

use super::import::{ImportedTable, TableStamp};
use super::{ModelPrices, PriceTable, ProviderPrice};
use crate::{Dimension, PriceConditions};
use authority::leading;
use ratebook_money::{Timestamp, Zone};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a table would change in a book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableDiff {
    /// The lines: by provider, model, dimension and conditions.
    pub lines: Vec<PriceLine>,
    /// Prices of the table that the book has already.
    pub unchanged: usize,
    /// Models of the table, under the names that they have in the book.
    pub models: usize,
}

/// Compares a table with a book.
///
/// A model keeps the name that it has in the book. A table leads a model unless the book has the
/// model's prices from a source of more [`Authority`]; then it adds only what that source does not
/// know, and where the two disagree the line shows both.
#[must_use]
pub fn diff(book: &PriceTable, incoming: &ImportedTable, stamp: &TableStamp) -> TableDiff {
    let homes = homes::Homes::of(book);
    let mut found = TableDiff {
        lines: Vec::new(),
        unchanged: 0,
        models: incoming.models.len(),
    };
    let mut said: HashMap<(String, String), HashSet<Key<'_>>> = HashMap::new();
    for model in &incoming.models {
        let home = homes.home(incoming.authority, &model.provider, &model.model);
        let known = book.get(&home.0, &home.1);
        let comparison = Comparison {
            book,
            stamp,
            known,
            model,
            foreign: known.is_some_and(|known| leading(book, known) > incoming.authority),
        };
        comparison.lines(&home, &mut found);
        let keys = model.prices.iter().map(key_of);
        said.entry(home).or_default().extend(keys);
    }
    found.lines.extend(vanished(book, &said, stamp));
    found
        .lines
        .sort_by(|a, b| a.place().cmp(&b.place()).then(a.from().cmp(&b.from())));
    found
}

type Key<'a> = (&'a Dimension, &'a PriceConditions);

fn key_of(row: &ProviderPrice) -> Key<'_> {
    (&row.dimension, &row.conditions)
}

/// One model of the table and what the book has of it.
struct Comparison<'a> {
    book: &'a PriceTable,
    stamp: &'a TableStamp,
    known: Option<&'a ModelPrices>,
    model: &'a ModelPrices,
    /// The book has the model from a source of more authority.
    foreign: bool,
}

impl<'a> Comparison<'a> {
    fn lines(&self, home: &(String, String), found: &mut TableDiff) {
        let mut incoming: BTreeMap<Key<'a>, Vec<&'a ProviderPrice>> = BTreeMap::new();
        for row in self.model.prices.iter().filter(|row| !row.manual) {
            incoming.entry(key_of(row)).or_default().push(row);
        }
        let first = found.lines.len();
        for (key, mut rows) in incoming {
            rows.sort_by_key(|row| row.valid_from);
            let line = self.line_of_book(key);
            if self.foreign {
                self.foreign_rows(home, key, &rows, &line, found);
            } else {
                self.own_rows(home, &rows, &line, found);
            }
        }
        let rules = match self.known {
            Some(known) => line::rules(known, self.model, self.foreign),
            None if found.lines.len() > first => Some(line::first_rules(self.model)),
            None => None,
        };
        if let Some(change) = rules {
            let kind = if self.known.is_some() {
                LineKind::Changed
            } else {
                LineKind::NewModel
            };
            found.lines.push(PriceLine::new(home, kind, change));
        }
    }

    /// The imported rows that the book has for a key.
    fn line_of_book(&self, key: Key<'_>) -> Vec<&'a ProviderPrice> {
        let rows = self.known.into_iter().flat_map(|known| &known.prices);
        rows.filter(|row| !row.manual && key_of(row) == key)
            .collect()
    }

    /// Rows of a table that leads the model.
    fn own_rows(
        &self,
        home: &(String, String),
        rows: &[&'a ProviderPrice],
        line: &[&'a ProviderPrice],
        found: &mut TableDiff,
    ) {
        for row in rows {
            let held = in_force(line, row.valid_from);
            if held.map(|held| held.rate) == Some(row.rate) {
                found.unchanged = found.unchanged.saturating_add(1);
                continue;
            }
            let mut row = (*row).clone();
            if line.is_empty() && row.valid_from == self.stamp.undated_from {
                // The first price ever: what was used before the table was seen has no other.
                row.valid_from = Timestamp::MIN;
            }
            let kind = self.kind(held, &row);
            found.lines.push(self.line(home, kind, row, held));
        }
    }

    /// Rows of a table that the book trusts less than another for this model: it completes.
    fn foreign_rows(
        &self,
        home: &(String, String),
        key: Key<'_>,
        rows: &[&'a ProviderPrice],
        line: &[&'a ProviderPrice],
        found: &mut TableDiff,
    ) {
        let priced = self.known.is_some_and(|known| {
            let mut rows = known.prices.iter();
            rows.any(|own| !own.manual && own.dimension == *key.0)
        });
        let Some(newest) = line.iter().max_by_key(|row| row.valid_from) else {
            // Prices for marked calls follow from the leading table's own rules and factors.
            if !priced && key.1.equals.is_empty() {
                self.own_rows(home, rows, line, found);
            }
            return;
        };
        let now = self.stamp.undated_from;
        let current = rows.iter().rfind(|row| row.valid_from <= now);
        let held = in_force(line, now);
        let is_later = |row: &ProviderPrice| {
            row.valid_from != now && row.valid_from > newest.valid_from.max(self.seen(newest))
        };
        if let Some(current) = current.filter(|current| !is_later(current)) {
            if held.map(|held| held.rate) == Some(current.rate) {
                found.unchanged = found.unchanged.saturating_add(1);
            } else if current.rate.is_some() {
                let row = ProviderPrice {
                    valid_from: now,
                    ..(*current).clone()
                };
                let line = self.line(home, LineKind::Disagrees, row, held);
                found.lines.push(line);
            }
        }
        let later: Vec<_> = rows.iter().filter(|row| is_later(row)).copied().collect();
        self.own_rows(home, &later, line, found);
    }

    /// The start of the day on which the source of a row was seen.
    fn seen(&self, row: &ProviderPrice) -> Timestamp {
        let place = usize::try_from(row.source).ok();
        let source = place.and_then(|place| self.book.sources().get(place));
        let day = source.and_then(|source| Zone::UTC.start_of(source.seen_on).ok());
        day.unwrap_or(Timestamp::MIN)
    }

    fn kind(&self, held: Option<&ProviderPrice>, row: &ProviderPrice) -> LineKind {
        if self.known.is_none_or(|known| known.prices.is_empty()) {
            LineKind::NewModel
        } else if held.is_none_or(|held| held.rate.is_none()) && row.rate.is_some() {
            LineKind::NewPrice
        } else {
            LineKind::Changed
        }
    }

    fn line(
        &self,
        home: &(String, String),
        kind: LineKind,
        row: ProviderPrice,
        was: Option<&ProviderPrice>,
    ) -> PriceLine {
        let own = self.known.is_some_and(|known| has_own(known, &row));
        let was = was.filter(|was| was.rate.is_some()).cloned();
        let change = Change::Price { row, was, own };
        PriceLine::new(home, kind, change)
    }
}

/// Whether a price that was entered by hand stands before an imported one.
fn has_own(model: &ModelPrices, row: &ProviderPrice) -> bool {
    let manual = |own: &&ProviderPrice| own.manual && key_of(own) == key_of(row);
    let newest = model.prices.iter().filter(manual);
    newest
        .max_by_key(|own| (own.valid_from, own.recorded_at))
        .is_some_and(|own| own.rate.is_some())
}

/// What an earlier table of the same source priced and this one does not name at all.
fn vanished(
    book: &PriceTable,
    said: &HashMap<(String, String), HashSet<Key<'_>>>,
    stamp: &TableStamp,
) -> Vec<PriceLine> {
    let same: Vec<bool> = book
        .sources()
        .iter()
        .map(|source| source.name == stamp.source.name)
        .collect();
    let of_source = |row: &ProviderPrice| {
        let place = usize::try_from(row.source).ok();
        place.and_then(|place| same.get(place)).copied() == Some(true)
    };
    let mut gone = Vec::new();
    for model in book.models() {
        let home = (model.provider.clone(), model.model.clone());
        let named = said.get(&home);
        let mut lines: BTreeMap<Key<'_>, Vec<&ProviderPrice>> = BTreeMap::new();
        for row in model.prices.iter().filter(|row| !row.manual) {
            lines.entry(key_of(row)).or_default().push(row);
        }
        for (key, rows) in lines {
            let held = in_force(&rows, stamp.undated_from);
            let Some(held) = held.filter(|held| held.rate.is_some() && of_source(held)) else {
                continue;
            };
            if named.is_some_and(|named| named.contains(&key)) {
                continue;
            }
            let row = ProviderPrice {
                rate: None,
                original: None,
                valid_from: stamp.undated_from,
                recorded_at: stamp.recorded_at,
                source: 0,
                ..held.clone()
            };
            let change = Change::Price {
                own: has_own(model, &row),
                row,
                was: Some(held.clone()),
            };
            gone.push(PriceLine::new(&home, LineKind::Vanished, change));
        }
    }
    gone
}

/// The row that holds at an instant; of rows from the same instant on the one recorded last.
fn in_force<'a>(line: &[&'a ProviderPrice], at: Timestamp) -> Option<&'a ProviderPrice> {
    let begun = line.iter().filter(|row| row.valid_from <= at);
    begun
        .max_by_key(|row| (row.valid_from, row.recorded_at))
        .copied()
}

#[cfg(test)]
mod tests;
