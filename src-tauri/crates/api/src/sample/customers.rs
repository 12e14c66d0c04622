use ratebook_catalog::{Address, Customer, CustomerId, Endpoint, TaxTreatment};
use ratebook_money::id::IdSource;
use ratebook_money::{Currency, Factor, MoneyError, Zone};

/// A customer of the sample with the plan it is on.
pub(crate) struct SampleCustomer {
    /// As stored.
    pub customer: Customer,
    /// Key of the plan, see [`super::plans`].
    pub plan: &'static str,
    /// Share of the traffic, in parts of the sum of all shares.
    pub share: u64,
    /// Models it calls, the first most often, as `provider/model`.
    pub models: &'static [&'static str],
}

struct Row {
    number: &'static str,
    name: &'static str,
    /// Street | post code | city | region | country.
    address: &'static str,
    tax_id: &'static str,
    /// Currency, locale, zone.
    terms: (&'static str, &'static str, &'static str),
    tax: Tax,
    /// Buyer's reference.
    reference: &'static str,
    alias: &'static str,
    plan: &'static str,
    share: u64,
    models: &'static [&'static str],
}

enum Tax {
    Germany,
    Reverse,
    Outside,
}

const ROWS: &[Row] = &[
    Row {
        number: "C-1001",
        name: "Nordlicht Versicherung AG",
        address: "Accounts Payable, Am Sandtorkai 48|20457|Hamburg||DE",
        tax_id: "DE298117401",
        terms: ("EUR", "de-DE", "Europe/Berlin"),
        tax: Tax::Germany,
        reference: "PO 4500 118 226",
        alias: "cus_nordlicht",
        plan: "scale",
        share: 22,
        models: &[
            "openai/gpt-6.1-sol",
            "anthropic/claude-haiku-4-5",
            "gemini/gemini-3.8-flash",
        ],
    },
    Row {
        number: "C-1002",
        name: "Alpenrad GmbH",
        address: "Mariahilfer Straße 112|1070|Wien||AT",
        tax_id: "ATU66889218",
        terms: ("EUR", "de-AT", "Europe/Vienna"),
        tax: Tax::Reverse,
        reference: "",
        alias: "cus_alpenrad",
        plan: "team",
        share: 6,
        models: &["openai/gpt-5-mini", "mistral/mistral-large-4"],
    },
    Row {
        number: "C-1003",
        name: "Tessera Studios S.r.l.",
        address: "Via Tortona 33|20144|Milano|MI|IT",
        tax_id: "IT09876540908",
        terms: ("EUR", "it-IT", "Europe/Rome"),
        tax: Tax::Reverse,
        reference: "ODA 2026/0417",
        alias: "cus_tessera",
        plan: "team",
        share: 8,
        models: &["gemini/gemini-3.1-pro-preview", "openai/gpt-6.1-sol"],
    },
    Row {
        number: "C-1004",
        name: "Kestrel Robotics B.V.",
        address: "Science Park 608|1098 XH|Amsterdam||NL",
        tax_id: "NL861234509B01",
        terms: ("EUR", "nl-NL", "Europe/Amsterdam"),
        tax: Tax::Reverse,
        reference: "",
        alias: "cus_kestrel",
        plan: "scale",
        share: 14,
        models: &["anthropic/claude-opus-5-5", "deepseek/deepseek-v4-pro"],
    },
    Row {
        number: "C-1005",
        name: "Solstice Energía S.L.",
        address: "Calle de Alcalá 75|28009|Madrid||ES",
        tax_id: "ESB87654323",
        terms: ("EUR", "es-ES", "Europe/Madrid"),
        tax: Tax::Reverse,
        reference: "",
        alias: "cus_solstice",
        plan: "team",
        share: 5,
        models: &["anthropic/claude-sonnet-5-5", "openai/gpt-5-mini"],
    },
    Row {
        number: "C-1006",
        name: "Brio Telehealth SAS",
        address: "22 rue de la République|69002|Lyon||FR",
        tax_id: "FR72823456785",
        terms: ("EUR", "fr-FR", "Europe/Paris"),
        tax: Tax::Reverse,
        reference: "",
        alias: "cus_brio",
        plan: "pass_through",
        share: 10,
        models: &["anthropic/claude-sonnet-5-5", "anthropic/claude-haiku-4-5"],
    },
    Row {
        number: "C-1007",
        name: "Sable & Finch LLC",
        address: "1120 NW Couch Street|97209|Portland|OR|US",
        tax_id: "",
        terms: ("USD", "en-US", "America/Los_Angeles"),
        tax: Tax::Outside,
        reference: "",
        alias: "cus_sablefinch",
        plan: "team_usd",
        share: 6,
        models: &["openai/gpt-6.1-sol", "xai/grok-4.20-reasoning-gv2"],
    },
    Row {
        number: "C-1008",
        name: "Kite & Key Labs Inc.",
        address: "50 Milk Street|02109|Boston|MA|US",
        tax_id: "",
        terms: ("USD", "en-US", "America/New_York"),
        tax: Tax::Outside,
        reference: "PO-88213",
        alias: "cus_kitekey",
        plan: "team_usd",
        share: 9,
        models: &[
            "anthropic/claude-opus-5-5",
            "openai/gpt-6.1-sol",
            "gemini/gemini-3.8-flash",
        ],
    },
    Row {
        number: "C-1009",
        name: "Orchard Legal LLP",
        address: "14 Took's Court|EC4A 1LB|London||GB",
        tax_id: "GB284917714",
        terms: ("GBP", "en-GB", "Europe/London"),
        tax: Tax::Outside,
        reference: "",
        alias: "cus_orchard",
        plan: "tokens_gbp",
        share: 7,
        models: &["anthropic/claude-sonnet-5-5"],
    },
    Row {
        number: "C-1010",
        name: "Lindqvist & Co AB",
        address: "Birger Jarlsgatan 57|113 56|Stockholm||SE",
        tax_id: "SE556812340901",
        terms: ("SEK", "sv-SE", "Europe/Stockholm"),
        tax: Tax::Reverse,
        reference: "",
        alias: "cus_lindqvist",
        plan: "volume_sek",
        share: 5,
        models: &["mistral/mistral-large-4", "openai/gpt-5-mini"],
    },
    Row {
        number: "C-1011",
        name: "Hoshino Sekkei K.K.",
        address: "2-14-5 Jingumae, Shibuya-ku|150-0001|Tokyo||JP",
        tax_id: "T8010401098765",
        terms: ("JPY", "en-GB", "Asia/Tokyo"),
        tax: Tax::Outside,
        reference: "",
        alias: "cus_hoshino",
        plan: "starter_jpy",
        share: 4,
        models: &["gemini/gemini-3.8-flash", "deepseek/deepseek-v4-pro"],
    },
    Row {
        number: "C-1012",
        name: "Ελιά Αναλυτική Α.Ε.",
        address: "Λεωφόρος Κηφισίας 44|151 25|Μαρούσι||GR",
        tax_id: "EL800123456",
        terms: ("EUR", "el-GR", "Europe/Athens"),
        tax: Tax::Reverse,
        reference: "",
        alias: "cus_elia",
        plan: "team",
        share: 4,
        models: &["openai/gpt-5-mini", "anthropic/claude-haiku-4-5"],
    },
];

