//! The examples of the domain's page: each is held by a test, which still says what it says.

use std::fs;
use suite::repository::root;

#[test]
fn every_example_stands_in_its_test() {
    let mut lost = Vec::new();
    let mut count = 0;
    for line in include_str!("examples.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let [_, example, file, text] = line.splitn(4, " | ").collect::<Vec<_>>()[..] else {
            panic!("{line} is no row");
        };
        count += 1;
        match fs::read_to_string(root().join(file)) {
            Ok(test) if test.contains(text) => {}
            Ok(_) => lost.push(format!("{example}: {file} does not say {text}")),
            Err(error) => lost.push(format!("{example}: {file}: {error}")),
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(count > 50, "only {count} examples");
}
