//! Which column of a bank's file is which, by the names that banks give them.

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    /// When it was booked.
    Booked,
    /// When it counts, for interest; used where there is no other day.
    Valued,
    /// With its sign.
    Amount,
    /// What came in, without a sign.
    In,
    /// What went out, without a sign.
    Out,
    /// Whether it came in or went out.
    Direction,
    Currency,
    /// What the payer wrote.
    Reference,
    /// Who paid.
    Name,
    /// The bank's own number of the line.
    Id,
}

use Column::{Amount, Booked, Currency, Direction, Id, In, Name, Out, Reference, Valued};

/// Names as banks write them, in small letters and without what is no letter.
const NAMES: &[(Column, &[&str])] = &[
    (
        Booked,
        &[
            "buchungstag",
            "buchungsdatum",
            "buchung",
            "bookingdate",
            "booked",
            "date",
            "datum",
            "transactiondate",
            "completeddate",
            "datecompletedutc",
            "dateoperation",
            "datedopération",
            "fecha",
            "fechaoperación",
            "data",
            "dataoperazione",
            "bokföringsdag",
            "dataoperacji",
            "postingdate",
        ],
    ),
    (
        Valued,
        &[
            "valutadatum",
            "valuta",
            "wertstellung",
            "valuedate",
            "datevaleur",
            "fechavalor",
        ],
    ),
    (
        Amount,
        &[
            "betrag",
            "amount",
            "umsatz",
            "montant",
            "importe",
            "importo",
            "bedrag",
            "kwota",
            "belopp",
            "valor",
            "transactionamount",
            "totalamount",
        ],
    ),
    (
        In,
        &[
            "haben",
            "gutschrift",
            "credit",
            "paidin",
            "moneyin",
            "crédit",
            "abono",
            "avere",
            "deposit",
        ],
    ),
    (
        Out,
        &[
            "soll",
            "belastung",
            "debit",
            "paidout",
            "moneyout",
            "débit",
            "cargo",
            "dare",
            "withdrawal",
        ],
    ),
    (
        Direction,
        &[
            "sollhaben",
            "sh",
            "afbij",
            "debitcredit",
            "creditdebit",
            "kennzeichen",
            "drcr",
        ],
    ),
    (
        Currency,
        &[
            "währung",
            "waehrung",
            "currency",
            "devise",
            "moneda",
            "muntsoort",
            "currencycode",
        ],
    ),
    (
        Reference,
        &[
            "verwendungszweck",
            "purpose",
            "reference",
            "paymentreference",
            "description",
            "details",
            "mededelingen",
            "omschrijving",
            "libellé",
            "libelle",
            "concepto",
            "causale",
            "descrizione",
            "remittanceinformation",
            "kundenreferenzendtoend",
            "kundenreferenz",
            "endtoendid",
            "meddelande",
            "tytuł",
            "memo",
        ],
    ),
    (
        Name,
        &[
            "beguenstigterzahlungspflichtiger",
            "begünstigterzahlungspflichtiger",
            "begünstigter",
            "auftraggeber",
            "auftraggeberempfänger",
            "zahlungspflichtiger",
            "zahlungsbeteiligter",
            "namezahlungsbeteiligter",
            "counterparty",
            "counterpartyname",
            "payer",
            "payername",
            "partnername",
            "debtor",
            "naamomschrijving",
            "naamtegenpartij",
            "name",
            "beneficiario",
            "ordenante",
            "ordinante",
            "sendername",
        ],
    ),
    (
        Id,
        &[
            "transactionid",
            "id",
            "umsatzid",
            "transactiereferentie",
            "bankreference",
        ],
    ),
];

/// The letters of a head; what stands in brackets is its currency.
pub(super) fn plain(head: &str) -> String {
    let name = head.split('(').next().unwrap_or(head);
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// The currency in the brackets of a head: `Betrag (EUR)`.
pub(super) fn currency_in(head: &str) -> Option<&str> {
    let (_, rest) = head.split_once('(')?;
    let (inner, _) = rest.split_once(')')?;
    let inner = inner.trim();
    let is_code = inner.len() == 3 && inner.chars().all(|c| c.is_ascii_uppercase());
    is_code.then_some(inner)
}

/// Which columns a row of heads has; nothing when it is no row of heads: that has a day and an
/// amount at least.
pub(super) fn find(row: &csv::StringRecord) -> Option<Vec<(usize, Column)>> {
    let mut found: Vec<(usize, Column)> = Vec::new();
    for (index, head) in row.iter().enumerate() {
        let name = plain(head);
        let known = NAMES
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()));
        found.extend(known.map(|(column, _)| (index, *column)));
    }
    let has = |wanted: Column| found.iter().any(|(_, column)| *column == wanted);
    let dated = has(Booked) || has(Valued);
    (dated && (has(Amount) || has(In))).then_some(found)
}
