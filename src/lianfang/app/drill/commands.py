"""``lianfang drill``: make a drill, load and serve it, play it live, list drills, wipe one."""

from __future__ import annotations

import shutil
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from lianfang.app.drill import files, space
from lianfang.app.drill.serve import DAY_MINUTES, progress, serve
from lianfang.app.errors import Unusable


def add(commands: Any, home: Callable[[ArgumentParser], None], lang: Callable[[ArgumentParser], None]) -> None:
    """Adds the commands."""
    drill = commands.add_parser("drill", help="an outbreak that is made, in a space of its own: make, play, wipe")
    _asked(drill)
    home(drill)
    drill.set_defaults(run=make_one)
    what = drill.add_subparsers(title="drills that there are", metavar="WHAT")
    loading = what.add_parser("load", help="load the files of a drill into a space of its own")
    loading.add_argument("folder", type=Path, help="where the files are")
    loading.add_argument("--name", help="what the drill is called (default: the name in its files)")
    loading.set_defaults(run=load)
    serving = what.add_parser("serve", help="serve a drill on this machine; what is left of loading is done first")
    serving.add_argument("name")
    _served(serving)
    serving.set_defaults(run=serve_one)
    listing = what.add_parser("list", help="the drills that there are")
    listing.set_defaults(run=list_all)
    wiping = what.add_parser("wipe", help="remove a drill: its record, its vault, its keys and its files")
    wiping.add_argument("name")
    wiping.set_defaults(run=wipe)
    injecting = what.add_parser("inject", help="the trainer's: report cases in a drill, at its time")
    injecting.add_argument("name")
    injecting.add_argument("--area", metavar="CODE", required=True, help="code of the division that is responsible")
    injecting.add_argument("--cases", type=int, default=1, metavar="N", help="how many (default 1)")
    injecting.add_argument("--onset", type=_day, metavar="DATE", help="when they fell ill (default: the day before)")
    injecting.set_defaults(run=inject_one)
    reviewing = what.add_parser("review", help="what was found and when, and what the truth was; when it is over")
    reviewing.add_argument("name")
    reviewing.add_argument("--early", action="store_true", help="open the truth before the drill is over")
    reviewing.add_argument("--out", metavar="FILE", type=Path, help="write every difference, a line of JSON each")
    lang(reviewing)
    reviewing.set_defaults(run=review)
    for parser in (loading, serving, injecting, listing, wiping, reviewing):
        # No default of its own: it may stand before the word too.
        parser.add_argument("--home", metavar="DIR", type=Path, default=SUPPRESS, help="data folder, as above")


def _asked(parser: ArgumentParser) -> None:
    parser.add_argument("--area", metavar="CODE", help="code of the division that it plays in")
    parser.add_argument("--population", type=int, metavar="N", help="how many people live there")
    parser.add_argument("--days", type=int, metavar="N", help="how long it lasts")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same seed gives the same drill (default 1)"
    )
    parser.add_argument("--scenario", type=Path, metavar="FILE", help="what happens, as TOML (default: what ships)")
    parser.add_argument("--marginals", type=Path, metavar="FILE", help="who lives there, as CSV (default: what ships)")
    parser.add_argument("--name", help="what it is called (default: of area, population, days and seed)")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--load", action="store_true", help="make and load it; do not serve it")
    how.add_argument("--out", type=Path, metavar="DIR", help="only write its files into a new folder")
    _served(parser)


def _served(parser: ArgumentParser) -> None:
    _speed(parser)
    parser.add_argument("--port", type=int, default=8421, help="port on this machine (default 8421; 0: a free one)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page")
    parser.add_argument("--beside", metavar="URL", default="", help="a demonstration that its page leads back to")


def _speed(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--speed", choices=("fast", "live"), default="fast", help="live: its days pass while one works in it"
    )
    parser.add_argument(
        "--day-minutes", metavar="M", type=_minutes, default=DAY_MINUTES, help="how long a live day takes (default 5)"
    )


def make_one(given: Namespace) -> int:
    """Makes a drill; then serves it, or as the options say."""
    if None in (given.area, given.population, given.days):
        raise Unusable("say what to make with --area, --population and --days, or what to do with a drill: --help")
    from lianfang.app.drill import make

    asked = make.Asked(given.area, given.population, given.days, given.seed, given.scenario, given.marginals)
    its = make.planned(asked)
    name = given.name or f"{given.area}-{given.population}-{given.days}-{given.seed}".lower()
    if given.out:
        if given.out.exists() and any(given.out.iterdir()):
            raise Unusable(f"--out {given.out} is not empty: name a new folder")
        given.out.mkdir(parents=True, exist_ok=True)
        make.write(given.out, name, its)
        counts = files.head(given.out)["counts"]
        print(f"{counts['facts']} facts and {counts['people']} people in {given.out}")
        return 0
    here = _begun(given.home, name, make.digest(its))
    if not here.made:
        shutil.rmtree(here.files, ignore_errors=True)  # of a making that was cut short
        here.files.mkdir(mode=0o700)
        make.write(here.files, name, its)
    if given.load:
        _load(here)
    else:
        _serve(here, given)
    return 0


