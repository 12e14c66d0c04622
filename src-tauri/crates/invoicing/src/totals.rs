use crate::{InvoiceError, InvoiceLine};
use ratebook_catalog::TaxTreatment;
use ratebook_money::{Currency, Factor, Money, mul_div_round};
use serde::{Deserialize, Serialize};

/// Sums of an invoice: EN 16931, BR-CO-10, -13, -14, -15.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the rounded lines.
    pub net: Money,
    /// Tax per rate and category, each rounded once.
    pub taxes: Vec<TaxLine>,
    /// Sum of the taxes.
    pub tax: Money,
    /// Net and tax.
    pub total: Money,
    /// What is to be paid.
    pub payable: Money,
}

/// The tax of all lines of one rate and category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaxLine {
    /// Rate and category.
    pub key: TaxKey,
    /// Sum of its lines.
    pub taxable: Money,
    /// Taxable × rate, rounded once.
    pub tax: Money,
}

/// How a line is taxed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct TaxKey {
    /// Category of EN 16931 (UNTDID 5305).
    pub category: TaxCategory,
    /// Percent in the shortest form; `0` where no tax is charged.
    pub percent: String,
    /// The printed reason of an exemption; empty otherwise.
    pub reason: String,
}

/// Category of a tax, by its code in UNTDID 5305.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum TaxCategory {
    /// Standard or reduced rate.
    S,
    /// Zero rate.
    Z,
    /// The buyer owes the tax.
    AE,
    /// Exempt.
    E,
    /// Outside the scope of the tax.
    O,
}

impl TaxKey {
    /// How the lines of a customer are taxed.
    #[must_use]
    pub fn of(treatment: &TaxTreatment) -> Self {
        let untaxed = |category, reason: &str| Self {
            category,
            percent: "0".to_owned(),
            reason: reason.to_owned(),
        };
        match treatment {
            TaxTreatment::Rate { percent } if percent.value().is_zero() => {
                untaxed(TaxCategory::Z, "")
            }
            TaxTreatment::Rate { percent } => Self {
                category: TaxCategory::S,
                percent: percent.to_string(),
                reason: String::new(),
            },
            TaxTreatment::ReverseCharge => untaxed(TaxCategory::AE, ""),
            TaxTreatment::Exempt { reason } => untaxed(TaxCategory::E, reason),
            TaxTreatment::OutOfScope => untaxed(TaxCategory::O, ""),
        }
    }

    /// The tax on a sum of lines, rounded once, half away from zero.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when the percentage is negative, has more than 12 places or the
    /// tax does not fit.
    pub fn tax_on(&self, taxable: Money) -> Result<Money, InvoiceError> {
        let percent = Factor::parse(&self.percent)?.value();
        let hundredths = 10_u64
            .checked_pow(percent.scale())
            .and_then(|scale| scale.checked_mul(100));
        let denominator = hundredths.ok_or(InvoiceError::TaxRate(self.percent.clone()))?;
        let numerator = u64::try_from(percent.mantissa());
        let numerator = numerator.map_err(|_| InvoiceError::TaxRate(self.percent.clone()))?;
        Ok(mul_div_round(taxable.to_amount()?, numerator, denominator)?)
    }
}

impl Totals {
    /// Line net (rounded) → sum → tax per rate and category on the sum of its lines → total.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when a sum does not fit.
    pub fn of(lines: &[InvoiceLine], currency: Currency) -> Result<Self, InvoiceError> {
        let mut net = Money::zero(currency);
        let mut groups: Vec<(&TaxKey, Money)> = Vec::new();
        for line in lines {
            net = net.plus(line.rated.amount)?;
            match groups.iter_mut().find(|(key, _)| **key == line.tax) {
                Some((_, sum)) => *sum = sum.plus(line.rated.amount)?,
                None => groups.push((&line.tax, line.rated.amount)),
            }
        }
        let mut tax = Money::zero(currency);
        let mut taxes = Vec::with_capacity(groups.len());
        for (key, taxable) in groups {
            let of_group = key.tax_on(taxable)?;
            tax = tax.plus(of_group)?;
            taxes.push(TaxLine {
                key: key.clone(),
                taxable,
                tax: of_group,
            });
        }
        let total = net.plus(tax)?;
        Ok(Self {
            net,
            taxes,
            tax,
            total,
            payable: total,
        })
    }
}
