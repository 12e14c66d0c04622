//! Figures, amounts and dates in the language and number format of a locale.

use chrono::NaiveDate;
use ratebook_money::{Currency, Money};
use rust_decimal::Decimal;

use super::figures::{Figures, currency_sign};
use super::words::{self, Words};
use super::{Paper, dates};

/// Writes for one locale. Cheap to make.
#[derive(Clone, Debug)]
pub struct Writer {
    tag: String,
    language: String,
    region: String,
    figures: Figures,
    words: &'static Words,
}

impl Writer {
    /// For a BCP 47 tag such as "de-DE". A language without words of ours is written in English
    /// words with English figures, so that words and figures never disagree.
    pub fn new(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let asked = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts
            .find(|part| part.len() == 2)
            .unwrap_or_default()
            .to_ascii_uppercase();
        let (language, words) = match words::of(&asked, &region) {
            Some(words) => (asked, words),
            None => ("en".to_owned(), &words::ENGLISH),
        };
        let figures = Figures::of(&language, &region);
        let tag = if region.is_empty() {
            language.clone()
        } else {
            format!("{language}-{region}")
        };
        Self {
            tag,
            language,
            region,
            figures,
            words,
        }
    }

    /// The tag of what is really written (English, when the language asked for has no words).
    pub fn tag(&self) -> &str {
        &self.tag
    }

    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// The usual paper of the region: Letter in North America, otherwise A4.
    pub fn paper(&self) -> Paper {
        match self.region.as_str() {
            "US" | "CA" | "MX" | "PR" | "PH" | "CL" | "CO" => Paper::Letter,
            _ => Paper::A4,
        }
    }

    /// An amount without its currency, with all minor digits: "1,234.50", "−391.23".
    pub fn amount(&self, money: Money) -> String {
        self.figures.write(&money.number())
    }

    /// An amount with its currency: "€1,234.50", "1.234,50 €", "CHF 12.00".
    pub fn money(&self, money: Money) -> String {
        let currency = money.currency();
        self.figures
            .with_sign(currency_sign(currency.code()), &self.amount(money))
    }

    /// The sign or code of a currency, for the head of a column.
    pub fn sign<'a>(&self, currency: &'a Currency) -> &'a str {
        currency_sign(currency.code())
    }

    /// An exact number: trailing zeros go, but at least `places` decimals stay. Never rounds.
    pub fn number(&self, value: &Decimal, places: u32) -> String {
        let mut plain = value.normalize().to_string();
        let have = plain
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len());
        let want = usize::try_from(places).unwrap_or(0);
        if have == 0 && want > 0 {
            plain.push('.');
        }
        plain.extend(std::iter::repeat_n('0', want.saturating_sub(have)));
        self.figures.write(&plain)
    }

    /// A whole number: "96,415,720".
    pub fn count(&self, value: i64) -> String {
        self.figures.write(&value.to_string())
    }

    /// A percentage, the value being the number before the sign: 19 is "19%" or "19 %".
    pub fn percent(&self, value: &Decimal) -> String {
        format!("{}{}%", self.number(value, 0), self.figures.percent_gap)
    }

    /// "3 November 2026", "November 3, 2026", "3. November 2026".
    pub fn date(&self, day: NaiveDate) -> String {
        dates::date(self.words, &self.language, &self.region, day)
    }

    /// Both days included: "1 to 31 October 2026".
    pub fn period(&self, first: NaiveDate, last: NaiveDate) -> String {
        dates::period(self.words, &self.language, &self.region, first, last)
    }

    /// "October 2026".
    pub fn month(&self, day: NaiveDate) -> String {
        dates::month(self.words, day)
    }

    /// "1 Oct".
    pub fn short_day(&self, day: NaiveDate) -> String {
        dates::short_day(self.words, day)
    }

    /// "Thu".
    pub fn weekday(&self, day: NaiveDate) -> &'static str {
        dates::weekday(self.words, day)
    }
}
