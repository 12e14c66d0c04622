use super::Reader;
use super::credit::{read_priority, read_tax, write_tax};
use super::markup::{read_markup, write_markup};
use crate::wire::{
    ChargeKindWord, ChargeText, DecimalString, FeeTimingWord, PlanCreditText, PriceModelWord,
    TierText,
};
use ratebook_catalog::pricing::{Price, parse, write};
use ratebook_catalog::{
    BuiltInMeter, Charge, ChargeKind, FeePer, FeeTiming, Issue, MeterId, MeterRef, PriceModel, Tier,
};
use ratebook_catalog::{CreditTax, PlanCredit, Rollover};
use ratebook_money::{Currency, Money};
use rust_decimal::Decimal;

/// Reads the charges of a plan; faults go to the reader. One that cannot be read keeps its place,
/// so that those after it are checked under their own numbers.
pub(crate) fn read_charges(
    reader: &mut Reader,
    charges: &[ChargeText],
    currency: Currency,
) -> Vec<Charge> {
    let read = charges.iter().enumerate().map(|(index, text)| {
        let path = format!("charges[{index}]");
        let kind = read_kind(reader, &path, text, currency);
        Charge {
            name: text.name.trim().to_owned(),
            kind: kind.unwrap_or(ChargeKind::OneOffFee {
                amount: Money::zero(currency),
            }),
        }
    });
    read.collect()
}

fn read_kind(
    reader: &mut Reader,
    path: &str,
    text: &ChargeText,
    currency: Currency,
) -> Option<ChargeKind> {
    Some(match text.kind {
        ChargeKindWord::RecurringFee => {
            let amount = read_amount(reader, path, text.amount.as_ref(), currency);
            let timing = match text.timing {
                Some(FeeTimingWord::Advance) => FeeTiming::Advance,
                Some(FeeTimingWord::Arrears) | None => FeeTiming::Arrears,
            };
            ChargeKind::RecurringFee {
                amount: amount?,
                timing,
                per: match text.per_seat {
                    Some(true) => FeePer::Seat,
                    Some(false) | None => FeePer::Subscription,
                },
            }
        }
        ChargeKindWord::OneOffFee => ChargeKind::OneOffFee {
            amount: read_amount(reader, path, text.amount.as_ref(), currency)?,
        },
        ChargeKindWord::Minimum => ChargeKind::Minimum {
            amount: read_amount(reader, path, text.amount.as_ref(), currency)?,
        },
        ChargeKindWord::Credit => ChargeKind::Credit(read_credit(reader, path, text, currency)?),
        ChargeKindWord::Usage => {
            let meter = read_meter_ref(reader, &format!("{path}.meter"), text.meter.as_deref());
            let price = read_price_model(reader, path, text);
            // What can be read is checked, beside the fault of what cannot.
            ChargeKind::Usage {
                meter: meter.unwrap_or(MeterRef::BuiltIn(BuiltInMeter::ModelCalls)),
                price: price.unwrap_or(PriceModel::PerUnit {
                    unit_price: Decimal::ZERO,
                }),
            }
        }
    })
}

/// Reads the amount of a charge or of what is different about it.
pub(crate) fn read_amount(
    reader: &mut Reader,
    path: &str,
    text: Option<&DecimalString>,
    currency: Currency,
) -> Option<Money> {
    let amount = text.map_or("", |amount| amount.0.trim());
    reader.keep(&format!("{path}.amount"), Money::parse(amount, currency))
}

fn read_credit(
    reader: &mut Reader,
    path: &str,
    text: &ChargeText,
    currency: Currency,
) -> Option<PlanCredit> {
    let own = text.credit.clone().unwrap_or(PlanCreditText {
        priority: None,
        tax: None,
        least: None,
        most: None,
    });
    let mut money = |field: &str, text: Option<&DecimalString>| {
        let text = text.map_or("", |text| text.0.trim());
        reader.keep(&format!("{path}.{field}"), Money::parse(text, currency))
    };
    let amount = money("amount", text.amount.as_ref());
    let given = |text: &Option<DecimalString>| {
        let text = text.as_ref().filter(|text| !text.0.trim().is_empty());
        text.cloned()
    };
    let rollover = given(&own.most).map(|most| {
        let least = given(&own.least).map_or(Some(Money::zero(currency)), |least| {
            money("credit.least", Some(&least))
        });
        let most = money("credit.most", Some(&most));
        least.zip(most)
    });
    let priority = given(&own.priority).map(|text| text.0);
    let at = format!("{path}.credit.priority");
    let priority = read_priority(reader, &at, priority.as_deref());
    let rollover = match rollover {
        None => None,
        Some(both) => {
            let (least, most) = both?;
            Some(Rollover { least, most })
        }
    };
    Some(PlanCredit {
        amount: amount?,
        priority,
        tax: own.tax.map_or(CreditTax::PreTax, read_tax),
        rollover,
    })
}

