//! Where everything stands: [`layout`] makes [`Pages`] of a document.
//!
//! The measures are those of the drawn design, in CSS pixels (96 to the inch), turned into whole
//! hundredths of a point; nothing here is a binary fraction, so every machine lays out alike.

mod block;
mod ending;
mod flow;
mod frame;
mod head;
mod setter;
mod statement;
mod style;
mod table;

use chrono::Datelike;
use ratebook_invoicing::document::{Document, DocumentState, Paper};
use thiserror::Error;

use crate::fonts::Fonts;
use crate::missing::{MissingScript, missing_scripts};
use crate::pages::{Pages, Sheet};
use flow::Flow;
pub(crate) use setter::clean;

/// Why a document cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LayoutError {
    /// Only for a final document: a draft is shown with question marks instead.
    #[error("no font for {}", .0.iter().map(|m| m.script.as_str()).collect::<Vec<_>>().join(", "))]
    MissingScripts(Vec<MissingScript>),
    #[error("the logo is not a PNG picture")]
    Logo,
    /// A page full of address or footer leaves no room for a table.
    #[error("the {0} takes more than half of a page")]
    TooTall(&'static str),
}

/// Lays a document out on pages.
pub fn layout(document: &Document, fonts: &Fonts) -> Result<Pages, LayoutError> {
    if document.state == DocumentState::Final {
        let missing = missing_scripts(document, fonts);
        if !missing.is_empty() {
            return Err(LayoutError::MissingScripts(missing));
        }
    }
    let sheet = match document.paper {
        Paper::A4 => Sheet {
            width: 59_528,
            height: 84_189,
        },
        Paper::Letter => Sheet {
            width: 61_200,
            height: 79_200,
        },
    };
    let mut flow = Flow::new(document, fonts, sheet)?;
    head::first_page(&mut flow)?;
    let tail = table::table(&mut flow);
    ending::ending(&mut flow, tail);
    if let Some(statement) = &document.statement {
        statement::statement(&mut flow, statement);
    }
    frame::feet(&mut flow);
    let date = document.date;
    Ok(Pages {
        sheet,
        pages: flow.into_pages(),
        logo: document.seller.logo.clone(),
        title: match &document.number {
            Some(number) => clean(&format!("{} {number}", document.title)),
            None => clean(&document.title),
        },
        author: clean(&document.seller.name),
        language: document.locale.clone(),
        date: (
            date.year(),
            u8::try_from(date.month()).unwrap_or(1),
            u8::try_from(date.day()).unwrap_or(1),
        ),
    })
}
