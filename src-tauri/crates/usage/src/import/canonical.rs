//! The canonical event as JSON, in full or in the reduced form that is written by hand and by
//! [`crate::canonical_line`]. Unknown fields are passed over unread.

use crate::MODEL_CALL;
use crate::draft::{Draft, DraftCost};
use crate::import::fields::{Value, count, has_parts, text, time_of};
use crate::import::issue::{Faults, IssueCode};
use crate::import::json::{Broken, Json, Scalar};
use crate::import::mapping::ColumnMapping;
use crate::import::reported::{Reading, apply};
use crate::import::suggest::canonical_column;
use crate::{hash, names};
use ratebook_catalog::{ConditionKey, Dimension};
use std::borrow::Cow;

/// The columns of a canonical table. `id` is our own name where `source_event_id` stands beside it.
pub(crate) fn mapping(header: &[String]) -> ColumnMapping {
    let theirs = header.iter().any(|name| name == "source_event_id");
    let columns = header.iter().filter(|name| !(theirs && *name == "id"));
    let fields = columns.filter_map(|name| Some((name.clone(), canonical_column(name)?)));
    ColumnMapping {
        columns: fields.collect(),
        ..ColumnMapping::default()
    }
}

/// Reads one event.
pub(crate) fn read<'a>(row: &'a str, faults: &mut Faults) -> Result<Draft<'a>, Broken> {
    let mut event = Event::default();
    let mut json = Json::new(row);
    json.object(|json, key| event.field(json, key, faults))?;
    json.end()?;
    Ok(event.finish(faults))
}

#[derive(Default)]
struct Event<'a> {
    draft: Draft<'a>,
    own_id: Value<'a>,
    measured: Vec<Cow<'a, str>>,
    further: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    reported: Reading<'a>,
}

impl<'a> Event<'a> {
    fn field(
        &mut self,
        json: &mut Json<'a>,
        key: Cow<'a, str>,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        let draft = &mut self.draft;
        match &*key {
            "id" => self.own_id = text(json, "id", faults)?,
            "source_event_id" => draft.id = text(json, "source_event_id", faults)?.or_empty(),
            "source" => draft.source = either(json, "source", &["id", "system"], faults)?,
            "event_name" => draft.event_name = text(json, "event_name", faults)?.or_empty(),
            "at" | "occurred_at" | "timestamp" => draft.at = time_of(json, &key, faults)?,
            "time" => self.time(json, faults)?,
            "customer" | "customer_ref" => {
                draft.customer = either(json, "customer", &["ref"], faults)?;
            }
            "provider" => self.provider(json, faults)?,
            "model" => {
                let parts = ["served", "requested", "normalised"];
                draft.model = either(json, "model", &parts, faults)?;
            }
            "conditions" | "modifiers" => self.conditions(json, faults)?,
            "quantities" | "usage" => self.quantities(json, faults)?,
            "reported" => self.reported.read(json, &mut draft.costs, faults)?,
            "costs" => costs(json, &mut draft.costs, faults)?,
            "dimensions" | "dims" => pairs(json, &mut draft.dims, faults)?,
            "attribution" => pairs(json, &mut self.further, faults)?,
            "schema" => json.skip()?,
            "kind" => only(json, "kind", "usage", faults)?,
            "adjusts" => {
                if json.scalar()? != Scalar::Null {
                    faults.refuse(
                        "adjusts",
                        IssueCode::UnsupportedKind,
                        &[("value", "adjusts")],
                    );
                }
            }
            name => match names::dimension(name) {
                Some(dimension) => self.quantity(json, key.clone(), dimension, faults)?,
                None => json.skip()?,
            },
        }
        Ok(())
    }