fn write_credit(credit: &PlanCredit) -> PlanCreditText {
    let money = |money: Money| DecimalString(money.number());
    PlanCreditText {
        priority: Some(DecimalString(credit.priority.to_string())),
        tax: Some(write_tax(credit.tax)),
        least: credit.rollover.map(|rollover| money(rollover.least)),
        most: credit.rollover.map(|rollover| money(rollover.most)),
    }
}

pub(crate) fn read_meter_ref(
    reader: &mut Reader,
    path: &str,
    text: Option<&str>,
) -> Option<MeterRef> {
    let built_in = |meter| Some(MeterRef::BuiltIn(meter));
    match text {
        None | Some("") => {
            reader.fault(Issue::new(path, "required"));
            None
        }
        Some("model_calls") => built_in(BuiltInMeter::ModelCalls),
        Some("input_tokens") => built_in(BuiltInMeter::InputTokens),
        Some("output_tokens") => built_in(BuiltInMeter::OutputTokens),
        Some("total_tokens") => built_in(BuiltInMeter::TotalTokens),
        Some(id) => reader.keep(path, MeterId::parse(id)).map(MeterRef::Own),
    }
}

/// Reads the price model of a usage charge; faults go to the reader.
pub(crate) fn read_price_model(
    reader: &mut Reader,
    path: &str,
    text: &ChargeText,
) -> Option<PriceModel> {
    let missing = DecimalString::default();
    match text.model {
        None => {
            reader.fault(Issue::new(format!("{path}.model"), "required"));
            None
        }
        Some(PriceModelWord::PerUnit) => {
            let price = text.unit_price.as_ref().unwrap_or(&missing);
            let unit_price = reader.decimal(&format!("{path}.unitPrice"), price);
            Some(PriceModel::PerUnit { unit_price })
        }
        Some(PriceModelWord::Graduated) => {
            let tiers = text.tiers.as_deref().unwrap_or_default();
            let tiers = tiers.iter().enumerate();
            let tiers = tiers.map(|(index, tier)| {
                let path = format!("{path}.tiers[{index}]");
                Tier {
                    up_to: reader.optional_decimal(&format!("{path}.upTo"), tier.up_to.as_ref()),
                    unit_price: reader.decimal(&format!("{path}.unitPrice"), &tier.unit_price),
                    flat_fee: reader.decimal(&format!("{path}.flatFee"), &tier.flat_fee),
                }
            });
            Some(PriceModel::Graduated {
                tiers: tiers.collect(),
                charge_flat_at_zero: text.charge_flat_at_zero.unwrap_or(true),
            })
        }
        Some(PriceModelWord::CostPlus) => {
            let markup = text.markup.as_ref();
            let path = format!("{path}.markup");
            let markup = markup.map(|markup| read_markup(reader, &path, markup, true));
            Some(PriceModel::CostPlus { markup })
        }
        Some(PriceModelWord::Document) => {
            let text = text.document.as_deref().unwrap_or_default();
            let price = read_document(reader, &format!("{path}.document"), text)?;
            Some(PriceModel::Document {
                price: Box::new(price),
            })
        }
    }
}

/// Reads the price of a price document; faults go to the reader, each at its field.
pub(crate) fn read_document(reader: &mut Reader, path: &str, text: &str) -> Option<Price> {
    match parse(text) {
        Ok(price) => Some(price),
        Err(issues) => {
            for issue in issues {
                let at = if issue.path.is_empty() {
                    path.to_owned()
                } else {
                    format!("{path}.{}", issue.path)
                };
                reader.fault(Issue { path: at, ..issue });
            }
            None
        }
    }
}

/// Writes a charge.
pub(crate) fn write_charge(charge: &Charge) -> ChargeText {
    let mut text = empty(&charge.name);
    match &charge.kind {
        ChargeKind::RecurringFee {
            amount,
            timing,
            per,
        } => {
            text.kind = ChargeKindWord::RecurringFee;
            text.amount = Some(DecimalString(amount.number()));
            text.timing = Some(match timing {
                FeeTiming::Advance => FeeTimingWord::Advance,
                FeeTiming::Arrears => FeeTimingWord::Arrears,
            });
            text.per_seat = Some(*per == FeePer::Seat);
        }
        ChargeKind::OneOffFee { amount } => {
            text.kind = ChargeKindWord::OneOffFee;
            text.amount = Some(DecimalString(amount.number()));
        }
        ChargeKind::Minimum { amount } => {
            text.kind = ChargeKindWord::Minimum;
            text.amount = Some(DecimalString(amount.number()));
        }
        ChargeKind::Credit(credit) => {
            text.kind = ChargeKindWord::Credit;
            text.amount = Some(DecimalString(credit.amount.number()));
            text.credit = Some(write_credit(credit));
        }
        ChargeKind::Usage { meter, price } => {
            text.meter = Some(write_meter_ref(*meter));
            write_price_model(&mut text, price);
        }
    }
    text
}

