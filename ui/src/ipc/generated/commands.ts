// Made from the command list of crate `api`; do not edit.
import type {
  AccountingExportReply,
  AccountingExportRequest,
  AccountingPreviewReply,
  AccountingRequest,
  AccountingSaveRequest,
  AccountingSettings,
  AuditExportReply,
  AuditExportRequest,
  AuditGetReply,
  AuditGetRequest,
  AuditListReply,
  AuditListRequest,
  BackupCreateReply,
  BackupCreateRequest,
  BookCountsReply,
  BookCreateRequest,
  BookOpenRequest,
  BookReply,
  BookStatusReply,
  ChargeCompareReply,
  ChargeCompareRequest,
  ChargeQuoteReply,
  ChargeQuoteRequest,
  ChoicesReply,
  CompanyReply,
  CompanySaveRequest,
  CreditGrantCreateRequest,
  CreditGrantListReply,
  CreditGrantListRequest,
  CreditGrantReply,
  CreditGrantVoidRequest,
  CreditNoteCreateRequest,
  CreditNoteListReply,
  CreditNoteListRequest,
  CreditNotePdfSaveRequest,
  CreditNoteRow,
  CreditNoteTryReply,
  CreditNoteTryRequest,
  CustomerGetReply,
  CustomerGetRequest,
  CustomerListReply,
  CustomerListRequest,
  CustomerNamesReply,
  CustomerSaveReply,
  CustomerSaveRequest,
  EinvoiceSaveReply,
  EinvoiceSaveRequest,
  ExchangeListReply,
  ExchangeStageRequest,
  InboxAssignCustomerRequest,
  InboxAssignModelRequest,
  InboxListReply,
  InvoiceDraftMarkRequest,
  InvoiceDraftReply,
  InvoiceDraftRequest,
  InvoiceDraftSaveRequest,
  InvoiceDraftTryReply,
  InvoiceExportReply,
  InvoiceExportRequest,
  InvoiceFileNameReply,
  InvoiceFinalizeReply,
  InvoiceFinalizeRequest,
  InvoiceGetReply,
  InvoiceGetRequest,
  InvoiceListReply,
  InvoiceListRequest,
  InvoicePackSaveReply,
  InvoicePackSaveRequest,
  InvoicePagesReply,
  InvoicePdfSaveReply,
  InvoicePdfSaveRequest,
  InvoiceReissueRequest,
  InvoiceSettingsReply,
  InvoiceSettingsSaveRequest,
  InvoiceVerifyReply,
  InvoiceVerifyRequest,
  InvoiceVoidRequest,
  InvoiceWriteOffRequest,
  JobCancelRequest,
  MarkupCellReply,
  MarkupCellRequest,
  MarkupListReply,
  MarkupPreviewReply,
  MarkupPreviewRequest,
  MeterListReply,
  MeterSaveReply,
  MeterSaveRequest,
  MeterUsageReply,
  MeterUsageRequest,
  ModelGetReply,
  ModelGetRequest,
  Nothing,
  NumberSeriesReply,
  NumberSeriesRequest,
  PackVerifyReply,
  PackVerifyRequest,
  PaymentAddRequest,
  PaymentImportPreviewReply,
  PaymentImportPreviewRequest,
  PaymentImportReply,
  PaymentImportRequest,
  PaymentListReply,
  PaymentListRequest,
  PaymentReverseRequest,
  PlanExportReply,
  PlanExportRequest,
  PlanImportReply,
  PlanImportRequest,
  PlanListReply,
  PlanPublishRequest,
  PlanSaveReply,
  PlanSaveRequest,
  PlanTestRunReply,
  PlanTestRunRequest,
  PlanTestsSaveRequest,
  PriceAtReply,
  PriceAtRequest,
  PriceBookExportReply,
  PriceBookExportRequest,
  PriceBookImportReply,
  PriceBookImportRequest,
  PriceBulkRequest,
  PriceCompareReply,
  PriceCompareRequest,
  PriceDraftReply,
  PriceDraftSaveRequest,
  PriceGridReply,
  PriceGridRequest,
  PriceImportPreviewReply,
  PriceImportPreviewRequest,
  PriceImportReply,
  PriceImportRunRequest,
  PriceLinesReply,
  PriceLinesRequest,
  PriceManualRequest,
  PriceManyReply,
  PricePasteRequest,
  PricePublishReply,
  PricePublishRequest,
  PriceRestoreRequest,
  PriceReviewReply,
  PriceReviewRequest,
  PriceSettingsReply,
  PriceSettingsSaveRequest,
  PriceStageReply,
  PriceStageRequest,
  PriceTakeRequest,
  PriceTakenReply,
  PriceTimelineReply,
  PriceTimelineRequest,
  PriceTryReply,
  PriceTryRequest,
  PriceVersionListReply,
  ReceivableListReply,
  ReceivableListRequest,
  RuleTestReply,
  RuleTestRequest,
  SearchReply,
  SearchRequest,
  StatementReply,
  StatementRequest,
  StatementSaveRequest,
  SubscriptionPreviewReply,
  SubscriptionPreviewRequest,
  SubscriptionRemoveRequest,
  SubscriptionSaveReply,
  SubscriptionSaveRequest,
  TaxProposeReply,
  TaxProposeRequest,
  UsageEventListReply,
  UsageEventListRequest,
  UsageImportGetRequest,
  UsageImportListReply,
  UsageImportPreviewReply,
  UsageImportPreviewRequest,
  UsageImportReport,
  UsageImportRunRequest,
  UsageOverviewReply,
  UsageOverviewRequest,
  UsageReportSaveReply,
  UsageReportSaveRequest,
} from "./types";

