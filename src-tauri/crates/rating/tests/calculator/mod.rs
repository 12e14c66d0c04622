//! A pocket calculator: it sees the steps of an explanation and nothing else, and comes to the
//! amount. A figure that does not follow from those before it is a fault.

use crate::oracle_parts::fraction::Fraction;
use ratebook_money::parse_decimal;
use ratebook_rating::price::PriceStep;

const ZERO: Fraction = Fraction::ZERO;

/// A figure of a step.
pub fn n(text: &str) -> Fraction {
    let value = parse_decimal(text).unwrap();
    Fraction::new(value.mantissa(), 10_i128.pow(value.scale()))
}

/// So many percent of an amount.
fn percent(amount: &str, percent: &str) -> Fraction {
    n(amount) * n(percent) * Fraction::new(1, 100)
}

fn least(a: Fraction, b: Fraction) -> Fraction {
    if b.is_below(a) { b } else { a }
}

fn most(a: Fraction, b: Fraction) -> Fraction {
    if a.is_below(b) { b } else { a }
}

/// What the display shows while the steps are followed.
#[derive(Default)]
struct Display {
    /// What is counted, once it is.
    quantity: Option<Fraction>,
    amount: Option<Fraction>,
    /// What was charged before; below this a line does not take back.
    charged: Option<Fraction>,
}

/// The amount that the steps lead to.
pub fn follow(steps: &[PriceStep]) -> Fraction {
    let mut display = Display::default();
    for step in steps {
        display.take(step);
    }
    display.amount()
}

impl Display {
    fn amount(&self) -> Fraction {
        self.amount.unwrap_or(ZERO)
    }

    fn add(&mut self, expected: Fraction, shown: &str) {
        assert_eq!(n(shown), expected);
        self.amount = Some(self.amount() + expected);
    }

    /// The quantity goes on from what a step began with.
    fn quantity(&mut self, before: &str, after: Fraction, shown: &str) {
        assert_eq!(Some(n(before)), self.quantity);
        assert_eq!(n(shown), after);
        self.quantity = Some(after);
    }

    /// The amount goes on from what a step began with.
    fn changed(&mut self, before: &str, after: Fraction, shown: &str) {
        assert_eq!(n(before), self.amount());
        assert_eq!(n(shown), after);
        self.amount = Some(after);
    }

    fn take(&mut self, step: &PriceStep) {
        match step {
            PriceStep::Quantity { quantity } => self.quantity = Some(n(quantity)),
            PriceStep::BelowZero { .. } => self.quantity = Some(ZERO),
            PriceStep::Events { .. } | PriceStep::Cliff { .. } => {}
            PriceStep::Convert { .. } | PriceStep::Included { .. } => self.prepare(step),
            PriceStep::Commitment { .. }
            | PriceStep::Discount { .. }
            | PriceStep::Maximum { .. }
            | PriceStep::Minimum { .. }
            | PriceStep::FixedDiscount { .. } => self.limit(step),
            PriceStep::Before {
                amount, explain, ..
            } => {
                assert_eq!(follow(explain), n(amount));
                self.amount = Some(self.amount() - n(amount));
            }
            PriceStep::ChargedBefore { amount, .. } => self.charged = Some(n(amount)),
            PriceStep::Rounding { exact, .. } => assert_eq!(n(exact), self.amount()),
            PriceStep::Flat { .. }
            | PriceStep::Dynamic { .. }
            | PriceStep::UnitPrice { .. }
            | PriceStep::Tier { .. }
            | PriceStep::VolumeTier { .. }
            | PriceStep::PercentTier { .. }
            | PriceStep::Packages { .. }
            | PriceStep::Blocks { .. }
            | PriceStep::Event { .. }
            | PriceStep::PaidEvents { .. }
            | PriceStep::CostPlus { .. }
            | PriceStep::Part { .. }
            | PriceStep::Sum { .. }
            | PriceStep::Capacity { .. } => self.price(step),
        }
    }

    /// From what was counted to what is priced.
    #[rustfmt::skip]
    fn prepare(&mut self, step: &PriceStep) {
        match step {
            PriceStep::Convert { before, multiply_by, divide_by, round, places, after } => {
                let exact = (n(before) * n(multiply_by)).divided(n(divide_by));
                let unit = Fraction::whole(10_i128.pow(*places));
                let whole = match round.as_str() {
                    "up" => (exact * unit).ceiling(),
                    "down" => (exact * unit).floor(),
                    "nearest" => (exact * unit).nearest(),
                    _ => return self.quantity(before, exact, after),
                };
                self.quantity(before, Fraction::whole(whole).divided(unit), after);
            }
            PriceStep::Included { before, included, after } => {
                self.quantity(before, most(n(before) - n(included), ZERO), after);
            }
            other => panic!("{other:?}"),
        }
    }

