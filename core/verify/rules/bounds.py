"""Which side of a value its words leave open: at least, at most, more than, less than."""

# ruff: noqa: E501 - patterns stay whole, so that they can be read and compared

from __future__ import annotations

import re

from core.verify.rules.measures import Bound

_LOOK_BACK = 36
_FILLER = r"(?:an?\s(?:further\s|additional\s)?|another\s)?|[需要须应可以能提前为有借用休达缴纳付收]{0,4}"
_BEFORE = re.compile(
    rf"(?a)(?:(?P<at_least>(?:\b(?:at least|(?:no|not) (?:less|fewer|lower|shorter|smaller|earlier) than|(?:a )?minimum(?: of)?|from|"
    rf"(?:greater|more|higher|larger) than or equal to)|\bmin\.?|≥|≧|>=|至少|(?:不得?|不能|不可)(?:少于|低于|短于|小于|早于)|最少|最低|最短|下限[为是]|(?:大于|高于|多于)(?:或)?等于|年?满(?!足|意))(?:\s?(?:{_FILLER})))|"
    rf"(?P<at_most>(?:\b(?:at most|(?:no|not) (?:more|later|longer|higher|larger|greater) than|up to|(?:a )?maximum(?: of)?|not (?:to )?exceed(?:ing)?|"
    rf"within|(?:less|fewer|lower|smaller) than or equal to)|(?<!\d\s)\bmax\.?|≤|≦|<=|至多|(?:不得?|不能|不可)(?:超过|超出|高于|多于|大于|长于|晚于|迟于)|最多|最高|最长|最迟|上限[为是]|(?:小于|低于|少于)(?:或)?等于)(?:\s?(?:{_FILLER})))|"
    rf"(?P<more>\b(?:more than|over|above|exceed(?:s|ing)?|greater than|beyond)|>|超过|超出|高于|多于|大于|逾)|"
    rf"(?P<less>\b(?:less than|fewer than|under|below)|<|低于|少于|小于|不足|不满|未满))$"
)
_AFTER = re.compile(
    r"[\s个名人位项条件家份张台户种类部辆套间层批笔期场页字点]?(?:(?P<at_least>\s?(?:or (?:more|above|over|longer|older|greater|higher|later)\b|and (?:above|over)\b|at (?:the )?(?:very )?least\b|minimum\b)|[或及含]?以上|起(?!草|诉|算|来|止|点|因|始|计|至))|"
    r"(?P<at_most>\s?(?:or (?:less|fewer|below|under|shorter|younger|lower|earlier)\b|at (?:the )?(?:very )?(?:most|latest)\b|maximum\b)|[或及含]?以下|以内|之内|内(?!部|容|外|地|蒙|政|含|存|科)))"
)


_NOT_YET = re.compile(r"(?:以前|之前|前)")


def bound_of(folded: str, start: int, end: int) -> Bound | None:
    """The bound that the words around ``folded[start:end]`` set, None where they set none."""
    after = _AFTER.match(folded, end)
    if after:
        return Bound(str(after.lastgroup))
    if _NOT_YET.match(folded, end) and folded[max(0, start - 1) : start] == "满":
        return Bound.LESS  # 满一周岁以前
    found = _BEFORE.search(folded[max(0, start - _LOOK_BACK) : start].rstrip(" 了$€£¥:："))
    return Bound(str(found.lastgroup)) if found else None
