"""Documents that disagree, and documents out of force, through the whole assistant and a real library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from core import audit
from core.assistant import Assistant
from core.assistant.events import Finished
from core.cli import touchstone
from core.encoders.checker import Pair, PairScore
from core.errors import LibraryError
from core.index import ingest
from core.settings import Settings
from core.store import audit_log, removal, standings
from core.store.database import Library
from core.types import Answer, Claim, Decision, Language, Relation, Standing, Verdict
from core.words import say_reason

OLD = "# Fees\n\nThe annual licence fee of the Kestrel server is 900 euros.\n"
NEW = "# Fees\n\nThe annual licence fee of the Kestrel server is 950 euros.\n"
SAYS_OLD = "The annual licence fee of the Kestrel server is 900 euros."
SAYS_NEW = "The annual licence fee of the Kestrel server is 950 euros."
PAST, FUTURE = "2024-12-31", "2999-01-01"


class Reader:
    """A checker that entails what stands there word for word and contradicts another number."""

    identity = "reader"

    def score(self, pairs: Sequence[Pair]) -> list[PairScore]:
        return [
            PairScore(0.97, 0.01, 0.02, ())
            if pair.claim in pair.evidence
            else PairScore(0.02, 0.95, 0.03, ())
            for pair in pairs
        ]


@pytest.fixture
def fees(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "fees-a.md", tmp_path / "fees-b.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def load(tmp_path: Path, *paths: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        list(ingest.add(library, paths, None))


def stand(tmp_path: Path, path: Path, standing: Standing) -> None:
    with Library.open(tmp_path / "library") as library:
        standings.set_standing(library, str(path), standing)


def checked(tmp_path: Path, text: str) -> Answer:
    assistant = Assistant(tmp_path / "library", None, None, Reader(), Settings())  # type: ignore[arg-type]
    return next(event.answer for event in assistant.check_text(text) if isinstance(event, Finished))


def only_claim(answer: Answer) -> Claim:
    (claim,) = answer.check.claims
    for reason in claim.reasons:
        for language in Language:
            assert say_reason(reason, language)
    return claim


def reasons(claim: Claim) -> dict[str, dict[str, Any]]:
    return {reason.code: dict(reason.params) for reason in claim.reasons}


def test_two_current_documents_that_disagree_are_named(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    load(tmp_path, *fees)
    stand(tmp_path, fees[0], Standing(valid_from="2023-01-01"))
    stand(tmp_path, fees[1], Standing(valid_from="2025-01-01"))
    answer = checked(tmp_path, SAYS_OLD)
    claim = only_claim(answer)
    assert claim.verdict is Verdict.CONFLICTING
    said = {"one": "fees-a.md (2023)", "other": "fees-b.md (2025)"}
    assert reasons(claim)["supported_and_contradicted"] == said
    assert [item.relation for item in claim.evidence] == [Relation.SUPPORTS, Relation.CONTRADICTS]
    assert answer.decision is Decision.HELD


def test_the_words_say_it_as_the_owner_would(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    load(tmp_path, *fees)
    claim = only_claim(checked(tmp_path, SAYS_OLD))
    assert say_reason(claim.reasons[0], Language.EN) == "Supported by fees-a.md, contradicted by fees-b.md."


def test_a_document_that_goes_first_settles_it(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    load(tmp_path, *fees)
    stand(tmp_path, fees[1], Standing(authority=10))
    assert only_claim(checked(tmp_path, SAYS_NEW)).verdict is Verdict.SUPPORTED
    other = only_claim(checked(tmp_path, SAYS_OLD))
    assert other.verdict is Verdict.CONFLICTING
    assert reasons(other)["contradicted_with_precedence"]["other"] == "fees-b.md"


def test_a_document_out_of_force_contradicts_nothing(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    load(tmp_path, *fees)
    stand(tmp_path, fees[0], Standing(valid_until=PAST))
    claim = only_claim(checked(tmp_path, SAYS_NEW))
    assert claim.verdict is Verdict.SUPPORTED
    assert {item.place.document for item in claim.evidence if item.place} == {str(fees[1])}


def test_what_only_the_old_one_says_is_contradicted_by_the_new_one(
    tmp_path: Path, fees: tuple[Path, Path]
) -> None:
    load(tmp_path, *fees)
    stand(tmp_path, fees[0], Standing(valid_until=PAST))
    claim = only_claim(checked(tmp_path, SAYS_OLD))
    assert claim.verdict is Verdict.CONFLICTING
    assert "contradicted_with_precedence" in reasons(claim)
    assert checked(tmp_path, SAYS_OLD).decision is Decision.HELD


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (Standing(valid_until=PAST), "support_outdated"),
        (Standing(valid_from="2020-01-01", valid_until=PAST), "support_outdated"),
        (Standing(valid_from=FUTURE), "support_not_yet"),
    ],
)
def test_support_from_a_document_out_of_force_only_is_no_support(
    tmp_path: Path, fees: tuple[Path, Path], standing: Standing, code: str
) -> None:
    load(tmp_path, fees[0])
    plain = checked(tmp_path, SAYS_OLD)
    assert only_claim(plain).verdict is Verdict.SUPPORTED
    assert plain.decision is Decision.USABLE
    stand(tmp_path, fees[0], standing)
    answer = checked(tmp_path, SAYS_OLD)
    claim = only_claim(answer)
    assert claim.verdict is Verdict.COULD_NOT_CHECK
    assert code in reasons(claim)
    assert claim.risk > only_claim(plain).risk
    assert [item.relation for item in claim.evidence] == [Relation.SUPPORTS]
    assert answer.decision is Decision.HELD


def test_one_claim_out_of_force_holds_a_long_answer(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    other = tmp_path / "rules.md"
    facts = [f"Room number {n} on floor {n} belongs to team number {n}." for n in range(1, 21)]
    other.write_text("\n\n".join(facts), encoding="utf-8")
    load(tmp_path, fees[0], other)
    stand(tmp_path, fees[0], Standing(valid_until=PAST))
    answer = checked(tmp_path, " ".join([*facts, SAYS_OLD]))
    assert answer.check.claims[-1].verdict is Verdict.COULD_NOT_CHECK
    assert answer.decision is Decision.HELD


def test_the_same_content_elsewhere_in_force_supports(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    copy = tmp_path / "copy.md"
    copy.write_text(OLD, encoding="utf-8")
    load(tmp_path, fees[0], copy)
    stand(tmp_path, fees[0], Standing(valid_until=PAST))
    assert only_claim(checked(tmp_path, SAYS_OLD)).verdict is Verdict.SUPPORTED


def test_a_standing_outlives_a_new_version_and_goes_when_forgotten(
    tmp_path: Path, fees: tuple[Path, Path]
) -> None:
    load(tmp_path, fees[0])
    stand(tmp_path, fees[0], Standing(authority=3))
    fees[0].write_text(NEW, encoding="utf-8")
    load(tmp_path, fees[0])
    with Library.open(tmp_path / "library") as library:
        assert standings.standing_of(library, str(fees[0])).authority == 3
        removal.forget(library, str(fees[0]))
        assert standings.standings(library) == {}


def test_the_log_says_who_stands_where(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    load(tmp_path, fees[0])
    stand(tmp_path, fees[0], Standing(authority=3, valid_until=PAST))
    with Library.open(tmp_path / "library") as library:
        *_, last = audit_log.records(library)
        body = json.loads(last.body)
        assert (last.kind, body["action"], body["authority"]) == ("document", "standing", 3)
        assert "fees" not in last.body
        assert audit.verify(library).holds


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (Standing(valid_from="31.12.2024"), "standing_day"),
        (Standing(valid_until="2024-02-30"), "standing_day"),
        (Standing(valid_from="2025-01-01", valid_until="2024-01-01"), "standing_backwards"),
    ],
)
def test_days_that_are_none_are_refused(
    tmp_path: Path, fees: tuple[Path, Path], standing: Standing, code: str
) -> None:
    load(tmp_path, fees[0])
    with pytest.raises(LibraryError, match=code):
        stand(tmp_path, fees[0], standing)


def test_the_command_line_sets_shows_and_clears(tmp_path: Path, fees: tuple[Path, Path]) -> None:
    load(tmp_path, fees[0])
    where = ["--library", str(tmp_path / "library"), "--json"]

    def run(*arguments: str) -> list[dict[str, Any]]:
        result = CliRunner().invoke(touchstone, ["library", "standing", *arguments, *where])
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in result.stdout.splitlines()]

    path = str(fees[0])
    run(path, "--authority", "5", "--from", "2025-01-01")
    (held,) = run(path, "--until", "2026-12-31")
    assert held == {"document": path, "authority": 5, "valid_from": "2025-01-01", "valid_until": "2026-12-31"}
    assert run() == [held]
    assert run(path, "--clear")[0]["authority"] == 0
    assert run() == []
    command = ["library", "standing", "nowhere.md", "--authority", "1", *where]
    assert CliRunner().invoke(touchstone, command).exit_code == 1
