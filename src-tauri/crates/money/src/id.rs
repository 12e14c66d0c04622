//! Typed ids: one `Copy` newtype per entity, so that two ids cannot be swapped by mistake.

use crate::MoneyError;

// Crockford's base 32: no letter that is read as a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Writes 128 bits as 26 characters that sort like the number.
#[must_use]
pub fn encode(value: u128) -> String {
    (0..26_u32)
        .rev()
        .map(|place| {
            let index = (value >> place.saturating_mul(5)) & 31;
            let index = usize::try_from(index).unwrap_or(0);
            char::from(*ALPHABET.get(index).unwrap_or(&b'0'))
        })
        .collect()
}

/// Reads what [`encode`] wrote, behind `prefix_`.
///
/// # Errors
/// [`MoneyError::NotAnId`] for another prefix, length or character.
pub fn decode(prefix: &str, text: &str) -> Result<u128, MoneyError> {
    let bad = || MoneyError::NotAnId(text.chars().take(60).collect());
    let body = text
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .ok_or_else(bad)?;
    if body.len() != 26 {
        return Err(bad());
    }
    let mut value: u128 = 0;
    for byte in body.bytes() {
        let digit = ALPHABET
            .iter()
            .position(|known| *known == byte)
            .ok_or_else(bad)?;
        let digit = u128::try_from(digit).map_err(|_| bad())?;
        value = value
            .checked_mul(32)
            .and_then(|v| v.checked_add(digit))
            .ok_or_else(bad)?;
    }
    Ok(value)
}

/// Hands out ids that sort by the time they were made. The shell gives time and randomness.
#[derive(Debug)]
pub struct IdSource {
    millis: u64,
    random: u128,
}

impl IdSource {
    /// A source for ids made now; `random` should be unpredictable, or fixed in a test.
    #[must_use]
    pub fn new(now: crate::Timestamp, random: u128) -> Self {
        let millis = u64::try_from(now.micros() / 1_000).unwrap_or(0);
        Self { millis, random }
    }

    /// The next id: 48 bits of time, 80 bits that count up from the random start.
    pub fn next_value(&mut self) -> u128 {
        self.random = self.random.wrapping_add(1);
        let low = self.random & ((1_u128 << 80).wrapping_sub(1));
        (u128::from(self.millis) << 80) | low
    }
}

/// Declares a typed id: `id!(/// Doc. CustomerId, "cus");`
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u128);

        impl $name {
            /// The id of nothing: stands where there is no such entity.
            pub const NONE: Self = Self(0);

            /// A new id from the source.
            pub fn new(source: &mut $crate::id::IdSource) -> Self {
                Self(source.next_value())
            }

            /// Reads the text form.
            ///
            /// # Errors
            /// When the text is not an id of this kind.
            pub fn parse(text: &str) -> Result<Self, $crate::MoneyError> {
                $crate::id::decode($prefix, text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}_{}", $prefix, $crate::id::encode(self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(from)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    id!(/** An id of this test. */ TestId, "tst");

    #[test]
    fn ids_read_back_and_sort_by_time() {
        let mut early = IdSource::new(crate::Timestamp::from_micros(1_000_000), 7);
        let mut late = IdSource::new(crate::Timestamp::from_micros(9_000_000), 3);
        let (a, b) = (TestId::new(&mut early), TestId::new(&mut late));
        assert!(a < b && a.to_string() < b.to_string());
        assert_eq!(TestId::parse(&a.to_string()), Ok(a));
        assert!(TestId::parse("cus_00000000000000000000000000").is_err());
        assert!(
            TestId::NONE < a,
            "the id of nothing comes before all others"
        );
        assert_eq!(
            TestId::parse("tst_00000000000000000000000000"),
            Ok(TestId::NONE)
        );
    }
}
