"""What the review of a drill says, in Chinese and in English."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "zh": {
        "head": "演练 {name}：{facts} 条事实，核对 {rows} 行",
        "errors": "{kind}{by}：注入 {n} 处，登记表中照此可见 {shows} 处，参演人员处理 {found} 处{after}",
        "by": "（{how}）",
        "late": "{days} 天",
        "after": "（记录后中位 {days:.1f} 天）",
        "cases": "第 {day} 天 {date}：感染 {infected}，发病 {onset}，当日收到病例报告 {reported}",
        "inject": "导调加入：{at}，{area} 报告病例 {cases} 例，发病日 {onset}",
        "others": "其余差异 {n} 处（参演人员的记录，或导调所加）：",
        "none": "除注入的错误外，登记表与真实情况一致。",
        "more": "……另有 {n} 处，用 --out 写入文件",
        "other": "{register} {key}：应为 {expected}，实为 {held}",
    },
    "en": {
        "head": "Drill {name}: {facts} facts, {rows} rows compared",
        "errors": "{kind}{by}: {n} injected, {shows} show in the registers as such, {found} taken up by those who took "
        "part{after}",
        "by": " ({how})",
        "late": "days: {days}",
        "after": " (median {days:.1f} days after it was recorded)",
        "cases": "Day {day}, {date}: {infected} infected, {onset} fell ill, {reported} case reports received",
        "inject": "By the trainer at {at}: {cases} cases reported in {area}, onset {onset}",
        "others": "{n} other differences (records of those who took part, or of the trainer):",
        "none": "But for the injected errors the registers hold the truth.",
        "more": "… and {n} more: --out writes them to a file",
        "other": "{register} {key}: expected {expected}, held {held}",
    },
}
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
}
"""The registers that are compared."""
