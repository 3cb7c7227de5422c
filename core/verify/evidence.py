"""A stretch of evidence, and what can be asked for one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from core.types import Force, Place, Standing
from core.verify.text import plain


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of evidence short enough to read at once.

    ``text`` is ``context[context_index][start:end]`` (given contexts) or the page's text[start:end] (library,
    ``place`` set). ``score`` (0..1) is the weighted share of the claim's words it holds. ``header`` is what
    stands above it (a title, a heading, the columns of a table): read with it, never quoted. ``similarity``
    is the cosine of claim and window where embeddings were used, else None. ``standing`` is what the owner of
    the document set, ``force`` whether it holds on the day that counts.
    """

    text: str
    start: int
    end: int
    score: float
    context_index: int | None = None
    place: Place | None = None
    header: str | None = None
    similarity: float | None = None
    standing: Standing = field(default_factory=Standing)
    force: Force = Force.NOW

    @property
    def document(self) -> str:
        """What tells documents apart: a file's hash, or the number of a context."""
        return self.place.document_sha256 if self.place else str(self.context_index)

    @property
    def in_force(self) -> bool:
        """Whether the document holds on the day that counts."""
        return self.force is Force.NOW

    @property
    def precedence(self) -> tuple[bool, int]:
        """Orders documents that disagree: those in force first, then by the authority they were given."""
        return self.in_force, self.standing.authority

    @property
    def reading(self) -> str:
        """The text a model or a rule reads: the header, then the window, Markdown blanked."""
        return plain(f"{self.header}\n{self.text}" if self.header else self.text)


class EvidenceSource(Protocol):
    """Something that evidence can be looked up in."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to look in."""
        ...

    def windows(self, claim: str, question: str | None, k: int) -> tuple[Window, ...]:
        """The ``k`` windows that bear on a claim most, best first."""
        ...

    def texts(self) -> tuple[str, ...] | None:
        """All texts of the source where it is small enough to be read through, else None."""
        ...
