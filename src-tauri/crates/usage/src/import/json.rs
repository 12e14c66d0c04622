//! A reader of JSON text that copies nothing it need not, keeps numbers as text and skips what no
//! format asks for (prompts among it) without holding it.

use std::borrow::Cow;

/// The text is not JSON from this byte on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken(pub(crate) usize);

/// A value without parts, or word that there are parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scalar<'a> {
    Text(Cow<'a, str>),
    Number(&'a str),
    Bool(bool),
    Null,
    /// An object or array; it has been skipped.
    Parts,
}

/// Deeper nesting than this is refused rather than followed.
const DEPTH: u32 = 64;

/// A position in JSON text.
pub(crate) struct Json<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

impl<'a> Json<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// Whether reading stopped because the text ended, be it inside a string or a word.
    pub(crate) fn at_end(&self) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        let word = |word: &[u8]| word.starts_with(rest.trim_ascii());
        rest.trim_ascii().is_empty()
            || [&b"true"[..], b"false", b"null", b"-"]
                .into_iter()
                .any(word)
    }

    /// Bytes read so far.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// The next byte that is not white space.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        if let Some(first) = rest.first().filter(|b| **b > b' ') {
            return Some(*first);
        }
        let blank = rest
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
            .count();
        self.at = self.at.saturating_add(blank);
        rest.get(blank).copied()
    }

    /// Reads an object, handing each key to `field`, which must read exactly one value.
    pub(crate) fn object(
        &mut self,
        mut field: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        self.open(b'{')?;
        if self.peek() == Some(b'}') {
            return self.close();
        }
        loop {
            let key = self.string()?;
            self.take(b':')?;
            field(self, key)?;
            match self.peek() {
                Some(b',') => self.step(),
                Some(b'}') => return self.close(),
                _ => return Err(self.broken()),
            }
        }
    }

    /// Reads an array; `item` must read exactly one value each time.
    pub(crate) fn array(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        self.open(b'[')?;
        if self.peek() == Some(b']') {
            return self.close();
        }
        loop {
            item(self)?;
            match self.peek() {
                Some(b',') => self.step(),
                Some(b']') => return self.close(),
                _ => return Err(self.broken()),
            }
        }
    }

    /// Reads any value; parts are skipped.
    pub(crate) fn scalar(&mut self) -> Result<Scalar<'a>, Broken> {
        match self.peek() {
            Some(b'"') => self.string().map(Scalar::Text),
            Some(b'{' | b'[') => self.skip().map(|()| Scalar::Parts),
            Some(b't') => self.word("true").map(|()| Scalar::Bool(true)),
            Some(b'f') => self.word("false").map(|()| Scalar::Bool(false)),
            Some(b'n') => self.word("null").map(|()| Scalar::Null),
            Some(_) => self.number().map(Scalar::Number),
            None => Err(self.broken()),
        }
    }

    /// Reads past any value, checking only that it is JSON.
    pub(crate) fn skip(&mut self) -> Result<(), Broken> {
        match self.peek() {
            Some(b'{') => self.object(|json, _| json.skip()),
            Some(b'[') => self.array(Self::skip),
            _ => self.scalar().map(|_| ()),
        }
    }

    /// Nothing but white space may follow.
    pub(crate) fn end(&mut self) -> Result<(), Broken> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.broken()),
        }
    }

    /// Reads a string; it is borrowed unless it holds escapes.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Broken> {
        self.take(b'"')?;
        let text = self.text;
        let rest = text.as_bytes().get(self.at..).ok_or(self.broken())?;
        let plain = plain_length(rest);
        let until = self.at.saturating_add(plain);
        let head = text.get(self.at..until).ok_or(self.broken())?;
        self.at = until;
        match rest.get(plain) {
            Some(b'"') => {
                self.step();
                Ok(Cow::Borrowed(head))
            }
            Some(b'\\') => self.escaped(head).map(Cow::Owned),
            _ => Err(self.broken()),
        }
    }

    fn escaped(&mut self, head: &str) -> Result<String, Broken> {
        let mut out = head.to_owned();
        loop {
            let rest = self.text.get(self.at..).ok_or(self.broken())?;
            let mut chars = rest.chars();
            match chars.next() {
                Some('"') => {
                    self.step();
                    return Ok(out);
                }
                Some('\\') => {
                    self.step();
                    out.push(self.escape()?);
                }
                Some(c) if c >= ' ' => {
                    out.push(c);
                    self.at = self.at.saturating_add(c.len_utf8());
                }
                _ => return Err(self.broken()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Broken> {
        let letter = self.text.as_bytes().get(self.at).copied();
        self.step();
        Ok(match letter {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'/') => '/',
            Some(b'\\') => '\\',
            Some(b'"') => '"',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.broken()),
        })
    }

    /// `\uXXXX`, or a surrogate pair of two; a lone surrogate is no text.
    fn unicode(&mut self) -> Result<char, Broken> {
        let first = self.hex4()?;
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first).ok_or(self.broken());
        }
        if first >= 0xdc00 || self.text.get(self.at..self.at.saturating_add(2)) != Some("\\u") {
            return Err(self.broken());
        }
        self.at = self.at.saturating_add(2);
        let second = self.hex4()?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(self.broken());
        }
        let high = (first & 0x3ff).wrapping_shl(10);
        char::from_u32(0x1_0000_u32.saturating_add(high | (second & 0x3ff))).ok_or(self.broken())
    }

    fn hex4(&mut self) -> Result<u32, Broken> {
        let end = self.at.saturating_add(4);
        let digits = self.text.get(self.at..end).ok_or(self.broken())?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(self.broken());
        }
        self.at = end;
        u32::from_str_radix(digits, 16).map_err(|_| self.broken())
    }

    fn number(&mut self) -> Result<&'a str, Broken> {
        let text = self.text;
        let rest = text.as_bytes().get(self.at..).ok_or(self.broken())?;
        let is_part = |b: &&u8| matches!(**b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let end = self
            .at
            .saturating_add(rest.iter().take_while(is_part).count());
        let number = text.get(self.at..end).ok_or(self.broken())?;
        if !is_number(number.as_bytes()) {
            return Err(self.broken());
        }
        self.at = end;
        Ok(number)
    }

    fn word(&mut self, word: &str) -> Result<(), Broken> {
        if !self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            return Err(self.broken());
        }
        self.at = self.at.saturating_add(word.len());
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> Result<(), Broken> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEPTH {
            return Err(self.broken());
        }
        self.take(bracket)
    }

    fn close(&mut self) -> Result<(), Broken> {
        self.depth = self.depth.saturating_sub(1);
        self.step();
        Ok(())
    }

    fn take(&mut self, byte: u8) -> Result<(), Broken> {
        if self.peek() != Some(byte) {
            return Err(self.broken());
        }
        self.step();
        Ok(())
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn broken(&self) -> Broken {
        Broken(self.at)
    }
}

