//! What credit pays of an invoice: before tax it lowers what is taxed, after tax it pays the gross
//! amount. It pays for usage only, and never makes an invoice negative.

use crate::{InvoiceError, InvoiceLine, TaxKey, TaxLine};
use ratebook_catalog::{CreditTax, GrantId, GrantKind};
use ratebook_money::{Currency, Money, MoneyError, allocate};
use ratebook_rating::credits::{Account, Demand, Ledger, UsableGrant, UsedPart};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What one grant pays of an invoice, of the lines of one tax rate and category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InvoiceCredit {
    /// The grant.
    pub grant: GrantId,
    /// Whether it was bought.
    pub kind: GrantKind,
    /// Whether it is taken off before or after tax.
    pub tax: CreditTax,
    /// How the lines that it pays for are taxed.
    pub key: TaxKey,
    /// What it pays; above zero.
    pub amount: Money,
}

/// What an invoice uses of each grant, in the order of use: one for each grant.
///
/// # Errors
/// [`InvoiceError::Money`] when a sum does not fit.
pub fn uses_of(credits: &[InvoiceCredit]) -> Result<Vec<(GrantId, Money)>, InvoiceError> {
    let mut uses: Vec<(GrantId, Money)> = Vec::new();
    for credit in credits {
        match uses.iter_mut().find(|(grant, _)| *grant == credit.grant) {
            Some((_, sum)) => *sum = sum.plus(credit.amount)?,
            None => uses.push((credit.grant, credit.amount)),
        }
    }
    Ok(uses)
}

/// Credit being used for one invoice: first before tax, then after it.
pub(crate) struct Applied {
    ledger: Ledger,
    kinds: HashMap<GrantId, (GrantKind, CreditTax)>,
    /// What the lines charge for usage, less what was paid so far; in the order of use.
    parts: Vec<UsedPart>,
    currency: Currency,
    credits: Vec<InvoiceCredit>,
}

impl Applied {
    /// Credit that is usable for parts of lines.
    pub(crate) fn new(
        currency: Currency,
        usable: Vec<UsableGrant>,
        parts: Vec<UsedPart>,
    ) -> Result<Self, InvoiceError> {
        let mut ledger = Ledger::new(currency);
        let mut kinds = HashMap::new();
        for UsableGrant { grant, left } in usable {
            if left.minor() > 0 {
                kinds.insert(grant.id, (grant.kind, grant.tax));
                let amount = left;
                ledger.grant(ratebook_catalog::CreditGrant { amount, ..grant })?;
            }
        }
        Ok(Self {
            ledger,
            kinds,
            parts,
            currency,
            credits: Vec::new(),
        })
    }

    pub(crate) fn currency(&self) -> Currency {
        self.currency
    }

    /// What was used, in the order of use.
    pub(crate) fn done(self) -> Vec<InvoiceCredit> {
        self.credits
    }

    /// Takes a discount off what may be paid: `shares` is what it takes off each line.
    pub(crate) fn discounted(&mut self, shares: &[Money]) -> Result<(), InvoiceError> {
        for (line, share) in (0_u32..).zip(shares) {
            let mut own: Vec<&mut UsedPart> = self.parts.iter_mut().collect();
            own.retain(|part| part.line == line);
            let weights: Vec<u128> = own.iter().map(|part| weight(part.amount)).collect();
            if share.minor() == 0 || weights.iter().all(|weight| *weight == 0) {
                continue;
            }
            for (part, off) in own.into_iter().zip(allocate(*share, &weights)?) {
                part.amount = part.amount.minus(off)?;
            }
        }
        Ok(())
    }

    /// Uses credit before tax: takes it off the taxable sums and says how much in all.
    pub(crate) fn before_tax(
        &mut self,
        lines: &[InvoiceLine],
        groups: &mut [TaxLine],
    ) -> Result<Money, InvoiceError> {
        let mut sum = Money::zero(self.currency);
        let mut parts = std::mem::take(&mut self.parts);
        for part in &mut parts {
            let Some(key) = key_of(lines, part) else {
                continue;
            };
            let Some(group) = groups.iter_mut().find(|group| group.key == *key) else {
                continue;
            };
            let asked = least(part.amount, group.taxable);
            let paid = self.burn(part, key, asked, CreditTax::PreTax)?;
            group.taxable = group.taxable.minus(paid)?;
            part.amount = part.amount.minus(paid)?;
            sum = sum.plus(paid)?;
        }
        self.parts = parts;
        Ok(sum)
    }

