//! Sets lines of text: measuring, wrapping, breaking words that are too long.

use std::cell::RefCell;
use std::collections::HashMap;

use unicode_bidi::{BidiClass, bidi_class};

use super::style::Type;
use crate::fonts::{Fonts, Shaped, Style};
use crate::pages::{Item, TextItem};

/// One line, measured.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub text: String,
    pub style: Style,
    pub shaped: Shaped,
}

impl Line {
    pub(super) fn width(&self) -> i32 {
        self.shaped.width
    }

    /// As an item with its left end at `x` and its baseline at `y`.
    pub(super) fn at(&self, x: i32, y: i32) -> Item {
        self.turned(x, y, 0)
    }

    /// With its right end at `x`.
    pub(super) fn before(&self, x: i32, y: i32) -> Item {
        self.at(x - self.width(), y)
    }

    pub(super) fn turned(&self, x: i32, y: i32, angle: i32) -> Item {
        Item::Text(TextItem {
            x,
            y,
            width: self.width(),
            role: self.style.role,
            size: self.style.size,
            colour: self.style.colour,
            tabular: self.style.tabular,
            angle,
            text: self.text.clone(),
            runs: self.shaped.runs.clone(),
        })
    }
}

/// Shapes with a memory: an invoice says "Input tokens" many times.
pub(super) struct Setter<'a> {
    fonts: &'a Fonts,
    known: RefCell<HashMap<(Style, String), Shaped>>,
}

impl<'a> Setter<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            known: RefCell::default(),
        }
    }

    /// One line, however long. `None` when there is nothing to print.
    pub(super) fn line(&self, text: &str, style: Type) -> Option<Line> {
        let text = clean(text);
        (!text.is_empty()).then(|| self.set(text, style.style))
    }

    fn set(&self, text: String, style: Style) -> Line {
        let key = (style, text);
        if let Some(shaped) = self.known.borrow().get(&key) {
            return Line {
                shaped: shaped.clone(),
                style,
                text: key.1,
            };
        }
        let shaped = self.fonts.shape(&key.1, style);
        self.known.borrow_mut().insert(key.clone(), shaped.clone());
        Line {
            shaped,
            style,
            text: key.1,
        }
    }

    fn width(&self, text: &str, style: Style) -> i32 {
        self.set(text.to_owned(), style).width()
    }

    /// Lines no wider than `width`. Breaks at spaces, after hyphens and slashes and between
    /// ideographs; a word that is still too long is broken between letters.
    pub(super) fn wrap(&self, text: &str, style: Type, width: i32) -> Vec<Line> {
        let style = style.style;
        let text = clean(text);
        if text.is_empty() {
            return Vec::new();
        }
        let whole = self.set(text, style);
        if whole.width() <= width {
            return vec![whole];
        }
        let mut lines = Vec::new();
        let mut current = String::new();
        for piece in pieces(&whole.text) {
            let candidate = format!("{current}{piece}");
            if self.width(candidate.trim_end(), style) <= width {
                current = candidate;
                continue;
            }
            if !current.is_empty() {
                lines.push(std::mem::take(&mut current));
            }
            current = self.break_word(piece, style, width, &mut lines);
        }
        lines.push(current);
        let lines = lines
            .iter()
            .map(|line| line.trim_end())
            .filter(|line| !line.is_empty());
        lines.map(|line| self.set(line.to_owned(), style)).collect()
    }

    /// Puts as much of a too long word as fits on lines of its own; returns what is left.
    fn break_word(&self, word: &str, style: Style, width: i32, lines: &mut Vec<String>) -> String {
        let mut rest = word;
        while self.width(rest.trim_end(), style) > width {
            let ends: Vec<usize> = rest
                .char_indices()
                .skip(1)
                .filter(|(_, character)| bidi_class(*character) != BidiClass::NSM)
                .map(|(index, _)| index)
                .collect();
            let fits = ends.partition_point(|end| self.fits(rest.get(..*end), style, width));
            let Some(end) = ends.get(fits.saturating_sub(1)).copied() else {
                break;
            };
            let (line, tail) = rest.split_at(end);
            lines.push(line.to_owned());
            rest = tail;
        }
        rest.to_owned()
    }

    fn fits(&self, text: Option<&str>, style: Style, width: i32) -> bool {
        text.is_some_and(|text| self.width(text, style) <= width)
    }
}

/// Parts of a text between which a line may end; spaces stay at the end of a part.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (index, character) in text.char_indices() {
        let breaks = previous.is_some_and(|previous| {
            (previous == ' ' && character != ' ')
                || (matches!(previous, '-' | '/' | '–' | '—') && character.is_alphabetic())
                || (is_ideographic(previous) || is_ideographic(character)) && character != ' '
        });
        if breaks {
            pieces.push(text.get(start..index).unwrap_or_default());
            start = index;
        }
        previous = Some(character);
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces
}

/// Scripts written without spaces.
fn is_ideographic(character: char) -> bool {
    matches!(u32::from(character), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// What is printed of a text: control characters become spaces, and the invisible characters that
/// could turn the reading direction of what follows are dropped.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {}
            '\u{2028}' | '\u{2029}' => cleaned.push(' '),
            control if control.is_control() => cleaned.push(' '),
            other => cleaned.push(other),
        }
    }
    // Only plain spaces: a space as wide as a figure keeps days below each other.
    cleaned.trim_matches(' ').to_owned()
}
