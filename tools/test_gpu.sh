#!/usr/bin/env bash
# Builds llama.cpp with its Vulkan backend into an environment of its own and runs the tests marked `gpu`: an
# answer with layers on the device. Without a graphics card they run on Debian's software device (lavapipe),
# slowly. Not part of `make test`.
#
#   bash tools/test_gpu.sh
#
# JOBS=1 leaves the other cores alone while it compiles. The first build takes 10 to 40 minutes on 2 cores.
set -euo pipefail
cd "$(dirname "$0")/.."
base=.venv/bin/python
venv=.venv-gpu

missing=()
command -v glslc >/dev/null || missing+=(glslc)
test -e /usr/include/vulkan/vulkan.h || missing+=(libvulkan-dev)
test -e /usr/include/spirv/unified1/spirv.h || missing+=(spirv-headers)
compgen -G "/usr/share/vulkan/icd.d/*.json" >/dev/null || missing+=(mesa-vulkan-drivers)
if ((${#missing[@]})); then
    echo "make test-gpu needs packages that are not installed here. On Debian:" >&2
    echo "    apt-get install ${missing[*]}" >&2
    exit 1
fi
if ! test -x "$base"; then
    echo "Run \`make models-small\` first: it makes .venv, whose packages this environment shares." >&2
    exit 1
fi

if ! test -x "$venv/bin/python"; then
    "$base" -m venv "$venv"
    # Everything but llama-cpp-python comes from .venv: its folder is searched after this environment's own.
    "$base" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
        >"$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/base.pth"
fi
if ! test -e "$venv/.built"; then
    echo "Building llama.cpp with Vulkan. This takes 10 to 40 minutes on 2 cores."
    awk '/^[A-Za-z0-9]/ { keep = /^llama-cpp-python==/ } keep' requirements.lock >"$venv/llama.lock"
    # No cache: pip would take the wheel that was built without Vulkan. LLAVA_BUILD=OFF: no pictures here.
    # CXXFLAGS: the Vulkan headers of Debian 12 lack three names that llama.cpp uses.
    CMAKE_ARGS="-DGGML_VULKAN=ON -DLLAVA_BUILD=OFF" CMAKE_BUILD_PARALLEL_LEVEL="${JOBS:-$(nproc)}" \
        CXXFLAGS="-include $PWD/tools/vulkan_layer_settings.hpp" \
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps \
        --no-binary llama-cpp-python --ignore-installed --require-hashes -r "$venv/llama.lock"
    touch "$venv/.built"
fi
# llama.cpp passes over software devices unless one is named.
test -e /dev/dri || export GGML_VK_VISIBLE_DEVICES="${GGML_VK_VISIBLE_DEVICES:-0}"
exec "$venv/bin/python" -m pytest -m gpu -p no:cacheprovider tests/end2end/test_gpu.py "$@"
