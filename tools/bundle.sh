#!/bin/sh
# Builds dist/touchstone-VERSION, a folder that runs on any Linux of the same kind (x86-64 or arm64) without Python,
# installation or rights, and proves it: the folder is copied elsewhere and runs `touchstone demo` with an
# empty environment.
#
#   sh tools/bundle.sh                  with the small model (SmolLM2-135M, English)
#   sh tools/bundle.sh bilingual        with the bilingual model too (1.1 GB more)
#
# It has an environment of its own in build/bundle, because its llama.cpp is another one: all CPU variants,
# of which the best is chosen when the program starts. The first build takes 10 to 20 minutes on 2 cores.
set -eu
cd "$(dirname "$0")/.."
model="${1:-small}"
python="${PYTHON:-python3}"
work=build/bundle
venv="$work/venv"
wheels="$work/wheels"

case "$model" in
small | bilingual) ;;
*)
    echo "tools/bundle.sh: MODEL is small or bilingual, not $model" >&2
    exit 2
    ;;
esac

if ! "$python" -c 'import sys, sysconfig; sys.exit(not sysconfig.get_config_var("Py_ENABLE_SHARED"))'; then
    echo "$python has no shared library, which PyInstaller needs. Use Debian's python3 (PYTHON=/usr/bin/python3)." >&2
    exit 1
fi
test -x "$venv/bin/python" || "$python" -m venv "$venv"
pip="$venv/bin/python -m pip --disable-pip-version-check"

# The pins of the lock in two parts: llama-cpp-python, built here, and all others.
awk -v llama="$work/llama.lock" -v others="$work/others.lock" '
    /^[A-Za-z0-9]/ { out = /^llama-cpp-python==/ ? llama : others }
    { print > out }' requirements.lock

wheel="$wheels/llama_cpp_python-$(sed -n 's/^llama-cpp-python==\([0-9.]*\).*/\1/p' "$work/llama.lock")-*.whl"
if ! ls $wheel >/dev/null 2>&1; then
    echo "Building llama.cpp with all CPU variants. This takes 10 to 20 minutes."
    # GGML_NATIVE=OFF: no code for this machine's CPU alone. The variants are libraries of their own, which the
    # binding's CMake file does not install beside the others: CMAKE_INSTALL_BINDIR does. No cache: pip would
    # take the wheel that was built for the development environment. LLAVA_BUILD=OFF: no pictures here.
    CMAKE_ARGS="-DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON \
-DCMAKE_INSTALL_BINDIR=llama_cpp/lib -DLLAVA_BUILD=OFF" \
        $pip wheel --quiet --no-cache-dir --no-deps --require-hashes --wheel-dir "$wheels" -r "$work/llama.lock"
fi
$pip install --quiet --require-hashes -r "$work/others.lock"
$pip install --quiet --no-deps --force-reinstall $wheel

export PYTHONPATH=. # the product itself is not installed: PyInstaller takes it from here
"$venv/bin/python" tools/build_i18n.py
models="$work/models"
"$venv/bin/python" tools/fetch_models.py small --into "$models"
if [ "$model" = bilingual ]; then
    "$venv/bin/python" tools/fetch_models.py bilingual --into "$models"
fi

TOUCHSTONE_BUNDLE_MODELS="$model" "$venv/bin/python" -m PyInstaller --noconfirm --clean --log-level WARN \
    --distpath dist --workpath "$work/pyinstaller" build.spec
bundle="dist/touchstone-$("$venv/bin/python" -c 'import core; print(core.__version__)')"
"$venv/bin/python" tools/licences.py "$bundle"
sh tools/bundle_check.sh "$bundle"