export interface Commands {
  book_status: { kind: "query"; request: Nothing; reply: BookStatusReply };
  book_counts: { kind: "query"; request: Nothing; reply: BookCountsReply };
  book_create: { kind: "mutation"; request: BookCreateRequest; reply: BookReply };
  book_open: { kind: "mutation"; request: BookOpenRequest; reply: BookReply };
  book_close: { kind: "mutation"; request: Nothing; reply: BookReply };
  book_sample_open: { kind: "mutation"; request: Nothing; reply: BookReply };
  book_sample_remove: { kind: "mutation"; request: Nothing; reply: BookReply };
  backup_create: { kind: "mutation"; request: BackupCreateRequest; reply: BackupCreateReply };
  undo: { kind: "mutation"; request: Nothing; reply: BookReply };
  redo: { kind: "mutation"; request: Nothing; reply: BookReply };
  job_cancel: { kind: "mutation"; request: JobCancelRequest; reply: Nothing };
  audit_list: { kind: "query"; request: AuditListRequest; reply: AuditListReply };
  audit_get: { kind: "query"; request: AuditGetRequest; reply: AuditGetReply };
  audit_export: { kind: "mutation"; request: AuditExportRequest; reply: AuditExportReply };
  choices: { kind: "query"; request: Nothing; reply: ChoicesReply };
  search: { kind: "query"; request: SearchRequest; reply: SearchReply };
  company_get: { kind: "query"; request: Nothing; reply: CompanyReply };
  company_save: { kind: "mutation"; request: CompanySaveRequest; reply: BookReply };
  number_series_get: { kind: "query"; request: Nothing; reply: NumberSeriesReply };
  number_series_try: { kind: "query"; request: NumberSeriesRequest; reply: NumberSeriesReply };
  number_series_save: { kind: "mutation"; request: NumberSeriesRequest; reply: NumberSeriesReply };
  exchange_list: { kind: "query"; request: Nothing; reply: ExchangeListReply };
  exchange_stage: { kind: "mutation"; request: ExchangeStageRequest; reply: ExchangeListReply };
  customer_list: { kind: "query"; request: CustomerListRequest; reply: CustomerListReply };
  customer_names: { kind: "query"; request: Nothing; reply: CustomerNamesReply };
  customer_get: { kind: "query"; request: CustomerGetRequest; reply: CustomerGetReply };
  tax_propose: { kind: "query"; request: TaxProposeRequest; reply: TaxProposeReply };
  customer_save: { kind: "mutation"; request: CustomerSaveRequest; reply: CustomerSaveReply };
  subscription_save: { kind: "mutation"; request: SubscriptionSaveRequest; reply: SubscriptionSaveReply };
  subscription_preview: { kind: "query"; request: SubscriptionPreviewRequest; reply: SubscriptionPreviewReply };
  subscription_remove: { kind: "mutation"; request: SubscriptionRemoveRequest; reply: SubscriptionSaveReply };
  credit_grant_list: { kind: "query"; request: CreditGrantListRequest; reply: CreditGrantListReply };
  credit_grant_create: { kind: "mutation"; request: CreditGrantCreateRequest; reply: CreditGrantReply };
  credit_grant_void: { kind: "mutation"; request: CreditGrantVoidRequest; reply: CreditGrantReply };
  usage_overview: { kind: "query"; request: UsageOverviewRequest; reply: UsageOverviewReply };
  usage_event_list: { kind: "query"; request: UsageEventListRequest; reply: UsageEventListReply };
  usage_import_preview: { kind: "query"; request: UsageImportPreviewRequest; reply: UsageImportPreviewReply };
  usage_import_run: { kind: "job"; request: UsageImportRunRequest; reply: UsageImportReport };
  usage_import_list: { kind: "query"; request: Nothing; reply: UsageImportListReply };
  usage_import_get: { kind: "query"; request: UsageImportGetRequest; reply: UsageImportReport };
  usage_report_save: { kind: "mutation"; request: UsageReportSaveRequest; reply: UsageReportSaveReply };
  inbox_list: { kind: "query"; request: Nothing; reply: InboxListReply };
  inbox_assign_customer: { kind: "mutation"; request: InboxAssignCustomerRequest; reply: InboxListReply };
  inbox_assign_model: { kind: "mutation"; request: InboxAssignModelRequest; reply: InboxListReply };
  price_grid: { kind: "query"; request: PriceGridRequest; reply: PriceGridReply };
  model_get: { kind: "query"; request: ModelGetRequest; reply: ModelGetReply };
  price_at: { kind: "query"; request: PriceAtRequest; reply: PriceAtReply };
  markup_list: { kind: "query"; request: Nothing; reply: MarkupListReply };
  markup_preview: { kind: "query"; request: MarkupPreviewRequest; reply: MarkupPreviewReply };
  markup_cell: { kind: "query"; request: MarkupCellRequest; reply: MarkupCellReply };
  price_manual: { kind: "mutation"; request: PriceManualRequest; reply: MarkupListReply };
  price_draft_get: { kind: "query"; request: Nothing; reply: PriceDraftReply };
  price_try: { kind: "query"; request: PriceTryRequest; reply: PriceTryReply };
  price_stage: { kind: "mutation"; request: PriceStageRequest; reply: PriceStageReply };
  price_bulk_preview: { kind: "query"; request: PriceBulkRequest; reply: PriceManyReply };
  price_bulk: { kind: "mutation"; request: PriceBulkRequest; reply: PriceManyReply };
  price_paste_preview: { kind: "query"; request: PricePasteRequest; reply: PriceManyReply };
  price_paste: { kind: "mutation"; request: PricePasteRequest; reply: PriceManyReply };
  price_draft_save: { kind: "mutation"; request: PriceDraftSaveRequest; reply: PriceDraftReply };
  price_settings_get: { kind: "query"; request: Nothing; reply: PriceSettingsReply };
  price_settings_save: { kind: "mutation"; request: PriceSettingsSaveRequest; reply: PriceSettingsReply };
  price_review: { kind: "query"; request: PriceReviewRequest; reply: PriceReviewReply };
  price_publish: { kind: "job"; request: PricePublishRequest; reply: PricePublishReply };
  price_version_list: { kind: "query"; request: Nothing; reply: PriceVersionListReply };
  price_version_compare: { kind: "query"; request: PriceCompareRequest; reply: PriceCompareReply };
  price_timeline: { kind: "query"; request: PriceTimelineRequest; reply: PriceTimelineReply };
  price_book_export: { kind: "mutation"; request: PriceBookExportRequest; reply: PriceBookExportReply };
  price_book_import: { kind: "mutation"; request: PriceBookImportRequest; reply: PriceBookImportReply };
  rule_test: { kind: "query"; request: RuleTestRequest; reply: RuleTestReply };
  price_version_restore: { kind: "mutation"; request: PriceRestoreRequest; reply: PriceDraftReply };
  price_draft_discard: { kind: "mutation"; request: Nothing; reply: PriceDraftReply };
  price_import_preview: { kind: "job"; request: PriceImportPreviewRequest; reply: PriceImportPreviewReply };
  price_import_lines: { kind: "query"; request: PriceLinesRequest; reply: PriceLinesReply };
  price_import_take: { kind: "mutation"; request: PriceTakeRequest; reply: PriceTakenReply };
  price_import_run: { kind: "job"; request: PriceImportRunRequest; reply: PriceImportReply };
  meter_list: { kind: "query"; request: Nothing; reply: MeterListReply };
  meter_save: { kind: "mutation"; request: MeterSaveRequest; reply: MeterSaveReply };
  meter_usage: { kind: "query"; request: MeterUsageRequest; reply: MeterUsageReply };
  plan_list: { kind: "query"; request: Nothing; reply: PlanListReply };
  plan_save: { kind: "mutation"; request: PlanSaveRequest; reply: PlanSaveReply };
  plan_publish: { kind: "mutation"; request: PlanPublishRequest; reply: PlanSaveReply };
  plan_test_run: { kind: "query"; request: PlanTestRunRequest; reply: PlanTestRunReply };
  plan_tests_save: { kind: "mutation"; request: PlanTestsSaveRequest; reply: PlanSaveReply };
  plan_export: { kind: "mutation"; request: PlanExportRequest; reply: PlanExportReply };
  plan_import: { kind: "mutation"; request: PlanImportRequest; reply: PlanImportReply };
  charge_quote: { kind: "query"; request: ChargeQuoteRequest; reply: ChargeQuoteReply };
  charge_compare: { kind: "query"; request: ChargeCompareRequest; reply: ChargeCompareReply };
  invoice_list: { kind: "query"; request: InvoiceListRequest; reply: InvoiceListReply };
  invoice_get: { kind: "query"; request: InvoiceGetRequest; reply: InvoiceGetReply };
  invoice_pages: { kind: "query"; request: InvoiceGetRequest; reply: InvoicePagesReply };
  invoice_file_name: { kind: "query"; request: InvoiceGetRequest; reply: InvoiceFileNameReply };
  invoice_draft_get: { kind: "query"; request: InvoiceDraftRequest; reply: InvoiceDraftReply };
  invoice_draft_try: { kind: "query"; request: InvoiceDraftSaveRequest; reply: InvoiceDraftTryReply };
  invoice_draft_save: { kind: "mutation"; request: InvoiceDraftSaveRequest; reply: InvoiceDraftReply };
  invoice_draft_mark: { kind: "mutation"; request: InvoiceDraftMarkRequest; reply: Nothing };
  invoice_settings_get: { kind: "query"; request: Nothing; reply: InvoiceSettingsReply };
  invoice_settings_save: { kind: "mutation"; request: InvoiceSettingsSaveRequest; reply: InvoiceSettingsReply };
  invoice_finalize: { kind: "job"; request: InvoiceFinalizeRequest; reply: InvoiceFinalizeReply };
  invoice_pdf_save: { kind: "job"; request: InvoicePdfSaveRequest; reply: InvoicePdfSaveReply };
  invoice_export: { kind: "job"; request: InvoiceExportRequest; reply: InvoiceExportReply };
  invoice_verify: { kind: "job"; request: InvoiceVerifyRequest; reply: InvoiceVerifyReply };
  invoice_pack_save: { kind: "mutation"; request: InvoicePackSaveRequest; reply: InvoicePackSaveReply };
  pack_verify: { kind: "query"; request: PackVerifyRequest; reply: PackVerifyReply };
  invoice_void: { kind: "mutation"; request: InvoiceVoidRequest; reply: InvoiceGetReply };
  invoice_reissue: { kind: "job"; request: InvoiceReissueRequest; reply: InvoiceFinalizeReply };
  invoice_write_off: { kind: "mutation"; request: InvoiceWriteOffRequest; reply: PaymentListReply };
  credit_note_list: { kind: "query"; request: CreditNoteListRequest; reply: CreditNoteListReply };
  credit_note_try: { kind: "query"; request: CreditNoteTryRequest; reply: CreditNoteTryReply };
  credit_note_create: { kind: "mutation"; request: CreditNoteCreateRequest; reply: CreditNoteRow };
  credit_note_pdf_save: { kind: "mutation"; request: CreditNotePdfSaveRequest; reply: Nothing };
  einvoice_save: { kind: "mutation"; request: EinvoiceSaveRequest; reply: EinvoiceSaveReply };
  receivable_list: { kind: "query"; request: ReceivableListRequest; reply: ReceivableListReply };
  payment_import_preview: { kind: "query"; request: PaymentImportPreviewRequest; reply: PaymentImportPreviewReply };
  payment_import: { kind: "mutation"; request: PaymentImportRequest; reply: PaymentImportReply };
  accounting_get: { kind: "query"; request: Nothing; reply: AccountingSettings };
  accounting_save: { kind: "mutation"; request: AccountingSaveRequest; reply: AccountingSettings };
  accounting_preview: { kind: "query"; request: AccountingRequest; reply: AccountingPreviewReply };
  accounting_export: { kind: "mutation"; request: AccountingExportRequest; reply: AccountingExportReply };
  statement_get: { kind: "query"; request: StatementRequest; reply: StatementReply };
  statement_save: { kind: "mutation"; request: StatementSaveRequest; reply: Nothing };
  payment_list: { kind: "query"; request: PaymentListRequest; reply: PaymentListReply };
  payment_add: { kind: "mutation"; request: PaymentAddRequest; reply: PaymentListReply };
  payment_reverse: { kind: "mutation"; request: PaymentReverseRequest; reply: PaymentListReply };
}

