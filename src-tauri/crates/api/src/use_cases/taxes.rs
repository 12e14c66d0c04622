use crate::app::App;
use crate::choices::usual;
use crate::error::ApiResult;
use crate::wire::{CustomerTax, DecimalString, TaxKind, TaxProposeReply, TaxProposeRequest};
use ratebook_catalog::tax_rule::{ProposedTax, TaxParty, propose};

impl App {
    /// How a customer is usually taxed, and why. Nothing is saved.
    pub async fn tax_propose(&self, request: TaxProposeRequest) -> ApiResult<TaxProposeReply> {
        let open = self.book().await?;
        let snapshot = self.snapshot(&open).await?;
        let company = &snapshot.company;
        let seller_country = company.address.country.clone();
        let seller = TaxParty {
            country: &seller_country,
            tax_id: &company.tax_id,
        };
        let buyer = TaxParty {
            country: request.country.trim(),
            tax_id: request.tax_id.trim(),
        };
        let (proposed, reason) = propose(seller, buyer);
        let tax = proposed.map(|proposed| written(proposed, &seller_country));
        Ok(TaxProposeReply {
            tax,
            reason: reason.word().to_owned(),
            seller_country,
        })
    }
}

fn written(proposed: ProposedTax, country: &str) -> CustomerTax {
    let bare = |kind| CustomerTax {
        kind,
        percent: None,
        reason: None,
    };
    match proposed {
        ProposedTax::Standard => CustomerTax {
            percent: usual(country)
                .vat
                .map(|rate| DecimalString(rate.to_owned())),
            ..bare(TaxKind::Rate)
        },
        ProposedTax::Typed => bare(TaxKind::Rate),
        ProposedTax::ReverseCharge => bare(TaxKind::ReverseCharge),
        ProposedTax::OutOfScope => bare(TaxKind::OutOfScope),
    }
}
