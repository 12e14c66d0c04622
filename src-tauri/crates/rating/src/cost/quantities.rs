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
        let Some(slot) = slot(&dimension).and_then(|slot| self.e6.get_mut(slot)) else {
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
        use Dimension as D;
        let plain_input = self.get(&D::INPUT);
        let plain_output = self.get(&D::OUTPUT);
        if let Some(total) = self.input_total.take() {
            if plain_input != 0 {
                return Err(QuantityFault::Twice("input_tokens".to_owned()));
            }
            if self.writes_in_all {
                self.without(&D::CACHE_WRITE, &[D::CACHE_WRITE_1H])?;
            }
            let cached = [
                D::CACHE_READ_AUDIO,
                D::CACHE_READ_IMAGE,
                D::EXPLICIT_CACHE_READ,
            ];
            self.without(&D::CACHE_READ, &cached)?;
            self.without(&D::CACHE_WRITE, &[D::CACHE_WRITE_AUDIO])?;
            self.without(
                &D::INPUT_AUDIO,
                &[D::CACHE_READ_AUDIO, D::CACHE_WRITE_AUDIO],
            )?;
            self.without(&D::INPUT_IMAGE, &[D::CACHE_READ_IMAGE])?;
            self.set(&D::INPUT, total);
            let inside: Vec<D> = D::all()
                .filter(|known| known.is_input_tokens() && *known != D::INPUT)
                .collect();
            self.without(&D::INPUT, &inside)?;
        }
        if let Some(total) = self.output_total.take() {
            if plain_output != 0 {
                return Err(QuantityFault::Twice("output_tokens".to_owned()));
            }
            self.set(&D::OUTPUT, total);
            let inside = [
                D::OUTPUT_REASONING,
                D::OUTPUT_AUDIO,
                D::OUTPUT_IMAGE,
                D::OUTPUT_VIDEO,
            ];
            self.without(&D::OUTPUT, &inside)?;
        }
        if self.get(&D::REQUESTS) == 0 {
            self.set(&D::REQUESTS, UNIT);
        }
        Ok(())
    }

    /// All input tokens, cached ones included.
    #[must_use]
    pub fn context_tokens(&self) -> u64 {
        let inputs = Dimension::all().filter(Dimension::is_input_tokens);
        let sum = inputs.fold(0_i64, |sum, known| sum.saturating_add(self.get(&known)));
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

    fn get(&self, dimension: &Dimension) -> i64 {
        let held = slot(dimension).and_then(|slot| self.e6.get(slot));
        held.copied().unwrap_or(0)
    }

    fn set(&mut self, dimension: &Dimension, value: i64) {
        if let Some(held) = slot(dimension).and_then(|slot| self.e6.get_mut(slot)) {
            *held = value;
        }
    }

    fn without(&mut self, whole: &Dimension, parts: &[Dimension]) -> Result<(), QuantityFault> {
        let all = self.get(whole);
        let inside = parts
            .iter()
            .fold(0_i64, |sum, part| sum.saturating_add(self.get(part)));
        if inside > all {
            return Err(QuantityFault::PartAboveWhole {
                part: parts
                    .iter()
                    .find(|part| self.get(part) != 0)
                    .map_or("part", name),
                whole: name(whole),
                parts: inside.div_euclid(UNIT),
                all: all.div_euclid(UNIT),
            });
        }
        self.set(whole, all.saturating_sub(inside));
        Ok(())
    }
}

fn slot(dimension: &Dimension) -> Option<usize> {
    match dimension {
        Dimension::Known(index) => Some(usize::from(*index)),
        Dimension::Custom(_) => None,
    }
}

fn name(dimension: &Dimension) -> &'static str {
    if *dimension == Dimension::INPUT {
        return "input_tokens_total";
    }
    if *dimension == Dimension::OUTPUT {
        return "output_tokens_total";
    }
    dimension.known_name().unwrap_or("custom")
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
