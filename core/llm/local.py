"""llama.cpp in this process: what runs inside the child of ``process.py``, and in tests and benches.

Same input, same bits: a prompt is read in chunks of ``CHUNK`` tokens from an empty sequence, each chunk in
one native step. What a chunk leaves in memory depends only on the tokens up to its end, so whole chunks
that two prompts share are kept between them and the rest is read just as it would have been; the answer's
own tokens, read one by one, are never reused. A test compares the logits bit for bit.
"""

from __future__ import annotations

import codecs
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import EngineError
from core.llm import bare, catalog, cpu, gguf, gpu, native
from core.llm.engine import (
    EngineConfig,
    EngineEvent,
    EngineFacts,
    Generated,
    Heartbeat,
    Message,
    Request,
    StopReason,
    Timed,
    Token,
)
from core.llm.estimate import CHUNK
from core.llm.sampling import Sampler
from core.llm.stopflag import StopFlag
from core.llm.template import ChatTemplate


@dataclass(slots=True)
class _Run:
    """What has happened so far in one generation."""

    prompt: list[int]
    cached: int = 0
    answer: int = 0
    started: float = field(default_factory=time.monotonic)
    read: float | None = None  # when the prompt had been read

    def finished(self, reason: StopReason) -> Generated:
        now = time.monotonic()
        read = now if self.read is None else self.read
        return Generated(reason, len(self.prompt), self.cached, self.answer, read - self.started, now - read)


