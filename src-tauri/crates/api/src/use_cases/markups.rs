use crate::app::App;
use crate::convert::{Reader, read_markup, read_scope, write_markup, write_own, write_scope};
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::wire::{
    Count, DecimalString, MarkupListReply, MarkupPreviewReply, MarkupPreviewRequest,
    MarkupRuleText, Nothing, PriceManualRequest,
};
use ratebook_catalog::{
    Dimension, Issue, MarkupRule, MarkupRuleId, MarkupScope, RuleBody, ScopeLevel, check,
    prices::{PriceSource, ProviderPrice},
};
use ratebook_money::{Money, Rate, Timestamp};
use ratebook_store::prices;
use std::sync::Arc;

impl App {
    /// The markup rules in force, least specific first.
    pub async fn markup_list(&self, _: Nothing) -> ApiResult<MarkupListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        Ok(list(&snapshot))
    }

    /// What a rule would do to the drafts of the newest month that can still change.
    pub async fn markup_preview(
        &self,
        request: MarkupPreviewRequest,
    ) -> ApiResult<MarkupPreviewReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let rule = self.read_rule(&snapshot, &request)?;
        let month = snapshot.usual_month();
        let (snapshot, before) = self.month_drafts(&open, month).await?;
        let mut other = (*snapshot).clone();
        // Known since now, so that the draft's `as_of` includes it.
        let known = MarkupRule {
            recorded_at: other.as_of,
            ..rule
        };
        other.rules = Arc::new(other.rules.with(vec![known]));
        let after = self.drafts_of(&open, &Arc::new(other), month).await?;
        let currency = snapshot.company.currency;
        let zero = Money::zero(currency);
        let (mut sum_before, mut sum_after, mut more, mut less) = (zero, zero, 0_u64, 0_u64);
        for (old, new) in before.customers.iter().zip(&after.customers) {
            let (Some(old), Some(new)) = (old.summary(), new.summary()) else {
                continue;
            };
            let (old, new) = (old.net, new.net);
            if old.currency() == currency {
                sum_before = sum_before.plus(old)?;
                sum_after = sum_after.plus(new)?;
            }
            more = more.saturating_add(u64::from(new.minor() > old.minor()));
            less = less.saturating_add(u64::from(new.minor() < old.minor()));
        }
        Ok(MarkupPreviewReply {
            month: Some(month.to_string()),
            before: Some(DecimalString(sum_before.number())),
            after: Some(DecimalString(sum_after.number())),
            currency: currency.to_string(),
            more: Count(more),
            less: Count(less),
        })
    }

    /// Sets a provider price by hand, or ends it.
    pub async fn price_manual(&self, request: PriceManualRequest) -> ApiResult<MarkupListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let mut reader = Reader::default();
        let provider = request.provider.trim().to_lowercase();
        let model = request.model.trim().to_owned();
        for (path, value) in [("provider", &provider), ("model", &model)] {
            if value.is_empty() {
                reader.fault(Issue::new(path, "required"));
            }
        }
        let dimension = Dimension::parse(&request.dimension);
        if dimension.is_none() {
            reader.fault(Issue::new("dimension", "unknown").with("value", &request.dimension));
        }
        let currency = reader.currency("currency", &request.currency);
        let valid_from = request.valid_from.as_deref();
        let valid_from = valid_from.and_then(|day| reader.price_day("validFrom", day));
        let valid_from = match valid_from {
            Some(day) => snapshot.company.zone.start_of(day)?,
            None => Timestamp::MIN,
        };
        let tokens = dimension.as_ref().is_some_and(Dimension::is_tokens);
        let text = request
            .price
            .as_ref()
            .map(|price| price.0.trim().to_owned());
        let rate = match (text, currency) {
            (Some(text), Some(currency)) if tokens => {
                reader.keep("price", Rate::parse_per_million(&text, currency))
            }
            (Some(text), Some(currency)) => reader.keep("price", Rate::parse(&text, currency)),
            (None, _) | (_, None) => None,
        };
        if rate.is_some_and(|rate| rate.per_unit().is_sign_negative()) {
            reader.fault(Issue::new("price", "negative"));
        }
        let Some(dimension) = reader.done(dimension)? else {
            return Err(ApiError::field("dimension", "required"));
        };
        let row = ProviderPrice {
            dimension,
            conditions: Default::default(),
            rate,
            valid_from,
            recorded_at: self.now(),
            source: 0,
            manual: true,
            original: None,
        };
        let subject = format!("{provider}/{model}");
        let today = snapshot.company.zone.date_of(self.now());
        let mut edit = open.edit("price_manual", &subject, self.now()).await?;
        let source = PriceSource {
            name: "manual".to_owned(),
            version: String::new(),
            address: request.note.trim().to_owned(),
            seen_on: today,
        };
        prices::add_manual(&mut edit, &provider, &model, &row, &source).await?;
        edit.finish().await?;
        open.caches.forget_prices();
        let snapshot = self.snapshot(&open).await?;
        Ok(list(&snapshot))
    }

    /// The rule that a request describes, checked against every price it would make.
    pub(crate) fn read_rule(
        &self,
        snapshot: &Snapshot,
        request: &MarkupPreviewRequest,
    ) -> ApiResult<MarkupRule> {
        let mut reader = Reader::default();
        let scope = read_scope(&mut reader, &request.scope);
        let per_million = scope
            .as_ref()
            .and_then(|scope| scope.dimension.as_ref())
            .is_none_or(Dimension::is_tokens);
        let markup = request.markup.as_ref();
        let markup = markup.map(|m| read_markup(&mut reader, "markup", m, per_million));
        let valid_from = request.valid_from.as_deref();
        let valid_from = valid_from.and_then(|day| reader.price_day("validFrom", day));
        let valid_from = match valid_from {
            Some(day) => snapshot.company.zone.start_of(day)?,
            None => Timestamp::MIN,
        };
        let rule = scope.map(|scope| MarkupRule {
            id: MarkupRuleId::new(&mut self.ids()),
            scope,
            body: markup.map(RuleBody::Markup),
            valid_from,
            recorded_at: self.now(),
            version: None,
        });
        if let Some(markup) = rule.as_ref().and_then(MarkupRule::markup) {
            reader.faults(check::markup(markup, "markup"));
        }
        reader
            .done(rule)?
            .ok_or_else(|| ApiError::field("scope", "required"))
    }
}

