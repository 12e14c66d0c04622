use crate::app::App;
use crate::convert::{Reader, read_charges, read_terms, write_charge, write_terms};
use crate::error::{ApiError, ApiResult};
use crate::use_cases::plan_tests::{read_tests, write_test};
use crate::wire::{
    Count, Nothing, PlanListReply, PlanPublishRequest, PlanSaveReply, PlanSaveRequest,
    PlanTestText, PlanText, PlanVersionText,
};
use ratebook_catalog::{
    Agreed, Issue, Meter, Plan, PlanId, PlanTerms, PlanVersion, PlanVersionId, Subscription,
    SubscriptionId, check,
};
use ratebook_money::{Currency, Date};
use ratebook_store::{SqliteConnection, meters, plans, subscriptions};
use std::collections::HashMap;

impl App {
    /// All plans with their versions.
    pub async fn plan_list(&self, _: Nothing) -> ApiResult<PlanListReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let plans = plans::list(&mut read).await?;
        let versions = plans::versions(&mut read).await?;
        let subscriptions = subscriptions::list(&mut read).await?;
        let today = super::companies::load(&mut read)
            .await?
            .zone
            .date_of(self.now());
        let mut tests = HashMap::new();
        for plan in &plans {
            tests.insert(plan.id, plans::tests(&mut read, plan.id).await?);
        }
        let plans = plans.into_iter().map(|plan| {
            let mut own: Vec<&PlanVersion> = versions
                .iter()
                .filter(|version| version.plan == plan.id)
                .collect();
            own.sort_by_key(|version| std::cmp::Reverse(version.number));
            let tests = tests.remove(&plan.id).unwrap_or_default();
            PlanText {
                tests: tests.iter().map(write_test).collect(),
                id: plan.id.to_string(),
                name: plan.name,
                description: plan.description,
                archived: plan.archived,
                versions: own
                    .into_iter()
                    .map(|version| describe(version, &subscriptions, today))
                    .collect(),
            }
        });
        Ok(PlanListReply {
            plans: plans.collect(),
        })
    }

    /// Saves a plan and its draft; the first edit after publishing makes a new draft.
    pub async fn plan_save(&self, request: PlanSaveRequest) -> ApiResult<PlanSaveReply> {
        self.plan_save_with(request, None, Vec::new()).await
    }

    /// Saves a plan, its draft and, where there are any, its billing tests, all as one step; unless
    /// something is wrong with it or was `found` wrong before: then all of that is said.
    pub(crate) async fn plan_save_with(
        &self,
        request: PlanSaveRequest,
        tests: Option<Vec<PlanTestText>>,
        found: Vec<Issue>,
    ) -> ApiResult<PlanSaveReply> {
        let open = self.book().await?;
        let mut reader = Reader::default();
        reader.faults(found);
        let mut ids = self.ids();
        let id = match request.id.as_str() {
            "" => Some(PlanId::new(&mut ids)),
            id => reader.keep("id", PlanId::parse(id)),
        };
        let currency = reader.currency("currency", &request.currency);
        // The faults of amounts are said beside that of their currency.
        let currency = currency.or_else(|| Currency::parse("KWD").ok());
        let terms = match (request.charges.as_deref(), currency) {
            (Some(charges), Some(currency)) => {
                let charges = read_charges(&mut reader, charges, currency);
                Some(read_terms(
                    &mut reader,
                    request.terms.as_ref(),
                    currency,
                    charges,
                ))
            }
            (None, _) | (_, None) => None,
        };
        let plan = id.map(|id| Plan {
            id,
            name: request.name.trim().to_owned(),
            description: request.description.trim().to_owned(),
            archived: request.archived,
        });
        if let Some(plan) = &plan {
            reader.faults(check::plan(plan));
        }
        if let Some(terms) = &terms {
            let snapshot = self.snapshot(&open).await?;
            reader.faults(terms_issues(terms, &snapshot.meters));
        }
        let tests = match (tests, currency) {
            (Some(tests), Some(currency)) => Some(read_tests(&mut reader, &tests, currency)),
            _ => None,
        };
        if let Some(tests) = &tests {
            reader.faults(check::plan_tests(tests));
        }
        let plan = reader
            .done(plan)?
            .ok_or_else(|| ApiError::field("id", "required"))?;
        let mut edit = open.edit("plan_save", &plan.name, self.now()).await?;
        plans::save(&mut edit, &plan).await?;
        if let Some(tests) = tests {
            plans::save_tests(&mut edit, plan.id, tests).await?;
        }
        if let Some(terms) = terms {
            let fresh = PlanVersionId::new(&mut ids);
            save_draft(&mut edit, plan.id, terms, fresh).await?;
        }
        edit.finish().await?;
        Ok(PlanSaveReply {
            id: plan.id.to_string(),
        })
    }

    /// Makes the draft an immutable version.
    pub async fn plan_publish(&self, request: PlanPublishRequest) -> ApiResult<PlanSaveReply> {
        let open = self.book().await?;
        let mut reader = Reader::default();
        let id = reader.keep("id", PlanId::parse(&request.id));
        let from = request.move_from.as_deref();
        let from = from.and_then(|day| reader.date("moveFrom", day));
        let id = reader
            .done(id)?
            .ok_or_else(|| ApiError::field("id", "required"))?;
        let mut edit = open
            .edit("plan_publish", &self.plan_name(id).await?, self.now())
            .await?;
        let versions = plans::versions(&mut edit).await?;
        let own = || versions.iter().filter(|version| version.plan == id);
        let draft = own().find(|version| version.published_at.is_none());
        let mut draft = draft
            .cloned()
            .ok_or_else(|| ApiError::refused("no_draft"))?;
        // A meter may have been changed since the draft was saved.
        let unfit = check::fit(&draft.terms, &meters::list(&mut edit).await?);
        if !unfit.is_empty() {
            return Err(ApiError::invalid(unfit));
        }
        if draft.terms.charges.is_empty() {
            return Err(ApiError::field("charges", "required"));
        }
        draft.published_at = Some(self.now());
        plans::save_version(&mut edit, &draft).await?;
        if let Some(from) = from {
            let old: Vec<PlanVersionId> = own()
                .filter(|version| version.id != draft.id)
                .map(|version| version.id)
                .collect();
            self.move_subscriptions(&mut edit, &old, draft.id, from)
                .await?;
        }
        edit.finish().await?;
        Ok(PlanSaveReply { id: id.to_string() })
    }

    async fn plan_name(&self, id: PlanId) -> ApiResult<String> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let plans = plans::list(&mut read).await?;
        let plan = plans.into_iter().find(|plan| plan.id == id);
        plan.map(|plan| plan.name)
            .ok_or_else(|| ApiError::not_found("plan", &id.to_string()))
    }

    /// Customers of older versions go on on the new one: the old subscription ends the day before.
    async fn move_subscriptions(
        &self,
        edit: &mut SqliteConnection,
        old: &[PlanVersionId],
        new: PlanVersionId,
        from: Date,
    ) -> ApiResult<()> {
        let before = from
            .pred_opt()
            .ok_or_else(|| ApiError::field("moveFrom", "not_a_date"))?;
        let mut ids = self.ids();
        for mut subscription in subscriptions::list(edit).await? {
            let runs = subscription.ends_on.is_none_or(|last| last >= from);
            if !old.contains(&subscription.plan_version) || !runs {
                continue;
            }
            if subscription.starts_on >= from {
                subscription.plan_version = new;
                subscriptions::save(edit, &subscription).await?;
                continue;
            }
            // The same deal goes on: its periods keep their days, and nothing is charged twice.
            let agreed = Agreed {
                since: Some(subscription.began_on()),
                ..subscription.agreed.clone()
            };
            let next = Subscription {
                id: SubscriptionId::new(&mut ids),
                plan_version: new,
                starts_on: from,
                agreed,
                ..subscription.clone()
            };
            subscription.ends_on = Some(before);
            subscriptions::save(edit, &subscription).await?;
            subscriptions::save(edit, &next).await?;
        }
        Ok(())
    }
}

