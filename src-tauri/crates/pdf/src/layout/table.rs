//! The lines of the invoice over as many pages as they need.
//!
//! Rules: the head of the table stands on every page; a heading stays with its first two rows and
//! the last two rows of a group stay together; where a page ends, the sum so far is carried over.

mod rows;

use ratebook_invoicing::document::{Group, LineTable, Row, Section};

use super::block::Block;
use super::flow::{Flow, Mark};
use super::frame::{following_head, number};
use super::style::{CARRY, CARRY_FIGURE, COLUMN_HEAD, HAIR, STRONG, px};
use crate::pages::{Colour, Item};
use rows::{Columns, Kind, row_blocks, section_block};

/// Blocks that must stay on one page, unless they are taller than a page.
#[derive(Clone, Default)]
struct Chunk {
    blocks: Vec<Block>,
    /// What these rows belong to: repeated above them where a page begins with them.
    head: Vec<Block>,
}

impl Chunk {
    fn height(&self) -> i32 {
        self.blocks.iter().map(|block| block.height).sum()
    }
}

/// Height of the row with the sum carried over, its distance included.
const CARRY_HEIGHT: i32 = px(27);

/// State of the table while it flows.
struct Pen<'a> {
    columns: Columns,
    table: &'a LineTable,
    /// Sum up to here; empty before the first line.
    running: String,
    /// Whether a chunk stands on this page already.
    begun: bool,
}

/// Where the last chunk began, so that it can move on together with the totals.
struct Last {
    mark: Mark,
    running: String,
    chunk: Chunk,
}

/// The table as [`super::ending`] needs it: it may have to take the last rows to a new page.
pub(super) struct Tail<'a> {
    pen: Pen<'a>,
    last: Option<Last>,
}

/// Places the whole table.
pub(super) fn table<'a>(flow: &mut Flow<'a>) -> Tail<'a> {
    let table = &flow.document.table;
    let columns = Columns::measure(flow, table);
    let mut pen = Pen {
        columns,
        table,
        running: String::new(),
        begun: false,
    };
    table_head(flow, &pen);
    let mut last = None;
    for chunk in chunks(flow, &pen) {
        last = place(flow, &mut pen, chunk);
    }
    Tail { pen, last }
}

impl Tail<'_> {
    /// Begins a new page that shows the last rows again, for what comes after the table.
    pub(super) fn turn_page(mut self, flow: &mut Flow) {
        if let Some(last) = self.last {
            flow.return_to(last.mark);
            self.pen.running = last.running;
            turn(flow, &mut self.pen);
            for block in last.chunk.head.into_iter().chain(last.chunk.blocks) {
                flow.place(block);
            }
        } else {
            turn(flow, &mut self.pen);
        }
    }
}

/// Places one chunk, on a new page if it does not fit here.
fn place(flow: &mut Flow, pen: &mut Pen, chunk: Chunk) -> Option<Last> {
    if pen.begun && !flow.fits(chunk.height() + CARRY_HEIGHT) {
        turn(flow, pen);
        chunk
            .head
            .iter()
            .for_each(|block| flow.place(block.clone()));
    }
    let movable = pen.begun;
    let last = Last {
        mark: flow.mark(),
        running: pen.running.clone(),
        chunk: chunk.clone(),
    };
    let mut whole = true;
    for block in chunk.blocks {
        if pen.begun && !flow.fits(block.height + CARRY_HEIGHT) {
            turn(flow, pen);
            whole = false;
        }
        if !block.running.is_empty() {
            pen.running.clone_from(&block.running);
        }
        flow.place(block);
        pen.begun = true;
    }
    (movable && whole).then_some(last)
}

/// Ends the page with the sum carried over and begins the next one with it.
fn turn(flow: &mut Flow, pen: &mut Pen) {
    let phrases = &flow.document.phrases;
    if !pen.running.is_empty() {
        flow.y += px(6);
        carry(flow, &phrases.carried_over, &pen.running, Edge::Above);
    }
    flow.new_page();
    let document = flow.document;
    following_head(flow, &document.title, number(document));
    table_head(flow, pen);
    if !pen.running.is_empty() {
        flow.y += px(2);
        carry(flow, &phrases.brought_forward, &pen.running, Edge::Below);
    }
    pen.begun = false;
}

enum Edge {
    Above,
    Below,
}

fn carry(flow: &mut Flow, words: &str, sum: &str, edge: Edge) {
    let (left, right, width) = (flow.left(), flow.right(), flow.width());
    let mut block = Block {
        height: CARRY.leading + px(4),
        ..Block::default()
    };
    let y = CARRY.baseline(px(2));
    block
        .items
        .extend(flow.setter.line(words, CARRY).map(|line| line.at(left, y)));
    block.items.extend(
        flow.setter
            .line(sum, CARRY_FIGURE)
            .map(|line| line.before(right, y)),
    );
    let y = match edge {
        Edge::Above => 0,
        Edge::Below => block.height,
    };
    block.push(Item::Rule {
        x: left,
        y,
        width,
        weight: HAIR,
        colour: Colour::Hairline,
    });
    flow.place(block);
}

