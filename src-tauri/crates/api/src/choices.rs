//! Lists that people choose from, and what is usual in a country.

/// Locales that documents can be written in; the first of a language is its usual form.
pub(crate) const LOCALES: &[&str] = &[
    "en-GB", "en-US", "de-DE", "de-AT", "de-CH", "fr-FR", "fr-BE", "fr-CH", "es-ES", "it-IT",
    "nl-NL", "nl-BE", "pl-PL", "el-GR", "uk-UA", "sv-SE", "da-DK", "fi-FI", "nb-NO", "pt-PT",
    "cs-CZ",
];

/// What is usual for companies of a country.
pub(crate) struct Usual {
    /// BCP 47.
    pub locale: &'static str,
    /// IANA zone of the capital.
    pub zone: &'static str,
    /// Standard VAT rate in percent, where we know it (European Commission, July 2026).
    pub vat: Option<&'static str>,
}

// Country, locale, zone, standard rate; an empty rate is unknown or none.
const USUAL: &[(&str, &str, &str, &str)] = &[
    ("AT", "de-AT", "Europe/Vienna", "20"),
    ("BE", "nl-BE", "Europe/Brussels", "21"),
    ("BG", "en-GB", "Europe/Sofia", "20"),
    ("CH", "de-CH", "Europe/Zurich", "8.1"),
    ("CY", "el-GR", "Asia/Nicosia", "19"),
    ("CZ", "cs-CZ", "Europe/Prague", "21"),
    ("DE", "de-DE", "Europe/Berlin", "19"),
    ("DK", "da-DK", "Europe/Copenhagen", "25"),
    ("EE", "en-GB", "Europe/Tallinn", "24"),
    ("ES", "es-ES", "Europe/Madrid", "21"),
    ("FI", "fi-FI", "Europe/Helsinki", "25.5"),
    ("FR", "fr-FR", "Europe/Paris", "20"),
    ("GB", "en-GB", "Europe/London", "20"),
    ("GR", "el-GR", "Europe/Athens", "24"),
    ("HR", "en-GB", "Europe/Zagreb", "25"),
    ("HU", "en-GB", "Europe/Budapest", "27"),
    ("IE", "en-GB", "Europe/Dublin", "23"),
    ("IT", "it-IT", "Europe/Rome", "22"),
    ("JP", "en-GB", "Asia/Tokyo", "10"),
    ("LT", "en-GB", "Europe/Vilnius", "21"),
    ("LU", "fr-FR", "Europe/Luxembourg", "17"),
    ("LV", "en-GB", "Europe/Riga", "21"),
    ("MT", "en-GB", "Europe/Malta", "18"),
    ("NL", "nl-NL", "Europe/Amsterdam", "21"),
    ("NO", "nb-NO", "Europe/Oslo", "25"),
    ("PL", "pl-PL", "Europe/Warsaw", "23"),
    ("PT", "pt-PT", "Europe/Lisbon", "23"),
    ("RO", "en-GB", "Europe/Bucharest", "21"),
    ("SE", "sv-SE", "Europe/Stockholm", "25"),
    ("SI", "en-GB", "Europe/Ljubljana", "22"),
    ("SK", "en-GB", "Europe/Bratislava", "23"),
    ("UA", "uk-UA", "Europe/Kyiv", "20"),
    ("US", "en-US", "America/New_York", ""),
];

/// What is usual in a country; British English and UTC where we do not know.
pub(crate) fn usual(country: &str) -> Usual {
    let known = USUAL.iter().find(|(code, ..)| *code == country);
    let (_, locale, zone, vat) = known.copied().unwrap_or(("", "en-GB", "UTC", ""));
    Usual {
        locale,
        zone,
        vat: (!vat.is_empty()).then_some(vat),
    }
}

// ISO 3166-1 alpha-2, officially assigned.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI \
    BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY \
    CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN \
    GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH \
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL \
    PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN \
    VU WF WS YE YT ZA ZM ZW";

/// All country codes.
pub(crate) fn countries() -> Vec<String> {
    COUNTRIES.split_whitespace().map(str::to_owned).collect()
}
