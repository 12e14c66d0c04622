use super::{Quantities, QuantityFault, mark};
use ratebook_catalog::CallConditions;
use ratebook_catalog::json::{Json, JsonError, Reader};
use ratebook_money::{MoneyError, Timestamp};
use std::borrow::Cow;
use thiserror::Error;

/// One call of a JSON Lines file.
#[derive(Clone, Debug)]
pub struct CallLine<'a> {
    /// The id as it was written, quotes and all; `null` when there is none.
    pub id: &'a str,
    /// Provider as reported; empty when not known.
    pub provider: Cow<'a, str>,
    /// Model as reported.
    pub model: Cow<'a, str>,
    /// When it happened.
    pub at: Timestamp,
    /// Its marks.
    pub marks: CallConditions,
    /// Its quantities, disjoint.
    pub used: Quantities,
}

/// Why a line is no call.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum LineFault {
    /// Not a JSON object.
    #[error("not a JSON object: {0}")]
    NotJson(#[from] JsonError),
    /// A field is missing, or is not of its kind.
    #[error("{0}")]
    Field(String),
    /// `at` is no instant.
    #[error("at: {0}")]
    Time(#[from] MoneyError),
    /// A quantity is none, or the quantities cannot be true together.
    #[error("usage: {0}")]
    Usage(#[from] QuantityFault),
}

impl<'a> CallLine<'a> {
    /// Reads `{"id", "provider", "model", "at", "usage": {…}, "conditions": {…}}`; `request` is
    /// another word for `conditions`. Other fields are stepped over.
    ///
    /// The line's id, as far as it could be read, comes with the fault.
    ///
    /// # Errors
    /// [`LineFault`] that names the field.
    pub fn read(line: &'a str) -> Result<Self, (&'a str, LineFault)> {
        let mut id = "null";
        Self::fields(line, &mut id).map_err(|fault| (id, fault))
    }

    fn fields(line: &'a str, id: &mut &'a str) -> Result<Self, LineFault> {
        let mut provider = Cow::Borrowed("");
        let mut model = Cow::Borrowed("");
        let mut at = None;
        let mut marks = CallConditions::default();
        let mut used = Quantities::default();
        let mut reader = Reader::new(line);
        reader.object::<LineFault>(|reader, key| {
            match key.as_ref() {
                "id" => {
                    let text = reader.skip()?;
                    if !text.bytes().all(|byte| byte.is_ascii_digit()) || text.starts_with('0') {
                        Json::parse(text)?;
                    }
                    *id = text;
                }
                "provider" if reader.ahead() == Some(b'n') => {
                    reader.skip()?;
                }
                "provider" => provider = reader.string()?,
                "model" => model = reader.string()?,
                "at" => at = Some(instant(&reader.string()?)?),
                "usage" => reader.object::<LineFault>(|reader, name| {
                    let number = reader.skip()?;
                    let plain = number.trim_matches('"');
                    if plain != "null" {
                        used.report(&name, plain)?;
                    }
                    Ok(())
                })?,
                "conditions" | "request" => reader.object::<LineFault>(|reader, name| {
                    let value = match reader.build()? {
                        Json::Text(text) => text,
                        Json::Bool(true) => Cow::Borrowed("true"),
                        Json::Bool(false) => Cow::Borrowed("false"),
                        Json::Null => return Ok(()),
                        Json::Number(_) | Json::List(_) | Json::Object(_) => {
                            let fault = format!("conditions.{name}: expected a word");
                            return Err(LineFault::Field(fault));
                        }
                    };
                    mark(&mut marks, &name, &value)
                        .map_err(|fault| LineFault::Field(format!("conditions: {fault}")))
                })?,
                _ => {
                    reader.skip()?;
                }
            }
            Ok(())
        })?;
        reader.end()?;
        if model.is_empty() {
            return Err(LineFault::Field("model is missing".to_owned()));
        }
        used.disjoint()?;
        let missing = || LineFault::Field("at is missing: a price depends on the time".to_owned());
        Ok(Self {
            id,
            provider,
            model,
            at: at.ok_or_else(missing)?,
            marks,
            used,
        })
    }
}

/// Reads an instant; the form `2026-10-01T00:00:00Z` in a fraction of the time.
fn instant(text: &str) -> Result<Timestamp, MoneyError> {
    match plain_instant(text.as_bytes()) {
        Some(at) => Ok(at),
        None => Timestamp::parse(text),
    }
}

fn plain_instant(text: &[u8]) -> Option<Timestamp> {
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        i1,
        i2,
        b':',
        s1,
        s2,
        b'Z',
    ] = *text
    else {
        return None;
    };
    let pair = |high: u8, low: u8| {
        let plain = high.is_ascii_digit() && low.is_ascii_digit();
        let digit = |byte: u8| i64::from(byte.wrapping_sub(b'0'));
        plain.then(|| digit(high).wrapping_mul(10).wrapping_add(digit(low)))
    };
    let year = pair(y1, y2)?.wrapping_mul(100).wrapping_add(pair(y3, y4)?);
    let (month, day) = (pair(m1, m2)?, pair(d1, d2)?);
    let (hour, minute, second) = (pair(h1, h2)?, pair(i1, i2)?, pair(s1, s2)?);
    // The last days of a month, and whatever is out of range, are left to the calendar.
    let plain = year >= 1 && (1..=12).contains(&month) && (1..=28).contains(&day);
    if !plain || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Days since 1970 in years that begin in March, so that the leap day comes last.
    let year = if month > 2 {
        year
    } else {
        year.wrapping_sub(1)
    };
    let month = month.wrapping_add(9) % 12;
    let of_year = month.wrapping_mul(153).wrapping_add(2) / 5;
    let leaps = (year / 4).wrapping_sub(year / 100).wrapping_add(year / 400);
    let days = year
        .wrapping_mul(365)
        .wrapping_add(leaps)
        .wrapping_add(of_year)
        .wrapping_add(day)
        .wrapping_sub(719_469);
    let minutes = days
        .wrapping_mul(1_440)
        .wrapping_add(hour.wrapping_mul(60))
        .wrapping_add(minute);
    let seconds = minutes.wrapping_mul(60).wrapping_add(second);
    Timestamp::checked(seconds.checked_mul(1_000_000)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn instants_are_read_as_the_money_crate_reads_them(
            year in 1_u32..=9_999, month in 0_u32..14, day in 0_u32..33,
            hour in 0_u32..25, minute in 0_u32..61, second in 0_u32..62,
        ) {
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
            prop_assert_eq!(instant(&text).ok(), Timestamp::parse(&text).ok(), "{}", text);
        }
    }
}
