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

# Tauri packs with gzip; what takes a minute more to pack once is a third less to fetch each time.
for package in target/release/bundle/deb/*.deb; do
  unpacked=$(mktemp -d)
  dpkg-deb --raw-extract "$package" "$unpacked/root"
  dpkg-deb --root-owner-group -Zxz -z9 --build "$unpacked/root" "$package" >/dev/null
  rm -r "$unpacked"
done

say "packages"
find target/release/bundle -name '*.deb' -o -name '*.rpm' | while read -r package; do
  ls -lh "$package" | awk '{ print $5, $9 }'
done
for package in target/release/bundle/deb/*.deb; do
  dpkg-deb --info "$package" | grep -E '^ (Package|Version|Architecture|Depends|Installed-Size)'
  dpkg-deb --contents "$package" | awk '$1 !~ /^d/ { print $3, $6 }'
done
