"""Users, review and the audit log from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from core import audit
from core.assistant.replay import Replayed
from core.audit import RecordKind
from core.calibrate.analysis import present_verifier
from core.cli import review_carry, touchstone
from core.encoders.embedder import Embedder
from core.errors import CoreError
from core.settings import Settings, load_settings, save_settings
from core.signing import keys as signing_keys
from core.signing.keys import Cost
from core.store import audit_log
from core.store.database import Library
from core.types import Answer, Decision, Language, Level
from core.words import say_error

ROOT, ANN = "root's passphrase", "ann's passphrase"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_keys, "COST", Cost(passes=1, kibibytes=64, lanes=1))


class Line:
    """The command line on this test's library; what it cannot do is put into words as ``main`` does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: object, **more: Any) -> Result:
        command = [*map(str, arguments), "--library", str(self.folder / "library")]
        return self._told(CliRunner().invoke(touchstone, command, **more))

    def away(self, *arguments: object, **more: Any) -> Result:
        """A command that needs no library."""
        return self._told(CliRunner().invoke(touchstone, [*map(str, arguments)], **more))

    def _told(self, result: Result) -> Result:
        if isinstance(result.exception, CoreError):
            assert all(say_error(result.exception, language) for language in Language)
        elif result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def passphrase(self, name: str, text: str) -> Path:
        file = self.folder / f"{name}.passphrase"
        file.write_text(text + "\n", encoding="utf-8")
        return file


def code(result: Result) -> str | None:
    return result.exception.code if isinstance(result.exception, CoreError) else None


def objects(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path)


@pytest.fixture
def held(line: Line, make_answer: Callable[..., Answer]) -> Answer:
    with Library.open(line.folder / "library") as library:
        answer = make_answer()
        audit.record_answer(library, answer, prompt="the prompt", context={})
    return answer


@pytest.fixture
def people(line: Line) -> Line:
    """An administrator and a reviewer, both let in by commands; passphrases once from a file, once piped."""
    root = line.passphrase("root", ROOT)
    assert (
        line.run("user", "add", "Root", "--role", "administrator", "--passphrase-file", root).exit_code == 0
    )
    added = line.run(
        "user", "add", "Ann", "--role", "reviewer", "--admin", "Root", "--admin-passphrase-file", root,
        input=ANN + "\n",
    )  # fmt: skip
    assert added.exit_code == 0, added.exception
    return line


def test_people_come_and_go(people: Line) -> None:
    listed = objects(people.run("user", "list", "--json"))
    assert [(each["name"], each["role"], each["disabled"]) for each in listed] == [
        ("Root", "administrator", False),
        ("Ann", "reviewer", False),
    ]
    assert all(len(each["key"]) == 64 for each in listed)
    assert code(people.run("user", "disable", "Ann")) == "administrator_needed"
    root = people.passphrase("root", ROOT)
    assert (
        people.run("user", "disable", "Ann", "--admin", "Root", "--admin-passphrase-file", root).exit_code
        == 0
    )
    assert objects(people.run("user", "list", "--json"))[1]["disabled"]
    reset = people.run("user", "reset", "Ann", "--admin", "Root", input=f"{ROOT}\nanother passphrase\n")
    assert reset.exit_code == 0, reset.exception
    again = objects(people.run("user", "list", "--json"))[1]
    assert not again["disabled"]
    assert again["key"] != listed[1]["key"]
    assert (
        people.run("user", "passwd", "Ann", input="another passphrase\nthe third passphrase\n").exit_code == 0
    )
    assert (
        code(people.run("user", "passwd", "Ann", input=f"{ANN}\nthe third passphrase\n"))
        == "passphrase_wrong"
    )


@pytest.mark.parametrize("option", ["--passphrase", "--password"])
def test_no_passphrase_is_ever_an_argument(line: Line, option: str) -> None:
    assert line.run("user", "add", "Root", "--role", "administrator", option, ROOT).exit_code == 2


