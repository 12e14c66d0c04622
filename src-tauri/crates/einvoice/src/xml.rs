//! A document being written: the escaping is quick-xml's.

use crate::EinvoiceError;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use ratebook_money::Date;

/// Attributes of an element.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

pub(crate) struct Xml {
    writer: Writer<Vec<u8>>,
    /// The first fault; writing into memory has none, so it is asked for once, at the end.
    fault: Option<String>,
}

impl Xml {
    /// Writes a whole document with its root element.
    pub(crate) fn document(
        root: &str,
        namespaces: Attributes,
        inside: impl FnOnce(&mut Self),
    ) -> Result<String, EinvoiceError> {
        let mut xml = Self {
            writer: Writer::new_with_indent(Vec::new(), b' ', 2),
            fault: None,
        };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.element(root, namespaces, inside);
        if let Some(fault) = xml.fault {
            return Err(EinvoiceError::Xml(fault));
        }
        let bytes = xml.writer.into_inner();
        let text = String::from_utf8(bytes);
        text.map_err(|error| EinvoiceError::Xml(error.to_string()))
    }

    /// An element with others inside.
    pub(crate) fn group(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.element(name, &[], inside);
    }

    /// An element with text; nothing where the text is empty.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.with(name, &[], text);
    }

    /// The same with attributes.
    pub(crate) fn with(&mut self, name: &str, attributes: Attributes, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        // A carriage return would come back as a line feed.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        self.element(name, attributes, |xml| {
            xml.event(Event::Text(BytesText::new(&text)));
        });
    }

    /// The date as `2026-11-03`.
    pub(crate) fn date(&mut self, name: &str, date: Date) {
        self.text(name, &date.to_string());
    }

    fn element(&mut self, name: &str, attributes: Attributes, inside: impl FnOnce(&mut Self)) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn event(&mut self, event: Event) {
        if let Err(error) = self.writer.write_event(event) {
            self.fault.get_or_insert(error.to_string());
        }
    }
}

/// The first character that XML 1.0 has no way to write (section 2.2), as `U+0001`.
pub(crate) fn forbidden(text: &str) -> Option<String> {
    let allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    };
    let bad = text.chars().find(|c| !allowed(*c))?;
    Some(format!("U+{:04X}", u32::from(bad)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped() {
        let text = Xml::document("a", &[("x", "\"<&")], |xml| xml.text("b", "</b> & \"c\""));
        let text = text.unwrap();
        assert!(text.contains("x=\"&quot;&lt;&amp;\""), "{text}");
        assert!(text.contains("&lt;/b&gt; &amp;"), "{text}");
    }

    #[test]
    fn characters_that_xml_cannot_write_are_named() {
        assert_eq!(forbidden("a\u{B}b").as_deref(), Some("U+000B"));
        assert_eq!(forbidden("\u{FFFE}").as_deref(), Some("U+FFFE"));
        assert_eq!(forbidden("plain\n\tÄ 漢字 🙂\u{85}"), None);
    }
}
