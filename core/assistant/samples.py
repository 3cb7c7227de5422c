"""Further answers of the same model to the same question, to see what it says again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace

from core.assistant.events import Event, Stage, StageName, Waiting
from core.llm.engine import Engine, Generated, Request, Token
from core.types import Param

LEAST_TEMPERATURE = 0.7  # at 0 the model would say the same again whatever it knows


@dataclass(slots=True)
class Samples:
    """The further answers, drawn with the seeds after the answer's own, and how long they took."""

    texts: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def write(self, engine: Engine, request: Request, count: int) -> Iterator[Event]:
        """Ask ``count`` times more; the engine still knows the prompt. Raises EngineError."""
        for at in range(count):
            yield Stage(StageName.SAMPLING, at + 1, count)
            drawn = replace(
                request, temperature=max(LEAST_TEMPERATURE, request.temperature), seed=request.seed + at + 1
            )
            text = ""
            with closing(engine.generate(drawn)) as events:
                for event in events:
                    if isinstance(event, Token):
                        text += event.text
                    elif isinstance(event, Generated):
                        self.seconds += event.prompt_seconds + event.answer_seconds
                    yield Waiting()
            self.texts.append(text)

    def facts(self) -> Mapping[str, Param]:
        """What the record tells of them; nothing where there are none."""
        if not self.texts:
            return {}
        return {"samples": len(self.texts), "seconds_samples": round(self.seconds, 3)}
