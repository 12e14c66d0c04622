#!/usr/bin/env bash
# package_test.sh: installs the built .deb on this machine, starts both programs as a person would,
# and removes it again. Needs root; changes the machine, so `make test` does not run it.
. "$(dirname "$0")/common.sh"

package=$(ls target/release/bundle/deb/*.deb)
apt-get install -y -q --no-install-recommends "./$package"
# Whatever happens below, the machine is left as it was.
trap 'apt-get remove -y -q ratebook >/dev/null' EXIT

desktop=$(dpkg -L ratebook | grep '\.desktop$')
desktop-file-validate "$desktop"
icon=$(sed -n 's/^Icon=//p' "$desktop")
dpkg -L ratebook | grep -q "/icons/.*/$icon.png" || fail "no icon named $icon"
ratebook --version

home=$(mktemp -d)
entry=$(sed -n 's/^Exec=\([^ ]*\).*/\1/p' "$desktop")
for start in "$entry" ratebook; do
  seen=$(HOME=$home xvfb-run -a bash -c "
    $start & program=\$!
    xdotool search --sync --onlyvisible --name '^Ratebook' getwindowname | head -n 1
    kill \$program; pkill -P \$program 2>/dev/null; true")
  say "$start opened: $seen"
  [ -n "$seen" ] || fail "$start opened no window"
done

apt-get remove -y -q ratebook >/dev/null
trap - EXIT
hash -r
! have ratebook && [ ! -e "$desktop" ] || fail "something stayed behind"
say "installed, started from the menu entry and from ratebook, removed"
