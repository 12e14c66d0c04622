//! LiteLLM: rows of `LiteLLM_SpendLogs` (table or JSON) and logging payloads. Counts are inclusive
//! whatever the provider, because LiteLLM normalises them. `messages`, `response` and the like are
//! passed over unread.

use crate::MODEL_CALL;
use crate::counts::{Convention, Counts};
use crate::draft::{Draft, DraftCost};
use crate::import::fields::read_time;
use crate::import::issue::{Faults, IssueCode};
use crate::import::json::{Broken, Json, Scalar};
use crate::import::reported::{compare_total, put_disjoint, tokens};
use ratebook_catalog::{ConditionKey, Dimension};
use std::borrow::Cow;

/// Reads one row of JSON.
pub(crate) fn read<'a>(row: &'a str, faults: &mut Faults) -> Result<Draft<'a>, Broken> {
    let mut log = Log::default();
    let mut json = Json::new(row);
    json.object(|json, key| log.field(json, &key, faults))?;
    json.end()?;
    Ok(log.finish(faults))
}

/// Reads one row of a table. Cells that hold JSON are read like the same field of a JSON row; one
/// that is broken counts as not there, because exports cut long cells.
pub(crate) fn read_cells<'a>(
    header: &[String],
    cells: &'a [Cow<'a, str>],
    faults: &mut Faults,
) -> Draft<'a> {
    let mut log = Log::default();
    for (name, cell) in header.iter().zip(cells) {
        let cell: &'a str = cell;
        if cell.is_empty() {
            continue;
        }
        if matches!(&**name, "metadata" | "request_tags" | "cost_breakdown") {
            let mut json = Json::new(cell);
            if log.field(&mut json, name, faults).is_err() {
                log.unreadable(name, faults);
            }
        } else {
            log.scalar(name, Scalar::Text(Cow::Borrowed(cell)), faults);
        }
    }
    log.finish(faults)
}