    /// Uses credit after tax and says how much in all: each part is paid with its share of the
    /// tax, by largest remainder.
    pub(crate) fn after_tax(
        &mut self,
        lines: &[InvoiceLine],
        groups: &[TaxLine],
        total: Money,
    ) -> Result<Money, InvoiceError> {
        let mut sum = Money::zero(self.currency);
        if !self
            .kinds
            .values()
            .any(|(_, tax)| *tax == CreditTax::PostTax)
        {
            return Ok(sum);
        }
        let mut parts = std::mem::take(&mut self.parts);
        for group in groups {
            add_tax(lines, &mut parts, group)?;
        }
        for part in &parts {
            let Some(key) = key_of(lines, part) else {
                continue;
            };
            let asked = least(part.amount, total.minus(sum)?);
            sum = sum.plus(self.burn(part, key, asked, CreditTax::PostTax)?)?;
        }
        Ok(sum)
    }

    /// Pays for a part as far as credit reaches and says how much.
    fn burn(
        &mut self,
        part: &UsedPart,
        key: &TaxKey,
        amount: Money,
        tax: CreditTax,
    ) -> Result<Money, InvoiceError> {
        let names: Vec<&str> = part.names.iter().map(String::as_str).collect();
        let burned = self.ledger.burn(&Demand {
            at: part.at,
            amount,
            names: &names,
            tax,
        })?;
        for entry in burned.entries {
            if let Account::Grant(grant) = entry.from {
                self.note(grant, key, entry.amount)?;
            }
        }
        Ok(amount.minus(burned.left)?)
    }

    /// One entry for each grant and tax, however many parts it pays for.
    fn note(&mut self, grant: GrantId, key: &TaxKey, amount: Money) -> Result<(), MoneyError> {
        let same = |known: &&mut InvoiceCredit| known.grant == grant && known.key == *key;
        if let Some(known) = self.credits.iter_mut().find(same) {
            known.amount = known.amount.plus(amount)?;
        } else if let Some((kind, tax)) = self.kinds.get(&grant) {
            self.credits.push(InvoiceCredit {
                grant,
                kind: *kind,
                tax: *tax,
                key: key.clone(),
                amount,
            });
        }
        Ok(())
    }
}

fn key_of<'a>(lines: &'a [InvoiceLine], part: &UsedPart) -> Option<&'a TaxKey> {
    let place = usize::try_from(part.line).ok()?;
    lines.get(place).map(|line| &line.tax)
}

/// The smaller of both, at least zero.
fn least(a: Money, b: Money) -> Money {
    Money::from_minor(a.minor().min(b.minor()).max(0), a.currency())
}

/// Adds the tax of a group to its parts; what is not usage carries its own share.
fn add_tax(
    lines: &[InvoiceLine],
    parts: &mut [UsedPart],
    group: &TaxLine,
) -> Result<(), InvoiceError> {
    let is_own = |part: &UsedPart| key_of(lines, part) == Some(&group.key);
    let mut weights = Vec::new();
    let mut rest = group.taxable;
    for part in parts.iter().filter(|part| is_own(part)) {
        rest = rest.minus(part.amount)?;
        weights.push(weight(part.amount));
    }
    weights.push(weight(rest));
    if group.tax.minor() <= 0 || weights.iter().all(|weight| *weight == 0) {
        return Ok(());
    }
    let shares = allocate(group.tax, &weights)?;
    for (part, share) in parts.iter_mut().filter(|part| is_own(part)).zip(shares) {
        part.amount = part.amount.plus(share)?;
    }
    Ok(())
}

fn weight(amount: Money) -> u128 {
    u128::try_from(amount.minor()).unwrap_or(0)
}
