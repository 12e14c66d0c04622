//! From pages to PDF: the only part that knows printpdf.
//!
//! What makes two runs alike: own names for fonts and pictures (printpdf counts them per process),
//! an own file identifier (printpdf draws lots), the date of the document (there is no clock).

mod archive;
mod deflate;
mod finish;
mod font_file;
mod icc;
mod ops;
mod xmp;

use std::collections::BTreeMap;

use printpdf::{
    FontId, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt, RawImage, RawImageData,
    RawImageFormat, Rect, XObject, XObjectId,
};
use thiserror::Error;

use crate::embedded::Embedded;
use crate::fonts::Fonts;
use crate::pages::{Item, Pages};
use font_file::Subset;

/// Why pages cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DrawError {
    #[error("the logo cannot be read: {0}")]
    Logo(String),
    #[error("the font {0} cannot be reduced to what the document needs")]
    Font(String),
    #[error("the date {0}-{1}-{2} is not a date")]
    Date(i32, u8, u8),
    #[error("writing the PDF failed: {0}")]
    Write(String),
}

/// The bytes of the PDF, made for archives (PDF/A-3b). `fonts` must be the set that the pages were
/// laid out with.
pub fn draw(pages: &Pages, fonts: &Fonts) -> Result<Vec<u8>, DrawError> {
    paint(pages, fonts, None)
}

/// The same with a file inside that says the same as the pages: a hybrid invoice (Factur-X,
/// ZUGFeRD).
pub fn draw_hybrid(
    pages: &Pages,
    fonts: &Fonts,
    embedded: &Embedded<'_>,
) -> Result<Vec<u8>, DrawError> {
    paint(pages, fonts, Some(embedded))
}

fn paint(
    pages: &Pages,
    fonts: &Fonts,
    embedded: Option<&Embedded<'_>>,
) -> Result<Vec<u8>, DrawError> {
    let mut document = PdfDocument::new(&pages.title);
    finish::describe(&mut document, pages)?;
    let subsets = font_file::subsets(pages, fonts)?;
    for subset in subsets.values() {
        let font = PdfFont::new(subset.font.clone());
        document
            .resources
            .fonts
            .map
            .insert(FontId(subset.id.clone()), font);
    }
    let picture = picture(pages, &mut document)?;
    for page in &pages.pages {
        let ops = ops::page(page, pages.sheet, &subsets, picture);
        let size = Rect::from_wh(
            Pt(points(pages.sheet.width)),
            Pt(points(pages.sheet.height)),
        );
        let (media_box, trim_box, crop_box) = (size.clone(), size.clone(), size);
        document.pages.push(PdfPage {
            media_box,
            trim_box,
            crop_box,
            ops,
        });
    }
    let options = PdfSaveOptions {
        image_optimization: None,
        ..PdfSaveOptions::default()
    };
    let raw = printpdf::to_lopdf_doc(&document, &options, &mut Vec::new());
    finish::finish(raw, pages, embedded)
}

/// Subsets by index of the font.
type Subsets = BTreeMap<usize, Subset>;

/// Size of the logo in pixels, once it is among the resources.
type Picture = Option<(usize, usize)>;

const LOGO: &str = "Logo";

fn picture(pages: &Pages, document: &mut PdfDocument) -> Result<Picture, DrawError> {
    let mut items = pages.pages.iter().flat_map(|page| &page.items);
    let (Some(bytes), true) = (
        &pages.logo,
        items.any(|item| matches!(item, Item::Picture { .. })),
    ) else {
        return Ok(None);
    };
    let image = RawImage::decode_from_bytes(bytes, &mut Vec::new()).map_err(DrawError::Logo)?;
    let size = (image.width, image.height);
    let image = XObject::Image(on_white(image));
    document
        .resources
        .xobjects
        .map
        .insert(XObjectId(LOGO.to_owned()), image);
    Ok(Some(size))
}

/// Paper is white: what is transparent in the logo is painted on white here, once, instead of by
/// every viewer with a second picture for the transparency.
fn on_white(image: RawImage) -> RawImage {
    let (RawImageData::U8(pixels), RawImageFormat::RGBA8) = (&image.pixels, image.data_format)
    else {
        return image;
    };
    let mut solid = Vec::with_capacity(pixels.len() / 4 * 3);
    for pixel in pixels.chunks_exact(4) {
        if let [red, green, blue, alpha] = *pixel {
            let alpha = u16::from(alpha);
            let mixed = |part: u8| (u16::from(part) * alpha + 255 * (255 - alpha) + 127) / 255;
            solid.extend([red, green, blue].map(|part| u8::try_from(mixed(part)).unwrap_or(255)));
        }
    }
    RawImage {
        pixels: RawImageData::U8(solid),
        data_format: RawImageFormat::RGB8,
        ..image
    }
}

/// Hundredths of a point as points, for printpdf. Exact enough: 24 bits hold any position on a
/// sheet to a hundredth.
fn points(hundredths: i32) -> f32 {
    hundredths as f32 / 100.0
}
