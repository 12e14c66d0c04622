//! The upper part of the first page: title, address window, dates and references.

use ratebook_invoicing::document::Tone;

use super::LayoutError;
use super::flow::Flow;
use super::frame::{HEAD_BOTTOM, brand};
use super::style::{
    ADDRESS, ADDRESS_NAME, BODY, HAIR, LABEL, PENDING, SENDER, STRONG_BODY, TITLE, px, quarter_px,
};
use crate::pages::{Colour, Item};

/// Width of the block with number and dates.
const META_WIDTH: i32 = px(292);
const META_GAP: i32 = px(16);
/// Between two rows of that block.
const META_SPACE: i32 = quarter_px(10);
const ADDRESS_WIDTH: i32 = px(300);

pub(super) fn first_page(flow: &mut Flow) -> Result<(), LayoutError> {
    flow.new_page();
    brand(flow, HEAD_BOTTOM, px(30));
    let right = flow.right();
    let document = flow.document;
    if let Some(line) = flow
        .setter
        .wrap(&document.title, TITLE, flow.width() / 2)
        .first()
    {
        flow.push(line.before(right, TITLE.baseline(HEAD_BOTTOM - TITLE.leading)));
    }
    let top = HEAD_BOTTOM + px(26);
    let address = address(flow, top);
    let meta = meta(flow, top);
    flow.y = address.max(meta);
    for sentence in &document.intro {
        flow.y += px(8);
        for line in flow.setter.wrap(sentence, BODY, flow.width()) {
            let (x, y) = (flow.left(), BODY.baseline(flow.y));
            flow.push(line.at(x, y));
            flow.y += BODY.leading;
        }
    }
    flow.y += px(20);
    if flow.y > flow.sheet.height * 6 / 10 {
        return Err(LayoutError::TooTall("head of the invoice"));
    }
    Ok(())
}

/// Sender line and address; returns the lower edge.
fn address(flow: &mut Flow, top: i32) -> i32 {
    let (document, x) = (flow.document, flow.left());
    let mut y = top;
    if let Some(line) = flow
        .setter
        .wrap(&document.seller.sender_line, SENDER, ADDRESS_WIDTH)
        .first()
    {
        flow.push(line.at(x, SENDER.baseline(y)));
    }
    y += SENDER.leading + px(3);
    let rule = Item::Rule {
        x,
        y,
        width: ADDRESS_WIDTH,
        weight: HAIR,
        colour: Colour::Hairline,
    };
    flow.push(rule);
    y += px(9);
    for (index, text) in document.buyer.iter().enumerate() {
        let kind = if index == 0 { ADDRESS_NAME } else { ADDRESS };
        for line in flow.setter.wrap(text, kind, ADDRESS_WIDTH) {
            flow.push(line.at(x, kind.baseline(y)));
            y += kind.leading;
        }
    }
    y
}

/// Number, dates, references; returns the lower edge.
fn meta(flow: &mut Flow, top: i32) -> i32 {
    let (document, right) = (flow.document, flow.right());
    let left = right - META_WIDTH;
    let mut y = top;
    for row in &document.meta {
        let kind = match row.tone {
            Tone::Plain => BODY,
            Tone::Strong => STRONG_BODY,
            Tone::Pending => PENDING,
        };
        let labels = flow.setter.wrap(&row.label, LABEL, META_WIDTH / 2);
        let label_width = labels
            .iter()
            .map(super::setter::Line::width)
            .max()
            .unwrap_or(0);
        let values = flow
            .setter
            .wrap(&row.value, kind, META_WIDTH - label_width - META_GAP);
        let lines = i32::try_from(labels.len().max(values.len())).unwrap_or(1);
        let mut line_top = y;
        for line in &labels {
            flow.push(line.at(left, LABEL.baseline(line_top)));
            line_top += LABEL.leading;
        }
        line_top = y;
        for line in &values {
            flow.push(line.before(right, kind.baseline(line_top)));
            line_top += kind.leading;
        }
        y += lines * BODY.leading + META_SPACE;
    }
    y - META_SPACE
}
