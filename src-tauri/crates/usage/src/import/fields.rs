//! Reading single fields of JSON rows, naming the field when it is not what it must be.

use crate::import::issue::{Faults, IssueCode};
use crate::import::json::{Broken, Json, Scalar};
use crate::import::{number, time};
use ratebook_catalog::Dimension;
use ratebook_money::Timestamp;
use std::borrow::Cow;

/// A text that may not be there; `null` and the empty text are not.
#[derive(Default, Debug, Clone)]
pub(crate) enum Value<'a> {
    #[default]
    Absent,
    Text(Cow<'a, str>),
}

impl<'a> Value<'a> {
    pub(crate) fn or_empty(self) -> Cow<'a, str> {
        match self {
            Self::Absent => Cow::Borrowed(""),
            Self::Text(text) => text,
        }
    }
}

/// Reads a text; a number is taken as it is written.
pub(crate) fn text<'a>(
    json: &mut Json<'a>,
    field: &str,
    faults: &mut Faults,
) -> Result<Value<'a>, Broken> {
    Ok(match json.scalar()? {
        Scalar::Text(text) if text.is_empty() => Value::Absent,
        Scalar::Text(text) => Value::Text(text),
        Scalar::Number(number) => Value::Text(Cow::Borrowed(number)),
        Scalar::Null => Value::Absent,
        Scalar::Bool(_) | Scalar::Parts => {
            faults.refuse(field, IssueCode::WrongType, &[("expected", "text")]);
            Value::Absent
        }
    })
}

/// Whether an object begins here. Anything else is read past; it is a fault unless it is `null`.
pub(crate) fn has_parts(
    json: &mut Json<'_>,
    field: &str,
    faults: &mut Faults,
) -> Result<bool, Broken> {
    if json.peek() == Some(b'{') {
        return Ok(true);
    }
    if json.scalar()? != Scalar::Null {
        faults.refuse(field, IssueCode::WrongType, &[("expected", "object")]);
    }
    Ok(false)
}

/// Reads a time, as text or as a number since 1970.
pub(crate) fn time_of(
    json: &mut Json<'_>,
    field: &str,
    faults: &mut Faults,
) -> Result<Option<Timestamp>, Broken> {
    Ok(match text(json, field, faults)? {
        Value::Absent => None,
        Value::Text(text) => read_time(&text, field, faults),
    })
}

/// A time in one of the ways of writing it.
pub(crate) fn read_time(text: &str, field: &str, faults: &mut Faults) -> Option<Timestamp> {
    let at = time::time(text);
    if at.is_none() {
        faults.refuse(field, IssueCode::NotATime, &[("value", text)]);
    }
    at
}

/// A quantity, as number or text; `null` is none.
pub(crate) fn count(
    value: &Scalar<'_>,
    dimension: &Dimension,
    field: &str,
    faults: &mut Faults,
) -> Option<i64> {
    match value {
        Scalar::Number(text) => number::quantity(text, dimension, field, faults),
        Scalar::Text(text) => number::quantity(text, dimension, field, faults),
        Scalar::Null => None,
        Scalar::Bool(_) | Scalar::Parts => {
            faults.refuse(field, IssueCode::WrongType, &[("expected", "number")]);
            None
        }
    }
}
