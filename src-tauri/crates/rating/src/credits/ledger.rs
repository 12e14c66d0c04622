use super::{Account, CreditError, Entry};
use ratebook_catalog::{CreditGrant, CreditScope, CreditTax, GrantId};
use ratebook_money::{Currency, Money, MoneyError, Timestamp};

/// The grants of one customer in one currency, and everything that happened to them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ledger {
    currency: Currency,
    grants: Vec<CreditGrant>,
    entries: Vec<Entry>,
}

/// A charge that credit may pay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Demand<'a> {
    /// When what is charged was used.
    pub at: Timestamp,
    /// How much; zero or more.
    pub amount: Money,
    /// The meters and models that it is for.
    pub names: &'a [&'a str],
    /// Which credit is asked: that before tax or that after.
    pub tax: CreditTax,
}

/// What credit has paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Burned {
    /// One for each grant that was touched, in the order of use.
    pub entries: Vec<Entry>,
    /// What is left to pay.
    pub left: Money,
}

impl Ledger {
    /// A ledger without grants.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            grants: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// All entries, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Enters a grant; it counts from its `effective_at` on.
    ///
    /// # Errors
    /// [`CreditError::Twice`], [`CreditError::NoAmount`] for a grant that is not above zero,
    /// [`CreditError::Number`] for one in another currency.
    pub fn grant(&mut self, grant: CreditGrant) -> Result<(), CreditError> {
        if self.grants.iter().any(|known| known.id == grant.id) {
            return Err(CreditError::Twice(grant.id.to_string()));
        }
        self.check(grant.amount)?;
        if grant.amount.minor() <= 0 {
            return Err(CreditError::NoAmount(grant.amount.to_string()));
        }
        let to = Account::Grant(grant.id);
        self.post(grant.effective_at, Account::Issued, to, grant.amount);
        self.grants.push(grant);
        Ok(())
    }

    /// Pays a charge as far as credit reaches.
    ///
    /// # Errors
    /// [`CreditError::NoAmount`] for a charge below zero, [`CreditError::Number`] for one in
    /// another currency or a sum that does not fit.
    pub fn burn(&mut self, demand: &Demand) -> Result<Burned, CreditError> {
        self.check(demand.amount)?;
        if demand.amount.minor() < 0 {
            return Err(CreditError::NoAmount(demand.amount.to_string()));
        }
        let mut usable: Vec<&CreditGrant> = self
            .grants
            .iter()
            .filter(|grant| pays(grant, demand))
            .collect();
        // Stable: equal grants stay in the order in which they came.
        usable.sort_by_key(|grant| order(grant));
        let usable: Vec<GrantId> = usable.into_iter().map(|grant| grant.id).collect();
        let mut left = demand.amount;
        let first = self.entries.len();
        for grant in usable {
            let account = Account::Grant(grant);
            let taken = self.balance(account)?.minor().min(left.minor());
            if taken > 0 {
                let taken = Money::from_minor(taken, self.currency);
                left = left.minus(taken)?;
                self.post(demand.at, account, Account::Used, taken);
            }
        }
        let entries = self.entries.iter().skip(first).cloned().collect();
        Ok(Burned { entries, left })
    }

    /// Writes off what is left of the grants that have expired at an instant. Usage from before
    /// an expiry is to be paid first: afterwards there is nothing left to pay it with.
    ///
    /// # Errors
    /// [`CreditError::Number`] when a sum does not fit.
    pub fn expire(&mut self, until: Timestamp) -> Result<(), CreditError> {
        let ended: Vec<(GrantId, Timestamp)> = self
            .grants
            .iter()
            .filter_map(|grant| Some((grant.id, grant.expires_at?)))
            .filter(|(_, expires_at)| *expires_at <= until)
            .collect();
        for (grant, at) in ended {
            self.empty(grant, at, Account::Expired)?;
        }
        Ok(())
    }

    /// Takes back what is left of a grant; at its start, when it has not taken effect yet.
    ///
    /// # Errors
    /// [`CreditError::Unknown`], [`CreditError::Number`].
    pub fn void(&mut self, grant: GrantId, at: Timestamp) -> Result<(), CreditError> {
        let known = self.grants.iter().find(|known| known.id == grant);
        let known = known.ok_or_else(|| CreditError::Unknown(grant.to_string()))?;
        // Nothing leaves a grant before it has come in.
        let at = at.max(known.effective_at);
        self.empty(grant, at, Account::Voided)
    }

    /// The sum of an account's entries.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn balance(&self, account: Account) -> Result<Money, MoneyError> {
        self.sum(account, |_| true)
    }

    /// The sum of an account's entries that have taken effect at an instant.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn balance_at(&self, account: Account, at: Timestamp) -> Result<Money, MoneyError> {
        self.sum(account, |entry| entry.at <= at)
    }

    fn sum(&self, account: Account, counts: impl Fn(&Entry) -> bool) -> Result<Money, MoneyError> {
        let mut sum = Money::zero(self.currency);
        for entry in self.entries.iter().filter(|entry| counts(entry)) {
            if entry.to == account {
                sum = sum.plus(entry.amount)?;
            }
            if entry.from == account {
                sum = sum.minus(entry.amount)?;
            }
        }
        Ok(sum)
    }

    fn empty(&mut self, grant: GrantId, at: Timestamp, to: Account) -> Result<(), CreditError> {
        let account = Account::Grant(grant);
        let left = self.balance(account)?;
        if left.minor() > 0 {
            self.post(at, account, to, left);
        }
        Ok(())
    }

    fn post(&mut self, at: Timestamp, from: Account, to: Account, amount: Money) {
        let before = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        self.entries.push(Entry {
            sequence: before.saturating_add(1),
            at,
            from,
            to,
            amount,
        });
    }

    fn check(&self, amount: Money) -> Result<(), MoneyError> {
        Money::zero(self.currency).plus(amount).map(|_| ())
    }
}

/// Whether a grant pays for a charge.
fn pays(grant: &CreditGrant, demand: &Demand) -> bool {
    let in_time =
        grant.effective_at <= demand.at && grant.expires_at.is_none_or(|end| demand.at < end);
    let in_scope = match &grant.scope {
        CreditScope::Everything => true,
        CreditScope::Only(names) => demand.names.iter().any(|name| names.contains(*name)),
    };
    in_time && in_scope && grant.tax == demand.tax
}

/// What is smaller is used first.
fn order(grant: &CreditGrant) -> impl Ord + use<> {
    (
        grant.priority,
        grant.expires_at.unwrap_or(Timestamp::MAX),
        grant.kind,
        grant.effective_at,
        grant.created_at,
    )
}
