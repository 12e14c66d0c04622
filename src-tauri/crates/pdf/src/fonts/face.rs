//! One font: its characters, widths and shaping plans.

use std::sync::{Arc, RwLock};

use rustybuzz::{Direction, Feature, Script, ShapePlan};

/// A parsed font face.
pub(crate) struct Face {
    /// PostScript name inside the PDF.
    pub name: String,
    pub bytes: &'static [u8],
    pub index: u32,
    pub shaper: rustybuzz::Face<'static>,
    /// One bit per character of the basic plane: asked for every character of every document.
    covered: Vec<u64>,
    plans: RwLock<Vec<(PlanKey, Arc<ShapePlan>)>>,
}

/// What a shaping plan depends on, beside the font.
#[derive(Clone, PartialEq)]
pub(crate) struct PlanKey {
    pub script: Script,
    pub direction: Direction,
    pub tabular: bool,
}

impl Face {
    pub(crate) fn parse(name: String, bytes: &'static [u8], index: u32) -> Option<Self> {
        let shaper = rustybuzz::Face::from_slice(bytes, index)?;
        let covered = coverage(&shaper);
        Some(Self {
            name,
            bytes,
            index,
            shaper,
            covered,
            plans: RwLock::default(),
        })
    }

    pub(crate) fn has(&self, character: char) -> bool {
        let code = u32::from(character);
        match u16::try_from(code) {
            Ok(code) => {
                let word = self
                    .covered
                    .get(usize::from(code >> 6))
                    .copied()
                    .unwrap_or(0);
                word >> (code & 63) & 1 == 1
            }
            Err(_) => self
                .shaper
                .glyph_index(character)
                .is_some_and(|glyph| glyph.0 != 0),
        }
    }

    /// Font units as thousandths of the font size, to the nearest.
    pub(crate) fn thousandths(&self, units: i32) -> i32 {
        let em = i64::from(self.shaper.units_per_em().max(1));
        let scaled = (i64::from(units) * 2000 + em).div_euclid(2 * em);
        i32::try_from(scaled).unwrap_or(i32::MAX)
    }

    /// The width that the PDF states for a glyph, in thousandths of the font size.
    pub(crate) fn width(&self, glyph: u16) -> i32 {
        let units = self
            .shaper
            .glyph_hor_advance(ttf_parser::GlyphId(glyph))
            .unwrap_or(0);
        self.thousandths(i32::from(units))
    }

    /// Making a plan reads all the layout tables of the font, using it does not: plans are kept.
    pub(crate) fn plan(&self, key: &PlanKey, features: &[Feature]) -> Arc<ShapePlan> {
        let known = |plans: &Vec<(PlanKey, Arc<ShapePlan>)>| {
            plans
                .iter()
                .find(|(other, _)| other == key)
                .map(|(_, plan)| Arc::clone(plan))
        };
        let read = self
            .plans
            .read()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(plan) = known(&read) {
            return plan;
        }
        drop(read);
        let plan = Arc::new(ShapePlan::new(
            &self.shaper,
            key.direction,
            Some(key.script),
            None,
            features,
        ));
        let mut write = self
            .plans
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        write.push((key.clone(), Arc::clone(&plan)));
        plan
    }
}

fn coverage(shaper: &rustybuzz::Face) -> Vec<u64> {
    let mut covered = vec![0; 1024];
    let subtables = shaper.tables().cmap.map(|cmap| cmap.subtables);
    for subtable in subtables
        .into_iter()
        .flatten()
        .filter(ttf_parser::cmap::Subtable::is_unicode)
    {
        subtable.codepoints(|code| {
            let Ok(short) = u16::try_from(code) else {
                return;
            };
            if subtable.glyph_index(code).is_none_or(|glyph| glyph.0 == 0) {
                return;
            }
            if let Some(word) = covered.get_mut(usize::from(short >> 6)) {
                *word |= 1_u64 << (short & 63);
            }
        });
    }
    covered
}
