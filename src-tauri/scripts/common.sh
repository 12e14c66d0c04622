# Sourced by the other scripts: stop at the first fault, stand at the root, say what is going on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
scripts=src-tauri/scripts
mkdir -p target

say() { printf '\n==> %s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
linux() { [ "$(uname -s)" = Linux ]; }

# Node comes from the system, or, where that one is too old, from `need.sh` (see there).
node_home=$PWD/target/tools/node_modules/node/bin
if [ -x "$node_home/node" ]; then PATH=$node_home:$PATH; fi

# A window can be opened: always on macOS and Windows, on Linux where a display is named.
has_display() { ! linux || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }
