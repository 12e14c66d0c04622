//! What every page has: watermark, brand, footer with the page number.

use ratebook_invoicing::document::Document;
use ratebook_invoicing::document::words::fill;

use super::LayoutError;
use super::flow::Flow;
use super::setter::Line;
use super::style::{BODY, BRAND, FOOT, HAIR, SMALL_TITLE, Type, WATERMARK, px, quarter_px};
use crate::pages::{Colour, Item};

/// Shares of the width that the four columns of the footer take, in hundredths, as designed.
const COLUMNS: [i32; 4] = [135, 150, 90, 130];
const COLUMN_GAP: i32 = px(14);

/// The height at which a page head ends and the body may begin.
pub(super) const HEAD_BOTTOM: i32 = px(84);

/// A large pale word across the page, behind everything.
pub(super) fn watermark(flow: &mut Flow) {
    let kind = Type {
        style: WATERMARK,
        leading: 0,
    };
    let Some(mut line) = flow.setter.line(&flow.document.phrases.watermark, kind) else {
        return;
    };
    let limit = flow.sheet.width * 95 / 100;
    if line.width() > limit {
        // Long words in other languages must stay on the sheet.
        let size = i64::from(WATERMARK.size) * i64::from(limit) / i64::from(line.width());
        let style = crate::fonts::Style {
            size: i32::try_from(size).unwrap_or(WATERMARK.size),
            ..WATERMARK
        };
        let Some(smaller) = flow
            .setter
            .line(&flow.document.phrases.watermark, Type { style, leading: 0 })
        else {
            return;
        };
        line = smaller;
    }
    // Turned by 24 degrees about its middle: cosine 0.9135, sine 0.4067.
    let half = i64::from(line.width()) / 2;
    let across = i32::try_from(half * 9135 / 10_000).unwrap_or(0);
    let up = i32::try_from(half * 4067 / 10_000).unwrap_or(0);
    let (x, y) = (flow.sheet.width / 2, flow.sheet.height * 49 / 100);
    flow.push(line.turned(x - across, y + up, 24));
}

/// Logo and name of the seller, their lower edge at `bottom`, the logo `height` high.
pub(super) fn brand(flow: &mut Flow, bottom: i32, height: i32) {
    let mut x = flow.left();
    if let Some((width, pixels)) = flow.logo {
        // A wide logo is allowed to be as wide as the address window, not wider.
        let limit = i64::from(px(240));
        let wide = i64::from(width) * i64::from(height) / i64::from(pixels);
        let (wide, high) = if wide > limit {
            (limit, limit * i64::from(pixels) / i64::from(width))
        } else {
            (wide, i64::from(height))
        };
        let wide = i32::try_from(wide).unwrap_or(height);
        let high = i32::try_from(high).unwrap_or(height).max(1);
        let y = bottom - height + (height - high) / 2;
        flow.push(Item::Picture {
            x,
            y,
            width: wide,
            height: high,
        });
        x += wide + px(10);
    }
    let seller = &flow.document.seller;
    let name = match (flow.logo, seller.brand.is_empty()) {
        (None, true) => seller.name.as_str(),
        _ => seller.brand.as_str(),
    };
    let space = flow.width() * 6 / 10 - (x - flow.left());
    let lines = flow.setter.wrap(name, BRAND, space);
    if let Some(line) = lines.first() {
        flow.push(line.at(x, bottom - height / 2 + BRAND.style.size * 364 / 1000));
    }
}

/// The head of a page after the first: brand, title and number.
pub(super) fn following_head(flow: &mut Flow, title: &str, subtitle: &str) {
    let bottom = px(92);
    brand(flow, bottom, px(26));
    let right = flow.right();
    let space = flow.width() * 55 / 100;
    let subtitles = flow.setter.wrap(subtitle, BODY.colour(Colour::Grey), space);
    let mut top = bottom - BODY.leading;
    if let Some(line) = subtitles.first() {
        flow.push(line.before(right, BODY.baseline(top)));
    } else {
        top = bottom;
    }
    if let Some(line) = flow.setter.wrap(title, SMALL_TITLE, space).first() {
        flow.push(line.before(right, SMALL_TITLE.baseline(top - SMALL_TITLE.leading)));
    }
    flow.y = bottom + px(22);
}

/// What stands for the number on later pages: a draft says that it is one.
pub(super) fn number(document: &Document) -> &str {
    document
        .number
        .as_deref()
        .unwrap_or(&document.phrases.watermark)
}

/// Columns of the footer as wrapped lines with their left end (right end for the last one).
fn foot_columns(flow: &Flow, number: &str) -> Vec<(i32, bool, Vec<Line>)> {
    let mut columns: Vec<Vec<String>> = flow
        .document
        .seller
        .footer
        .iter()
        .take(4)
        .cloned()
        .collect();
    columns.resize(4, Vec::new());
    if let Some(last) = columns.last_mut() {
        last.push(number.to_owned());
    }
    let total: i32 = COLUMNS.iter().sum();
    let space = flow.width() - 3 * COLUMN_GAP;
    let mut x = flow.left();
    let mut set = Vec::new();
    for (index, (texts, share)) in columns.iter().zip(COLUMNS).enumerate() {
        let width = space * share / total;
        let lines = texts
            .iter()
            .flat_map(|text| flow.setter.wrap(text, FOOT, width))
            .collect();
        let last = index == 3;
        set.push((if last { flow.right() } else { x }, last, lines));
        x += width + COLUMN_GAP;
    }
    set
}

/// Upper edge of the footer, the same on every page.
fn foot_top(flow: &Flow) -> i32 {
    let columns = foot_columns(flow, "0");
    let lines = columns
        .iter()
        .map(|(_, _, lines)| lines.len())
        .max()
        .unwrap_or(0);
    let height = i32::try_from(lines).unwrap_or(0) * FOOT.leading + px(9) + HAIR;
    flow.sheet.height - px(34) - height
}

/// Where the body must end.
pub(super) fn body_bottom(flow: &Flow) -> Result<i32, LayoutError> {
    let bottom = foot_top(flow) - px(18);
    if bottom < flow.sheet.height / 2 {
        return Err(LayoutError::TooTall("footer"));
    }
    Ok(bottom)
}

/// Footers on all pages, now that their number is known.
pub(super) fn feet(flow: &mut Flow) {
    let pages = flow.page_count();
    let top = foot_top(flow);
    let rule = Item::Rule {
        x: flow.left(),
        y: top + quarter_px(3) / 2,
        width: flow.width(),
        weight: HAIR,
        colour: Colour::Hairline,
    };
    for index in 0..pages {
        let page = (index + 1).to_string();
        let total = pages.to_string();
        let number = fill(
            &flow.document.phrases.page_of,
            &[("page", &page), ("pages", &total)],
        );
        let columns = foot_columns(flow, &number);
        let Some(page) = flow.pages_mut().get_mut(index) else {
            continue;
        };
        page.items.push(rule.clone());
        for (x, from_right, lines) in columns {
            let mut y = top + HAIR + px(9);
            for line in lines {
                let baseline = FOOT.baseline(y);
                page.items.push(if from_right {
                    line.before(x, baseline)
                } else {
                    line.at(x, baseline)
                });
                y += FOOT.leading;
            }
        }
    }
}
