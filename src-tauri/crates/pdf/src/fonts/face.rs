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
        Some(Self {
            name,
            bytes,
            index,
            shaper,
            plans: RwLock::default(),
        })
    }

    pub(crate) fn has(&self, character: char) -> bool {
        self.shaper
            .glyph_index(character)
            .is_some_and(|glyph| glyph.0 != 0)
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
