use crate::app::App;
use crate::convert::{Reader, read_company, write_company};
use crate::error::{ApiError, ApiResult};
use crate::wire::{
    BookReply, CompanyReply, CompanySaveRequest, CustomerTax, DecimalString, Nothing, TaxKind,
};
use chrono::Datelike;
use ratebook_catalog::Company;
use ratebook_invoicing::number;
use ratebook_store::{SqliteConnection, company, invoices};

impl App {
    /// The company.
    pub async fn company_get(&self, _: Nothing) -> ApiResult<CompanyReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        let company = load(&mut read).await?;
        let next_number = self.next_number(&mut read, &company).await?;
        let vat = crate::choices::usual(&company.address.country).vat;
        Ok(CompanyReply {
            next_number,
            usual_tax: vat.map(|percent| CustomerTax {
                kind: TaxKind::Rate,
                percent: Some(DecimalString(percent.to_owned())),
                reason: None,
            }),
            company: write_company(&company),
        })
    }

    /// Saves the company.
    pub async fn company_save(&self, request: CompanySaveRequest) -> ApiResult<BookReply> {
        let mut reader = Reader::default();
        let company = read_company(&mut reader, &request.company);
        if let Some(company) = &company {
            reader.faults(ratebook_catalog::check::company(company));
        }
        let company = reader
            .done(company)?
            .ok_or_else(|| ApiError::internal("company"))?;
        let open = self.book().await?;
        let mut edit = open.edit("company_save", &company.name, self.now()).await?;
        company::save(&mut edit, &company).await?;
        edit.finish().await?;
        self.book_reply().await
    }

    /// The number that the next invoice would get today.
    pub(crate) async fn next_number(
        &self,
        read: &mut SqliteConnection,
        company: &Company,
    ) -> ApiResult<String> {
        let year = company.zone.date_of(self.now()).year();
        let counter = invoices::peek_counter(read, &company.series, year).await?;
        Ok(number(&company.series, counter, year))
    }
}

/// The company; every book has one from its first moment.
pub(crate) async fn load(read: &mut SqliteConnection) -> ApiResult<Company> {
    company::load(read)
        .await?
        .ok_or_else(|| ApiError::not_found("company", ""))
}
