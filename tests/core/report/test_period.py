from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from core import audit, exports, review
from core.cli import touchstone
from core.errors import LibraryError
from core.exports import ReportFormat
from core.report.period import Overruled, Topic, collect
from core.report.period_pages import period_page, period_report
from core.store import answers
from core.store.database import Library
from core.types import Answer, Decision, Language, Level, Verdict

MakeAnswer = Callable[..., Answer]
TODAY = date.fromisoformat(audit.now()[:10])
HOSTILE = "<script>alert(1)</script> =cmd() \u202egpj.exe"


def record(library: Library, answer: Answer, **changes: object) -> Answer:
    answer = replace(answer, id=audit.new_answer_id(), **changes)  # type: ignore[arg-type]
    audit.record_answer(library, answer, prompt="", context={})
    return answer


def uncovered(answer: Answer) -> Answer:
    claim = replace(answer.check.claims[0], verdict=Verdict.NOT_FOUND, evidence=())
    return replace(answer, check=replace(answer.check, claims=(claim,)))


@pytest.fixture
def worked(library: Library, make_answer: MakeAnswer) -> Library:
    """A day: a release after an overruled verdict, a rejection, a pass, three questions left open."""
    base = make_answer()
    held = record(library, base)
    review.label_claim(library, held.id, 0, Verdict.SUPPORTED, who="Ann Lee", reason="stands on page 3")
    review.release(library, held.id, who="Ann Lee", reason="checked", final_text="Up to 130 €.")
    review.reject(library, record(library, base).id, who="Ann Lee", reason="wrong")
    low = replace(base, check=replace(base.check, level=Level.LOW, risk=0.1))
    record(library, low, decision=Decision.USABLE)
    for question in ("How long is parental leave?", "how long is PARENTAL leave ?", "年终奖发几个月工资？"):
        record(library, uncovered(base), question=question)
    return library


def test_the_figures_of_a_day(worked: Library) -> None:
    period = collect(worked, TODAY, TODAY)
    assert period.answers == 6
    assert dict(period.levels) == {Level.HIGH: 5, Level.LOW: 1}
    assert dict(period.decisions) == {
        Decision.RELEASED: 1,
        Decision.REJECTED: 1,
        Decision.USABLE: 1,
        Decision.HELD: 3,
    }
    assert (period.released, period.rejected, period.edited, period.labelled) == (1, 1, 1, 1)
    assert period.overruled == (Overruled(Verdict.CONTRADICTED, Verdict.SUPPORTED, 1),)
    assert dict(period.verdicts) == {Verdict.CONTRADICTED: 3, Verdict.NOT_FOUND: 3}
    assert [part.start for part in period.slices] == [TODAY]


def test_questions_that_say_nearly_the_same_are_one_topic(worked: Library) -> None:
    topics = collect(worked, TODAY, TODAY).topics
    assert topics[0].count == 2
    assert topics[0].question.casefold().startswith("how long is parental leave")
    assert Topic("年终奖发几个月工资？", 1) in topics
    assert not any("hotel" in topic.question for topic in topics)


def test_other_days_are_left_out(worked: Library) -> None:
    period = collect(worked, date(2020, 1, 1), date(2020, 12, 31))
    assert period.answers == 0
    assert period.released == 0
    assert not period.topics
    assert len(period.slices) == 12


@pytest.mark.parametrize(
    ("last", "slices", "second"),
    [
        (date(2026, 1, 5), 5, date(2026, 1, 2)),
        (date(2026, 3, 1), 9, date(2026, 1, 5)),
        (date(2026, 12, 31), 12, date(2026, 2, 1)),
        (date(2029, 6, 1), 4, date(2027, 1, 1)),
    ],
)
def test_a_chart_has_few_rows(library: Library, last: date, slices: int, second: date) -> None:
    found = collect(library, date(2026, 1, 1), last).slices
    assert len(found) == slices
    assert found[1].start == second


