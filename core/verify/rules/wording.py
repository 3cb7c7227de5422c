"""Words that turn a statement: may or must, all or some, before or after, and exceptions left out.

Each axis has two poles, spelled in both languages, so that a Chinese claim can be held against English
evidence. A hit needs one pole in the claim and only the other in the sentences it is about.
"""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.documents.fold import fold
from core.verify.rules.hits import Aligned, Rule, RuleHit

_ALIGNED_FROM = 0.4


@dataclass(frozen=True, slots=True)
class _Axis:
    """Two opposite ways of saying something; ``rule`` names the hit."""

    rule: Rule
    name: str
    one: re.Pattern[str]
    other: re.Pattern[str]
    both_ways: bool = True


def _axis(rule: Rule, name: str, one: str, other: str, *, both_ways: bool = True) -> _Axis:
    return _Axis(rule, name, re.compile(one), re.compile(other), both_ways)


_FORBID = r"\b(?:must|may|shall|can|should)\s?not\b|\bcannot\b|\bcan['’]t\b|prohibit|forbid|not (?:be )?(?:allowed|permitted)|\bbanned?\b|不得|禁止|严禁|不准|不允许|不许|不能"
_ALLOW = r"\b(?:may|can)\b(?!\s?not)|\b(?:is|are|be) (?:allowed|permitted)|\bpermits?\b|(?<!不)可以|(?<!不)允许|有权|准许"
_AXES = (
    _axis(Rule.MODALITY_DIFFERS, "permission", _FORBID, _ALLOW),
    _axis(
        Rule.MODALITY_DIFFERS, "obligation",
        r"\b(?:must|shall|required|mandatory|obliged|has to|have to|needs? to)\b(?!\s?not)|应当|必须|务必|都要|(?<![不无])需要|(?<!无)须(?!知)|一律|强制",
        r"\b(?:may|can|optional|voluntar\w+|not required|need not|encouraged|recommended|at its discretion)\b(?!\s?not)|(?<!不)可以|可自愿|自愿|无需|无须|不必|鼓励|酌情",
    ),
    _axis(
        Rule.QUANTITY_DIFFERS, "all",
        r"\b(?:all|every|each|always|any|entire(?:ly)?|fully|everyone|whole|in all cases|without exception)\b|全部|所有|一切|任何|均(?!可|值|衡|匀)|一律|全体|每个|始终|总是|全额",
        r"\b(?:some|most|many|several|partly|partial(?:ly)?|usually|generally|often|sometimes|certain|majority|half|in some cases)\b|部分|多数|一些|有些|通常|一般(?!规定)|可能|有时|个别|若干|大多",
        both_ways=False,
    ),
    _axis(
        Rule.QUANTITY_DIFFERS, "only",
        r"\b(?:only|solely|exclusively|nothing but|just)\b|仅(?!供)|只(?!要|有(?=经|在))|唯一|仅限",
        r"\b(?:also|as well as|including|in addition|not only|and/or)\b|包括|以及|还(?!款|原)|也(?!就)|不仅|或者",
        both_ways=False,
    ),
    *(
        _axis(Rule.DIRECTION_DIFFERS, one, one, other)
        for one, other in (
            (r"\b(?:before|prior to|in advance|ahead of)\b|之前|以前|(?<!目)前(?=[,，、;；]|[须应可]|\d)|事先|提前|事前",
             r"\b(?:after|following|afterwards|upon completion)\b|之后|以后|(?<!然)后(?=[,，、;；]|[须应可]|\d)|事后|届满后"),
            (r"\b(?:increas\w+|ris(?:e|es|en|ing)|rose|grew|grow\w*)\b|增长|增加|上升|提高|上涨|上调|增至",
             r"\b(?:decreas\w+|declin\w+|fell|fall(?:s|en|ing)?|drop\w*|reduc\w+|shrank)\b|下降|减少|降低|下跌|下调|下滑|减至|降至"),
            (r"\b(?:higher|highest)\b|高于|最高", r"\b(?:lower|lowest)\b|低于|最低"),
            (r"\b(?:more|larger|greater) than\b|多于|大于", r"\b(?:less|fewer|smaller) than\b|少于|小于"),
            (r"\b(?:largest|biggest|maximum|most)\b|最大|最多|最长", r"\b(?:smallest|minimum|fewest|least)\b(?<!at least)|最小|最少|最短"),
            (r"\b(?:earliest|first)\b|最早|首次", r"\b(?:latest|last)\b|最晚|末次"),
            (r"\b(?:includ\w+|inclusive)\b|(?<!不)包括|(?<!不)包含|(?<!不)计入|(?<!不)含(?=税|运)",
             r"\b(?:exclud\w+|except for|not includ\w+|exclusive of)\b|不包括|不包含|不含|不计入|除外"),
            (r"\b(?:accept\w*|approv\w+|grant(?:s|ed))\b|批准|同意|(?<!不)接受|准许", r"\b(?:reject\w*|refus\w+|den(?:y|ied|ies))\b|驳回|拒绝|否决|不予|不同意"),
            (r"\b(?:won|wins)\b|胜诉|获胜", r"\b(?:lost|loses)\b|败诉|落败"),
            (r"\binternal(?:ly)?\b|内部|境内|国内", r"\bexternal(?:ly)?\b|外部|境外|国外"),
            (r"\bpublic(?:ly)?\b|公开", r"\b(?:private(?:ly)?|confidential(?:ly)?)\b|保密|不公开|秘密"),
            (r"\bpaid\b|\b(?:for|subject to) a (?:fee|charge)\b|有偿|带薪|(?<!不)收费(?!站|标准)", r"\bunpaid\b|free of charge|\bno (?:fee|charge)\b|无偿|无薪|免费|不收费"),
            (r"\b(?:most|majority)\b|(?<!不)多数", r"\b(?:few|minority)\b|少数"),
            (r"\bhigh(?:-urgency)?\b|高(?=紧急|风险|级|危)", r"\blow(?:-urgency)?\b|低(?=紧急|风险|级|危)"),
            (r"\b(?:immediate(?:ly)?|at once|urgent(?:ly)?)\b|立即|马上|紧急", r"\b(?:delayed|later on|eventually)\b|延后|稍后|择日"),
            (r"\blong(?:-term|er)?\b|长期", r"\bshort(?:-term|er)\b|短期"),
            (r"\b(?:major|severe|serious|significant)\b|重大|严重", r"\b(?:minor|slight|negligible)\b|轻微"),
            (r"\b(?:mandatory|compulsory)\b|强制", r"\b(?:voluntary|optional)\b|自愿|任意"),
            (r"\b(?:buyer|purchaser)\b|买方|甲方|出租人|用人单位", r"\b(?:seller|vendor)\b|卖方|乙方|承租人|劳动者"),
            (r"\b(?:best|better|improv\w+)\b|改善|好转", r"\b(?:worst|worse|deteriorat\w+)\b|恶化"),
            (r"\b(?:succe\w+|pass(?:ed|es))\b|成功", r"\bfail\w*\b|失败"),
            (r"\bnorth\w*\b|最北|以北", r"\bsouth\w*\b|最南|以南"),
            (r"\beast\w*\b|最东|以东", r"\bwest\w*\b|最西|以西"),
        )
    ),
)  # fmt: skip
_EXCEPTION = re.compile(
    r"\b(?:unless|except(?:ing)?|provided that|only if|subject to|other than|in the absence of|if and only if|as long as)\b|"
    r"除[^，。]{1,30}(?:外|以外)|除外|但[^，。]{0,12}(?:除外|不在此限|另有规定)|另有规定|另有约定|方可|只有|以[^，。]{1,14}为(?:前提|条件)|经[^，。]{2,14}(?:批准|同意)"
)
_CONDITION = re.compile(
    r"\b(?:unless|except\w*|if|when|where|provided|only|subject|other than|as long as|without|with|after|once|exclud\w+|apart from|save)\b|除|但|如|若|经|只有|须|情况|情形|条件|前提|时"
)


def wording_hits(claim: str, aligned: Sequence[Aligned]) -> Iterator[RuleHit]:
    """Hits of the axes and of dropped exceptions against the sentences the claim is about."""
    about = [sentence for sentence in aligned[:2] if sentence.share >= _ALIGNED_FROM]
    if not about:
        return
    said, evidence = fold(claim), fold(" ".join(sentence.text for sentence in about))
    best = about[0]
    for axis in _AXES:
        for mine, opposite in ((axis.one, axis.other), (axis.other, axis.one)):
            if mine is axis.other and not axis.both_ways:
                continue
            found = mine.search(said)
            against = opposite.search(evidence)
            if found and against and not mine.search(evidence) and not opposite.search(said):
                params = {"claim": claim[found.start() : found.end()], "evidence": against.group()}
                yield RuleHit(
                    axis.rule, found.start(), found.end(), params, best.window, (best.start, best.end)
                )
                break
    exception = _EXCEPTION.search(fold(best.text))
    if exception and not _CONDITION.search(said):
        params = {"evidence": best.text[exception.start() : exception.end()]}
        at = (best.start + exception.start(), best.start + exception.end())
        yield RuleHit(Rule.EXCEPTION_MISSING, 0, len(claim), params, best.window, at)
