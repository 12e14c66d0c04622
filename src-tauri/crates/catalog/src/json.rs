//! Reading JSON where numbers must stay text: a number is handed out as it was written, so that no
//! price or quantity ever passes through a float, and values can be skipped without being built.

use std::borrow::Cow;
use thiserror::Error;

/// A JSON value that borrows from its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was written.
    Number(&'a str),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object, in the order of the text; a key may stand in it twice.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Where and why a text is not JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("{what} at byte {at}")]
pub struct JsonError {
    /// Offset in bytes.
    pub at: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Deeper nesting than any price table or usage line has is refused, so that a hostile file cannot
/// exhaust the stack.
const DEEPEST: usize = 64;

impl<'a> Json<'a> {
    /// Reads one value; nothing but white space may follow.
    ///
    /// # Errors
    /// [`JsonError`] with the place of the fault.
    pub fn parse(text: &'a str) -> Result<Self, JsonError> {
        let mut reader = Reader::new(text);
        let value = reader.value(DEEPEST)?;
        reader.end()?;
        Ok(value)
    }

    /// The member of an object; the last one where a key stands twice.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let found = members.iter().rev().find(|(known, _)| known == key);
        found.map(|(_, value)| value)
    }

    /// The string, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number, or a string that stands for one.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Number(text) => Some(text),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    #[must_use]
    pub fn list(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn members(&self) -> &[(Cow<'a, str>, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }
}

/// A cursor over JSON text.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// At the start of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self { text, at }
    }

    /// Calls `member` with the key and the unread value of each member of an object.
    ///
    /// # Errors
    /// [`JsonError`] when the value is no object, or the first error of `member`.
    pub fn object<E: From<JsonError>>(
        &mut self,
        mut member: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'{', "expected an object")?;
        if self.eat(b'}') {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.expect(b':', "expected a colon")?;
            member(self, key)?;
            if self.eat(b'}') {
                return Ok(());
            }
            self.expect(b',', "expected a comma or a closing brace")?;
        }
    }

    /// Calls `element` for each unread element of an array.
    ///
    /// # Errors
    /// [`JsonError`] when the value is no array, or the first error of `element`.
    pub fn array<E: From<JsonError>>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'[', "expected an array")?;
        if self.eat(b']') {
            return Ok(());
        }
        loop {
            element(self)?;
            if self.eat(b']') {
                return Ok(());
            }
            self.expect(b',', "expected a comma or a closing bracket")?;
        }
    }

    /// Reads the next value and builds it.
    ///
    /// # Errors
    /// [`JsonError`] with the place of the fault.
    pub fn build(&mut self) -> Result<Json<'a>, JsonError> {
        self.value(DEEPEST)
    }

    /// The text of the next value, which is stepped over. Its brackets and strings are looked at,
    /// its words and numbers are not.
    ///
    /// # Errors
    /// [`JsonError`] with the place of the fault.
    pub fn skip(&mut self) -> Result<&'a str, JsonError> {
        self.space();
        let start = self.at;
        match self.peek() {
            Some(b'"') => {
                self.string_end()?;
            }
            Some(b'{' | b'[') => self.skip_nested()?,
            Some(_) => {
                self.scalar();
                if self.at == start {
                    return Err(self.fault("expected a value"));
                }
            }
            None => return Err(self.fault("the text ends too early")),
        }
        Ok(self.text.get(start..self.at).unwrap_or(""))
    }

    /// The next byte that is not white space, without reading it.
    pub fn ahead(&mut self) -> Option<u8> {
        self.space();
        self.peek()
    }

    /// Nothing but white space may be left.
    ///
    /// # Errors
    /// [`JsonError`] otherwise.
    pub fn end(&mut self) -> Result<(), JsonError> {
        self.space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault("something follows the value")),
        }
    }

    /// Reads a string.
    ///
    /// # Errors
    /// [`JsonError`] with the place of the fault.
    pub fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.space();
        if self.peek() != Some(b'"') {
            return Err(self.fault("expected a string"));
        }
        let start = self.at.saturating_add(1);
        let escaped = self.string_end()?;
        let inner = self
            .text
            .get(start..self.at.saturating_sub(1))
            .unwrap_or("");
        if escaped {
            return unescaped(inner)
                .map(Cow::Owned)
                .ok_or(self.fault("a string has an escape that is none"));
        }
        Ok(Cow::Borrowed(inner))
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, JsonError> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(self.fault("nested too deeply"));
        };
        self.space();
        match self.peek() {
            Some(b'"') => self.string().map(Json::Text),
            Some(b'{') => {
                let mut members = Vec::new();
                self.object::<JsonError>(|reader, key| {
                    members.push((key, reader.value(depth)?));
                    Ok(())
                })?;
                Ok(Json::Object(members))
            }
            Some(b'[') => {
                let mut items = Vec::new();
                self.array::<JsonError>(|reader| {
                    items.push(reader.value(depth)?);
                    Ok(())
                })?;
                Ok(Json::List(items))
            }
            Some(_) => {
                let start = self.at;
                self.scalar();
                match self.text.get(start..self.at).unwrap_or("") {
                    "null" => Ok(Json::Null),
                    "true" => Ok(Json::Bool(true)),
                    "false" => Ok(Json::Bool(false)),
                    number if is_number(number) => Ok(Json::Number(number)),
                    _ => Err(JsonError {
                        at: start,
                        what: "expected a value",
                    }),
                }
            }
            None => Err(self.fault("the text ends too early")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at = self.at.saturating_add(1);
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.peek() == Some(byte);
        self.at = self.at.saturating_add(usize::from(found));
        found
    }

    fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), JsonError> {
        if self.eat(byte) {
            return Ok(());
        }
        Err(self.fault(what))
    }

    fn fault(&self, what: &'static str) -> JsonError {
        JsonError { at: self.at, what }
    }

    /// Steps over a string; whether it has escapes.
    fn string_end(&mut self) -> Result<bool, JsonError> {
        let start = self.at;
        let mut escaped = false;
        let rest = self.text.as_bytes().get(start.saturating_add(1)..);
        let mut bytes = rest.unwrap_or(&[]).iter().enumerate();
        while let Some((offset, byte)) = bytes.next() {
            match byte {
                b'"' => {
                    self.at = start.saturating_add(offset).saturating_add(2);
                    return Ok(escaped);
                }
                b'\\' => {
                    escaped = true;
                    bytes.next();
                }
                0..=0x1f => return Err(self.fault("a string has a control character")),
                _ => {}
            }
        }
        Err(self.fault("a string does not end"))
    }

    fn scalar(&mut self) {
        while let Some(byte) = self.peek() {
            if matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') {
                return;
            }
            self.at = self.at.saturating_add(1);
        }
    }

    fn skip_nested(&mut self) -> Result<(), JsonError> {
        let mut depth: usize = 0;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string_end()?;
                    continue;
                }
                b'{' | b'[' => depth = depth.saturating_add(1),
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at = self.at.saturating_add(1);
            if depth == 0 {
                return Ok(());
            }
        }
        Err(self.fault("the text ends too early"))
    }
}