def test_a_passphrase_file_that_is_not_there_is_said(line: Line) -> None:
    wrong = line.run("user", "add", "R", "--role", "administrator", "--passphrase-file", line.folder / "none")
    assert code(wrong) == "passphrase_file"


def test_a_single_user_decides_with_name_and_reason_as_ever(line: Line, held: Answer) -> None:
    assert objects(line.run("review", "list", "--json"))[0]["id"] == held.id
    shown = line.run("review", "show", held.id)
    assert "[1]" in shown.stdout
    assert code(line.run("review", "release", held.id, "--reason", "seen")) == "decision_name"
    done = line.run("review", "release", held.id, "--who", "Zoe", "--reason", "seen")
    assert (done.exit_code, done.stdout.strip()) == (0, held.text)
    assert line.run("audit", "verify").exit_code == 0


def test_a_claim_is_labelled_by_its_shown_number(line: Line, held: Answer) -> None:
    kept = objects(line.run("review", "label", held.id, 1, "supported", "--who", "Ann", "--json"))[0]
    assert (kept["claim"], kept["shown"], kept["verdict"], kept["overruled"]) == (
        0,
        "contradicted",
        "supported",
        True,
    )
    assert code(line.run("review", "label", held.id, 2, "supported", "--who", "Ann")) == "label_claim"
    assert line.run("review", "label", held.id, 1, "fine", "--who", "Ann").exit_code == 2


def test_a_rejection_takes_a_listed_reason(line: Line, held: Answer) -> None:
    assert line.run("review", "reject", held.id, "--who", "Ann", "--code", "outdated").exit_code == 0
    figures = objects(line.run("review", "figures", "--json"))[0]
    assert (figures["rejected"], figures["false_alarms"]["count"]) == (1, 1)
    assert line.run("review", "figures").exit_code == 0


def test_an_edited_text_goes_out_as_edited(line: Line, held: Answer) -> None:
    edited = line.folder / "edited.txt"
    edited.write_text("Hotels: up to 130 €.", encoding="utf-8")
    done = line.run(
        "review",
        "release",
        held.id,
        "--who",
        "Ann",
        "--reason",
        "corrected",
        "--text-file",
        edited,
        "--no-recheck",
    )
    assert done.stdout.strip() == "Hotels: up to 130 €."


def test_under_four_eyes_no_command_tells_an_unsigned_answer(people: Line, held: Answer) -> None:
    assert people.run("settings", "set", "four_eyes", "true").exit_code == 0
    for command in (["audit", "show", held.id], ["audit", "export", people.folder / "log.jsonl"]):
        assert people.run(*command).exit_code == 0
    written = people.run("audit", "show", held.id).stdout + (people.folder / "log.jsonl").read_text("utf-8")
    assert "Hotels are paid" not in written
    assert "the prompt" not in written
    assert code(people.run("review", "show", held.id)) == "signature_needed"
    assert (
        code(people.run("report", "answer", held.id, "--out", people.folder / "a.html")) == "export_unsigned"
    )
    assert code(people.run("review", "export", people.folder / "w.json")) == "signature_needed"
    undone = people.run("settings", "set", "four_eyes", "false")
    assert "four-eyes off" in undone.stderr
    assert code(people.run("review", "show", held.id)) == "signature_needed"
    read = people.run("review", "show", held.id, "--who", "Ann", input=ANN + "\n")
    assert "Hotels are paid" in read.stdout


# What these print is no stored answer's, or is asked for with a passphrase (`docs/trust.md` names the runs
# that leave no record). What `ask` and `check` tell is asked of the assistant and of `answer_object`.
TELL_NO_STORED_ANSWER = {
    *("add", "ask", "check", "demo", "desktop", "settings list", "settings reset", "settings set"),
    *("calibrate fit", "calibrate label", "calibrate revert", "calibrate sample", "calibrate use"),
    *("library backup", "library check", "library compact", "library forget", "library info", "library list"),
    *("library reindex", "library remove", "library restore", "library standing"),
    *("model add", "model estimate", "model list", "model passport", "model remove", "model test"),
    *(
        "pilot check",
        "pilot draft",
        "pilot owner",
        "pilot resume",
        "pilot run",
        "pilot show",
        "pilot template",
    ),
    *("report verifier", "review open", "review import", "audit retain"),
    *("user add", "user disable", "user four-eyes", "user list", "user passwd", "user reset"),
}


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