/// The price of usage alone, in the fields of a charge.
pub(crate) fn write_usage_price(price: &PriceModel) -> ChargeText {
    let mut text = empty("");
    write_price_model(&mut text, price);
    text
}

fn empty(name: &str) -> ChargeText {
    ChargeText {
        name: name.to_owned(),
        kind: ChargeKindWord::Usage,
        amount: None,
        timing: None,
        per_seat: None,
        meter: None,
        model: None,
        unit_price: None,
        tiers: None,
        charge_flat_at_zero: None,
        markup: None,
        document: None,
        credit: None,
    }
}

fn write_meter_ref(meter: MeterRef) -> String {
    match meter {
        MeterRef::BuiltIn(BuiltInMeter::ModelCalls) => "model_calls".to_owned(),
        MeterRef::BuiltIn(BuiltInMeter::InputTokens) => "input_tokens".to_owned(),
        MeterRef::BuiltIn(BuiltInMeter::OutputTokens) => "output_tokens".to_owned(),
        MeterRef::BuiltIn(BuiltInMeter::TotalTokens) => "total_tokens".to_owned(),
        MeterRef::Own(id) => id.to_string(),
    }
}

fn write_price_model(text: &mut ChargeText, price: &PriceModel) {
    match price {
        PriceModel::PerUnit { unit_price } => {
            text.model = Some(PriceModelWord::PerUnit);
            text.unit_price = Some(unit_price.into());
        }
        PriceModel::Graduated {
            tiers,
            charge_flat_at_zero,
        } => {
            text.model = Some(PriceModelWord::Graduated);
            text.charge_flat_at_zero = Some(*charge_flat_at_zero);
            let tiers = tiers.iter().map(|tier| TierText {
                up_to: tier.up_to.as_ref().map(Into::into),
                unit_price: (&tier.unit_price).into(),
                flat_fee: (&tier.flat_fee).into(),
            });
            text.tiers = Some(tiers.collect());
        }
        PriceModel::CostPlus { markup } => {
            text.model = Some(PriceModelWord::CostPlus);
            text.markup = markup.as_ref().map(|markup| write_markup(markup, true));
        }
        PriceModel::Document { price } => {
            text.model = Some(PriceModelWord::Document);
            text.document = Some(write(price).to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charge(document: &str) -> ChargeText {
        ChargeText {
            name: "Runs".to_owned(),
            kind: ChargeKindWord::Usage,
            amount: None,
            timing: None,
            per_seat: None,
            meter: Some("total_tokens".to_owned()),
            model: Some(PriceModelWord::Document),
            unit_price: None,
            tiers: None,
            charge_flat_at_zero: None,
            markup: None,
            document: Some(document.to_owned()),
            credit: None,
        }
    }

    #[test]
    fn a_price_document_is_read_and_written_back() {
        let text = charge(
            r#"{"model":"volume","tiers":[{"up_to":"100","unit_price":"1"},{"unit_price":"0.5"}]}"#,
        );
        let mut reader = Reader::default();
        let euro = Currency::parse("EUR").unwrap();
        let read = read_charges(&mut reader, std::slice::from_ref(&text), euro);
        assert!(reader.done(Some(())).unwrap().is_some());
        let again = write_charge(&read[0]);
        let reread = read_charges(&mut Reader::default(), &[again], euro);
        assert_eq!(read, reread);
    }

    #[test]
    fn faults_of_a_price_document_come_all_at_once_each_at_its_field() {
        let text = charge(r#"{"model":"volume","tiers":[{"up_to":"0","unit_price":"-1"}],"x":1}"#);
        let mut reader = Reader::default();
        read_charges(&mut reader, &[text], Currency::parse("EUR").unwrap());
        let error = reader.done(Some(())).unwrap_err();
        let named = |issue: &crate::wire::IssueText| format!("{} {}", issue.path, issue.code);
        let issues: Vec<String> = error.issues.iter().map(named).collect();
        assert_eq!(
            issues,
            [
                "charges[0].document.tiers[0].up_to last_must_be_open",
                "charges[0].document.tiers[0].up_to not_ascending",
                "charges[0].document.tiers[0].unit_price negative",
                "charges[0].document.x unknown_field",
            ]
        );
    }
}
