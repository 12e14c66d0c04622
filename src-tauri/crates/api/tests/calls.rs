//! How many model calls a customer made, as the list of customers says it.

mod common;

use common::monday;
use ratebook_api::wire::CustomerListRequest;

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_all_models_are_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let app = common::sample_book(&folder, monday).await;
    let request = CustomerListRequest {
        search: String::new(),
        archived: false,
        month: Some("2026-10".to_owned()),
    };
    let rows = app.customer_list(request).await.unwrap().rows;
    let calls = |name: &str| rows.iter().find(|row| row.name == name).unwrap().requests.0;
    // Two models: 3,827 and 936 calls. Prices of one of them changed twice in the month.
    assert_eq!(calls("Alpenrad GmbH"), 4763);
    // A charge on tokens of all models.
    assert_eq!(calls("Lindqvist & Co AB"), 3980);
    // Agent runs are events, but no calls.
    assert_eq!(calls("Nordlicht Versicherung AG"), 17299);
}
