//! The usage statement: figures with small charts, then a row for each day.

use ratebook_invoicing::document::{Statement, StatementRow};

use super::block::Block;
use super::ending::bar_items;
use super::flow::Flow;
use super::frame::following_head;
use super::setter::Line;
use super::style::{
    CARD_LABEL, CARD_VALUE, DAY, DAY_HEAD, DAY_NOTE, DAY_TOTAL, HAIR, NOTE, STRONG, Type, px,
    quarter_px,
};
use crate::pages::{Colour, Item};

const CARD_WIDTH: i32 = px(200);
const GAP: i32 = px(8);
const ABOVE: i32 = quarter_px(10);

/// Right end of each column (left end of the first).
struct Grid {
    ends: Vec<i32>,
    widths: Vec<i32>,
}

pub(super) fn statement(flow: &mut Flow, statement: &Statement) {
    flow.new_page();
    following_head(flow, &statement.title, &statement.subtitle);
    flow.y += px(4);
    cards(flow, statement);
    let grid = grid(flow, statement);
    head(flow, statement, &grid);
    for row in &statement.rows {
        let block = day(flow, row, &grid);
        if !flow.fits(block.height) {
            flow.new_page();
            following_head(flow, &statement.title, &statement.subtitle);
            head(flow, statement, &grid);
        }
        flow.place(block);
    }
    if !statement.total.is_empty() {
        total(flow, statement, &grid);
    }
    flow.y += px(8);
    for note in &statement.notes {
        flow.y += px(8);
        for line in flow.setter.wrap(note, NOTE, flow.width()) {
            if !flow.fits(NOTE.leading) {
                flow.new_page();
                following_head(flow, &statement.title, &statement.subtitle);
            }
            let (x, y) = (flow.left(), NOTE.baseline(flow.y));
            flow.push(line.at(x, y));
            flow.y += NOTE.leading;
        }
    }
}

fn cards(flow: &mut Flow, statement: &Statement) {
    let colours = [Colour::Blue, Colour::Teal, Colour::Sand];
    let step = (flow.width() - CARD_WIDTH) / 2;
    let mut block = Block::default();
    let mut x = flow.left();
    for (card, colour) in statement.cards.iter().zip(colours) {
        let label = flow.setter.wrap(&card.label, CARD_LABEL, CARD_WIDTH);
        let value = flow.setter.wrap(&card.value, CARD_VALUE, CARD_WIDTH);
        let mut top = 0;
        block.items.extend(
            label
                .first()
                .map(|line| line.at(x, CARD_LABEL.baseline(top))),
        );
        top += px(14);
        block.items.extend(
            value
                .first()
                .map(|line| line.at(x, CARD_VALUE.baseline(top))),
        );
        top += CARD_VALUE.leading + px(6);
        block.items.extend(bar_items(
            &card.permille,
            (x, top, CARD_WIDTH, px(30)),
            colour,
        ));
        block.height = block.height.max(top + px(30) + px(22));
        x += step;
    }
    flow.place(block);
}

/// Widths from the contents; what is left over is shared out, so that the table spans the page.
fn grid(flow: &Flow, statement: &Statement) -> Grid {
    let width = |text: &str, kind: Type| flow.setter.line(text, kind).map_or(0, |l| l.width());
    let mut widths: Vec<i32> = statement
        .columns
        .iter()
        .map(|column| width(&column.label, DAY_HEAD))
        .collect();
    let rows = statement
        .rows
        .iter()
        .map(|row| (&row.cells, row.qualifier.as_str(), DAY));
    for (cells, qualifier, kind) in rows.chain([(&statement.total, "", DAY_TOTAL)]) {
        for (index, (cell, widest)) in cells.iter().zip(&mut widths).enumerate() {
            let mut needed = width(cell, kind);
            if index == 0 && !qualifier.is_empty() {
                needed += px(4) + width(qualifier, DAY_NOTE);
            }
            *widest = needed.max(*widest);
        }
    }
    let count = i32::try_from(widths.len()).unwrap_or(1).max(1);
    let used: i32 = widths.iter().sum::<i32>() + GAP * (count - 1);
    let spare = (flow.width() - used).max(0) / (count - 1).max(1);
    let mut x = flow.left();
    let mut ends = Vec::new();
    for (index, width) in widths.iter().enumerate() {
        if index == 0 {
            ends.push(x);
            x += width;
        } else {
            x += GAP + spare + width;
            ends.push(x);
        }
    }
    // Rounding of the shared space must not move the last column off the margin.
    if let Some(last) = ends.last_mut().filter(|_| widths.len() > 1) {
        *last = flow.right();
    }
    Grid { ends, widths }
}

