use crate::wire::{AnchorWord, IntervalWord, ProrationWord, TermsText};
use ratebook_catalog::{Anchor, Charge, Interval, IntervalUnit, PlanTerms, Proration};
use ratebook_money::Currency;

/// The terms of a plan: its charges, and how it bills.
pub(crate) fn read_terms(
    text: Option<&TermsText>,
    currency: Currency,
    charges: Vec<Charge>,
) -> PlanTerms {
    let monthly = PlanTerms::monthly(currency, charges);
    let Some(text) = text else {
        return monthly;
    };
    PlanTerms {
        interval: Interval {
            unit: match text.interval_unit {
                IntervalWord::Day => IntervalUnit::Day,
                IntervalWord::Week => IntervalUnit::Week,
                IntervalWord::Month => IntervalUnit::Month,
                IntervalWord::Quarter => IntervalUnit::Quarter,
                IntervalWord::Year => IntervalUnit::Year,
            },
            count: text.interval_count,
        },
        anchor: match text.anchor {
            AnchorWord::Calendar => Anchor::Calendar,
            AnchorWord::Anniversary => Anchor::Anniversary,
        },
        proration: match text.proration {
            ProrationWord::Days => Proration::Days,
            ProrationWord::Seconds => Proration::Seconds,
        },
        ..monthly
    }
}

/// How a plan bills.
pub(crate) fn write_terms(terms: &PlanTerms) -> TermsText {
    TermsText {
        interval_unit: match terms.interval.unit {
            IntervalUnit::Day => IntervalWord::Day,
            IntervalUnit::Week => IntervalWord::Week,
            IntervalUnit::Month => IntervalWord::Month,
            IntervalUnit::Quarter => IntervalWord::Quarter,
            IntervalUnit::Year => IntervalWord::Year,
        },
        interval_count: terms.interval.count,
        anchor: match terms.anchor {
            Anchor::Calendar => AnchorWord::Calendar,
            Anchor::Anniversary => AnchorWord::Anniversary,
        },
        proration: match terms.proration {
            Proration::Days => ProrationWord::Days,
            Proration::Seconds => ProrationWord::Seconds,
        },
    }
}
