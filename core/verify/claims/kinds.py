"""What a stretch of an answer is: a claim, or something that asserts nothing about the documents.

When in doubt it is a claim: a wrong "no claim" would let a statement pass unchecked.
"""

# ruff: noqa: E501 - patterns and cases stay whole, so that they can be read and compared

from __future__ import annotations

import re
from enum import StrEnum


class ClaimKind(StrEnum):
    """What a stretch of an answer does; only ``CLAIM`` is checked."""

    CLAIM = "claim"
    GREETING = "greeting"
    REFUSAL = "refusal"
    HEDGE = "hedge"
    QUESTION = "question"
    OPINION = "opinion"
    INSTRUCTION = "instruction"
    HEADING = "heading"
    SIGNATURE = "signature"


_SOURCE_EN = (
    r"(?:the |these |this |your |our |any of the |given |provided |available |supplied |above |retrieved )*"
    r"(?:documents?|passages?|context|texts?|sources?|information|article|materials?|library|files?|data|excerpts?|"
    r"review|table|records?|policy|contract)"
).replace(" ", r"\s")  # white space is no part of a verbose pattern
_SOURCE_ZH = r"(?:文档|文件|资料|材料|上下文|文中|文章|原文|知识库|条款|合同|制度|手册|段落|参考内容|所提供|给定|提供的|现有)"

