from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from core.cli import pilot_owner
from core.errors import LibraryError, PilotError
from core.pilot.cost import ASSUMED_WATTS, electricity, per_accepted, spent
from core.pilot.owner import judged_by_review, owner_page
from core.pilot.owner_types import Advice, Judged, OwnerPage, Source, money
from core.pilot.owner_words import owner_html, owner_pdf, owner_words
from core.pilot.types import Environment, Question, RowStatus, Run, RunModel, RunPlan, RunRow, Timing, Variant
from core.review.figures import figures
from core.settings import Settings
from core.store.database import Library
from core.types import Check, Decision, Language, Level

PEOPLE = Judged(Source.PEOPLE, 30, 10, 2, 1.5)
PRICED = Settings(monthly_answers=500, missed_error_cost=50.0, hardware_price=1200.0, write_off_months=24)


def row(
    number: int, level: Level = Level.LOW, *, refused: bool = False, joules: float | None = None
) -> RunRow:
    return RunRow(
        question=number,
        model="A <b>",
        variant=Variant.BASE,
        status=RowStatus.DONE,
        answer="x",
        check=Check("x", 0.1, level, 1.0, ()),
        decision=Decision.USABLE if level is Level.LOW else Decision.HELD,
        refused=refused,
        timing=Timing(6.0, 3.0, 1.0, 800, 100, 40, joules),
    )


def run_of(rows: list[RunRow], **settings: float) -> Run:
    plan = RunPlan(
        "set.csv", "0" * 64, "/library", "", (("A <b>", "0" * 64),), {"medium_from": -1.0, **settings}
    )
    environment = Environment("1", "1", "3", "x", "cpu", "1", "1", "e", "checker", "0" * 64)
    questions = tuple(Question(number, "?", must_refuse=number > 40) for number in range(1, 51))
    return Run(
        "r",
        "2026-11-25T01:02:03",
        plan,
        environment,
        questions,
        {},
        (RunModel("A <b>", "", "", 1),),
        tuple(rows),
    )


MOSTLY_LOW = [row(number, Level.LOW if number % 4 else Level.HIGH) for number in range(1, 41)]


@pytest.fixture
def page() -> OwnerPage:
    return owner_page(run_of(MOSTLY_LOW), None, PRICED, PEOPLE)


def codes(page: OwnerPage) -> set[str]:
    return {reason.code for reason in page.reasons}


def test_energy_is_measured_only_where_every_answer_has_it() -> None:
    measured = spent([row(1, joules=3600.0), row(2, joules=7200.0)], Settings())
    assert measured.energy.wh == 1.5
    assert measured.energy.watts is None
    partly = spent([row(1, joules=3600.0), row(2)], Settings())
    assert partly.energy.watts == ASSUMED_WATTS
    assert partly.energy.wh == pytest.approx(ASSUMED_WATTS * 10 / 3600)
    assert spent([row(1)], Settings(machine_watts=200.0)).energy.watts == 200.0


def test_the_checkers_share_and_the_accepted_are_told_apart() -> None:
    took = spent([row(1), replace(row(2), status=RowStatus.FAILED)], Settings())
    assert took.answers == 1
    assert took.checking_share == pytest.approx(0.1)
    assert per_accepted(2.0, 0.5) == 4.0
    assert per_accepted(2.0, 0.0) is None
    assert electricity(500.0, Settings(price_kwh=0.4)) == pytest.approx(0.2)
    with pytest.raises(ValueError, match="no answers"):
        spent([], Settings())


def test_the_costs_add_up_and_the_computer_pays_at_the_break_even(page: OwnerPage) -> None:
    hand, tool = page.by_hand, page.with_tool
    assert hand.total == pytest.approx(10 * 40 / 60)
    assert tool.work == pytest.approx(hand.total * 2 / 42)
    assert tool.review == pytest.approx(1.5 * 40 / 60)
    assert page.fixed == 50.0
    assert page.break_even is not None
    saved = hand.total - tool.total
    assert (page.break_even - 1) * saved < page.fixed <= page.break_even * saved
    assert page.missed is not None
    assert tool.missed == pytest.approx(page.missed.value * 0.75 * 50)


def test_good_numbers_say_go(page: OwnerPage) -> None:
    assert page.advice is Advice.GO
    assert {"accepted_good", "saving", "above", "missed_priced"} == codes(page)


def test_nobody_has_judged_is_never_go() -> None:
    page = owner_page(run_of(MOSTLY_LOW), None, PRICED, None)
    assert page.judged.source is Source.GATE
    assert page.judged.undecided == 10
    assert page.advice is Advice.NOT_YET
    assert "not_judged" in codes(page)


@pytest.mark.parametrize(
    ("judged", "advice", "code"),
    [
        (Judged(Source.PEOPLE, 5, 1, 0, 1.0), Advice.NOT_YET, "few_judged"),
        (Judged(Source.PEOPLE, 5, 5, 40, 1.0), Advice.NO, "accepted_low"),
        (Judged(Source.PEOPLE, 20, 5, 20, 1.0), Advice.NOT_YET, "accepted_unsure"),
        (Judged(Source.PEOPLE, 40, 2, 0, 11.0), Advice.NO, "no_saving"),
    ],
)
def test_what_speaks_against_it_is_named(judged: Judged, advice: Advice, code: str) -> None:
    page = owner_page(run_of(MOSTLY_LOW), None, PRICED, judged)
    assert page.advice is advice
    assert code in codes(page)


