use crate::app::App;
use crate::convert::{Reader, read_customer, read_subscription, write_agreed, write_customer};
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::wire::{
    Count, CustomerGetReply, CustomerGetRequest, CustomerListReply, CustomerListRequest,
    CustomerMonth, CustomerName, CustomerNamesReply, CustomerRow, CustomerSaveReply,
    CustomerSaveRequest, InvoiceRow, Nothing, SubscriptionRemoveRequest, SubscriptionSaveReply,
    SubscriptionSaveRequest, SubscriptionText,
};
use ratebook_catalog::{
    Customer, CustomerId, Issue, PlanTerms, Subscription, SubscriptionId, check,
};
use ratebook_money::Date;
use ratebook_store::{customers, subscriptions};

/// Months of history on a customer's page.
const MONTHS: usize = 12;

impl App {
    /// Customers with their month.
    pub async fn customer_list(
        &self,
        request: CustomerListRequest,
    ) -> ApiResult<CustomerListReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let month = snapshot.month_or_usual(request.month.as_deref())?;
        let (snapshot, drafts) = self.month_drafts(&open, month).await?;
        let search = request.search.trim().to_lowercase();
        let today = snapshot.company.zone.date_of(self.now());
        let mut rows = Vec::new();
        for customer in &snapshot.customers {
            if (customer.archived && !request.archived) || !matches(customer, &search) {
                continue;
            }
            let draft = drafts
                .customers
                .iter()
                .find(|draft| draft.customer == customer.id);
            let (row, requests) = match draft {
                Some(draft) => (
                    Some(self.invoice_row(&open, &snapshot, draft, month).await?),
                    self.requests(&open, draft).await?,
                ),
                None => (None, 0),
            };
            let plan = snapshot
                .subscriptions_of(customer.id)
                .rfind(|subscription| {
                    subscription.starts_on <= today
                        && subscription.ends_on.is_none_or(|last| last >= today)
                });
            let plan = plan.and_then(|subscription| snapshot.plan_of(subscription));
            rows.push(CustomerRow {
                id: customer.id.to_string(),
                number: customer.number.clone(),
                name: customer.name.clone(),
                country: customer.address.country.clone(),
                plan: plan.map(|(plan, _)| plan.name.clone()),
                revenue: row.as_ref().map(|row| row.net.clone()),
                cost: row.as_ref().and_then(|row| row.cost.clone()),
                margin: row.as_ref().and_then(|row| row.margin.clone()),
                requests: Count(requests),
                held: row.is_some_and(|row| !row.held.is_empty()),
                archived: customer.archived,
            });
        }
        Ok(CustomerListReply {
            rows,
            month: Some(month.to_string()),
        })
    }

    /// All customers by name.
    pub async fn customer_names(&self, _: Nothing) -> ApiResult<CustomerNamesReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let rows = snapshot.customers.iter().map(|customer| CustomerName {
            id: customer.id.to_string(),
            number: customer.number.clone(),
            name: customer.name.clone(),
            archived: customer.archived,
        });
        Ok(CustomerNamesReply {
            rows: rows.collect(),
        })
    }

    /// One customer with what belongs to it.
    pub async fn customer_get(&self, request: CustomerGetRequest) -> ApiResult<CustomerGetReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let id = CustomerId::parse(&request.id)
            .map_err(|_| ApiError::not_found("customer", &request.id))?;
        let customer = snapshot
            .customer(id)
            .ok_or_else(|| ApiError::not_found("customer", &request.id))?
            .clone();
        let mut invoices: Vec<InvoiceRow> = Vec::new();
        let mut months: Vec<CustomerMonth> = Vec::new();
        for month in snapshot.months.iter().take(MONTHS) {
            let (snapshot, drafts) = self.month_drafts(&open, *month).await?;
            let Some(draft) = drafts.customers.iter().find(|draft| draft.customer == id) else {
                continue;
            };
            let row = self.invoice_row(&open, &snapshot, draft, *month).await?;
            months.push(CustomerMonth {
                month: month.to_string(),
                revenue: row.net.clone(),
                cost: row.cost.clone(),
                margin: row.margin.clone(),
            });
            invoices.push(row);
        }
        months.reverse();
        let own = snapshot.subscriptions_of(id).rev();
        Ok(CustomerGetReply {
            customer: write_customer(&customer),
            subscriptions: own
                .map(|subscription| describe(&snapshot, subscription))
                .collect(),
            invoices,
            months,
        })
    }

    /// Saves a customer.
    pub async fn customer_save(
        &self,
        request: CustomerSaveRequest,
    ) -> ApiResult<CustomerSaveReply> {
        let open = self.book().await?;
        let mut reader = Reader::default();
        let id = match request.customer.id.as_str() {
            "" => Some(CustomerId::new(&mut self.ids())),
            id => reader.keep("id", CustomerId::parse(id)),
        };
        let mut customer = id.and_then(|id| read_customer(&mut reader, &request.customer, id));
        if let Some(customer) = &mut customer {
            if customer.number.is_empty() {
                let snapshot = self.snapshot(&open).await?;
                customer.number = next_number(&snapshot);
            }
            reader.faults(check::customer(customer));
        }
        let customer: Option<Customer> = reader.done(customer)?;
        let customer = customer.ok_or_else(|| ApiError::field("id", "required"))?;
        let mut edit = open
            .edit("customer_save", &customer.name, self.now())
            .await?;
        customers::save(&mut edit, &customer).await?;
        edit.finish().await?;
        Ok(CustomerSaveReply {
            id: customer.id.to_string(),
        })
    }

    /// Puts a customer on a plan, or changes since when and until when.
    pub async fn subscription_save(
        &self,
        request: SubscriptionSaveRequest,
    ) -> ApiResult<SubscriptionSaveReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let subscription = self.read_checked(&snapshot, &request.subscription)?;
        let name = snapshot
            .customer(subscription.customer)
            .map(|c| c.name.clone());
        let name = name.unwrap_or_default();
        let mut edit = open.edit("subscription_save", &name, self.now()).await?;
        subscriptions::save(&mut edit, &subscription).await?;
        edit.finish().await?;
        Ok(SubscriptionSaveReply {
            id: subscription.id.to_string(),
        })
    }

    /// Reads a subscription; every fault of it, each at its field.
    pub(crate) fn read_checked(
        &self,
        snapshot: &Snapshot,
        text: &SubscriptionText,
    ) -> ApiResult<Subscription> {
        let mut reader = Reader::default();
        let fresh = SubscriptionId::new(&mut self.ids());
        let currency = snapshot.plan_currency(&text.plan_version_id);
        let subscription = read_subscription(&mut reader, text, fresh, currency);
        if let Some(subscription) = &subscription {
            reader.faults(faults(snapshot, subscription));
        }
        let subscription = reader.done(subscription)?;
        subscription.ok_or_else(|| ApiError::field("id", "required"))
    }

    /// Takes a subscription away that no final invoice used.
    pub async fn subscription_remove(
        &self,
        request: SubscriptionRemoveRequest,
    ) -> ApiResult<SubscriptionSaveReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let id = SubscriptionId::parse(&request.id)
            .map_err(|_| ApiError::not_found("subscription", &request.id))?;
        let subscription = snapshot.subscriptions.iter().find(|s| s.id == id);
        let subscription =
            subscription.ok_or_else(|| ApiError::not_found("subscription", &request.id))?;
        let billed = snapshot.invoices.iter().any(|head| {
            head.customer == subscription.customer
                && snapshot.company.zone.date_of(head.period.to) >= subscription.starts_on
        });
        if billed {
            return Err(ApiError::refused("subscription_was_billed"));
        }
        let name = snapshot.subscriber_name(id).unwrap_or_default();
        let mut edit = open.edit("subscription_remove", &name, self.now()).await?;
        subscriptions::delete(&mut edit, id).await?;
        edit.finish().await?;
        Ok(SubscriptionSaveReply { id: request.id })
    }
}

