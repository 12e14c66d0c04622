//! Between the wire's text and the domain's types. Reading collects every fault of a request, each
//! with the path of its field; writing cannot fail.

mod change;
mod charge;
mod company;
mod credit;
mod customer;
mod draft_edit;
mod markup;
mod meter;
mod own_price;
mod reader;
mod subscription;
mod terms;

pub(crate) use change::{read_changes, write_change};
pub(crate) use charge::{
    read_amount, read_charges, read_meter_ref, read_price_model, write_charge,
};
pub(crate) use company::{read_company, write_company};
pub(crate) use credit::{Edge, moment, offered_scopes, read_grant, write_scope_names, write_tax};
pub(crate) use customer::{read_customer, write_customer, write_tax as write_treatment};
pub(crate) use draft_edit::{read_draft_edit, write_draft_edit};
pub(crate) use markup::{read_markup, read_scope, write_conditions, write_markup, write_scope};
pub(crate) use meter::{read_meter, write_meter};
pub(crate) use own_price::write_own;
pub(crate) use reader::Reader;
pub(crate) use subscription::{read_subscription, write_agreed};
pub(crate) use terms::{read_terms, write_terms};