fn head(flow: &mut Flow, statement: &Statement, grid: &Grid) {
    let mut block = Block::default();
    let columns = &statement.columns;
    let grouped = columns.iter().any(|column| !column.group.is_empty());
    let mut top = 0;
    if grouped {
        let mut index = 0;
        while let Some(column) = columns.get(index) {
            let same = columns
                .iter()
                .skip(index)
                .take_while(|c| c.group == column.group)
                .count();
            if !column.group.is_empty() {
                group_head(
                    flow,
                    &column.group,
                    (index, index + same - 1),
                    grid,
                    &mut block,
                );
            }
            index += same;
        }
        top = DAY_HEAD.leading + px(6);
    }
    let y = DAY_HEAD.baseline(top);
    for (index, column) in columns.iter().enumerate() {
        let line = flow.setter.line(&column.label, DAY_HEAD);
        block
            .items
            .extend(line.and_then(|line| cell(&line, index, grid, y)));
    }
    top += DAY_HEAD.leading + px(4);
    block.push(Item::Rule {
        x: flow.left(),
        y: top,
        width: flow.width(),
        weight: STRONG,
        colour: Colour::Ink,
    });
    block.height = top + STRONG / 2;
    flow.place(block);
}

fn group_head(
    flow: &Flow,
    text: &str,
    (first, last): (usize, usize),
    grid: &Grid,
    block: &mut Block,
) {
    let end = |index: usize| grid.ends.get(index).copied().unwrap_or(0);
    let left = end(first) - grid.widths.get(first).copied().unwrap_or(0);
    let width = end(last) - left;
    if let Some(line) = flow.setter.line(text, DAY_HEAD) {
        block.push(line.at(left + (width - line.width()) / 2, DAY_HEAD.baseline(0)));
    }
    let y = DAY_HEAD.leading + px(3);
    block.push(Item::Rule {
        x: left,
        y,
        width,
        weight: HAIR,
        colour: Colour::Hairline,
    });
}

fn cell(line: &Line, index: usize, grid: &Grid, y: i32) -> Option<Item> {
    let end = grid.ends.get(index).copied()?;
    Some(if index == 0 {
        line.at(end, y)
    } else {
        line.before(end, y)
    })
}

fn day(flow: &Flow, row: &StatementRow, grid: &Grid) -> Block {
    let height = ABOVE + DAY.leading + ABOVE;
    let mut block = Block {
        height,
        ..Block::default()
    };
    let (left, width) = (flow.left(), flow.width());
    if row.shaded {
        block.push(Item::Fill {
            x: left,
            y: 0,
            width,
            height,
            colour: Colour::Shade,
        });
    }
    let y = DAY.baseline(ABOVE);
    for (index, text) in row.cells.iter().enumerate() {
        let Some(line) = flow.setter.line(text, DAY) else {
            continue;
        };
        if index == 0 {
            let x = left + line.width() + px(4);
            let note = flow.setter.line(&row.qualifier, DAY_NOTE);
            block.items.extend(note.map(|note| note.at(x, y)));
        }
        block.items.extend(cell(&line, index, grid, y));
    }
    let rule = Item::Rule {
        x: left,
        y: height,
        width,
        weight: HAIR,
        colour: Colour::FaintLine,
    };
    block.push(rule);
    block
}

fn total(flow: &mut Flow, statement: &Statement, grid: &Grid) {
    let mut block = Block::default();
    let (x, width) = (flow.left(), flow.width());
    block.push(Item::Rule {
        x,
        y: 0,
        width,
        weight: STRONG,
        colour: Colour::Ink,
    });
    let y = DAY_TOTAL.baseline(px(6));
    for (index, text) in statement.total.iter().enumerate() {
        let line = flow.setter.line(text, DAY_TOTAL);
        block
            .items
            .extend(line.and_then(|line| cell(&line, index, grid, y)));
    }
    block.height = px(6) + DAY_TOTAL.leading + ABOVE;
    if !flow.fits(block.height) {
        flow.new_page();
        following_head(flow, &statement.title, &statement.subtitle);
        head(flow, statement, grid);
    }
    flow.place(block);
}
