//! The payment box: until when, to whom, with which words; a code to scan.

use qrcodegen::{QrCode, QrCodeEcc};
use ratebook_invoicing::document::PaymentBox;

use crate::layout::block::Block;
use crate::layout::flow::Flow;
use crate::layout::style::{BODY, CAPTION, HAIR, LABEL, NOTE, PAY_HEADING, px, quarter_px};
use crate::pages::{Colour, Item};

const PADDING: i32 = px(11);
const INSET: i32 = px(18);
const CODE: i32 = px(88);
const LABEL_WIDTH: i32 = px(110);

pub(super) fn payment(flow: &Flow, payment: &PaymentBox) -> Block {
    let (left, width) = (flow.left(), flow.width());
    let code = payment.code.as_deref().and_then(|text| {
        // Medium correction is what the guidelines for credit transfers ask for.
        QrCode::encode_text(text, QrCodeEcc::Medium).ok()
    });
    let code_width = if code.is_some() { CODE + px(110) } else { 0 };
    let space = width - 2 * INSET - code_width;
    let x = left + INSET;
    let mut block = Block::default();
    let mut top = PADDING;
    for line in flow.setter.wrap(&payment.heading, PAY_HEADING, space) {
        block.push(line.at(x, PAY_HEADING.baseline(top)));
        top += PAY_HEADING.leading;
    }
    if !payment.rows.is_empty() {
        top += px(5);
    }
    let widths = payment
        .rows
        .iter()
        .filter_map(|(label, _)| flow.setter.line(label, LABEL));
    let widest = widths.map(|line| line.width() + px(14)).max().unwrap_or(0);
    let label_width = widest.max(LABEL_WIDTH).min(space / 2);
    for (label, value) in &payment.rows {
        let labels = flow.setter.wrap(label, LABEL, label_width - px(8));
        let values = flow.setter.wrap(value, BODY, space - label_width);
        let count = i32::try_from(labels.len().max(values.len())).unwrap_or(1);
        let columns = [(x, labels, LABEL), (x + label_width, values, BODY)];
        for (x, lines, kind) in columns {
            let mut line_top = top;
            for line in lines {
                block.push(line.at(x, kind.baseline(line_top)));
                line_top += kind.leading;
            }
        }
        top += BODY.leading * count + quarter_px(6);
    }
    for note in &payment.notes {
        top += px(3);
        for line in flow.setter.wrap(note, NOTE, space) {
            block.push(line.at(x, NOTE.baseline(top)));
            top += NOTE.leading;
        }
    }
    let mut height = top + PADDING;
    if let Some(code) = &code {
        height = height.max(CODE + 2 * PADDING);
        place_code(flow, payment, code, height, &mut block);
    }
    let frame = Item::Frame {
        x: left,
        y: 0,
        width,
        height,
        radius: px(8),
        weight: HAIR,
        colour: Colour::Hairline,
    };
    block.items.insert(0, frame);
    block.height = height;
    block
}

fn place_code(flow: &Flow, payment: &PaymentBox, code: &QrCode, height: i32, block: &mut Block) {
    let right = flow.right() - px(16);
    let (x, y) = (right - CODE, (height - CODE) / 2);
    block.push(Item::Code {
        x,
        y,
        size: CODE,
        rows: rows(code),
    });
    let lines: Vec<_> = payment
        .code_caption
        .iter()
        .flat_map(|text| flow.setter.wrap(text, CAPTION, px(96)))
        .collect();
    let count = i32::try_from(lines.len()).unwrap_or(0);
    let mut top = (height - count * CAPTION.leading) / 2;
    for line in lines {
        block.push(line.before(x - px(12), CAPTION.baseline(top)));
        top += CAPTION.leading;
    }
}

fn rows(code: &QrCode) -> Vec<String> {
    let size = code.size();
    let module = |column, row| {
        if code.get_module(column, row) {
            '1'
        } else {
            '0'
        }
    };
    (0..size)
        .map(|row| (0..size).map(|column| module(column, row)).collect())
        .collect()
}
