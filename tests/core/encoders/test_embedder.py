from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from core.encoders.embedder import FOLDER, Embedder, Kind
from core.errors import VerifierError

PASSAGES = (
    "Employees may carry over up to five days of unused annual leave into the next year.",
    "The supplier shall deliver the goods within 30 days of receipt of the purchase order.",
    "Visitors must wear a badge at all times inside the data centre.",
    "员工每年享有十天带薪年休假，未休的假期可以结转到次年三月底。",
    "供应商应当在收到订单之日起三十日内交货，逾期按日支付违约金。",
    "数据中心内的访客必须全程佩戴证件，并由本公司员工陪同。",
)
QUESTIONS = (
    ("How many holidays can I keep for next year?", 0),
    ("When does the vendor have to deliver?", 1),
    ("Do guests need a badge in the server room?", 2),
    ("年假可以留到明年用吗？", 3),
    ("晚交货会怎么样？", 4),
    ("外来人员进机房有什么要求？", 5),
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder.open(threads=1)


def test_vectors_are_unit_length(embedder: Embedder) -> None:
    vectors = embedder.embed(PASSAGES, Kind.PASSAGE)
    assert vectors.shape == (6, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_questions_find_their_passage_in_both_languages(embedder: Embedder) -> None:
    found = embedder.embed(PASSAGES, Kind.PASSAGE)
    asked = embedder.embed([question for question, _ in QUESTIONS], Kind.QUERY)
    assert list((asked @ found.T).argmax(1)) == [right for _, right in QUESTIONS]


def test_meaning_crosses_languages(embedder: Embedder) -> None:
    chinese = embedder.embed(PASSAGES[3:], Kind.PASSAGE)
    english = embedder.embed([question for question, _ in QUESTIONS[:3]], Kind.QUERY)
    assert list((english @ chinese.T).argmax(1)) == [0, 1, 2]


def test_neighbours_and_threads_never_change_a_vector(embedder: Embedder) -> None:
    together = embedder.embed(PASSAGES, Kind.PASSAGE)
    alone = np.concatenate([embedder.embed([text], Kind.PASSAGE) for text in reversed(PASSAGES)])
    assert np.array_equal(together, alone[::-1])
    assert np.array_equal(together, Embedder.open(threads=2).embed(PASSAGES, Kind.PASSAGE))


def test_the_two_kinds_differ(embedder: Embedder) -> None:
    query, passage = (embedder.embed(PASSAGES[:1], kind) for kind in (Kind.QUERY, Kind.PASSAGE))
    assert not np.array_equal(query, passage)


def test_empty_and_endless_texts_have_a_vector(embedder: Embedder) -> None:
    vectors = embedder.embed(["", "\ud800", "词 " * 20_000], Kind.PASSAGE)
    assert np.isfinite(vectors).all()


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.embed([], Kind.QUERY).shape == (0, 384)


def test_an_absent_folder_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(VerifierError) as caught:
        Embedder(folder=tmp_path)
    assert (caught.value.code, caught.value.params) == ("encoder_missing", {"file": "manifest.json"})


@pytest.mark.parametrize("name", ["pieces.model", "tokens.npy", "scales.npy", "embedder.onnx"])
def test_one_changed_byte_is_an_error_in_words(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "encoder"))
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(VerifierError) as caught:
        Embedder(folder=folder)
    assert caught.value.params == {"file": name}
