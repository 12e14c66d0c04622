use ratebook_api::ApiError;
use std::process::ExitCode;

/// Why a command did not do its work.
pub struct Failure {
    text: String,
    error: Option<ApiError>,
}

impl Failure {
    /// A failure of the command line itself.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            error: None,
        }
    }

    /// Says it on standard error, in JSON where that was asked for.
    pub fn report(self, json: bool) -> ExitCode {
        let text = match (&self.error, json) {
            (Some(error), true) => serde_json::to_string(error).unwrap_or(self.text),
            (None, true) => serde_json::json!({ "error": self.text }).to_string(),
            (_, false) => format!("ratebook: {}", self.text),
        };
        eprintln!("{text}");
        ExitCode::FAILURE
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self {
            text: crate::words::sentence(&error),
            error: Some(error),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::plain(error.to_string())
    }
}
