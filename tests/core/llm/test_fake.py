from __future__ import annotations

from collections.abc import Sequence

import pytest

from core.errors import EngineError
from core.llm.engine import EngineEvent, Generated, Heartbeat, Message, Request, Role, StopReason, Token
from core.llm.fake import FakeEngine

ASK = Request((Message(Role.USER, "Who is it?"),))


def text(events: Sequence[EngineEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Token))


def ended(events: Sequence[EngineEvent]) -> StopReason:
    assert isinstance(events[-1], Generated)
    return events[-1].reason


def test_answers_come_in_order_and_are_remembered() -> None:
    engine = FakeEngine("First answer.")
    engine.enqueue("第二个回答。")
    events = list(engine.generate(ASK))
    assert text(events) == "First answer."
    assert isinstance(events[0], Heartbeat)
    assert events[-1] == Generated(StopReason.END, 7, 0, 4, 0.0, 0.0)
    assert text(list(engine.generate(ASK))) == "第二个回答。"
    assert engine.history == [ASK, ASK]
    with pytest.raises(AssertionError):
        engine.generate(ASK)


def test_a_scripted_error_is_raised_and_the_engine_goes_on() -> None:
    engine = FakeEngine(EngineError("engine_failed", detail="x"), "Fine.")
    with pytest.raises(EngineError):
        list(engine.generate(ASK))
    assert text(list(engine.generate(ASK))) == "Fine."


def test_max_tokens_cuts_and_stop_stops() -> None:
    engine = FakeEngine("a" * 40, "b" * 40)
    cut = list(engine.generate(Request(ASK.messages, max_tokens=3)))
    assert (text(cut), ended(cut)) == ("a" * 12, StopReason.LENGTH)
    heard = []
    for event in engine.generate(ASK):
        heard.append(event)
        if isinstance(event, Token):
            engine.stop()
    assert (text(heard), ended(heard)) == ("bbbb", StopReason.STOPPED)


def test_facts_and_close() -> None:
    engine = FakeEngine(context_tokens=99)
    assert engine.facts().context_tokens == 99
    engine.close()
    assert engine.closed
