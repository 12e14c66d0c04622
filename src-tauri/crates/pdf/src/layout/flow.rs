//! The pen that moves down the pages.

use ratebook_invoicing::document::Document;

use super::LayoutError;
use super::block::{Block, moved};
use super::frame;
use super::setter::Setter;
use super::style::MARGIN;
use crate::fonts::Fonts;
use crate::pages::{Item, Page, Sheet};

/// Pages under construction.
pub(super) struct Flow<'a> {
    pub document: &'a Document,
    pub setter: Setter<'a>,
    pub sheet: Sheet,
    /// Where the next block begins.
    pub y: i32,
    /// Where the body of a page ends, above the footer.
    pub bottom: i32,
    /// Width and height of the logo in pixels.
    pub logo: Option<(u32, u32)>,
    pages: Vec<Page>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(
        document: &'a Document,
        fonts: &'a Fonts,
        sheet: Sheet,
    ) -> Result<Self, LayoutError> {
        let logo = document.seller.logo.as_deref().map(png_size);
        let logo = logo.map(|size| size.ok_or(LayoutError::Logo)).transpose()?;
        let mut flow = Self {
            document,
            setter: Setter::new(fonts),
            sheet,
            y: 0,
            bottom: 0,
            logo,
            pages: Vec::new(),
        };
        flow.bottom = frame::body_bottom(&flow)?;
        Ok(flow)
    }

    pub(super) fn left(&self) -> i32 {
        MARGIN
    }

    pub(super) fn right(&self) -> i32 {
        self.sheet.width - MARGIN
    }

    pub(super) fn width(&self) -> i32 {
        self.right() - self.left()
    }

    /// An empty page with its watermark; the pen stands at its top.
    pub(super) fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = 0;
        frame::watermark(self);
    }

    pub(super) fn push(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(item);
        }
    }

    /// Places a block at the pen and moves the pen below it.
    pub(super) fn place(&mut self, block: Block) {
        let top = self.y;
        self.place_at(block.items, top);
        self.y += block.height;
    }

    /// Places items whose origin is `top`, wherever the pen is.
    pub(super) fn place_at(&mut self, items: Vec<Item>, top: i32) {
        for item in items {
            self.push(moved(item, top));
        }
    }

    pub(super) fn fits(&self, height: i32) -> bool {
        self.y + height <= self.bottom
    }

    /// A point to return to on the current page.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            y: self.y,
            items: self.pages.last().map_or(0, |page| page.items.len()),
        }
    }

    /// Takes away what was placed on this page since `mark`.
    pub(super) fn return_to(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.items.truncate(mark.items);
        }
        self.y = mark.y;
    }

    pub(super) fn pages_mut(&mut self) -> &mut Vec<Page> {
        &mut self.pages
    }

    pub(super) fn page_count(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn into_pages(self) -> Vec<Page> {
        self.pages
    }
}

/// See [`Flow::mark`].
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub y: i32,
    items: usize,
}

/// Width and height from the head of a PNG file.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes
        .strip_prefix(b"\x89PNG\r\n\x1a\n")?
        .strip_prefix(b"\0\0\0\rIHDR")?;
    let number = |from: usize| {
        let four = head.get(from..from + 4)?;
        Some(u32::from_be_bytes(four.try_into().ok()?))
    };
    let size = (number(0)?, number(4)?);
    (size.0 > 0 && size.1 > 0 && size.0 <= 20_000 && size.1 <= 20_000).then_some(size)
}
