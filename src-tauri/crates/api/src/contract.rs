//! The one list of commands. The Tauri wrappers and their permissions, the TypeScript command map
//! and the cache tags are made from it, so that none of them can drift.
//!
//! `query` reads and provides tags; `mutation` writes and makes tags stale; `job` is long work that
//! reports progress and can be cancelled.

/// Calls `$callback!` with the list.
#[macro_export]
macro_rules! with_commands {
    ($callback:path) => {
        $callback! {
            query book_status(Nothing) -> BookStatusReply, provides [Book];
            query book_counts(Nothing) -> BookCountsReply, provides [Book, Inbox, Invoices];
            mutation book_create(BookCreateRequest) -> BookReply, invalidates [All];
            mutation book_open(BookOpenRequest) -> BookReply, invalidates [All];
            mutation book_close(Nothing) -> BookReply, invalidates [All];
            mutation book_sample_open(Nothing) -> BookReply, invalidates [All];
            mutation book_sample_remove(Nothing) -> BookReply, invalidates [All];
            mutation backup_create(BackupCreateRequest) -> BackupCreateReply, invalidates [Book];
            mutation undo(Nothing) -> BookReply, invalidates [All];
            mutation redo(Nothing) -> BookReply, invalidates [All];
            mutation job_cancel(JobCancelRequest) -> Nothing, invalidates [];
            query audit_list(AuditListRequest) -> AuditListReply, provides [Book, Invoices];
            query audit_get(AuditGetRequest) -> AuditGetReply, provides [];
            mutation audit_export(AuditExportRequest) -> AuditExportReply, invalidates [];
            query choices(Nothing) -> ChoicesReply, provides [];
            query search(SearchRequest) -> SearchReply, provides [Customers, Prices, Invoices];

            query company_get(Nothing) -> CompanyReply, provides [Company];
            mutation company_save(CompanySaveRequest) -> BookReply,
                invalidates [Book, Company, Invoices];
            query number_series_get(Nothing) -> NumberSeriesReply, provides [Company, Invoices];
            query number_series_try(NumberSeriesRequest) -> NumberSeriesReply,
                provides [Company, Invoices];
            mutation number_series_save(NumberSeriesRequest) -> NumberSeriesReply,
                invalidates [Book, Company, Invoices];
            query exchange_list(Nothing) -> ExchangeListReply, provides [Exchange, Prices];
            mutation exchange_stage(ExchangeStageRequest) -> ExchangeListReply,
                invalidates [Book, Exchange, Prices];

            query customer_list(CustomerListRequest) -> CustomerListReply, provides [Customers];
            query customer_names(Nothing) -> CustomerNamesReply, provides [Customers];
            query customer_get(CustomerGetRequest) -> CustomerGetReply,
                provides [Customers, Invoices];
            query tax_propose(TaxProposeRequest) -> TaxProposeReply, provides [Company];
            mutation customer_save(CustomerSaveRequest) -> CustomerSaveReply,
                invalidates [Book, Customers, Invoices, Usage, Inbox];
            mutation subscription_save(SubscriptionSaveRequest) -> SubscriptionSaveReply,
                invalidates [Book, Customers, Plans, Invoices, Inbox];
            query subscription_preview(SubscriptionPreviewRequest) -> SubscriptionPreviewReply,
                provides [Customers, Plans, Invoices, Usage, Prices];
            mutation subscription_remove(SubscriptionRemoveRequest) -> SubscriptionSaveReply,
                invalidates [Book, Customers, Plans, Invoices, Inbox];

            query credit_grant_list(CreditGrantListRequest) -> CreditGrantListReply,
                provides [Customers, Invoices];
            mutation credit_grant_create(CreditGrantCreateRequest) -> CreditGrantReply,
                invalidates [Book, Customers, Invoices];
            mutation credit_grant_void(CreditGrantVoidRequest) -> CreditGrantReply,
                invalidates [Book, Customers, Invoices];

            query usage_overview(UsageOverviewRequest) -> UsageOverviewReply,
                provides [Usage, Prices];
            query usage_event_list(UsageEventListRequest) -> UsageEventListReply,
                provides [Usage];
            query usage_import_preview(UsageImportPreviewRequest) -> UsageImportPreviewReply,
                provides [Usage, Customers];
            job usage_import_run(UsageImportRunRequest) -> UsageImportReport,
                invalidates [All];
            query usage_import_list(Nothing) -> UsageImportListReply, provides [Usage];
            query usage_import_get(UsageImportGetRequest) -> UsageImportReport, provides [Usage];
            mutation usage_report_save(UsageReportSaveRequest) -> UsageReportSaveReply,
                invalidates [];
            query inbox_list(Nothing) -> InboxListReply, provides [Inbox];
            mutation inbox_assign_customer(InboxAssignCustomerRequest) -> InboxListReply,
                invalidates [Book, Inbox, Customers, Invoices, Usage];
            mutation inbox_assign_model(InboxAssignModelRequest) -> InboxListReply,
                invalidates [Book, Inbox, Prices, Customers, Invoices, Usage];

            query price_grid(PriceGridRequest) -> PriceGridReply, provides [Prices];
            query model_get(ModelGetRequest) -> ModelGetReply, provides [Prices, Usage];
            query price_at(PriceAtRequest) -> PriceAtReply, provides [Prices];
            query markup_list(Nothing) -> MarkupListReply, provides [Prices];
            query markup_preview(MarkupPreviewRequest) -> MarkupPreviewReply,
                provides [Prices, Invoices];
            query markup_cell(MarkupCellRequest) -> MarkupCellReply, provides [Prices];
            mutation price_manual(PriceManualRequest) -> MarkupListReply,
                invalidates [Book, Prices, Customers, Invoices, Usage, Inbox];
            query price_draft_get(Nothing) -> PriceDraftReply, provides [Prices];
            query price_try(PriceTryRequest) -> PriceTryReply, provides [Prices];
            mutation price_stage(PriceStageRequest) -> PriceStageReply,
                invalidates [Book, Prices];
            query price_bulk_preview(PriceBulkRequest) -> PriceManyReply, provides [Prices];
            mutation price_bulk(PriceBulkRequest) -> PriceManyReply, invalidates [Book, Prices];
            query price_paste_preview(PricePasteRequest) -> PriceManyReply, provides [Prices];
            mutation price_paste(PricePasteRequest) -> PriceManyReply,
                invalidates [Book, Prices];
            mutation price_draft_save(PriceDraftSaveRequest) -> PriceDraftReply,
                invalidates [Book, Prices];
            query price_settings_get(Nothing) -> PriceSettingsReply, provides [Prices];
            mutation price_settings_save(PriceSettingsSaveRequest) -> PriceSettingsReply,
                invalidates [Book, Prices];
            query price_review(PriceReviewRequest) -> PriceReviewReply,
                provides [Prices, Usage, Invoices, Customers];
            job price_publish(PricePublishRequest) -> PricePublishReply,
                invalidates [Book, Prices, Exchange, Customers, Invoices, Usage, Inbox];
            query price_version_list(Nothing) -> PriceVersionListReply, provides [Prices];
            query price_version_compare(PriceCompareRequest) -> PriceCompareReply,
                provides [Prices];
            query price_timeline(PriceTimelineRequest) -> PriceTimelineReply,
                provides [Prices, Usage, Customers];
            mutation price_book_export(PriceBookExportRequest) -> PriceBookExportReply,
                invalidates [];
            mutation price_book_import(PriceBookImportRequest) -> PriceBookImportReply,
                invalidates [Book, Prices];
            query rule_test(RuleTestRequest) -> RuleTestReply, provides [Prices, Customers];
            mutation price_version_restore(PriceRestoreRequest) -> PriceDraftReply,
                invalidates [Book, Prices];
            mutation price_draft_discard(Nothing) -> PriceDraftReply,
                invalidates [Book, Prices];
            job price_import_preview(PriceImportPreviewRequest) -> PriceImportPreviewReply,
                invalidates [];
            query price_import_lines(PriceLinesRequest) -> PriceLinesReply, provides [Table];
            mutation price_import_take(PriceTakeRequest) -> PriceTakenReply, invalidates [Table];
            job price_import_run(PriceImportRunRequest) -> PriceImportReply, invalidates [All];

            query meter_list(Nothing) -> MeterListReply, provides [Meters, Usage];
            mutation meter_save(MeterSaveRequest) -> MeterSaveReply,
                invalidates [Book, Meters, Plans, Invoices, Usage, Inbox];
            query meter_usage(MeterUsageRequest) -> MeterUsageReply,
                provides [Usage, Meters, Customers];
            query plan_list(Nothing) -> PlanListReply, provides [Plans];
            mutation plan_save(PlanSaveRequest) -> PlanSaveReply, invalidates [Book, Plans];
            mutation plan_publish(PlanPublishRequest) -> PlanSaveReply,
                invalidates [Book, Plans, Customers, Invoices, Inbox];
            query plan_test_run(PlanTestRunRequest) -> PlanTestRunReply, provides [];
            mutation plan_tests_save(PlanTestsSaveRequest) -> PlanSaveReply,
                invalidates [Book, Plans];
            mutation plan_export(PlanExportRequest) -> PlanExportReply, invalidates [];
            mutation plan_import(PlanImportRequest) -> PlanImportReply,
                invalidates [Book, Plans];
            query charge_quote(ChargeQuoteRequest) -> ChargeQuoteReply, provides [];
            query charge_compare(ChargeCompareRequest) -> ChargeCompareReply, provides [];

            query invoice_list(InvoiceListRequest) -> InvoiceListReply, provides [Invoices];
            query invoice_get(InvoiceGetRequest) -> InvoiceGetReply, provides [Invoices];
            query invoice_pages(InvoiceGetRequest) -> InvoicePagesReply, provides [Invoices];
            query invoice_file_name(InvoiceGetRequest) -> InvoiceFileNameReply,
                provides [Invoices];
            query invoice_draft_get(InvoiceDraftRequest) -> InvoiceDraftReply,
                provides [Invoices];
            query invoice_draft_try(InvoiceDraftSaveRequest) -> InvoiceDraftTryReply,
                provides [Invoices];
            mutation invoice_draft_save(InvoiceDraftSaveRequest) -> InvoiceDraftReply,
                invalidates [Book, Invoices, Customers];
            mutation invoice_draft_mark(InvoiceDraftMarkRequest) -> Nothing,
                invalidates [Book, Invoices, Customers];
            query invoice_settings_get(Nothing) -> InvoiceSettingsReply, provides [Invoices];
            mutation invoice_settings_save(InvoiceSettingsSaveRequest) -> InvoiceSettingsReply,
                invalidates [Book, Invoices, Customers];
            job invoice_finalize(InvoiceFinalizeRequest) -> InvoiceFinalizeReply,
                invalidates [Book, Invoices, Customers, Company, Inbox];
            job invoice_pdf_save(InvoicePdfSaveRequest) -> InvoicePdfSaveReply, invalidates [];
            job invoice_export(InvoiceExportRequest) -> InvoiceExportReply, invalidates [];
            job invoice_verify(InvoiceVerifyRequest) -> InvoiceVerifyReply, invalidates [];
            mutation invoice_pack_save(InvoicePackSaveRequest) -> InvoicePackSaveReply,
                invalidates [];
            query pack_verify(PackVerifyRequest) -> PackVerifyReply, provides [];
            mutation invoice_void(InvoiceVoidRequest) -> InvoiceGetReply,
                invalidates [Book, Invoices, Customers];
            job invoice_reissue(InvoiceReissueRequest) -> InvoiceFinalizeReply,
                invalidates [Book, Invoices, Customers, Company, Inbox];
            mutation invoice_write_off(InvoiceWriteOffRequest) -> PaymentListReply,
                invalidates [Invoices];
            query credit_note_list(CreditNoteListRequest) -> CreditNoteListReply,
                provides [Invoices];
            query credit_note_try(CreditNoteTryRequest) -> CreditNoteTryReply,
                provides [Invoices];
            mutation credit_note_create(CreditNoteCreateRequest) -> CreditNoteRow,
                invalidates [Book, Invoices, Customers];
            mutation credit_note_pdf_save(CreditNotePdfSaveRequest) -> Nothing, invalidates [];
            mutation einvoice_save(EinvoiceSaveRequest) -> EinvoiceSaveReply, invalidates [];
            query receivable_list(ReceivableListRequest) -> ReceivableListReply,
                provides [Invoices, Customers];
            query payment_import_preview(PaymentImportPreviewRequest)
                -> PaymentImportPreviewReply, provides [Invoices];
            mutation payment_import(PaymentImportRequest) -> PaymentImportReply,
                invalidates [Invoices];
            query accounting_get(Nothing) -> AccountingSettings, provides [Book];
            mutation accounting_save(AccountingSaveRequest) -> AccountingSettings,
                invalidates [Book];
            query accounting_preview(AccountingRequest) -> AccountingPreviewReply,
                provides [Book, Invoices, Customers];
            mutation accounting_export(AccountingExportRequest) -> AccountingExportReply,
                invalidates [];
            query statement_get(StatementRequest) -> StatementReply,
                provides [Invoices, Customers];
            mutation statement_save(StatementSaveRequest) -> Nothing, invalidates [];
            query payment_list(PaymentListRequest) -> PaymentListReply, provides [Invoices];
            mutation payment_add(PaymentAddRequest) -> PaymentListReply, invalidates [Invoices];
            mutation payment_reverse(PaymentReverseRequest) -> PaymentListReply,
                invalidates [Invoices];
        }
    };
}

