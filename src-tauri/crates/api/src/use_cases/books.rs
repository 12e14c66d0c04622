use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::wire::{
    BackupCreateReply, BackupCreateRequest, BookCreateRequest, BookOpenRequest, BookReply,
    BookStatusReply, BuiltInPrices, ChoicesReply, Count, JobCancelRequest, NotOpened, Nothing,
    OpenBook, RecentBook, StepName,
};
use ratebook_catalog::{
    Address, Bank, Company, CompanyContact, Dimension, Endpoint, NumberSeries, Paper,
    endpoint_schemes,
};
use ratebook_money::{Currency, Timestamp, Zone};
use ratebook_store::{Book, SqliteConnection, audit, company, settings, undo};
use std::path::{Path, PathBuf};

const SAMPLE: &str = "sample";
const BACKUP_AT: &str = "backup_at";

impl App {
    /// The program and the open book.
    pub async fn book_status(&self, _: Nothing) -> ApiResult<BookStatusReply> {
        let recent = self.recent.list().into_iter().map(|path| RecentBook {
            name: file_name(&path),
            present: path.is_file(),
            path: path.display().to_string(),
        });
        let facts = crate::built_in::facts();
        Ok(BookStatusReply {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            book: self.describe_book().await?,
            recent: recent.collect(),
            default_folder: self.surroundings.book_folder.display().to_string(),
            built_in: BuiltInPrices {
                models: Count(facts.models),
                providers: Count(facts.providers),
                seen_on: facts.seen_on.to_string(),
            },
            not_opened: self.not_opened().await,
        })
    }

    /// Opens this book, else the one that was open last; for the start of the program. A book that
    /// is not opened is named by [`App::book_status`] until another one is open.
    ///
    /// # Errors
    /// As [`App::book_open`]; none when the book of last time has gone away.
    pub async fn book_open_first(&self, named: Option<PathBuf>) -> ApiResult<()> {
        let is_named = named.is_some();
        let Some(path) = named.or_else(|| self.recent.last()) else {
            return Ok(());
        };
        let (opened, may_be_gone) = if path.is_file() {
            (self.open_book_at(&path).await, false)
        } else {
            let gone = ApiError::refused("file_missing").with("path", path.display());
            (Err(gone), !is_named)
        };
        if let Err(error) = &opened {
            *self.not_opened.write().await = Some((path, error.clone()));
        }
        if may_be_gone { Ok(()) } else { opened }
    }

    async fn not_opened(&self) -> Option<NotOpened> {
        let not_opened = self.not_opened.read().await;
        not_opened.as_ref().map(|(path, error)| NotOpened {
            name: file_name(path),
            path: path.display().to_string(),
            error: error.clone(),
        })
    }

    /// Makes a new book and opens it.
    pub async fn book_create(&self, request: BookCreateRequest) -> ApiResult<BookReply> {
        let path = match request.path {
            Some(path) => PathBuf::from(path),
            None => free_path(&self.surroundings.book_folder, "book")?,
        };
        let currency = Currency::parse(&request.currency);
        let currency = currency.map_err(|_| ApiError::field("currency", "unknown_currency"))?;
        let company = new_company(currency, &request.country);
        let book = self.create_book(&path, &company).await?;
        self.recent.opened(&path);
        self.replace_book(Some(book)).await?;
        self.book_reply().await
    }

    /// Opens a book; the one open until now stays open when that fails.
    pub async fn book_open(&self, request: BookOpenRequest) -> ApiResult<BookReply> {
        let path = PathBuf::from(&request.path);
        let open = self.book_if_open().await;
        if open.is_none_or(|open| open.book.path() != path) {
            self.open_book_at(&path).await?;
        }
        self.book_reply().await
    }

    /// Closes the open book.
    pub async fn book_close(&self, _: Nothing) -> ApiResult<BookReply> {
        self.replace_book(None).await?;
        self.recent.closed();
        Ok(BookReply { book: None })
    }