    /// The price model.
    #[rustfmt::skip]
    fn price(&mut self, step: &PriceStep) {
        match step {
            PriceStep::Flat { amount } | PriceStep::Capacity { amount, .. } => {
                self.add(n(amount), amount);
            }
            PriceStep::Dynamic { amount } => {
                assert_eq!(Some(n(amount)), self.quantity);
                self.add(n(amount), amount);
            }
            PriceStep::UnitPrice { quantity, unit_price, amount } => {
                assert_eq!(Some(n(quantity)), self.quantity);
                self.add(n(quantity) * n(unit_price), amount);
            }
            PriceStep::Tier { quantity, unit_price, flat_fee, amount, .. } => {
                self.add(n(quantity) * n(unit_price) + n(flat_fee), amount);
            }
            PriceStep::VolumeTier { quantity, unit_price, flat_fee, amount, .. } => {
                assert_eq!(Some(n(quantity)), self.quantity);
                self.add(n(quantity) * n(unit_price) + n(flat_fee), amount);
            }
            PriceStep::PercentTier { quantity, rate_percent, flat_fee, amount, .. } => {
                self.add(percent(quantity, rate_percent) + n(flat_fee), amount);
            }
            PriceStep::Packages {
                quantity, free_units, package_size, packages, package_price, amount,
            } => {
                assert_eq!(Some(n(quantity)), self.quantity);
                let exact = most(n(quantity) - n(free_units), ZERO).divided(n(package_size));
                let whole = [exact.floor(), exact.ceiling()].map(Fraction::whole);
                assert!(whole.contains(&n(packages)), "{step:?}");
                self.add(n(packages) * n(package_price), amount);
            }
            PriceStep::Blocks { quantity, block_size, blocks, price_per_block, amount, .. } => {
                let begun = n(quantity).divided(n(block_size)).ceiling();
                assert_eq!(n(blocks), Fraction::whole(begun));
                self.add(n(blocks) * n(price_per_block), amount);
            }
            PriceStep::Event { charged_on, rate_percent, fixed_fee, limit, charged, .. } => {
                let exact = percent(charged_on, rate_percent) + n(fixed_fee);
                match limit {
                    None => self.add(exact, charged),
                    Some(limit) => {
                        assert_ne!(exact, n(limit));
                        self.add(n(limit), charged);
                    }
                }
            }
            PriceStep::PaidEvents {
                events, charged_on, rate_percent, fixed_fee, at_minimum, at_maximum, amount, ..
            } => {
                let fees = Fraction::whole(i128::from(*events)) * n(fixed_fee);
                let is_plain = *at_minimum == 0 && *at_maximum == 0;
                let sum = percent(charged_on, rate_percent) + fees;
                self.add(if is_plain { sum } else { n(amount) }, amount);
            }
            PriceStep::CostPlus { cost, percent: up, quantity, fixed_per_unit, amount } => {
                let fixed = n(quantity) * n(fixed_per_unit);
                self.add(n(cost) + percent(cost, up) + fixed, amount);
            }
            PriceStep::Part { amount, explain, .. } => self.add(follow(explain), amount),
            PriceStep::Sum { amount, .. } => assert_eq!(n(amount), self.amount()),
            other => panic!("{other:?}"),
        }
    }

    /// What is applied to the amount.
    #[rustfmt::skip]
    fn limit(&mut self, step: &PriceStep) {
        match step {
            PriceStep::Commitment {
                before, commitment, overage_factor, true_up, after, ..
            } => {
                let agreed = n(commitment);
                let beyond = most(n(before) - agreed, ZERO) * n(overage_factor);
                let within = if *true_up { agreed } else { least(n(before), agreed) };
                self.changed(before, within + beyond, after);
            }
            PriceStep::Discount { before, percent: off, after } => {
                self.changed(before, n(before) - percent(before, off), after);
            }
            PriceStep::Maximum { before, maximum, after } => {
                self.changed(before, least(n(before), n(maximum)), after);
            }
            PriceStep::Minimum { before, minimum, after } => {
                self.changed(before, most(n(before), n(minimum)), after);
            }
            PriceStep::FixedDiscount { before, discount, after } => {
                let floor = ZERO - self.charged.unwrap_or(ZERO);
                self.changed(before, most(n(before) - n(discount), floor), after);
            }
            other => panic!("{other:?}"),
        }
    }
}