/// The customers, in order of their number.
pub(crate) fn customers(ids: &mut IdSource) -> Result<Vec<SampleCustomer>, MoneyError> {
    ROWS.iter()
        .map(|row| {
            Ok(SampleCustomer {
                customer: customer(row, CustomerId::new(ids))?,
                plan: row.plan,
                share: row.share,
                models: row.models,
            })
        })
        .collect()
}

fn customer(row: &Row, id: CustomerId) -> Result<Customer, MoneyError> {
    let mut parts = row.address.split('|').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let address = Address {
        lines: part().split(", ").map(str::to_owned).collect(),
        postcode: part(),
        city: part(),
        region: part(),
        country: part(),
    };
    let (currency, locale, zone) = row.terms;
    Ok(Customer {
        id,
        number: row.number.to_owned(),
        name: row.name.to_owned(),
        address,
        tax_id: row.tax_id.to_owned(),
        email: format!("accounts@{}.example", row.alias.trim_start_matches("cus_")),
        reference: row.reference.to_owned(),
        order_reference: String::new(),
        endpoint: Endpoint::default(),
        einvoice: None,
        currency: Currency::parse(currency)?,
        locale: locale.to_owned(),
        zone: Zone::parse(zone)?,
        tax: match row.tax {
            Tax::Germany => TaxTreatment::Rate {
                percent: Factor::parse("19")?,
            },
            Tax::Reverse => TaxTreatment::ReverseCharge,
            Tax::Outside => TaxTreatment::OutOfScope,
        },
        payment_days: None,
        aliases: vec![row.alias.to_owned()],
        notes: "Invented for the sample book.".to_owned(),
        archived: false,
    })
}
