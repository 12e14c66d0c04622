use super::{Count, CustomerTax, DecimalString};
use crate::error::ApiError;

wire! {
    /// The program and the open book.
    struct BookStatusReply {
        /// Version of the program.
        version: String,
        /// The open book, if any.
        book: Option<OpenBook>,
        /// Books opened before, newest first.
        recent: Vec<RecentBook>,
        /// Folder where new books go unless another is chosen.
        default_folder: String,
        /// Built-in provider prices: models, providers, day they were seen.
        built_in: BuiltInPrices,
        /// The book that could not be opened at the start, until another one is open.
        not_opened: Option<NotOpened>,
    }

    /// A book that could not be opened at the start.
    struct NotOpened {
        /// Name of the file.
        name: String,
        /// Where it was looked for.
        path: String,
        /// Why.
        error: ApiError,
    }

    /// Facts of the built-in price table.
    struct BuiltInPrices {
        /// Models with at least one price.
        models: Count,
        /// Providers.
        providers: Count,
        /// Newest day a source was seen, `YYYY-MM-DD`.
        seen_on: String,
    }

    /// What the frame shows of the open book.
    struct OpenBook {
        /// File.
        path: String,
        /// File name.
        name: String,
        /// Short name of the company; empty in a new book.
        company: String,
        /// Currency of the price book.
        currency: String,
        /// Zone of the company.
        zone: String,
        /// Locale for numbers and dates.
        locale: String,
        /// Whether the book holds sample data.
        sample: bool,
        /// Customers in use.
        customers: Count,
        /// When the book was last written, RFC 3339.
        saved_at: Option<String>,
        /// When it was last copied, RFC 3339.
        backup_at: Option<String>,
        /// The step that undo would take back.
        undo: Option<StepName>,
        /// The step that redo would do again.
        redo: Option<StepName>,
        /// Months with usage or invoices, newest first, `YYYY-MM`.
        months: Vec<String>,
    }

    /// What the sidebar counts. Apart from the book's status, because drafts have to be computed.
    struct BookCountsReply {
        /// Draft invoices of the last full month.
        drafts: Count,
        /// Items waiting in the inbox.
        inbox: Count,
    }

    /// A step of undo: the window makes the words.
    struct StepName {
        /// What was done, as a stable word: `customer_save`.
        code: String,
        /// What it was done to.
        subject: String,
    }

    /// A book opened before.
    struct RecentBook {
        /// File.
        path: String,
        /// File name.
        name: String,
        /// Whether the file is still there.
        present: bool,
    }

    /// Makes a new book and opens it.
    struct BookCreateRequest {
        /// File; the default folder and a free name when absent.
        path: Option<String>,
        /// Currency of the price book.
        currency: String,
        /// Country of the company, ISO 3166.
        country: String,
    }

    /// Opens a book.
    struct BookOpenRequest {
        /// File.
        path: String,
    }

    /// Copies the book.
    struct BackupCreateRequest {
        /// Where; beside the book when absent.
        path: Option<String>,
    }

    /// Where the copy is.
    struct BackupCreateReply {
        /// File.
        path: String,
    }

    /// A fresh look at the book after a change.
    struct BookReply {
        /// The open book, if one is open.
        book: Option<OpenBook>,
    }

    /// The issuing company.
    struct CompanyText {
        /// Short name.
        name: String,
        /// Legal name.
        legal_name: String,
        /// Address.
        address: AddressText,
        /// VAT or sales tax id.
        tax_id: String,
        /// Register entry.
        registration: String,
        /// E-mail for bills.
        email: String,
        /// Whom buyers ask.
        contact: ContactText,
        /// Where e-invoices reach the company; by e-mail where both are empty.
        endpoint: EndpointText,
        /// Web site.
        website: String,
        /// Where to pay.
        bank: BankText,
        /// PNG as base64.
        logo_png: Option<String>,
        /// BCP 47.
        locale: String,
        /// ISO 4217.
        currency: String,
        /// IANA zone.
        zone: String,
        /// Text before invoice numbers; `{year}` is the year.
        number_prefix: String,
        /// Least digits of the counter.
        number_digits: u8,
        /// First counter of a series.
        number_first: Count,
        /// Days until due.
        payment_days: u16,
        /// `a4` or `letter`.
        paper: String,
    }

    /// A person or desk that answers questions on bills.
    struct ContactText {
        /// Name.
        name: String,
        /// Telephone.
        phone: String,
    }

    /// An electronic address.
    struct EndpointText {
        /// Code of its scheme in the list EAS; empty without an address.
        scheme: String,
        /// The address.
        id: String,
    }

    /// A bank account.
    struct BankText {
        /// Holder.
        holder: String,
        /// IBAN or account number.
        account: String,
        /// BIC or routing number.
        bic: String,
        /// Name of the bank.
        bank_name: String,
    }

    /// A postal address.
    struct AddressText {
        /// Street and above.
        lines: Vec<String>,
        /// Post code.
        postcode: String,
        /// City.
        city: String,
        /// State or region.
        region: String,
        /// ISO 3166-1 alpha-2.
        country: String,
    }

    /// The company, or what a new book starts with.
    struct CompanyReply {
        /// The company.
        company: CompanyText,
        /// The next invoice number as it would print today.
        next_number: String,
        /// Tax of new customers in the company's own country, where known.
        usual_tax: Option<CustomerTax>,
    }

    /// Saves the company.
    struct CompanySaveRequest {
        /// The whole company.
        company: CompanyText,
    }

    /// An exchange rate with where it comes from.
    struct ExchangeText {
        /// Units of the one currency for one of the other.
        rate: DecimalString,
        /// Who published it.
        source: String,
        /// Day, `YYYY-MM-DD`.
        on: String,
    }

    /// The exchange rate of two currencies.
    struct ExchangeRow {
        /// From.
        base: String,
        /// To.
        quote: String,
        /// As a version of the price book fixed it; absent before the first.
        published: Option<ExchangeText>,
        /// As it is staged.
        staged: Option<ExchangeText>,
    }

    /// The rates in force, and those that are staged.
    struct ExchangeListReply {
        /// One per pair.
        rates: Vec<ExchangeRow>,
        /// Pairs that plans need and the book does not have.
        missing: Vec<CurrencyPair>,
    }

    /// Two currencies.
    struct CurrencyPair {
        /// From.
        base: String,
        /// To.
        quote: String,
    }

    /// Stages an exchange rate: the next version of the price book fixes it.
    struct ExchangeStageRequest {
        /// From.
        base: String,
        /// To.
        quote: String,
        /// The rate; absent takes back what is staged.
        to: Option<ExchangeText>,
    }

    /// Lists to choose from.
    struct ChoicesReply {
        /// ISO 4217 codes.
        currencies: Vec<String>,
        /// IANA zones.
        zones: Vec<String>,
        /// Locales that documents can be written in.
        locales: Vec<String>,
        /// ISO 3166 codes.
        countries: Vec<String>,
        /// Price dimensions in order.
        dimensions: Vec<String>,
        /// Schemes of electronic addresses (list EAS).
        endpoint_schemes: Vec<String>,
    }
}
