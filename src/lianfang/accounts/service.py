"""Accounts, appointments and links: the only door for writing them. The viewer is the first argument.

An administrator manages the accounts of the own area and below whose every appointment lies there too, and never the
own one. What lies elsewhere is answered as if it did not exist. What is done is on record: one administrator alone can
make an account, appoint it and follow its link, so auditors see each of these, and such a course apart.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from lianfang.access.matrix import Sight, require, roles
from lianfang.access.rows import in_range
from lianfang.access.security import log
from lianfang.access.viewer import Viewer
from lianfang.accounts import acts, clock, facts, limits, onetime
from lianfang.accounts.models import Account, Appointment, OneTime, Session
from lianfang.accounts.onetime import Made, Purpose, Spent
from lianfang.accounts.sessions import SessionStore
from lianfang.accounts.words import Told
from lianfang.facts.log import Principal
from lianfang.places.gazetteer import COUNTRY, LEVELS
from lianfang.places.queries import area as division
from lianfang.places.queries import current_gazetteer

MANAGE: Final = "accounts.manage"
ADMINISTRATOR: Final = "administrator"
FIRST_LINK: Final = Principal("first-link", "command-line")
LINKS: Final = (Purpose.FIRST_ADMIN, Purpose.INVITE, Purpose.RESET)
SHOWING: Final = ("people.see", "people.break_glass")
ALERT: Final = "alert"
"""Outcome of what an auditor should look at."""
MOST_LISTED: Final = 1_000
LONGEST_NAME: Final = 64
_USERNAME = re.compile(r"[\w.-]{3,64}\Z")


class NotValid(Told):
    """A field cannot be taken."""

    def __init__(self, field: str, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.field = field


class NotFound(Told):
    """There is none, or it is not the viewer's to see."""

    def __init__(self) -> None:
        super().__init__("没有这一项。", "There is none such.")


def has_administrator() -> bool:
    """Whether somebody can make accounts now."""
    now = clock.now()
    held = Appointment.objects.in_time(now).filter(role=ADMINISTRATOR, account__is_active=True)
    return held.exclude(account__password="").exists()


def first_link(now: datetime | None = None) -> str | None:
    """The token of a link for the first administrator; None once there is one. A link given before stops working."""
    if has_administrator():
        return None
    made = onetime.make(Purpose.FIRST_ADMIN)
    log("first_link.made", viewer=FIRST_LINK, expires=made.expires)
    return made.secret


def forget_old(now: datetime) -> None:
    """Deletes one-time links and codes, counters and sessions that work no more. A daily job."""
    onetime.forget_old(now)
    limits.forget_old(now)
    SessionStore.clear_expired()


def welcome(token: str, password: str, username: str = "", display_name: str = "") -> Account:
    """Follows a link: sets the password of its account, or makes the first administrator. Raises Spent, NotValid."""
    link, known = meant(token)
    account = known or _new(username, display_name, COUNTRY, FIRST_LINK)
    _check_password(password, account)
    account.set_password(password)  # takes its time: meanwhile the account may be disabled, or the link withdrawn
    with transaction.atomic():
        if known is None:
            _save_new(account, FIRST_LINK)
            _appoint(account, ADMINISTRATOR, COUNTRY, FIRST_LINK)
        elif not Account.objects.filter(id=account.id, is_active=True).update(password=account.password):
            raise Spent
        onetime.use(token, *LINKS)
        if link.second_factor:
            Authenticator.objects.filter(user=account).delete()
        _shut_out(account)
    log("welcome", viewer=Principal(str(account.id), "desk"), purpose=link.purpose, second_factor=link.second_factor)
    return account


def meant(token: str) -> tuple[OneTime, Account | None]:
    """What a link is for, and whose, before it is followed. Raises Spent."""
    found = onetime.look(token, *LINKS)
    account = Account.objects.filter(id=found.target, is_active=True).first() if found.target else None
    if (account is None) != (found.purpose == Purpose.FIRST_ADMIN) or (account is None and has_administrator()):
        raise Spent
    return found, account


