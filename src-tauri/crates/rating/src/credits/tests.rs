use super::*;
use proptest::prelude::*;
use ratebook_catalog::{CreditGrant, CreditScope, CreditTax, GrantId, GrantKind, Rollover};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Money, Timestamp};

fn usd() -> Currency {
    Currency::parse("USD").unwrap()
}

fn money(text: &str) -> Money {
    Money::parse(text, usd()).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

struct Grants(IdSource);

impl Grants {
    fn new() -> Self {
        Self(IdSource::new(at("2026-01-01T00:00:00Z"), 7))
    }

    fn make(&mut self, amount: &str, priority: u8, expires_at: Option<&str>) -> CreditGrant {
        CreditGrant {
            id: GrantId::new(&mut self.0),
            amount: money(amount),
            kind: GrantKind::Paid,
            priority,
            effective_at: at("2026-01-01T00:00:00Z"),
            expires_at: expires_at.map(at),
            created_at: at("2026-01-01T00:00:00Z"),
            scope: CreditScope::Everything,
            tax: CreditTax::PreTax,
        }
    }
}

fn demand(amount: &str, when: &str) -> Demand<'static> {
    Demand {
        at: at(when),
        amount: money(amount),
        names: &[],
        tax: CreditTax::PreTax,
    }
}

#[test]
fn grants_are_used_in_their_order_with_one_entry_each() {
    let mut grants = Grants::new();
    let a = CreditGrant {
        kind: GrantKind::Promotional,
        ..grants.make("50", 10, Some("2026-03-31T00:00:00Z"))
    };
    let b = grants.make("100", 10, Some("2026-06-30T00:00:00Z"));
    let c = grants.make("200", 10, None);
    let d = CreditGrant {
        kind: GrantKind::Promotional,
        ..grants.make("30", 5, None)
    };
    let ids = [&a, &b, &c, &d].map(|grant| Account::Grant(grant.id));
    let mut ledger = Ledger::new(usd());
    for grant in [c, b, a, d] {
        ledger.grant(grant).unwrap();
    }
    let burned = ledger.burn(&demand("120", "2026-02-01T00:00:00Z")).unwrap();
    let touched: Vec<(Account, Money)> = burned
        .entries
        .iter()
        .map(|entry| (entry.from, entry.amount))
        .collect();
    let expected = [(ids[3], "30"), (ids[0], "50"), (ids[1], "40")];
    assert_eq!(touched, expected.map(|(id, amount)| (id, money(amount))));
    assert_eq!(burned.left, money("0"));
    assert_eq!(ledger.balance(ids[1]).unwrap(), money("60"));
    assert_eq!(ledger.balance(Account::Used).unwrap(), money("120"));
}

#[test]
fn promotional_goes_before_paid_and_the_earlier_before_the_later() {
    let mut grants = Grants::new();
    let paid = grants.make("10", 50, None);
    let later = CreditGrant {
        effective_at: at("2026-01-02T00:00:00Z"),
        ..grants.make("10", 50, None)
    };
    let promotional = CreditGrant {
        kind: GrantKind::Promotional,
        effective_at: at("2026-01-03T00:00:00Z"),
        ..grants.make("10", 50, None)
    };
    let order = [promotional.id, paid.id, later.id].map(Account::Grant);
    let mut ledger = Ledger::new(usd());
    for grant in [later, paid, promotional] {
        ledger.grant(grant).unwrap();
    }
    let burned = ledger.burn(&demand("31", "2026-02-01T00:00:00Z")).unwrap();
    let touched: Vec<Account> = burned.entries.iter().map(|entry| entry.from).collect();
    assert_eq!(touched, order);
    assert_eq!(burned.left, money("1"));
}

#[test]
fn a_grant_pays_from_its_start_until_before_its_end() {
    let mut grants = Grants::new();
    let grant = CreditGrant {
        effective_at: at("2026-01-10T00:00:00Z"),
        ..grants.make("10", 50, Some("2026-01-20T00:00:00Z"))
    };
    let account = Account::Grant(grant.id);
    let mut ledger = Ledger::new(usd());
    ledger.grant(grant.clone()).unwrap();
    for (when, left) in [
        ("2026-01-09T23:59:59.999999Z", "1"),
        ("2026-01-10T00:00:00Z", "0"),
        ("2026-01-19T23:59:59.999999Z", "0"),
        ("2026-01-20T00:00:00Z", "1"),
    ] {
        assert_eq!(
            ledger.burn(&demand("1", when)).unwrap().left,
            money(left),
            "{when}"
        );
    }
    ledger.expire(at("2026-01-19T00:00:00Z")).unwrap();
    assert_eq!(ledger.balance(account).unwrap(), money("8"));
    ledger.expire(at("2026-01-20T00:00:00Z")).unwrap();
    assert_eq!(ledger.balance(account).unwrap(), money("0"));
    assert_eq!(ledger.balance(Account::Expired).unwrap(), money("8"));
    for (when, balance) in [
        ("2026-01-09T00:00:00Z", "0"),
        ("2026-01-10T00:00:00Z", "9"),
        ("2026-01-19T23:59:59.999999Z", "8"),
        ("2026-01-20T00:00:00Z", "0"),
    ] {
        assert_eq!(
            ledger.balance_at(account, at(when)).unwrap(),
            money(balance),
            "{when}"
        );
    }
    assert!(matches!(ledger.grant(grant), Err(CreditError::Twice(_))));
}