#[derive(Default)]
struct Log<'a> {
    draft: Draft<'a>,
    ids: [Cow<'a, str>; 3],
    start: Cow<'a, str>,
    end: Cow<'a, str>,
    /// End user, team, user, name of the key, hash of the key: the first that is there pays.
    payers: [Cow<'a, str>; 5],
    group: Cow<'a, str>,
    counts: Counts,
    tags: Vec<Cow<'a, str>>,
    failed: bool,
    own_cache: bool,
    /// The block with the parts of the counts is there, but cannot be read.
    parts_unknown: bool,
}

impl<'a> Log<'a> {
    fn field(&mut self, json: &mut Json<'a>, key: &str, faults: &mut Faults) -> Result<(), Broken> {
        let is_object = json.peek() == Some(b'{');
        match key {
            "metadata" if is_object => json.object(|json, key| self.metadata(json, key, faults)),
            "metadata" => self.text_of_json(json, key, faults),
            "cost_breakdown" if is_object => self.breakdown(json),
            "request_tags" if json.peek() == Some(b'[') => json.array(|json| {
                if let Scalar::Text(tag) = json.scalar()? {
                    self.tags.push(tag);
                }
                Ok(())
            }),
            "request_tags" => self.text_of_json(json, key, faults),
            _ if !KNOWN.contains(&key) => json.skip(),
            _ => {
                let value = json.scalar()?;
                self.scalar(key, value, faults);
                Ok(())
            }
        }
    }

    /// Some exports write JSON fields as text that holds JSON.
    fn text_of_json(
        &mut self,
        json: &mut Json<'a>,
        key: &str,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        match json.scalar()? {
            Scalar::Text(Cow::Borrowed(text)) => {
                let mut inner = Json::new(text);
                if !text.is_empty() && self.field_once(&mut inner, key, faults).is_err() {
                    self.unreadable(key, faults);
                }
            }
            Scalar::Text(Cow::Owned(text)) => {
                let mut inner = Log::default();
                let mut json = Json::new(&text);
                if inner.field_once(&mut json, key, faults).is_err() {
                    self.unreadable(key, faults);
                }
                self.take(inner);
            }
            _ => {}
        }
        Ok(())
    }

    /// As [`Log::field`], but text within text is not followed again.
    fn field_once(
        &mut self,
        json: &mut Json<'a>,
        key: &str,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        match json.peek() {
            Some(b'{' | b'[') => self.field(json, key, faults),
            _ => Ok(()),
        }
    }

    /// What was read of a text that does not live as long as the row.
    fn take(&mut self, inner: Log<'_>) {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        self.counts = merged(self.counts, inner.counts);
        self.tags.extend(inner.tags.into_iter().map(own));
        for (mine, other) in self.payers.iter_mut().zip(inner.payers) {
            if mine.is_empty() {
                *mine = own(other);
            }
        }
        let dims = inner.draft.dims.into_iter();
        self.draft
            .dims
            .extend(dims.map(|(key, value)| (own(key), own(value))));
        let conditions = inner.draft.conditions.into_iter();
        self.draft
            .conditions
            .extend(conditions.map(|(key, value)| (key, own(value))));
    }

    /// Without the parts nobody knows how much of the input was cached: nothing prices it as plain
    /// input then.
    fn unreadable(&mut self, field: &str, faults: &mut Faults) {
        faults.note(field, IssueCode::NotJson, &[]);
        self.parts_unknown |= field == "metadata";
    }

    fn metadata(
        &mut self,
        json: &mut Json<'a>,
        key: Cow<'a, str>,
        faults: &mut Faults,
    ) -> Result<(), Broken> {
        let is_object = json.peek() == Some(b'{');
        match &*key {
            "usage_object" | "additional_usage_values" if is_object => self.usage(json, faults),
            "cost_breakdown" if is_object => self.breakdown(json),
            "spend_logs_metadata" if is_object => json.object(|json, key| {
                if let Scalar::Text(value) = json.scalar()? {
                    self.draft.dims.push((key, value));
                }
                Ok(())
            }),
            "user_api_key_alias" => self.payer(json, 3),
            "user_api_key_team_id" => self.payer(json, 1),
            "user_api_key_end_user_id" => self.payer(json, 0),
            "user_api_key_user_id" => self.payer(json, 2),
            "user_api_key_hash" => self.payer(json, 4),
            _ => json.skip(),
        }
    }

    fn payer(&mut self, json: &mut Json<'a>, place: usize) -> Result<(), Broken> {
        if let (Scalar::Text(name), Some(slot)) = (json.scalar()?, self.payers.get_mut(place))
            && slot.is_empty()
        {
            *slot = name;
        }
        Ok(())
    }

    fn breakdown(&mut self, json: &mut Json<'a>) -> Result<(), Broken> {
        json.object(|json, key| {
            let value = json.scalar()?;
            if let ("service_tier", Scalar::Text(tier)) = (&*key, value) {
                self.draft
                    .conditions
                    .push((ConditionKey::ServiceTier, tier));
            }
            Ok(())
        })
    }

    /// A usage block: totals, parts of the prompt and of the completion, cache writes.
    fn usage(&mut self, json: &mut Json<'a>, faults: &mut Faults) -> Result<(), Broken> {
        json.object(|json, key| {
            let is_object = json.peek() == Some(b'{');
            match &*key {
                "prompt_tokens_details"
                | "completion_tokens_details"
                | "cache_creation_token_details"
                    if is_object =>
                {
                    let of_prompt = !key.starts_with("completion");
                    json.object(|json, key| {
                        let value = json.scalar()?;
                        self.detail(&key, &value, of_prompt, faults);
                        Ok(())
                    })
                }
                _ => {
                    let value = json.scalar()?;
                    self.detail(&key, &value, true, faults);
                    Ok(())
                }
            }
        })
    }

    fn detail(&mut self, key: &str, value: &Scalar<'a>, of_prompt: bool, faults: &mut Faults) {
        let counts = &mut self.counts;
        let slot = match key {
            "cached_tokens" | "cache_read_input_tokens" => &mut counts.cache_read,
            "cache_creation_tokens" | "cache_creation_input_tokens" => &mut counts.cache_write,
            "ephemeral_1h_input_tokens" => &mut counts.cache_write_1h,
            "reasoning_tokens" => &mut counts.reasoning,
            "audio_tokens" if of_prompt => &mut counts.input_audio,
            "audio_tokens" => &mut counts.output_audio,
            "image_tokens" if of_prompt => &mut counts.input_image,
            "image_tokens" => &mut counts.output_image,
            _ => return,
        };
        if let Some(count) = tokens(value, &format!("metadata.{key}"), faults) {
            *slot = Some(count);
        }
    }

    fn scalar(&mut self, key: &str, value: Scalar<'a>, faults: &mut Faults) {
        if let "prompt_tokens" | "completion_tokens" | "total_tokens" = key {
            let count = tokens(&value, key, faults);
            match key {
                "prompt_tokens" => self.counts.input = count,
                "completion_tokens" => self.counts.output = count,
                _ => self.counts.total = count,
            }
            return;
        }
        let text = match value {
            Scalar::Text(text) => text,
            Scalar::Number(number) => Cow::Borrowed(number),
            Scalar::Bool(true) => Cow::Borrowed("true"),
            Scalar::Bool(false) | Scalar::Null | Scalar::Parts => return,
        };
        let [request, call, response] = &mut self.ids;
        let [end_user, team, user, alias, hash] = &mut self.payers;
        let slot = match key {
            "request_id" => request,
            "litellm_call_id" => call,
            "id" => response,
            "startTime" => &mut self.start,
            "endTime" => &mut self.end,
            "end_user" => end_user,
            "team_id" => team,
            "user" => user,
            "api_key_alias" => alias,
            "api_key" => hash,
            "model" => &mut self.draft.model,
            "model_group" => &mut self.group,
            "custom_llm_provider" => &mut self.draft.provider,
            "cache_hit" => {
                self.own_cache = text.eq_ignore_ascii_case("true");
                return;
            }
            "status" => {
                self.failed = text == "failure";
                return;
            }
            "spend" | "response_cost" => {
                self.draft.costs.push(DraftCost {
                    kind: Cow::Borrowed("computed_by_source"),
                    amount: text,
                    currency: Cow::Borrowed("USD"),
                });
                return;
            }
            _ => return,
        };
        *slot = text;
    }

    fn finish(mut self, faults: &mut Faults) -> Draft<'a> {
        let draft = &mut self.draft;
        draft.event_name = Cow::Borrowed(MODEL_CALL);
        draft.id = first(&self.ids);
        let ended = if self.end.is_empty() {
            ("startTime", &self.start)
        } else {
            ("endTime", &self.end)
        };
        if !ended.1.is_empty() {
            draft.at = read_time(ended.1, ended.0, faults);
        }
        draft.customer = first(&self.payers);
        if draft.model.is_empty() {
            draft.model = self.group;
        }
        let [_, team, user, alias, _] = self.payers;
        for (key, value) in [("team", team), ("user", user), ("api_key", alias)] {
            let taken = draft.dims.iter().any(|(known, _)| *known == key);
            if !value.is_empty() && !taken {
                draft.dims.push((Cow::Borrowed(key), value));
            }
        }
        if !self.tags.is_empty() && !draft.dims.iter().any(|(key, _)| key == "tags") {
            draft
                .dims
                .push((Cow::Borrowed("tags"), Cow::Owned(self.tags.join(","))));
        }
        draft.convention = Cow::Borrowed(Convention::Inclusive.as_str());
        numbers(&self.counts, draft);
        // The 5-minute part is what is left of all cache writes.
        let long = self.counts.cache_write_1h.unwrap_or(0);
        self.counts.cache_write = self
            .counts
            .cache_write
            .map(|all| all.saturating_sub(long).max(0));
        if self.own_cache {
            // LiteLLM answered from its own cache and repeats the counts of the first call: no
            // provider was called, so nothing of it may be priced again.
            draft
                .dims
                .push((Cow::Borrowed("gateway_cache_hit"), Cow::Borrowed("true")));
            draft.quantities.push((Dimension::REQUESTS, 0));
            draft.measured = true;
            faults.note("cache_hit", IssueCode::GatewayCacheHit, &[]);
            return self.draft;
        }
        if self.failed {
            draft
                .dims
                .push((Cow::Borrowed("status"), Cow::Borrowed("failure")));
            draft.quantities.push((Dimension::REQUESTS, 0));
        }
        if self.parts_unknown {
            let whole = [
                (Dimension::INPUT_UNSPECIFIED, self.counts.input.take()),
                (Dimension::OUTPUT_UNSPECIFIED, self.counts.output.take()),
            ];
            let given = whole
                .into_iter()
                .filter_map(|(of, count)| Some((of, count?)));
            draft.quantities.extend(given);
            draft.measured = true;
            self.counts = Counts {
                total: self.counts.total,
                ..Counts::default()
            };
        }
        put_disjoint(Convention::Inclusive, &self.counts, draft, faults);
        compare_total(self.counts.total, draft, faults);
        self.draft
    }
}

