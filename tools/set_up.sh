#!/bin/sh
# Makes .venv with exactly what the lock file names; does nothing when it is up to date.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
stamp=.venv/.stamp

wanted() {
    cat requirements/check.lock requirements/run.lock pyproject.toml | sha256sum | cut -c1-64
}

make_venv() {
    # Debian keeps venv's parts in a package of their own; pip brings the same from elsewhere.
    rm -rf .venv
    if "$PYTHON" -m venv .venv >/dev/null 2>&1; then return; fi
    rm -rf .venv
    echo "This Python has no venv: bringing in virtualenv."
    tools=$(mktemp -d)
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
        --target "$tools" virtualenv
    PYTHONPATH=$tools "$PYTHON" -m virtualenv --quiet .venv
    rm -rf "$tools"
}

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Holdspace needs Python 3.11 or newer; PYTHON=python3.12 make setup chooses one." >&2
    exit 1
}
if [ "$(cat $stamp 2>/dev/null || true)" != "$(wanted)" ] || ! .venv/bin/python -c '' 2>/dev/null; then
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null && [ -x .venv/bin/pip ] || make_venv
    # The lock names everything there is. Left to look for what each package needs, an older pip
    # takes the newest "coverage[toml]" beside the "coverage" that is locked, and refuses it.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps --require-hashes -r requirements/check.lock
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps -e .
    wanted > $stamp
fi
.venv/bin/python -m tools.tongues compile
.venv/bin/python tools/front_end.py
