"""A model's own chat template: messages into the pieces of a prompt, trusted and untrusted apart.

The template is a program in Jinja that comes with the model file, so it runs in a sandbox and never sees
what people or documents wrote: each content is a placeholder while the template runs and is put back
afterwards. A document that holds ``<|im_start|>system`` therefore stays plain text: only the template's own
pieces may become control tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.errors import ModelError
from core.llm.engine import Message, Role

MAX_TEMPLATE = 200_000  # characters; the longest in use are around 20,000
_PLACEHOLDER = re.compile("\ue000([0-9]{1,4})\ue001")  # private-use characters: no template writes them


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the prompt; only one that the template wrote may hold control tokens."""

    text: str
    trusted: bool


class ChatTemplate:
    """One model's template, compiled. Raises ModelError when it is missing or no valid template."""

    def __init__(self, source: str | None, model: str, *, bos: str = "", eos: str = "") -> None:
        self._model = model
        if not source or not source.strip():
            raise ModelError("model_template_missing", name=model)
        if len(source) > MAX_TEMPLATE:
            raise self._bad(f"{len(source)} > {MAX_TEMPLATE}")
        self._tokens = {"bos_token": bos, "eos_token": eos}
        try:
            self._template = _environment().from_string(source)
        except (jinja2.TemplateError, RecursionError) as error:
            raise self._bad(str(error)) from error

    def pieces(self, messages: Sequence[Message]) -> tuple[Piece, ...]:
        """The prompt that asks for the next turn. Contents are stripped of surrounding white space.

        A template without a system role (it refuses one or leaves it out) gets the system text in front of
        the first user message. Raises ModelError ``model_template_bad``.
        """
        try:
            return self._render(messages)
        except ModelError as refusal:
            merged = _without_system(messages)
            if merged is None:
                raise
            try:
                return self._render(merged)
            except ModelError:
                raise refusal from None

    def _render(self, messages: Sequence[Message]) -> tuple[Piece, ...]:
        spoken = [
            {"role": message.role.value, "content": f"\ue000{number}\ue001"}
            for number, message in enumerate(messages)
        ]
        try:
            text = self._template.render(messages=spoken, add_generation_prompt=True, **self._tokens)
        except Exception as error:  # the template is a foreign program: it may fail in any way
            raise self._bad(f"{type(error).__name__}: {error}") from error
        return self._filled(text, messages)

    def _filled(self, text: str, messages: Sequence[Message]) -> tuple[Piece, ...]:
        parts = _PLACEHOLDER.split(text)
        if [int(number) for number in parts[1::2]] != list(range(len(messages))):
            raise ModelError("model_template_order", name=self._model)
        pieces = [Piece(part, trusted=True) for part in parts]
        for number, message in enumerate(messages):
            pieces[2 * number + 1] = Piece(message.content.strip(), trusted=False)
        return tuple(piece for piece in pieces if piece.text)

    def _bad(self, detail: str) -> ModelError:
        return ModelError("model_template_bad", name=self._model, detail=detail[:200])


def _environment() -> ImmutableSandboxedEnvironment:
    """The sandbox with the few helpers that chat templates expect.

    There is no clock (``strftime_now``): the same messages must give the same prompt on any day.
    """
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = _refuse
    environment.filters["tojson"] = _to_json
    return environment


def _refuse(message: str) -> str:
    raise jinja2.TemplateError(message)


def _to_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _without_system(messages: Sequence[Message]) -> list[Message] | None:
    """The same messages with a leading system text joined to the first user message; None without one."""
    if len(messages) < 2 or messages[0].role is not Role.SYSTEM or messages[1].role is not Role.USER:
        return None
    joined = f"{messages[0].content.strip()}\n\n{messages[1].content.strip()}"
    return [Message(Role.USER, joined), *messages[2:]]
