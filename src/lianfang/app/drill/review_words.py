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
        "task": "预案任务 {unit}：{item}，应于 {due} 前，{done}{by}",
        "in_time": "{at} 完成",
        "late_done": "逾期，{at} 完成",
        "undone": "无人登记完成",
        "hand": "参演人员",
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
        "task": "Task of the plan, {unit}: {item}, due {due}, {done}{by}",
        "in_time": "done {at}",
        "late_done": "done late, {at}",
        "undone": "nobody said that it was done",
        "hand": "by one who took part",
        "others": "{n} other differences (records of those who took part, or of the trainer):",
        "none": "But for the injected errors the registers hold the truth.",
        "more": "… and {n} more: --out writes them to a file",
        "other": "{register} {key}: expected {expected}, held {held}",
    },
}