def test_a_period_that_ends_before_it_begins_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError, match="period_backwards"):
        collect(library, date(2026, 2, 1), date(2026, 1, 1))


def test_erased_answers_are_counted_without_their_question(worked: Library) -> None:
    before = collect(worked, TODAY, TODAY)
    asked = next(row for row in answers.list_answers(worked) if row.question and "年终奖" in row.question)
    audit.erase(worked, asked.id, who="Ann Lee", reason="law")
    after = collect(worked, TODAY, TODAY)
    assert after.answers == before.answers
    assert "年终奖" not in str(after.topics)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(ReportFormat))
def test_both_forms_in_both_languages(
    worked: Library, tmp_path: Path, language: Language, kind: ReportFormat
) -> None:
    path = tmp_path / f"period.{kind}"
    exports.export_period(worked, TODAY, TODAY, path, language, kind)
    if kind is ReportFormat.PDF:
        document = pypdfium2.PdfDocument(path.read_bytes())
        said = "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
    else:
        said = path.read_text(encoding="utf-8")
    for expected in (
        "parental leave",
        "年终奖",
        {Language.EN: "Releases", Language.ZH: "放行次数"}[language],
    ):
        assert expected.casefold() in said.casefold()
    assert audit.verify(worked).holds


def told(library: Library, path: Path, first: date, last: date) -> dict[str, str]:
    """The rows of the page, name -> figure."""
    exports.export_period(library, first, last, path, Language.EN)
    page = path.read_text(encoding="utf-8")
    return dict(re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", page))


def test_misses_and_false_alarms_stand_in_the_report_with_their_intervals(
    library: Library, make_answer: MakeAnswer, tmp_path: Path
) -> None:
    base, yesterday = make_answer(), f"{TODAY - timedelta(days=1)}T12:00:00.000000+00:00"
    low = replace(base, check=replace(base.check, level=Level.LOW, risk=0.1), decision=Decision.USABLE)
    for number in range(4):
        passed = replace(low, id=audit.new_answer_id(), created_at=yesterday if number else audit.now())
        audit.record_answer(library, passed, prompt="", context={}, sample_rate=1.0)
        if number < 2:
            review.reject(library, passed.id, who="Ann", reason="wrong")
        else:
            review.release(library, passed.id, who="Ann", reason="fine")
    for _ in range(2):
        held = record(library, base, created_at=audit.now())
        review.release(library, held.id, who="Ann", reason="a false alarm")
    missed, alarms = "Bad answers among those that passed as low", "False alarms among the held answers"
    path = tmp_path / "p.html"
    both = told(library, path, TODAY - timedelta(days=1), TODAY)
    assert both[missed] == "50.0% (6.8% to 93.2%); 2 of 4 that were looked at"
    assert both[alarms] == "100.0% (15.8% to 100.0%); 2 of 2 that were looked at"
    before = told(library, path, TODAY - timedelta(days=1), TODAY - timedelta(days=1))
    assert before[missed] == "33.3% (0.8% to 90.6%); 1 of 3 that were looked at"
    assert before[alarms] == "none has been looked at yet"


def test_an_empty_period_is_said_in_words(library: Library) -> None:
    report = period_report(collect(library, TODAY, TODAY), Language.EN, head="", made_at=audit.now())
    assert "None in this period." in period_page(report, Language.EN)


def test_questions_are_escaped(library: Library, make_answer: MakeAnswer) -> None:
    record(library, uncovered(make_answer()), question=HOSTILE)
    report = period_report(collect(library, TODAY, TODAY), Language.EN, head="", made_at=audit.now())
    page = period_page(report, Language.EN)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "[U+202E]" in page


def test_the_command_line_writes_a_period(worked: Library, tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    command = ["report", "period", "--from", TODAY.isoformat(), "--out", str(out)]
    result = CliRunner().invoke(touchstone, [*command, "--library", str(worked.folder)])
    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert CliRunner().invoke(touchstone, ["report", "period", "--from", "yesterday"]).exit_code == 2