    /// Copies the book.
    pub async fn backup_create(
        &self,
        request: BackupCreateRequest,
    ) -> ApiResult<BackupCreateReply> {
        let open = self.book().await?;
        let path = match request.path {
            Some(path) => {
                let path = PathBuf::from(path);
                open.book.backup_to(&path).await?;
                path
            }
            None => open.book.backup(self.now()).await?,
        };
        let mut write = open.write().await?;
        settings::set(&mut write, BACKUP_AT, &self.now()).await?;
        write.commit().await?;
        Ok(BackupCreateReply {
            path: path.display().to_string(),
        })
    }

    /// Takes the last step back.
    pub async fn undo(&self, _: Nothing) -> ApiResult<BookReply> {
        let open = self.book().await?;
        let mut write = open.write().await?;
        let step = undo::undo(&mut write).await?;
        let step = step.ok_or_else(|| ApiError::refused("nothing_to_undo"))?;
        note_step(&mut write, "undo", &step, self.now()).await?;
        write.commit().await?;
        open.caches.forget_prices();
        self.book_reply().await
    }

    /// Does the step that was taken back again.
    pub async fn redo(&self, _: Nothing) -> ApiResult<BookReply> {
        let open = self.book().await?;
        let mut write = open.write().await?;
        let step = undo::redo(&mut write).await?;
        let step = step.ok_or_else(|| ApiError::refused("nothing_to_redo"))?;
        note_step(&mut write, "redo", &step, self.now()).await?;
        write.commit().await?;
        open.caches.forget_prices();
        self.book_reply().await
    }

    /// Asks a running job to end.
    pub async fn job_cancel(&self, request: JobCancelRequest) -> ApiResult<Nothing> {
        self.jobs.cancel(&request.job_id);
        Ok(Nothing {})
    }

    /// Lists to choose from.
    pub async fn choices(&self, _: Nothing) -> ApiResult<ChoicesReply> {
        Ok(ChoicesReply {
            currencies: Currency::all().into_iter().map(str::to_owned).collect(),
            zones: Zone::all().into_iter().map(str::to_owned).collect(),
            locales: crate::choices::LOCALES
                .iter()
                .map(|l| (*l).to_owned())
                .collect(),
            countries: crate::choices::countries(),
            dimensions: Dimension::all()
                .map(|dimension| dimension.to_string())
                .collect(),
            endpoint_schemes: endpoint_schemes().map(str::to_owned).collect(),
        })
    }

    pub(crate) async fn book_reply(&self) -> ApiResult<BookReply> {
        Ok(BookReply {
            book: self.describe_book().await?,
        })
    }

    /// Makes a book with a company and the built-in provider prices; it is not the open one yet.
    pub(crate) async fn create_book(&self, path: &Path, company: &Company) -> ApiResult<Book> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| file_error(folder, &error))?;
        }
        let book = Book::create(path, self.now()).await?;
        book.act_as(self.actor.clone());
        let mut write = book.write().await?;
        audit::note(&mut write, ("book_create", &company.name), "", self.now()).await?;
        company::save(&mut write, company).await?;
        crate::built_in::store(&mut write, self.now()).await?;
        write.commit().await?;
        Ok(book)
    }

    async fn open_book_at(&self, path: &Path) -> ApiResult<()> {
        let book = Book::open(path, self.now()).await?;
        self.recent.opened(path);
        self.replace_book(Some(book)).await
    }

    async fn describe_book(&self) -> ApiResult<Option<OpenBook>> {
        let Some(open) = self.book_if_open().await else {
            return Ok(None);
        };
        let path = open.book.path().to_owned();
        let snapshot = self.snapshot(&open).await?;
        let customers = snapshot
            .customers
            .iter()
            .filter(|customer| !customer.archived)
            .count();
        let mut read = open.read().await?;
        let company = company::load(&mut read).await?;
        let steps = undo::list(&mut read, 1_000).await?;
        // Newest first: undo takes the newest that is in force, redo the oldest that was undone.
        let to_undo = steps
            .iter()
            .find(|step| step.state == undo::StepState::Done);
        let to_redo = steps
            .iter()
            .rfind(|step| step.state == undo::StepState::Undone);
        let backup: Option<Timestamp> = settings::get(&mut read, BACKUP_AT).await?;
        let sample: Option<bool> = settings::get(&mut read, SAMPLE).await?;
        let name = |step: &undo::Step| StepName {
            code: step.code.clone(),
            subject: step.params.get("subject").cloned().unwrap_or_default(),
        };
        let text = |value: fn(&Company) -> String| company.as_ref().map(value).unwrap_or_default();
        Ok(Some(OpenBook {
            name: file_name(&path),
            company: text(|company| company.name.clone()),
            currency: text(|company| company.currency.to_string()),
            zone: text(|company| company.zone.to_string()),
            locale: text(|company| company.locale.clone()),
            sample: sample.unwrap_or(false),
            customers: Count(u64::try_from(customers).unwrap_or(u64::MAX)),
            saved_at: saved_at(&path),
            backup_at: backup.map(|at| at.to_string()),
            undo: to_undo.map(name),
            redo: to_redo.map(name),
            months: snapshot.months.iter().map(ToString::to_string).collect(),
            path: path.display().to_string(),
        }))
    }
}

