use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::sample;
use crate::use_cases::books::{file_error, free_path};
use crate::wire::{BookReply, Nothing};
use ratebook_catalog::{
    Plan, PlanId, PlanTerms, PlanVersion, PlanVersionId, Subscription, SubscriptionId,
};
use ratebook_money::{Date, Timestamp, id::IdSource};
use ratebook_store::usage::{ImportRequest, import_events};
use ratebook_store::{
    Book, SqliteConnection, audit, customers, exchange, markups, meters, plans, settings,
    subscriptions,
};
use std::collections::HashMap;
use std::path::Path;

const SAMPLE: &str = "sample";

impl App {
    /// Opens the sample book, which is made anew when there is none.
    pub async fn book_sample_open(&self, _: Nothing) -> ApiResult<BookReply> {
        let path = self.surroundings.book_folder.join("sample.ratebook");
        let open = self.book_if_open().await;
        if open.is_some_and(|open| open.book.path() == path) {
            return self.book_reply().await;
        }
        let book = if path.is_file() {
            Book::open(&path, self.now()).await?
        } else {
            self.make_sample(&path).await?
        };
        self.recent.opened(&path);
        self.replace_book(Some(book)).await?;
        self.book_reply().await
    }

    /// Removes the sample book, file and all. Only a book that is marked as a sample goes.
    pub async fn book_sample_remove(&self, _: Nothing) -> ApiResult<BookReply> {
        let open = self.book().await?;
        let mut read = open.read().await?;
        if settings::get::<bool>(&mut read, SAMPLE).await? != Some(true) {
            return Err(ApiError::refused("not_a_sample"));
        }
        drop(read);
        let path = open.book.path().to_owned();
        drop(open);
        self.replace_book(None).await?;
        self.recent.forget(&path);
        for ending in ["", "-wal", "-shm", ".lock"] {
            let file = format!("{}{ending}", path.display());
            let file = Path::new(&file);
            match std::fs::remove_file(file) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(file_error(file, &error)),
            }
        }
        Ok(BookReply { book: None })
    }

    /// Writes the sample book to a file that does not exist yet.
    ///
    /// # Errors
    /// As [`App::book_create`]; what was begun is removed.
    pub(crate) async fn make_sample(&self, path: &Path) -> ApiResult<Book> {
        // Made aside, so that a half-made sample is never found at its place.
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| file_error(folder, &error))?;
        let aside = free_path(folder, ".sample-in-the-making")?;
        let made = self.fill_sample(&aside).await;
        match made {
            Ok(()) => {
                let moved = std::fs::rename(&aside, path);
                moved.map_err(|error| file_error(path, &error))?;
                let _ = std::fs::remove_file(format!("{}.lock", aside.display()));
                Ok(Book::open(path, self.now()).await?)
            }
            Err(error) => {
                let _ = std::fs::remove_file(&aside);
                Err(error)
            }
        }
    }

    async fn fill_sample(&self, path: &Path) -> ApiResult<()> {
        let company = sample::company()?;
        let book = self.create_book(path, &company).await?;
        let now = self.now();
        // Fixed, so that the sample's ids are the same every time.
        let mut ids = IdSource::new(Timestamp::from_micros(0), 1);
        let mut write = book.write().await?;
        audit::note(&mut write, ("sample", ""), "", now).await?;
        settings::set(&mut write, SAMPLE, &true).await?;
        let customers = sample::customers(&mut ids)?;
        fill_terms(&mut write, &customers, &mut ids, now).await?;
        write.commit().await?;
        let events = tokio::task::spawn_blocking(move || sample::events(&customers));
        let events = events.await.map_err(ApiError::internal)??;
        let name = "Azure LLM inference traces 2023, assigned".to_owned();
        import_events(&book, ImportRequest { name, now }, &events).await?;
        book.close().await?;
        Ok(())
    }
}

async fn fill_terms(
    write: &mut SqliteConnection,
    sample_customers: &[sample::SampleCustomer],
    ids: &mut IdSource,
    now: Timestamp,
) -> ApiResult<()> {
    let own = sample::meters(ids);
    for meter in &own {
        meters::save(write, meter).await?;
    }
    let runs = own.first().map(|meter| meter.id);
    let runs = runs.ok_or_else(|| ApiError::internal("sample meter"))?;
    for rate in sample::exchange_rates(now)? {
        exchange::add(write, &rate).await?;
    }
    for rule in sample::markups(ids, now) {
        markups::add(write, &rule).await?;
    }
    let mut versions: HashMap<&str, PlanVersionId> = HashMap::new();
    for entry in sample::plans(runs)? {
        let plan = Plan {
            id: PlanId::new(ids),
            name: entry.name.to_owned(),
            description: entry.description.to_owned(),
            archived: false,
        };
        plans::save(write, &plan).await?;
        let version = PlanVersion {
            id: PlanVersionId::new(ids),
            plan: plan.id,
            number: 1,
            terms: PlanTerms::monthly(entry.currency, entry.charges),
            published_at: Some(now),
        };
        plans::save_version(write, &version).await?;
        versions.insert(entry.key, version.id);
    }
    let starts_on = Date::from_ymd_opt(2026, 8, 1).ok_or_else(|| ApiError::internal("sample"))?;
    for entry in sample_customers {
        customers::save(write, &entry.customer).await?;
        let version = versions.get(entry.plan).copied();
        let plan_version = version.ok_or_else(|| ApiError::internal("sample plan"))?;
        let subscription = Subscription {
            id: SubscriptionId::new(ids),
            customer: entry.customer.id,
            plan_version,
            starts_on,
            ends_on: None,
            agreed: ratebook_catalog::Agreed::default(),
        };
        subscriptions::save(write, &subscription).await?;
    }
    Ok(())
}
