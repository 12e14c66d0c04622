use ratebook_catalog::Dimension;
use ratebook_money::{MoneyError, Quantity, parse_decimal};
use thiserror::Error;

/// How many places a quantity is held with.
const PLACES: u32 = 6;
const UNIT: i64 = 1_000_000;
/// Room for every dimension of the closed list.
const SLOTS: usize = 64;

/// The quantities of one call, as they are reported and then each unit in exactly one dimension.
///
/// Reported are either the disjoint classes themselves (`input_tokens`, `cache_read_tokens`, …) or
/// totals (`input_tokens_total`, `output_tokens_total`). With a total, every class contains its
/// more special ones, as providers count: the total all input, `input_audio_tokens` the cached
/// audio, `cache_write_tokens` the writes of one hour. `cache_write_5m_tokens` never does.
#[derive(Clone, Debug)]
pub struct Quantities {
    /// In units of 10⁻⁶, by index of the dimension.
    e6: [i64; SLOTS],
    input_total: Option<i64>,
    output_total: Option<i64>,
    /// `cache_write_tokens` was reported by that name.
    writes_in_all: bool,
}

/// Why quantities are refused.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum QuantityFault {
    /// No dimension has this name.
    #[error("\"{0}\" is no quantity that is known")]
    UnknownName(String),
    /// Not a number, below zero, too large, or with more places than the dimension has.
    #[error("{name}: {fault}")]
    BadNumber {
        /// The quantity.
        name: String,
        /// What is wrong with it.
        fault: MoneyError,
    },
    /// The same quantity twice, under two names or as class and as total.
    #[error("{0} is given twice")]
    Twice(String),
    /// A part is more than the whole that contains it (cached > input).
    #[error("{part} of {whole} is more than the whole: {parts} > {all}")]
    PartAboveWhole {
        /// The part's name.
        part: &'static str,
        /// The whole's name.
        whole: &'static str,
        /// Size of the part.
        parts: i64,
        /// Size of the whole.
        all: i64,
    },
}

impl Default for Quantities {
    fn default() -> Self {
        Self {
            e6: [0; SLOTS],
            input_total: None,
            output_total: None,
            writes_in_all: false,
        }
    }
}

impl Quantities {
    /// Takes a quantity as it is reported; numbers come as their text.
    ///
    /// # Errors
    /// [`QuantityFault`] for an unknown name or a number that is no quantity.
    pub fn report(&mut self, name: &str, number: &str) -> Result<(), QuantityFault> {
        let twice = || QuantityFault::Twice(name.to_owned());
        let total = match name {
            "input_tokens_total" => Some(&mut self.input_total),
            "output_tokens_total" => Some(&mut self.output_total),
            _ => None,
        };
        if let Some(total) = total {
            let value = read(name, number, 0)?;
            return match total.replace(value) {
                None => Ok(()),
                Some(_) => Err(twice()),
            };
        }
        let dimension = match name {
            "cache_write_5m_tokens" => Dimension::CACHE_WRITE,
            "cache_audio_read_tokens" => Dimension::CACHE_READ_AUDIO,
            "cache_image_read_tokens" => Dimension::CACHE_READ_IMAGE,
            _ => Dimension::parse(name)
                .ok_or_else(|| QuantityFault::UnknownName(name.chars().take(60).collect()))?,
        };
        self.writes_in_all |= name == "cache_write_tokens";
        let value = read(name, number, dimension.decimal_places())?;
        let slot = match dimension {
            Dimension::Known(slot) => self.e6.get_mut(usize::from(slot)),
            Dimension::Custom(_) => None,
        };
        let Some(slot) = slot else {
            return Err(QuantityFault::UnknownName(name.to_owned()));
        };
        if *slot != 0 {
            return Err(twice());
        }
        *slot = value;
        Ok(())
    }

    /// Turns totals into disjoint classes. A call is one request unless it says otherwise.
    ///
    /// # Errors
    /// [`QuantityFault`] when a part is more than its whole.
    pub fn disjoint(&mut self) -> Result<(), QuantityFault> {
        if let Some(total) = self.input_total.take() {
            if self.get(INPUT) != 0 {
                return Err(QuantityFault::Twice("input_tokens".to_owned()));
            }
            if self.writes_in_all {
                self.without(CACHE_WRITE, &[CACHE_WRITE_1H])?;
            }
            self.without(CACHE_READ, &[READ_AUDIO, READ_IMAGE, EXPLICIT_READ])?;
            self.without(CACHE_WRITE, &[WRITE_AUDIO])?;
            self.without(INPUT_AUDIO, &[READ_AUDIO, WRITE_AUDIO])?;
            self.without(INPUT_IMAGE, &[READ_IMAGE])?;
            self.set(INPUT, total);
            self.without(INPUT, INSIDE_INPUT)?;
        }
        if let Some(total) = self.output_total.take() {
            if self.get(OUTPUT) != 0 {
                return Err(QuantityFault::Twice("output_tokens".to_owned()));
            }
            self.set(OUTPUT, total);
            self.without(OUTPUT, INSIDE_OUTPUT)?;
        }
        if self.get(REQUESTS) == 0 {
            self.set(REQUESTS, UNIT);
        }
        Ok(())
    }

    /// All input tokens, cached ones included.
    #[must_use]
    pub fn context_tokens(&self) -> u64 {
        let inside = INSIDE_INPUT.iter().map(|slot| self.get(*slot));
        let sum = inside.fold(self.get(INPUT), i64::saturating_add);
        u64::try_from(sum.div_euclid(UNIT)).unwrap_or(0)
    }