/// Which step was taken back or done again, for the audit log.
async fn note_step(
    write: &mut SqliteConnection,
    code: &str,
    step: &undo::Step,
    now: Timestamp,
) -> ApiResult<()> {
    let of = step.params.get("subject").map_or("", String::as_str);
    let subject = format!("{} {of}", step.code);
    Ok(audit::note(write, (code, subject.trim()), "", now).await?)
}

/// When the file, or the log beside it, was last written.
fn saved_at(path: &Path) -> Option<String> {
    let log = PathBuf::from(format!("{}-wal", path.display()));
    let times = [path, log.as_path()].map(|file| std::fs::metadata(file)?.modified());
    let newest = times.into_iter().flatten().max()?;
    let micros = newest
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?
        .as_micros();
    Some(Timestamp::from_micros(i64::try_from(micros).ok()?).to_string())
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

pub(crate) fn file_error(path: &Path, error: &std::io::Error) -> ApiError {
    let kind = match error.kind() {
        std::io::ErrorKind::NotFound => "file_missing",
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            "read_only"
        }
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "disk_full",
        _ => "file_error",
    };
    ApiError::refused(kind)
        .with("path", path.display())
        .with("detail", error)
}

/// A file name in the folder that is not taken: `book.ratebook`, `book 2.ratebook`, …
pub(crate) fn free_path(folder: &Path, stem: &str) -> ApiResult<PathBuf> {
    let first = folder.join(format!("{stem}.ratebook"));
    let others = (2..1_000).map(|n| folder.join(format!("{stem} {n}.ratebook")));
    std::iter::once(first)
        .chain(others)
        .find(|path| !path.exists())
        .ok_or_else(|| ApiError::refused("file_exists").with("path", folder.display()))
}

/// What a new book starts with; the owner fills in the rest in Settings.
fn new_company(currency: Currency, country: &str) -> Company {
    let usual = crate::choices::usual(country);
    Company {
        name: String::new(),
        legal_name: String::new(),
        address: Address {
            country: country.to_owned(),
            ..Address::default()
        },
        tax_id: String::new(),
        registration: String::new(),
        email: String::new(),
        contact: CompanyContact::default(),
        endpoint: Endpoint::default(),
        website: String::new(),
        bank: Bank::default(),
        logo_png: None,
        locale: usual.locale.to_owned(),
        currency,
        zone: Zone::parse(usual.zone).unwrap_or(Zone::UTC),
        series: NumberSeries {
            prefix: "{year}-".to_owned(),
            digits: 4,
            first: 1,
        },
        payment_days: 14,
        paper: if matches!(country, "US" | "CA" | "MX") {
            Paper::Letter
        } else {
            Paper::A4
        },
    }
}
