//! Documents to print: invented, fixed, in several languages.

use chrono::NaiveDate;
use ratebook_invoicing::document::words::fill;
use ratebook_invoicing::document::{
    Bars, Card, Columns, CreditTransfer, Document, DocumentKind, DocumentState, Group, LineTable,
    MetaRow, Paper, PaymentBox, Phrases, Row, Section, Seller, Statement, StatementColumn,
    StatementRow, TaxRow, TaxTable, Tone, TotalRow, TotalStyle, Writer,
};
use ratebook_money::{Currency, Money, Quantity, Rate};

/// A model with its token classes: dimension, tokens, price per million.
pub type Model<'a> = (&'a str, &'a str, &'a [(&'a str, i64, &'a str)]);

pub const MODELS: [Model<'static>; 4] = [
    (
        "gpt-6.1-sol",
        "OpenAI",
        &[
            ("input_tokens", 412_806_144, "2.4940"),
            ("output_tokens", 96_415_720, "12.4700"),
            ("cache_read_tokens", 1_284_093_952, "0.1032"),
        ],
    ),
    (
        "claude-haiku-4-5",
        "Anthropic",
        &[
            ("input_tokens", 386_220_512, "1.4620"),
            ("output_tokens", 71_804_336, "5.7500"),
            ("cache_read_tokens", 1_932_640_256, "0.1032"),
            ("cache_write_tokens", 148_316_160, "1.1825"),
        ],
    ),
    (
        "gemini-3.8-flash",
        "Google",
        &[
            ("input_tokens", 268_435_104, "1.0320"),
            ("output_tokens", 44_120_880, "5.8050"),
            ("output_reasoning_tokens", 18_240_512, "5.1600"),
            ("cache_read_tokens", 301_989_888, "0.0774"),
        ],
    ),
    (
        "text-embedding-3-large",
        "OpenAI",
        &[("input_tokens", 512_344_064, "0.2795")],
    ),
];

/// Builds a document and keeps its sum.
pub struct Maker {
    pub writer: Writer,
    pub currency: Currency,
    sum: i64,
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

impl Maker {
    pub fn new(locale: &str, currency: &str) -> Self {
        let currency = Currency::parse(currency).expect("a currency");
        Self {
            writer: Writer::new(locale),
            currency,
            sum: 0,
        }
    }

    pub fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }

    pub fn amount(&self, minor: i64) -> String {
        self.writer.amount(self.money(minor))
    }

    /// A line whose amount is counted into the sum.
    pub fn line(&mut self, description: &str, quantity: i64, per: (&str, &str), minor: i64) -> Row {
        self.sum += minor;
        let (unit_price, qualifier) = per;
        Row {
            description: description.to_owned(),
            qualifier: qualifier.to_owned(),
            quantity: self.writer.count(quantity),
            unit_price: unit_price.to_owned(),
            amount: self.amount(minor),
            notes: Vec::new(),
            running: self.amount(self.sum),
        }
    }

    /// Tokens at a price per million, rounded once.
    pub fn tokens(
        &mut self,
        description: &str,
        tokens: i64,
        price: &str,
        qualifier: &str,
    ) -> (Row, i64) {
        let rate = Rate::parse_per_million(price, self.currency).expect("a rate");
        let quantity = Quantity::from_units(tokens).expect("a quantity");
        let amount = rate
            .times(quantity)
            .expect("small")
            .round()
            .expect("small")
            .minor();
        let written = self.writer.number(&price.parse().expect("a number"), 4);
        (
            self.line(description, tokens, (&written, qualifier), amount),
            amount,
        )
    }

    pub fn model(&mut self, (name, provider, classes): Model) -> (Group, i64) {
        let words = self.writer.words();
        if let [(dimension, tokens, price)] = classes {
            let word = words.dimension(dimension).expect("a known dimension");
            let qualifier = format!("{provider}, {}", word.to_lowercase());
            let (row, amount) = self.tokens(name, *tokens, price, &qualifier);
            return (
                Group {
                    head: Some(row),
                    rows: Vec::new(),
                },
                amount,
            );
        }
        let mut total = 0;
        let mut rows = Vec::new();
        for (dimension, tokens, price) in classes {
            let word = words.dimension(dimension).expect("a known dimension");
            let (row, amount) = self.tokens(word, *tokens, price, "");
            total += amount;
            rows.push(row);
        }
        let head = Row {
            description: name.to_owned(),
            qualifier: provider.to_owned(),
            amount: self.amount(total),
            ..Row::default()
        };
        (
            Group {
                head: Some(head),
                rows,
            },
            total,
        )
    }

