//! One row of the table as blocks.

use ratebook_invoicing::document::{LineTable, Row, Section};

use crate::layout::block::Block;
use crate::layout::flow::Flow;
use crate::layout::setter::Line;
use crate::layout::style::{
    COLUMN_HEAD, HAIR, HEAD, HEAD_FIGURE, LINE, LINE_FIGURE, NOTE, QUALIFIER, SECTION,
    SECTION_FIGURE, SUBTOTAL, Type, px, quarter_px,
};
use crate::pages::{Colour, Item};

/// Right ends and widths of the columns.
pub(super) struct Columns {
    pub description_width: i32,
    pub quantity: i32,
    pub quantity_width: i32,
    pub unit_price: i32,
    pub unit_price_width: i32,
    pub amount: i32,
    pub amount_width: i32,
}

/// Between two columns.
const GAP: i32 = px(14);
const INDENT: i32 = px(14);

impl Columns {
    /// As wide as designed, wider where a figure needs it.
    pub(super) fn measure(flow: &Flow, table: &LineTable) -> Self {
        let width =
            |text: &str, kind: Type| flow.setter.line(text, kind).map_or(0, |line| line.width());
        let (mut quantity, mut unit_price, mut amount) = (px(102), px(78), px(78));
        for section in &table.sections {
            let subtotal = section.subtotal.as_deref().unwrap_or_default();
            amount = amount.max(width(subtotal, SECTION_FIGURE));
            for row in section
                .groups
                .iter()
                .flat_map(|group| group.head.iter().chain(&group.rows))
            {
                quantity = quantity.max(width(&row.quantity, LINE_FIGURE));
                unit_price = unit_price.max(width(&row.unit_price, LINE_FIGURE));
                // The sum carried over stands in the same column.
                let widest = width(&row.amount, LINE_FIGURE).max(width(&row.running, HEAD_FIGURE));
                amount = amount.max(widest);
            }
        }
        // A head of one word is not broken as long as there is room.
        let room = px(150);
        unit_price = unit_price.max(width(&table.columns.unit_price, COLUMN_HEAD).min(room));
        amount = amount.max(width(&table.columns.amount, COLUMN_HEAD).min(room));
        let right = flow.right();
        let unit_right = right - amount - GAP;
        let quantity_right = unit_right - unit_price - GAP;
        let description = quantity_right - quantity - GAP - flow.left();
        Self {
            // Figures come first, but some letters of the description must always fit.
            description_width: description.max(px(80)),
            quantity: quantity_right,
            quantity_width: quantity,
            unit_price: unit_right,
            unit_price_width: unit_price,
            amount: right,
            amount_width: amount,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A head that is itself a line.
    Single,
    /// A head over rows; its figures repeat theirs and are grey.
    Head,
    Line,
}

/// The heading of a section over a hairline.
pub(super) fn section_block(flow: &Flow, columns: &Columns, section: &Section) -> Block {
    let (left, width) = (flow.left(), flow.width());
    let space = if section.subtotal.is_some() {
        width - columns.amount_width - GAP
    } else {
        width
    };
    let top = px(10);
    let words = words(
        flow,
        left,
        space,
        (&section.heading, SECTION),
        &section.qualifier,
    );
    let mut block = Block::default();
    for (index, line) in words.into_iter().enumerate() {
        let y = SECTION.baseline(top + SECTION.leading * i32::try_from(index).unwrap_or(0));
        block
            .items
            .extend(line.iter().map(|(x, line)| line.at(*x, y)));
        block.height = top + SECTION.leading * i32::try_from(index + 1).unwrap_or(1);
    }
    if let Some(sum) = &section.subtotal {
        let y = SECTION.baseline(top);
        let line = flow.setter.line(sum, SECTION_FIGURE);
        block
            .items
            .extend(line.map(|line| line.before(columns.amount, y)));
    }
    block.height += px(3);
    let y = block.height;
    block.push(Item::Rule {
        x: left,
        y,
        width,
        weight: HAIR,
        colour: Colour::Hairline,
    });
    block.height += HAIR;
    block
}

/// A row as one block per line, so that even a description of several pages can be printed.
pub(super) fn row_blocks(flow: &Flow, columns: &Columns, row: &Row, kind: Kind) -> Vec<Block> {
    let (style, figure, indent, above) = match kind {
        Kind::Single => (HEAD, HEAD_FIGURE, 0, quarter_px(22)),
        Kind::Head => (HEAD, SUBTOTAL, 0, quarter_px(22)),
        Kind::Line => (LINE, LINE_FIGURE, INDENT, quarter_px(2)),
    };
    let left = flow.left() + indent;
    let space = columns.description_width - indent;
    let lines = words(flow, left, space, (&row.description, style), &row.qualifier);
    let mut blocks = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let top = if index == 0 { above } else { 0 };
        let mut block = Block {
            height: top + style.leading,
            ..Block::default()
        };
        let y = style.baseline(top);
        block
            .items
            .extend(line.iter().map(|(x, line)| line.at(*x, y)));
        if index == 0 {
            let cells = [
                (&row.quantity, columns.quantity),
                (&row.unit_price, columns.unit_price),
                (&row.amount, columns.amount),
            ];
            for (text, right) in cells {
                let line = flow.setter.line(text, figure);
                block.items.extend(line.map(|line| line.before(right, y)));
            }
        }
        blocks.push(block);
    }
    let space = columns.quantity - flow.left() - indent;
    for line in row
        .notes
        .iter()
        .flat_map(|note| flow.setter.wrap(note, NOTE, space))
    {
        let mut block = Block {
            height: NOTE.leading,
            ..Block::default()
        };
        block.push(line.at(left, NOTE.baseline(0)));
        blocks.push(block);
    }
    if let Some(last) = blocks.last_mut() {
        last.height += quarter_px(2);
        last.running.clone_from(&row.running);
    }
    blocks
}

/// Words with a small grey qualifier behind them, as lines of placed pieces; at least one line.
fn words(
    flow: &Flow,
    left: i32,
    space: i32,
    (text, style): (&str, Type),
    qualifier: &str,
) -> Vec<Vec<(i32, Line)>> {
    let wrapped = flow.setter.wrap(text, style, space);
    let mut lines: Vec<Vec<(i32, Line)>> =
        wrapped.into_iter().map(|line| vec![(left, line)]).collect();
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    let end = lines
        .last()
        .and_then(|line| line.last())
        .map_or(0, |(_, line)| line.width());
    let gap = if end > 0 { px(6) } else { 0 };
    match flow.setter.line(qualifier, QUALIFIER) {
        None => {}
        Some(line) if end + gap + line.width() <= space => {
            if let Some(last) = lines.last_mut() {
                last.push((left + end + gap, line));
            }
        }
        Some(_) => {
            let below = flow.setter.wrap(qualifier, QUALIFIER, space);
            lines.extend(below.into_iter().map(|line| vec![(left, line)]));
        }
    }
    lines
}
