use crate::app::{App, OpenBook};
use crate::convert::Reader;
use crate::error::{ApiError, ApiResult};
use crate::snapshot::Snapshot;
use crate::use_cases::papers::write_whole;
use crate::wire::{
    AccountSum, AccountText, AccountingExportReply, AccountingExportRequest, AccountingFormat,
    AccountingPreviewReply, AccountingRequest, AccountingSaveRequest, AccountingSettings, Nothing,
};
use ratebook_catalog::{GrantKind, Issue};
use ratebook_invoicing::InvoiceStatus;
use ratebook_invoicing::journal::{
    self, Chart, CreditMove, DatevFault, DatevHead, Entry, EntryKind, Format, Party, Role, TaxRate,
};
use ratebook_money::{Currency, Date, Money};
use ratebook_store::credits::{self, LedgerAccount};
use ratebook_store::{SqliteConnection, credit_notes, invoices, payments, settings, write_offs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

const SETTING: &str = "accounting";

/// Accounts as the book keeps them: only those that differ from the defaults.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Stored {
    v: u32,
    accounts: BTreeMap<String, String>,
    datev_accounts: BTreeMap<String, String>,
    datev_adviser: u32,
    datev_client: u32,
    datev_digits: u32,
    year_begins: u32,
}

impl Stored {
    fn usual() -> Self {
        Self {
            v: 1,
            accounts: BTreeMap::new(),
            datev_accounts: BTreeMap::new(),
            datev_adviser: 1_001,
            datev_client: 1,
            datev_digits: 4,
            year_begins: 1,
        }
    }

    fn text(&self) -> Chart {
        Chart::of_text().with(&self.accounts)
    }

    fn datev(&self) -> Chart {
        Chart::of_skr03().with(&self.datev_accounts)
    }
}

impl App {
    /// The accounts that entries are booked on.
    pub async fn accounting_get(&self, _: Nothing) -> ApiResult<AccountingSettings> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let stored = load(&mut read).await?;
        Ok(AccountingSettings {
            accounts: listed(&stored.text()),
            datev_accounts: listed(&stored.datev()),
            datev_adviser: stored.datev_adviser,
            datev_client: stored.datev_client,
            datev_digits: stored.datev_digits,
            year_begins: stored.year_begins,
        })
    }

    /// Saves the accounts.
    pub async fn accounting_save(
        &self,
        request: AccountingSaveRequest,
    ) -> ApiResult<AccountingSettings> {
        let open = self.book().await?;
        let wanted = stored(&request.settings)?;
        let mut edit = open.edit("accounting_save", "", self.now()).await?;
        settings::set(&mut edit, SETTING, &wanted).await?;
        edit.finish().await?;
        self.accounting_get(Nothing {}).await
    }

    /// What would be handed over, by account.
    pub async fn accounting_preview(
        &self,
        request: AccountingRequest,
    ) -> ApiResult<AccountingPreviewReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let entries = entries(&open, &snapshot, &asked(&request)?).await?;
        let mut read = open.read().await?;
        let chart = load(&mut read).await?.text();
        let mut sums: BTreeMap<(Role, Currency), Money> = BTreeMap::new();
        for entry in &entries {
            for (role, amount) in entry.postings()? {
                let zero = Money::zero(amount.currency());
                let sum = sums.entry((role, amount.currency())).or_insert(zero);
                *sum = sum.plus(amount)?;
            }
        }
        let sums = sums.into_iter().map(|((role, _), sum)| AccountSum {
            account: chart.account(&role).to_owned(),
            role: role_word(&role),
            sum: sum.into(),
        });
        Ok(AccountingPreviewReply {
            entries: u32::try_from(entries.len()).unwrap_or(u32::MAX),
            sums: sums.collect(),
        })
    }

    /// Writes what was booked into a file for accounting.
    pub async fn accounting_export(
        &self,
        request: AccountingExportRequest,
    ) -> ApiResult<AccountingExportReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let asked = asked(&request.what)?;
        let entries = entries(&open, &snapshot, &asked).await?;
        let mut read = open.read().await?;
        let settings = load(&mut read).await?;
        let text = |format| journal::write(&entries, &settings.text(), format);
        let bytes = match request.format {
            AccountingFormat::Hledger => text(Format::Hledger)?.into_bytes(),
            AccountingFormat::Beancount => text(Format::Beancount)?.into_bytes(),
            AccountingFormat::Csv => text(Format::Csv)?.into_bytes(),
            AccountingFormat::Datev => {
                let head = DatevHead {
                    adviser: settings.datev_adviser,
                    client: settings.datev_client,
                    digits: u8::try_from(settings.datev_digits).unwrap_or(4),
                    year_begins: u8::try_from(settings.year_begins).unwrap_or(1),
                    days: (asked.first, asked.last),
                    made: self.now(),
                };
                let written = journal::datev(&entries, &settings.datev(), head)?;
                written
                    .map_err(|faults| ApiError::invalid(faults.iter().map(datev_issue).collect()))?
            }
        };
        write_whole(Path::new(&request.path), &bytes)?;
        Ok(AccountingExportReply {
            path: request.path,
            entries: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        })
    }
}

