//! Shaping: characters to glyphs in printing order, with the right font for each script.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use rustybuzz::{Direction, Feature, UnicodeBuffer};
use ttf_parser::Tag;
use unicode_bidi::{BidiClass, BidiInfo, Level};

use super::face::PlanKey;
use super::{Face, Fonts, Role};
use crate::pages::{Colour, Glyph, Run};

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    pub role: Role,
    /// Hundredths of a point.
    pub size: i32,
    pub colour: Colour,
    /// Figures of equal width, for columns.
    pub tabular: bool,
    /// Space between letters, in thousandths of the size.
    pub tracking: i32,
}

/// A shaped piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shaped {
    pub runs: Arc<[Run]>,
    /// Hundredths of a point.
    pub width: i32,
}

/// What shaping depends on: neither size nor colour.
pub(super) type ShapeKey = (Role, bool, i32, String);

/// Shaped texts of all documents so far: a month's invoices say the same words a thousand times.
pub(super) type Known = RwLock<HashMap<ShapeKey, Arc<[Run]>>>;

/// When so many texts are remembered, all are forgotten: figures hardly ever come again.
const MOST_KNOWN: usize = 20_000;

impl Fonts {
    /// Shapes one line. A character without a font is printed as a question mark, never as a box;
    /// [`crate::missing_scripts`] names them before it comes to that.
    pub(crate) fn shape(&self, text: &str, style: Style) -> Shaped {
        let runs = self.runs(text, style);
        let glyphs = runs.iter().flat_map(|run: &Run| &run.glyphs);
        let total: i64 = glyphs.map(|glyph| i64::from(glyph.advance)).sum();
        let width = (total * i64::from(style.size) + 500).div_euclid(1000);
        Shaped {
            runs,
            width: i32::try_from(width).unwrap_or(i32::MAX),
        }
    }

    fn runs(&self, text: &str, style: Style) -> Arc<[Run]> {
        let key = (style.role, style.tabular, style.tracking, text.to_owned());
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(runs) = known.get(&key) {
            return Arc::clone(runs);
        }
        drop(known);
        let runs: Arc<[Run]> = self.shape_anew(text, style).into();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(key, Arc::clone(&runs));
        runs
    }

    fn shape_anew(&self, text: &str, style: Style) -> Vec<Run> {
        let mut runs = Vec::new();
        if text.chars().all(is_plain) {
            self.shape_direction(text, Level::ltr(), style, &mut runs);
            return runs;
        }
        let bidi = BidiInfo::new(text, None);
        for paragraph in &bidi.paragraphs {
            let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for range in ranges {
                let level = levels.get(range.start).copied().unwrap_or(Level::ltr());
                let part = text.get(range).unwrap_or_default();
                self.shape_direction(part, level, style, &mut runs);
            }
        }
        runs
    }

    /// One direction: split by font, shape each part, put the parts in printing order.
    fn shape_direction(&self, text: &str, level: Level, style: Style, runs: &mut Vec<Run>) {
        let own = self.face(style.role.index());
        if text.chars().all(|character| own.has(character)) {
            let glyphs = shape_part(own, text, level, style);
            runs.push(Run {
                font: style.role.index(),
                glyphs,
            });
            return;
        }
        let mut parts = self.by_font(text, style.role);
        if level.is_rtl() {
            parts.reverse();
        }
        for (font, part) in parts {
            let glyphs = shape_part(self.face(font), &part, level, style);
            match runs.last_mut() {
                Some(last) if last.font == font => last.glyphs.extend(glyphs),
                _ => runs.push(Run { font, glyphs }),
            }
        }
    }

    /// Splits a text into the longest parts that one font can print.
    fn by_font(&self, text: &str, role: Role) -> Vec<(usize, String)> {
        let mut parts: Vec<(usize, String)> = Vec::new();
        for character in text.chars() {
            let previous = parts.last().map(|(font, _)| *font);
            // A mark, a joiner or a space stays in the font of the letter before it.
            let stays = previous.filter(|font| match character {
                ZERO_WIDTH_NON_JOINER | ZERO_WIDTH_JOINER => true,
                _ => joins_previous(character) && self.face(*font).has(character),
            });
            let (font, character) = match stays.or_else(|| self.face_for(role, character)) {
                Some(font) => (font, character),
                None => (role.index(), '?'),
            };
            match parts.last_mut() {
                Some((last, part)) if *last == font => part.push(character),
                _ => parts.push((font, character.to_string())),
            }
        }
        parts
    }
}

const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Neither right to left nor in need of joining: nearly every text on an invoice.
fn is_plain(character: char) -> bool {
    u32::from(character) < 0x590
        || ('\u{1e00}'..'\u{200b}').contains(&character)
        || ('\u{2010}'..'\u{2028}').contains(&character)
        || ('\u{202f}'..'\u{2060}').contains(&character)
        || ('\u{2070}'..'\u{2c00}').contains(&character)
}

fn joins_previous(character: char) -> bool {
    character == ' ' || unicode_bidi::bidi_class(character) == BidiClass::NSM
}

fn shape_part(face: &Face, text: &str, level: Level, style: Style) -> Vec<Glyph> {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let direction = if level.is_rtl() {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    };
    buffer.set_direction(direction);
    let features: &[Feature] = if style.tabular {
        // Kerned figures would no longer stand in columns.
        &[
            Feature::new(Tag::from_bytes(b"tnum"), 1, ..),
            Feature::new(Tag::from_bytes(b"kern"), 0, ..),
        ]
    } else {
        &[]
    };
    let key = PlanKey {
        script: buffer.script(),
        direction,
        tabular: style.tabular,
    };
    let plan = face.plan(&key, features);
    let shaped = rustybuzz::shape_with_plan(&face.shaper, &plan, buffer);
    let infos = shaped.glyph_infos();
    let mut glyphs: Vec<Glyph> = infos
        .iter()
        .zip(shaped.glyph_positions())
        .map(|(info, position)| Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: face.thousandths(position.x_advance) + style.tracking,
            dx: face.thousandths(position.x_offset),
            dy: face.thousandths(position.y_offset),
            text: String::new(),
        })
        .collect();
    let clusters: Vec<usize> = infos
        .iter()
        .map(|info| usize::try_from(info.cluster).unwrap_or(0))
        .collect();
    spread_text(text, &clusters, &mut glyphs);
    glyphs
}

/// Gives each glyph the characters it stands for, so that the text can be copied out of the PDF.
fn spread_text(text: &str, clusters: &[usize], glyphs: &mut [Glyph]) {
    let mut starts: Vec<usize> = clusters.to_vec();
    starts.sort_unstable();
    starts.dedup();
    let mut index = 0;
    while let Some(start) = clusters.get(index).copied() {
        let same = clusters
            .iter()
            .skip(index)
            .take_while(|other| **other == start)
            .count();
        let after = starts.partition_point(|other| *other <= start);
        let end = starts.get(after).copied().unwrap_or(text.len());
        let part = text.get(start..end).unwrap_or_default();
        if same > 1 && same == part.chars().count() {
            for (glyph, character) in glyphs.iter_mut().skip(index).zip(part.chars()) {
                glyph.text = character.to_string();
            }
        } else if let Some(glyph) = glyphs.get_mut(index) {
            glyph.text = part.to_owned();
        }
        index += same;
    }
}
