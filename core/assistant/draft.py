"""The answer while it is written: its text, and what the model thought of each token."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.llm.engine import Generated, StopReason, Token
from core.verify import signals as verify_signals
from core.verify.signals import TokenSignals


@dataclass(slots=True)
class Draft:
    """A growing text. ``end`` is how its generation ended, None for a text from elsewhere."""

    text: str = ""
    end: Generated | None = None
    _tokens: list[verify_signals.Token] = field(default_factory=list)

    def add(self, text: str, token: Token | None = None) -> None:
        """Append a piece, with the token that it came from."""
        start = len(self.text)
        self.text += text
        if token is not None and token.probability is not None and token.entropy is not None:
            known = verify_signals.Token(start, len(self.text), token.probability, token.entropy)
            self._tokens.append(known)

    @property
    def cut_off(self) -> bool:
        """Whether the answer ended before the model was done."""
        return self.end is not None and self.end.reason is not StopReason.END

    def signals(self) -> TokenSignals | None:
        """The tokens with their places in the text; None where nobody told how likely they were."""
        if self.text and not self._tokens:
            return None
        return TokenSignals(tuple(self._tokens))
