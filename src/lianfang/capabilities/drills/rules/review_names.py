"""What the review of a drill names, in Chinese and in English."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "late": {"zh": "迟报", "en": "late"},
    "missing": {"zh": "漏报", "en": "missing"},
    "doubled": {"zh": "重复", "en": "doubled"},
    "mistyped": {"zh": "误录", "en": "mistyped"},
    "made_up": {"zh": "编造", "en": "made up"},
}
"""The kinds of errors that are injected."""
GENERATORS: Final = {
    "copied": {"zh": "数值照抄", "en": "figures copied"},
    "rounded": {"zh": "数值取整", "en": "figures rounded"},
    "hurried": {"zh": "赶填", "en": "hurried"},
    "plausible": {"zh": "足以乱真", "en": "plausible"},
    "at_night": {"zh": "夜间补填", "en": "written up at night"},
    "narrow": {"zh": "数值集中", "en": "figures close together"},
    "uneven": {"zh": "避开整数", "en": "round figures avoided"},
    "steady": {"zh": "用时相同", "en": "the same time at each door"},
    "unsigned": {"zh": "缺少凭证", "en": "without proof"},
    "repeated": {"zh": "沿用上轮", "en": "the round before once more"},
}
"""How records are made up."""
REGISTERS: Final = {
    "grids": {"zh": "网格", "en": "grid"},
    "households": {"zh": "住户", "en": "household"},
    "outcomes": {"zh": "入户排查", "en": "round of visits"},
    "cases": {"zh": "病例", "en": "case"},
    "contacts": {"zh": "密切接触者", "en": "contact"},
    "orders": {"zh": "隔离指令", "en": "isolation order"},
    "stations": {"zh": "留验站", "en": "observation station"},
    "passing": {"zh": "卡点", "en": "checkpoint"},
    "holds": {"zh": "就地留观", "en": "hold in place"},
    "beds": {"zh": "床位申请", "en": "bed request"},
    "vehicles": {"zh": "车辆", "en": "vehicle"},
    "rounds": {"zh": "轮次", "en": "round"},
    "notices": {"zh": "通知", "en": "notice"},
    "links": {"zh": "传播关系", "en": "transmission link"},
    "shifts": {"zh": "值班", "en": "shift"},
    "counts": {"zh": "通行清点", "en": "count of who passed"},
    "treatments": {"zh": "消毒通风", "en": "disinfection or airing"},
    "inspections": {"zh": "督查", "en": "inspection"},
    "markets": {"zh": "市场", "en": "market"},
    "market_samples": {"zh": "市场环境样本", "en": "environmental sample"},
    "reports": {"zh": "社区日报", "en": "daily report"},
    "bulletins": {"zh": "疫情通报", "en": "notice of the area"},
    "levels": {"zh": "响应级别", "en": "response level"},
    "checklists": {"zh": "预案任务单", "en": "checklist of the plan"},
    "plan_tasks": {"zh": "预案任务", "en": "task of the plan"},
    "forms": {"zh": "表格", "en": "form"},
    "resting": {"zh": "表格暂停", "en": "forms that rest"},
    "travellers": {"zh": "外来和返回人员", "en": "traveller"},
}
"""The registers that are compared."""
