use crate::MoneyError;
use chrono::{DateTime, Datelike, Days, LocalResult, Months, NaiveDate, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar day without a time or zone.
pub type Date = NaiveDate;

/// An instant in UTC, in microseconds since 1970. Years 0001 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest instant: year 0001. A price without a start is in force from here.
    pub const MIN: Self = Self(-62_135_596_800_000_000);
    /// The end of time: year 9999.
    pub const MAX: Self = Self(253_402_300_799_999_999);

    /// So many microseconds since 1970.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 (`2026-10-01T00:00:00Z`, any offset). Digits beyond microseconds are
    /// dropped: they never move an instant into another period.
    ///
    /// # Errors
    /// [`MoneyError::NotATime`].
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let bad = || MoneyError::NotATime(text.chars().take(60).collect());
        let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| bad())?;
        Self::checked(parsed.timestamp_micros()).ok_or_else(bad)
    }

    /// The instant, if it lies in the years 0001 to 9999.
    #[must_use]
    pub fn checked(micros: i64) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0)
            .contains(&micros)
            .then_some(Self(micros))
    }

    /// As a chrono instant.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Whole hours since 1970, rounded down: the hour bucket this instant falls in.
    #[must_use]
    pub fn hour(self) -> i64 {
        self.0.div_euclid(3_600_000_000)
    }

    /// Minutes since midnight UTC, 0 to 1439.
    #[must_use]
    pub fn minute_of_day(self) -> u16 {
        let minutes = self.0.div_euclid(60_000_000).rem_euclid(1_440);
        u16::try_from(minutes).unwrap_or(0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = self.to_utc();
        let micros = self.0.rem_euclid(1_000_000);
        // A final invoice holds thousands of instants: chrono's patterns take ten times as long.
        if !(0..=9_999).contains(&utc.year()) {
            return write!(f, "{}", utc.format(pattern(micros)));
        }
        let (year, month, day) = (utc.year(), utc.month(), utc.day());
        let (hour, minute, second) = (utc.hour(), utc.minute(), utc.second());
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        match micros {
            0 => f.write_str("Z"),
            micros => write!(f, ".{micros:06}Z"),
        }
    }
}

/// The same as a pattern of chrono's, for years that RFC 3339 does not know.
fn pattern(micros: i64) -> &'static str {
    if micros == 0 {
        "%Y-%m-%dT%H:%M:%SZ"
    } else {
        "%Y-%m-%dT%H:%M:%S%.6fZ"
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// A half-open span `[from, to)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Period {
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
}

impl Period {
    /// Whether the instant lies inside.
    #[must_use]
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// An IANA time zone; decides where a customer's days and months begin.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Zone(Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// Reads a name such as `Europe/Berlin`.
    ///
    /// # Errors
    /// [`MoneyError::NotATime`] for an unknown name.
    pub fn parse(name: &str) -> Result<Self, MoneyError> {
        Tz::from_str(name)
            .map(Self)
            .map_err(|_| MoneyError::NotATime(name.to_owned()))
    }

    /// All names, sorted, for a list to choose from.
    #[must_use]
    pub fn all() -> Vec<&'static str> {
        let mut names: Vec<&'static str> = chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| zone.name())
            .collect();
        names.sort_unstable();
        names
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The calendar day of an instant in this zone.
    #[must_use]
    pub fn date_of(self, at: Timestamp) -> Date {
        at.to_utc().with_timezone(&self.0).date_naive()
    }

    /// The clock of an instant in this zone, with its distance from UTC: `2026-10-25 02:00+02:00`.
    #[must_use]
    pub fn clock_of(self, at: Timestamp) -> String {
        let local = at.to_utc().with_timezone(&self.0);
        local.format("%Y-%m-%d %H:%M%:z").to_string()
    }

    /// The first instant of a day. Where clocks skip midnight, the first instant that exists.
    ///
    /// # Errors
    /// [`MoneyError::NotATime`] outside the years 0001 to 9999.
    pub fn start_of(self, date: Date) -> Result<Timestamp, MoneyError> {
        let bad = || MoneyError::NotATime(date.to_string());
        let midnight = date.and_hms_opt(0, 0, 0).ok_or_else(bad)?;
        // A zone never skips more than a few hours, so a quarter-hour search ends soon.
        for quarter in 0..=96_u32 {
            let minutes = i64::from(quarter).saturating_mul(15);
            let moved = midnight.checked_add_signed(chrono::TimeDelta::minutes(minutes));
            match self.0.from_local_datetime(&moved.ok_or_else(bad)?) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => {
                    return Timestamp::checked(at.timestamp_micros()).ok_or_else(bad);
                }
                LocalResult::None => {}
            }
        }
        Err(bad())
    }

    /// The days `first..=last` as a span of instants in this zone.
    ///
    /// # Errors
    /// [`MoneyError::NotATime`] outside the years 0001 to 9999.
    pub fn days(self, first: Date, last: Date) -> Result<Period, MoneyError> {
        let bad = || MoneyError::NotATime(last.to_string());
        let after = last.checked_add_days(Days::new(1)).ok_or_else(bad)?;
        Ok(Period {
            from: self.start_of(first)?,
            to: self.start_of(after)?,
        })
    }

    /// The calendar month `year-month` as a span of instants in this zone.
    ///
    /// # Errors
    /// [`MoneyError::NotATime`] for a month that does not exist.
    pub fn month(self, year: i32, month: u32) -> Result<Period, MoneyError> {
        let bad = || MoneyError::NotATime(format!("{year}-{month}"));
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(bad)?;
        let after = first.checked_add_months(Months::new(1)).ok_or_else(bad)?;
        Ok(Period {
            from: self.start_of(first)?,
            to: self.start_of(after)?,
        })
    }

    /// The calendar month that holds a day.
    ///
    /// # Errors
    /// [`MoneyError::NotATime`] outside the years 0001 to 9999.
    pub fn month_of(self, date: Date) -> Result<Period, MoneyError> {
        self.month(date.year(), date.month())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::parse(&name).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_with_a_clock_change_has_its_real_length() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let october = berlin.month(2026, 10).unwrap();
        assert_eq!(october.from.to_string(), "2026-09-30T22:00:00Z");
        assert_eq!(october.to.to_string(), "2026-10-31T23:00:00Z");
    }

    #[test]
    fn a_day_without_midnight_starts_when_clocks_resume() {
        // Beirut skipped from 00:00 to 01:00 on 28 March 2021.
        let beirut = Zone::parse("Asia/Beirut").unwrap();
        let day = NaiveDate::from_ymd_opt(2021, 3, 28).unwrap();
        assert_eq!(
            beirut.start_of(day).unwrap().to_string(),
            "2021-03-27T22:00:00Z"
        );
    }

    #[test]
    fn instants_are_written_as_chrono_writes_them() {
        let second = 1_000_000;
        let edges = [
            0,
            1,
            -1,
            second,
            253_402_300_799 * second,
            253_402_300_800 * second,
        ];
        let steps = (-2_000_i64..2_000).map(|step| step * 37_777_777_777_777);
        for micros in edges.into_iter().chain(steps) {
            let at = Timestamp::from_micros(micros);
            let expected = at.to_utc().format(pattern(micros.rem_euclid(second)));
            assert_eq!(at.to_string(), expected.to_string());
        }
    }

    #[test]
    fn instants_read_back() {
        for text in ["2026-10-01T00:00:00Z", "1969-12-31T23:59:59.500000Z"] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Timestamp::parse("2026-10-01T02:00:00+02:00").unwrap(),
            Timestamp::parse("2026-10-01T00:00:00Z").unwrap()
        );
    }
}
