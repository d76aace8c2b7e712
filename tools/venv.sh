#!/bin/sh
# Makes .venv with a Python of 3.11 or later, also where the venv module is left out (bare Debian).
set -eu
python=${1:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Holdspace needs Python 3.11 or later; $python is older." >&2
  exit 1
}
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && exit 0
rm -rf .venv
if "$python" -m venv .venv 2>/dev/null; then exit 0; fi
rm -rf .venv
"$python" -m pip install --quiet --user --break-system-packages virtualenv 2>/dev/null ||
  "$python" -m pip install --quiet --user virtualenv
"$python" -m virtualenv --quiet .venv