    pub fn usage(&mut self, models: &[Model]) -> Section {
        let mut total = 0;
        let mut groups = Vec::new();
        for model in models {
            let (group, amount) = self.model(*model);
            total += amount;
            groups.push(group);
        }
        Section {
            heading: self.writer.words().model_usage.to_owned(),
            qualifier: format!("{}, v14", self.writer.words().tokens_per_million),
            subtotal: Some(self.amount(total)),
            groups,
        }
    }

    pub fn fee(&mut self, name: &str, minor: i64) -> Section {
        let month = self.writer.month(day(2026, 10, 1));
        let price = self.amount(minor);
        let row = self.line(name, 1, (&price, &month), minor);
        Section {
            heading: self.writer.words().fees.to_owned(),
            groups: vec![Group {
                head: Some(row),
                rows: Vec::new(),
            }],
            ..Section::default()
        }
    }

    /// Tiers of a graduated charge: from, to, unit price with four places, amount.
    pub fn tiers(&mut self, name: &str, tiers: &[(i64, i64, &str, i64)]) -> Section {
        let words = self.writer.words();
        let mut rows = Vec::new();
        let mut total = 0;
        let mut runs = 0;
        for (from, to, price, minor) in tiers {
            let range = fill(
                words.tier,
                &[
                    ("from", &self.writer.count(*from)),
                    ("to", &self.writer.count(*to)),
                ],
            );
            let price = self.writer.number(&price.parse().expect("a number"), 4);
            rows.push(self.line(
                &format!("{name} {range}"),
                to - from + 1,
                (&price, ""),
                *minor,
            ));
            total += minor;
            runs += to - from + 1;
        }
        Section {
            heading: name.to_owned(),
            qualifier: format!("{}, {}", words.graduated, self.writer.count(runs)),
            subtotal: Some(self.amount(total)),
            groups: vec![Group { head: None, rows }],
        }
    }

    /// The whole document around the sections, taxed at 19 % after `credits`.
    pub fn document(&self, sections: Vec<Section>, credits: &[(&str, i64)]) -> Document {
        let (writer, words) = (&self.writer, self.writer.words());
        let sign = writer.sign(&self.currency);
        let date = day(2026, 11, 3);
        let due = writer.date(day(2026, 11, 17));
        let period = writer.period(day(2026, 10, 1), day(2026, 10, 31));
        let meta = |label: &str, value: &str, tone: Tone| MetaRow {
            label: label.to_owned(),
            value: value.to_owned(),
            tone,
        };
        let mut document = Document {
            kind: DocumentKind::Invoice,
            locale: writer.tag().to_owned(),
            paper: writer.paper(),
            state: DocumentState::Final,
            title: words.invoice.to_owned(),
            number: Some("HS-2026-0512".to_owned()),
            date,
            seller: seller(words.tax_id),
            buyer: lines(&[
                "Nordlicht Versicherung AG",
                "Accounts Payable",
                "Am Sandtorkai 48",
                "20457 Hamburg",
                "Germany",
            ]),
            meta: vec![
                meta(words.invoice_number, "HS-2026-0512", Tone::Strong),
                meta(words.invoice_date, &writer.date(date), Tone::Plain),
                meta(words.service_period, &period, Tone::Plain),
                meta(words.due, &due, Tone::Plain),
                meta(words.customer, "C-1027", Tone::Plain),
                meta(words.your_reference, "PO 4500 118 226", Tone::Plain),
                meta(words.your_tax_id, "DE 298 117 406", Tone::Plain),
            ],
            intro: Vec::new(),
            table: LineTable {
                columns: Columns {
                    description: words.description.to_owned(),
                    quantity: words.quantity.to_owned(),
                    unit_price: format!("{} {sign}", words.unit_price),
                    amount: format!("{} {sign}", words.amount),
                },
                sections,
            },
            bars: Some(Bars {
                caption: fill(words.usage_per_day, &[("period", &period)]),
                permille: month_of_bars(7),
            }),
            tax: None,
            totals: Vec::new(),
            notes: Vec::new(),
            payment: None,
            statement: None,
            phrases: Phrases {
                page_of: words.page_of.to_owned(),
                carried_over: words.carried_over.to_owned(),
                brought_forward: words.brought_forward.to_owned(),
                watermark: String::new(),
            },
        };
        self.totals(&mut document, credits);
        document
    }