class LlamaLocal:
    """An engine in this process. Heartbeats come after each chunk of the prompt, not by the clock: native
    code holds this thread meanwhile. Use LlamaProcess where something else has to go on.
    """

    def __init__(
        self, path: Path, config: EngineConfig, *, stop: StopFlag | None = None, reuse: bool = True
    ) -> None:
        """Load the model. ``reuse`` off reads every prompt from its first token.

        Raises ModelError or EngineError when the file, its template, this CPU or this llama.cpp will not do.
        """
        cpu.require()
        head = gguf.read(path)
        self._info = catalog.identify(path)
        self._plan = gpu.plan(head, config)
        self._threads = cpu.threads(config.threads)
        self._stop = stop or StopFlag()
        self._owns_stop = stop is None  # else whoever gave it lowers it, before it sends a request
        with ExitStack() as undo:
            self._model = native.NativeModel(path, self._plan.layers)
            undo.callback(self._model.close)
            self._template = self._chat_template(head)
            self._context = self._open_context(config)
            undo.pop_all()
        # On a GPU the same bits are not proven for every driver, so nothing is reused there.
        self._reuse = reuse and self._model.can_go_back and not self._plan.layers
        self._kept: list[int] = []  # tokens in memory, whole chunks of the last prompt

    def _chat_template(self, head: gguf.Gguf) -> ChatTemplate:
        return ChatTemplate(
            head.text("tokenizer.chat_template"),
            self._info.name,
            bos=self._model.name_of(self._model.bos),
            eos=self._model.name_of(self._model.eos),
        )

    def _open_context(self, config: EngineConfig) -> native.NativeContext:
        tokens = min(config.context_tokens, self._model.trained_context)
        gpu_used = self._plan.layers > 0
        return native.NativeContext(self._model, tokens, CHUNK, self._threads, self._stop, gpu=gpu_used)

    def facts(self) -> EngineFacts:
        """What to record about this engine."""
        return EngineFacts(
            model=self._info.info,
            context_tokens=self._context.size,
            threads=self._threads,
            gpu_layers=self._plan.layers,
            backend=self._plan.backend,
            llama_cpp=native.version(),
            cpu_features=cpu.built_for(),
        )

    def load(self) -> Generator[Heartbeat, None, None]:
        """Nothing to do: the constructor has loaded the model."""
        yield from ()

    def stop(self) -> None:
        """Ask the running generation to end, inside a chunk too."""
        self._stop.raise_()

    def close(self) -> None:
        """Free the model."""
        self._context.close()
        self._model.close()

    def prompt(self, messages: Sequence[Message]) -> list[int]:
        """Messages into tokens through the model's template. Contents cannot become control tokens."""
        tokens: list[int] = []
        for piece in self._template.pieces(messages):
            tokens += self._model.tokenize(piece.text, control=piece.trusted)
        if self._model.begins_with_bos and tokens[:1] != [self._model.bos]:
            tokens.insert(0, self._model.bos)
        return tokens

    def count_tokens(self, messages: tuple[Message, ...]) -> int:
        """Prompt length in tokens after the chat template."""
        return len(self.prompt(messages))

    def generate(self, request: Request) -> Generator[EngineEvent, None, None]:
        """Yield tokens and heartbeats, then one Generated. Raises EngineError ``prompt_too_long``."""
        if self._owns_stop:
            self._stop.lower()
        run = _Run(self.prompt(request.messages))
        if len(run.prompt) >= self._context.size:
            raise EngineError("prompt_too_long", tokens=len(run.prompt), limit=self._context.size)
        return self._generate(run, request)

    def _generate(self, run: _Run, request: Request) -> Generator[EngineEvent, None, None]:
        if not (yield from self._read(run)):
            yield run.finished(StopReason.STOPPED)
            return
        run.read = time.monotonic()
        yield run.finished((yield from self._write(run, request)))

    def _read(self, run: _Run) -> Generator[EngineEvent, None, bool]:
        """Read the prompt in whole chunks; the generator's value says whether it came to the end."""
        run.cached = position = self._go_back(run.prompt)
        while position < len(run.prompt):
            yield Heartbeat(position / len(run.prompt))
            chunk = run.prompt[position : position + CHUNK]
            if self._stop.is_up or not self._context.decode(chunk, position):
                return False
            position += len(chunk)
            if len(chunk) == CHUNK:
                self._kept = run.prompt[:position]
        yield Heartbeat(1.0)
        return True

    def _go_back(self, prompt: Sequence[int]) -> int:
        """Keep the whole chunks that this prompt shares with the last one; returns how many tokens."""
        limit = len(prompt) - 1 if self._reuse else 0  # the last token is always read, for its logits
        same = shared_prefix(self._kept, prompt[:limit]) // CHUNK * CHUNK
        if not self._context.keep(same):
            same = 0
        self._kept = list(prompt[:same])
        return same

    def _write(self, run: _Run, request: Request) -> Generator[EngineEvent, None, StopReason]:
        """Generate; the generator's value says why it ended."""
        sampler = Sampler(request.temperature, request.seed)
        utf8 = codecs.getincrementaldecoder("utf-8")(errors="replace")
        room = min(request.max_tokens, self._context.size - len(run.prompt))
        while run.answer < room:
            choice = sampler.choose(self._context.logits())
            if self._model.is_end(choice.token):
                return StopReason.END
            position = len(run.prompt) + run.answer
            run.answer += 1
            yield Token(utf8.decode(self._model.piece(choice.token)), choice.probability, choice.entropy)
            if self._stop.is_up:
                return StopReason.STOPPED
            if run.answer < room and not self._context.decode([choice.token], position):
                return StopReason.STOPPED
        return StopReason.LENGTH

    def bare(self, request: Request) -> Timed:
        """The same prompt and as many tokens by llama.cpp alone; what this engine keeps is not touched."""
        tokens = self.prompt(request.messages)
        gpu_used = self._plan.layers > 0
        return bare.timed(self._model, tokens, request.max_tokens, self._threads, self._stop, gpu=gpu_used)

    def last_logits(self) -> NDArray[np.float32]:
        """The scores after the last token read: what the test of reproducibility compares."""
        return self._context.logits()


def shared_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens two sequences have in common at their start."""
    length = min(len(first), len(second))
    return next((i for i in range(length) if first[i] != second[i]), length)