fn faults(snapshot: &Snapshot, subscription: &Subscription) -> Vec<Issue> {
    let mut issues = Vec::new();
    let version = snapshot.versions.get(&subscription.plan_version);
    let customer = snapshot.customer(subscription.customer);
    match (version, customer) {
        (Some(version), Some(customer)) => {
            issues.extend(check::subscription(subscription, &version.terms));
            let agreed = &subscription.agreed.overrides;
            let meters = &snapshot.meters;
            let unfit = check::fit_changes(&version.terms, agreed, meters, "overrides");
            issues.extend(unfit);
            issues.extend(base_plan(snapshot, subscription, &version.terms));
            if version.published_at.is_none() {
                issues.push(Issue::new("planVersionId", "not_published"));
            }
            if version.terms.currency != customer.currency {
                let issue = Issue::new("planVersionId", "other_currency");
                let issue = issue.with("plan", version.terms.currency);
                issues.push(issue.with("customer", customer.currency));
            }
        }
        (None, _) => issues.push(Issue::new("planVersionId", "unknown")),
        (_, None) => issues.push(Issue::new("customerId", "unknown")),
    }
    issues
}

/// An add-on needs another plan of the same customer on each of its days.
fn base_plan(snapshot: &Snapshot, own: &Subscription, terms: &PlanTerms) -> Option<Issue> {
    if !terms.add_on {
        return None;
    }
    let is_base = |other: &&Subscription| {
        let plan = snapshot.plan_of(other);
        other.id != own.id && plan.is_some_and(|(_, version)| !version.terms.add_on)
    };
    let last = own.ends_on.unwrap_or(Date::MAX);
    let mut day = own.starts_on;
    loop {
        let mut bases = snapshot.subscriptions_of(own.customer).filter(is_base);
        let covers = |other: &Subscription| {
            other.starts_on <= day && other.ends_on.is_none_or(|end| day <= end)
        };
        let Some(base) = bases.find(|other| covers(other)) else {
            return Some(Issue::new("planVersionId", "needs_base_plan").with("day", day));
        };
        match base.ends_on.filter(|end| *end < last) {
            Some(end) => day = end.succ_opt()?,
            None => return None,
        }
    }
}