    fn totals(&self, document: &mut Document, credits: &[(&str, i64)]) {
        let (writer, words) = (&self.writer, self.writer.words());
        let sign = writer.sign(&self.currency);
        let base = self.sum + credits.iter().map(|(_, minor)| minor).sum::<i64>();
        // Half away from zero, in whole minor units.
        let tax = (base.abs() * 19 + 50) / 100 * base.signum();
        let rate = writer.percent(&19.into());
        let total = |label: &str, amount: String, style: TotalStyle| TotalRow {
            label: label.to_owned(),
            amount,
            style,
        };
        document.totals.push(total(
            words.net_amount,
            self.amount(self.sum),
            TotalStyle::Plain,
        ));
        for (label, minor) in credits {
            document
                .totals
                .push(total(label, self.amount(*minor), TotalStyle::Credit));
        }
        let base_text = self.amount(base);
        document.totals.push(total(
            words.taxable_amount,
            base_text.clone(),
            TotalStyle::Ruled,
        ));
        let tax_label = fill(words.tax_at, &[("rate", &rate)]);
        document
            .totals
            .push(total(&tax_label, self.amount(tax), TotalStyle::Plain));
        let due = self.money(base + tax);
        document
            .totals
            .push(total(words.amount_due, writer.money(due), TotalStyle::Due));
        document.tax = Some(TaxTable {
            label: words.tax.to_owned(),
            taxable: format!("{} {sign}", words.taxable_amount),
            tax: format!("{} {sign}", words.tax),
            rows: vec![TaxRow {
                label: format!("{rate}, {} (S)", words.standard_rate),
                taxable: base_text,
                tax: self.amount(tax),
            }],
        });
        let transfer = CreditTransfer {
            account_holder: document.seller.name.clone(),
            iban: "DE89 3704 0044 0532 0130 00".to_owned(),
            bic: "COBADEFFXXX".to_owned(),
            amount: due,
            reference: "HS-2026-0512".to_owned(),
        };
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        document.payment = Some(PaymentBox {
            heading: fill(words.pay_by, &[("date", &writer.date(day(2026, 11, 17)))]),
            rows: vec![
                pair(words.account_holder, &transfer.account_holder),
                pair("IBAN", &transfer.iban),
                pair("BIC", &transfer.bic),
                pair(words.payment_reference, &transfer.reference),
            ],
            notes: Vec::new(),
            code_caption: lines(&[words.scan_to_pay, words.sepa_transfer]),
            code: transfer.code().ok(),
        });
    }
}

pub fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub fn seller(tax_id: &str) -> Seller {
    Seller {
        name: "Halden Systems GmbH".to_owned(),
        brand: "Halden".to_owned(),
        logo: Some(include_bytes!("logo.png").to_vec()),
        sender_line: "Halden Systems GmbH, Köpenicker Straße 154, 10997 Berlin".to_owned(),
        footer: vec![
            lines(&[
                "Halden Systems GmbH",
                "Köpenicker Straße 154, 10997 Berlin",
                "Germany",
            ]),
            vec![
                format!("{tax_id} DE 301 884 752"),
                "HRB 214 906 B, Amtsgericht Charlottenburg".to_owned(),
            ],
            lines(&["billing@halden.example", "halden.example"]),
        ],
    }
}

/// Heights as a month of office days shows them; always the same for the same seed.
pub fn month_of_bars(seed: u32) -> Vec<u16> {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from(state >> 25).unwrap_or(0)
    };
    let bars = (0..31).map(|day| match (day + 3) % 7 {
        5 | 6 => 300 + next(),
        0 => 780 + next(),
        _ => 860 + next(),
    });
    bars.map(|height: u16| height.min(1000)).collect()
}

/// The invoice of the drawn design: one page and a usage statement.
pub fn designed(locale: &str) -> Document {
    let mut maker = Maker::new(locale, "EUR");
    let sections = vec![
        maker.fee("Scale platform fee", 49_000),
        maker.usage(&MODELS),
        maker.tiers(
            "Agent runs",
            &[
                (1, 10_000, "0.0420", 42_000),
                (10_001, 100_000, "0.0320", 288_000),
                (100_001, 143_280, "0.0250", 108_200),
            ],
        ),
    ];
    let words = maker.writer.words();
    let promotional = format!("{} CR-0117", words.promotional_credit);
    let prepaid = format!("{} CR-0121", words.prepaid_credit);
    maker.document(sections, &[(&promotional, -25_000), (&prepaid, -100_000)])
}

