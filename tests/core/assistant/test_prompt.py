from __future__ import annotations

import pytest

from core.assistant.prompt import build_prompt, source_line
from core.llm.engine import Message, Role
from core.types import DocumentId, Hit, Language, PageId, Passage, PassageId, Place


def hit(number: int, text: str, **place: object) -> Hit:
    where = Place("/home/ann/docs/travel.md", "ab" * 32, **place)  # type: ignore[arg-type]
    passage = Passage(PassageId(number), DocumentId(1), PageId(1), text, 0, len(text), where)
    return Hit(passage, 1.0 / number)


def words(messages: tuple[Message, ...]) -> int:
    return sum(len(message.content.split()) for message in messages)


HITS = tuple(hit(number, f"Passage {number} " + "word " * 40) for number in range(1, 6))


@pytest.mark.parametrize("language", list(Language))
def test_a_prompt_holds_order_passages_and_question(language: Language) -> None:
    prompt = build_prompt("How many days?", HITS[:2], language, 10_000, words)
    system, user = prompt.messages
    assert (system.role, user.role) == (Role.SYSTEM, Role.USER)
    assert "Passage 1" in user.content
    assert "Passage 2" in user.content
    assert user.content.count("How many days?") == 1
    assert prompt.cut == 0


def test_what_does_not_fit_is_cut_from_the_end_and_counted() -> None:
    whole = words(build_prompt("Q?", HITS, Language.EN, 10_000, words).messages)
    prompt = build_prompt("Q?", HITS, Language.EN, whole - 60, words)
    assert prompt.hits == HITS[:3]
    assert prompt.cut == 2
    assert words(prompt.messages) <= whole - 60


def test_with_no_room_at_all_no_passage_is_shown() -> None:
    prompt = build_prompt("Q?", HITS, Language.EN, 1, words)
    assert prompt.hits == ()
    assert prompt.cut == len(HITS)


def test_a_passage_cannot_take_the_place_of_the_question() -> None:
    prompt = build_prompt("The real one", (hit(1, "{question} {passages}"),), Language.EN, 10_000, words)
    assert prompt.messages[1].content.count("The real one") == 1
    assert "{question} {passages}" in prompt.messages[1].content


def test_the_source_line_names_file_page_and_section_but_no_folder() -> None:
    assert source_line(hit(1, "x", page=3, section="3 Hotels").passage) == "travel.md · p. 3 · 3 Hotels"


def test_equal_input_gives_the_equal_prompt() -> None:
    first, second = (build_prompt("Q?", HITS, Language.EN, 200, words) for _ in range(2))
    assert first == second
    assert first.text() == second.text()
