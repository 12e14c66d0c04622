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
                    Json::parse(text)?;
                    *id = text;
                }
                "provider" if reader.ahead() == Some(b'n') => {
                    reader.skip()?;
                }
                "provider" => provider = reader.string()?,
                "model" => model = reader.string()?,
                "at" => at = Some(Timestamp::parse(&reader.string()?)?),
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
