//! What follows the table: totals, tax per rate, chart, notes, payment.

mod payment;

use ratebook_invoicing::document::{Bars, TaxTable, TotalStyle};

use super::block::Block;
use super::flow::Flow;
use super::frame::{following_head, number};
use super::style::{
    BODY, CAPTION, COLUMN_HEAD, DUE, DUE_FIGURE, FIGURE, HAIR, NOTE, STRONG, px, quarter_px,
};
use super::table::Tail;
use crate::pages::{Colour, Item};

/// Width of chart and tax table.
const LEFT_WIDTH: i32 = px(292);
const GAP: i32 = px(48);
/// Between the last row and the totals.
const ABOVE: i32 = px(16);
const ABOVE_PAYMENT: i32 = px(16);
const ABOVE_NOTE: i32 = px(8);
/// What head, table head and a few rows take on a page after the first.
const HEAD_HEIGHT: i32 = px(330);

pub(super) fn ending(flow: &mut Flow, tail: Tail) {
    let totals = sums(flow);
    let payment = flow
        .document
        .payment
        .as_ref()
        .map(|payment| payment::payment(flow, payment));
    let alone = ABOVE + totals.height;
    let together = alone
        + notes_height(flow)
        + payment
            .as_ref()
            .map_or(0, |block| block.height + ABOVE_PAYMENT);
    // Who pays looks at the sum and the account together: rather no line on this page than no sum
    // on the next. Only where both can never share a page are they parted.
    let page = flow.bottom - HEAD_HEIGHT;
    let needed = if together <= page { together } else { alone };
    if !flow.fits(needed) {
        tail.turn_page(flow);
    }
    flow.y += ABOVE;
    flow.place(totals);
    notes(flow);
    if let Some(block) = payment {
        if !flow.fits(ABOVE_PAYMENT + block.height) {
            next_page(flow);
        }
        // At the foot of the page, as a payment slip is.
        flow.y = flow.bottom - block.height;
        flow.place(block);
    }
}

fn next_page(flow: &mut Flow) {
    flow.new_page();
    let document = flow.document;
    following_head(flow, &document.title, number(document));
}

/// Chart and tax table on the left, totals on the right, both standing on the same line.
fn sums(flow: &Flow) -> Block {
    let document = flow.document;
    let mut left = Block::default();
    if let Some(bars) = &document.bars {
        left = chart(flow, bars);
    }
    if let Some(tax) = &document.tax {
        let top = if left.height > 0 {
            left.height + px(12)
        } else {
            0
        };
        let table = tax_table(flow, tax);
        left.place(table, top);
    }
    let right = totals(flow);
    let height = left.height.max(right.height);
    let mut block = Block::default();
    let (left_top, right_top) = (height - left.height, height - right.height);
    block.place(left, left_top);
    block.place(right, right_top);
    block
}

fn chart(flow: &Flow, bars: &Bars) -> Block {
    let mut block = Block::default();
    let caption = flow.setter.wrap(&bars.caption, CAPTION, LEFT_WIDTH);
    for line in caption {
        block.push(line.at(flow.left(), CAPTION.baseline(block.height)));
        block.height += CAPTION.leading;
    }
    let top = block.height + px(4);
    let area = (flow.left(), top, LEFT_WIDTH, px(30));
    block
        .items
        .extend(bar_items(&bars.permille, area, Colour::Blue));
    block.height = top + px(30);
    block
}

/// Bars of the given heights, in thousandths of the area, with a small gap between them.
pub(super) fn bar_items(
    permille: &[u16],
    (x, y, width, height): (i32, i32, i32, i32),
    colour: Colour,
) -> Vec<Item> {
    let count = i32::try_from(permille.len()).unwrap_or(1).max(1);
    let gap = (width / count / 8).min(px(1));
    let mut items = Vec::new();
    for (index, part) in permille.iter().enumerate() {
        let index = i32::try_from(index).unwrap_or(0);
        let from = x + width * index / count;
        let to = x + width * (index + 1) / count;
        let high = height * i32::from((*part).min(1000)) / 1000;
        if high > 0 {
            let width = to - from - gap;
            items.push(Item::Fill {
                x: from,
                y: y + height - high,
                width,
                height: high,
                colour,
            });
        }
    }
    items
}

