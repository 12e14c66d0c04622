use super::names::{self, Names};
use super::{ModelPrices, PriceSource};
use crate::{Dimension, TimeWindow};
use ratebook_money::{Date, Timestamp, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A name that the user gave to a model: usage with it is priced as that model.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct ModelAlias {
    /// The provider as reported; absent for any.
    pub provider: Option<String>,
    /// The model as reported.
    pub alias: String,
    /// Provider of the model that is meant.
    pub to_provider: String,
    /// The model that is meant.
    pub to_model: String,
}

/// All models of a book with their prices, indexed by name.
#[derive(Clone, Debug, Default)]
pub struct PriceTable {
    sources: Vec<PriceSource>,
    models: Vec<ModelPrices>,
    aliases: Vec<ModelAlias>,
    names: Names,
    /// Dimensions of which some model bills a call at least something.
    least: BTreeSet<Dimension>,
}

/// What a reported name stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolution<'a> {
    /// Exactly one model.
    Found(&'a ModelPrices),
    /// No model, or more than one that fits equally well; the likeliest first. Usage waits in the
    /// inbox until a person says which.
    Unresolved {
        /// Models that the name may stand for.
        suggestions: Vec<&'a ModelPrices>,
    },
}

impl<'a> Resolution<'a> {
    /// The model, if there is exactly one.
    #[must_use]
    pub fn model(self) -> Option<&'a ModelPrices> {
        match self {
            Self::Found(model) => Some(model),
            Self::Unresolved { .. } => None,
        }
    }
}

impl PriceTable {
    /// A table of these models. Rows name their source by its index in `sources`.
    #[must_use]
    pub fn new(sources: Vec<PriceSource>, models: Vec<ModelPrices>) -> Self {
        Self::with_aliases(sources, models, &[])
    }

    /// A table with names that the user gave; an alias of a model that is not in the table is
    /// without effect.
    #[must_use]
    pub fn with_aliases(
        sources: Vec<PriceSource>,
        models: Vec<ModelPrices>,
        aliases: &[ModelAlias],
    ) -> Self {
        let names = Names::new(&models, aliases);
        let minimums = models.iter().flat_map(|model| &model.minimums);
        let least = minimums.map(|minimum| minimum.dimension.clone()).collect();
        Self {
            sources,
            models,
            aliases: aliases.to_vec(),
            names,
            least,
        }
    }

    /// The same table with these models in place of its own.
    #[must_use]
    pub fn with_models(&self, models: Vec<ModelPrices>) -> Self {
        Self::with_aliases(self.sources.clone(), models, &self.aliases)
    }

    /// Where the rows came from.
    #[must_use]
    pub fn sources(&self) -> &[PriceSource] {
        &self.sources
    }

    /// All models.
    #[must_use]
    pub fn models(&self) -> &[ModelPrices] {
        &self.models
    }

    /// Whether some model bills a call at least something of a dimension.
    #[must_use]
    pub fn bills_least(&self, dimension: &Dimension) -> bool {
        self.least.contains(dimension)
            || (*dimension == Dimension::AUDIO_SECONDS
                && self.least.contains(&Dimension::INPUT_AUDIO_SECONDS))
    }

    /// The model with exactly this provider and name.
    #[must_use]
    pub fn get(&self, provider: &str, model: &str) -> Option<&ModelPrices> {
        self.models.get(self.names.exact(provider, model)?)
    }

    /// What a provider and model as reported stand for: aliases of the user, the exact name, the
    /// name with a router's or provider's prefix, the model's match rules, the name without its
    /// date or `-latest`. Each step counts only when it names exactly one model, so the answer
    /// does not depend on the order of the table.
    #[must_use]
    pub fn resolve(&self, provider: &str, model: &str) -> Resolution<'_> {
        let found = self.names.resolve(&self.models, provider, model);
        if let Ok(found) = &found
            && let Some(model) = self.models.get(found.index)
        {
            return Resolution::Found(model);
        }
        let mut indexes = found.err().unwrap_or_default();
        if indexes.is_empty() {
            indexes = names::alike(&self.models, provider, model);
        }
        Resolution::Unresolved {
            suggestions: indexes
                .iter()
                .filter_map(|index| self.models.get(*index))
                .collect(),
        }
    }

    pub(super) fn find(&self, provider: &str, model: &str) -> Option<names::Found> {
        self.names.resolve(&self.models, provider, model).ok()
    }

    /// Every number of tokens that some row's context threshold compares with, sorted. For each
    /// `T` of them a call's input is below, equal or above; that is all prices depend on.
    #[must_use]
    pub fn context_thresholds(&self) -> Vec<u64> {
        thresholds(&self.models)
    }

    /// Every UTC minute of the day at which some row starts or stops to hold, sorted; 0 is always
    /// among them.
    #[must_use]
    pub fn window_borders(&self) -> Vec<u16> {
        borders(&self.models)
    }
}

impl ModelPrices {
    /// As [`PriceTable::context_thresholds`], of this model alone.
    #[must_use]
    pub fn context_thresholds(&self) -> Vec<u64> {
        thresholds(std::slice::from_ref(self))
    }

    /// As [`PriceTable::window_borders`], of this model alone.
    #[must_use]
    pub fn window_borders(&self) -> Vec<u16> {
        borders(std::slice::from_ref(self))
    }
}

fn thresholds(models: &[ModelPrices]) -> Vec<u64> {
    let rows = models.iter().flat_map(|model| &model.prices);
    let tokens: BTreeSet<u64> = rows
        .filter_map(|row| row.conditions.context.map(|context| context.tokens))
        .collect();
    tokens.into_iter().collect()
}

fn borders(models: &[ModelPrices]) -> Vec<u16> {
    let rows = models.iter().flat_map(|model| &model.prices);
    let mut minutes = BTreeSet::from([0]);
    for window in rows.filter_map(|row| row.conditions.window.as_ref()) {
        minutes.insert(window.from % 1_440);
        minutes.insert(window.to % 1_440);
        minutes.extend(day_changes(window));
    }
    minutes.into_iter().collect()
}

/// UTC minutes at which a window's own calendar turns the day, in winter and in summer.
fn day_changes(window: &TimeWindow) -> Vec<u16> {
    let name = window.days.as_ref().and_then(|days| days.zone.as_deref());
    let Some(zone) = name.and_then(|name| Zone::parse(name).ok()) else {
        return Vec::new();
    };
    let midnights = [(2026, 1, 15), (2026, 7, 15)].map(|(year, month, day)| {
        let date = Date::from_ymd_opt(year, month, day)?;
        zone.start_of(date).ok().map(Timestamp::minute_of_day)
    });
    midnights.into_iter().flatten().collect()
}

/// A number that compares with every threshold as `tokens` does: 0 below the first, `T` when equal
/// to the threshold `T`, `T + 1` above it. `thresholds` is sorted.
#[must_use]
pub fn context_representative(thresholds: &[u64], tokens: u64) -> u64 {
    let below = thresholds.partition_point(|threshold| *threshold <= tokens);
    let floor = below.checked_sub(1).and_then(|index| thresholds.get(index));
    match floor {
        None => 0,
        Some(threshold) if *threshold == tokens => tokens,
        Some(threshold) => threshold.saturating_add(1),
    }
}

/// The last window border at or before a minute of the day. `borders` is sorted.
#[must_use]
pub fn minute_representative(borders: &[u16], minute: u16) -> u16 {
    let below = borders.partition_point(|border| *border <= minute);
    let floor = below.checked_sub(1).and_then(|index| borders.get(index));
    floor.copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
