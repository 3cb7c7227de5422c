"""llama.cpp itself, through its C interface: a model, a context, tokens and logits. Imports llama_cpp.

Nothing here decides anything; ``local.py`` does. The ``Llama`` class of the binding is not used: its
``logprobs`` sorts the whole vocabulary in Python for each token, and its cache does not keep an answer's
bits the same.
"""

from __future__ import annotations

import ctypes
import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import llama_cpp
import numpy as np
from llama_cpp import llama_cpp as lib
from numpy.typing import NDArray

from core.errors import EngineError, ModelError
from core.llm import backends
from core.llm.stopflag import StopFlag, native_callback

LOG_LINES = 200
_LEVEL_DEBUG = 1
_LEVELS_BAD = (3, 4)  # warning, error
_ABORTED = 2  # llama_decode: the abort callback said so
_log: deque[str] = deque(maxlen=LOG_LINES)
_echo = False


@lib.llama_log_callback  # type: ignore[untyped-decorator]
def _keep_log(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    if level != _LEVEL_DEBUG:
        _log.append(text.decode("utf-8", errors="replace"))
    if _echo and level in _LEVELS_BAD:
        os.write(2, text)


def log_tail(lines: int = 12) -> str:
    """The last lines that llama.cpp logged, for diagnostics."""
    return "".join(list(_log)[-lines:]).strip()


def echo_log() -> None:
    """Write warnings and errors to stderr too: a child does, whose stderr outlives it in a file."""
    global _echo  # noqa: PLW0603  llama.cpp has one log for the whole process
    _echo = True


def start() -> None:
    """Make llama.cpp ready; its log is kept in memory and never reaches the terminal. May be called again."""
    lib.llama_log_set(_keep_log, ctypes.c_void_p(0))
    backends.load()
    lib.llama_backend_init()


def version() -> str:
    """The binding's version, which fixes llama.cpp's."""
    return str(llama_cpp.__version__)


def system_info() -> str:
    """What the CPU code of this llama.cpp was built to use, as it says itself."""
    return str(lib.llama_print_system_info().decode("utf-8", errors="replace"))


def supports_gpu() -> bool:
    """Whether this llama.cpp can put layers on a GPU at all."""
    start()  # it answers for the backends that are registered
    return bool(lib.llama_supports_gpu_offload())


class NativeModel:
    """The weights and the vocabulary of one file."""

    def __init__(self, path: Path, gpu_layers: int) -> None:
        """Load the file. Raises ModelError ``model_load_failed`` with what llama.cpp logged."""
        start()
        params = lib.llama_model_default_params()
        params.n_gpu_layers = gpu_layers
        # An empty list of devices: without it llama.cpp picks a GPU by itself.
        self._no_devices = (ctypes.c_void_p * 1)()
        if gpu_layers == 0:
            params.devices = ctypes.cast(self._no_devices, ctypes.c_void_p)
        self.handle = lib.llama_model_load_from_file(os.fsencode(path), params)
        if not self.handle:
            raise ModelError("model_load_failed", name=path.name, detail=log_tail(4))
        self._vocab = lib.llama_model_get_vocab(self.handle)
        self.vocabulary = int(lib.llama_vocab_n_tokens(self._vocab))

    def close(self) -> None:
        """Free the weights."""
        if self.handle:
            lib.llama_model_free(self.handle)
            self.handle = None

    @property
    def trained_context(self) -> int:
        """The longest text, in tokens, that the model was trained for."""
        return int(lib.llama_model_n_ctx_train(self.handle))

    @property
    def can_go_back(self) -> bool:
        """Whether the end of a text can be taken back from its memory (not with recurrent models)."""
        return not (lib.llama_model_is_recurrent(self.handle) or lib.llama_model_is_hybrid(self.handle))

    @property
    def begins_with_bos(self) -> bool:
        """Whether each text starts with the beginning-of-text token."""
        return bool(lib.llama_vocab_get_add_bos(self._vocab))

    @property
    def bos(self) -> int:
        """The beginning-of-text token, -1 where there is none."""
        return int(lib.llama_vocab_bos(self._vocab))

    @property
    def eos(self) -> int:
        """The end-of-text token, -1 where there is none."""
        return int(lib.llama_vocab_eos(self._vocab))

    def is_end(self, token: int) -> bool:
        """Whether the model says with this token that it is done."""
        return bool(lib.llama_vocab_is_eog(self._vocab, token))

    def is_control(self, token: int) -> bool:
        """Whether a token steers the model instead of standing for text."""
        return bool(lib.llama_vocab_is_control(self._vocab, token)) or self.is_end(token)

    def name_of(self, token: int) -> str:
        """How the vocabulary writes a token, such as ``<|im_end|>``; "" for -1."""
        if token < 0:
            return ""
        text = lib.llama_vocab_get_text(self._vocab, token)
        return str(text.decode("utf-8", errors="replace")) if text else ""

    def tokenize(self, text: str, *, control: bool) -> list[int]:
        """Text into tokens; only with ``control`` may it hold control tokens. No bos is added."""
        data = text.encode("utf-8", errors="replace")
        room = len(data) + 8
        tokens = (lib.llama_token * room)()
        count = lib.llama_tokenize(self._vocab, data, len(data), tokens, room, False, control)
        if count < 0:
            raise EngineError("engine_failed", detail=f"llama_tokenize: {count}")
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for; b"" for control tokens."""
        room = 64
        while True:
            buffer = ctypes.create_string_buffer(room)
            count = lib.llama_token_to_piece(self._vocab, token, buffer, room, 0, False)
            if count >= 0:
                return buffer.raw[:count]
            room = -count


class NativeContext:
    """One sequence of tokens in the memory of a model."""

    def __init__(
        self, model: NativeModel, tokens: int, chunk: int, threads: int, stop: StopFlag, gpu: bool
    ) -> None:
        """Reserve the memory. Raises EngineError ``engine_no_context`` when llama.cpp cannot."""
        params = lib.llama_context_default_params()
        params.n_ctx = tokens
        params.n_batch = params.n_ubatch = chunk  # a chunk is one native step, not cut further
        params.n_outputs_max = 1
        params.n_threads = params.n_threads_batch = threads
        params.offload_kqv = params.op_offload = gpu
        self._abort = lib.ggml_abort_callback(native_callback())
        params.abort_callback = self._abort
        params.abort_callback_data = stop.address
        self._stop = stop  # its byte must live as long as the context
        self._vocabulary = model.vocabulary
        self.handle = lib.llama_init_from_model(model.handle, params)
        if not self.handle:
            raise EngineError("engine_no_context", tokens=tokens, detail=log_tail(4))
        self._memory = lib.llama_get_memory(self.handle)
        self._batch = lib.llama_batch_init(chunk, 0, 1)

    @property
    def size(self) -> int:
        """Tokens that fit."""
        return int(lib.llama_n_ctx(self.handle))

    def decode(self, tokens: Sequence[int], position: int) -> bool:
        """Read tokens, at most a chunk, from ``position`` on. False when the stop flag cut it short.

        Raises EngineError ``engine_failed``.
        """
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, token in enumerate(tokens):
            batch.token[i], batch.pos[i] = token, position + i
            batch.n_seq_id[i], batch.seq_id[i][0], batch.logits[i] = 1, 0, 0
        batch.logits[len(tokens) - 1] = 1
        code = lib.llama_decode(self.handle, batch)
        if code not in (0, _ABORTED):
            raise EngineError("engine_failed", detail=f"llama_decode: {code}. {log_tail(3)}")
        return bool(code == 0)

    def logits(self) -> NDArray[np.float32]:
        """The scores of the token that follows the last one read, one for each word of the vocabulary."""
        pointer = lib.llama_get_logits_ith(self.handle, -1)
        if not pointer:
            raise EngineError("engine_failed", detail="llama_get_logits_ith")
        return np.ctypeslib.as_array(pointer, shape=(self._vocabulary,)).copy()

    def keep(self, tokens: int) -> bool:
        """Forget all but the first ``tokens``. False where the model cannot: then nothing is left."""
        if tokens and lib.llama_memory_seq_rm(self._memory, 0, tokens, -1):
            return True
        lib.llama_memory_clear(self._memory, False)
        return tokens == 0

    def close(self) -> None:
        """Free the memory."""
        if self.handle:
            lib.llama_batch_free(self._batch)
            lib.llama_free(self.handle)
            self.handle = None
