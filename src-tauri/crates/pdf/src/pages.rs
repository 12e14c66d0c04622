//! Pages: where every word, line and picture stands, in hundredths of a point from the top left.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::fonts::Role;

/// A finished layout. [`Pages::to_text`] is what golden tests compare; serialized, it is what the
/// window draws its preview from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pages {
    pub sheet: Sheet,
    pub pages: Vec<Page>,
    /// The logo, drawn by every [`Item::Picture`].
    #[serde(skip)]
    pub logo: Option<Vec<u8>>,
    /// What the PDF says about itself.
    pub title: String,
    pub author: String,
    pub language: String,
    /// Year, month, day: creation date of the PDF.
    pub date: (i32, u8, u8),
}

/// Size of the paper in hundredths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub width: i32,
    pub height: i32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// In the order of drawing: later ones lie on top.
    pub items: Vec<Item>,
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Item {
    Text(TextItem),
    /// A horizontal line; `y` is its middle.
    Rule {
        x: i32,
        y: i32,
        width: i32,
        weight: i32,
        colour: Colour,
    },
    /// A filled rectangle; `y` is its upper edge.
    Fill {
        x: i32,
        y: i32,
        width: i32,
        height: i32,
        colour: Colour,
    },
    /// The outline of a rectangle with round corners.
    Frame {
        x: i32,
        y: i32,
        width: i32,
        height: i32,
        radius: i32,
        weight: i32,
        colour: Colour,
    },
    /// A QR code: one text per row, "1" for a dark module.
    Code {
        x: i32,
        y: i32,
        size: i32,
        rows: Vec<String>,
    },
    /// The logo.
    Picture {
        x: i32,
        y: i32,
        width: i32,
        height: i32,
    },
}

/// Words on one line, in one role, size and colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextItem {
    /// Left end.
    pub x: i32,
    /// Baseline.
    pub y: i32,
    pub width: i32,
    pub role: Role,
    pub size: i32,
    pub colour: Colour,
    /// Figures of equal width.
    pub tabular: bool,
    /// Degrees counter-clockwise about the left end of the baseline.
    pub angle: i32,
    /// In logical order, as it is read.
    pub text: String,
    /// The same text shaped, from left to right as it is printed.
    #[serde(skip)]
    pub runs: Arc<[Run]>,
}

/// Neighbouring glyphs of one font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Index of the font within [`crate::Fonts`].
    pub font: usize,
    pub glyphs: Vec<Glyph>,
}

/// One glyph; lengths in thousandths of the font size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    pub id: u16,
    /// How far the pen moves on, kerning included.
    pub advance: i32,
    /// Shift from the pen, for marks.
    pub dx: i32,
    pub dy: i32,
    /// The characters it stands for; empty when another glyph of the cluster carries them.
    pub text: String,
}

/// The inks of the paper. Always on white, whatever theme the window has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    Ink,
    Soft,
    Grey,
    Hairline,
    FaintLine,
    Shade,
    Credit,
    Pending,
    Blue,
    Teal,
    Sand,
    Watermark,
}

impl Colour {
    /// Red, green, blue, 0 to 255.
    pub fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Ink => (0x1b, 0x1a, 0x17),
            Self::Soft => (0x33, 0x30, 0x2b),
            Self::Grey => (0x6b, 0x66, 0x5d),
            Self::Hairline => (0xd6, 0xd2, 0xc9),
            Self::FaintLine => (0xec, 0xea, 0xe4),
            Self::Shade => (0xfa, 0xf9, 0xf6),
            Self::Credit => (0x0b, 0x6a, 0x5c),
            Self::Pending => (0x7a, 0x53, 0x00),
            Self::Blue => (0x9d, 0xb1, 0xea),
            Self::Teal => (0x8c, 0xc9, 0xbf),
            Self::Sand => (0xc9, 0xc3, 0xb6),
            Self::Watermark => (0xf9, 0xf4, 0xe9),
        }
    }

    /// "#1b1a17".
    pub fn hex(self) -> String {
        let (red, green, blue) = self.rgb();
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl Pages {
    /// One line per item: what a golden test compares.
    pub fn to_text(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sheet { width, height } = self.sheet;
        writeln!(
            f,
            "sheet {width} x {height}, {}, {}",
            self.language, self.title
        )?;
        for (index, page) in self.pages.iter().enumerate() {
            writeln!(f, "page {}", index + 1)?;
            for item in &page.items {
                writeln!(f, "{item}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text}"),
            Self::Rule {
                x,
                y,
                width,
                weight,
                colour,
            } => {
                write!(
                    f,
                    "rule {x} {y} width {width} weight {weight} {}",
                    colour.hex()
                )
            }
            Self::Fill {
                x,
                y,
                width,
                height,
                colour,
            } => {
                write!(f, "fill {x} {y} {width} x {height} {}", colour.hex())
            }
            Self::Frame {
                x,
                y,
                width,
                height,
                radius,
                weight,
                colour,
            } => {
                let colour = colour.hex();
                write!(
                    f,
                    "frame {x} {y} {width} x {height} radius {radius} {weight} {colour}"
                )
            }
            Self::Code { x, y, size, rows } => {
                let dark = rows
                    .iter()
                    .flat_map(|row| row.chars())
                    .filter(|c| *c == '1')
                    .count();
                let count = rows.len();
                write!(
                    f,
                    "code {x} {y} size {size}, {count} modules a side, {dark} dark"
                )
            }
            Self::Picture {
                x,
                y,
                width,
                height,
            } => write!(f, "picture {x} {y} {width} x {height}"),
        }
    }
}

impl fmt::Display for TextItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = self.role.name();
        let mut extra = String::new();
        if self.tabular {
            extra.push_str(" tabular");
        }
        if self.angle != 0 {
            write!(extra, " turned {}", self.angle)?;
        }
        let Self { x, y, size, .. } = self;
        write!(
            f,
            "text {x} {y} {role} {size} {}{extra} {:?}",
            self.colour.hex(),
            self.text
        )
    }
}
