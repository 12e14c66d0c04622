use crate::InvoiceError;
use ratebook_money::{Currency, Date, Money};

/// Whether an invoice is paid. Its state is apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaymentStatus {
    /// Nothing was paid yet.
    Open,
    /// Some of it was paid, or taken back.
    PartlyPaid,
    /// Nothing is owed.
    Paid,
    /// The customer gets something back.
    Overpaid,
    /// What was open was given up.
    Uncollectible,
}

/// Where an invoice stands with its payments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Payable, less what credit notes take back and what was paid: below zero where the customer
    /// gets something back.
    pub open: Money,
    /// In a word.
    pub status: PaymentStatus,
    /// Days since it was due; absent while it is not, or when nothing is owed.
    pub overdue_days: Option<u32>,
}

impl Standing {
    /// The same with what was given up of it: nothing is open while something is.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when it does not fit.
    pub fn written_off(self, amount: Money) -> Result<Self, InvoiceError> {
        if amount.minor() == 0 {
            return Ok(self);
        }
        Ok(Self {
            open: self.open.minus(amount)?,
            status: PaymentStatus::Uncollectible,
            overdue_days: None,
        })
    }
}

/// Where an invoice stands on a day: `payable` of the invoice, `credited` the payable sum of its
/// credit notes, `paid` what came in less what went out.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn standing(
    payable: Money,
    credited: Money,
    paid: Money,
    (due, today): (Date, Date),
) -> Result<Standing, InvoiceError> {
    let open = payable.minus(credited)?.minus(paid)?;
    let status = match (open.minor().signum(), credited.minor(), paid.minor()) {
        (0, _, _) => PaymentStatus::Paid,
        (-1, _, _) => PaymentStatus::Overpaid,
        (_, 0, 0) => PaymentStatus::Open,
        (_, _, _) => PaymentStatus::PartlyPaid,
    };
    let late = today.signed_duration_since(due).num_days();
    let late = u32::try_from(late).ok().filter(|days| *days > 0);
    Ok(Standing {
        open,
        status,
        overdue_days: late.filter(|_| open.minor() > 0),
    })
}

/// How long something has been owed beyond its due date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum AgeBand {
    /// Not due yet.
    NotDue,
    /// 1 to 30 days.
    To30,
    /// 31 to 60 days.
    To60,
    /// 61 to 90 days.
    To90,
    /// More than 90 days.
    Over90,
}

impl AgeBand {
    /// All bands, the youngest first.
    pub const ALL: [Self; 5] = [
        Self::NotDue,
        Self::To30,
        Self::To60,
        Self::To90,
        Self::Over90,
    ];

    /// The band of so many days.
    #[must_use]
    pub fn of(overdue_days: Option<u32>) -> Self {
        match overdue_days {
            None | Some(0) => Self::NotDue,
            Some(1..=30) => Self::To30,
            Some(31..=60) => Self::To60,
            Some(61..=90) => Self::To90,
            Some(_) => Self::Over90,
        }
    }
}

/// What is owed in one currency, by age. What customers get back is apart: it makes nothing that
/// somebody else owes any younger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ageing {
    bands: [Money; 5],
    /// What customers get back, as an amount above zero.
    pub to_pay_back: Money,
}

impl Ageing {
    /// Nothing is owed.
    #[must_use]
    pub fn none(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            bands: [zero; 5],
            to_pay_back: zero,
        }
    }

    /// Adds where an invoice stands.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] for another currency, and when a sum does not fit.
    pub fn add(&mut self, standing: &Standing) -> Result<(), InvoiceError> {
        if standing.open.minor() < 0 {
            self.to_pay_back = self.to_pay_back.minus(standing.open)?;
            return Ok(());
        }
        let band = AgeBand::of(standing.overdue_days);
        for (own, sum) in AgeBand::ALL.iter().zip(&mut self.bands) {
            if *own == band {
                *sum = sum.plus(standing.open)?;
            }
        }
        Ok(())
    }

    /// Each band with what is owed in it.
    pub fn bands(&self) -> impl Iterator<Item = (AgeBand, Money)> {
        AgeBand::ALL.into_iter().zip(self.bands)
    }

    /// What is owed in a band.
    #[must_use]
    pub fn in_band(&self, band: AgeBand) -> Money {
        let mut bands = self.bands();
        let found = bands.find(|(own, _)| *own == band);
        found.map_or(Money::zero(self.to_pay_back.currency()), |(_, sum)| sum)
    }

    /// All that is owed, whatever its age; without what customers get back.
    ///
    /// # Errors
    /// [`InvoiceError::Money`] when the sum does not fit.
    pub fn owed(&self) -> Result<Money, InvoiceError> {
        let zero = Money::zero(self.to_pay_back.currency());
        Ok(self.bands.into_iter().try_fold(zero, Money::plus)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(minor: i64) -> Result<Money, InvoiceError> {
        Ok(Money::from_minor(minor, Currency::parse("EUR")?))
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap_or(Date::MIN)
    }

    #[test]
    fn an_invoice_grows_old_from_the_day_after_it_was_due() -> Result<(), InvoiceError> {
        let due = day("2026-11-30");
        let ages = [
            ("2026-11-30", AgeBand::NotDue),
            ("2026-12-01", AgeBand::To30),
            ("2026-12-30", AgeBand::To30),
            ("2026-12-31", AgeBand::To60),
            ("2027-01-29", AgeBand::To60),
            ("2027-01-30", AgeBand::To90),
            ("2027-02-28", AgeBand::To90),
            ("2027-03-01", AgeBand::Over90),
        ];
        for (today, band) in ages {
            let stands = standing(eur(100)?, eur(0)?, eur(0)?, (due, day(today)))?;
            assert_eq!(AgeBand::of(stands.overdue_days), band, "{today}");
        }
        Ok(())
    }

    #[test]
    fn what_is_overpaid_is_owed_by_nobody() -> Result<(), InvoiceError> {
        let dates = (day("2026-11-30"), day("2027-01-15"));
        let mut ageing = Ageing::none(Currency::parse("EUR")?);
        for (payable, paid) in [(100, 30), (100, 100), (100, 150)] {
            ageing.add(&standing(eur(payable)?, eur(0)?, eur(paid)?, dates)?)?;
        }
        assert_eq!(ageing.in_band(AgeBand::To60), eur(70)?);
        assert_eq!(ageing.owed()?, eur(70)?);
        assert_eq!(ageing.to_pay_back, eur(50)?);
        let usd = Money::from_minor(1, Currency::parse("USD")?);
        let zero = Money::zero(usd.currency());
        assert!(ageing.add(&standing(usd, zero, zero, dates)?).is_err());
        Ok(())
    }
}
