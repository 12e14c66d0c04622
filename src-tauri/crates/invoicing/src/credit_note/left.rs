use super::{CreditNote, CreditNoteFault, CreditNoteLine, LineTakeBack, TakeBack};
use crate::{Credited, FinalizedInvoice, InvoiceCredit, TaxKey, TaxLine, Totals};
use ratebook_catalog::CreditTax;
use ratebook_money::{Money, allocate};

/// What earlier credit notes have left of an invoice.
pub(super) struct Left<'a> {
    invoice: &'a FinalizedInvoice,
    /// Of each line, in the order of the invoice.
    lines: Vec<Money>,
    /// Of each tax of the invoice: taxable and tax that were taken back.
    taken: Vec<(Money, Money)>,
    payable: Money,
    /// Of each credit of the invoice.
    credits: Vec<Money>,
}

/// Sums with what they leave out: credit before tax by rate and category.
pub(super) struct Sums {
    pub sums: Totals,
    allowances: Vec<(TaxKey, Money)>,
}

impl std::ops::Deref for Sums {
    type Target = Totals;
    fn deref(&self) -> &Totals {
        &self.sums
    }
}

impl<'a> Left<'a> {
    pub(super) fn of(
        invoice: &'a FinalizedInvoice,
        earlier: &[CreditNote],
    ) -> Result<Self, CreditNoteFault> {
        let zero = Money::zero(invoice.currency());
        let all = invoice.lines().iter();
        let mut lines: Vec<Money> = all.map(|line| line.rated.amount).collect();
        // A discount was never charged: each line comes back without its share of it.
        if let Some(discount) = &invoice.totals().discount {
            for (line, off) in lines.iter_mut().zip(discount.by_line(invoice.lines())?) {
                *line = line.minus(off)?;
            }
        }
        let mut taken = vec![(zero, zero); invoice.totals().taxes.len()];
        let mut payable = invoice.totals().payable;
        let mut credits: Vec<Money> = invoice.credits().iter().map(|c| c.amount).collect();
        for note in earlier {
            for line in &note.lines {
                let all = invoice.lines().iter().zip(&mut lines);
                for (_, left) in all.filter(|(of, _)| of.number == line.of.number) {
                    *left = left.minus(line.amount)?;
                }
            }
            for tax in &note.totals.taxes {
                let all = invoice.totals().taxes.iter().zip(&mut taken);
                for (_, sums) in all.filter(|(of, _)| of.key == tax.key) {
                    *sums = (sums.0.plus(tax.taxable)?, sums.1.plus(tax.tax)?);
                }
            }
            payable = payable.minus(note.totals.payable)?;
            for given in &note.credits {
                let all = invoice.credits().iter().zip(&mut credits);
                let same = |of: &InvoiceCredit| of.grant == given.grant && of.key == given.key;
                for (_, left) in all.filter(|(of, _)| same(of)) {
                    *left = left.minus(given.amount)?;
                }
            }
        }
        Ok(Self {
            invoice,
            lines,
            taken,
            payable,
            credits,
        })
    }

    fn zero(&self) -> Money {
        Money::zero(self.invoice.currency())
    }

    /// Of each line, by its number.
    pub(super) fn by_line(&self) -> Vec<(u32, Money)> {
        let lines = self.invoice.lines().iter().zip(&self.lines);
        lines.map(|(line, left)| (line.number, *left)).collect()
    }

    /// Net, of all lines together.
    pub(super) fn net(&self) -> Result<Money, CreditNoteFault> {
        let mut lines = self.lines.iter();
        Ok(lines.try_fold(self.zero(), |sum, left| sum.plus(*left))?)
    }

    /// The lines that are asked for, with what is taken back of each.
    pub(super) fn chosen(&self, asked: &TakeBack) -> Result<Vec<CreditNoteLine>, CreditNoteFault> {
        if self.lines.iter().all(|left| left.minor() == 0) {
            return Err(CreditNoteFault::NothingLeft);
        }
        let amounts = match asked {
            TakeBack::All => self.lines.clone(),
            TakeBack::Lines(wanted) => self.named(wanted)?,
            TakeBack::Amount(amount) => self.shared(*amount)?,
        };
        let taken = self.invoice.lines().iter().zip(amounts);
        let taken = taken.filter(|(_, amount)| amount.minor() != 0);
        let lines = (1_u32..).zip(taken).map(|(number, (of, amount))| {
            let of = of.clone();
            CreditNoteLine { number, of, amount }
        });
        Ok(lines.collect())
    }

    fn named(&self, wanted: &[LineTakeBack]) -> Result<Vec<Money>, CreditNoteFault> {
        let mut amounts: Vec<Money> = self.lines.iter().map(|_| self.zero()).collect();
        for want in wanted {
            let places = self.invoice.lines().iter().zip(&self.lines);
            let mut places = places.zip(&mut amounts);
            let found = places.find(|((of, _), _)| of.number == want.line);
            let ((_, left), amount) = found.ok_or(CreditNoteFault::NoLine(want.line))?;
            if amount.minor() != 0 {
                return Err(CreditNoteFault::Twice(want.line));
            }
            let asked = want.amount.unwrap_or(*left);
            if asked.currency() != left.currency() {
                return Err(CreditNoteFault::Currency(left.currency()));
            }
            if asked.minor().signum() != left.minor().signum() || asked.minor() == 0 {
                let line = want.line;
                return Err(CreditNoteFault::NotOfLine { line, asked });
            }
            if asked.minor().unsigned_abs() > left.minor().unsigned_abs() {
                return Err(CreditNoteFault::LineTooMuch {
                    line: want.line,
                    left: *left,
                });
            }
            *amount = asked;
        }
        Ok(amounts)
    }

