//! The fonts of the paper: parsed once, shared, never read from disk.

mod face;
mod shape;

use std::sync::{Arc, OnceLock};

use serde::Serialize;
use thiserror::Error;

pub(crate) use face::Face;
use shape::Known;
pub(crate) use shape::{Shaped, Style};

/// What a piece of text is for; decides the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    Regular,
    Medium,
    SemiBold,
    /// Titles and the amount due.
    Display,
}

impl Role {
    pub(crate) const ALL: [Self; 4] = [Self::Regular, Self::Medium, Self::SemiBold, Self::Display];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Medium => "medium",
            Self::SemiBold => "semibold",
            Self::Display => "display",
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Regular => 0,
            Self::Medium => 1,
            Self::SemiBold => 2,
            Self::Display => 3,
        }
    }
}

/// A set of fonts: one per [`Role`], then the ones that step in for other scripts, in order.
///
/// Cheap to clone.
#[derive(Clone)]
pub struct Fonts {
    faces: Arc<Vec<Arc<Face>>>,
    known: Arc<Known>,
}

/// A font that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("font {index} of the file cannot be read")]
pub struct FontError {
    pub index: u32,
}

/// Inter for Latin, Greek and Cyrillic, then Noto Sans.
const EMBEDDED: [(&str, &[u8]); 10] = [
    (
        "Inter-Regular",
        include_bytes!("../fonts/Inter-Regular.ttf"),
    ),
    ("Inter-Medium", include_bytes!("../fonts/Inter-Medium.ttf")),
    (
        "Inter-SemiBold",
        include_bytes!("../fonts/Inter-SemiBold.ttf"),
    ),
    (
        "InterDisplay-SemiBold",
        include_bytes!("../fonts/InterDisplay-SemiBold.ttf"),
    ),
    (
        "NotoSansArabic",
        include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    ),
    (
        "NotoSansHebrew",
        include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    ),
    (
        "NotoSansDevanagari",
        include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
    ),
    (
        "NotoSansThai",
        include_bytes!("../fonts/NotoSansThai-Regular.ttf"),
    ),
    (
        "NotoSansGeorgian",
        include_bytes!("../fonts/NotoSansGeorgian-Regular.ttf"),
    ),
    (
        "NotoSansArmenian",
        include_bytes!("../fonts/NotoSansArmenian-Regular.ttf"),
    ),
];

impl Fonts {
    /// The fonts inside the program: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai,
    /// Georgian and Armenian. Parsed on first use, then shared.
    pub fn embedded() -> Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS
            .get_or_init(|| {
                let faces = EMBEDDED.iter().filter_map(|(name, bytes)| {
                    Face::parse((*name).to_owned(), bytes, 0).map(Arc::new)
                });
                Self {
                    faces: Arc::new(faces.collect()),
                    known: Arc::default(),
                }
            })
            .clone()
    }

    /// Adds a font for what the others do not have, for example a Japanese font of the system.
    /// `index` selects the face of a collection (`.ttc`).
    ///
    /// The bytes are kept until the process ends: hand the same font in once.
    pub fn with_fallback(&self, bytes: Vec<u8>, index: u32) -> Result<Self, FontError> {
        let bytes: &'static [u8] = Box::leak(bytes.into_boxed_slice());
        let name = format!("Fallback-{}", self.faces.len());
        let face = Face::parse(name, bytes, index).ok_or(FontError { index })?;
        let mut faces = self.faces.as_ref().clone();
        faces.push(Arc::new(face));
        // Texts are shaped anew: the new font may have what was missing.
        Ok(Self {
            faces: Arc::new(faces),
            known: Arc::default(),
        })
    }

    pub(crate) fn face(&self, index: usize) -> &Face {
        &self.faces[index]
    }

    /// The font that prints `character` in `role`, if there is one.
    pub(crate) fn face_for(&self, role: Role, character: char) -> Option<usize> {
        let own = role.index();
        let others = Role::ALL.len()..self.faces.len();
        std::iter::once(own)
            .chain(others)
            .find(|index| self.faces[*index].has(character))
    }
}
