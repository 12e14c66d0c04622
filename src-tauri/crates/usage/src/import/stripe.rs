//! Stripe meter events, as sent (v1, v2) or as returned. One event is one number; with a model in
//! its payload it is a token count of a model whose class only the sender knew.

use crate::MODEL_CALL;
use crate::counts::Convention;
use crate::draft::Draft;
use crate::import::fields::{Value, count, has_parts, text, time_of};
use crate::import::issue::{Faults, IssueCode};
use crate::import::json::{Broken, Json, Scalar};
use crate::names;
use ratebook_catalog::Dimension;
use std::borrow::Cow;

/// Reads one event. The id stays empty when the sender gave none.
pub(crate) fn read<'a>(row: &'a str, faults: &mut Faults) -> Result<Draft<'a>, Broken> {
    let mut draft = Draft {
        convention: Cow::Borrowed(Convention::Single.as_str()),
        ..Draft::default()
    };
    let mut payload = Payload::default();
    let mut json = Json::new(row);
    json.object(|json, key| {
        match &*key {
            "event_name" => draft.event_name = text(json, "event_name", faults)?.or_empty(),
            "identifier" => draft.id = text(json, "identifier", faults)?.or_empty(),
            "timestamp" => draft.at = time_of(json, "timestamp", faults)?,
            "payload" if has_parts(json, "payload", faults)? => {
                json.object(|json, key| payload.field(json, key, faults))?;
            }
            "payload" => {}
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    payload.finish(&mut draft, faults);
    Ok(draft)
}

#[derive(Default)]
struct Payload<'a> {
    value: Option<Scalar<'a>>,
    customer: Value<'a>,
    model: Value<'a>,
    token_type: Value<'a>,
    dims: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Payload<'a> {
    fn field(
        &mut self,
        json: &mut Json<'a>,
        key: Cow<'a, str>,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        match &*key {
            "value" => self.value = Some(json.scalar()?),
            "stripe_customer_id" => self.customer = text(json, "stripe_customer_id", faults)?,
            "model" => self.model = text(json, "payload.model", faults)?,
            "token_type" => self.token_type = text(json, "payload.token_type", faults)?,
            _ => {
                if let Value::Text(value) = text(json, &key, faults)? {
                    self.dims.push((key, value));
                }
            }
        }
        Ok(())
    }

    fn finish(self, draft: &mut Draft<'a>, faults: &mut Faults) {
        draft.customer = self.customer.or_empty();
        draft.dims = self.dims;
        draft.model = self.model.or_empty();
        let token_type = self.token_type.or_empty();
        let dimension = if draft.model.is_empty() {
            // A number of one's own; its meter says what it is.
            if !token_type.is_empty() {
                draft.dims.push((Cow::Borrowed("token_type"), token_type));
            }
            Dimension::Custom("value".to_owned())
        } else {
            draft.dims.push((
                Cow::Borrowed("stripe_event"),
                std::mem::take(&mut draft.event_name),
            ));
            draft.event_name = Cow::Borrowed(MODEL_CALL);
            // Two or more events make one call, so none of them counts as a request.
            draft.quantities.push((Dimension::REQUESTS, 0));
            if let Some((provider, _)) = draft.model.split_once('/') {
                draft.provider = Cow::Owned(provider.to_owned());
            }
            class(&token_type)
        };
        let value = self.value.unwrap_or(Scalar::Null);
        if value == Scalar::Null {
            faults.refuse("payload.value", IssueCode::Missing, &[]);
        }
        draft.measured = true;
        if let Some(number) = count(&value, &dimension, "payload.value", faults) {
            draft.numbers.push((Cow::Borrowed("value"), shown(value)));
            draft.quantities.push((dimension, number));
        }
    }
}

/// The class of a `token_type`. Plain `input` may contain cached tokens and `output` reasoning:
/// their class is not known.
fn class(token_type: &str) -> Dimension {
    match token_type {
        "input" | "prompt" => Dimension::INPUT_UNSPECIFIED,
        "output" | "completion" => Dimension::OUTPUT_UNSPECIFIED,
        "" | "total" => Dimension::TOTAL_UNSPECIFIED,
        "cache_read" | "cached_input" | "input_cached" | "cached" => Dimension::CACHE_READ,
        "cache_write" | "cache_creation" => Dimension::CACHE_WRITE,
        "reasoning" => Dimension::OUTPUT_REASONING,
        other => names::dimension(other).unwrap_or(Dimension::Custom(other.to_owned())),
    }
}

fn shown(value: Scalar<'_>) -> Cow<'_, str> {
    match value {
        Scalar::Text(text) => text,
        Scalar::Number(number) => Cow::Borrowed(number),
        Scalar::Bool(_) | Scalar::Null | Scalar::Parts => Cow::Borrowed(""),
    }
}
