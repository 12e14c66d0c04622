//! Stored text ↔ values of the domain. A value that does not read back is [`StoreError::Corrupt`]:
//! never a default, never a zero.

use crate::{StoreError, StoreResult};
use ratebook_money::{Currency, Date, Factor, Timestamp, Zone};
use rust_decimal::Decimal;
use serde::{Serialize, de::DeserializeOwned};

/// The row that is being read, for the error.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub table: &'static str,
    pub id: &'a str,
}

impl Row<'_> {
    pub(crate) fn corrupt(self, column: &'static str) -> StoreError {
        StoreError::Corrupt {
            table: self.table,
            id: self.id.to_owned(),
            column,
        }
    }

    pub(crate) fn read<T, E>(self, column: &'static str, value: Result<T, E>) -> StoreResult<T> {
        value.map_err(|_| self.corrupt(column))
    }

    pub(crate) fn json<T: DeserializeOwned>(
        self,
        column: &'static str,
        text: &str,
    ) -> StoreResult<T> {
        self.read(column, serde_json::from_str(text))
    }

    pub(crate) fn decimal(self, column: &'static str, text: &str) -> StoreResult<Decimal> {
        self.read(column, ratebook_money::parse_decimal(text))
    }

    pub(crate) fn some_decimal(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> StoreResult<Option<Decimal>> {
        text.map(|text| self.decimal(column, text)).transpose()
    }

    pub(crate) fn factor(self, column: &'static str, text: &str) -> StoreResult<Factor> {
        self.read(column, Factor::parse(text))
    }

    pub(crate) fn currency(self, column: &'static str, text: &str) -> StoreResult<Currency> {
        self.read(column, Currency::parse(text))
    }

    pub(crate) fn zone(self, column: &'static str, text: &str) -> StoreResult<Zone> {
        self.read(column, Zone::parse(text))
    }

    pub(crate) fn date(self, column: &'static str, text: &str) -> StoreResult<Date> {
        self.read(column, Date::parse_from_str(text, "%Y-%m-%d"))
    }

    pub(crate) fn at(self, column: &'static str, micros: i64) -> StoreResult<Timestamp> {
        Timestamp::checked(micros).ok_or_else(|| self.corrupt(column))
    }

    pub(crate) fn number<T: TryFrom<i64>>(
        self,
        column: &'static str,
        value: i64,
    ) -> StoreResult<T> {
        T::try_from(value).map_err(|_| self.corrupt(column))
    }
}

/// Canonical JSON: keys of maps are sorted because the domain keeps them in `BTreeMap`s.
pub(crate) fn to_json<T: Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Source(error.to_string()))
}

/// Canonical decimal text: no exponent, no trailing zeros.
pub(crate) fn decimal_text(value: Decimal) -> String {
    value.normalize().to_string()
}

/// `YYYY-MM-DD`.
pub(crate) fn date_text(date: Date) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// Compressed text: LZ4 with the length in front.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    lz4_flex::compress_prepend_size(text.as_bytes())
}

/// What [`pack`] wrote, or nothing when it is damaged.
pub(crate) fn unpack(packed: &[u8]) -> Option<String> {
    let bytes = lz4_flex::decompress_size_prepended(packed).ok()?;
    String::from_utf8(bytes).ok()
}