async fn load(read: &mut SqliteConnection) -> ApiResult<Stored> {
    let stored = settings::get(read, SETTING).await?;
    Ok(stored.unwrap_or_else(Stored::usual))
}

fn listed(chart: &Chart) -> Vec<AccountText> {
    let accounts = chart.accounts().map(|(role, account)| AccountText {
        role: role.to_owned(),
        account: account.to_owned(),
    });
    accounts.collect()
}

/// What differs from the defaults, with every fault at once.
fn stored(wanted: &AccountingSettings) -> ApiResult<Stored> {
    let mut issues = Vec::new();
    let mut own = |field: &str, accounts: &[AccountText], usual: Chart| {
        let usual: BTreeMap<&str, &str> = usual.accounts().collect();
        let mut own = BTreeMap::new();
        for (index, AccountText { role, account }) in accounts.iter().enumerate() {
            let account = account.trim();
            if !Chart::knows(role) {
                let issue = Issue::new(format!("{field}[{index}].role"), "unknown");
                issues.push(issue.with("value", role));
            }
            if account.contains(['\n', ';', '"']) || account.contains("  ") {
                let issue = Issue::new(format!("{field}[{index}].account"), "not_an_account");
                issues.push(issue.with("value", account));
            }
            if !account.is_empty() && usual.get(role.as_str()) != Some(&account) {
                own.insert(role.clone(), account.to_owned());
            }
        }
        own
    };
    let accounts = own("accounts", &wanted.accounts, Chart::of_text());
    let datev_accounts = own("datevAccounts", &wanted.datev_accounts, Chart::of_skr03());
    let ranges = [
        ("datevAdviser", wanted.datev_adviser, 1_001..=9_999_999),
        ("datevClient", wanted.datev_client, 1..=99_999),
        ("datevDigits", wanted.datev_digits, 4..=8),
        ("yearBegins", wanted.year_begins, 1..=12),
    ];
    for (field, value, range) in ranges {
        if !range.contains(&value) {
            issues.push(Issue::new(field, "out_of_range").with("value", value));
        }
    }
    match issues.is_empty() {
        false => Err(ApiError::invalid(issues)),
        true => Ok(Stored {
            v: 1,
            accounts,
            datev_accounts,
            datev_adviser: wanted.datev_adviser,
            datev_client: wanted.datev_client,
            datev_digits: wanted.datev_digits,
            year_begins: wanted.year_begins,
        }),
    }
}

/// Days and currency of a hand-over.
struct Asked {
    first: Date,
    last: Date,
    currency: Option<Currency>,
}

impl Asked {
    fn wants(&self, entry: &Entry) -> bool {
        let amount = entry.legs.first().map(|(_, amount)| amount.currency());
        let of_currency = self.currency.is_none_or(|wanted| amount == Some(wanted));
        of_currency && (self.first..=self.last).contains(&entry.day)
    }
}

fn asked(request: &AccountingRequest) -> ApiResult<Asked> {
    let mut reader = Reader::default();
    let first = reader.date("from", &request.from);
    let last = reader.date("to", &request.to);
    let currency = reader.optional_currency("currency", request.currency.as_deref());
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        reader.fault(Issue::new("to", "before_start").with("start", first));
    }
    let (first, last) = reader.done((first, last))?;
    let absent = |field| ApiError::field(field, "not_a_date");
    Ok(Asked {
        first: first.ok_or_else(|| absent("from"))?,
        last: last.ok_or_else(|| absent("to"))?,
        currency,
    })
}