def _begun(home: Path | None, name: str, digest: str) -> space.Space:
    """The space of a drill: that of the same one, which was begun before, or a new one. Raises Unusable."""
    before = next((one for one in space.listed(home) if one.name == name), None)
    return before if before and before.mark.get("asked") == digest else space.make(home, name, asked=digest)


def load(given: Namespace) -> int:
    """Loads files into a new space, or goes on where a load of the same files was cut short."""
    head = files.head(given.folder)
    files.check(given.folder)
    name = given.name or str(head["name"])
    here = next((one for one in space.listed(given.home) if one.name == name and not one.loaded), None)
    if here is None:
        here = space.make(given.home, name)
    if not here.made:
        files.copy(given.folder, here.files)
    elif files.head(here.files) != head:
        raise Unusable(f"the drill {name} was made of other files: wipe it, or give this one another --name")
    _load(here)
    return 0


def serve_one(given: Namespace) -> int:
    """Serves a drill until interrupted."""
    _serve(space.find(given.home, given.name), given)
    return 0


def list_all(given: Namespace) -> int:
    listed = list(space.listed(given.home))
    if not listed:
        print("there is no drill yet: lianfang drill --area CODE --population N --days N makes one")
    for one in listed:
        if not one.made:
            wiping = f"lianfang drill wipe {one.name} removes it"
            print(f"{one.name}: cut short while it was made; the command that made it goes on, {wiping}")
            continue
        drill = one.drill()
        state = (
            f"loaded, head {one.mark['head']}"
            if one.loaded
            else f"not all of it is loaded: lianfang drill serve {one.name} goes on"
        )
        print(f"{one.name}: {drill.area}, {drill.population} persons, {drill.days} days, seed {drill.seed}; {state}")
    return 0


def wipe(given: Namespace) -> int:
    here = space.find(given.home, given.name)
    space.wipe(here)
    print(f"the drill {given.name} is wiped: its record, its vault, its keys and its files")
    return 0


def inject_one(given: Namespace) -> int:
    """Reports cases that no file of the drill has."""
    here = space.find(given.home, given.name)
    with space.opened(here):
        from lianfang.app.drill.inject import inject
        from lianfang.capabilities.drills.service.training import Inject

        ids = inject(here, Inject(given.area, given.cases, given.onset))
    print("\n".join(f"case {id} is reported" for id in ids))
    return 0


def review(given: Namespace) -> int:
    """Compares the record of a drill with its truth; 1 where there is a difference that no injected error explains."""
    here = space.find(given.home, given.name)
    if not (here.loaded or given.early):
        raise Unusable(f"the drill {here.name} is not over, and its truth is sealed until then: --early opens it")
    with space.opened(here) as found:
        from lianfang.app.drill.review import compared, report
        from lianfang.capabilities.drills.service import training

        space.analyse(found)
        drill = here.drill()
        opened = training.open_truth(here.home, drill, early=given.early)
        its = training.make_review(here.home, drill, opened, compared())
        print("\n".join(report(here, its, given.lang)))
        if given.out:
            try:
                shutil.copyfile(here.home / training.DIFFERENCES, given.out)
            except OSError as error:
                raise Unusable(f"{given.out} cannot be written: {error.strerror}") from None
    return 1 if its.others else 0


def _serve(here: space.Space, given: Namespace) -> None:
    live = given.day_minutes if given.speed == "live" else None
    serve(here, port=given.port, live=live, browser=not given.no_browser, beside=given.beside)


def _load(here: space.Space) -> None:
    with space.opened(here) as found:
        from lianfang.app.drill import load

        done = load.load(here, found, told=progress(here))
        from lianfang.facts import log

        head = log.head()
    told = f"{done.appended} facts appended, {done.skipped} held already, {done.set_aside} set aside"
    print(f"{told}; head of the chain {head}\nServe it with: lianfang drill serve {here.name}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text}: write the day as 2020-02-14") from None


def _minutes(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0
    if not 0.01 <= found <= 1440:
        raise ArgumentTypeError(f"{text}: write minutes from 0.01 to 1440")
    return found