/// The second counts where they say something.
fn merged(first: Counts, second: Counts) -> Counts {
    Counts {
        cache_read: second.cache_read.or(first.cache_read),
        cache_write: second.cache_write.or(first.cache_write),
        cache_write_1h: second.cache_write_1h.or(first.cache_write_1h),
        reasoning: second.reasoning.or(first.reasoning),
        input_audio: second.input_audio.or(first.input_audio),
        output_audio: second.output_audio.or(first.output_audio),
        input_image: second.input_image.or(first.input_image),
        output_image: second.output_image.or(first.output_image),
        ..first
    }
}

const KNOWN: [&str; 21] = [
    "request_id",
    "litellm_call_id",
    "id",
    "startTime",
    "endTime",
    "end_user",
    "team_id",
    "user",
    "api_key_alias",
    "api_key",
    "model",
    "model_group",
    "custom_llm_provider",
    "cache_hit",
    "status",
    "spend",
    "response_cost",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "call_type",
];

fn first<'a>(names: &[Cow<'a, str>]) -> Cow<'a, str> {
    names
        .iter()
        .find(|name| !name.is_empty())
        .cloned()
        .unwrap_or(Cow::Borrowed(""))
}

fn numbers(counts: &Counts, draft: &mut Draft<'_>) {
    for (name, count) in [
        ("input", counts.input),
        ("output", counts.output),
        ("total", counts.total),
        ("cache_read", counts.cache_read),
        ("cache_write", counts.cache_write),
        ("cache_write_1h", counts.cache_write_1h),
        ("reasoning", counts.reasoning),
    ] {
        if let Some(count) = count {
            draft
                .numbers
                .push((Cow::Borrowed(name), Cow::Owned(count.to_string())));
        }
    }
}
