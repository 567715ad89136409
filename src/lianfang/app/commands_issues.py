"""``lianfang bulletin verify`` and ``lianfang bulletin file``: notices of ours counted again from the record that they
stand on, to the byte, and given out as files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from uuid import UUID

from lianfang.app import commands
from lianfang.app.commands import home_to_read, opened
from lianfang.app.errors import Unusable

VERIFY, FILE = "verify", "file"
FORMATS = ("txt", "html", "pdf", "docx", "xlsx", "json")


def run(options: Namespace) -> int:
    """Writes the notice of an area; in place of an area, ``verify`` counts notices of ours again, and ``file`` gives
    one out."""
    if options.area == VERIFY:
        return verify(options)
    if options.area == FILE:
        return give_out(options)
    if options.issue or options.format not in ("text", "json"):
        raise Unusable("only `lianfang bulletin file ID` and `lianfang bulletin verify ID` take the number of a notice")
    return commands.bulletin(options)


def give_out(options: Namespace) -> int:
    """Writes a notice of ours as a file; ``schema`` is that of its JSON."""
    if not options.out:
        raise Unusable("say with --out FILE where to write it")
    format = "txt" if options.format == "text" else options.format
    with opened(home_to_read(options.home), drills=True):
        from lianfang.app.publication.outputs import schema
        from lianfang.capabilities.warning.rules.pack.printed import NoFont

        try:
            made = schema() if format == "schema" else _rendered(_number(options.issue or ""), format, options.lang)
        except NoFont as error:
            raise Unusable(str(error)) from None
    try:
        Path(options.out).write_bytes(made)
    except OSError as error:
        raise Unusable(f"{options.out}: {error.strerror}") from None
    print(options.out)
    return 0


def _rendered(draft: UUID, format: str, lang: str) -> bytes:
    """A notice as a file. Raises Unusable, NoFont."""
    from lianfang.access.matrix import operator
    from lianfang.accounts.refused import NotThere
    from lianfang.app.publication.outputs import render
    from lianfang.capabilities.bulletins.queries import issues

    try:
        return render(issues.as_issued(*issues.one(operator(), draft)), format, lang)  # type: ignore[arg-type]  # of choices
    except NotThere:
        raise Unusable(f"there is no notice {draft}: give the number of a draft of ours") from None


def verify(options: Namespace) -> int:
    """Counts the notice of a draft again, or every one that was issued; 0 where each comes to the same bytes."""
    one = _number(options.issue) if options.issue else None
    if options.against and one is None:
        raise Unusable("say which notice the file is of: `lianfang bulletin verify ID --against FILE`")
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
            if options.against and found.holds:
                same = _is_file_of(draft, Path(options.against))
                broken, told = broken + (not same), "the file is the same to the byte" if same else "the file differs"
            print(f"{draft} {contents.area_code} {contents.as_of.isoformat()} {contents.seq}:{contents.chain} {told}")
    if not drafts:
        print("no notice of ours was issued yet")
    return 1 if broken else 0


def _is_file_of(draft: UUID, file: Path) -> bool:
    """Whether a file is, to the byte, one of those that a notice is given out as."""
    try:
        held = file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror}") from None
    format = file.suffix[1:]
    if format not in FORMATS:
        raise Unusable(f"{file}: name it by its format, one of {', '.join(FORMATS)}")
    return any(_rendered(draft, format, lang) == held for lang in ("zh", "en"))


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unusable(f"{text}: is no number of a notice of ours") from None