@pytest.mark.parametrize("level", [Level.LOW, Level.HIGH])
def test_under_four_eyes_every_command_is_silent_about_an_unsigned_answer(
    people: Line, make_answer: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, level: Level
) -> None:
    """A command that comes later must be put into one of the two lists."""
    made = make_answer(
        "Hotels are paid up to 150 €.", Decision.USABLE if level is Level.LOW else Decision.HELD
    )
    answer = replace(made, check=replace(made.check, level=level), asked_by="Bob")
    with Library.open(people.folder / "library") as library:
        audit.record_answer(library, answer, prompt="the prompt", context={}, sample_rate=1.0)
    assert people.run("settings", "set", "four_eyes", "true").exit_code == 0

    def replayed(*_: object) -> Iterator[Replayed]:
        yield Replayed(answer.id, (), (), answer)

    monkeypatch.setattr(sys.modules["core.cli.replay"], "replay", replayed)
    out = people.folder / "out"
    out.mkdir()
    tried: dict[str, list[list[object]]] = {
        "audit show": [[answer.id]],
        "audit list": [[], ["--json"]],
        "audit export": [[out / "log.jsonl"], [out / "log.csv"]],
        "audit replay": [[answer.id], [answer.id, "--json"]],
        "audit verify": [[], ["--json"]],
        "audit head": [[]],
        "audit anchor": [[]],
        "audit hold": [[answer.id, "--who", "Ann", "--reason", "court"]],
        "audit holds": [[]],
        "audit unhold": [[answer.id, "--who", "Ann", "--reason", "over"]],
        "review list": [[], ["--json"]],
        "review show": [[answer.id], [answer.id, "--who", "Ann"]],
        "review label": [[answer.id, 1, "supported", "--who", "Bob"], [answer.id, 1, "supported", "--json"]],
        "review assign": [[answer.id, "Ann", "--who", "Ann"]],
        "review export": [[out / "waiting.json"]],
        "review figures": [[], ["--json"]],
        "review release": [[answer.id, "--who", "Bob", "--reason", "mine"]],
        "review reject": [[answer.id, "--who", "Bob", "--reason", "mine"]],
        "report answer": [[answer.id, "--out", out / "a.html"], [answer.id, "--out", out / "a.pdf"]],
        "report pack": [[answer.id, "--out", out / "a.zip"]],
        "report period": [["--from", "2020-01-01", "--out", out / "p.html"]],
        "calibrate list": [[]],
        "audit erase": [[answer.id, "--who", "Ann", "--reason", "law"]],
    }
    assert set(tried) | TELL_NO_STORED_ANSWER == set(commands(touchstone))
    for command, runs in tried.items():
        for arguments in runs:
            told = people.run(*command.split(), *arguments).output
            assert not any(words in told for words in ("Hotels are paid", "up to 130", "the prompt")), command
    written = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(written) == {"log.jsonl", "log.csv", "p.html"}
    assert not any(b"Hotels are paid" in content or b"the prompt" in content for content in written.values())


