//! From a printable document to pages, and from pages to PDF.
//!
//! Two steps with a line between them: [`layout`] decides where everything stands and is pure
//! (whole numbers, no files, no clock), so that a page can be compared as text; [`draw`] turns
//! those pages into bytes and knows printpdf. The same document gives the same bytes, on every
//! machine and in every run.
//!
//! This crate does not know what an invoice is worth: figures, dates and words come ready from
//! [`ratebook_invoicing::document`]. It reads no files; fonts beyond the embedded ones are handed
//! in as bytes ([`Fonts::with_fallback`]).

mod draw;
mod embedded;
mod fonts;
mod layout;
mod missing;
mod pages;

pub use draw::{DrawError, draw, draw_hybrid};
pub use embedded::Embedded;
pub use fonts::{FontError, Fonts, Role};
pub use layout::{LayoutError, layout};
pub use missing::{MissingScript, missing_scripts};
pub use pages::{Colour, Glyph, Item, Page, Pages, Run, Sheet, TextItem};
