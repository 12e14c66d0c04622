#!/usr/bin/env bash
# need.sh build|test|package: installs what this machine lacks for that job.
# For tests also the Python packages that judge e-invoices, into target/.
# Debian and Ubuntu: by apt, with sudo when not root. Elsewhere it says what to install.
. "$(dirname "$0")/common.sh"
job=${1:-build}

apt_build=(gcc libc6-dev make pkg-config ca-certificates libwebkit2gtk-4.1-dev libgtk-3-dev
  librsvg2-dev)
# A display without a screen, a driver for the window, keys for native dialogs, readers for PDFs,
# fonts so that pictures of the window show every script, and what reads journals of accounting.
apt_test=(xvfb xauth webkit2gtk-driver xdotool openbox x11-utils imagemagick poppler-utils qpdf
  fonts-dejavu-core fonts-noto-core fonts-noto-cjk hledger)
apt_package=(rpm file desktop-file-utils)

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else fail "Run this as root, then try again:" "  $*"; fi
}

apt_install() {
  local missing=() name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
      missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}"
}

apt_has() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'; }

# at_least HAVE WANT, by version number
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
node_works() { have node && have npm && at_least "$(node --version | tr -d v)" 20.19.0; }
rust_works() { have cargo && at_least "$(rustc --version 2>/dev/null | cut -d' ' -f2)" 1.94.0; }

system_packages() {
  if have apt-get; then
    apt_install "${apt_build[@]}"
    case $job in
      test) apt_install "${apt_test[@]}" ;;
      package) apt_install "${apt_package[@]}" ;;
    esac
  elif linux && ! pkg-config --exists webkit2gtk-4.1 gtk+-3.0 librsvg-2.0 2>/dev/null; then
    fail "Ratebook needs WebKitGTK 4.1, GTK 3, librsvg (development files) and a C compiler:" \
      "  Fedora:   sudo dnf install webkit2gtk4.1-devel gtk3-devel librsvg2-devel gcc make" \
      "  Arch:     sudo pacman -S webkit2gtk-4.1 gtk3 librsvg base-devel" \
      "  openSUSE: sudo zypper install webkit2gtk3-devel gtk3-devel librsvg-devel gcc make"
  elif [ "$(uname -s)" = Darwin ] && ! have cc; then
    fail "Ratebook needs Apple's command line tools:  xcode-select --install"
  fi
  if [ "$job" = test ] && linux && ! have apt-get; then
    local tool
    for tool in Xvfb WebKitWebDriver xdotool openbox pdftotext qpdf; do
      have "$tool" || fail "The tests of the real window need $tool: install it, then try again."
    done
  fi
}

node_js() {
  node_works && return
  if have apt-get; then apt_install nodejs npm; fi
  node_works && return
  # An older Debian has an older Node: npm itself then brings a newer one, for this folder only.
  if have npm; then
    say "installing Node 22 into target/tools"
    npm install --prefix target/tools --no-audit --no-fund node@22 && PATH=$node_home:$PATH
  fi
  node_works || fail "Ratebook's interface needs Node 20.19 or newer: https://nodejs.org"
}

rust() {
  rust_works && return
  if ! have cargo && have apt-get && apt_has rustup; then
    apt_install rustup
    rustup toolchain install "$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)"
  fi
  rust_works || fail "Ratebook needs Rust 1.94 or newer: install rustup from https://rustup.rs" \
    "(it then fetches the version named in rust-toolchain.toml by itself)."
}

# The validators of e-invoices, in an environment of their own.
validators() {
  local list=tests/einvoice/requirements.txt home=target/einvoice-venv
  if cmp -s "$list" "$home/installed.txt"; then return; fi
  if ! have python3 || ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
    have apt-get || fail "The tests of e-invoices need Python 3.10 or newer with venv."
    apt_install python3 python3-venv
  fi
  say "installing the validators of e-invoices into $home"
  python3 -m venv --clear "$home"
  "$home/bin/pip" install --quiet --disable-pip-version-check -r "$list"
  cp "$list" "$home/installed.txt"
}

system_packages
node_js
rust
if [ "$job" = test ]; then validators; fi