def test_under_four_eyes_only_a_reviewer_labels_claims_for_calibration(
    people: Line, make_answer: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(people.folder / "library") as library:
        context = {"verifier": present_verifier()}
        audit.record_answer(library, make_answer(), prompt="p", context=context)
    assert people.run("calibrate", "sample", "--size", 10, "--who", "Ann").exit_code == 0
    save_settings(Settings(four_eyes=True))
    monkeypatch.setattr(Embedder, "open", lambda: None)
    refused = people.run("calibrate", "label", "--who", "Ann", input="not hers\n")
    assert code(refused) == "passphrase_wrong"
    assert "Hotels are paid" not in refused.output
    assert code(people.run("calibrate", "label")) == "signature_needed"
    read = people.run("calibrate", "label", "--who", "Ann", input=f"{ANN}\nn\n")
    assert read.exit_code == 0, read.output
    assert "Hotels are paid" in read.stdout


def test_what_was_asked_under_four_eyes_is_read_by_reviewers_only_when_they_were_lifted(
    people: Line, make_answer: Callable[..., Answer]
) -> None:
    asked = replace(make_answer(), four_eyes=True, asked_by="Bob")
    with Library.open(people.folder / "library") as library:
        audit.record_answer(library, asked, prompt="p", context={})
    assert code(people.run("review", "show", asked.id)) == "signature_needed"
    assert (
        "Hotels are paid" in people.run("review", "show", asked.id, "--who", "Ann", input=ANN + "\n").stdout
    )


def test_only_an_administrator_lifts_four_eyes(people: Line) -> None:
    save_settings(Settings())
    root = people.passphrase("root", ROOT)
    for state in ("on", "off"):
        assert code(people.run("user", "four-eyes", state)) == "administrator_needed"
        done = people.run("user", "four-eyes", state, "--admin", "Root", "--admin-passphrase-file", root)
        assert done.exit_code == 0
        assert audit.asks_for_four_eyes(people.folder / "library") is (state == "on")


def test_review_on_another_computer(people: Line, held: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, decisions = people.folder / "waiting.json", people.folder / "decisions.jsonl"
    assert people.run("review", "export", waiting, "--for", "Ann").exit_code == 0
    monkeypatch.setenv("TOUCHSTONE_HOME", str(people.folder / "elsewhere"))
    assert objects(people.away("review", "open", waiting, "--json"))[0]["id"] == held.id
    assert "Hotels are paid" in people.away("review", "open", waiting, "--show", held.id, "--pages").stdout
    assert people.away("review", "open", waiting, "--release", held.id, "--who", "Ann").exit_code == 2
    done = people.away(
        "review", "open", waiting, "--release", held.id, "--who", "Ann", "--reason", "fine",
        "--label", "1=supported", "--out", decisions, input=ANN + "\n",
    )  # fmt: skip
    assert done.exit_code == 0, done.exception
    assert (
        people.away("review", "open", waiting, "--release", held.id, "--label", "x", "--out", "d").exit_code
        == 2
    )
    assert not (people.folder / "elsewhere").exists(), "nothing is left on the other computer"
    first = people.run("review", "import", decisions, "--json")
    assert (first.exit_code, json.loads(first.stdout)["refused"]) == (0, None)
    second = people.run("review", "import", decisions, "--json")
    assert code(second) == "import_refused"
    assert json.loads(second.stdout.splitlines()[0])["refused"] == "decision_not_held"
    assert people.run("audit", "verify").exit_code == 0


def test_a_decision_after_one_that_was_cut_short_stands_on_a_line_of_its_own(
    people: Line, held: Answer
) -> None:
    """As when the disk of the other computer was full."""
    waiting, decisions = people.folder / "w.json", people.folder / "d.jsonl"
    people.run("review", "export", waiting)
    decisions.write_text('{"format":"touchstone-dec', encoding="utf-8")
    done = people.away(
        "review", "open", waiting, "--release", held.id, "--who", "Ann", "--reason", "fine",
        "--out", decisions, input=ANN + "\n",
    )  # fmt: skip
    assert done.exit_code == 0, done.exception
    taken = people.run("review", "import", decisions, "--json").stdout.splitlines()
    assert [json.loads(line)["refused"] for line in taken] == ["import_damaged", None]


def test_an_edit_from_another_computer_is_checked_again(
    people: Line, held: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, decisions, edited = (people.folder / name for name in ("w.json", "d.jsonl", "edited.txt"))
    people.run("review", "export", waiting)
    edited.write_text("Hotels: 950 €.", encoding="utf-8")
    done = people.away(
        "review", "open", waiting, "--release", held.id, "--who", "Ann", "--reason", "corrected",
        "--text-file", edited, "--out", decisions, input=ANN + "\n",
    )  # fmt: skip
    assert done.exit_code == 0, done.exception
    checked = replace(held.check, answer="Hotels: 950 €.")
    monkeypatch.setattr(review_carry, "checker", lambda folder: lambda text, question: checked)
    taken = people.run("review", "import", decisions, "--json")
    assert json.loads(taken.stdout)["rechecked"] == {"level": checked.level.value, "risk": checked.risk}
    with Library.open(people.folder / "library") as library:
        (body,) = (json.loads(record.body) for record in audit_log.records_of(library, "decision"))
    assert body["rechecked"] == {"level": checked.level.value, "risk": checked.risk}


def test_an_anchor_is_kept_and_compared(line: Line, held: Answer) -> None:
    made = objects(line.run("audit", "anchor", "--json"))[0]
    assert made["records"] == 2
    assert made["key"] in line.run("audit", "anchor").stdout
    verified = line.run("audit", "verify", "--head", made["head"], "--key", made["key"])
    assert verified.exit_code == 0, verified.output
    assert line.run("audit", "verify", "--head", "0" * 63 + "1").exit_code == 1
    assert line.run("audit", "verify", "--key", "ab" * 32).exit_code == 1
    told = json.loads(line.run("audit", "verify", "--json").stdout)
    assert (told["holds"], told["findings"], told["keys"][0]["fingerprint"]) == (True, [], made["key"])


def test_an_anchor_that_is_due_is_said(line: Line, held: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one a log could be cut at its end and nobody would see."""
    assert "No anchor" in line.run("audit", "verify").stderr
    line.run("audit", "anchor")
    fresh = line.run("audit", "verify", "--json")
    assert json.loads(fresh.stdout)["anchored"] == 2
    assert "anchor" not in line.run("audit", "verify").stderr
    monkeypatch.setattr(sys.modules["core.cli.audit"], "MANY_SINCE_ANCHOR", 3)
    for _ in range(4):
        line.run("review", "assign", held.id, "Ann", "--who", "Ann")
    assert "4 records have come since" in line.run("audit", "verify").stderr


def test_the_log_leaves_as_a_table(line: Line, held: Answer) -> None:
    assert line.run("audit", "export", line.folder / "log.csv").exit_code == 0
    assert (line.folder / "log.csv").read_text("utf-8-sig").startswith("seq,at,kind,answer_id")


def test_holds_and_retention(line: Line, held: Answer) -> None:
    assert line.run("audit", "hold", held.id, "--who", "Counsel", "--reason", "case 12").exit_code == 0
    assert objects(line.run("audit", "holds", "--json"))[0]["who"] == "Counsel"
    assert code(line.run("audit", "erase", held.id, "--who", "Ann", "--reason", "law")) == "erase_held"
    assert line.run("audit", "unhold", held.id, "--who", "Counsel", "--reason", "closed").exit_code == 0
    kept = objects(line.run("audit", "retain", "--days", 30, "--who", "Ann", "--reason", "rule", "--json"))[0]
    assert (kept["erased"], kept["held"]) == ([], 0)
    assert line.run("audit", "erase", held.id, "--who", "Ann", "--reason", "law").exit_code == 0


def test_changed_settings_are_in_the_log(line: Line, held: Answer) -> None:
    assert line.run("settings", "set", "passages", 7).exit_code == 0
    assert line.run("settings", "reset").exit_code == 0
    assert load_settings() == Settings()
    with Library.open(line.folder / "library") as library:
        found = [
            json.loads(each.body)["changed"] for each in audit_log.records_of(library, RecordKind.SETTINGS)
        ]
    assert found == [{}, {"passages": [7, 4]}]
