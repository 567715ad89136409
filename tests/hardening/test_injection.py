"""What was sent stays data: no statement, program, pattern or format is made of it; and no weak dice or ciphers."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.test import Client, override_settings

from lianfang.app.database import Database

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "lianfang").rglob("*.py"))
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "input"}
NEVER_IMPORTED = {"pickle", "shelve", "marshal", "yaml", "lxml", "telnetlib", "random", "imp"}
WEAK = {"md5", "sha1", "ECB", "CBC", "ARC4", "TripleDES", "Blowfish", "PKCS1v15", "SHA1", "MD5"}
STATEMENTS = {"execute", "executemany", "copy", "raw", "extra", "RawSQL"}

# Files with a statement or a pattern that is put together, each looked at: of names in the program's own lists.
STATEMENTS_LOOKED_AT = {
    "capabilities/contacts/models/chains.py": "tables by their models' names",
    "capabilities/contacts/models/register.py": "tables by their models' names",
    "capabilities/screening/models/sums.py": "tables and columns by their models' names",
    "capabilities/supplies/models/stock.py": "tables and columns by their models' names",
    "capabilities/warning/queries/past.py": "tables of the registers, by their models' names",
    "facts/log.py": "a statement written out above",
    "facts/refold.py": "tables and columns by their models' names",
    "facts/rebuild.py": "tables of the registers, by their models' names",
    "facts/shadow.py": "tables, indexes and policies of the registers, by their models' names",
    "facts/steps.py": "a table by its model's name",
    "identity/queries.py": "a query of the ORM with its own parameters",
    "sealing/keystore.py": "pragmas written out, and as many question marks as there are ids",
}
PATTERNS_LOOKED_AT = {
    "capabilities/bulletins/rules/areas.py": "names of divisions, escaped",
    "capabilities/bulletins/rules/lint.py": "words of the policy, escaped",
    "capabilities/bulletins/rules/moments.py": "written out in parts",
    "capabilities/bulletins/rules/read_en.py": "written out in parts",
    "capabilities/bulletins/rules/reconcile.py": "names of metrics, escaped",
    "capabilities/bulletins/rules/tokens.py": "written out in parts",
    "facts/personal.py": "surnames of the policy",
    "profiles/names.py": "words of the profiles, escaped",
}

SQL = [
    "' OR '1'='1",
    "530000'; DROP TABLE fact; --",
    "1 UNION SELECT version()",
    "\\'; SELECT pg_sleep(9) --",
    "%27",
    "%%s",
]


@cache
def _nodes() -> dict[type[ast.AST], list[tuple[str, ast.AST]]]:
    """What the trials look at, by its kind; the sources are read once for all of them."""
    found: dict[type[ast.AST], list[tuple[str, ast.AST]]] = defaultdict(list)
    for file in SOURCES:
        name = file.relative_to(ROOT / "src" / "lianfang").as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, (ast.Call, ast.Attribute, ast.Import, ast.ImportFrom)):
                found[type(node)].append((name, node))
    return found


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Every call in the sources, with its file below ``src/lianfang`` and what is called."""
    return [(file, called(node.func), node) for file, node in nodes(ast.Call) if isinstance(node, ast.Call)]


def nodes(kind: type[ast.AST]) -> list[tuple[str, ast.AST]]:
    """Every node of a kind in the sources, with its file below ``src/lianfang``."""
    return _nodes()[kind]


def called(node: ast.expr) -> str:
    """What is called, as it is written; names with dots, which most are, without the long way of ``unparse``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{called(node.value)}.{node.attr}"
    return ast.unparse(node)


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """What was read of the sources is let go with the last trial of the file."""
    yield
    calls.cache_clear()
    _nodes.cache_clear()


def fixed(node: ast.AST) -> bool:
    """Whether an expression is written out: constants, and names in capitals, put together."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, (ast.Name, ast.Attribute)):
        return ast.unparse(node).rpartition(".")[2].lstrip("_").isupper()
    if isinstance(node, ast.JoinedStr):
        return all(fixed(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return fixed(node.value)
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and fixed(node.left) and fixed(node.right)


def test_no_shell_and_nothing_evaluated() -> None:
    assert [(f, name) for f, name, _ in calls() if name in NEVER_CALLED] == []
    shells = [
        f for f, _, call in calls() for k in call.keywords if k.arg == "shell" and ast.unparse(k.value) != "False"
    ]
    assert shells == []
    imported = {
        (file, name.partition(".")[0])
        for kind in (ast.Import, ast.ImportFrom)
        for file, node in nodes(kind)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])  # type: ignore[attr-defined]
    }
    assert {(file, name) for file, name in imported if name in NEVER_IMPORTED} == set()
    # expat reads no entity of another file, and the reader of sheets refuses a document type altogether
    assert {file for file, name in imported if name == "xml"} <= {"identity/sheets.py"}


