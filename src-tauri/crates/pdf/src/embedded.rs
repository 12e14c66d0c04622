/// A file inside of the PDF that says the same as its pages: the XML of a hybrid invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embedded<'a> {
    /// Its name: what programs look for (`factur-x.xml`).
    pub name: &'a str,
    /// What it is, in a few words.
    pub description: &'a str,
    /// The profile that it follows (`EN 16931`).
    pub level: &'a str,
    /// The XML.
    pub xml: &'a str,
}
