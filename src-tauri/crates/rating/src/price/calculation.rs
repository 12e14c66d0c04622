use super::step::PriceStep;
use super::{Measured, PriceFault};
use ratebook_money::{Amount, Currency};

/// Whether the steps of a calculation are wanted; they cost more than the calculation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Explain {
    /// They are.
    Steps,
    /// Only the amount is.
    Nothing,
}

/// What all stages share: the currency, and the steps that explain them.
pub(super) struct Calculation {
    pub currency: Currency,
    steps: Option<Vec<PriceStep>>,
}

impl Calculation {
    pub(super) fn new(currency: Currency, explain: Explain) -> Self {
        let steps = (explain == Explain::Steps).then(Vec::new);
        Self { currency, steps }
    }

    /// A calculation whose steps nobody reads.
    pub(super) fn aside(&self) -> Self {
        Self {
            currency: self.currency,
            steps: None,
        }
    }

    /// Writes a step down, if anybody wants to read it.
    pub(super) fn note(&mut self, step: impl FnOnce() -> PriceStep) {
        if let Some(steps) = &mut self.steps {
            steps.push(step());
        }
    }

    /// Nothing in this currency.
    pub(super) fn zero(&self) -> Amount {
        Amount::zero(self.currency)
    }

    /// A calculation inside this one: its amount, and its steps for whoever writes them down.
    pub(super) fn inside(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<Amount, PriceFault>,
        step: impl FnOnce(Amount, Vec<PriceStep>) -> PriceStep,
    ) -> Result<Amount, PriceFault> {
        let mut inner = Self {
            currency: self.currency,
            steps: self.steps.as_ref().map(|_| Vec::new()),
        };
        let amount = work(&mut inner)?;
        self.note(|| step(amount, inner.into_steps()));
        Ok(amount)
    }

    /// What was rated before in the period.
    pub(super) fn before(
        &mut self,
        earlier: &Measured,
        work: impl FnOnce(&mut Self) -> Result<Amount, PriceFault>,
    ) -> Result<Amount, PriceFault> {
        self.inside(work, |amount, explain| PriceStep::Before {
            usage: earlier.to_string(),
            amount: amount.to_exact_string(),
            explain,
        })
    }

    pub(super) fn into_steps(self) -> Vec<PriceStep> {
        self.steps.into_iter().flatten().collect()
    }
}
