//! Provider costs for looking at: the same rates as everywhere, each asked for once.

use ratebook_catalog::prices::{ModelPrices, PriceCall};
use ratebook_catalog::{Dimension, ExchangeRate};
use ratebook_money::{Rate, Timestamp};
use ratebook_rating::{PriceBook, unit_cost};
use ratebook_usage::UsageSum;
use std::collections::HashMap;

/// What units of a class cost, each looked up once for all customers: within a class only time
/// changes the price.
#[derive(Default)]
pub(super) struct Costs {
    /// When some price of the model or some exchange rate begins to hold, sorted.
    starts: Vec<Timestamp>,
    /// Some price holds on some days of the week only.
    weekly: bool,
    known: HashMap<Dimension, Vec<(Stretch, Option<Rate>)>>,
}

/// A time in which the price stays the same: how many starts lie before it.
type Stretch = usize;

impl Costs {
    pub fn of(model: &ModelPrices, exchange: &[ExchangeRate]) -> Self {
        let prices = model.prices.iter().map(|row| row.valid_from);
        let rates = exchange.iter().map(|rate| rate.valid_from);
        let mut starts: Vec<Timestamp> = prices.chain(rates).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut windows = model
            .prices
            .iter()
            .filter_map(|row| row.conditions.window.as_ref());
        Self {
            starts,
            weekly: windows.any(|window| window.days.is_some()),
            known: HashMap::new(),
        }
    }

    fn stretch(&self, at: Timestamp) -> Option<Stretch> {
        // A window's days may be those of another zone: such prices are looked up each time.
        (!self.weekly).then(|| self.starts.partition_point(|start| *start <= at))
    }

    /// What one unit of a sum costs in the book's currency; nothing when that is not known.
    pub fn rate(
        &mut self,
        model: &ModelPrices,
        sum: &UsageSum,
        book: &PriceBook<'_>,
    ) -> Option<Rate> {
        let stretch = self.stretch(sum.at);
        if let Some(stretch) = stretch
            && let Some(rates) = self.known.get(&sum.dimension)
            && let Some((_, rate)) = rates.iter().find(|(of, _)| *of == stretch)
        {
            return *rate;
        }
        let call = PriceCall {
            at: sum.at,
            conditions: &sum.class.conditions,
            context_tokens: sum.class.context_tokens,
            minute_of_day: sum.class.minute_of_day,
        };
        let rate = unit_cost(book, model, &sum.dimension, &call).ok();
        if let Some(stretch) = stretch {
            let rates = self.known.entry(sum.dimension.clone());
            rates.or_default().push((stretch, rate));
        }
        rate
    }
}
