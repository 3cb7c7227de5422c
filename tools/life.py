"""One answer's life, from the question to a byte that was changed in its evidence, in both languages.

    python -m tools.life [--out FILE] [--languages en zh]

Runs the command line for real, in a temporary folder with a home of its own, on the sample documents and with
the small model (``make models-small``). English: a question is asked, held, released by a second person.
Chinese: a letter from elsewhere is checked, held, corrected and released on another computer, checked again.
Both: exported as PDF, log and evidence pack, checked by the stand-alone verifier in a folder from which no
code of ours can be imported, one byte changed and caught, the words erased. Every step must end as it should,
or the script stops. The transcript goes to ``docs/life.md``; what it says in between is ``tools/life.toml``.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import ModelError
from core.llm import catalog
from core.sample import SAMPLE, sample_files, sample_questions
from core.types import Language
from core.words import say_error
from tools.life_transcript import ROOT, WORDS, Life, lend, link

HELD, FAILED = 3, 1


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part, by the names that each language knows."""

    root: str
    asker: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What the receiver is told over another channel: a head of the log, the keys of library and reviewer."""

    head: str
    key: str
    reviewer: str


PEOPLE = {Language.EN: People("Root", "Bob", "Ann"), Language.ZH: People("管理员", "王芳", "李明")}


def live(life: Life) -> None:
    """The whole way of one answer."""
    people = PEOPLE[life.language]
    _set_up(life, people)
    life.say("ask")
    english = life.language is Language.EN
    answer_id = (_ask if english else _check)(life)
    _closed(life, people, answer_id)
    (_release_here if english else _release_elsewhere)(life, people, answer_id)
    noted = _hand_out(life, answer_id)
    _receive(life, noted)
    life.say("whole")
    compared = ("audit", "verify", "--head", noted.head, "--key", noted.key)
    life.run(*compared)
    life.say("erased")
    life.run("audit", "erase", answer_id, "--who", people.root, "--reason", WORDS["law"][life.language.value])
    life.run(*compared)


def _set_up(life: Life, people: People) -> None:
    for at in ("firm", "elsewhere", "receiver", "nothing"):
        (life.folder / at).mkdir(parents=True)
    models = life.folder / "firm" / "home" / "models"
    models.mkdir(parents=True)
    link(life.model, models / life.model.name)
    documents = life.folder / "firm" / "documents"
    documents.mkdir()
    for file in sample_files(life.language):
        shutil.copyfile(file, documents / file.name)
    for name in (people.root, people.reviewer):
        (life.folder / "firm" / f"{name}.txt").write_text(f"{name}: four plain words here\n", "utf-8")
    for at in ("firm", "elsewhere"):
        life.run("settings", "set", "language", life.language.value, at=at, quiet=True)
    life.say("people")
    admin = ("--admin", people.root, "--admin-passphrase-file", f"{people.root}.txt")
    root_file, reviewer_file = f"{people.root}.txt", f"{people.reviewer}.txt"
    life.run("user", "add", people.root, "--role", "administrator", "--passphrase-file", root_file)
    life.run("user", "add", people.reviewer, "--role", "reviewer", "--passphrase-file", reviewer_file, *admin)
    life.run("user", "add", people.asker, *admin)
    life.run("user", "four-eyes", "on", *admin)
    life.run("settings", "set", "reviewer", people.asker)
    life.say("documents")
    life.run("add", "documents")


def _ask(life: Life) -> str:
    _silent(life.run("ask", sample_questions(life.language)[0], expect=HELD))
    return _newest(life)


def _check(life: Life) -> str:
    shutil.copyfile(SAMPLE / "letter_zh.md", life.folder / "firm" / "letter.md")
    _silent(life.run("check", "letter.md", expect=HELD))
    return _newest(life)


def _silent(told: str) -> None:
    """Under four eyes a held answer is told by what became of it and its id, in two lines."""
    if len(told.strip().splitlines()) != 2:
        raise SystemExit(f"more is told than that the answer is held:\n{told}")


def _newest(life: Life) -> str:
    return str(json.loads(life.run("audit", "list", "--limit", "1", "--json", quiet=True))["id"])


def _closed(life: Life, people: People, answer_id: str) -> None:
    life.say("closed")
    life.run("report", "pack", answer_id, "--out", "pack.zip", expect=FAILED)
    shown = life.run("audit", "show", answer_id, quiet=True)
    if any(text is not None for line in shown.splitlines() for text in json.loads(line)["texts"].values()):
        raise SystemExit("the log tells words of a held answer")
    life.run("review", "release", answer_id, "--who", people.asker, "--reason", "…", expect=FAILED)


def _release_here(life: Life, people: People, answer_id: str) -> None:
    life.say("queue")
    life.run("review", "list")
    life.run("review", "show", answer_id, *life.sign_in(people.reviewer))
    life.say("label")
    life.run("review", "label", answer_id, "1", "supported", "--who", people.reviewer)
    life.run(
        *("review", "release", answer_id, *life.sign_in(people.reviewer)),
        *("--reason", WORDS["reason"]["en"], "--caveat", WORDS["caveat"]["en"]),
    )


def _release_elsewhere(life: Life, people: People, answer_id: str) -> None:
    name = people.reviewer
    life.say("queue")
    life.run("review", "list")
    life.run("review", "export", "waiting.json", "--for", name, *life.sign_in(name))
    for file in ("waiting.json", f"{name}.txt"):
        shutil.copyfile(life.folder / "firm" / file, life.folder / "elsewhere" / file)
    life.say("label")
    life.run("review", "open", "waiting.json", "--show", answer_id, at="elsewhere")
    life.say("carried")
    edited, number = _corrected(life)
    (life.folder / "elsewhere" / "corrected.md").write_text(edited, encoding="utf-8")
    life.run(
        *("review", "open", "waiting.json", "--release", answer_id, *life.sign_in(name)),
        *("--reason", WORDS["reason"]["zh"], "--label", f"{number}=contradicted"),
        *("--text-file", "corrected.md", "--out", "decisions.jsonl"),
        at="elsewhere",
    )
    shutil.copyfile(life.folder / "elsewhere" / "decisions.jsonl", life.folder / "firm" / "decisions.jsonl")
    life.say("import")
    life.run("review", "import", "decisions.jsonl")


def _corrected(life: Life) -> tuple[str, int]:
    """The letter as the contract has it, and the number of the claim with the wrong figure."""
    listed = tomllib.loads((SAMPLE / "letter.toml").read_text(encoding="utf-8"))["letter"]
    (letter,) = (one for one in listed if one["language"] == life.language.value)
    text = (SAMPLE / letter["file"]).read_text(encoding="utf-8")
    wrong = next(one for one in letter["statement"] if one["truth"] == "wrong")
    shown = life.run("review", "open", "waiting.json", "--show", _newest(life), at="elsewhere", quiet=True)
    number = next(
        re.search(r"\[(\d+)\]", line)
        for line in shown.splitlines()
        if wrong["number"] in line and "[" in line
    )
    for statement in letter["statement"]:
        if statement["truth"] == "wrong":
            text = text.replace(statement["number"], statement["right"])
        elif statement["truth"] == "invented":
            text = text.replace(statement["text"], "")
    assert number is not None
    return text, int(number[1])


def _hand_out(life: Life, answer_id: str) -> Noted:
    """Export everything; what is noted outside of the library goes before the pack, which then holds it."""
    life.say("anchor")
    head, key = re.findall(r"[0-9a-f]{64}", life.run("audit", "anchor"))[:2]
    listed = life.run("user", "list").splitlines()
    reviewer = next(line.split()[-1] for line in listed if line.startswith(PEOPLE[life.language].reviewer))
    life.say("out")
    life.run("report", "answer", answer_id, "--out", "answer.pdf")
    life.run("audit", "export", "log.jsonl")
    life.run("report", "pack", answer_id, "--out", "pack.zip")
    life.run("report", "verifier")
    return Noted(head, key, reviewer)


def _receive(life: Life, noted: Noted) -> None:
    firm, receiver = life.folder / "firm", life.folder / "receiver"
    for name in ("pack.zip", "pack.zip.sig", "verify.py"):
        shutil.copyfile(firm / name, receiver / name)
    shutil.copytree(firm / "documents", receiver / "documents")
    link(life.model, receiver / "model.gguf")
    lend(life.folder / "lent")
    life.say("receiver")
    life.python("import core", expect=FAILED)
    spoken = ("--lang", life.language.value)
    keys = ("--key", noted.key, "--reviewer", noted.reviewer, "--head", noted.head)
    files = ("--documents", "documents", *(("--model", "model.gguf") if life.language is Language.EN else ()))
    seen = life.verify("pack.zip", *keys, *files, *spoken)
    if "FAIL" in seen or "NOT CHECKED" in seen:
        raise SystemExit(f"something was left unchecked:\n{seen}")
    life.say("bare")
    life.verify("pack.zip", *spoken, lent=False)
    life.say("changed")
    _change(life, receiver / "pack.zip")
    life.verify("pack.zip", *keys, *files, *spoken, expect=FAILED)


def _change(life: Life, pack: Path) -> None:
    """Another digit in the text that was released."""
    content = bytearray(pack.read_bytes())
    wanted = b"30 days" if life.language is Language.EN else "286,000元".encode()
    at = content.index(wanted)
    before = chr(content[at])
    content[at] ^= 1
    pack.write_bytes(content)
    life.note(f"pack.zip, byte {at}: {before!r} -> {chr(content[at])!r}")


def page(parts: Mapping[Language, list[str]]) -> str:
    """The transcript as one page."""
    lines: list[str] = []
    for language, part in parts.items():
        title, note = (WORDS[key][language.value] for key in ("title", "note"))
        lines += [f"{'#' if not lines else '##'} {title}", "", note, *part, ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Live through it in each language and write the transcript."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "life.md")
    parser.add_argument("--languages", nargs="*", type=Language, default=list(Language))
    options = parser.parse_args()
    try:
        model = catalog.find(catalog.SMALL).path
    except ModelError as error:
        raise SystemExit(f"{say_error(error, Language.EN)}\nRun `make models-small` first.") from error
    parts = {}
    with tempfile.TemporaryDirectory(prefix="life-") as name:
        for language in options.languages:
            life = Life(language, Path(name) / language.value, model)
            live(life)
            parts[language] = life.lines
    text = page(parts)
    print(text)
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
