use chrono::NaiveDate;
use ratebook_money::{Currency, Money};
use rust_decimal::Decimal;

use super::words::{self, LANGUAGES, fill};
use super::{CreditTransfer, Paper, PaymentError, Writer};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn money(minor: i64, code: &str) -> Money {
    Money::from_minor(minor, Currency::parse(code).expect("a currency"))
}

#[test]
fn amounts_follow_the_locale() {
    let cases = [
        ("en-GB", "EUR", "€1,234,567.89", "−€391.23"),
        ("en-IN", "INR", "₹12,34,567.89", "−₹391.23"),
        ("de-DE", "EUR", "1.234.567,89\u{a0}€", "−391,23\u{a0}€"),
        ("de-CH", "CHF", "CHF\u{a0}1’234’567.89", "−CHF\u{a0}391.23"),
        (
            "fr-FR",
            "EUR",
            "1\u{202f}234\u{202f}567,89\u{a0}€",
            "−391,23\u{a0}€",
        ),
        ("nl-NL", "EUR", "€\u{a0}1.234.567,89", "−€\u{a0}391,23"),
        (
            "pl-PL",
            "PLN",
            "1\u{a0}234\u{a0}567,89\u{a0}zł",
            "−391,23\u{a0}zł",
        ),
        ("en-AU", "AUD", "AUD\u{a0}1,234,567.89", "−AUD\u{a0}391.23"),
        ("es-MX", "USD", "$1,234,567.89", "−$391.23"),
    ];
    for (locale, currency, large, negative) in cases {
        let writer = Writer::new(locale);
        assert_eq!(
            writer.money(money(123_456_789, currency)),
            large,
            "{locale}"
        );
        assert_eq!(writer.money(money(-39_123, currency)), negative, "{locale}");
    }
}

#[test]
fn minor_digits_are_those_of_the_currency() {
    let writer = Writer::new("en-GB");
    assert_eq!(writer.money(money(1_234_567, "JPY")), "¥1,234,567");
    assert_eq!(writer.money(money(1_234_567, "KWD")), "KWD\u{a0}1,234.567");
    assert_eq!(writer.amount(money(-5, "USD")), "−0.05");
    assert_eq!(
        writer.amount(money(i64::MIN, "USD")),
        "−92,233,720,368,547,758.08"
    );
}

#[test]
fn numbers_are_exact_and_keep_the_places_asked_for() {
    let writer = Writer::new("de-DE");
    let write =
        |text: &str, places| writer.number(&text.parse::<Decimal>().expect("a number"), places);
    assert_eq!(write("2.4940", 4), "2,4940");
    assert_eq!(write("2.1053157894737", 4), "2,1053157894737");
    assert_eq!(write("1000000", 0), "1.000.000");
    assert_eq!(write("0.50", 0), "0,5");
    assert_eq!(write("-0.000000000001", 2), "−0,000000000001");
    assert_eq!(writer.percent(&Decimal::new(75, 1)), "7,5\u{a0}%");
    assert_eq!(Writer::new("en-GB").percent(&Decimal::from(19)), "19%");
}

#[test]
fn dates_follow_the_language() {
    let (first, last) = (day(2026, 10, 1), day(2026, 10, 31));
    let cases = [
        ("en-GB", "1 October 2026", "1 to 31 October 2026"),
        ("en-US", "October 1, 2026", "October 1 to 31, 2026"),
        ("de-DE", "1. Oktober 2026", "1. bis 31. Oktober 2026"),
        ("fr-FR", "1er octobre 2026", "du 1er au 31 octobre 2026"),
        (
            "es-ES",
            "1 de octubre de 2026",
            "del 1 al 31 de octubre de 2026",
        ),
        (
            "pl-PL",
            "1 października 2026",
            "od 1 do 31 października 2026",
        ),
        ("el-GR", "1 Οκτωβρίου 2026", "1 έως 31 Οκτωβρίου 2026"),
        ("uk-UA", "1 жовтня 2026 р.", "з 1 до 31 жовтня 2026 р."),
    ];
    for (locale, date, period) in cases {
        let writer = Writer::new(locale);
        assert_eq!(writer.date(first), date, "{locale}");
        assert_eq!(writer.period(first, last), period, "{locale}");
    }
    let writer = Writer::new("en-GB");
    assert_eq!(
        writer.period(day(2025, 12, 15), day(2026, 1, 14)),
        "15 December 2025 to 14 January 2026"
    );
    assert_eq!(writer.period(first, first), "1 October 2026");
    assert_eq!(Writer::new("pl").month(first), "październik 2026");
    assert_eq!(writer.weekday(first), "Thu");
}

