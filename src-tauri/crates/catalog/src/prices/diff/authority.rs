use crate::prices::{ModelPrices, PriceTable};

/// How much a source of prices is trusted beside others. Of two tables that price a model, the one
/// of more authority leads; the other completes it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Authority {
    /// Says nothing of its own rules: models.dev.
    Catalogue,
    /// Knows dates: genai-prices.
    Dated,
    /// Knows most models and conditions: litellm.
    Base,
    /// The provider's own list, or one that a person was given.
    Provider,
}

impl Authority {
    /// The authority of a source by its name.
    #[must_use]
    pub fn of_source(name: &str) -> Self {
        match name {
            "models.dev" => Self::Catalogue,
            "genai-prices" => Self::Dated,
            "litellm" => Self::Base,
            _ => Self::Provider,
        }
    }
}

/// The greatest authority among the imported rows of a model.
pub(super) fn leading(book: &PriceTable, model: &ModelPrices) -> Authority {
    let sources = model.prices.iter().filter(|row| !row.manual).map(|row| {
        let place = usize::try_from(row.source).ok();
        let source = place.and_then(|place| book.sources().get(place));
        source.map_or(Authority::Catalogue, |source| {
            Authority::of_source(&source.name)
        })
    });
    sources.max().unwrap_or(Authority::Catalogue)
}