/// The heads of the four columns over a strong line.
fn table_head(flow: &mut Flow, pen: &Pen) {
    let (left, width) = (flow.left(), flow.width());
    let (columns, words) = (&pen.columns, &pen.table.columns);
    let cells = [
        (&words.quantity, columns.quantity, columns.quantity_width),
        (
            &words.unit_price,
            columns.unit_price,
            columns.unit_price_width,
        ),
        (&words.amount, columns.amount, columns.amount_width),
    ];
    let mut block = Block::default();
    let mut set = vec![(
        left,
        false,
        flow.setter
            .wrap(&words.description, COLUMN_HEAD, columns.description_width),
    )];
    for (text, right, width) in cells {
        set.push((right, true, flow.setter.wrap(text, COLUMN_HEAD, width)));
    }
    let lines = set
        .iter()
        .map(|(_, _, lines)| lines.len())
        .max()
        .unwrap_or(1);
    let height = i32::try_from(lines).unwrap_or(1) * COLUMN_HEAD.leading;
    for (x, from_right, lines) in set {
        // Short heads stand on the last line, on the rule.
        let count = i32::try_from(lines.len()).unwrap_or(1);
        let mut top = height - count * COLUMN_HEAD.leading;
        for line in lines {
            let y = COLUMN_HEAD.baseline(top);
            block.push(if from_right {
                line.before(x, y)
            } else {
                line.at(x, y)
            });
            top += COLUMN_HEAD.leading;
        }
    }
    let y = height + px(6);
    block.push(Item::Rule {
        x: left,
        y,
        width,
        weight: STRONG,
        colour: Colour::Ink,
    });
    block.height = y + STRONG / 2;
    flow.place(block);
}

fn chunks(flow: &Flow, pen: &Pen) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    for section in &pen.table.sections {
        section_chunks(flow, pen, section, &mut chunks);
    }
    chunks
}

fn section_chunks(flow: &Flow, pen: &Pen, section: &Section, chunks: &mut Vec<Chunk>) {
    let mut heading = Vec::new();
    if !section.heading.is_empty() {
        heading.push(section_block(flow, &pen.columns, section));
    }
    let untitled = Section {
        subtotal: None,
        groups: Vec::new(),
        ..section.clone()
    };
    for group in &section.groups {
        // Without its sum, which stands where the group begins.
        let again = match &group.head {
            Some(head) => {
                let row = Row {
                    description: head.description.clone(),
                    qualifier: head.qualifier.clone(),
                    ..Row::default()
                };
                row_blocks(flow, &pen.columns, &row, Kind::Head)
            }
            None if section.heading.is_empty() => Vec::new(),
            None => vec![section_block(flow, &pen.columns, &untitled)],
        };
        let units = group_units(flow, &pen.columns, group);
        for (index, unit) in keep_together(units, group.head.is_some())
            .into_iter()
            .enumerate()
        {
            let mut blocks = std::mem::take(&mut heading);
            blocks.extend(unit);
            let head = if index > 0 { again.clone() } else { Vec::new() };
            chunks.push(Chunk { blocks, head });
        }
    }
    if !heading.is_empty() {
        chunks.push(Chunk {
            blocks: heading,
            head: Vec::new(),
        });
    }
}

/// The blocks of each row.
fn group_units(flow: &Flow, columns: &Columns, group: &Group) -> Vec<Vec<Block>> {
    let rows = |row: &Row, kind: Kind| row_blocks(flow, columns, row, kind);
    let mut units = Vec::new();
    if let Some(head) = &group.head {
        let kind = if group.rows.is_empty() {
            Kind::Single
        } else {
            Kind::Head
        };
        units.push(rows(head, kind));
    }
    units.extend(group.rows.iter().map(|row| rows(row, Kind::Line)));
    units
}

/// Joins rows that must not part: the first two (with their head) and the last two.
fn keep_together(units: Vec<Vec<Block>>, has_head: bool) -> Vec<Vec<Block>> {
    let first = if has_head { 3 } else { 2 };
    let count = units.len();
    let mut chunks: Vec<Vec<Block>> = Vec::new();
    for (index, unit) in units.into_iter().enumerate() {
        let joins = index > 0 && (index < first || index + 1 == count);
        match chunks.last_mut() {
            Some(chunk) if joins => chunk.extend(unit),
            _ => chunks.push(unit),
        }
    }
    chunks
}