export type CommandName = keyof Commands;

export type Tag = "All" | "Book" | "Company" | "Customers" | "Exchange" | "Inbox" | "Invoices" | "Meters" | "Plans" | "Prices" | "Table" | "Usage";

export const provides: Partial<Record<CommandName, readonly Tag[]>> = {
  book_status: ["Book"],
  book_counts: ["Book", "Inbox", "Invoices"],
  audit_list: ["Book", "Invoices"],
  audit_get: [],
  choices: [],
  search: ["Customers", "Prices", "Invoices"],
  company_get: ["Company"],
  number_series_get: ["Company", "Invoices"],
  number_series_try: ["Company", "Invoices"],
  exchange_list: ["Exchange", "Prices"],
  customer_list: ["Customers"],
  customer_names: ["Customers"],
  customer_get: ["Customers", "Invoices"],
  tax_propose: ["Company"],
  subscription_preview: ["Customers", "Plans", "Invoices", "Usage", "Prices"],
  credit_grant_list: ["Customers", "Invoices"],
  usage_overview: ["Usage", "Prices"],
  usage_event_list: ["Usage"],
  usage_import_preview: ["Usage", "Customers"],
  usage_import_list: ["Usage"],
  usage_import_get: ["Usage"],
  inbox_list: ["Inbox"],
  price_grid: ["Prices"],
  model_get: ["Prices", "Usage"],
  price_at: ["Prices"],
  markup_list: ["Prices"],
  markup_preview: ["Prices", "Invoices"],
  markup_cell: ["Prices"],
  price_draft_get: ["Prices"],
  price_try: ["Prices"],
  price_bulk_preview: ["Prices"],
  price_paste_preview: ["Prices"],
  price_settings_get: ["Prices"],
  price_review: ["Prices", "Usage", "Invoices", "Customers"],
  price_version_list: ["Prices"],
  price_version_compare: ["Prices"],
  price_timeline: ["Prices", "Usage", "Customers"],
  rule_test: ["Prices", "Customers"],
  price_import_lines: ["Table"],
  meter_list: ["Meters", "Usage"],
  meter_usage: ["Usage", "Meters", "Customers"],
  plan_list: ["Plans"],
  plan_test_run: [],
  charge_quote: [],
  charge_compare: [],
  invoice_list: ["Invoices"],
  invoice_get: ["Invoices"],
  invoice_pages: ["Invoices"],
  invoice_file_name: ["Invoices"],
  invoice_draft_get: ["Invoices"],
  invoice_draft_try: ["Invoices"],
  invoice_settings_get: ["Invoices"],
  pack_verify: [],
  credit_note_list: ["Invoices"],
  credit_note_try: ["Invoices"],
  receivable_list: ["Invoices", "Customers"],
  payment_import_preview: ["Invoices"],
  accounting_get: ["Book"],
  accounting_preview: ["Book", "Invoices", "Customers"],
  statement_get: ["Invoices", "Customers"],
  payment_list: ["Invoices"],
};

