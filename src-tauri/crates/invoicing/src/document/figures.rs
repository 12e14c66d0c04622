//! Grouping and decimal sign of written figures. Works on digits as text: nothing is rounded here.

/// How a locale writes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figures {
    pub decimal: &'static str,
    pub group: &'static str,
    /// Thousands, or lakh and crore: 12,34,567.
    pub grouping: Grouping,
    /// Where the currency sign stands and what is between it and the figure.
    pub sign: SignPlace,
    /// Between a figure and "%".
    pub percent_gap: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    Thousands,
    Indian,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignPlace {
    Before(&'static str),
    After(&'static str),
}

/// No-break space.
const NBSP: &str = "\u{a0}";
/// Narrow no-break space, the French thousands separator.
const NARROW: &str = "\u{202f}";

const ENGLISH: Figures = Figures {
    decimal: ".",
    group: ",",
    grouping: Grouping::Thousands,
    sign: SignPlace::Before(""),
    percent_gap: "",
};
const GERMAN: Figures = Figures {
    decimal: ",",
    group: ".",
    sign: SignPlace::After(NBSP),
    percent_gap: NBSP,
    ..ENGLISH
};
/// Comma and no-break space: most of the continent.
const SPACED: Figures = Figures {
    group: NBSP,
    ..GERMAN
};

impl Figures {
    /// The rules of a language and, where countries differ, its region.
    pub(super) fn of(language: &str, region: &str) -> Self {
        match (language, region) {
            ("en", "IN") => Self {
                grouping: Grouping::Indian,
                ..ENGLISH
            },
            ("de" | "it" | "fr" | "en", "CH") => Self {
                group: "’",
                sign: SignPlace::Before(NBSP),
                ..ENGLISH
            },
            ("de", "AT") => Self {
                sign: SignPlace::Before(NBSP),
                ..GERMAN
            },
            ("es", "MX" | "US" | "PR") => ENGLISH,
            ("de" | "es", _) => GERMAN,
            ("it" | "el" | "da", _) => Self {
                percent_gap: if language == "da" { NBSP } else { "" },
                ..GERMAN
            },
            ("pt", "BR") => Self {
                sign: SignPlace::Before(NBSP),
                percent_gap: "",
                ..GERMAN
            },
            ("nl", _) => Self {
                sign: SignPlace::Before(NBSP),
                percent_gap: "",
                ..GERMAN
            },
            ("fr", _) => Self {
                group: NARROW,
                ..SPACED
            },
            ("pl" | "pt" | "uk", _) => Self {
                percent_gap: "",
                ..SPACED
            },
            ("sv" | "nb" | "fi" | "cs" | "sk" | "bg" | "hu", _) => SPACED,
            _ => ENGLISH,
        }
    }

    /// Writes plain decimal text ("-1234.5") with grouping, decimal sign and a true minus.
    pub(super) fn write(&self, plain: &str) -> String {
        let (minus, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("−", digits),
            None => ("", plain),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let mut text = String::from(minus);
        let length = whole.chars().count();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && self.breaks_before(length.saturating_sub(index)) {
                text.push_str(self.group);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push_str(self.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// Whether a separator stands before the digit that has `left` digits from itself to the end.
    fn breaks_before(&self, left: usize) -> bool {
        match self.grouping {
            Grouping::Thousands => left.is_multiple_of(3),
            Grouping::Indian => left == 3 || (left > 3 && !left.is_multiple_of(2)),
        }
    }

    /// Puts the currency sign to a written figure; the minus stays in front of both.
    pub(super) fn with_sign(&self, sign: &str, written: &str) -> String {
        let (minus, figure) = match written.strip_prefix('−') {
            Some(figure) => ("−", figure),
            None => ("", written),
        };
        // A sign made of letters is kept apart, so that "CHF12" cannot be read as one word.
        let letters = sign.chars().all(char::is_alphabetic);
        match self.sign {
            SignPlace::Before("") if letters => format!("{minus}{sign}{NBSP}{figure}"),
            SignPlace::Before(gap) => format!("{minus}{sign}{gap}{figure}"),
            SignPlace::After(gap) => format!("{minus}{figure}{gap}{sign}"),
        }
    }
}

/// The sign of a currency where it is unmistakable, otherwise its code: an Australian dollar is
/// never printed as "$".
pub(super) fn currency_sign(code: &str) -> &str {
    match code {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "JPY" => "¥",
        "PLN" => "zł",
        "CZK" => "Kč",
        "UAH" => "₴",
        "INR" => "₹",
        "ILS" => "₪",
        other => other,
    }
}
