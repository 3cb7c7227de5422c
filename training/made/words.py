"""Slots whose values are words: modality, bounds, direction, frequency, names, groups, exceptions."""

from __future__ import annotations

from pathlib import Path

from training.made.values import Value


def _read() -> dict[str, tuple[Value, ...]]:
    """Read ``words/choices.txt``: under each [kind] lines ``key | english ~ english | chinese ~ chinese``."""
    kinds: dict[str, list[Value]] = {}
    name = ""
    path = Path(__file__).parent / "words" / "choices.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            kinds[name] = []
        elif line and not line.startswith("#"):
            key, en, zh = (part.strip() for part in line.split("|"))
            kinds[name].append(Value(key, _forms(en), _forms(zh)))
    return {kind: tuple(values) for kind, values in kinds.items()}


def _forms(text: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in text.split("~"))


CHOICES: dict[str, tuple[Value, ...]] = _read()

SIDES: tuple[tuple[Value, Value], ...] = tuple(
    (Value(a, (f"the {a}",), (za,)), Value(b, (f"the {b}",), (zb,)))
    for a, za, b, zb in (
        ("Buyer", "买方", "Seller", "卖方"), ("Client", "委托方", "Contractor", "承包方"),
        ("Lessee", "承租方", "Lessor", "出租方"), ("Customer", "客户", "Supplier", "供应商"),
        ("Licensee", "被许可方", "Licensor", "许可方"), ("Franchisee", "加盟方", "Franchisor", "特许方"),
        ("Purchaser", "采购方", "Vendor", "供货方"), ("Principal", "委托人", "Agent", "代理人"),
    )
)  # fmt: skip
# kinds that name who or what a fact is about: another one is unsupported, but not always contradicted
SUBJECTS = {"staff", "staffone", "dept", "company"}
WEIGHTS = {
    "must": 3.0,
    "atleast": 2.0,
    "before": 2.0,
    "rose": 2.0,
    "exc_law": 2.0,
    "exc_hr": 2.0,
    "exc_goods": 2.0,
}