    /// The dimensions that were used, with their quantities in units of 10⁻⁶.
    pub fn used(&self) -> impl Iterator<Item = (Dimension, i64)> + '_ {
        let slots = (0_u8..).zip(&self.e6).filter(|(_, e6)| **e6 != 0);
        slots.map(|(slot, e6)| (Dimension::Known(slot), *e6))
    }

    /// A quantity of 10⁻⁶ units as a quantity.
    ///
    /// # Errors
    /// [`MoneyError`] below zero.
    pub fn quantity(e6: i64) -> Result<Quantity, MoneyError> {
        Quantity::from_smallest(e6, PLACES)
    }

    fn get(&self, slot: u8) -> i64 {
        self.e6.get(usize::from(slot)).copied().unwrap_or(0)
    }

    fn set(&mut self, slot: u8, value: i64) {
        if let Some(held) = self.e6.get_mut(usize::from(slot)) {
            *held = value;
        }
    }

    fn without(&mut self, whole: u8, parts: &[u8]) -> Result<(), QuantityFault> {
        let all = self.get(whole);
        let counts = parts.iter().map(|part| self.get(*part));
        let inside = counts.fold(0_i64, i64::saturating_add);
        if inside > all {
            let part = parts.iter().find(|part| self.get(**part) != 0);
            return Err(QuantityFault::PartAboveWhole {
                part: part.map_or("part", |part| name(*part)),
                whole: name(whole),
                parts: inside.div_euclid(UNIT),
                all: all.div_euclid(UNIT),
            });
        }
        self.set(whole, all.saturating_sub(inside));
        Ok(())
    }
}

// Places of dimensions in the closed list; a test compares them with it.
const INPUT: u8 = 0;
const CACHE_READ: u8 = 1;
const CACHE_WRITE: u8 = 2;
const CACHE_WRITE_1H: u8 = 3;
const EXPLICIT_READ: u8 = 4;
const INPUT_AUDIO: u8 = 5;
const READ_AUDIO: u8 = 6;
const WRITE_AUDIO: u8 = 7;
const INPUT_IMAGE: u8 = 8;
const READ_IMAGE: u8 = 9;
const OUTPUT: u8 = 12;
const REQUESTS: u8 = 18;
/// Every class of input tokens but the plain one.
const INSIDE_INPUT: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 43];
/// Every class of output tokens but the plain one.
const INSIDE_OUTPUT: &[u8] = &[13, 14, 15, 16];

fn name(slot: u8) -> &'static str {
    match slot {
        INPUT => "input_tokens_total",
        OUTPUT => "output_tokens_total",
        other => Dimension::Known(other).known_name().unwrap_or("part"),
    }
}

/// A number of at most so many places in units of 10⁻⁶.
fn read(name: &str, number: &str, places: u32) -> Result<i64, QuantityFault> {
    let bad = |fault| QuantityFault::BadNumber {
        name: name.to_owned(),
        fault,
    };
    let bytes = number.as_bytes();
    if bytes.len() <= 12 && !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) {
        let digit = |byte: &u8| i64::from(byte.wrapping_sub(b'0'));
        let units = bytes.iter().fold(0_i64, |sum, byte| {
            sum.wrapping_mul(10).wrapping_add(digit(byte))
        });
        return Ok(units.wrapping_mul(UNIT));
    }
    let value = parse_decimal(number).map_err(bad)?.normalize();
    if value.scale() > places {
        let value = number.chars().take(60).collect();
        return Err(bad(MoneyError::TooPrecise { value, places }));
    }
    let quantity = Quantity::new(value).map_err(bad)?;
    quantity.to_smallest(PLACES).map_err(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_closed_list() {
        use Dimension as D;
        for (slot, dimension) in [
            (INPUT, D::INPUT),
            (CACHE_READ, D::CACHE_READ),
            (CACHE_WRITE, D::CACHE_WRITE),
            (CACHE_WRITE_1H, D::CACHE_WRITE_1H),
            (EXPLICIT_READ, D::EXPLICIT_CACHE_READ),
            (INPUT_AUDIO, D::INPUT_AUDIO),
            (READ_AUDIO, D::CACHE_READ_AUDIO),
            (WRITE_AUDIO, D::CACHE_WRITE_AUDIO),
            (INPUT_IMAGE, D::INPUT_IMAGE),
            (READ_IMAGE, D::CACHE_READ_IMAGE),
            (OUTPUT, D::OUTPUT),
            (REQUESTS, D::REQUESTS),
        ] {
            assert_eq!(D::Known(slot), dimension);
        }
        let slots = |wanted: fn(&D) -> bool| -> Vec<u8> {
            let known = (0_u8..).zip(D::all()).filter(|(_, known)| wanted(known));
            known.map(|(slot, _)| slot).collect()
        };
        assert_eq!(
            slots(|d| d.is_input_tokens() && *d != D::INPUT),
            INSIDE_INPUT
        );
        let output = |d: &D| d.to_string().starts_with("output_") && d.is_tokens();
        let inside: Vec<u8> = (0_u8..)
            .zip(D::all())
            .filter(|(_, d)| output(d) && *d != D::OUTPUT && !d.is_unspecified())
            .map(|(slot, _)| slot)
            .collect();
        assert_eq!(inside, INSIDE_OUTPUT);
        assert!(D::all().count() <= SLOTS);
    }
}