def test_no_statement_is_formatted_from_variables() -> None:
    """A statement is written out, or composed by ``psycopg.sql``, or has been looked at."""
    found = set()
    for file, name, call in calls():
        if "migrations/" in file or name.rpartition(".")[2] not in STATEMENTS or not call.args:
            continue
        if isinstance(call.args[0], (ast.JoinedStr, ast.BinOp)) and not fixed(call.args[0]):
            found.add(file)
    assert found == set(STATEMENTS_LOOKED_AT)


def test_no_pattern_is_made_of_what_was_sent() -> None:
    found = set()
    for file, name, call in calls():
        if name.startswith("re.") and name != "re.escape" and call.args:
            pattern = call.args[0]
            if isinstance(pattern, (ast.JoinedStr, ast.BinOp, ast.Call)) and not fixed(pattern):
                found.add(file)
    assert found == set(PATTERNS_LOOKED_AT)


def test_chance_comes_from_secrets() -> None:
    """No ``random``; numpy's generators only where a seed is an argument."""
    drawn = [(f, n) for f, n, _ in calls() if n.startswith(("random.", "numpy.random", "np.random"))]
    seeded = ("np.random.default_rng", "np.random.Generator", "np.random.Philox")
    assert [one for one in drawn if not (one[0].startswith("epi/") and one[1].startswith(seeded))] == []
    text = "".join(file.read_text("utf-8") for file in SOURCES)
    assert [name for name in seeded if f"{name}()" in text] == []


def test_no_weak_cipher_or_hash() -> None:
    found = {(file, node.attr) for file, node in nodes(ast.Attribute) if isinstance(node, ast.Attribute)}
    assert {(file, name) for file, name in found if name in WEAK} == set()
    names = {(file, a.name) for file, node in nodes(ast.ImportFrom) for a in node.names}  # type: ignore[attr-defined]
    assert {(file, name) for file, name in names if name in WEAK} == set()


@pytest.mark.parametrize("text", SQL)
def test_what_looks_like_sql_is_a_value(database: Database, text: str) -> None:
    with override_settings(DEMO=True):
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        assert client.get("/api/v1/areas", {"q": text}).status_code < 500
        assert client.get(f"/api/v1/areas/{text}").status_code in (404, 422)
        for body in ({"purpose": text}, {"document": text, "purpose": "treatment"}, {"name": text, "birth_date": text}):
            assert client.post("/api/v1/people/find", body, "application/json").status_code in (200, 403, 404, 422)
        assert client.get("/api/v1/facts", {"limit": 1}).status_code in (200, 403)


def test_of_a_repeated_parameter_one_counts(database: Database) -> None:
    """The last, for every reader of it; query and body are never one for the other."""
    with override_settings(DEMO=True):
        client = Client(headers={"host": "localhost"})
        assert client.get("/api/v1/facts?limit=0&limit=1").status_code == 200
        assert client.get("/api/v1/facts?limit=1&limit=0").status_code == 422
        assert client.post("/api/v1/people/find?purpose=treatment", {}, "application/json").status_code in (403, 422)


def test_what_the_database_does_not_know_is_told(database: Database) -> None:
    with override_settings(DEMO=True):
        client = Client(headers={"host": "localhost"})
        answer = client.get("/api/v1/areas/530000/situation", {"known_at": "2020-02-01T00:00:00+21:47"})
        assert answer.status_code in (200, 422)
        answer = client.get("/api/v1/areas/53%000/situation")
        assert answer.status_code in (400, 404, 422)


@pytest.mark.parametrize("value", [2**64, -(2**80), [[[]]], "\u0000", 1e308], ids=str)
def test_odd_values_are_told(database: Database, value: object) -> None:
    with override_settings(DEMO=True):
        client = Client(headers={"host": "localhost"})
        body = {"end": "appended", "fact": {"a": value}}
        answer = client.post("/api/v1/facts/aside/7/resolve", body, "application/json")
        assert answer.status_code in (403, 404, 409, 422), answer.content