/// How many bytes come before the first quote, backslash or control character. Eight bytes are
/// looked at together: most texts are longer than that, and this is where reading spends its time.
fn plain_length(text: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    // The top bit of a byte is set where the byte of the difference went below zero.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & TOPS;
    let mut length = 0_usize;
    let mut chunks = text.chunks_exact(8);
    for chunk in chunks.by_ref() {
        let word = chunk.try_into().map_or(0, u64::from_le_bytes);
        let quote = zero(word ^ ONES.wrapping_mul(0x22));
        let slash = zero(word ^ ONES.wrapping_mul(0x5c));
        let control = word.wrapping_sub(ONES.wrapping_mul(0x20)) & !word & TOPS;
        if quote | slash | control != 0 {
            return length.saturating_add(plain_bytes(chunk));
        }
        length = length.saturating_add(8);
    }
    length.saturating_add(plain_bytes(chunks.remainder()))
}

fn plain_bytes(text: &[u8]) -> usize {
    let plain = |b: &&u8| !matches!(**b, b'"' | b'\\' | 0..=0x1f);
    text.iter().take_while(plain).count()
}

/// The grammar of JSON numbers: no leading zeros, digits on both sides of the point.
fn is_number(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits(text);
    let (first, rest) = text.split_at(whole);
    if whole == 0 || (whole > 1 && first.starts_with(b"0")) {
        return false;
    }
    let rest = match rest.strip_prefix(b".") {
        Some(fraction) if digits(fraction) == 0 => return false,
        Some(fraction) => fraction.get(digits(fraction)..).unwrap_or(&[]),
        None => rest,
    };
    let Some(exponent) = rest.strip_prefix(b"e").or(rest.strip_prefix(b"E")) else {
        return rest.is_empty();
    };
    let exponent = exponent
        .strip_prefix(b"+")
        .or(exponent.strip_prefix(b"-"))
        .unwrap_or(exponent);
    !exponent.is_empty() && digits(exponent) == exponent.len()
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn agrees_with_the_usual_library_on_what_is_json(
            text in r#"[\[\]{}":,\\nul0-9eE.+\-tr fa-d"]{0,40}"#,
        ) {
            let mut json = Json::new(&text);
            let usual = serde_json::from_str::<serde_json::Value>(&text);
            let ours = json.skip().and_then(|()| json.end());
            prop_assert_eq!(ours.is_ok(), usual.is_ok(), "{} {:?}", text, usual);
        }

        #[test]
        fn reads_any_text_that_the_usual_library_writes(text in "\\PC{0,40}|[\\x00-\\x7f]{0,40}") {
            let written = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(Json::new(&written).string().unwrap(), text);
        }
    }

    #[test]
    fn numbers_stay_text_and_escapes_are_resolved() {
        let mut json = Json::new(r#"{"a":1.50e-7,"b":"x\u00e9\ud83d\ude00\"","c":[1,{"d":null}]}"#);
        let mut seen = Vec::new();
        json.object(|json, key| {
            seen.push((key.into_owned(), json.scalar()?));
            Ok(())
        })
        .unwrap();
        assert_eq!(seen[0].1, Scalar::Number("1.50e-7"));
        assert_eq!(seen[1].1, Scalar::Text(Cow::Borrowed("xé😀\"")));
        assert_eq!(seen[2].1, Scalar::Parts);
        assert!(Json::new(r#""\ud800""#).string().is_err());
        assert!(Json::new(&"[".repeat(100_000)).skip().is_err());
    }
}
