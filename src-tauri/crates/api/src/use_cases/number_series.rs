//! How invoices and credit notes are numbered: one gapless series per kind and text around the
//! counter. A template never gives a number that another document has.

use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::use_cases::companies::load;
use crate::wire::{Nothing, NumberSeriesReply, NumberSeriesRequest, NumberSeriesText};
use chrono::Datelike;
use ratebook_catalog::{Company, Issue, NumberSeries, NumberTemplate, number_series};
use ratebook_invoicing::{number, series_key};
use ratebook_store::invoices::peek_counter;
use ratebook_store::{SqliteConnection, company, numbers};

impl App {
    /// The series, and the number that comes next in each.
    pub async fn number_series_get(&self, _: Nothing) -> ApiResult<NumberSeriesReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let company = load(&mut read).await?;
        let credit_notes = numbers::of_credit_notes(&mut read, &company.series).await?;
        let own = (&company.series, &credit_notes);
        reply(&mut read, own, self.year(&company)).await
    }

    /// The numbers that other templates would give next; refuses what saving would refuse.
    pub async fn number_series_try(
        &self,
        request: NumberSeriesRequest,
    ) -> ApiResult<NumberSeriesReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let year = self.year(&load(&mut read).await?);
        let (invoices, credit_notes) = checked(&mut read, &request, year).await?;
        reply(&mut read, (&invoices, &credit_notes), year).await
    }

    /// Saves the templates, as one undo step. Numbers that were given stay as they are.
    pub async fn number_series_save(
        &self,
        request: NumberSeriesRequest,
    ) -> ApiResult<NumberSeriesReply> {
        let open = self.book().await?;
        let mut edit = open.edit("number_series_save", "", self.now()).await?;
        let before = load(&mut edit).await?;
        let year = self.year(&before);
        let (invoices, credit_notes) = checked(&mut edit, &request, year).await?;
        let changed = Company {
            series: invoices.clone(),
            ..before
        };
        company::save(&mut edit, &changed).await?;
        numbers::save_of_credit_notes(&mut edit, &credit_notes).await?;
        let reply = reply(&mut edit, (&invoices, &credit_notes), year).await?;
        edit.finish().await?;
        Ok(reply)
    }

    fn year(&self, company: &Company) -> i32 {
        company.zone.date_of(self.now()).year()
    }
}

/// Both series, or every fault of them.
async fn checked(
    read: &mut SqliteConnection,
    request: &NumberSeriesRequest,
    year: i32,
) -> ApiResult<(NumberSeries, NumberSeries)> {
    let series = |text: &NumberSeriesText, path: &str| {
        let paths = (format!("{path}.template"), format!("{path}.first"));
        number_series(&text.template, u64::from(text.first), (&paths.0, &paths.1))
    };
    let invoices = series(&request.invoice, "invoice");
    let credit_notes = series(&request.credit_note, "creditNote");
    let (invoices, credit_notes) = match (invoices, credit_notes) {
        (Ok(invoices), Ok(credit_notes)) => (invoices, credit_notes),
        (left, right) => {
            let faults = [left.err(), right.err()].into_iter().flatten().flatten();
            return Err(ApiError::invalid(faults.collect()));
        }
    };
    let mut issues = Vec::new();
    if series_key(&invoices, year) == series_key(&credit_notes, year) {
        issues.push(Issue::new("creditNote.template", "same_as_invoices"));
    }
    for (own, path) in [(&invoices, "invoice"), (&credit_notes, "creditNote")] {
        if let Some(number) = numbers::taken(read, own, year).await? {
            let issue = Issue::new(format!("{path}.template"), "number_taken");
            issues.push(issue.with("number", number));
        }
    }
    if issues.is_empty() {
        Ok((invoices, credit_notes))
    } else {
        Err(ApiError::invalid(issues))
    }
}

async fn reply(
    read: &mut SqliteConnection,
    (invoices, credit_notes): (&NumberSeries, &NumberSeries),
    year: i32,
) -> ApiResult<NumberSeriesReply> {
    let next_invoice = peek_counter(read, invoices, year).await?;
    let next_credit_note = peek_counter(read, credit_notes, year).await?;
    Ok(NumberSeriesReply {
        invoice: text(invoices),
        next_invoice: number(invoices, next_invoice, year),
        credit_note: text(credit_notes),
        next_credit_note: number(credit_notes, next_credit_note, year),
    })
}

fn text(series: &NumberSeries) -> NumberSeriesText {
    NumberSeriesText {
        template: NumberTemplate::of(series).text(),
        first: u32::try_from(series.first).unwrap_or(u32::MAX),
    }
}
