//! The single events that a few meters need, read from the book.

use crate::error::ApiResult;
use ratebook_money::Period;
use ratebook_rating::{MeterReadings, UsageFact, Wanted};
use ratebook_store::usage::{ClassCache, Epochs, FactQuery};
use ratebook_store::{SqliteConnection, usage};
use std::collections::BTreeMap;

/// The readings of some names in a span, and of levels that go on the last one of each group
/// before it. Nothing is read when nothing is wanted.
pub(crate) async fn readings(
    read: &mut SqliteConnection,
    cache: &mut ClassCache,
    refs: &[i64],
    span: Period,
    wanted: &[Wanted<'_>],
) -> ApiResult<Vec<MeterReadings>> {
    let mut found = Vec::new();
    for own in wanted {
        let known = usage::series_of(read, cache, &own.meter.event_name).await?;
        let mut groups: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for (id, class) in known.iter().filter(|(_, class)| own.takes(class)) {
            groups.entry(own.group(class)).or_default().push(*id);
        }
        let mut facts: Vec<UsageFact> = Vec::new();
        for series in groups.values().filter(|_| own.goes_on()) {
            let before = usage::fact_before(read, cache, &query(refs, series), span.from).await?;
            facts.extend(before);
        }
        facts.sort_by_key(|fact| fact.at);
        let series: Vec<i64> = groups.into_values().flatten().collect();
        facts.extend(usage::facts(read, cache, &query(refs, &series), span).await?);
        found.extend(own.read(&facts));
    }
    Ok(found)
}

fn query<'q>(refs: &'q [i64], series: &'q [i64]) -> FactQuery<'q> {
    FactQuery {
        refs,
        series,
        epochs: Epochs::All,
    }
}
