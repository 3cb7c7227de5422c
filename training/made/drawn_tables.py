"""Tables as firms keep them, drawn in either language."""

from __future__ import annotations

import random

Rng = random.Random
_TITLES = {
    "en": ("Sales by region", "Costs by department", "Suppliers", "Sites", "Product list", "Budget", "Fleet"),
    "zh": ("各地区销售情况", "部门费用表", "供应商名单", "厂区一览", "产品清单", "预算表", "车辆台账"),
}  # fmt: skip
_NAMES = {
    "en": (
        "Northern region", "Harbour branch", "Riverside plant", "Model A20", "Model B35", "Valve kit",
        "Eastgate store", "Logistics", "Research", "Marketing", "Customer service", "Hillcrest depot",
        "Westfield office", "Cable set", "Pump P-7", "Southern region", "Training", "Packaging line",
        "Legal department", "Field team",
    ),
    "zh": (
        "华东大区", "华南大区", "西北分公司", "滨江厂区", "研发部", "市场部", "客服中心", "物流部",
        "临港仓库", "A20型水泵", "B35型阀门", "电缆套件", "城西门店", "东湖办事处", "法务部",
        "包装车间", "培训中心", "第三车间", "外勤组", "北区机房",
    ),
}  # fmt: skip
_MEASURES = {
    "en": (
        "Revenue",
        "Orders",
        "Staff",
        "Cost",
        "Area (m2)",
        "Complaints",
        "Units",
        "Price",
        "Hours",
        "Stock",
    ),
    "zh": ("营业收入", "订单数", "人数", "费用", "面积", "投诉量", "销量", "单价", "工时", "库存"),
}
_STATES = {
    "en": ("Status", ("open", "closed", "planned"), "City", ("Leeds", "Dublin", "Oslo", "Graz")),
    "zh": ("状态", ("在营", "停用", "筹建"), "城市", ("苏州", "成都", "青岛", "长沙")),
}


def drawn(lang: str, rng: Rng) -> str:
    """A table of 4 to 11 rows: years side by side, or several measures and a state."""
    names = rng.sample(_NAMES[lang], rng.randint(4, 11))
    size = rng.choice((20, 300, 5000, 80_000, 2_000_000))
    if rng.random() < 0.5:
        first = rng.randint(2012, 2023)
        years = [
            f"{first + at}{'年' if lang == 'zh' and rng.random() < 0.7 else ''}"
            for at in range(rng.randint(2, 4))
        ]
        head = [rng.choice(_MEASURES[lang]), *(years if rng.random() < 0.5 else years[::-1])]
        body = [[name, *(_amount(size, rng) for _ in years)] for name in names]
    else:
        measures = rng.sample(_MEASURES[lang], rng.randint(1, 3))
        state, states = _STATES[lang][:2] if rng.random() < 0.5 else _STATES[lang][2:]
        head = ["名称" if lang == "zh" else "Name", str(state), *measures]
        body = [[name, rng.choice(states), *(_amount(size, rng) for _ in measures)] for name in names]
    title = rng.choice(_TITLES[lang])
    return "\n".join([title, *(" | ".join(cells) for cells in (head, *body))])


def _amount(size: int, rng: Rng) -> str:
    number = rng.randint(max(2, size // 8), size)
    return f"{number / 10:,.1f}" if rng.random() < 0.15 else f"{number:,}"