/// All entries of these days, by day and document.
async fn entries(open: &OpenBook, snapshot: &Snapshot, asked: &Asked) -> ApiResult<Vec<Entry>> {
    let mut read = open.read().await?;
    let mut all = Vec::new();
    for head in snapshot.invoices.iter().rev() {
        let stored = invoices::get(&mut read, head.id).await?;
        let entry = journal::invoice(&stored.invoice)?;
        let party = entry.party.clone();
        if head.status == InvoiceStatus::Void {
            let (at, reason) = invoices::voided(&mut read, head.id).await?;
            let day = snapshot.company.zone.date_of(at);
            all.push(entry.reversed(day, EntryKind::Void, &reason)?);
        }
        all.push(entry);
        for stored in credit_notes::of_invoice(&mut read, head.id).await? {
            all.push(journal::credit_note(&stored.note)?);
        }
        for payment in payments::of_invoice(&mut read, head.id).await? {
            let money = (payment.received_on, payment.amount);
            let of = (head.number.as_str(), party.clone());
            all.push(journal::payment(money, of, &payment.reference)?);
        }
        for given_up in write_offs::of_invoice(&mut read, head.id).await? {
            let money = (given_up.decided_on, given_up.amount);
            let of = (head.number.as_str(), party.clone());
            all.push(journal::write_off(money, of, &given_up.reason)?);
        }
    }
    all.extend(prepaid(&mut read, snapshot).await?);
    all.retain(|entry| asked.wants(entry));
    all.sort_by(|a, b| {
        let key = |entry: &Entry| (entry.day, entry.kind, entry.document.clone());
        key(a).cmp(&key(b))
    });
    Ok(all)
}

/// What happened to credit that was paid for, beside its use by invoices.
async fn prepaid(read: &mut SqliteConnection, snapshot: &Snapshot) -> ApiResult<Vec<Entry>> {
    use LedgerAccount::{Expired, Grant, Issued, Used, Voided};
    let mut all = Vec::new();
    for customer in &snapshot.customers {
        let mut paid = Vec::new();
        for entry in credits::entries(read, customer.id).await? {
            if !paid.iter().any(|(grant, _)| *grant == entry.grant) {
                let state = credits::get(read, entry.grant).await?;
                paid.push((entry.grant, state.stored.grant.kind == GrantKind::Paid));
            }
            let is_paid = paid
                .iter()
                .any(|(grant, paid)| *grant == entry.grant && *paid);
            let of = match (entry.from, entry.to) {
                (Issued, Grant) => CreditMove::Sold,
                (Grant, Voided) => CreditMove::TakenBack,
                (Grant | Used, Expired) => CreditMove::Expired,
                (Expired, Used) => CreditMove::Revived,
                (_, _) => continue,
            };
            if is_paid {
                let money = (snapshot.company.zone.date_of(entry.at), entry.amount);
                all.push(journal::credit(
                    money,
                    (of, Party::of(customer)),
                    &entry.note,
                )?);
            }
        }
    }
    Ok(all)
}

fn role_word(role: &Role) -> String {
    match role {
        Role::Receivable => "receivable".to_owned(),
        Role::Bank => "bank".to_owned(),
        Role::Fees => "fees".to_owned(),
        Role::Models => "models".to_owned(),
        Role::Meters => "meters".to_owned(),
        Role::OneOff => "one_off".to_owned(),
        Role::Minimum => "minimum".to_owned(),
        Role::Tax(TaxRate(rate)) => format!("tax {rate}"),
        Role::Prepaid => "prepaid".to_owned(),
        Role::PrepaidSales => "prepaid_sales".to_owned(),
        Role::Promotional => "promotional".to_owned(),
        Role::Expired => "expired".to_owned(),
        Role::Losses => "losses".to_owned(),
    }
}

fn datev_issue(fault: &DatevFault) -> Issue {
    match fault {
        DatevFault::TwoYears => Issue::new("to", "datev_two_years"),
        DatevFault::Currency { document, currency } => Issue::new("currency", "datev_currency")
            .with("value", document)
            .with("currency", currency),
        DatevFault::Account { account } => {
            Issue::new("datevAccounts", "datev_account").with("value", account)
        }
    }
}
