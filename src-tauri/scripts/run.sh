#!/usr/bin/env bash
# run.sh: builds both programs and opens the window; without a display it writes the demo instead.
. "$(dirname "$0")/common.sh"

"$scripts/need.sh" build
"$scripts/ui.sh" build
say "building ratebook and ratebook-desktop"
cargo build --release -p ratebook -p ratebook-cli

if has_display; then
  exec target/release/ratebook-desktop --sample "$@"
fi
say "there is no display here: writing the demo into out/ instead of opening the window"
exec target/release/ratebook demo out/
