#!/usr/bin/env bash
# test.sh: everything. Ends with how long each step took.
. "$(dirname "$0")/common.sh"

times=()
step() {
  local name=$1 start=$SECONDS
  shift
  say "$name"
  "$@" || fail "" "make test: failed at \"$name\":  $*"
  times+=("$(printf '%4d s  %s' $((SECONDS - start)) "$name")")
}

step "what this machine needs" "$scripts/need.sh" test
step "format" cargo fmt --all --check
step "interface: modules" "$scripts/ui.sh" deps
step "interface: types, lint, layers" npm --prefix ui run check
step "interface: tests" npm --prefix ui test
step "interface: build" "$scripts/ui.sh" build
# The same features everywhere, so that nothing is built twice.
step "clippy" cargo clippy --workspace --all-targets --features suite/e2e -- -D warnings
step "build" cargo build --workspace --bins --tests --features suite/e2e
generated=$(cat ui/src/ipc/generated/* | cksum)
step "rust tests, golden cases, the real window" \
  cargo test --workspace --features suite/e2e --no-fail-fast
# The tests of `api` write the page's types: had they been fresh, nothing would have changed.
[ "$generated" = "$(cat ui/src/ipc/generated/* | cksum)" ] ||
  fail "ui/src/ipc/generated was stale; it has been written anew: look at the difference, commit it"

say "passed"
printf '%s\n' "${times[@]}"