#[test]
fn a_language_without_words_is_english_in_words_and_figures() {
    let writer = Writer::new("ja-JP");
    assert_eq!(writer.tag(), "en-JP");
    assert_eq!(writer.words().invoice, "Invoice");
    assert_eq!(writer.amount(money(123_456, "EUR")), "1,234.56");
    assert_eq!(Writer::new("").tag(), "en");
    assert_eq!(Writer::new("en-US").paper(), Paper::Letter);
    assert_eq!(Writer::new("de-DE").paper(), Paper::A4);
    assert_eq!(Writer::new("en-US").words().tax, "Tax");
}

/// A translation that forgot a placeholder would print an invoice without its date.
#[test]
fn every_language_fills_the_same_places() {
    for language in LANGUAGES {
        let words = words::of(language, "").expect("listed languages have words");
        let templates: [(&str, &[&str]); 12] = [
            (
                words.short_calls,
                &["calls", "events", "least", "least", "measured"],
            ),
            (words.price_per, &["count"]),
            (words.tier, &["from", "to"]),
            (words.last_tier, &["from"]),
            (
                words.exchange_rate,
                &["from", "to", "rate", "source", "date"],
            ),
            (words.tax_at, &["rate"]),
            (words.usage_per_day, &["period"]),
            (words.pay_by, &["date"]),
            (words.page_of, &["page", "pages"]),
            (words.date_pattern, &["day", "month", "year"]),
            (words.period_in_month, &["first", "day", "month", "year"]),
            (words.period, &["from", "to"]),
        ];
        for (template, names) in templates {
            for name in names {
                assert!(
                    template.contains(&format!("{{{name}}}")),
                    "{language}: {template}"
                );
            }
            assert_eq!(
                template.matches('{').count(),
                names.len(),
                "{language}: {template}"
            );
        }
        assert!(words.dimension("input_tokens").is_some());
        assert!(
            words.dimension("ocr_credits").is_some(),
            "English stands in"
        );
        assert_eq!(words.dimension("my_own"), None);
    }
}

#[test]
fn a_value_is_never_read_as_a_template() {
    assert_eq!(fill("{a} {b}", &[("a", "{b}"), ("b", "2")]), "{b} 2");
    assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
}

#[test]
fn a_transfer_code_holds_what_the_bank_needs() {
    let transfer = CreditTransfer {
        account_holder: "Halden Systems GmbH".to_owned(),
        iban: "DE89 3704 0044 0532 0130 00".to_owned(),
        bic: "COBADEFFXXX".to_owned(),
        amount: money(967_773, "EUR"),
        reference: "HS-2026-0512".to_owned(),
    };
    assert_eq!(
        transfer.code().as_deref(),
        Ok(concat!(
            "BCD\n002\n1\nSCT\nCOBADEFFXXX\nHalden Systems GmbH\n",
            "DE89370400440532013000\nEUR9677.73\n\n\nHS-2026-0512"
        ))
    );
    let with = |change: &dyn Fn(&mut CreditTransfer)| {
        let mut changed = transfer.clone();
        change(&mut changed);
        changed.code()
    };
    assert_eq!(
        with(&|t| t.amount = money(1, "USD")),
        Err(PaymentError::NotEuro("USD".to_owned()))
    );
    assert_eq!(
        with(&|t| t.amount = money(0, "EUR")),
        Err(PaymentError::AmountOutOfRange)
    );
    assert_eq!(with(&|t| t.iban.clear()), Err(PaymentError::Field("IBAN")));
    assert_eq!(
        with(&|t| t.reference = "two\nlines".to_owned()),
        Err(PaymentError::Field("reference"))
    );
}