/// The grammar of a JSON number.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let exponent = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let kind = after.chars().next()?;
        rest = after.get(kind.len_utf8()..)?;
        plain.push(match kind {
            '"' | '\\' | '/' => kind,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let (first, behind) = hex(rest)?;
                rest = behind;
                if (0xd800..0xdc00).contains(&first) {
                    let (second, behind) = hex(rest.strip_prefix("\\u")?)?;
                    rest = behind;
                    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    let high = first.checked_sub(0xd800)?;
                    char::from_u32((high << 10 | low).checked_add(0x1_0000)?)?
                } else {
                    char::from_u32(first)?
                }
            }
            _ => return None,
        });
    }
    plain.push_str(rest);
    Some(plain)
}

fn hex(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| plain)?;
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_stay_as_they_were_written() {
        let text = r#"{"a": 1.50e-07, "b": [0, -2], "c": "x\u00e9\ud83d\ude00\n"}"#;
        let json = Json::parse(text).unwrap();
        assert_eq!(json.get("a"), Some(&Json::Number("1.50e-07")));
        assert_eq!(json.get("b").unwrap().list().len(), 2);
        assert_eq!(json.get("c").and_then(Json::text), Some("xé😀\n"));
    }

    #[test]
    fn faults_are_found_where_they_are() {
        for (text, at) in [
            ("", 0),
            ("{\"a\":}", 5),
            ("[1,]", 3),
            ("01", 0),
            ("1 2", 2),
            ("\"open", 0),
            ("nul", 0),
            ("{\"a\" 1}", 5),
            ("\"\\x\"", 4),
            ("\"\\ud800\"", 8),
        ] {
            assert_eq!(Json::parse(text).unwrap_err().at, at, "{text}");
        }
        assert!(Json::parse(&"[".repeat(10_000)).is_err());
    }

    proptest! {
        /// A reader of bytes from outside never panics, and what it skips it can also build.
        #[test]
        fn anything_may_be_read(text in "[\\[\\]{},:\"a-c0-2.eE\\\\u+ -]{0,40}") {
            let built = Json::parse(&text);
            let mut reader = Reader::new(&text);
            let skipped = reader.skip().and_then(|_| reader.end());
            if built.is_ok() {
                prop_assert!(skipped.is_ok());
            }
        }

        /// What serde_json writes is read as serde_json means it.
        #[test]
        fn strings_read_as_serde_reads_them(text in "\\PC{0,20}") {
            let written = serde_json::to_string(&text).unwrap();
            let read = Json::parse(&written).unwrap();
            prop_assert_eq!(read.text(), Some(text.as_str()));
        }
    }
}
