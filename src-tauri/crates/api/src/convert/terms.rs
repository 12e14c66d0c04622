use super::{Reader, read_changes, write_change};
use crate::wire::{AnchorWord, IntervalWord, PhaseByWord, PhaseText, ProrationWord, TermsText};
use ratebook_catalog::{
    Anchor, Charge, Interval, IntervalUnit, Issue, Phase, PhaseSpan, PlanTerms, Proration,
};
use ratebook_money::Currency;

/// The terms of a plan: its charges, and how it bills.
pub(crate) fn read_terms(
    reader: &mut Reader,
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
        add_on: text.add_on == Some(true),
        phases: read_phases(reader, text.phases.as_deref().unwrap_or_default(), currency),
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
        add_on: terms.add_on.then_some(true),
        phases: (!terms.phases.is_empty()).then(|| terms.phases.iter().map(write_phase).collect()),
    }
}

fn read_phases(reader: &mut Reader, phases: &[PhaseText], currency: Currency) -> Vec<Phase> {
    let read = phases.iter().enumerate().map(|(index, text)| {
        let path = format!("terms.phases[{index}]");
        let span = read_span(reader, &path, text);
        let changes = read_changes(reader, &format!("{path}.changes"), &text.changes, currency);
        Some(Phase {
            name: text.name.trim().to_owned(),
            span: span?,
            changes,
        })
    });
    // Each, or none: whether phases follow each other can only be told of all of them.
    let read: Vec<Option<Phase>> = read.collect();
    read.into_iter().collect::<Option<_>>().unwrap_or_default()
}

fn read_span(reader: &mut Reader, path: &str, text: &PhaseText) -> Option<PhaseSpan> {
    let (first, last) = (format!("{path}.first"), format!("{path}.last"));
    match text.by {
        PhaseByWord::Periods => {
            let first = read_number(reader, &first, &text.first);
            let last = read_number(reader, &last, &text.last);
            let (first, last) = first.zip(last)?;
            Some(PhaseSpan::Periods { first, last })
        }
        PhaseByWord::Days => {
            let first = reader.date(&first, &text.first);
            let last = reader.date(&last, &text.last);
            let (first, last) = first.zip(last)?;
            Some(PhaseSpan::Days { first, last })
        }
    }
}

/// The number of a period, from 1.
fn read_number(reader: &mut Reader, path: &str, text: &str) -> Option<u32> {
    match text.trim().parse::<u32>() {
        Ok(0) => reader.fault(Issue::new(path, "not_above_zero").with("value", 0)),
        Ok(number) => return Some(number),
        Err(_) => reader.fault(Issue::new(path, "not_whole").with("value", text)),
    }
    None
}

fn write_phase(phase: &Phase) -> PhaseText {
    let (by, first, last) = match phase.span {
        PhaseSpan::Periods { first, last } => {
            (PhaseByWord::Periods, first.to_string(), last.to_string())
        }
        PhaseSpan::Days { first, last } => (PhaseByWord::Days, first.to_string(), last.to_string()),
    };
    PhaseText {
        name: phase.name.clone(),
        by,
        first,
        last,
        changes: phase.changes.iter().map(write_change).collect(),
    }
}
