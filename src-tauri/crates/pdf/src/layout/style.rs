//! Measures and styles of the design.

use crate::fonts::{Role, Style};
use crate::pages::Colour;

/// CSS pixels as hundredths of a point.
pub(super) const fn px(pixels: i32) -> i32 {
    pixels * 75
}

/// Quarters of a CSS pixel as hundredths of a point.
pub(super) const fn quarter_px(quarters: i32) -> i32 {
    quarters * 75 / 4
}

/// Left and right margin.
pub(super) const MARGIN: i32 = px(56);

/// The line under a table head and above the amount due.
pub(super) const STRONG: i32 = quarter_px(5);
pub(super) const HAIR: i32 = quarter_px(3);

const fn style(role: Role, size_quarters: i32, colour: Colour) -> Style {
    Style {
        role,
        size: quarter_px(size_quarters),
        colour,
        tabular: false,
        tracking: 0,
    }
}

const fn figures(style: Style) -> Style {
    Style {
        tabular: true,
        ..style
    }
}

/// A style with its line height.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub style: Style,
    pub leading: i32,
}

const fn set(style: Style, leading: i32) -> Type {
    Type {
        style,
        leading: px(leading),
    }
}

impl Type {
    /// Baseline of a line whose upper edge is at `top`: the letters stand in its middle.
    pub(super) fn baseline(self, top: i32) -> i32 {
        top + self.leading / 2 + self.style.size * 364 / 1000
    }

    pub(super) const fn colour(self, colour: Colour) -> Self {
        Self {
            style: Style {
                colour,
                ..self.style
            },
            ..self
        }
    }
}

pub(super) const BODY: Type = set(style(Role::Regular, 46, Colour::Ink), 16);
pub(super) const LABEL: Type = BODY.colour(Colour::Grey);
pub(super) const STRONG_BODY: Type = set(style(Role::SemiBold, 46, Colour::Ink), 16);
pub(super) const PENDING: Type = set(style(Role::Medium, 46, Colour::Pending), 16);

pub(super) const TITLE: Type = set(
    Style {
        tracking: -14,
        ..style(Role::Display, 120, Colour::Ink)
    },
    34,
);
pub(super) const SMALL_TITLE: Type = set(
    Style {
        tracking: -10,
        ..style(Role::Display, 88, Colour::Ink)
    },
    26,
);
pub(super) const BRAND: Type = set(
    Style {
        tracking: -10,
        ..style(Role::Display, 84, Colour::Ink)
    },
    30,
);
pub(super) const SENDER: Type = set(style(Role::Regular, 32, Colour::Grey), 12);
pub(super) const ADDRESS: Type = set(style(Role::Regular, 50, Colour::Ink), 18);
pub(super) const ADDRESS_NAME: Type = set(style(Role::SemiBold, 50, Colour::Ink), 18);

pub(super) const COLUMN_HEAD: Type = set(style(Role::Medium, 38, Colour::Grey), 13);
pub(super) const SECTION: Type = set(style(Role::SemiBold, 48, Colour::Ink), 16);
pub(super) const SECTION_FIGURE: Type = set(figures(style(Role::SemiBold, 48, Colour::Ink)), 16);
pub(super) const HEAD: Type = set(style(Role::Medium, 46, Colour::Ink), 16);
pub(super) const HEAD_FIGURE: Type = set(figures(style(Role::Regular, 46, Colour::Ink)), 16);
pub(super) const SUBTOTAL: Type = HEAD_FIGURE.colour(Colour::Grey);
pub(super) const LINE: Type = set(style(Role::Regular, 46, Colour::Soft), 16);
pub(super) const LINE_FIGURE: Type = set(figures(style(Role::Regular, 46, Colour::Soft)), 16);
pub(super) const QUALIFIER: Type = set(style(Role::Regular, 40, Colour::Grey), 16);
pub(super) const NOTE: Type = set(style(Role::Regular, 40, Colour::Grey), 14);
pub(super) const CARRY: Type = set(style(Role::Medium, 46, Colour::Ink), 16);
pub(super) const CARRY_FIGURE: Type = set(figures(style(Role::Medium, 46, Colour::Ink)), 16);

pub(super) const CAPTION: Type = set(style(Role::Regular, 36, Colour::Grey), 12);
pub(super) const FIGURE: Type = set(figures(style(Role::Regular, 46, Colour::Ink)), 16);
pub(super) const DUE: Type = set(style(Role::SemiBold, 68, Colour::Ink), 24);
pub(super) const DUE_FIGURE: Type = set(figures(style(Role::SemiBold, 68, Colour::Ink)), 24);
pub(super) const PAY_HEADING: Type = set(style(Role::SemiBold, 50, Colour::Ink), 17);
pub(super) const FOOT: Type = set(style(Role::Regular, 34, Colour::Grey), 12);
pub(super) const WATERMARK: Style = Style {
    tracking: -30,
    ..style(Role::Display, 672, Colour::Watermark)
};

pub(super) const CARD_LABEL: Type = set(style(Role::Regular, 38, Colour::Grey), 12);
pub(super) const CARD_VALUE: Type = set(style(Role::SemiBold, 64, Colour::Ink), 22);
pub(super) const DAY_HEAD: Type = set(style(Role::Medium, 36, Colour::Grey), 13);
pub(super) const DAY: Type = set(figures(style(Role::Regular, 40, Colour::Ink)), 14);
pub(super) const DAY_NOTE: Type = set(style(Role::Regular, 36, Colour::Grey), 14);
pub(super) const DAY_TOTAL: Type = set(figures(style(Role::SemiBold, 40, Colour::Ink)), 14);