def accounts(viewer: Viewer) -> list[Account]:
    """The accounts of the viewer's area and below, by name, with their appointments; at most 1,000."""
    require(viewer, MANAGE)
    here = in_range(viewer, Account.objects.prefetch_related("appointments"))
    return list(here.order_by("username")[:MOST_LISTED])


def create(viewer: Viewer, username: str, display_name: str, area: str) -> Account:
    """A new account, without a password: nobody can sign in to it before its link is followed. Raises NotValid."""
    require(viewer, MANAGE)
    account = _new(username, display_name, inside(viewer, area or viewer.area), viewer.principal)
    with transaction.atomic():
        _save_new(account, viewer.principal)
    log("account.made", viewer=viewer, account=account.id, account_area=account.area)
    return account


def change(viewer: Viewer, id: UUID, display_name: str | None, active: bool | None) -> Account:
    """Renames, disables or enables an account. Disabling ends its sessions and links. Raises NotFound, NotValid."""
    account = _managed(viewer, id)
    with transaction.atomic():
        if display_name is not None:
            account.display_name = _display_name(display_name)
            account.save(update_fields=["display_name"])
        if active is not None:
            _set_active(viewer, account, active)
    account.refresh_from_db(fields=["is_active"])
    log("account.changed", viewer=viewer, account=account.id, active=account.is_active)
    return account


def _set_active(viewer: Viewer, account: Account, active: bool) -> None:
    changed = Account.objects.filter(id=account.id, is_active=not active).update(is_active=active)
    if not active:
        _shut_out(account)
    if changed:
        data = facts.AccountEnabled() if active else facts.AccountDisabled()
        acts.record(viewer.principal, data, account.id, account.area)


def _shut_out(account: Account) -> int:
    """Ends the sessions of an account and the links to it that were not used; how many sessions."""
    onetime.withdraw(account.id)
    return int(Session.objects.filter(account=account).delete()[0])


def link(viewer: Viewer, id: UUID, second_factor: bool = False) -> Made:
    """A link by which the account's owner sets a password; ``second_factor`` takes the present one away too, for who
    has lost it. Any older link stops working. Raises NotFound."""
    account = _managed(viewer, id)
    purpose = Purpose.RESET if account.has_usable_password() and account.password else Purpose.INVITE
    with transaction.atomic():
        onetime.withdraw(account.id)
        made = onetime.make(purpose, account.id, second_factor=second_factor)
        acts.record(viewer.principal, facts.LinkMade(second_factor_reset=second_factor), account.id, account.area)
    outcome = ALERT if second_factor else "ok"
    log("account.link", viewer=viewer, outcome=outcome, account=account.id, purpose=purpose, reset=second_factor)
    return made


def appoint(viewer: Viewer, id: UUID, role: str, area: str, until: datetime | None) -> Appointment:
    """Gives an account a role over a division of the viewer's own. Raises NotFound, NotValid."""
    account = _managed(viewer, id)
    if role not in appointable():
        raise NotValid("role", "没有可任命的这一角色。", "There is no such role to give.")
    now = clock.now()
    if until is not None and until <= now:
        raise NotValid("until", "结束时间已过。", "The end lies in the past.")
    area, unchecked = not_too_wide(role, inside(viewer, area)), account.made_by == viewer.author and is_trusted(role)
    with transaction.atomic():
        made = _appoint(account, role, area, viewer.principal, until, unchecked)
    outcome = ALERT if unchecked else "ok"
    log(
        "appointment.made",
        viewer=viewer,
        outcome=outcome,
        account=account.id,
        appointment=made.id,
        given=role,
        over=area,
    )
    return made


def sign_out(viewer: Viewer, id: UUID) -> int:
    """Ends every session of an account, and its links; how many sessions. Raises NotFound."""
    account = _managed(viewer, id)
    with transaction.atomic():
        ended = _shut_out(account)
    log("account.signed_out", viewer=viewer, account=account.id, sessions=ended)
    return ended


