"""The real small model answers again, in another process: the same bits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.model


def test_a_real_answer_comes_out_again_to_the_bit(home: Any, write: Callable[[str, str], Path]) -> None:
    policy = write("policy.md", "# Claims\n\nAn expense claim is submitted within 30 days.\n")
    assert home.run("add", policy).code == 0
    [answer] = home.run("ask", "Within how many days is a claim submitted?", "--json").json()
    ran = home.run("audit", "replay", answer["answer_id"], "--json")
    [told] = ran.json()
    assert told == {"answer_id": answer["answer_id"], "same": True, "differences": [], "changes": []}
    assert ran.code == 0
    write("policy.md", "# Claims\n\nAn expense claim is submitted within 45 days.\n")
    assert home.run("add", policy).code == 0
    ran = home.run("audit", "replay", answer["answer_id"], "--json")
    [told] = ran.json()
    assert ran.code == 1
    assert "prompt_differs" in [item["code"] for item in told["differences"]]