_GREETING = re.compile(
    r"""^(?:(?:hi|hello|hey)(?:\sthere)?[,!]\s(?:and\s)?(?:thanks|thank\syou)\sfor\s(?:reaching\sout|asking|contacting\sus|getting\sin\stouch|your\s\w+)|
    hi|hello|hey|to\swhom\sit\smay\sconcern|best(?=,)|best\swishes|all\sthe\sbest|cheers|have\sa\s(?:great|good|nice|lovely|wonderful)\s(?:day|week|weekend|one)|
    i(?:['’]d|\swould)?(?:\sbe|['’]m|\sam)\s(?:happy|glad|pleased)\sto\shelp[^.;,\d]{0,30}|dear\s(?:[^\W\d]|[\s.'’-]){1,40}|good\s(?:morning|afternoon|evening)|thanks?(?:\syou)?(?:[\s\w]{0,30})|
    (?:many\s)?thank(?:s|\syou)\s(?:very\smuch\s)?for\s(?:your|the)\s[^.;,!?£$€¥%]{1,80}|
    we\sare\s(?:glad|happy|pleased)\sto\s(?:help|confirm|answer)[^.;,\d]{0,40}|
    you(?:['’]re|\sare)\swelcome|(?:with\s)?(?:best|kind|warm)?\s?regards|(?:yours\s)?(?:sincerely|faithfully|truly)|sure(?:\sthing)?(?!\.)|(?:certainly|of\scourse|absolutely)(?=!)|
    (?:great|good|excellent)\squestion\b(?:\s[^\W\d]+){0,4}|i\shope\s(?:this|that|it)\s(?:helps|answers\syour\squestion|clarifies\s(?:things|this|it))[\w\s]{0,20}|happy\sto\shelp|
    (?:您好|你好|大家好|谢谢|感谢)[^，,。\d]{0,12}|(?:(?:您好|你好)[，,！!]\s?)?(?:我)?(?:很|非常)?(?:高兴|乐意|荣幸)(?:能)?(?:为|帮)[您你][^，,。；\d]{0,8}|
    尊敬的[^，,。；\d]{1,16}[，,：:]\s?(?:您好|你好)|
    (?:非常)?(?:感谢|谢谢)(?:贵|您|你)[^，,。；元%％]{0,36}(?:[，,]现将[^，,。；]{0,16}(?:答复|回复|说明)如下)?|好的|没问题|不客气|祝[^，,。]{1,12}|此致|敬礼|
    希望(?:以上|这些|这|上述)?[^，,。]{0,10}(?:有(?:所)?帮助|帮到[您你]|能帮[您你助][^，,。]{0,4}))
    (?:\s(?:there|everyone|all|team))?[\s,，.!！。:：~、]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_REFUSAL = re.compile(
    rf"""(?:
    \b(?:un|not\s)able\sto\s(?:answer|find|determine|provide|locate)\b|
    \b(?:can(?:not|['’]t|\snot)|could(?:\snot|n['’]t)|do(?:es)?\snot|did\snot|don['’]t|doesn['’]t|didn['’]t)\s
      (?:find|answer|determine|locate|have\s(?:enough|sufficient|any|that|this|the)\s(?:\w+\s)?(?:information|data|details))\b|
    \b{_SOURCE_EN}\s(?:\w+\s){{0,2}}?(?:do(?:es)?\snot|don['’]t|doesn['’]t|did\snot|didn['’]t)\s
      (?:mention|contain|say|specify|state|provide|include|give|cover|address|indicate|discuss|explain|answer)\b|
    \b(?:is|are|was|were)\s(?:not|nowhere)\s(?:\w+\s)?(?:mentioned|specified|stated|provided|given|found|covered|addressed|available)
      \s(?:in|by|within|anywhere\sin)\s{_SOURCE_EN}\b|
    \bno\s(?:\w+\s){{0,2}}(?:information|mention|answer|details?|data)\s(?:\w+\s){{0,4}}(?:in|from|about|on|regarding|available|found|provided)\b|
    ^i\s(?:do\snot|don['’]t)\sknow\b|
    \b(?:not\senough|insufficient|not\ssufficient)\s(?:information|context|detail)\s(?:to\s(?:answer|determine|say|tell|confirm|judge)|in\s{_SOURCE_EN})\b|
    \bno\s(?:relevant|matching|such)\s(?:documents?|passages?|information|results?|sources?)\s(?:(?:was|were|could\sbe|is|are)\s)?(?:found|available)(?:\sin\s{_SOURCE_EN})?[.!]?$|
    \bquestion\s(?:cannot|can(?:['’]t|\snot))\sbe\sanswered\b|
    \b(?:cannot|can(?:['’]t|\snot)|could\snot)\sbe\s(?:answered|determined|established|found|inferred)\s(?:from|in|using|based\son|with)\s{_SOURCE_EN}\b|
    \bit\sis\s(?:unclear|not\sclear|not\sstated|not\sspecified)\s(?:from|in)\s{_SOURCE_EN}\b|
    \b{_SOURCE_EN}\s(?:is|are|remains?)\ssilent\b|
    \bnot\s(?:in|found\sin)\s{_SOURCE_EN}\b|
    (?:未|没有|没|无法|不能|未能)(?:在[^，。]{{0,14}}中?)?(?:找到|查到|检索到|搜索到)[^。]{{0,24}}|
    (?:无法|不能|难以)(?:从[^，。]{{0,12}})?(?:回答|确定|判断|得知|得出|提供)[^。]{{0,24}}|
    {_SOURCE_ZH}[^，。]{{0,12}}(?:未|没有|并未|并没有|不)(?:明确)?(?:提及|提到|说明|包含|涉及|给出|写明|规定|记载|提供|载明|列出)|
    {_SOURCE_ZH}[^，。]{{0,6}}(?:没有?|未)(?:写|说|提)(?:到|明|过)?(?:这一点|这个|此事)?[。！]?$|
    {_SOURCE_ZH}[^，。]{{0,8}}(?:没有|无|未见)(?:相关|具体|明确|有关)的?(?:规定|说明|约定|记载)|
    {_SOURCE_ZH}[^，。]{{0,4}}(?:未|没有|并未)(?:对此|就此|对该问题)(?:作出|做出|进行)?(?:明确|具体)?(?:规定|说明|约定)|
    ^(?:很?抱歉[，,]?|对不起[，,]?)?我?(?:并?不)(?:知道|清楚|了解)[。.]?$|
    (?:没有|无|暂无|缺少)(?:足够的?|相关的?|任何)?(?:相关)?(?:信息|资料|依据|内容|记录)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_REFUSAL_ONLY = 42
_BEFORE_REFUSAL = 40  # "I am sorry, but": a refusal further in is a remark inside a statement
_ASSERTS = re.compile(
    r"[;；]|\b(?:but|however|although|therefore)\b|,\s(?:so|and|which)\b|[，；](?:但|不过|然而|因此|所以|故)"
)
_HEDGE = re.compile(
    r"""^(?:(?:please\s)?note\sthat\sthis\s(?:answer|information|summary)\b.{0,80}|it\sdepends|i(?:['’]m|\sam)\s(?:not\sa\s(?:lawyer|doctor|tax\sadvis[eo]r|financial\sadvis[eo]r)|(?:only|just)\san\sai\b.{0,20})|this\sis\snot\slegal\sadvice.{0,30}|
    (?:以上|上述)(?:内容|信息|回答)?仅供参考.{0,20}|具体(?:情况)?(?:以|请以).{0,16}为准|(?:这)?(?:要)?视(?:具体)?情况而定|以上(?:就|便)?是[^，。；\d]{0,8}(?:全部内容|解答|回答|说明)|仅供参考)
    [\s.!。！]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_OPINION = re.compile(
    r"^(?:i\s(?:think|believe|feel|guess|would\ssay)\b|in\smy\s(?:opinion|view)\b|personally\b|it\sseems\sto\sme\b|依我(?:看|之见)|我的看法是|我(?:个人)?(?:认为|觉得|相信)|在我看来|个人认为)",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"""(?:^(?:please\s)?(?:let\sme\sknow|feel\sfree\sto|don['’]t\shesitate\sto|if\syou\shave\s(?:any\s)?
    (?:further|more|other|additional|any)?\s?questions?)\b.{0,120}$|
    ^(?:for\smore\s(?:information|details),?\s)?please\s(?:consult|refer\sto|check)\s(?:a|an|the|your)\s(?:\w+\s){0,3}
    (?:professional|lawyer|attorney|advisor|adviser|expert|documentation|documents?)\b.{0,60}$|
    ^(?:please\s)?(?:contact|reach\sout\sto|get\sin\stouch\swith)\s[^.,;:@\d]{2,40}\sfor\s(?:more|further|additional)\s(?:information|details|help|assistance|support)[.!。！\s]*$|
    ^for\s(?:more|further|additional)\s(?:information|details|help),?\s(?:please\s)?(?:see|read|consult|contact|refer\sto|check)\s[^.,;:@\d]{2,50}[.!\s]*$|
    ^(?:we|i|it\sis)\s(?:would\s)?(?:recommend|suggest|advise|recommended|advisable)(?:\sto)?\s(?:that\syou\s)?(?:consult|consulting|speak\sto|speaking\sto|seek|seeking)\s[^.,;:\d]{0,20}
    (?:lawyer|attorney|solicitor|professional|advis[eo]r|expert|specialist|counsel|advice)[.!。！\s]*$|
    ^you\sshould\s(?:consult|speak\sto|seek)\s(?:a|an|your)\s(?:\w+\s){0,2}(?:lawyer|attorney|solicitor|professional|advis[eo]r|expert|specialist)[.!。！\s]*$|
    ^(?:如(?:果)?(?:您|你)?(?:还)?有(?:任何|其他|更多|其它)?(?:疑问|问题|需要|不明之处|不清楚的地方)).{0,30}$|
    ^如(?:果)?(?:您|你)?(?:还)?需要?(?:了解)?(?:更多|其他|进一步)的?(?:信息|帮助|细节|说明|详情)[，,][^。\d]{0,24}[。！\s]*$|
    ^(?:更多|详细)?(?:详情|信息|细节|内容)请(?:参阅|参考|查阅|查看|参见|见)[^，。\d]{1,20}[。！\s]*$|
    ^(?:请|建议(?:您|你)?|可)(?:直接)?联系[^，。\d]{1,14}(?:了解|获取|咨询)(?:更多|进一步的?|详细|相关)?(?:信息|帮助|情况|详情|细节)[.!。！\s]*$|
    ^建议(?:您|你)(?:联系|咨询)[^，。\d]{1,10}(?:部门?|人员|客服|中心)[.!。！\s]*$|
    ^(?:请|建议(?:您|你)?)(?:咨询|询问|查阅|参考|查看)(?:相关|专业|原|官方|有关)?[^，。]{0,12}(?:部门|人士|律师|文件|文档|人员|顾问|资料)[。！\s]*$)""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD_IN = re.compile(
    r"""^(?:(?:sure|certainly|of\scourse|okay|ok|yes)[,!.]?\s)?(?:here(?:['’]s|\sis|\sare)|below\s(?:is|are)|the\sfollowing\s(?:is|are)|
    based\son\s(?:the\s)?(?:\w+\s){0,3}(?:passages?|context|documents?|information|data|text)(?:\sprovided)?|according\sto\s(?:the\s)?(?:\w+\s){0,3}
    (?:passages?|context|documents?|information|text)(?:\sprovided)?|(?:in\s)?summary|in\sconclusion|
    以下是|下面是|根据(?:提供的|上述|所给|给定的)?(?:文档|资料|文件|材料|信息|内容|上下文)|综上(?:所述)?|总结如下|总之|具体如下|如下)""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT_LABEL = 60


def kind_of(text: str, *, labels: bool = True) -> ClaimKind:
    """The kind of a stretch of an answer that starts and ends at a sentence border.

    ``labels``: a short stretch that ends in a colon counts as a heading.
    """
    bare = " ".join(text.split()).strip(' *_#>`"“”')
    if not re.search(r"\w", bare):
        return ClaimKind.HEADING
    if labels and bare[-1] in ":：" and (len(bare) <= _SHORT_LABEL or _LEAD_IN.match(bare)):
        return ClaimKind.HEADING
    if _LEAD_IN.fullmatch(bare.rstrip(".。,，:：")):
        return ClaimKind.HEADING
    if bare[-1] in "?？":
        return ClaimKind.QUESTION
    for kind, pattern in (
        (ClaimKind.GREETING, _GREETING),
        (ClaimKind.HEDGE, _HEDGE),
        (ClaimKind.OPINION, _OPINION),
        (ClaimKind.INSTRUCTION, _INSTRUCTION),
    ):
        if pattern.match(bare):
            return kind
    return ClaimKind.REFUSAL if _refuses(bare) else ClaimKind.CLAIM


def _refuses(bare: str) -> bool:
    """Whether the whole stretch says that the documents do not answer.

    A statement that only contains such words among others ("the rent is 5; the deposit is not mentioned") stays
    a claim: the refusal must be most of it.
    """
    found = _REFUSAL.search(bare)
    if found is None or found.start() > _BEFORE_REFUSAL:
        return False
    rest = len(bare) - (found.end() - found.start())
    return _ASSERTS.search(bare) is None or rest <= _REFUSAL_ONLY


_CLOSING = re.compile(
    r"\b(?:regards|sincerely|faithfully|truly|cheers|best\swishes|all\sthe\sbest)\b|^best,|此致|敬礼|^祝",
    re.IGNORECASE,
)
# Capitalised words only, or a Chinese name of an office: a statement must not hide below a greeting.
_SIGNATURE = re.compile(
    r"(?:[A-Z][\w.'’-]*|of|and|&|the|for|[,|/·–-])(?:\s+(?:[A-Z][\w.'’-]*|of|and|&|the|for|[,|/·–-]))*|"
    r"[\u3400-\u9fff·（）()\s]{0,24}(?:部|公司|中心|小组|处|科|经理|主管|专员|先生|女士|团队|客服|办公室)"
)
_SIGNATURE_LONGEST = 60
# What a name does not hold and a statement can hardly do without; 有限 stands in the names of companies.
_STATES = re.compile(
    r"\b(?:is|are|was|were|be|been|not|no|never|none|will|would|shall|must|may|can|cannot|has|have|had|do|does|"
    r"gets?|pays?|paid|free|only|refund\w*|approv\w+|den(?:y|ied)|includ\w+|exclud\w+|requir\w+|due|expir\w+|"
    r"appl(?:y|ies)|granted|allowed|cancel\w*)\b|[在是为由归属应须可不无向对将已给退赔免付收含承担]|有(?!限)",
    re.IGNORECASE,
)


def closes(text: str) -> bool:
    """Whether a greeting ends a letter, so that who signs it may follow."""
    return bool(_CLOSING.search(" ".join(text.split())))


def signs(text: str) -> bool:
    """Whether a line below the end of a letter only names who wrote it."""
    bare = " ".join(text.split()).rstrip(",，")
    if len(bare) > _SIGNATURE_LONGEST or any(char.isdigit() for char in bare) or _STATES.search(bare):
        return False
    return _SIGNATURE.fullmatch(bare) is not None
