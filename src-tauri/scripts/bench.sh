#!/usr/bin/env bash
# bench.sh: the figures of goals, measured on this machine. Medians where a figure is repeated;
# what else the machine does is printed beside it. Nothing here is a test: no bound can fail.
. "$(dirname "$0")/common.sh"

"$scripts/need.sh" test
"$scripts/ui.sh" deps
"$scripts/ui.sh" build

say "release builds"
# In one go: built one by one, packages that they share would be built with other features again.
packages=(ratebook ratebook-cli ratebook-api ratebook-usage ratebook-rating ratebook-store)
packages+=(ratebook-pdf)
cargo build --release "${packages[@]/#/--package=}" --bins --examples
built=target/release

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
events=${EVENTS:-1000000}
customers=${CUSTOMERS:-1000}

say "machine"
grep -m1 'model name' /proc/cpuinfo || true
echo "cores $(nproc), memory $(free -g | awk '/Mem:/ {print $2}') GB, load $(cut -d' ' -f1-3 /proc/loadavg)"

say "$events events, $customers customers: import, usage page, invoice run, PDFs, verify"
"$built/examples/make_events" "$events" "$customers" 31 > "$folder/events.jsonl"
RATEBOOK_BENCH_FOLDER=$folder "$built/examples/book_bench" "$folder/events.jsonl" "$customers"

say "rating on one processor"
"$built/examples/rate_bench"

say "preview in the tier editor"
"$built/examples/compare_bench"

say "the price book at its largest: cells, search, versions"
"$built/examples/price_bench"

say "litellm's table imported as a comparison"
python3 "$scripts/bench_table.py" "$built/ratebook"

say "import alone, three runs"
for _ in 1 2 3; do "$built/examples/import_bench" "$events"; done

say "1,000 distinct two-page PDFs, three runs"
for _ in 1 2 3; do "$built/examples/pdf_bench"; done

say "price one call: ratebook cost --jsonl beside litellm and genai-prices"
python3 "$scripts/bench_cost.py" || echo "(nothing to compare with: skipped)"

if command -v Xvfb > /dev/null; then
  say "start to usable window and memory, on the book of $events events"
  python3 "$scripts/bench_start.py" "$built/ratebook-desktop" "$folder/bench.ratebook"

  say "the price grid in the window: opened, scrolled, by keys, searched"
  python3 "$scripts/bench_grid.py" "$built/ratebook-desktop" "$folder/bench.ratebook"
fi