/// The rules in force, least specific first.
pub(crate) fn list(snapshot: &Snapshot) -> MarkupListReply {
    let mut rules: Vec<&MarkupRule> = snapshot.rules_in_force();
    rules.sort_by(|a, b| a.scope.cmp(&b.scope));
    MarkupListReply {
        rules: rules
            .into_iter()
            .map(|rule| write(snapshot, rule))
            .collect(),
    }
}

pub(crate) fn write(snapshot: &Snapshot, rule: &MarkupRule) -> MarkupRuleText {
    let markup = rule.markup().cloned().unwrap_or_default();
    let per_million = rule
        .scope
        .dimension
        .as_ref()
        .is_none_or(Dimension::is_tokens);
    MarkupRuleText {
        scope: write_scope(&rule.scope),
        owner_name: owner_name(snapshot, &rule.scope),
        markup: write_markup(&markup, per_million),
        own: rule
            .own()
            .map(|own| write_own(own, rule.scope.dimension.as_ref())),
        version: rule.version.map(|number| Count(u64::from(number))),
        valid_from: since(rule.valid_from),
        recorded_at: rule.recorded_at.to_string(),
    }
}

/// The plan or the customer that a rule is of.
pub(crate) fn owner_name(snapshot: &Snapshot, scope: &MarkupScope) -> Option<String> {
    match scope.level {
        ScopeLevel::Book => None,
        ScopeLevel::Plan(id) => snapshot.plan_name(id),
        ScopeLevel::Contract(id) => snapshot.subscriber_name(id),
    }
}

/// Absent for what holds since ever.
pub(crate) fn since(at: Timestamp) -> Option<String> {
    (at > Timestamp::MIN).then(|| at.to_string())
}
