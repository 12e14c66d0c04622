//! Rules for invoices, which a person sets once.

use crate::app::App;
use crate::convert::Reader;
use crate::error::ApiResult;
use crate::wire::{DecimalString, InvoiceSettingsReply, InvoiceSettingsSaveRequest, Nothing};
use ratebook_catalog::Issue;
use ratebook_money::parse_decimal;
use ratebook_store::{SqliteConnection, StoreError, StoreResult, settings};
use rust_decimal::Decimal;

const MARGIN_GUARD: &str = "invoice_margin_guard";

impl App {
    /// The rules.
    pub async fn invoice_settings_get(&self, _: Nothing) -> ApiResult<InvoiceSettingsReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        reply(&mut read).await
    }

    /// Saves them, as one undo step.
    pub async fn invoice_settings_save(
        &self,
        request: InvoiceSettingsSaveRequest,
    ) -> ApiResult<InvoiceSettingsReply> {
        let mut reader = Reader::default();
        let guard = reader.optional_decimal("marginGuard", request.margin_guard.as_ref());
        if let Some(guard) = guard {
            if guard.abs() > Decimal::ONE_HUNDRED {
                let issue = Issue::new("marginGuard", "out_of_range");
                reader.fault(issue.with("least", -100).with("most", 100));
            }
            if guard.normalize().scale() > 1 {
                let issue = Issue::new("marginGuard", "too_precise").with("value", guard);
                reader.fault(issue.with("places", 1));
            }
        }
        let guard = reader.done(guard)?;
        let open = self.book().await?;
        let mut edit = open.edit("invoice_settings_save", "", self.now()).await?;
        match guard {
            Some(guard) => {
                let text = guard.normalize().to_string();
                settings::set(&mut edit, MARGIN_GUARD, &text).await?;
            }
            None => settings::remove(&mut edit, MARGIN_GUARD).await?,
        }
        let reply = reply(&mut edit).await?;
        edit.finish().await?;
        Ok(reply)
    }
}

async fn reply(read: &mut SqliteConnection) -> ApiResult<InvoiceSettingsReply> {
    let guard = guard(read).await?;
    Ok(InvoiceSettingsReply {
        margin_guard: guard.map(|guard| DecimalString(guard.to_string())),
    })
}

/// The least margin of an invoice in percent; nothing where none was set.
pub(crate) async fn guard(read: &mut SqliteConnection) -> StoreResult<Option<Decimal>> {
    let text: Option<String> = settings::get(read, MARGIN_GUARD).await?;
    let guard = text.map(|text| parse_decimal(&text));
    guard.transpose().map_err(|_| StoreError::Corrupt {
        table: "setting",
        id: MARGIN_GUARD.to_owned(),
        column: "value",
    })
}
