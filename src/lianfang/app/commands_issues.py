"""``lianfang bulletin verify``: notices of ours counted again from the record that they stand on, to the byte."""

from __future__ import annotations

from argparse import Namespace
from uuid import UUID

from lianfang.app import commands
from lianfang.app.commands import home_to_read, opened
from lianfang.app.errors import Unusable

VERIFY = "verify"


def run(options: Namespace) -> int:
    """Writes the notice of an area; in place of an area, ``verify`` counts notices of ours again."""
    if options.area == VERIFY:
        return verify(options)
    if options.issue:
        raise Unusable(f"{options.issue}: only `lianfang bulletin verify` takes the number of a notice")
    return commands.bulletin(options)


def verify(options: Namespace) -> int:
    """Counts the notice of a draft again, or every one that was issued; 0 where each comes to the same bytes."""
    one = _number(options.issue) if options.issue else None
    with opened(home_to_read(options.home), drills=True):
        from lianfang.access.matrix import operator
        from lianfang.accounts import clock
        from lianfang.accounts.refused import NotThere
        from lianfang.app.publication.compose import verify as counted_again
        from lianfang.capabilities.bulletins.queries import issues

        drafts = [one] if one else [row.draft for row in issues.listed(operator()) if row.number]
        broken = 0
        for draft in drafts:
            try:
                _, its = issues.one(operator(), draft)
            except NotThere:
                raise Unusable(f"there is no notice {draft}: give the number of a draft of ours") from None
            contents = its.data.contents
            found = counted_again(operator(), contents, now=clock.now())
            broken += not found.holds
            told = "the same to the byte" if found.holds else f"differs: {', '.join(found.differing) or 'its chain'}"
            print(f"{draft} {contents.area_code} {contents.as_of.isoformat()} {contents.seq}:{contents.chain} {told}")
    if not drafts:
        print("no notice of ours was issued yet")
    return 1 if broken else 0


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unusable(f"{text}: is no number of a notice of ours") from None