/// What a change can make stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// Everything.
    All,
    /// Frame: book, counts, undo.
    Book,
    /// The company.
    Company,
    /// Customers and subscriptions.
    Customers,
    /// Exchange rates.
    Exchange,
    /// What waits.
    Inbox,
    /// Drafts and invoices.
    Invoices,
    /// Meters.
    Meters,
    /// Plans.
    Plans,
    /// Provider prices and markups.
    Prices,
    /// A price table that is being looked at.
    Table,
    /// Usage.
    Usage,
}

/// One command as data.
#[derive(Debug, Clone, Copy)]
pub struct CommandInfo {
    /// `query`, `mutation` or `job`.
    pub kind: &'static str,
    /// Name.
    pub name: &'static str,
    /// Type of the request.
    pub request: &'static str,
    /// Type of the reply.
    pub reply: &'static str,
    /// Tags.
    pub tags: &'static [Tag],
}

macro_rules! command_info {
    ($($kind:ident $name:ident($request:ident) -> $reply:ident,
        $verb:ident [$($tag:ident),*];)*) => {
        /// The list as data.
        pub const COMMANDS: &[CommandInfo] = &[$(CommandInfo {
            kind: stringify!($kind),
            name: stringify!($name),
            request: stringify!($request),
            reply: stringify!($reply),
            tags: &[$(Tag::$tag),*],
        }),*];
    };
}
with_commands!(command_info);