    fn finish(mut self, faults: &mut Faults) -> Draft<'a> {
        let draft = &mut self.draft;
        if draft.id.is_empty() {
            draft.id = self.own_id.or_empty();
        }
        if draft.event_name.is_empty() && !draft.model.is_empty() {
            draft.event_name = Cow::Borrowed(MODEL_CALL);
        }
        for (key, value) in self.further {
            if !draft.dims.iter().any(|(known, _)| *known == key) {
                draft.dims.push((key, value));
            }
        }
        draft.measured = !self.measured.is_empty();
        apply(self.reported, draft, faults);
        self.draft
    }

    fn time(&mut self, json: &mut Json<'a>, faults: &mut Faults) -> Result<(), Broken> {
        if json.peek() != Some(b'{') {
            self.draft.at = time_of(json, "time", faults)?;
            return Ok(());
        }
        json.object(|json, key| {
            match &*key {
                "occurred_at" => self.draft.at = time_of(json, "time.occurred_at", faults)?,
                "granularity" => only(json, "time.granularity", "call", faults)?,
                _ => json.skip()?,
            }
            Ok(())
        })
    }

    fn provider(&mut self, json: &mut Json<'a>, faults: &mut Faults) -> Result<(), Broken> {
        if json.peek() != Some(b'{') {
            self.draft.provider = text(json, "provider", faults)?.or_empty();
            return Ok(());
        }
        let mut normalised = Cow::Borrowed("");
        json.object(|json, key| {
            match &*key {
                "reported" => self.draft.provider = text(json, "provider", faults)?.or_empty(),
                "normalised" => normalised = text(json, "provider", faults)?.or_empty(),
                "via" => {
                    if let Value::Text(via) = text(json, "provider.via", faults)? {
                        self.further.push((Cow::Borrowed("via"), via));
                    }
                }
                _ => json.skip()?,
            }
            Ok(())
        })?;
        if self.draft.provider.is_empty() {
            self.draft.provider = normalised;
        }
        Ok(())
    }

    fn conditions(&mut self, json: &mut Json<'a>, faults: &mut Faults) -> Result<(), Broken> {
        if !has_parts(json, "conditions", faults)? {
            return Ok(());
        }
        json.object(|json, key| {
            let value = json.scalar()?;
            match (&*key, value) {
                ("batch", Scalar::Bool(true)) => {
                    let batch = (ConditionKey::Processing, Cow::Borrowed("batch"));
                    self.draft.conditions.push(batch);
                }
                ("byok" | "gateway_cache_hit", Scalar::Bool(true)) => {
                    self.further.push((key, Cow::Borrowed("true")));
                }
                (_, Scalar::Null | Scalar::Bool(_)) => {}
                (name, Scalar::Text(value)) => match hash::condition(name) {
                    Some(condition) => self.draft.conditions.push((condition, value)),
                    None => self.further.push((key, value)),
                },
                (name, Scalar::Number(_) | Scalar::Parts) => {
                    let expected = [("expected", "text")];
                    faults.refuse(
                        &format!("conditions.{name}"),
                        IssueCode::WrongType,
                        &expected,
                    );
                }
            }
            Ok(())
        })
    }

    /// A list of `{"type", "qty"}`, or an object from name to quantity.
    fn quantities(&mut self, json: &mut Json<'a>, faults: &mut Faults) -> Result<(), Broken> {
        if json.peek() == Some(b'[') {
            return json.array(|json| self.listed(json, faults));
        }
        if !has_parts(json, "quantities", faults)? {
            return Ok(());
        }
        json.object(|json, key| match names::dimension(&key) {
            Some(dimension) => self.quantity(json, key, dimension, faults),
            None => {
                unknown(&key, faults);
                json.skip()
            }
        })
    }

    fn listed(&mut self, json: &mut Json<'a>, faults: &mut Faults) -> Result<(), Broken> {
        let (mut name, mut quantity) = (Value::Absent, Scalar::Null);
        if !has_parts(json, "quantities", faults)? {
            return Ok(());
        }
        json.object(|json, key| {
            match &*key {
                "type" | "dimension" => name = text(json, "quantities", faults)?,
                "qty" | "quantity" => quantity = json.scalar()?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        let name = name.or_empty();
        match names::dimension(&name) {
            Some(dimension) => self.put(name, dimension, quantity, faults),
            None => unknown(&name, faults),
        }
        Ok(())
    }

    fn quantity(
        &mut self,
        json: &mut Json<'a>,
        name: Cow<'a, str>,
        dimension: Dimension,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        let quantity = json.scalar()?;
        self.put(name, dimension, quantity, faults);
        Ok(())
    }

    fn put(
        &mut self,
        name: Cow<'a, str>,
        dimension: Dimension,
        quantity: Scalar<'a>,
        faults: &mut Faults,
    ) {
        if self.measured.contains(&name) {
            faults.refuse(&name, IssueCode::Duplicate, &[]);
        }
        if let Some(count) = count(&quantity, &dimension, &name, faults) {
            self.draft.quantities.push((dimension, count));
            self.measured.push(name);
        }
    }
}

fn unknown(name: &str, faults: &mut Faults) {
    faults.refuse(
        "quantities",
        IssueCode::UnknownDimension,
        &[("value", name)],
    );
}

/// A text, or the first of some texts of an object.
fn either<'a>(
    json: &mut Json<'a>,
    field: &str,
    parts: &[&str],
    faults: &mut Faults,
) -> Result<Cow<'a, str>, Broken> {
    if json.peek() != Some(b'{') {
        return Ok(text(json, field, faults)?.or_empty());
    }
    let mut best: Option<(usize, Cow<'a, str>)> = None;
    json.object(|json, key| {
        let Some(place) = parts.iter().position(|part| *part == key) else {
            return json.skip();
        };
        if let Value::Text(found) = text(json, field, faults)?
            && best.as_ref().is_none_or(|(other, _)| place < *other)
        {
            best = Some((place, found));
        }
        Ok(())
    })?;
    Ok(best.map_or(Cow::Borrowed(""), |(_, found)| found))
}

/// The field must have this value; other kinds of events are not usage to rate.
fn only(json: &mut Json<'_>, field: &str, wanted: &str, faults: &mut Faults) -> Result<(), Broken> {
    match text(json, field, faults)? {
        Value::Text(found) if found != wanted => {
            faults.refuse(field, IssueCode::UnsupportedKind, &[("value", &found)]);
        }
        Value::Text(_) | Value::Absent => {}
    }
    Ok(())
}

/// An object of texts; numbers and truth values become texts, parts are passed over.
fn pairs<'a>(
    json: &mut Json<'a>,
    into: &mut Vec<(Cow<'a, str>, Cow<'a, str>)>,
    faults: &mut Faults,
) -> Result<(), Broken> {
    if !has_parts(json, "dimensions", faults)? {
        return Ok(());
    }
    json.object(|json, key| {
        match json.scalar()? {
            Scalar::Text(value) => into.push((key, value)),
            Scalar::Number(value) => into.push((key, Cow::Borrowed(value))),
            Scalar::Bool(true) => into.push((key, Cow::Borrowed("true"))),
            Scalar::Bool(false) => into.push((key, Cow::Borrowed("false"))),
            Scalar::Null | Scalar::Parts => {}
        }
        Ok(())
    })
}

/// Reported costs: `{"kind", "amount", "currency", "part"}`. A part of a total is kept under a
/// name of its own, so that nobody adds it to the total.
pub(crate) fn costs<'a>(
    json: &mut Json<'a>,
    into: &mut Vec<DraftCost<'a>>,
    faults: &mut Faults,
) -> Result<(), Broken> {
    if json.peek() != Some(b'[') {
        if json.scalar()? != Scalar::Null {
            faults.refuse("costs", IssueCode::WrongType, &[("expected", "list")]);
        }
        return Ok(());
    }
    json.array(|json| {
        if !has_parts(json, "costs", faults)? {
            return Ok(());
        }
        let (mut cost, mut part) = (DraftCost::default(), Value::Absent);
        json.object(|json, key| {
            match &*key {
                "kind" => cost.kind = text(json, "costs.kind", faults)?.or_empty(),
                "amount" => cost.amount = text(json, "costs.amount", faults)?.or_empty(),
                "currency" => cost.currency = text(json, "costs.currency", faults)?.or_empty(),
                "part" => part = text(json, "costs.part", faults)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        if let Value::Text(part) = part {
            cost.kind = Cow::Owned(format!("{}/{part}", cost.kind));
        }
        into.push(cost);
        Ok(())
    })
}