/// Faults of terms, at the fields of the request.
fn terms_issues(terms: &PlanTerms, meters: &[Meter]) -> Vec<Issue> {
    let mut issues = check::terms(terms);
    issues.extend(check::fit(terms, meters));
    let at = |issue: Issue| {
        if issue.path.starts_with("charges") {
            return issue;
        }
        Issue {
            path: format!("terms.{}", issue.path),
            ..issue
        }
    };
    issues.into_iter().map(at).collect()
}

async fn save_draft(
    edit: &mut SqliteConnection,
    plan: PlanId,
    terms: PlanTerms,
    fresh: PlanVersionId,
) -> ApiResult<()> {
    let versions = plans::versions(edit).await?;
    let own = || versions.iter().filter(|version| version.plan == plan);
    let draft = own().find(|version| version.published_at.is_none());
    let next = own()
        .map(|version| version.number)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let draft = match draft {
        Some(draft) => PlanVersion {
            terms,
            ..draft.clone()
        },
        None => PlanVersion {
            id: fresh,
            plan,
            number: next,
            terms,
            published_at: None,
        },
    };
    Ok(plans::save_version(edit, &draft).await?)
}

fn describe(version: &PlanVersion, all: &[Subscription], today: Date) -> PlanVersionText {
    let on_it = all.iter().filter(|subscription| {
        subscription.plan_version == version.id
            && subscription.ends_on.is_none_or(|last| last >= today)
    });
    PlanVersionText {
        id: version.id.to_string(),
        number: version.number,
        currency: version.terms.currency.to_string(),
        terms: write_terms(&version.terms),
        charges: version.terms.charges.iter().map(write_charge).collect(),
        published_at: version.published_at.map(|at| at.to_string()),
        customers: Count(u64::try_from(on_it.count()).unwrap_or(u64::MAX)),
    }
}
