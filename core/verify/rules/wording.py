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
        r"\b(?:must|shall|required|mandatory|obliged|has to|have to|needs? to)\b(?!\s?not)|应当|必须|务必|(?<!无)须(?!知)|一律|强制",
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
    _axis(Rule.DIRECTION_DIFFERS, "before", r"\b(?:before|prior to|in advance|ahead of|no later than)\b|之前|以前|(?<!目)前(?=[,，、;；]|[须应]|\d)|事先|提前|事前",
          r"\b(?:after|following|afterwards|upon completion)\b|之后|以后|后(?=[,，、;；]|[须应可]|\d)|事后|届满后"),
    _axis(Rule.DIRECTION_DIFFERS, "increase", r"\b(?:increas\w+|ris(?:e|es|en|ing)|rose|grew|grow\w*|higher|gain\w*|up \d|improv\w+)\b|增长|增加|上升|提高|上涨|上调|扩大|增至",
          r"\b(?:decreas\w+|declin\w+|fell|fall(?:s|en|ing)?|drop\w*|lower|reduc\w+|down \d|shrank|loss)\b|下降|减少|降低|下跌|下调|下滑|缩小|减至|降至"),
    _axis(Rule.DIRECTION_DIFFERS, "more", r"\b(?:more than|over|above|at least|exceed\w*|greater than|larger than|highest|most|maximum|largest)\b|高于|超过|多于|大于|以上|至少|不少于|不低于|最高|最大|最多",
          r"\b(?:less than|under|below|at most|fewer than|smaller than|lowest|least|minimum|smallest|up to|no more than)\b|低于|少于|小于|以下|至多|不超过|不高于|最低|最小|最少|不满"),
    _axis(Rule.DIRECTION_DIFFERS, "include", r"\b(?:includ\w+|contain\w*|covers?|inclusive)\b|(?<!不)包括|(?<!不)包含|涵盖|(?<!不)计入|(?<!不)含(?!义)",
          r"\b(?:exclud\w+|except for|not includ\w+|does not cover|exclusive of|omit\w*)\b|不包括|不包含|不含|不计入|除外"),
    _axis(Rule.DIRECTION_DIFFERS, "accept", r"\b(?:accept\w*|approv\w+|agree[ds]?|grant\w*|win|won|success\w*|pass(?:ed|es)?)\b|批准|同意|通过(?!电|网|邮)|接受|成功|胜诉",
          r"\b(?:reject\w*|refus\w+|den(?:y|ied|ies)|declin\w+|los[et]|fail\w*)\b|驳回|拒绝|否决|不予|失败|败诉|不同意"),
    _axis(Rule.DIRECTION_DIFFERS, "open", r"\b(?:public(?:ly)?|open(?:ed|s)?|start\w*|beg[ai]n\w*|first|early|earlier|north\w*|east\w*|left|internal\w*|day|paid|free of charge)\b|公开|开始|起(?=[,，。])|首次|内部|有偿|上级|国内|境内",
          r"\b(?:private(?:ly)?|confidential|clos\w+|end(?:s|ed)?|last|late|later|south\w*|west\w*|right|external\w*|night|unpaid)\b|保密|秘密|结束|终止|最后|外部|无偿|下级|国外|境外"),
    _axis(Rule.DIRECTION_DIFFERS, "high", r"\b(?:high(?:-urgency)?|strong\w*|major|severe|urgent|immediate(?:ly)?|long\w*|easy|easier)\b|高(?=紧急|风险|级|危)|立即|紧急|长期|重大|严重",
          r"\b(?:low(?:-urgency)?|weak\w*|minor|mild|non-urgent|delayed|short\w*|difficult|harder)\b|低(?=紧急|风险|级|危)|延后|稍后|短期|轻微|一般(?=事故|风险)"),
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
