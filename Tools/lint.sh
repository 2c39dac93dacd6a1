#!/bin/sh
# The laws that a machine can read from one line: format, syntax of the Python files, and what Sources must not hold.
# `Tools/lint.sh FOLDER…` formats nothing and lints these Swift files only.
set -eu
cd "$(dirname "$0")/.."
failed=0

if [ $# -gt 0 ]; then
  swift format lint --strict --recursive "$@" || failed=1
else
  swift format lint --strict --recursive Package.swift Sources Tests || failed=1
fi

python_files=$(git ls-files -co --exclude-standard -- '*.py')
if [ -n "$python_files" ]; then
  # shellcheck disable=SC2086 # a list of paths without spaces
  PYTHONPYCACHEPREFIX=$(mktemp -d) python3 -m py_compile $python_files || failed=1
fi

forbid() { # forbid PATTERN WHY
  if grep -rnE --include='*.swift' --include='*.c' --include='*.h' --include='*.cpp' -e "$1" Sources; then
    echo "lint: $2" >&2
    failed=1
  fi
}
forbid 'fatalError\(|preconditionFailure\(' 'input never ends the program: throw a Problem'
forbid 'try!' 'no try!: handle the error or pass it on'
forbid '\b(TODO|FIXME|XXX)\b' 'an open end belongs into an issue'
forbid 'for unsafe ' 'swift-format 6.3 takes the space out of it and breaks it: loop over indices'
# Nothing that is fetched by name from a package registry may be named in what is built.
forbid '(pypi\.org|files\.pythonhosted\.org|registry\.npmjs\.org|crates\.io|rubygems\.org|huggingface\.co|hf\.co|proxy\.golang\.org|repo1?\.maven)' \
  'no host of a package registry in Sources'

[ "$failed" -eq 0 ] && echo "lint: nothing found"
exit "$failed"
