#!/bin/sh
# Writes requirements.lock: every package of `make demo|run|test|check|bundle` with its version and hashes,
# valid on Python 3.11 to 3.13 and on Linux, Windows and macOS. No index, host or machine path is named in it.
#
#   sh tools/lock.sh                  keep the versions that stand in the file, add what is missing
#   sh tools/lock.sh --upgrade        take the newest versions that pyproject.toml allows
#   PYTHONS="python3.12 python3.13" sh tools/lock.sh      and ask these interpreters' pip too whether it resolves
set -eu
cd "$(dirname "$0")/.."
uv="${UV:-.venv/bin/uv}"
lock=requirements.lock

"$uv" pip compile pyproject.toml --quiet --extra desktop --extra dev --extra bundle \
    --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --no-emit-find-links --output-file "$lock" "$@"

if grep -nE 'https?://|file:|^--|^-e|@ ' "$lock" | grep -vE '^[0-9]+: +--hash'; then
    echo "tools/lock.sh: $lock names a place that only this machine knows (lines above)" >&2
    exit 1
fi
for python in .venv/bin/python ${PYTHONS:-}; do
    "$python" -m pip install --quiet --dry-run --ignore-installed --require-hashes --requirement "$lock"
    "$python" -c 'import sys; print(f"requirements.lock resolves on Python {sys.version.split()[0]}")'
done
