//! What the PDF says about itself as XMP: the same as its information dictionary, that it is
//! PDF/A-3b, and what the file inside is.

use std::fmt::Write as _;

use crate::embedded::Embedded;
use crate::pages::Pages;

/// The packet. It is stored as it is: PDF/A wants readers to find it without unpacking.
pub(super) fn packet(pages: &Pages, embedded: Option<&Embedded<'_>>) -> String {
    let (title, author) = (escaped(&pages.title), escaped(&pages.author));
    let date = date(pages);
    let mut text = String::from("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    let _ = write!(
        text,
        r#"<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>Ratebook</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>Ratebook</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
</rdf:Description>
"#
    );
    if let Some(embedded) = embedded {
        invoice(&mut text, embedded);
    }
    text.push_str("</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    text
}

const NAMESPACE: &str = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

/// Names of the four properties of Factur-X, and what each is, for those who do not know them.
const PROPERTIES: [(&str, &str); 4] = [
    ("DocumentFileName", "name of the embedded XML invoice file"),
    ("DocumentType", "INVOICE"),
    ("Version", "version of the XML schema of the invoice"),
    ("ConformanceLevel", "profile of the XML invoice"),
];

fn invoice(text: &mut String, embedded: &Embedded<'_>) {
    let values = [embedded.name, "INVOICE", "1.0", embedded.level];
    let _ = writeln!(
        text,
        r#"<rdf:Description rdf:about="" xmlns:fx="{NAMESPACE}">"#
    );
    for ((name, _), value) in PROPERTIES.iter().zip(values) {
        let _ = writeln!(text, "<fx:{name}>{}</fx:{name}>", escaped(value));
    }
    let _ = write!(
        text,
        r#"</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
"#
    );
    for (name, what) in PROPERTIES {
        let _ = writeln!(
            text,
            r#"<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{what}</pdfaProperty:description>
</rdf:li>"#
        );
    }
    text.push_str(
        "</rdf:Seq></pdfaSchema:property>\n</rdf:li></rdf:Bag></pdfaExtension:schemas>\n\
         </rdf:Description>\n",
    );
}

/// Midnight of the document's day, as in the information dictionary.
fn date(pages: &Pages) -> String {
    let (year, month, day) = pages.date;
    format!("{year:04}-{month:02}-{day:02}T00:00:00+00:00")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // What XML cannot write has no letter on paper either.
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}