/// A usage statement with a row per day.
pub fn statement(maker: &Maker, seed: u32) -> Statement {
    let (writer, words) = (&maker.writer, maker.writer.words());
    let column = |label: &str, group: &str| StatementColumn {
        label: label.to_owned(),
        group: group.to_owned(),
    };
    let million = words.tokens_million;
    let names = [
        "input_tokens",
        "output_tokens",
        "output_reasoning_tokens",
        "cache_read_tokens",
    ];
    let mut columns = vec![column(words.day, ""), column(words.requests, "")];
    for name in names {
        columns.push(column(words.dimension(name).expect("known"), million));
    }
    columns.push(column(
        &format!("{} {}", words.amount, writer.sign(&maker.currency)),
        "",
    ));
    let mut sums = [0_i64; 6];
    let mut rows = Vec::new();
    for (index, bar) in month_of_bars(seed).into_iter().enumerate() {
        let date = day(2026, 10, u32::try_from(index + 1).expect("a day"));
        let scale = i64::from(bar);
        let values = [
            scale * 4,
            scale * 41_003,
            scale * 8_117,
            scale * 611,
            scale * 120_551,
            scale * 37,
        ];
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += value;
        }
        let mut cells = vec![writer.short_day(date)];
        cells.extend(figures(maker, values));
        let qualifier = writer.weekday(date).to_owned();
        rows.push(StatementRow {
            cells,
            qualifier,
            shaded: (index + 3) % 7 > 4,
        });
    }
    let mut total = vec![words.sum.to_owned()];
    total.extend(figures(maker, sums));
    let period = writer.period(day(2026, 10, 1), day(2026, 10, 31));
    let card = |label: &str, value: String, seed: u32| Card {
        label: label.to_owned(),
        value,
        permille: month_of_bars(seed),
    };
    Statement {
        title: words.usage_statement.to_owned(),
        subtitle: format!("{} HS-2026-0512, {period}", words.invoice),
        cards: vec![
            card(words.model_usage, writer.money(maker.money(sums[5])), seed),
            card(words.usage, writer.count(143_280), seed + 1),
            card(words.requests, writer.count(sums[0]), seed + 2),
        ],
        columns,
        rows,
        total,
        notes: vec!["Amounts per day are the invoice lines spread by usage.".to_owned()],
    }
}

fn figures(maker: &Maker, values: [i64; 6]) -> Vec<String> {
    let writer = &maker.writer;
    let million = |tokens: i64| {
        let text = format!("{}.{:03}", tokens / 1_000_000, tokens / 1000 % 1000);
        writer.number(&text.parse().expect("a number"), 3)
    };
    vec![
        writer.count(values[0]),
        million(values[1]),
        million(values[2]),
        million(values[3]),
        million(values[4]),
        maker.amount(values[5]),
    ]
}

/// `count` models with four token classes each, so `count * 5` rows and more.
pub fn many_lines(locale: &str, currency: &str, count: usize) -> Document {
    let mut maker = Maker::new(locale, currency);
    let names: Vec<String> = (1..=count).map(|n| format!("example-model-{n}")).collect();
    let models: Vec<Model> = names
        .iter()
        .map(|name| (name.as_str(), "Example", MODELS[1].2))
        .collect();
    let sections = vec![maker.fee("Platform", 49_000), maker.usage(&models)];
    maker.document(sections, &[])
}

/// As a draft: watermark, no number.
pub fn as_draft(mut document: Document, writer: &Writer) -> Document {
    let words = writer.words();
    document.state = DocumentState::Draft;
    document.number = None;
    words.draft.clone_into(&mut document.phrases.watermark);
    if let Some(row) = document.meta.first_mut() {
        words.given_when_finalized.clone_into(&mut row.value);
        row.tone = Tone::Pending;
    }
    if let Some(payment) = &mut document.payment {
        payment.code = None;
        payment.code_caption.clear();
    }
    document
}

/// The same document on the other paper.
pub fn on(mut document: Document, paper: Paper) -> Document {
    document.paper = paper;
    document
}