    fn shared(&self, amount: Money) -> Result<Vec<Money>, CreditNoteFault> {
        if amount.currency() != self.invoice.currency() {
            return Err(CreditNoteFault::Currency(self.invoice.currency()));
        }
        if amount.minor() <= 0 {
            return Err(CreditNoteFault::Nothing);
        }
        // What a line gives back to the customer already cannot be taken back from.
        let weights = self.lines.iter();
        let weights = weights.map(|left| u128::try_from(left.minor()).unwrap_or(0));
        let weights: Vec<u128> = weights.collect();
        let net = self.net()?;
        if amount.minor() > net.minor() {
            return Err(CreditNoteFault::TooMuch { left: net });
        }
        Ok(allocate(amount, &weights)?)
    }

    /// Per rate and category: what is taken back of what was taxed, and the tax on it. What the
    /// lines come to beyond that had been paid by credit before tax.
    pub(super) fn totals(&self, lines: &[CreditNoteLine]) -> Result<Sums, CreditNoteFault> {
        let zero = self.zero();
        let (mut net, mut before_tax, mut sum, mut tax) = (zero, zero, zero, zero);
        let mut taxes = Vec::new();
        let mut allowances = Vec::new();
        for (group, (taken, taxed)) in self.invoice.totals().taxes.iter().zip(&self.taken) {
            let mut own = lines.iter().filter(|line| line.of.tax == group.key);
            let own = own.try_fold(zero, |sum, line| sum.plus(line.amount))?;
            let left = group.taxable.minus(*taken)?;
            // A group of lines may come to less than zero: what it is beyond what was taxed is
            // credit only as far as credit was used for it.
            let beyond = own.minus(left)?.minor().max(0);
            let used = self.used_before_tax(&group.key)?;
            let allowance = Money::from_minor(beyond.min(used.minor()), own.currency());
            let taxable = own.minus(allowance)?;
            if own.minor() == 0 && taxable.minor() == 0 {
                continue;
            }
            let so_far = group.key.tax_on(taken.plus(taxable)?)?;
            let own_tax = so_far.minus(*taxed)?;
            net = net.plus(own)?;
            before_tax = before_tax.plus(allowance)?;
            sum = sum.plus(taxable)?;
            tax = tax.plus(own_tax)?;
            allowances.push((group.key.clone(), allowance));
            taxes.push(TaxLine {
                key: group.key.clone(),
                taxable,
                tax: own_tax,
            });
        }
        let total = sum.plus(tax)?;
        let is_more = total.minor() > self.payable.minor();
        let payable = if is_more { self.payable } else { total };
        let after_tax = total.minus(payable)?;
        let is_credited = before_tax.minor() != 0 || after_tax.minor() != 0;
        let sums = Totals {
            net,
            discount: None,
            credited: is_credited.then_some(Credited {
                before_tax,
                after_tax,
            }),
            taxes,
            tax,
            total,
            payable,
        };
        Ok(Sums { sums, allowances })
    }

    /// What is left of the credit that was used before tax for lines of a rate and category.
    fn used_before_tax(&self, key: &TaxKey) -> Result<Money, CreditNoteFault> {
        let used = self.invoice.credits().iter().zip(&self.credits);
        let own = used.filter(|(credit, _)| credit.tax == CreditTax::PreTax && credit.key == *key);
        let mut own = own.map(|(_, left)| *left);
        Ok(own.try_fold(self.zero(), Money::plus)?)
    }

    /// The credit that goes back to its grants, the last used first.
    pub(super) fn credits(&self, totals: &Sums) -> Result<Vec<InvoiceCredit>, CreditNoteFault> {
        let mut given = Vec::new();
        for (key, allowance) in &totals.allowances {
            let is_own =
                |credit: &InvoiceCredit| credit.tax == CreditTax::PreTax && credit.key == *key;
            self.give_back(*allowance, is_own, &mut given)?;
        }
        let after_tax = totals.credit_after_tax();
        let is_own = |credit: &InvoiceCredit| credit.tax == CreditTax::PostTax;
        self.give_back(after_tax, is_own, &mut given)?;
        Ok(given)
    }

    fn give_back(
        &self,
        mut amount: Money,
        is_own: impl Fn(&InvoiceCredit) -> bool,
        given: &mut Vec<InvoiceCredit>,
    ) -> Result<(), CreditNoteFault> {
        let used = self.invoice.credits().iter().zip(&self.credits).rev();
        for (credit, left) in used.filter(|(credit, _)| is_own(credit)) {
            let part = if amount.minor() > left.minor() {
                *left
            } else {
                amount
            };
            if part.minor() > 0 {
                amount = amount.minus(part)?;
                given.push(InvoiceCredit {
                    amount: part,
                    ..credit.clone()
                });
            }
        }
        Ok(())
    }
}
