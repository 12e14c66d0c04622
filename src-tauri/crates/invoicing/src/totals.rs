use crate::credit::Applied;
use crate::{Discount, Discounted, InvoiceError, InvoiceLine};
use ratebook_catalog::TaxTreatment;
use ratebook_money::{Factor, Money, mul_div_round};
use serde::{Deserialize, Serialize};

/// Sums of an invoice: EN 16931, BR-CO-10, -11, -13, -14, -15, -16.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the rounded lines.
    pub net: Money,
    /// What a discount on the whole takes off, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discounted>,
    /// What credit takes off, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credited: Option<Credited>,
    /// Tax per rate and category, each rounded once.
    pub taxes: Vec<TaxLine>,
    /// Sum of the taxes.
    pub tax: Money,
    /// Net, less discount and credit before tax, and tax.
    pub total: Money,
    /// What is to be paid: the total less credit after tax.
    pub payable: Money,
}

/// What credit takes off an invoice; both are zero or more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Credited {
    /// Off the net amount: it lowers what is taxed.
    pub before_tax: Money,
    /// Off the total, tax included.
    pub after_tax: Money,
}

/// The tax of all lines of one rate and category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaxLine {
    /// Rate and category.
    pub key: TaxKey,
    /// Sum of its lines, less discount and credit before tax.
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
    /// Intra-Community supply.
    K,
    /// Export.
    G,
    /// Outside the scope of the tax.
    O,
}

impl TaxCategory {
    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::Z => "Z",
            Self::AE => "AE",
            Self::E => "E",
            Self::K => "K",
            Self::G => "G",
            Self::O => "O",
        }
    }
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
            TaxTreatment::IntraCommunity => untaxed(TaxCategory::K, ""),
            TaxTreatment::Export => untaxed(TaxCategory::G, ""),
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
    /// Line net (rounded) → sum → discount → credit before tax → tax per rate and category on what
    /// is left of the sum of its lines → total → credit after tax → payable.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when a sum does not fit, [`InvoiceError::Credit`],
    /// [`InvoiceError::DiscountAboveSum`].
    pub(crate) fn of(
        lines: &[InvoiceLine],
        discount: Option<&Discount>,
        credit: &mut Applied,
    ) -> Result<Self, InvoiceError> {
        let currency = credit.currency();
        let mut net = Money::zero(currency);
        let mut groups: Vec<TaxLine> = Vec::new();
        for line in lines {
            net = net.plus(line.rated.amount)?;
            match groups.iter_mut().find(|group| group.key == line.tax) {
                Some(group) => group.taxable = group.taxable.plus(line.rated.amount)?,
                None => groups.push(TaxLine {
                    key: line.tax.clone(),
                    taxable: line.rated.amount,
                    tax: Money::zero(currency),
                }),
            }
        }
        let discount = discount.map(|discount| discount.of(net, &groups));
        let discount = discount.transpose()?;
        if let Some(discount) = &discount {
            take_off(discount, &mut groups)?;
            credit.discounted(&discount.by_line(lines)?)?;
        }
        let off = discount
            .as_ref()
            .map_or(Money::zero(currency), |d| d.amount);
        let before_tax = credit.before_tax(lines, &mut groups)?;
        let mut tax = Money::zero(currency);
        for group in &mut groups {
            group.tax = group.key.tax_on(group.taxable)?;
            tax = tax.plus(group.tax)?;
        }
        let total = net.minus(off)?.minus(before_tax)?.plus(tax)?;
        let after_tax = credit.after_tax(lines, &groups, total)?;
        let is_credited = before_tax.minor() != 0 || after_tax.minor() != 0;
        Ok(Self {
            net,
            discount,
            credited: is_credited.then_some(Credited {
                before_tax,
                after_tax,
            }),
            taxes: groups,
            tax,
            total,
            payable: total.minus(after_tax)?,
        })
    }

    /// The lines less the discount: what is charged before credit and tax.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when it does not fit.
    pub fn charged(&self) -> Result<Money, InvoiceError> {
        Ok(self.net.minus(self.discounted())?)
    }

    /// What a discount took off; zero where there is none.
    #[must_use]
    pub fn discounted(&self) -> Money {
        let zero = Money::zero(self.net.currency());
        self.discount.as_ref().map_or(zero, |off| off.amount)
    }

    /// What credit took off before tax; zero where there is none.
    #[must_use]
    pub fn credit_before_tax(&self) -> Money {
        let zero = Money::zero(self.net.currency());
        self.credited.map_or(zero, |credited| credited.before_tax)
    }

    /// What credit took off after tax; zero where there is none.
    #[must_use]
    pub fn credit_after_tax(&self) -> Money {
        let zero = Money::zero(self.net.currency());
        self.credited.map_or(zero, |credited| credited.after_tax)
    }
}

fn take_off(discount: &Discounted, groups: &mut [TaxLine]) -> Result<(), InvoiceError> {
    for part in &discount.parts {
        for group in groups.iter_mut().filter(|group| group.key == part.key) {
            group.taxable = group.taxable.minus(part.amount)?;
        }
    }
    Ok(())
}
