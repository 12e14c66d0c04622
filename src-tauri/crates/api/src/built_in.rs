//! The provider prices that a new book starts with.

use crate::error::{ApiError, ApiResult};
use ratebook_catalog::prices::{BuiltIn, PriceTable, built_in};
use ratebook_money::{Date, Timestamp};
use ratebook_store::SqliteConnection;
use ratebook_store::prices;
use ratebook_store::usage::Basis;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Facts of the built-in tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub models: u64,
    pub providers: u64,
    pub seen_on: Date,
}

/// Facts of the built-in tables, counted once per run.
pub(crate) fn facts() -> Facts {
    static FACTS: OnceLock<Facts> = OnceLock::new();
    *FACTS.get_or_init(|| match built_in(Timestamp::MIN) {
        Ok(tables) => count(&tables),
        // A test reads the built-in tables; a program that was built with damaged ones has none.
        Err(_) => Facts {
            models: 0,
            providers: 0,
            seen_on: Date::default(),
        },
    })
}

fn count(tables: &BuiltIn) -> Facts {
    let providers: BTreeSet<&str> = tables
        .models
        .iter()
        .map(|model| model.provider.as_str())
        .collect();
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Facts {
        models: number(tables.models.len()),
        providers: number(providers.len()),
        seen_on: tables
            .sources
            .iter()
            .map(|source| source.seen_on)
            .max()
            .unwrap_or_default(),
    }
}

/// Writes the built-in prices into a new book.
pub(crate) async fn store(write: &mut SqliteConnection, now: Timestamp) -> ApiResult<()> {
    let tables = built_in(now).map_err(ApiError::internal)?;
    let (sources, models) = (&tables.sources, &tables.models);
    prices::add_table(write, sources, models, Timestamp::MIN, now).await?;
    Ok(())
}

/// What usage must be told apart by, so that these prices and meters can be applied to sums.
pub(crate) fn basis(prices: &PriceTable, dims: BTreeSet<String>) -> Basis {
    Basis {
        contexts: prices.context_thresholds(),
        minutes: prices.window_borders(),
        dims,
    }
}
