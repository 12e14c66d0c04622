//! What cannot be printed: asked before an invoice is finalized.

use ratebook_invoicing::document::Document;
use serde::Serialize;
use unicode_script::{Script, UnicodeScript};

use crate::fonts::{Fonts, Role};
use crate::layout::clean;

/// A script that no font at hand can print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MissingScript {
    /// English name of the script, for example "Han"; "Symbols" for signs of no script.
    pub script: String,
    /// The first text in the document that holds such characters.
    pub example: String,
    /// The characters without a font, each once, at most 20.
    pub characters: String,
}

/// Scripts of the document that `fonts` cannot print, in the order they occur. Empty: all is well.
pub fn missing_scripts(document: &Document, fonts: &Fonts) -> Vec<MissingScript> {
    let mut missing: Vec<MissingScript> = Vec::new();
    for text in document.texts() {
        let cleaned = clean(text);
        for character in cleaned.chars() {
            // The roles hold the same characters: one stands for all.
            if fonts.face_for(Role::Regular, character).is_some() {
                continue;
            }
            let script = name(character);
            let position = missing.iter().position(|known| known.script == script);
            match position.and_then(|index| missing.get_mut(index)) {
                Some(known) if known.characters.contains(character) => {}
                Some(known) if known.characters.chars().count() < 20 => {
                    known.characters.push(character);
                }
                Some(_) => {}
                None => missing.push(MissingScript {
                    script,
                    example: text.to_owned(),
                    characters: character.to_string(),
                }),
            }
        }
    }
    missing
}

fn name(character: char) -> String {
    match character.script() {
        Script::Common | Script::Inherited | Script::Unknown => "Symbols".to_owned(),
        script => script.full_name().replace('_', " "),
    }
}
