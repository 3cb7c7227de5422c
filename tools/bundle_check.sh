#!/bin/sh
# Proves a built bundle: copied to another place, with an empty environment, as a user without rights would.
#
#   sh tools/bundle_check.sh dist/touchstone-0.1.0
#   QUESTIONS=1 sh tools/bundle_check.sh dist/touchstone-0.1.0     asks one question a language instead of all
set -eu
bundle="$1"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
# -L: what stands on a stick is files; a link would be a fault, and find says so.
links=$(find "$bundle" -type l)
if [ -n "$links" ]; then
    echo "The bundle holds links, which a FAT stick cannot:" "$links" >&2
    exit 1
fi
cp -r "$bundle" "$place/other place"
cd "$place/other place"
mkdir touchstone-data # settings, models and libraries beside the program: nothing is written elsewhere

echo "== touchstone --version"
env -i ./touchstone --version
echo "== touchstone demo, empty environment"
env -i ./touchstone demo ${QUESTIONS:+--questions "$QUESTIONS"}
echo "== touchstone add and ask, library beside the program"
env -i ./touchstone add _internal/resources/sample/en --library ./stick-library
env -i ./touchstone ask "What is the annual fee that Hollowmere Dairy is invoiced?" \
    --library ./stick-library || test $? -eq 3
echo "== a reviewer's key, a signed release, a PDF and an evidence pack that Python alone checks"
echo "four plain words" >passphrase
env -i ./touchstone user add Root --role administrator --passphrase-file passphrase --library ./stick-library
id=$(env -i ./touchstone audit list --limit 1 --json --library ./stick-library | grep -oE '[0-9a-f]{32}' | head -1)
env -i ./touchstone review release "$id" --who Root --passphrase-file passphrase --reason "for this check" \
    --library ./stick-library || echo "(it had passed by itself)"
env -i ./touchstone report answer "$id" --out answer.pdf --library ./stick-library
env -i ./touchstone report pack "$id" --out pack.zip --library ./stick-library
env -i ./touchstone report verifier
python3 -I verify.py pack.zip --documents _internal/resources/sample/en | tail -1
env -i ./touchstone audit verify --library ./stick-library
echo "== touchstone-desktop opens its window (offscreen) and closes"
env -i QT_QPA_PLATFORM=offscreen timeout 20 ./touchstone-desktop || test $? -eq 124
cd - >/dev/null

echo "== sizes"
for part in . _internal/resources/models _internal/resources _internal/PySide6 _internal/llama_cpp; do
    du -sh "$bundle/$part"
done
echo "== lowest glibc"
find "$bundle" -type f \( -name '*.so*' -o -perm -u+x \) -exec objdump -T {} + 2>/dev/null |
    grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -1
