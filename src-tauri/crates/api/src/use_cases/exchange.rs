use crate::app::App;
use crate::convert::Reader;
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::wire::{
    CurrencyPair, ExchangeListReply, ExchangeRow, ExchangeStageRequest, ExchangeText, Nothing,
};
use ratebook_catalog::{ExchangeRate, FixedRate, StagedRate, check};
use ratebook_money::{Currency, Timestamp};
use ratebook_rating::exchange_rate;
use ratebook_store::price_draft;
use std::collections::BTreeSet;

impl App {
    /// The exchange rates in force, those that are staged, and those that plans need and the book
    /// does not have.
    pub async fn exchange_list(&self, _: Nothing) -> ApiResult<ExchangeListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        Ok(reply(&snapshot, self.now()))
    }

    /// Stages an exchange rate, or takes back what is staged for its currencies. It holds when it
    /// is published with the draft of the price book.
    pub async fn exchange_stage(
        &self,
        request: ExchangeStageRequest,
    ) -> ApiResult<ExchangeListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let staged = read(&request, self.now())?;
        let known = snapshot.draft.staged.rate(staged.base, staged.quote);
        let is_known = match known {
            Some(known) => *known == staged,
            None => staged.to.is_none(),
        };
        if !is_known {
            let subject = format!("{}/{}", staged.base, staged.quote);
            let mut edit = open.edit("exchange_stage", &subject, self.now()).await?;
            price_draft::stage(&mut edit, &[], &[staged]).await?;
            edit.finish().await?;
        }
        let snapshot = self.snapshot(&open).await?;
        Ok(reply(&snapshot, self.now()))
    }
}

fn read(request: &ExchangeStageRequest, now: Timestamp) -> ApiResult<StagedRate> {
    let mut reader = Reader::default();
    let base = reader.currency("base", &request.base);
    let quote = reader.currency("quote", &request.quote);
    let Some(to) = &request.to else {
        let pair = reader.done(base.zip(quote))?;
        let (base, quote) = pair.ok_or_else(|| ApiError::field("base", "required"))?;
        return Ok(StagedRate {
            base,
            quote,
            to: None,
        });
    };
    let rate = reader.factor("rate", &to.rate);
    let on = reader.date("on", &to.on);
    let parts = base.zip(quote).zip(on);
    let fixed = parts.map(|((base, quote), on)| ExchangeRate {
        base,
        quote,
        rate,
        source: to.source.trim().to_owned(),
        on,
        valid_from: Timestamp::MIN,
        recorded_at: now,
        version: None,
    });
    if let Some(fixed) = &fixed {
        reader.faults(check::exchange(fixed));
    }
    let fixed = reader
        .done(fixed)?
        .ok_or_else(|| ApiError::field("rate", "required"))?;
    Ok(StagedRate {
        base: fixed.base,
        quote: fixed.quote,
        to: Some(FixedRate {
            rate: fixed.rate,
            source: fixed.source,
            on: fixed.on,
        }),
    })
}

fn reply(snapshot: &Snapshot, now: Timestamp) -> ExchangeListReply {
    let staged = &snapshot.draft.staged;
    let published = snapshot.exchange.iter();
    let pairs: BTreeSet<(Currency, Currency)> = published
        .map(|rate| (rate.base, rate.quote))
        .chain(staged.rates().map(|rate| (rate.base, rate.quote)))
        .collect();
    let rates = pairs.iter().map(|(base, quote)| ExchangeRow {
        base: base.to_string(),
        quote: quote.to_string(),
        published: in_force(snapshot, *base, *quote, now).map(write),
        staged: staged
            .rate(*base, *quote)
            .and_then(|rate| rate.to.as_ref())
            .map(write_fixed),
    });
    ExchangeListReply {
        rates: rates.collect(),
        missing: missing(snapshot, &pairs),
    }
}

/// The rate of an instant; before the first of a pair holds, that one.
pub(crate) fn in_force(
    snapshot: &Snapshot,
    base: Currency,
    quote: Currency,
    at: Timestamp,
) -> Option<&ExchangeRate> {
    let rates = &snapshot.exchange;
    let later = || {
        let own = rates.iter();
        let own = own.filter(|rate| rate.base == base && rate.quote == quote);
        own.min_by_key(|rate| rate.valid_from)
    };
    exchange_rate(rates, base, quote, at, Timestamp::MAX).or_else(later)
}

/// Providers charge in dollars: whatever we sell in needs a rate from there.
fn missing(snapshot: &Snapshot, known: &BTreeSet<(Currency, Currency)>) -> Vec<CurrencyPair> {
    let Ok(dollar) = Currency::parse("USD") else {
        return Vec::new();
    };
    let plans = snapshot.versions.values();
    let mut sold: BTreeSet<Currency> = plans.map(|version| version.terms.currency).collect();
    sold.insert(snapshot.company.currency);
    let missing = sold
        .into_iter()
        .filter(|quote| *quote != dollar && !known.contains(&(dollar, *quote)));
    missing
        .map(|quote| CurrencyPair {
            base: dollar.to_string(),
            quote: quote.to_string(),
        })
        .collect()
}

pub(crate) fn write(rate: &ExchangeRate) -> ExchangeText {
    ExchangeText {
        rate: (&rate.rate).into(),
        source: rate.source.clone(),
        on: rate.on.to_string(),
    }
}

pub(crate) fn write_fixed(rate: &FixedRate) -> ExchangeText {
    ExchangeText {
        rate: (&rate.rate).into(),
        source: rate.source.clone(),
        on: rate.on.to_string(),
    }
}
