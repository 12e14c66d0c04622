//! A deal as the second calculation knows it, and its price document.

use crate::oracle_parts::fraction::Fraction;
use std::fmt;

/// A decimal: `mantissa × 10^-places`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Number(pub i64, pub u32);

impl Number {
    pub fn value(self) -> Fraction {
        Fraction::new(i128::from(self.0), 10_i128.pow(self.1))
    }

    pub fn plus(self, more: i64) -> Self {
        Self(self.0 + more, self.1)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(self.1);
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / unit, self.0.unsigned_abs() % unit);
        write!(f, "\"{sign}{whole}")?;
        if self.1 > 0 {
            write!(f, ".{rest:0width$}", width = self.1 as usize)?;
        }
        f.write_str("\"")
    }
}

/// Where a tier ends (nothing: open), its price or percentage, its fee.
pub type Tier = (Option<Number>, Number, Number);

#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    Flat(Number),
    PerUnit(Number),
    Overage(Number),
    Graduated(Vec<Tier>, bool),
    Volume(Vec<Tier>, bool),
    Package(Number, Number, Number, bool),
    Percentage(Percentage),
    GraduatedPercentage(Vec<Tier>, bool),
    Dynamic,
    CostPlus(Number, Number),
    Bucketed(Box<Terms>),
    /// Prices of the values `v0`, `v1`, …, and of all others.
    LineSum(Vec<Terms>, Box<Terms>),
    /// Limits of `a` and `b` in each tier but the last, and the amounts of all tiers.
    Capacity(Vec<(Number, Number)>, Vec<Number>),
    /// Size, most blocks, price; whether the top tier prices all.
    Blocks(Vec<(Number, Option<u32>, Number)>, bool),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Percentage {
    pub rate: Number,
    pub fee: Number,
    pub free_events: Option<u32>,
    pub free_amount: Option<Number>,
    pub least: Option<Number>,
    pub most: Option<Number>,
}

/// A price with all that is applied to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Terms {
    pub kind: Kind,
    /// Times, over, the word for rounding, places.
    pub convert: Option<(Number, Number, &'static str, u32)>,
    pub included: Option<Number>,
    /// In units (or money), how much, the factor, the true-up.
    pub commitment: Option<(bool, Number, Number, bool)>,
    pub percent: Option<Number>,
    pub maximum: Option<Number>,
    pub minimum: Option<Number>,
    pub fixed: Option<Number>,
}

#[derive(Clone, Debug)]
pub enum Used {
    /// Before, and now.
    Quantity(Number, Number),
    /// Quantity and amount of each; how many of them came before.
    Events(Vec<(Number, Number)>, usize),
    /// Which value, before and now.
    Parts(Vec<(usize, Number, Number)>),
    /// `a` and `b` in all, and before.
    Capacity([Number; 2], Option<[Number; 2]>),
}

#[derive(Clone, Debug)]
pub struct Deal {
    pub currency: &'static str,
    pub terms: Terms,
    pub used: Used,
}

impl Deal {
    /// As a line of JSON.
    pub fn document(&self) -> String {
        let price = self.terms.json();
        let usage = self.usage();
        let currency = self.currency;
        format!("{{\"currency\":\"{currency}\",\"price\":{price},\"usage\":{usage}}}")
    }

    fn usage(&self) -> String {
        match &self.used {
            Used::Quantity(before, now) => {
                format!("{{\"quantity\":{now},\"prior_quantity\":{before}}}")
            }
            Used::Events(events, before) => {
                let list = |events: &[(Number, Number)]| {
                    let one = |(quantity, amount): &(Number, Number)| {
                        format!("{{\"quantity\":{quantity},\"amount\":{amount}}}")
                    };
                    events.iter().map(one).collect::<Vec<_>>().join(",")
                };
                let (earlier, now) = events.split_at(*before);
                let (earlier, now) = (list(earlier), list(now));
                if *before == 0 {
                    format!("{{\"events\":[{now}]}}")
                } else {
                    format!("{{\"events\":[{now}],\"prior_events\":[{earlier}]}}")
                }
            }
            Used::Parts(parts) => {
                let is_sum = matches!(self.terms.kind, Kind::LineSum(..));
                let one = |(index, before, now): &(usize, Number, Number)| {
                    let value = if is_sum {
                        format!("\"value\":\"v{index}\",")
                    } else {
                        String::new()
                    };
                    format!("{{{value}\"quantity\":{now},\"prior_quantity\":{before}}}")
                };
                let list: Vec<String> = parts.iter().map(one).collect();
                let name = if is_sum { "lines" } else { "buckets" };
                format!("{{\"{name}\":[{}]}}", list.join(","))
            }
            Used::Capacity([a, b], before) => {
                let before = before.map(|[a, b]| format!(",\"prior\":{{\"a\":{a},\"b\":{b}}}"));
                let before = before.unwrap_or_default();
                format!("{{\"a\":{a},\"b\":{b}{before}}}")
            }
        }
    }
}

fn tiers(tiers: &[Tier], price: &str) -> String {
    let one = |(up_to, unit, fee): &Tier| {
        let up_to = up_to.map_or("null".to_owned(), |up_to| up_to.to_string());
        format!("{{\"up_to\":{up_to},\"{price}\":{unit},\"flat_fee\":{fee}}}")
    };
    let list: Vec<String> = tiers.iter().map(one).collect();
    format!("\"tiers\":[{}]", list.join(","))
}

