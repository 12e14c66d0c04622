//! Items as drawing operations.

use printpdf::{
    Codepoint, Color, FontId, Line, LinePoint, Op, PaintMode, PdfFontHandle, Point, Pt, Rect, Rgb,
    TextItem as ShownText, TextMatrix, XObjectId, XObjectTransform,
};

use super::{LOGO, Picture, Subsets, points};
use crate::pages::{Colour, Item, Page, Sheet, TextItem};

/// The operations of one page.
pub(super) fn page(page: &Page, sheet: Sheet, subsets: &Subsets, picture: Picture) -> Vec<Op> {
    let mut pen = Pen {
        sheet,
        subsets,
        ops: Vec::new(),
        fill: None,
        font: None,
    };
    for item in &page.items {
        match item {
            Item::Text(text) => pen.text(text),
            Item::Rule {
                x,
                y,
                width,
                weight,
                colour,
            } => {
                pen.fill((*x, *y - weight / 2), (*width, *weight), *colour);
            }
            Item::Fill {
                x,
                y,
                width,
                height,
                colour,
            } => {
                pen.fill((*x, *y), (*width, *height), *colour);
            }
            Item::Frame {
                x,
                y,
                width,
                height,
                radius,
                weight,
                colour,
            } => {
                pen.frame((*x, *y), (*width, *height), *radius, *weight, *colour);
            }
            Item::Code { x, y, size, rows } => pen.code((*x, *y), *size, rows),
            Item::Picture {
                x,
                y,
                width,
                height,
            } => {
                pen.picture((*x, *y), (*width, *height), picture);
            }
        }
    }
    pen.ops
}

struct Pen<'a> {
    sheet: Sheet,
    subsets: &'a Subsets,
    ops: Vec<Op>,
    /// What is set already need not be set again.
    fill: Option<Colour>,
    font: Option<(usize, i32)>,
}

