use super::import::{ImportedTable, TableError, TableStamp};
use super::{genai, litellm, modelsdev, openrouter, vercel};
use crate::json::{Json, JsonError, Reader};

/// Reads a price table of any known format.
///
/// # Errors
/// [`TableError`] when it is no JSON or of no format that is known.
pub fn read(text: &str, stamp: &TableStamp) -> Result<ImportedTable, TableError> {
    match format(text)? {
        TableFormat::Litellm => litellm::read(text, stamp),
        TableFormat::Genai => genai::read(text, stamp),
        TableFormat::OpenRouter => openrouter::read(text, stamp),
        TableFormat::VercelGateway => vercel::read(text, stamp),
        TableFormat::ModelsDev => modelsdev::read(text, stamp),
    }
}

/// The formats of price tables in JSON that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableFormat {
    /// An object with a member per model.
    Litellm,
    /// A list of providers with models.
    Genai,
    /// OpenRouter's list of models.
    OpenRouter,
    /// The model list of Vercel's AI Gateway.
    VercelGateway,
    /// An object of providers with models.
    ModelsDev,
}

impl TableFormat {
    /// The name of the table's source.
    #[must_use]
    pub fn source_name(self) -> &'static str {
        match self {
            Self::Litellm => "litellm",
            Self::Genai => "genai-prices",
            Self::OpenRouter => "openrouter",
            Self::VercelGateway => "vercel-ai-gateway",
            Self::ModelsDev => "models.dev",
        }
    }
}

/// Which format a text is in, by its first models.
///
/// # Errors
/// [`TableError`] when it is none; the message says what was found.
pub fn format(text: &str) -> Result<TableFormat, TableError> {
    let mut reader = Reader::new(text);
    let unknown = |what: &str| Err(TableError::UnknownFormat(what.to_owned()));
    match reader.ahead() {
        Some(b'{') => of_object(reader),
        Some(b'[') => {
            let mut found = false;
            let read = reader.array::<Stop>(|reader| {
                let value = reader.build().map_err(Stop::Fault)?;
                found = value.get("id").is_some() && value.get("models").is_some();
                Err(Stop::Found)
            });
            match read {
                Err(Stop::Fault(fault)) => Err(fault.into()),
                _ if found => Ok(TableFormat::Genai),
                _ => unknown("the first element of the list has no id and models"),
            }
        }
        Some(b'<') => Err(TableError::Html),
        Some(_) => unknown("it is neither an object nor a list"),
        None => unknown("the file is empty"),
    }
}

fn of_object(mut reader: Reader<'_>) -> Result<TableFormat, TableError> {
    let mut found = None;
    let mut first = String::new();
    let read = reader.object::<Stop>(|reader, key| {
        let value = reader.build().map_err(Stop::Fault)?;
        let of_models = matches!(value.get("models"), Some(Json::Object(_)));
        found = if value.get("litellm_provider").is_some() {
            Some(TableFormat::Litellm)
        } else if key == "data" {
            of_data(&value)
        } else {
            of_models.then_some(TableFormat::ModelsDev)
        };
        if first.is_empty() {
            first = key.into_owned();
        }
        found.map_or(Ok(()), |_| Err(Stop::Found))
    });
    match (read, found) {
        (Err(Stop::Fault(fault)), _) => Err(fault.into()),
        (_, Some(format)) => Ok(format),
        (_, None) => Err(TableError::UnknownFormat(format!(
            "no member of the object (the first is \"{first}\") has a litellm_provider, models \
             or a list of models with prices"
        ))),
    }
}

/// Both gateways answer with a list `data`; they name the prices of input differently.
fn of_data(data: &Json) -> Option<TableFormat> {
    data.list().iter().find_map(|model| {
        let pricing = model.get("pricing")?;
        if pricing.get("prompt").is_some() {
            return Some(TableFormat::OpenRouter);
        }
        model.get("owned_by")?;
        (!pricing.members().is_empty()).then_some(TableFormat::VercelGateway)
    })
}

/// Why the look at a table's start ended.
enum Stop {
    Found,
    Fault(JsonError),
}

impl From<JsonError> for Stop {
    fn from(fault: JsonError) -> Self {
        Self::Fault(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_named() {
        for (text, says) in [
            ("", "the file is empty"),
            ("12", "neither an object nor a list"),
            ("<!doctype html><p>", "a web page (HTML)"),
            ("{\"models\": []}", "the first is \"models\""),
            ("{\"data\": []}", "the first is \"data\""),
            ("[1]", "no id and models"),
            ("{\"a\": {", "expected a string at byte 7"),
        ] {
            let error = format(text).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn formats_are_told_apart_by_what_is_in_them() {
        for (text, known) in [
            (r#"{"m": {"litellm_provider": "x"}}"#, TableFormat::Litellm),
            (r#"[{"id": "x", "models": []}]"#, TableFormat::Genai),
            (
                r#"{"data": [{"id": "a/b", "pricing": {"prompt": "1"}}]}"#,
                TableFormat::OpenRouter,
            ),
            (
                r#"{"object": "list", "data": [{"id": "e", "owned_by": "x", "pricing": {}},
                    {"id": "a/b", "owned_by": "x", "pricing": {"input": "1"}}]}"#,
                TableFormat::VercelGateway,
            ),
            (
                r#"{"x": {"id": "x", "models": {}}}"#,
                TableFormat::ModelsDev,
            ),
        ] {
            assert_eq!(format(text).unwrap(), known);
        }
    }
}
