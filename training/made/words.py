"""Slots whose values are words: modality, bounds, direction, frequency, names, groups, exceptions."""

from __future__ import annotations

from training.made.values import Value


def _table(text: str) -> tuple[Value, ...]:
    """Read lines ``key | english ~ english | chinese ~ chinese``."""
    values = []
    for line in text.strip().splitlines():
        key, en, zh = (part.strip() for part in line.split("|"))
        values.append(Value(key, _forms(en), _forms(zh)))
    return tuple(values)


def _forms(text: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in text.split("~"))


CHOICES: dict[str, tuple[Value, ...]] = {
    "must": _table("""
        must | must ~ shall ~ will be required to ~ must | 必须 ~ 应当 ~ 须 ~ 应
        may | may ~ can ~ will be allowed to ~ will be permitted to | 可以 ~ 可 ~ 能够
        must not | must not ~ may not ~ shall not ~ cannot ~ will not be allowed to | 不得 ~ 不可以 ~ 禁止 ~ 不能 ~ 不允许
        need not | need not ~ will not be required to ~ will not have to | 无需 ~ 不必 ~ 不需要 ~ 无须"""),
    "atleast": _table("""
        at least | at least ~ no less than ~ a minimum of | 至少 ~ 不少于 ~ 不低于
        at most | at most ~ no more than ~ a maximum of ~ up to | 至多 ~ 最多 ~ 不超过 ~ 不多于"""),
    "above": _table("""
        above | above ~ higher than | 高于
        below | below ~ lower than | 低于"""),
    "before": _table("""
        before | before | 前 ~ 之前 ~ 以前
        after | after | 后 ~ 之后 ~ 以后"""),
    "freq": _table("""
        week | every week ~ once a week ~ weekly ~ on a weekly basis | 每周 ~ 每星期 ~ 按周
        month | every month ~ once a month ~ monthly ~ on a monthly basis | 每月 ~ 每个月 ~ 按月
        quarter | every quarter ~ once a quarter ~ quarterly ~ every three months | 每季度 ~ 按季 ~ 每三个月
        half | every six months ~ twice a year ~ every half-year | 每半年 ~ 每六个月
        year | every year ~ once a year ~ annually ~ yearly | 每年 ~ 按年 ~ 每十二个月
        two years | every two years ~ once every two years | 每两年 ~ 每2年"""),
    "rose": _table("""
        up | rose ~ increased ~ grew ~ went up | 增长 ~ 上升 ~ 增加 ~ 提高
        down | fell ~ decreased ~ declined ~ dropped | 下降 ~ 减少 ~ 下滑 ~ 降低"""),
    "higher": _table("""
        higher | higher than ~ above ~ greater than | 高于 ~ 高出 ~ 多于
        lower | lower than ~ below ~ less than | 低于 ~ 少于"""),
    "covered": _table("""
        yes | covered ~ insured | 属于
        no | excluded ~ not covered ~ not insured | 不属于"""),
    "covered.v": _table("""
        yes | covers ~ pays for | 属于
        no | excludes ~ does not cover ~ does not pay for | 不属于"""),
    "fraction": _table("""
        half | more than half ~ over one half | 半数以上 ~ 过半数
        two thirds | two thirds ~ two-thirds ~ 2/3 | 三分之二 ~ 2/3
        three quarters | three quarters ~ three-quarters ~ 3/4 | 四分之三 ~ 3/4
        all | all ~ 100% | 全体 ~ 全部"""),
    "opinion": _table("""
        clean | an unqualified opinion ~ a clean opinion | 无保留意见 ~ 标准无保留意见
        qualified | a qualified opinion ~ an opinion with qualifications | 保留意见
        disclaimer | a disclaimer of opinion | 无法表示意见
        adverse | an adverse opinion | 否定意见"""),
    "weekday": _table("""
        mon | Mondays ~ every Monday | 周一 ~ 星期一 ~ 每周一
        tue | Tuesdays ~ every Tuesday | 周二 ~ 星期二 ~ 每周二
        wed | Wednesdays ~ every Wednesday | 周三 ~ 星期三 ~ 每周三
        thu | Thursdays ~ every Thursday | 周四 ~ 星期四 ~ 每周四
        fri | Fridays ~ every Friday | 周五 ~ 星期五 ~ 每周五
        sat | Saturdays ~ every Saturday | 周六 ~ 星期六 ~ 每周六
        sun | Sundays ~ every Sunday | 周日 ~ 星期日 ~ 每周日 ~ 星期天"""),
    "exc_law": _table("""
        intent no | except in cases of intent ~ save for intentional acts | 但故意行为除外 ~ 故意造成的损害除外
        intent yes | including in cases of intent ~ intentional acts included | 故意行为也包括在内 ~ 包括故意造成的损害
        injury no | except for personal injury ~ personal injury excepted | 但人身伤害除外 ~ 造成人身损害的除外
        injury yes | including for personal injury ~ personal injury included | 人身伤害也包括在内 ~ 包括造成的人身损害
        breach no | except for breaches of confidentiality ~ unless confidentiality is breached | 但违反保密义务的除外 ~ 违反保密义务的情形除外
        breach yes | including for breaches of confidentiality ~ even if confidentiality is breached | 违反保密义务的也包括在内 ~ 包括违反保密义务的情形"""),
    "exc_hr": _table("""
        probation no | except during probation ~ but not while on probation | 试用期除外 ~ 但试用期内不适用
        probation yes | including during probation ~ even while on probation | 试用期内同样适用 ~ 包括试用期在内
        year-end no | except in December ~ December excepted | 十二月除外 ~ 但12月不适用
        year-end yes | including in December ~ December included | 包括十二月在内 ~ 12月同样适用
        urgent no | except in urgent cases ~ unless the matter is urgent | 紧急情况除外 ~ 但情况紧急的除外
        urgent yes | including in urgent cases ~ even if the matter is urgent | 包括紧急情况在内 ~ 紧急情况下同样如此
        abroad no | except for staff abroad ~ staff abroad excepted | 驻外人员除外 ~ 但不适用于驻外人员
        abroad yes | including for staff abroad ~ staff abroad included | 包括驻外人员在内 ~ 驻外人员同样适用"""),
    "exc_goods": _table("""
        sale no | except for sale items ~ discounted goods excepted | 特价商品除外 ~ 但打折商品不适用
        sale yes | including sale items ~ discounted goods included | 包括特价商品 ~ 打折商品同样适用
        custom no | except for custom-made goods ~ made-to-order goods excepted | 定制商品除外 ~ 但定做的商品不适用
        custom yes | including custom-made goods ~ made-to-order goods included | 包括定制商品 ~ 定做的商品同样适用
        food no | except for fresh food ~ perishable food excepted | 生鲜食品除外 ~ 但易腐食品不适用
        food yes | including fresh food ~ perishable food included | 包括生鲜食品 ~ 易腐食品同样适用"""),
    "role": _table("""
        ceo | the CEO ~ the chief executive officer | 首席执行官 ~ CEO
        cfo | the CFO ~ the chief financial officer | 首席财务官 ~ 财务总监
        gm | the general manager | 总经理
        hrd | the HR director ~ the head of human resources | 人力资源总监 ~ 人事总监
        legal | the legal counsel ~ the in-house lawyer | 法务 ~ 法律顾问
        chair | the chairman of the board ~ the chairperson of the board | 董事长 ~ 董事会主席
        sup | the direct supervisor ~ the line manager | 直属上级 ~ 直接主管
        audit | the audit committee | 审计委员会
        dpo | the data protection officer | 数据保护官 ~ 数据保护负责人
        it | the IT director ~ the head of IT | 信息技术总监 ~ IT总监
        union | the trade union | 工会
        plant | the plant manager | 厂长 ~ 工厂负责人"""),
    "office": _table("""
        ceo | chief executive officer ~ CEO | 首席执行官 ~ CEO
        cfo | chief financial officer ~ CFO | 首席财务官 ~ 财务总监
        cto | chief technology officer ~ CTO | 首席技术官 ~ 技术总监
        chair | chairman of the board ~ board chairman | 董事长 ~ 董事会主席
        gm | general manager | 总经理
        sec | board secretary ~ secretary to the board | 董事会秘书 ~ 董秘"""),
    "dept": _table("""
        fin | the Finance Department ~ the finance team | 财务部 ~ 财务部门
        hr | the HR Department ~ the human resources department | 人力资源部 ~ 人事部
        legal | the Legal Department ~ the legal team | 法务部 ~ 法律部
        it | the IT Department ~ the information technology department | 信息技术部 ~ IT部门
        proc | the Procurement Department ~ the purchasing department | 采购部 ~ 采购部门
        sales | the Sales Department ~ the sales team | 销售部 ~ 销售部门
        admin | the Administration Department ~ the general affairs department | 行政部 ~ 行政部门
        qa | the Quality Department ~ the quality assurance team | 质量部 ~ 质量保证部
        rd | the R&D Department ~ the research and development department | 研发部 ~ 研究开发部
        sec | the Security Department ~ the security team | 安全部 ~ 安保部
        compl | the Compliance Department ~ the compliance team | 合规部 ~ 合规部门"""),
    "staff": _table("""
        all | all employees ~ all members of staff | 全体员工 ~ 所有员工
        ft | full-time employees ~ full-time staff | 全职员工 ~ 全职人员
        pt | part-time employees ~ part-time staff | 兼职员工 ~ 非全日制员工
        mgr | managers ~ executives | 管理人员 ~ 管理层人员
        new | new employees ~ new hires | 新员工 ~ 新入职员工
        cont | contractors ~ external contractors | 外包人员 ~ 外包员工
        int | interns ~ trainees | 实习生 ~ 实习人员
        sales | sales staff ~ members of the sales team | 销售人员 ~ 销售员工
        senior | senior employees ~ senior staff | 资深员工 ~ 资深人员"""),
    "staffone": _table("""
        mgr | a manager ~ an executive | 管理人员
        eng | an engineer | 工程师
        sales | a sales representative | 销售代表 ~ 销售人员
        dev | a software developer ~ a programmer | 软件开发人员 ~ 程序员
        res | a researcher | 研究人员 ~ 科研人员"""),
    "ins": _table("""
        ph | the policyholder | 投保人
        insd | the insured ~ the insured person | 被保险人
        ben | the beneficiary | 受益人"""),
    "city": _table("""
        bj | Beijing | 北京
        sh | Shanghai | 上海
        gz | Guangzhou | 广州
        sz | Shenzhen | 深圳
        hz | Hangzhou | 杭州
        cd | Chengdu | 成都
        wh | Wuhan | 武汉
        nj | Nanjing | 南京
        tj | Tianjin | 天津
        xa | Xi'an | 西安
        qd | Qingdao | 青岛
        xm | Xiamen | 厦门
        sg | Singapore | 新加坡
        hk | Hong Kong | 香港
        ld | London | 伦敦
        ny | New York | 纽约
        ff | Frankfurt | 法兰克福
        tk | Tokyo | 东京
        sy | Sydney | 悉尼
        pa | Paris | 巴黎"""),
    "company": _table("""
        1 | Hengtong Logistics | 恒通物流
        2 | Blue River Software | 蓝河软件
        3 | Northwind Trading | 北风贸易
        4 | Huaxin Materials | 华鑫材料
        5 | Silver Peak Energy | 银峰能源
        6 | Jinhai Foods | 金海食品
        7 | Cedar Medical | 雪松医疗
        8 | Tianyu Electronics | 天宇电子
        9 | Evergreen Packaging | 长青包装
        10 | Red Maple Finance | 红枫金融
        11 | Dongfang Machinery | 东方机械
        12 | Starlight Media | 星光传媒
        13 | Pacific Insurance | 太平洋保险
        14 | Mingde Education | 明德教育
        15 | Golden Bridge Construction | 金桥建设
        16 | Clearwater Chemicals | 清水化工
        17 | Lantian Airlines | 蓝天航空
        18 | Summit Retail | 峰顶零售"""),
    "person": _table("""
        1 | Li Wei | 李伟
        2 | Zhang Min | 张敏
        3 | Wang Fang | 王芳
        4 | Chen Jun | 陈军
        5 | Liu Yang | 刘洋
        6 | Zhao Lei | 赵磊
        7 | Sun Li | 孙丽
        8 | Zhou Tao | 周涛
        9 | Wu Qiang | 吴强
        10 | Zheng Jie | 郑洁
        11 | Feng Hao | 冯浩
        12 | Xu Jing | 徐静
        13 | He Ping | 何平
        14 | Gao Ming | 高明
        15 | Lin Na | 林娜
        16 | John Smith | 约翰·史密斯
        17 | Mary Johnson | 玛丽·约翰逊
        18 | David Brown | 大卫·布朗
        19 | Anna Miller | 安娜·米勒
        20 | Peter Wilson | 彼得·威尔逊"""),
}  # fmt: skip

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
WEIGHTS = {"must": 3.0, "atleast": 2.0, "before": 2.0, "rose": 2.0, "exc_law": 2.0, "exc_hr": 2.0, "exc_goods": 2.0}
