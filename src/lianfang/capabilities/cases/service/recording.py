"""A fact of a case: recorded where the viewer may, the codes are known, and the table allows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.matrix import kinds
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, NotThere, Refused, Wrong
from lianfang.capabilities.cases.facts import About, Classified, HandedOver, Reported, SourceDetermined, Treated
from lianfang.capabilities.cases.models import CaseRegister, CaseRow, zone
from lianfang.capabilities.cases.queries.whose import own
from lianfang.capabilities.cases.rules.checks import unfit
from lianfang.capabilities.cases.rules.policy import ahead
from lianfang.capabilities.cases.state import Fault, State, fold
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.profiles.disease import Edition, NoEdition, NoProfile, Profile, profile, profiles

HAND_OVER: Final = "cases.investigate"


class OpenAlready(Changed):
    """The person has a case of the disease that is neither ended nor excluded."""

    def __init__(self, area: str, case: UUID | None) -> None:
        which = f" {case}" if case else ""
        super().__init__(
            f"此人已有未结束的同病种病例{which}，由{area}负责：请在该病例上登记，或请{area}移交；一例病例只由一个地区上报",
            f"this person has an open case of the disease{which}, for which {area} is responsible: record it there, or "
            f"have {area} hand it over; a case is reported by one division only",
        )
        self.case = case


def record(
    viewer: Viewer,
    case: UUID,
    kind: type[FactData],
    fields: Mapping[str, Any],
    *,
    at: datetime,
    now: datetime,
    id: UUID | None = None,
    corrects: UUID | None = None,
    seen: int | None = None,
) -> UUID:
    """Records a fact of a case that the viewer's role may record; returns its id. The same id again changes nothing.
    A decision without an edition is one under the edition in force on its day.

    ``seen``: the ``seq`` up to which the case had been shown; what somebody else has told of the same fields since
    then is not overwritten. Raises Forbidden, NotThere, Refused, Changed.
    """
    action = _action(kind.kind)
    with seeing(viewer, action):
        locked(case)
        row = seen_row(viewer, _continuing(action), case)
        entries = entries_of(case)
        data = kind(**fields) if kind is not Classified else _decision(row, fields, at)
        check(data, row.disease, row.edition, at, now)
        if isinstance(data, Treated) and row.onset_earliest and localdate(at) < row.onset_earliest:
            zh, en = f"早于发病日期{row.onset_earliest}", f"is before the onset of {row.onset_earliest}"
            raise Refused([Wrong("observed_at", "before_onset", zh, en)])
        if corrects is not None and corrects not in {entry.fact.id for entry in entries}:
            raise Refused([Wrong("corrects", "no_fact", "此病例没有这条记录", "the case has no such fact")])
        if seen is not None:
            _refuse_overwriting(entries, data, seen)
        fact = signed(
            viewer,
            Fact.of(data, id=id or log.new_id(), subject=case, area=row.area, observed_at=at, corrects=corrects),
        )
        refuse_faults(entries, fact)
        append(viewer, [fact])
    return fact.id


def retract(viewer: Viewer, case: UUID, fact: UUID, why: Why, *, now: datetime, id: UUID | None = None) -> UUID:
    """Takes a fact back: it stays on record and counts for nothing. Who may record its kind may take it back.

    Raises Forbidden, NotThere, Refused.
    """
    held = next((entry.fact for entry in entries_of(case) if entry.fact.id == fact), None)
    if held is None:
        raise NotThere
    action = "cases.report" if isinstance(held.data, Retracted) else _action(held.kind)
    with seeing(viewer, action):
        locked(case)
        row = seen_row(viewer, _continuing(action), case)
        entries = entries_of(case)
        taken = signed(
            viewer,
            Fact.of(
                Retracted(why=why), id=id or log.new_id(), subject=case, area=row.area, observed_at=now, corrects=fact
            ),
        )
        refuse_faults(entries, taken)
        append(viewer, [taken])
    return taken.id


def _action(kind: str) -> str:
    """What records a kind of fact. A hand-over is taken by this door alone, which knows the divisions."""
    return HAND_OVER if kind == HandedOver.kind else kinds()[kind].append


def _continuing(action: str) -> str:
    """Whose case it has to be to go on with it: anybody may begin a case by a report card, only who sees it goes on."""
    return "cases.read" if action == "cases.report" else action


def seen_row(viewer: Viewer, action: str, case: UUID) -> CaseRow:
    """The row of a case that the viewer's action reaches. Within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, CaseRow.objects.filter(subject=case), own=own(viewer)).first()
    if row is None:
        raise NotThere
    return row


def entries_of(case: UUID) -> list[Entry]:
    """Every fact of a case."""
    return list(log.read(kinds=CaseRegister.kinds, subjects=[case]))


