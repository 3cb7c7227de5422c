"""Headings of made documents, and how answers begin that name where they got it from."""

from __future__ import annotations

import random

from training.made.values import Value

_TITLES = {
    "contract": ("Supply Agreement~Framework Contract~Service Agreement", "供货合同~合作框架协议~服务协议"),
    "hr": ("Staff Handbook~HR Policy~Works Agreement", "员工手册~人事管理制度~劳动规章"),
    "office": (
        "Office Rules~Travel and Expense Policy~IT Policy",
        "办公管理规定~差旅与费用制度~信息技术管理办法",
    ),
    "insurance": ("Policy Conditions~Insurance Terms~Product Information", "保险条款~保险产品说明~保险合同"),
    "finance": ("Annual Report~Announcement~Business News", "年度报告~公告~财经简讯"),
    "service": ("Product Sheet~Terms of Service~Notice", "产品说明~服务条款~通知"),
}
_DOCUMENTS = {
    "contract": ("contract~agreement", "合同~协议"), "hr": ("handbook~policy", "员工手册~制度"),
    "office": ("policy~rules", "规定~制度"), "insurance": ("policy~insurance terms", "保险条款~保单"),
    "finance": ("report~announcement", "报告~公告"), "service": ("document~notice", "说明~文件"),
}  # fmt: skip
PREFIXES = {
    ("en", domain): tuple(
        beginning
        for name in en.split("~")
        for beginning in (f"According to the {name}, ", f"Under the {name}, ", f"The {name} says that ")
    )
    for domain, (en, _) in _DOCUMENTS.items()
} | {
    ("zh", domain): tuple(
        beginning
        for name in zh.split("~")
        for beginning in (f"根据{name}，", f"按照{name}，", f"{name}写明，", "简单说，")
    )
    for domain, (_, zh) in _DOCUMENTS.items()
}


def title(domain: str, company: Value, lang: str, rng: random.Random) -> str:
    """A heading for a document of this domain."""
    en, zh = _TITLES[domain]
    if lang == "en":
        name = rng.choice(en.split("~"))
        return rng.choice((f"{company.en[0]}: {name}", f"# {name}", name))
    name = rng.choice(zh.split("~"))
    return rng.choice((f"{company.zh[0]}{name}", f"# {name}", name))
