//! Pieces of a page that are moved as one: made at the origin, placed later.

use crate::pages::Item;

/// Items with their upper edge at 0 and final horizontal positions.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub height: i32,
    pub items: Vec<Item>,
    /// Sum of the table up to and with this block, for "Carried over"; empty: unchanged.
    pub running: String,
}

impl Block {
    pub(super) fn push(&mut self, item: Item) {
        self.items.push(item);
    }

    /// Adds a copy of `other` with its upper edge at `top`.
    pub(super) fn place(&mut self, other: Self, top: i32) {
        self.items
            .extend(other.items.into_iter().map(|item| moved(item, top)));
        self.height = self.height.max(top + other.height);
    }
}

/// The item, `down` further down.
pub(super) fn moved(mut item: Item, down: i32) -> Item {
    match &mut item {
        Item::Text(text) => text.y += down,
        Item::Rule { y, .. }
        | Item::Fill { y, .. }
        | Item::Frame { y, .. }
        | Item::Code { y, .. }
        | Item::Picture { y, .. } => *y += down,
    }
    item
}