def check(data: FactData, disease: str, edition: str, at: datetime, now: datetime) -> None:
    """Raises Refused for codes that nobody knows, areas that are not, a time yet to come, and a decision under an
    edition that there was not yet."""
    its, rules = known_edition(disease, getattr(data, "edition", edition))
    wrong = [Wrong(*one) for one in unfit(data, its, rules)]
    if at > now + ahead():
        wrong.append(
            Wrong("observed_at", "in_future", "晚于现在：请核对时间", "lies ahead of the present: correct the time")
        )
    if isinstance(data, Reported | Classified) and too_late(rules, its, localdate(at)):
        zh = f"{rules.zh}自{rules.begins}起施行，不能用于{localdate(at)}的判定：请选择当时的版本"
        en = f"{rules.en} begins on {rules.begins}, after the decision of {localdate(at)}: name the edition of that day"
        wrong.append(Wrong("edition", "not_yet", zh, en))
    wrong += [
        Wrong(field, "unknown_area", f"没有区划{code}", f"there is no division {code}")
        for field, code in _areas(data)
        if not known_areas()(code)
    ]
    if wrong:
        raise Refused(wrong)


def too_late(edition: Edition, its: Profile, on: date) -> bool:
    """Whether an edition began after a day, and is not the first: that one judges what was before it too."""
    return edition.begins > on and edition.code != its.first.code


def known_profile(disease: str) -> Profile:
    """The disease's profile. Raises Refused."""
    try:
        return profile(disease)
    except NoProfile as error:
        known = "、".join(one.zh for one in profiles())
        raise Refused([Wrong("disease", "unknown", f"没有病种{disease}，可用：{known}", str(error))]) from None


def known_edition(disease: str, edition: str) -> tuple[Profile, Edition]:
    """The disease's profile and one of its editions. Raises Refused."""
    its = known_profile(disease)
    try:
        return its, its.edition(edition)
    except NoEdition as error:
        known = "、".join(one.zh for one in its.editions)
        raise Refused([Wrong("edition", "unknown", f"没有版本{edition}，可用：{known}", str(error))]) from None


def signed(viewer: Viewer, fact: Fact) -> Fact:
    """The fact as the log will hold it: of two of one moment, the device tells which is folded first."""
    author, device = viewer.principal
    return fact.model_copy(update={"author": author, "device": device})


def refuse_faults(entries: Sequence[Entry], *facts: Fact) -> State | None:
    """Raises Refused where further facts would contradict the others; the state that they lead to. What was a fault
    before and is one for another reason then is no new one."""
    held = [entry.fact for entry in entries]
    before, after = fold(held, zone()), fold([*held, *facts], zone())
    known = {one.fact for one in before.faults} if before else set()
    faults = [one for one in after.faults if one.fact not in known] if after else []
    if faults:
        own = {fact.id for fact in facts}
        raise Refused([_wrong(one, own) for one in faults])
    return after


def append(viewer: Viewer, facts: Sequence[Fact]) -> None:
    """Appends facts; all or, with an error, none. Raises Refused for what the record sets aside."""
    for outcome in log.append(facts, principal=viewer.principal):
        if outcome.status is log.Status.SET_ASIDE:
            reason = outcome.reason
            raise Refused([Wrong("id", "set_aside", f"未能入账：{reason}", f"the record did not take it: {reason}")])


def _decision(row: CaseRow, fields: Mapping[str, Any], at: datetime) -> Classified:
    edition = fields.get("edition")
    if edition is None:
        try:
            edition = profile(row.disease).judged_by(localdate(at), row.area).code
        except (NoProfile, NoEdition):  # after the last edition has ended, the case keeps its own
            edition = row.edition
    return Classified(**{**fields, "edition": edition})


def _wrong(one: Fault, own: set[UUID]) -> Wrong:
    """A fault as it is told: where it is another fact that would contradict, that one is named."""
    if one.fact in own:
        return Wrong(one.field, one.code, one.zh, one.en)
    return Wrong(
        one.field, one.code, f"与已有记录{one.fact}矛盾：{one.zh}", f"contradicts the fact {one.fact}: {one.en}"
    )


def _areas(data: FactData) -> list[tuple[str, str]]:
    """The divisions that a fact names, by field."""
    found: list[tuple[str, str | None]] = []
    about = getattr(data, "about", None)
    if isinstance(about, About):
        found += [("about.residence", about.residence), ("about.stay", about.stay)]
        found += [("about.stays.area", stay.area) for stay in about.stays or () if len(stay.area) != 2]
    if isinstance(data, HandedOver):
        found.append(("to", data.to))
    if isinstance(data, SourceDetermined) and data.came_from is not None and len(data.came_from) != 2:
        found.append(("came_from", data.came_from))
    return [(field, code) for field, code in found if code is not None]


def _refuse_overwriting(entries: Sequence[Entry], data: FactData, seen: int) -> None:
    """Raises Changed where somebody has told the same fields since the case was shown."""
    about = getattr(data, "about", None)
    if not isinstance(about, About):
        return
    mine = _fields_told(about)
    for entry in entries:
        theirs = getattr(entry.fact.data, "about", None)
        if entry.seq > seen and isinstance(theirs, About) and (both := sorted(mine & _fields_told(theirs))):
            fields = ", ".join(both)
            raise Changed(
                f"{fields}：打开之后已有人更新，请重新查看后再填写",
                f"{fields}: somebody has told this since you opened the case; look at it again",
            )


def _fields_told(about: About) -> set[str]:
    return {name for name, value in about if value is not None}
