"""llama.cpp without us: a loop of its own calls, to hold our speed against.

It reads in llama.cpp's default batch of 512 tokens and chooses with llama.cpp's own greedy sampler; ours
reads chunks of 128, for the same bits with and without cache, and computes probability and entropy of each
token.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from llama_cpp import llama_cpp as lib

from core.errors import EngineError
from core.llm import native
from core.llm.engine import Timed
from core.llm.stopflag import StopFlag

BATCH = 512


def timed(
    model: native.NativeModel, tokens: Sequence[int], answer: int, threads: int, stop: StopFlag, *, gpu: bool
) -> Timed:
    """Read the tokens and write ``answer`` more, in a memory of its own that is freed afterwards.

    Raises EngineError ``engine_no_context``, ``engine_failed``, or ``engine_stopped`` when the flag goes up.
    """
    context = native.NativeContext(model, len(tokens) + answer, BATCH, threads, stop, gpu=gpu)
    sampler = lib.llama_sampler_init_greedy()
    try:
        started = time.monotonic()
        for at in range(0, len(tokens), BATCH):
            _decode(context, tokens[at : at + BATCH], at)
        read = time.monotonic()
        for number in range(answer):
            token = lib.llama_sampler_sample(sampler, context.handle, -1)
            _decode(context, [token], len(tokens) + number)
        return Timed(len(tokens), read - started, answer, time.monotonic() - read)
    finally:
        lib.llama_sampler_free(sampler)
        context.close()


def _decode(context: native.NativeContext, tokens: Sequence[int], position: int) -> None:
    if not context.decode(tokens, position):
        raise EngineError("engine_stopped")
