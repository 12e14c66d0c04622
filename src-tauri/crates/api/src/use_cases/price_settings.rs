//! Rules of the price book itself, which a person sets once.

use crate::app::App;
use crate::error::ApiResult;
use crate::wire::{Nothing, PriceSettingsReply, PriceSettingsSaveRequest};
use ratebook_store::{SqliteConnection, settings};

const BELOW_COST_BLOCKS: &str = "price_below_cost_blocks";

impl App {
    /// The rules of the price book.
    pub async fn price_settings_get(&self, _: Nothing) -> ApiResult<PriceSettingsReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        reply(&mut read).await
    }

    /// Saves them, as one undo step.
    pub async fn price_settings_save(
        &self,
        request: PriceSettingsSaveRequest,
    ) -> ApiResult<PriceSettingsReply> {
        let open = self.book().await?;
        let mut edit = open.edit("price_settings_save", "", self.now()).await?;
        settings::set(&mut edit, BELOW_COST_BLOCKS, &request.below_cost_blocks).await?;
        let reply = reply(&mut edit).await?;
        edit.finish().await?;
        Ok(reply)
    }
}

async fn reply(read: &mut SqliteConnection) -> ApiResult<PriceSettingsReply> {
    Ok(PriceSettingsReply {
        below_cost_blocks: below_cost_blocks(read).await?,
    })
}

/// Whether a price below cost may not be published; it may where nobody said anything.
pub(crate) async fn below_cost_blocks(read: &mut SqliteConnection) -> ApiResult<bool> {
    let set = settings::get(read, BELOW_COST_BLOCKS).await?;
    Ok(set.unwrap_or(false))
}