def test_too_few_questions_a_month_is_no(page: OwnerPage) -> None:
    few = replace(PRICED, monthly_answers=(page.break_even or 0) - 1)
    assert owner_page(run_of(MOSTLY_LOW), None, few, PEOPLE).advice is Advice.NO
    unknown = owner_page(run_of(MOSTLY_LOW), None, replace(PRICED, monthly_answers=0), PEOPLE)
    assert unknown.advice is Advice.NOT_YET
    assert "no_volume" in codes(unknown)


def test_missed_errors_are_not_guessed_where_they_were_not_measured() -> None:
    other = owner_page(run_of(MOSTLY_LOW, medium_from=0.2), None, PRICED, PEOPLE)
    few = owner_page(run_of([row(n, Level.HIGH) for n in range(1, 36)]), None, PRICED, PEOPLE)
    for page in (other, few):
        assert page.missed is None
        assert page.with_tool.missed == 0.0
        assert "missed_unknown" in codes(page)


def test_an_invented_answer_that_passed_is_said() -> None:
    rows = [*MOSTLY_LOW, row(45), row(46, refused=True), row(47, Level.HIGH)]
    page = owner_page(run_of(rows), None, PRICED, PEOPLE)
    reason = next(reason for reason in page.reasons if reason.code == "guessed_refusals")
    assert dict(reason.params) == {"count": 3, "wrong": 1}
    assert page.advice is Advice.NOT_YET


def test_a_strange_model_and_an_empty_run_are_refused() -> None:
    with pytest.raises(PilotError) as caught:
        owner_page(run_of(MOSTLY_LOW), "B", PRICED, PEOPLE)
    assert caught.value.code == "owner_model"
    with pytest.raises(PilotError) as caught:
        owner_page(run_of([]), None, PRICED, PEOPLE)
    assert caught.value.code == "owner_empty"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("judged", [PEOPLE, None], ids=["people", "gate"])
def test_the_page_stands_on_one_sheet_in_both_languages(language: Language, judged: Judged | None) -> None:
    words = owner_words(owner_page(run_of(MOSTLY_LOW), None, PRICED, judged), language)
    html = owner_html(words, language)
    assert "A <b>" not in html
    assert "A &lt;b&gt;" in html
    assert html.count("<svg") == 1
    pdf = pypdfium2.PdfDocument(owner_pdf(words, language))
    assert len(pdf) == 1
    assert words.title[:3] in pdf[0].get_textpage().get_text_range()
    pdf.close()
    words = replace(words, passport=(("What is certain", "the tokenizer of <i>another</i>"),))
    assert "the tokenizer of &lt;i&gt;another" in owner_html(words, language)
    pdf = pypdfium2.PdfDocument(owner_pdf(words, language))
    assert "What is certain" not in pdf[0].get_textpage().get_text_range()  # the page itself stays one sheet
    assert "What is certain" in pdf[1].get_textpage().get_text_range()
    pdf.close()


def test_every_reason_has_words(page: OwnerPage) -> None:
    texts = [text for _, text in owner_words(page, Language.ZH).reasons]
    assert all(text.endswith("。") and "{" not in text for text in texts)


def test_review_in_a_library_is_taken_over(library: Library) -> None:
    found = figures(library)
    assert judged_by_review(found) is None
    judged = judged_by_review(replace(found, released=8, edited=3, rejected=2, minutes=20.0))
    assert judged == Judged(Source.LIBRARY, 5, 3, 2, 2.0)


def test_amounts_keep_the_digits_that_count() -> None:
    assert money(0.0004, Settings()) == "EUR 0.0004"
    assert money(1234.5, Settings(currency="¥")) == "¥ 1,234.50"


def test_the_command_writes_and_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pilot_owner, "load_run", lambda folder: run_of(MOSTLY_LOW))
    out = tmp_path / "page.html"
    arguments = [str(tmp_path), "--out", str(out), "--as-is", "40", "--rejected", "2", "--minutes", "60"]
    done = CliRunner().invoke(pilot_owner.owner, arguments)
    assert done.exit_code == 0, done.output
    assert "95 %" in out.read_text(encoding="utf-8")
    again = CliRunner().invoke(pilot_owner.owner, arguments)
    assert isinstance(again.exception, PilotError)
    assert again.exception.code == "file_exists"


def test_a_library_that_is_not_there_is_told_and_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pilot_owner, "load_run", lambda folder: run_of(MOSTLY_LOW))
    wrong = tmp_path / "wrong"
    arguments = [str(tmp_path), "--out", str(tmp_path / "page.html"), "--reviewed", str(wrong)]
    assert isinstance(CliRunner().invoke(pilot_owner.owner, arguments).exception, LibraryError)
    assert not wrong.exists()
