#!/usr/bin/env bash
# ui.sh deps|build: node modules and the built page, each only when something changed.
. "$(dirname "$0")/common.sh"

# The stamps live in node_modules, so that a fresh install forgets them.
locked=ui/node_modules/.ratebook-locked
built=ui/node_modules/.ratebook-built

deps() {
  local now
  now=$(cksum <ui/package-lock.json)
  [ "$(cat "$locked" 2>/dev/null)" = "$now" ] && return
  say "installing the interface's modules"
  # Exactly what the lock says; it refuses a lock that does not fit package.json.
  npm --prefix ui ci --no-audit --no-fund
  printf '%s\n' "$now" >"$locked"
}

build() {
  deps
  # Everything that goes into the page, by content: a checkout changes times without changing files.
  local now
  now=$(find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -type f -print |
    LC_ALL=C sort | xargs -d '\n' cksum | cksum)
  [ -d ui/dist/assets ] && [ "$(cat "$built" 2>/dev/null)" = "$now" ] && return
  say "building the interface"
  npm --prefix ui run build
  printf '%s\n' "$now" >"$built"
}

case ${1:-build} in
  deps) deps ;;
  build) build ;;
  *) fail "ui.sh deps|build" ;;
esac
