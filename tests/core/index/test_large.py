"""Five thousand passages, one of which holds the answer."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.index.ingest import add
from core.index.search import Searcher
from core.store.database import Library
from core.store.documents import count_passages

_ENGLISH = """hotel travel contract leave price server access report manager supplier invoice budget training
security customer delivery warranty meeting quarter approval policy office team
laptop visitor insurance audit"""
_CHINESE = """酒店 差旅 合同 年假 价格 服务器 权限 报告 经理 供应商 发票 预算 培训 安全 客户 交付 保修 会议
季度 审批 制度 办公室 团队 电脑 访客 保险 审计"""
_NEEDLE_EN = "The deposit for a visitor badge is 17 euro and is paid back when the badge is returned."
_NEEDLE_ZH = "访客证押金为十七元，归还证件时退还。"


def _english(rng: random.Random) -> str:
    a, b, c = rng.sample(_ENGLISH.split(), 3)
    return f"The {a} of the {b} is decided with the {c} and costs {rng.randint(20, 9999)} euro a year. " * 4


def _chinese(rng: random.Random) -> str:
    a, b, c = rng.sample(_CHINESE.split(), 3)
    return f"{a}的{b}由{c}决定，每年费用为{rng.randint(20, 9999)}元，须经部门负责人书面同意。" * 4


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten files of 500 sections; the answers stand in the middle of the third and the seventh."""
    folder, rng = tmp_path_factory.mktemp("large"), random.Random(5)
    for number in range(10):
        sections = [(_english if number % 2 else _chinese)(rng) for _ in range(500)]
        if number == 3:
            sections[250] = _NEEDLE_EN
        if number == 6:
            sections[250] = _NEEDLE_ZH
        text = "\n\n".join(f"# {number}.{index}\n\n{section}" for index, section in enumerate(sections))
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    with Library.open(folder / "library") as library:
        list(add(library, sorted(folder.glob("*.md")), None))
        assert count_passages(library) >= 5000
    return folder / "library"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How much is the deposit for a visitor badge?", _NEEDLE_EN),
        ("When do I get the money for my badge back?", _NEEDLE_EN),
        ("访客证的押金是多少？", _NEEDLE_ZH),
        ("訪客證的押金是多少？", _NEEDLE_ZH),
        ("归还证件时能退多少钱", _NEEDLE_ZH),
    ],
)
def test_the_one_passage_is_found_among_five_thousand(large: Path, question: str, answer: str) -> None:
    with Library.open(large, create=False) as library:
        (hit, *_) = Searcher(library, None).search(question)
        assert answer in hit.passage.text
