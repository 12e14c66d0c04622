#!/usr/bin/env bash
# dev.sh: the window with Vite behind it; an edit in ui/ shows at once, an edit in Rust restarts it.
. "$(dirname "$0")/common.sh"

"$scripts/need.sh" build
"$scripts/ui.sh" deps
has_display || fail "make dev opens a window, and there is no display here." \
  "Without one:  make test  or  cargo xtask shot"
# From the root: inside ui/ the Tauri command line does not find tauri.conf.json.
exec npm exec --prefix ui -- tauri dev --config src-tauri/tauri.dev.conf.json -- "$@"