impl Terms {
    /// As a price document writes it.
    pub fn json(&self) -> String {
        let mut fields = vec![self.kind.json()];
        if let Some((times, over, round, places)) = &self.convert {
            fields.push(format!(
                "\"convert\":{{\"multiply_by\":{times},\"divide_by\":{over},\"round\":\"{round}\",\
                 \"places\":{places}}}"
            ));
        }
        let mut add = |name: &str, number: Option<Number>| {
            fields.extend(number.map(|number| format!("\"{name}\":{number}")));
        };
        add("included", self.included);
        add("maximum", self.maximum);
        add("minimum", self.minimum);
        let discount = [("percent", self.percent), ("amount", self.fixed)];
        let discount: Vec<String> = discount
            .iter()
            .filter_map(|(name, number)| number.map(|number| format!("\"{name}\":{number}")))
            .collect();
        if !discount.is_empty() {
            fields.push(format!("\"discount\":{{{}}}", discount.join(",")));
        }
        if let Some((in_units, size, factor, true_up)) = self.commitment {
            let name = if in_units { "quantity" } else { "amount" };
            fields.push(format!(
                "\"commitment\":{{\"{name}\":{size},\"overage_factor\":{factor},\
                 \"true_up\":{true_up}}}"
            ));
        }
        format!("{{{}}}", fields.join(","))
    }
}

impl Kind {
    fn json(&self) -> String {
        let tiered = |model: &str, all: &[Tier], price: &str, at_zero: bool| {
            let all = tiers(all, price);
            format!("\"model\":\"{model}\",{all},\"charge_flat_at_zero\":{at_zero}")
        };
        match self {
            Self::Flat(amount) => format!("\"model\":\"flat\",\"amount\":{amount}"),
            Self::PerUnit(price) => format!("\"model\":\"per_unit\",\"unit_price\":{price}"),
            Self::Overage(price) => format!("\"model\":\"overage\",\"overage_price\":{price}"),
            Self::Graduated(all, at_zero) => tiered("graduated", all, "unit_price", *at_zero),
            Self::Volume(all, at_zero) => tiered("volume", all, "unit_price", *at_zero),
            Self::GraduatedPercentage(all, at_zero) => {
                tiered("graduated_percentage", all, "rate_percent", *at_zero)
            }
            Self::Package(size, price, free, up) => format!(
                "\"model\":\"package\",\"package_size\":{size},\"package_price\":{price},\
                 \"free_units\":{free},\"round\":\"{}\"",
                if *up { "up" } else { "down" }
            ),
            Self::Percentage(own) => own.json(),
            Self::Dynamic => "\"model\":\"dynamic\"".to_owned(),
            Self::CostPlus(percent, fixed) => format!(
                "\"model\":\"cost_plus\",\"markup\":{{\"percent\":{percent},\
                 \"fixed_per_unit\":{fixed}}}"
            ),
            Self::Bucketed(base) => {
                let base = base.json();
                format!("\"model\":\"bucketed\",\"per\":\"day\",\"base\":{base}")
            }
            Self::LineSum(own, default) => {
                let one = |(index, terms): (usize, &Terms)| {
                    format!("{{\"value\":\"v{index}\",\"price\":{}}}", terms.json())
                };
                let own: Vec<String> = own.iter().enumerate().map(one).collect();
                let (own, default) = (own.join(","), default.json());
                format!("\"model\":\"line_sum\",\"lines\":[{own}],\"default\":{default}")
            }
            Self::Capacity(limits, amounts) => {
                let mut all: Vec<String> = Vec::new();
                for (index, amount) in amounts.iter().enumerate() {
                    let limits = match limits.get(index) {
                        Some((a, b)) => format!("{{\"a\":{a},\"b\":{b}}}"),
                        None => "{\"a\":null,\"b\":null}".to_owned(),
                    };
                    all.push(format!("{{\"limits\":{limits},\"amount\":{amount}}}"));
                }
                format!("\"model\":\"capacity\",\"tiers\":[{}]", all.join(","))
            }
            Self::Blocks(blocks, top) => {
                let one = |(size, most, price): &(Number, Option<u32>, Number)| {
                    let most = most.map_or("null".to_owned(), |most| most.to_string());
                    format!(
                        "{{\"block_size\":{size},\"max_blocks\":{most},\
                         \"price_per_block\":{price}}}"
                    )
                };
                let all: Vec<String> = blocks.iter().map(one).collect();
                let mode = if *top { "top_tier" } else { "all_tiers" };
                let all = all.join(",");
                format!("\"model\":\"blocks\",\"mode\":\"{mode}\",\"blocks\":[{all}]")
            }
        }
    }
}

impl Percentage {
    fn json(&self) -> String {
        let mut text = format!(
            "\"model\":\"percentage\",\"rate_percent\":{},\"fixed_fee_per_event\":{}",
            self.rate, self.fee
        );
        let free_events = self
            .free_events
            .map(|free| format!(",\"free_events\":{free}"));
        text.push_str(&free_events.unwrap_or_default());
        for (name, number) in [
            ("free_amount", self.free_amount),
            ("min_per_event", self.least),
            ("max_per_event", self.most),
        ] {
            let field = number.map(|number| format!(",\"{name}\":{number}"));
            text.push_str(&field.unwrap_or_default());
        }
        text
    }
}
