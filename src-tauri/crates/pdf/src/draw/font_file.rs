//! The part of a font that a document uses.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontMetrics, FontType, ParsedFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;

use super::{DrawError, Subsets};
use crate::fonts::{Face, Fonts};
use crate::pages::{Item, Pages};

/// A font reduced to the glyphs of one document.
pub(super) struct Subset {
    /// Six capital letters; the tag that marks a subset in a PDF.
    pub id: String,
    pub font: ParsedFont,
    /// Glyph of the whole font: glyph of the subset, its width in thousandths, its characters.
    pub glyphs: BTreeMap<u16, SubsetGlyph>,
}

pub(super) struct SubsetGlyph {
    pub id: u16,
    pub width: i32,
    pub text: String,
}

/// The used part of every used font.
pub(super) fn subsets(pages: &Pages, fonts: &Fonts) -> Result<Subsets, DrawError> {
    let mut used: BTreeMap<usize, BTreeMap<u16, BTreeSet<&str>>> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Item::Text(text) = item else { continue };
        for run in text.runs.iter() {
            let glyphs = used.entry(run.font).or_default();
            for glyph in &run.glyphs {
                let texts = glyphs.entry(glyph.id).or_default();
                if !glyph.text.is_empty() {
                    texts.insert(&glyph.text);
                }
            }
        }
    }
    used.into_iter()
        .map(|(font, glyphs)| Ok((font, subset(font, fonts.face(font), &glyphs)?)))
        .collect()
}

fn subset(
    font: usize,
    face: &Face,
    used: &BTreeMap<u16, BTreeSet<&str>>,
) -> Result<Subset, DrawError> {
    let mut remapper = GlyphRemapper::new();
    let mut glyphs = BTreeMap::new();
    for (glyph, texts) in used {
        // Where two characters look alike (space, no-break space), the first in the alphabet is
        // what a reader copies out.
        let text = texts
            .first()
            .map(|text| (*text).to_owned())
            .unwrap_or_default();
        let id = remapper.remap(*glyph);
        glyphs.insert(
            *glyph,
            SubsetGlyph {
                id,
                width: face.width(*glyph),
                text,
            },
        );
    }
    let bytes = subsetter::subset(face.bytes, face.index, &remapper)
        .map_err(|_| DrawError::Font(face.name.clone()))?;
    let id = tag(font);
    let name = format!("{id}+{}", face.name);
    Ok(Subset {
        font: parsed(face, name, bytes, &glyphs),
        id,
        glyphs,
    })
}

/// "FAAAAA", "FAAAAB", …
fn tag(font: usize) -> String {
    let letter = |value: usize| char::from(b'A' + u8::try_from(value % 26).unwrap_or(0));
    format!("FAAA{}{}", letter(font / 26), letter(font))
}

/// The font as printpdf wants it. All lengths in thousandths, so that it has nothing to round.
fn parsed(
    face: &Face,
    name: String,
    bytes: Vec<u8>,
    glyphs: &BTreeMap<u16, SubsetGlyph>,
) -> ParsedFont {
    let short = |units: i32| i16::try_from(face.thousandths(units)).unwrap_or(i16::MAX);
    let bounds = face.shaper.global_bounding_box();
    let is_cff = bytes.starts_with(b"OTTO");
    ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(name),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: glyphs
            .values()
            .map(|glyph| (glyph.id, u16::try_from(glyph.width).unwrap_or(0)))
            .collect(),
        units_per_em: 1000,
        font_metrics: FontMetrics {
            ascent: short(i32::from(face.shaper.ascender())),
            descent: short(i32::from(face.shaper.descender())),
        },
        font_type: if is_cff {
            FontType::OpenTypeCFF(())
        } else {
            FontType::TrueType
        },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: short(i32::from(bounds.x_min)),
            y_min: short(i32::from(bounds.y_min)),
            x_max: short(i32::from(bounds.x_max)),
            y_max: short(i32::from(bounds.y_max)),
            caret_slope_rise: 1,
            caret_slope_run: 0,
            us_weight_class: face.shaper.weight().to_number(),
        },
    }
}
