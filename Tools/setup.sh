#!/bin/sh
# Looks for what kalimat is built and tested with, and installs what is missing where apt-get is. Asks nothing, and does
# nothing where all is there: it is run before every `make run` and `make test`.
set -eu

# 1. Swift. Debian's package `swift` is another program, so apt-get is no help.
wanted=6.3
found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1) || found=
if [ -z "$found" ] || [ "$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)" != "$wanted" ]; then
  echo "setup: kalimat needs Swift $wanted or newer (found: ${found:-none}); get it from https://www.swift.org/install." \
    "Debian's package \`swift\` is another program (OpenStack's object storage)." >&2
  exit 1
fi

# 2. Libraries and programs: whatever package brought them. Each line: how to look, then the name in apt, dnf, brew.
missing_apt= missing_dnf= missing_brew=
need() { # need FOUND(0 or not) APT DNF BREW
  [ "$1" -eq 0 ] && return
  missing_apt="$missing_apt $2"
  missing_dnf="$missing_dnf $3"
  missing_brew="$missing_brew $4"
}
program() { command -v "$1" >/dev/null 2>&1 && echo 0 || echo 1; }
library() { pkg-config --exists "$1" 2>/dev/null && echo 0 || echo 1; }
header() {
  for folder in /usr/include /usr/local/include /opt/homebrew/include "/usr/include/$(uname -m)-linux-gnu"; do
    if [ -e "$folder/$1" ]; then echo 0; return; fi
  done
  echo 1
}
file() { [ -e "$1" ] && echo 0 || echo 1; }

look() {
  missing_apt= missing_dnf= missing_brew=
  need "$(program make)" make make make
  need "$(program cc)" gcc gcc gcc
  need "$(program git)" git git git
  need "$(program pkg-config)" pkg-config pkgconf-pkg-config pkgconf
  need "$(library icu-i18n)" libicu-dev libicu-devel icu4c
  need "$(library zlib)" zlib1g-dev zlib-devel zlib
  need "$(header libdeflate.h)" libdeflate-dev libdeflate-devel libdeflate
  need "$(library libzstd)" libzstd-dev libzstd-devel zstd
  need "$(library libcrypto)" libssl-dev openssl-devel openssl@3
  need "$(library expat)" libexpat1-dev expat-devel expat
  need "$(header cld2/public/compact_lang_det.h)" libcld2-dev cld2-devel "cld2 (from its source)"
  # What the tests and `make test-tools` use.
  need "$(program python3)" python3 python3 python3
  need "$(python3 -c 'import ensurepip, venv' 2>/dev/null && echo 0 || echo 1)" python3-venv python3 python3
  need "$(program zstd)" zstd zstd zstd
  need "$(program java)" openjdk-17-jre-headless java-17-openjdk-headless openjdk@17
  need "$(program jq)" jq jq jq
  need "$(program tmux)" tmux tmux tmux
  need "$(file /usr/share/unicode/auxiliary/SentenceBreakTest.txt)" unicode-data unicode-ucd "unicode-data (none: its test is skipped)"
}

look
[ -z "$missing_apt" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  # Only the tests' data may be missing: they say that they are skipped.
  [ "$missing_apt" = " unicode-data" ] && exit 0
  echo "setup: please install what is missing, then run this again:" >&2
  echo "  Fedora:  sudo dnf install$missing_dnf" >&2
  echo "  macOS:   brew install$missing_brew" >&2
  exit 1
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "setup: please run as root: apt-get install$missing_apt" >&2
    exit 1
  fi
  as_root=sudo
fi
echo "setup: installing$missing_apt"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null
# shellcheck disable=SC2086 # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing_apt </dev/null

look
if [ -n "$missing_apt" ]; then
  echo "setup: apt-get went through, and yet these are not found:$missing_apt" >&2
  exit 1
fi
