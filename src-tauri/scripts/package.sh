#!/usr/bin/env bash
# package.sh: the .deb and .rpm with both programs, and what is in them.
. "$(dirname "$0")/common.sh"

"$scripts/need.sh" package
"$scripts/ui.sh" build
say "building ratebook and ratebook-desktop"
# The same command as in run.sh, so that one release build serves both.
cargo build --release -p ratebook -p ratebook-cli
say "packing"
rm -rf target/release/bundle
npm exec --prefix ui -- tauri bundle --bundles deb,rpm

say "packages"
find target/release/bundle -name '*.deb' -o -name '*.rpm' | while read -r package; do
  ls -lh "$package" | awk '{ print $5, $9 }'
done
for package in target/release/bundle/deb/*.deb; do
  dpkg-deb --info "$package" | grep -E '^ (Package|Version|Architecture|Depends|Installed-Size)'
  dpkg-deb --contents "$package" | awk '$1 !~ /^d/ { print $3, $6 }'
done
