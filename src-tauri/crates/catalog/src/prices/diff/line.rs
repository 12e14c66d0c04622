use crate::prices::{
    Fallback, MatchRule, Minimum, ModelPrices, Multiplier, ProviderPrice, RuleSet,
};
use crate::{Dimension, PriceConditions};
use ratebook_money::{Exact, Rate, Timestamp};
use rust_decimal::Decimal;

/// One thing that a table says and the book does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceLine {
    /// Provider, as the book names it.
    pub provider: String,
    /// Model, as the book names it.
    pub model: String,
    /// In which way it is new.
    pub kind: LineKind,
    /// What it is.
    pub change: Change,
}

/// In which way a line is new.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LineKind {
    /// The book does not know the model.
    NewModel,
    /// The book knows the model, but has no price for this in force.
    NewPrice,
    /// The book has another price.
    Changed,
    /// The book has another price, from a source that it trusts more.
    Disagrees,
    /// An earlier table of this source had a price that this one does not have.
    Vanished,
}

/// What a line would change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A price.
    Price {
        /// The row that the book would add; without a rate it ends the price.
        row: ProviderPrice,
        /// The imported row that holds at its instant.
        was: Option<ProviderPrice>,
        /// A price that was entered by hand stands before it.
        own: bool,
    },
    /// What is said about a model beside its prices.
    Rules {
        /// What the book has; absent for a new model.
        was: Option<ModelRules>,
        /// What it would have.
        will: ModelRules,
    },
}

/// What a table says about a model beside its prices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelRules {
    /// See [`ModelPrices::fallbacks`].
    pub fallbacks: Vec<Fallback>,
    /// See [`ModelPrices::rules`].
    pub rules: RuleSet,
    /// See [`ModelPrices::multipliers`].
    pub multipliers: Vec<Multiplier>,
    /// See [`ModelPrices::matches`].
    pub matches: Vec<MatchRule>,
    /// See [`ModelPrices::minimums`].
    pub minimums: Vec<Minimum>,
}

impl ModelRules {
    /// Those of a model.
    #[must_use]
    pub fn of(model: &ModelPrices) -> Self {
        Self {
            fallbacks: model.fallbacks.clone(),
            rules: model.rules,
            multipliers: model.multipliers.clone(),
            matches: model.matches.clone(),
            minimums: model.minimums.clone(),
        }
    }
}

/// From this factor on a price is asked about: it is more likely a slip than a change.
const ASKED: i128 = 100;

impl PriceLine {
    pub(super) fn new(home: &(String, String), kind: LineKind, change: Change) -> Self {
        Self {
            provider: home.0.clone(),
            model: home.1.clone(),
            kind,
            change,
        }
    }

    /// Where it stands among others.
    pub(super) fn place(&self) -> (&str, &str, Option<(&Dimension, &PriceConditions)>) {
        let key = match &self.change {
            Change::Price { row, .. } => Some((&row.dimension, &row.conditions)),
            Change::Rules { .. } => None,
        };
        (&self.provider, &self.model, key)
    }

    /// From when on it would hold; nothing for rules.
    #[must_use]
    pub fn from(&self) -> Option<Timestamp> {
        match &self.change {
            Change::Price { row, .. } => Some(row.valid_from),
            Change::Rules { .. } => None,
        }
    }

    /// The price before and after; nothing for rules.
    #[must_use]
    pub fn rates(&self) -> (Option<Rate>, Option<Rate>) {
        match &self.change {
            Change::Price { row, was, .. } => (was.as_ref().and_then(|was| was.rate), row.rate),
            Change::Rules { .. } => (None, None),
        }
    }

    /// The change in percent of the price before, to one place, half away from zero; for display.
    /// Nothing without two prices in one currency, or where the one before is zero.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        let (was, will) = pair(self)?;
        let thousandfold = will.checked_sub(was)?.checked_mul(1_000)?;
        let size = thousandfold.unsigned_abs();
        let (tenths, rest) = (
            size.checked_div(was.unsigned_abs())?,
            size.checked_rem(was.unsigned_abs())?,
        );
        let up = rest >= was.unsigned_abs().checked_sub(rest)?;
        let tenths = i64::try_from(tenths.checked_add(u128::from(up))?).ok()?;
        let signed = if thousandfold < 0 {
            tenths.checked_neg()?
        } else {
            tenths
        };
        Some(Decimal::new(signed, 1))
    }

    /// Whether the price is a hundred times its predecessor or more, or a hundredth or less, or
    /// was or would be free: a person has to say that it is meant.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        let Some((was, will)) = pair(self) else {
            return false;
        };
        match (was.checked_mul(ASKED), will.checked_mul(ASKED)) {
            (Some(most), Some(least)) => will >= most || was >= least,
            _ => true,
        }
    }

    /// Whether it is taken without being ticked: what is new or changed and not asked about.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        match self.kind {
            LineKind::NewModel | LineKind::NewPrice | LineKind::Changed => !self.is_asked(),
            LineKind::Disagrees | LineKind::Vanished => false,
        }
    }
}

/// Both prices with all places that a rate can have.
fn pair(line: &PriceLine) -> Option<(i128, i128)> {
    const PLACES: u32 = 24;
    let (was, will) = line.rates();
    let (was, will) = (was?, will?);
    let whole = |rate: Rate| Exact::from_decimal(rate.per_unit()).mantissa_at(PLACES);
    (was.currency() == will.currency()).then_some((whole(was)?, whole(will)?))
}

/// What changes in the rules of a model that the book knows. What the table does not speak of
/// stays: only genai-prices has match rules and least quantities, and a table that completes has no
/// rules of prices.
pub(super) fn rules(known: &ModelPrices, new: &ModelPrices, foreign: bool) -> Option<Change> {
    let was = ModelRules::of(known);
    let mut will = ModelRules::of(if foreign { known } else { new });
    will.matches = if new.matches.is_empty() {
        known.matches.clone()
    } else {
        new.matches.clone()
    };
    will.minimums = if new.minimums.is_empty() {
        known.minimums.clone()
    } else {
        new.minimums.clone()
    };
    if new.rules == RuleSet::None {
        will.rules = known.rules;
        will.fallbacks.clone_from(&known.fallbacks);
        will.multipliers.clone_from(&known.multipliers);
    }
    (was != will).then_some(Change::Rules {
        was: Some(was),
        will,
    })
}

/// The rules of a new model.
pub(super) fn first_rules(model: &ModelPrices) -> Change {
    Change::Rules {
        was: None,
        will: ModelRules::of(model),
    }
}