fn tax_table(flow: &Flow, tax: &TaxTable) -> Block {
    let left = flow.left();
    let right = left + LEFT_WIDTH;
    let mut amount = px(72);
    let mut taxable = px(86);
    for row in &tax.rows {
        let width = |text: &str| {
            flow.setter
                .line(text, FIGURE)
                .map_or(0, |line| line.width())
        };
        amount = amount.max(width(&row.tax) + px(14));
        taxable = taxable.max(width(&row.taxable) + px(14));
    }
    let middle = right - amount;
    let space = LEFT_WIDTH - amount - taxable;
    let mut block = Block::default();
    let y = COLUMN_HEAD.baseline(0);
    let head = |text: &str| flow.setter.line(text, COLUMN_HEAD);
    block
        .items
        .extend(head(&tax.label).map(|line| line.at(left, y)));
    block
        .items
        .extend(head(&tax.taxable).map(|line| line.before(middle, y)));
    block
        .items
        .extend(head(&tax.tax).map(|line| line.before(right, y)));
    let mut top = COLUMN_HEAD.leading + px(3);
    let rule = |y| Item::Rule {
        x: left,
        y,
        width: LEFT_WIDTH,
        weight: HAIR,
        colour: Colour::Hairline,
    };
    block.push(rule(top));
    top += HAIR;
    for row in &tax.rows {
        top += px(4);
        let y = BODY.baseline(top);
        let figure = |text: &str| flow.setter.line(text, FIGURE);
        block
            .items
            .extend(figure(&row.taxable).map(|line| line.before(middle, y)));
        block
            .items
            .extend(figure(&row.tax).map(|line| line.before(right, y)));
        let lines = flow.setter.wrap(&row.label, BODY, space.max(px(60)));
        let count = i32::try_from(lines.len()).unwrap_or(1).max(1);
        for (index, line) in lines.iter().enumerate() {
            let down = BODY.leading * i32::try_from(index).unwrap_or(0);
            block.push(line.at(left, y + down));
        }
        top += BODY.leading * count;
    }
    block.height = top + quarter_px(10);
    block
}

fn totals(flow: &Flow) -> Block {
    let left = flow.left() + LEFT_WIDTH + GAP;
    let right = flow.right();
    let width = right - left;
    let mut block = Block::default();
    let mut top = 0;
    for row in &flow.document.totals {
        let (label, figure, before, after) = match row.style {
            TotalStyle::Plain => (BODY, FIGURE, quarter_px(10), quarter_px(10)),
            TotalStyle::Credit => (
                BODY.colour(Colour::Credit),
                FIGURE.colour(Colour::Credit),
                quarter_px(10),
                quarter_px(10),
            ),
            TotalStyle::Ruled => (BODY, FIGURE, px(5), quarter_px(10)),
            TotalStyle::Due => (DUE, DUE_FIGURE, px(7), quarter_px(10)),
        };
        let rule = |y, weight, colour| Item::Rule {
            x: left,
            y,
            width,
            weight,
            colour,
        };
        match row.style {
            TotalStyle::Plain | TotalStyle::Credit => {}
            TotalStyle::Ruled => block.push(rule(top, HAIR, Colour::Hairline)),
            TotalStyle::Due => {
                top += px(4);
                block.push(rule(top, STRONG, Colour::Ink));
            }
        }
        top += before;
        let amount = flow.setter.line(&row.amount, figure);
        let amount_width = amount.as_ref().map_or(0, super::setter::Line::width);
        let lines = flow.setter.wrap(
            &row.label,
            label,
            (width - amount_width - px(14)).max(px(90)),
        );
        let y = label.baseline(top);
        for (index, line) in lines.iter().enumerate() {
            let down = label.leading * i32::try_from(index).unwrap_or(0);
            block.push(line.at(left, y + down));
        }
        let count = i32::try_from(lines.len()).unwrap_or(1).max(1);
        // The amount stands beside the last line of its words.
        let down = label.leading * (count - 1);
        block
            .items
            .extend(amount.map(|line| line.before(right, y + down)));
        top += label.leading * count + after;
    }
    block.height = top;
    block
}

fn notes_height(flow: &Flow) -> i32 {
    let lines = |note: &String| flow.setter.wrap(note, NOTE, flow.width()).len();
    let height = |count: usize| {
        ABOVE_NOTE + NOTE.leading * i32::try_from(count).unwrap_or(i32::MAX / NOTE.leading)
    };
    flow.document
        .notes
        .iter()
        .map(|note| height(lines(note)))
        .fold(0, i32::saturating_add)
}

fn notes(flow: &mut Flow) {
    for note in &flow.document.notes {
        let lines = flow.setter.wrap(note, NOTE, flow.width());
        flow.y += ABOVE_NOTE;
        for line in lines {
            if !flow.fits(NOTE.leading) {
                next_page(flow);
            }
            let (x, y) = (flow.left(), NOTE.baseline(flow.y));
            flow.push(line.at(x, y));
            flow.y += NOTE.leading;
        }
    }
}