#[test]
fn scope_and_tax_treatment_choose_the_grants() {
    let mut grants = Grants::new();
    let only = CreditGrant {
        scope: CreditScope::Only(["gpt-x".to_owned()].into()),
        ..grants.make("10", 1, None)
    };
    let voucher = CreditGrant {
        tax: CreditTax::PostTax,
        ..grants.make("10", 2, None)
    };
    let mut ledger = Ledger::new(usd());
    ledger.grant(only).unwrap();
    ledger.grant(voucher).unwrap();
    let other = demand("4", "2026-02-01T00:00:00Z");
    assert_eq!(ledger.burn(&other).unwrap().left, money("4"));
    let named = Demand {
        names: &["tokens", "gpt-x"],
        ..other
    };
    assert_eq!(ledger.burn(&named).unwrap().left, money("0"));
    let gross = Demand {
        tax: CreditTax::PostTax,
        ..other
    };
    assert_eq!(ledger.burn(&gross).unwrap().left, money("0"));
    let negative = Demand {
        amount: money("-1"),
        ..other
    };
    assert!(matches!(
        ledger.burn(&negative),
        Err(CreditError::NoAmount(_))
    ));
}

#[test]
fn what_is_carried_over_is_between_least_and_most() {
    let rollover = Rollover {
        least: money("10"),
        most: money("50"),
    };
    for (balance, carried) in [("0", "10"), ("30", "30"), ("80", "50")] {
        assert_eq!(rollover.carried(money(balance)), Ok(money(carried)));
    }
}

/// Grants and what is done with them; hours since the start of the year.
#[derive(Clone, Debug)]
enum Deed {
    Grant(i64, u8, i64, Option<i64>, bool),
    Burn(i64, i64),
    Expire(i64),
    Void(usize, i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    let hour = 0_i64..1_000;
    prop_oneof![
        (
            1_i64..50_000,
            0_u8..4,
            hour.clone(),
            prop::option::of(1_i64..500),
            any::<bool>()
        )
            .prop_map(|(amount, priority, from, length, paid)| {
                Deed::Grant(
                    amount,
                    priority,
                    from,
                    length.map(|length| from + length),
                    paid,
                )
            }),
        (0_i64..40_000, hour.clone()).prop_map(|(amount, at)| Deed::Burn(amount, at)),
        hour.clone().prop_map(Deed::Expire),
        (0_usize..5, hour).prop_map(|(index, at)| Deed::Void(index, at)),
    ]
}

proptest! {
    #[test]
    fn credit_is_conserved_and_never_below_zero(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut grants = Grants::new();
        let mut ledger = Ledger::new(usd());
        let mut made: Vec<GrantId> = Vec::new();
        let start = at("2026-01-01T00:00:00Z").micros();
        let hour = |hours: i64| Timestamp::from_micros(start + hours * 3_600_000_000);
        let (mut granted, mut paid) = (0, 0);
        for deed in deeds {
            match deed {
                Deed::Grant(amount, priority, from, until, is_paid) => {
                    let grant = CreditGrant {
                        amount: Money::from_minor(amount, usd()),
                        kind: if is_paid { GrantKind::Paid } else { GrantKind::Promotional },
                        effective_at: hour(from),
                        expires_at: until.map(hour),
                        ..grants.make("1", priority, None)
                    };
                    made.push(grant.id);
                    granted += amount;
                    ledger.grant(grant).unwrap();
                }
                Deed::Burn(amount, when) => {
                    let asked = Demand {
                        amount: Money::from_minor(amount, usd()),
                        ..demand("0", "2026-01-01T00:00:00Z")
                    };
                    let burned = ledger.burn(&Demand { at: hour(when), ..asked }).unwrap();
                    let by_credit: i64 = burned.entries.iter().map(|e| e.amount.minor()).sum();
                    prop_assert_eq!(by_credit + burned.left.minor(), amount);
                    paid += by_credit;
                }
                Deed::Expire(when) => ledger.expire(hour(when)).unwrap(),
                Deed::Void(index, when) => {
                    if let Some(grant) = made.get(index) {
                        ledger.void(*grant, hour(when)).unwrap();
                    }
                }
            }
            let balance = |account| ledger.balance(account).unwrap().minor();
            let left: i64 = made.iter().map(|grant| balance(Account::Grant(*grant))).sum();
            prop_assert!(made.iter().all(|grant| balance(Account::Grant(*grant)) >= 0));
            let lost = balance(Account::Expired) + balance(Account::Voided);
            let gone = balance(Account::Used) + lost;
            prop_assert_eq!(granted, gone + left);
            prop_assert_eq!(balance(Account::Issued), -granted);
            prop_assert_eq!(balance(Account::Used), paid);
            let sequences: Vec<u64> = ledger.entries().iter().map(|entry| entry.sequence).collect();
            prop_assert_eq!(sequences, (1..=ledger.entries().len() as u64).collect::<Vec<_>>());
            prop_assert!(ledger.entries().iter().all(|entry| entry.amount.minor() > 0));
            for instant in (0..1_000).step_by(111) {
                let then = |id: &GrantId| ledger.balance_at(Account::Grant(*id), hour(instant));
                prop_assert!(made.iter().all(|id| then(id).unwrap().minor() >= 0));
            }
        }
    }
}
