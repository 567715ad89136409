"""``docs/permissions.md``, written from the matrix: ``python -m lianfang.access.document > docs/permissions.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lianfang.access.matrix import NOBODY, Matrix, Right, Scope, Sight, packaged

SCOPES = {
    Scope.NONE: "–",
    Scope.OWN: "own",
    Scope.AGGREGATE: "sums",
    Scope.SUBTREE: "area",
    Scope.ALL: "all",
}
OPENING = """\
# Permissions

<!-- Written by `python -m lianfang.access.document` from src/lianfang/access/matrix.toml. Change that. -->

Who may do what is one table, `src/lianfang/access/matrix.toml`, edition {edition}. The guard of every route reads it,
the queries read it, the tests go through it role by role, and this page is made from it. What it lacks is refused.
An answer to somebody who may not see a thing is the answer to somebody who asks for a thing that is not there.

How far an action reaches:

| word | 范围 | reach |
|---|---|---|
| own | 本人 | whom one has entered oneself, within one's area; of a device, whom those of its post have entered; \
for the person concerned, what is held of him or her |
| sums | 汇总 | sums over one's area, no rows |
| area | 辖区 | one's division and all below it |
| all | 全部 | everywhere |

PostgreSQL holds the second lock: a table of the vault or of a register shows the rows of the range of divisions that
the request's transaction has named, and without one, none.
"""


def document(matrix: Matrix) -> str:
    """The page, in English with the Chinese titles beside."""
    parts = [OPENING.format(edition=matrix.edition), *_roles(matrix), *_rights(matrix), *_fields(matrix)]
    parts += [*_purposes(matrix), *_classes(matrix), *_kinds(matrix), *_routes(matrix)]
    return "\n".join(parts)


def _roles(matrix: Matrix) -> Iterator[str]:
    yield "## Roles\n\n| role | 角色 | title | sees | 所需 |\n|---|---|---|---|---|"
    for role in matrix.roles.values():
        yield f"| `{role.id}` | {role.zh} | {role.en} | {role.need.en} | {role.need.zh} |"
    for role in matrix.roles.values():
        if role.widest:
            yield f"\nThe role {role.en} is given over a {role.widest} at most ({role.zh})."
    never = ", ".join(f"`{role.id}`" for role in matrix.roles.values() if not role.appointed)
    yield f"\nNobody can be appointed to {never}.\n"


def _rights(matrix: Matrix) -> Iterator[str]:
    yield "## Actions\n\nEvery role, the public included, may:\n"
    everybody = [name for name in matrix.actions if all(name in role.rights for role in matrix.roles.values())]
    for name in everybody:
        yield f"- `{name}`: {matrix.actions[name].en} ({matrix.actions[name].zh})"
    yield "\nBeyond that:\n\n| action | 操作 | | who, how far |\n|---|---|---|---|"
    for name, title in matrix.actions.items():
        if name not in everybody:
            who = [(role, role.rights[name]) for role in matrix.roles.values() if name in role.rights]
            told = ", ".join(f"{role.en} ({SCOPES[right.scope]})" for role, right in who)
            yield f"| `{name}` | {title.zh} | {title.en} | {told or '–'} |"
    yield ""


def _fields(matrix: Matrix) -> Iterator[str]:
    yield "## Personal data\n\nF: in full; m: masked, as in `530***********1234`; empty: hidden."
    yield "For an action that writes, F is what may be written.\n"
    titles = matrix.field_classes
    yield f"| role 角色 | action 操作 | reach 范围 | {' | '.join(f'{one.en} {one.zh}' for one in titles.values())} |"
    yield f"|---|---|---|{'---|' * len(titles)}"
    for role in matrix.roles.values():
        for action, right in role.rights.items():
            if right.fields:
                yield f"| {role.en} | `{action}` | {SCOPES[right.scope]} | {_cells(titles, right)} |"
    yield ""


def _cells(titles: Mapping[str, object], right: Right) -> str:
    marks = {Sight.FULL: "F", Sight.MASKED: "m"}
    return " | ".join(marks[right.fields[name]] if name in right.fields else " " for name in titles)


def _purposes(matrix: Matrix) -> Iterator[str]:
    yield "## Purposes\n\nA look at a person names its purpose.\n"
    yield "| purpose | 目的 | | who may name it |\n|---|---|---|---|"
    for name, title in matrix.purposes.items():
        told = ", ".join(role.en for role in matrix.roles.values() if name in role.purposes)
        yield f"| `{name}` | {title.zh} | {title.en} | {told} |"
    yield ""


def _classes(matrix: Matrix) -> Iterator[str]:
    yield "## Why persons are held\n\nOf some classes, that one is held for it tells of a class of fields: only roles"
    yield "that are shown that learn of it. A role that is named here meets the people of these classes alone; any"
    yield "other role those of all classes that tell it nothing that it may not see.\n"
    yield "| class | 类别 | | tells of | named for |\n|---|---|---|---|---|"
    for name, one in matrix.data_classes.items():
        told = ", ".join(role.en for role in matrix.roles.values() if name in role.classes)
        yield f"| `{name}` | {one.zh} | {one.en} | {one.tells} | {told} |"
    yield ""


def _kinds(matrix: Matrix) -> Iterator[str]:
    yield "## Kinds of facts\n\n| kind | appended with | read with |\n|---|---|---|"
    for name, kind in matrix.kinds.items():
        append = "– (Lianfang's own doing)" if kind.append == NOBODY else f"`{kind.append}`"
        yield f"| `{name}` | {append} | `{kind.read}` |"
    yield ""


def _routes(matrix: Matrix) -> Iterator[str]:
    yield "## Routes\n\n| route | action |\n|---|---|"
    for route, action in matrix.routes.items():
        yield f"| `{route}` | `{action}` |"


if __name__ == "__main__":
    print(document(packaged()))