impl Pen<'_> {
    fn point(&self, x: i32, y: i32) -> Point {
        Point {
            x: Pt(points(x)),
            y: Pt(points(self.sheet.height - y)),
        }
    }

    fn set_fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.ops.push(Op::SetFillColor { col: ink(colour) });
            self.fill = Some(colour);
        }
    }

    /// A line is a thin rectangle: no viewer thickens it.
    fn fill(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), colour: Colour) {
        self.set_fill(colour);
        let corner = self.point(x, y + height);
        self.ops.push(Op::DrawRectangle {
            rectangle: Rect {
                x: corner.x,
                y: corner.y,
                width: Pt(points(width)),
                height: Pt(points(height)),
                mode: Some(PaintMode::Fill),
                winding_order: None,
            },
        });
    }

    /// Dark modules, neighbours of a row joined, so that no seams are printed between them.
    fn code(&mut self, (x, y): (i32, i32), size: i32, rows: &[String]) {
        let count = i32::try_from(rows.len()).unwrap_or(1).max(1);
        let edge = |index: usize| size * i32::try_from(index).unwrap_or(0) / count;
        for (index, row) in rows.iter().enumerate() {
            let (top, height) = (edge(index), edge(index + 1) - edge(index));
            let mut column = 0;
            for run in row.split_inclusive('0') {
                let dark = run.trim_end_matches('0').len();
                if dark > 0 {
                    let (left, right) = (edge(column), edge(column + dark));
                    self.fill((x + left, y + top), (right - left, height), Colour::Ink);
                }
                column += run.len();
            }
        }
    }

    fn frame(
        &mut self,
        (x, y): (i32, i32),
        (width, height): (i32, i32),
        radius: i32,
        weight: i32,
        colour: Colour,
    ) {
        // 0.5523: the handle with which a cubic curve comes nearest to a quarter of a circle.
        let handle = radius - radius * 5523 / 10_000;
        let (right, bottom) = (x + width, y + height);
        let path = [
            (x + radius, y, false),
            (right - radius, y, false),
            (right - handle, y, true),
            (right, y + handle, true),
            (right, y + radius, false),
            (right, bottom - radius, false),
            (right, bottom - handle, true),
            (right - handle, bottom, true),
            (right - radius, bottom, false),
            (x + radius, bottom, false),
            (x + handle, bottom, true),
            (x, bottom - handle, true),
            (x, bottom - radius, false),
            (x, y + radius, false),
            (x, y + handle, true),
            (x + handle, y, true),
            (x + radius, y, false),
        ];
        let point = |(x, y, bezier): (i32, i32, bool)| LinePoint {
            p: self.point(x, y),
            bezier,
        };
        let points_of_path = path.into_iter().map(point).collect();
        self.ops.push(Op::SetOutlineColor { col: ink(colour) });
        self.ops.push(Op::SetOutlineThickness {
            pt: Pt(points(weight)),
        });
        self.ops.push(Op::DrawLine {
            line: Line {
                points: points_of_path,
                is_closed: true,
            },
        });
    }

    fn picture(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), picture: Picture) {
        let Some((pixels_wide, pixels_high)) = picture else {
            return;
        };
        let corner = self.point(x, y + height);
        let scale = |length: i32, pixels: usize| points(length) / pixels.max(1) as f32;
        self.ops.push(Op::UseXobject {
            id: XObjectId(LOGO.to_owned()),
            transform: XObjectTransform {
                translate_x: Some(corner.x),
                translate_y: Some(corner.y),
                scale_x: Some(scale(width, pixels_wide)),
                scale_y: Some(scale(height, pixels_high)),
                // One pixel is one point before scaling.
                dpi: Some(72.0),
                ..XObjectTransform::default()
            },
        });
    }

    fn text(&mut self, text: &TextItem) {
        self.set_fill(text.colour);
        self.ops.push(Op::StartTextSection);
        // Where the pen stands behind the left end, in thousandths of the size.
        let mut pen = 0;
        for run in text.runs.iter() {
            let Some(subset) = self.subsets.get(&run.font) else {
                continue;
            };
            if self.font != Some((run.font, text.size)) {
                let font = PdfFontHandle::External(FontId(subset.id.clone()));
                self.ops.push(Op::SetFont {
                    font,
                    size: Pt(points(text.size)),
                });
                self.font = Some((run.font, text.size));
            }
            // Glyphs on the baseline go out together; a shifted mark gets a position of its own.
            let mut together: Vec<Codepoint> = Vec::new();
            let mut start = pen;
            for glyph in &run.glyphs {
                let Some(own) = subset.glyphs.get(&glyph.id) else {
                    continue;
                };
                let shown =
                    |offset: i32| Codepoint::with_cid(own.id, offset as f32, own.text.clone());
                if glyph.dx != 0 || glyph.dy != 0 {
                    self.show(text, start, 0, std::mem::take(&mut together));
                    self.show(text, pen + glyph.dx, glyph.dy, vec![shown(0)]);
                    pen += glyph.advance;
                    start = pen;
                } else {
                    together.push(shown(own.width - glyph.advance));
                    pen += glyph.advance;
                }
            }
            self.show(text, start, 0, together);
        }
        self.ops.push(Op::EndTextSection);
    }

    fn show(&mut self, text: &TextItem, along: i32, up: i32, glyphs: Vec<Codepoint>) {
        if glyphs.is_empty() {
            return;
        }
        let size = points(text.size) / 1000.0;
        let origin = self.point(text.x, text.y);
        let (along, up) = (along as f32 * size, up as f32 * size);
        let matrix = if text.angle == 0 {
            TextMatrix::Translate(Pt(origin.x.0 + along), Pt(origin.y.0 + up))
        } else {
            let (sine, cosine) = (text.angle as f32).to_radians().sin_cos();
            // Trigonometry may differ in the last digit from one machine to the next.
            let (sine, cosine) = (round4(sine), round4(cosine));
            let x = origin.x.0 + along * cosine - up * sine;
            let y = origin.y.0 + along * sine + up * cosine;
            TextMatrix::Raw([cosine, sine, -sine, cosine, x, y])
        };
        self.ops.push(Op::SetTextMatrix { matrix });
        self.ops.push(Op::ShowText {
            items: vec![ShownText::GlyphIds(glyphs)],
        });
    }
}

fn round4(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

fn ink(colour: Colour) -> Color {
    let (red, green, blue) = colour.rgb();
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb {
        r: part(red),
        g: part(green),
        b: part(blue),
        icc_profile: None,
    })
}