def end_appointment(viewer: Viewer, id: UUID) -> None:
    """Ends an appointment now, with the sessions that wear it. Raises NotFound."""
    require(viewer, MANAGE)
    now = clock.now()
    held = Appointment.objects.in_time(now).filter(id=id)
    found = held.first()
    if found is None or not covers(viewer, found.area) or str(found.account_id) == viewer.author:
        raise NotFound
    with transaction.atomic():
        if not held.update(until=now):  # ended meanwhile, by another
            raise NotFound
        Session.objects.filter(appointment=id).delete()
        ended = facts.AppointmentEnded(appointment=id, role=found.role)
        acts.record(viewer.principal, ended, found.account_id, found.area)
    log("appointment.ended", viewer=viewer, account=found.account_id, appointment=id)


def is_trusted(role: str) -> bool:
    """Whether a role shows people by their names, be it by breaking the glass, or makes accounts."""
    rights = roles()[role].rights
    shown = [rights[action].fields.get("name") for action in SHOWING if action in rights]
    return MANAGE in rights or Sight.FULL in shown


def _appoint(
    account: Account, role: str, area: str, by: Principal, until: datetime | None = None, unchecked: bool = False
) -> Appointment:
    made = Appointment.objects.create(
        account=account, role=role, area=area, since=clock.now(), until=until, by=by.author
    )
    acts.record(by, facts.Appointed(appointment=made.id, role=role, unchecked=unchecked), account.id, area)
    return made


def _managed(viewer: Viewer, id: UUID) -> Account:
    """An account that the viewer manages: another's, and with nothing held outside of the viewer's area."""
    require(viewer, MANAGE)
    found = Account.objects.filter(id=id).first()
    if found is None or str(found.id) == viewer.author or not covers(viewer, found.area):
        raise NotFound
    now = clock.now()
    held = Appointment.objects.filter(account=found).exclude(until__lte=now)
    if not all(covers(viewer, appointment.area) for appointment in held):
        raise NotFound
    return found


def appointable() -> list[str]:
    """The roles that an account may be given."""
    return [id for id, role in roles().items() if role.appointed]


def covers(viewer: Viewer, area: str) -> bool:
    """Whether a division lies in the viewer's area."""
    return viewer.area_from <= area < viewer.area_to


def inside(viewer: Viewer, area: str) -> str:
    """A division that exists and lies in the viewer's area; the two answers do not differ."""
    if not covers(viewer, area) or division(viewer, area) is None:
        raise NotValid("area", "您的辖区内没有此代码的区划。", "No division of yours has this code.")
    return area


def not_too_wide(role: str, area: str) -> str:
    """The division, where the role may be given over one of its level. A division that has none of the role's level
    below it will do: some prefectures have no counties. Raises NotValid."""
    widest, found = roles()[role].widest, current_gazetteer().division(area)
    if widest is None or found is None or LEVELS.index(found.level) >= LEVELS.index(widest):
        return area
    if found.level == "prefecture" and all(one.level == "town" for one in current_gazetteer().children(area)):
        return area
    raise NotValid(
        "area",
        f"角色“{roles()[role].zh}”的辖区过大，请选择更小的区划。",
        f"The role “{roles()[role].en}” is given over a {widest} at most: choose a smaller division.",
    )


def _new(username: str, display_name: str, area: str, by: Principal) -> Account:
    name = unicodedata.normalize("NFKC", username).strip().lower()
    if not _USERNAME.match(name):
        raise NotValid(
            "username",
            "用户名须为3至64个字母、数字、点、连字符或下划线。",
            "A user name has 3 to 64 letters, digits, dots, hyphens and underscores.",
        )
    return Account(
        username=name,
        display_name=_display_name(display_name),
        area=area,
        created_at=clock.now(),
        made_by=by.author,
    )


def _save_new(account: Account, by: Principal) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise NotValid("username", "此用户名已被使用，请换一个。", "This user name is taken: choose another.") from None
    acts.record(by, facts.AccountMade(), account.id, account.area)


def _display_name(text: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NotValid(
            "display_name", f"名称须为1至{LONGEST_NAME}个字符。", f"A name has 1 to {LONGEST_NAME} characters."
        )
    return name


def _check_password(password: str, account: Account) -> None:
    told = {}
    for lang in ("zh-hans", "en"):
        with override(lang):
            try:
                validate_password(password, account)
            except ValidationError as error:
                told[lang] = " ".join(error.messages)
    if told:
        raise NotValid("password", told["zh-hans"], told["en"])
