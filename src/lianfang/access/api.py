"""The table of permissions, for everybody to read."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from lianfang.access.matrix import Scope, Sight, matrix
from lianfang.facts.shape import Schema

router = Router(tags=["access"])


class TitledOut(Schema):
    zh: str
    en: str


class RightOut(Schema):
    scope: Scope
    fields: dict[str, Sight]


class RoleOut(TitledOut):
    id: str
    need_zh: str
    need_en: str
    appointed: bool
    purposes: list[str]
    classes: list[str]
    """The classes of data whose people the role meets; empty: all that tell it nothing that it may not see."""
    rights: dict[str, RightOut]


class DataClassTitleOut(TitledOut):
    tells: str
    """The class of fields that being held for it betrays, or nothing."""


class PermissionsOut(Schema):
    """Roles and their rights; an action that a role's rights do not name, it may not do."""

    edition: str
    roles: list[RoleOut]
    actions: dict[str, TitledOut]
    purposes: dict[str, TitledOut]
    field_classes: dict[str, TitledOut]
    data_classes: dict[str, DataClassTitleOut]


@router.get("/permissions", response=PermissionsOut, operation_id="permissions")
def permissions(request: HttpRequest) -> PermissionsOut:
    """Which role may do what, how far, and which classes of personal data it is shown."""
    table = matrix()
    return PermissionsOut(
        edition=table.edition,
        roles=[
            RoleOut(
                id=role.id,
                zh=role.zh,
                en=role.en,
                need_zh=role.need.zh,
                need_en=role.need.en,
                appointed=role.appointed,
                purposes=list(role.purposes),
                classes=list(role.classes),
                rights={action: RightOut(**right._asdict()) for action, right in role.rights.items()},
            )
            for role in table.roles.values()
        ],
        actions={name: TitledOut(**one._asdict()) for name, one in table.actions.items()},
        purposes={name: TitledOut(**one._asdict()) for name, one in table.purposes.items()},
        field_classes={name: TitledOut(**one._asdict()) for name, one in table.field_classes.items()},
        data_classes={name: DataClassTitleOut(**one._asdict()) for name, one in table.data_classes.items()},
    )
