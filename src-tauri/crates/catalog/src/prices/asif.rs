//! The prices of a book as if lines of a diff had held all the time: for what-if figures only.

use super::diff::{Change, PriceLine};
use super::{ModelPrices, PriceTable};
use ratebook_money::Timestamp;
use std::collections::HashMap;

impl PriceTable {
    /// The book's prices with these lines in force from the beginning of time in place of the
    /// imported rows of the same dimension and conditions. Lines that would hold only after `now`
    /// are left out. Rows of the lines have no source here.
    #[must_use]
    pub fn as_if<'l>(&self, lines: impl Iterator<Item = &'l PriceLine>, now: Timestamp) -> Self {
        let mut changes: HashMap<(String, String), Vec<&PriceLine>> = HashMap::new();
        for line in lines.filter(|line| line.from().is_none_or(|from| from <= now)) {
            let of = (line.provider.clone(), line.model.clone());
            changes.entry(of).or_default().push(line);
        }
        let mut models = self.models().to_vec();
        for model in &mut models {
            let of = (model.provider.clone(), model.model.clone());
            if let Some(lines) = changes.remove(&of) {
                apply(model, &lines);
            }
        }
        let mut new: Vec<_> = changes.into_iter().collect();
        new.sort_by(|(a, _), (b, _)| a.cmp(b));
        for ((provider, model), lines) in new {
            let mut model = ModelPrices::unpriced(&provider, &model);
            apply(&mut model, &lines);
            models.push(model);
        }
        self.with_models(models)
    }
}

fn apply(model: &mut ModelPrices, lines: &[&PriceLine]) {
    for line in lines {
        match &line.change {
            Change::Price { row, .. } => {
                model.prices.retain(|own| {
                    own.manual || own.dimension != row.dimension || own.conditions != row.conditions
                });
                let mut row = row.clone();
                row.valid_from = Timestamp::MIN;
                model.prices.push(row);
            }
            Change::Rules { will, .. } => {
                model.fallbacks.clone_from(&will.fallbacks);
                model.rules = will.rules;
                model.multipliers.clone_from(&will.multipliers);
                model.matches.clone_from(&will.matches);
            }
        }
    }
}
