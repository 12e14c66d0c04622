//! Names as customers really have them, and names meant to do harm.

use ratebook_invoicing::document::{Document, DocumentState};
use ratebook_pdf::{Fonts, Item, LayoutError, Pages, TextItem, layout, missing_scripts};

use crate::pages;
use crate::samples::{designed, lines, many_lines};

const LONG: &str =
    "DonaudampfschifffahrtsgesellschaftskapitänsmützenfabrikhaltungsgesellschaftmbHund";

/// Markup, control characters, a reversed reading direction, other scripts, words without end.
pub fn document() -> Document {
    let mut document = many_lines("en-GB", "EUR", 2);
    document.buyer = lines(&[
        "<b>Müller & Söhne</b> \u{202e}evil\0{page}",
        "شركة الأمل للتجارة 123",
        "חברת דוגמה בע״מ, Tel Aviv",
        "Αθήνα, Київ, Łódź, İstanbul, Việt Nam",
        "บริษัท ตัวอย่าง จำกัด",
        "नमस्ते कंपनी",
        "საქართველო Հայաստան",
        LONG,
    ]);
    let row = document.table.sections[0].groups[0]
        .head
        .as_mut()
        .expect("a fee");
    row.description =
        format!("A description that goes on and on until it has to wrap {LONG} twice");
    row.notes = lines(&["Service period 1 to 31 August 2026, billed late"]);
    document.meta[5].value = format!("PO {LONG}");
    document.notes = lines(&["Reverse charge: the recipient is liable for the tax."]);
    document.bars = None;
    document
}

fn texts(pages: &Pages) -> Vec<&TextItem> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| {
            if let Item::Text(text) = item {
                Some(text)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn markup_is_printed_and_never_read() {
    let pages = pages(&document());
    let found = texts(&pages)
        .iter()
        .any(|text| text.text == "<b>Müller & Söhne</b> evil {page}");
    assert!(found, "{pages}");
}

#[test]
fn arabic_is_joined_and_runs_from_right_to_left() {
    let pages = pages(&document());
    let text = texts(&pages)
        .into_iter()
        .find(|text| text.text.starts_with("شركة"))
        .expect("there");
    let glyphs: Vec<_> = text.runs.iter().flat_map(|run| &run.glyphs).collect();
    assert_eq!(
        glyphs.first().map(|glyph| glyph.text.as_str()),
        Some("1"),
        "digits end the line"
    );
    assert_eq!(
        glyphs.last().map(|glyph| glyph.text.as_str()),
        Some("ش"),
        "the first letter is right"
    );
    // The letter lam stands in الأمل and in للتجارة in different shapes.
    let lams: std::collections::BTreeSet<u16> = glyphs
        .iter()
        .filter(|glyph| glyph.text == "ل")
        .map(|glyph| glyph.id)
        .collect();
    assert!(lams.len() > 1, "letters are not joined: {lams:?}");
}

#[test]
fn a_script_without_a_font_is_named_before_finalizing() {
    let fonts = Fonts::embedded();
    let mut document = designed("en-GB");
    assert_eq!(missing_scripts(&document, &fonts), []);
    document.buyer[0] = "株式会社サンプル".to_owned();
    let missing = missing_scripts(&document, &fonts);
    let named: Vec<_> = missing
        .iter()
        .map(|m| (m.script.as_str(), m.example.as_str(), m.characters.as_str()))
        .collect();
    let name = "株式会社サンプル";
    assert_eq!(
        named,
        [("Han", name, "株式会社"), ("Katakana", name, "サンプル")]
    );
    assert_eq!(
        layout(&document, &fonts),
        Err(LayoutError::MissingScripts(missing))
    );
    document.state = DocumentState::Draft;
    let draft = layout(&document, &fonts).expect("a draft can be looked at");
    let name = texts(&draft)
        .into_iter()
        .find(|text| text.text == name)
        .expect("there");
    let printed: Vec<_> = name
        .runs
        .iter()
        .flat_map(|run| &run.glyphs)
        .map(|g| &g.text)
        .collect();
    assert_eq!(printed, ["?"; 8], "question marks, never boxes");
}

/// With a font of the system handed in, the name is printed.
#[test]
fn a_font_handed_in_prints_japanese() {
    let path = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
    let Ok(bytes) = std::fs::read(path) else {
        // On Linux the test script installs it: a missing font is a missing test.
        if cfg!(target_os = "linux") {
            panic!("{path} is missing: src-tauri/scripts/need.sh test");
        }
        return;
    };
    let fonts = Fonts::embedded().with_fallback(bytes, 0).expect("a font");
    let mut document = designed("en-GB");
    document.buyer[0] = "株式会社サンプル".to_owned();
    assert_eq!(missing_scripts(&document, &fonts), []);
    let pages = layout(&document, &fonts).expect("laid out");
    let bytes = ratebook_pdf::draw(&pages, &fonts).expect("drawn");
    assert!(
        bytes.len() < 200_000,
        "only the used part is embedded, not {} bytes",
        bytes.len()
    );
    crate::readers::read(&bytes, "japanese", |file| {
        crate::readers::sound(file);
        let text = crate::readers::tool("pdftotext", &["-layout", file, "-"]);
        assert!(text.contains("株式会社サンプル"), "{text}");
    });
    assert!(
        Fonts::embedded()
            .with_fallback(b"no font".to_vec(), 0)
            .is_err()
    );
}