export const invalidates: Partial<Record<CommandName, readonly Tag[]>> = {
  book_create: ["All"],
  book_open: ["All"],
  book_close: ["All"],
  book_sample_open: ["All"],
  book_sample_remove: ["All"],
  backup_create: ["Book"],
  undo: ["All"],
  redo: ["All"],
  job_cancel: [],
  audit_export: [],
  company_save: ["Book", "Company", "Invoices"],
  number_series_save: ["Book", "Company", "Invoices"],
  exchange_stage: ["Book", "Exchange", "Prices"],
  customer_save: ["Book", "Customers", "Invoices", "Usage", "Inbox"],
  subscription_save: ["Book", "Customers", "Plans", "Invoices", "Inbox"],
  subscription_remove: ["Book", "Customers", "Plans", "Invoices", "Inbox"],
  credit_grant_create: ["Book", "Customers", "Invoices"],
  credit_grant_void: ["Book", "Customers", "Invoices"],
  usage_import_run: ["All"],
  usage_report_save: [],
  inbox_assign_customer: ["Book", "Inbox", "Customers", "Invoices", "Usage"],
  inbox_assign_model: ["Book", "Inbox", "Prices", "Customers", "Invoices", "Usage"],
  price_manual: ["Book", "Prices", "Customers", "Invoices", "Usage", "Inbox"],
  price_stage: ["Book", "Prices"],
  price_bulk: ["Book", "Prices"],
  price_paste: ["Book", "Prices"],
  price_draft_save: ["Book", "Prices"],
  price_settings_save: ["Book", "Prices"],
  price_publish: ["Book", "Prices", "Exchange", "Customers", "Invoices", "Usage", "Inbox"],
  price_book_export: [],
  price_book_import: ["Book", "Prices"],
  price_version_restore: ["Book", "Prices"],
  price_draft_discard: ["Book", "Prices"],
  price_import_preview: [],
  price_import_take: ["Table"],
  price_import_run: ["All"],
  meter_save: ["Book", "Meters", "Plans", "Invoices", "Usage", "Inbox"],
  plan_save: ["Book", "Plans"],
  plan_publish: ["Book", "Plans", "Customers", "Invoices", "Inbox"],
  plan_tests_save: ["Book", "Plans"],
  plan_export: [],
  plan_import: ["Book", "Plans"],
  invoice_draft_save: ["Book", "Invoices", "Customers"],
  invoice_draft_mark: ["Book", "Invoices", "Customers"],
  invoice_settings_save: ["Book", "Invoices", "Customers"],
  invoice_finalize: ["Book", "Invoices", "Customers", "Company", "Inbox"],
  invoice_pdf_save: [],
  invoice_export: [],
  invoice_verify: [],
  invoice_pack_save: [],
  invoice_void: ["Book", "Invoices", "Customers"],
  invoice_reissue: ["Book", "Invoices", "Customers", "Company", "Inbox"],
  invoice_write_off: ["Invoices"],
  credit_note_create: ["Book", "Invoices", "Customers"],
  credit_note_pdf_save: [],
  einvoice_save: [],
  payment_import: ["Invoices"],
  accounting_save: ["Book"],
  accounting_export: [],
  statement_save: [],
  payment_add: ["Invoices"],
  payment_reverse: ["Invoices"],
};
