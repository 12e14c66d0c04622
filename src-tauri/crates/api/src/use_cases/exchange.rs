use crate::app::App;
use crate::convert::Reader;
use crate::error::{ApiError, ApiResult};
use crate::wire::{CurrencyPair, ExchangeListReply, ExchangeSaveRequest, ExchangeText, Nothing};
use ratebook_catalog::{ExchangeRate, check};
use ratebook_money::{Currency, Timestamp};
use ratebook_store::{SqliteConnection, exchange, plans};
use std::collections::BTreeMap;

impl App {
    /// The exchange rates in force, and those that plans need and the book does not have.
    pub async fn exchange_list(&self, _: Nothing) -> ApiResult<ExchangeListReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        reply(&mut read).await
    }

    /// Adds an exchange rate; it holds for everything that is not final.
    pub async fn exchange_save(
        &self,
        request: ExchangeSaveRequest,
    ) -> ApiResult<ExchangeListReply> {
        let mut reader = Reader::default();
        let text = &request.rate;
        let base = reader.currency("base", &text.base);
        let quote = reader.currency("quote", &text.quote);
        let rate = reader.factor("rate", &text.rate);
        let on = reader.date("on", &text.on);
        let parts = base.zip(quote).zip(on);
        let rate = parts.map(|((base, quote), on)| ExchangeRate {
            base,
            quote,
            rate,
            source: text.source.trim().to_owned(),
            on,
            valid_from: Timestamp::MIN,
            recorded_at: self.now(),
            version: None,
        });
        if let Some(rate) = &rate {
            reader.faults(check::exchange(rate));
        }
        let rate = reader
            .done(rate)?
            .ok_or_else(|| ApiError::field("rate", "required"))?;
        let open = self.book().await?;
        let subject = format!("{}/{}", rate.base, rate.quote);
        let mut edit = open.edit("exchange_save", &subject, self.now()).await?;
        exchange::add(&mut edit, &rate).await?;
        let reply = reply(&mut edit).await?;
        edit.finish().await?;
        Ok(reply)
    }
}

async fn reply(read: &mut SqliteConnection) -> ApiResult<ExchangeListReply> {
    let rows = exchange::list(read, Timestamp::MAX).await?;
    let mut newest: BTreeMap<(String, String), &ExchangeRate> = BTreeMap::new();
    for rate in &rows {
        newest.insert((rate.base.to_string(), rate.quote.to_string()), rate);
    }
    // Providers charge in dollars: whatever we sell in needs a rate from there.
    let company = super::companies::load(read).await?;
    let versions = plans::versions(read).await?;
    let mut sold: Vec<Currency> = vec![company.currency];
    sold.extend(versions.iter().map(|version| version.terms.currency));
    sold.sort_unstable();
    sold.dedup();
    let missing = sold
        .iter()
        .map(ToString::to_string)
        .filter(|quote| quote != "USD" && !newest.contains_key(&("USD".to_owned(), quote.clone())));
    Ok(ExchangeListReply {
        missing: missing
            .map(|quote| CurrencyPair {
                base: "USD".to_owned(),
                quote,
            })
            .collect(),
        rates: newest.values().map(|rate| write(rate)).collect(),
    })
}

fn write(rate: &ExchangeRate) -> ExchangeText {
    ExchangeText {
        base: rate.base.to_string(),
        quote: rate.quote.to_string(),
        rate: (&rate.rate).into(),
        source: rate.source.clone(),
        on: rate.on.to_string(),
    }
}
