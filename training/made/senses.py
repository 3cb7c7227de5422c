"""When a listed word means something else where it stands, or is only part of another word."""

from __future__ import annotations

import re


def article_fits(sentence: str, start: int, form: str) -> bool:
    """Whether a word may follow the "a" or "an" that stands before it."""
    article = re.search(r"\b(an?) $", sentence[:start], re.IGNORECASE)
    return article is None or (len(article[1]) == 2) == (form[0] in "aeioAEIO" or form.startswith("un"))


_NOT_BEFORE = {
    "负责": "人", "有效": "期性", "合法": "权", "所有": "权者人制", "印度": "尼教洋", "被告": "人",
    "原告": "人", "公开": "招发", "均": "价线值衡匀", "成立": "于", "支持": "向者", "收入": "支",
    "进口": "关", "可以": "的是", "多数": "表", "直接": "责", "开始": "日时", "第一次": "性",
    "北京": "时人", "法国": "大", "最大": "限程化", "最高": "人额", "最低": "限", "应当": "知",
}  # fmt: skip
_MEASURED = "年月日天时元%％级岁人次倍数度名家"


def unfit_zh(word: str, sentence: str, start: int, end: int) -> bool:
    """Words that are only part of another word, or mean something else here."""
    after, before = sentence[end : end + 1], sentence[max(0, start - 1) : start]
    if after and after in _NOT_BEFORE.get(word, ""):
        return True
    if word in ("以上", "以下", "以内", "之内"):
        return before not in tuple(_MEASURED)
    if word == "所有" and after in ("", *"，。、；的"):
        return True
    return before in ("平", "人") and word == "均"


_ADJECTIVES = ("open", "current", "end", "major", "public", "private", "second", "above", "below")
_SCARCE = ("most", "few", "more than", "less than")
_AUXILIARY = ("is", "are", "was", "were", "will", "can", "may", "must")


def unfit_en(word: str, sentence: str, start: int, end: int) -> bool:
    """Small words that only sometimes mean what they are listed for."""
    after, before = sentence[end : end + 12].lower(), sentence[max(0, start - 14) : start].lower()
    return any(
        (
            word in _SCARCE and before.endswith((" at ", " the ", " a ", " no ", " not ")),
            word in ("longer", "only", "public", "private") and before.endswith(("no ", "the ", "not ")),
            word in ("with", "without") and before.endswith(" along "),
            word in ("with", "without") and not re.match(r"\s(the|a|an|any|his|her|its|their)\s", after),
            word in ("first", "last", "second", "third") and not before.endswith("the "),
            word in _AUXILIARY and re.match(r"\s(not|n't|only|there|it|also)\b", after),
            word in ("may", "must", "may not", "must not") and re.match(r"\s(have|want|need|also)\b", after),
            word in ("may", "may not", "must not") and re.match(r"\s(or|be)\b", after),
            word in ("responsible", "liable", "refundable", "exclusive") and before.endswith("not "),
            word == "May",
            word == "all" and re.match(r"\s(over|but|in)\b", after),
            word == "if" and before.endswith(("even ", "as ", "only ")),
            word in _ADJECTIVES and not re.match(r"\s[a-z]", after),
        )
    )