fn describe(snapshot: &Snapshot, subscription: &Subscription) -> SubscriptionText {
    let plan = snapshot.plan_of(subscription);
    SubscriptionText {
        id: subscription.id.to_string(),
        customer_id: subscription.customer.to_string(),
        plan_version_id: subscription.plan_version.to_string(),
        plan_id: plan
            .map(|(plan, _)| plan.id.to_string())
            .unwrap_or_default(),
        plan_name: plan.map(|(plan, _)| plan.name.clone()).unwrap_or_default(),
        version: plan.map(|(_, version)| version.number).unwrap_or_default(),
        starts_on: subscription.starts_on.to_string(),
        ends_on: subscription.ends_on.map(|day| day.to_string()),
        agreed: write_agreed(&subscription.agreed),
    }
}

fn matches(customer: &Customer, search: &str) -> bool {
    search.is_empty()
        || customer.name.to_lowercase().contains(search)
        || customer.number.to_lowercase().contains(search)
        || customer
            .aliases
            .iter()
            .any(|alias| alias.to_lowercase().contains(search))
}

/// `C-1001` and so on: one more than the largest number of that form.
fn next_number(snapshot: &Snapshot) -> String {
    let used = snapshot.customers.iter();
    let used = used.filter_map(|c| c.number.strip_prefix("C-")?.parse::<u64>().ok());
    let next = used.max().unwrap_or(1_000).saturating_add(1);
    format!("C-{next}")
}
