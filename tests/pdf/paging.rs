//! What must hold on every page of every document.

use ratebook_invoicing::document::Document;
use ratebook_pdf::{Fonts, Item, LayoutError, Page, TextItem, layout};

use crate::samples::{designed, lines, many_lines};
use crate::{documents, pages};

/// Rows under each model.
const CLASSES: [&str; 4] = [
    "Input tokens",
    "Output tokens",
    "Cached input, read",
    "Cached input, write",
];

fn texts(page: &Page) -> impl Iterator<Item = &TextItem> {
    page.items.iter().filter_map(|item| {
        if let Item::Text(text) = item {
            Some(text)
        } else {
            None
        }
    })
}

fn has(page: &Page, words: &str) -> bool {
    texts(page).any(|text| text.text == words)
}

/// The figure on the line of these words.
fn beside<'a>(page: &'a Page, words: &str) -> Option<&'a str> {
    let label = texts(page).find(|text| text.text == words)?;
    let figure = texts(page).find(|text| text.y == label.y && text.x > label.x)?;
    Some(&figure.text)
}

#[test]
fn nothing_leaves_the_sheet_and_no_words_run_into_each_other() {
    for (name, document) in documents() {
        let pages = pages(&document);
        for (index, page) in pages.pages.iter().enumerate() {
            let place = format!("{name}, page {}", index + 1);
            let upright: Vec<&TextItem> = texts(page).filter(|text| text.angle == 0).collect();
            for text in &upright {
                let inside = text.x >= 4100
                    && text.x + text.width <= pages.sheet.width - 4100
                    && text.y > 0
                    && text.y < pages.sheet.height - 2000;
                assert!(inside, "{place}: {text}");
            }
            for (index, text) in upright.iter().enumerate() {
                for other in upright
                    .iter()
                    .skip(index + 1)
                    .filter(|other| other.y == text.y)
                {
                    let apart = text.x + text.width <= other.x || other.x + other.width <= text.x;
                    assert!(apart, "{place}:\n  {text}\n  {other}");
                }
            }
        }
    }
}

#[test]
fn every_page_has_its_number_and_every_table_its_head() {
    let pages = pages(&many_lines("en-GB", "EUR", 100));
    let count = pages.pages.len();
    assert!(count > 10, "500 lines need more than {count} pages");
    for (index, page) in pages.pages.iter().enumerate() {
        assert!(
            has(page, &format!("Page {} of {count}", index + 1)),
            "page {}",
            index + 1
        );
        assert!(has(page, "Unit price €"), "page {} has no head", index + 1);
    }
}

#[test]
fn what_is_carried_over_is_brought_forward() {
    let document = many_lines("en-GB", "EUR", 100);
    let pages = pages(&document);
    let mut carried = Vec::new();
    for (index, pair) in pages.pages.windows(2).enumerate() {
        let [page, next] = pair else { continue };
        let over = beside(page, "Carried over").expect("a sum at the end of the page");
        assert_eq!(
            beside(next, "Brought forward"),
            Some(over),
            "page {}",
            index + 1
        );
        carried.push(over.to_owned());
    }
    // Each is a sum that the document states after one of its lines, and they come in its order.
    let mut sums = running(&document).into_iter();
    for sum in carried {
        assert!(
            sums.any(|running| running == sum),
            "{sum} stands after no line"
        );
    }
}

fn running(document: &Document) -> Vec<String> {
    let groups = document
        .table
        .sections
        .iter()
        .flat_map(|section| &section.groups);
    let rows = groups.flat_map(|group| group.head.iter().chain(&group.rows));
    rows.map(|row| row.running.clone())
        .filter(|sum| !sum.is_empty())
        .collect()
}

/// The sum carried over is that of the lines printed so far: counted on the paper.
#[test]
fn the_sum_carried_over_follows_its_last_line() {
    let document = many_lines("en-GB", "EUR", 100);
    let sums = running(&document);
    let printed = |page: &Page| {
        let fee = texts(page).filter(|text| text.text == "Platform").count();
        fee + texts(page)
            .filter(|text| CLASSES.contains(&text.text.as_str()))
            .count()
    };
    let pages = pages(&document);
    let mut lines = 0;
    for page in &pages.pages {
        lines += printed(page);
        if let Some(sum) = beside(page, "Carried over") {
            assert_eq!(
                Some(sum),
                sums.get(lines - 1).map(String::as_str),
                "after {lines} lines"
            );
        }
    }
    assert_eq!(lines, 401, "every line is printed once");
}

#[test]
fn a_heading_is_never_left_behind() {
    // From 1 to 60 models: every possible end of a page.
    for count in 1..60 {
        let pages = pages(&many_lines("en-GB", "EUR", count));
        for page in &pages.pages {
            let body: Vec<&TextItem> = texts(page).collect();
            let last = body
                .iter()
                .rfind(|text| text.text.starts_with("example-model"));
            let Some(head) = last else { continue };
            let after = body
                .iter()
                .filter(|text| CLASSES.contains(&text.text.as_str()) && text.y > head.y);
            assert!(
                after.count() >= 2,
                "{count} models: {} ends its page",
                head.text
            );
        }
        let last = pages.pages.last().expect("a page");
        assert!(
            has(last, "Amount due") && has(last, "BIC"),
            "{count}: sum and account part"
        );
        assert!(
            has(last, "Cached input, write"),
            "{count}: the sum stands without a line"
        );
    }
}

/// Rows at the top of a page say which model they belong to.
#[test]
fn a_group_that_goes_on_repeats_its_head() {
    let mut went_on = 0;
    for count in 1..60 {
        let pages = pages(&many_lines("en-GB", "EUR", count));
        for page in pages.pages.iter().skip(1) {
            let forward = texts(page).position(|text| text.text == "Brought forward");
            let first = texts(page).nth(forward.expect("a sum") + 2).expect("a row");
            assert!(
                first.text.starts_with("example-model"),
                "{count} models: {first}"
            );
            let rows = texts(page)
                .filter(|text| text.text == "Input tokens")
                .count();
            let heads = texts(page)
                .filter(|text| text.text.starts_with("example-model"))
                .count();
            went_on += heads - rows;
        }
    }
    assert!(
        went_on > 5,
        "only {went_on} groups were parted: the test sees nothing"
    );
}

#[test]
fn a_description_of_many_pages_is_printed_to_its_end() {
    let mut document = designed("en-GB");
    let row = document.table.sections[0].groups[0]
        .head
        .as_mut()
        .expect("a fee");
    row.description = "word ".repeat(5_000) + "end";
    let pages = pages(&document);
    let words: usize = pages
        .pages
        .iter()
        .flat_map(texts)
        .map(|text| text.text.split(' ').filter(|word| *word == "word").count())
        .sum();
    assert_eq!(words, 5_000);
}

#[test]
fn what_cannot_be_laid_out_says_why() {
    let fonts = Fonts::embedded();
    let mut document = designed("en-GB");
    document.seller.logo = Some(b"GIF89a".to_vec());
    assert_eq!(layout(&document, &fonts), Err(LayoutError::Logo));
    let mut document = designed("en-GB");
    document.seller.footer = vec![lines(&["line"; 60])];
    assert_eq!(
        layout(&document, &fonts),
        Err(LayoutError::TooTall("footer"))
    );
    let mut document = designed("en-GB");
    document.buyer = lines(&["line"; 60]);
    assert_eq!(
        layout(&document, &fonts),
        Err(LayoutError::TooTall("head of the invoice"))
    );
}
